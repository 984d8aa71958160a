/* SPDX-License-Identifier: GPL-3.0-or-later
 * Experiments into the window: from files of their own, figures, exported tables and run
 * folders.  All are read on a thread of GIO's: a network share must not freeze the window. */
#include "config.h"

#include "esc-window-private.h"

#include "eng-error.h"
#include "eng-figure.h"
#include "eng-run-folder.h"
#include "esc-choose.h"
#include "esc-data.h"

#include <glib/gi18n.h>

/* --- reading --------------------------------------------------------------------- */

static gboolean
is_folder (GFile *file)
{
  return g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL)
         == G_FILE_TYPE_DIRECTORY;
}

static EngSpec *
load_from_folder (GFile *folder, GError **error)
{
  g_autoptr (GFile) file = eng_run_folder_find_experiment (folder, error);

  return file != NULL ? eng_spec_load (file, error) : NULL;
}

static void
load_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  GError  *error = NULL;
  GFile   *file = data;
  EngSpec *spec = is_folder (file) ? load_from_folder (file, &error)
                                   : eng_spec_load (file, &error);

  if (spec == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, spec, (GDestroyNotify) eng_spec_unref);
}

/* A folder of results keeps the experiment that made it: saving asks for another place. */
static void
show_loaded (EscWindow *self, EngSpec *spec, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  if (!g_str_has_suffix (name, ENG_SPEC_SUFFIX))
    {
      esc_document_load (self->document, spec, NULL, NULL);
      return;
    }
  esc_document_load (self->document, spec, file, NULL);
  esc_window_remember_file (file);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (EscWindow) self = data;
  GFile                *file = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError)    error = NULL;
  g_autoptr (EngSpec)   spec = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char      *name = NULL, *title = NULL;

  if (self->document == NULL)
    return;
  if (spec == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      name = g_file_get_basename (file);
      title = g_strdup_printf (_ ("“%s” could not be opened"), name);
      esc_banner_show (self->file_banner, title, error->message);
      self->begins = FALSE;
      if (g_error_matches (error, ENG_ERROR, ENG_ERROR_IO))
        esc_window_forget_file (file);
      return;
    }
  esc_banner_hide (self->file_banner);
  show_loaded (self, spec, file);
}

static void
read_file (EscWindow *self, gpointer file)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, loaded_cb,
                                       g_object_ref (self));

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_thread);
}

/* --- tables ---------------------------------------------------------------------- */

/* A file to be opened, and whether the person was asked about changes before. */
typedef struct
{
  GFile   *file;
  gboolean was_asked;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->file);
  g_free (opening);
}

static void
open_experiment (EscWindow *self, GFile *file, gboolean was_asked)
{
  if (was_asked)
    read_file (self, file);
  else
    esc_window_guard (self, read_file, g_object_ref (file), g_object_unref);
}

/* The first lines of a table that was exported here hold an experiment. */
static gboolean
is_exported (GFile *file)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  char                         start[sizeof ENG_FIGURE_CSV_FIRST];
  gsize                        length = 0;

  return stream != NULL
         && g_input_stream_read_all (G_INPUT_STREAM (stream), start, sizeof start,
                                     &length, NULL, NULL)
         && eng_figure_guess (start, length) == ENG_FIGURE_CSV;
}

static void
look_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  const Opening *opening = data;

  g_task_return_boolean (task, is_exported (opening->file));
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (EscWindow) self = data;
  const Opening        *opening = g_task_get_task_data (G_TASK (result));
  gboolean              exported = g_task_propagate_boolean (G_TASK (result), NULL);

  if (self->document == NULL)
    return;
  if (exported)
    open_experiment (self, opening->file, opening->was_asked);
  else
    /* A change of this experiment: nothing is lost, and it can be taken back. */
    esc_window_use_table (self, opening->file);
}

static void
open_any (EscWindow *self, GFile *file, gboolean was_asked)
{
  g_autoptr (GTask) task = NULL;
  Opening          *opening;

  if (!esc_data_is_table (file))
    {
      open_experiment (self, file, was_asked);
      return;
    }
  opening = g_new0 (Opening, 1);
  opening->file = g_object_ref (file);
  opening->was_asked = was_asked;
  task = g_task_new (NULL, self->cancellable, looked_cb, g_object_ref (self));
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, look_thread);
}

void
esc_window_open (EscWindow *self, GFile *file)
{
  g_return_if_fail (ESC_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  open_any (self, file, FALSE);
}

static void
open_chosen_cb (GFile *file, gpointer data)
{
  if (file != NULL)
    open_any (data, file, TRUE);
}

static void
choose_file (EscWindow *self, gpointer data)
{
  esc_choose_open (GTK_WINDOW (self), open_chosen_cb, self);
}

void
esc_window_choose_file (EscWindow *self)
{
  esc_window_guard (self, choose_file, NULL, NULL);
}
