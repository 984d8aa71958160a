/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changes made while runs are going: replayed from a file they give the same numbers. */
#include "eng-error.h"
#include "eng-experiment.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

#define PROBLEM                                                                          \
  "[experiment]\nversion=1\n[problem]\nkind=dense-plus-sparse\nd=6\nn=100\n"             \
  "n-test=120\n[observe]\ndrift-points=20\n"

static EngExperiment *
open_text (const char *text, guint n_threads)
{
  g_autoptr (EngSpec) spec = fixture_spec (text);
  g_autoptr (GError)  error = NULL;
  EngExperiment      *experiment = eng_experiment_new (spec, n_threads, NULL, &error);

  g_assert_no_error (error);
  eng_experiment_prepare (experiment, NULL, NULL, &error);
  g_assert_no_error (error);
  return experiment;
}

static EngTrace *
trace_of (EngExperiment *experiment, guint run)
{
  return eng_run_get_trace (eng_experiment_get_run (experiment, run));
}

/* The records of two runs but for their times: bit for bit. */
static void
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

#define LAZY  "learner=lazy\nm=20\nsteps=80\n"
#define JOINT "learner=joint\nm=20\nsteps=80\n"

static void
change (EngExperiment *experiment, guint run, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;

  eng_experiment_change (experiment, run, key, value, &error);
  g_assert_no_error (error);
}

/* The same file, the same numbers: changes made live are replayed at their steps. */
static void
test_replay (void)
{
  g_autoptr (EngExperiment) live = open_text (
      PROBLEM "[run.1]\n" JOINT "[run.2]\nlearner=network\nm=20\nsteps=80\n"
              "[change.1]\nstep=60\nrun=1\nkey=lambda4\nvalue=0.01\n",
      2);
  g_autoptr (EngExperiment) replay = NULL, plain = NULL;
  g_autofree char          *text = NULL;

  change (live, 0, "rate", "0.9");
  (void) eng_experiment_advance (live, 7);
  change (live, 0, "rate", "0.25");
  change (live, 1, "alpha", "0.5");
  (void) eng_experiment_advance (live, 13);
  change (live, 0, "lambda1", "0.5 d");
  change (live, 0, "kick", "0.001");
  change (live, 1, "step-size", "0.05");
  (void) eng_experiment_advance (live, 20);
  change (live, 0, "lambda2", "1");
  (void) eng_experiment_advance (live, 1000);
  text = eng_spec_to_text (eng_experiment_get_spec (live));
  g_assert_cmpuint (eng_spec_get_n_changes (eng_experiment_get_spec (live)), ==, 8);
  replay = open_text (text, 1);
  (void) eng_experiment_advance (replay, G_MAXUINT64);
  assert_same_run (live, 0, replay, 0);
  assert_same_run (live, 1, replay, 1);
  /* And they did something. */
  plain = open_text (PROBLEM "[run.1]\n" JOINT, 1);
  (void) eng_experiment_advance (plain, G_MAXUINT64);
  g_assert_cmpfloat (eng_trace_get_last (trace_of (plain, 0), "test-loss"), !=,
                     eng_trace_get_last (trace_of (live, 0), "test-loss"));
}

/* A change acts at the next step and no earlier. */
static void
test_change_step (void)
{
  g_autoptr (EngExperiment) experiment = open_text (PROBLEM "[run.1]\n" LAZY, 1);
  const double *sizes = eng_trace_lookup (trace_of (experiment, 0), "step-size");

  (void) eng_experiment_advance (experiment, 5);
  change (experiment, 0, "step-size", "0.125");
  g_assert_cmpfloat (eng_trace_get_last (trace_of (experiment, 0), "step-size"), !=,
                     0.125);
  (void) eng_experiment_advance (experiment, 1);
  g_assert_cmpfloat (sizes[5], !=, 0.125);
  g_assert_cmpfloat (sizes[6], ==, 0.125);
  /* A rate puts the step size back under λ_max. */
  change (experiment, 0, "rate", "1");
  (void) eng_experiment_advance (experiment, 1);
  g_assert_cmpfloat (sizes[7], ==, sizes[0]);
}

static void
test_refused_changes (void)
{
  static const struct
  {
    guint       run;
    const char *key, *value;
  } cases[] = { { 0, "rate", "0" },  { 0, "rate", "x" },  { 0, "m", "10" },
                { 1, "rate", "1" },  { 0, "alpha", "1" }, { 0, "rate", "" },
                { 0, "rate", "nan" } };
  g_autoptr (EngExperiment) experiment = open_text (PROBLEM "[run.1]\n" LAZY, 1);
  g_autoptr (EngExperiment) plain = open_text (PROBLEM "[run.1]\n" LAZY, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (eng_experiment_change (experiment, cases[i].run, cases[i].key,
                                             cases[i].value, &error));
      g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
    }
  g_assert_cmpuint (eng_spec_get_n_changes (eng_experiment_get_spec (experiment)), ==, 0);
  (void) eng_experiment_advance (experiment, 80);
  (void) eng_experiment_advance (plain, 80);
  assert_same_run (experiment, 0, plain, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/changes/replay", test_replay);
  g_test_add_func ("/engine/changes/change-step", test_change_step);
  g_test_add_func ("/engine/changes/refused-changes", test_refused_changes);
  return g_test_run ();
}
