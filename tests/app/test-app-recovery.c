/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a crash would lose: kept while a window is open, gone after a clean end, restored
 * with its changes and its curves. */
#include "config.h"

#include "app-fixture.h"
#include "eng-experiment.h"
#include "esc-preset.h"

#include <glib/gstdio.h>
#include <string.h>

#define STEP 150

static char *root;

static guint
count_slots (void)
{
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  guint            n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
has_slot (gpointer data)
{
  return count_slots () == 1;
}

static gboolean
has_no_slot (gpointer data)
{
  return count_slots () == 0;
}

/* As a program that dies does: the lock goes, the content stays. */
static void
leave_behind (EngSpec *spec, EngSpec *saved, guint64 step, const char *preset)
{
  g_autoptr (GError)           error = NULL;
  g_autoptr (EscRecoverySlot)  slot = esc_recovery_slot_new (&error);
  g_autoptr (GFile)            file = g_file_new_for_path ("/nowhere/x.escapement");
  g_autoptr (EscRecoveryState) state = esc_recovery_state_new (
      spec, saved, step, preset == NULL ? file : NULL, preset);

  g_assert_no_error (error);
  g_assert_true (esc_recovery_slot_write (slot, state, &error));
  g_assert_no_error (error);
}

static EngSpec *
add_change (EngSpec *spec)
{
  const EngChange    change = { 60, 0, (char *) "rate", (char *) "0.2" };
  g_autoptr (GError) error = NULL;
  EngSpec           *changed = eng_spec_with_change (spec, &change, &error);

  g_assert_no_error (error);
  return changed;
}

/* Changed and trained, the window closed: nothing is left. */
static void
test_clean_end (void)
{
  EscWindow            *window = app_open_window (APP_SMALL);
  g_autoptr (GPtrArray) found = NULL;

  g_assert_cmpuint (count_slots (), ==, 0);
  app_type (window, "problem", "n", "61");
  esc_session_model_train (window->model);
  g_assert_true (app_wait (has_slot, NULL));
  /* It belongs to a program that lives. */
  found = esc_recovery_claim ();
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpuint (count_slots (), ==, 1);
  app_close_window (window);
  g_assert_true (app_wait (has_no_slot, NULL));
}

/* Back at step 0 and unchanged there is nothing to lose. */
static void
test_nothing_to_lose (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  app_type (window, "problem", "n", "61");
  g_assert_true (app_wait (has_slot, NULL));
  app_type (window, "problem", "n", "60");
  g_assert_true (app_wait (has_no_slot, NULL));
  app_close_window (window);
}

/* What every start would bring back as it is, is not worth a question: at the end of its
 * runs only changes are. */
static void
test_finished (void)
{
  EscWindow            *window = app_open_window (APP_SMALL);
  g_autoptr (GPtrArray) found = NULL;

  esc_session_model_train (window->model);
  g_assert_true (app_wait (app_is_done, window));
  g_assert_true (app_wait (has_no_slot, NULL));
  app_type (window, "problem", "n", "61");
  esc_session_model_train (window->model);
  g_assert_true (app_wait (app_is_done, window));
  esc_window_end (window);
  found = esc_recovery_claim ();
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (esc_recovery_slot_get_found (g_ptr_array_index (found, 0))->step, ==,
                    400);
  esc_recovery_slot_discard (g_ptr_array_index (found, 0));
  app_pump (100);
}

/* Told to end a moment after a change: it is kept, whatever was being written. */
static void
test_ended (void)
{
  for (guint pause = 0; pause <= 1100; pause += 550)
    {
      EscWindow            *window = app_open_window (APP_SMALL);
      g_autoptr (GPtrArray) found = NULL;
      const EngSettings    *problem;

      app_type (window, "problem", "n", "61");
      app_pump (pause);
      app_type (window, "problem", "n", "62");
      esc_window_end (window);
      found = esc_recovery_claim ();
      g_assert_cmpuint (found->len, ==, 1);
      problem = eng_spec_get_problem (
          esc_recovery_slot_get_found (g_ptr_array_index (found, 0))->spec);
      g_assert_cmpint (eng_settings_get_int (problem, "n"), ==, 62);
      esc_recovery_slot_discard (g_ptr_array_index (found, 0));
      app_pump (100);
    }
  g_assert_cmpuint (count_slots (), ==, 0);
}

static gboolean
is_offered (gpointer window)
{
  return esc_banner_get_revealed (((EscWindow *) window)->recovery_banner);
}

static gboolean
is_restored (gpointer window)
{
  return app_is_paused (window) && app_get_step (window) == STEP
         && !esc_session_model_get_training (((EscWindow *) window)->model);
}

/* The same numbers as an experiment that was never interrupted. */
static void
assert_same_curves (EngSpec *spec, const EngSnapshot *restored)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, &error);
  g_autoptr (EngSnapshot)   straight = NULL;

  g_assert_no_error (error);
  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, &error));
  eng_experiment_advance (experiment, STEP);
  straight = eng_experiment_snapshot (experiment);
  for (guint i = 0; i < straight->n_runs; i++)
    {
      gsize n = straight->runs[i].n_records;

      g_assert_cmpuint (restored->runs[i].n_records, ==, n);
      g_assert_cmpmem (
          eng_trace_lookup (restored->runs[i].trace, "test-loss"), n * sizeof (double),
          eng_trace_lookup (straight->runs[i].trace, "test-loss"), n * sizeof (double));
    }
}

static void
test_restore (void)
{
  g_autoptr (EngSpec) saved = app_parse (APP_SMALL);
  g_autoptr (EngSpec) edited = eng_spec_with_value (saved, "problem", "n", "70", NULL);
  g_autoptr (EngSpec) spec = add_change (edited);
  EscWindow          *window;

  leave_behind (spec, saved, STEP, NULL);
  window = app_open_window (APP_SMALL);
  esc_window_look_for_recovered (window);
  g_assert_true (app_wait (is_offered, window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.restore", NULL);
  g_assert_true (app_wait (is_restored, window));
  g_assert_false (is_offered (window));
  g_assert_true (eng_spec_equal (esc_document_get_spec (window->document), spec));
  g_assert_true (eng_spec_equal (esc_document_get_saved (window->document), saved));
  g_assert_true (esc_document_get_modified (window->document));
  g_assert_cmpuint (
      eng_spec_get_n_changes (esc_session_model_get_snapshot (window->model)->spec), ==,
      1);
  assert_same_curves (spec, esc_session_model_get_snapshot (window->model));
  g_assert_cmpuint (count_slots (), ==, 1);
  app_close_window (window);
  g_assert_true (app_wait (has_no_slot, NULL));
}

/* A second crash while the curves come back loses nothing more. */
static void
test_crash_again (void)
{
  g_autoptr (EngSpec)   spec = app_parse (APP_SMALL);
  g_autoptr (GPtrArray) found = NULL;
  EscWindow            *window;

  leave_behind (spec, spec, STEP, NULL);
  found = esc_recovery_claim ();
  g_assert_cmpuint (found->len, ==, 1);
  window = app_open_window (APP_SMALL);
  esc_session_model_replay (window->model, spec, STEP);
  g_assert_cmpuint (esc_session_model_get_replay_step (window->model), ==, STEP);
  esc_autosave_adopt (window->autosave, g_ptr_array_index (found, 0));
  g_clear_pointer (&found, g_ptr_array_unref);
  /* The window holds the lock from now on. */
  found = esc_recovery_claim ();
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_true (app_wait (is_restored, window));
  g_assert_cmpuint (esc_session_model_get_replay_step (window->model), ==, 0);
  app_close_window (window);
}

/* Several are offered one after the other; what is given up is deleted. */
static void
test_discard (void)
{
  g_autoptr (EngSpec) saved = app_parse (APP_SMALL);
  g_autoptr (EngSpec) spec = eng_spec_with_value (saved, "problem", "n", "70", NULL);
  EscWindow          *window;

  leave_behind (spec, saved, 0, NULL);
  leave_behind (spec, saved, 0, NULL);
  window = app_open_window (APP_SMALL);
  esc_window_look_for_recovered (window);
  g_assert_true (app_wait (is_offered, window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.forget-recovered", NULL);
  g_assert_true (is_offered (window));
  g_assert_cmpuint (count_slots (), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.forget-recovered", NULL);
  g_assert_false (is_offered (window));
  g_assert_cmpuint (count_slots (), ==, 0);
  app_close_window (window);
}

/* What is neither restored nor given up is offered again. */
static void
test_not_now (void)
{
  EscPreset            *preset = esc_preset_find ("joint-quick-quad");
  EngSpec              *spec = esc_preset_get_spec (preset);
  g_autoptr (GPtrArray) found = NULL;
  EscWindow            *window;

  leave_behind (spec, spec, 7, "joint-quick-quad");
  window = app_open_window (APP_SMALL);
  esc_window_look_for_recovered (window);
  g_assert_true (app_wait (is_offered, window));
  esc_banner_hide (window->recovery_banner);
  app_close_window (window);
  found = esc_recovery_claim ();
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (esc_recovery_slot_get_found (g_ptr_array_index (found, 0))->preset, ==,
                   "joint-quick-quad");
  esc_recovery_slot_discard (g_ptr_array_index (found, 0));
}

/* Half a file, and a folder in which nothing was written yet, are cleared away. */
static void
test_half_written (void)
{
  g_autoptr (EngSpec)   spec = app_parse (APP_SMALL);
  g_autofree char      *folder = g_build_filename (root, "half", NULL);
  g_autofree char      *half = g_build_filename (folder, ".goutputstream-X", NULL);
  g_autoptr (GPtrArray) found = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (half, "[experim", -1, NULL));
  found = esc_recovery_claim ();
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpuint (count_slots (), ==, 0);
}

/* Where nothing can be written the person is told, once. */
static void
test_no_room (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  g_rmdir (root);
  g_assert_true (g_file_set_contents (root, "in the way", -1, NULL));
  app_type (window, "problem", "n", "61");
  g_assert_true (app_wait ((AppCondition) esc_banner_get_revealed, window->file_banner));
  esc_banner_hide (window->file_banner);
  app_pump (1500);
  g_assert_false (esc_banner_get_revealed (window->file_banner));
  app_close_window (window);
  g_unlink (root);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  root = g_build_filename (g_get_user_state_dir (), "escapement", "recovery", NULL);
  g_test_add_func ("/app/recovery/clean-end", test_clean_end);
  g_test_add_func ("/app/recovery/nothing-to-lose", test_nothing_to_lose);
  g_test_add_func ("/app/recovery/finished", test_finished);
  g_test_add_func ("/app/recovery/ended", test_ended);
  g_test_add_func ("/app/recovery/restore", test_restore);
  g_test_add_func ("/app/recovery/crash-again", test_crash_again);
  g_test_add_func ("/app/recovery/discard", test_discard);
  g_test_add_func ("/app/recovery/not-now", test_not_now);
  g_test_add_func ("/app/recovery/half-written", test_half_written);
  g_test_add_func ("/app/recovery/no-room", test_no_room);
  return g_test_run ();
}
