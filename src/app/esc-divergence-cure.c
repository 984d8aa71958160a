/* SPDX-License-Identifier: GPL-3.0-or-later
 * What would have been stable: the words of the offer, and the experiment. */
#include "config.h"

#include "esc-divergence-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

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

  offer->rate = INFINITY;
  offer->step_size = isfinite (view->restart_with) ? view->restart_with
                                                   : view->step_size / 2;
  if (!esc_divergence_has_step_size (then, run))
    return;
  if (g_str_equal (esc_divergence_get_key (then, run), "rate"))
    offer->rate = eng_settings_get_double (settings, "rate") * offer->step_size
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
         && (snapshot->runs[run].full_network
             || esc_divergence_find_last_change (snapshot, run)
             || !isfinite (snapshot->runs[run].restart_with));
}

/* In words with a mnemonic an underline is written twice. */
static char *
escape_label (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv ("__", parts);
}

/* Whether some run that diverged needs other settings than smaller steps, and whether there
 * is anything to offer at all. */
static gboolean
needs_other_settings (const EngSnapshot *snapshot, gboolean *any)
{
  gboolean  other = FALSE;
  EngRemedy remedy;

  *any = FALSE;
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      other |= esc_divergence_find_remedy (snapshot, i, &remedy);
      *any |= esc_divergence_has (snapshot, i)
              && esc_divergence_has_step_size (snapshot->spec, i);
    }
  *any |= other;
  return other;
}

char *
esc_divergence_make_action (const EngSnapshot *snapshot)
{
  guint            run = esc_divergence_find_first (snapshot);
  g_autofree char *label = escape_label (_ (snapshot->runs[run].label));
  g_autofree char *number = NULL;
  gboolean         any;
  EngRemedy        remedy;
  Offer            offer;

  if (esc_divergence_find_common_remedy (snapshot, &remedy))
    return g_strdup (_ (remedy.action));
  if (needs_other_settings (snapshot, &any))
    return g_strdup (_ ("_Restart with Other Settings"));
  if (!any)
    return NULL;
  if (esc_divergence_count (snapshot) > 1)
    return g_strdup (_ ("_Restart with Smaller Steps"));
  make_offer (snapshot, run, &offer);
  if (speaks_of_rate (snapshot, run))
    {
      number = esc_divergence_format (offer.rate);
      /* Translators: the name of a run, and a rate. */
      return g_strdup_printf (_ ("_Restart %s with rate %s"), label, number);
    }
  number = esc_divergence_format (offer.step_size);
  /* Translators: the name of a run, and a step size. */
  return g_strdup_printf (_ ("_Restart %s with %s"), label, number);
}

const char *
esc_divergence_get_topic (const EngSnapshot *snapshot)
{
  EngRemedy remedy;

  return esc_divergence_find_common_remedy (snapshot, &remedy) ? remedy.key
                                                               : "lambda-max";
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
  value = esc_divergence_format (limit);
  if (g_str_equal (esc_divergence_get_key (*spec, run), key)
      && eng_settings_has (settings, key)
      && eng_settings_get_double (settings, key) > limit)
    replace (spec, eng_spec_with_value (*spec, group, key, value, NULL));
  cap_changes (spec, run, key, limit, value);
}

EngSpec *
esc_divergence_cure (EngSpec *spec, const EngSnapshot *snapshot)
{
  EngSpec *cured = eng_spec_ref (spec);

  for (guint i = 0; i < snapshot->n_runs; i++)
    if (esc_divergence_has (snapshot, i))
      {
        Offer     offer;
        EngRemedy remedy;

        if (esc_divergence_find_remedy (snapshot, i, &remedy))
          {
            replace (&cured, eng_advice_apply_remedy (cured, i, &remedy));
            continue;
          }
        make_offer (snapshot, i, &offer);
        cap (&cured, i, "rate", offer.rate);
        cap (&cured, i, "step-size", offer.step_size);
      }
  return cured;
}
