/* SPDX-License-Identifier: GPL-3.0-or-later
 * Recovery: how far every run's L̂ is from L* after each iteration; dashed, the rate that
 * theory gives, from the first iteration on. */
#include "config.h"

#include "eng-certificate.h"
#include "eng-verdict.h"
#include "plot-project.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Room above the largest value, in decades. */
#define HEADROOM 0.3
/* Without records the axis shows this much below 1. */
#define LOWEST_EMPTY 0.01
/* Points of a line of theory, which is curved on a logarithmic axis of steps. */
#define MAX_POINTS 256

typedef enum
{
  MEASURE_ERROR,
  MEASURE_RESIDUAL,
  MEASURE_ANGLE,
} Measure;

static const char *const measures[] = { N_ ("Relative Error"), N_ ("Held-Out Residual"),
                                        N_ ("Largest Principal Angle"), NULL };

static const struct
{
  const char *column, *quantity;
} details[] = {
  { "relative-error", N_ ("distance of L̂ from L*, relative to L*") },
  { "test-loss", N_ ("residual, relative to the standard deviation of the target") },
  { "largest-angle", N_ ("largest principal angle in radians") },
};

/* --- theory ------------------------------------------------------------------------- */

/* Returns: the first finite value after step 0, and its step; NaN if there is none. */
static double
find_first (const EngRunView *run, const char *column, double *step)
{
  const double *values = eng_run_view_get_column (run, column);

  for (gsize i = 0; values != NULL && i < run->n_records; i++)
    if (eng_trace_get_steps (run->trace)[i] > 0 && isfinite (values[i]))
      {
        *step = (double) eng_trace_get_steps (run->trace)[i];
        return values[i];
      }
  return NAN;
}

static gboolean
has_line (const PlotPanel *panel, const char *label)
{
  for (guint i = 0; i < panel->series->len; i++)
    {
      const PlotSeries *series = g_ptr_array_index (panel->series, i);

      if (series->role == PLOT_ROLE_THEORY && g_strcmp0 (series->label, label) == 0)
        return TRUE;
    }
  return FALSE;
}

/* One line for all runs of one rate. */
static void
add_theory (PlotPanel *panel, const EngSnapshot *snapshot, guint run)
{
  const EngRunView *view = &snapshot->runs[run];
  double            rate = eng_run_view_get_last (view, "predicted-rate"), from = 0;
  double            first = find_first (view, "relative-error", &from);
  g_autofree char  *value = NULL, *label = NULL;
  double            x[MAX_POINTS], y[MAX_POINTS], last = panel->x.hi;
  gsize             n = (gsize) CLAMP (last - from + 1, 2, MAX_POINTS);
  PlotSeries       *series;

  if (!(rate > 0 && rate < 1) || !(first > 0) || !(last > from))
    return;
  value = plot_format_value (rate, 2, PLOT_NUMBER_PLAIN);
  /* Translators: a line: what theory says remains of the error after an iteration. */
  label = g_strdup_printf (_ ("theory: %s per iteration"), value);
  if (has_line (panel, label))
    return;
  for (gsize i = 0; i < n; i++)
    {
      x[i] = from + (last - from) * (double) i / (double) (n - 1);
      y[i] = first * pow (rate, x[i] - from);
    }
  series = plot_panel_add_series (panel, 0, PLOT_ROLE_THEORY, n, x, y);
  series->run = run;
  series->label = g_steal_pointer (&label);
}

/* --- residuals ---------------------------------------------------------------------- */

/* Adds the root of a recorded loss.
 * Returns: (nullable) (transfer none): NULL if the run does not record it. */
static PlotSeries *
add_root (PlotPanel         *panel,
          const EngSnapshot *snapshot,
          guint              run,
          PlotRunStyle       style,
          PlotRole           role,
          const char        *column)
{
  const EngRunView  *view = &snapshot->runs[run];
  const double      *values = eng_run_view_get_column (view, column);
  g_autofree double *steps = NULL, *roots = NULL;

  if (values == NULL)
    return NULL;
  steps = plot_project_dup_steps (view);
  roots = g_new (double, view->n_records + 1);
  for (gsize i = 0; i < view->n_records; i++)
    roots[i] = sqrt (values[i]);
  return plot_project_add_curve (panel, snapshot, run, style, role, steps, roots);
}

/* Thin what a run fits, thick what it does not see, of one and the same estimate: the
 * `residual` of a learner is that before its step. */
static PlotSeries *
add_residuals (PlotPanel         *panel,
               const EngSnapshot *snapshot,
               guint              run,
               PlotRunStyle       style)
{
  add_root (panel, snapshot, run, style, PLOT_ROLE_TRAIN, "train-loss");
  return add_root (panel, snapshot, run, style, PLOT_ROLE_TEST, "test-loss");
}

/* --- words -------------------------------------------------------------------------- */

static char *
make_subtitle (const EngSnapshot *snapshot, Measure measure)
{
  const EngFacts  *facts = &snapshot->facts;
  double           c, q;
  g_autofree char *samples = NULL, *certificate = NULL;

  if (measure == MEASURE_RESIDUAL)
    return g_strdup (facts->noise_level > 0
                         ? _ ("held out and without noise thick, own samples thin")
                         : _ ("held out thick, own samples thin"));
  if (snapshot->truth.rank == 0 || facts->d == 0)
    return g_strdup (measure == MEASURE_ERROR ? _ ("relative to L*") : _ ("in radians"));
  c = eng_certificate_get_samples (facts->n, facts->d, snapshot->truth.rank);
  q = eng_certificate_get_contraction (c, 0);
  samples = plot_format_value (c, 2, PLOT_NUMBER_PLAIN);
  certificate = plot_format_value (q, 2, PLOT_NUMBER_PLAIN);
  /* Translators: samples per unknown number, and the number of the theorem about AP-ROM,
   * which promises something only below 1. */
  return g_strdup_printf (q < 1 ? _ ("C = %s; theorem holds: q₁′ = %s < 1")
                                : _ ("C = %s; theorem silent: q₁′ = %s ≥ 1"),
                          samples, certificate);
}

static char *
describe (Measure measure, const char *state, const GString *values)
{
  if (values->len == 0)
    return plot_project_end_sentence (state);
  switch (measure)
    {
    case MEASURE_RESIDUAL:
      return g_strdup_printf (_ ("%s. Held-out residual: %s."), state, values->str);
    case MEASURE_ANGLE:
      return g_strdup_printf (_ ("%s. Largest principal angle: %s."), state, values->str);
    case MEASURE_ERROR:
    default:
      /* Translators: how far the training is, and the values of the runs. */
      return g_strdup_printf (_ ("%s. Relative error of L̂: %s."), state, values->str);
    }
}

static void
set_axis (PlotPanel *panel, const PlotOptions *options, Measure measure)
{
  panel->y.kind = options->y_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->y.headroom = options->y_linear ? 0.04 : HEADROOM;
  plot_axis_include (&panel->y, measure == MEASURE_ANGLE ? G_PI_2 : 1);
  plot_axis_include (&panel->y, options->y_linear ? 0 : LOWEST_EMPTY);
}

/* What the curves are compared with. */
static void
add_guides (PlotPanel *panel, const EngFacts *facts, Measure measure)
{
  double noise = sqrt (facts->noise_level / (1 + facts->noise_level));

  if (measure == MEASURE_ERROR)
    plot_panel_add_rule (panel, ENG_VERDICT_RECOVERED, _ ("recovered"));
  else if (measure == MEASURE_ANGLE)
    plot_panel_add_rule (panel, G_PI_2, _ ("right angle"));
  else if (noise > 0)
    plot_panel_add_rule (panel, noise, _ ("noise of the samples"));
  if (measure != MEASURE_RESIDUAL)
    return;
  panel->thick_label = g_strdup (_ ("held out"));
  panel->thin_label = g_strdup (_ ("on its samples"));
}

/* Returns: (nullable) (transfer none): the curve that is to be labelled. */
static PlotSeries *
add_curves (PlotPanel         *panel,
            const EngSnapshot *snapshot,
            guint              run,
            PlotRunStyle       style,
            Measure            measure)
{
  if (measure == MEASURE_RESIDUAL)
    return add_residuals (panel, snapshot, run, style);
  if (measure == MEASURE_ERROR)
    add_theory (panel, snapshot, run);
  return plot_project_add_line (panel, snapshot, run, style, PLOT_ROLE_TEST,
                                details[measure].column);
}

static PlotFrame *
plot_recovery_project (const EngSnapshot *snapshot, const PlotOptions *wanted)
{
  PlotOptions              options = plot_project_get_options (wanted);
  Measure                  measure = MIN (options.measure, MEASURE_ANGLE);
  PlotFrame               *frame = plot_frame_new (_ ("Recovery"));
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = g_new0 (PlotRunStyle, snapshot->n_runs + 1);
  g_autofree guint        *order = g_new0 (guint, snapshot->n_runs + 1);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  g_autofree char         *state = plot_project_describe_state (snapshot);

  /* Of a table there is no L* to be near to. */
  if (snapshot->truth.rank == 0)
    measure = MEASURE_RESIDUAL;
  plot_get_snapshot_styles (snapshot, styles);
  plot_project_order (snapshot, styles, order);
  plot_project_time_axis (panel, snapshot, &options, TRUE);
  plot_project_add_changes (panel, snapshot, -1);
  set_axis (panel, &options, measure);
  add_guides (panel, &snapshot->facts, measure);
  plot_project_add_pinned_by (
      panel, &options, measure == MEASURE_RESIDUAL ? add_root : plot_project_add_line,
      details[measure].column, PLOT_NUMBER_PLAIN);
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      guint       run = order[i];
      PlotSeries *series = add_curves (panel, snapshot, run, styles[run], measure);

      if (series != NULL)
        plot_project_label_line (series, &snapshot->runs[run], PLOT_NUMBER_PLAIN,
                                 sentence);
    }
  frame->subtitle = make_subtitle (snapshot, measure);
  frame->quantity = g_strdup (_ (details[measure].quantity));
  frame->summary = describe (measure, state, sentence);
  plot_project_tell_pinned (frame);
  return frame;
}

const PlotClass plot_recovery_class = {
  .id = "recovery",
  .title = N_ ("Recovery"),
  .measures = measures,
  .over_steps = TRUE,
  .suits = plot_suits_matrix,
  .project = plot_recovery_project,
};
