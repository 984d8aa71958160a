/* SPDX-License-Identifier: GPL-3.0-or-later
 * A tooltip with the whole of words that do not fit, and none where they do. */
#include "config.h"

#include "esc-cut-tooltip.h"

#include "esc-tooltip.h"

/* Appends what the labels in `widget` say.  Returns: whether one of them is cut. */
static gboolean
gather (GtkWidget *widget, GString *words)
{
  gboolean is_cut = FALSE;

  if (GTK_IS_LABEL (widget))
    {
      GtkLabel *label = GTK_LABEL (widget);

      if (words->len > 0)
        g_string_append_c (words, '\n');
      g_string_append (words, gtk_label_get_text (label));
      return pango_layout_is_ellipsized (gtk_label_get_layout (label));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      is_cut |= gather (child, words);
  return is_cut;
}

static gboolean
query_cb (GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char    *markup = NULL;

  if (!gather (widget, words))
    return FALSE;
  markup = g_markup_escape_text (words->str, -1);
  esc_tooltip_set_markup (tooltip, markup);
  return TRUE;
}

void
esc_cut_tooltip_attach (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_cb), NULL);
}
