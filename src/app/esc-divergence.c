/* SPDX-License-Identifier: GPL-3.0-or-later
 * Divergence in words. */
#include "config.h"

#include "esc-divergence-private.h"

#include "eng-words.h"
#include "esc-words.h"
#include "plot-format.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

gboolean
esc_divergence_has (const EngSnapshot *snapshot, guint run)
{
  return snapshot->runs[run].status == ENG_STATUS_DIVERGED;
}

guint
esc_divergence_count (const EngSnapshot *snapshot)
{
  guint n = 0;

  for (guint i = 0; i < snapshot->n_runs; i++)
    n += esc_divergence_has (snapshot, i);
  return n;
}

/* The one that diverged first. */
guint
esc_divergence_find_first (const EngSnapshot *snapshot)
{
  guint first = snapshot->n_runs;

  for (guint i = 0; i < snapshot->n_runs; i++)
    if (esc_divergence_has (snapshot, i)
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

/* Of what held when it diverged. */
gboolean
esc_divergence_find_remedy (const EngSnapshot *snapshot, guint run, EngRemedy *remedy)
{
  g_autoptr (EngSpec) then = NULL;

  if (!esc_divergence_has (snapshot, run))
    return FALSE;
  then = eng_spec_at_step (snapshot->spec, snapshot->runs[run].step);
  return eng_advice_find_remedy (then, run, remedy);
}

/* Whether the runs that diverged have a cause in common, of which one sentence tells. */
gboolean
esc_divergence_find_common_remedy (const EngSnapshot *snapshot, EngRemedy *common)
{
  const char *cause = NULL;

  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      EngRemedy remedy;

      if (!esc_divergence_has (snapshot, i))
        continue;
      if (!esc_divergence_find_remedy (snapshot, i, &remedy)
          || (cause != NULL && strcmp (cause, remedy.cause) != 0))
        return FALSE;
      cause = remedy.cause;
      *common = remedy;
    }
  return cause != NULL;
}

/* Whether the run has steps that could be smaller. */
gboolean
esc_divergence_has_step_size (EngSpec *spec, guint run)
{
  const EngSettings *settings = eng_spec_get_run (spec, run);

  return eng_settings_has (settings, "rate") || eng_settings_has (settings, "step-size");
}

/* --- words ---------------------------------------------------------------------- */

/* Three digits, as they would be typed: a row shows what the button has said. */
char *
esc_divergence_format (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof buffer, "%.3g", value);
  return esc_words_plain_number (g_ascii_strtod (buffer, NULL));
}

char *
esc_divergence_make_title (const EngSnapshot *snapshot)
{
  const EngRunView *first = &snapshot->runs[esc_divergence_find_first (snapshot)];
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
const EngChange *
esc_divergence_find_last_change (const EngSnapshot *snapshot, guint run)
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
  const EngChange  *change = esc_divergence_find_last_change (snapshot, run);
  g_autofree char  *size = esc_divergence_format (view->step_size);
  g_autofree char  *limit = esc_divergence_format (view->stable_below);
  g_autofree char  *step = NULL;

  if (isfinite (view->stable_below))
    return g_strdup_printf (
        _ ("Its step size %s is above the stable limit 2/λ_max = %s."), size, limit);
  if (!esc_divergence_has_step_size (snapshot->spec, run))
    return g_strdup (_ ("It has no step size that could be smaller."));
  if (!isfinite (view->restart_with))
    return g_strdup_printf (_ ("Its step size is %s; no limit of it is known."), size);
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
describe_briefly (const EngSnapshot *snapshot, guint run)
{
  const EngRunView *view = &snapshot->runs[run];
  g_autofree char  *size = esc_divergence_format (view->step_size);
  g_autofree char  *limit = esc_divergence_format (view->stable_below);
  EngRemedy         remedy;

  if (esc_divergence_find_remedy (snapshot, run, &remedy))
    /* Translators: the name of a run, and why it diverged. */
    return g_strdup_printf (C_ ("cause", "%s: %s"), _ (view->label), _ (remedy.brief));
  if (!esc_divergence_has_step_size (snapshot->spec, run))
    /* Translators: the name of a run. */
    return g_strdup_printf (_ ("%s: no step size to blame"), _ (view->label));
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
    if (esc_divergence_has (snapshot, i))
      {
        g_autofree char *words = describe_briefly (snapshot, i);

        eng_words_append_group (list, words);
      }
  return g_strdup_printf (_ ("%s."), list->str);
}

static char *
describe_causes (const EngSnapshot *snapshot)
{
  EngRemedy remedy;

  if (esc_divergence_find_common_remedy (snapshot, &remedy))
    return g_strdup (_ (remedy.cause));
  return esc_divergence_count (snapshot) > 1
             ? describe_several (snapshot)
             : describe_cause (snapshot, esc_divergence_find_first (snapshot));
}

char *
esc_divergence_make_detail (const EngSnapshot *snapshot)
{
  g_autofree char *cause = describe_causes (snapshot);
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
