/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every template builds, and everything it made is gone when the widget is. */
#include "config.h"

#include "app-fixture.h"
#include "esc-chip.h"
#include "esc-number-entry.h"
#include "esc-plot-style.h"
#include "esc-preset.h"
#include "esc-run-row.h"

#include <string.h>

/* Weak pointers to a widget and all its descendants. */
static void
watch (GtkWidget *widget, GPtrArray *watched)
{
  gpointer *pointer;

  /* GTK's own, shared by the display. */
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkTooltipWindow"))
    return;
  pointer = g_new (gpointer, 1);
  *pointer = widget;
  g_object_add_weak_pointer (G_OBJECT (widget), pointer);
  g_ptr_array_add (watched, pointer);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    watch (child, watched);
}

static void
assert_gone (GPtrArray *watched)
{
  for (guint i = 0; i < watched->len; i++)
    {
      gpointer *pointer = g_ptr_array_index (watched, i);

      if (*pointer != NULL)
        g_error ("%s is still there", G_OBJECT_TYPE_NAME (*pointer));
      g_free (pointer);
    }
}

static void
test_template (gconstpointer data)
{
  GType      type = *(const GType *) data;
  GtkWidget *widget = g_object_new (type, NULL);
  GPtrArray *watched = g_ptr_array_new ();

  g_object_ref_sink (widget);
  watch (widget, watched);
  g_object_unref (widget);
  app_pump (20);
  assert_gone (watched);
  g_ptr_array_unref (watched);
}

static void
test_window (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  GPtrArray *watched = g_ptr_array_new ();
  gpointer   model = window->model, document = window->document;

  watch (GTK_WIDGET (window), watched);
  g_assert_cmpuint (watched->len, >, 100);
  g_object_add_weak_pointer (model, &model);
  g_object_add_weak_pointer (document, &document);
  app_close_window (window);
  app_pump (100);
  assert_gone (watched);
  g_assert_null (model);
  g_assert_null (document);
  g_ptr_array_unref (watched);
}

/* Icons alone say nothing to a screen reader.  The cross of a toast and the way back of a
 * header bar are libadwaita's. */
static void
assert_named (GtkWidget *widget)
{
  if (ADW_IS_TOAST_OVERLAY (gtk_widget_get_parent (widget))
      && strstr (G_OBJECT_TYPE_NAME (widget), "Toast") != NULL)
    return;
  if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL
      && gtk_widget_get_ancestor (widget, GTK_TYPE_SPIN_BUTTON) == NULL
      && strstr (G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), "Window") == NULL
      && strstr (G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), "Back") == NULL)
    g_assert_nonnull (gtk_widget_get_tooltip_text (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

static void
test_names (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  assert_named (GTK_WIDGET (window));
  gtk_test_accessible_assert_property (window->train_button,
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Train");
  gtk_test_accessible_assert_role (esc_plot_card_get_view (window->loss),
                                   GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (esc_plot_card_get_view (window->loss),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Loss");
  app_close_window (window);
}

static gboolean
is_collapsed (gpointer split)
{
  return esc_split_view_get_collapsed (split) && !esc_split_view_get_show_pane (split);
}

static gboolean
is_wide (gpointer split)
{
  return !esc_split_view_get_collapsed (split) && esc_split_view_get_show_pane (split);
}

/* Below 1100 pixels the pane makes room, and comes back with them. */
static void
test_narrow (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  g_assert_true (app_wait (is_wide, window->split));
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 640);
  g_assert_true (app_wait (is_collapsed, window->split));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (window), "narrow"));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, 1024);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (window)), <=, 640);
  /* The pane over the plots does not make the window any wider. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-pane", NULL);
  app_pump (100);
  g_assert_true (esc_split_view_get_show_pane (window->split));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, 1024);
  g_assert_true (g_settings_get_boolean (window->settings, "show-pane"));
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  g_assert_true (app_wait (is_wide, window->split));
  app_close_window (window);
}

/* At twice the text size the window still fits the screen it fitted before. */
static void
test_large_text (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  GtkSettings *settings = gtk_settings_get_default ();
  int          dpi, minimum;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  app_pump (300);
  g_assert_cmpfloat (esc_plot_style_get_theme (esc_plot_style_get_default ())->text_scale,
                     ==, 2.0);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 1280);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 800);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  app_close_window (window);
}

/* The wide window's choice and the size outlive the window. */
static void
test_state (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  int        width, height;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-pane", NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 760);
  app_pump (100);
  app_close_window (window);
  window = app_open_window (APP_SMALL);
  g_assert_false (esc_split_view_get_show_pane (window->split));
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 1200);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-pane", NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  app_pump (100);
  app_close_window (window);
}

/* The shipped files are all readable, and have what the list shows. */
static void
test_presets (void)
{
  GListModel *all = esc_preset_get_all ();

  g_assert_cmpuint (g_list_model_get_n_items (all), >=, 17);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (EscPreset) preset = g_list_model_get_item (all, i);

      if (i == 0)
        g_assert_cmpstr (esc_preset_get_id (preset), ==, "joint-quick-softplus");
      g_assert_cmpstr (esc_preset_get_title (preset), !=, "");
      g_assert_cmpstr (esc_preset_get_description (preset), !=, "");
      g_assert_true (esc_preset_find (esc_preset_get_id (preset)) == preset);
    }
  g_assert_null (esc_preset_find ("no-such-preset"));
}

static void
test_blank (void)
{
  g_autoptr (EngSpec) blank = esc_preset_new_blank ();

  g_assert_cmpuint (eng_spec_get_n_runs (blank), ==, 2);
}

int
main (int argc, char *argv[])
{
  GType types[9];

  app_test_init (&argc, &argv);
  types[0] = ESC_TYPE_BANNER;
  types[1] = ESC_TYPE_CHIP;
  types[2] = ESC_TYPE_FOOT;
  types[3] = ESC_TYPE_NUMBER_ENTRY;
  types[4] = ESC_TYPE_PLOT_CARD;
  types[5] = ESC_TYPE_PLOT_VIEW;
  types[6] = ESC_TYPE_PRESET_CHOOSER;
  types[7] = ESC_TYPE_RUN_ROW;
  types[8] = ESC_TYPE_SPEC_EDITOR;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strconcat ("/app/template/", g_type_name (types[i]),
                                           NULL);

      g_test_add_data_func (path, &types[i], test_template);
    }
  g_test_add_func ("/app/window/finalised", test_window);
  g_test_add_func ("/app/window/names", test_names);
  g_test_add_func ("/app/window/narrow", test_narrow);
  g_test_add_func ("/app/window/large-text", test_large_text);
  g_test_add_func ("/app/window/state", test_state);
  g_test_add_func ("/app/presets/all", test_presets);
  g_test_add_func ("/app/presets/blank", test_blank);
  return g_test_run ();
}
