/* SPDX-License-Identifier: GPL-3.0-or-later
 * The engine thread of a session: commands in, snapshots out. */
#include "config.h"

#include "eng-error.h"
#include "eng-session-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A snapshot at most this often: 25 a second leave the window time to draw. */
#define PUBLISH_USEC (G_USEC_PER_SEC / 25)
/* One advance aims at this long, so that commands are answered soon. */
#define CHUNK_USEC 10000
/* Steps a second are measured over about this long. */
#define SPEED_USEC (G_USEC_PER_SEC / 2)

/* --- snapshots out ---------------------------------------------------------------------- */

static gboolean
notify_cb (gpointer data)
{
  EngSession *self = data;

  /* Cleared first: a snapshot published from now on gets a notification of its own. */
  g_atomic_int_set (&self->notify_pending, FALSE);
  if (self->notify != NULL)
    self->notify (self, self->data);
  return G_SOURCE_REMOVE;
}

static void
publish (EngSession *self, EngSnapshot *snapshot) /* (transfer full) */
{
  EngSnapshot *unread = g_atomic_pointer_exchange (&self->latest, snapshot);

  g_clear_pointer (&unread, eng_snapshot_unref);
  if (g_atomic_int_compare_and_exchange (&self->notify_pending, FALSE, TRUE))
    {
      GSource *source = g_idle_source_new ();

      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, notify_cb, self, NULL);
      g_source_attach (source, self->context);
      g_mutex_lock (&self->source_lock);
      g_clear_pointer (&self->source, g_source_unref);
      self->source = source;
      g_mutex_unlock (&self->source_lock);
    }
}

static gboolean
has_data (EngSession *self)
{
  return self->experiment != NULL
         && (self->phase == ENG_PHASE_PAUSED || self->phase == ENG_PHASE_RUNNING
             || self->phase == ENG_PHASE_DONE);
}

static void
publish_state (EngSession *self)
{
  EngSnapshot *snapshot = has_data (self) ? eng_experiment_snapshot (self->experiment)
                                          : eng_snapshot_new (self->spec, 0);

  snapshot->serial = ++self->serial;
  snapshot->phase = self->phase;
  snapshot->error = self->error != NULL ? g_error_copy (self->error) : NULL;
  snapshot->preparing = self->preparing;
  snapshot->n_starts = self->n_started;
  snapshot->n_changed = self->n_changed;
  snapshot->seconds = (double) self->run_usec / G_USEC_PER_SEC;
  snapshot->steps_per_second = self->speed;
  if (!has_data (self) && self->spec != NULL)
    snapshot->planned = eng_spec_get_max_steps (self->spec);
  self->published = g_get_monotonic_time ();
  publish (self, snapshot);
}

/* --- experiment ------------------------------------------------------------------------- */

static void
progress_cb (double done, gpointer data)
{
  EngSession *self = data;

  self->preparing = done;
  if (g_get_monotonic_time () - self->published >= PUBLISH_USEC)
    publish_state (self);
}

static void
set_failed (EngSession *self, GError *error) /* (transfer full) */
{
  g_clear_pointer (&self->experiment, eng_experiment_free);
  self->error = error;
  self->phase = ENG_PHASE_FAILED;
}

/* Builds `self->spec` up to step 0.  A newer load, a cancel or a quit makes it give up; then the
 * next command says what to do. */
static void
build (EngSession *self)
{
  GError *error = NULL;

  g_clear_pointer (&self->experiment, eng_experiment_free);
  g_clear_error (&self->error);
  self->phase = ENG_PHASE_PREPARING;
  self->preparing = 0.0;
  self->n_changed = 0;
  self->run_usec = 0;
  self->chunk = 1;
  self->speed = NAN;
  self->speed_time = 0;
  publish_state (self);
  self->experiment = eng_experiment_new (self->spec, self->n_threads, &self->cancel,
                                         &error);
  if (self->experiment == NULL
      || !eng_experiment_prepare (self->experiment, progress_cb, self, &error))
    set_failed (self, error);
  else
    self->phase = ENG_PHASE_PAUSED;
  if (!g_error_matches (self->error, ENG_ERROR, ENG_ERROR_CANCELLED))
    publish_state (self);
}

static void
measure_speed (EngSession *self, gint64 now)
{
  guint64 step = eng_experiment_get_step (self->experiment);

  if (self->speed_time == 0)
    {
      self->speed_time = now;
      self->speed_step = step;
    }
  else if (now - self->speed_time >= SPEED_USEC)
    {
      self->speed = (double) (step - self->speed_step) * G_USEC_PER_SEC
                    / (double) (now - self->speed_time);
      self->speed_time = now;
      self->speed_step = step;
    }
}

/* One chunk of steps, then a snapshot if one is due. */
static void
advance (EngSession *self)
{
  gint64    before = g_get_monotonic_time (), spent;
  guint64   n = self->stepping ? MIN (self->chunk, self->steps_left) : self->chunk;
  EngStatus status = eng_experiment_advance (self->experiment, n);

  if (g_atomic_int_get (&self->cancel) != 0)
    {
      /* Interrupted where the runs may differ by some steps: of no use any more.  What
       * interrupted it is in the queue, and publishes what becomes of it. */
      set_failed (self, g_error_new_literal (ENG_ERROR, ENG_ERROR_CANCELLED,
                                             _ ("the training was given up")));
      return;
    }
  spent = g_get_monotonic_time () - before;
  self->run_usec += spent;
  if (spent < CHUNK_USEC / 2)
    self->chunk = MIN (self->chunk * 2, 100000);
  else if (spent > CHUNK_USEC * 2)
    self->chunk = MAX (self->chunk / 2, 1);
  measure_speed (self, before + spent);
  if (self->stepping)
    self->steps_left -= n;
  if (status != ENG_STATUS_CONTINUE)
    self->phase = ENG_PHASE_DONE;
  else if (self->stepping && self->steps_left == 0)
    self->phase = ENG_PHASE_PAUSED;
  if (self->phase != ENG_PHASE_RUNNING
      || before + spent - self->published >= PUBLISH_USEC)
    publish_state (self);
}

/* --- commands in ------------------------------------------------------------------------ */

static void
set_running (EngSession *self, gboolean stepping, guint64 n)
{
  if (self->phase != ENG_PHASE_PAUSED && self->phase != ENG_PHASE_RUNNING)
    return;
  self->phase = ENG_PHASE_RUNNING;
  self->stepping = stepping;
  self->steps_left = n;
  self->speed_time = 0;
  publish_state (self);
}

static void
apply_live (EngSession *self, const EngCommand *command)
{
  if (!has_data (self))
    return;
  self->n_changed++;
  /* The value was checked by the sender; a run or key that is gone changes nothing. */
  (void) eng_experiment_change (self->experiment, command->run, command->key,
                                command->value, NULL);
  publish_state (self);
}

static void
apply_words (EngSession *self, EngSpec *words)
{
  EngSpec *spec;

  if (self->spec == NULL
      || eng_spec_get_n_runs (self->spec) != eng_spec_get_n_runs (words))
    return;
  spec = eng_spec_with_words_of (self->spec, words);
  eng_spec_unref (self->spec);
  self->spec = spec;
  if (self->experiment != NULL)
    eng_experiment_set_words (self->experiment, words);
  publish_state (self);
}

/* Returns: FALSE to end the thread. */
static gboolean
obey (EngSession *self, const EngCommand *command)
{
  switch (command->kind)
    {
    case ENG_COMMAND_LOAD:
      g_atomic_int_add (&self->cancel, -1);
      self->n_started = command->n_starts;
      g_clear_pointer (&self->spec, eng_spec_unref);
      self->spec = eng_spec_ref (command->spec);
      build (self);
      break;
    case ENG_COMMAND_RESET:
      g_atomic_int_add (&self->cancel, -1);
      self->n_started = command->n_starts;
      if (self->spec != NULL)
        build (self);
      break;
    case ENG_COMMAND_START:
      set_running (self, FALSE, 0);
      break;
    case ENG_COMMAND_STEP:
      set_running (self, TRUE, command->n);
      break;
    case ENG_COMMAND_PAUSE:
      if (self->phase == ENG_PHASE_RUNNING)
        {
          self->phase = ENG_PHASE_PAUSED;
          publish_state (self);
        }
      break;
    case ENG_COMMAND_CHANGE:
      apply_live (self, command);
      break;
    case ENG_COMMAND_WORDS:
      apply_words (self, command->spec);
      break;
    case ENG_COMMAND_CANCEL:
      g_atomic_int_add (&self->cancel, -1);
      if (g_error_matches (self->error, ENG_ERROR, ENG_ERROR_CANCELLED))
        publish_state (self);
      break;
    case ENG_COMMAND_QUIT:
      return FALSE;
    }
  return TRUE;
}

gpointer
eng_session_thread_main (gpointer data)
{
  EngSession *self = data;
  gboolean    going = TRUE;

  eng_lanes_be_nice ();
  while (going)
    {
      gboolean    busy = self->phase == ENG_PHASE_RUNNING;
      EngCommand *command = busy ? g_async_queue_try_pop (self->queue)
                                 : g_async_queue_pop (self->queue);

      if (command != NULL)
        {
          (void) g_atomic_int_get (&command->sealed);
          going = obey (self, command);
          eng_command_free (command);
        }
      else if (busy)
        advance (self);
    }
  g_clear_pointer (&self->experiment, eng_experiment_free);
  return NULL;
}
