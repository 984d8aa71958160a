/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a crash would lose, written every second. */
#include "config.h"

#include "esc-autosave.h"

/* A crash loses at most this and the time of a write. */
#define INTERVAL_MS 1000

struct _EscAutosave
{
  GObject parent_instance;

  EscDocument      *document;
  EscSessionModel  *model;
  EscRecoverySlot  *slot;    /* (nullable): nothing worth keeping yet */
  EscRecoveryState *written; /* (nullable): what the slot holds, or is about to */
  guint             timeout_id;
  gboolean          is_writing;
  gboolean          has_failed;
};

G_DEFINE_FINAL_TYPE (EscAutosave, esc_autosave, G_TYPE_OBJECT)

enum
{
  SIGNAL_FAILED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static gboolean
differ_in_changes_only (EngSpec *a, EngSpec *b)
{
  g_autoptr (EngSpec) plain_a = eng_spec_without_changes (a);
  g_autoptr (EngSpec) plain_b = eng_spec_without_changes (b);

  return eng_spec_equal (plain_a, plain_b);
}

/* Returns: (transfer full) (nullable): NULL if a crash would lose nothing: the experiment
 * is as its file or preset has it, and either at its start or at its end.  Half way through
 * there is the place where it was to be told; at the end Train Again gives the same. */
static EscRecoveryState *
capture (EscAutosave *self)
{
  EngSnapshot *snapshot = esc_session_model_get_snapshot (self->model);
  EngSpec     *spec = esc_document_get_spec (self->document);
  guint64      step = esc_session_model_get_replay_step (self->model);
  gboolean     is_done = FALSE;

  if (spec == NULL)
    return NULL;
  if (snapshot != NULL && snapshot->spec != NULL && snapshot->step > 0
      && (snapshot->spec == spec || differ_in_changes_only (snapshot->spec, spec)))
    {
      step = MAX (step, snapshot->step);
      is_done = snapshot->phase == ENG_PHASE_DONE;
      /* What was changed while it ran is known there first. */
      if (eng_spec_get_n_changes (snapshot->spec) > eng_spec_get_n_changes (spec))
        spec = snapshot->spec;
    }
  if ((step == 0 || is_done) && !esc_document_get_modified (self->document))
    return NULL;
  return esc_recovery_state_new (spec, esc_document_get_saved (self->document), step,
                                 esc_document_get_file (self->document),
                                 esc_document_get_preset (self->document));
}

/* --- writing ------------------------------------------------------------------- */

typedef struct
{
  EscRecoverySlot  *slot;
  EscRecoveryState *state;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  esc_recovery_slot_unref (writing->slot);
  esc_recovery_state_free (writing->state);
  g_free (writing);
}

static void
write_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Writing *writing = data;
  GError  *error = NULL;

  if (esc_recovery_slot_write (writing->slot, writing->state, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
fail (EscAutosave *self, const GError *error)
{
  /* To be tried again. */
  g_clear_pointer (&self->written, esc_recovery_state_free);
  if (!self->has_failed)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
  self->has_failed = TRUE;
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (EscAutosave) self = data;
  g_autoptr (GError)      error = NULL;

  self->is_writing = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    self->has_failed = FALSE;
  else
    fail (self, error);
}

static EscRecoveryState *
copy_state (const EscRecoveryState *state)
{
  return esc_recovery_state_new (state->spec, state->saved, state->step, state->file,
                                 state->preset);
}

static void
write_state (EscAutosave *self, EscRecoveryState *state) /* (transfer full) */
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, written_cb, g_object_ref (self));
  Writing          *writing = g_new0 (Writing, 1);

  g_clear_pointer (&self->written, esc_recovery_state_free);
  self->written = copy_state (state);
  self->is_writing = TRUE;
  writing->slot = esc_recovery_slot_ref (self->slot);
  writing->state = state;
  g_task_set_task_data (task, writing, writing_free);
  g_task_run_in_thread (task, write_thread);
}

static void
forget (EscAutosave *self)
{
  if (self->slot != NULL)
    esc_recovery_slot_discard (self->slot);
  g_clear_pointer (&self->slot, esc_recovery_slot_unref);
  g_clear_pointer (&self->written, esc_recovery_state_free);
}

static gboolean
tick_cb (gpointer data)
{
  EscAutosave                 *self = data;
  g_autoptr (EscRecoveryState) state = NULL;
  g_autoptr (GError)           error = NULL;

  if (self->is_writing)
    return G_SOURCE_CONTINUE;
  state = capture (self);
  if (state == NULL)
    forget (self);
  else if (self->written == NULL || !esc_recovery_state_equal (state, self->written))
    {
      if (self->slot == NULL)
        self->slot = esc_recovery_slot_new (&error);
      if (self->slot == NULL)
        fail (self, error);
      else
        write_state (self, g_steal_pointer (&state));
    }
  return G_SOURCE_CONTINUE;
}

/* --- object -------------------------------------------------------------------- */

static void
esc_autosave_dispose (GObject *object)
{
  EscAutosave *self = ESC_AUTOSAVE (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  forget (self);
  g_clear_object (&self->document);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (esc_autosave_parent_class)->dispose (object);
}

static void
esc_autosave_class_init (EscAutosaveClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = esc_autosave_dispose;
  signals[SIGNAL_FAILED] = g_signal_new ("failed", ESC_TYPE_AUTOSAVE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_STRING);
}

static void
esc_autosave_init (EscAutosave *self)
{
  self->timeout_id = g_timeout_add (INTERVAL_MS, tick_cb, self);
}

EscAutosave *
esc_autosave_new (EscDocument *document, EscSessionModel *model)
{
  EscAutosave *self = g_object_new (ESC_TYPE_AUTOSAVE, NULL);

  self->document = g_object_ref (document);
  self->model = g_object_ref (model);
  return self;
}

void
esc_autosave_adopt (EscAutosave *self, EscRecoverySlot *slot)
{
  g_return_if_fail (ESC_IS_AUTOSAVE (self));
  g_return_if_fail (slot != NULL);

  forget (self);
  self->slot = esc_recovery_slot_ref (slot);
}

void
esc_autosave_keep (EscAutosave *self)
{
  g_autoptr (EscRecoveryState) state = NULL;
  g_autoptr (EscRecoverySlot)  slot = NULL;

  g_return_if_fail (ESC_IS_AUTOSAVE (self));

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  state = capture (self);
  if (state != NULL)
    slot = esc_recovery_slot_new (NULL);
  /* In a slot of its own: a write that is under way may be of an earlier moment. */
  if (state == NULL || (slot != NULL && esc_recovery_slot_write (slot, state, NULL)))
    {
      forget (self);
      return;
    }
  if (slot != NULL)
    esc_recovery_slot_discard (slot);
  /* What was written last is better than nothing. */
  g_clear_pointer (&self->slot, esc_recovery_slot_unref);
}
