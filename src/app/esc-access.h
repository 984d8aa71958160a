/* SPDX-License-Identifier: GPL-3.0-or-later
 * What GTK 4.8 leaves out for screen readers and for the keyboard.  Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Buttons below `root` that say what they do by words or a tooltip alone.  GTK names those
 * with a mnemonic twice, once with the underscore in it, and those with an icon not at all. */
void esc_access_name_buttons (GtkWidget *root);

/* Texts to read and copy below `root`, such as the licence in the about window. */
void esc_access_name_texts (GtkWidget *root, const char *name);

/* The search and the pages of the list of shortcuts, which GTK leaves without a name. */
void esc_access_name_shortcuts (GtkWidget *shortcuts);

/* The buttons of toasts, from now on. */
void esc_access_name_toasts (AdwToastOverlay *toasts);

/* When `popover` closes, focus goes back to where it was before, unless it was moved
 * elsewhere on purpose. */
void esc_access_return_focus (GtkPopover *popover);

/* A choice among words that are no formulas, every one of them named. */
void esc_access_name_choices (AdwComboRow *row);

G_END_DECLS
