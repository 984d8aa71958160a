/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngDual: the dual of an activation, E[σ(u)σ(v)] and E[σ′(u)σ′(v)] for a centred Gaussian
 * pair (u, v) with E u² = a, E v² = b, E uv = c: what kernels of infinitely wide networks
 * are made of (deep.md section 2; papers.md D.7).
 *
 * In closed form for relu, its square, its cube and the error functions; else by the series
 * Σ_k c_k(a) c_k(b) ρ^k, ρ = c/√(ab), c_k(q) = E[σ(√q z) He_k(z)]/√k!, which is exact for
 * polynomials of a lower degree than it has terms.  Constant after init; any thread. */
#pragma once

#include "eng-activation.h"
#include "eng-quad.h"

G_BEGIN_DECLS

#define ENG_DUAL_TERMS 64

typedef struct
{
  const EngActivation *activation;
  guint                form; /* closed form, or the series */
  /* Of the series. */
  double nodes[ENG_QUAD_HERMITE_NODES], weights[ENG_QUAD_HERMITE_NODES];
} EngDual;

void eng_dual_init (EngDual *self, const EngActivation *activation);

/* Numbers kept for each input that evaluations with its variance need; 0 for closed forms. */
gsize eng_dual_get_n_coefficients (const EngDual *self);
/* coefficients: (that many) */
void
eng_dual_find_coefficients (const EngDual *self, double variance, double *coefficients);

/* For one u and n of v: b (n) variances, c (n) covariances with u; the coefficients of u,
 * and those of the v as rows, NULL for closed forms.  On the diagonal give c = a = b exactly.
 * values, slopes: (n) E σσ and E σ′σ′; may be c itself */
void eng_dual_evaluate (const EngDual *self,
                        double         a,
                        const double  *of_u,
                        gsize          n,
                        const double  *b,
                        const double  *of_v,
                        const double  *c,
                        double        *values,
                        double        *slopes);

G_END_DECLS
