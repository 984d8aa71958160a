/* SPDX-License-Identifier: GPL-3.0-or-later
 * What GTK 4.8 leaves out for screen readers and for the keyboard. */
#include "config.h"

#include "esc-access.h"

#include "esc-formula-factory.h"

#include <glib/gi18n.h>

/* Data of a popover: where focus was before it opened, not kept alive. */
#define FOCUS_DATA "esc-focus-before"

/* --- names ----------------------------------------------------------------------- */

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget),
                                 GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/* Returns: (nullable) (transfer none): of the first label in `widget`, or its tooltip. */
static const char *
get_words (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child) && *gtk_label_get_text (GTK_LABEL (child)) != '\0')
      return gtk_label_get_text (GTK_LABEL (child));
  return gtk_widget_get_tooltip_text (widget);
}

void
esc_access_name_buttons (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  if (GTK_IS_BUTTON (root) && get_words (root) != NULL)
    set_name (root, get_words (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    esc_access_name_buttons (child);
}

void
esc_access_name_texts (GtkWidget *root, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  if (GTK_IS_TEXT_VIEW (root))
    set_name (root, name);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    esc_access_name_texts (child, name);
}

/* The button that closes a toast has neither words nor a tooltip. */
static void
name_toast (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    set_name (widget,
              get_words (widget) == NULL ? _ ("Close this message") : get_words (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_toast (child);
}

static void
toasts_changed_cb (AdwToastOverlay *toasts)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (toasts)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != adw_toast_overlay_get_child (toasts))
      name_toast (child);
}

void
esc_access_name_toasts (AdwToastOverlay *toasts)
{
  GListModel *children;

  g_return_if_fail (ADW_IS_TOAST_OVERLAY (toasts));

  children = gtk_widget_observe_children (GTK_WIDGET (toasts));
  g_signal_connect_swapped (children, "items-changed", G_CALLBACK (toasts_changed_cb),
                            toasts);
  g_object_set_data_full (G_OBJECT (toasts), "esc-toasts", children, g_object_unref);
}

static void
name_parts (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_SEARCH_ENTRY (child))
        set_name (child, _ ("Search the shortcuts"));
      else if (GTK_IS_MENU_BUTTON (child))
        set_name (child, _ ("Pages of shortcuts"));
      else if (GTK_IS_TOGGLE_BUTTON (child))
        set_name (child, GTK_IS_MENU_BUTTON (widget) ? _ ("Pages of shortcuts")
                                                     : _ ("Search the shortcuts"));
      name_parts (child);
    }
}

void
esc_access_name_shortcuts (GtkWidget *shortcuts)
{
  g_return_if_fail (GTK_IS_WINDOW (shortcuts));
  name_parts (shortcuts);
}

void
esc_access_name_choices (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) shown = esc_plain_factory_new (FALSE);
  g_autoptr (GtkListItemFactory) listed = esc_plain_factory_new (TRUE);

  g_return_if_fail (ADW_IS_COMBO_ROW (row));

  adw_combo_row_set_factory (row, shown);
  adw_combo_row_set_list_factory (row, listed);
}

/* --- focus ----------------------------------------------------------------------- */

static void
forget_cb (gpointer data)
{
  GtkWidget **before = data;

  g_clear_weak_pointer (before);
  g_free (before);
}

static void
map_cb (GtkPopover *popover)
{
  GtkRoot    *root = gtk_widget_get_root (GTK_WIDGET (popover));
  GtkWidget **before = g_new0 (GtkWidget *, 1);

  g_set_weak_pointer (before, gtk_root_get_focus (root));
  g_object_set_data_full (G_OBJECT (popover), FOCUS_DATA, before, forget_cb);
}

/* GTK leaves focus on what the popover hangs from. */
static void
closed_cb (GtkPopover *popover)
{
  GtkWidget **before = g_object_get_data (G_OBJECT (popover), FOCUS_DATA);
  GtkWidget  *parent = gtk_widget_get_parent (GTK_WIDGET (popover));
  GtkWidget  *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (popover)));

  if (before != NULL && *before != NULL && gtk_widget_get_mapped (*before)
      && (focus == NULL || focus == parent || gtk_widget_is_ancestor (focus, parent)))
    gtk_widget_grab_focus (*before);
}

void
esc_access_return_focus (GtkPopover *popover)
{
  g_return_if_fail (GTK_IS_POPOVER (popover));

  g_signal_connect (popover, "map", G_CALLBACK (map_cb), NULL);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
}
