/* SPDX-License-Identifier: GPL-3.0-or-later
 * f_L and the spectrum of Σ at sizes of several tiles, against the plain way, for any
 * number of threads and of movements at a time. */
#include "eng-basis-private.h"
#include "eng-experiment.h"
#include "eng-kernels.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

/* Inputs and neurons of several tiles with a rest; lanes share eigenvectors. */
#define N_DIM     12
#define N_PROBES  300
#define N_NEURONS 1200
#define N_THREADS 3

/* Sums of 7200 products of order one, in double. */
#define ROUNDING 1e-11
/* Directions are kept in float. */
#define TOP_ROUNDING 2e-6

static const char *const students[]
    = { "activation=quad\n", "activation=quad\nbias=0.5\n", "activation=softplus\n",
        "activation=softplus\npaired=false\n", "activation=quad\npaired=false\n" };

/* Prepared on `n_threads`, and moved by some steps. */
static EngExperiment *
open_experiment (const char *settings, guint n_threads)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=dense-plus-sparse\nd=%d\nn=40\n"
      "n-test=64\n[observe]\nprobes=%d\n[run.1]\nlearner=lazy\nm=%d\ninit=1\n%s",
      N_DIM, N_PROBES, N_NEURONS, settings);
  g_autoptr (EngSpec) spec = fixture_spec (text);
  g_autoptr (GError)  error = NULL;
  EngExperiment      *experiment = eng_experiment_new (spec, n_threads, NULL, &error);
  gboolean            done;

  g_assert_no_error (error);
  done = eng_experiment_prepare (experiment, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  return experiment;
}

static EngLearner *
get_learner (EngExperiment *experiment)
{
  return eng_run_get_learner (eng_experiment_get_run (experiment, 0));
}

/* f_L at the probes, as a record sees it. */
static void
take_linear (EngLearner *learner, EngLanes *lanes, EngArena *arena, double *linear)
{
  EngTwoLayer    *student = eng_learner_two_layer (learner);
  EngBasisScratch scratch;

  eng_basis_scratch_init (&scratch, N_PROBES, student, arena);
  g_assert_cmpuint (eng_basis_take (learner->context.basis, student, &scratch, lanes), ==,
                    1);
  memcpy (linear, scratch.linear.data, N_PROBES * sizeof (double));
}

static void
test_linear (gconstpointer settings)
{
  g_autoptr (EngArena)      arena = eng_arena_new ();
  g_autoptr (EngExperiment) experiment = open_experiment (settings, 1);
  EngLearner               *learner = get_learner (experiment);
  const EngBasis           *basis = learner->context.basis;
  EngMatF                   x = eng_arena_matf (arena, N_PROBES, N_DIM);
  double want[N_PROBES], f[N_PROBES], quadratic[N_PROBES], got[N_PROBES];
  double first[N_PROBES];

  g_assert_cmpint (basis->polynomial.rows > 0, ==, strstr (settings, "quad") != NULL);
  for (gsize i = 0; i < N_PROBES * N_DIM; i++)
    x.data[i] = (float) basis->x.data[i];
  eng_two_layer_terms (eng_learner_two_layer (learner), &x, f, want, quadratic);
  for (guint n_threads = 1; n_threads <= N_THREADS; n_threads++)
    {
      g_autoptr (EngLanes) lanes = eng_lanes_new (n_threads);

      take_linear (learner, lanes, arena, got);
      for (gsize i = 0; i < N_PROBES; i++)
        g_assert_cmpfloat_with_epsilon (got[i], want[i], ROUNDING);
      if (n_threads == 1)
        memcpy (first, got, sizeof got);
      g_assert_cmpmem (first, sizeof first, got, sizeof got);
    }
}

/* The eigenvalues and leading eigenvectors of K are LAPACK's, and the directions of Q1 are
 * the features that belong to them. */
static void
test_spectrum (gconstpointer settings)
{
  g_autoptr (EngArena)      arena = eng_arena_new ();
  g_autoptr (EngExperiment) experiment = open_experiment (settings, 2);
  EngLearner               *learner = get_learner (experiment);
  EngTwoLayer              *student = eng_learner_two_layer (learner);
  EngBasis                 *basis = learner->context.basis;
  const EngMatF            *top = eng_basis_get_top (basis);
  EngMat                    features = eng_arena_mat (arena, N_PROBES, N_NEURONS);
  EngMat                    kernel = eng_arena_mat (arena, N_PROBES, N_PROBES);
  double                    values[N_PROBES];
  EngAnalysis               scratch;

  eng_analysis_init (&scratch, N_NEURONS, N_DIM, arena);
  eng_two_layer_features (student, &basis->x, FALSE, &scratch, &features);
  eng_basis_kernel (&features, &basis->gram, N_PROBES, &kernel);
  g_assert_true (eng_la_eigh (&kernel, TRUE, values, NULL));
  for (gsize i = 0; i < N_PROBES; i++)
    g_assert_cmpfloat_with_epsilon (basis->spectrum->values[i], MAX (values[i], 0.0),
                                    ROUNDING);
  g_assert_cmpuint (basis->n_directions, ==, 1 + N_DIM + 77);
  for (gsize i = 0; i < basis->n_directions; i++)
    for (gsize j = 0; j <= i; j++)
      g_assert_cmpfloat_with_epsilon (eng_la_dot (N_PROBES,
                                                  basis->vectors.data + i * N_PROBES,
                                                  basis->vectors.data + j * N_PROBES),
                                      i == j ? 1.0 : 0.0, ROUNDING);
  g_assert_cmpuint (top->rows, ==, 1 + N_DIM);
  for (gsize i = 0; i < top->rows; i++)
    for (gsize r = 0; r < eng_two_layer_count_single (student); r += 7)
      {
        const double *u = basis->vectors.data + i * N_PROBES;
        double        sum = 0.0;

        for (gsize p = 0; p < N_PROBES; p++)
          sum += u[p] * features.data[p * N_NEURONS + r] * basis->x.data[p * N_DIM + 3];
        g_assert_cmpfloat_with_epsilon (top->data[i * top->cols + r * N_DIM + 3],
                                        sum / sqrt (N_PROBES * values[i]), TOP_ROUNDING);
      }
}

/* The same bits for any number of threads, and for movements alone and together. */
static void
test_bits (gconstpointer settings)
{
  static float         first[ENG_BASIS_BATCH][N_PROBES];
  static float         energies[ENG_BASIS_BATCH][N_PROBES];
  g_autoptr (EngArena) arena = eng_arena_new ();

  for (guint n_threads = 1; n_threads <= N_THREADS; n_threads++)
    {
      g_autoptr (EngExperiment) experiment = open_experiment (settings, n_threads);
      g_autoptr (EngLanes)      lanes = eng_lanes_new (n_threads);
      EngLearner               *learner = get_learner (experiment);
      EngTwoLayer              *student = eng_learner_two_layer (learner);
      EngEnergies               sums[ENG_BASIS_BATCH];
      float                    *directions[ENG_BASIS_BATCH];
      EngBasisScratch           scratch;

      eng_basis_scratch_init (&scratch, N_PROBES, student, arena);
      for (guint i = 0; i < ENG_BASIS_BATCH; i++)
        {
          /* All together, and on two threads one by one. */
          directions[i] = energies[i];
          eng_basis_take (learner->context.basis, student, &scratch, lanes);
          if (n_threads == 2)
            eng_basis_finish (learner->context.basis, &scratch, lanes, &directions[i],
                              &sums[i]);
          student->w.data[i * 100] += 0.1f;
        }
      if (n_threads != 2)
        eng_basis_finish (learner->context.basis, &scratch, lanes, directions, sums);
      if (n_threads == 1)
        memcpy (first, energies, sizeof first);
      g_assert_cmpfloat (energies[0][0], !=, energies[1][0]);
      g_assert_cmpmem (first, sizeof first, energies, sizeof energies);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char   *name;
    GTestDataFunc func;
  } tests[] = { { "linear", test_linear },
                { "spectrum", test_spectrum },
                { "bits", test_bits } };

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  for (gsize s = 0; s < G_N_ELEMENTS (students); s++)
    for (gsize t = 0; t < G_N_ELEMENTS (tests); t++)
      {
        g_autofree char *path = g_strdup_printf ("/engine/analysis/%s/%" G_GSIZE_FORMAT,
                                                 tests[t].name, s);

        g_test_add_data_func (path, students[s], tests[t].func);
      }
  return g_test_run ();
}
