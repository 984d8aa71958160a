/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a table holds. */
#include "config.h"

#include "esc-data-dialog-private.h"

#include "esc-access.h"
#include "esc-choose.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (EscDataDialog, esc_data_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
set_subtitle (AdwActionRow *row, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (row, markup);
}

static void
target_cb (EscDataDialog *self)
{
  guint            target = adw_combo_row_get_selected (self->target);
  g_autofree char *inputs = NULL, *dropped = NULL;

  if (self->data == NULL || target == GTK_INVALID_LIST_POSITION)
    return;
  inputs = esc_data_describe_inputs (self->data, target, self->standardise);
  if (self->standardise)
    dropped = esc_data_describe_dropped (self->data, target);
  set_subtitle (self->inputs, inputs);
  set_subtitle (self->dropped, dropped == NULL ? "" : dropped);
  gtk_widget_set_visible (GTK_WIDGET (self->dropped), dropped != NULL);
}

static void
show_data (EscDataDialog *self)
{
  g_autofree char *size = esc_data_describe_size (self->data);
  const EngTable  *table = self->data->table;
  gssize wanted = self->wanted == NULL ? -1 : eng_table_find (table, self->wanted);
  g_autoptr (GtkStringList) names = gtk_string_list_new (
      (const char *const *) table->columns);

  set_subtitle (self->file_row, size);
  adw_combo_row_set_model (self->target, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->target, wanted >= 0 ? (guint) wanted
                                                        : (guint) table->values.cols - 1);
  target_cb (self);
  gtk_stack_set_visible_child_name (self->stack, "table");
  gtk_widget_set_sensitive (GTK_WIDGET (self->use), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->target));
}

void
esc_data_dialog_refuse (EscDataDialog *self, const char *message)
{
  g_return_if_fail (ESC_IS_DATA_DIALOG (self));

  gtk_label_set_label (self->refused_detail, message);
  gtk_stack_set_visible_child_name (self->stack, "refused");
  gtk_widget_set_sensitive (GTK_WIDGET (self->use), FALSE);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (EscDataDialog) self = data; /* kept while it was read */
  g_autoptr (GError)        error = NULL;
  EscData                  *table = esc_data_read_finish (result, &error);

  if (table != NULL)
    {
      g_clear_pointer (&self->data, esc_data_free);
      self->data = table;
      show_data (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    esc_data_dialog_refuse (self, error->message);
}

static void
stop_reading (EscDataDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
read_file (EscDataDialog *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *words = g_strdup_printf (_ ("Reading “%s”…"), name);
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *refused = g_strdup_printf (_ ("“%s” cannot be used"), name);

  stop_reading (self);
  g_set_object (&self->file, file);
  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->reading, words);
  gtk_label_set_label (self->refused_title, refused);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), title);
  gtk_stack_set_visible_child_name (self->stack, "reading");
  gtk_widget_set_sensitive (GTK_WIDGET (self->use), FALSE);
  esc_data_read_async (file, self->cancellable, read_cb, g_object_ref (self));
}

static void
other_chosen_cb (GFile *file, gpointer data)
{
  if (file != NULL)
    read_file (data, file);
}

static void
other_cb (EscDataDialog *self)
{
  esc_choose_table (GTK_WINDOW (self), other_chosen_cb, self);
}

static void
use_cb (EscDataDialog *self)
{
  g_autofree char *path = g_file_get_path (self->file);
  guint            target = adw_combo_row_get_selected (self->target);
  const char      *name = self->data->table->columns[target];
  g_autofree char *number = g_strdup_printf ("%u", target + 1);
  gboolean is_clear = *name != '\0' && eng_table_find (self->data->table, name) == target;

  /* Names may be missing, or stand for another column, too. */
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, path, is_clear ? name : number);
}

static void
esc_data_dialog_dispose (GObject *object)
{
  EscDataDialog *self = ESC_DATA_DIALOG (object);

  stop_reading (self);
  g_clear_object (&self->file);
  g_clear_pointer (&self->data, esc_data_free);
  g_clear_pointer (&self->wanted, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_DATA_DIALOG);
  G_OBJECT_CLASS (esc_data_dialog_parent_class)->dispose (object);
}

static void
esc_data_dialog_class_init (EscDataDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = esc_data_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/data-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EscDataDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, EscDataDialog, use);
  gtk_widget_class_bind_template_child (widget_class, EscDataDialog, reading);
  gtk_widget_class_bind_template_child (widget_class, EscDataDialog, refused_title);
  gtk_widget_class_bind_template_child (widget_class, EscDataDialog, refused_detail);
  gtk_widget_class_bind_template_child (widget_class, EscDataDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, EscDataDialog, inputs);
  gtk_widget_class_bind_template_child (widget_class, EscDataDialog, dropped);
  gtk_widget_class_bind_template_child (widget_class, EscDataDialog, target);
  gtk_widget_class_bind_template_callback (widget_class, target_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", ESC_TYPE_DATA_DIALOG,
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
esc_data_dialog_init (EscDataDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  esc_access_name_choices (self->target);
  esc_access_name_buttons (GTK_WIDGET (self));
}

GtkWidget *
esc_data_dialog_new (GtkWindow  *parent,
                     GFile      *file,
                     const char *target,
                     gboolean    standardise)
{
  EscDataDialog *self = g_object_new (ESC_TYPE_DATA_DIALOG, "transient-for", parent,
                                      NULL);

  self->wanted = g_strdup (target);
  self->standardise = standardise;
  read_file (self, file);
  return GTK_WIDGET (self);
}
