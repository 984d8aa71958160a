/* SPDX-License-Identifier: GPL-3.0-or-later
 * The main thread's side of a session. */
#include "config.h"

#include "eng-session-private.h"

#include <math.h>

void
eng_command_free (EngCommand *command)
{
  g_clear_pointer (&command->spec, eng_spec_unref);
  g_free (command->key);
  g_free (command->value);
  g_free (command);
}

static void
send (EngSession *self, EngCommand *command) /* (transfer full) */
{
  g_atomic_int_set (&command->sealed, TRUE);
  g_async_queue_push (self->queue, command);
}

static void
send_start (EngSession *self, EngCommand *command) /* (transfer full) */
{
  command->n_starts = ++self->n_starts;
  g_atomic_int_inc (&self->cancel);
  send (self, command);
}

static EngCommand *
command_new (EngCommandKind kind)
{
  EngCommand *command = g_new0 (EngCommand, 1);

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
  self->queue = g_async_queue_new_full ((GDestroyNotify) eng_command_free);
  self->context = g_main_context_ref (context != NULL ? context
                                                      : g_main_context_default ());
  self->n_threads = n_threads;
  self->notify = notify;
  self->data = data;
  self->speed = NAN;
  g_mutex_init (&self->source_lock);
  self->thread = g_thread_new ("engine", eng_session_thread_main, self);
  return self;
}

void
eng_session_free (EngSession *self)
{
  EngSnapshot *unread;

  g_atomic_int_inc (&self->cancel);
  send (self, command_new (ENG_COMMAND_QUIT));
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
  EngCommand *command = command_new (ENG_COMMAND_LOAD);

  command->spec = eng_spec_ref (spec);
  send_start (self, command);
}

guint
eng_session_get_n_starts (EngSession *self)
{
  return self->n_starts;
}

void
eng_session_start (EngSession *self)
{
  send (self, command_new (ENG_COMMAND_START));
}

void
eng_session_pause (EngSession *self)
{
  send (self, command_new (ENG_COMMAND_PAUSE));
}

void
eng_session_step (EngSession *self, guint64 n)
{
  EngCommand *command = command_new (ENG_COMMAND_STEP);

  command->n = n;
  send (self, command);
}

void
eng_session_reset (EngSession *self)
{
  send_start (self, command_new (ENG_COMMAND_RESET));
}

void
eng_session_change (EngSession *self, guint run, const char *key, const char *value)
{
  EngCommand *command = command_new (ENG_COMMAND_CHANGE);

  command->run = run;
  command->key = g_strdup (key);
  command->value = g_strdup (value);
  send (self, command);
}

void
eng_session_set_words (EngSession *self, EngSpec *words)
{
  EngCommand *command = command_new (ENG_COMMAND_WORDS);

  command->spec = eng_spec_ref (words);
  send (self, command);
}

void
eng_session_cancel (EngSession *self)
{
  g_atomic_int_inc (&self->cancel);
  send (self, command_new (ENG_COMMAND_CANCEL));
}

EngSnapshot *
eng_session_take_snapshot (EngSession *self)
{
  return g_atomic_pointer_exchange (&self->latest, NULL);
}
