/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the plots of an estimated matrix share: an axis of whole numbers, and the points of
 * several runs side by side at each of them. */
#pragma once

#include "plot-project.h"

G_BEGIN_DECLS

/* Sets the x axis to 1 ... `n`, at least 1, with room for the points at both ends. */
void plot_matrix_index_axis (PlotPanel *panel, gsize n, const char *title);

/* Adds (n) values of a run at 1 ... n, beside those of the other runs that have estimated
 * something, with its name at their end.  fits: the axis makes room for
 * them; else those off its ends stand there, and the name has the first value.
 * Returns: (transfer none). */
PlotSeries *plot_matrix_add_points (PlotPanel         *panel,
                                    const EngSnapshot *snapshot,
                                    guint              run,
                                    PlotRunStyle       style,
                                    gsize              n,
                                    const double      *values,
                                    gboolean           fits);
/* How far to the right of a whole number the points of run `at` of `n_runs` stand; the
 * panel has its index axis. */
double plot_matrix_get_shift (const PlotPanel *panel, guint at, guint n_runs);
/* The same of a pinned experiment: half a gap to the left of its run `at`. */
double plot_matrix_get_pinned_shift (const PlotPanel *panel, guint at, guint n_runs);
/* Adds what these should be, over the width of all points. */
PlotSeries *plot_matrix_add_target (PlotPanel    *panel,
                                    gsize         n,
                                    const double *values,
                                    const char   *name);

G_END_DECLS
