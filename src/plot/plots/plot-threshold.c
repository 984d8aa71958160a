/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fit and width: the train loss of every run, or the smallest eigenvalue that its J Jᵀ has
 * at the start, by the number of effective weights for each sample, with the threshold from
 * which on J Jᵀ can be regular, and for a start in pairs that of any other (deep.md section 3). */
#include "config.h"

#include "plot-monitor.h"
#include "plot-project.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Room beside the outermost points, as a factor. */
#define MARGIN 1.5
/* From here on J Jᵀ can be regular. */
#define THRESHOLD 1.0
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
  { N_ ("by effective weights for each sample"),
    N_ ("train loss / variance of the target"), N_ ("Train loss") },
  { N_ ("at the start, by effective weights for each sample"),
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
  double            value = get_value (view, measure), x;
  PlotSeries       *series;

  if (!isfinite (value))
    return;
  x = plot_monitor_count_weights (snapshot, run) / (double) snapshot->facts.n;
  if (!isfinite (x))
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
set_axes (PlotPanel *panel, const PlotOptions *options, Measure measure)
{
  panel->x.kind = options->x_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->x.title = g_strdup (_ ("effective weights / n"));
  plot_project_set_y_scale (panel, options->y_linear);
  plot_axis_include (&panel->y, measure == MEASURE_LOSS ? 1 : 0.1);
  plot_axis_include (&panel->y, options->y_linear ? 0 : LOWEST_EMPTY);
}

static void
add_threshold (PlotPanel *panel, double at, const char *label)
{
  plot_panel_add_rule (panel, at, label)->vertical = TRUE;
  plot_axis_include (&panel->x, at / MARGIN);
  plot_axis_include (&panel->x, at * MARGIN);
}

/* Whether all students have this share of m d effective weights. */
static gboolean
have_share (const EngSnapshot *snapshot, double share)
{
  gboolean is_any = FALSE;

  for (guint run = 0; run < snapshot->n_runs; run++)
    {
      double weights = plot_monitor_count_weights (snapshot, run);
      double most = (double) snapshot->runs[run].m * (double) snapshot->facts.d;

      if (!isfinite (weights))
        continue;
      if (weights != share * most)
        return FALSE;
      is_any = TRUE;
    }
  return is_any;
}

/* A start in pairs, each of which counts once, has two: its own, and that of any other. */
static void
add_thresholds (PlotPanel *panel, const EngSnapshot *snapshot)
{
  if (have_share (snapshot, 0.5))
    {
      add_threshold (panel, THRESHOLD / 2, _ ("m d = n"));
      add_threshold (panel, THRESHOLD, _ ("m d = 2 n"));
    }
  else
    add_threshold (panel, THRESHOLD,
                   have_share (snapshot, 1.0) ? _ ("m d = n") : _ ("n"));
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
  add_thresholds (panel, snapshot);
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
