/* SPDX-License-Identifier: GPL-3.0-or-later
 * The cases of spectra and bands. */
#include "bands-case.h"

/* The test set is the training set: mean 0 is not assumed. */
static void
set_test (BandsCase *self)
{
  EngProblem *problem = &self->fixture.problem;
  double      mean = 0.0, variance = 0.0;
  gsize       n = problem->n, rank;
  gboolean    done;

  problem->n_test = n;
  problem->x_test = self->x;
  problem->y_test = problem->y_train;
  for (gsize i = 0; i < n; i++)
    mean += problem->y_train[i] / (double) n;
  for (gsize i = 0; i < n; i++)
    variance += (problem->y_train[i] - mean) * (problem->y_train[i] - mean) / (double) n;
  problem->variance = variance;
  problem->test_basis = eng_arena_mat (self->arena, n, eng_problem_n_monomials (problem));
  eng_problem_basis (problem, &self->x, &problem->test_basis);
  done = eng_la_orthonormalise (&problem->test_basis, 1e-9, &rank, NULL);
  g_assert_true (done);
  g_assert_cmpuint (rank, ==, problem->d + 1);
}

void
bands_case_init (BandsCase *self, const char *activation, const char *learner)
{
  g_autofree char *file = g_strconcat ("bands_", activation, NULL);
  g_autofree char *settings = g_strdup_printf (
      "m=16\nactivation=%s\n%s", activation,
      g_str_equal (learner, "joint") ? "lambda1=0\n" : "");
  EngTwoLayer *net;

  self->oracle = oracle_load (file);
  fixture_init (&self->fixture, 1);
  self->arena = self->fixture.arena;
  self->x = oracle_float (self->oracle, "X", self->arena);
  fixture_set_train (&self->fixture, &self->x, oracle_get (self->oracle, "y")->data);
  self->fixture.probes = self->x;
  student_init (&self->student, &self->fixture, learner, settings);
  net = self->student.net;
  oracle_load_floats (self->oracle, "W0", net->w0.data);
  oracle_load_floats (self->oracle, "W", net->w.data);
  oracle_load_floats (self->oracle, "a", net->a);
  oracle_load_floats (self->oracle, "a", net->a0);
  set_test (self);
  student_prepare (&self->student, &self->fixture, NULL);
  self->x_double = *oracle_get (self->oracle, "X");
  self->gram = eng_arena_mat (self->arena, self->x.rows, self->x.rows);
  eng_la_syrk (1.0, &self->x_double, 0.0, &self->gram);
}

void
bands_case_clear (BandsCase *self)
{
  student_clear (&self->student);
  fixture_clear (&self->fixture);
  oracle_free (self->oracle);
}

EngMat
bands_case_kernel (BandsCase *self, gboolean moved, double divisor)
{
  EngTwoLayer *net = self->student.net;
  gsize        n = self->x.rows;
  EngMat       features = eng_arena_mat (self->arena, n, net->m);
  EngMat       result = eng_arena_mat (self->arena, n, n);
  EngAnalysis  scratch;

  eng_analysis_init (&scratch, net->m, net->d, self->arena);
  eng_two_layer_features (net, &self->x_double, moved, &scratch, &features);
  eng_basis_kernel (&features, &self->gram, divisor, &result);
  return result;
}
