/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which of all β with Xβ = y gradient flow on a linear network finds (Woodworth et al. 2020;
 * papers.md D.4).  f = Σ_i (w₊ᵢ^D − w₋ᵢ^D) x_i from w₊ = w₋ = α ends at
 *
 *   argmin Q(β),  Q(β) = μ Σ_i q_D(β_i/μ),  μ = α^D,  q_D' = h_D⁻¹,
 *   h_2(u) = 2 sinh u,  h_D(u) = (1 − u)^{−D/(D−2)} − (1 + u)^{−D/(D−2)} for D ≥ 3,
 *
 * hence at β = μ h_D(Xᵀν) with the ν for which Xβ = y: the dual problem, solved by Newton's
 * method while μ falls to its value.  For large α that is the smallest ‖β‖₂, for small α the
 * smallest ‖β‖₁ (eng-sparsest.h).
 *
 * Pure functions that allocate what they need and free it; any thread. */
#pragma once

#include "eng-la.h"

G_BEGIN_DECLS

/* |Xβ − y| of what is found, relative to |y|, is at most this. */
#define ENG_IMPLICIT_BIAS_TOLERANCE 1e-10

/* argmin Q.   x: (n, d)  y: (n)  alpha > 0  depth: D >= 2
 * cancel: atomic, nonzero to give up; may be NULL.   beta: (d)
 * Returns: FALSE if it gave up, if the rows of x are dependent, or if β is not to be had in
 * double precision: where u comes nearer to 1 than about 1e-5, for α^{D−2} below that. */
gboolean eng_implicit_bias_find (const EngMat *x,
                                 const double *y,
                                 double        alpha,
                                 guint         depth,
                                 const int    *cancel,
                                 double       *beta);

/* The β of smallest ‖β‖₂, Xᵀ(XXᵀ)⁻¹y.   x: (n, d)  y: (n)  beta: (d)
 * cancel: atomic, nonzero to give up; may be NULL.
 * Returns: FALSE if it gave up, or if the rows of x are dependent. */
gboolean eng_implicit_bias_smallest (const EngMat *x,
                                     const double *y,
                                     const int    *cancel,
                                     double       *beta);

/* Bytes that these take meanwhile. */
double eng_implicit_bias_estimate_bytes (double n, double d);

G_END_DECLS
