/* SPDX-License-Identifier: GPL-3.0-or-later
 * The network with square activations and the symmetric matrix that it is. */
#include "eng-experiment.h"
#include "fixture.h"

#include <math.h>

/* Predictions are in float. */
#define SAME   1e-4
#define STEPS  30
#define INPUTS 50

static EngExperiment *
open_network (const char *settings)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=quadratic-sensing\nd=12\nrank=2\nn=300\n"
      "n-test=100\n[observe]\nprobes=40\n[run.1]\nlearner=network\nsteps=%d\ninit=0.5\n"
      "layers=both\nrate=0.1\n%s",
      STEPS, settings);
  g_autoptr (EngSpec) spec = fixture_spec (text);
  g_autoptr (GError)  error = NULL;
  EngExperiment      *experiment = eng_experiment_new (spec, 1, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, &error));
  return experiment;
}

static EngLearner *
get_learner (EngExperiment *experiment)
{
  return eng_run_get_learner (eng_experiment_get_run (experiment, 0));
}

/* f (x) − xᵀLx is the same number for all x. */
static void
check_predictions (EngExperiment *experiment)
{
  g_autoptr (EngRng) rng = eng_rng_new (6, "test", 0);
  EngLearner        *learner = get_learner (experiment);
  float              inputs[INPUTS * 12], f[INPUTS], linear[INPUTS], quadratic[INPUTS];
  float              alone[INPUTS];
  double             values[INPUTS], spread = 0.0;
  EngMatF            x = { INPUTS, 12, inputs };
  EngTerms           terms = { f, linear, quadratic };

  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    inputs[i] = (float) eng_rng_gaussian (rng);
  eng_learner_predict (learner, &x, NULL, &terms, alone);
  eng_low_rank_evaluate (eng_learner_low_rank (learner), &x, NULL, values);
  for (gsize i = 0; i < INPUTS; i++)
    {
      g_assert_cmpfloat (fabs (alone[i] - values[i] - (alone[0] - values[0])), <, SAME);
      spread = MAX (spread, fabs (values[i] - values[0]));
    }
  g_assert_cmpfloat (spread, >, 0.1);
}

/* Each width and activation, before and after training, at another output scale. */
static void
test_predictions (void)
{
  static const char *const activations[] = { "square", "halfsquare", "hermite2" };
  static const guint       widths[] = { 4, 12, 30, 200 };

  for (gsize a = 0; a < G_N_ELEMENTS (activations); a++)
    for (gsize w = 0; w < G_N_ELEMENTS (widths); w++)
      {
        g_autofree char *settings = g_strdup_printf ("activation=%s\nm=%u\nalpha=0.7\n",
                                                     activations[a], widths[w]);
        g_autoptr (EngExperiment) experiment = open_network (settings);

        check_predictions (experiment);
        (void) eng_experiment_advance (experiment, STEPS);
        check_predictions (experiment);
        eng_learner_set_live (get_learner (experiment), "alpha", 2.0);
        check_predictions (experiment);
        g_assert_cmpuint (eng_learner_low_rank (get_learner (experiment))->rank, <=,
                          MIN (widths[w], 12));
      }
}

/* The records say how far the matrix is, and it comes nearer. */
static void
test_records (void)
{
  g_autoptr (EngExperiment) experiment = open_network ("activation=square\nm=24\n");
  g_autoptr (EngSnapshot)   snapshot = NULL;
  g_autoptr (EngArena)      arena = eng_arena_new ();
  EngProblem               *problem = eng_experiment_get_problem (experiment);
  const EngRunView         *view;
  const double             *errors;
  double                    test_error;
  EngLowRankWork            work;

  (void) eng_experiment_advance (experiment, STEPS);
  snapshot = eng_experiment_snapshot (experiment);
  view = &snapshot->runs[0];
  errors = eng_trace_lookup (view->trace, "relative-error");
  g_assert_nonnull (errors);
  g_assert_cmpfloat (errors[view->n_records - 1], <, errors[0]);
  g_assert_cmpuint (view->matrix.rank, ==, 12);
  /* Not of the whole span, which is everything. */
  g_assert_cmpuint (view->matrix.n_angles, ==, 2);
  g_assert_cmpfloat (view->matrix.angles[1], >, 1e-3);
  /* The test loss is what the matrices say, within the chance of 100 samples. */
  eng_low_rank_work_init (&work, 12, 14, arena);
  test_error = eng_low_rank_test_error (eng_learner_low_rank (get_learner (experiment)),
                                        &problem->truth, &work);
  g_assert_cmpfloat (eng_trace_get_last (view->trace, "test-loss"), <, 2.0 * test_error);
  g_assert_cmpfloat (eng_trace_get_last (view->trace, "test-loss"), >, 0.5 * test_error);
}

/* With a bias, another activation or another teacher it is none. */
static void
test_others (void)
{
  static const char *const settings[] = { "activation=relu\nm=24\n",
                                          "activation=quad\nm=24\n",
                                          "activation=square\nbias=1\nm=24\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (EngExperiment) experiment = open_network (settings[i]);

      g_assert_null (eng_learner_low_rank (get_learner (experiment)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/recovery-network/predictions", test_predictions);
  g_test_add_func ("/engine/recovery-network/records", test_records);
  g_test_add_func ("/engine/recovery-network/others", test_others);
  return g_test_run ();
}
