/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the tests of the window share: an application, a window with a small experiment,
 * and waiting for something to become true. */
#pragma once

#include "esc-window-private.h"

G_BEGIN_DECLS

/* Seconds after which a condition is taken to never come true; generous, for machines
 * that do other things as well. */
#define APP_PATIENCE 60

/* A small experiment: two runs, prepared and trained within a second. */
#define APP_SMALL                                                                        \
  "[experiment]\nversion=1\nname=small\ntitle=Small\n"                                   \
  "[problem]\nkind=low-rank-polynomial\nrank=1\ndegree=2\nd=10\nn=60\nn-test=200\n"      \
  "[run.1]\nlearner=lazy\nm=20\nactivation=softplus\nsteps=400\n"                        \
  "[run.2]\nlearner=joint\nm=20\nactivation=softplus\nsteps=400\n"

/* Instead of g_test_init ().  Leaves the GSettings as new.  Words are those of $LANGUAGE, if
 * TEXTDOMAINDIR names its translation. */
void app_test_init (int *argc, char ***argv);

EngSpec *app_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* A presented window with `text` loaded and prepared; owned by the application. */
EscWindow *app_open_window (const char *text);
/* Destroys it without questions and waits until it is gone. */
void app_close_window (EscWindow *window);

typedef gboolean (*AppCondition) (gpointer data);
/* Runs the main loop until the condition holds.  Returns: FALSE if it never did. */
gboolean app_wait (AppCondition condition, gpointer data);
/* Runs the main loop for a while. */
void app_pump (guint milliseconds);

gboolean app_is_paused (gpointer window);
gboolean app_is_running (gpointer window);
gboolean app_is_done (gpointer window);
guint64  app_get_step (EscWindow *window);
/* Paused after `step` steps, within APP_PATIENCE. */
gboolean app_wait_paused_at (EscWindow *window, guint64 step);

/* A click, or the keyboard's equivalent. */
void         app_click (gpointer button);
EscParamRow *app_find_row (EscWindow *window, const char *group, const char *key);
/* Types into a spin button or an entry and leaves it with Enter. */
void app_type (EscWindow *window, const char *group, const char *key, const char *text);
/* Returns: (nullable): the question that is open. */
GtkWidget *app_find_question (void);
/* What stands above the window: another one, or a dialog within it.  Finding returns NULL if
 * there is none, waiting fails. */
GtkWidget *app_find_dialog (EscWindow *window);
GtkWidget *app_wait_for_dialog (EscWindow *window);
void       app_close_dialog (EscWindow *window);
/* Waits for the question and answers it as its button does. */
void app_answer (const char *response);
/* What a person lets go of over the window; `second` (nullable). */
void app_drop (EscWindow *window, GFile *first, GFile *second);

G_END_DECLS
