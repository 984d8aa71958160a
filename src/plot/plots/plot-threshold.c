/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fit and width: the train loss of every run, or the smallest eigenvalue that its J Jᵀ has
 * at the start, by the number of weights for each sample, with the thresholds from which on
 * J Jᵀ can be regular (deep.md section 3). */
#include "config.h"

#include "plot-monitor.h"
#include "plot-project.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Room beside the outermost points, as a factor. */
#define MARGIN 1.5
/* Where a start in pairs, each of which counts once, can be regular; and any other. */
#define PAIRED   2.0
#define UNPAIRED 1.0
/* Without points the axis shows this much. */
#define LOWEST_EMPTY 1e-3

typedef enum
{
  MEASURE_LOSS,
  MEASURE_SMALLEST,
} Measure;

static const char *const measures[] = { N_ ("Train Loss"), N_ ("Smallest Eigenvalue"),
                                        NULL };

static const struct
{
  const char *subtitle, *quantity, *words;
} details[] = {
  { N_ ("by weights for each sample"), N_ ("train loss / variance of the target"),
    N_ ("Train loss") },
  { N_ ("at the start, by weights for each sample"),
    N_ ("smallest eigenvalue of JJᵀ at the start"), N_ ("Smallest eigenvalue of JJᵀ") },
};

static double
get_value (const EngRunView *run, Measure measure)
{
  const double *values = eng_run_view_get_column (run, "jacobian-smallest");

  if (values == NULL || run->n_records == 0)
    return NAN;
  if (measure == MEASURE_SMALLEST)
    return values[0];
  return MAX (eng_run_view_get_last (run, "train-loss"), plot_monitor_get_rounding (run));
}

static void
add_run (PlotPanel         *panel,
         const EngSnapshot *snapshot,
         guint              run,
         PlotRunStyle       style,
         Measure            measure,
         GString           *sentence)
{
  const EngRunView *view = &snapshot->runs[run];
  double            value = get_value (view, measure);
  double      x = (double) (view->m * snapshot->facts.d) / (double) snapshot->facts.n;
  PlotSeries *series;

  if (!isfinite (value))
    return;
  plot_axis_include (&panel->x, x / MARGIN);
  plot_axis_include (&panel->x, x * MARGIN);
  plot_axis_include (&panel->y, value);
  series = plot_panel_add_series (panel, style, PLOT_ROLE_POINTS, 1, &x, &value);
  series->run = run;
  series->label = g_strdup (plot_project_get_name (view));
  plot_project_label_line (series, view, PLOT_NUMBER_PLAIN, sentence);
  if (measure == MEASURE_LOSS)
    plot_monitor_mark_rounding (series, view);
}

static void
add_threshold (PlotPanel *panel, double at, const char *label)
{
  plot_panel_add_rule (panel, at, label)->vertical = TRUE;
  plot_axis_include (&panel->x, at / MARGIN);
  plot_axis_include (&panel->x, at * MARGIN);
}

static void
set_axes (PlotPanel *panel, const PlotOptions *options, Measure measure)
{
  panel->x.kind = options->x_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->x.title = g_strdup (_ ("m d / n"));
  plot_project_set_y_scale (panel, options->y_linear);
  plot_axis_include (&panel->y, measure == MEASURE_LOSS ? 1 : 0.1);
  plot_axis_include (&panel->y, options->y_linear ? 0 : LOWEST_EMPTY);
  add_threshold (panel, UNPAIRED, _ ("singly"));
  add_threshold (panel, PAIRED, _ ("in pairs"));
}

static void
plot_threshold_project (PlotFrame         *frame,
                        const EngSnapshot *snapshot,
                        const PlotOptions *options)
{
  Measure                  measure = MIN (options->measure, MEASURE_SMALLEST);
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);
  g_autoptr (GString)      sentence = g_string_new (NULL);

  set_axes (panel, options, measure);
  for (guint i = 0; i < snapshot->n_runs; i++)
    add_run (panel, snapshot, i, styles[i], measure, sentence);
  frame->subtitle = g_strdup (_ (details[measure].subtitle));
  frame->quantity = g_strdup (_ (details[measure].quantity));
  frame->summary = plot_project_describe (snapshot, _ (details[measure].words),
                                          sentence->str);
}

const PlotClass plot_threshold_class = {
  .id = "threshold",
  .title = N_ ("Fit and Width"),
  .measures = measures,
  .suits = plot_suits_threshold,
  .project = plot_threshold_project,
};
