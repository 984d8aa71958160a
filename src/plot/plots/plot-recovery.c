/* SPDX-License-Identifier: GPL-3.0-or-later
 * Recovery: how far every run's L̂ is from L* after each iteration; dashed, the rate that
 * theory gives, from the first iteration on. */
#include "config.h"

#include "eng-certificate.h"
#include "eng-verdict.h"
#include "plot-over-time.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

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

static PlotSeries *
add_error (PlotPanel         *panel,
           const EngSnapshot *snapshot,
           guint              run,
           PlotRunStyle       style,
           PlotRole           role,
           const char        *column)
{
  if (role == PLOT_ROLE_TEST)
    add_theory (panel, snapshot, run);
  return plot_over_time_add_line (panel, snapshot, run, style, role, column);
}

/* --- what is measured --------------------------------------------------------------- */

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
  g_autofree double *roots = g_new (double, view->n_records + 1);

  if (values == NULL)
    return NULL;
  for (gsize i = 0; i < view->n_records; i++)
    roots[i] = sqrt (values[i]);
  return plot_over_time_add_curve (panel, snapshot, run, style, role, NULL, roots);
}

/* Of the residual: thin what a run fits, thick what it does not see, of one and the same
 * estimate: the `residual` of a learner is that before its step. */
static const struct
{
  const char *column, *thin, *quantity, *words;
  PlotAddLine add_line;
} details[] = {
  { "relative-error", NULL, N_ ("distance of L̂ from L*, relative to L*"),
    N_ ("Relative error of L̂"), add_error },
  { "test-loss", "train-loss",
    N_ ("residual, relative to the standard deviation of the target"),
    N_ ("Held-out residual"), add_root },
  { "largest-angle", NULL, N_ ("largest principal angle in radians"),
    N_ ("Largest principal angle"), plot_over_time_add_line },
};

/* --- words -------------------------------------------------------------------------- */

/* Whether a run is what the theorem is about. */
static gboolean
has_theorem (const EngSnapshot *snapshot)
{
  gboolean has = FALSE;

  for (guint i = 0; i < snapshot->n_runs; i++)
    has |= g_strcmp0 (snapshot->runs[i].learner, "ap-rom") == 0;
  return has && snapshot->truth.rank > 0 && snapshot->facts.d > 0;
}

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
  if (!has_theorem (snapshot))
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

static void
plot_recovery_project (PlotFrame         *frame,
                       const EngSnapshot *snapshot,
                       const PlotOptions *options)
{
  /* Of a table there is no L* to be near to. */
  Measure          measure = snapshot->truth.rank == 0 ? MEASURE_RESIDUAL
                                                       : MIN (options->measure, MEASURE_ANGLE);
  PlotPanel       *panel = plot_over_time_add_panel (frame, snapshot, options);
  g_autofree char *values = NULL;

  plot_axis_include (&panel->y, measure == MEASURE_ANGLE ? G_PI_2 : 1);
  plot_axis_include (&panel->y, options->y_linear ? 0 : LOWEST_EMPTY);
  add_guides (panel, &snapshot->facts, measure);
  values = plot_over_time_add_runs (panel, snapshot, options, details[measure].add_line,
                                    details[measure].column, details[measure].thin);
  frame->subtitle = make_subtitle (snapshot, measure);
  frame->quantity = g_strdup (_ (details[measure].quantity));
  plot_over_time_describe (frame, snapshot, _ (details[measure].words), values);
}

const PlotClass plot_recovery_class = {
  .id = "recovery",
  .title = N_ ("Recovery"),
  .measures = measures,
  .over_steps = TRUE,
  .suits = plot_suits_matrix,
  .project = plot_recovery_project,
};
