/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscNumberEntry: a spin button that hands over what was typed, word for word, so that
 * "1.5 d^1.5" can stay an expression and a value out of range can be refused with a
 * reason instead of being bent to the nearest limit.
 *
 * Emits "edited" with the text; whoever listens calls esc_number_entry_set () if it is
 * accepted.  Otherwise what was typed stays, for correction; a click is taken back. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ESC_TYPE_NUMBER_ENTRY (esc_number_entry_get_type ())
G_DECLARE_FINAL_TYPE (EscNumberEntry, esc_number_entry, ESC, NUMBER_ENTRY, AdwBin)

GtkWidget *esc_number_entry_new (double min, double max) G_GNUC_WARN_UNUSED_RESULT;

/* The text shown for `value` (NaN: unset), and how far one click goes. */
void esc_number_entry_set (EscNumberEntry *self,
                           double          value,
                           const char     *text,
                           double          increment);
/* Shows what was typed and refused later, for correction. */
void esc_number_entry_hold (EscNumberEntry *self, const char *text);
/* Returns: (transfer none): the text that was set, whatever is typed. */
const char *esc_number_entry_get_text (EscNumberEntry *self);
GtkWidget  *esc_number_entry_get_spin (EscNumberEntry *self);

G_END_DECLS
