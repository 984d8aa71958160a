/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words of an experiment and its changes, in the side pane; what says that a change
 * restarts the runs, and what acts at once. */
#include "config.h"

#include "app-fixture.h"
#include "esc-spec-editor-private.h"

#include <string.h>

#define CHANGED                                                                          \
  APP_SMALL "[change.1]\nstep=3\nrun=1\nkey=rate\nvalue=0.5\n"                           \
            "[change.2]\nstep=5\nrun=2\nkey=lambda1\nvalue=3\n"

static gpointer
get_child (EscWindow *window, const char *name)
{
  GtkWidget *about = GTK_WIDGET (window->editor->about);
  GObject   *child = gtk_widget_get_template_child (about, ESC_TYPE_ABOUT, name);

  g_assert_nonnull (child);
  return child;
}

static EngSpec *
get_spec (EscWindow *window)
{
  return esc_document_get_spec (window->document);
}

static void
write_description (EscWindow *window, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (get_child (window, "description")),
                            text, -1);
}

static void
take_step (EscWindow *window)
{
  guint64 step = app_get_step (window);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.step", NULL);
  while (app_get_step (window) == step || !app_is_paused (window))
    g_main_context_iteration (NULL, TRUE);
}

/* Entered by Enter; the steps taken stay, and it can be undone. */
static void
test_title (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  GtkEditable *title = get_child (window, "title");

  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Small");
  take_step (window);
  gtk_editable_set_text (title, "  Large ");
  g_signal_emit_by_name (title, "activate");
  g_assert_cmpstr (eng_spec_get_title (get_spec (window)), ==, "Large");
  app_pump (400);
  g_assert_cmpuint (app_get_step (window), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_cmpstr (eng_spec_get_title (get_spec (window)), ==, "Small");
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Small");
  /* Without a title it has the usual one. */
  gtk_editable_set_text (title, "");
  g_assert_true (esc_spec_editor_commit (window->editor));
  g_assert_cmpstr (eng_spec_get_title (get_spec (window)), ==, "Experiment");
  app_close_window (window);
}

static void
test_description (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  char       endless[ENG_PARAM_TEXT_MAX + 2];

  write_description (window, "Watch Q3.\nIt fills.\n");
  /* What is typed is undone first, then what was entered. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_cmpstr (eng_spec_get_description (get_spec (window)), ==, "");
  write_description (window, "Watch Q3.\nIt fills.\n");
  g_assert_true (esc_spec_editor_commit (window->editor));
  g_assert_cmpstr (eng_spec_get_description (get_spec (window)), ==,
                   "Watch Q3.\nIt fills.");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_cmpstr (eng_spec_get_description (get_spec (window)), ==, "");
  /* Too long: refused in words, and nothing changes. */
  memset (endless, 'x', sizeof endless - 1);
  endless[sizeof endless - 1] = '\0';
  write_description (window, endless);
  g_assert_false (esc_spec_editor_commit (window->editor));
  g_assert_true (gtk_widget_get_visible (get_child (window, "refusal")));
  g_assert_cmpstr (eng_spec_get_description (get_spec (window)), ==, "");
  esc_spec_editor_discard (window->editor);
  g_assert_false (gtk_widget_get_visible (get_child (window, "refusal")));
  g_assert_true (esc_spec_editor_commit (window->editor));
  app_close_window (window);
}

static void
take_back (EscWindow *window, guint index)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window->editor),
                                             "editor.take-back", "u", index));
}

static void
test_changes (void)
{
  EscWindow *window = app_open_window (CHANGED);
  GtkWidget *changes = get_child (window, "changes");

  g_assert_true (gtk_widget_get_visible (changes));
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (changes)), ==,
                   "2 changes, saved with it");
  take_back (window, 0);
  g_assert_cmpuint (eng_spec_get_n_changes (get_spec (window)), ==, 1);
  g_assert_cmpstr (eng_spec_get_change (get_spec (window), 0)->key, ==, "lambda1");
  take_back (window, 0);
  g_assert_false (gtk_widget_get_visible (changes));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_cmpuint (eng_spec_get_n_changes (get_spec (window)), ==, 2);
  g_assert_true (gtk_widget_get_visible (changes));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window->editor),
                                             "editor.take-all-back", NULL));
  g_assert_cmpuint (eng_spec_get_n_changes (get_spec (window)), ==, 0);
  app_close_window (window);
}

static gboolean
is_at_start (gpointer window)
{
  return app_is_paused (window) && app_get_step (window) == 0;
}

/* Made while training it is listed; taken back, the runs begin again without it. */
static void
test_take_back_live (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  take_step (window);
  app_type (window, "run.1", "rate", "0.5");
  g_assert_true (gtk_widget_get_visible (get_child (window, "changes")));
  take_step (window);
  take_back (window, 0);
  g_assert_true (app_wait (is_at_start, window));
  g_assert_cmpuint (eng_spec_get_n_changes (get_spec (window)), ==, 0);
  g_assert_false (esc_document_get_modified (window->document));
  app_close_window (window);
}

static const char *
get_subtitle (EscWindow *window, const char *key)
{
  return adw_action_row_get_subtitle (
      ADW_ACTION_ROW (esc_param_row_get_widget (app_find_row (window, "run.1", key))));
}

/* Said where it is true: before the first step a change costs nothing. */
static void
test_captions (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  GtkWidget *captions[] = { window->editor->teacher_caption, window->editor->data_caption,
                            window->editor->runs_caption };

  for (gsize i = 0; i < G_N_ELEMENTS (captions); i++)
    g_assert_false (gtk_widget_get_visible (captions[i]));
  g_assert_cmpstr (get_subtitle (window, "rate"), ==, "acts at the next step");
  take_step (window);
  for (gsize i = 0; i < G_N_ELEMENTS (captions); i++)
    g_assert_true (gtk_widget_get_visible (captions[i]));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.reset", NULL);
  g_assert_true (app_wait (is_at_start, window));
  for (gsize i = 0; i < G_N_ELEMENTS (captions); i++)
    g_assert_false (gtk_widget_get_visible (captions[i]));
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/about/title", test_title);
  g_test_add_func ("/app/about/description", test_description);
  g_test_add_func ("/app/about/changes", test_changes);
  g_test_add_func ("/app/about/take-back-live", test_take_back_live);
  g_test_add_func ("/app/about/captions", test_captions);
  return g_test_run ();
}
