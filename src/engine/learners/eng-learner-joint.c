/* SPDX-License-Identifier: GPL-3.0-or-later
 * joint: f_L + f_Q with the band regulariser R1 to R4 and perturbed gradient descent (D2). */
#include "config.h"

#include "eng-error.h"
#include "eng-harmonics.h"
#include "eng-taylor.h"

#include <glib/gi18n-lib.h>

static const EngChoice spaces[] = {
  { "parameter", N_ ("Parameters") },
  { "function", N_ ("Functions") },
  { NULL, NULL },
};

static const EngChoice decays[] = {
  { "decay", N_ ("Weight decay, ½|W|²") },
  { "projected", N_ ("Only in Q1, |P W|²") },
  { NULL, NULL },
};

static const EngParam params[] = {
  ENG_TWO_LAYER_PARAMS ("softplus", "0.1"),
  ENG_STEP_PARAMS ("0.5"),
  { .key = "lambda1",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e4,
    .fallback = "10",
    .flags = ENG_PARAM_LIVE,
    .title = N_ ("Penalty λ₁"),
    .help = N_ ("on f_L outside Q1 at fresh inputs (R1)") },
  { .key = "lambda2",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e4,
    .fallback = "0",
    .flags = ENG_PARAM_LIVE | ENG_PARAM_ADVANCED,
    .title = N_ ("Penalty λ₂"),
    .help = N_ ("on f_L outside Q1 at the training inputs (R2)") },
  { .key = "lambda3",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e3,
    .fallback = "0",
    .flags = ENG_PARAM_LIVE | ENG_PARAM_ADVANCED,
    .title = N_ ("Penalty λ₃"),
    .help = N_ ("weight decay (R3)") },
  { .key = "r3",
    .kind = ENG_PARAM_CHOICE,
    .choices = decays,
    .fallback = "decay",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Kind of R3"),
    .help = N_ ("what λ₃ weighs") },
  ENG_TAYLOR_R4_PARAMS,
  { .key = "r1-space",
    .kind = ENG_PARAM_CHOICE,
    .choices = spaces,
    .fallback = "parameter",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Space of R1"),
    .help = N_ ("project parameters on Q1, or functions on polynomials") },
  { .key = "unlabelled",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = 1e6,
    .fallback = "128",
    .flags = ENG_PARAM_FIXABLE | ENG_PARAM_ADVANCED,
    .title = N_ ("Unlabelled Inputs"),
    .help = N_ ("fresh ones each step, or “fixed 1500” for one set") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_common_params, params, NULL };

/* P_{<=k} needs a probe for each of its directions. */
static gboolean
check_probes (EngSpec           *spec,
              const EngSettings *settings,
              const EngSizes    *sizes,
              GError           **error)
{
  const EngSettings *observe = eng_spec_get_observe (spec);
  gsize              d = (gsize) sizes->d;
  gsize              needed = eng_harmonics_dimension_up_to (d, sizes->k);
  gsize              probes = eng_settings_has (observe, "probes")
                                  ? (gsize) eng_settings_get_int (observe, "probes")
                                  : eng_basis_default_probes (d, sizes->k);

  if (probes >= needed
      || (eng_settings_get_double (settings, "lambda1") <= 0
          && eng_settings_get_double (settings, "lambda2") <= 0))
    return TRUE;
  g_set_error (
      error, ENG_ERROR, ENG_ERROR_UNSUPPORTED,
      _ ("the penalty outside Q1 needs as many probe inputs as Q1 has directions: %zu, "
         "and there are %zu; set observe.probes (up to 6000), r1-space=function, or a smaller "
         "d or k"),
      needed, probes);
  return FALSE;
}

static gboolean
check (EngSpec *spec, const EngSettings *settings, GError **error)
{
  EngSizes sizes;
  gint64   unlabelled = eng_settings_get_int (settings, "unlabelled");
  gsize    needed;

  if (!eng_taylor_check_activation (spec, settings, error))
    return FALSE;
  if (!eng_problem_spec_sizes (spec, &sizes))
    return TRUE;
  if (!eng_settings_is_choice (settings, "r1-space", "function"))
    return check_probes (spec, settings, &sizes, error);
  needed = eng_problem_basis_size ((gsize) sizes.d, sizes.k);
  if ((gsize) unlabelled > needed)
    return TRUE;
  g_set_error (
      error, ENG_ERROR, ENG_ERROR_UNSUPPORTED,
      _ ("unlabelled must be more than the number of polynomials of degree ≤ %u, "
         "%zu, to project functions on them, got %zu"),
      sizes.k, needed, (gsize) unlabelled);
  return FALSE;
}

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  return eng_taylor_estimate_bytes (
      settings, sizes, TRUE, (gsize) eng_settings_get_int (settings, "unlabelled"));
}

static gboolean
init (EngLearner *self, const EngContext *context, GError **error)
{
  static const char *const keys[] = { "lambda1", "lambda2", "lambda3", "lambda4" };
  const EngSettings       *settings = context->settings;
  EngTaylorConfig          config = { .linear = 1, .quadratic = 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    config.lambda[i] = eng_settings_get_double (settings, keys[i]);
  config.function_space = eng_settings_is_choice (settings, "r1-space", "function");
  config.decay_projected = eng_settings_is_choice (settings, "r3", "projected");
  config.eighth_power = eng_settings_is_choice (settings, "r4-power", "8");
  config.n_unlabelled = (gsize) eng_settings_get_int (settings, "unlabelled");
  config.unlabelled_fixed = eng_settings_is_fixed (settings, "unlabelled");
  config.kick = eng_settings_get_double (settings, "kick");
  return eng_taylor_init (self->state, self, &config, context, error);
}

static void
combine (EngLearner *self, gsize n, const EngTerms *terms, float *out)
{
  for (gsize i = 0; i < n; i++)
    out[i] = terms->linear[i] + terms->quadratic[i];
}

const EngLearnerClass eng_learner_joint = {
  .id = "joint",
  .title = N_ ("Joint"),
  .help = N_ ("f_L + f_Q with the penalty that keeps movement out of Q2"),
  .tables = tables,
  .state_size = sizeof (EngTaylor),
  .check = check,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = eng_taylor_learner_prepare,
  .step = eng_taylor_learner_step,
  .combine = combine,
  .weights = eng_taylor_learner_weights,
  .initial_weights = eng_taylor_learner_initial_weights,
  .two_layer = eng_taylor_learner_two_layer,
  .set_live = eng_taylor_learner_set_live,
};
