/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngAnalysis: the tangent features of a two-layer student and its linear part at given
 * inputs in double, for what records measure.
 *
 * Lanes share the rows of the inputs; the bits do not depend on their threads.  Memory of
 * the arena; one thread drives; nothing here allocates but _init (). */
#pragma once

#include "eng-two-layer.h"

G_BEGIN_DECLS

typedef struct
{
  EngLanes *lanes;             /* NULL: the caller does all; may change between calls */
  EngMat    weights;           /* (m, d) */
  EngMat    tile[ENG_N_LANES]; /* scratch: some inputs, some neurons */
} EngAnalysis;

void   eng_analysis_init (EngAnalysis *self, gsize m, gsize d, EngArena *arena);
double eng_analysis_estimate_bytes (double m, double d);

/* Tangent features of the first c neurons at the rows of `x`: a_r σ′(z_r) / √m at w0
 * (`moved` FALSE) or at w0 + w with the present a (`moved` TRUE).
 * x: (n, d)   features: (n, c), c <= m */
void eng_two_layer_features (const EngTwoLayer *self,
                             const EngMat      *x,
                             gboolean           moved,
                             EngAnalysis       *scratch,
                             EngMat            *features);
/* Tangent features of the second layer, σ(z_r) / √m.   hidden: (n, c) */
void eng_two_layer_hidden (const EngTwoLayer *self,
                           const EngMat      *x,
                           gboolean           moved,
                           EngAnalysis       *scratch,
                           EngMat            *hidden);

/* K <- factor A Aᵀ, times `gram` entry by entry unless that is NULL, over lanes.
 * features: (n, c)   gram, kernel: (n, n), symmetric */
void eng_analysis_kernel (EngLanes     *lanes,
                          const EngMat *features,
                          const EngMat *gram,
                          double        factor,
                          EngMat       *kernel);

/* f_L on those rows, given the features of the first h neurons at w0.
 * features: (n, h)   linear: (n) */
void eng_two_layer_linear (const EngTwoLayer *self,
                           const EngMat      *x,
                           const EngMat      *features,
                           EngAnalysis       *scratch,
                           double            *linear);

/* Where σ″ is constant, f_L is a quadratic form of the inputs (eng_two_layer_form_row ()):
 *
 *   f_L = x̃ᵀ S x,   S = Σ_r v_r (w_r − w_{r+h})ᵀ,   r <= h. */

/* Whether that is so, and less arithmetic for n inputs. */
gboolean eng_two_layer_is_polynomial (const EngTwoLayer *self, gsize n);
/* v_r in columns, in double.   v: (d + 1, h) */
void eng_two_layer_polynomial (const EngTwoLayer *self, EngMat *v);
/* f_L by it.   v: (d + 1, h)   s: (d + 1, d) scratch   linear: (n) */
void eng_two_layer_linear_polynomial (const EngTwoLayer *self,
                                      const EngMat      *x,
                                      const EngMat      *v,
                                      EngAnalysis       *scratch,
                                      EngMat            *s,
                                      double            *linear);

G_END_DECLS
