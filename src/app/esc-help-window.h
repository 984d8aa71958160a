/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscHelpWindow: the entries of the help, to search and to read, without a network.
 * One column where it is narrow, list and entry side by side where it is wide.
 * Transient for a window and destroyed with it. Main thread. */
#pragma once

#include <adwaita.h>

#include "esc-help.h"

G_BEGIN_DECLS

#define ESC_TYPE_HELP_WINDOW (esc_help_window_get_type ())
G_DECLARE_FINAL_TYPE (EscHelpWindow, esc_help_window, ESC, HELP_WINDOW, AdwWindow)

/* Presents the help that `parent` has open, or a new one, at `entry` (nullable: where it
 * was).  Returns: (transfer none). */
EscHelpWindow *esc_help_window_present (GtkWindow *parent, const EscHelpEntry *entry);

/* What is shown; never NULL. */
const EscHelpEntry *esc_help_window_get_entry (EscHelpWindow *self);

G_END_DECLS
