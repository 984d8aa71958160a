/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngTensor: the Hermite tensors T_p = (1/n) Σ_i y_i He_p (x_i) of labelled samples, seen
 * through contractions alone: nothing of size d^p is ever formed (deep.md section 5).
 *
 *   T_p (u, ..., u, ·) = (1/n) Σ_i y_i [H_{p−1} (z_i; q) x_i − (p − 1) H_{p−2} (z_i; q) u],
 *   z_i = u·x_i,  q = |u|²,
 *
 * which is M u for p = 2.  For Gaussian x and y = Σ_j c_j h_p (u_j·x) its mean is
 * √p! Σ_j c_j (u_j·u)^{p−1} u_j.  Rows are shared over lanes, with the same bits for any
 * number of threads; nothing is allocated once the memory is there.  Arena memory; engine
 * thread. */
#pragma once

#include "eng-arena.h"
#include "eng-lanes.h"

G_BEGIN_DECLS

typedef struct
{
  EngMatF    x;      /* (n, d) borrowed */
  const int *cancel; /* atomic, nonzero to give up; may be NULL */
  /* One per lane. */
  EngMat  block[ENG_N_LANES];       /* (ENG_BLOCK_ROWS, d) */
  EngMat  projections[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, most) */
  EngMat  sums[ENG_N_LANES];        /* (most, d) */
  double *lower[ENG_N_LANES];       /* (2 most) */
} EngTensor;

/* For up to `most` directions at once; nothing cancels it.   x: (n, d) */
void   eng_tensor_init (EngTensor *self, const EngMatF *x, gsize most, EngArena *arena);
double eng_tensor_estimate_bytes (double d, double most);

/* g_j <- T_p (u_j, ..., u_j, ·) of the labels y, p = `degree` >= 2; g may be u itself.
 * y: (n)  u: (k, d), k <= most  g: (k, d)  Returns: FALSE, g unspecified, if it gave up. */
gboolean eng_tensor_contract (EngTensor    *self,
                              const double *y,
                              guint         degree,
                              const EngMat *u,
                              EngLanes     *lanes,
                              EngMat       *g);
/* m <- T_2 = (1/n) Σ_i y_i (x_i x_iᵀ − I).   m: (d, d)  Returns: as above. */
gboolean
eng_tensor_fill_matrix (EngTensor *self, const double *y, EngLanes *lanes, EngMat *m);

G_END_DECLS
