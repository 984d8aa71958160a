/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verdicts in words: the examples of the design language, section 7. */
#include "plot-format.h"
#include "plot-verdict.h"

#include <math.h>

#define PERCENT PLOT_THIN_SPACE "%"

static void
check (const EngVerdict *verdict, const char *sentence)
{
  g_autofree char *words = plot_verdict_make_sentence (verdict, 1);

  g_assert_cmpstr (words, ==, sentence);
}

static EngVerdict
make (EngRegime regime, EngTrend trend, double q1, double q2, double q3)
{
  return (EngVerdict){ .regime = regime,
                       .trend = trend,
                       .evidence = ENG_EVIDENCE_BANDS,
                       .step = 640,
                       .since = 165,
                       .best = 0.6,
                       .share = { q1, q2, q3 },
                       .low_error = NAN };
}

static void
test_bands (void)
{
  EngVerdict lazy = make (ENG_REGIME_LAZY, ENG_TREND_STALLED, 0.02, 0.94, 0.04);
  EngVerdict rich = make (ENG_REGIME_RICH, ENG_TREND_FALLING, 0.04, 0.03, 0.93);
  EngVerdict between = make (ENG_REGIME_BETWEEN, ENG_TREND_STALLED, 0.04, 0.75, 0.21);
  EngVerdict even = make (ENG_REGIME_BETWEEN, ENG_TREND_FALLING, 0.5, 0.2, 0.3);
  EngVerdict over = make (ENG_REGIME_RICH, ENG_TREND_OVERFITTING, 0.01, 0.07, 0.92);

  lazy.memorises = TRUE;
  over.low_error = 0.49;
  over.since = 315;
  check (&lazy, "Lazy: stalled since step 165; 94" PERCENT
                " of its movement is in Q2, where it memorises the sample.");
  /* It never came down, so there is no step since which it stands. */
  lazy.since = 0;
  check (&lazy, "Lazy: its test loss has hardly fallen; 94" PERCENT
                " of its movement is in Q2, where it memorises the sample.");
  check (&rich, "Rich: still falling; 93" PERCENT
                " of its movement is in Q3, only 3" PERCENT " in Q2.");
  check (&between, "In between: stalled since step 165; 75" PERCENT
                   " of its movement is in Q2, only 21" PERCENT " in Q3.");
  check (&even, "In between: still falling; 50" PERCENT
                " of its movement is in Q1, 30" PERCENT " in Q3.");
  check (&over, "Rich, overfitting: best 0.60 at step 315; 92" PERCENT
                " in Q3, but the linear part is unlearned (error 0.49).");
}

static void
test_diverged (void)
{
  EngVerdict verdict = { .regime = ENG_REGIME_DIVERGED,
                         .evidence = ENG_EVIDENCE_GROWTH,
                         .growth = 32,
                         .growth_steps = 18,
                         .step_size = 4.93,
                         .stable_below = 4.58 };

  check (&verdict, "Diverged: its training loss grew 32-fold in 18 steps; step size 4.93 "
                   "exceeds the stable limit 4.58.");
  verdict.stable_below = NAN;
  check (&verdict, "Diverged: its training loss grew 32-fold in 18 steps.");
  verdict.growth = NAN;
  verdict.step = 2;
  check (&verdict, "Diverged: its last finite record is that of step 2.");
}

static void
test_undecided (void)
{
  EngVerdict verdict = { .trend = ENG_TREND_STALLED, .step = 7 };

  check (&verdict, "Undecided: what would tell is not recorded.");
  verdict.evidence = ENG_EVIDENCE_EARLY;
  check (&verdict, "Too early to say: it has come to step 7 only.");
  verdict.evidence = ENG_EVIDENCE_NO_FALL;
  check (&verdict, "Too early to say: its training loss has hardly fallen.");
}

static void
test_network (void)
{
  EngVerdict verdict = { .regime = ENG_REGIME_LAZY,
                         .trend = ENG_TREND_CONVERGED,
                         .evidence = ENG_EVIDENCE_KERNEL,
                         .step = 533,
                         .drift = 0.006,
                         .gap = 0.0002 };

  check (&verdict, "Lazy: converged at step 533; its kernel drifted by 0.6" PERCENT
                   ", the linearisation gap is under 0.1 %.");
}

/* What is known beside the error is said; what is not is left out. */
static void
test_matrix (void)
{
  EngVerdict verdict = { .regime = ENG_REGIME_RECOVERED,
                         .trend = ENG_TREND_CONVERGED,
                         .evidence = ENG_EVIDENCE_RECOVERY,
                         .step = 18,
                         .since = 16,
                         .error = 8.9e-8,
                         .residual = 0.2,
                         .rate = 0.371,
                         .predicted_rate = 0.386,
                         .rank = 3,
                         .true_rank = 5 };

  check (&verdict,
         "Recovered: at step 16; relative error 8.9·10⁻⁸; each step left 0.37 of "
         "it (theory 0.39).");
  verdict.predicted_rate = NAN;
  check (&verdict,
         "Recovered: at step 16; relative error 8.9·10⁻⁸; each step left 0.37 of "
         "it.");
  verdict.rate = NAN;
  check (&verdict, "Recovered: at step 16; relative error 8.9·10⁻⁸.");
  verdict.regime = ENG_REGIME_RECOVERING;
  verdict.evidence = ENG_EVIDENCE_RATE;
  verdict.error = NAN;
  verdict.rate = 0.52;
  verdict.predicted_rate = 0.39;
  check (&verdict,
         "Recovering: residual 0.20; each step leaves 0.52 of it (theory 0.39).");
  verdict.rate = 0.99876;
  verdict.predicted_rate = NAN;
  check (&verdict, "Recovering: residual 0.20; each step leaves 0.9988 of it.");
  verdict.regime = ENG_REGIME_FLOOR;
  verdict.evidence = ENG_EVIDENCE_RECOVERY;
  check (&verdict, "At the noise floor: residual 0.20 since step 16.");
  verdict.regime = ENG_REGIME_STALLED;
  verdict.evidence = ENG_EVIDENCE_SPURIOUS;
  verdict.error = 0.9;
  verdict.residual = 0.02;
  check (&verdict, "Stalled: residual 0.020, but relative error 0.90.");
  verdict.regime = ENG_REGIME_WRONG_RANK;
  verdict.evidence = ENG_EVIDENCE_RANK;
  check (&verdict, "Wrong rank: 3 instead of 5; relative error 0.90 since step 16.");
}

static void
test_fitted (void)
{
  EngVerdict verdict = { .regime = ENG_REGIME_FITTED,
                         .evidence = ENG_EVIDENCE_LOSS,
                         .train = 0.1,
                         .latest = 0.63 };

  check (&verdict, "Fitted: training loss 0.10, test loss 0.63.");
  verdict.regime = ENG_REGIME_UNLEARNED;
  verdict.latest = 1.02;
  check (&verdict, "No better than the mean: training loss 0.10, test loss 1.0.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot-verdict/bands", test_bands);
  g_test_add_func ("/plot-verdict/diverged", test_diverged);
  g_test_add_func ("/plot-verdict/undecided", test_undecided);
  g_test_add_func ("/plot-verdict/network", test_network);
  g_test_add_func ("/plot-verdict/matrix", test_matrix);
  g_test_add_func ("/plot-verdict/fitted", test_fitted);
  return g_test_run ();
}
