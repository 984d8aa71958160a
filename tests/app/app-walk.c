/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the keyboard can get to, and real keys. */
#include "config.h"

#include "app-walk.h"

#include <adwaita.h>

/* Places through which focus only passes; a row that expands is worked by its head. */
static gboolean
is_place (GtkWidget *widget)
{
  return GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_LIST_BOX (widget)
         || GTK_IS_LIST_VIEW (widget) || GTK_IS_VIEWPORT (widget)
         || ADW_IS_EXPANDER_ROW (widget);
}

void
app_add_controls (GtkWidget *widget, GPtrArray *controls)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_sensitive (widget)
      || !gtk_widget_get_can_focus (widget) || GTK_IS_POPOVER (widget))
    return;
  if (gtk_widget_get_focusable (widget) && !is_place (widget))
    g_ptr_array_add (controls, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    app_add_controls (child, controls);
}

void
app_xdotool (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  int                status;

  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}
