/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shared by the plots of the rate monitor. */
#include "config.h"

#include "plot-monitor.h"

#include "eng-jacobian.h"
#include "plot-over-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of its start: below, a loss of training in float is rounding. */
#define ROUNDING 1e-10

static gboolean
is_watched (const EngRunView *run)
{
  return eng_run_view_get_column (run, "jacobian-smallest") != NULL;
}

int
plot_monitor_find_run (const EngSnapshot *snapshot, const PlotOptions *options)
{
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      guint run = (options->selected_run + i) % snapshot->n_runs;

      if (is_watched (&snapshot->runs[run]))
        return (int) run;
    }
  return -1;
}

void
plot_monitor_add_theory (PlotPanel         *panel,
                         const EngSnapshot *snapshot,
                         guint              run,
                         const char        *column,
                         const char        *label,
                         PlotTheory         dashes)
{
  PlotSeries *series = plot_over_time_add_line (panel, snapshot, run, 0, PLOT_ROLE_THEORY,
                                                column);

  if (series == NULL)
    return;
  g_free (series->label);
  series->label = g_strdup (label);
  series->name = g_strdup (label);
  series->diverged = FALSE;
  series->theory = dashes;
}

double
plot_monitor_get_rounding (const EngRunView *run)
{
  const double *loss = eng_run_view_get_column (run, "train-loss");

  return loss != NULL && run->n_records > 0 ? ROUNDING * loss[0] : 0;
}

PlotSeries *
plot_monitor_add_loss (PlotPanel         *panel,
                       const EngSnapshot *snapshot,
                       guint              run,
                       PlotRunStyle       style,
                       PlotRole           role,
                       const char        *column)
{
  const EngRunView  *view = &snapshot->runs[run];
  const double      *loss = eng_run_view_get_column (view, column);
  double             rounding = plot_monitor_get_rounding (view);
  g_autofree double *x = g_new (double, view->n_records + 1);
  gsize              n = 0;
  PlotSeries        *series;

  if (loss == NULL)
    return NULL;
  for (; n < view->n_records && !(loss[n] < rounding); n++)
    {
      x[n] = (double) eng_trace_get_steps (view->trace)[n];
      plot_axis_include (&panel->y, loss[n]);
    }
  series = plot_panel_add_series (panel, style, role, n, x, loss);
  series->run = run;
  series->label = g_strdup (plot_project_get_name (view));
  series->diverged = view->status == ENG_STATUS_DIVERGED;
  return series;
}

void
plot_monitor_mark_rounding (PlotSeries *series, const EngRunView *run)
{
  double           rounding = plot_monitor_get_rounding (run);
  g_autofree char *value = plot_format_value (rounding, 2, PLOT_NUMBER_PLAIN);

  if (series->value == NULL || !(eng_run_view_get_last (run, "train-loss") < rounding))
    return;
  g_free (series->value);
  /* Translators: a number that is at most so large. */
  series->value = g_strdup_printf (_ ("≤ %s"), value);
}

double
plot_monitor_count_weights (const EngSnapshot *snapshot, guint run)
{
  const EngFacts *facts = &snapshot->facts;
  double          m = (double) snapshot->runs[run].m, d = (double) facts->d;

  return snapshot->spec == NULL
             ? NAN
             : eng_jacobian_get_max_rank (snapshot->spec,
                                          eng_spec_get_run (snapshot->spec, run), m, d);
}

char *
plot_monitor_make_subtitle (const EngSnapshot *snapshot, int run)
{
  const EngFacts  *facts = &snapshot->facts;
  g_autofree char *weights = NULL, *size = NULL;
  double           count;

  if (facts->n > ENG_JACOBIAN_MAX_SAMPLES)
    {
      g_autofree char *most = plot_format_integer (ENG_JACOBIAN_MAX_SAMPLES);

      return g_strdup_printf (_ ("not measured with more than %s samples"), most);
    }
  if (run < 0 || facts->n == 0)
    return g_strdup (_ ("of JJᵀ on the training inputs"));
  count = plot_monitor_count_weights (snapshot, (guint) run);
  if (isnan (count))
    return g_strdup (_ ("of JJᵀ on the training inputs"));
  weights = plot_format_integer ((guint64) count);
  size = g_strdup_printf (count >= (double) facts->n
                              /* Translators: number of weights, against n samples. */
                              ? _ ("effective weights %s ≥ n")
                              : _ ("effective weights %s < n, no promise"),
                          weights);
  if (snapshot->n_runs < 2)
    return g_steal_pointer (&size);
  /* Translators: the name of a run, and what is said of it. */
  return g_strdup_printf (_ ("%s: %s"), plot_project_get_name (&snapshot->runs[run]),
                          size);
}
