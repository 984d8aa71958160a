/* SPDX-License-Identifier: GPL-3.0-or-later
 * Spherical harmonics: multiplicities, Gegenbauer polynomials, the staircase of theory,
 * Hermite coefficients and the quadrature rules behind them. */
#include "eng-experiment.h"
#include "eng-harmonics.h"
#include "eng-quad.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* Orthogonality of polynomials of degree <= 6 under a 400-node rule is exact up to
 * rounding. */
#define ROUNDING 1e-12
/* Zero eigenvalues come out as exact zeros; the cases allow this much. */
#define EXACT_ZERO 1e-12
/* Hermite coefficients of smooth activations under a 200-node rule: the slowest, softplus
 * and tanh, have converged to this. */
#define HERMITE_TOLERANCE 1e-10

#define N_DEGREES 6

typedef struct
{
  const char *block, *activation;
  double      bias;
} Row;

/* Eigenvalue rows: relative to the largest of the row. */
static void
test_spectrum (void)
{
  static const Row rows[] = {
    { "quad", "quad", 0 }, { "softplus", "softplus", 0 },
    { "relu", "relu", 0 }, { "relu_bias1", "relu", 1 },
    { "erf", "erf", 0 },   { "logistic", "logistic", 0 },
  };
  g_autoptr (Oracle) oracle = oracle_load ("sphere_spectrum");
  double             worst = 0.0;

  for (gsize b = 0; b < G_N_ELEMENTS (rows); b++)
    {
      const EngActivation *activation = eng_activation_find (rows[b].activation);
      const EngMat        *want = oracle_get (oracle, rows[b].block);

      for (gsize i = 0; i < want->rows; i++)
        {
          const double *row = want->data + i * want->cols;
          double        lambda[N_DEGREES], error;

          eng_harmonics_tangent_eigenvalues (activation, rows[b].bias, (gsize) row[0],
                                             N_DEGREES, lambda);
          error = oracle_error (N_DEGREES, lambda, row + 1);
          worst = fmax (worst, error);
          if (error > ORACLE_DOUBLE)
            g_test_message ("%s, d = %g: error %.3g", rows[b].block, row[0], error);
          g_assert_cmpfloat (error, <=, ORACLE_DOUBLE);
          for (guint l = 0; l < N_DEGREES; l++)
            if (row[1 + l] == 0.0)
              g_assert_cmpfloat (fabs (lambda[l]), <=, EXACT_ZERO);
        }
    }
  g_test_message ("worst error of eigenvalues: %.3g", worst);
}

/* quad has λ = 1, 1, 2/(d+2), 0 exactly, in every dimension an experiment may have. */
static void
test_every_dimension (void)
{
  static const gsize dimensions[] = { 2, 3, 172, 173, 500, 10000 };

  for (gsize i = 0; i < G_N_ELEMENTS (dimensions); i++)
    {
      double lambda[4];

      eng_harmonics_tangent_eigenvalues (eng_activation_find ("quad"), 0.0, dimensions[i],
                                         4, lambda);
      g_assert_cmpfloat_with_epsilon (lambda[0], 1.0, ROUNDING);
      g_assert_cmpfloat_with_epsilon (lambda[1], 1.0, ROUNDING);
      g_assert_cmpfloat_with_epsilon (lambda[2], 2.0 / ((double) dimensions[i] + 2.0),
                                      ROUNDING);
      g_assert_cmpfloat (lambda[3], ==, 0.0);
    }
}

static void
test_hermite (void)
{
  static const char *const ids[] = { "quad", "softplus", "erf",          "logistic",
                                     "gelu", "tanh",     "cubic-hermite" };
  g_autoptr (Oracle)       oracle = oracle_load ("sphere_spectrum");
  const EngMat            *want = oracle_get (oracle, "hermite");
  double                   worst = 0.0;

  g_assert_cmpuint (want->rows, ==, G_N_ELEMENTS (ids));
  for (gsize i = 0; i < want->rows; i++)
    {
      double c[N_DEGREES], error;

      eng_activation_hermite (eng_activation_find (ids[i]), 0.0, want->cols, c);
      error = oracle_error (want->cols, c, want->data + i * want->cols);
      worst = fmax (worst, error);
      g_assert_cmpfloat (error, <=, HERMITE_TOLERANCE);
    }
  g_test_message ("worst error of Hermite coefficients: %.3g", worst);
}

/* Biases N(0, b²) widen the pre-activation: σ′ = z has E[σ′(s z) z] = s. */
static void
test_hermite_bias (void)
{
  double c[3];

  eng_activation_hermite (eng_activation_find ("halfsquare"), 0.75, 3, c);
  g_assert_cmpfloat_with_epsilon (c[0], 0.0, ROUNDING);
  g_assert_cmpfloat_with_epsilon (c[1], 1.25, ROUNDING);
  g_assert_cmpfloat_with_epsilon (c[2], 0.0, ROUNDING);
}

static void
test_multiplicities (void)
{
  g_autoptr (Oracle) oracle = oracle_load ("teachers");
  const EngMat      *want = oracle_get (oracle, "multiplicity");

  for (gsize i = 0; i < want->rows; i++)
    {
      const double *row = want->data + i * want->cols;
      double        sum = 0.0;

      for (guint l = 0; l + 1 < want->cols; l++)
        {
          sum += row[1 + l];
          g_assert_cmpfloat ((double) eng_harmonics_dimension ((gsize) row[0], l), ==,
                             row[1 + l]);
          g_assert_cmpfloat ((double) eng_harmonics_dimension_up_to ((gsize) row[0], l),
                             ==, sum);
        }
    }
  /* On the circle every degree has a cosine and a sine. */
  g_assert_cmpuint (eng_harmonics_dimension (2, 5), ==, 2);
  /* What no memory holds is G_MAXSIZE, not a wrapped number. */
  g_assert_cmpuint (eng_harmonics_dimension (10000, 6), ==, G_MAXSIZE);
  g_assert_cmpuint (eng_harmonics_dimension_up_to (10000, 6), ==, G_MAXSIZE);
}

/* E[P_l P_k] = δ / n_l under the density of t, and P_l(1) = 1. */
static void
test_orthogonality (void)
{
  static const gsize dimensions[] = { 2, 3, 5, 30, 172, 173, 1000, 10000 };
  double             nodes[ENG_QUAD_GEGENBAUER_NODES];
  double             weights[ENG_QUAD_GEGENBAUER_NODES];

  for (gsize i = 0; i < G_N_ELEMENTS (dimensions); i++)
    {
      gsize d = dimensions[i];

      eng_quad_gegenbauer (d, nodes, weights);
      for (guint l = 0; l <= 6; l++)
        for (guint k = 0; k <= 6; k++)
          {
            double sum = 0.0, n_l = (double) eng_harmonics_dimension (d, l);

            for (gsize p = 0; p < ENG_QUAD_GEGENBAUER_NODES; p++)
              sum += weights[p] * eng_harmonics_gegenbauer (d, l, nodes[p])
                     * eng_harmonics_gegenbauer (d, k, nodes[p]);
            g_assert_cmpfloat_with_epsilon (sum, l == k ? 1.0 / n_l : 0.0, ROUNDING);
          }
      for (guint l = 0; l <= 6; l++)
        {
          g_assert_cmpfloat_with_epsilon (eng_harmonics_gegenbauer (d, l, 1.0), 1.0,
                                          ROUNDING);
          g_assert_cmpfloat_with_epsilon (eng_harmonics_gegenbauer (d, l, -1.0),
                                          l % 2 == 0 ? 1.0 : -1.0, ROUNDING);
        }
    }
}

/* P_2 (t) = (d t² − 1)/(d − 1). */
static void
test_second_polynomial (void)
{
  for (double t = -1.0; t <= 1.0; t += 0.125)
    g_assert_cmpfloat_with_epsilon (eng_harmonics_gegenbauer (7, 2, t),
                                    (7.0 * t * t - 1.0) / 6.0, ROUNDING);
}

/* Moments of the rules: E z^{2p} = (2p−1)!!, and E t² = 1/d. */
static void
test_rules (void)
{
  double nodes[ENG_QUAD_GEGENBAUER_NODES], weights[ENG_QUAD_GEGENBAUER_NODES];
  double moment[4] = { 0 }, square = 0.0;

  eng_quad_hermite (nodes, weights);
  for (gsize i = 0; i < ENG_QUAD_HERMITE_NODES; i++)
    for (gsize p = 0; p < 4; p++)
      moment[p] += weights[i] * pow (nodes[i], 2.0 * (double) p);
  g_assert_cmpfloat_with_epsilon (moment[0], 1.0, ROUNDING);
  g_assert_cmpfloat_with_epsilon (moment[1], 1.0, ROUNDING);
  g_assert_cmpfloat_with_epsilon (moment[2], 3.0, 3 * ROUNDING);
  g_assert_cmpfloat_with_epsilon (moment[3], 15.0, 15 * ROUNDING);
  eng_quad_gegenbauer (11, nodes, weights);
  for (gsize i = 0; i < ENG_QUAD_GEGENBAUER_NODES; i++)
    square += weights[i] * nodes[i] * nodes[i];
  g_assert_cmpfloat_with_epsilon (square, 1.0 / 11.0, ROUNDING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/harmonics/spectrum", test_spectrum);
  g_test_add_func ("/engine/harmonics/every-dimension", test_every_dimension);
  g_test_add_func ("/engine/harmonics/hermite", test_hermite);
  g_test_add_func ("/engine/harmonics/hermite-bias", test_hermite_bias);
  g_test_add_func ("/engine/harmonics/multiplicities", test_multiplicities);
  g_test_add_func ("/engine/harmonics/orthogonality", test_orthogonality);
  g_test_add_func ("/engine/harmonics/second-polynomial", test_second_polynomial);
  g_test_add_func ("/engine/harmonics/rules", test_rules);
  return g_test_run ();
}
