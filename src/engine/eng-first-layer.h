/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngFirstLayer: the features h(x) that the trained layer of a three-layer network reads:
 * the explicit Hermite basis, components of random features, or the inputs themselves,
 * which makes two layers of it (deep.md 1.2, 1.5).  Arena memory; the filler is for lanes. */
#pragma once

#include "eng-hermite.h"
#include "eng-random-layer.h"

G_BEGIN_DECLS

typedef enum
{
  ENG_FIRST_LAYER_HERMITE,
  ENG_FIRST_LAYER_RANDOM,
  ENG_FIRST_LAYER_INPUTS, /* h = [1, x] */
} EngFirstLayerKind;

typedef struct
{
  EngFirstLayerKind kind;
  gsize             d, n_outputs;
  gsize             n_inputs; /* unlabelled, for Σ̂; 0: the training inputs */
  float         *moments; /* (n_outputs) E h_i², of uncorrelated h; all 1 unless random
                                 features are not whitened */
  EngHermite     hermite;
  EngRandomLayer random;
} EngFirstLayer;

/* Keys first-layer, degrees, features, feature-activation, whitened, components,
 * covariance-inputs, covariance-ridge. */
extern const EngParam eng_first_layer_params[];

/* Refuses sizes that overflow, and more components than features. */
gboolean eng_first_layer_check (const EngSettings *settings, double d, GError **error);
EngFirstLayerKind eng_first_layer_get_kind (const EngSettings *settings);
/* Number of outputs in `d` dimensions. */
double eng_first_layer_count (const EngSettings *settings, double d);
double eng_first_layer_estimate_bytes (const EngSettings *settings, double d);

/* `moves`: whether the random features are trained too. */
void eng_first_layer_init (EngFirstLayer     *self,
                           const EngSettings *settings,
                           gsize              d,
                           gboolean           moves,
                           EngArena          *arena);
/* What is random in it, but for the inputs of Σ̂. */
void eng_first_layer_draw (EngFirstLayer *self, guint64 seed);
/* Σ̂ and its components.  Long.  Returns: as eng_random_layer_fit (). */
gboolean eng_first_layer_fit (EngFirstLayer *self,
                              EngProblem    *problem,
                              guint64        seed,
                              GError       **error);

/* At most ENG_BLOCK_ROWS rows, in the scratch of `lane`.   x: (n, d)  h: (n, n_outputs) */
void eng_first_layer_fill (EngFirstLayer *self, guint lane, const EngMatF *x, EngMatF *h);

G_END_DECLS
