/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngRecovery: what the learners that estimate a symmetric matrix share: the samples of
 * each iteration, the operator on them, the estimate in factored form, and its end
 * (rank-one.md sections 1 to 3).
 *
 * Fresh mode draws n new samples in every iteration but the first, which uses the training
 * set; else the training set is used again and again.  With whitening the method works on
 * z = R⁻¹x, and what is seen from outside is R⁻ᵀ L_z R⁻¹.  All of it belongs to the run's
 * arena.  Engine thread. */
#pragma once

#include "eng-learner.h"
#include "eng-sensing.h"

G_BEGIN_DECLS

typedef struct
{
  EngLearner    *learner;
  EngProblem    *problem;
  gboolean       fresh;
  gsize          rank; /* asked for; the estimate has at most as much */
  guint64        t;    /* iterations taken */
  EngSensing     sensing;
  EngLowRank     l;
  EngLowRankWork work;
  EngRng        *rng;            /* of starts */
  double         predicted_rate; /* contraction per iteration; NaN: no prediction */
  EngSamples     batch;    /* the training set: its first rows, if some are held out */
  EngSamples     renewed;  /* fresh mode */
  double         residual; /* sd at the present estimate, relative; NaN: not yet known */
  double         held_out; /* sd of the residual on the others; NaN: none */
  gboolean       has_intercept; /* of a table, whose target may have any mean */
  double         intercept;     /* mean of y − A(L) over the training set */
  gboolean       whitens;
  EngWhitener    whitener;
  EngMatF        white; /* (n, d) the training set, whitened */
  EngLowRank     shown; /* L for x */
} EngRecovery;

/* Keys, as entries of a table: fit-rank, samples, gradient, objective ... */
extern const EngChoice eng_recovery_samples[];
extern const EngChoice eng_recovery_gradients[];
extern const EngChoice eng_recovery_objectives[];
#define ENG_RECOVERY_RANK_PARAM                                                          \
  {                                                                                      \
    .key = "fit-rank", .kind = ENG_PARAM_INT, .min = 1, .max = ENG_RECOVERY_MAX_RANK,    \
    .flags = ENG_PARAM_OPTIONAL, .title = N_ ("Rank of L"),                              \
    .help = N_ ("of the estimate; that of the teacher by default")                       \
  }
#define ENG_RECOVERY_SAMPLES_PARAM                                                       \
  {                                                                                      \
    .key = "samples", .kind = ENG_PARAM_CHOICE, .choices = eng_recovery_samples,         \
    .fallback = "fresh", .title = N_ ("Samples"),                                        \
    .help = N_ ("n new ones for every iteration, or the same again")                     \
  }
#define ENG_RECOVERY_WHITEN_PARAM                                                        \
  {                                                                                      \
    .key = "whiten", .kind = ENG_PARAM_BOOLEAN, .fallback = "false",                     \
    .flags = ENG_PARAM_ADVANCED, .title = N_ ("Whitened Inputs"),                        \
    .help = N_ ("uncorrelated first, by their measured covariance")                      \
  }
#define ENG_RECOVERY_GRADIENT_PARAM                                                      \
  {                                                                                      \
    .key = "gradient", .kind = ENG_PARAM_CHOICE, .choices = eng_recovery_gradients,      \
    .fallback = "centred", .flags = ENG_PARAM_ADVANCED, .title = N_ ("Gradient"),        \
    .help = N_ ("the last three diverge: misprints of the method")                       \
  }
/* centred: 1/(4n) Σ (c_i − mean c)², which leaves a constant free (rank-one.md section 1);
 * plain: 1/(2n) Σ c_i², with none (deep.md section 4). */
#define ENG_RECOVERY_OBJECTIVE_PARAM                                                     \
  {                                                                                      \
    .key = "objective", .kind = ENG_PARAM_CHOICE, .choices = eng_recovery_objectives,    \
    .fallback = "centred", .flags = ENG_PARAM_ADVANCED, .title = N_ ("Objective"),       \
    .help = N_ ("centred fits a constant as well, plain fits none")                      \
  }
#define ENG_RECOVERY_STEP_PARAM                                                          \
  {                                                                                      \
    .key = "step-size", .kind = ENG_PARAM_REAL, .min = 0, .max = 2,                      \
    .flags = ENG_PARAM_OPEN_MIN | ENG_PARAM_LIVE | ENG_PARAM_OPTIONAL                    \
             | ENG_PARAM_ADVANCED,                                                       \
    .title = N_ ("Step Size η"),                                                         \
    .help = N_ ("by default n/(n + d(r + 2.2)) on fresh samples, else a line search")    \
  }

#define ENG_RECOVERY_MAX_RANK 64

/* The rank asked for, or that of the teacher; 5 where neither says it.  The second is d at
 * most. */
gsize eng_recovery_find_rank (const EngSettings *settings, const EngSettings *problem);
gsize eng_recovery_get_rank (const EngContext *context);
/* The same before the problem is there. */
double eng_recovery_estimate_rank (const EngSettings *settings, const EngSizes *sizes);
/* Refuses ranks above d, fresh samples of a table, and whitening of too few samples or of
 * streamed ones. */
gboolean eng_recovery_check (EngSpec *spec, const EngSettings *settings, GError **error);

/* The other keys. */
gboolean           eng_recovery_is_fresh (const EngSettings *settings);
gboolean           eng_recovery_is_whitened (const EngSettings *settings);
gboolean           eng_recovery_is_plain (const EngSettings *settings);
EngSensingGradient eng_recovery_get_gradient (const EngSettings *settings);

/* For estimates of rank `rank` at most, products with at most `max_columns` vectors, and
 * sums of at most `max_terms` terms with the estimate among them. */
void   eng_recovery_init (EngRecovery      *self,
                          EngLearner       *learner,
                          const EngContext *context,
                          gsize             rank,
                          gsize             max_columns,
                          gsize             max_terms);
double eng_recovery_estimate_bytes (const EngSettings *settings,
                                    const EngSizes    *sizes,
                                    double             max_columns,
                                    double             max_terms);

/* For `prepare`: whitens the training set if asked to. */
gboolean
eng_recovery_prepare (EngRecovery *self, const EngContext *context, GError **error);

/* Fits the first `n_used` rows of a batch from now on. */
void eng_recovery_hold_out (EngRecovery *self, gsize n_used);
/* held_out <- the residual's standard deviation over the rows held out. */
void eng_recovery_measure_held_out (EngRecovery *self);

/* The samples of this iteration and the residual of the present estimate on them; G U in
 * `gu` (nullable) as eng_sensing_set_estimate ().
 * Returns: how that estimate is judged; CONTINUE to go on. */
EngStatus eng_recovery_begin (EngRecovery *self, EngLanes *lanes, EngMat *gu);
/* L <- the best approximation of rank `rank` of L − η Σ_j theta_j v_j v_jᵀ, and the end of
 * the iteration.  theta is overwritten. */
EngStatus
eng_recovery_end (EngRecovery *self, const EngMat *v, double *theta, double eta);
/* L <- Σ_j t_j v_j v_jᵀ, and the end of the iteration, for methods with a state of their
 * own.   v: (k, d)  t: (k), k <= max_terms */
EngStatus eng_recovery_replace (EngRecovery *self, const EngMat *v, const double *t);
/* L <- its best approximation of rank `rank`, which the next iterations have. */
gboolean eng_recovery_truncate (EngRecovery *self, gsize rank);
/* The end of an iteration that wrote `l` itself. */
void eng_recovery_advance (EngRecovery *self);
/* η on fresh samples: n/(n + d (r + 2.2)); sets predicted_rate. */
double eng_recovery_fresh_step (EngRecovery *self, double fixed);

/* For the classes, whose states begin with their EngRecovery. */
extern const EngColumn eng_recovery_columns[];
#define ENG_RECOVERY_RANK 2 /* column of the rank */
void              eng_recovery_measure (EngLearner *learner, double *values);
const EngLowRank *eng_recovery_low_rank (EngLearner *learner);
/* intercept (1), of predictions xᵀLx + intercept. */
void eng_recovery_add_arrays (EngLearner *learner, EngArrays *arrays);
void
eng_recovery_predict (EngLearner *learner, const EngMatF *x, EngLanes *lanes, float *out);

G_END_DECLS
