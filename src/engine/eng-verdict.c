/* SPDX-License-Identifier: GPL-3.0-or-later
 * Regime, trend and evidence of a run. */
#include "config.h"

#include "eng-verdict-private.h"

#include <math.h>

/* A train loss below this share of a test loss above that is memory. */
#define MEMORY_RATIO 0.5
#define MEMORY_LOSS  0.1
/* The part of degree <= k is unlearned while this share of its variance is left, and if it
 * is a part worth speaking of: this share of the teacher's variance. */
#define UNLEARNED_SHARE 0.5
#define LOW_PART_SHARE  0.05

const double *
eng_verdict_get_column (const EngRunView *run, const char *id)
{
  return run->n_records > 0 ? eng_run_view_get_column (run, id) : NULL;
}

static double
get_newest (const EngRunView *run, const char *id)
{
  const double *column = eng_verdict_get_column (run, id);

  return column != NULL ? column[run->n_records - 1] : NAN;
}

/* Returns: the record with the smallest value, the first of equals; -1 without any. */
static gssize
find_smallest (const EngRunView *run, const double *column)
{
  gssize best = -1;

  for (gsize i = 0; column != NULL && i < run->n_records; i++)
    if (isfinite (column[i]) && (best < 0 || column[i] < column[best]))
      best = (gssize) i;
  return best;
}

/* --- trend ------------------------------------------------------------------------ */

static void
judge_trend (const EngRunView *run, EngVerdict *verdict)
{
  const double  *test = eng_verdict_get_column (run, "test-loss");
  gssize         best = find_smallest (run, test), near = 0;
  const guint64 *steps;

  if (best < 0)
    return;
  steps = eng_trace_get_steps (run->trace);
  verdict->best = test[best];
  verdict->latest = test[run->n_records - 1];
  verdict->since = steps[best];
  if (verdict->step < ENG_VERDICT_FIRST_STEP)
    return;
  while (!(test[near] <= (1 + ENG_VERDICT_STALL_MARGIN) * verdict->best))
    near++;
  if (run->status == ENG_STATUS_CONVERGED)
    verdict->trend = ENG_TREND_CONVERGED;
  else if (verdict->latest > (1 + ENG_VERDICT_OVERFIT_MARGIN) * verdict->best)
    verdict->trend = ENG_TREND_OVERFITTING;
  else if ((double) (verdict->step - steps[near])
           >= fmax (ENG_VERDICT_STALL_SHARE * (double) verdict->step,
                    ENG_VERDICT_STALL_PLANNED * (double) run->planned))
    {
      verdict->trend = ENG_TREND_STALLED;
      verdict->since = steps[near];
    }
  else
    verdict->trend = ENG_TREND_FALLING;
}

/* --- regime ----------------------------------------------------------------------- */

static void
decide (EngVerdict *verdict, EngRegime regime, EngEvidence evidence)
{
  verdict->regime = regime;
  verdict->evidence = evidence;
}

static void
judge_divergence (const EngRunView *run, EngVerdict *verdict)
{
  const double *train = eng_verdict_get_column (run, "train-loss");
  gssize        best = find_smallest (run, train);

  decide (verdict, ENG_REGIME_DIVERGED, ENG_EVIDENCE_GROWTH);
  verdict->trend = ENG_TREND_UNKNOWN;
  verdict->step_size = run->step_size;
  verdict->stable_below = run->stable_below;
  if (best < 0)
    return;
  verdict->growth = train[run->n_records - 1] / train[best];
  verdict->growth_steps = verdict->step - eng_trace_get_steps (run->trace)[best];
}

/* Fills the shares of the bands, NaN where unknown.
 * Returns: the share beyond Q1; NaN if there is no movement. */
static double
read_shares (const EngRunView *run, EngVerdict *verdict)
{
  double q1 = get_newest (run, "energy-q1");
  double beyond = fmax (get_newest (run, "energy-beyond-q1"), 0);
  double total = q1 + beyond;

  if (!(total > 0))
    return NAN;
  verdict->share[0] = q1 / total;
  verdict->share[1] = get_newest (run, "energy-q2") / total;
  verdict->share[2] = fmax (get_newest (run, "energy-q3"), 0) / total;
  if (isnan (verdict->share[1]))
    verdict->share[2] = NAN;
  return beyond / total;
}

static void
judge_bands (const EngRunView *run, EngVerdict *verdict)
{
  double      beyond = read_shares (run, verdict);
  gboolean    resolved = isfinite (verdict->share[1]);
  EngEvidence evidence = resolved ? ENG_EVIDENCE_BANDS : ENG_EVIDENCE_UNRESOLVED;

  if (isnan (beyond))
    decide (verdict, run->linearised ? ENG_REGIME_LAZY : ENG_REGIME_UNDECIDED,
            run->linearised ? ENG_EVIDENCE_LINEARISED : ENG_EVIDENCE_MISSING);
  else if (run->linearised)
    decide (verdict, ENG_REGIME_LAZY, evidence);
  else if (resolved && verdict->share[2] > ENG_VERDICT_BAND_SHARE)
    decide (verdict, ENG_REGIME_RICH, evidence);
  else if (resolved && verdict->share[1] > ENG_VERDICT_BAND_SHARE)
    decide (verdict, ENG_REGIME_LAZY_LIKE, evidence);
  else if (resolved || beyond <= ENG_VERDICT_BAND_SHARE)
    decide (verdict, ENG_REGIME_BETWEEN, evidence);
  else
    decide (verdict, ENG_REGIME_UNDECIDED, evidence);
}

static void
judge_network (const EngRunView *run, EngVerdict *verdict)
{
  verdict->drift = get_newest (run, "kernel-drift");
  verdict->gap = get_newest (run, "linearisation-gap");
  if (!isfinite (verdict->drift) || !isfinite (verdict->gap))
    decide (verdict, ENG_REGIME_UNDECIDED, ENG_EVIDENCE_MISSING);
  else if (verdict->drift < ENG_VERDICT_LAZY_DRIFT && verdict->gap < ENG_VERDICT_LAZY_GAP)
    decide (verdict, ENG_REGIME_LAZY, ENG_EVIDENCE_KERNEL);
  else if (verdict->drift > ENG_VERDICT_RICH_DRIFT)
    decide (verdict, ENG_REGIME_RICH, ENG_EVIDENCE_KERNEL);
  else
    decide (verdict, ENG_REGIME_BETWEEN, ENG_EVIDENCE_KERNEL);
}

static gboolean
has_fallen (const EngRunView *run)
{
  const double *train = eng_verdict_get_column (run, "train-loss");
  gssize        best = find_smallest (run, train);

  return best > 0 && train[best] <= (1 - ENG_VERDICT_FALL) * train[0];
}

static void
judge_details (const EngRunView *run, const EngFacts *facts, EngVerdict *verdict)
{
  double low = get_newest (run, "test-low");
  double train = get_newest (run, "train-loss");

  double part = 1 - facts->best_low_fit;

  if (part > LOW_PART_SHARE && low > UNLEARNED_SHARE * part)
    verdict->low_error = low;
  verdict->train = train;
  verdict->memorises = verdict->latest > MEMORY_LOSS
                       && train < MEMORY_RATIO * verdict->latest;
}

/* Neither lazy nor rich is what has no neurons that could move. */
static gboolean
has_neurons (const EngRunView *run)
{
  return run->m > 0 || eng_verdict_get_column (run, "energy-q1") != NULL
         || eng_verdict_get_column (run, "kernel-drift") != NULL;
}

static void
judge_fit (EngVerdict *verdict)
{
  if (verdict->step == 0 || !isfinite (verdict->latest))
    decide (verdict, ENG_REGIME_UNDECIDED, ENG_EVIDENCE_EARLY);
  else if (verdict->latest >= ENG_VERDICT_UNLEARNED)
    decide (verdict, ENG_REGIME_UNLEARNED, ENG_EVIDENCE_LOSS);
  else
    decide (verdict, ENG_REGIME_FITTED, ENG_EVIDENCE_LOSS);
}

void
eng_verdict_judge (const EngRunView *run, const EngFacts *facts, EngVerdict *verdict)
{
  *verdict = (EngVerdict){
    .best = NAN,
    .latest = NAN,
    .train = NAN,
    .share = { NAN, NAN, NAN },
    .drift = NAN,
    .gap = NAN,
    .low_error = NAN,
    .growth = NAN,
    .step_size = NAN,
    .stable_below = NAN,
    .error = NAN,
    .residual = NAN,
    .rate = NAN,
    .predicted_rate = NAN,
    .ridge = NAN,
  };
  if (run->trace != NULL && run->n_records > 0)
    verdict->step = eng_trace_get_steps (run->trace)[run->n_records - 1];
  judge_trend (run, verdict);
  judge_details (run, facts, verdict);
  if (get_newest (run, "ridge-added") > 0)
    verdict->ridge = get_newest (run, "ridge");
  if (run->status == ENG_STATUS_DIVERGED)
    judge_divergence (run, verdict);
  else if (eng_verdict_is_of_matrix (run))
    eng_verdict_judge_matrix (run, facts, verdict);
  else if (!has_neurons (run))
    judge_fit (verdict);
  else if (run->linearised)
    judge_bands (run, verdict);
  else if (verdict->step < ENG_VERDICT_FIRST_STEP)
    decide (verdict, ENG_REGIME_UNDECIDED, ENG_EVIDENCE_EARLY);
  else if (!has_fallen (run))
    decide (verdict, ENG_REGIME_UNDECIDED, ENG_EVIDENCE_NO_FALL);
  else if (run->full_network)
    judge_network (run, verdict);
  else
    judge_bands (run, verdict);
}

const char *
eng_regime_get_id (EngRegime regime)
{
  static const char *const ids[] = { "undecided", "lazy",       "lazy-like",
                                     "between",   "rich",       "diverged",
                                     "recovered", "recovering", "noise-floor",
                                     "stalled",   "wrong-rank", "fitted",
                                     "unlearned" };

  return ids[regime];
}

const char *
eng_trend_get_id (EngTrend trend)
{
  static const char *const ids[] = { "unknown", "falling", "stalled", "overfitting",
                                     "converged" };

  return ids[trend];
}
