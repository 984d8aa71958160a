/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngTaylor: gradient descent on the Taylor terms of a two-layer network,
 *
 *   L = (1/2n) Σ (c_L f_L + c_Q f_Q − y)²
 *     + (λ1/2) E_u[f_L(x; P_{>k} W)²] + (λ2/2n) Σ f_L(x_i; P_{>k} W)² + λ3 R3 + λ4 R4
 *
 * what the learners lazy (1, 0), quadratic (0, 1) and joint (1, 1) share.  NOTATION
 * "Losses"; two-layer.md section 2; D2.  State in the run's arena; engine thread. */
#pragma once

#include "eng-learner.h"
#include "eng-taylor-terms.h"

G_BEGIN_DECLS

typedef enum
{
  ENG_DROPOUT_NONE,
  ENG_DROPOUT_SIGNED,  /* fresh signs on the movement in the forward pass and on its
                          gradient (D1, read as Bai and Lee 2020) */
  ENG_DROPOUT_LITERAL, /* the sign on the gradient alone; does not learn */
} EngDropout;

typedef struct
{
  float      linear, quadratic; /* c_L, c_Q */
  EngDropout dropout;
  double     lambda[4];       /* λ1 ... λ4 */
  gboolean   function_space;  /* R1, R2: project functions, not parameters */
  gboolean   decay_projected; /* R3 = |P_{<=k} W|² instead of ½|W|² */
  gboolean   eighth_power;    /* R4 = (Σ|w_r|⁴)² instead of ¼ Σ|w_r|⁴ */
  gsize      n_unlabelled;    /* fresh inputs a step, or the fixed set; 0: none */
  gboolean   unlabelled_fixed;
  double     kick; /* sd of the Gaussian noise added to every weight a step */
} EngTaylorConfig;

typedef struct
{
  EngTwoLayer     net;
  EngTaylorConfig config;
  EngLearner     *learner; /* back pointer: step size, loss */
  EngProblem     *problem;
  EngBasis       *basis;
  const EngMatF  *top; /* directions of Q1, while a penalty needs them: (n_q1, h d), or by
                          moments (n_q1, (d + 1) d) */
  gsize           h;   /* neurons, one of each twins: eng-taylor-terms.h */

  float         *y;           /* (n) */
  float         *f, *weights; /* (n) predictions, and the weights of their gradients */
  EngTaylorTerms train;       /* at the training inputs */
  EngMatF        forward;     /* (m, d) diag (z) W under signed dropout; work of λ_max */
  EngMatF        difference;  /* (h, d) w_r − w_{r+h}, or w_r */
  EngMatF        krylov;      /* (m, d) work of the largest eigenvalue */
  /* The gradient is `gradient`, if has_full says so, plus (half, −half), one for each of a
   * pair, or `half` without pairs, if has_half does: what f_L alone gives is a function of
   * differences.  So `gradient` is all of it only after eng_taylor_collect (). */
  EngMatF  gradient; /* (m, d) */
  EngMatF  half;     /* (h, d) */
  gboolean has_full, has_half;
  float   *signs; /* (m) */

  EngMatF perpendicular;    /* (h, d) the differences of P_{>k} W */
  EngMatF penalty;          /* (h, d) gradient of R1 and R2 where half has more */
  EngMatF top_partial;      /* (ENG_N_LANES, n_q1) */
  EngMatF top_moments;      /* (d + 1, d) T of what is subtracted */
  float  *top_coefficients; /* (n_q1) */
  gsize   n_top;

  EngTaylorTerms fresh;        /* f_L at the unlabelled inputs */
  EngMatF        xu;           /* (rows, d) */
  float         *fu, *gu;      /* (rows) f_L there, and the weights of its gradient */
  float         *gn;           /* (n) the same for R2 */
  EngMat         yu, yn, gram; /* polynomials of degree <= k: (rows, D), (n, D), (D, D) */
  double        *solution, *values; /* (D), (max (rows, n)) */
  double        *gram_work;         /* (3 D) */
  EngRng        *unlabelled[ENG_N_LANES], *dropout_rng, *kick_rng;
} EngTaylor;

gboolean  eng_taylor_init (EngTaylor             *self,
                           EngLearner            *learner,
                           const EngTaylorConfig *config,
                           const EngContext      *context,
                           GError               **error);
gboolean  eng_taylor_prepare (EngTaylor *self, const EngContext *context, GError **error);
EngStatus eng_taylor_step (EngTaylor *self, EngLanes *lanes);
void      eng_taylor_set_live (EngTaylor *self, const char *key, double value);
double    eng_taylor_estimate_bytes (const EngSettings *settings,
                                     const EngSizes    *sizes,
                                     gboolean           is_quadratic,
                                     gsize              n_unlabelled);

/* Gradient of the whole objective at W into `self->gradient`, with the signs and
 * unlabelled inputs now in place; returns the relative train loss.  The step without its
 * update: for tests. */
double eng_taylor_gradient (EngTaylor *self, EngLanes *lanes);

/* Virtual functions of the three learners, whose state is an EngTaylor. */
gboolean       eng_taylor_learner_prepare (EngLearner       *learner,
                                           const EngContext *context,
                                           GError          **error);
EngStatus      eng_taylor_learner_step (EngLearner *learner, EngLanes *lanes);
const EngMatF *eng_taylor_learner_weights (EngLearner *learner, guint layer);
const EngMatF *eng_taylor_learner_initial_weights (EngLearner *learner, guint layer);
EngTwoLayer   *eng_taylor_learner_two_layer (EngLearner *learner);
void eng_taylor_learner_set_live (EngLearner *learner, const char *key, double value);
/* ENG_ERROR_UNSUPPORTED if the activation has no second derivative, hence no f_Q. */
gboolean
eng_taylor_check_activation (EngSpec *spec, const EngSettings *settings, GError **error);

/* --- the gradient in its two parts, eng-taylor-step.c ---------------------------- */

/* difference <- w_r − w_{r+h}.   w: (m, d) */
void eng_taylor_take_difference (EngTaylor *self, const EngMatF *w, EngLanes *lanes);
/* gradient <- the whole of it, from both parts. */
void eng_taylor_collect (EngTaylor *self, EngLanes *lanes);

/* --- the penalties on f_L, eng-taylor-penalty.c ------------------------------- */

/* Whether some penalty needs the directions of Q1. */
gboolean eng_taylor_needs_top (const EngTaylor *self);
/* Draws a step's unlabelled inputs. */
void eng_taylor_draw_unlabelled (EngTaylor *self, EngLanes *lanes);
/* Adds the gradients of R1 and R2 on the present unlabelled inputs to `half`;
 * `difference` and `perpendicular` are those of the weights. */
void eng_taylor_add_penalties (EngTaylor *self, EngLanes *lanes);
/* λ_max of the quadratic part of the objective, by Lanczos' method. */
double eng_taylor_largest_eigenvalue (EngTaylor *self, const EngContext *context);

/* --- the directions of Q1, eng-taylor-project.c -------------------------------- */

/* The directions of Q1, made at the first call.  (transfer none) */
const EngMatF *eng_taylor_get_top (EngTaylor *self);
/* out <- the differences of P_{>k} W, for those of W.   difference, out: (h, d) */
void eng_taylor_project (EngTaylor     *self,
                         const EngMatF *difference,
                         EngMatF       *out,
                         EngLanes      *lanes);

/* --- the penalties on the size of W, eng-taylor-norms.c ------------------------- */

/* Adds λ3 times the gradient of R3 at `w`: projected to `half`, where `difference` and
 * `perpendicular` are those of `w`, else to `gradient`.   w: (m, d) */
void eng_taylor_add_decay (EngTaylor *self, const EngMatF *w);
/* Adds λ4 |w_r|² w_r, or 8 λ4 (Σ|w|⁴) |w_r|² w_r, to the rows of `gradient`, which has
 * something already. */
void eng_taylor_add_quartic (EngTaylor *self);

/* Keys that the learners' tables share. */
#define ENG_TAYLOR_R4_PARAMS                                                             \
  { .key = "lambda4",                                                                    \
    .kind = ENG_PARAM_REAL,                                                              \
    .min = 0,                                                                            \
    .max = 1e3,                                                                          \
    .flags = ENG_PARAM_LIVE | ENG_PARAM_ADVANCED,                                        \
    .fallback = "0",                                                                     \
    .title = N_ ("Penalty λ₄"),                                                          \
    .help = N_ ("on the 2,4-norm of the movement (R4)") },                               \
      { .key = "r4-power",                                                               \
        .kind = ENG_PARAM_CHOICE,                                                        \
        .choices = eng_taylor_r4_choices,                                                \
        .flags = ENG_PARAM_ADVANCED,                                                     \
        .fallback = "4",                                                                 \
        .title = N_ ("Power of R4"),                                                     \
        .help = N_ ("¼ Σ|w_r|⁴, or its square") },                                       \
  {                                                                                      \
    .key = "kick", .kind = ENG_PARAM_REAL, .min = 0, .max = 1,                           \
    .flags = ENG_PARAM_LIVE | ENG_PARAM_ADVANCED, .fallback = "0", .title = N_ ("Kick"), \
    .help = N_ ("noise added to every weight each step")                                 \
  }
extern const EngChoice eng_taylor_r4_choices[];

G_END_DECLS
