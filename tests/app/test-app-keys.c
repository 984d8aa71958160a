/* SPDX-License-Identifier: GPL-3.0-or-later
 * Real key presses on a real display: keys without a modifier act, but never while a
 * person types. */
#include "config.h"

#include "app-fixture.h"
#include "app-walk.h"

static void
xdotool (const char *const *words)
{
  app_xdotool (words);
  app_pump (300);
}

/* Keys go to the window that has the focus of the display; without a window manager that
 * is the one under the pointer. */
static void
press (const char *key)
{
  xdotool ((const char *const[]){ "xdotool", "key", key, NULL });
}

/* The pointer `x` pixels into the widget, half way down. */
static void
point_at (EscWindow *window, GtkWidget *widget, guint x)
{
  graphene_point_t at,
      from = GRAPHENE_POINT_INIT ((float) x, (float) gtk_widget_get_height (widget) / 2);
  g_autofree char *across = NULL, *down = NULL;

  g_assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (window), &from, &at));
  across = g_strdup_printf ("%d", (int) at.x);
  down = g_strdup_printf ("%d", (int) at.y);
  xdotool ((const char *const[]){ "xdotool", "mousemove", across, down, NULL });
}

static void
click_at (EscWindow *window, GtkWidget *widget, guint x)
{
  point_at (window, widget, x);
  xdotool ((const char *const[]){ "xdotool", "click", "1", NULL });
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

static gboolean
is_training (gpointer window)
{
  return esc_session_model_get_training (((EscWindow *) window)->model);
}

/* A preset chosen by keys alone, and Space trains it. */
static void
test_preset (void)
{
  EscWindow          *window = app_open_window (APP_SMALL);
  g_autoptr (EngSpec) before = eng_spec_ref (esc_document_get_spec (window->document));

  press ("ctrl+p");
  press ("Down");
  press ("Return");
  g_assert_true (app_wait (app_is_paused, window));
  g_assert_false (eng_spec_equal (esc_document_get_spec (window->document), before));
  press ("space");
  g_assert_true (app_wait (is_training, window));
  g_assert_true (app_wait (app_is_running, window));
  app_close_window (window);
}

typedef struct
{
  EscWindow  *window;
  const char *name;
} Awaited;

static gboolean
has_name (gpointer data)
{
  const Awaited *awaited = data;
  EngSpec       *spec = esc_document_get_spec (awaited->window->document);

  return g_strcmp0 (eng_spec_get_name (spec), awaited->name) == 0;
}

static void
search_for (const char *words, const char *name)
{
  const char *const typed[] = { "xdotool", "type", "--delay", "30", words, NULL };
  Awaited           awaited = { app_open_window (APP_SMALL), name };

  press ("ctrl+p");
  app_xdotool (typed);
  app_pump (400);
  press ("Return");
  g_assert_true (app_wait (has_name, &awaited));
  app_close_window (awaited.window);
}

/* Typing in the list of experiments looks for words; Enter takes the first that is left.
 * Another one before "race" speaks of a trace. */
static void
test_search (void)
{
  search_for ("frank neurons", "frank-wolfe");
  search_for ("race", "race");
}

/* The word on the button has a letter that presses it. */
static void
test_mnemonic (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  press ("alt+t");
  g_assert_true (app_wait (app_is_done, window));
  app_close_window (window);
}

/* The buttons of a number give Space back. */
static void
test_plus (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  GtkWidget *n = esc_param_row_get_control (app_find_row (window, "problem", "n"));
  guint      x = (guint) gtk_widget_get_width (n) - 12;
  int        before = (int) esc_session_model_get_snapshot (window->model)->facts.n;

  click_at (window, n, x);
  g_assert_true (app_wait (app_is_paused, window));
  g_assert_cmpuint (esc_session_model_get_snapshot (window->model)->facts.n, !=, before);
  press ("space");
  g_assert_true (app_wait (app_is_done, window));
  app_close_window (window);
}

/* With the pane over the plots or away, too. */
static void
test_narrow (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 640);
  app_pump (300);
  press ("F9");
  press ("F9");
  press ("space");
  g_assert_true (app_wait (app_is_done, window));
  /* The next window takes the size of this one. */
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  app_pump (300);
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
  EscWindow *window = app_open_window (APP_SMALL);
  EngSpec   *spec = esc_document_get_spec (window->document);
  GtkWidget *n = esc_param_row_get_control (app_find_row (window, "problem", "n"));

  point_at (window, n, 10);
  xdotool (
      (const char *const[]){ "xdotool", "click", "4", "click", "4", "click", "5", NULL });
  g_assert_true (esc_document_get_spec (window->document) == spec);
  xdotool ((const char *const[]){ "xdotool", "mousemove", "600", "20", NULL });
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/keys/space", test_space);
  g_test_add_func ("/app/keys/enter", test_enter);
  g_test_add_func ("/app/keys/preset", test_preset);
  g_test_add_func ("/app/keys/search", test_search);
  g_test_add_func ("/app/keys/mnemonic", test_mnemonic);
  g_test_add_func ("/app/keys/plus", test_plus);
  g_test_add_func ("/app/keys/narrow", test_narrow);
  g_test_add_func ("/app/keys/period", test_period);
  g_test_add_func ("/app/keys/pane", test_pane);
  g_test_add_func ("/app/keys/wheel", test_wheel);
  return g_test_run ();
}
