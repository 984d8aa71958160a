/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is refused and what is to be said of three layers. */
#include "config.h"

#include "eng-three-layer-advice.h"

#include "eng-error.h"
#include "eng-first-layer.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Samples per feature below which there is little to learn from (deep.md 1.4). */
#define FEW_SAMPLES 3.0
/* An activation with less than a tenth of this for a slope here has next to none where W₀
 * is 0 and W starts below `SMALL_INIT`. */
#define NEAR_ZERO  0.01
#define SMALL_INIT 1.0

static const EngActivation *
get_activation (const EngSettings *settings)
{
  return eng_activation_find (eng_settings_get_choice (settings, "activation"));
}

static gboolean
has_dropout (const EngSettings *settings, const char *id)
{
  return eng_settings_is_choice (settings, "dropout", id);
}

/* --- what is refused --------------------------------------------------------------- */

/* From W₀ = 0 there must be a way: the mean over the signs of an odd activation is 0 there,
 * whatever W is, and from W = 0 only a slope at 0 leads anywhere. */
gboolean
eng_three_layer_check_start (const EngSettings *settings, GError **error)
{
  const EngActivation *activation = get_activation (settings);
  double               zero = 0.0, slope;

  if (eng_settings_get_double (settings, "w0-scale") > 0.0)
    return TRUE;
  if (activation->even_first && has_dropout (settings, "signed"))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("w0-scale must be above 0 for signed dropout of the odd activation "
                      "%s, got 0: the mean over the signs would be 0"),
                   activation->id);
      return FALSE;
    }
  activation->first (1, &zero, &slope);
  if (slope != 0.0 || eng_settings_get_double (settings, "init") > 0.0)
    return TRUE;
  g_set_error (
      error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
      _ ("init must be above 0 where w0-scale is 0, got 0: the activation %s has "
         "no slope at 0, so no weight would move"),
      activation->id);
  return FALSE;
}

/* --- hints ------------------------------------------------------------------------- */

/* Whether it begins where the activation has next to no slope. */
static gboolean
starts_flat (const EngSettings *settings)
{
  const double points[] = { -NEAR_ZERO, NEAR_ZERO };
  double       slopes[2];

  if (eng_settings_get_double (settings, "w0-scale") > 0.0
      || eng_settings_get_double (settings, "init") >= SMALL_INIT)
    return FALSE;
  get_activation (settings)->first (2, points, slopes);
  return fmax (fabs (slopes[0]), fabs (slopes[1])) < 0.1 * NEAR_ZERO;
}

char *
eng_three_layer_hint (EngSpec *spec, const EngSettings *settings)
{
  EngSizes sizes;
  double   k;

  if (has_dropout (settings, "literal"))
    return g_strdup (_ ("Signs on the gradient alone make a random walk of it: this run "
                        "does not learn. Signed dropout has them in the forward pass."));
  if (get_activation (settings)->even_first && has_dropout (settings, "signed"))
    return g_strdup (_ ("With an odd activation the mean over the signs is odd too: even "
                        "powers of the features cannot be learned."));
  if (starts_flat (settings))
    return g_strdup (_ ("From W₀ = 0 and a small start this activation has next to no "
                        "slope, so that little moves: a larger w0-scale or init gives it "
                        "one."));
  if (!eng_problem_spec_sizes (spec, &sizes))
    return NULL;
  k = eng_first_layer_count (settings, sizes.d);
  if (eng_first_layer_get_kind (settings) != ENG_FIRST_LAYER_INPUTS
      && sizes.n < FEW_SAMPLES * k)
    return g_strdup_printf (
        /* Translators: sizes; n is the number of samples. */
        _ ("%.0f features and n = %.0f: with less than three times as many samples as "
           "features there is little to learn from."),
        k, sizes.n);
  return NULL;
}

/* --- remedy ------------------------------------------------------------------------ */

gboolean
eng_three_layer_find_remedy (EngSpec           *spec,
                             const EngSettings *settings,
                             EngRemedy         *remedy)
{
  if (eng_settings_get_double (settings, "learning-rate") <= 0.005)
    return FALSE;
  *remedy = (EngRemedy){
    .key = "learning-rate",
    .value = NULL,
    .cause = N_ ("The learning rate was too large for three layers."),
    .brief = N_ ("learning rate too large"),
    .action = N_ ("Restart with the _Default Learning Rate"),
  };
  return TRUE;
}
