/* SPDX-License-Identifier: GPL-3.0-or-later
 * Elementwise kernels in float, compiled once per instruction set.  Sums run over sixteen
 * accumulators in a fixed order, so they vectorise and give the same bits everywhere on
 * one machine.  Arrays do not overlap unless a comment says so. */
#pragma once

#include "eng-la.h"

G_BEGIN_DECLS

/* y[i] <- y[i] + x[i] */
void eng_kernel_add (gsize n, const float *x, float *y);
/* y[i] <- y[i] x[i] */
void eng_kernel_multiply (gsize n, const float *x, float *y);
/* Σ x[i] y[i] */
float eng_kernel_dot (gsize n, const float *x, const float *y);
/* Σ x[i] y[i] z[i] */
float eng_kernel_dot3 (gsize n, const float *x, const float *y, const float *z);
/* One tile of both Taylor terms, (rows, cols): c <- c_L a + c_Q b u, and sign times the sums
 * over rows of (c_L a + ½ c_Q b u) u are added to f (cols).  c_L is 1 or, not `is_linear`,
 * 0.   a, b, c: rows at a distance of `stride`   u: (rows, cols) */
void eng_kernel_taylor_tile (gsize        rows,
                             gsize        cols,
                             gboolean     is_linear,
                             const float *a,
                             float        quadratic,
                             const float *b,
                             gsize        stride,
                             const float *u,
                             float        sign,
                             float       *c,
                             float       *f);
/* f[i] <- f[i] + Σ_r a[r, i] b[r, i]   a, b: (rows, cols)  f: (cols) */
void
eng_kernel_column_dots (gsize rows, gsize cols, const float *a, const float *b, float *f);
/* y[i] <- y[i] + alpha */
void eng_kernel_shift (gsize n, float alpha, float *y);
/* y[i] <- y[i] + alpha x[i] */
void eng_kernel_axpy (gsize n, float alpha, const float *x, float *y);
/* y[i] <- alpha y[i] */
void eng_kernel_scale (gsize n, float alpha, float *y);
/* y[i] <- alpha x[i] */
void eng_kernel_scale_to (gsize n, float alpha, const float *x, float *y);
/* Rows first to last (exclusive) of `out` <- the sum of the first n_partials partial
 * results, in order.  All matrices have one shape. */
void eng_kernel_reduce_rows (const EngMatF *partials,
                             gsize          n_partials,
                             gsize          first,
                             gsize          last,
                             EngMatF       *out);
/* Σ x[i] y[i], accumulated in double. */
double eng_kernel_dot_mixed (gsize n, const float *x, const double *y);
/* y[i] <- y[i] + alpha x[i] */
void eng_kernel_axpy_mixed (gsize n, double alpha, const float *x, double *y);
/* y[i] <- x[i] */
void eng_kernel_widen (gsize n, const float *x, double *y);
/* Σ x[i]², accumulated in double. */
double eng_kernel_square_sum (gsize n, const float *x);
/* out[4 k + l] <- Σ x[k][i] y[l][i] for k < 2, l < 4, each of them with the same bits in any
 * company.   x: two of (n), the same perhaps   y: four of (n) */
void
eng_kernel_dots (gsize n, const double *const *x, const double *const *y, double *out);
/* Σ x[i] */
double eng_kernel_sum (gsize n, const double *x);
/* Σ (x[i] − y[i])² */
double eng_kernel_square_distance (gsize n, const double *x, const double *y);

G_END_DECLS
