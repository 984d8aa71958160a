/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngLearner: one algorithm on the shared problem.
 *
 * A learner is a constant class plus state in its run's arena.  What it learns is seen
 * from outside only through predict, weights and its two-layer network, so movement,
 * bands, drift and overlap are observables written once for all.  Engine thread. */
#pragma once

#include "eng-advice.h"
#include "eng-arrays.h"
#include "eng-basis.h"
#include "eng-coefficients.h"
#include "eng-low-rank.h"
#include "eng-problem.h"
#include "eng-trace.h"
#include "eng-two-layer.h"

G_BEGIN_DECLS

/* What a learner may use.  Borrowed; outlives the learner. */
typedef struct
{
  const EngSettings *settings; /* the run's */
  EngProblem        *problem;
  EngArena          *arena; /* sealed after init */
  guint64            seed;  /* the run's */
  EngBasis  *basis;   /* from `prepare` on, if the learner has a two-layer student */
  EngLanes  *lanes;   /* for `prepare`; may be NULL */
  GPtrArray *streams; /* owns what eng_context_stream () made */
  const int *cancel;  /* atomic; nonzero: the owner wants to stop.  May be NULL */
} EngContext;

/* Whether a long computation should give up. */
gboolean eng_context_should_stop (const EngContext *self);
/* Stream (`name`, `index`) of the run, kept for its whole life.  (transfer none) */
EngRng *eng_context_stream (const EngContext *self, const char *name, guint64 index);

#define ENG_LEARNER_MAX_COLUMNS 32

struct _EngLearnerClass
{
  const char            *id;
  const char            *title; /* N_() */
  const char            *help;  /* N_(): one line */
  const EngParam *const *tables;
  gsize                  state_size;
  gboolean               linearised;     /* lazy by construction */
  gboolean               full_network;   /* predicts with f itself */
  gboolean               reads_streamed; /* needs no x_train: reads EngSamples alone */

  /* Whether these settings can run on this problem, before anything is built. */
  gboolean (*check) (EngSpec *spec, const EngSettings *settings, GError **error);
  /* What is to be said of settings that can run but promise little; translated, NULL:
   * nothing.  (transfer full) */
  char *(*hint) (EngSpec *spec, const EngSettings *settings); /* may be NULL */
  /* Whether these settings are known to diverge, and what would not (eng-advice.h). */
  gboolean (*find_remedy) (EngSpec           *spec,
                           const EngSettings *settings,
                           EngRemedy         *remedy); /* may be NULL */
  /* Bytes the run will take. */
  double (*estimate_bytes) (const EngSettings *settings, const EngSizes *sizes);
  /* Takes all memory and draws the start.  */
  gboolean (*init) (EngLearner *self, const EngContext *context, GError **error);
  /* The long computations before step 1: features, largest eigenvalue.  Allocates nothing
   * that stays. */
  gboolean (*prepare) (EngLearner *self, const EngContext *context, GError **error);
  /* One step.  First judges the loss at the present weights: CONVERGED and DIVERGED leave
   * them as they are, and so does STOPPED, the answer of a long step to its owner's wish. */
  EngStatus (*step) (EngLearner *self, EngLanes *lanes);
  /* Predictions in units of the target.   x: (n, d)   out: (n)
   * A learner with a two-layer student gives `combine` instead: predictions from the
   * terms that a record evaluates once for everybody, each (n). */
  void (*predict) (EngLearner *self, const EngMatF *x, EngLanes *lanes, float *out);
  void (*combine) (EngLearner *self, gsize n, const EngTerms *terms, float *out);
  /* Movement and initial weights of layer `layer`, or NULL beyond the last; both vfuncs
   * NULL for learners without weights. */
  const EngMatF *(*weights) (EngLearner *self, guint layer);
  const EngMatF *(*initial_weights) (EngLearner *self, guint layer);
  /* The two-layer student, or NULL (vfunc or result). */
  EngTwoLayer *(*two_layer) (EngLearner *self);
  /* Σ̂ of the features that it learns on, once prepared; NULL: none (vfunc or result).
   * (transfer full) */
  EngSpectrum *(*make_spectrum) (EngLearner *self);
  /* Whether it has one with these settings; NULL: never. */
  gboolean (*has_spectrum) (EngSpec *spec, const EngSettings *settings);
  /* The symmetric matrix that it has estimated, of learners that estimate one; else NULL
   * (vfunc or result). */
  const EngLowRank *(*low_rank) (EngLearner *self);
  /* Whether it estimates one with these settings; NULL: always, with that vfunc. */
  gboolean (*is_matrix) (EngSpec *spec, const EngSettings *settings);
  /* The linear predictor of a learner that has one, beside those of theory; else NULL (vfunc
   * or result). */
  const EngCoefficients *(*coefficients) (EngLearner *self);
  /* The teacher's directions as far as it has found them, (at most r, d) unit rows, of
   * learners that look for them; else NULL (vfunc or result). */
  const EngMat *(*directions) (EngLearner *self);
  /* Names the arrays that its predictions are made of, beyond those of its two-layer student
   * or of its matrix (eng-export.h); NULL: nothing beyond them. */
  void (*add_arrays) (EngLearner *self, EngArrays *arrays);
  /* A LIVE key changes; the value was checked. */
  void (*set_live) (EngLearner *self, const char *key, double value); /* may be NULL */
  /* Own scalars, at most ENG_LEARNER_MAX_COLUMNS, appended to the trace after the
   * observables'.  NULL: none. */
  const EngColumn *columns; /* ends with an id of NULL */
  void (*measure) (EngLearner *self, double *values);
};

struct _EngLearner
{
  const EngLearnerClass *klass;
  EngContext             context;
  gpointer               state; /* (klass->state_size), arena memory, zeroed */

  double   stop_train_loss; /* relative train loss that ends the run; 0: never */
  gboolean judged_exactly;  /* the last step saw the whole training loss */
  double   train_loss; /* relative, at the weights before the last step; NaN before */
  double   rate;       /* c */
  double   fixed_step_size;   /* η if given; 0: c / λ_max */
  double   step_size;         /* η in use */
  double   sum_of_steps;      /* Σ η of the steps taken; NaN without η */
  gboolean objective_changed; /* by a live key, since step 0 */
  double   lambda_max;        /* of the quadratic part; NaN if the learner has none */
};

/* Keys every run has: learner, label, steps, stop-train-loss, seed. */
extern const EngParam eng_learner_common_params[];
/* The same for the matrix methods, which take few steps. */
extern const EngParam eng_learner_matrix_params[];
/* The same for methods that solve one system, in one step. */
extern const EngParam eng_learner_direct_params[];
/* The same for methods that search, then refine. */
extern const EngParam eng_learner_search_params[];
/* Step size keys of gradient learners, as entries of a table: rate, step-size. */
#define ENG_STEP_PARAMS(default_rate)                                                    \
  { .key = "rate",                                                                       \
    .kind = ENG_PARAM_REAL,                                                              \
    .min = 0,                                                                            \
    .max = 4,                                                                            \
    .flags = ENG_PARAM_OPEN_MIN | ENG_PARAM_LIVE,                                        \
    .fallback = default_rate,                                                            \
    .title = N_ ("Rate c"),                                                              \
    .help = N_ ("step size η = c / λ_max; stable below 2") },                            \
  {                                                                                      \
    .key = "step-size", .kind = ENG_PARAM_REAL, .min = 0, .max = 1e6,                    \
    .flags = ENG_PARAM_OPEN_MIN | ENG_PARAM_LIVE | ENG_PARAM_OPTIONAL                    \
             | ENG_PARAM_ADVANCED,                                                       \
    .title = N_ ("Step Size η"), .help = N_ ("replaces c / λ_max if given")              \
  }

/* Generic entry points; they check shapes and call the class. */
EngLearner *eng_learner_new (const EngLearnerClass *klass,
                             const EngContext      *context,
                             GError               **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
eng_learner_prepare (EngLearner *self, EngBasis *basis, EngLanes *lanes, GError **error);
EngStatus eng_learner_step (EngLearner *self, EngLanes *lanes);
/* `terms` (nullable): arrays (n) that receive the two-layer terms on the way. */
void                   eng_learner_predict (EngLearner    *self,
                                            const EngMatF *x,
                                            EngLanes      *lanes,
                                            EngTerms      *terms,
                                            float         *out);
const EngMatF         *eng_learner_weights (EngLearner *self, guint layer);
const EngMatF         *eng_learner_initial_weights (EngLearner *self, guint layer);
EngTwoLayer           *eng_learner_two_layer (EngLearner *self);    /* (nullable) */
const EngLowRank      *eng_learner_low_rank (EngLearner *self);     /* (nullable) */
const EngCoefficients *eng_learner_coefficients (EngLearner *self); /* (nullable) */
const EngMat          *eng_learner_directions (EngLearner *self);   /* (nullable) */
void                   eng_learner_add_arrays (EngLearner *self, EngArrays *arrays);
/* Whether a run of this class with these settings estimates a symmetric matrix. */
gboolean eng_learner_class_is_matrix (const EngLearnerClass *klass,
                                      EngSpec               *spec,
                                      const EngSettings     *settings);
void     eng_learner_set_live (EngLearner *self, const char *key, double value);

/* For classes: η after `rate`, `fixed_step_size` or `lambda_max` changed. */
void eng_learner_update_step_size (EngLearner *self);
/* For classes: what step () must answer for a relative train loss of `loss`.  A loss of a
 * mini-batch or under dropout is not `is_exact`: then only divergence is judged here, and
 * the stop rule at records. */
EngStatus eng_learner_judge (EngLearner *self, double loss, gboolean is_exact);

/* DIVERGED beyond this multiple of Var(f*) (NOTATION "Steps, records, ends"). */
#define ENG_DIVERGED_LOSS 1e4

G_END_DECLS
