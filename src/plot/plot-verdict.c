/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verdicts in words.  A sentence is a head, the trend and the evidence, each whole and
 * translated as such. */
#include "config.h"

#include "plot-verdict.h"

#include "plot-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A share below this is called small. */
#define SMALL_SHARE 0.25
/* One digit is enough between these, and below the second it is only said that it is. */
#define ONE_DIGIT_SHARE 0.095
#define SMALLEST_SAID   1e-3
/* So many times its size is no share any more. */
#define LARGE_DRIFT 10.0

static const char *const bands[] = { N_ ("Q1"), N_ ("Q2"), N_ ("Q3") };

static char *
format_share (double share)
{
  if (share < SMALLEST_SAID)
    return g_strdup (_ ("under 0.1 %"));
  return plot_format_value (share, share < ONE_DIGIT_SHARE ? 1 : 2, PLOT_NUMBER_PERCENT);
}

static char *
format_number (double value, guint digits)
{
  return plot_format_value (value, digits, PLOT_NUMBER_PLAIN);
}

static const char *
get_regime_word (const EngVerdict *verdict)
{
  switch (verdict->regime)
    {
    case ENG_REGIME_LAZY:
      return _ ("Lazy");
    case ENG_REGIME_LAZY_LIKE:
      return _ ("Lazy-like");
    case ENG_REGIME_BETWEEN:
      return _ ("In between");
    case ENG_REGIME_RICH:
      return _ ("Rich");
    case ENG_REGIME_DIVERGED:
      return _ ("Diverged");
    case ENG_REGIME_RECOVERED:
      return _ ("Recovered");
    case ENG_REGIME_RECOVERING:
      return _ ("Recovering");
    case ENG_REGIME_FLOOR:
      return _ ("At the noise floor");
    case ENG_REGIME_STALLED:
      return _ ("Stalled");
    case ENG_REGIME_WRONG_RANK:
      return _ ("Wrong rank");
    case ENG_REGIME_FITTED:
      return _ ("Fitted");
    case ENG_REGIME_UNLEARNED:
      return _ ("No better than the mean");
    case ENG_REGIME_UNDECIDED:
    default:
      break;
    }
  return verdict->evidence == ENG_EVIDENCE_EARLY
                 || verdict->evidence == ENG_EVIDENCE_NO_FALL
             ? _ ("Too early to say")
             : _ ("Undecided");
}

char *
plot_verdict_make_head (const EngVerdict *verdict)
{
  const char *regime = get_regime_word (verdict);

  if (verdict->trend != ENG_TREND_OVERFITTING
      || verdict->evidence == ENG_EVIDENCE_NO_FALL)
    return g_strdup (regime);
  /* Translators: %s is a regime, such as "Rich". */
  return g_strdup_printf (_ ("%s, overfitting"), regime);
}

static char *
describe_trend (const EngVerdict *verdict)
{
  g_autofree char *since = plot_format_integer (verdict->since);
  g_autofree char *step = plot_format_integer (verdict->step);
  g_autofree char *best = format_number (verdict->best, 2);

  switch (verdict->trend)
    {
    case ENG_TREND_FALLING:
      return g_strdup (_ ("still falling"));
    case ENG_TREND_STALLED:
      if (verdict->since == 0)
        return g_strdup (_ ("its test loss has hardly fallen"));
      return g_strdup_printf (_ ("stalled since step %s"), since);
    case ENG_TREND_OVERFITTING:
      /* Translators: the smallest test loss, and when it was reached. */
      return g_strdup_printf (_ ("best %s at step %s"), best, since);
    case ENG_TREND_CONVERGED:
      return g_strdup_printf (_ ("converged at step %s"), step);
    case ENG_TREND_UNKNOWN:
    default:
      return NULL;
    }
}

/* --- evidence ----------------------------------------------------------------------- */

/* The band that speaks first, and the one it is compared with. */
static void
choose_bands (const EngVerdict *verdict, guint *first, guint *second)
{
  const double *share = verdict->share;

  *first = 0;
  for (guint b = 1; b < 3; b++)
    if (share[b] > share[*first])
      *first = b;
  *second = *first == 0 ? (share[2] > share[1] ? 2 : 1) : 3 - *first;
}

static char *
describe_unlearned (const EngVerdict *verdict, guint k, const char *share, guint band)
{
  g_autofree char *error = format_number (verdict->low_error, 2);

  if (k == 1)
    return g_strdup_printf (_ ("%s in %s, but the linear part is unlearned (error %s)"),
                            share, _ (bands[band]), error);
  return g_strdup_printf (
      _ ("%s in %s, but the part of degree ≤ %u is unlearned (error %s)"), share,
      _ (bands[band]), k, error);
}

static char *
describe_bands (const EngVerdict *verdict, guint k)
{
  guint            first, second;
  g_autofree char *large = NULL, *small = NULL;

  choose_bands (verdict, &first, &second);
  large = format_share (verdict->share[first]);
  small = format_share (verdict->share[second]);
  if (isfinite (verdict->low_error) && verdict->regime == ENG_REGIME_RICH)
    return describe_unlearned (verdict, k, large, first);
  if (first == 1 && verdict->memorises
      && (verdict->regime == ENG_REGIME_LAZY || verdict->regime == ENG_REGIME_LAZY_LIKE))
    return g_strdup_printf (
        _ ("%s of its movement is in Q2, where it memorises the sample"), large);
  if (verdict->share[second] < SMALL_SHARE && verdict->share[second] >= SMALLEST_SAID)
    return g_strdup_printf (_ ("%s of its movement is in %s, only %s in %s"), large,
                            _ (bands[first]), small, _ (bands[second]));
  return g_strdup_printf (_ ("%s of its movement is in %s, %s in %s"), large,
                          _ (bands[first]), small, _ (bands[second]));
}

static char *
describe_unresolved (const EngVerdict *verdict)
{
  g_autofree char *share = format_share (1 - verdict->share[0]);

  if (verdict->regime == ENG_REGIME_UNDECIDED)
    return g_strdup_printf (
        _ ("%s of its movement is beyond Q1, but the probes do not tell Q2 from Q3"),
        share);
  return g_strdup_printf (_ ("%s of its movement is beyond Q1"), share);
}

static char *
describe_growth (const EngVerdict *verdict)
{
  g_autofree char *growth = format_number (verdict->growth, 2);
  g_autofree char *steps = plot_format_integer (verdict->growth_steps);
  g_autofree char *size = format_number (verdict->step_size, 3);
  g_autofree char *limit = format_number (verdict->stable_below, 3);
  g_autofree char *at = plot_format_integer (verdict->step);
  g_autofree char *what = NULL;

  if (verdict->growth > 1 && verdict->growth_steps > 0)
    what = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "its training loss grew %s-fold in %s step",
                                         "its training loss grew %s-fold in %s steps",
                                         (gulong) verdict->growth_steps),
                            growth, steps);
  else
    what = g_strdup_printf (_ ("its last finite record is that of step %s"), at);
  if (!(verdict->step_size > verdict->stable_below))
    return g_steal_pointer (&what);
  return g_strdup_printf (_ ("%s; step size %s exceeds the stable limit %s"), what, size,
                          limit);
}

/* Where the truth is not known the residual speaks. */
static char *
describe_error (const EngVerdict *verdict)
{
  gboolean         has_error = isfinite (verdict->error);
  g_autofree char *value = format_number (has_error ? verdict->error : verdict->residual,
                                          2);

  return g_strdup_printf (has_error ? _ ("relative error %s") : _ ("residual %s"), value);
}

/* Two digits of what a step takes away where that is little: 0.53, 0.9988. */
static char *
format_rate (double rate)
{
  double gone = fabs (1 - rate);
  guint  digits = gone > 0 ? (guint) CLAMP (1 + ceil (-log10 (gone)), 2, 6) : 2;

  return format_number (rate, digits);
}

/* Returns: (nullable): what a step leaves of it, beside what it should leave. */
static char *
describe_rate (const EngVerdict *verdict)
{
  gboolean         is_over = verdict->regime == ENG_REGIME_RECOVERED;
  g_autofree char *rate = format_rate (verdict->rate);
  g_autofree char *theory = format_number (verdict->predicted_rate, 2);

  if (!isfinite (verdict->rate))
    return NULL;
  if (!isfinite (verdict->predicted_rate))
    return g_strdup_printf (
        is_over ? _ ("each step left %s of it") : _ ("each step leaves %s of it"), rate);
  return g_strdup_printf (is_over ? _ ("each step left %s of it (theory %s)")
                                  : _ ("each step leaves %s of it (theory %s)"),
                          rate, theory);
}

static char *
describe_recovery (const EngVerdict *verdict)
{
  g_autofree char *since = plot_format_integer (verdict->since);
  g_autofree char *error = describe_error (verdict);
  g_autofree char *rate = describe_rate (verdict);

  if (verdict->regime != ENG_REGIME_RECOVERED)
    /* Translators: a relative error, or a residual, and since when it is so large. */
    return g_strdup_printf (_ ("%s since step %s"), error, since);
  if (rate == NULL)
    /* Translators: when a matrix was recovered, and its relative error now. */
    return g_strdup_printf (_ ("at step %s; %s"), since, error);
  /* Translators: the same, and what each step left of the error. */
  return g_strdup_printf (_ ("at step %s; %s; %s"), since, error, rate);
}

static char *
describe_progress (const EngVerdict *verdict)
{
  g_autofree char *error = describe_error (verdict);
  g_autofree char *rate = describe_rate (verdict);

  /* Translators: a relative error, and what each step leaves of it. */
  return g_strdup_printf (_ ("%s; %s"), error, rate);
}

static char *
describe_rank (const EngVerdict *verdict)
{
  g_autofree char *error = describe_error (verdict);
  g_autofree char *since = plot_format_integer (verdict->since);

  /* Translators: two ranks, a relative error, and since when it is so large. */
  return g_strdup_printf (_ ("%zu instead of %zu; %s since step %s"), verdict->rank,
                          verdict->true_rank, error, since);
}

static char *
describe_loss (const EngVerdict *verdict)
{
  g_autofree char *test = format_number (verdict->latest, 2);
  g_autofree char *train = format_number (verdict->train, 2);

  return g_strdup_printf (_ ("training loss %s, test loss %s"), train, test);
}

static char *
describe_spurious (const EngVerdict *verdict)
{
  g_autofree char *residual = format_number (verdict->residual, 2);
  g_autofree char *error = format_number (verdict->error, 2);

  return g_strdup_printf (_ ("residual %s, but relative error %s"), residual, error);
}

static char *
describe_kernel (const EngVerdict *verdict)
{
  g_autofree char *drift = format_share (verdict->drift);
  g_autofree char *gap = format_share (verdict->gap);
  g_autofree char *times = format_number (verdict->drift, 2);

  if (verdict->drift >= LARGE_DRIFT)
    return g_strdup_printf (_ ("its kernel drifted by %s times its size, the "
                               "linearisation gap is %s"),
                            times, gap);
  return g_strdup_printf (_ ("its kernel drifted by %s, the linearisation gap is %s"),
                          drift, gap);
}

static char *
describe_evidence (const EngVerdict *verdict, guint k)
{
  g_autofree char *step = plot_format_integer (verdict->step);

  switch (verdict->evidence)
    {
    case ENG_EVIDENCE_EARLY:
      return g_strdup_printf (_ ("it has come to step %s only"), step);
    case ENG_EVIDENCE_NO_FALL:
      return g_strdup (_ ("its training loss has hardly fallen"));
    case ENG_EVIDENCE_LINEARISED:
      return g_strdup (_ ("linearised by construction"));
    case ENG_EVIDENCE_BANDS:
      return describe_bands (verdict, k);
    case ENG_EVIDENCE_UNRESOLVED:
      return describe_unresolved (verdict);
    case ENG_EVIDENCE_KERNEL:
      return describe_kernel (verdict);
    case ENG_EVIDENCE_GROWTH:
      return describe_growth (verdict);
    case ENG_EVIDENCE_RECOVERY:
      return describe_recovery (verdict);
    case ENG_EVIDENCE_RATE:
      return describe_progress (verdict);
    case ENG_EVIDENCE_SPURIOUS:
      return describe_spurious (verdict);
    case ENG_EVIDENCE_RANK:
      return describe_rank (verdict);
    case ENG_EVIDENCE_LOSS:
      return describe_loss (verdict);
    case ENG_EVIDENCE_MISSING:
    default:
      return g_strdup (_ ("what would tell is not recorded"));
    }
}

/* What is said of a matrix tells already where its error goes. */
static gboolean
has_trend (const EngVerdict *verdict)
{
  return verdict->regime != ENG_REGIME_UNDECIDED
         && verdict->regime < ENG_REGIME_RECOVERED;
}

char *
plot_verdict_make_evidence (const EngVerdict *verdict, guint k)
{
  g_autofree char *trend = has_trend (verdict) ? describe_trend (verdict) : NULL;
  g_autofree char *evidence = describe_evidence (verdict, k);
  g_autofree char *ridge = format_number (verdict->ridge, 2);

  if (verdict->ridge > 0)
    /* Translators: what a verdict rests on, and a number. */
    return g_strdup_printf (_ ("%s; the ridge had to grow to %s."), evidence, ridge);
  if (trend == NULL)
    /* Translators: what a verdict rests on, as a sentence. */
    return g_strdup_printf (_ ("%s."), evidence);
  /* Translators: where the loss goes, then what the verdict rests on. */
  return g_strdup_printf (_ ("%s; %s."), trend, evidence);
}

char *
plot_verdict_make_sentence (const EngVerdict *verdict, guint k)
{
  g_autofree char *head = plot_verdict_make_head (verdict);
  g_autofree char *evidence = plot_verdict_make_evidence (verdict, k);

  return g_strdup_printf (_ ("%s: %s"), head, evidence);
}
