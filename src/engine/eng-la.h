/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dense linear algebra on row-major views; the only door to BLAS and LAPACK.
 *
 * Outputs come last.  Sizes come from the views and are asserted to agree.  BLAS runs
 * with one thread: parallelism is eng-lanes.h.  `eng_la_` is double, `eng_laf_` float.
 * Nothing here allocates except where it says so. */
#pragma once

#include "eng-types.h"

G_BEGIN_DECLS

/* A row-major matrix that somebody else owns. */
typedef struct
{
  gsize   rows, cols;
  double *data; /* (rows, cols) */
} EngMat;

typedef struct
{
  gsize  rows, cols;
  float *data; /* (rows, cols) */
} EngMatF;

/* Rows `first` ... `first + count - 1` of `a`. */
EngMatF eng_matf_rows (const EngMatF *a, gsize first, gsize count);

/* c <- alpha a bᵀ + beta c    a: (m, k)  b: (n, k)  c: (m, n) */
void
eng_laf_gemm_nt (float alpha, const EngMatF *a, const EngMatF *b, float beta, EngMatF *c);
/* c <- alpha aᵀ b + beta c    a: (k, m)  b: (k, n)  c: (m, n) */
void
eng_laf_gemm_tn (float alpha, const EngMatF *a, const EngMatF *b, float beta, EngMatF *c);
/* c <- alpha a b + beta c     a: (m, k)  b: (k, n)  c: (m, n) */
void
eng_laf_gemm_nn (float alpha, const EngMatF *a, const EngMatF *b, float beta, EngMatF *c);
/* c <- alpha aᵀ b[:, from..from+n) + beta c    a: (k, m)  b: (k, more)  c: (m, n) */
void eng_laf_gemm_tn_columns (float          alpha,
                              const EngMatF *a,
                              const EngMatF *b,
                              gsize          from,
                              float          beta,
                              EngMatF       *c);
/* c <- alpha a[:, from..from+k) b + beta c    a: (m, more)  b: (k, n)  c: (m, n) */
void eng_laf_gemm_nn_columns (float          alpha,
                              const EngMatF *a,
                              gsize          from,
                              const EngMatF *b,
                              float          beta,
                              EngMatF       *c);
/* y <- alpha a[:, from..from+n) x[from..) + beta y: a column range of the product.
 * a: (m, k)  x: (k)  y: (m) */
void eng_laf_gemv_columns (float          alpha,
                           const EngMatF *a,
                           gsize          from,
                           gsize          count,
                           const float   *x,
                           float          beta,
                           float         *y);
/* y[from..from+n) <- alpha (aᵀ x)[from..) + beta y[from..).   a: (k, m)  x: (k)  y: (m) */
void eng_laf_gemv_t_columns (float          alpha,
                             const EngMatF *a,
                             gsize          from,
                             gsize          count,
                             const float   *x,
                             float          beta,
                             float         *y);

void
eng_la_gemm_nt (double alpha, const EngMat *a, const EngMat *b, double beta, EngMat *c);
void
eng_la_gemm_tn (double alpha, const EngMat *a, const EngMat *b, double beta, EngMat *c);
void
eng_la_gemm_nn (double alpha, const EngMat *a, const EngMat *b, double beta, EngMat *c);
/* Rows `row` ... of c, from its first column on, <- alpha a bᵀ.
 * a: (m, k)  b: (n, k)  c: at least (row + m, n) */
void eng_la_gemm_nt_within (double        alpha,
                            const EngMat *a,
                            const EngMat *b,
                            EngMat       *c,
                            gsize         row);
/* y <- alpha a x + beta y     a: (m, k) */
void eng_la_gemv (double alpha, const EngMat *a, const double *x, double beta, double *y);
/* y <- alpha aᵀ x + beta y    a: (k, m) */
void
eng_la_gemv_t (double alpha, const EngMat *a, const double *x, double beta, double *y);
/* c <- alpha a aᵀ + beta c, both triangles.   a: (n, k)  c: (n, n) */
void   eng_la_syrk (double alpha, const EngMat *a, double beta, EngMat *c);
double eng_la_dot (gsize n, const double *x, const double *y);
double eng_la_norm (gsize n, const double *x);
/* Standard deviation of x (n), with 1/n; its mean in `mean` unless NULL. */
double eng_la_spread (gsize n, const double *x, double *mean);
void   eng_la_axpy (gsize n, double alpha, const double *x, double *y);

/* Largest matrix that eng_la_eigh () takes: 2 n² must fit an int of LAPACK. */
#define ENG_LA_MAX_EIGH 30000
/* Symmetric eigenproblem, divide and conquer.  `a` (n, n) is destroyed; with `vectors` it
 * holds the eigenvectors as ROWS.  `values` (n), both by DEcreasing eigenvalue.
 * Allocates LAPACK's workspace.  Returns: FALSE with ENG_ERROR_NUMERIC. */
gboolean eng_la_eigh (EngMat *a, gboolean vectors, double *values, GError **error);

/* All eigenvalues, and the eigenvectors of the largest ones alone, of which there are rows
 * in `vectors`; the steps of dsyevd, the last of them for these only and shared by lanes.
 * a: (n, n), destroyed   values: (n) decreasing   vectors: (count, n), count <= n
 * Allocates 2 n² numbers for as long as it works.  FALSE with ENG_ERROR_NUMERIC. */
gboolean eng_la_eigh_leading (EngMat   *a,
                              double   *values,
                              EngMat   *vectors,
                              EngLanes *lanes,
                              GError  **error);

/* The same with eigenvectors and without allocation: `work` of eng_la_eigh_doubles (n)
 * numbers, `integers` of eng_la_eigh_integers (n).  Returns: FALSE if LAPACK gave up. */
gboolean eng_la_eigh_with (EngMat *a, double *values, double *work, int *integers);
/* The eigenvalues alone, `a` destroyed, with the same work. */
gboolean eng_la_eigenvalues_with (EngMat *a, double *values, double *work, int *integers);
gsize    eng_la_eigh_doubles (gsize n);
gsize    eng_la_eigh_integers (gsize n);
/* Indices of the k values of largest modulus, largest first, of n that descend.
 * order: (k)  Returns: how many. */
gsize eng_la_largest (gsize n, const double *values, gsize k, gsize *order);

/* Orthonormal basis of the columns of `a` (rows >= cols), by QR with column pivoting;
 * columns whose pivot is below `tolerance` times the first are dropped.  `a` becomes the
 * basis, packed as (rows, *rank).  Allocates.  Returns: FALSE with ENG_ERROR_NUMERIC. */
gboolean eng_la_orthonormalise (EngMat *a, double tolerance, gsize *rank, GError **error);

/* Makes row `row` of `a` orthogonal to the rows before it, which are orthonormal, and of
 * unit length.  Returns: FALSE, with the row unspecified, if nothing of it is left. */
gboolean eng_la_orthonormalise_row (EngMat *a, gsize row);

/* In-place solve a x = b for symmetric positive semidefinite `a` (n, n) (destroyed), one
 * right-hand side in its range, by Cholesky with pivoting.  Unknowns whose pivot is below
 * `tolerance` times the first depend on the others and become 0.   work: (3 n) */
void eng_la_solve_psd (EngMat *a, double tolerance, double *work, double *b);

/* a <- its Cholesky factor R, a = R Rᵀ, in the lower triangle; the upper is left as it was.
 * a: (n, n) symmetric  Returns: FALSE, `a` destroyed, if it is not positive definite. */
gboolean eng_la_cholesky (EngMat *a);
/* Rows x <- R⁻¹x, or R⁻ᵀx if `transposed`, R the lower triangle of `r`.
 * r: (n, n)  x: (k, n) */
void eng_la_solve_lower (const EngMat *r, gboolean transposed, EngMat *x);
/* That factor in panels of columns, from the left, so that others can share the rows of a
 * panel and stop between two: for every panel `from` ... `from + size` first its own rows,
 * then ranges of the rows below it.  Returns: FALSE as above. */
gboolean eng_la_cholesky_panel (EngMat *a, gsize from, gsize size);
void eng_la_cholesky_rows (EngMat *a, gsize from, gsize size, gsize first, gsize count);

/* First thing in main (): where the BLAS does not know the processor and would use kernels
 * of twenty years ago although it has AVX2, starts the program again with the right ones
 * chosen (OPENBLAS_CORETYPE).  Respects a choice made in the environment.  `argv`: the
 * program's, with its end. */
void eng_la_require_fast_core (char **argv);
/* Sets single-threaded BLAS. Called by eng_init (). */
void eng_la_init (void);
/* Core name the BLAS detected, for reports. */
const char *eng_la_get_core_name (void);
/* A name of kernels with wider registers than those in use, which this processor runs too;
 * NULL: there are none. */
const char *eng_la_get_faster_core (void);

G_END_DECLS
