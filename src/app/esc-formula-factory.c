/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the strings of a drop-down are shown. */
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

/* The widget that the list makes around its item takes focus. */
static void
name_item (GtkListItem *item, GtkLabel *label)
{
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_parent (gtk_list_item_get_child (item))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (label), -1);
}

static GtkLabel *
get_label (GtkListItem *item)
{
  return GTK_LABEL (gtk_widget_get_first_child (gtk_list_item_get_child (item)));
}

static void
bind_plain_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkStringObject *string = gtk_list_item_get_item (item);

  gtk_label_set_ellipsize (get_label (item), PANGO_ELLIPSIZE_END);
  gtk_label_set_text (get_label (item), gtk_string_object_get_string (string));
  name_item (item, get_label (item));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkStringObject *string = gtk_list_item_get_item (item);
  g_autofree char *markup = esc_words_formula_markup (
      gtk_string_object_get_string (string));

  gtk_label_set_markup (get_label (item), markup);
  /* Pango 1.50 warns of indices that it has to shorten; such words are few. */
  gtk_label_set_ellipsize (get_label (item), strstr (markup, "<su") != NULL
                                                 ? PANGO_ELLIPSIZE_NONE
                                                 : PANGO_ELLIPSIZE_END);
  name_item (item, get_label (item));
}

static GtkListItemFactory *
create (gboolean marks_selected, GCallback bind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb),
                    GINT_TO_POINTER (marks_selected));
  g_signal_connect (factory, "bind", bind, NULL);
  return factory;
}

GtkListItemFactory *
esc_formula_factory_new (gboolean marks_selected)
{
  return create (marks_selected, G_CALLBACK (bind_cb));
}

GtkListItemFactory *
esc_plain_factory_new (gboolean marks_selected)
{
  return create (marks_selected, G_CALLBACK (bind_plain_cb));
}
