/* SPDX-License-Identifier: GPL-3.0-or-later
 * Solutions of Xβ = y: of smallest norms by hand and by optimality on the null space, argmin
 * Q by the same, its limits, and the bounds of Theorem 2 of Woodworth et al. (papers.md
 * D.4). */
#include "eng-implicit-bias.h"
#include "eng-rng.h"
#include "eng-sparsest.h"
#include "eng-types.h"

#include <math.h>
#include <string.h>

/* Exact but for rounding. */
#define EXACT 1e-12
/* Gradients along directions of the null space, relative to their size: what is left of
 * |Xβ − y| ≤ 1e-10 |y| after Newton's method, which goes on to rounding. */
#define STATIONARY 1e-8
/* At α = 10 the coefficients are 1e-3 of μ = 100 and Q is quadratic up to the square. */
#define QUADRATIC 1e-5

#define N_ROWS 12
#define N_COLS 30
#define SEED   5

typedef struct
{
  EngMat x;
  double data[N_ROWS * N_COLS];
  double y[N_ROWS];
  double beta[N_COLS], other[N_COLS];
} Case;

/* Three large coefficients and labels that they do not quite explain. */
static void
case_init (Case *self, guint seed)
{
  g_autoptr (EngRng) rng = eng_rng_new (seed, "train", 0);

  self->x = (EngMat){ N_ROWS, N_COLS, self->data };
  eng_rng_fill_gaussian (rng, N_ROWS * N_COLS, self->data);
  for (gsize k = 0; k < N_ROWS; k++)
    {
      const double *row = self->data + k * N_COLS;

      self->y[k] = row[0] - 0.5 * row[1] + 0.7 * row[2] + 0.1 * eng_rng_gaussian (rng);
    }
}

static double
get_residual (const Case *self)
{
  double r[N_ROWS];

  memcpy (r, self->y, sizeof r);
  eng_la_gemv (1.0, &self->x, self->beta, -1.0, r);
  return eng_la_norm (N_ROWS, r) / eng_la_norm (N_ROWS, self->y);
}

/* z <- its part with Xz = 0, as z − argmin ‖·‖₂ of the same Xz. */
static void
project (const Case *self, double *z)
{
  double y[N_ROWS], part[N_COLS];

  eng_la_gemv (1.0, &self->x, z, 0.0, y);
  g_assert_true (eng_implicit_bias_smallest (&self->x, y, NULL, part));
  eng_la_axpy (N_COLS, -1.0, part, z);
}

static double
get_l1 (gsize n, const double *x)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += fabs (x[i]);
  return sum;
}

/* --- smallest norms ---------------------------------------------------------------- */

/* One equation β₁ + 2β₂ = 1. */
static void
test_by_hand (void)
{
  double data[] = { 1, 2 }, y = 1, beta[2];
  EngMat x = { 1, 2, data };

  g_assert_true (eng_sparsest_find (&x, &y, NULL, beta));
  g_assert_cmpfloat_with_epsilon (beta[0], 0.0, EXACT);
  g_assert_cmpfloat_with_epsilon (beta[1], 0.5, EXACT);
  g_assert_true (eng_implicit_bias_smallest (&x, &y, NULL, beta));
  g_assert_cmpfloat_with_epsilon (beta[0], 0.2, EXACT);
  g_assert_cmpfloat_with_epsilon (beta[1], 0.4, EXACT);
}

/* The third column explains both equations at once; then two that tie. */
static void
test_few_are_enough (void)
{
  double data[] = { 1, 0, 1, 0, 1, 1 }, y[] = { 1, 1 }, beta[3];
  double same[] = { 1, 0, 0, 1 };
  EngMat x = { 2, 3, data }, identity = { 2, 2, same };

  g_assert_true (eng_sparsest_find (&x, y, NULL, beta));
  g_assert_cmpfloat_with_epsilon (beta[0], 0.0, EXACT);
  g_assert_cmpfloat_with_epsilon (beta[1], 0.0, EXACT);
  g_assert_cmpfloat_with_epsilon (beta[2], 1.0, EXACT);
  g_assert_true (eng_sparsest_find (&identity, y, NULL, beta));
  g_assert_cmpfloat_with_epsilon (beta[0], 1.0, EXACT);
  g_assert_cmpfloat_with_epsilon (beta[1], 1.0, EXACT);
}

/* No step on the null space makes it smaller.  Among so many draws are some on whose path a
 * coefficient comes and goes. */
static void
test_sparsest_is_smallest (void)
{
  for (guint seed = 1; seed <= 30; seed++)
    {
      g_autoptr (EngRng) rng = eng_rng_new (seed, "test", 0);
      Case               self;
      double             least;
      gsize              n_used = 0;

      case_init (&self, seed);
      g_assert_true (eng_sparsest_find (&self.x, self.y, NULL, self.beta));
      g_assert_cmpfloat (get_residual (&self), <, EXACT);
      least = get_l1 (N_COLS, self.beta);
      for (gsize i = 0; i < N_COLS; i++)
        n_used += self.beta[i] != 0.0;
      g_assert_cmpuint (n_used, ==, N_ROWS);
      for (guint i = 0; i < 100; i++)
        {
          double z[N_COLS];

          eng_rng_fill_gaussian (rng, N_COLS, z);
          project (&self, z);
          for (gsize j = 0; j < N_COLS; j++)
            self.other[j] = self.beta[j] + 1e-3 * z[j];
          g_assert_cmpfloat (get_l1 (N_COLS, self.other), >, least);
        }
    }
}

/* Equal rows with different labels have no solution, more rows than columns no choice. */
static void
test_refusals (void)
{
  double data[] = { 1, 2, 3, 1, 2, 3 }, y[] = { 1, 2 }, beta[3];
  EngMat x = { 2, 3, data }, high = { 3, 2, data };
  int    cancel = 1;

  g_assert_false (eng_sparsest_find (&x, y, NULL, beta));
  g_assert_false (eng_implicit_bias_smallest (&x, y, NULL, beta));
  g_assert_false (eng_implicit_bias_find (&x, y, 0.1, 2, NULL, beta));
  g_assert_false (eng_implicit_bias_smallest (&high, data, NULL, beta));
  data[0] = 0;
  g_assert_false (eng_sparsest_find (&x, y, &cancel, beta));
  g_assert_false (eng_implicit_bias_find (&x, y, 0.1, 2, &cancel, beta));
  g_assert_false (eng_implicit_bias_smallest (&x, y, &cancel, beta));
}

/* --- argmin Q ---------------------------------------------------------------------- */

/* h_D (u). */
static double
get_link (guint depth, double u)
{
  double power = depth / (depth - 2.0);

  return depth == 2 ? 2.0 * sinh (u) : pow (1.0 - u, -power) - pow (1.0 + u, -power);
}

/* Its inverse, by bisection. */
static double
invert (guint depth, double value)
{
  double lo = depth == 2 ? -50.0 : -1.0, hi = -lo;

  for (guint i = 0; i < 200; i++)
    {
      double middle = (lo + hi) / 2.0;

      if (get_link (depth, middle) < value)
        lo = middle;
      else
        hi = middle;
    }
  return lo;
}

/* ∇Q has no part in the null space, for every depth and scale. */
static void
test_stationary (void)
{
  static const double alphas[] = { 10, 1, 0.3, 0.1, 0.01, 0.001 };
  Case                self;

  case_init (&self, SEED);
  for (guint depth = 2; depth <= 3; depth++)
    for (gsize k = 0; k < G_N_ELEMENTS (alphas); k++)
      {
        double gradient[N_COLS], size;

        g_assert_true (
            eng_implicit_bias_find (&self.x, self.y, alphas[k], depth, NULL, self.beta));
        g_assert_cmpfloat (get_residual (&self), <=, ENG_IMPLICIT_BIAS_TOLERANCE);
        for (gsize i = 0; i < N_COLS; i++)
          gradient[i] = invert (depth, self.beta[i] / pow (alphas[k], depth));
        size = eng_la_norm (N_COLS, gradient);
        project (&self, gradient);
        g_assert_cmpfloat (eng_la_norm (N_COLS, gradient), <, STATIONARY * size);
      }
}

static double
get_distance (const double *a, const double *b)
{
  double difference[N_COLS];

  for (gsize i = 0; i < N_COLS; i++)
    difference[i] = a[i] - b[i];
  return eng_la_norm (N_COLS, difference) / eng_la_norm (N_COLS, b);
}

static void
test_large_alpha (void)
{
  Case self;

  case_init (&self, SEED);
  g_assert_true (eng_implicit_bias_smallest (&self.x, self.y, NULL, self.other));
  for (guint depth = 2; depth <= 5; depth++)
    {
      g_assert_true (
          eng_implicit_bias_find (&self.x, self.y, 10.0, depth, NULL, self.beta));
      g_assert_cmpfloat (get_distance (self.beta, self.other), <, QUADRATIC);
    }
}

/* ‖β‖₁ falls to its least value as α does: for D = 2 as slowly as 1/log α, for D = 3 as a
 * power of α. */
static void
test_small_alpha (void)
{
  static const double alphas[] = { 1, 0.1, 0.01, 0.001, 1e-4 };
  Case                self;
  double              least, excess[2][G_N_ELEMENTS (alphas)];

  case_init (&self, SEED);
  g_assert_true (eng_sparsest_find (&self.x, self.y, NULL, self.other));
  least = get_l1 (N_COLS, self.other);
  for (guint depth = 2; depth <= 3; depth++)
    for (gsize k = 0; k < G_N_ELEMENTS (alphas); k++)
      {
        g_assert_true (
            eng_implicit_bias_find (&self.x, self.y, alphas[k], depth, NULL, self.beta));
        excess[depth - 2][k] = get_l1 (N_COLS, self.beta) / least - 1.0;
        g_assert_cmpfloat (excess[depth - 2][k], >, 0.0);
        if (k > 0)
          g_assert_cmpfloat (excess[depth - 2][k], <, excess[depth - 2][k - 1]);
      }
  /* Ten times smaller α: less than twice nearer with D = 2, ten times with D = 3. */
  g_assert_cmpfloat (excess[0][4], >, excess[0][3] / 2.0);
  g_assert_cmpfloat (excess[1][4], <, excess[1][3] / 5.0);
}

/* Theorem 2: α that suffice for (1 + ε) times the smallest norms.  Its bound for ‖β‖₁ is of
 * use in few dimensions only. */
static void
test_theorem (void)
{
  double data[] = { 1, 0.5, -0.3, 0.2, 1, 0.8 }, y[] = { 3, 2 };
  double beta[3], sparsest[3], smallest[3], l1, l2;
  EngMat x = { 2, 3, data };

  g_assert_true (eng_sparsest_find (&x, y, NULL, sparsest));
  g_assert_true (eng_implicit_bias_smallest (&x, y, NULL, smallest));
  l1 = get_l1 (3, sparsest);
  l2 = eng_la_norm (3, smallest);
  for (double epsilon = 0.1; epsilon < 1.0; epsilon += 0.2)
    {
      double large = sqrt (2.0 * (1.0 + epsilon) * (1.0 + 2.0 / epsilon) * l2);
      double small = MIN (
          pow (2.0 * (1.0 + epsilon) * l1, -(2.0 + epsilon) / (2.0 * epsilon)),
          exp (-3.0 / (epsilon * l1)));

      g_assert_true (eng_implicit_bias_find (&x, y, large, 2, NULL, beta));
      g_assert_cmpfloat (eng_la_norm (3, beta), <=, (1.0 + epsilon) * l2);
      g_assert_true (eng_implicit_bias_find (&x, y, small, 2, NULL, beta));
      g_assert_cmpfloat (get_l1 (3, beta), <=, (1.0 + epsilon) * l1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_la_init ();
  g_test_add_func ("/engine/implicit-bias/by-hand", test_by_hand);
  g_test_add_func ("/engine/implicit-bias/few-are-enough", test_few_are_enough);
  g_test_add_func ("/engine/implicit-bias/sparsest", test_sparsest_is_smallest);
  g_test_add_func ("/engine/implicit-bias/refusals", test_refusals);
  g_test_add_func ("/engine/implicit-bias/stationary", test_stationary);
  g_test_add_func ("/engine/implicit-bias/large-alpha", test_large_alpha);
  g_test_add_func ("/engine/implicit-bias/small-alpha", test_small_alpha);
  g_test_add_func ("/engine/implicit-bias/theorem", test_theorem);
  return g_test_run ();
}
