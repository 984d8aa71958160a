/* SPDX-License-Identifier: GPL-3.0-or-later
 * Real Tab keys on a real display: they lead to every control of the window and to no
 * other, in the order in which one reads, and round again; and what covers a part of the
 * window keeps focus until Escape gives it back. */
#include "config.h"

#include "app-fixture.h"
#include "app-walk.h"
#include "esc-run-row.h"

/* Tabs until one round must have ended. */
#define MOST_TABS 400

/* --- one round ----------------------------------------------------------------------- */

/* What had focus after each key. */
typedef struct
{
  EscWindow *window;
  GPtrArray *visited; /* (element-type GtkWidget) */
  guint      n_keys;  /* that are to come */
} Round;

static void
released_cb (GtkEventControllerKey *controller,
             guint                  key,
             guint                  code,
             GdkModifierType        state,
             gpointer               data)
{
  Round *round = data;

  if (key == GDK_KEY_Tab || key == GDK_KEY_ISO_Left_Tab)
    g_ptr_array_add (round->visited, gtk_window_get_focus (GTK_WINDOW (round->window)));
}

static gboolean
has_come (gpointer data)
{
  Round *round = data;

  return round->visited->len >= round->n_keys;
}

/* Presses `key` until focus is where the round began.  Returns: (transfer container): the
 * controls in the order of the visit. */
static GPtrArray *
go_round (EscWindow *window, const char *key)
{
  Round               round = { window, g_ptr_array_new (), 0 };
  GtkEventController *controller = gtk_event_controller_key_new ();
  const char         *words[] = { "xdotool", "key", "--delay", "1", key, NULL };
  GtkWidget          *start = gtk_window_get_focus (GTK_WINDOW (window));

  g_assert_nonnull (start);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-released", G_CALLBACK (released_cb), &round);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
  do
    {
      round.n_keys++;
      app_xdotool (words);
      g_assert_true (app_wait (has_come, &round));
      g_assert_nonnull (g_ptr_array_index (round.visited, round.n_keys - 1));
    }
  while (g_ptr_array_index (round.visited, round.n_keys - 1) != start
         && round.n_keys < MOST_TABS);
  gtk_widget_remove_controller (GTK_WIDGET (window), controller);
  if (round.n_keys == MOST_TABS)
    g_error ("%s does not come round", key);
  return round.visited;
}

/* --- what is to be reached --------------------------------------------------------------- */

static char *
describe (GtkWidget *widget)
{
  GString *words = g_string_new (NULL);

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    g_string_append_printf (words, " %s", G_OBJECT_TYPE_NAME (widget));
  return g_string_free (words, FALSE);
}

static void
check_reached (EscWindow *window, GPtrArray *visited)
{
  g_autoptr (GPtrArray) controls = g_ptr_array_new ();
  guint                 n_missed = 0;

  app_add_controls (GTK_WIDGET (window), controls);
  for (guint i = 0; i < controls->len; i++)
    if (!g_ptr_array_find (visited, g_ptr_array_index (controls, i), NULL))
      {
        g_autofree char *words = describe (g_ptr_array_index (controls, i));

        g_test_message ("not reached:%s", words);
        n_missed++;
      }
  g_test_message ("%u controls, %u visited", controls->len, visited->len);
  g_assert_cmpuint (n_missed, ==, 0);
  /* Nothing is visited twice, nothing but controls. */
  g_assert_cmpuint (visited->len, ==, controls->len);
}

/* --- order ------------------------------------------------------------------------------- */

static gboolean
is_in (GtkWidget *widget, gpointer part)
{
  return widget == part || gtk_widget_is_ancestor (widget, part);
}

/* Header bar, pane, plots, foot. */
static guint
get_part (EscWindow *window, GtkWidget *widget)
{
  if (is_in (widget, window->chooser) || is_in (widget, window->editor))
    return 1;
  if (is_in (widget, window->foot))
    return 3;
  return is_in (widget, window->split) ? 2 : 0;
}

static float
get_y (EscWindow *window, GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (
      gtk_widget_compute_bounds (widget, GTK_WIDGET (window->editor), &bounds));
  return bounds.origin.y + bounds.size.height / 2;
}

static guint
find_start (EscWindow *window, GPtrArray *visited)
{
  for (guint i = 0; i < visited->len; i++)
    {
      guint before = i == 0 ? visited->len - 1 : i - 1;

      if (get_part (window, g_ptr_array_index (visited, i)) == 0
          && get_part (window, g_ptr_array_index (visited, before)) != 0)
        return i;
    }
  return 0;
}

/* From above to below, and in the pane row by row. */
static void
check_order (EscWindow *window, GPtrArray *visited)
{
  guint      start = find_start (window, visited);
  GtkWidget *last = NULL;

  for (guint i = 0; i < visited->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (visited, (start + i) % visited->len);
      guint      part = get_part (window, widget);

      if (last != NULL)
        g_assert_cmpuint (part, >=, get_part (window, last));
      if (last != NULL && part == 1 && get_part (window, last) == 1
          && !is_in (widget, last))
        g_assert_cmpfloat (get_y (window, widget), >=, get_y (window, last) - 12);
      last = widget;
    }
}

/* Back is there, from the end. */
static void
check_reversed (GPtrArray *there, GPtrArray *back)
{
  g_assert_cmpuint (there->len, ==, back->len);
  for (guint i = 0; i + 1 < there->len; i++)
    g_assert_true (g_ptr_array_index (there, i)
                   == g_ptr_array_index (back, back->len - 2 - i));
}

static void
check_round (EscWindow *window)
{
  g_autoptr (GPtrArray) there = go_round (window, "Tab");
  g_autoptr (GPtrArray) back = go_round (window, "shift+Tab");

  check_reached (window, there);
  check_reached (window, back);
  check_order (window, there);
  check_reversed (there, back);
}

/* --- the window --------------------------------------------------------------------------- */

static void
test_overview (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  check_round (window);
  app_close_window (window);
}

/* With every button in use, a message above the plots and all settings open. */
static void
test_everything (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  app_type (window, "problem", "n", "50");
  g_assert_true (app_wait (app_is_paused, window));
  /* The offer to undo stays for the whole round, however long that takes. */
  g_assert_nonnull (window->offer);
  adw_toast_set_timeout (window->offer, 0);
  app_click (window->train_button);
  g_assert_true (app_wait (app_is_done, window));
  esc_banner_show (window->file_banner, "What happened", "Why");
  for (GtkWidget *row = gtk_widget_get_ancestor (
           esc_param_row_get_widget (app_find_row (window, "run.1", "label")),
           ESC_TYPE_RUN_ROW);
       row != NULL; row = gtk_widget_get_next_sibling (row))
    if (ADW_IS_EXPANDER_ROW (row))
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  app_pump (500);
  check_round (window);
  app_close_window (window);
}

static void
test_second_page (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  app_xdotool ((const char *const[]){ "xdotool", "key", "ctrl+2", NULL });
  app_pump (300);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window->terms)));
  check_round (window);
  app_close_window (window);
}

static gboolean
is_collapsed (gpointer window)
{
  return esc_split_view_get_collapsed (ESC_WINDOW (window)->split)
         && !esc_split_view_get_show_pane (ESC_WINDOW (window)->split);
}

static gboolean
is_pane_shown (gpointer window)
{
  return esc_split_view_get_show_pane (ESC_WINDOW (window)->split);
}

static gboolean
is_pane_hidden (gpointer window)
{
  return !is_pane_shown (window);
}

/* A pane over the plots takes focus, keeps it, and gives it back. */
static void
test_narrow (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  GtkWidget *view = GTK_WIDGET (esc_plot_card_get_view (window->spectrum));

  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 640);
  g_assert_true (app_wait (is_collapsed, window));
  app_pump (300);
  check_round (window);
  gtk_widget_grab_focus (view);
  app_xdotool ((const char *const[]){ "xdotool", "key", "F9", NULL });
  g_assert_true (app_wait (is_pane_shown, window));
  app_pump (100);
  g_assert_cmpuint (get_part (window, gtk_window_get_focus (GTK_WINDOW (window))), ==, 1);
  check_round (window);
  app_xdotool ((const char *const[]){ "xdotool", "key", "Escape", NULL });
  g_assert_true (app_wait (is_pane_hidden, window));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == view);
  /* The next window takes the size of this one. */
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  app_pump (300);
  app_close_window (window);
}

/* One plot in the place of all, and back: on that plot both times. */
static void
test_alone (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  GtkWidget *view = GTK_WIDGET (esc_plot_card_get_view (window->bands));

  gtk_widget_grab_focus (view);
  app_xdotool ((const char *const[]){ "xdotool", "key", "e", NULL });
  app_pump (300);
  g_assert_true (esc_plot_card_get_expanded (window->bands));
  check_round (window);
  gtk_widget_grab_focus (view);
  app_xdotool ((const char *const[]){ "xdotool", "key", "Escape", NULL });
  app_pump (300);
  g_assert_false (esc_plot_card_get_expanded (window->bands));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == view);
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/app/reach/overview", test_overview);
  g_test_add_func ("/app/reach/everything", test_everything);
  g_test_add_func ("/app/reach/second-page", test_second_page);
  g_test_add_func ("/app/reach/narrow", test_narrow);
  g_test_add_func ("/app/reach/alone", test_alone);
  return g_test_run ();
}
