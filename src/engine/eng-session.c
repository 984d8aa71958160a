/* SPDX-License-Identifier: GPL-3.0-or-later
 * The engine thread: commands in, snapshots out. */
#include "config.h"

#include "eng-error.h"
#include "eng-experiment.h"
#include "eng-session.h"

#include <math.h>
#include <string.h>

/* A snapshot at most this often: 25 a second leave the window time to draw. */
#define PUBLISH_USEC (G_USEC_PER_SEC / 25)
/* One advance aims at this long, so that commands are answered soon. */
#define CHUNK_USEC 10000
/* Steps a second are measured over about this long. */
#define SPEED_USEC (G_USEC_PER_SEC / 2)

typedef enum
{
  COMMAND_LOAD,
  COMMAND_START,
  COMMAND_PAUSE,
  COMMAND_STEP,
  COMMAND_RESET,
  COMMAND_CHANGE,
  COMMAND_QUIT,
} CommandKind;

/* Filled, then sealed with one atomic store, then pushed; read after an atomic load. */
typedef struct
{
  CommandKind kind;
  EngSpec    *spec;
  guint64     n;
  guint       run;
  char       *key, *value;
  int         sealed;
} Command;

struct _EngSession
{
  /* Shared. */
  GAsyncQueue *queue;          /* of Command */
  gpointer     latest;         /* atomic slot: the newest unread EngSnapshot */
  int          notify_pending; /* atomic */
  int          cancel;         /* atomic: loads and quits that have not been seen yet */

  /* Main thread. */
  GMainContext    *context;
  EngSessionNotify notify;
  gpointer         data;
  GThread         *thread;

  /* Engine thread. */
  guint          n_threads;
  EngExperiment *experiment;
  EngSpec       *spec; /* as loaded, without changes made since */
  EngPhase       phase;
  GError        *error;
  double         preparing;
  gboolean       stepping; /* pause after `steps_left` more */
  guint64        steps_left;
  gint64         run_usec;   /* spent advancing since step 0 */
  guint64        chunk;      /* steps of one advance */
  gint64         published;  /* when */
  gint64         speed_time; /* start of the present speed measurement */
  guint64        speed_step;
  double         speed;
  guint64        serial;
  GMutex         source_lock;
  GSource       *source;
};

static void
command_free (Command *command)
{
  g_clear_pointer (&command->spec, eng_spec_unref);
  g_free (command->key);
  g_free (command->value);
  g_free (command);
}

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

/* Builds `self->spec` up to step 0.  A newer load or a quit makes it give up; then the
 * next command says what to do. */
static void
build (EngSession *self)
{
  GError *error = NULL;

  g_clear_pointer (&self->experiment, eng_experiment_free);
  g_clear_error (&self->error);
  self->phase = ENG_PHASE_PREPARING;
  self->preparing = 0.0;
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
apply_live (EngSession *self, const Command *command)
{
  if (!has_data (self))
    return;
  /* The value was checked by the sender; a run or key that is gone changes nothing. */
  (void) eng_experiment_change (self->experiment, command->run, command->key,
                                command->value, NULL);
  publish_state (self);
}

/* Returns: FALSE to end the thread. */
static gboolean
obey (EngSession *self, const Command *command)
{
  switch (command->kind)
    {
    case COMMAND_LOAD:
      g_atomic_int_add (&self->cancel, -1);
      g_clear_pointer (&self->spec, eng_spec_unref);
      self->spec = eng_spec_ref (command->spec);
      build (self);
      break;
    case COMMAND_RESET:
      g_atomic_int_add (&self->cancel, -1);
      if (self->spec != NULL)
        build (self);
      break;
    case COMMAND_START:
      set_running (self, FALSE, 0);
      break;
    case COMMAND_STEP:
      set_running (self, TRUE, command->n);
      break;
    case COMMAND_PAUSE:
      if (self->phase == ENG_PHASE_RUNNING)
        {
          self->phase = ENG_PHASE_PAUSED;
          publish_state (self);
        }
      break;
    case COMMAND_CHANGE:
      apply_live (self, command);
      break;
    case COMMAND_QUIT:
      return FALSE;
    }
  return TRUE;
}

static gpointer
thread_main (gpointer data)
{
  EngSession *self = data;
  gboolean    going = TRUE;

  eng_lanes_be_nice ();
  while (going)
    {
      gboolean busy = self->phase == ENG_PHASE_RUNNING;
      Command *command = busy ? g_async_queue_try_pop (self->queue)
                              : g_async_queue_pop (self->queue);

      if (command != NULL)
        {
          (void) g_atomic_int_get (&command->sealed);
          going = obey (self, command);
          command_free (command);
        }
      else if (busy)
        advance (self);
    }
  g_clear_pointer (&self->experiment, eng_experiment_free);
  return NULL;
}

static void
send (EngSession *self, Command *command) /* (transfer full) */
{
  g_atomic_int_set (&command->sealed, TRUE);
  g_async_queue_push (self->queue, command);
}

static Command *
command_new (CommandKind kind)
{
  Command *command = g_new0 (Command, 1);

  command->kind = kind;
  return command;
}

/* --- API --------------------------------------------------------------------------------- */

EngSession *
eng_session_new (GMainContext    *context,
                 guint            n_threads,
                 EngSessionNotify notify,
                 gpointer         data)
{
  EngSession *self = g_new0 (EngSession, 1);

  eng_init ();
  self->queue = g_async_queue_new_full ((GDestroyNotify) command_free);
  self->context = g_main_context_ref (context != NULL ? context
                                                      : g_main_context_default ());
  self->n_threads = n_threads;
  self->notify = notify;
  self->data = data;
  self->speed = NAN;
  g_mutex_init (&self->source_lock);
  self->thread = g_thread_new ("escapement-engine", thread_main, self);
  return self;
}

void
eng_session_free (EngSession *self)
{
  EngSnapshot *unread;

  g_atomic_int_inc (&self->cancel);
  send (self, command_new (COMMAND_QUIT));
  g_thread_join (self->thread);
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  unread = g_atomic_pointer_exchange (&self->latest, NULL);
  g_clear_pointer (&unread, eng_snapshot_unref);
  g_clear_pointer (&self->spec, eng_spec_unref);
  g_clear_error (&self->error);
  g_async_queue_unref (self->queue);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->source_lock);
  g_free (self);
}

void
eng_session_load (EngSession *self, EngSpec *spec)
{
  Command *command = command_new (COMMAND_LOAD);

  command->spec = eng_spec_ref (spec);
  g_atomic_int_inc (&self->cancel);
  send (self, command);
}

void
eng_session_start (EngSession *self)
{
  send (self, command_new (COMMAND_START));
}

void
eng_session_pause (EngSession *self)
{
  send (self, command_new (COMMAND_PAUSE));
}

void
eng_session_step (EngSession *self, guint64 n)
{
  Command *command = command_new (COMMAND_STEP);

  command->n = n;
  send (self, command);
}

void
eng_session_reset (EngSession *self)
{
  g_atomic_int_inc (&self->cancel);
  send (self, command_new (COMMAND_RESET));
}

void
eng_session_change (EngSession *self, guint run, const char *key, const char *value)
{
  Command *command = command_new (COMMAND_CHANGE);

  command->run = run;
  command->key = g_strdup (key);
  command->value = g_strdup (value);
  send (self, command);
}

EngSnapshot *
eng_session_take_snapshot (EngSession *self)
{
  return g_atomic_pointer_exchange (&self->latest, NULL);
}
