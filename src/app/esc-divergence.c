/* SPDX-License-Identifier: GPL-3.0-or-later
 * Divergence in words, and its cure. */
#include "config.h"

#include "esc-divergence.h"

#include "eng-words.h"
#include "esc-words.h"
#include "plot-format.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static gboolean
has_diverged (const EngSnapshot *snapshot, guint run)
{
  return snapshot->runs[run].status == ENG_STATUS_DIVERGED;
}

guint
esc_divergence_count (const EngSnapshot *snapshot)
{
  guint n = 0;

  for (guint i = 0; i < snapshot->n_runs; i++)
    n += has_diverged (snapshot, i);
  return n;
}

/* The one that diverged first. */
static guint
find_first (const EngSnapshot *snapshot)
{
  guint first = snapshot->n_runs;

  for (guint i = 0; i < snapshot->n_runs; i++)
    if (has_diverged (snapshot, i)
        && (first == snapshot->n_runs
            || snapshot->runs[i].step < snapshot->runs[first].step))
      first = i;
  return first;
}

const char *
esc_divergence_get_key (EngSpec *spec, guint run)
{
  return eng_settings_has (eng_spec_get_run (spec, run), "step-size") ? "step-size"
                                                                      : "rate";
}

/* --- words ---------------------------------------------------------------------- */

/* Three digits, as they would be typed: a row shows what the button has said. */
static char *
format (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof buffer, "%.3g", value);
  return esc_words_plain_number (g_ascii_strtod (buffer, NULL));
}

char *
esc_divergence_make_title (const EngSnapshot *snapshot)
{
  const EngRunView *first = &snapshot->runs[find_first (snapshot)];
  guint             n = esc_divergence_count (snapshot);
  g_autofree char  *step = plot_format_integer (first->step);

  if (n == 1)
    /* Translators: the name of a run. */
    return g_strdup_printf (_ ("%s diverged at step %s"), _ (first->label), step);
  return g_strdup_printf (ngettext ("%u run diverged, the first at step %s",
                                    "%u runs diverged, the first at step %s", n),
                          n, step);
}

/* Returns: (nullable): the last change of a run while it ran. */
static const EngChange *
find_last_change (const EngSnapshot *snapshot, guint run)
{
  const EngChange *last = NULL;

  for (guint i = 0; i < eng_spec_get_n_changes (snapshot->spec); i++)
    {
      const EngChange *change = eng_spec_get_change (snapshot->spec, i);

      if (change->run == run && change->step <= snapshot->runs[run].step)
        last = change;
    }
  return last;
}

static gboolean
has_r4 (EngSpec *spec, guint run)
{
  const EngSettings *settings = eng_spec_get_run (spec, run);

  return eng_settings_has (settings, "lambda4")
         && eng_settings_get_double (settings, "lambda4") > 0;
}

/* The step size is only blamed where it is beyond what the quadratic part of the loss
 * allows. */
static char *
describe_cause (const EngSnapshot *snapshot, guint run)
{
  const EngRunView *view = &snapshot->runs[run];
  const EngChange  *change = find_last_change (snapshot, run);
  g_autofree char  *size = format (view->step_size);
  g_autofree char  *limit = format (view->stable_below);
  g_autofree char  *step = NULL;

  if (isfinite (view->stable_below))
    return g_strdup_printf (
        _ ("Its step size %s is above the stable limit 2/λ_max = %s."), size, limit);
  if (change != NULL)
    {
      step = plot_format_integer (change->step);
      return g_strdup_printf (_ ("Its step size %s is below 2/λ_max, so that is not why; "
                                 "it was changed at step %s."),
                              size, step);
    }
  if (has_r4 (snapshot->spec, run))
    return g_strdup_printf (_ ("Its step size %s is below 2/λ_max, but that limit leaves "
                               "out the penalty λ₄."),
                            size);
  return g_strdup_printf (
      _ ("Its step size %s is below 2/λ_max, but that limit holds for "
         "the quadratic part of the loss alone."),
      size);
}

/* One of several. */
static char *
describe_briefly (const EngRunView *view)
{
  g_autofree char *size = format (view->step_size);
  g_autofree char *limit = format (view->stable_below);

  if (isfinite (view->stable_below))
    /* Translators: the name of a run. */
    return g_strdup_printf (_ ("%s: step size %s, stable below %s"), _ (view->label),
                            size, limit);
  /* Translators: the name of a run. */
  return g_strdup_printf (_ ("%s: step size %s, not above its limit"), _ (view->label),
                          size);
}

static char *
describe_several (const EngSnapshot *snapshot)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < snapshot->n_runs; i++)
    if (has_diverged (snapshot, i))
      {
        g_autofree char *words = describe_briefly (&snapshot->runs[i]);

        eng_words_append_group (list, words);
      }
  return g_strdup_printf (_ ("%s."), list->str);
}

char *
esc_divergence_make_detail (const EngSnapshot *snapshot)
{
  g_autofree char *cause = esc_divergence_count (snapshot) > 1
                               ? describe_several (snapshot)
                               : describe_cause (snapshot, find_first (snapshot));
  guint            n_going = 0;

  for (guint i = 0; i < snapshot->n_runs; i++)
    n_going += snapshot->runs[i].status == ENG_STATUS_CONTINUE;
  if (n_going == 0)
    return g_steal_pointer (&cause);
  /* Translators: %s is the sentence that says why. */
  return g_strdup_printf (
      ngettext ("%s The other run continues.", "%s The other runs continue.", n_going),
      cause);
}

/* --- cure ------------------------------------------------------------------------ */

/* What the two keys of a run may be at most. */
typedef struct
{
  double rate, step_size;
} Offer;

static void
make_offer (const EngSnapshot *snapshot, guint run, Offer *offer)
{
  const EngRunView   *view = &snapshot->runs[run];
  g_autoptr (EngSpec) then = eng_spec_at_step (snapshot->spec, view->step);
  const EngSettings  *settings = eng_spec_get_run (then, run);

  offer->step_size = view->restart_with;
  if (g_str_equal (esc_divergence_get_key (then, run), "rate"))
    offer->rate = eng_settings_get_double (settings, "rate") * view->restart_with
                  / view->step_size;
  else
    /* η = c/λ_max, and λ_max is known only where it is the limit. */
    offer->rate = isfinite (view->stable_below) ? 1.0 : INFINITY;
}

/* Where λ_max moves, or will be another one at the start, only the rate says how large the
 * steps will be. */
static gboolean
speaks_of_rate (const EngSnapshot *snapshot, guint run)
{
  g_autoptr (EngSpec) then = eng_spec_at_step (snapshot->spec, snapshot->runs[run].step);

  return g_str_equal (esc_divergence_get_key (then, run), "rate")
         && (snapshot->runs[run].full_network || find_last_change (snapshot, run));
}

/* In words with a mnemonic an underline is written twice. */
static char *
escape_label (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv ("__", parts);
}

char *
esc_divergence_make_action (const EngSnapshot *snapshot)
{
  guint            run = find_first (snapshot);
  g_autofree char *label = escape_label (_ (snapshot->runs[run].label));
  g_autofree char *number = NULL;
  Offer            offer;

  if (esc_divergence_count (snapshot) > 1)
    return g_strdup (_ ("_Restart with Smaller Steps"));
  make_offer (snapshot, run, &offer);
  if (speaks_of_rate (snapshot, run))
    {
      number = format (offer.rate);
      /* Translators: the name of a run, and a rate. */
      return g_strdup_printf (_ ("_Restart %s with rate %s"), label, number);
    }
  number = format (offer.step_size);
  /* Translators: the name of a run, and a step size. */
  return g_strdup_printf (_ ("_Restart %s with %s"), label, number);
}

static void
replace (EngSpec **spec, EngSpec *by)
{
  if (by == NULL)
    return;
  eng_spec_unref (*spec);
  *spec = by;
}

static void
cap_changes (EngSpec **spec, guint run, const char *key, double limit, const char *value)
{
  for (guint i = 0; i < eng_spec_get_n_changes (*spec); i++)
    {
      EngChange           change = *eng_spec_get_change (*spec, i);
      g_autoptr (EngSpec) then = eng_spec_at_step (*spec, change.step);
      const EngSettings  *settings = eng_spec_get_run (then, run);

      if (change.run != run || strcmp (change.key, key) != 0
          || !eng_settings_has (settings, key)
          || !(eng_settings_get_double (settings, key) > limit))
        continue;
      change.value = (char *) value;
      replace (spec, eng_spec_with_change (*spec, &change, NULL));
    }
}

static void
cap (EngSpec **spec, guint run, const char *key, double limit)
{
  const EngSettings *settings = eng_spec_get_run (*spec, run);
  g_autofree char   *group = g_strdup_printf ("run.%u", run + 1);
  g_autofree char   *value = NULL;

  if (!isfinite (limit))
    return;
  value = format (limit);
  if (g_str_equal (esc_divergence_get_key (*spec, run), key)
      && eng_settings_get_double (settings, key) > limit)
    replace (spec, eng_spec_with_value (*spec, group, key, value, NULL));
  cap_changes (spec, run, key, limit, value);
}

EngSpec *
esc_divergence_cure (EngSpec *spec, const EngSnapshot *snapshot)
{
  EngSpec *cured = eng_spec_ref (spec);

  for (guint i = 0; i < snapshot->n_runs; i++)
    if (has_diverged (snapshot, i))
      {
        Offer offer;

        make_offer (snapshot, i, &offer);
        cap (&cured, i, "rate", offer.rate);
        cap (&cured, i, "step-size", offer.step_size);
      }
  return cured;
}
