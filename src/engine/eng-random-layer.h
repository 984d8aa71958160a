/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngRandomLayer: random features of the inputs in the coordinates of their principal
 * components (deep.md 1.5; papers.md B.3).
 *
 *   g_l(x) = σ(v_l·x + b_l) / √D,  l < D,   |v_l| = 1,  b_l ~ N(0, 1)
 *   Σ̂ = mean of g gᵀ = U diag(λ) Uᵀ, not centred;   h_i = t_i u_i·g,  i < k, by falling λ
 *
 * Whitened, t_i = 1/√(λ_i + ρ tr Σ̂/D), so that E h hᵀ = I; a direction whose λ is
 * rounding gets t = 0.  Not whitened, t_i = t with mean |h|² = k.  The second moments of h
 * are diagonal, t_i² λ_i.  Arena memory; the fillers are for lanes. */
#pragma once

#include "eng-activation.h"
#include "eng-arrays.h"
#include "eng-problem.h"

G_BEGIN_DECLS

typedef struct
{
  const EngActivation *activation;
  gsize                d, n_features, n_components; /* D, k */
  gboolean             whitened;
  double               ridge;   /* ρ */
  EngMatF              v0;      /* (D, d) at the start */
  EngMatF              dv;      /* (D, d) movement; 0 rows if v never moves */
  EngMatF              v;       /* (D, d) now */
  float               *b;       /* (D) now */
  EngMatF              t;       /* (k, D) rows t_i u_i */
  float               *moments; /* (k) of h */
  double              *values;  /* (D) λ, descending */
  EngMat               sigma;   /* (D, D) Σ̂, then its eigenvectors as rows */
  EngMat               wide;    /* (ENG_BLOCK_ROWS, D) */
  EngMatF              x;       /* (ENG_BLOCK_ROWS, d) */
  EngMatF              z[ENG_N_LANES], g[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, D) */
} EngRandomLayer;

/* The fields up to `ridge` were set. */
void   eng_random_layer_init (EngRandomLayer *self, gboolean moves, EngArena *arena);
double eng_random_layer_estimate_bytes (double d, double n_features, double n_components);
/* Draws v and b of stream `w0`, index 1. */
void eng_random_layer_draw (EngRandomLayer *self, guint64 seed);
/* Σ̂ of `n_inputs` fresh inputs of stream `unlabelled`, or of the training inputs if that
 * is 0, its eigenvectors and t.  Long.  Returns: FALSE with ENG_ERROR_NUMERIC; TRUE and
 * unfinished if the owner wants to stop. */
gboolean eng_random_layer_fit (EngRandomLayer *self,
                               EngProblem     *problem,
                               gsize           n_inputs,
                               guint64         seed,
                               GError        **error);

/* z[lane], g[lane] <- pre-activations v·x + b and features of at most ENG_BLOCK_ROWS rows.
 * x: (n, d) */
void eng_random_layer_features (EngRandomLayer *self, guint lane, const EngMatF *x);
/* The same, and h <- their components.   h: (n, k) */
void
eng_random_layer_fill (EngRandomLayer *self, guint lane, const EngMatF *x, EngMatF *h);
/* After eng_random_layer_fill () of the same rows: z[lane] <- ∂/∂(v·x + b) from dh, the
 * derivatives in h.  Destroys g[lane].   dh: (n, k) */
void eng_random_layer_pull_back (EngRandomLayer *self, guint lane, const EngMatF *dh);

/* v (D, d), v-bias (D) and components (k, D), h = components g; v-init (D, d) if v moves. */
void eng_random_layer_add_arrays (const EngRandomLayer *self, EngArrays *arrays);

G_END_DECLS
