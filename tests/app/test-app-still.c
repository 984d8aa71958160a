/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who has asked for no animations sees none: a change is there at once, and nothing moves
 * after it. */
#include "config.h"

#include "app-fixture.h"
#include "app-picture.h"

#include <string.h>

/* Longer than any animation of the desktop. */
#define LONG_MS 700

/* As soon as the change is drawn the picture is the final one. */
static void
check_still (EscWindow *window, const char *what)
{
  g_auto (AppPicture) at_once = { 0 }, later = { 0 };

  app_pump (60);
  at_once = app_photograph (GTK_WIDGET (window));
  app_pump (LONG_MS);
  later = app_photograph (GTK_WIDGET (window));
  if (at_once.width != later.width || at_once.height != later.height
      || memcmp (at_once.pixels, later.pixels,
                 (gsize) (later.width * later.height) * sizeof *later.pixels)
             != 0)
    g_error ("%s moves", what);
}

static void
test_window (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  app_click (window->train_button);
  g_assert_true (app_wait (app_is_done, window));
  /* A toast goes by itself, after some seconds. */
  if (window->offer != NULL)
    adw_toast_dismiss (window->offer);
  check_still (window, "the end of the training");
  esc_banner_show (window->file_banner, "What happened", "Why");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window->file_banner)));
  check_still (window, "a banner that comes");
  esc_banner_hide (window->file_banner);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window->file_banner)));
  check_still (window, "a banner that goes");
  esc_split_view_set_show_pane (window->split, FALSE);
  check_still (window, "the side pane that goes");
  esc_split_view_set_show_pane (window->split, TRUE);
  check_still (window, "the side pane that comes");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "inside");
  check_still (window, "the second page");
  esc_plot_card_set_expanded (window->terms, TRUE);
  check_still (window, "a plot alone");
  esc_plot_card_set_expanded (window->terms, FALSE);
  gtk_toggle_button_set_active (window->compare_button, TRUE);
  check_still (window, "curves to compare with");
  app_close_window (window);
}

static void
test_narrow (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 640);
  app_pump (500);
  esc_split_view_set_show_pane (window->split, TRUE);
  check_still (window, "the side pane over the plots");
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  app_pump (300);
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/app/still/window", test_window);
  g_test_add_func ("/app/still/narrow", test_narrow);
  return g_test_run ();
}
