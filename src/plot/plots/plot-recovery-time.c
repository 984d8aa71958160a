/* SPDX-License-Identifier: GPL-3.0-or-later
 * Recovery by the clock: how far every run's L̂ is from L* after so many seconds of its own
 * iterations; records and the other runs are not counted. */
#include "config.h"

#include "eng-verdict.h"
#include "plot-over-time.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Without records the axes show this much. */
#define LOWEST_EMPTY  0.01
#define SECONDS_EMPTY 1.0

typedef enum
{
  MEASURE_ERROR,
  MEASURE_LOSS,
} Measure;

static const char *const measures[] = { N_ ("Relative Error"), N_ ("Test Loss"), NULL };

static const struct
{
  const char *column, *quantity, *words;
} details[] = {
  { "relative-error", N_ ("distance of L̂ from L*, relative to L*"),
    N_ ("Relative error of L̂") },
  { "test-loss", N_ ("loss / variance of the target"), N_ ("Test loss") },
};

/* Returns: (nullable) (transfer none): NULL if the run does not record it. */
static PlotSeries *
add_line (PlotPanel         *panel,
          const EngSnapshot *snapshot,
          guint              run,
          PlotRunStyle       style,
          PlotRole           role,
          const char        *column)
{
  const EngRunView *view = &snapshot->runs[run];
  const double     *values = eng_run_view_get_column (view, column), *seconds;

  if (values == NULL)
    return NULL;
  seconds = eng_trace_get_seconds (view->trace);
  for (gsize i = 0; i < view->n_records; i++)
    plot_axis_include (&panel->x, seconds[i]);
  return plot_over_time_add_curve (panel, snapshot, run, style, role, seconds, values);
}

static void
set_axes (PlotPanel *panel, const PlotOptions *options, Measure measure)
{
  panel->x.kind = options->x_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->x.title = g_strdup (_ ("seconds"));
  panel->x.elapsed = TRUE;
  plot_project_set_y_scale (panel, options->y_linear);
  plot_axis_include (&panel->y, 1);
  plot_axis_include (&panel->y, options->y_linear ? 0 : LOWEST_EMPTY);
  if (measure == MEASURE_ERROR)
    plot_panel_add_rule (panel, ENG_VERDICT_RECOVERED, _ ("recovered"));
}

/* From where all began to a round number behind the last record. */
static void
finish_x_axis (PlotPanel *panel)
{
  double lo = NAN, hi = NAN;

  if (panel->x.kind == PLOT_SCALE_LINEAR || isnan (panel->x.hi))
    plot_axis_include (&panel->x, panel->x.kind == PLOT_SCALE_LINEAR ? 0 : SECONDS_EMPTY);
  plot_scale_grow (panel->x.kind, panel->x.lo, panel->x.hi, 0, &lo, &hi);
  panel->x.lo = lo;
  panel->x.hi = hi;
  panel->x.fixed = TRUE;
}

static void
plot_recovery_time_project (PlotFrame         *frame,
                            const EngSnapshot *snapshot,
                            const PlotOptions *options)
{
  Measure          measure = MIN (options->measure, MEASURE_LOSS);
  PlotPanel       *panel = plot_frame_add_panel (frame);
  g_autofree char *values = NULL;

  set_axes (panel, options, measure);
  values = plot_over_time_add_runs (panel, snapshot, options, add_line,
                                    details[measure].column, NULL);
  finish_x_axis (panel);
  frame->subtitle = g_strdup (_ ("seconds of each run's own iterations"));
  frame->quantity = g_strdup (_ (details[measure].quantity));
  plot_over_time_describe (frame, snapshot, _ (details[measure].words), values);
}

const PlotClass plot_recovery_time_class = {
  .id = "recovery-time",
  .title = N_ ("Recovery by the Clock"),
  .measures = measures,
  .suits = plot_suits_matrix,
  .project = plot_recovery_time_project,
};
