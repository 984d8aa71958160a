/* SPDX-License-Identifier: GPL-3.0-or-later
 * three-layer: stochastic gradient descent with signed dropout on the second layer of a
 * three-layer network, and on the first if wanted (deep.md section 1; D1). */
#include "config.h"

#include "eng-three-layer-advice.h"
#include "eng-three-layer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const EngChoice signs[] = {
  [ENG_SIGNS_DROPOUT] = { "signed", N_ ("Signed dropout") },
  [ENG_SIGNS_NONE] = { "none", N_ ("None") },
  [ENG_SIGNS_LITERAL] = { "literal", N_ ("Signs on the gradient only") },
  { NULL, NULL },
};

static const EngChoice schedules[] = {
  { "cosine", N_ ("Falling to 0 along a cosine") },
  { "constant", N_ ("Constant") },
  { NULL, NULL },
};

static const EngParam params[] = {
  { .key = "m",
    .kind = ENG_PARAM_INT,
    .min = 2,
    .max = 1e6,
    .flags = ENG_PARAM_EVEN,
    .fallback = "100",
    .title = N_ ("Neurons m"),
    .help = N_ ("width of the trained layer; even, because neurons come in pairs") },
  { .key = "activation",
    .kind = ENG_PARAM_CHOICE,
    .choices = eng_activation_choices,
    .fallback = "halfsquare",
    .title = N_ ("Activation"),
    .help = N_ ("σ of the trained layer") },
  { .key = "dropout",
    .kind = ENG_PARAM_CHOICE,
    .choices = signs,
    .fallback = "signed",
    .title = N_ ("Dropout"),
    .help = N_ ("fresh random signs on the movement, in every step") },
  { .key = "learning-rate",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 10,
    .flags = ENG_PARAM_OPEN_MIN | ENG_PARAM_LIVE,
    .fallback = "0.005",
    .title = N_ ("Learning Rate"),
    .help = N_ ("step size η = this · √m; absolute, no multiple of 1/λ_max") },
  { .key = "schedule",
    .kind = ENG_PARAM_CHOICE,
    .choices = schedules,
    .fallback = "cosine",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Schedule"),
    .help = N_ ("of the step size over the planned steps") },
  { .key = "batch",
    .kind = ENG_PARAM_INT,
    .min = 0,
    .max = 1e7,
    .fallback = "128",
    .title = N_ ("Batch"),
    .help = N_ ("examples a step; 0 for all of them") },
  { .key = "lambda",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e6,
    .fallback = "1e-3",
    .flags = ENG_PARAM_LIVE,
    .title = N_ ("Penalty λ"),
    .help = N_ ("on ‖W Σ̂^½‖⁴, the fourth power of the 2,4-norm") },
  { .key = "w0-scale",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 10,
    .fallback = "0.3",
    .title = N_ ("Scale of W₀"),
    .help = N_ ("frozen weights are this · N(0, 1/features)") },
  { .key = "init",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 10,
    .fallback = "0.1",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Start of W"),
    .help = N_ ("random movement at step 0, in units of m^(−1/4) per row") },
  { .key = "clip",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e6,
    .fallback = "20",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Largest Gradient"),
    .help = N_ ("times √m; longer ones are shortened to it; 0 for never") },
  { .key = "first-layer-rate",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 100,
    .fallback = "0",
    .title = N_ ("First Layer's Rate"),
    .help = N_ ("its step size in units of η; 0: it stays random"),
    .only_key = "first-layer",
    .only_id = "random" },
  { .key = "first-layer-from",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1,
    .fallback = "0.5",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("First Layer Moves After"),
    .help = N_ ("share of the steps in which W alone is trained"),
    .only_key = "first-layer",
    .only_id = "random" },
  { .key = "first-layer-clip",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e6,
    .fallback = "8",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("First Layer's Largest Gradient"),
    .help = N_ ("times √m; longer ones are shortened to it; 0 for never"),
    .only_key = "first-layer",
    .only_id = "random" },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_common_params, params,
                                          eng_first_layer_params, NULL };

/* --- settings ---------------------------------------------------------------------- */

static EngSigns
get_signs (const EngSettings *settings)
{
  guint i = 0;

  while (!eng_settings_is_choice (settings, "dropout", signs[i].id))
    i++;
  return (EngSigns) i;
}

/* Own data say their d later. */
static gboolean
check (EngSpec *spec, const EngSettings *settings, GError **error)
{
  EngSizes sizes;

  return eng_three_layer_check_start (settings, error)
         && (!eng_problem_spec_sizes (spec, &sizes)
             || eng_first_layer_check (settings, sizes.d, error));
}

/* --- life -------------------------------------------------------------------------- */

static void
read_settings (EngThreeLayer *self, const EngSettings *settings)
{
  self->m = (gsize) eng_settings_get_int (settings, "m");
  self->activation = eng_activation_find (
      eng_settings_get_choice (settings, "activation"));
  self->signs = get_signs (settings);
  self->learning_rate = eng_settings_get_double (settings, "learning-rate");
  self->cosine = eng_settings_is_choice (settings, "schedule", "cosine");
  self->batch = (gsize) eng_settings_get_int (settings, "batch");
  self->lambda = eng_settings_get_double (settings, "lambda");
  self->w0_scale = eng_settings_get_double (settings, "w0-scale");
  self->init = eng_settings_get_double (settings, "init");
  self->clip = eng_settings_get_double (settings, "clip");
  self->first_rate = eng_settings_get_double (settings, "first-layer-rate");
  self->first_from = eng_settings_get_double (settings, "first-layer-from");
  self->first_clip = eng_settings_get_double (settings, "first-layer-clip");
  self->planned = (guint64) eng_settings_get_int (settings, "steps");
}

/* η, which the schedule shortens. */
static void
update_step_size (EngLearner *learner)
{
  EngThreeLayer *self = learner->state;

  learner->fixed_step_size = self->learning_rate * sqrt ((double) self->m);
  learner->step_size = learner->fixed_step_size;
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  EngThreeLayer *self = learner->state;

  if (!eng_first_layer_check (context->settings, (double) context->problem->d, error))
    return FALSE;
  read_settings (self, context->settings);
  eng_three_layer_init (self, context);
  eng_three_layer_draw (self, context->seed);
  update_step_size (learner);
  return TRUE;
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  return eng_three_layer_prepare (learner->state, context, error);
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  EngThreeLayer *self = learner->state;
  EngProblem    *problem = self->problem;
  double         loss;
  EngStatus      status;

  eng_three_layer_begin_step (self);
  loss = eng_three_layer_differentiate (self, lanes);
  status = eng_learner_judge (learner, loss / problem->variance,
                              self->batch == problem->n
                                  && self->signs != ENG_SIGNS_DROPOUT);
  if (status != ENG_STATUS_CONTINUE)
    return status;
  eng_three_layer_move (self);
  return ENG_STATUS_CONTINUE;
}

static void
predict (EngLearner *learner, const EngMatF *x, EngLanes *lanes, float *out)
{
  eng_three_layer_predict (learner->state, x, lanes, out);
}

/* --- views ------------------------------------------------------------------------- */

static const EngMatF *
weights (EngLearner *learner, guint layer)
{
  EngThreeLayer *self = learner->state;

  if (layer == 0)
    return &self->w;
  return layer == 1 && eng_three_layer_moves_first (self) ? &self->first.random.dv : NULL;
}

static const EngMatF *
initial_weights (EngLearner *learner, guint layer)
{
  EngThreeLayer *self = learner->state;

  if (layer == 0)
    return &self->w0;
  return layer == 1 && eng_three_layer_moves_first (self) ? &self->first.random.v0 : NULL;
}

static void
add_arrays (EngLearner *learner, EngArrays *arrays)
{
  const EngThreeLayer *self = learner->state;

  eng_arrays_add_matf (arrays, "w0", &self->w0);
  eng_arrays_add_floats (arrays, "a", self->m, self->a);
  eng_arrays_add_matf (arrays, "w", &self->w);
  if (self->first.kind == ENG_FIRST_LAYER_RANDOM)
    eng_random_layer_add_arrays (&self->first.random, arrays);
}

static gboolean
has_spectrum (EngSpec *spec, const EngSettings *settings)
{
  return eng_first_layer_get_kind (settings) == ENG_FIRST_LAYER_RANDOM;
}

/* Of the random features, before anything moves. */
static EngSpectrum *
make_spectrum (EngLearner *learner)
{
  EngThreeLayer        *self = learner->state;
  const EngRandomLayer *random = &self->first.random;
  EngSpectrum          *spectrum;

  if (self->first.kind != ENG_FIRST_LAYER_RANDOM)
    return NULL;
  spectrum = eng_spectrum_new (random->n_features);
  memcpy (spectrum->values, random->values, random->n_features * sizeof (double));
  spectrum->n_probes = self->first.n_inputs > 0 ? self->first.n_inputs : self->problem->n;
  spectrum->n_features = random->n_features;
  spectrum->n_inputs = random->d;
  eng_spectrum_find_usable (spectrum);
  return spectrum;
}

static void
set_live (EngLearner *learner, const char *key, double value)
{
  EngThreeLayer *self = learner->state;

  if (strcmp (key, "learning-rate") == 0)
    self->learning_rate = value;
  else
    self->lambda = value;
  update_step_size (learner);
}

const EngLearnerClass eng_learner_three_layer = {
  .id = "three-layer",
  .title = N_ ("Three layers"),
  .help = N_ ("a layer trained with signed dropout on features of the inputs"),
  .tables = tables,
  .state_size = sizeof (EngThreeLayer),
  .check = check,
  .hint = eng_three_layer_hint,
  .find_remedy = eng_three_layer_find_remedy,
  .estimate_bytes = eng_three_layer_estimate_bytes,
  .init = init,
  .prepare = prepare,
  .step = step,
  .predict = predict,
  .weights = weights,
  .initial_weights = initial_weights,
  .make_spectrum = make_spectrum,
  .has_spectrum = has_spectrum,
  .add_arrays = add_arrays,
  .set_live = set_live,
};
