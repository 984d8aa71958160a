/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window in a language of accents and brackets, 40 % longer than English: nothing is
 * left untranslated, nothing is cut off; from right to left, the pane changes sides. */
#include "config.h"

#include "app-fixture.h"
#include "esc-help-window.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

static void
grow_to (EscWindow *window, int width, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  app_pump (400);
}

/* The shipped experiment that the window opens with: its words are translated as well. */
static EscWindow *
open_window (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.preset", "s",
                              "joint-quick-softplus");
  g_assert_true (app_wait (app_is_paused, window));
  grow_to (window, 1280, 800);
  return window;
}

/* --- untranslated ------------------------------------------------------------------- */

/* Whether three letters of the alphabet follow each other outside of the brackets that
 * every translation has. */
static gboolean
is_untranslated (const char *text)
{
  const char *first = strstr (text, "⟦");
  guint       letters = 0, depth = 0;

  if (first == NULL && g_str_equal (text, "Small"))
    return FALSE; /* a name that a person gave */
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == 0x27e6)
        depth++;
      else if (c == 0x27e7 && depth > 0)
        depth--;
      letters = depth == 0 && c < 128 && g_ascii_isalpha (c) ? letters + 1 : 0;
      if (letters >= 3)
        return TRUE;
    }
  return FALSE;
}

static void
check_text (const char *text, const char *where, GPtrArray *problems)
{
  if (text != NULL && is_untranslated (text))
    g_ptr_array_add (problems, g_strdup_printf ("untranslated, %s: %s", where, text));
}

static void
fail_with (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Formulas are the same in every language; GTK's own words, keys in menus among them, come
 * from GTK. */
static gboolean
is_exempt (GtkWidget *widget)
{
  return gtk_widget_has_css_class (widget, "formula")
         || gtk_widget_has_css_class (widget, "help-symbol")
         || g_str_equal (gtk_widget_get_css_name (widget), "accelerator")
         || gtk_widget_get_ancestor (widget, GTK_TYPE_SEARCH_ENTRY) != NULL
         || gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL;
}

static void
check_words (GtkWidget *widget, GPtrArray *problems, guint *n)
{
  if (is_exempt (widget))
    return;
  if (GTK_IS_LABEL (widget))
    {
      check_text (gtk_label_get_text (GTK_LABEL (widget)), "label", problems);
      (*n)++;
    }
  check_text (gtk_widget_get_tooltip_text (widget), "tooltip", problems);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_words (child, problems, n);
}

static void
check_plot (const PlotFrame *frame, GPtrArray *problems)
{
  check_text (frame->title, "plot", problems);
  check_text (frame->subtitle, "plot", problems);
  check_text (frame->summary, "plot", problems);
  for (guint p = 0; p < frame->panels->len; p++)
    {
      const PlotPanel *panel = g_ptr_array_index (frame->panels, p);

      check_text (panel->title, "panel", problems);
      check_text (panel->subtitle, "panel", problems);
      check_text (panel->x.title, "axis", problems);
      check_text (panel->hatch_label, "hatch", problems);
      for (guint i = 0; i < panel->rules->len; i++)
        check_text (((PlotRule *) g_ptr_array_index (panel->rules, i))->label, "guide",
                    problems);
      for (guint i = 0; i < panel->spans->len; i++)
        check_text (((PlotSpan *) g_ptr_array_index (panel->spans, i))->detail, "span",
                    problems);
      for (guint i = 0; i < panel->stairs->len; i++)
        check_text (((PlotStair *) g_ptr_array_index (panel->stairs, i))->label, "stair",
                    problems);
      for (guint i = 0; i < panel->series->len; i++)
        check_text (((PlotSeries *) g_ptr_array_index (panel->series, i))->name, "curve",
                    problems);
    }
}

static void
test_translated (void)
{
  EscWindow            *window = open_window ();
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) cards = esc_window_get_cards (window);
  EscHelpWindow        *help;
  guint                 n = 0;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.step", NULL);
  app_pump (500);
  check_words (GTK_WIDGET (window), problems, &n);
  help = esc_help_window_present (GTK_WINDOW (window), NULL);
  check_words (GTK_WIDGET (help), problems, &n);
  for (guint i = 0; i < cards->len; i++)
    check_plot (
        esc_plot_view_get_frame (esc_plot_card_get_view (g_ptr_array_index (cards, i))),
        problems);
  g_assert_cmpuint (n, >, 200);
  fail_with (problems);
  app_close_window (window);
}

/* --- cut off ------------------------------------------------------------------------- */

/* Words that end in dots are not lost where the whole is told by a tooltip, the label's
 * own or one around it. */
static gboolean
has_tooltip (GtkWidget *widget)
{
  for (; widget != NULL && !GTK_IS_WINDOW (widget);
       widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_has_tooltip (widget))
      return TRUE;
  return FALSE;
}

static gboolean
is_cut (GtkWidget *label)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int          width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout))
    return !has_tooltip (label);
  return width > gtk_widget_get_width (label) + 1
         || height > gtk_widget_get_height (label) + 1;
}

static void
check_room (GtkWidget *widget, GPtrArray *problems, guint *n)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && gtk_widget_get_width (widget) > 0)
    {
      (*n)++;
      if (is_cut (widget))
        g_ptr_array_add (
            problems,
            g_strdup_printf ("cut off: %s", gtk_label_get_text (GTK_LABEL (widget))));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_room (child, problems, n);
}

static void
check_size (EscWindow *window, int width, int height)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  guint                 n = 0;

  grow_to (window, width, height);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, width);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (window)), <=, height);
  /* No plot has to be scrolled to. */
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window->grid)), <=, width);
  check_room (GTK_WIDGET (window), problems, &n);
  g_assert_cmpuint (n, >, 15);
  fail_with (problems);
}

static void
test_room (void)
{
  EscWindow *window = open_window ();

  check_size (window, 1280, 800);
  check_size (window, 1024, 640);
  app_close_window (window);
}

/* English at twice the size of text. */
static void
test_large_text (void)
{
  EscWindow *window;
  int        dpi;

  bindtextdomain (GETTEXT_PACKAGE, "/nowhere");
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  window = open_window ();
  check_size (window, 1280, 800);
  check_size (window, 1024, 640);
  app_close_window (window);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("ESC_PSEUDO_LOCALE"));
}

/* --- right to left -------------------------------------------------------------------- */

static float
get_x (EscWindow *window, gpointer widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (window), &bounds));
  return bounds.origin.x;
}

/* Everything changes sides but time, which runs to the right in every plot. */
static void
test_mirrored (void)
{
  EscWindow *window;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  window = open_window ();
  g_assert_cmpfloat (get_x (window, window->editor), >, get_x (window, window->loss));
  g_assert_cmpfloat (get_x (window, window->train_button), >,
                     get_x (window, window->menu_button));
  g_assert_cmpfloat (get_x (window, window->loss), >, get_x (window, window->spectrum));
  app_close_window (window);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char *argv[])
{
  g_setenv ("LANGUAGE", "zxx", TRUE);
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("ESC_PSEUDO_LOCALE"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  app_test_init (&argc, &argv);
  /* GTK has set another for its tests. C.UTF-8 has translations, C has none. */
  setlocale (LC_ALL, "");
  g_test_add_func ("/app/pseudo/translated", test_translated);
  g_test_add_func ("/app/pseudo/room", test_room);
  g_test_add_func ("/app/pseudo/large-text", test_large_text);
  g_test_add_func ("/app/pseudo/mirrored", test_mirrored);
  return g_test_run ();
}
