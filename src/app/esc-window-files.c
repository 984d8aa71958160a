/* SPDX-License-Identifier: GPL-3.0-or-later
 * Experiments out of the window, and the guard over unsaved changes.  Files are written on a
 * thread of GIO's: a network share must not freeze the window. */
#include "config.h"

#include "esc-window-private.h"

#include "esc-choose.h"
#include "esc-compat.h"
#include "esc-preset.h"

#include <glib/gi18n.h>

/* --- what waits ------------------------------------------------------------------ */

void
esc_window_drop_pending (EscWindow *self)
{
  if (self->pending_destroy != NULL)
    self->pending_destroy (self->pending_data);
  self->pending = NULL;
  self->pending_data = NULL;
  self->pending_destroy = NULL;
}

static void
run_pending (EscWindow *self)
{
  EscWindowFunc  func = g_steal_pointer (&self->pending);
  gpointer       data = g_steal_pointer (&self->pending_data);
  GDestroyNotify destroy = g_steal_pointer (&self->pending_destroy);

  if (func != NULL)
    func (self, data);
  if (destroy != NULL)
    destroy (data);
}

/* At once, or after the question if something would be lost: also what was changed while a
 * file was written. */
static void go_on (EscWindow *self);

/* --- saving ---------------------------------------------------------------------- */

typedef struct
{
  GFile   *file;
  EngSpec *spec;
  gboolean
      is_answer; /* to the question what becomes of changes: something waits for it */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->file);
  eng_spec_unref (saving->spec);
  g_free (saving);
}

static void
save_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Saving *saving = data;
  GError *error = NULL;

  if (eng_spec_save (saving->spec, saving->file, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (EscWindow) self = data;
  Saving               *saving = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError)    error = NULL;
  g_autofree char      *name = NULL, *title = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (self->document == NULL
          || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      name = g_file_get_basename (saving->file);
      title = g_strdup_printf (_ ("“%s” could not be saved"), name);
      esc_banner_show (self->file_banner, title, error->message);
      if (saving->is_answer)
        esc_window_drop_pending (self);
      return;
    }
  esc_banner_hide (self->file_banner);
  esc_document_saved (self->document, saving->spec, saving->file);
  esc_window_remember_file (saving->file);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Experiment saved")));
  if (saving->is_answer)
    go_on (self);
}

static void
write_file (EscWindow *self, GFile *file)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, saved_cb,
                                       g_object_ref (self));
  Saving           *saving = g_new0 (Saving, 1);

  saving->file = g_object_ref (file);
  saving->spec = eng_spec_ref (esc_document_get_spec (self->document));
  saving->is_answer = self->is_answering;
  self->is_answering = FALSE;
  g_task_set_task_data (task, saving, saving_free);
  esc_application_wait_for (task);
  g_task_run_in_thread (task, save_thread);
}

static void
save_chosen_cb (GFile *file, gpointer data)
{
  EscWindow *self = data;

  if (file != NULL)
    write_file (self, file);
  else if (self->is_answering)
    esc_window_drop_pending (self);
  self->is_answering = FALSE;
}

static char *
suggest_name (EscWindow *self)
{
  const char *name = eng_spec_get_name (esc_document_get_spec (self->document));

  return g_strconcat (*name == '\0' ? "experiment" : name, ENG_SPEC_SUFFIX, NULL);
}

void
esc_window_save (EscWindow *self, gboolean as)
{
  GFile           *file = esc_document_get_file (self->document);
  g_autofree char *name = NULL;

  if (file != NULL && !as)
    {
      write_file (self, file);
      return;
    }
  name = file != NULL ? g_file_get_basename (file) : suggest_name (self);
  esc_choose_save (GTK_WINDOW (self), name, save_chosen_cb, self);
}

/* --- the guard ------------------------------------------------------------------- */

static void
answer_cb (EscAnswer answer, gpointer data)
{
  g_autoptr (EscWindow) self = data; /* kept while the question was open */

  self->is_asking = FALSE;
  if (self->document == NULL || answer == ESC_ANSWER_CANCEL)
    esc_window_drop_pending (self);
  else if (answer == ESC_ANSWER_SAVE)
    {
      self->is_answering = TRUE;
      esc_window_save (self, FALSE);
    }
  else
    run_pending (self);
}

static void
go_on (EscWindow *self)
{
  if (!esc_document_get_modified (self->document))
    {
      run_pending (self);
      return;
    }
  self->is_asking = TRUE;
  esc_compat_ask_save (GTK_WINDOW (self),
                       eng_spec_get_title (esc_document_get_spec (self->document)),
                       answer_cb, g_object_ref (self));
}

void
esc_window_guard (EscWindow     *self,
                  EscWindowFunc  func,
                  gpointer       data,
                  GDestroyNotify destroy)
{
  if (self->is_asking)
    {
      if (destroy != NULL)
        destroy (data);
      return;
    }
  esc_window_drop_pending (self);
  self->pending = func;
  self->pending_data = data;
  self->pending_destroy = destroy;
  go_on (self);
}

/* --- replacing what is shown -------------------------------------------------------- */

static void
load_blank (EscWindow *self, gpointer data)
{
  g_autoptr (EngSpec) spec = esc_preset_new_blank ();

  esc_banner_hide (self->file_banner);
  esc_document_load (self->document, spec, NULL, NULL);
}

void
esc_window_new_experiment (EscWindow *self)
{
  esc_window_guard (self, load_blank, NULL, NULL);
}

static void
load_preset (EscWindow *self, gpointer id)
{
  EscPreset *preset = esc_preset_find (id);

  if (preset == NULL)
    return;
  esc_banner_hide (self->file_banner);
  esc_document_load (self->document, esc_preset_get_spec (preset), NULL, id);
}

void
esc_window_load_preset (EscWindow *self, const char *id)
{
  esc_window_guard (self, load_preset, g_strdup (id), g_free);
}
