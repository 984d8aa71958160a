/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tooltips in lines that can be read. */
#include "config.h"

#include "esc-tooltip.h"

/* Where a line breaks. */
#define LINE_CHARS 48

GtkWidget *
esc_tooltip_make_label (const char *markup)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LINE_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

void
esc_tooltip_set_markup (GtkTooltip *tooltip, const char *markup)
{
  g_return_if_fail (GTK_IS_TOOLTIP (tooltip));
  g_return_if_fail (markup != NULL);

  gtk_tooltip_set_custom (tooltip, esc_tooltip_make_label (markup));
}

static gboolean
query_cb (GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  const char *markup = gtk_widget_get_tooltip_markup (widget);

  if (markup == NULL)
    return FALSE;
  esc_tooltip_set_markup (tooltip, markup);
  return TRUE;
}

void
esc_tooltip_wrap (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_cb), NULL);
}
