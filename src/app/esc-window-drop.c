/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files dropped on the window. */
#include "config.h"

#include "esc-window-private.h"

/* The first takes the place of what is shown, as if it had been opened; each other one
 * gets a window of its own. */
static gboolean
drop_cb (EscWindow *self, const GValue *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  GtkApplication    *application = gtk_window_get_application (GTK_WINDOW (self));

  esc_spec_editor_commit (self->editor);
  for (GSList *l = files; l != NULL; l = l->next)
    {
      EscWindow *window = l == files ? self
                                     : esc_window_new (ESC_APPLICATION (application));

      gtk_window_present (GTK_WINDOW (window));
      esc_window_open (window, l->data);
    }
  return files != NULL;
}

void
esc_window_accept_drops (EscWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  /* Before the entries below the pointer, which would take a path as text. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target),
                                              GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
