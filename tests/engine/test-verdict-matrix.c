/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verdicts on runs that estimate a matrix, and on those without neurons, on both sides of
 * every threshold. */
#include "eng-verdict.h"

#include <math.h>

enum
{
  TRAIN,
  TEST,
  ERROR,
  RESIDUAL,
  PREDICTED,
  N_COLUMNS,
};

static const EngColumn columns[N_COLUMNS] = {
  { "train-loss", "" }, { "test-loss", "" },      { "relative-error", "" },
  { "residual", "" },   { "predicted-rate", "" },
};

/* The error falls by `rate` in a step until it stands at `floor`. */
typedef struct
{
  double     rate, floor, residual; /* of the error */
  double     predicted;
  EngRunView run;
  EngFacts   facts;
} Case;

static void
case_init (Case *self, double rate, double floor)
{
  *self = (Case){ .rate = rate,
                  .floor = floor,
                  .residual = 1,
                  .predicted = NAN,
                  .run = { .matrix = { .rank = 5 } },
                  .facts = { .k = 1, .best_low_fit = 1, .true_rank = 5 } };
}

static EngVerdict
judge (Case *self, guint64 n_steps)
{
  g_autoptr (EngTrace) trace = eng_trace_new (columns, N_COLUMNS, n_steps + 1, 0);
  EngVerdict           verdict;

  for (guint64 step = 0; step <= n_steps; step++)
    {
      double error = fmax (pow (self->rate, (double) step), self->floor);

      eng_trace_open (trace, step, 0);
      eng_trace_set (trace, TRAIN, error * error);
      eng_trace_set (trace, TEST, error * error);
      eng_trace_set (trace, ERROR, self->facts.true_rank > 0 ? error : NAN);
      eng_trace_set (trace, RESIDUAL, self->residual * error);
      eng_trace_set (trace, PREDICTED, self->predicted);
      eng_trace_publish (trace);
    }
  self->run.trace = trace;
  self->run.n_records = n_steps + 1;
  eng_verdict_judge (&self->run, &self->facts, &verdict);
  self->run.trace = NULL;
  return verdict;
}

static void
test_recovering (void)
{
  Case       self;
  EngVerdict verdict;

  case_init (&self, 0.5, 0);
  self.predicted = 0.39;
  g_assert_cmpint (judge (&self, 2).evidence, ==, ENG_EVIDENCE_EARLY);
  verdict = judge (&self, 3);
  g_assert_cmpint (verdict.regime, ==, ENG_REGIME_RECOVERING);
  g_assert_cmpint (verdict.trend, ==, ENG_TREND_FALLING);
  g_assert_cmpfloat_with_epsilon (verdict.rate, 0.5, 1e-12);
  g_assert_cmpfloat (verdict.predicted_rate, ==, 0.39);
  g_assert_cmpfloat_with_epsilon (verdict.error, 0.125, 1e-12);
  self.rate = 1.01;
  g_assert_cmpint (judge (&self, 4).evidence, ==, ENG_EVIDENCE_NO_FALL);
}

/* 2⁻²⁰ is the first power below 1e-6. */
static void
test_recovered (void)
{
  Case       self;
  EngVerdict verdict;

  case_init (&self, 0.5, 0);
  g_assert_cmpint (judge (&self, 19).regime, ==, ENG_REGIME_RECOVERING);
  verdict = judge (&self, 22);
  g_assert_cmpint (verdict.regime, ==, ENG_REGIME_RECOVERED);
  g_assert_cmpint (verdict.trend, ==, ENG_TREND_CONVERGED);
  g_assert_cmpuint (verdict.since, ==, 20);
  g_assert_cmpfloat_with_epsilon (verdict.rate, 0.5, 1e-12);
  g_assert_cmpstr (eng_regime_get_id (verdict.regime), ==, "recovered");
  /* Where L* is not known, what fits its samples need not have found it. */
  self.facts.true_rank = 0;
  self.residual = 0.5;
  verdict = judge (&self, 22);
  g_assert_cmpint (verdict.regime, ==, ENG_REGIME_FITTED);
  self.floor = 0.1;
  self.run.status = ENG_STATUS_FINISHED;
  g_assert_cmpint (judge (&self, 22).regime, ==, ENG_REGIME_FITTED);
  g_assert_true (isnan (verdict.error));
}

/* A method that solves at once is not too early to be judged when it is done. */
static void
test_at_once (void)
{
  Case self;

  case_init (&self, 1e-9, 0);
  self.run.status = ENG_STATUS_CONVERGED;
  g_assert_cmpint (judge (&self, 1).regime, ==, ENG_REGIME_RECOVERED);
  self.rate = 0.4;
  g_assert_cmpint (judge (&self, 1).regime, ==, ENG_REGIME_STALLED);
  self.run.status = ENG_STATUS_CONTINUE;
  g_assert_cmpint (judge (&self, 1).evidence, ==, ENG_EVIDENCE_EARLY);
}

/* At the floor from step 4 on; within a quarter of it also at step 4 only. */
static void
test_stalled (void)
{
  Case       self;
  EngVerdict verdict;

  case_init (&self, 0.5, 0.07);
  g_assert_cmpint (judge (&self, 8).regime, ==, ENG_REGIME_RECOVERING);
  verdict = judge (&self, 9);
  g_assert_cmpint (verdict.regime, ==, ENG_REGIME_STALLED);
  g_assert_cmpint (verdict.evidence, ==, ENG_EVIDENCE_RECOVERY);
  g_assert_cmpuint (verdict.since, ==, 4);
  /* A residual that is far smaller tells that it fits something else. */
  self.residual = 0.09;
  g_assert_cmpint (judge (&self, 9).evidence, ==, ENG_EVIDENCE_SPURIOUS);
}

/* What comes nearer by little for long still moves. */
static void
test_slow (void)
{
  Case self;

  case_init (&self, 0.9995, 0);
  g_assert_cmpint (judge (&self, 200).regime, ==, ENG_REGIME_STALLED);
  self.rate = 0.999;
  g_assert_cmpint (judge (&self, 200).regime, ==, ENG_REGIME_RECOVERING);
  self.run.full_network = TRUE;
  g_assert_cmpint (judge (&self, 200).regime, ==, ENG_REGIME_RECOVERING);
  self.floor = 0.9;
  g_assert_cmpint (judge (&self, 200).regime, ==, ENG_REGIME_STALLED);
}

static void
test_noise_floor (void)
{
  Case self;

  case_init (&self, 0.5, 0.07);
  self.facts.noise_level = 0.003;
  g_assert_cmpint (judge (&self, 12).regime, ==, ENG_REGIME_FLOOR);
  self.facts.noise_level = 0.002;
  g_assert_cmpint (judge (&self, 12).regime, ==, ENG_REGIME_STALLED);
  /* Nor that the error is many times as large as the noise. */
  self.residual = 0.4;
  self.facts.noise_level = 0.01;
  self.floor = 0.29;
  g_assert_cmpint (judge (&self, 12).regime, ==, ENG_REGIME_FLOOR);
  self.floor = 0.31;
  g_assert_cmpint (judge (&self, 12).regime, ==, ENG_REGIME_STALLED);
  self.residual = 1;
  /* Noise does not explain that next to nothing was found. */
  self.floor = 0.6;
  self.facts.noise_level = 1;
  g_assert_cmpint (judge (&self, 12).regime, ==, ENG_REGIME_STALLED);
}

static void
test_wrong_rank (void)
{
  Case       self;
  EngVerdict verdict;

  case_init (&self, 0.5, 0.38);
  self.run.matrix.rank = 3;
  verdict = judge (&self, 12);
  g_assert_cmpint (verdict.regime, ==, ENG_REGIME_WRONG_RANK);
  g_assert_cmpuint (verdict.rank, ==, 3);
  g_assert_cmpuint (verdict.true_rank, ==, 5);
  g_assert_cmpstr (eng_regime_get_id (verdict.regime), ==, "wrong-rank");
  /* Too large a rank costs iterations, not the answer. */
  self.run.matrix.rank = 8;
  g_assert_cmpint (judge (&self, 12).regime, ==, ENG_REGIME_STALLED);
}

/* Neither a matrix nor neurons: no regime, but never without a word. */
static void
test_fitted (void)
{
  g_autoptr (EngTrace) trace = eng_trace_new (columns, ERROR, 3, 0);
  EngRunView           run = { .trace = trace, .status = ENG_STATUS_FINISHED };
  EngFacts             facts = { .k = 1, .best_low_fit = NAN };
  EngVerdict           verdict;

  for (guint64 step = 0; step < 2; step++)
    {
      eng_trace_open (trace, step, 0);
      eng_trace_set (trace, TRAIN, step == 0 ? 1 : 1e-9);
      eng_trace_set (trace, TEST, step == 0 ? 1 : 0.63);
      eng_trace_publish (trace);
      run.n_records = step + 1;
      eng_verdict_judge (&run, &facts, &verdict);
      g_assert_cmpint (verdict.evidence, ==,
                       step == 0 ? ENG_EVIDENCE_EARLY : ENG_EVIDENCE_LOSS);
    }
  g_assert_cmpint (verdict.regime, ==, ENG_REGIME_FITTED);
  g_assert_cmpfloat (verdict.latest, ==, 0.63);
  g_assert_cmpfloat (verdict.train, ==, 1e-9);
  /* The mean alone predicts as well. */
  eng_trace_open (trace, 2, 0);
  eng_trace_set (trace, TRAIN, 1e-9);
  eng_trace_set (trace, TEST, ENG_VERDICT_UNLEARNED);
  eng_trace_publish (trace);
  run.n_records++;
  eng_verdict_judge (&run, &facts, &verdict);
  g_assert_cmpint (verdict.regime, ==, ENG_REGIME_UNLEARNED);
  g_assert_cmpint (verdict.evidence, ==, ENG_EVIDENCE_LOSS);
  g_assert_cmpstr (eng_regime_get_id (verdict.regime), ==, "unlearned");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdict/matrix/recovering", test_recovering);
  g_test_add_func ("/verdict/matrix/recovered", test_recovered);
  g_test_add_func ("/verdict/matrix/at-once", test_at_once);
  g_test_add_func ("/verdict/matrix/stalled", test_stalled);
  g_test_add_func ("/verdict/matrix/slow", test_slow);
  g_test_add_func ("/verdict/matrix/noise-floor", test_noise_floor);
  g_test_add_func ("/verdict/matrix/wrong-rank", test_wrong_rank);
  g_test_add_func ("/verdict/fitted", test_fitted);
  return g_test_run ();
}
