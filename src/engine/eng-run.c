/* SPDX-License-Identifier: GPL-3.0-or-later
 * One run: stepping, ending. */
#include "config.h"

#include "eng-run-private.h"

#include <math.h>
#include <string.h>

/* Every step up to here is recorded. */
#define DENSE_STEPS 20
/* Records aimed at beyond that; more would not show on a screen and cost time. */
#define SPARSE_RECORDS 220
/* A fixed-feature student that stays this far above its best for so many records has
 * diverged (NOTATION). */
#define DIVERGED_GROWTH  10.0
#define DIVERGED_RECORDS 5
/* Below this, a train loss in float is rounding and moves by any factor. */
#define ROUNDING_LOSS 1e-6

GArray *
eng_run_schedule (guint64 planned)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (guint64));
  double  growth = 1.0;
  guint64 step = 0;

  if (planned > DENSE_STEPS)
    growth = pow ((double) planned / DENSE_STEPS, 1.0 / SPARSE_RECORDS);
  for (;;)
    {
      g_array_append_val (steps, step);
      if (step >= planned)
        return steps;
      step = step < DENSE_STEPS ? step + 1
                                : MAX (step + 1, (guint64) ceil ((double) step * growth));
      step = MIN (step, planned);
    }
}

EngLearner *
eng_run_get_learner (EngRun *self)
{
  return self->learner;
}

EngStatus
eng_run_get_status (EngRun *self)
{
  return self->status;
}

guint64
eng_run_get_step (EngRun *self)
{
  return self->step;
}

guint64
eng_run_get_planned (EngRun *self)
{
  return self->planned;
}

const float *
eng_run_get_start (EngRun *self)
{
  return self->start.data;
}

void
eng_run_change (EngRun *self, const char *key, double value)
{
  if (self->status != ENG_STATUS_CONTINUE)
    return;
  eng_learner_set_live (self->learner, key, value);
  /* The objective is another one now; its loss may rise without diverging. */
  self->best_train = INFINITY;
  self->high_records = 0;
}

/* --- stepping ---------------------------------------------------------------------- */

/* What a record says about the end of the run: the stop rule, for learners whose steps see
 * only a part of the loss, and divergence of fixed-feature students, which at records are
 * far above their best for several of them. */
static void
judge_record (EngRun *self)
{
  const double *losses = eng_trace_lookup (self->trace, "train-loss");
  gsize         n_written = eng_trace_get_n_written (self->trace);
  double        loss = losses == NULL || n_written == 0 ? NAN : losses[n_written - 1];

  if (!self->learner->judged_exactly && loss <= self->learner->stop_train_loss)
    self->status = ENG_STATUS_CONVERGED;
  /* A matrix of lower rank fits worse, and its learner judges itself. */
  if (self->learner->klass->full_network || self->learner->klass->low_rank != NULL)
    return;
  self->best_train = MIN (self->best_train, MAX (loss, ROUNDING_LOSS));
  self->high_records = loss > DIVERGED_GROWTH * self->best_train ? self->high_records + 1
                                                                 : 0;
  if (self->high_records >= DIVERGED_RECORDS)
    self->status = ENG_STATUS_DIVERGED;
}

static gboolean
is_due (EngRun *self)
{
  while (self->next_record < self->schedule->len
         && g_array_index (self->schedule, guint64, self->next_record) < self->step)
    self->next_record++;
  return self->next_record < self->schedule->len
         && g_array_index (self->schedule, guint64, self->next_record) == self->step;
}

gboolean
eng_run_prepare (EngRun *self, EngBasis *basis, EngLanes *lanes, GError **error)
{
  if (!eng_learner_prepare (self->learner, basis, lanes, error))
    return FALSE;
  for (guint i = 0; i < self->observers->len && !eng_context_should_stop (&self->context);
       i++)
    {
      EngObserver *observer = &g_array_index (self->observers, EngObserver, i);

      if (observer->klass->prepare != NULL)
        observer->klass->prepare (observer->state, self->learner);
    }
  if (!eng_context_should_stop (&self->context))
    eng_run_record (self, lanes);
  eng_run_publish (self, lanes);
  return TRUE;
}

void
eng_run_advance (EngRun *self, guint64 until, EngLanes *lanes)
{
  gint64 start = g_get_monotonic_time ();

  while (self->status == ENG_STATUS_CONTINUE && self->step < until
         && !eng_context_should_stop (&self->context))
    {
      self->status = eng_learner_step (self->learner, lanes);
      if (self->status == ENG_STATUS_CONTINUE)
        self->step++;
      if (self->status == ENG_STATUS_CONTINUE && self->step >= self->planned)
        self->status = ENG_STATUS_FINISHED;
      if (!is_due (self) && self->status == ENG_STATUS_CONTINUE)
        continue;
      self->seconds += (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
      eng_run_record (self, lanes);
      if (self->status == ENG_STATUS_CONTINUE)
        judge_record (self);
      start = g_get_monotonic_time ();
    }
  self->seconds += (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  if (self->status != ENG_STATUS_CONTINUE)
    eng_run_publish (self, lanes);
}

void
eng_run_stop (EngRun *self, EngLanes *lanes)
{
  if (self->status != ENG_STATUS_CONTINUE)
    return;
  self->status = ENG_STATUS_STOPPED;
  eng_run_record (self, lanes);
  eng_run_publish (self, lanes);
}
