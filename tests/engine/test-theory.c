/* SPDX-License-Identifier: GPL-3.0-or-later
 * Limits that theory knows: lazy training is kernel regression, the Taylor remainder is of
 * third order, the staircase of eigenvalues at large width, the largest stable step. */
#include "eng-experiment.h"
#include "eng-harmonics.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

/* Gradient descent in float, stopped at a relative train loss of 1e-9: residuals of 3e-5,
 * amplified by the inverse kernel (condition some 100) on the way to test points. */
#define RIDGELESS_TOLERANCE 1e-3
#define CONVERGED_LOSS      1e-9
/* Slope of a log-log line over three halvings, far from rounding. */
#define SLOPE_TOLERANCE 0.1
/* f_L + f_Q is all of f for quad: rounding of double. */
#define EXACT 1e-13
/* Monte-Carlo error of a band mean over 1500 points and 4000 neurons (two-layer.md 3). */
#define BAND_TOLERANCE 0.03

/* --- lazy training is kernel regression --------------------------------------------------- */

/* k <- K (x, z) of the student at W0, in double.   x: (n, d)  z: (p, d)  k: (n, p) */
static void
cross_kernel (const EngTwoLayer *net,
              const EngMatF     *x,
              const EngMatF     *z,
              EngArena          *arena,
              EngMat            *k)
{
  const EngMatF *inputs[] = { x, z };
  EngMat         features[2], rows[2], gram = eng_arena_mat (arena, x->rows, z->rows);
  EngAnalysis    scratch;

  eng_analysis_init (&scratch, net->m, net->d, arena);
  for (guint i = 0; i < 2; i++)
    {
      rows[i] = eng_arena_mat (arena, inputs[i]->rows, inputs[i]->cols);
      features[i] = eng_arena_mat (arena, inputs[i]->rows, net->m);
      for (gsize j = 0; j < inputs[i]->rows * inputs[i]->cols; j++)
        rows[i].data[j] = inputs[i]->data[j];
      eng_two_layer_features (net, &rows[i], FALSE, &scratch, &features[i]);
    }
  eng_la_gemm_nt (1.0, &rows[0], &rows[1], 0.0, &gram);
  eng_la_gemm_nt (1.0, &features[0], &features[1], 0.0, k);
  for (gsize i = 0; i < k->rows * k->cols; i++)
    k->data[i] *= gram.data[i];
}

static void
check_ridgeless (const char *activation, const char *inputs)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=8\nn=20\nn-test=50\n"
      "inputs=%s\n[observe]\nprobes=50\n"
      "[run.1]\nlearner=lazy\nm=80\nactivation=%s\nrate=1.9\nsteps=200000\n"
      "stop-train-loss=%g\n",
      inputs, activation, CONVERGED_LOSS);
  g_autoptr (EngSpec)       spec = fixture_spec (text);
  g_autoptr (GError)        error = NULL;
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, &error);
  g_autoptr (EngArena)      arena = eng_arena_new ();
  EngProblem               *problem;
  EngLearner               *learner;
  EngMat                    k, cross;
  double                   *c, *want, *got, work[60], worst = 0.0, largest = 0.0;
  EngTerms                  terms;
  float                    *f;

  g_assert_no_error (error);
  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, &error));
  (void) eng_experiment_advance (experiment, G_MAXUINT64);
  problem = eng_experiment_get_problem (experiment);
  learner = eng_run_get_learner (eng_experiment_get_run (experiment, 0));
  g_assert_cmpint (eng_run_get_status (eng_experiment_get_run (experiment, 0)), ==,
                   ENG_STATUS_CONVERGED);
  k = eng_arena_mat (arena, 20, 20);
  cross = eng_arena_mat (arena, 50, 20);
  cross_kernel (eng_learner_two_layer (learner), &problem->x_train, &problem->x_train,
                arena, &k);
  cross_kernel (eng_learner_two_layer (learner), &problem->x_test, &problem->x_train,
                arena, &cross);
  c = eng_arena_doubles (arena, 20);
  memcpy (c, problem->y_train, 20 * sizeof (double));
  eng_la_solve_psd (&k, 0.0, work, c);
  want = eng_arena_doubles (arena, 50);
  got = eng_arena_doubles (arena, 50);
  eng_la_gemv (1.0, &cross, c, 0.0, want);
  f = eng_arena_floats (arena, 150);
  terms = (EngTerms){ f, f + 50, f + 100 };
  eng_learner_predict (learner, &problem->x_test, NULL, &terms, f + 50);
  for (gsize i = 0; i < 50; i++)
    {
      got[i] = f[50 + i];
      worst = fmax (worst, fabs (got[i] - want[i]));
      largest = fmax (largest, fabs (want[i]));
    }
  g_test_message (
      "%s, %s: worst difference %.3g of %.3g after %" G_GUINT64_FORMAT " steps",
      activation, inputs, worst, largest, eng_experiment_get_step (experiment));
  g_assert_cmpfloat (worst, <=, RIDGELESS_TOLERANCE * largest);
}

static void
test_ridgeless (void)
{
  check_ridgeless ("softplus", "sphere");
  check_ridgeless ("relu", "sphere");
  check_ridgeless ("quad", "gaussian");
}

/* --- the Taylor remainder --------------------------------------------------------------------- */

typedef struct
{
  EngTwoLayer net;
  EngMatF     x;
  EngSpec    *spec;
  EngArena   *arena;
} Net;

static void
net_init (Net *self, const char *activation, gsize m, gsize d, gsize n, double init)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=network\nd=%zu\n"
      "[run.1]\nlearner=network\nm=%zu\nbias=0.5\nactivation=%s\ninit=%g\n",
      d, m, activation, init);
  EngInputs          inputs = { ENG_LAW_SPHERE, d, 0.0 };
  g_autoptr (EngRng) rng = eng_rng_new (5, "probe", 0);

  memset (self, 0, sizeof *self);
  self->spec = fixture_spec (text);
  self->arena = eng_arena_new ();
  eng_two_layer_init (&self->net, eng_spec_get_run (self->spec, 0), d, self->arena);
  eng_two_layer_draw (&self->net, eng_spec_get_run (self->spec, 0), 5);
  self->x = eng_arena_matf (self->arena, n, d);
  eng_inputs_sample (&inputs, rng, &self->x);
}

static void
net_clear (Net *self)
{
  eng_arena_free (self->arena);
  eng_spec_unref (self->spec);
}

/* Root mean square of f − f_L − f_Q for the movement as it is. */
static double
remainder_now (Net *self)
{
  gsize   n = self->x.rows;
  double *f = eng_arena_doubles (self->arena, 3 * n), sum = 0.0;

  eng_two_layer_terms (&self->net, &self->x, f, f + n, f + 2 * n);
  for (gsize i = 0; i < n; i++)
    sum += pow (f[i] - f[n + i] - f[2 * n + i], 2.0) / (double) n;
  return sqrt (sum);
}

/* Halving W divides the remainder by 8. */
static void
test_remainder (void)
{
  static const char *const activations[]
      = { "softplus", "logistic", "gelu", "tanh", "erf", "cubic-hermite", "hermite4" };

  for (gsize i = 0; i < G_N_ELEMENTS (activations); i++)
    {
      Net    net;
      double remainder[4], slope;

      net_init (&net, activations[i], 20, 6, 40, 0.25);
      for (guint half = 0; half < 4; half++)
        {
          remainder[half] = remainder_now (&net);
          for (gsize j = 0; j < net.net.m * net.net.d; j++)
            net.net.w.data[j] *= 0.5f;
        }
      slope = log2 (remainder[0] / remainder[3]) / 3.0;
      g_test_message ("%s: slope %.3f", activations[i], slope);
      g_assert_cmpfloat (fabs (slope - 3.0), <=, SLOPE_TOLERANCE);
      net_clear (&net);
    }
}

static void
test_no_remainder (void)
{
  static const char *const activations[] = { "quad", "halfsquare", "square", "hermite2" };

  for (gsize i = 0; i < G_N_ELEMENTS (activations); i++)
    {
      Net net;

      net_init (&net, activations[i], 20, 6, 40, 1.0);
      g_assert_cmpfloat (remainder_now (&net), <=, EXACT);
      net_clear (&net);
    }
}

/* f = 0 at W = 0, whatever the activation. */
static void
test_zero_start (void)
{
  for (const EngActivation *a = eng_activation_get_all (); a->id != NULL; a++)
    {
      Net      net;
      float    f[40], linear[40], quadratic[40];
      EngTerms terms = { f, linear, quadratic };

      net_init (&net, a->id, 20, 6, 40, 0.0);
      eng_two_layer_evaluate (&net.net, &net.x, NULL, &terms);
      for (gsize i = 0; i < 40; i++)
        {
          g_assert_cmpfloat (fabsf (f[i]), <=, 1e-4f);
          g_assert_cmpfloat (linear[i], ==, 0.0f);
          g_assert_cmpfloat (quadratic[i], ==, 0.0f);
        }
      net_clear (&net);
    }
}

/* --- the staircase ----------------------------------------------------------------------------- */

/* Unbiased band means of one wide network against the infinite one. */
static void
check_band_means (const char *activation, guint n_bands)
{
  const gsize n = 1500, d = 12, m = 4000;
  Net         net;
  EngMat      x, gram, features, kernel;
  EngAnalysis scratch;
  double      lambda[4];

  net_init (&net, activation, m, d, n, 0.0);
  x = eng_arena_mat (net.arena, n, d);
  gram = eng_arena_mat (net.arena, n, n);
  features = eng_arena_mat (net.arena, n, m);
  kernel = eng_arena_mat (net.arena, n, n);
  for (gsize i = 0; i < n * d; i++)
    x.data[i] = net.x.data[i];
  eng_analysis_init (&scratch, m, d, net.arena);
  eng_la_syrk (1.0, &x, 0.0, &gram);
  eng_two_layer_features (&net.net, &x, FALSE, &scratch, &features);
  eng_basis_kernel (&features, &gram, 1.0, &kernel);
  eng_harmonics_tangent_eigenvalues (net.net.activation, 0.5, d, 4, lambda);
  for (guint l = 1; l <= n_bands; l++)
    {
      double mean = eng_basis_band_mean (&kernel, &gram, d, l);

      g_test_message ("%s, degree %u: %.5f, in theory %.5f", activation, l, mean,
                      lambda[l]);
      g_assert_cmpfloat (fabs (mean - lambda[l]), <=, BAND_TOLERANCE * lambda[l]);
    }
  net_clear (&net);
}

static void
test_staircase (void)
{
  check_band_means ("quad", 2);
  check_band_means ("softplus", 2);
  check_band_means ("relu", 2);
}

/* --- the largest step ---------------------------------------------------------------------------- */

static EngStatus
run_at_rate (const char *rate, double *start, double *end)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=10\nn=60\n"
      "n-test=50\n[observe]\nprobes=50\n"
      "[run.1]\nlearner=lazy\nm=100\nactivation=softplus\nsteps=600\nrate=%s\n",
      rate);
  g_autoptr (EngSpec)       spec = fixture_spec (text);
  g_autoptr (GError)        error = NULL;
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, &error);
  EngTrace                 *trace;

  g_assert_no_error (error);
  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, &error));
  (void) eng_experiment_advance (experiment, G_MAXUINT64);
  trace = eng_run_publish (eng_experiment_get_run (experiment, 0), NULL);
  *start = eng_trace_lookup (trace, "train-loss")[0];
  *end = eng_trace_get_last (trace, "train-loss");
  return eng_run_get_status (eng_experiment_get_run (experiment, 0));
}

/* η = c/λ_max is stable below c = 2 exactly. */
static void
test_largest_step (void)
{
  static const char *const stable[] = { "0.5", "1", "1.9" };
  double                   start, end, before = INFINITY;

  for (gsize i = 0; i < G_N_ELEMENTS (stable); i++)
    {
      g_assert_cmpint (run_at_rate (stable[i], &start, &end), ==, ENG_STATUS_FINISHED);
      /* The faster the better, while it is stable. */
      g_assert_cmpfloat (end, <, 0.5 * start);
      g_assert_cmpfloat (end, <, before);
      before = end;
    }
  /* Slowly growing, it is caught at its records, far above its best; fast, by the size of
   * the loss, which is still a number. */
  g_assert_cmpint (run_at_rate ("2.1", &start, &end), ==, ENG_STATUS_DIVERGED);
  g_assert_cmpfloat (end, >, start);
  g_assert_cmpfloat (end, <, ENG_DIVERGED_LOSS);
  g_assert_cmpint (run_at_rate ("4", &start, &end), ==, ENG_STATUS_DIVERGED);
  g_assert_cmpfloat (end, >, ENG_DIVERGED_LOSS);
  g_assert_cmpfloat (end, <, 100 * ENG_DIVERGED_LOSS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/theory/ridgeless", test_ridgeless);
  g_test_add_func ("/engine/theory/remainder", test_remainder);
  g_test_add_func ("/engine/theory/no-remainder", test_no_remainder);
  g_test_add_func ("/engine/theory/zero-start", test_zero_start);
  g_test_add_func ("/engine/theory/staircase", test_staircase);
  g_test_add_func ("/engine/theory/largest-step", test_largest_step);
  return g_test_run ();
}
