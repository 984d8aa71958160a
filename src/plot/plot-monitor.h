/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the plots of the rate monitor share: the run whose promises are drawn, its dashed
 * lines, and the words about its size. */
#pragma once

#include "plot.h"

G_BEGIN_DECLS

/* Returns: the selected run, or the next one that the monitor watches; -1: none is. */
int plot_monitor_find_run (const EngSnapshot *snapshot, const PlotOptions *options);

/* Adds a recorded column of the run as a dashed line with a name of its own. */
void plot_monitor_add_theory (PlotPanel         *panel,
                              const EngSnapshot *snapshot,
                              guint              run,
                              const char        *column,
                              const char        *label,
                              PlotTheory         dashes);

/* Adds the train loss of a run as long as it is more than rounding: training is in float,
 * where a loss below 1e-10 of its start is not (deep.md section 8).
 * Returns: (nullable) (transfer none): NULL if the run does not record it. */
PlotSeries *plot_monitor_add_loss (PlotPanel         *panel,
                                   const EngSnapshot *snapshot,
                                   guint              run,
                                   PlotRunStyle       style,
                                   PlotRole           role,
                                   const char        *column);
/* Where rounding begins for this run; 0: not known. */
double plot_monitor_get_rounding (const EngRunView *run);
/* Says of a labelled series that ends at rounding that its value is at most that. */
void plot_monitor_mark_rounding (PlotSeries *series, const EngRunView *run);

/* How many of the weights of a run count for J at its start (eng_jacobian_get_max_rank ());
 * NaN: not known. */
double plot_monitor_count_weights (const EngSnapshot *snapshot, guint run);
/* Whether those of run `run` (-1: none) are as many as its samples, so that J Jᵀ can be
 * regular.  Returns: (transfer full). */
char *plot_monitor_make_subtitle (const EngSnapshot *snapshot,
                                  int                run) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
