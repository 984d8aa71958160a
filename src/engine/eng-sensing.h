/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngSensing: the measurements y_i = x_iᵀ L* x_i + e_i of a symmetric matrix and the
 * gradient that they give at an estimate L (rank-one.md section 1; D4; papers.md C.2).
 *
 *   A(L)_i = x_iᵀ L x_i,   c = A(L) − y,
 *   G = 1/(2m) Xᵀ diag(c − mean c) X                  centred: the default
 *       1/(2m) [Xᵀ diag(c) X − (Σ c) I]               paper: Algorithm 1, read correctly
 *       1/m Xᵀ diag(c) X − (mean c)/2 I               printed: its sum runs to 2m
 *       1/(2m) Xᵀ diag(c) X                           raw
 *       1/(2m) [Xᵀ diag(c) X + (Σ c) I]               wrong-sign: that of Definition 1
 *
 * E G = L − L* for the first two (but for 1 − 1/m); the others diverge.  X is float and is
 * read once per pass, in blocks that are widened to double: no p × p matrix but where it
 * is asked for, and no rounding floor above that of double.  Passes are shared over lanes
 * with the same bits for any number of threads, and allocate nothing.  One thread drives. */
#pragma once

#include "eng-low-rank.h"
#include "eng-samples.h"

G_BEGIN_DECLS

typedef enum
{
  ENG_SENSING_CENTRED,
  ENG_SENSING_PAPER,
  ENG_SENSING_PRINTED,
  ENG_SENSING_RAW,
  ENG_SENSING_WRONG_SIGN,
} EngSensingGradient;

typedef struct
{
  EngSensingGradient gradient;
  EngSamples        *samples; /* borrowed */
  double            *c;       /* (m) A(L) − y */
  double            *a;       /* (m) A of a direction, for the line search */
  double             c_mean, c_sd, y_sd;
  double             shift, scale; /* G = scale Xᵀ diag(c − centre) X − shift I */
  double             centre;
  /* One per lane. */
  EngMat block[ENG_N_LANES];    /* (ENG_BLOCK_ROWS, p) */
  EngMat products[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, max_columns) */
  EngMat pairs[ENG_N_LANES];    /* (ENG_BLOCK_ROWS, max_columns) */
  EngMat partial[ENG_N_LANES];  /* (max_columns, p) */
} EngSensing;

/* For at most `max_m` measurements, and products with at most `max_columns` vectors. */
void   eng_sensing_init (EngSensing        *self,
                         EngSensingGradient gradient,
                         gsize              p,
                         gsize              max_m,
                         gsize              max_columns,
                         EngArena          *arena);
double eng_sensing_estimate_bytes (double p, double max_m, double max_columns);

/* The measurements of the next gradients, at most max_m; y must not be constant. */
void eng_sensing_set_samples (EngSensing *self, EngSamples *samples);
/* c and what follows from it, at L: one pass, which also draws what is new.  If `gu` is
 * not NULL it gets G U, U the terms of L, from the same pass.   gu: (rank, p), twice the
 * rank at most max_columns */
void eng_sensing_set_estimate (EngSensing       *self,
                               const EngLowRank *l,
                               EngLanes         *lanes,
                               EngMat           *gu);

/* The same at a dense one, for methods that keep such.   l: (p, p) symmetric */
void eng_sensing_set_dense_estimate (EngSensing *self, const EngMat *l, EngLanes *lanes);

/* G V: one pass.   v, gv: (b, p), vectors as rows, b <= max_columns */
void eng_sensing_apply (EngSensing *self, const EngMat *v, EngLanes *lanes, EngMat *gv);
/* G itself: the dense teaching modes.   g: (p, p) */
void eng_sensing_get_dense (EngSensing *self, EngLanes *lanes, EngMat *g);

/* The step that minimises the centred residual along −D, D = Σ_j theta_j v_j v_jᵀ:
 * <c − c̄, a − ā> / ‖a − ā‖², a = A(D), clipped to [0, 2] (rank-one.md 3 "Line search"). */
double eng_sensing_line_search (EngSensing   *self,
                                const EngMat *v,
                                const double *theta,
                                EngLanes     *lanes);

G_END_DECLS
