/* SPDX-License-Identifier: GPL-3.0-or-later
 * summary.ini: the last numbers of each run, and what its tables do not say. */
#include "config.h"

#include "eng-export.h"
#include "eng-verdict.h"

#include <math.h>

static void
set_number (GKeyFile *file, const char *group, const char *key, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (value))
    g_key_file_set_value (file, group, key,
                          g_ascii_dtostr (buffer, sizeof buffer, value));
}

static double
smallest_recorded (const EngRunView *view, const char *id)
{
  const double *column = eng_run_view_get_column (view, id);
  double        best = NAN;

  for (gsize i = 0; column != NULL && i < view->n_records; i++)
    if (!isnan (column[i]) && !(column[i] >= best))
      best = column[i];
  return best;
}

/* Which columns of traces.csv are this run's. */
static void
list_columns (GKeyFile *file, const char *group, EngTrace *trace)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (gsize c = 0; c < eng_trace_get_n_columns (trace); c++)
    g_ptr_array_add (ids, (gpointer) eng_trace_get_column_info (trace, c)->id);
  if (ids->len > 0)
    g_key_file_set_string_list (file, group, "columns", (const char *const *) ids->pdata,
                                ids->len);
}

static void
summarise_verdict (GKeyFile         *file,
                   const char       *group,
                   const EngRunView *view,
                   const EngFacts   *facts)
{
  EngVerdict verdict;

  eng_verdict_judge (view, facts, &verdict);
  g_key_file_set_string (file, group, "regime", eng_regime_get_id (verdict.regime));
  g_key_file_set_string (file, group, "trend", eng_trend_get_id (verdict.trend));
  if (verdict.trend == ENG_TREND_STALLED)
    g_key_file_set_uint64 (file, group, "stalled-since", verdict.since);
  set_number (file, group, "share-q1", verdict.share[0]);
  set_number (file, group, "share-q2", verdict.share[1]);
  set_number (file, group, "share-q3", verdict.share[2]);
  set_number (file, group, "growth", verdict.growth);
}

/* What the matrix methods are compared by. */
static void
summarise_recovery (GKeyFile *file, const char *group, const EngRunView *view)
{
  gint64 recovered = eng_run_view_find_below (view, "relative-error",
                                              ENG_VERDICT_RECOVERED);

  if (view->matrix.rank == 0)
    return;
  g_key_file_set_uint64 (file, group, "iterations", view->step);
  if (recovered >= 0)
    g_key_file_set_int64 (file, group, "iterations-to-1e-6", recovered);
  set_number (file, group, "rate", eng_run_view_get_rate (view));
  g_key_file_set_uint64 (file, group, "rank", eng_run_view_get_rank (view));
}

static void
summarise_run (GKeyFile *file, guint run, const EngRunView *view, const EngFacts *facts)
{
  g_autofree char *group = g_strdup_printf ("run.%u", run + 1);
  gsize            last = view->n_records - 1;

  g_key_file_set_string (file, group, "learner", view->learner);
  g_key_file_set_string (file, group, "label", view->label);
  g_key_file_set_string (file, group, "status", eng_status_get_id (view->status));
  g_key_file_set_uint64 (file, group, "steps", view->step);
  g_key_file_set_uint64 (file, group, "planned", view->planned);
  g_key_file_set_uint64 (file, group, "m", view->m);
  if (view->n_records > 0)
    set_number (file, group, "seconds", eng_trace_get_seconds (view->trace)[last]);
  set_number (file, group, "best-test-loss", smallest_recorded (view, "test-loss"));
  for (gsize c = 0; view->n_records > 0 && c < eng_trace_get_n_columns (view->trace); c++)
    set_number (file, group, eng_trace_get_column_info (view->trace, c)->id,
                eng_trace_get_column (view->trace, c)[last]);
  set_number (file, group, "step-size", view->step_size);
  set_number (file, group, "stable-below", view->stable_below);
  set_number (file, group, "restart-with", view->restart_with);
  summarise_recovery (file, group, view);
  list_columns (file, group, view->trace);
  summarise_verdict (file, group, view, facts);
}

static void
summarise_levels (GKeyFile *file, const char *group, const EngSpectrum *spectrum)
{
  int    degrees[ENG_SPECTRUM_MAX_LEVELS];
  double multiplicities[ENG_SPECTRUM_MAX_LEVELS], lambdas[ENG_SPECTRUM_MAX_LEVELS];

  for (guint i = 0; i < spectrum->n_levels; i++)
    {
      degrees[i] = (int) spectrum->levels[i].degree;
      multiplicities[i] = (double) spectrum->levels[i].multiplicity;
      lambdas[i] = spectrum->levels[i].lambda;
    }
  if (spectrum->n_levels == 0)
    return;
  g_key_file_set_integer_list (file, group, "theory-degrees", degrees,
                               spectrum->n_levels);
  g_key_file_set_double_list (file, group, "theory-multiplicities", multiplicities,
                              spectrum->n_levels);
  g_key_file_set_double_list (file, group, "theory-eigenvalues", lambdas,
                              spectrum->n_levels);
}

static void
summarise_spectrum (GKeyFile *file, guint run, const EngSpectrum *spectrum)
{
  g_autofree char *group = g_strdup_printf ("spectrum.%u", run + 1);

  g_key_file_set_uint64 (file, group, "probes", spectrum->n_probes);
  g_key_file_set_uint64 (file, group, "features", spectrum->n_features);
  g_key_file_set_uint64 (file, group, "q1", spectrum->n_q1);
  g_key_file_set_uint64 (file, group, "q2", spectrum->n_q2);
  g_key_file_set_boolean (file, group, "q2-resolved", spectrum->q2_resolved);
  g_key_file_set_uint64 (file, group, "usable", spectrum->n_usable);
  if (spectrum->n_inputs > 0)
    g_key_file_set_uint64 (file, group, "groups-of", spectrum->n_inputs);
  summarise_levels (file, group, spectrum);
}

static void
summarise_problem (GKeyFile *file, const EngSnapshot *snapshot)
{
  const EngFacts *facts = &snapshot->facts;

  if (snapshot->spec != NULL)
    {
      g_key_file_set_string (file, "experiment", "name",
                             eng_spec_get_name (snapshot->spec));
      g_key_file_set_string (file, "experiment", "problem",
                             eng_spec_get_problem_class (snapshot->spec)->id);
    }
  g_key_file_set_uint64 (file, "experiment", "d", facts->d);
  g_key_file_set_uint64 (file, "experiment", "n", facts->n);
  g_key_file_set_uint64 (file, "experiment", "n-test", facts->n_test);
  g_key_file_set_uint64 (file, "experiment", "k", facts->k);
  g_key_file_set_boolean (file, "experiment", "on-sphere", facts->on_sphere);
  set_number (file, "experiment", "variance", facts->variance);
  set_number (file, "experiment", "noise-level", facts->noise_level);
  set_number (file, "experiment", "best-low-fit", facts->best_low_fit);
}

char *
eng_export_summary_text (const EngSnapshot *snapshot)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  summarise_problem (file, snapshot);
  for (guint run = 0; run < snapshot->n_runs; run++)
    summarise_run (file, run, &snapshot->runs[run], &snapshot->facts);
  for (guint run = 0; run < snapshot->n_runs; run++)
    if (snapshot->runs[run].spectrum != NULL)
      summarise_spectrum (file, run, snapshot->runs[run].spectrum);
  return g_key_file_to_data (file, NULL, NULL);
}
