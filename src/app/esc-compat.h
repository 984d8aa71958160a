/* SPDX-License-Identifier: GPL-3.0-or-later
 * The few calls that differ between GTK 4.8 with libadwaita 1.2 and later versions: file
 * chooser, question, about window, list of shortcuts.  Nothing else in the tree calls them.  Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What the headers have and what the build allows: the developers' build keeps to the old
 * calls whatever is installed, so that both ways compile on a newer machine. */
#if GTK_CHECK_VERSION(4, 10, 0) && GDK_VERSION_MAX_ALLOWED >= GDK_VERSION_4_10
#define ESC_HAS_FILE_DIALOG 1
#else
#define ESC_HAS_FILE_DIALOG 0
#endif
#if ADW_CHECK_VERSION(1, 5, 0) && ADW_VERSION_MAX_ALLOWED >= ADW_VERSION_1_5
#define ESC_HAS_ADW_DIALOG 1
#else
#define ESC_HAS_ADW_DIALOG 0
#endif

/* `file` is NULL if the person chose none. */
typedef void (*EscFileFunc) (GFile *file, gpointer data);

typedef enum
{
  ESC_CHOICE_OPEN,
  ESC_CHOICE_SAVE,
  ESC_CHOICE_FOLDER,
} EscChoice;

/* Asks for a file or a folder, one at a time.  `filters` (GtkFileFilter) and the suggested
 * `name` are nullable. `func` runs once, later, and never after `parent` is destroyed;
 * `destroy` (nullable) frees `data`, whether `func` was called or not. */
void esc_compat_choose (GtkWindow     *parent,
                        EscChoice      choice,
                        const char    *title,
                        const char    *accept,
                        GListStore    *filters,
                        const char    *name,
                        EscFileFunc    func,
                        gpointer       data,
                        GDestroyNotify destroy);

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

/* The list of shortcuts that GTK makes of gtk/help-overlay.ui; owned by `window`. */
GtkWidget *esc_compat_get_shortcuts (GtkApplicationWindow *window);

G_END_DECLS
