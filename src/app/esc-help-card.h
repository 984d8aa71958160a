/* SPDX-License-Identifier: GPL-3.0-or-later
 * Help where the question arises: a card over a setting when the pointer rests on it, the
 * same by key, and the way from a widget to its entry in the help.  Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "esc-help.h"

G_BEGIN_DECLS

/* `widget`, and all within it, is explained by the card of `param` (static storage). */
void esc_help_card_attach (GtkWidget *widget, const EngParam *param);

/* The entry that explains `widget` (nullable): that of a setting or of a plot around it.
 * Returns: (nullable). */
const EscHelpEntry *esc_help_card_find_entry (GtkWidget *widget);

/* Shows the card of the setting around `widget` (nullable).
 * Returns: FALSE if it belongs to none. */
gboolean esc_help_card_popup (GtkWidget *widget);

G_END_DECLS
