/* SPDX-License-Identifier: GPL-3.0-or-later
 * Own data: a table chosen or dropped becomes the problem of the experiment. */
#include "config.h"

#include "esc-window-private.h"

#include "eng-problem.h"
#include "esc-choose.h"
#include "esc-data-dialog.h"
#include "esc-data.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
has_table (EngSpec *spec)
{
  return strcmp (eng_spec_get_problem_class (spec)->id, "data") == 0;
}

static void
chosen_cb (EscDataDialog *dialog, const char *path, const char *target, gpointer data)
{
  EscWindow          *self = data;
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) spec = esc_data_make_spec (esc_document_get_spec (self->document),
                                                 path, target, &error);

  if (spec == NULL)
    {
      esc_data_dialog_refuse (dialog, error->message);
      return;
    }
  esc_document_edit (self->document, spec, _ ("Own Data"), NULL);
  gtk_window_close (GTK_WINDOW (dialog));
}

void
esc_window_use_table (EscWindow *self, GFile *file)
{
  EngSpec    *spec = esc_document_get_spec (self->document);
  const char *target = NULL;
  gboolean    standardise = TRUE;
  GtkWidget  *dialog;

  if (has_table (spec))
    {
      const EngSettings *problem = eng_spec_get_problem (spec);

      standardise = eng_settings_get_boolean (problem, "standardise");
      if (*eng_settings_get_text (problem, "target") != '\0')
        target = eng_settings_get_text (problem, "target");
    }
  dialog = esc_data_dialog_new (GTK_WINDOW (self), file, target, standardise);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
table_chosen_cb (GFile *file, gpointer data)
{
  if (file != NULL)
    esc_window_use_table (data, file);
}

void
esc_window_choose_table (EscWindow *self)
{
  esc_choose_table (GTK_WINDOW (self), table_chosen_cb, self);
}

void
esc_window_show_table (EscWindow *self)
{
  EngSpec          *spec = esc_document_get_spec (self->document);
  g_autoptr (GFile) file = NULL;

  if (!has_table (spec))
    {
      esc_window_choose_table (self);
      return;
    }
  file = g_file_new_for_path (
      eng_settings_get_text (eng_spec_get_problem (spec), "file"));
  esc_window_use_table (self, file);
}
