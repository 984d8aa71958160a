/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngHermite: the explicit orthonormal Hermite basis of d variables, of given degrees
 * (deep.md 1.2; D1).  The feature of the powers α is
 *
 *   h_α(x) = Π_j He_{α_j}(x_j) / √(α_j!),      E h hᵀ = I for x ~ N(0, I).
 *
 * Degrees come as they are given; within a degree, products of fewer variables come first,
 * so that degrees 0 and 2 are [1, (x_i² − 1)/√2, x_i x_j (i < j)].  Arena memory; one
 * scratch per lane. */
#pragma once

#include "eng-arena.h"
#include "eng-lanes.h"

G_BEGIN_DECLS

/* Highest degree. */
#define ENG_HERMITE_MAX_DEGREE 6

typedef struct
{
  gsize    d, n_features;
  guint    max_degree;
  guint32 *factors;           /* (n_features, max_degree) places in `values` */
  float *values[ENG_N_LANES]; /* (1 + d max_degree) of one row: 1, then h_1 ... of x_j */
} EngHermite;

/* Features of degree `degree`, C(d + degree − 1, degree); as a double, which no size
 * overflows. */
double eng_hermite_count (double d, guint degree);
/* Bytes for those degrees. */
double eng_hermite_estimate_bytes (double d, const double *degrees, gsize n_degrees);

/* `degrees`: whole numbers to ENG_HERMITE_MAX_DEGREE; the number of features was checked. */
void eng_hermite_init (EngHermite   *self,
                       gsize         d,
                       const double *degrees,
                       gsize         n_degrees,
                       EngArena     *arena);

/* x: (n, d)   h: (n, n_features) */
void eng_hermite_fill (const EngHermite *self, guint lane, const EngMatF *x, EngMatF *h);

G_END_DECLS
