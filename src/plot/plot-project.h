/* SPDX-License-Identifier: GPL-3.0-or-later
 * What projections share: names of runs and their order, axes, and the words of a frame. */
#pragma once

#include "plot-run-style.h"
#include "plot.h"

G_BEGIN_DECLS

/* Logarithmic or linear, with the usual room above. */
void plot_project_set_y_scale (PlotPanel *panel, gboolean linear);
/* Adds a level that data are compared with, and what it needs to the y axis. */
void plot_project_add_guide (PlotPanel *panel, double at, const char *label);

/* Whether a plot of students has a small multiple for this run: methods without one have
 * none, unless there is no student at all. */
gboolean plot_project_has_student (const EngSnapshot *snapshot, guint run);
/* Box, marker and name of a small multiple, and a second line if its run diverged. */
void
plot_project_panel_title (PlotPanel *panel, const EngRunView *run, PlotRunStyle style);

/* Returns: (transfer full): (n_runs) index of runs in drawing order: rich late, and formulas
 * last, so that they lie on top. */
guint *plot_project_dup_order (const EngSnapshot  *snapshot,
                               const PlotRunStyle *styles) G_GNUC_WARN_UNUSED_RESULT;

/* Name, newest value and end of a line that is to be labelled.  Appends "Lazy 0.37" to
 * `sentence`. */
void plot_project_label_line (PlotSeries       *series,
                              const EngRunView *run,
                              PlotNumber        number,
                              GString          *sentence);

/* Returns: (transfer none): what people call the run. */
const char *plot_project_get_name (const EngRunView *run);
/* Returns: (transfer full): "Step 640 of 2 000. Test loss: Lazy 0.37.": how far the training
 * is, and the `values` of `what`, which is translated; without values the first alone. */
char *plot_project_describe (const EngSnapshot *snapshot,
                             const char        *what,
                             const char        *values) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the summary of `frame` by the values of a pinned experiment. */
void plot_project_describe_pinned (PlotFrame *frame, const char *values);

G_END_DECLS
