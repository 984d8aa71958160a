/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngThreeLayer: a network whose second layer learns on the features h(x) of the first
 * (deep.md 1.1, 6a; D1; papers.md B, F.3), and its steps.
 *
 *   f(x) = m^{-1/2} Σ_r a_r σ((w0_r + z_r w_r)·h(x)),   a = ±1, in pairs that share w0
 *   loss = (1/n) Σ_i (f(x_i) − y_i)² + λ ‖W Σ̂^{1/2}‖_{2,4}^4
 *
 * W is the movement.  Signed dropout draws signs z for every step and follows the gradient
 * of the mean over them; without dropout z = 1; read literally, the signs multiply the
 * gradient at z = 1, which does not learn.  Step t moves W by −η_t G,
 *
 *   η_t = lr √m ½ (1 + cos (π t / steps)),
 *
 * lr absolute and not in units of 1/λ_max, because no quadratic part rules here.  Trained
 * too, the random features of the first layer follow the gradient of the same forward pass
 * at a multiple of η.  Arena memory; engine thread and its lanes. */
#pragma once

#include "eng-first-layer.h"
#include "eng-learner.h"

G_BEGIN_DECLS

typedef enum
{
  ENG_SIGNS_DROPOUT, /* in the forward pass: signed dropout */
  ENG_SIGNS_NONE,
  ENG_SIGNS_LITERAL, /* on the gradient */
} EngSigns;

/* What one pass over the examples adds up, per lane. */
typedef struct
{
  EngMatF w;    /* (m, k) ∂/∂W without the penalty */
  EngMatF v;    /* (D, d) ∂/∂v; 0 rows if the first layer is frozen */
  float  *b;    /* (D) ∂/∂b */
  double  loss; /* Σ residual² */
} EngThreeLayerSums;

typedef struct
{
  /* The network. */
  gsize                m, k; /* neurons, features */
  const EngActivation *activation;
  EngSigns             signs;
  EngFirstLayer        first;
  EngMatF              w0, w;  /* (m, k) frozen, movement */
  float               *a;      /* (m) */
  double               lambda; /* of the penalty */
  double               w0_scale, init;

  /* Its training. */
  EngProblem *problem;
  guint64     steps, planned;
  double      learning_rate; /* lr */
  gboolean    cosine;
  double      clip, first_clip; /* bounds of √m |gradient|; 0: none */
  double      first_rate;       /* step of the first layer, in units of η; 0: frozen */
  double      first_from;       /* share of the steps after which it moves */

  float  *y;               /* (n) */
  EngMatF h_train, h_test; /* features; 0 rows if the first layer moves */
  gsize   batch;           /* examples of a step */
  gsize  *order;           /* (n) this epoch's order; mini-batches only */
  gsize   cursor;
  EngMatF rows;       /* (batch, k or d) this step's inputs */
  float  *targets;    /* (batch) */
  float  *z;          /* (m) this step's signs */
  EngMatF moved;      /* (m, k) w0 + diag (z) w */
  EngMatF gradient;   /* (m, k) */
  EngMatF v_gradient; /* (D, d) */
  float  *b_gradient; /* (D) */
  EngRng *batch_rng, *dropout_rng;

  const EngMatF *inputs_now; /* features, or inputs of a first layer that moves */
  const float   *y_now;

  EngThreeLayerSums sums[ENG_N_LANES];
  EngMatF           p[ENG_N_LANES], q[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, m) */
  EngMatF           h[ENG_N_LANES];                 /* (ENG_BLOCK_ROWS, k) */
  float            *values[ENG_N_LANES];            /* (m) of one row */
} EngThreeLayer;

/* `self` zeroed but for the settings among its fields: m, activation, signs, lambda,
 * w0_scale, init, learning_rate, cosine, clip, first_clip, first_rate, first_from, planned
 * and batch (0: all). */
void eng_three_layer_init (EngThreeLayer *self, const EngContext *context);
/* Draws w0, v, b (stream `w0`), a, and the start of W (stream `init`). */
void eng_three_layer_draw (EngThreeLayer *self, guint64 seed);
double
eng_three_layer_estimate_bytes (const EngSettings *settings, const EngSizes *sizes);
/* Fits the first layer and keeps the features of training and test inputs. */
gboolean
eng_three_layer_prepare (EngThreeLayer *self, const EngContext *context, GError **error);

/* Whether the first layer moves. */
gboolean eng_three_layer_moves_first (const EngThreeLayer *self);
/* η_t of the next step. */
double eng_three_layer_get_step_size (const EngThreeLayer *self);

/* Draws examples and signs of the next step. */
void eng_three_layer_begin_step (EngThreeLayer *self);
/* Gradients of all that moves, penalty included, not clipped, at those.  Returns: mean
 * residual² of the examples, with those signs. */
double eng_three_layer_differentiate (EngThreeLayer *self, EngLanes *lanes);
/* Moves by them. */
void eng_three_layer_move (EngThreeLayer *self);

/* f at the rows of `x`: with signed dropout the exact mean over the signs,
 * ½ m^{-1/2} Σ_r a_r (σ(p_r + q_r) + σ(p_r − q_r)), p = W0 h, q = W h; else z = 1.
 * x: (n, d)   out: (n) */
void eng_three_layer_predict (EngThreeLayer *self,
                              const EngMatF *x,
                              EngLanes      *lanes,
                              float         *out);

G_END_DECLS
