/* SPDX-License-Identifier: GPL-3.0-or-later
 * What projections share: the time axis, lines from traces, styles and names of runs. */
#pragma once

#include "plot-run-style.h"
#include "plot.h"

G_BEGIN_DECLS

/* Defaults for NULL. */
PlotOptions plot_project_get_options (const PlotOptions *options);

/* Sets the x axis to 1 ... planned steps, the line at the newest step and the hatch over
 * the time to come.  With `slot` there is a place for step 0. */
void plot_project_time_axis (PlotPanel         *panel,
                             const EngSnapshot *snapshot,
                             const PlotOptions *options,
                             gboolean           slot);

/* Adds the marks of the live changes made so far: of run `run`, or of all runs, each with
 * the name of its run, if it is negative. */
void plot_project_add_changes (PlotPanel *panel, const EngSnapshot *snapshot, int run);

/* The time axis of a small multiple that shows one run (nullable), with its changes: no
 * time is to come for a run that has ended. */
void plot_project_panel_time (PlotPanel         *panel,
                              const EngSnapshot *snapshot,
                              const EngRunView  *run,
                              const PlotOptions *options);
/* Whether a plot of students has a small multiple for this run: methods without one have
 * none, unless there is no student at all. */
gboolean plot_project_has_student (const EngSnapshot *snapshot, guint run);
/* Box, marker and name of a small multiple, and a second line if its run diverged. */
void
plot_project_panel_title (PlotPanel *panel, const EngRunView *run, PlotRunStyle style);

/* Returns: (nullable) (transfer none): the run of the pinned experiment that a panel of
 * this one shows as well: of the same name and learner. */
const EngRunView *
plot_project_find_pinned (const PlotOptions *options, const EngRunView *run);

/* Index of runs in drawing order: rich late, and formulas last, so that they lie on top.  (n_runs) */
void plot_project_order (const EngSnapshot  *snapshot,
                         const PlotRunStyle *styles,
                         guint              *order);

/* Adds the line of one recorded column, and what it needs to the y axis.
 * Returns: (nullable) (transfer none): NULL if the run does not record it. */
PlotSeries *plot_project_add_line (PlotPanel         *panel,
                                   const EngSnapshot *snapshot,
                                   guint              run,
                                   PlotRunStyle       style,
                                   PlotRole           role,
                                   const char        *column);
/* The recorded steps.   (n_records) (transfer full) */
double *plot_project_dup_steps (const EngRunView *run) G_GNUC_WARN_UNUSED_RESULT;
/* The same of any numbers that were recorded with it.   x, y: (n_records); what is not
 * finite is a gap */
PlotSeries *plot_project_add_curve (PlotPanel         *panel,
                                    const EngSnapshot *snapshot,
                                    guint              run,
                                    PlotRunStyle       style,
                                    PlotRole           role,
                                    const double      *x,
                                    const double      *y);
/* Name, newest value and end of a line that is to be labelled.  Appends "Lazy 0.37" to
 * `sentence`. */
void plot_project_label_line (PlotSeries       *series,
                              const EngRunView *run,
                              PlotNumber        number,
                              GString          *sentence);

/* The curves of the pinned experiment, if there is one: before any other, so that they lie
 * behind. */
void plot_project_add_pinned (PlotPanel         *panel,
                              const PlotOptions *options,
                              const char        *column,
                              PlotNumber         number);
/* The same with lines that are not simply a column over steps: `add_line` is like
 * plot_project_add_line (). */
typedef PlotSeries *(*PlotAddLine) (PlotPanel         *panel,
                                    const EngSnapshot *snapshot,
                                    guint              run,
                                    PlotRunStyle       style,
                                    PlotRole           role,
                                    const char        *column);
void plot_project_add_pinned_by (PlotPanel         *panel,
                                 const PlotOptions *options,
                                 PlotAddLine        add_line,
                                 const char        *column,
                                 PlotNumber         number);
/* Adds them to the words of a frame that is otherwise complete. */
void plot_project_tell_pinned (PlotFrame *frame);

/* Returns: (transfer none): what people call the run. */
const char *plot_project_get_name (const EngRunView *run);
/* "Step 640 of 2 000: ", or what else the state is.  (transfer full) */
char *plot_project_describe_state (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;

/* What a plot tells that shows nothing yet: its state alone, as a sentence.
 * Returns: (transfer full). */
char *plot_project_end_sentence (const char *state) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
