/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a program that died has left: offered in a banner, brought back by training again
 * up to where it was, which gives the same curves. */
#include "config.h"

#include "esc-window-private.h"

#include "esc-words.h"
#include "plot-format.h"

#include <glib/gi18n.h>

static EscRecoverySlot *
get_offered (EscWindow *self)
{
  if (self->recovered == NULL || self->recovered->len == 0)
    return NULL;
  return g_ptr_array_index (self->recovered, self->recovered->len - 1);
}

static char *
describe (const EscRecoveryState *state)
{
  gboolean         modified = !eng_spec_equal (state->spec, state->saved);
  g_autofree char *step = plot_format_integer (state->step);

  if (state->step == 0)
    return g_strdup (_ ("It has changes that were not saved."));
  if (modified)
    return g_strdup_printf (
        _ ("It had reached step %s and has changes that were not saved."), step);
  return g_strdup_printf (_ ("It had reached step %s."), step);
}

static void
offer (EscWindow *self)
{
  EscRecoverySlot        *slot = get_offered (self);
  const EscRecoveryState *state;
  g_autofree char        *plain = NULL, *title = NULL, *detail = NULL;

  if (slot == NULL)
    {
      esc_banner_hide (self->recovery_banner);
      return;
    }
  state = esc_recovery_slot_get_found (slot);
  plain = esc_words_formula_plain (_ (eng_spec_get_title (state->spec)));
  title = g_strdup_printf (_ ("“%s” was interrupted when Escapement ended"), plain);
  detail = describe (state);
  esc_banner_show (self->recovery_banner, title, detail);
}

static void
drop_offered (EscWindow *self)
{
  g_ptr_array_set_size (self->recovered, (int) self->recovered->len - 1);
  offer (self);
}

static void
restore (EscWindow *self, gpointer data)
{
  EscRecoverySlot        *slot = get_offered (self);
  const EscRecoveryState *state;

  if (slot == NULL)
    return;
  state = esc_recovery_slot_get_found (slot);
  esc_document_load (self->document, state->saved, state->file, state->preset);
  esc_document_edit (self->document, state->spec, _ ("Restored Changes"), NULL);
  if (state->step > 0)
    esc_session_model_replay (self->model, state->spec, state->step);
  esc_autosave_adopt (self->autosave, slot);
  drop_offered (self);
}

void
esc_window_restore (EscWindow *self)
{
  esc_window_guard (self, restore, NULL, NULL);
}

void
esc_window_forget_recovered (EscWindow *self)
{
  EscRecoverySlot *slot = get_offered (self);

  if (slot == NULL)
    return;
  esc_recovery_slot_discard (slot);
  drop_offered (self);
}

/* --- looking ------------------------------------------------------------------- */

static void
claim_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, esc_recovery_claim (), (GDestroyNotify) g_ptr_array_unref);
}

static void
claimed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (EscWindow) self = data;
  GPtrArray            *slots = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: the window has gone. */
  if (slots == NULL)
    return;
  self->recovered = slots;
  offer (self);
}

void
esc_window_look_for_recovered (EscWindow *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ESC_IS_WINDOW (self));
  g_return_if_fail (self->recovered == NULL);

  task = g_task_new (NULL, self->cancellable, claimed_cb, g_object_ref (self));
  g_task_run_in_thread (task, claim_thread);
}

static void
failed_cb (EscWindow *self, const char *message)
{
  esc_banner_show (self->file_banner,
                   _ ("If Escapement ended now, this experiment would be lost"), message);
}

void
esc_window_start_autosave (EscWindow *self)
{
  self->autosave = esc_autosave_new (self->document, self->model);
  g_signal_connect_object (self->autosave, "failed", G_CALLBACK (failed_cb), self,
                           G_CONNECT_SWAPPED);
  esc_banner_add_button (self->recovery_banner, _ ("Re_store"), "win.restore", TRUE);
  esc_banner_add_button (self->recovery_banner, _ ("_Discard"), "win.forget-recovered",
                         FALSE);
}

void
esc_window_end (EscWindow *self)
{
  g_return_if_fail (ESC_IS_WINDOW (self));

  esc_spec_editor_commit (self->editor);
  esc_autosave_keep (self->autosave);
  gtk_window_destroy (GTK_WINDOW (self));
}
