/* SPDX-License-Identifier: GPL-3.0-or-later
 * The keys that matrix learners share. */
#include "config.h"

#include "eng-error.h"
#include "eng-recovery.h"

#include <glib/gi18n-lib.h>

/* The rank of the estimate where neither run nor teacher says one. */
#define DEFAULT_RANK 5

const EngChoice eng_recovery_samples[] = {
  { "fresh", N_ ("Fresh in every iteration") },
  { "batch", N_ ("One batch, used again") },
  { NULL, NULL },
};

const EngChoice eng_recovery_gradients[] = {
  { "centred", N_ ("Centred") },
  { "paper", N_ ("As in the paper") },
  { "printed", N_ ("As printed in the slides") },
  { "raw", N_ ("Without its correction") },
  { "wrong-sign", N_ ("With the wrong sign") },
  { NULL, NULL },
};

const EngChoice eng_recovery_objectives[] = {
  { "centred", N_ ("Centred") },
  { "plain", N_ ("Plain") },
  { NULL, NULL },
};

gsize
eng_recovery_find_rank (const EngSettings *settings, const EngSettings *problem)
{
  if (eng_settings_has (settings, "fit-rank"))
    return (gsize) eng_settings_get_int (settings, "fit-rank");
  if (eng_settings_has (problem, "rank"))
    return (gsize) eng_settings_get_int (problem, "rank");
  return DEFAULT_RANK;
}

gsize
eng_recovery_get_rank (const EngContext *context)
{
  return MIN (eng_recovery_find_rank (context->settings, context->problem->settings),
              context->problem->d);
}

double
eng_recovery_estimate_rank (const EngSettings *settings, const EngSizes *sizes)
{
  double rank = sizes->rank > 0 ? sizes->rank : DEFAULT_RANK;

  if (eng_settings_has (settings, "fit-rank"))
    rank = eng_settings_get_double (settings, "fit-rank");
  return MIN (rank, sizes->d);
}

gboolean
eng_recovery_is_fresh (const EngSettings *settings)
{
  return eng_settings_has (settings, "samples")
         && eng_settings_is_choice (settings, "samples", "fresh");
}

gboolean
eng_recovery_is_whitened (const EngSettings *settings)
{
  return eng_settings_has (settings, "whiten")
         && eng_settings_get_boolean (settings, "whiten");
}

gboolean
eng_recovery_is_plain (const EngSettings *settings)
{
  return eng_settings_has (settings, "objective")
         && eng_settings_is_choice (settings, "objective", "plain");
}

/* eng_error_refuse () says which run; the settings of one do not know its number. */
gboolean
eng_recovery_check (EngSpec *spec, const EngSettings *settings, GError **error)
{
  const EngSettings *problem = eng_spec_get_problem (spec);
  gsize              rank = eng_recovery_find_rank (settings, problem);

  if (eng_spec_get_problem_class (spec)->load != NULL && eng_recovery_is_fresh (settings))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("samples = fresh needs a teacher to ask; of a table, use batch"));
      return FALSE;
    }
  if (eng_recovery_is_whitened (settings) && eng_problem_is_streamed (problem))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("whiten = true needs problem.storage = memory"));
      return FALSE;
    }
  if (eng_recovery_is_whitened (settings) && eng_settings_has (problem, "n")
      && eng_settings_get_int (problem, "n") < eng_settings_get_int (problem, "d"))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("whiten = true needs n to be at least d = %zu, got %zu"),
                   (gsize) eng_settings_get_int (problem, "d"),
                   (gsize) eng_settings_get_int (problem, "n"));
      return FALSE;
    }
  if (eng_settings_has (problem, "d")
      && rank > (gsize) eng_settings_get_int (problem, "d"))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("fit-rank must be at most d = %zu, got %zu"),
                   (gsize) eng_settings_get_int (problem, "d"), rank);
      return FALSE;
    }
  return TRUE;
}

EngSensingGradient
eng_recovery_get_gradient (const EngSettings *settings)
{
  gsize i = 0;

  if (eng_recovery_is_plain (settings))
    return ENG_SENSING_RAW;
  if (!eng_settings_has (settings, "gradient"))
    return ENG_SENSING_CENTRED;
  while (!eng_settings_is_choice (settings, "gradient", eng_recovery_gradients[i].id))
    i++;
  return (EngSensingGradient) i;
}
