/* SPDX-License-Identifier: GPL-3.0-or-later
 * Input laws: lengths, means, covariances, supports; and empirical normalisation. */
#include "eng-experiment.h"
#include "eng-inputs.h"

#include <math.h>

#define N_DIM  6
#define N_ROWS 40000
/* Means and covariances of 40 000 independent draws have standard errors of 0.005 to 0.008
 * (fourth moment of a Gaussian: 3); five of them. */
#define STATISTICAL 0.04
/* Inputs are rounded to float: |x|² on the sphere is right to some ulps. */
#define FLOAT_LENGTH 1e-5

static const EngLaw laws[] = { ENG_LAW_SPHERE, ENG_LAW_GAUSSIAN, ENG_LAW_ELLIPTICAL,
                               ENG_LAW_UNIFORM, ENG_LAW_SIGNS };

static EngMatF
draw (EngLaw law, double correlation, guint64 seed)
{
  EngInputs          inputs = { law, N_DIM, correlation };
  g_autoptr (EngRng) rng = eng_rng_new (seed, "train", 0);
  EngMatF            x = { N_ROWS, N_DIM, g_new (float, N_ROWS *N_DIM) };

  eng_inputs_sample (&inputs, rng, &x);
  return x;
}

static double
covariance (const EngMatF *x, gsize i, gsize j)
{
  double sum = 0.0;

  for (gsize r = 0; r < x->rows; r++)
    sum += (double) x->data[r * x->cols + i] * x->data[r * x->cols + j];
  return sum / (double) x->rows;
}

static double
mean (const EngMatF *x, gsize j)
{
  double sum = 0.0;

  for (gsize r = 0; r < x->rows; r++)
    sum += x->data[r * x->cols + j];
  return sum / (double) x->rows;
}

static double
square_length (const EngMatF *x, gsize row)
{
  double sum = 0.0;

  for (gsize j = 0; j < x->cols; j++)
    sum += (double) x->data[row * x->cols + j] * x->data[row * x->cols + j];
  return sum;
}

/* Every law: mean 0, covariance I, or ρ^|i−j| where coordinates are correlated. */
static void
test_moments (void)
{
  for (gsize l = 0; l < G_N_ELEMENTS (laws); l++)
    {
      double  correlation = laws[l] == ENG_LAW_ELLIPTICAL ? -0.6 : 0.5;
      EngMatF x = draw (laws[l], correlation, 11);

      for (gsize i = 0; i < N_DIM; i++)
        {
          g_assert_cmpfloat_with_epsilon (mean (&x, i), 0.0, STATISTICAL);
          for (gsize j = 0; j <= i; j++)
            {
              double want = i == j                          ? 1.0
                            : laws[l] == ENG_LAW_ELLIPTICAL ? pow (-0.6, (double) (i - j))
                                                            : 0.0;

              g_assert_cmpfloat_with_epsilon (covariance (&x, i, j), want, STATISTICAL);
            }
        }
      g_free (x.data);
    }
}

static void
test_supports (void)
{
  EngMatF sphere = draw (ENG_LAW_SPHERE, 0, 5), uniform = draw (ENG_LAW_UNIFORM, 0, 5);
  EngMatF signs = draw (ENG_LAW_SIGNS, 0, 5);
  double  largest = 0.0;

  for (gsize i = 0; i < N_ROWS; i++)
    g_assert_cmpfloat_with_epsilon (square_length (&sphere, i), N_DIM, FLOAT_LENGTH);
  for (gsize i = 0; i < N_ROWS * N_DIM; i++)
    {
      g_assert_cmpfloat (fabs (uniform.data[i]), <=, sqrt (3.0) + FLOAT_LENGTH);
      largest = fmax (largest, fabs (uniform.data[i]));
      g_assert_true (signs.data[i] == 1.0f || signs.data[i] == -1.0f);
    }
  g_assert_cmpfloat (largest, >, 1.7);
  g_free (sphere.data);
  g_free (uniform.data);
  g_free (signs.data);
}

/* On the sphere a coordinate has E x⁴ = 3d/(d+2), for Gaussian inputs 3, uniform 9/5. */
static void
test_fourth_moments (void)
{
  const double want[] = { 3.0 * N_DIM / (N_DIM + 2.0), 3.0, 3.0, 1.8, 1.0 };

  for (gsize l = 0; l < G_N_ELEMENTS (laws); l++)
    {
      EngMatF x = draw (laws[l], 0.3, 7);
      double  sum = 0.0;

      for (gsize i = 0; i < N_ROWS * N_DIM; i++)
        sum += pow (x.data[i], 4.0) / (N_ROWS * N_DIM);
      /* Standard error of a Gaussian's fourth power: √96 / √240 000 = 0.02. */
      g_assert_cmpfloat_with_epsilon (sum, want[l], 0.1);
      g_free (x.data);
    }
}

/* Parts normalised empirically have the mean and variance they should on fresh inputs. */
static void
test_normalisation (void)
{
  const double beta[N_DIM] = { 0.6, -0.8, 0, 0, 0, 0 };

  for (gsize l = 0; l < G_N_ELEMENTS (laws); l++)
    for (guint degree = 1; degree <= 3; degree++)
      for (guint raw = 0; raw < 2; raw++)
        {
          EngInputs          inputs = { laws[l], N_DIM, 0.5 };
          g_autoptr (EngRng) rng = eng_rng_new (2, "teacher", 0);
          EngMatF            x = draw (laws[l], 0.5, 23);
          g_autofree double *u = g_new (double, N_ROWS);
          EngRidge           ridge;
          double             first = 0.0, second = 0.0;
          gboolean good = eng_ridge_init (&ridge, &inputs, degree, raw, beta, rng, NULL);

          g_assert_true (good);
          eng_inputs_project (&x, beta, u);
          for (gsize i = 0; i < N_ROWS; i++)
            {
              double value = eng_ridge_evaluate (&ridge, u[i]);

              first += value / N_ROWS;
              second += value * value / N_ROWS;
            }
          /* The second moment of a cubed Gaussian has kurtosis 46: standard error 0.05 with
           * 20 000 points on the other side. */
          g_assert_cmpfloat_with_epsilon (second, 1.0, 0.25);
          if (!raw)
            g_assert_cmpfloat_with_epsilon (first, 0.0, STATISTICAL);
          g_free (x.data);
        }
}

static void
test_projection (void)
{
  const double beta[] = { 0.5, -2.0, 1.0 };
  float        data[] = { 1, 2, 3, -1, 0.5f, 0.25f };
  EngMatF      x = { 2, 3, data };
  double       u[2];

  eng_inputs_project (&x, beta, u);
  g_assert_cmpfloat (u[0], ==, -0.5);
  g_assert_cmpfloat (u[1], ==, -1.25);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/inputs/moments", test_moments);
  g_test_add_func ("/engine/inputs/supports", test_supports);
  g_test_add_func ("/engine/inputs/fourth-moments", test_fourth_moments);
  g_test_add_func ("/engine/inputs/normalisation", test_normalisation);
  g_test_add_func ("/engine/inputs/projection", test_projection);
  return g_test_run ();
}
