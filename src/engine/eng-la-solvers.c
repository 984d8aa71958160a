/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orthonormal bases and linear systems, by OpenBLAS's LAPACK. */
#include "config.h"

#include "eng-la-private.h"

#include <cblas.h>
#include <math.h>

/* The LAPACK routines used, by their Fortran names: OpenBLAS always exports them,
 * while the C interface is packaged apart in some distributions. */
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
void dpotrf_ (const char *uplo,
              const int  *n,
              double     *a,
              const int  *lda,
              int        *info,
              gsize       uplo_length);

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
  int                rows = eng_la_int (a->rows), cols = eng_la_int (a->cols);
  int                l_work = 64 * (cols + 1) + 3 * cols, info = 0, keep = 0;
  g_autofree double *columns = g_new (double, a->rows * a->cols);
  g_autofree double *tau = g_new (double, a->cols);
  g_autofree double *work = g_new (double, (gsize) l_work);
  g_autofree int    *pivots = g_new0 (int, a->cols);

  g_assert (a->rows >= a->cols && a->cols > 0);
  transpose (a->data, a->rows, a->cols, columns);
  dgeqp3_ (&rows, &cols, columns, &rows, pivots, tau, work, &l_work, &info);
  if (!eng_la_check_info (info, "dgeqp3", error))
    return FALSE;
  while (keep < cols
         && fabs (columns[(gsize) keep * a->rows + (gsize) keep])
                > tolerance * fabs (columns[0]))
    keep++;
  dorgqr_ (&rows, &keep, &keep, columns, &rows, tau, work, &l_work, &info);
  if (!eng_la_check_info (info, "dorgqr", error))
    return FALSE;
  *rank = (gsize) keep;
  transpose (columns, *rank, a->rows, a->data);
  a->cols = *rank;
  return TRUE;
}

void
eng_la_solve_psd (EngMat *a, double tolerance, double *work, double *b)
{
  int     n = eng_la_int (a->rows), rank = 0, info = 0;
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

gboolean
eng_la_cholesky (EngMat *a)
{
  int n = eng_la_int (a->rows), info;

  g_assert (a->rows == a->cols);
  /* LAPACK counts by columns: its upper triangle is our lower one. */
  dpotrf_ ("U", &n, a->data, &n, &info, 1);
  return info == 0;
}

gboolean
eng_la_cholesky_panel (EngMat *a, gsize from, gsize size)
{
  int     lda = eng_la_int (a->cols), n = eng_la_int (size), info = 0;
  double *panel = a->data + from * a->cols;

  g_assert (a->rows == a->cols && from + size <= a->rows);
  /* What the columns before take off, then the block itself. */
  cblas_dsyrk (CblasRowMajor, CblasLower, CblasNoTrans, n, eng_la_int (from), -1.0, panel,
               lda, 1.0, panel + from, lda);
  dpotrf_ ("U", &n, panel + from, &lda, &info, 1);
  return info == 0;
}

void
eng_la_cholesky_rows (EngMat *a, gsize from, gsize size, gsize first, gsize count)
{
  int     lda = eng_la_int (a->cols);
  double *panel = a->data + from * a->cols, *rows = a->data + first * a->cols;

  g_assert (first >= from + size && first + count <= a->rows);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, eng_la_int (count),
               eng_la_int (size), eng_la_int (from), -1.0, rows, lda, panel, lda, 1.0,
               rows + from, lda);
  cblas_dtrsm (CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit,
               eng_la_int (count), eng_la_int (size), 1.0, panel + from, lda, rows + from,
               lda);
}

void
eng_la_solve_lower (const EngMat *r, gboolean transposed, EngMat *x)
{
  g_assert (r->rows == r->cols && x->cols == r->rows);
  cblas_dtrsm (CblasRowMajor, CblasRight, CblasLower,
               transposed ? CblasNoTrans : CblasTrans, CblasNonUnit, eng_la_int (x->rows),
               eng_la_int (x->cols), 1.0, r->data, eng_la_int (r->cols), x->data,
               eng_la_int (x->cols));
}
