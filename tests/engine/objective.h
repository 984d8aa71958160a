/* SPDX-License-Identifier: GPL-3.0-or-later
 * Objective: the training objective of the Taylor students in plain double arithmetic,
 * row by row and without the engine's training code: what gradients and losses are
 * compared with.  two-layer.md section 2. */
#pragma once

#include "eng-activation.h"
#include "oracle.h"

G_BEGIN_DECLS

typedef enum
{
  OBJECTIVE_LINEAR = 1 << 0,
  OBJECTIVE_QUADRATIC = 1 << 1,
  OBJECTIVE_JOINT = OBJECTIVE_LINEAR | OBJECTIVE_QUADRATIC,
  OBJECTIVE_R1 = 1 << 2,
  OBJECTIVE_R2 = 1 << 3,
  OBJECTIVE_FUNCTION = 1 << 4, /* R1 and R2 project functions, not parameters */
  OBJECTIVE_DEGREE_2 = 1 << 5, /* ... on polynomials of degree <= 2, not 1 */
  OBJECTIVE_R3 = 1 << 6,
  OBJECTIVE_R3_PROJECTED = 1 << 7,
  OBJECTIVE_R4 = 1 << 8,
  OBJECTIVE_R8 = 1 << 9,
} ObjectiveFlags;

typedef struct
{
  guint         flags;
  gsize         m, d;
  const EngMat *x, *xu, *v1; /* training, unlabelled; V1: (n_{<=k}, m d) */
  const double *y;
  EngMat a, b, au;   /* a_r σ′/√m and a_r σ″/√m on x, a_r σ′/√m on xu */
  EngMat basis;      /* (N_u, D) polynomials on xu, orthonormal */
  EngMat raw_u, raw; /* the same polynomials, as they are, on xu and x */
  double lambda[4];
} Objective;

/* Everything from a two_layer case; memory from `arena`. */
void objective_init (Objective    *self,
                     const Oracle *oracle,
                     const char   *activation,
                     guint         flags,
                     EngArena     *arena);

/* (1/2n) Σ (c_L f_L + c_Q f_Q − y)².   w: (m, d) */
double objective_data (const Objective *self, const double *w);
/* The penalties that the flags name. */
double objective_penalties (const Objective *self, const double *w);

G_END_DECLS
