/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngTaylorTerms: c_L f_L + c_Q f_Q of a two-layer student at n inputs, and its gradients,
 * whichever way takes less arithmetic: features of neurons at inputs, or second moments
 * (eng-moments.h).
 *
 * Neurons that start in pairs are twins: the features of neuron r + h, h = m/2, are minus
 * those of neuron r.  So f_L is a function of the differences w_r − w_{r+h} alone, and f_Q
 * needs the features of one of each pair.  Without pairs h = m.  State in an arena; engine
 * thread. */
#pragma once

#include "eng-moments.h"
#include "eng-tangent.h"

G_BEGIN_DECLS

typedef struct
{
  const EngTwoLayer *net;
  EngMatF            x; /* (n, d) the inputs; somebody else's */
  gsize              h;
  float              linear, quadratic; /* c_L, c_Q */
  gboolean           by_moments;
  EngMoments         moments;
  EngTangent         tangent; /* a_r σ′/√m */
  EngMatF            b;       /* (h, n) a_r σ″/√m, if c_Q is not 0 */
  EngMatF c; /* (m, n) c_L a_r σ′/√m + c_Q a_r σ″/√m (x·w_r), less the
                                 sign of twins */
} EngTaylorTerms;

/* For at most n inputs.  c_L: 0 or 1, c_Q: with 0 there is no forward and backward, but push
 * and pull. */
void   eng_taylor_terms_init (EngTaylorTerms    *self,
                              const EngTwoLayer *net,
                              float              linear,
                              float              quadratic,
                              gsize              n,
                              EngArena          *arena);
double eng_taylor_terms_estimate_bytes (const EngSettings *settings,
                                        gboolean           is_quadratic,
                                        double             n,
                                        double             d);
/* Numbers of a direction of weight space with both terms at n inputs, as it is kept:
 * h d, or by moments (d + 1) d. */
double eng_taylor_terms_direction_size (const EngSettings *settings, double n, double d);
/* The inputs from now on, with their features at the start of the student.
 * x: (n, d), stays the caller's */
void
eng_taylor_terms_set_inputs (EngTaylorTerms *self, const EngMatF *x, EngLanes *lanes);

/* f <- f_L at the differences `w`.   w: (h, d)  f: (n) */
void
eng_taylor_terms_push (EngTaylorTerms *self, const EngMatF *w, float *f, EngLanes *lanes);
/* `out` <- beta `out` + Σ_i g_i ∂f_L/∂w.   g: (n)  out: (h, d) */
void eng_taylor_terms_pull (EngTaylorTerms *self,
                            const float    *g,
                            float           beta,
                            EngMatF        *out,
                            EngLanes       *lanes);
/* f <- c_L f_L + c_Q f_Q at W.   w: (m, d)  f: (n) */
void eng_taylor_terms_forward (EngTaylorTerms *self,
                               const EngMatF  *w,
                               float          *f,
                               EngLanes       *lanes);
/* `out` <- Σ_i g_i ∂/∂W of that, at the W of the last forward.   g: (n)  w, out: (m, d) */
void eng_taylor_terms_backward (EngTaylorTerms *self,
                                const EngMatF  *w,
                                const float    *g,
                                EngMatF        *out,
                                EngLanes       *lanes);

G_END_DECLS
