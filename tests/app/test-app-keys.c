/* SPDX-License-Identifier: GPL-3.0-or-later
 * Real key presses on a real display: keys without a modifier act, but never while a
 * person types. */
#include "config.h"

#include "app-fixture.h"

static void
xdotool (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  int                status;

  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  app_pump (300);
}

/* Keys go to the window that has the focus of the display; without a window manager that
 * is the one under the pointer. */
static void
press (const char *key)
{
  xdotool ((const char *const[]){ "xdotool", "key", key, NULL });
}

static void
test_space (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  /* On the button, on a plot, and on nothing in particular. */
  press ("space");
  g_assert_true (esc_session_model_get_training (window->model)
                 || app_wait (app_is_done, window));
  g_assert_true (app_wait (app_is_done, window));
  gtk_widget_grab_focus (GTK_WIDGET (esc_plot_card_get_view (window->loss)));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.reset", NULL);
  app_pump (300);
  g_assert_true (app_wait (app_is_paused, window));
  press ("space");
  g_assert_true (app_wait (app_is_done, window));
  app_close_window (window);
}

/* After Enter in a row Space trains. */
static void
test_enter (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  gtk_widget_grab_focus (
      esc_param_row_get_control (app_find_row (window, "problem", "n")));
  press ("7");
  press ("Return");
  press ("space");
  g_assert_true (app_wait (app_is_done, window));
  g_assert_cmpuint (esc_session_model_get_snapshot (window->model)->facts.n, ==, 7);
  /* What has ended stays until it is asked for by name. */
  app_pump (300);
  press ("space");
  g_assert_false (esc_session_model_get_training (window->model));
  g_assert_true (app_is_done (window));
  app_close_window (window);
}

static void
test_period (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  GtkWidget *n = esc_param_row_get_control (app_find_row (window, "problem", "n"));

  press ("period");
  g_assert_true (app_wait (app_is_paused, window));
  g_assert_cmpuint (app_get_step (window), ==, 1);
  /* The same keys typed into a row are text. */
  gtk_widget_grab_focus (n);
  press ("period");
  press ("space");
  g_assert_cmpuint (app_get_step (window), ==, 1);
  g_assert_false (esc_session_model_get_training (window->model));
  app_close_window (window);
}

static void
test_pane (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  g_assert_true (esc_split_view_get_show_pane (window->split));
  press ("F9");
  g_assert_false (esc_split_view_get_show_pane (window->split));
  press ("F9");
  g_assert_true (esc_split_view_get_show_pane (window->split));
  app_close_window (window);
}

/* The wheel scrolls the pane and changes nothing it passes over. */
static void
test_wheel (void)
{
  EscWindow       *window = app_open_window (APP_SMALL);
  EngSpec         *spec = esc_document_get_spec (window->document);
  GtkWidget       *n = esc_param_row_get_control (app_find_row (window, "problem", "n"));
  graphene_point_t origin = GRAPHENE_POINT_INIT (10, 10), at;
  g_autofree char *x = NULL, *y = NULL;

  g_assert_true (gtk_widget_compute_point (n, GTK_WIDGET (window), &origin, &at));
  x = g_strdup_printf ("%d", (int) at.x);
  y = g_strdup_printf ("%d", (int) at.y);
  xdotool ((const char *const[]){ "xdotool", "mousemove", x, y, "click", "4", "click",
                                  "4", "click", "5", NULL });
  g_assert_true (esc_document_get_spec (window->document) == spec);
  xdotool ((const char *const[]){ "xdotool", "mousemove", "600", "20", NULL });
  app_close_window (window);
}

/* Tab reaches every control of the header bar and the pane, and comes round. */
static void
test_tab (void)
{
  EscWindow             *window = app_open_window (APP_SMALL);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GtkWidget             *focus;

  for (guint i = 0; i < 60; i++)
    {
      gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (GTK_WINDOW (window));
      if (focus != NULL)
        g_hash_table_add (seen, focus);
    }
  g_assert_true (g_hash_table_contains (seen, window->train_button));
  g_assert_true (g_hash_table_contains (seen, window->pane_button));
  g_assert_true (g_hash_table_contains (seen, esc_plot_card_get_view (window->loss)));
  g_assert_true (g_hash_table_contains (seen, esc_plot_card_get_view (window->bands)));
  g_assert_cmpuint (g_hash_table_size (seen), >, 15);
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/keys/space", test_space);
  g_test_add_func ("/app/keys/enter", test_enter);
  g_test_add_func ("/app/keys/period", test_period);
  g_test_add_func ("/app/keys/pane", test_pane);
  g_test_add_func ("/app/keys/wheel", test_wheel);
  g_test_add_func ("/app/keys/tab", test_tab);
  return g_test_run ();
}
