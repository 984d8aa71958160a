/* SPDX-License-Identifier: GPL-3.0-or-later
 * The files that a person is asked for.  Main thread. */
#pragma once

#include "esc-compat.h"

G_BEGIN_DECLS

/* Callbacks run once, later, with NULL if the person chose none.  Nothing is called after
 * `parent` is destroyed. */
void esc_choose_open (GtkWindow *parent, EscFileFunc func, gpointer data);
void esc_choose_table (GtkWindow *parent, EscFileFunc func, gpointer data);
void
esc_choose_save (GtkWindow *parent, const char *name, EscFileFunc func, gpointer data);

/* A place for a figure. `destroy` frees `data`, whether `func` was called or not. */
void esc_choose_export (GtkWindow     *parent,
                        const char    *name,
                        EscFileFunc    func,
                        gpointer       data,
                        GDestroyNotify destroy);
void
esc_choose_folder (GtkWindow *parent, const char *title, EscFileFunc func, gpointer data);

G_END_DECLS
