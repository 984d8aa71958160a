/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the strings of a drop-down are shown when they hold formulas. */
#include "config.h"

#include "esc-formula-factory.h"

#include "esc-words.h"

#include <string.h>

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer marks_selected)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, GPOINTER_TO_INT (marks_selected));
  gtk_box_append (GTK_BOX (box), label);
  if (marks_selected)
    {
      GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");

      g_object_bind_property (item, "selected", tick, "visible", G_BINDING_SYNC_CREATE);
      gtk_box_append (GTK_BOX (box), tick);
    }
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkStringObject *string = gtk_list_item_get_item (item);
  GtkWidget       *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  g_autofree char *markup = esc_words_formula_markup (
      gtk_string_object_get_string (string));

  gtk_label_set_markup (GTK_LABEL (label), markup);
  /* Pango 1.50 warns of indices that it has to shorten; such words are few. */
  gtk_label_set_ellipsize (GTK_LABEL (label), strstr (markup, "<su") != NULL
                                                  ? PANGO_ELLIPSIZE_NONE
                                                  : PANGO_ELLIPSIZE_END);
  /* The widget that the list makes around its item takes focus. */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_parent (gtk_list_item_get_child (item))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (GTK_LABEL (label)), -1);
}

GtkListItemFactory *
esc_formula_factory_new (gboolean marks_selected)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb),
                    GINT_TO_POINTER (marks_selected));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}
