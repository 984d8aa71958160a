/* SPDX-License-Identifier: GPL-3.0-or-later
 * The β of smallest ‖β‖₁ among those with Xβ = y (basis pursuit): the end of the path of
 * min ½|Xβ − y|² + λ‖β‖₁ as λ falls from where β = 0 to 0, which is followed exactly from one
 * change of the support to the next (homotopy: Osborne, Presnell, Turlach 2000).
 *
 * A pure function that allocates what it needs and frees it; any thread. */
#pragma once

#include "eng-la.h"

G_BEGIN_DECLS

/* What is found is certified to this, relative: |Xβ − y| ≤ tolerance |y|, and a point of the
 * dual problem, max yᵀν with |Xᵀν|_∞ ≤ 1, shows that no ‖β‖₁ is smaller by more. */
#define ENG_SPARSEST_TOLERANCE 1e-9

/* x: (n, d)  y: (n)  beta: (d)
 * cancel: atomic, nonzero to give up; may be NULL.
 * Returns: FALSE if it gave up, or if what it came to has no such certificate: dependent
 * rows, or no solution at all. */
gboolean
eng_sparsest_find (const EngMat *x, const double *y, const int *cancel, double *beta);

/* Bytes that it takes meanwhile. */
double eng_sparsest_estimate_bytes (double n, double d);

G_END_DECLS
