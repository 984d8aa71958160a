/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the learners that solve one system share. */
#include "config.h"

#include "eng-direct.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Columns of the matrix that a pass takes at a time. */
#define MAX_COLUMNS 64

const EngColumn eng_direct_columns[] = {
  { "residual", N_ ("Spread of the residual, relative to that of the samples") },
  { "rank", N_ ("Rank of L") },
  { "ridge", N_ ("Ridge in use") },
  { "ridge-added", N_ ("Ridge beyond what was asked for") },
  { NULL, NULL },
};

void
eng_direct_init (EngDirect *self, EngLearner *learner, const EngContext *context)
{
  gsize d = context->problem->d;

  eng_recovery_init (&self->recovery, learner, context, d, MIN (d, MAX_COLUMNS), d);
  self->l = eng_arena_mat (context->arena, d, d);
  self->ridge = NAN;
}

double
eng_direct_estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double d = sizes->d;

  /* Both what records the matrix and what measures it work on all of it. */
  return eng_recovery_estimate_bytes (settings, sizes, MIN (d, MAX_COLUMNS), d)
         + 2.0 * eng_low_rank_work_estimate_bytes (d, d) + sizeof (double) * 2.0 * d * d;
}

EngStatus
eng_direct_begin (EngDirect *self, EngLanes *lanes)
{
  EngRecovery *recovery = &self->recovery;
  EngSensing  *sensing = &recovery->sensing;
  EngStatus    status;
  double       mean;

  eng_sensing_set_samples (sensing, &recovery->batch);
  eng_sensing_set_dense_estimate (sensing, &self->l, lanes);
  mean = sensing->c_mean + recovery->intercept;
  status = eng_learner_judge (
      recovery->learner,
      (sensing->c_sd * sensing->c_sd + mean * mean) / recovery->problem->variance, TRUE);
  return status == ENG_STATUS_CONTINUE && recovery->t > 0 ? ENG_STATUS_FINISHED : status;
}

EngStatus
eng_direct_end (EngDirect *self, gboolean solved, EngLanes *lanes)
{
  EngRecovery *recovery = &self->recovery;

  if (!solved && eng_context_should_stop (&recovery->learner->context))
    return ENG_STATUS_STOPPED;
  if (!solved || !eng_low_rank_decompose (&recovery->l, &self->l, &recovery->work))
    return ENG_STATUS_DIVERGED;
  eng_sensing_set_dense_estimate (&recovery->sensing, &self->l, lanes);
  recovery->intercept = eng_recovery_is_plain (recovery->learner->context.settings)
                            ? 0.0
                            : -recovery->sensing.c_mean;
  recovery->t++;
  return ENG_STATUS_CONTINUE;
}

gboolean
eng_direct_prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  return TRUE;
}

double
eng_direct_get_added (const EngSettings *settings, double ridge)
{
  return eng_settings_has (settings, "ridge")
             ? ridge - eng_settings_get_double (settings, "ridge")
             : NAN;
}

void
eng_direct_measure (EngLearner *learner, double *values)
{
  const EngDirect  *self = learner->state;
  const EngSensing *sensing = &self->recovery.sensing;

  values[0] = sensing->samples == NULL ? NAN : sensing->c_sd / sensing->y_sd;
  values[1] = (double) self->recovery.l.rank;
  values[2] = self->ridge;
  values[3] = eng_direct_get_added (learner->context.settings, self->ridge);
}
