/* SPDX-License-Identifier: GPL-3.0-or-later
 * lazy: gradient descent on the first Taylor term f_L, the tangent-kernel student. */
#include "config.h"

#include "eng-jacobian.h"
#include "eng-taylor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const EngParam params[] = {
  ENG_TWO_LAYER_PARAMS ("softplus", "0"),
  ENG_STEP_PARAMS ("1"),
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_common_params, params, NULL };

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  return eng_taylor_estimate_bytes (settings, sizes, FALSE, 0);
}

static gboolean
init (EngLearner *self, const EngContext *context, GError **error)
{
  EngTaylorConfig config = { .linear = 1 };

  return eng_taylor_init (self->state, self, &config, context, error);
}

static void
combine (EngLearner *self, gsize n, const EngTerms *terms, float *out)
{
  memcpy (out, terms->linear, n * sizeof (float));
}

const EngLearnerClass eng_learner_lazy = {
  .id = "lazy",
  .title = N_ ("Lazy"),
  .help = N_ ("f_L alone: the network linearised at its start (NTK)"),
  .tables = tables,
  .state_size = sizeof (EngTaylor),
  .linearised = TRUE,
  .hint = eng_jacobian_get_hint,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = eng_taylor_learner_prepare,
  .step = eng_taylor_learner_step,
  .combine = combine,
  .weights = eng_taylor_learner_weights,
  .initial_weights = eng_taylor_learner_initial_weights,
  .two_layer = eng_taylor_learner_two_layer,
};
