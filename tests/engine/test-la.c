/* SPDX-License-Identifier: GPL-3.0-or-later
 * Linear algebra on row-major views, and where the BLAS comes from. */
#define _GNU_SOURCE 1 /* dladdr */
#include "eng-error.h"
#include "eng-experiment.h"
#include "eng-la.h"
#include "eng-rng.h"

#include <dlfcn.h>
#include <math.h>
#include <string.h>

/* Products of small matrices of order one, in either precision. */
#define DOUBLE_ROUNDING 1e-13
#define FLOAT_ROUNDING  1e-5
/* Eigenvalues and solutions of matrices with condition below 1000. */
#define SOLVER 1e-11

void cblas_dgemm (void);

static EngMat
random_mat (EngRng *rng, gsize rows, gsize cols)
{
  EngMat a = { rows, cols, g_new (double, rows *cols) };

  eng_rng_fill_gaussian (rng, rows * cols, a.data);
  return a;
}

static EngMatF
to_float (const EngMat *a)
{
  EngMatF result = { a->rows, a->cols, g_new (float, a->rows * a->cols) };

  for (gsize i = 0; i < a->rows * a->cols; i++)
    result.data[i] = (float) a->data[i];
  return result;
}

/* --- products --------------------------------------------------------------------------- */

/* op (a)_ik op (b)_kj summed over k. */
static double
entry (const EngMat *a, gboolean ta, const EngMat *b, gboolean tb, gsize i, gsize j)
{
  gsize  inner = ta ? a->rows : a->cols;
  double sum = 0.0;

  for (gsize k = 0; k < inner; k++)
    sum += a->data[ta ? k * a->cols + i : i * a->cols + k]
           * b->data[tb ? j * b->cols + k : k * b->cols + j];
  return sum;
}

static void
check_product (const EngMat *a,
               gboolean      ta,
               const EngMat *b,
               gboolean      tb,
               const double *c,
               gsize         rows,
               gsize         cols,
               double        tolerance)
{
  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < cols; j++)
      g_assert_cmpfloat_with_epsilon (c[i * cols + j],
                                      2.0 * entry (a, ta, b, tb, i, j) - 0.5, tolerance);
}

static void
test_products (void)
{
  g_autoptr (EngRng) rng = eng_rng_new (1, "la", 0);
  EngMat             a = random_mat (rng, 5, 7), b = random_mat (rng, 4, 7);
  EngMat             at = random_mat (rng, 7, 5), bn = random_mat (rng, 7, 4);
  EngMat             c = { 5, 4, g_new (double, 20) };
  EngMatF            af = to_float (&a), bf = to_float (&b), atf = to_float (&at);
  EngMatF            bnf = to_float (&bn), cf = to_float (&c);
  double             wide[20];

  /* 2 op (a) op (b) + ½ c with c = −1. */
  for (guint kind = 0; kind < 5; kind++)
    {
      for (gsize i = 0; i < 20; i++)
        {
          c.data[i] = -1.0;
          cf.data[i] = -1.0f;
        }
      if (kind == 0)
        eng_la_gemm_nt (2.0, &a, &b, 0.5, &c);
      else if (kind == 1)
        eng_la_gemm_tn (2.0, &at, &bn, 0.5, &c);
      else if (kind == 2)
        eng_la_gemm_nn (2.0, &a, &bn, 0.5, &c);
      else if (kind == 3)
        eng_laf_gemm_nt (2.0f, &af, &bf, 0.5f, &cf);
      else
        eng_laf_gemm_tn (2.0f, &atf, &bnf, 0.5f, &cf);
      for (gsize i = 0; i < 20; i++)
        wide[i] = kind < 3 ? c.data[i] : cf.data[i];
      check_product (kind % 3 == 1 ? &at : &a, kind % 3 == 1, kind % 3 == 0 ? &b : &bn,
                     kind % 3 == 0, wide, 5, 4,
                     kind < 3 ? DOUBLE_ROUNDING : FLOAT_ROUNDING);
    }
  g_free (a.data);
  g_free (b.data);
  g_free (at.data);
  g_free (bn.data);
  g_free (c.data);
  g_free (af.data);
  g_free (bf.data);
  g_free (atf.data);
  g_free (bnf.data);
  g_free (cf.data);
}

static void
test_vectors (void)
{
  double data[] = { 1, 2, 3, 4, 5, 6 }, x[] = { 1, -1, 2 }, y[] = { 1, 1 }, z[3] = { 0 };
  EngMat a = { 2, 3, data };
  double square[4];
  EngMat c = { 2, 2, square };

  eng_la_gemv (2.0, &a, x, 1.0, y);
  g_assert_cmpfloat (y[0], ==, 11);
  g_assert_cmpfloat (y[1], ==, 23);
  eng_la_gemv_t (1.0, &a, y, 0.0, z);
  g_assert_cmpfloat (z[0], ==, 11 + 92);
  g_assert_cmpfloat (z[2], ==, 33 + 138);
  eng_la_syrk (1.0, &a, 0.0, &c);
  g_assert_cmpfloat (square[0], ==, 14);
  g_assert_cmpfloat (square[1], ==, 32);
  g_assert_cmpfloat (square[2], ==, 32);
  g_assert_cmpfloat (square[3], ==, 77);
  g_assert_cmpfloat (eng_la_dot (3, x, data), ==, 5);
  g_assert_cmpfloat_with_epsilon (eng_la_norm (3, x), sqrt (6.0), DOUBLE_ROUNDING);
  eng_la_axpy (3, 2.0, x, data);
  g_assert_cmpfloat (data[0], ==, 3);
  g_assert_cmpfloat (data[1], ==, 0);
}

/* A column range touches nothing outside it. */
static void
test_columns (void)
{
  float   data[] = { 1, 2, 3, 4, 5, 6, 7, 8 }, x[] = { 9, 1, 2, 9 }, y[] = { 0, 0 };
  float   to[] = { -1, -1, -1, -1 };
  EngMatF a = { 2, 4, data };

  eng_laf_gemv_columns (1.0f, &a, 1, 2, x, 0.0f, y);
  g_assert_cmpfloat (y[0], ==, 8);
  g_assert_cmpfloat (y[1], ==, 20);
  eng_laf_gemv_t_columns (2.0f, &a, 1, 2, y, 1.0f, to);
  g_assert_cmpfloat (to[0], ==, -1);
  g_assert_cmpfloat (to[1], ==, 2 * (16 + 120) - 1);
  g_assert_cmpfloat (to[2], ==, 2 * (24 + 140) - 1);
  g_assert_cmpfloat (to[3], ==, -1);
}

static void
test_rows (void)
{
  float   data[] = { 1, 2, 3, 4, 5, 6 };
  EngMatF a = { 3, 2, data }, part = eng_matf_rows (&a, 1, 2);

  g_assert_cmpuint (part.rows, ==, 2);
  g_assert_cmpuint (part.cols, ==, 2);
  g_assert_true (part.data == data + 2);
}

/* --- solvers ----------------------------------------------------------------------------- */

/* The second-difference matrix has eigenvalues 2 − 2 cos (π k / (n+1)). */
static void
test_eigenvalues (void)
{
  const gsize        n = 12;
  g_autofree double *data = g_new0 (double, n *n), *copy = NULL;
  double             values[12], plain[12];
  EngMat             a = { n, n, data };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n; i++)
    {
      data[i * n + i] = 2.0;
      if (i > 0)
        data[i * n + i - 1] = data[(i - 1) * n + i] = -1.0;
    }
  copy = g_memdup2 (data, n * n * sizeof (double));
  g_assert_true (eng_la_eigh (&a, TRUE, values, &error));
  for (gsize k = 0; k < n; k++)
    {
      g_assert_cmpfloat_with_epsilon (
          values[k], 2.0 - 2.0 * cos (G_PI * (double) (n - k) / (double) (n + 1)),
          SOLVER);
      /* Rows are eigenvectors: a v = λ v. */
      for (gsize i = 0; i < n; i++)
        g_assert_cmpfloat_with_epsilon (eng_la_dot (n, copy + i * n, data + k * n),
                                        values[k] * data[k * n + i], SOLVER);
      g_assert_cmpfloat_with_epsilon (eng_la_norm (n, data + k * n), 1.0, SOLVER);
    }
  a.data = copy;
  g_assert_true (eng_la_eigh (&a, FALSE, plain, &error));
  for (gsize k = 0; k < n; k++)
    g_assert_cmpfloat_with_epsilon (plain[k], values[k], SOLVER);
}

/* LAPACK's failure is an error, not a wrong number. */
static void
test_eigenvalues_of_nan (void)
{
  double             data[] = { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN }, values[3];
  EngMat             a = { 3, 3, data };
  g_autoptr (GError) error = NULL;

  if (eng_la_eigh (&a, TRUE, values, &error))
    g_assert_true (isnan (values[0]));
  else
    g_assert_error (error, ENG_ERROR, ENG_ERROR_NUMERIC);
}

static void
check_orthonormal (const EngMat *q)
{
  for (gsize i = 0; i < q->cols; i++)
    for (gsize j = 0; j <= i; j++)
      {
        double sum = 0.0;

        for (gsize r = 0; r < q->rows; r++)
          sum += q->data[r * q->cols + i] * q->data[r * q->cols + j];
        g_assert_cmpfloat_with_epsilon (sum, i == j ? 1.0 : 0.0, SOLVER);
      }
}

/* Columns 3 and 4 are combinations of the first ones: rank 3, same span. */
static void
test_orthonormalise (void)
{
  g_autoptr (EngRng) rng = eng_rng_new (2, "la", 0);
  EngMat             a = random_mat (rng, 20, 5);
  g_autofree double *copy = NULL;
  gsize              rank;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < 20; i++)
    {
      a.data[i * 5 + 3] = a.data[i * 5] - 2.0 * a.data[i * 5 + 1];
      a.data[i * 5 + 4] = 1e-9 * a.data[i * 5 + 4] + a.data[i * 5 + 2];
    }
  copy = g_memdup2 (a.data, 100 * sizeof (double));
  g_assert_true (eng_la_orthonormalise (&a, 1e-6, &rank, &error));
  g_assert_cmpuint (rank, ==, 3);
  g_assert_cmpuint (a.cols, ==, 3);
  check_orthonormal (&a);
  for (gsize c = 0; c < 5; c++)
    {
      double square = 0.0, inside = 0.0;

      for (gsize i = 0; i < 20; i++)
        square += copy[i * 5 + c] * copy[i * 5 + c];
      for (gsize k = 0; k < 3; k++)
        {
          double product = 0.0;

          for (gsize i = 0; i < 20; i++)
            product += a.data[i * 3 + k] * copy[i * 5 + c];
          inside += product * product;
        }
      /* Column 4 sticks out by 1e-9. */
      g_assert_cmpfloat_with_epsilon (inside, square, 1e-7 * square);
    }
  g_free (a.data);
}

static void
test_orthonormalise_nothing (void)
{
  double             data[6] = { 0 };
  EngMat             a = { 3, 2, data };
  gsize              rank = 9;
  g_autoptr (GError) error = NULL;

  g_assert_true (eng_la_orthonormalise (&a, 1e-6, &rank, &error));
  g_assert_cmpuint (rank, ==, 0);
}

/* A regular matrix is solved; in a singular one dependent unknowns become 0 and the
 * equations hold all the same. */
static void
test_solve (void)
{
  g_autoptr (EngRng) rng = eng_rng_new (4, "la", 0);

  for (guint singular = 0; singular < 2; singular++)
    {
      EngMat b = random_mat (rng, 12, 6), gram = { 6, 6, g_new (double, 36) };
      double want[6] = { 1, -2, 3, 0.5, 0, 4 }, got[6], right[6], work[18], check[6];
      g_autofree double *copy = NULL;

      for (gsize i = 0; i < 12 && singular; i++)
        {
          b.data[i * 6 + 2] = b.data[i * 6] + b.data[i * 6 + 1];
          b.data[i * 6 + 5] = 0.0;
        }
      eng_la_gemm_tn (1.0, &b, &b, 0.0, &gram);
      copy = g_memdup2 (gram.data, 36 * sizeof (double));
      eng_la_gemv (1.0, &gram, want, 0.0, right);
      memcpy (got, right, sizeof got);
      eng_la_solve_psd (&gram, 1e-10, work, got);
      gram.data = (g_free (gram.data), copy);
      eng_la_gemv (1.0, &gram, got, 0.0, check);
      for (gsize i = 0; i < 6; i++)
        {
          g_assert_cmpfloat_with_epsilon (check[i], right[i], SOLVER * 100);
          if (!singular)
            g_assert_cmpfloat_with_epsilon (got[i], want[i], SOLVER);
        }
      if (singular)
        g_assert_cmpfloat (got[5], ==, 0.0);
      g_free (b.data);
    }
}

/* --- libraries ---------------------------------------------------------------------------- */

/* GSL's own BLAS has the same symbols and is ten times slower: link order decides. */
static void
test_comes_from_openblas (void)
{
  Dl_info info;

  g_assert_cmpint (dladdr (dlsym (RTLD_DEFAULT, "cblas_dgemm"), &info), !=, 0);
  g_test_message ("cblas_dgemm comes from %s", info.dli_fname);
  g_assert_null (strstr (info.dli_fname, "gslcblas"));
  g_assert_true (dladdr ((void *) (guintptr) cblas_dgemm, &info) != 0);
  g_assert_null (strstr (info.dli_fname, "gslcblas"));
  g_assert_nonnull (eng_la_get_core_name ());
  g_assert_cmpstr (eng_la_get_core_name (), !=, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/la/products", test_products);
  g_test_add_func ("/engine/la/vectors", test_vectors);
  g_test_add_func ("/engine/la/columns", test_columns);
  g_test_add_func ("/engine/la/rows", test_rows);
  g_test_add_func ("/engine/la/eigenvalues", test_eigenvalues);
  g_test_add_func ("/engine/la/eigenvalues-of-nan", test_eigenvalues_of_nan);
  g_test_add_func ("/engine/la/orthonormalise", test_orthonormalise);
  g_test_add_func ("/engine/la/orthonormalise-nothing", test_orthonormalise_nothing);
  g_test_add_func ("/engine/la/solve", test_solve);
  g_test_add_func ("/engine/la/comes-from-openblas", test_comes_from_openblas);
  return g_test_run ();
}
