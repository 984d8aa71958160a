/* SPDX-License-Identifier: GPL-3.0-or-later
 * Undo and redo: of numbers, choices, runs, views and whole experiments. */
#include "config.h"

#include "app-fixture.h"
#include "esc-history.h"
#include "esc-spec-editor-private.h"

#include <string.h>

/* --- the list of states itself ---------------------------------------------------- */

static void
push (EscHistory *history, EscState *state, const char *text, const char *merge)
{
  g_autoptr (EngSpec) spec = app_parse (APP_SMALL);
  g_autoptr (EngSpec) titled = eng_spec_with_value (spec, "experiment", "title", text,
                                                    NULL);

  g_clear_pointer (&state->spec, eng_spec_unref);
  state->spec = g_steal_pointer (&titled);
  if (state->origin == NULL)
    state->origin = esc_origin_new (NULL, NULL, state->spec);
  esc_history_push (history, state, text, merge);
}

static void
assert_back (EscHistory *history, const char *title)
{
  g_assert_cmpstr (eng_spec_get_title (esc_history_peek (history, -1)->spec), ==, title);
  esc_history_go (history, -1);
}

static void
test_states (void)
{
  g_autoptr (EscHistory) history = esc_history_new ();
  EscState               state = { 0 };

  g_assert_null (esc_history_get_undo (history));
  push (history, &state, "0", NULL);
  g_assert_null (esc_history_get_undo (history));
  push (history, &state, "1", "n");
  push (history, &state, "2", "n"); /* one step with 1 */
  push (history, &state, "3", "m");
  push (history, &state, "4", "m");
  esc_history_seal (history);
  push (history, &state, "5", "m"); /* another focus */
  push (history, &state, "6", NULL);
  push (history, &state, "7", NULL);
  g_assert_cmpstr (esc_history_get_undo (history), ==, "7");
  assert_back (history, "6");
  assert_back (history, "5");
  assert_back (history, "4");
  assert_back (history, "2");
  assert_back (history, "0");
  g_assert_null (esc_history_peek (history, -1));
  g_assert_cmpstr (esc_history_get_redo (history), ==, "1");
  /* After going back an edit begins a step, and what was undone is gone. */
  push (history, &state, "8", "n");
  g_assert_null (esc_history_get_redo (history));
  assert_back (history, "0");
  eng_spec_unref (state.spec);
  esc_origin_unref (state.origin);
}

/* --- the window -------------------------------------------------------------------- */

static gboolean
is_rebuilt (gpointer window)
{
  return ESC_WINDOW (window)->editor->rebuild_id == 0;
}

static void
undo (EscWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_true (app_wait (is_rebuilt, window));
}

static void
redo (EscWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL);
  g_assert_true (app_wait (is_rebuilt, window));
}

static gint64
get_n (EscWindow *window)
{
  return eng_settings_get_int (
      eng_spec_get_problem (esc_document_get_spec (window->document)), "n");
}

static void
test_numbers (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  app_type (window, "problem", "n", "70");
  app_type (window, "problem", "n", "80");
  app_type (window, "problem", "d", "12");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (window->undo_button)), ==,
                   "Undo “Dimension d” (Ctrl+Z)");
  undo (window);
  g_assert_cmpint (get_n (window), ==, 80);
  undo (window);
  g_assert_cmpint (get_n (window), ==, 60);
  g_assert_false (esc_document_get_modified (window->document));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (window->redo_button)), ==,
                   "Redo “Samples n” (Ctrl+Shift+Z)");
  redo (window);
  g_assert_cmpint (get_n (window), ==, 80);
  redo (window);
  redo (window); /* no further */
  g_assert_cmpint (
      eng_settings_get_int (
          eng_spec_get_problem (esc_document_get_spec (window->document)), "d"),
      ==, 12);
  g_assert_true (app_wait (app_is_paused, window));
  app_close_window (window);
}

/* Without limit: a thousand edits, and all the way back and forth. */
static void
test_many (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  guint64    steps;

  for (guint i = 1; i <= 1000; i++)
    {
      g_autofree char    *n = g_strdup_printf ("%u", 60 + i);
      g_autoptr (EngSpec) spec = eng_spec_with_value (
          esc_document_get_spec (window->document), "problem", "n", n, NULL);

      esc_document_edit (window->document, spec, "n", NULL);
    }
  for (guint i = 1; i <= 1000; i++)
    esc_document_go (window->document, -1,
                     esc_document_peek (window->document, -1, &steps));
  g_assert_cmpint (get_n (window), ==, 60);
  for (guint i = 1; i <= 1000; i++)
    esc_document_go (window->document, +1,
                     esc_document_peek (window->document, +1, &steps));
  g_assert_cmpint (get_n (window), ==, 1060);
  app_close_window (window);
}

static void
test_runs (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  gtk_widget_activate_action (GTK_WIDGET (window->editor), "editor.remove-run", "u", 0);
  g_assert_true (app_wait (is_rebuilt, window));
  g_assert_cmpuint (eng_spec_get_n_runs (esc_document_get_spec (window->document)), ==,
                    1);
  undo (window);
  g_assert_cmpuint (eng_spec_get_n_runs (esc_document_get_spec (window->document)), ==,
                    2);
  g_assert_nonnull (esc_spec_editor_find_row (window->editor, "run.2", "lambda1"));
  redo (window);
  g_assert_cmpuint (eng_spec_get_n_runs (esc_document_get_spec (window->document)), ==,
                    1);
  g_assert_true (app_wait (app_is_paused, window));
  app_close_window (window);
}

/* Another experiment, and the edited one back, with its file and its changes. */
static void
test_preset (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.preset", "s", "joint-quick-quad");
  g_assert_cmpstr (esc_document_get_preset (window->document), ==, "joint-quick-quad");
  g_assert_nonnull (window->offer);
  undo (window);
  g_assert_null (esc_document_get_preset (window->document));
  g_assert_cmpint (get_n (window), ==, 60);
  g_assert_true (app_wait (app_is_paused, window));
  redo (window);
  g_assert_cmpstr (esc_document_get_preset (window->document), ==, "joint-quick-quad");
  app_close_window (window);
}

static double
get_loss (EscWindow *window)
{
  EngSnapshot *snapshot = esc_session_model_get_snapshot (window->model);

  return eng_run_view_get_last (&snapshot->runs[0], "test-loss");
}

/* How a plot is looked at, between two edits. */
static void
test_view (void)
{
  EscWindow           *window = app_open_window (APP_SMALL);
  EscPlotView         *view = esc_plot_card_get_view (window->movement);
  g_autoptr (GVariant) before = g_variant_ref_sink (esc_plot_view_get_state (view));
  g_autoptr (GVariant) after = NULL;
  guint                measure = 9;

  gtk_widget_activate_action (GTK_WIDGET (window->movement), "plot.measure", "u", 1u);
  after = g_variant_ref_sink (esc_plot_view_get_state (view));
  g_assert_false (g_variant_equal (before, after));
  app_type (window, "problem", "n", "70");
  undo (window);
  g_assert_cmpint (get_n (window), ==, 60);
  g_object_get (view, "measure", &measure, NULL);
  g_assert_cmpuint (measure, ==, 1);
  undo (window);
  g_object_get (view, "measure", &measure, NULL);
  g_assert_cmpuint (measure, ==, 0);
  redo (window);
  g_object_get (view, "measure", &measure, NULL);
  g_assert_cmpuint (measure, ==, 1);
  app_close_window (window);
}

static gboolean
is_back_at_three (gpointer window)
{
  return app_is_paused (window) && app_get_step (window) == 3 && get_n (window) == 60;
}

/* A change that begins the runs again is undone with what was trained; and done again with
 * what was trained after it. */
static void
test_trained (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  double     loss;

  for (guint i = 1; i <= 3; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.step", NULL);
      g_assert_true (app_wait_paused_at (window, i));
    }
  loss = get_loss (window);
  app_type (window, "problem", "n", "70");
  g_assert_true (app_wait_paused_at (window, 0));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.step", NULL);
  g_assert_true (app_wait_paused_at (window, 1));
  undo (window);
  g_assert_true (app_wait (is_back_at_three, window));
  g_assert_cmpfloat (get_loss (window), ==, loss);
  redo (window);
  g_assert_true (app_wait_paused_at (window, 1));
  g_assert_cmpint (get_n (window), ==, 70);
  app_close_window (window);
}

/* Saved once, what was undone and done again is not changed. */
static void
test_saved (void)
{
  EscWindow        *window = app_open_window (APP_SMALL);
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/it.escapement");

  app_type (window, "problem", "n", "70");
  esc_document_saved (window->document, esc_document_get_spec (window->document), file);
  g_assert_false (esc_document_get_modified (window->document));
  undo (window);
  g_assert_true (esc_document_get_modified (window->document));
  g_assert_true (esc_document_get_file (window->document) == file);
  redo (window);
  g_assert_false (esc_document_get_modified (window->document));
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/history/states", test_states);
  g_test_add_func ("/app/history/numbers", test_numbers);
  g_test_add_func ("/app/history/many", test_many);
  g_test_add_func ("/app/history/runs", test_runs);
  g_test_add_func ("/app/history/preset", test_preset);
  g_test_add_func ("/app/history/view", test_view);
  g_test_add_func ("/app/history/trained", test_trained);
  g_test_add_func ("/app/history/saved", test_saved);
  return g_test_run ();
}
