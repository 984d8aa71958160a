/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngMoments: the Taylor terms of students whose σ″ is constant.  Both are polynomials of
 * degree 2 in x then, so that the neurons act through one matrix S and the inputs through
 * their weighted second moments T.  With x̃ = (x, 1), c_r = a_r/√m, and the fixed rows v_r and
 * p2 of eng_two_layer_form_row ():
 *
 *   c_L f_L + c_Q f_Q at x = x̃ᵀ S x,          S = Σ_r (c_L v_r + ½ c_Q c_r p2 (w_r, 0)) w_rᵀ
 *   Σ_i g_i ∂/∂w_r of it   = (c_L v_r + c_Q c_r p2 (w_r, 0))ᵀ T,      T = Σ_i g_i x̃_i x_iᵀ
 *
 * (from the definitions of f_L and f_Q in eng-two-layer.h): 4 d² (m + n) multiplications
 * and additions instead of 4 n m d, and no features in memory.  The same bits for any
 * number of threads.  State in an arena; engine thread. */
#pragma once

#include "eng-two-layer.h"

G_BEGIN_DECLS

typedef struct
{
  gsize              h; /* neurons with features of their own; one of each twins */
  const EngTwoLayer *net;
  EngMatF            x;                    /* (n, d) the inputs; somebody else's */
  EngMatF            extended;             /* (n, d + 1) x̃ */
  EngMatF            fixed;                /* (h, d + 1) v_r */
  float             *curvature;            /* (h) c_r p2 */
  EngMatF            sum;                  /* (d + 1, d) S or T */
  EngMatF            partial[ENG_N_LANES]; /* (d + 1, d) of each lane */
  EngMatF            scratch[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, d + 1) */
} EngMoments;

/* For at most n inputs; the first h neurons of `net`, whose others are their twins. */
void   eng_moments_init (EngMoments        *self,
                         const EngTwoLayer *net,
                         gsize              h,
                         gsize              n,
                         EngArena          *arena);
double eng_moments_estimate_bytes (double n, double d, double h);
/* The inputs from now on, and v_r from the start of `net`.   x: stays the caller's */
void eng_moments_set_inputs (EngMoments *self, const EngMatF *x, EngLanes *lanes);

/* f <- f_L at weights, or differences of twins, `w`.   w: (h, d)  f: (n) */
void eng_moments_push (EngMoments *self, const EngMatF *w, float *f, EngLanes *lanes);
/* `out` <- beta `out` + its gradient Σ_i g_i ∂f_L/∂w.   g: (n)  out: (h, d) */
void eng_moments_pull (EngMoments  *self,
                       const float *g,
                       float        beta,
                       EngMatF     *out,
                       EngLanes    *lanes);

/* S of f_L at `w`, until the next call.   w: (h, d).  Returns: (d + 1, d), (transfer none) */
const EngMatF *eng_moments_sum (EngMoments *self, const EngMatF *w, EngLanes *lanes);
/* Row r of `out` <- beta times it + v_rᵀ T.   t: (d + 1, d)  out: (h, d) */
void eng_moments_apply (EngMoments    *self,
                        const EngMatF *t,
                        float          beta,
                        EngMatF       *out,
                        EngLanes      *lanes);

/* f <- c_L f_L + c_Q f_Q at `w`.   w: (m, d)  f: (n) */
void eng_moments_forward (EngMoments    *self,
                          float          linear,
                          float          quadratic,
                          const EngMatF *w,
                          float         *f,
                          EngLanes      *lanes);
/* `out` <- its gradient Σ_i g_i ∂/∂w at `w`.   g: (n)  w, out: (m, d) */
void eng_moments_backward (EngMoments    *self,
                           float          linear,
                           float          quadratic,
                           const EngMatF *w,
                           const float   *g,
                           EngMatF       *out,
                           EngLanes      *lanes);

G_END_DECLS
