/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the keyboard can get to, and real keys. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Appends the controls below `widget`, itself included, that take focus now.
 * controls: (element-type GtkWidget), borrowed. */
void app_add_controls (GtkWidget *widget, GPtrArray *controls);

/* Runs xdotool with its words, NULL-terminated, and waits for its end; what the keys do
 * comes later. */
void app_xdotool (const char *const *words);

G_END_DECLS
