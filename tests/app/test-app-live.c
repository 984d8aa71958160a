/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changes while the runs are going: they act, restart nothing, and are part of the file. */
#include "config.h"

#include "app-fixture.h"
#include "eng-experiment.h"
#include "eng-export.h"

#include <glib/gstdio.h>
#include <string.h>

/* Long enough to be changed in the middle, short enough to be replayed. */
#define EXPERIMENT                                                                       \
  "[experiment]\nversion=1\nname=live\ntitle=Live\n"                                     \
  "[problem]\nkind=low-rank-polynomial\nrank=1\ndegree=2\nd=10\nn=60\nn-test=200\n"      \
  "[run.1]\nlearner=lazy\nlabel=First\nm=20\nactivation=softplus\nsteps=20000\n"         \
  "[run.2]\nlearner=joint\nm=20\nactivation=softplus\nsteps=20000\n"                     \
  "[run.3]\nlearner=network\nm=20\nactivation=softplus\nsteps=20000\n"

static EngSnapshot *
get_snapshot (EscWindow *window)
{
  return esc_session_model_get_snapshot (window->model);
}

static gboolean
is_settled (gpointer data)
{
  EscWindow *window = data;

  return eng_spec_equal (get_snapshot (window)->spec,
                         esc_document_get_spec (window->document));
}

static void
take_steps (EscWindow *window, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint64 step = get_snapshot (window)->step;

      gtk_widget_activate_action (GTK_WIDGET (window), "win.step", NULL);
      while (get_snapshot (window)->step == step || !app_is_paused (window))
        g_main_context_iteration (NULL, TRUE);
    }
}

static const char *
get_text (EscWindow *window, const char *group, const char *key)
{
  return gtk_editable_get_text (
      GTK_EDITABLE (esc_param_row_get_control (app_find_row (window, group, key))));
}

/* --- the same numbers -------------------------------------------------------------- */

/* Without the third column, which says how long it took. */
static char *
drop_seconds (const char *table)
{
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  GString       *text = g_string_new (NULL);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", 4);

      if (g_strv_length (cells) == 4)
        g_string_append_printf (text, "%s,%s,%s\n", cells[0], cells[1], cells[3]);
    }
  return g_string_free (text, FALSE);
}

/* Tables are long: the first line that differs says enough. */
static void
assert_same_lines (const char *left, const char *right)
{
  g_auto (GStrv) a = g_strsplit (left, "\n", -1);
  g_auto (GStrv) b = g_strsplit (right, "\n", -1);

  g_assert_cmpuint (g_strv_length (a), ==, g_strv_length (b));
  for (gsize i = 0; a[i] != NULL; i++)
    g_assert_cmpstr (a[i], ==, b[i]);
}

static char *
replay_outside (EngSpec *spec)
{
  g_autofree char   *folder = g_dir_make_tmp ("escapement-XXXXXX", NULL);
  g_autofree char   *path = g_build_filename (folder, "live.escapement", NULL);
  g_autofree char   *out = g_build_filename (folder, "out", NULL);
  g_autofree char   *csv = g_build_filename (out, "traces.csv", NULL);
  g_autoptr (GFile)  file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  char              *table = NULL;
  int                status;
  const char *const  words[] = { g_getenv ("ESC_CLI"), "run", path, "--out", out, NULL };
  const char *const  clean[] = { "rm", "-r", folder, NULL };

  eng_spec_save (spec, file, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) words, NULL,
                G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_file_get_contents (csv, &table, NULL, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) clean, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                NULL, NULL);
  return table;
}

static gboolean
is_at_end (gpointer data)
{
  EscWindow *window = data;

  return app_is_done (window) && !esc_session_model_get_training (window->model);
}

/* Every live key, changed by hand while it trains; then saved and replayed outside.  Values
 * with which no run diverges: a run that has ended cannot be changed. */
static void
test_replay (void)
{
  static const struct
  {
    const char *group, *key, *value;
  } edits[] = {
    { "run.1", "rate", "0.5" },       { "run.2", "lambda1", "3" },
    { "run.2", "lambda2", "0.1" },    { "run.2", "lambda3", "0.001" },
    { "run.2", "lambda4", "0.0001" }, { "run.2", "kick", "0.001" },
    { "run.1", "step-size", "0.2" },  { "run.3", "alpha", "2" },
    { "run.1", "step-size", "" },
  };
  EscWindow       *window = app_open_window (EXPERIMENT);
  g_autofree char *table = NULL, *replayed = NULL, *here = NULL, *there = NULL;

  /* Paused in between, so that a slow machine does not reach the end before the last. */
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      guint64 step = get_snapshot (window)->step;

      app_click (window->train_button);
      while (get_snapshot (window)->step <= step)
        g_main_context_iteration (NULL, TRUE);
      step = get_snapshot (window)->step;
      app_type (window, edits[i].group, edits[i].key, edits[i].value);
      g_assert_cmpuint (get_snapshot (window)->step, >=, step);
      app_click (window->train_button);
      g_assert_true (app_wait (app_is_paused, window));
      g_assert_cmpuint (eng_spec_get_n_changes (get_snapshot (window)->spec), ==, i + 1);
    }
  app_click (window->train_button);
  g_assert_true (app_wait (is_at_end, window));
  g_assert_true (app_wait (is_settled, window));
  g_assert_cmpuint (eng_spec_get_n_changes (esc_document_get_spec (window->document)), ==,
                    G_N_ELEMENTS (edits));
  table = eng_export_traces_text (get_snapshot (window));
  replayed = replay_outside (esc_document_get_spec (window->document));
  here = drop_seconds (table);
  there = drop_seconds (replayed);
  g_assert_cmpuint (strlen (here), >, 1000);
  assert_same_lines (here, there);
  app_close_window (window);
}

/* --- what one sees ----------------------------------------------------------------- */

static guint
count_marks (EscPlotCard *card, const char *words)
{
  PlotFrame *frame = esc_plot_view_get_frame (esc_plot_card_get_view (card));
  guint      n = 0;

  for (guint i = 0; i < frame->panels->len; i++)
    {
      const PlotPanel *panel = g_ptr_array_index (frame->panels, i);

      for (guint j = 0; j < panel->rules->len; j++)
        {
          const PlotRule *rule = g_ptr_array_index (panel->rules, j);

          n += rule->vertical && strstr (rule->label, words) != NULL;
        }
    }
  return n;
}

/* It acts at the next step, nothing restarts, and every time axis says so. */
static void
test_change (void)
{
  EscWindow    *window = app_open_window (EXPERIMENT);
  const double *sizes;

  take_steps (window, 5);
  app_type (window, "run.1", "rate", "0.5");
  g_assert_true (app_wait (is_settled, window));
  g_assert_cmpuint (get_snapshot (window)->step, ==, 5);
  g_assert_cmpstr (get_text (window, "run.1", "rate"), ==, "0.5");
  /* Thought better of before it acted: one change, not two. */
  app_type (window, "run.1", "rate", "0.25");
  g_assert_true (app_wait (is_settled, window));
  g_assert_cmpuint (eng_spec_get_n_changes (esc_document_get_spec (window->document)), ==,
                    1);
  take_steps (window, 2);
  sizes = eng_trace_lookup (get_snapshot (window)->runs[0].trace, "step-size");
  g_assert_cmpfloat_with_epsilon (sizes[6], sizes[5] / 4, 1e-9);
  app_pump (400);
  g_assert_cmpuint (count_marks (window->loss, "First: Rate c = 0.25"), ==, 1);
  g_assert_cmpuint (count_marks (window->movement, "First: Rate c = 0.25"), ==, 1);
  g_assert_cmpuint (count_marks (window->bands, "Rate c = 0.25"), ==, 1);
  app_close_window (window);
}

/* Undone by the opposite change: what is trained stays. */
static void
test_undo (void)
{
  EscWindow *window = app_open_window (EXPERIMENT);

  take_steps (window, 3);
  app_type (window, "run.2", "lambda1", "3");
  take_steps (window, 2);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_true (app_wait (is_settled, window));
  g_assert_cmpuint (get_snapshot (window)->step, ==, 5);
  g_assert_cmpstr (get_text (window, "run.2", "lambda1"), ==, "10");
  g_assert_cmpuint (eng_spec_get_n_changes (esc_document_get_spec (window->document)), ==,
                    2);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL);
  g_assert_true (app_wait (is_settled, window));
  g_assert_cmpuint (get_snapshot (window)->step, ==, 5);
  g_assert_cmpstr (get_text (window, "run.2", "lambda1"), ==, "3");
  app_close_window (window);
}

/* Reset is the same experiment again: its changes wait for their steps. */
static void
test_reset (void)
{
  EscWindow *window = app_open_window (EXPERIMENT);

  take_steps (window, 3);
  app_type (window, "run.1", "rate", "0.5");
  g_assert_true (app_wait (is_settled, window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.reset", NULL);
  g_assert_true (app_wait_paused_at (window, 0));
  g_assert_cmpstr (get_text (window, "run.1", "rate"), ==, "1");
  take_steps (window, 4);
  g_assert_cmpstr (get_text (window, "run.1", "rate"), ==, "0.5");
  app_close_window (window);
}

/* The toast after a reset brings the steps back. */
static void
test_undo_reset (void)
{
  EscWindow *window = app_open_window (EXPERIMENT);
  double     loss;

  take_steps (window, 4);
  loss = eng_trace_get_last (get_snapshot (window)->runs[0].trace, "test-loss");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.reset", NULL);
  g_assert_true (app_wait_paused_at (window, 0));
  g_assert_nonnull (window->offer);
  g_assert_cmpstr (adw_toast_get_title (window->offer), ==, "Back to step 0");
  gtk_widget_activate_action_variant (GTK_WIDGET (window),
                                      adw_toast_get_action_name (window->offer),
                                      adw_toast_get_action_target_value (window->offer));
  g_assert_true (app_wait_paused_at (window, 4));
  g_assert_cmpfloat (
      eng_trace_get_last (get_snapshot (window)->runs[0].trace, "test-loss"), ==, loss);
  app_close_window (window);
}

/* A step asked for before the start of another experiment was seen belongs to that one:
 * it is still told from the old one, and trains on. */
static void
test_step_at_once (void)
{
  EscWindow *window = app_open_window (EXPERIMENT);

  take_steps (window, 4);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.reset", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.step", NULL);
  g_usleep (G_USEC_PER_SEC / 2);
  g_assert_true (app_wait_paused_at (window, 1));
  app_type (window, "run.1", "rate", "0.5");
  g_assert_true (app_wait (is_settled, window));
  g_assert_cmpuint (get_snapshot (window)->step, ==, 1);
  app_click (window->train_button);
  g_assert_true (app_wait (is_at_end, window));
  app_close_window (window);
}

/* Words are no numbers: nothing restarts, and the curves take the new name. */
static void
test_words (void)
{
  EscWindow *window = app_open_window (EXPERIMENT);

  take_steps (window, 3);
  app_type (window, "run.1", "label", "Renamed");
  g_assert_true (app_wait (is_settled, window));
  app_pump (400);
  g_assert_cmpuint (get_snapshot (window)->step, ==, 3);
  g_assert_cmpstr (get_snapshot (window)->runs[0].label, ==, "Renamed");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_true (app_wait (is_settled, window));
  g_assert_cmpuint (get_snapshot (window)->step, ==, 3);
  g_assert_cmpstr (get_snapshot (window)->runs[0].label, ==, "First");
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  /* The same kernels of linear algebra as the program outside takes. */
  eng_start (argv);
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/live/change", test_change);
  g_test_add_func ("/app/live/replay", test_replay);
  g_test_add_func ("/app/live/undo", test_undo);
  g_test_add_func ("/app/live/reset", test_reset);
  g_test_add_func ("/app/live/undo-reset", test_undo_reset);
  g_test_add_func ("/app/live/step-at-once", test_step_at_once);
  g_test_add_func ("/app/live/words", test_words);
  return g_test_run ();
}
