/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscAbout: the last group of the side pane: the words of an experiment, to be written, and
 * the changes made while it trained, to be taken back through the actions
 * `editor.take-back` (its index) and `editor.take-all-back`.  Main thread. */
#pragma once

#include <adwaita.h>

#include "esc-document.h"

G_BEGIN_DECLS

#define ESC_TYPE_ABOUT (esc_about_get_type ())
G_DECLARE_FINAL_TYPE (EscAbout, esc_about, ESC, ABOUT, AdwBin)

/* Called once. */
void esc_about_set_document (EscAbout *self, EscDocument *document);
/* Shows what the document holds; what is typed and not entered stays. */
void esc_about_update (EscAbout *self);

/* Enters what is typed.  Returns: FALSE if it was refused: it says why. */
gboolean esc_about_commit (EscAbout *self);
/* Gives up what is typed.  Returns: FALSE if there was nothing. */
gboolean esc_about_discard (EscAbout *self);

G_END_DECLS
