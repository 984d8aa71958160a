/* SPDX-License-Identifier: GPL-3.0-or-later
 * Generic entry points of learners, and the keys they share. */
#include "config.h"

#include "eng-learner.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define COMMON_PARAMS(default_steps, default_stop)                                       \
  { .key = "learner",                                                                    \
    .kind = ENG_PARAM_TEXT,                                                              \
    .title = N_ ("Algorithm"),                                                           \
    .help = N_ ("how this run learns") },                                                \
      { .key = "label",                                                                  \
        .kind = ENG_PARAM_TEXT,                                                          \
        .flags = ENG_PARAM_OPTIONAL,                                                     \
        .title = N_ ("Label"),                                                           \
        .help = N_ ("name in plots and tables") },                                       \
      { .key = "steps",                                                                  \
        .kind = ENG_PARAM_INT,                                                           \
        .min = 1,                                                                        \
        .max = 1e7,                                                                      \
        .fallback = default_steps,                                                       \
        .title = N_ ("Steps"),                                                           \
        .help = N_ ("planned length of the run") },                                      \
      { .key = "stop-train-loss",                                                        \
        .kind = ENG_PARAM_REAL,                                                          \
        .min = 0,                                                                        \
        .max = 1,                                                                        \
        .fallback = default_stop,                                                        \
        .flags = ENG_PARAM_ADVANCED,                                                     \
        .title = N_ ("Stop at Train Loss"),                                              \
        .help = N_ ("ends the run early; relative to the variance of the target") },     \
  {                                                                                      \
    .key = "seed", .kind = ENG_PARAM_INT, .min = 0, .max = 9007199254740991.0,           \
    .flags = ENG_PARAM_OPTIONAL | ENG_PARAM_ADVANCED, .title = N_ ("Own Seed"),          \
    .help = N_ ("of the initial weights; the problem's by default")                      \
  }

const EngParam eng_learner_common_params[] = { COMMON_PARAMS ("2000", "0"),
                                               ENG_PARAM_END };
/* Far enough for an error below 1e-6 to be seen (rank-one.md 3 "Defaults"). */
const EngParam eng_learner_matrix_params[] = { COMMON_PARAMS ("100", "1e-14"),
                                               ENG_PARAM_END };
const EngParam eng_learner_direct_params[] = { COMMON_PARAMS ("1", "0"), ENG_PARAM_END };
/* As many as refine in deep.md section 5. */
const EngParam eng_learner_search_params[] = { COMMON_PARAMS ("200", "0"),
                                               ENG_PARAM_END };

gboolean
eng_context_should_stop (const EngContext *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

EngRng *
eng_context_stream (const EngContext *self, const char *name, guint64 index)
{
  EngRng *rng = eng_rng_new (self->seed, name, index);

  g_ptr_array_add (self->streams, rng);
  return rng;
}

static double
optional_double (const EngSettings *settings, const char *key, double otherwise)
{
  return eng_settings_has (settings, key) ? eng_settings_get_double (settings, key)
                                          : otherwise;
}

EngLearner *
eng_learner_new (const EngLearnerClass *klass, const EngContext *context, GError **error)
{
  EngLearner *self = eng_arena_bytes (context->arena, 1, sizeof (EngLearner));

  self->klass = klass;
  self->context = *context;
  self->state = eng_arena_bytes (context->arena, 1, klass->state_size);
  self->stop_train_loss = eng_settings_get_double (context->settings, "stop-train-loss");
  self->rate = optional_double (context->settings, "rate", 1.0);
  self->fixed_step_size = optional_double (context->settings, "step-size", 0.0);
  self->train_loss = NAN;
  self->lambda_max = NAN;
  self->step_size = NAN;
  return klass->init (self, &self->context, error) ? self : NULL;
}

gboolean
eng_learner_prepare (EngLearner *self, EngBasis *basis, EngLanes *lanes, GError **error)
{
  self->context.basis = basis;
  self->context.lanes = lanes;
  return self->klass->prepare (self, &self->context, error);
}

EngStatus
eng_learner_step (EngLearner *self, EngLanes *lanes)
{
  EngStatus status = self->klass->step (self, lanes);

  if (status == ENG_STATUS_CONTINUE)
    self->sum_of_steps += self->step_size;
  return status;
}

void
eng_learner_predict (EngLearner    *self,
                     const EngMatF *x,
                     EngLanes      *lanes,
                     EngTerms      *terms,
                     float         *out)
{
  g_assert (x->cols == self->context.problem->d);
  if (self->klass->predict != NULL)
    {
      self->klass->predict (self, x, lanes, out);
      return;
    }
  eng_two_layer_evaluate (eng_learner_two_layer (self), x, lanes, terms);
  self->klass->combine (self, x->rows, terms, out);
}

const EngMatF *
eng_learner_weights (EngLearner *self, guint layer)
{
  return self->klass->weights != NULL ? self->klass->weights (self, layer) : NULL;
}

const EngMatF *
eng_learner_initial_weights (EngLearner *self, guint layer)
{
  return self->klass->weights != NULL ? self->klass->initial_weights (self, layer) : NULL;
}

EngTwoLayer *
eng_learner_two_layer (EngLearner *self)
{
  return self->klass->two_layer != NULL ? self->klass->two_layer (self) : NULL;
}

gboolean
eng_learner_class_is_matrix (const EngLearnerClass *klass,
                             EngSpec               *spec,
                             const EngSettings     *settings)
{
  return klass->low_rank != NULL
         && (klass->is_matrix == NULL || klass->is_matrix (spec, settings));
}

const EngLowRank *
eng_learner_low_rank (EngLearner *self)
{
  return self->klass->low_rank != NULL ? self->klass->low_rank (self) : NULL;
}

const EngCoefficients *
eng_learner_coefficients (EngLearner *self)
{
  return self->klass->coefficients != NULL ? self->klass->coefficients (self) : NULL;
}

const EngMat *
eng_learner_directions (EngLearner *self)
{
  return self->klass->directions != NULL ? self->klass->directions (self) : NULL;
}

void
eng_learner_add_arrays (EngLearner *self, EngArrays *arrays)
{
  if (self->klass->add_arrays != NULL)
    self->klass->add_arrays (self, arrays);
}

void
eng_learner_update_step_size (EngLearner *self)
{
  self->step_size = self->fixed_step_size > 0 ? self->fixed_step_size
                                              : self->rate / self->lambda_max;
}

void
eng_learner_set_live (EngLearner *self, const char *key, double value)
{
  if (strcmp (key, "rate") == 0)
    {
      self->rate = value;
      self->fixed_step_size = 0;
    }
  else if (strcmp (key, "step-size") == 0)
    self->fixed_step_size = value;
  else if (self->klass->set_live != NULL)
    {
      self->klass->set_live (self, key, value);
      self->objective_changed = TRUE;
    }
  eng_learner_update_step_size (self);
}

EngStatus
eng_learner_judge (EngLearner *self, double loss, gboolean is_exact)
{
  self->train_loss = loss;
  self->judged_exactly = is_exact;
  if (!isfinite (loss) || loss > ENG_DIVERGED_LOSS)
    return ENG_STATUS_DIVERGED;
  if (is_exact && loss <= self->stop_train_loss)
    return ENG_STATUS_CONVERGED;
  return ENG_STATUS_CONTINUE;
}
