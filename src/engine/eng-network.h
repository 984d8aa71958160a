/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngNetwork: state of the learner `network`, and the largest eigenvalue of its moving
 * tangent kernel.  Arena memory; engine thread. */
#pragma once

#include "eng-learner.h"

G_BEGIN_DECLS

typedef struct
{
  EngTwoLayer net;
  EngProblem *problem;
  EngLearner *learner;
  double      alpha;
  gboolean    dropout;
  guint64     steps; /* taken */

  float         *y;      /* (n) */
  gsize          batch;  /* rows of a step */
  EngMatF        xb;     /* (batch, d) mini-batch inputs */
  float         *yb;     /* (batch) */
  gsize         *order;  /* (n) this epoch's order */
  gsize          cursor; /* next row of it */
  const EngMatF *x_now;  /* inputs and targets of the present step */
  const float   *y_now;

  EngMatF moved;    /* (m, d) w0 + w, or w0 + diag (z) w */
  EngMatF gradient; /* (m, d) */
  EngMatF lane_gradient[ENG_N_LANES];
  EngMatF output_gradient;          /* (1, m) */
  EngMatF lane_output[ENG_N_LANES]; /* (1, m) */
  double  lane_loss[ENG_N_LANES];
  float  *signs; /* (m) */

  EngMatF features, hidden; /* (n, m) a σ′/√m, and σ/√m if both layers train */
  float  *v, *next;         /* (n) power iteration, kept warm */
  EngMatF w_v;              /* (m, d) Σ v_i ∂f(x_i)/∂W */
  float  *a_v;              /* (m) */
  EngRng *batch_rng, *dropout_rng;
} EngNetwork;

/* moved <- w0 + w */
void eng_network_move (EngNetwork *self);
/* Power iteration on the tangent kernel at the present weights, from the vector `v` kept
 * warm: at most `iterations`, until λ changes by less than `tolerance` of itself.  Sets
 * the learner's λ_max and step size.  No allocation. */
void eng_network_refresh_lambda_max (EngNetwork *self,
                                     guint       iterations,
                                     double      tolerance,
                                     EngLanes   *lanes);

G_END_DECLS
