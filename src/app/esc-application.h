/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscApplication: options, files from the command line or the desktop, accelerators, and
 * the about window. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ESC_TYPE_APPLICATION (esc_application_get_type ())
G_DECLARE_FINAL_TYPE (EscApplication, esc_application, ESC, APPLICATION, AdwApplication)

EscApplication *
esc_application_new (const char *id, GApplicationFlags flags) G_GNUC_WARN_UNUSED_RESULT;
/* The program does not end before it is let go.
 * Returns: (transfer full) (nullable): NULL where there is none, as in some tests. */
GApplication *esc_application_hold (void) G_GNUC_WARN_UNUSED_RESULT;
void          esc_application_let_go (GApplication *application); /* (nullable) */
/* Does not end before the task has: a file that is being written will be whole. */
void esc_application_wait_for (GTask *task);

G_END_DECLS
