/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dual activations against reference values, and against each other where they must agree. */
#include "eng-dual.h"
#include "eng-experiment.h"
#include "oracle.h"

#include <math.h>

/* Columns of `abc`; values and slopes of every row. */
static void
evaluate (const EngDual *dual, const EngMat *abc, double *values, double *slopes)
{
  gsize              size = MAX (eng_dual_get_n_coefficients (dual), 1);
  g_autofree double *u = g_new (double, size), *v = g_new (double, size);

  for (gsize i = 0; i < abc->rows; i++)
    {
      const double *row = abc->data + 3 * i;

      eng_dual_find_coefficients (dual, row[0], u);
      eng_dual_find_coefficients (dual, row[1], v);
      eng_dual_evaluate (dual, row[0], u, 1, &row[1], v, &row[2], &values[i], &slopes[i]);
    }
}

static void
check (const Oracle *oracle, const char *activation, const char *block, double scale)
{
  EngDual       dual;
  const EngMat *abc = oracle_get (oracle, "abc"), *want = oracle_get (oracle, block);
  double        values[16], slopes[16], both[32];

  eng_dual_init (&dual, eng_activation_find (activation));
  evaluate (&dual, abc, values, slopes);
  for (gsize i = 0; i < abc->rows; i++)
    {
      both[2 * i] = scale * values[i];
      both[2 * i + 1] = scale * slopes[i];
    }
  g_test_message ("%s: %.2g", activation, oracle_error (2 * abc->rows, both, want->data));
  g_assert_cmpfloat (oracle_error (2 * abc->rows, both, want->data), <=, ORACLE_DOUBLE);
}

static void
test_oracles (void)
{
  Oracle *oracle = oracle_load ("kernels");

  check (oracle, "relu", "dual_relu", 1);
  check (oracle, "relu2", "dual_relu_squared", 4);
  check (oracle, "relu3", "dual_relu_cubed", 36);
  check (oracle, "erf-kernel", "dual_erf", 1);
  check (oracle, "square", "dual_square", 1);
  check (oracle, "cube", "dual_cube", 1);
  check (oracle, "softplus", "dual_softplus", 1);
  check (oracle, "logistic", "dual_logistic", 1);
  oracle_free (oracle);
}

/* erf (z/√2) at twice the variance is erf (z). */
static void
test_scaled (void)
{
  EngDual      narrow, wide;
  const double a[2] = { 0.7, 1.4 }, b[2] = { 1.1, 2.2 }, c[2] = { -0.3, -0.6 };
  double       value[2], slope[2];

  eng_dual_init (&narrow, eng_activation_find ("erf-kernel"));
  eng_dual_init (&wide, eng_activation_find ("erf"));
  eng_dual_evaluate (&narrow, a[0], NULL, 1, &b[0], NULL, &c[0], &value[0], &slope[0]);
  eng_dual_evaluate (&wide, a[1], NULL, 1, &b[1], NULL, &c[1], &value[1], &slope[1]);
  g_assert_cmpfloat_with_epsilon (value[0], value[1], 1e-15);
  g_assert_cmpfloat_with_epsilon (slope[0], 2 * slope[1], 1e-15);
}

/* On the diagonal relu keeps half of the variance, exactly. */
static void
test_diagonal (void)
{
  EngDual dual;
  double  a = 1.0 / 3.0, value, slope;

  eng_dual_init (&dual, eng_activation_find ("relu"));
  eng_dual_evaluate (&dual, a, NULL, 1, &a, NULL, &a, &value, &slope);
  g_assert_cmpfloat_with_epsilon (value, a / 2, 1e-16);
  g_assert_cmpfloat_with_epsilon (slope, 0.5, 1e-16);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/dual/oracles", test_oracles);
  g_test_add_func ("/engine/dual/scaled", test_scaled);
  g_test_add_func ("/engine/dual/diagonal", test_diagonal);
  return g_test_run ();
}
