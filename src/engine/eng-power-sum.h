/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngPowerSum: functions f(x) = Σ_j s_j (u_j·x)^p on a set of samples, s_j = ±1: networks
 * with the activation z^p whose output weights are in the lengths of the u_j, and what it
 * takes to fit them in F1 (deep.md section 4):
 *
 *   objective  (1/2n) Σ_i (f(x_i) − y_i)² + λ Σ_j |u_j|^p
 *   oracle     max over |w| = 1 of (1/n) Σ_i e_i (w·x_i)^p
 *
 * X is float and widened block by block; passes are shared over lanes, with the same bits
 * for any number of threads, and allocate nothing.  Arena memory; one thread drives. */
#pragma once

#include "eng-arena.h"
#include "eng-lanes.h"

G_BEGIN_DECLS

typedef struct
{
  guint          degree; /* p >= 2 */
  const EngMatF *x;      /* (n, d) borrowed */
  const double  *y;      /* (n) borrowed */
  const int     *cancel; /* atomic, nonzero to leave passes early; may be NULL */
  double        *e;      /* (n) f − y of the latest eng_power_sum_fit () */
  double         loss;   /* (1/n) Σ e² of it */
  /* One per lane. */
  EngMat  block[ENG_N_LANES];    /* (ENG_BLOCK_ROWS, d) */
  EngMat  products[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, max_terms) */
  EngMat  partial[ENG_N_LANES];  /* (max_terms, max (d, max_terms)) */
  double *sums[ENG_N_LANES];     /* (max_terms) */
  double  losses[ENG_N_LANES];
} EngPowerSum;

/* For at most `max_terms` terms. */
void   eng_power_sum_init (EngPowerSum   *self,
                           guint          degree,
                           const EngMatF *x,
                           const double  *y,
                           gsize          max_terms,
                           EngArena      *arena);
double eng_power_sum_estimate_bytes (double n, double d, double max_terms);

/* The objective at u; its gradient unless NULL.   u, gradient: (k, d)  signs: (k) */
double eng_power_sum_fit (EngPowerSum  *self,
                          const EngMat *u,
                          const double *signs,
                          double        lambda,
                          EngLanes     *lanes,
                          EngMat       *gradient);
/* values_j <- (1/n) Σ_i e_i (u_j·x_i)^p and slopes_j <- (1/n) Σ_i e_i (u_j·x_i)^{p−1} x_i.
 * u, slopes: (k, d)  values: (k) */
void eng_power_sum_correlate (EngPowerSum  *self,
                              const EngMat *u,
                              EngLanes     *lanes,
                              double       *values,
                              EngMat       *slopes);
/* One shifted power iteration towards the largest signs_j (1/n) Σ_i e_i (u_j·x_i)^p:
 * u_j <- normalise (g_j + ½ |g_j| u_j), g_j its gradient.   u, slopes: (k, d), unit rows */
void eng_power_sum_climb (EngPowerSum  *self,
                          EngMat       *u,
                          const double *signs,
                          EngLanes     *lanes,
                          double       *values,
                          EngMat       *slopes);
/* gram_jl <- (1/n) Σ_i (u_j·x_i)^p (u_l·x_i)^p,  products_j <- (1/n) Σ_i y_i (u_j·x_i)^p.
 * u: (k, d)  gram: (k, k)  products: (k) */
void eng_power_sum_gram (EngPowerSum  *self,
                         const EngMat *u,
                         EngLanes     *lanes,
                         EngMat       *gram,
                         double       *products);
/* out_i <- f(x_i).   x: (n, d)  out: (n) */
void eng_power_sum_evaluate (EngPowerSum   *self,
                             const EngMat  *u,
                             const double  *signs,
                             const EngMatF *x,
                             EngLanes      *lanes,
                             float         *out);

G_END_DECLS
