/* SPDX-License-Identifier: GPL-3.0-or-later
 * Row-major views onto OpenBLAS and its LAPACK. */
#include "config.h"

#include "eng-la-private.h"

#include "eng-error.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <limits.h>
#include <math.h>
#include <unistd.h>

int
eng_la_int (gsize value)
{
  g_assert (value <= INT_MAX);
  return (int) value;
}

gboolean
eng_la_check_info (int info, const char *routine, GError **error)
{
  if (info == 0)
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_NUMERIC, _ ("LAPACK's %s failed with code %d"),
               routine, info);
  return FALSE;
}

/* Leading dimension of a row-major matrix; BLAS wants at least 1. */
static int
leading (gsize cols)
{
  return eng_la_int (MAX (cols, 1));
}

void
eng_la_init (void)
{
  openblas_set_num_threads (1);
}

/* Kernels by the width of their registers. */
typedef enum
{
  OLD,
  AVX2,
  AVX512,
} CoreRank;

static CoreRank
rank_core (const char *name)
{
  static const char *const wide[] = { "SkylakeX", "Cooperlake", "Sapphirerapids", NULL };
  static const char *const medium[] = { "Haswell", "Zen", NULL };

  for (gsize i = 0; wide[i] != NULL; i++)
    if (g_ascii_strcasecmp (name, wide[i]) == 0)
      return AVX512;
  for (gsize i = 0; medium[i] != NULL; i++)
    if (g_ascii_strcasecmp (name, medium[i]) == 0)
      return AVX2;
  return OLD;
}

/* The widest kernels that this processor runs. */
static CoreRank
rank_processor (void)
{
#if defined(__x86_64__)
  __builtin_cpu_init ();
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
      && __builtin_cpu_supports ("avx512dq") && __builtin_cpu_supports ("avx512vl"))
    return AVX512;
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    return AVX2;
#endif
  return OLD;
}

static const char *const rank_names[] = { NULL, "Haswell", "SkylakeX" };

void
eng_la_require_fast_core (char **argv)
{
  const char      *core = rank_names[rank_processor ()];
  g_autofree char *program = NULL;

  if (core == NULL || rank_core (openblas_get_corename ()) > OLD
      || g_getenv ("OPENBLAS_CORETYPE") != NULL)
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

const char *
eng_la_get_faster_core (void)
{
  CoreRank processor = rank_processor ();

  return processor > rank_core (openblas_get_corename ()) ? rank_names[processor] : NULL;
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
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, eng_la_int (a->rows),
               eng_la_int (b->rows), eng_la_int (a->cols), alpha, a->data,
               leading (a->cols), b->data, leading (b->cols), beta, c->data,
               leading (c->cols));
}

void
eng_laf_gemm_nn (float alpha, const EngMatF *a, const EngMatF *b, float beta, EngMatF *c)
{
  g_assert (a->cols == b->rows && c->rows == a->rows && c->cols == b->cols);
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, eng_la_int (a->rows),
               eng_la_int (b->cols), eng_la_int (a->cols), alpha, a->data,
               leading (a->cols), b->data, leading (b->cols), beta, c->data,
               leading (c->cols));
}

void
eng_laf_gemm_tn (float alpha, const EngMatF *a, const EngMatF *b, float beta, EngMatF *c)
{
  g_assert (a->rows == b->rows && c->rows == a->cols && c->cols == b->cols);
  cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, eng_la_int (a->cols),
               eng_la_int (b->cols), eng_la_int (a->rows), alpha, a->data,
               leading (a->cols), b->data, leading (b->cols), beta, c->data,
               leading (c->cols));
}

void
eng_laf_gemm_tn_columns (float          alpha,
                         const EngMatF *a,
                         const EngMatF *b,
                         gsize          from,
                         float          beta,
                         EngMatF       *c)
{
  g_assert (a->rows == b->rows && c->rows == a->cols && from + c->cols <= b->cols);
  cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, eng_la_int (a->cols),
               eng_la_int (c->cols), eng_la_int (a->rows), alpha, a->data,
               leading (a->cols), b->data + from, leading (b->cols), beta, c->data,
               leading (c->cols));
}

void
eng_laf_gemm_nn_columns (float          alpha,
                         const EngMatF *a,
                         gsize          from,
                         const EngMatF *b,
                         float          beta,
                         EngMatF       *c)
{
  g_assert (from + b->rows <= a->cols && c->rows == a->rows && c->cols == b->cols);
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, eng_la_int (a->rows),
               eng_la_int (b->cols), eng_la_int (b->rows), alpha, a->data + from,
               leading (a->cols), b->data, leading (b->cols), beta, c->data,
               leading (c->cols));
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
  cblas_sgemv (CblasRowMajor, CblasNoTrans, eng_la_int (a->rows), eng_la_int (count),
               alpha, a->data + from, leading (a->cols), x + from, 1, beta, y, 1);
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
  cblas_sgemv (CblasRowMajor, CblasTrans, eng_la_int (a->rows), eng_la_int (count), alpha,
               a->data + from, leading (a->cols), x, 1, beta, y + from, 1);
}

/* --- double -------------------------------------------------------------------- */

void
eng_la_gemm_nt (double alpha, const EngMat *a, const EngMat *b, double beta, EngMat *c)
{
  g_assert (a->cols == b->cols && c->rows == a->rows && c->cols == b->rows);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, eng_la_int (a->rows),
               eng_la_int (b->rows), eng_la_int (a->cols), alpha, a->data,
               leading (a->cols), b->data, leading (b->cols), beta, c->data,
               leading (c->cols));
}

void
eng_la_gemm_nt_within (double        alpha,
                       const EngMat *a,
                       const EngMat *b,
                       EngMat       *c,
                       gsize         row)
{
  g_assert (a->cols == b->cols && c->rows >= row + a->rows && c->cols >= b->rows);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, eng_la_int (a->rows),
               eng_la_int (b->rows), eng_la_int (a->cols), alpha, a->data,
               leading (a->cols), b->data, leading (b->cols), 0.0,
               c->data + row * c->cols, leading (c->cols));
}

void
eng_la_gemm_tn (double alpha, const EngMat *a, const EngMat *b, double beta, EngMat *c)
{
  g_assert (a->rows == b->rows && c->rows == a->cols && c->cols == b->cols);
  cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, eng_la_int (a->cols),
               eng_la_int (b->cols), eng_la_int (a->rows), alpha, a->data,
               leading (a->cols), b->data, leading (b->cols), beta, c->data,
               leading (c->cols));
}

void
eng_la_gemm_nn (double alpha, const EngMat *a, const EngMat *b, double beta, EngMat *c)
{
  g_assert (a->cols == b->rows && c->rows == a->rows && c->cols == b->cols);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, eng_la_int (a->rows),
               eng_la_int (b->cols), eng_la_int (a->cols), alpha, a->data,
               leading (a->cols), b->data, leading (b->cols), beta, c->data,
               leading (c->cols));
}

void
eng_la_gemv (double alpha, const EngMat *a, const double *x, double beta, double *y)
{
  cblas_dgemv (CblasRowMajor, CblasNoTrans, eng_la_int (a->rows), eng_la_int (a->cols),
               alpha, a->data, leading (a->cols), x, 1, beta, y, 1);
}

void
eng_la_gemv_t (double alpha, const EngMat *a, const double *x, double beta, double *y)
{
  cblas_dgemv (CblasRowMajor, CblasTrans, eng_la_int (a->rows), eng_la_int (a->cols),
               alpha, a->data, leading (a->cols), x, 1, beta, y, 1);
}

void
eng_la_syrk (double alpha, const EngMat *a, double beta, EngMat *c)
{
  gsize n = a->rows;

  g_assert (c->rows == n && c->cols == n);
  cblas_dsyrk (CblasRowMajor, CblasUpper, CblasNoTrans, eng_la_int (n),
               eng_la_int (a->cols), alpha, a->data, leading (a->cols), beta, c->data,
               leading (n));
  for (gsize i = 1; i < n; i++)
    for (gsize j = 0; j < i; j++)
      c->data[i * n + j] = c->data[j * n + i];
}

double
eng_la_dot (gsize n, const double *x, const double *y)
{
  return cblas_ddot (eng_la_int (n), x, 1, y, 1);
}

double
eng_la_norm (gsize n, const double *x)
{
  return cblas_dnrm2 (eng_la_int (n), x, 1);
}

double
eng_la_spread (gsize n, const double *x, double *mean)
{
  double sum = 0.0, square = 0.0, centre;

  for (gsize i = 0; i < n; i++)
    sum += x[i];
  centre = sum / (double) n;
  for (gsize i = 0; i < n; i++)
    square += (x[i] - centre) * (x[i] - centre);
  if (mean != NULL)
    *mean = centre;
  return sqrt (square / (double) n);
}

void
eng_la_axpy (gsize n, double alpha, const double *x, double *y)
{
  cblas_daxpy (eng_la_int (n), alpha, x, 1, y, 1);
}
