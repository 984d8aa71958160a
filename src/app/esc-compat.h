/* SPDX-License-Identifier: GPL-3.0-or-later
 * The few calls that differ between GTK 4.8 with libadwaita 1.2 and later versions: file
 * chooser, question, about window.  Nothing else in the tree calls them.  Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* `file` is NULL if the person chose none. */
typedef void (*EscFileFunc) (GFile *file, gpointer data);

/* Callbacks run once, later.  Nothing is called after `parent` is destroyed. */
void esc_compat_choose_open (GtkWindow *parent, EscFileFunc func, gpointer data);
void esc_compat_choose_table (GtkWindow *parent, EscFileFunc func, gpointer data);
void esc_compat_choose_save (GtkWindow  *parent,
                             const char *name,
                             EscFileFunc func,
                             gpointer    data);

/* A place for a figure. `destroy` frees `data`, whether `func` was called or not. */
void esc_compat_choose_export (GtkWindow     *parent,
                               const char    *name,
                               EscFileFunc    func,
                               gpointer       data,
                               GDestroyNotify destroy);
void esc_compat_choose_folder (GtkWindow  *parent,
                               const char *title,
                               EscFileFunc func,
                               gpointer    data);

typedef enum
{
  ESC_ANSWER_CANCEL,
  ESC_ANSWER_DISCARD,
  ESC_ANSWER_SAVE,
} EscAnswer;

typedef void (*EscAnswerFunc) (EscAnswer answer, gpointer data);

void esc_compat_ask_save (GtkWindow    *parent,
                          const char   *title,
                          EscAnswerFunc func,
                          gpointer      data);

void esc_compat_show_about (GtkWindow *parent);

G_END_DECLS
