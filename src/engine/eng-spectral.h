/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngSpectral: directions as the eigenvectors of largest modulus of
 *   M = (1/n) Σ_i (y_i − ȳ)(x_i x_iᵀ − I),
 * whose mean for Gaussian x is the degree-2 part of the target (deep.md section 5).
 *
 * Arena memory; engine thread; nothing is allocated once the memory is there. */
#pragma once

#include "eng-problem.h"
#include "eng-tensor.h"

G_BEGIN_DECLS

typedef struct
{
  EngTensor *tensor; /* borrowed */
  double    *y;      /* (n) */
  EngMat     m;      /* (d, d) */
  double    *values; /* (d) */
  gsize     *order;  /* (r) */
  double    *solver; /* LAPACK's */
  int       *integers;
} EngSpectral;

/* For at most `r` directions. */
void   eng_spectral_init (EngSpectral *self, EngTensor *tensor, gsize r, EngArena *arena);
double eng_spectral_estimate_bytes (const EngSizes *sizes, double r);

/* u <- as many eigenvectors as it has rows, by decreasing modulus of the eigenvalue.
 * y: (n)  u: (at most r, d)  Returns: FALSE if LAPACK or the tensor
 * gave up. */
gboolean
eng_spectral_find (EngSpectral *self, const double *y, EngLanes *lanes, EngMat *u);

G_END_DECLS
