/* SPDX-License-Identifier: GPL-3.0-or-later
 * Experiments of a text, and their records. */
#include "trained.h"

#include "fixture.h"

EngExperiment *
open_experiment (const char *text, guint n_threads)
{
  g_autoptr (EngSpec) spec = fixture_spec (text);
  g_autoptr (GError)  error = NULL;
  EngExperiment      *experiment = eng_experiment_new (spec, n_threads, NULL, &error);

  g_assert_no_error (error);
  eng_experiment_prepare (experiment, NULL, NULL, &error);
  g_assert_no_error (error);
  return experiment;
}

EngTrace *
trace_of (EngExperiment *experiment, guint run)
{
  return eng_run_publish (eng_experiment_get_run (experiment, run), NULL);
}

/* The records of two runs but for their times: bit for bit. */
void
assert_same_run (EngExperiment *a, guint run_a, EngExperiment *b, guint run_b)
{
  EngTrace *left = trace_of (a, run_a), *right = trace_of (b, run_b);
  gsize     n = eng_trace_get_length (left);

  g_assert_cmpuint (n, ==, eng_trace_get_length (right));
  g_assert_cmpmem (eng_trace_get_steps (left), n * sizeof (guint64),
                   eng_trace_get_steps (right), n * sizeof (guint64));
  for (gsize c = 0; c < eng_trace_get_n_columns (left); c++)
    g_assert_cmpmem (eng_trace_get_column (left, c), n * sizeof (double),
                     eng_trace_get_column (right, c), n * sizeof (double));
}
