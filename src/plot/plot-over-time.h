/* SPDX-License-Identifier: GPL-3.0-or-later
 * What plots over time are made of: a panel whose x axis is time, the curves of all runs
 * with their newest values at the ends, and faintly behind them those of the pinned
 * experiment. */
#pragma once

#include "plot-project.h"

G_BEGIN_DECLS

/* Adds a panel over 1 ... planned steps, with a place for step 0, the line at the newest
 * step, the hatch over the time to come and the marks of all live changes; its y axis is
 * logarithmic unless chosen otherwise.
 * Returns: (transfer none). */
PlotPanel *plot_over_time_add_panel (PlotFrame         *frame,
                                     const EngSnapshot *snapshot,
                                     const PlotOptions *options);
/* The time axis of a small multiple that shows one run (nullable), with its changes: it has
 * no place for step 0, and no time is to come for a run that has ended. */
void plot_over_time_set_axis (PlotPanel         *panel,
                              const EngSnapshot *snapshot,
                              const EngRunView  *run,
                              const PlotOptions *options);

/* Adds the line of one recorded column, and what it needs to the y axis.
 * Returns: (nullable) (transfer none): NULL if the run does not record it. */
typedef PlotSeries *(*PlotAddLine) (PlotPanel         *panel,
                                    const EngSnapshot *snapshot,
                                    guint              run,
                                    PlotRunStyle       style,
                                    PlotRole           role,
                                    const char        *column);
PlotSeries *plot_over_time_add_line (PlotPanel         *panel,
                                     const EngSnapshot *snapshot,
                                     guint              run,
                                     PlotRunStyle       style,
                                     PlotRole           role,
                                     const char        *column);
/* The same of any numbers that were recorded with it.   y: (n_records), what is not finite
 * is a gap; x: (n_records) (nullable): the recorded steps */
PlotSeries *plot_over_time_add_curve (PlotPanel         *panel,
                                      const EngSnapshot *snapshot,
                                      guint              run,
                                      PlotRunStyle       style,
                                      PlotRole           role,
                                      const double      *x,
                                      const double      *y);
/* The samples of the line of one recorded column, with their extent.
 * Returns: (nullable) (transfer none): of the frame; NULL if the run does not record it. */
PlotSamples *plot_over_time_make_line (PlotPanel        *panel,
                                       const EngRunView *run,
                                       const char       *column,
                                       PlotExtent       *extent);
/* The first record that has a place on the axis of a small multiple: where that is
 * logarithmic, not step 0. */
gsize plot_over_time_find_first (const PlotPanel *panel, const EngRunView *run);

/* Adds the pinned curves and over them those of all runs, with name and newest value at the
 * end, each over the thin line of column `thin` (nullable).  Beside its line `add_line` may
 * add more where the role is PLOT_ROLE_TEST.
 * Returns: (transfer full): "Lazy 0.37, Rich 0.02". */
char *plot_over_time_add_runs (PlotPanel         *panel,
                               const EngSnapshot *snapshot,
                               const PlotOptions *options,
                               PlotAddLine        add_line,
                               const char        *column,
                               const char        *thin) G_GNUC_WARN_UNUSED_RESULT;
/* Summary of a frame that is otherwise complete, with the pinned values: `what` is
 * translated, `values` are those that plot_over_time_add_runs () returned. */
void plot_over_time_describe (PlotFrame         *frame,
                              const EngSnapshot *snapshot,
                              const char        *what,
                              const char        *values);

G_END_DECLS
