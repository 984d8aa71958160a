/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngSpanFit: ridge regression with the kernel (1 + z·z′/r)^q on the coordinates z of the
 * inputs in the span of r directions: what is left to do once these are known (deep.md 6b,
 * "layerwise").
 *
 * It is solved by its C(r + q, q) features, the monomials of degree <= q in z times the
 * square roots of their multinomial coefficients, so that n samples cost no n × n numbers.
 * Nothing is allocated once the memory is there.  Arena memory; engine thread. */
#pragma once

#include "eng-arrays.h"
#include "eng-normal.h"
#include "eng-problem.h"

G_BEGIN_DECLS

#define ENG_SPAN_FIT_MAX_FEATURES 2000

/* One monomial: an earlier one times a coordinate. */
typedef struct
{
  gsize  parent;
  gsize  variable;
  guint  power; /* of that coordinate in it */
  double scale;
} EngSpanFeature;

typedef struct
{
  EngMatF         x; /* (n, d) borrowed */
  const double   *y; /* (n) borrowed */
  gsize           r;
  double          ridge; /* asked for, in units of the mean of the kernel's diagonal */
  gsize           n_features;
  EngSpanFeature *features; /* (n_features) */
  EngMat          basis;    /* (at most r, d) orthonormal rows */
  EngMat          values;   /* (n_features, n) */
  EngNormal       normal;   /* (n_features, n_features) */
  const int      *cancel;   /* atomic, nonzero to give up; may be NULL */
  double         *c;        /* (n_features) */
  double         *residual; /* (n) */
  /* One per lane. */
  EngMat  block[ENG_N_LANES];       /* (ENG_BLOCK_ROWS, d) */
  EngMat  coordinates[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, r) */
  double *row[ENG_N_LANES];         /* (n_features) */
} EngSpanFit;

/* x: (n, d)  y: (n) */
void   eng_span_fit_init (EngSpanFit    *self,
                          const EngMatF *x,
                          const double  *y,
                          gsize          r,
                          guint          degree,
                          double         ridge,
                          EngArena      *arena);
double eng_span_fit_estimate_bytes (const EngSizes *sizes, double r, guint degree);

/* c <- that of the span of the rows of u.   u: (at most r, d)  Returns: FALSE if a number is
 * not finite, or if it gave up. */
gboolean eng_span_fit_solve (EngSpanFit *self, const EngMat *u, EngLanes *lanes);
/* mean (f − y)², after eng_span_fit_solve (). */
double eng_span_fit_get_loss (const EngSpanFit *self);
/* x: (n, d)  out: (n) */
void
eng_span_fit_predict (EngSpanFit *self, const EngMatF *x, EngLanes *lanes, float *out);
/* basis (r, d), powers (k, r) and c (k), of f(x) = Σ_k c_k Π_j z_j^{powers_kj}, z = basis x. */
void eng_span_fit_add_arrays (const EngSpanFit *self, EngArrays *arrays);

G_END_DECLS
