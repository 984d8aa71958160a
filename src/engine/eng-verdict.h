/* SPDX-License-Identifier: GPL-3.0-or-later
 * The verdict on one run: its regime, where its loss is going, and the evidence, judged
 * from recorded numbers alone (NOTATION "Observables", design language section 7).  A run
 * that estimates a matrix has regimes of its own: whether it is recovered. */
#pragma once

#include "eng-snapshot.h"

G_BEGIN_DECLS

/* Thresholds.  Of a full network: lazy below both, rich above; of a student with bands: the
 * share of ‖W‖² that one of them must exceed. */
#define ENG_VERDICT_LAZY_DRIFT 0.1
#define ENG_VERDICT_LAZY_GAP   0.1
#define ENG_VERDICT_RICH_DRIFT 0.4
#define ENG_VERDICT_BAND_SHARE 0.8
/* Nothing is said before this step, or before the train loss fell by this share. */
#define ENG_VERDICT_FIRST_STEP 20
#define ENG_VERDICT_FALL       0.01
/* Stalled since the first step within STALL_MARGIN of the best test loss, if it lies at
 * least STALL_SHARE of the steps back, and STALL_PLANNED of the steps planned (a pause of
 * the first steps is none); overfitting at OVERFIT_MARGIN above the best. */
#define ENG_VERDICT_STALL_MARGIN   0.02
#define ENG_VERDICT_STALL_SHARE    0.2
#define ENG_VERDICT_STALL_PLANNED  0.05
#define ENG_VERDICT_OVERFIT_MARGIN 0.1
/* Of a method without neurons: nothing is learned at this test loss. */
#define ENG_VERDICT_UNLEARNED 0.95
/* Of a matrix: recovered at this relative error; nothing is said before this iteration; and
 * stalled after so many near the best, and STALL_SHARE of all. */
#define ENG_VERDICT_RECOVERED        1e-6
#define ENG_VERDICT_FIRST_ITERATION  3
#define ENG_VERDICT_STALL_ITERATIONS 5

typedef enum
{
  ENG_REGIME_UNDECIDED, /* too early, or evidence is missing */
  ENG_REGIME_LAZY,
  ENG_REGIME_LAZY_LIKE, /* Taylor students whose movement is in Q2 */
  ENG_REGIME_BETWEEN,
  ENG_REGIME_RICH,
  ENG_REGIME_DIVERGED,
  ENG_REGIME_RECOVERED, /* of a matrix, as those below */
  ENG_REGIME_RECOVERING,
  ENG_REGIME_FLOOR,      /* no better than the noise allows */
  ENG_REGIME_STALLED,    /* before that */
  ENG_REGIME_WRONG_RANK, /* no better than its rank allows */
  ENG_REGIME_FITTED,     /* a method without neurons, which has no regime */
  ENG_REGIME_UNLEARNED,  /* such a one that predicts no better than the mean */
} EngRegime;

typedef enum
{
  ENG_TREND_UNKNOWN,
  ENG_TREND_FALLING,
  ENG_TREND_STALLED,
  ENG_TREND_OVERFITTING,
  ENG_TREND_CONVERGED, /* met its stop rule */
} EngTrend;

/* What the regime rests on; says which numbers of the verdict are meant. */
typedef enum
{
  ENG_EVIDENCE_MISSING,    /* what would tell is not recorded */
  ENG_EVIDENCE_EARLY,      /* before ENG_VERDICT_FIRST_STEP */
  ENG_EVIDENCE_NO_FALL,    /* the train loss has hardly fallen */
  ENG_EVIDENCE_LINEARISED, /* lazy by construction; nothing has moved yet */
  ENG_EVIDENCE_BANDS,      /* shares of Q1, Q2, Q3 */
  ENG_EVIDENCE_UNRESOLVED, /* share of Q1; the probes do not tell Q2 from Q3 */
  ENG_EVIDENCE_KERNEL,     /* drift and gap */
  ENG_EVIDENCE_GROWTH,     /* of the train loss, and the step size */
  ENG_EVIDENCE_RECOVERY,   /* error, or residual where it is not known, since when */
  ENG_EVIDENCE_RATE,       /* the same, and what a step leaves of it */
  ENG_EVIDENCE_SPURIOUS,   /* a small residual but a large error */
  ENG_EVIDENCE_RANK,       /* that of the estimate, that of L*, and the error */
  ENG_EVIDENCE_LOSS,       /* train and test */
} EngEvidence;

/* Numbers that are not known are NaN. */
typedef struct
{
  EngRegime   regime;
  EngTrend    trend;
  EngEvidence evidence;

  guint64  step;         /* of the newest record */
  guint64  since;        /* stalled: first step near the best; recovered: the first
                            step at which it was; else step of the best */
  double   best;         /* smallest test loss, relative */
  double   latest;       /* newest test loss */
  double   train;        /* newest train loss */
  double   share[3];     /* of ‖W‖² in Q1, Q2, Q3 */
  double   drift, gap;   /* of a full network */
  double   low_error;    /* test loss on degree <= k, where that part is unlearned */
  gboolean memorises;    /* the train loss is less than half of a large test loss */
  double   growth;       /* diverged: newest train loss over the smallest */
  guint64  growth_steps; /* steps between the two */
  double   step_size, stable_below;
  double   error;          /* of a matrix, relative; NaN where the truth is not known */
  double   residual;       /* on the samples of the newest step, relative */
  double   rate;           /* what a step leaves of the error, or else of the residual */
  double   predicted_rate; /* the same as theory has it */
  gsize    rank, true_rank;
  double   ridge; /* in use, where it had to grow to be of any use */
} EngVerdict;

/* A pure function of the records, the status and the kind of the run. */
void
eng_verdict_judge (const EngRunView *run, const EngFacts *facts, EngVerdict *verdict);

/* Words used in files: undecided, lazy, lazy-like, between, rich, diverged, recovered,
 * recovering, noise-floor, stalled, wrong-rank, fitted, unlearned; and unknown, falling, stalled, overfitting, converged.  (transfer none) */
const char *eng_regime_get_id (EngRegime regime);
const char *eng_trend_get_id (EngTrend trend);

G_END_DECLS
