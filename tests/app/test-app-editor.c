/* SPDX-License-Identifier: GPL-3.0-or-later
 * The side pane: edits make new specs; refusals keep the old value and say why. */
#include "config.h"

#include "app-fixture.h"
#include "eng-memory.h"
#include "eng-registry.h"
#include "esc-run-row.h"
#include "esc-spec-editor-private.h"

#include <string.h>

static gint64
get_int (EscWindow *window, const char *key)
{
  return eng_settings_get_int (
      eng_spec_get_problem (esc_document_get_spec (window->document)), key);
}

static const char *
get_text (EscWindow *window, const char *group, const char *key)
{
  return gtk_editable_get_text (
      GTK_EDITABLE (esc_param_row_get_control (app_find_row (window, group, key))));
}

static const char *
get_subtitle (EscWindow *window, const char *group, const char *key)
{
  const char *subtitle = adw_action_row_get_subtitle (
      ADW_ACTION_ROW (esc_param_row_get_widget (app_find_row (window, group, key))));
  g_autofree char *words = NULL;

  /* Newer releases of libadwaita give it with its markup. */
  g_assert_true (pango_parse_markup (subtitle, -1, 0, NULL, &words, NULL, NULL));
  return g_intern_string (words);
}

static void
test_value (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  app_type (window, "problem", "n", "80");
  g_assert_cmpint (get_int (window, "n"), ==, 80);
  g_assert_cmpstr (get_text (window, "problem", "n"), ==, "80");
  g_assert_true (esc_document_get_modified (window->document));
  g_assert_cmpstr (get_subtitle (window, "problem", "n"), ==, "n = 80 ≈ d1.90");
  app_close_window (window);
}

/* An expression stays one, and follows d. */
static void
test_expression (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  app_type (window, "problem", "n", "1.5 d^1.5");
  g_assert_cmpint (get_int (window, "n"), ==, 47);
  g_assert_cmpstr (get_text (window, "problem", "n"), ==, "47");
  g_assert_cmpstr (get_subtitle (window, "problem", "n"), ==, "n = 47 = 1.5 d1.5");
  app_type (window, "problem", "d", "20");
  g_assert_cmpstr (get_text (window, "problem", "n"), ==, "134");
  g_assert_cmpstr (
      eng_settings_get_written (
          eng_spec_get_problem (esc_document_get_spec (window->document)), "n"),
      ==, "1.5 d^1.5");
  app_close_window (window);
}

static void
assert_refused (EscWindow  *window,
                const char *group,
                const char *key,
                const char *typed,
                const char *word)
{
  EscParamRow     *row = app_find_row (window, group, key);
  g_autofree char *still = g_strdup_printf ("still %s", get_text (window, group, key));
  EngSpec         *spec = esc_document_get_spec (window->document);

  app_type (window, group, key, typed);
  g_assert_true (esc_document_get_spec (window->document) == spec);
  /* What was typed stays, for correction, beside the value that still holds. */
  g_assert_cmpstr (get_text (window, group, key), ==, typed);
  g_assert_nonnull (esc_param_row_get_refusal (row));
  g_assert_nonnull (strstr (esc_param_row_get_refusal (row), still));
  if (strstr (esc_param_row_get_refusal (row), word) == NULL)
    g_error ("%s: %s", typed, esc_param_row_get_refusal (row));
  g_assert_true (gtk_widget_has_css_class (esc_param_row_get_widget (row), "refused"));
  esc_spec_editor_discard (window->editor);
}

static void
test_refusals (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  assert_refused (window, "run.*", "m", "21", "even");
  assert_refused (window, "problem", "rank", "11", "10");
  assert_refused (window, "problem", "n", "0", "1");
  assert_refused (window, "problem", "d", "1", "2");
  assert_refused (window, "problem", "n", "1e300", "n");
  assert_refused (window, "problem", "n", "nan", "n");
  assert_refused (window, "problem", "n", "inf", "n");
  assert_refused (window, "problem", "n", "many", "n");
  assert_refused (window, "problem", "degree", "0", "1");
  assert_refused (window, "run.1", "rate", "-1", "0");
  assert_refused (window, "run.1", "rate", "5", "4");
  g_assert_false (esc_document_get_modified (window->document));
  app_close_window (window);
}

/* Refused text waits while other rows are edited, and may be right by then. */
static void
test_refused_text_waits (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  EscParamRow *rank = app_find_row (window, "problem", "rank");

  app_type (window, "problem", "rank", "11");
  app_type (window, "problem", "n", "61");
  g_assert_cmpstr (get_text (window, "problem", "rank"), ==, "11");
  g_assert_nonnull (esc_param_row_get_refusal (rank));
  app_type (window, "problem", "d", "12");
  app_type (window, "problem", "rank", "11");
  g_assert_null (esc_param_row_get_refusal (rank));
  g_assert_cmpint (get_int (window, "rank"), ==, 11);
  /* Undo takes text that was refused back before anything else. */
  app_type (window, "problem", "rank", "99");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_cmpstr (get_text (window, "problem", "rank"), ==, "11");
  g_assert_null (esc_param_row_get_refusal (rank));
  app_close_window (window);
}

/* What would not fit in memory is refused before any is taken. */
static void
test_too_large (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  app_type (window, "run.*", "m", "20000");
  assert_refused (window, "problem", "n", "10000000", "fits");
  app_close_window (window);
}

static void
test_spin (void)
{
  EscWindow     *window = app_open_window (APP_SMALL);
  GtkSpinButton *spin = GTK_SPIN_BUTTON (
      esc_param_row_get_control (app_find_row (window, "run.*", "m")));

  /* Even sizes stay even under the buttons. */
  gtk_spin_button_spin (spin, GTK_SPIN_STEP_FORWARD, 2);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "22");
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (
        eng_settings_get_int (
            eng_spec_get_run (esc_document_get_spec (window->document), i), "m"),
        ==, 22);
  app_close_window (window);
}

static void
test_choice (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  AdwComboRow *inputs = ADW_COMBO_ROW (
      esc_param_row_get_control (app_find_row (window, "problem", "inputs")));
  EscParamRow *correlation = app_find_row (window, "problem", "correlation");

  g_assert_false (gtk_widget_get_visible (esc_param_row_get_widget (correlation)));
  adw_combo_row_set_selected (inputs, 2);
  g_assert_cmpstr (
      eng_settings_get_choice (
          eng_spec_get_problem (esc_document_get_spec (window->document)), "inputs"),
      ==, "elliptical");
  /* Rows that begin to matter appear. */
  g_assert_true (gtk_widget_get_visible (esc_param_row_get_widget (correlation)));
  app_close_window (window);
}

/* A choice that does not fit is taken back, and why is said, however often the list tells of
 * the one that holds. */
static void
test_refused_choice (void)
{
  EscWindow *window = app_open_window (
      "[experiment]\nversion=1\nname=matrix\ntitle=Matrix\n"
      "[problem]\nkind=quadratic-sensing\nrank=2\nd=30\nn=240\n"
      "[run.1]\nlearner=ap-rom\nlabel=Mine\n");
  EscParamRow *row = app_find_row (window, "run.1", "learner");
  AdwComboRow *combo = ADW_COMBO_ROW (esc_param_row_get_control (row));
  guint        held = adw_combo_row_get_selected (combo), i = 0;

  while (strcmp (eng_registry_get_learners ()[i]->id, "least-squares") != 0)
    i++;
  adw_combo_row_set_selected (combo, i);
  g_object_notify (G_OBJECT (combo), "selected");
  g_assert_cmpuint (adw_combo_row_get_selected (combo), ==, held);
  g_assert_true (esc_param_row_is_open (row));
  g_assert_nonnull (strstr (
      adw_action_row_get_subtitle (ADW_ACTION_ROW (esc_param_row_get_widget (row))),
      "466"));
  g_assert_cmpstr (eng_spec_get_run_label (esc_document_get_spec (window->document), 0),
                   ==, "Mine");
  app_close_window (window);
}

static guint
count_runs (EscWindow *window)
{
  return eng_spec_get_n_runs (esc_document_get_spec (window->document));
}

static gboolean
is_rebuilt (gpointer data)
{
  EscWindow *window = data;

  return window->editor->rebuild_id == 0;
}

static void
test_runs (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  GtkWidget *editor = GTK_WIDGET (window->editor);

  g_assert_cmpuint (window->editor->run_rows->len, ==, 2);
  app_click (window->editor->add_run);
  g_assert_cmpuint (count_runs (window), ==, 3);
  g_assert_true (app_wait (is_rebuilt, window));
  g_assert_cmpuint (window->editor->run_rows->len, ==, 3);
  /* Where its settings are, so that the next key does not add another. */
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)),
                              g_ptr_array_index (window->editor->run_rows, 2)));
  app_click (window->editor->add_run);
  g_assert_true (app_wait (is_rebuilt, window));
  g_assert_cmpuint (count_runs (window), ==, 4);
  /* Four are the most, and the button says so. */
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (window->editor->add_run)));
  g_assert_nonnull (strstr (
      gtk_widget_get_tooltip_text (GTK_WIDGET (window->editor->add_run)), "four"));
  for (guint left = 3; left >= 1; left--)
    {
      gtk_widget_activate_action (editor, "editor.remove-run", "u", 0);
      g_assert_cmpuint (count_runs (window), ==, left);
      g_assert_true (app_wait (is_rebuilt, window));
    }
  /* The last one stays. */
  gtk_widget_activate_action (editor, "editor.remove-run", "u", 0);
  g_assert_cmpuint (count_runs (window), ==, 1);
  g_assert_true (app_wait (app_is_paused, window));
  app_close_window (window);
}

/* Another algorithm brings other rows and a label of its own. */
static void
test_learner (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  AdwComboRow *learner = ADW_COMBO_ROW (
      esc_param_row_get_control (app_find_row (window, "run.1", "learner")));
  EngSpec *spec;

  g_assert_null (esc_spec_editor_find_row (window->editor, "run.1", "lambda1"));
  adw_combo_row_set_selected (learner, 2);
  spec = esc_document_get_spec (window->document);
  g_assert_cmpstr (eng_spec_get_learner_class (spec, 0)->id, ==, "joint");
  g_assert_true (app_wait (is_rebuilt, window));
  g_assert_nonnull (esc_spec_editor_find_row (window->editor, "run.1", "lambda1"));
  app_close_window (window);
}

static void
test_family (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  AdwComboRow *kind = ADW_COMBO_ROW (
      esc_param_row_get_control (app_find_row (window, "problem", "kind")));
  guint n = g_list_model_get_n_items (adw_combo_row_get_model (kind));
  guint old = adw_combo_row_get_selected (kind);

  g_assert_cmpuint (n, >=, 3);
  adw_combo_row_set_selected (kind, (old + 1) % n);
  g_assert_true (app_wait (is_rebuilt, window));
  g_assert_cmpstr (
      eng_spec_get_problem_class (esc_document_get_spec (window->document))->id, !=,
      "low-rank-polynomial");
  g_assert_true (app_wait (app_is_paused, window));
  app_close_window (window);
}

static const char *
get_remark (EscWindow *window, const char *key)
{
  return adw_action_row_get_subtitle (
      ADW_ACTION_ROW (esc_param_row_get_widget (app_find_row (window, "run.1", key))));
}

/* What the program chooses can be set, and given back by either word. */
static void
test_optional (void)
{
  static const char *const words[] = { "", "auto" };
  EscWindow               *window = app_open_window (APP_SMALL);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_assert_cmpstr (get_text (window, "run.1", "step-size"), ==, "auto");
      app_type (window, "run.1", "step-size", "0.25");
      g_assert_cmpstr (get_text (window, "run.1", "step-size"), ==, "0.25");
      /* What it takes the place of does not look as if it acted. */
      g_assert_nonnull (strstr (get_remark (window, "rate"), "not used"));
      app_type (window, "run.1", "step-size", words[i]);
      g_assert_null (strstr (get_remark (window, "rate"), "not used"));
    }
  g_assert_cmpstr (get_text (window, "run.1", "step-size"), ==, "auto");
  g_assert_false (esc_document_get_modified (window->document));
  app_close_window (window);
}

/* Every key of the tables has a row, and every row a name. */
static void
test_complete (void)
{
  EscWindow             *window = app_open_window (APP_SMALL);
  EngSpec               *spec = esc_document_get_spec (window->document);
  const EngParam *const *tables = eng_settings_get_tables (eng_spec_get_run (spec, 1));

  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      {
        EscParamRow *row = app_find_row (window, "run.2", param->key);

        g_assert_true (gtk_test_accessible_has_relation (
            GTK_ACCESSIBLE (esc_param_row_get_control (row)),
            GTK_ACCESSIBLE_RELATION_LABELLED_BY));
      }
  app_close_window (window);
}

/* Typed and not entered: Train takes it, or says why not and does not train. */
static void
test_pending (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  EscParamRow *row = app_find_row (window, "problem", "n");
  GtkEditable *n = GTK_EDITABLE (esc_param_row_get_control (row));

  gtk_editable_set_text (n, "0");
  app_click (window->train_button);
  g_assert_false (esc_session_model_get_training (window->model));
  g_assert_nonnull (esc_param_row_get_refusal (row));
  g_assert_cmpstr (gtk_editable_get_text (n), ==, "0");
  /* The next key takes the words back. */
  gtk_editable_set_text (n, "80");
  g_assert_null (esc_param_row_get_refusal (row));
  app_click (window->train_button);
  g_assert_true (esc_session_model_get_training (window->model));
  g_assert_cmpint (get_int (window, "n"), ==, 80);
  app_close_window (window);
}

static gboolean
is_refused (gpointer row)
{
  return esc_param_row_get_refusal (row) != NULL;
}

/* What the engine refuses only when it prepares is taken back, in the same row. */
static void
test_late_refusal (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  EscParamRow *row = app_find_row (window, "problem", "n");

  app_type (window, "problem", "n", "61");
  eng_memory_set_budget (1000);
  g_assert_true (app_wait (is_refused, row));
  eng_memory_set_budget (0);
  g_assert_cmpint (get_int (window, "n"), ==, 60);
  g_assert_cmpstr (get_text (window, "problem", "n"), ==, "61");
  g_assert_false (esc_document_get_modified (window->document));
  g_assert_true (app_wait (app_is_paused, window));
  app_close_window (window);
}

static gboolean
shows_engine_error (gpointer window)
{
  return esc_banner_get_revealed (ESC_WINDOW (window)->engine_banner);
}

/* A file that does not fit: the banner says so until another experiment comes. */
static void
test_failed (void)
{
  EscWindow          *window = app_open_window (APP_SMALL);
  g_autoptr (EngSpec) spec = app_parse (APP_SMALL);

  eng_memory_set_budget (1000);
  esc_document_load (window->document, spec, NULL, NULL);
  g_assert_true (app_wait (shows_engine_error, window));
  eng_memory_set_budget (0);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.reset", NULL);
  g_assert_true (app_wait (app_is_paused, window));
  g_assert_false (shows_engine_error (window));
  app_close_window (window);
}

/* The row below a run. */
static AdwActionRow *
get_hint (EscWindow *window, guint run)
{
  GtkWidget *row = g_ptr_array_index (window->editor->run_rows, run);

  return ADW_ACTION_ROW (gtk_widget_get_next_sibling (row));
}

/* Too few samples are allowed; below the run that needs more it is said how many. */
static void
test_hint (void)
{
  EscWindow *window = app_open_window (
      "[experiment]\nversion=1\nname=matrix\ntitle=Matrix\n"
      "[problem]\nkind=quadratic-sensing\nrank=2\nd=30\nn=240\n"
      "[run.1]\nlearner=ap-rom\n[run.2]\nlearner=ap-rom\nsamples=batch\n"
      "growth=none\n");

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_hint (window, 0))));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_hint (window, 1))));
  g_assert_cmpstr (
      adw_action_row_get_subtitle (get_hint (window, 1)), ==,
      "Few samples: C\302\240=\302\2404. It is reliable from C\302\240≈\302\2406, "
      "n\302\240=\302\240360.");
  app_type (window, "problem", "n", "360");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_hint (window, 1))));
  app_type (window, "problem", "n", "120");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_hint (window, 0))));
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/editor/value", test_value);
  g_test_add_func ("/app/editor/expression", test_expression);
  g_test_add_func ("/app/editor/refusals", test_refusals);
  g_test_add_func ("/app/editor/refused-text-waits", test_refused_text_waits);
  g_test_add_func ("/app/editor/too-large", test_too_large);
  g_test_add_func ("/app/editor/late-refusal", test_late_refusal);
  g_test_add_func ("/app/editor/pending", test_pending);
  g_test_add_func ("/app/editor/failed", test_failed);
  g_test_add_func ("/app/editor/spin", test_spin);
  g_test_add_func ("/app/editor/choice", test_choice);
  g_test_add_func ("/app/editor/refused-choice", test_refused_choice);
  g_test_add_func ("/app/editor/runs", test_runs);
  g_test_add_func ("/app/editor/learner", test_learner);
  g_test_add_func ("/app/editor/family", test_family);
  g_test_add_func ("/app/editor/optional", test_optional);
  g_test_add_func ("/app/editor/complete", test_complete);
  g_test_add_func ("/app/editor/hint", test_hint);
  return g_test_run ();
}
