/* SPDX-License-Identifier: GPL-3.0-or-later
 * Row-major views onto OpenBLAS and its LAPACK. */
#include "config.h"

#include "eng-error.h"
#include "eng-la.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <limits.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* The LAPACK routines used, by their Fortran names: OpenBLAS always exports them,
 * while the C interface is packaged apart in some distributions. */
void dsyevd_ (const char *job,
              const char *uplo,
              const int  *n,
              double     *a,
              const int  *lda,
              double     *w,
              double     *work,
              const int  *lwork,
              int        *iwork,
              const int  *liwork,
              int        *info,
              gsize       job_length,
              gsize       uplo_length);
void dgeqp3_ (const int *m,
              const int *n,
              double    *a,
              const int *lda,
              int       *pivots,
              double    *tau,
              double    *work,
              const int *lwork,
              int       *info);
void dorgqr_ (const int    *m,
              const int    *n,
              const int    *k,
              double       *a,
              const int    *lda,
              const double *tau,
              double       *work,
              const int    *lwork,
              int          *info);
void dpstrf_ (const char   *uplo,
              const int    *n,
              double       *a,
              const int    *lda,
              int          *pivots,
              int          *rank,
              const double *tolerance,
              double       *work,
              int          *info,
              gsize         uplo_length);

static int
blas_int (gsize value)
{
  g_assert (value <= INT_MAX);
  return (int) value;
}

/* Leading dimension of a row-major matrix; BLAS wants at least 1. */
static int
leading (gsize cols)
{
  return blas_int (MAX (cols, 1));
}

void
eng_la_init (void)
{
  openblas_set_num_threads (1);
}

/* The newest kernels this processor runs; NULL: what the BLAS chose is fine. */
static const char *
faster_core (void)
{
#if defined(__x86_64__)
  static const char *const modern[] = { "Haswell",        "Zen", "SkylakeX", "Cooperlake",
                                        "Sapphirerapids", NULL };

  for (gsize i = 0; modern[i] != NULL; i++)
    if (g_ascii_strcasecmp (openblas_get_corename (), modern[i]) == 0)
      return NULL;
  __builtin_cpu_init ();
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
      && __builtin_cpu_supports ("avx512dq") && __builtin_cpu_supports ("avx512vl"))
    return "SkylakeX";
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    return "Haswell";
#endif
  return NULL;
}

void
eng_la_require_fast_core (char **argv)
{
  const char      *core = faster_core ();
  g_autofree char *program = NULL;

  if (core == NULL || g_getenv ("OPENBLAS_CORETYPE") != NULL)
    return;
  program = g_file_read_link ("/proc/self/exe", NULL);
  if (program == NULL)
    return;
  g_setenv ("OPENBLAS_CORETYPE", core, TRUE);
  execv (program, argv);
  /* Nothing is lost: the slow kernels give right numbers too. */
  g_unsetenv ("OPENBLAS_CORETYPE");
}

const char *
eng_la_get_core_name (void)
{
  return openblas_get_corename ();
}

EngMatF
eng_matf_rows (const EngMatF *a, gsize first, gsize count)
{
  g_assert (first + count <= a->rows);
  return (EngMatF){ .rows = count, .cols = a->cols, .data = a->data + first * a->cols };
}

/* --- float --------------------------------------------------------------------- */

void
eng_laf_gemm_nt (float alpha, const EngMatF *a, const EngMatF *b, float beta, EngMatF *c)
{
  g_assert (a->cols == b->cols && c->rows == a->rows && c->cols == b->rows);
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, blas_int (a->rows),
               blas_int (b->rows), blas_int (a->cols), alpha, a->data, leading (a->cols),
               b->data, leading (b->cols), beta, c->data, leading (c->cols));
}

void
eng_laf_gemm_tn (float alpha, const EngMatF *a, const EngMatF *b, float beta, EngMatF *c)
{
  g_assert (a->rows == b->rows && c->rows == a->cols && c->cols == b->cols);
  cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, blas_int (a->cols),
               blas_int (b->cols), blas_int (a->rows), alpha, a->data, leading (a->cols),
               b->data, leading (b->cols), beta, c->data, leading (c->cols));
}

void
eng_laf_gemv_columns (float          alpha,
                      const EngMatF *a,
                      gsize          from,
                      gsize          count,
                      const float   *x,
                      float          beta,
                      float         *y)
{
  g_assert (from + count <= a->cols);
  cblas_sgemv (CblasRowMajor, CblasNoTrans, blas_int (a->rows), blas_int (count), alpha,
               a->data + from, leading (a->cols), x + from, 1, beta, y, 1);
}

void
eng_laf_gemv_t_columns (float          alpha,
                        const EngMatF *a,
                        gsize          from,
                        gsize          count,
                        const float   *x,
                        float          beta,
                        float         *y)
{
  g_assert (from + count <= a->cols);
  cblas_sgemv (CblasRowMajor, CblasTrans, blas_int (a->rows), blas_int (count), alpha,
               a->data + from, leading (a->cols), x, 1, beta, y + from, 1);
}

/* --- double -------------------------------------------------------------------- */

void
eng_la_gemm_nt (double alpha, const EngMat *a, const EngMat *b, double beta, EngMat *c)
{
  g_assert (a->cols == b->cols && c->rows == a->rows && c->cols == b->rows);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, blas_int (a->rows),
               blas_int (b->rows), blas_int (a->cols), alpha, a->data, leading (a->cols),
               b->data, leading (b->cols), beta, c->data, leading (c->cols));
}

void
eng_la_gemm_tn (double alpha, const EngMat *a, const EngMat *b, double beta, EngMat *c)
{
  g_assert (a->rows == b->rows && c->rows == a->cols && c->cols == b->cols);
  cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, blas_int (a->cols),
               blas_int (b->cols), blas_int (a->rows), alpha, a->data, leading (a->cols),
               b->data, leading (b->cols), beta, c->data, leading (c->cols));
}

void
eng_la_gemm_nn (double alpha, const EngMat *a, const EngMat *b, double beta, EngMat *c)
{
  g_assert (a->cols == b->rows && c->rows == a->rows && c->cols == b->cols);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, blas_int (a->rows),
               blas_int (b->cols), blas_int (a->cols), alpha, a->data, leading (a->cols),
               b->data, leading (b->cols), beta, c->data, leading (c->cols));
}

void
eng_la_gemv (double alpha, const EngMat *a, const double *x, double beta, double *y)
{
  cblas_dgemv (CblasRowMajor, CblasNoTrans, blas_int (a->rows), blas_int (a->cols), alpha,
               a->data, leading (a->cols), x, 1, beta, y, 1);
}

void
eng_la_gemv_t (double alpha, const EngMat *a, const double *x, double beta, double *y)
{
  cblas_dgemv (CblasRowMajor, CblasTrans, blas_int (a->rows), blas_int (a->cols), alpha,
               a->data, leading (a->cols), x, 1, beta, y, 1);
}

void
eng_la_syrk (double alpha, const EngMat *a, double beta, EngMat *c)
{
  gsize n = a->rows;

  g_assert (c->rows == n && c->cols == n);
  cblas_dsyrk (CblasRowMajor, CblasUpper, CblasNoTrans, blas_int (n), blas_int (a->cols),
               alpha, a->data, leading (a->cols), beta, c->data, leading (n));
  for (gsize i = 1; i < n; i++)
    for (gsize j = 0; j < i; j++)
      c->data[i * n + j] = c->data[j * n + i];
}

double
eng_la_dot (gsize n, const double *x, const double *y)
{
  return cblas_ddot (blas_int (n), x, 1, y, 1);
}

double
eng_la_norm (gsize n, const double *x)
{
  return cblas_dnrm2 (blas_int (n), x, 1);
}

void
eng_la_axpy (gsize n, double alpha, const double *x, double *y)
{
  cblas_daxpy (blas_int (n), alpha, x, 1, y, 1);
}

/* --- solvers ------------------------------------------------------------------- */

static gboolean
check_info (int info, const char *routine, GError **error)
{
  if (info == 0)
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_NUMERIC, _ ("LAPACK's %s failed with code %d"),
               routine, info);
  return FALSE;
}

static void
swap_rows (double *a, double *b, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      double keep = a[i];

      a[i] = b[i];
      b[i] = keep;
    }
}

gboolean
eng_la_eigh (EngMat *a, gboolean vectors, double *values, GError **error)
{
  gsize size = a->rows;
  int   n = blas_int (size);
  int   info = 0;
  /* The formula of the manual page: a queried size would come back rounded. */
  int                l_work = vectors ? 1 + 6 * n + 2 * n * n : 1 + 2 * n;
  int                l_integers = vectors ? 3 + 5 * n : 1;
  g_autofree double *work = NULL;
  g_autofree int    *integers = NULL;

  g_assert (a->cols == size);
  g_assert (size <= 30000); /* 2 n² must fit an int */
  if (size == 0)
    return TRUE;
  work = g_new (double, (gsize) l_work);
  integers = g_new (int, (gsize) l_integers);
  /* LAPACK's columns are our rows, so its eigenvectors come out as rows. */
  dsyevd_ (vectors ? "V" : "N", "U", &n, a->data, &n, values, work, &l_work, integers,
           &l_integers, &info, 1, 1);
  if (!check_info (info, "dsyevd", error))
    return FALSE;
  for (gsize i = 0; i < size / 2; i++)
    {
      swap_rows (&values[i], &values[size - 1 - i], 1);
      if (vectors)
        swap_rows (a->data + i * size, a->data + (size - 1 - i) * size, size);
    }
  return TRUE;
}

static void
transpose (const double *from, gsize rows, gsize cols, double *to)
{
  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < cols; j++)
      to[j * rows + i] = from[i * cols + j];
}

gboolean
eng_la_orthonormalise (EngMat *a, double tolerance, gsize *rank, GError **error)
{
  int                rows = blas_int (a->rows), cols = blas_int (a->cols);
  int                l_work = 64 * (cols + 1) + 3 * cols, info = 0, keep = 0;
  g_autofree double *columns = g_new (double, a->rows * a->cols);
  g_autofree double *tau = g_new (double, a->cols);
  g_autofree double *work = g_new (double, (gsize) l_work);
  g_autofree int    *pivots = g_new0 (int, a->cols);

  g_assert (a->rows >= a->cols && a->cols > 0);
  transpose (a->data, a->rows, a->cols, columns);
  dgeqp3_ (&rows, &cols, columns, &rows, pivots, tau, work, &l_work, &info);
  if (!check_info (info, "dgeqp3", error))
    return FALSE;
  while (keep < cols
         && fabs (columns[(gsize) keep * a->rows + (gsize) keep])
                > tolerance * fabs (columns[0]))
    keep++;
  dorgqr_ (&rows, &keep, &keep, columns, &rows, tau, work, &l_work, &info);
  if (!check_info (info, "dorgqr", error))
    return FALSE;
  *rank = (gsize) keep;
  transpose (columns, *rank, a->rows, a->data);
  a->cols = *rank;
  return TRUE;
}

void
eng_la_solve_psd (EngMat *a, double tolerance, double *work, double *b)
{
  int     n = blas_int (a->rows), rank = 0, info = 0;
  double *permuted = work + a->rows;
  int    *pivots = (int *) (gpointer) (work + 2 * a->rows); /* from 1 */
  double  largest = 0.0;

  for (gsize i = 0; i < a->rows; i++)
    largest = MAX (largest, a->data[i * a->cols + i]);
  tolerance *= largest;
  /* Pᵀ a P = Uᵀ U; the second half of its workspace is ours again afterwards. */
  dpstrf_ ("U", &n, a->data, &n, pivots, &rank, &tolerance, work, &info, 1);
  g_assert (info >= 0);
  for (int i = 0; i < n; i++)
    permuted[i] = i < rank ? b[pivots[i] - 1] : 0.0;
  cblas_dtrsv (CblasColMajor, CblasUpper, CblasTrans, CblasNonUnit, rank, a->data,
               MAX (n, 1), permuted, 1);
  cblas_dtrsv (CblasColMajor, CblasUpper, CblasNoTrans, CblasNonUnit, rank, a->data,
               MAX (n, 1), permuted, 1);
  for (int i = 0; i < n; i++)
    b[pivots[i] - 1] = permuted[i];
}

gboolean
eng_la_orthonormalise_row (EngMat *a, gsize row)
{
  double *v = a->data + row * a->cols;
  double  before = eng_la_norm (a->cols, v), norm;

  /* Gram-Schmidt, twice for orthogonality to rounding. */
  for (guint pass = 0; pass < 2; pass++)
    for (gsize i = 0; i < row; i++)
      {
        const double *u = a->data + i * a->cols;

        eng_la_axpy (a->cols, -eng_la_dot (a->cols, u, v), u, v);
      }
  norm = eng_la_norm (a->cols, v);
  if (norm <= 1e-8 * before)
    return FALSE;
  for (gsize j = 0; j < a->cols; j++)
    v[j] /= norm;
  return TRUE;
}
