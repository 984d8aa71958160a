/* SPDX-License-Identifier: GPL-3.0-or-later
 * Parameter recovery against reference values (recovery.txt), finite differences and
 * limits. */
#include "eng-experiment.h"
#include "eng-hermite-fit.h"
#include "eng-low-rank.h"
#include "eng-span-fit.h"
#include "eng-spectral.h"
#include "eng-tensor-power.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* Of central differences with steps of 1e-5. */
#define DIFFERENCES 1e-8
/* Ridge regression in two ways. */
#define SAME_FIT 1e-8

typedef struct
{
  Oracle   *oracle;
  EngArena *arena;
  EngLanes *lanes;
  EngMatF   x;
  EngMat    y, u; /* u: rows of the file */
  EngTensor tensor;
} Case;

static void
case_init (Case *self, guint n_threads)
{
  self->oracle = oracle_load ("recovery");
  self->arena = eng_arena_new ();
  self->lanes = eng_lanes_new (n_threads);
  self->x = oracle_float (self->oracle, "X", self->arena);
  self->y = *oracle_get (self->oracle, "y");
  self->u = *oracle_get (self->oracle, "U");
  eng_tensor_init (&self->tensor, &self->x, 3, self->arena);
}

static void
case_clear (Case *self)
{
  eng_lanes_free (self->lanes);
  eng_arena_free (self->arena);
  oracle_free (self->oracle);
}

/* Rows of the file's U, of unit length. */
static void
copy_normalised (const Case *self, gsize n, EngMat *u)
{
  gsize d = self->x.cols;

  u->rows = n;
  for (gsize j = 0; j < n; j++)
    {
      double norm = eng_la_norm (d, self->u.data + j * d);

      for (gsize i = 0; i < d; i++)
        u->data[j * d + i] = self->u.data[j * d + i] / norm;
    }
}

static void
test_contractions (void)
{
  for (guint n_threads = 1; n_threads <= 2; n_threads++)
    {
      Case   self;
      EngMat g;

      case_init (&self, n_threads);
      g = eng_arena_mat (self.arena, 3, 5);
      g_assert_true (
          eng_tensor_contract (&self.tensor, self.y.data, 3, &self.u, self.lanes, &g));
      oracle_check (self.oracle, "T3", 15, g.data, ORACLE_DOUBLE);
      g_assert_true (
          eng_tensor_contract (&self.tensor, self.y.data, 4, &self.u, self.lanes, &g));
      oracle_check (self.oracle, "T4", 15, g.data, ORACLE_DOUBLE);
      case_clear (&self);
    }
}

/* Whoever cancels gets an answer, and no numbers. */
static void
test_cancelled (void)
{
  int    cancel = 1;
  Case   self;
  EngMat g;

  case_init (&self, 2);
  g = eng_arena_mat (self.arena, 3, 5);
  self.tensor.cancel = &cancel;
  g_assert_false (
      eng_tensor_contract (&self.tensor, self.y.data, 3, &self.u, self.lanes, &g));
  case_clear (&self);
}

static void
test_power (void)
{
  for (guint degree = 3; degree <= 4; degree++)
    {
      g_autoptr (EngRng) rng = eng_rng_new (1, "init", 0);
      g_autofree char   *first = g_strdup_printf ("power%u.1", degree);
      g_autofree char   *fourth = g_strdup_printf ("power%u.4", degree);
      EngTensorPower     power;
      Case               self;

      case_init (&self, 1);
      eng_tensor_power_init (&power, &self.tensor, degree, 3, self.y.data, rng,
                             self.arena);
      copy_normalised (&self, 3, &power.u);
      g_assert_true (eng_tensor_power_update (&power, self.lanes));
      g_assert_true (eng_tensor_power_step (&power, self.lanes));
      oracle_check (self.oracle, first, 15, power.u.data, ORACLE_DOUBLE);
      for (guint k = 0; k < 3; k++)
        g_assert_true (eng_tensor_power_step (&power, self.lanes));
      oracle_check (self.oracle, fourth, 15, power.u.data, ORACLE_DOUBLE);
      case_clear (&self);
    }
}

static void
test_refinement (void)
{
  for (guint degree = 3; degree <= 4; degree++)
    {
      g_autofree char *u = g_strdup_printf ("refine%u.U", degree);
      g_autofree char *c = g_strdup_printf ("refine%u.coef", degree);
      EngHermiteFit    fit;
      Case             self;

      case_init (&self, 1);
      eng_hermite_fit_init (&fit, &self.x, self.y.data, degree, 2, self.arena);
      copy_normalised (&self, 2, &fit.u);
      for (guint t = 0; t < 3; t++)
        {
          g_assert_true (eng_hermite_fit_solve (&fit, self.lanes));
          eng_hermite_fit_descend (&fit, 0.05, self.lanes);
        }
      oracle_check (self.oracle, u, 10, fit.u.data, ORACLE_DOUBLE);
      oracle_check (self.oracle, c, 2, fit.c, ORACLE_DOUBLE);
      case_clear (&self);
    }
}

/* M by contractions, in pieces of three rows, and its leading eigenvectors. */
static void
test_spectral (void)
{
  Case          self;
  EngMat        m, u;
  EngSpectral   spectral;
  const EngMat *want;

  case_init (&self, 2);
  m = eng_arena_mat (self.arena, 5, 5);
  u = eng_arena_mat (self.arena, 2, 5);
  eng_spectral_init (&spectral, &self.tensor, 2, self.arena);
  g_assert_true (eng_spectral_find (&spectral, self.y.data, self.lanes, &u));
  g_assert_true (eng_tensor_fill_matrix (&self.tensor, spectral.y, self.lanes, &m));
  oracle_check (self.oracle, "spectral_M", 25, m.data, ORACLE_DOUBLE);
  want = oracle_get (self.oracle, "V");
  for (gsize j = 0; j < 2; j++)
    g_assert_cmpfloat (
        fabs (fabs (eng_la_dot (5, u.data + j * 5, want->data + j * 5)) - 1.0), <,
        ORACLE_DOUBLE);
  case_clear (&self);
}

/* The gradient of the loss with c fitted again at every point: c is at its optimum, so its
 * change does not count. */
static void
test_gradient (void)
{
  const double  h = 1e-5;
  EngHermiteFit fit;
  Case          self;
  double        gradient[10];

  case_init (&self, 2);
  eng_hermite_fit_init (&fit, &self.x, self.y.data, 3, 2, self.arena);
  copy_normalised (&self, 2, &fit.u);
  g_assert_true (eng_hermite_fit_solve (&fit, self.lanes));
  eng_hermite_fit_descend (&fit, 0.0, self.lanes);
  memcpy (gradient, fit.gradient.data, sizeof gradient);
  for (gsize k = 0; k < 10; k++)
    {
      double loss[2], u = fit.u.data[k];

      for (gsize side = 0; side < 2; side++)
        {
          fit.u.data[k] = u + (side == 0 ? h : -h);
          g_assert_true (eng_hermite_fit_solve (&fit, self.lanes));
          loss[side] = 0.5 * eng_hermite_fit_get_loss (&fit);
        }
      fit.u.data[k] = u;
      g_assert_cmpfloat (fabs ((loss[0] - loss[1]) / (2 * h) - gradient[k]), <,
                         DIFFERENCES * eng_la_norm (10, gradient) + DIFFERENCES);
    }
  case_clear (&self);
}

/* (K + ρ I) c = y with the kernel itself gives the same residuals ρ c. */
static void
test_span (void)
{
  const double ridge = 1e-3;
  EngSpanFit   fit;
  EngMat       u, basis, z, k;
  Case         self;
  double      *b, trace = 0.0, rho;
  gsize        n;

  case_init (&self, 2);
  n = self.x.rows;
  u = eng_arena_mat (self.arena, 2, 5);
  copy_normalised (&self, 2, &u);
  eng_span_fit_init (&fit, &self.x, self.y.data, 2, 4, ridge, self.arena);
  g_assert_true (eng_span_fit_solve (&fit, &u, self.lanes));
  basis = eng_arena_mat (self.arena, 2, 5);
  memcpy (basis.data, u.data, 10 * sizeof (double));
  g_assert_cmpuint (eng_low_rank_orthonormalise (&basis, NULL), ==, 2);
  z = eng_arena_mat (self.arena, 2, n);
  k = eng_arena_mat (self.arena, n, n);
  b = eng_arena_doubles (self.arena, n);
  for (gsize j = 0; j < 2; j++)
    eng_inputs_project (&self.x, basis.data + j * 5, z.data + j * n);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      k.data[i * n + j] = pow (
          1.0 + (z.data[i] * z.data[j] + z.data[n + i] * z.data[n + j]) / 2.0, 4.0);
  for (gsize i = 0; i < n; i++)
    trace += k.data[i * n + i];
  rho = ridge * trace / (double) n;
  for (gsize i = 0; i < n; i++)
    k.data[i * n + i] += rho;
  memcpy (b, self.y.data, n * sizeof (double));
  g_assert_true (eng_la_cholesky (&k));
  eng_la_solve_lower (&k, FALSE, &(EngMat){ 1, n, b });
  eng_la_solve_lower (&k, TRUE, &(EngMat){ 1, n, b });
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (fabs (-fit.residual[i] - rho * b[i]), <, SAME_FIT);
  g_assert_cmpfloat (
      fabs (eng_span_fit_get_loss (&fit) - rho * rho * eng_la_dot (n, b, b) / (double) n),
      <, SAME_FIT);
  case_clear (&self);
}

/* --- the learner ------------------------------------------------------------------- */

static EngExperiment *
train (const char *problem, const char *run)
{
  g_autofree char    *text = g_strdup_printf ("[experiment]\nversion=1\n[problem]\n"
                                                 "inputs=gaussian\nn-test=200\nseed=3\n%s"
                                                 "[run.1]\nlearner=recovery\n%s",
                                              problem, run);
  g_autoptr (EngSpec) spec = fixture_spec (text);
  g_autoptr (GError)  error = NULL;
  EngExperiment      *self = eng_experiment_new (spec, 1, NULL, &error);

  g_assert_no_error (error);
  eng_experiment_prepare (self, NULL, NULL, &error);
  g_assert_no_error (error);
  (void) eng_experiment_advance (self, 10000);
  return self;
}

static double
get_last (EngExperiment *experiment, const char *column)
{
  return eng_trace_get_last (
      eng_run_publish (eng_experiment_get_run (experiment, 0), NULL), column);
}

/* One cubic direction from many samples is found to rounding, and its matched cosines are its
 * principal ones; the refinement ends at an exact fit. */
static void
test_found (void)
{
  g_autoptr (EngExperiment) experiment = train (
      "kind=low-rank-polynomial\nrank=2\ndegree=3\nd=6\nn=3000\n",
      "start=tensor\ndegree=3\npower-steps=15\nsteps=230\nprediction=hermite\n");
  EngTrace *trace = eng_run_publish (eng_experiment_get_run (experiment, 0), NULL);

  g_assert_cmpfloat (get_last (experiment, "smallest-cosine"), >, 1 - 1e-6);
  g_assert_cmpfloat (get_last (experiment, "matched-cosine"), >, 1 - 1e-6);
  g_assert_cmpfloat (get_last (experiment, "matched-cosine-2"), >, 1 - 1e-6);
  g_assert_cmpfloat (get_last (experiment, "principal-cosine-1"), >=,
                     get_last (experiment, "principal-cosine-2"));
  g_assert_cmpfloat (get_last (experiment, "test-loss"), <, 1e-6);
  /* While the first direction is sought there is no second one. */
  g_assert_cmpfloat (eng_trace_lookup (trace, "smallest-cosine")[5], ==, 0);
  g_assert_cmpfloat (eng_trace_lookup (trace, "principal-cosine-1")[0], >, 0);
}

/* A quadratic of two directions is a polynomial in their span. */
static void
test_span_learner (void)
{
  g_autoptr (EngExperiment) experiment = train (
      "kind=low-rank-polynomial\nrank=2\ndegree=2\nd=6\nn=2000\nsigns=alternating\n",
      "start=spectral\nsteps=101\nspan-degree=2\n");

  g_assert_cmpfloat (get_last (experiment, "smallest-cosine"), >, 1 - 1e-6);
  g_assert_cmpfloat (get_last (experiment, "test-loss"), <, 1e-6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/directions/contractions", test_contractions);
  g_test_add_func ("/engine/directions/cancelled", test_cancelled);
  g_test_add_func ("/engine/directions/power", test_power);
  g_test_add_func ("/engine/directions/refinement", test_refinement);
  g_test_add_func ("/engine/directions/spectral", test_spectral);
  g_test_add_func ("/engine/directions/gradient", test_gradient);
  g_test_add_func ("/engine/directions/span", test_span);
  g_test_add_func ("/engine/directions/found", test_found);
  g_test_add_func ("/engine/directions/span-learner", test_span_learner);
  return g_test_run ();
}
