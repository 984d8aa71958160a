/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngNormal: the system (K + ρ I) c = b of kernel and least-squares methods, by Cholesky
 * with the ridge asked for or, where that leaves nothing but rounding, with the first one
 * of 1e-8, 1e-7 ... that succeeds.
 *
 * Rows are shared over lanes, with the same bits for any number of threads; nothing is
 * allocated once the memory is there.  Arena memory; engine thread. */
#pragma once

#include "eng-arena.h"
#include "eng-lanes.h"

G_BEGIN_DECLS

typedef struct
{
  EngMat  k;        /* (n, n) to be filled with K, both triangles */
  double *diagonal; /* (n) of K */
  double  ridge; /* ρ in use, in units of the mean of the diagonal, or of 1 if K is 0 */
} EngNormal;

void   eng_normal_init (EngNormal *self, gsize n, EngArena *arena);
double eng_normal_estimate_bytes (double n);

/* Replaces the lower triangle of `k` by the factor.  ridge: in units of the mean of the
 * diagonal.  cancel: atomic, nonzero to give up; may be NULL.
 * Returns: FALSE if it gave up, or if K is not a finite matrix without clearly negative
 * eigenvalues. */
gboolean
eng_normal_factor (EngNormal *self, double ridge, EngLanes *lanes, const int *cancel);
/* ρ of that factor, as it is. */
double eng_normal_get_shift (const EngNormal *self);
/* b <- (K + ρ I)⁻¹ b.   b: (n) */
void eng_normal_solve (const EngNormal *self, double *b);

G_END_DECLS
