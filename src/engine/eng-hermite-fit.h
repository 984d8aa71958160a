/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngHermiteFit: f(x) = Σ_j c_j h_p (u_j·x), |u_j| = 1, with c by least squares and u by
 * projected gradient descent (deep.md section 5, "Refinement"):
 *
 *   (FᵀF/n + 1e-9 I) c = Fᵀy/n,  F_ij = h_p (u_j·x_i),  e = F c − y,
 *   G_j = (1/n) Σ_i e_i c_j h_p′ (u_j·x_i) x_i,  u_j <- u_j − η (G_j − (G_j·u_j) u_j),
 *
 * and then u_j of unit length again.  Rows are shared over lanes, with the same bits for any
 * number of threads; nothing is allocated once the memory is there.  Arena memory; engine
 * thread. */
#pragma once

#include "eng-problem.h"

G_BEGIN_DECLS

typedef struct
{
  EngMatF       x; /* (n, d) borrowed */
  const double *y; /* (n) borrowed */
  guint         degree;
  EngMat        u; /* (r, d) unit rows; `rows` may be set to any number up to r */
  double       *c; /* (r) */
  EngMat        projections; /* (n, r) u_j·x_i */
  double       *residual;    /* (n) e */
  EngMat        gram;        /* (r, r) */
  EngMat        gradient;    /* (r, d) */
  /* One per lane. */
  EngMat block[ENG_N_LANES];    /* (ENG_BLOCK_ROWS, d) */
  EngMat features[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, r) */
  EngMat sums[ENG_N_LANES];     /* (r, max (d, r + 1)) */
} EngHermiteFit;

/* For at most `r` directions; it has none yet.   x: (n, d)  y: (n) */
void   eng_hermite_fit_init (EngHermiteFit *self,
                             const EngMatF *x,
                             const double  *y,
                             guint          degree,
                             gsize          r,
                             EngArena      *arena);
double eng_hermite_fit_estimate_bytes (const EngSizes *sizes, double r);

/* c <- that of the present directions.
 * Returns: FALSE if a number is not finite. */
gboolean eng_hermite_fit_solve (EngHermiteFit *self, EngLanes *lanes);
/* mean (f − y)², after eng_hermite_fit_solve (). */
double eng_hermite_fit_get_loss (const EngHermiteFit *self);
/* One step of size `step_size` from where eng_hermite_fit_solve () has been. */
void eng_hermite_fit_descend (EngHermiteFit *self, double step_size, EngLanes *lanes);

/* x: (n, d)  out: (n) */
void eng_hermite_fit_predict (EngHermiteFit *self,
                              const EngMatF *x,
                              EngLanes      *lanes,
                              float         *out);

G_END_DECLS
