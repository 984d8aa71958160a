/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window driven as a person would: train, pause, step, reset, change, watch. */
#include "config.h"

#include "app-fixture.h"

#include <string.h>

/* Long enough to be caught in the middle on any machine. */
#define LONG                                                                             \
  "[experiment]\nversion=1\nname=long\ntitle=Long\n"                                     \
  "[problem]\nkind=low-rank-polynomial\nrank=1\ndegree=2\nd=10\nn=60\nn-test=200\n"      \
  "[run.1]\nlearner=lazy\nm=20\nactivation=softplus\nsteps=10000000\n"                   \
  "[run.2]\nlearner=joint\nm=20\nactivation=softplus\nsteps=10000000\n"

static gsize
count_records (EscWindow *window)
{
  return esc_session_model_get_snapshot (window->model)->runs[0].n_records;
}

static gboolean
has_trained (gpointer window)
{
  return app_is_running (window) && count_records (window) > 20;
}

static PlotFrame *
get_frame (EscPlotCard *card)
{
  return esc_plot_view_get_frame (esc_plot_card_get_view (card));
}

/* Train, see records grow and plots redraw, pause, step, reset. */
static void
test_train (void)
{
  EscWindow *window = app_open_window (LONG);
  PlotFrame *before[4];
  guint64    step;

  EscPlotCard *cards[] = { window->loss, window->spectrum, window->movement,
                           window->bands };

  for (gsize i = 0; i < 4; i++)
    {
      before[i] = plot_frame_ref (get_frame (cards[i]));
      g_assert_nonnull (before[i]);
    }
  app_click (window->train_button);
  gtk_test_accessible_assert_property (window->train_button,
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Pause");
  g_assert_true (app_wait (has_trained, window));
  app_pump (600);
  for (gsize i = 0; i < 4; i++)
    {
      g_assert_true (get_frame (cards[i]) != before[i]);
      plot_frame_unref (before[i]);
    }
  g_assert_true (g_str_has_prefix (esc_foot_get_progress (window->foot), "Step "));
  g_assert_false (g_str_has_prefix (esc_foot_get_progress (window->foot), "Step 0 "));

  app_click (window->train_button);
  g_assert_true (app_wait (app_is_paused, window));
  step = app_get_step (window);
  g_assert_cmpuint (step, >, 0);
  app_pump (100);
  g_assert_cmpuint (app_get_step (window), ==, step);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.step", NULL);
  g_assert_true (app_wait_paused_at (window, step + 1));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.reset", NULL);
  g_assert_true (app_wait_paused_at (window, 0));
  app_close_window (window);
}

/* Done, and not merely still showing the end of the run before. */
static gboolean
has_ended (gpointer window)
{
  return app_is_done (window)
         && !esc_session_model_get_training (ESC_WINDOW (window)->model);
}

/* To the end, and again from the start. */
static void
test_done (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  app_click (window->train_button);
  g_assert_true (app_wait (app_is_done, window));
  g_assert_false (esc_session_model_get_training (window->model));
  g_assert_cmpuint (app_get_step (window), ==, 400);
  g_assert_true (g_str_has_prefix (esc_foot_get_status (window->foot, 0), "Lazy"));
  app_click (window->train_button);
  g_assert_true (esc_session_model_get_training (window->model));
  g_assert_true (app_wait (has_ended, window));
  g_assert_cmpuint (app_get_step (window), ==, 400);
  app_close_window (window);
}

/* In a small window one verdict stands for all, until all are asked for. */
static void
test_verdicts_fold (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  GtkWidget *button = NULL;

  app_click (window->train_button);
  g_assert_true (app_wait (app_is_done, window));
  esc_foot_set_compact (window->foot, TRUE);
  /* The joint student has learned more than the lazy one. */
  g_assert_false (esc_foot_get_line_visible (window->foot, 0));
  g_assert_true (esc_foot_get_line_visible (window->foot, 1));
  button = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (window->foot),
                                                      ESC_TYPE_FOOT, "all_button"));
  g_assert_true (gtk_widget_get_visible (button));
  app_click (button);
  g_assert_true (esc_foot_get_line_visible (window->foot, 0));
  esc_foot_set_compact (window->foot, FALSE);
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_true (esc_foot_get_line_visible (window->foot, 0));
  app_close_window (window);
}

/* All of them, on more than one line, still fit the smallest screen. */
static void
test_verdicts_fit (void)
{
  g_autofree char *four = g_strconcat (
      APP_SMALL, "[run.3]\nlearner=network\nm=20\nactivation=softplus\nsteps=400\n",
      "[run.4]\nlearner=quadratic\nm=20\nactivation=softplus\nsteps=400\n", NULL);
  EscWindow       *window = app_open_window (four);
  GtkToggleButton *button = GTK_TOGGLE_BUTTON (gtk_widget_get_template_child (
      GTK_WIDGET (window->foot), ESC_TYPE_FOOT, "all_button"));
  int              width, height;

  app_click (window->train_button);
  g_assert_true (app_wait (app_is_done, window));
  esc_foot_set_compact (window->foot, TRUE);
  gtk_toggle_button_set_active (button, TRUE);
  g_assert_true (esc_foot_get_line_visible (window->foot, 3));
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL,
                      NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, width, &height, NULL,
                      NULL, NULL);
  g_assert_cmpint (width, <=, 1024);
  g_assert_cmpint (height, <=, 640);
  app_close_window (window);
}

/* The second page draws while it is looked at, and Space acts there as well. */
static void
test_pages (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  GtkWidget *view = GTK_WIDGET (esc_plot_card_get_view (window->terms));

  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->pages), ==, "overview");
  g_assert_false (gtk_widget_get_mapped (view));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "inside");
  app_pump (600);
  g_assert_true (gtk_widget_get_mapped (view));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == view);
  app_click (window->train_button);
  g_assert_true (app_wait (app_is_done, window));
  app_pump (300);
  g_assert_cmpuint (get_frame (window->terms)->panels->len, ==, 2);
  g_assert_cmpuint (get_frame (window->neurons)->panels->len, ==, 2);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "overview");
  app_pump (600);
  g_assert_false (gtk_widget_get_mapped (view));
  app_close_window (window);
}

static gboolean
runs_with_80 (gpointer data)
{
  EscWindow   *window = data;
  EngSnapshot *snapshot = esc_session_model_get_snapshot (window->model);

  return app_is_running (window) && snapshot->facts.n == 80;
}

/* A change restarts the runs, which go on training. */
static void
test_change (void)
{
  EscWindow *window = app_open_window (LONG);

  app_click (window->train_button);
  g_assert_true (app_wait (has_trained, window));
  app_type (window, "problem", "n", "70");
  app_type (window, "problem", "n", "80");
  g_assert_true (app_wait (runs_with_80, window));
  g_assert_true (esc_session_model_get_training (window->model));
  app_close_window (window);
}

/* Train pressed before the experiment is ready, or right after a change, is not lost. */
static void
test_early (void)
{
  EscWindow *window = app_open_window (LONG);

  app_type (window, "problem", "n", "80");
  app_click (window->train_button);
  g_assert_true (esc_session_model_get_training (window->model));
  g_assert_true (app_wait (runs_with_80, window));
  /* And pressed in quick succession, the last one holds. */
  for (guint i = 0; i < 7; i++)
    app_click (window->train_button);
  g_assert_true (app_wait (app_is_paused, window));
  app_pump (300);
  g_assert_true (app_is_paused (window));
  app_close_window (window);
}

static gboolean
is_first_preset (gpointer data)
{
  EscWindow *window = data;

  return app_is_paused (window)
         && g_strcmp0 (esc_document_get_preset (window->document), "joint-quick-softplus")
                == 0;
}

/* Another preset while training: it is prepared, and waits. */
static void
test_preset (void)
{
  EscWindow *window = app_open_window (LONG);

  app_click (window->train_button);
  g_assert_true (app_wait (has_trained, window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.preset", "s",
                              "joint-quick-softplus");
  g_assert_true (app_wait (is_first_preset, window));
  g_assert_false (esc_session_model_get_training (window->model));
  g_assert_cmpuint (esc_session_model_get_snapshot (window->model)->n_runs, ==, 4);
  app_click (window->train_button);
  g_assert_true (app_wait (has_trained, window));
  app_close_window (window);
}

/* Closed in the middle of a step, many times; the thread is joined each time. */
static void
test_close (void)
{
  for (guint i = 0; i < 5; i++)
    {
      EscWindow *window = app_open_window (LONG);

      app_click (window->train_button);
      app_pump (20 * i);
      if (i % 2 == 0)
        gtk_widget_activate_action (GTK_WIDGET (window), "win.reset", NULL);
      app_close_window (window);
    }
}

static gboolean
is_lazy_diverged (gpointer data)
{
  EscWindow   *window = data;
  EngSnapshot *snapshot = esc_session_model_get_snapshot (window->model);

  return snapshot->n_runs == 2 && snapshot->runs[0].status == ENG_STATUS_DIVERGED;
}

/* One run diverges: it says so in words, and the other goes on. */
static void
test_divergence (void)
{
  EscWindow   *window = app_open_window (LONG);
  EngSnapshot *snapshot;

  app_type (window, "run.1", "rate", "3.9");
  app_click (window->train_button);
  g_assert_true (app_wait (is_lazy_diverged, window));
  app_pump (600);
  g_assert_true (g_str_has_prefix (esc_foot_get_status (window->foot, 0), "Diverged: "));
  g_assert_nonnull (
      strstr (esc_foot_get_status (window->foot, 0), "exceeds the stable limit"));
  snapshot = esc_session_model_get_snapshot (window->model);
  g_assert_cmpint (snapshot->runs[1].status, ==, ENG_STATUS_CONTINUE);
  app_close_window (window);
}

/* Takes a while to prepare on any machine. */
#define SLOW                                                                             \
  "[experiment]\nversion=1\nname=slow\ntitle=Slow\n"                                     \
  "[problem]\nkind=low-rank-polynomial\nrank=1\ndegree=3\nd=40\nn=4000\n"                \
  "[run.1]\nlearner=joint\nm=1000\nactivation=softplus\nsteps=100\n"                     \
  "[observe]\nprobes=2500\n"

static gboolean
is_preparing (gpointer data)
{
  EngSnapshot *snapshot = esc_session_model_get_snapshot (ESC_WINDOW (data)->model);

  return snapshot->phase == ENG_PHASE_PREPARING
         && g_str_equal (eng_spec_get_name (snapshot->spec), "slow");
}

static gboolean
is_given_up (gpointer data)
{
  return esc_session_model_get_phase (ESC_WINDOW (data)->model) == ENG_PHASE_FAILED;
}

/* A preparation is given up; the experiment stays, and Train prepares it again. */
static void
test_cancel (void)
{
  EscWindow          *window = app_open_window (APP_SMALL);
  g_autoptr (EngSpec) slow = app_parse (SLOW);
  GtkWidget          *cancel = GTK_WIDGET (
               gtk_widget_get_template_child (GTK_WIDGET (window->foot), ESC_TYPE_FOOT, "cancel"));

  g_assert_false (gtk_widget_get_visible (cancel));
  esc_document_load (window->document, slow, NULL, NULL);
  app_click (window->train_button);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (app_wait (is_preparing, window));
      g_assert_true (gtk_widget_get_visible (cancel));
      app_click (cancel);
      g_assert_true (app_wait (is_given_up, window));
      g_assert_false (gtk_widget_get_visible (cancel));
      g_assert_false (esc_session_model_get_training (window->model));
      g_assert_cmpstr (esc_foot_get_progress (window->foot), ==, "Not prepared");
      g_assert_false (esc_banner_get_revealed (window->engine_banner));
      g_assert_true (esc_document_get_spec (window->document) == slow);
      app_click (window->train_button);
      g_assert_true (esc_session_model_get_training (window->model));
    }
  g_assert_true (app_wait (is_preparing, window));
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/training/train-pause-step-reset", test_train);
  g_test_add_func ("/app/training/done-and-again", test_done);
  g_test_add_func ("/app/training/verdicts-fold", test_verdicts_fold);
  g_test_add_func ("/app/training/verdicts-fit", test_verdicts_fit);
  g_test_add_func ("/app/training/pages", test_pages);
  g_test_add_func ("/app/training/change-restarts", test_change);
  g_test_add_func ("/app/training/early", test_early);
  g_test_add_func ("/app/training/preset-while-training", test_preset);
  g_test_add_func ("/app/training/close-mid-step", test_close);
  g_test_add_func ("/app/training/divergence", test_divergence);
  g_test_add_func ("/app/training/cancel", test_cancel);
  return g_test_run ();
}
