/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngNetwork: state of the learner `network`, the largest eigenvalue of its moving tangent
 * kernel, and the matrix that it is.  Arena memory; engine thread. */
#pragma once

#include "eng-learner.h"
#include "eng-tangent.h"

G_BEGIN_DECLS

/* α f(x) = xᵀLx and a constant, L = ½ σ″ α m^{-1/2} Σ_r a_r (w0_r + w_r)(w0_r + w_r)ᵀ, for
 * activations that are squares and without bias (rank-one.md section 1). */
typedef struct
{
  EngLowRank     l;
  EngLowRankWork work;
  gboolean       is_stale; /* weights moved since `l` was found */
  EngMat         rows;     /* (min (m, d), d) weights; or ENG_BLOCK_ROWS of them */
  EngMat         scaled;   /* the same, times the coefficients; no rows if m <= d */
  EngMat         dense;    /* (d, d); no rows if m <= d */
  double        *values;   /* coefficients of the rows */
} EngNetworkMatrix;

/* Tangent features of both layers: a_r σ′/√m at the inputs, and σ/√m, which are those of
 * a layer with the constant input 1; without columns if the second layer stays. */
typedef struct
{
  EngTangent first, second;
  EngMatF    ones;                /* (rows, 1) that input */
  float     *values[ENG_N_LANES]; /* (ENG_TILE_COLS) scratch: σ of one neuron */
} EngNetworkTangent;

typedef struct
{
  EngTwoLayer net;
  EngProblem *problem;
  EngLearner *learner;
  double      alpha;
  double      decay;              /* γ */
  gboolean    dropout, is_signed; /* the latter: signs in the present pass */
  guint64     steps;              /* taken */

  float         *y;       /* (n) targets of α times the sum over the neurons */
  float         *initial; /* (n) that sum at the start; NULL if it starts in pairs */
  gsize          batch;   /* rows of a step */
  EngMatF        xb;      /* (batch, d) mini-batch inputs */
  float         *yb;      /* (batch) */
  gsize         *order;   /* (n) this epoch's order */
  gsize          cursor;  /* next row of it */
  const EngMatF *x_now;   /* inputs and targets of the present step */
  const float   *y_now;

  EngMatF moved;           /* (m, d) w0 + w, or w0 + diag (z) w */
  EngMatF gradient;        /* (m, d) */
  EngMatF output_gradient; /* (m, 1) */
  float  *signs;           /* (m) */

  EngNetworkTangent train, mini; /* at all inputs, and at those of a mini-batch */
  float  *f, *weights; /* (n) Σ_r a_r σ/√m, and the weights of its gradients */
  float  *v, *next;    /* (n) power iteration, kept warm */
  EngMatF w_v;         /* (m, d) Σ v_i ∂f(x_i)/∂W */
  EngMatF a_v;         /* (m, 1) */
  EngRng *batch_rng, *dropout_rng;

  gboolean         has_matrix;
  EngNetworkMatrix matrix;
} EngNetwork;

/* For `rows` inputs. */
void eng_network_init_tangent (EngNetwork        *self,
                               EngNetworkTangent *tangent,
                               gsize              rows,
                               EngArena          *arena);
double
eng_network_tangent_estimate_bytes (gboolean both_layers, double n, double d, double m);
/* The inputs from now on.   x: (at most as many rows, d), stays the caller's */
void eng_network_set_inputs (EngNetworkTangent *tangent, const EngMatF *x);
/* moved <- w0 + w, or with the signs in place w0 + diag (z) w */
void eng_network_move (EngNetwork *self, gboolean is_signed, EngLanes *lanes);
/* One step along the gradients, of both layers if both train. */
void eng_network_update (EngNetwork *self, EngLanes *lanes);
/* The tangent features at the weights `moved`, and Σ_r a_r σ/√m into `f`. */
void eng_network_evaluate (EngNetwork *self, EngNetworkTangent *tangent, EngLanes *lanes);
/* Second derivative of the decay along every weight: 2 γ m^{-1/2} / α. */
double eng_network_get_decay (const EngNetwork *self);
/* Power iteration on the tangent kernel at the present weights, from the vector `v` kept
 * warm: at most `iterations`, until λ changes by less than `tolerance` of itself.  Sets
 * the learner's λ_max, with the decay, and step size.  No allocation. */
void eng_network_refresh_lambda_max (EngNetwork *self,
                                     guint       iterations,
                                     double      tolerance,
                                     EngLanes   *lanes);

/* Whether a network with these settings is asked for its matrix: on problems whose target
 * is one. */
gboolean eng_network_is_matrix (EngSpec *spec, const EngSettings *settings);
void     eng_network_matrix_init (EngNetwork *self, EngArena *arena);
double   eng_network_matrix_estimate_bytes (const EngSettings *settings, double d);
/* L at the present weights.  No allocation.  Returns: (transfer none). */
const EngLowRank *eng_network_get_matrix (EngNetwork *self);

G_END_DECLS
