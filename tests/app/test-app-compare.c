/* SPDX-License-Identifier: GPL-3.0-or-later
 * Compare: curves that stay behind those of the next experiment. */
#include "config.h"

#include "app-fixture.h"
#include "esc-compare.h"

#include <string.h>

#define OTHER                                                                            \
  "[experiment]\nversion=1\nname=other\ntitle=Other\n"                                   \
  "[problem]\nkind=low-rank-polynomial\nrank=1\ndegree=2\nd=12\nn=80\nn-test=200\n"      \
  "[run.1]\nlearner=quadratic\nm=20\nactivation=softplus\nsteps=100\n"

/* The pinned curves of a plot.  (element-type PlotSeries) */
static GPtrArray *
find_pinned (EscPlotCard *card)
{
  GPtrArray       *found = g_ptr_array_new ();
  PlotFrame       *frame = esc_plot_view_get_frame (esc_plot_card_get_view (card));
  const PlotPanel *panel = g_ptr_array_index (frame->panels, 0);

  for (guint i = 0; i < panel->series->len; i++)
    {
      PlotSeries *series = g_ptr_array_index (panel->series, i);

      if (series->role == PLOT_ROLE_PINNED)
        g_ptr_array_add (found, series);
    }
  return found;
}

static guint
count_pinned (EscPlotCard *card)
{
  g_autoptr (GPtrArray) pinned = find_pinned (card);

  return pinned->len;
}

static void
assert_curve (const PlotSeries *series, const EngRunView *run, const char *column)
{
  const double *values = eng_trace_lookup (run->trace, column);

  g_assert_cmpuint (series->n, ==, run->n_records);
  g_assert_cmpmem (series->y, series->n * sizeof (double), values,
                   series->n * sizeof (double));
  g_assert_true (g_str_has_suffix (series->name, ", pinned"));
}

static void
toggle (EscWindow *window)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.compare", NULL));
  app_pump (200);
}

static EscWindow *
open_trained (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  /* There is nothing to compare with yet. */
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (window->compare_button)));
  esc_session_model_train (window->model);
  g_assert_true (app_wait (app_is_done, window));
  app_pump (200);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (window->compare_button)));
  return window;
}

/* The finished curves stay, exactly, when another experiment is loaded and trained. */
static void
test_stays (void)
{
  EscWindow              *window = open_trained ();
  g_autoptr (EngSnapshot) first = eng_snapshot_ref (
      esc_session_model_get_snapshot (window->model));
  g_autoptr (EngSpec)   other = app_parse (OTHER);
  g_autoptr (GPtrArray) loss = NULL, movement = NULL;

  toggle (window);
  g_assert_cmpuint (count_pinned (window->loss), ==, 2);
  esc_document_load (window->document, other, NULL, NULL);
  g_assert_true (app_wait (app_is_paused, window));
  esc_session_model_train (window->model);
  g_assert_true (app_wait (app_is_done, window));
  app_pump (200);
  loss = find_pinned (window->loss);
  movement = find_pinned (window->movement);
  g_assert_cmpuint (loss->len, ==, 2);
  g_assert_cmpuint (movement->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      assert_curve (g_ptr_array_index (loss, i), &first->runs[i], "test-loss");
      assert_curve (g_ptr_array_index (movement, i), &first->runs[i],
                    "relative-movement");
    }
  g_assert_cmpuint (count_pinned (window->spectrum), ==, 0);
  app_close_window (window);
}

/* All 400 steps are seen though the next experiment plans 100; the summary tells them. */
static void
test_is_told (void)
{
  EscWindow          *window = open_trained ();
  g_autoptr (EngSpec) other = app_parse (OTHER);
  PlotFrame          *frame;

  toggle (window);
  esc_document_load (window->document, other, NULL, NULL);
  g_assert_true (app_wait (app_is_paused, window));
  app_pump (200);
  frame = esc_plot_view_get_frame (esc_plot_card_get_view (window->loss));
  g_assert_cmpfloat (((PlotPanel *) g_ptr_array_index (frame->panels, 0))->x.hi, >=, 400);
  g_assert_nonnull (strstr (frame->summary, "To compare with: "));
  app_close_window (window);
}

static void
test_goes (void)
{
  EscWindow *window = open_trained ();

  toggle (window);
  toggle (window);
  g_assert_cmpuint (count_pinned (window->loss), ==, 0);
  g_assert_cmpuint (count_pinned (window->movement), ==, 0);
  app_close_window (window);
}

/* What is kept is the curves alone: neither spectra nor energies by direction. */
static void
test_is_small (void)
{
  EscWindow              *window = open_trained ();
  EngSnapshot            *snapshot = esc_session_model_get_snapshot (window->model);
  g_autoptr (EngSnapshot) copy = esc_compare_copy_curves (snapshot);

  g_assert_cmpuint (copy->n_runs, ==, snapshot->n_runs);
  for (guint i = 0; i < copy->n_runs; i++)
    {
      g_assert_true (copy->runs[i].trace != snapshot->runs[i].trace);
      g_assert_cmpuint (eng_trace_get_n_directions (copy->runs[i].trace), ==, 0);
      g_assert_null (copy->runs[i].spectrum);
      g_assert_cmpuint (copy->runs[i].later->len, ==, 0);
    }
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/compare/stays", test_stays);
  g_test_add_func ("/app/compare/is-told", test_is_told);
  g_test_add_func ("/app/compare/goes", test_goes);
  g_test_add_func ("/app/compare/is-small", test_is_small);
  return g_test_run ();
}
