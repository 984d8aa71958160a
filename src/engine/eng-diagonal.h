/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngDiagonal: the weights of a diagonal linear network ⟨β, x⟩, β = w₊^D − w₋^D, that starts
 * at w₊ = w₋ = α (Woodworth et al. 2020; papers.md D.4 and F.7).  Arena memory; no
 * allocation; engine thread. */
#pragma once

#include "eng-arena.h"
#include "eng-arrays.h"

G_BEGIN_DECLS

typedef struct
{
  gsize   d;
  guint   depth; /* D >= 2 */
  double  alpha;
  double *plus, *minus; /* (d) w₊, w₋ */
  double *beta;         /* (d) */
} EngDiagonal;

void eng_diagonal_init (EngDiagonal *self,
                        gsize        d,
                        guint        depth,
                        double       alpha,
                        EngArena    *arena);
/* β from the weights. */
void eng_diagonal_update (EngDiagonal *self);

/* A step of gradient descent, where g is the gradient with respect to β:
 * w₊ −= η D w₊^{D−1}∘g, w₋ += η D w₋^{D−1}∘g.   g: (d) */
void eng_diagonal_descend (EngDiagonal *self, const double *g, double step_size);
/* The largest relative change of a weight in such a step, per unit of η. */
double eng_diagonal_get_speed (const EngDiagonal *self, const double *g);

/* The tangent kernel is ⟨x∘κ, x'⟩, κ = D² (w₊^{2D−2} + w₋^{2D−2}).   kappa: (d) */
void eng_diagonal_get_kernel (const EngDiagonal *self, double *kappa);
/* Coefficients of the first Taylor term at the start: D α^{D−1} (w₊ − w₋).   beta: (d) */
void eng_diagonal_linearise (const EngDiagonal *self, double *beta);
/* w₊ − α and w₋ − α.   w: (2, d) */
void eng_diagonal_get_movement (const EngDiagonal *self, EngMatF *w);
/* beta, w-plus and w-minus, (d). */
void eng_diagonal_add_arrays (const EngDiagonal *self, EngArrays *arrays);

G_END_DECLS
