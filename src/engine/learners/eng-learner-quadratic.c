/* SPDX-License-Identifier: GPL-3.0-or-later
 * quadratic: the second Taylor term f_Q, with f_L deleted or averaged out by signed
 * dropout, or by signs on the gradient only, which does not learn (D1). */
#include "config.h"

#include "eng-taylor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const EngChoice modes[] = {
  { "deleted", N_ ("f_L deleted") },
  { "signed-dropout", N_ ("Signed dropout") },
  { "literal", N_ ("Signs on the gradient only") },
  { NULL, NULL },
};

static const EngParam params[] = {
  ENG_TWO_LAYER_PARAMS ("softplus", "0.1"),
  ENG_STEP_PARAMS ("1"),
  { .key = "mode",
    .kind = ENG_PARAM_CHOICE,
    .choices = modes,
    .fallback = "deleted",
    .title = N_ ("Mode"),
    .help = N_ ("how f_L is kept out") },
  ENG_TAYLOR_R4_PARAMS,
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_common_params, params, NULL };

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  return eng_taylor_estimate_bytes (settings, sizes, TRUE, 0);
}

static gboolean
init (EngLearner *self, const EngContext *context, GError **error)
{
  const EngSettings *settings = context->settings;
  EngTaylorConfig    config = { .quadratic = 1 };

  config.lambda[3] = eng_settings_get_double (settings, "lambda4");
  config.eighth_power = eng_settings_is_choice (settings, "r4-power", "8");
  config.kick = eng_settings_get_double (settings, "kick");
  if (!eng_settings_is_choice (settings, "mode", "deleted"))
    {
      config.linear = 1;
      config.dropout = eng_settings_is_choice (settings, "mode", "literal")
                           ? ENG_DROPOUT_LITERAL
                           : ENG_DROPOUT_SIGNED;
    }
  return eng_taylor_init (self->state, self, &config, context, error);
}

/* The mean over signs of the dropout network is f_Q: its f_L averages to zero. */
static void
combine (EngLearner *self, gsize n, const EngTerms *terms, float *out)
{
  memcpy (out, terms->quadratic, n * sizeof (float));
}

const EngLearnerClass eng_learner_quadratic = {
  .id = "quadratic",
  .title = N_ ("Quadratic"),
  .help = N_ ("f_Q alone: the second-order Taylor term (QuadNTK)"),
  .tables = tables,
  .state_size = sizeof (EngTaylor),
  .check = eng_taylor_check_activation,
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
