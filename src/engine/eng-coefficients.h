/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngCoefficients: a linear predictor ⟨β, x⟩ beside those that theory knows of the same data.
 *
 * Plain data.  A learner's are borrowed from its arena; those of a snapshot are its own, and
 * immutable. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each (n), or NULL where it is not known. */
typedef struct
{
  gsize   n;        /* d; 0: there is no linear predictor */
  double *found;    /* β of a learner, or β* of the teacher */
  double *expected; /* where gradient flow ends: argmin Q (eng-implicit-bias.h) */
  double *sparsest; /* of smallest ‖β‖₁ with Xβ = y */
  double *smallest; /* of smallest ‖β‖₂ with Xβ = y */
} EngCoefficients;

/* Copies arrays; `found` (n) in place of `from->found`.  `self` was empty. */
void eng_coefficients_copy (EngCoefficients       *self,
                            const EngCoefficients *from,
                            const double          *found);
void eng_coefficients_clear (EngCoefficients *self);

G_END_DECLS
