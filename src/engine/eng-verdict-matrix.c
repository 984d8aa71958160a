/* SPDX-License-Identifier: GPL-3.0-or-later
 * The verdict on a run that estimates a matrix: whether it is recovered, on its way there,
 * or stuck, and at what. */
#include "config.h"

#include "eng-verdict-private.h"

#include <math.h>

/* The rate is that of the latest steps: this share of them, but at least so many. */
#define RATE_SHARE 0.5
#define RATE_STEPS 4
/* Fresh samples let the error at its floor vary by less than this; descent of a network
 * comes nearer by less for long and still moves. */
#define FLOOR_MARGIN 0.25
/* A third of the records at most this far below the third before still falls. */
#define FALLING 0.95
/* The residual is the noise up to this factor. */
#define NOISE_MARGIN 1.3
/* With an error of so many times the noise, or so large, something else is in the way. */
#define FLOOR_RATIO 3.0
#define FLOOR_ERROR 0.5
/* A run that is over stands still if an eighth of its records changed by less than this. */
#define STILL_SHARE  8
#define STILL_MARGIN 0.01
/* A stationary point that is none of the target: its residual is this much smaller. */
#define SPURIOUS_RATIO 0.1

gboolean
eng_verdict_is_of_matrix (const EngRunView *run)
{
  return eng_verdict_get_column (run, "relative-error") != NULL;
}

/* Its standard deviation beside that of the labels. */
static double
get_noise (const EngFacts *facts)
{
  return sqrt (facts->noise_level / (1 + facts->noise_level));
}

/* Returns: (transfer none) (nullable): what is to fall: the error or, where the truth is
 * not known, the residual, which for a network is in its train loss. */
static const double *
choose_measure (const EngRunView *run, const EngFacts *facts, EngVerdict *verdict)
{
  const double *error = eng_verdict_get_column (run, "relative-error");
  const double *residual = eng_verdict_get_column (run, "residual");
  gsize         last = run->n_records - 1;

  verdict->residual = residual != NULL ? residual[last]
                                       : sqrt (verdict->train / (1 + facts->noise_level));
  verdict->error = error[last];
  return isfinite (verdict->error) ? error : residual;
}

static gsize
find_first_below (const double *values, gsize n, double limit)
{
  gsize i = 0;

  while (i < n && !(values[i] <= limit))
    i++;
  return i;
}

static double
find_smallest (const double *values, gsize n)
{
  double smallest = NAN;

  for (gsize i = 0; i < n; i++)
    smallest = fmin (smallest, values[i]);
  return smallest;
}

/* Returns: what is left after a step, on average over the latest; NaN if unknown. */
static double
measure_rate (const guint64 *steps, const double *values, gsize n)
{
  gsize  last = n - 1, from = last;
  double wanted = fmax (RATE_STEPS, RATE_SHARE * (double) steps[last]);

  while (from > 0 && (double) (steps[last] - steps[from]) < wanted && steps[from - 1] > 0
         && values[from - 1] > 0)
    from--;
  if (from == last || !(values[last] > 0))
    return NAN;
  return pow (values[last] / values[from], 1.0 / (double) (steps[last] - steps[from]));
}

static void
decide (EngVerdict *verdict, EngRegime regime, EngTrend trend, EngEvidence evidence)
{
  verdict->regime = regime;
  verdict->trend = trend;
  verdict->evidence = evidence;
}

/* What it is that a run has stopped at. */
static void
judge_stall (const EngFacts *facts, EngVerdict *verdict)
{
  double noise = get_noise (facts);

  if (verdict->rank > 0 && verdict->rank < verdict->true_rank)
    decide (verdict, ENG_REGIME_WRONG_RANK, ENG_TREND_STALLED, ENG_EVIDENCE_RANK);
  else if (noise > 0 && verdict->residual <= NOISE_MARGIN * noise
           && !(verdict->error > fmin (FLOOR_ERROR, FLOOR_RATIO * noise)))
    decide (verdict, ENG_REGIME_FLOOR, ENG_TREND_STALLED, ENG_EVIDENCE_RECOVERY);
  else if (verdict->residual < SPURIOUS_RATIO * verdict->error)
    decide (verdict, ENG_REGIME_STALLED, ENG_TREND_STALLED, ENG_EVIDENCE_SPURIOUS);
  else
    decide (verdict, ENG_REGIME_STALLED, ENG_TREND_STALLED, ENG_EVIDENCE_RECOVERY);
}

/* A method that is done after a step or two has had its time. */
static gboolean
is_early (const EngRunView *run, const EngVerdict *verdict)
{
  gboolean is_over = run->status == ENG_STATUS_FINISHED
                     || run->status == ENG_STATUS_CONVERGED;

  return verdict->step < (is_over ? 1 : ENG_VERDICT_FIRST_ITERATION);
}

static gboolean
stands_still (const EngRunView *run, const double *values)
{
  gsize last = run->n_records - 1, before = last - last / STILL_SHARE;

  return run->status != ENG_STATUS_CONTINUE && before < last
         && fabs (values[before] - values[last]) <= STILL_MARGIN * values[last];
}

/* For long it has come no nearer; or it is over, and no iterations tell of a rate. */
static gboolean
has_stalled (const EngRunView *run, const EngVerdict *verdict, const double *values)
{
  guint64 steps = verdict->step - verdict->since;
  gsize   n = run->n_records, third = n / 3;

  if (!isfinite (verdict->rate))
    return run->status != ENG_STATUS_CONTINUE;
  if (stands_still (run, values))
    return TRUE;
  /* Slowly, but it falls. */
  if (third > 0
      && find_smallest (values + n - third, third)
             < FALLING * find_smallest (values + n - 2 * third, third))
    return FALSE;
  return steps >= ENG_VERDICT_STALL_ITERATIONS
         && (double) steps >= ENG_VERDICT_STALL_SHARE * (double) verdict->step;
}

void
eng_verdict_judge_matrix (const EngRunView *run,
                          const EngFacts   *facts,
                          EngVerdict       *verdict)
{
  const double  *values = choose_measure (run, facts, verdict);
  const guint64 *steps = eng_trace_get_steps (run->trace);
  gsize          n = run->n_records;
  double         best = values == NULL ? NAN : find_smallest (values, n);
  double         margin = run->full_network ? ENG_VERDICT_STALL_MARGIN : FLOOR_MARGIN;

  decide (verdict, ENG_REGIME_UNDECIDED, ENG_TREND_UNKNOWN, ENG_EVIDENCE_EARLY);
  if (is_early (run, verdict) || !isfinite (best))
    return;
  verdict->rank = eng_run_view_get_rank (run);
  verdict->true_rank = facts->true_rank;
  verdict->rate = measure_rate (steps, values, n);
  verdict->predicted_rate = eng_run_view_get_last (run, "predicted-rate");
  verdict->since = steps[find_first_below (values, n, (1 + margin) * best)];
  /* Samples that are fitted say nothing of a matrix that is not known. */
  if (!isfinite (verdict->error)
      && (values[n - 1] <= ENG_VERDICT_RECOVERED || run->status != ENG_STATUS_CONTINUE))
    decide (verdict, ENG_REGIME_FITTED, ENG_TREND_CONVERGED, ENG_EVIDENCE_LOSS);
  else if (values[n - 1] <= ENG_VERDICT_RECOVERED)
    {
      decide (verdict, ENG_REGIME_RECOVERED, ENG_TREND_CONVERGED, ENG_EVIDENCE_RECOVERY);
      verdict->since = steps[find_first_below (values, n, ENG_VERDICT_RECOVERED)];
      verdict->rate = eng_run_view_get_rate (run);
    }
  else if (has_stalled (run, verdict, values))
    judge_stall (facts, verdict);
  else if (verdict->rate < 1 || verdict->since > 0)
    decide (verdict, ENG_REGIME_RECOVERING, ENG_TREND_FALLING, ENG_EVIDENCE_RATE);
  else
    decide (verdict, ENG_REGIME_UNDECIDED, ENG_TREND_UNKNOWN, ENG_EVIDENCE_NO_FALL);
}
