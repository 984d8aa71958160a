/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shared by the plots of the rate monitor. */
#include "config.h"

#include "plot-monitor.h"

#include "eng-jacobian.h"
#include "plot-project.h"

#include <glib/gi18n-lib.h>

static gboolean
is_watched (const EngRunView *run)
{
  return run->trace != NULL && eng_trace_lookup (run->trace, "jacobian-smallest") != NULL;
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
                         const char        *label)
{
  PlotSeries *series = plot_project_add_line (panel, snapshot, run, 0, PLOT_ROLE_THEORY,
                                              column);

  if (series == NULL)
    return;
  g_free (series->label);
  series->label = g_strdup (label);
  series->name = g_strdup (label);
  series->diverged = FALSE;
}

static gboolean
is_paired (const EngSnapshot *snapshot, guint run)
{
  return snapshot->spec == NULL
         || eng_two_layer_is_paired (eng_spec_get_run (snapshot->spec, run));
}

char *
plot_monitor_make_subtitle (const EngSnapshot *snapshot, int run)
{
  const EngFacts  *facts = &snapshot->facts;
  g_autofree char *weights = NULL, *samples = NULL, *size = NULL;
  gboolean         paired;

  if (facts->n > ENG_JACOBIAN_MAX_SAMPLES)
    return g_strdup_printf (_ ("not measured with more than %u samples"),
                            ENG_JACOBIAN_MAX_SAMPLES);
  if (run < 0 || facts->n == 0)
    return g_strdup (_ ("of JJᵀ on the training inputs"));
  paired = is_paired (snapshot, (guint) run);
  weights = plot_format_integer (snapshot->runs[run].m * facts->d);
  samples = plot_format_integer (paired ? 2 * facts->n : facts->n);
  if (snapshot->runs[run].m * facts->d >= (paired ? 2 : 1) * facts->n)
    /* Translators: numbers of weights and samples; neurons that start in pairs count half. */
    size = g_strdup_printf (paired ? _ ("m d = %s ≥ 2 n = %s") : _ ("m d = %s ≥ n = %s"),
                            weights, samples);
  else
    /* Translators: as above, with too few weights for any promise. */
    size = g_strdup_printf (paired ? _ ("m d = %s < 2 n = %s: nothing is promised")
                                   : _ ("m d = %s < n = %s: nothing is promised"),
                            weights, samples);
  if (snapshot->n_runs < 2)
    return g_steal_pointer (&size);
  /* Translators: the name of a run, and what is said of it. */
  return g_strdup_printf (_ ("%s: %s"), plot_project_get_name (&snapshot->runs[run]),
                          size);
}
