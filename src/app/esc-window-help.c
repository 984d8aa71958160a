/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window's commands that explain: help, and the card of the setting with focus. */
#include "config.h"

#include "esc-window-private.h"

#include "esc-help-card.h"
#include "esc-help-window.h"

static GtkWidget *
get_focus (GtkWidget *widget)
{
  return gtk_window_get_focus (GTK_WINDOW (widget));
}

/* At the entry of what has focus, if there is one. */
static void
help_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  esc_help_window_present (GTK_WINDOW (widget),
                           esc_help_card_find_entry (get_focus (widget)));
}

static void
explain_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!esc_help_card_popup (get_focus (widget)))
    help_cb (widget, name, parameter);
}

void
esc_window_install_help (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.help", NULL, help_cb);
  gtk_widget_class_install_action (widget_class, "win.explain", NULL, explain_cb);
}
