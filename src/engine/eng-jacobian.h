/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngJacobian: the Jacobian J (n, m d) of a two-layer student on its training inputs, seen
 * through J Jᵀ = (S Sᵀ) ∘ (X Xᵀ), S = σ′(X Wᵀ + b) diag(a) / √m; J itself is never formed.
 * What is proved of it, and what is measured (deep.md sections 0 and 3; papers.md D.5):
 *
 *   ‖J(W0 + W) − J(W0)‖₂ ≤ |σ″|_∞ |a|_∞ ‖X*X‖₂ ‖W‖_F            (Lemma 7.11, corrected)
 *   σ_min(J) ≥ |σ″| min |a| σ_min(W0 + W) σ_min(X*X),  σ = σ″z²/2     (Proposition 7.4)
 *
 * X*X has the rows x_i ⊗ x_i, and a stands for a/√m.  In double.  Memory belongs to the
 * run's arena; one thread at a time. */
#pragma once

#include "eng-spec.h"
#include "eng-analysis.h"

G_BEGIN_DECLS

/* More samples than this would make the eigenvalues dearer than the training. */
#define ENG_JACOBIAN_MAX_SAMPLES 1000

typedef struct
{
  EngAnalysis analysis;
  EngMat      x;                 /* (n, d) */
  EngMat      inputs;            /* (n, n) X Xᵀ */
  EngMat      features, start;   /* (n, m) S at W0 + W, and at W0 */
  EngMat      gram;              /* (n, n) scratch */
  EngMat      covariance;        /* (d, d) scratch */
  double     *values;            /* (max (n, d)) scratch */
  double     *work;              /* of LAPACK */
  int        *integers;          /* of LAPACK */
  double      smallest, largest; /* singular values of X*X */
} EngJacobian;

/* Takes memory for `n` samples. */
void eng_jacobian_init (EngJacobian       *self,
                        const EngTwoLayer *student,
                        gsize              n,
                        EngArena          *arena);
/* Once the student has its start.   x: (n, d) */
void
eng_jacobian_prepare (EngJacobian *self, const EngTwoLayer *student, const EngMatF *x);
double eng_jacobian_estimate_bytes (double m, double d, double n);

/* How many of the weights of a student with these settings and m neurons count at its start:
 * the rank of J cannot be more, whatever the samples, so that J Jᵀ can be regular from as many
 * as n on.  Of most activations these are m d, of pairs half of that, since each pair repeats
 * its columns of J (deep.md section 3); of polynomials no more than there are polynomials. */
double eng_jacobian_get_max_rank (EngSpec           *spec,
                                  const EngSettings *settings,
                                  double             m,
                                  double             d);
/* What is to be said of a student with these settings that is to be watched and has too few.
 * Returns: (transfer full) (nullable): NULL: nothing. */
char *eng_jacobian_get_hint (EngSpec           *spec,
                             const EngSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

/* None of these allocates.  `moved`: at W0 + W with the present a; else at W0. */

/* J Jᵀ.   gram: (n, n) */
void eng_jacobian_gram (EngJacobian       *self,
                        const EngTwoLayer *student,
                        gboolean           moved,
                        EngMat            *gram);
/* Eigenvalues of J Jᵀ, descending; those that are rounding are 0.   values: (n)
 * vectors (nullable): (n, n), as rows.  Returns: FALSE if LAPACK gave up. */
gboolean eng_jacobian_eigenvalues (EngJacobian       *self,
                                   const EngTwoLayer *student,
                                   gboolean           moved,
                                   double            *values,
                                   EngMat            *vectors);
/* ‖J(W0 + W) − J(W0)‖₂, and what it cannot exceed.  NaN where the output weights train as
 * well, and the bound where σ″ is not bounded. */
double eng_jacobian_get_change (EngJacobian *self, const EngTwoLayer *student);
double
eng_jacobian_get_change_bound (const EngJacobian *self, const EngTwoLayer *student);
/* What the smallest eigenvalue of J Jᵀ cannot be below: the square of Proposition 7.4.  NaN
 * for activations that are no square, with biases, and where the output weights train. */
double eng_jacobian_get_smallest_bound (EngJacobian       *self,
                                        const EngTwoLayer *student,
                                        gboolean           moved);

G_END_DECLS
