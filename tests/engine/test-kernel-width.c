/* SPDX-License-Identifier: GPL-3.0-or-later
 * Kernels of finite width: those of the student with the same keys, and their limit. */
#include "eng-jacobian.h"
#include "eng-kernel-model.h"
#include "eng-run.h"
#include "fixture.h"
#include "trained.h"

#include <math.h>

#define PROBLEM                                                                          \
  "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=6\nn=70\nn-test=10\n" \
  "inputs=gaussian\nseed=5\n[observe]\nprobes=30\ndrift-points=10\n"

enum
{
  N = 70
};

/* Of a run with a kernel.   k: (N, N) */
static void
fill_kernel (EngExperiment *experiment, guint run, double *k)
{
  g_autoptr (EngLanes) lanes = eng_lanes_new (1);
  EngLearner *learner = eng_run_get_learner (eng_experiment_get_run (experiment, run));
  EngMat      matrix = { N, N, k };

  eng_kernel_model_fill (learner->state, lanes, &matrix);
}

/* J Jᵀ of a run with a two-layer student, at its start. */
static void
fill_gram (EngExperiment *experiment, guint run, double *k)
{
  const EngTwoLayer *student = eng_learner_two_layer (
      eng_run_get_learner (eng_experiment_get_run (experiment, run)));
  EngArena   *arena = eng_arena_new ();
  EngJacobian jacobian;
  EngMat      matrix = { N, N, k };

  eng_jacobian_init (&jacobian, student, N, arena);
  eng_jacobian_prepare (&jacobian, student,
                        &eng_experiment_get_problem (experiment)->x_train);
  eng_jacobian_gram (&jacobian, student, FALSE, &matrix);
  eng_arena_free (arena);
}

/* Largest |a − scale b|, relative to the largest |a|. */
static double
compare (const double *a, double scale, const double *b)
{
  double largest = 0.0, size = 0.0;

  for (gsize i = 0; i < N * N; i++)
    {
      largest = fmax (largest, fabs (a[i] - scale * b[i]));
      size = fmax (size, fabs (a[i]));
    }
  return largest / size;
}

/* The same keys and seed make the same weights, so that the kernel is J Jᵀ of the network,
 * entry by entry, to rounding; of other neurons it is far from that. */
static void
test_student (gconstpointer data)
{
  static const char *const of_layers[][3] = {
    { "first", "d;0", "0.5d;0" },
    { "both", "d;1", "0.5d;0.5" },
  };
  static const char *const learners[] = { "kernel-ridge", "gradient-flow" };
  const char              *start = data;
  gboolean                 is_relu = strstr (start, "=relu\n") != NULL;
  g_autofree double       *gram = g_new (double, N *N), *k = g_new (double, N *N);

  for (gsize i = 0; i < G_N_ELEMENTS (of_layers); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (learners); j++)
      {
        g_autofree char *text = g_strdup_printf (
            PROBLEM "[run.1]\nlearner=network\nlayers=%s\n%s"
                    "[run.2]\nlearner=%s\nlayer-weights=%s\nbias-coordinate=false\n%s"
                    "[run.3]\nlearner=%s\nlayer-weights=%s\nbias-coordinate=false\n"
                    "seed=6\n%s",
            of_layers[i][0], start, learners[j], of_layers[i][is_relu ? 2 : 1], start,
            learners[j], of_layers[i][is_relu ? 2 : 1], start);
        g_autoptr (EngExperiment) experiment = open_experiment (text, 1);

        fill_gram (experiment, 0, gram);
        fill_kernel (experiment, 1, k);
        g_assert_cmpfloat (compare (gram, 1.0, k), <, 1e-13);
        fill_kernel (experiment, 2, k);
        g_assert_cmpfloat (compare (gram, 1.0, k), >, 0.01);
      }
}

/* At infinite width frozen biases of size 1 count in the covariance as the coordinate √d
 * does, which has d of d + 1 parts of it: relu makes that a factor. */
static void
test_biases (void)
{
  g_autoptr (EngExperiment) experiment = open_experiment (
      PROBLEM "[run.1]\nlearner=kernel-ridge\nlayer-weights=0;1\n"
              "[run.2]\nlearner=kernel-ridge\nlayer-weights=0;1\n"
              "bias-coordinate=false\nbias=1\n",
      1);
  g_autofree double *coordinate = g_new (double, N *N), *biases = g_new (double, N *N);

  fill_kernel (experiment, 0, coordinate);
  fill_kernel (experiment, 1, biases);
  g_assert_cmpfloat (compare (coordinate, 6.0 / 7.0, biases), <, 1e-13);
}

/* How far from its limit; wider is nearer, with m^{-1/2}, whatever the keys of the start.
 * Rows on a sphere have another limit, unless only their direction counts. */
static void
test_limit (void)
{
  static const struct
  {
    const char *start;
    gboolean    has_limit;
  } cases[] = {
    { "activation=softplus\nbias=0.8\nbias-coordinate=false", TRUE },
    { "activation=softplus\nbias=0.8\nbias-coordinate=true", TRUE },
    { "activation=tanh\nbias=0.8\npaired=false", TRUE },
    { "activation=relu\nw0=sphere\nbias-coordinate=false", TRUE },
    { "activation=relu\nw0=sphere\nbias-coordinate=true", FALSE },
    { "activation=relu\nw0=sphere\nbias=0.5\nbias-coordinate=false", FALSE },
    { "activation=tanh\nw0=sphere\nbias-coordinate=false", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          PROBLEM "[run.1]\nlearner=gradient-flow\nsteps=2\nm=200\n%s\n"
                  "[run.2]\nlearner=gradient-flow\nsteps=2\nm=20000\n%s\n",
          cases[i].start, cases[i].start);
      g_autoptr (EngExperiment) experiment = open_experiment (text, 1);
      double narrow = eng_trace_get_last (trace_of (experiment, 0), "kernel-distance");
      double wide = eng_trace_get_last (trace_of (experiment, 1), "kernel-distance");

      g_assert_cmpint (isfinite (narrow), ==, cases[i].has_limit);
      g_assert_cmpint (isfinite (wide), ==, cases[i].has_limit);
      /* A hundred times as wide: ten times as near, give or take the draw. */
      if (cases[i].has_limit)
        g_assert_cmpfloat (fabs (log (narrow / wide / 10.0)), <, log (2.5));
    }
}

/* Rows of the start matter where a network has a width; those of that, to networks. */
static void
test_rows (void)
{
  static const struct
  {
    const char *run, *key;
    gboolean    matters;
  } cases[] = {
    { "m=10", "w0", TRUE },
    { "m=10", "paired", TRUE },
    { "m=10", "bias", TRUE },
    { "", "w0", FALSE },
    { "", "paired", FALSE },
    { "", "bias", TRUE },
    { "m=10\nkernel=rbf", "w0", FALSE },
    { "m=10\nkernel=rbf", "bias", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (PROBLEM "[run.1]\nlearner=kernel-ridge\n"
                                                       "%s\n",
                                               cases[i].run);
      g_autoptr (EngSpec) spec = fixture_spec (text);
      const EngSettings  *settings = eng_spec_get_run (spec, 0);
      const EngParam     *param = eng_param_find (eng_settings_get_tables (settings),
                                                  cases[i].key);

      g_assert_cmpint (eng_settings_is_relevant (settings, param), ==, cases[i].matters);
    }
}

int
main (int argc, char **argv)
{
  static const char *const starts[] = {
    "m=14\nactivation=softplus\n",
    "m=14\nactivation=relu\n",
    "m=14\nactivation=relu\nw0=sphere\npaired=false\n",
    "m=14\nactivation=tanh\nbias=0.7\n",
    "m=14\nactivation=cube\nw0=sphere\npaired=false\nbias=0.7\n",
  };

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/kernel-width/student/%zu", i);

      g_test_add_data_func (path, starts[i], test_student);
    }
  g_test_add_func ("/engine/kernel-width/biases", test_biases);
  g_test_add_func ("/engine/kernel-width/limit", test_limit);
  g_test_add_func ("/engine/kernel-width/rows", test_rows);
  return g_test_run ();
}
