/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plots as tables: every recorded sample is a cell, and nothing else is. */
#include "config.h"

#include "app-fixture.h"
#include "esc-plot-table.h"
#include "esc-samples.h"

static guint
find_column (const EscSamples *samples, const char *title)
{
  for (guint i = 0; i < esc_samples_get_n_columns (samples); i++)
    if (g_str_equal (esc_samples_get_title (samples, i), title))
      return i;
  g_error ("no column “%s”", title);
}

static void
assert_cell (const EscSamples *samples, guint row, const char *title, const char *value)
{
  g_autofree char *cell = esc_samples_format (samples, row, find_column (samples, title));

  g_assert_cmpstr (cell, ==, value);
}

/* Two runs that recorded at different steps, one of them a train curve without a name,
 * and a gap. */
static void
test_series (void)
{
  static const double    x_lazy[] = { 0, 1, 5 }, y_lazy[] = { 1, 0.5, NAN };
  static const double    x_rich[] = { 1, 2 }, y_rich[] = { 0.25, 0.125 };
  g_autoptr (PlotFrame)  frame = plot_frame_new ("Loss");
  PlotPanel             *panel = plot_frame_add_panel (frame);
  PlotSeries            *named;
  g_autoptr (EscSamples) samples = NULL;
  g_autofree char       *last = NULL;

  panel->x.title = g_strdup ("step");
  panel->thin_label = g_strdup ("train");
  plot_panel_add_series (panel, PLOT_RUN_LAZY, PLOT_ROLE_TRAIN, 3, x_lazy, y_lazy)->run
      = 0;
  named = plot_panel_add_series (panel, PLOT_RUN_LAZY, PLOT_ROLE_TEST, 3, x_lazy, y_lazy);
  named->name = g_strdup ("Lazy");
  named = plot_panel_add_series (panel, PLOT_RUN_RICH, PLOT_ROLE_TEST, 2, x_rich, y_rich);
  named->name = g_strdup ("Rich");
  named->run = 1;

  samples = esc_samples_new (frame);
  g_assert_cmpuint (esc_samples_get_n_rows (samples), ==, 4);
  g_assert_cmpuint (esc_samples_get_n_columns (samples), ==, 3);
  g_assert_cmpstr (esc_samples_get_x_title (samples), ==, "step");
  last = esc_samples_format_x (samples, 3);
  g_assert_cmpstr (last, ==, "5");
  assert_cell (samples, 0, "Lazy, train", "1.000");
  assert_cell (samples, 0, "Rich, test", "");
  assert_cell (samples, 1, "Rich, test", "0.2500");
  assert_cell (samples, 2, "Lazy, test", "");
  assert_cell (samples, 3, "Lazy, test", "");
}

/* A layer of a stack is its thickness. */
static void
test_areas (void)
{
  static const double    x[] = { 1, 2 }, lower[] = { 0.25, 0.5 }, upper[] = { 1, 0.5 };
  g_autoptr (PlotFrame)  frame = plot_frame_new ("Where It Moved");
  PlotPanel             *panel = plot_frame_add_panel (frame);
  g_autoptr (EscSamples) samples = NULL;

  panel->title = g_strdup ("Lazy");
  plot_panel_add_area (panel, PLOT_BAND_Q2, 2, x, lower, upper);
  samples = esc_samples_new (frame);
  assert_cell (samples, 0, "Lazy, Q2", "0.7500");
  assert_cell (samples, 1, "Lazy, Q2", "0");
}

/* Every plot of a trained experiment, as it is opened from its menu and by key. */
static void
test_window (void)
{
  EscWindow  *window = app_open_window (APP_SMALL);
  GListModel *toplevels = gtk_window_get_toplevels ();

  EngSnapshot           *snapshot;
  PlotFrame             *frame;
  g_autoptr (EscSamples) samples = NULL;

  app_click (window->train_button);
  g_assert_true (app_wait (app_is_done, window));
  app_pump (200);
  for (gsize i = 0; plot_get_classes ()[i] != NULL; i++)
    {
      guint before = g_list_model_get_n_items (toplevels);

      gtk_widget_activate_action (GTK_WIDGET (window), "win.plot-table", "s",
                                  plot_get_classes ()[i]->id);
      app_pump (50);
      g_assert_cmpuint (g_list_model_get_n_items (toplevels), ==, before + 1);
    }

  snapshot = esc_session_model_get_snapshot (window->model);

  frame = esc_plot_view_get_frame (esc_plot_card_get_view (window->loss));
  samples = esc_samples_new (frame);
  g_assert_cmpuint (esc_samples_get_n_rows (samples), ==, snapshot->runs[0].n_records);
  app_close_window (window);
}

/* The present runs stand before those that are compared with. */
static void
test_pinned (void)
{
  static const double    x[] = { 0, 1 }, y[] = { 1, 0.5 };
  g_autoptr (PlotFrame)  frame = plot_frame_new ("Loss");
  PlotPanel             *panel = plot_frame_add_panel (frame);
  PlotSeries            *series;
  g_autoptr (EscSamples) samples = NULL;

  series = plot_panel_add_series (panel, PLOT_RUN_LAZY, PLOT_ROLE_PINNED, 2, x, y);
  series->name = g_strdup ("Lazy, pinned");
  series = plot_panel_add_series (panel, PLOT_RUN_LAZY, PLOT_ROLE_TEST, 2, x, y);
  series->name = g_strdup ("Lazy");
  samples = esc_samples_new (frame);
  g_assert_cmpstr (esc_samples_get_title (samples, 0), ==, "Lazy");
  g_assert_cmpstr (esc_samples_get_title (samples, 1), ==, "Lazy, pinned");
}

/* Returns: (nullable): the first widget of that type at or below `widget`. */
static gpointer
find_widget (GtkWidget *widget, GType type)
{
  gpointer found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

static guint
count_rows (GtkWidget *table)
{
  GtkColumnView *view = find_widget (table, GTK_TYPE_COLUMN_VIEW);

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view)));
}

static const char *
get_subtitle (GtkWidget *table)
{
  return adw_window_title_get_subtitle (find_widget (table, ADW_TYPE_WINDOW_TITLE));
}

/* A table says of which step it is, and shows what came since when it is asked. */
static void
test_refresh (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  GListModel  *toplevels = gtk_window_get_toplevels ();
  GtkWidget   *table;
  EngSnapshot *snapshot;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.plot-table", "s", "loss");
  table = g_list_model_get_item (toplevels, g_list_model_get_n_items (toplevels) - 1);
  g_object_unref (table); /* kept by GTK until its window goes */
  g_assert_true (ESC_IS_PLOT_TABLE (table));
  g_assert_cmpstr (get_subtitle (table), ==, "1 row, as of step 0");
  app_click (window->train_button);
  g_assert_true (app_wait (app_is_done, window));
  app_pump (200);
  g_assert_cmpuint (count_rows (table), ==, 1);
  gtk_widget_activate_action (table, "plot-table.refresh", NULL);
  app_pump (50);
  snapshot = esc_session_model_get_snapshot (window->model);
  g_assert_cmpuint (count_rows (table), ==, snapshot->runs[0].n_records);
  g_assert_true (g_str_has_suffix (get_subtitle (table), " rows, as of step 400"));
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/table/series", test_series);
  g_test_add_func ("/app/table/areas", test_areas);
  g_test_add_func ("/app/table/pinned", test_pinned);
  g_test_add_func ("/app/table/refresh", test_refresh);
  g_test_add_func ("/app/table/window", test_window);
  return g_test_run ();
}
