/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verdicts from recorded numbers, on both sides of every threshold of NOTATION
 * "Observables" and of the design language, section 7. */
#include "eng-verdict.h"

#include <math.h>

#define N_STEPS 100

enum
{
  TRAIN,
  TEST,
  LOW,
  Q1,
  Q2,
  Q3,
  BEYOND,
  DRIFT,
  GAP,
  N_COLUMNS,
};

static const EngColumn columns[N_COLUMNS] = {
  { "train-loss", "" },       { "test-loss", "" },    { "test-low", "" },
  { "energy-q1", "" },        { "energy-q2", "" },    { "energy-q3", "" },
  { "energy-beyond-q1", "" }, { "kernel-drift", "" }, { "linearisation-gap", "" },
};

/* Numbers at a step: a loss that falls all the time, and the energies and measures given
 * in `last`, throughout. */
typedef struct
{
  EngRunView run;
  EngFacts   facts;
  double     last[N_COLUMNS];
} Case;

static void
case_init (Case *self)
{
  *self = (Case){ .facts = { .k = 1, .best_low_fit = 0.5 } };
  for (guint c = 0; c < N_COLUMNS; c++)
    self->last[c] = NAN;
}

static void
case_set_energies (Case *self, double q1, double q2, double q3)
{
  self->last[Q1] = q1;
  self->last[Q2] = q2;
  self->last[Q3] = q3;
  self->last[BEYOND] = q2 + q3;
}

typedef double (*Curve) (guint64 step);

static double
falling (guint64 step)
{
  return 1.0 / (1.0 + 0.1 * (double) step);
}

static void
case_fill (Case *self, guint64 n_steps, Curve train, Curve test)
{
  EngTrace *trace = eng_trace_new (columns, N_COLUMNS, n_steps + 1, 0);

  for (guint64 step = 0; step <= n_steps; step++)
    {
      eng_trace_open (trace, step, 0);
      for (guint c = 0; c < N_COLUMNS; c++)
        eng_trace_set (trace, c, self->last[c]);
      eng_trace_set (trace, TRAIN, train (step));
      eng_trace_set (trace, TEST, test (step));
      eng_trace_publish (trace);
    }
  g_clear_pointer (&self->run.trace, eng_trace_unref);
  self->run.trace = trace;
  self->run.n_records = n_steps + 1;
}

static EngVerdict
judge_after (Case *self, guint64 n_steps, Curve train, Curve test)
{
  EngVerdict verdict;

  case_fill (self, n_steps, train, test);
  eng_verdict_judge (&self->run, &self->facts, &verdict);
  g_clear_pointer (&self->run.trace, eng_trace_unref);
  return verdict;
}

static EngVerdict
judge (Case *self)
{
  return judge_after (self, N_STEPS, falling, falling);
}

/* --- regimes ----------------------------------------------------------------------- */

static EngRegime
judge_kernel (double drift, double gap)
{
  Case self;

  case_init (&self);
  self.run.full_network = TRUE;
  self.last[DRIFT] = drift;
  self.last[GAP] = gap;
  return judge (&self).regime;
}

static void
test_network (void)
{
  g_assert_cmpint (judge_kernel (0.0999, 0.0999), ==, ENG_REGIME_LAZY);
  g_assert_cmpint (judge_kernel (0.1, 0.05), ==, ENG_REGIME_BETWEEN);
  g_assert_cmpint (judge_kernel (0.05, 0.1), ==, ENG_REGIME_BETWEEN);
  g_assert_cmpint (judge_kernel (0.4, 0.05), ==, ENG_REGIME_BETWEEN);
  g_assert_cmpint (judge_kernel (0.4001, 0.05), ==, ENG_REGIME_RICH);
  g_assert_cmpint (judge_kernel (NAN, 0.05), ==, ENG_REGIME_UNDECIDED);
  g_assert_cmpint (judge_kernel (0.5, NAN), ==, ENG_REGIME_UNDECIDED);
}

static EngVerdict
judge_energies (double q1, double q2, double q3)
{
  Case self;

  case_init (&self);
  case_set_energies (&self, q1, q2, q3);
  return judge (&self);
}

static void
test_bands (void)
{
  EngVerdict rich = judge_energies (0.06, 0.03, 0.91);

  g_assert_cmpint (rich.regime, ==, ENG_REGIME_RICH);
  g_assert_cmpfloat_with_epsilon (rich.share[2], 0.91, 1e-12);
  g_assert_cmpint (judge_energies (1, 1, 8.01).regime, ==, ENG_REGIME_RICH);
  g_assert_cmpint (judge_energies (1, 1, 7.99).regime, ==, ENG_REGIME_BETWEEN);
  g_assert_cmpint (judge_energies (1, 8.01, 1).regime, ==, ENG_REGIME_LAZY_LIKE);
  g_assert_cmpint (judge_energies (1, 7.99, 1).regime, ==, ENG_REGIME_BETWEEN);
  /* Differences of energies may come out slightly negative. */
  g_assert_cmpint (judge_energies (0.1, 0.9, -1e-9).regime, ==, ENG_REGIME_LAZY_LIKE);
  g_assert_cmpint (judge_energies (0, 0, 0).regime, ==, ENG_REGIME_UNDECIDED);
  g_assert_cmpint (judge_energies (NAN, NAN, NAN).evidence, ==, ENG_EVIDENCE_MISSING);
}

/* Where the probes do not tell Q2 from Q3, only Q1 can decide. */
static void
test_unresolved (void)
{
  Case       self;
  EngVerdict verdict;

  case_init (&self);
  self.last[Q1] = 0.19;
  self.last[BEYOND] = 0.81;
  verdict = judge (&self);
  g_assert_cmpint (verdict.regime, ==, ENG_REGIME_UNDECIDED);
  g_assert_cmpint (verdict.evidence, ==, ENG_EVIDENCE_UNRESOLVED);
  g_assert_true (isnan (verdict.share[1]) && isnan (verdict.share[2]));
  self.last[Q1] = 0.21;
  self.last[BEYOND] = 0.79;
  g_assert_cmpint (judge (&self).regime, ==, ENG_REGIME_BETWEEN);
}

/* A linearised student is lazy whatever it did, from the first record on. */
static void
test_linearised (void)
{
  Case self;

  case_init (&self);
  self.run.linearised = TRUE;
  case_set_energies (&self, 0, 0, 0);
  g_assert_cmpint (judge_after (&self, 0, falling, falling).evidence, ==,
                   ENG_EVIDENCE_LINEARISED);
  case_set_energies (&self, 0.05, 0.01, 0.94);
  g_assert_cmpint (judge (&self).regime, ==, ENG_REGIME_LAZY);
  g_assert_cmpint (judge_after (&self, 5, falling, falling).regime, ==, ENG_REGIME_LAZY);
}

static double
hardly (guint64 step)
{
  return step == 0 ? 1 : 0.9901;
}

static double
just (guint64 step)
{
  return step == 0 ? 1 : 0.99;
}

static void
test_early (void)
{
  Case self;

  case_init (&self);
  case_set_energies (&self, 0.05, 0.01, 0.94);
  g_assert_cmpint (judge_after (&self, 19, falling, falling).evidence, ==,
                   ENG_EVIDENCE_EARLY);
  g_assert_cmpint (judge_after (&self, 20, falling, falling).regime, ==, ENG_REGIME_RICH);
  g_assert_cmpint (judge_after (&self, 50, hardly, falling).evidence, ==,
                   ENG_EVIDENCE_NO_FALL);
  g_assert_cmpint (judge_after (&self, 50, just, falling).regime, ==, ENG_REGIME_RICH);
}

/* --- trends ------------------------------------------------------------------------ */

static guint64 floor_step; /* from which the loss is flat */
static double  rise;       /* from there to the end */

static double
flattens (guint64 step)
{
  return step < floor_step ? 2.0 - (double) step / (double) floor_step : 1.0;
}

static double
rises_again (guint64 step)
{
  return step < 50 ? falling (step)
                   : falling (50) * (1 + rise * ((double) step - 50) / 50);
}

static EngVerdict
judge_trend (Curve test)
{
  Case self;

  case_init (&self);
  case_set_energies (&self, 0.05, 0.01, 0.94);
  return judge_after (&self, N_STEPS, falling, test);
}

static void
test_stalled (void)
{
  EngVerdict verdict;

  g_assert_cmpint (judge_trend (falling).trend, ==, ENG_TREND_FALLING);
  /* Within 2 % of the best from the last step of the slope on. */
  floor_step = 80;
  verdict = judge_trend (flattens);
  g_assert_cmpint (verdict.trend, ==, ENG_TREND_STALLED);
  g_assert_cmpuint (verdict.since, ==, 79);
  floor_step = 81;
  verdict = judge_trend (flattens);
  g_assert_cmpint (verdict.trend, ==, ENG_TREND_STALLED);
  g_assert_cmpuint (verdict.since, ==, 80);
  floor_step = 82;
  g_assert_cmpint (judge_trend (flattens).trend, ==, ENG_TREND_FALLING);
}

/* A pause in the first steps of a long run is none. */
static void
test_paused (void)
{
  Case self;

  case_init (&self);
  case_set_energies (&self, 1, 1, 1);
  floor_step = 70;
  self.run.planned = 500;
  g_assert_cmpint (judge_after (&self, 100, falling, flattens).trend, ==,
                   ENG_TREND_STALLED);
  self.run.planned = 1000;
  g_assert_cmpint (judge_after (&self, 100, falling, flattens).trend, ==,
                   ENG_TREND_FALLING);
}

static void
test_overfitting (void)
{
  EngVerdict verdict;

  rise = 0.099;
  g_assert_cmpint (judge_trend (rises_again).trend, ==, ENG_TREND_STALLED);
  rise = 0.101;
  verdict = judge_trend (rises_again);
  g_assert_cmpint (verdict.trend, ==, ENG_TREND_OVERFITTING);
  g_assert_cmpuint (verdict.since, ==, 50);
  g_assert_cmpfloat_with_epsilon (verdict.best, falling (50), 1e-12);
}

static void
test_converged (void)
{
  Case self;

  case_init (&self);
  case_set_energies (&self, 0.05, 0.01, 0.94);
  self.run.status = ENG_STATUS_CONVERGED;
  g_assert_cmpint (judge (&self).trend, ==, ENG_TREND_CONVERGED);
}

/* --- evidence ---------------------------------------------------------------------- */

static double
explodes (guint64 step)
{
  return step < 3 ? 1.0 - 0.1 * (double) step : pow (2, (double) step - 3);
}

static void
test_diverged (void)
{
  Case       self;
  EngVerdict verdict;

  case_init (&self);
  self.run.linearised = TRUE;
  self.run.status = ENG_STATUS_DIVERGED;
  self.run.step_size = 4.93;
  self.run.stable_below = 4.58;
  verdict = judge_after (&self, 8, explodes, explodes);
  g_assert_cmpint (verdict.regime, ==, ENG_REGIME_DIVERGED);
  g_assert_cmpfloat_with_epsilon (verdict.growth, 32 / 0.8, 1e-9);
  g_assert_cmpuint (verdict.growth_steps, ==, 6);
  g_assert_cmpfloat (verdict.stable_below, ==, 4.58);
}

/* Half of the variance 1 − 0.5 of the linear part. */
static void
test_unlearned (void)
{
  Case self;

  case_init (&self);
  case_set_energies (&self, 0.05, 0.01, 0.94);
  self.last[LOW] = 0.249;
  g_assert_true (isnan (judge (&self).low_error));
  self.last[LOW] = 0.251;
  g_assert_cmpfloat (judge (&self).low_error, ==, 0.251);
  self.facts.best_low_fit = NAN;
  g_assert_true (isnan (judge (&self).low_error));
  /* A teacher with hardly any such part has none to learn. */
  self.facts.best_low_fit = 0.98;
  g_assert_true (isnan (judge (&self).low_error));
}

static double
halfway (guint64 step)
{
  return fmax (falling (step), 0.2);
}

static double
remembered (guint64 step)
{
  return halfway (step) * (step < 10 ? 1 : 0.49);
}

static double
remembered_well (guint64 step)
{
  return falling (step) * (step < 10 ? 1 : 0.49);
}

static void
test_memorises (void)
{
  Case self;

  case_init (&self);
  g_assert_false (judge (&self).memorises);
  g_assert_true (judge_after (&self, N_STEPS, remembered, halfway).memorises);
  /* What is learned as well is not memory alone. */
  g_assert_false (judge_after (&self, N_STEPS, remembered_well, falling).memorises);
}

/* A run that has recorded nothing, or has no trace at all. */
static void
test_empty (void)
{
  Case       self;
  EngVerdict verdict;

  case_init (&self);
  eng_verdict_judge (&self.run, &self.facts, &verdict);
  g_assert_cmpint (verdict.regime, ==, ENG_REGIME_UNDECIDED);
  g_assert_cmpint (verdict.trend, ==, ENG_TREND_UNKNOWN);
  g_assert_cmpstr (eng_regime_get_id (verdict.regime), ==, "undecided");
  g_assert_cmpstr (eng_trend_get_id (verdict.trend), ==, "unknown");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdict/network", test_network);
  g_test_add_func ("/verdict/bands", test_bands);
  g_test_add_func ("/verdict/unresolved", test_unresolved);
  g_test_add_func ("/verdict/linearised", test_linearised);
  g_test_add_func ("/verdict/early", test_early);
  g_test_add_func ("/verdict/stalled", test_stalled);
  g_test_add_func ("/verdict/paused", test_paused);
  g_test_add_func ("/verdict/overfitting", test_overfitting);
  g_test_add_func ("/verdict/converged", test_converged);
  g_test_add_func ("/verdict/diverged", test_diverged);
  g_test_add_func ("/verdict/unlearned", test_unlearned);
  g_test_add_func ("/verdict/memorises", test_memorises);
  g_test_add_func ("/verdict/empty", test_empty);
  return g_test_run ();
}
