/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscWindow: the shell: header bar, side pane, plots, foot.  It knows no numerics: the
 * document holds what is edited, the session model what is computed, views follow them. */
#pragma once

#include "esc-application.h"
#include "esc-document.h"
#include "esc-session-model.h"

G_BEGIN_DECLS

#define ESC_TYPE_WINDOW (esc_window_get_type ())
G_DECLARE_FINAL_TYPE (EscWindow, esc_window, ESC, WINDOW, AdwApplicationWindow)

/* With the first preset. */
EscWindow *esc_window_new (EscApplication *application) G_GNUC_WARN_UNUSED_RESULT;

EscDocument     *esc_window_get_document (EscWindow *self);
EscSessionModel *esc_window_get_model (EscWindow *self);

/* Opens a file in place of the present experiment, after asking what becomes of changes.
 * What cannot be read is said in a banner, and the present experiment stays. */
void esc_window_open (EscWindow *self, GFile *file);
/* The same with a shipped experiment. */
void esc_window_load_preset (EscWindow *self, const char *id);
/* The next experiment that is opened takes the place of the first preset, if that is as it
 * was: nobody can go back to what they never asked for. */
void esc_window_begin_with_file (EscWindow *self);
/* Looks for what programs that died have left, and offers it.  Called once. */
void esc_window_look_for_recovered (EscWindow *self);
/* Destroys the window without a question; what it would lose is offered at the next start. */
void esc_window_end (EscWindow *self);

G_END_DECLS
