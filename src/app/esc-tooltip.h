/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tooltips in lines that can be read: GTK 4.8 puts every paragraph on one line, as wide as the
 * screen.  Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The tooltip of `widget`, whatever it says when it is shown, wraps. */
void esc_tooltip_wrap (GtkWidget *widget);
/* For who answers "query-tooltip": words that wrap. */
void esc_tooltip_set_markup (GtkTooltip *tooltip, const char *markup);

/* The label of both, for whatever else is read like a tooltip. */
GtkWidget *esc_tooltip_make_label (const char *markup);

G_END_DECLS
