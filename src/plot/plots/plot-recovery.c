/* SPDX-License-Identifier: GPL-3.0-or-later
 * Recovery: how far every run's L̂ is from L* after each iteration; dashed, the rate that
 * theory gives, from the first iteration on. */
#include "config.h"

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
  MEASURE_ANGLE,
} Measure;

static const char *const measures[] = { N_ ("Relative Error"),
                                        N_ ("Largest Principal Angle"), NULL };

static const struct
{
  const char *column, *quantity;
} details[] = {
  { "relative-error", N_ ("distance of L̂ from L*, relative to L*") },
  { "largest-angle", N_ ("largest principal angle in radians") },
};

/* --- theory ------------------------------------------------------------------------- */

/* Returns: the first finite value after step 0, and its step; NaN if there is none. */
static double
find_first (const EngRunView *run, const char *column, double *step)
{
  const double *values = run->trace != NULL ? eng_trace_lookup (run->trace, column)
                                            : NULL;

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

/* --- words -------------------------------------------------------------------------- */

/* Theorem 4 promises that the error falls where q₁′ = 2 (ρ + √(1 − φ²)) < 1, with φ =
 * 1 − 2ρ and, as measured, ρ = 2/√C (rank-one.md section 2). */
static double
get_certificate (double c)
{
  double rho = 2 / sqrt (c), phi = 1 - 2 * rho;

  return 2 * (rho + sqrt (fmax (1 - phi * phi, 0)));
}

static char *
make_subtitle (const EngSnapshot *snapshot, Measure measure)
{
  const EngFacts  *facts = &snapshot->facts;
  double           c, q;
  g_autofree char *samples = NULL, *certificate = NULL;

  if (snapshot->truth.rank == 0 || facts->d == 0)
    return g_strdup (measure == MEASURE_ERROR ? _ ("relative to L*") : _ ("in radians"));
  c = (double) facts->n / ((double) facts->d * (double) snapshot->truth.rank);
  q = get_certificate (c);
  samples = plot_format_value (c, 2, PLOT_NUMBER_PLAIN);
  certificate = plot_format_value (q, 2, PLOT_NUMBER_PLAIN);
  /* Translators: samples per unknown number, and the number of the theorem about AP-ROM,
   * which promises something only below 1. */
  return g_strdup_printf (q < 1 ? _ ("C = %s; the theorem holds: q₁′ = %s < 1")
                                : _ ("C = %s; the theorem is silent: q₁′ = %s, not < 1"),
                          samples, certificate);
}

static char *
describe (Measure measure, const char *state, const GString *values)
{
  if (values->len == 0)
    return plot_project_end_sentence (state);
  /* Translators: how far the training is, and the values of the runs. */
  return g_strdup_printf (measure == MEASURE_ANGLE
                              ? _ ("%s. Largest principal angle: %s.")
                              : _ ("%s. Relative error of L̂: %s."),
                          state, values->str);
}

static void
set_axis (PlotPanel *panel, const PlotOptions *options, Measure measure)
{
  panel->y.kind = options->y_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->y.headroom = options->y_linear ? 0.04 : HEADROOM;
  plot_axis_include (&panel->y, measure == MEASURE_ANGLE ? G_PI_2 : 1);
  plot_axis_include (&panel->y, options->y_linear ? 0 : LOWEST_EMPTY);
  if (measure == MEASURE_ANGLE)
    plot_panel_add_rule (panel, G_PI_2, _ ("right angle"));
  else
    plot_panel_add_rule (panel, ENG_VERDICT_RECOVERED, _ ("recovered"));
}

static PlotFrame *
plot_recovery_project (const EngSnapshot *snapshot, const PlotOptions *wanted)
{
  PlotOptions              options = plot_project_get_options (wanted);
  Measure                  measure = MIN (options.measure, MEASURE_ANGLE);
  const char              *column = details[measure].column;
  PlotFrame               *frame = plot_frame_new (_ ("Recovery"));
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = g_new0 (PlotRunStyle, snapshot->n_runs + 1);
  g_autofree guint        *order = g_new0 (guint, snapshot->n_runs + 1);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  g_autofree char         *state = plot_project_describe_state (snapshot);

  plot_get_snapshot_styles (snapshot, styles);
  plot_project_order (snapshot, styles, order);
  plot_project_time_axis (panel, snapshot, &options, TRUE);
  plot_project_add_changes (panel, snapshot, -1);
  set_axis (panel, &options, measure);
  plot_project_add_pinned (panel, &options, column, PLOT_NUMBER_PLAIN);
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      guint       run = order[i];
      PlotSeries *series;

      if (measure == MEASURE_ERROR)
        add_theory (panel, snapshot, run);
      series = plot_project_add_line (panel, snapshot, run, styles[run], PLOT_ROLE_TEST,
                                      column);
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
