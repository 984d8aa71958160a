/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plots as a person questions them: kinds of axes, measures, one plot alone. */
#include "config.h"

#include "app-fixture.h"
#include "esc-plot-card-private.h"
#include "esc-plot-view-private.h"

#include <math.h>
#include <string.h>

static EscPlotView *
get_view (EscPlotCard *card)
{
  return esc_plot_card_get_view (card);
}

static const PlotPanel *
get_panel (EscPlotCard *card)
{
  return g_ptr_array_index (esc_plot_view_get_frame (get_view (card))->panels, 0);
}

static EscWindow *
open_trained (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  g_assert_true (app_wait (app_is_done, window));
  app_pump (200);
  return window;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
act (EscPlotCard *card, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (card), action, NULL));
  app_pump (100);
}

/* All time axes are of one kind; every plot has its own values. */
static void
test_axes (void)
{
  EscWindow *window = open_trained ();
  guint      edits = 0;

  g_signal_connect_swapped (get_view (window->loss), "view-edited", G_CALLBACK (count_cb),
                            &edits);
  act (window->loss, "plot.x-log");
  g_assert_cmpint (get_panel (window->loss)->x.kind, ==, PLOT_SCALE_LINEAR);
  g_assert_cmpint (get_panel (window->movement)->x.kind, ==, PLOT_SCALE_LINEAR);
  g_assert_cmpint (get_panel (window->bands)->x.kind, ==, PLOT_SCALE_LINEAR);
  g_assert_cmpint (get_panel (window->spectrum)->x.kind, ==, PLOT_SCALE_LOG);
  act (window->loss, "plot.y-log");
  g_assert_cmpint (get_panel (window->loss)->y.kind, ==, PLOT_SCALE_LINEAR);
  g_assert_cmpint (get_panel (window->movement)->y.kind, ==, PLOT_SCALE_LOG);
  g_assert_cmpuint (edits, ==, 2);
  app_close_window (window);
}

static char *told;

static void
told_cb (EscPlotView *view, const char *text)
{
  g_free (told);
  told = g_strdup (text);
}

/* What cannot be shown is refused with a sentence, what has no logarithm is explained. */
static void
test_refusals (void)
{
  EscWindow *window = open_trained ();

  g_signal_connect (get_view (window->bands), "notice", G_CALLBACK (told_cb), NULL);
  g_signal_connect (get_view (window->movement), "notice", G_CALLBACK (told_cb), NULL);
  g_object_set (get_view (window->bands), "y-log", TRUE, NULL);
  g_assert_nonnull (strstr (told, "start at zero"));
  g_assert_cmpint (get_panel (window->bands)->y.kind, ==, PLOT_SCALE_LINEAR);
  /* A lazy student has not moved at step 0. */
  act (window->movement, "plot.y-log");
  act (window->movement, "plot.y-log");
  g_assert_nonnull (strstr (told, "at or below zero"));
  g_assert_cmpint (get_panel (window->movement)->y.kind, ==, PLOT_SCALE_LOG);
  g_clear_pointer (&told, g_free);
  app_close_window (window);
}

static void
test_measure (void)
{
  EscWindow       *window = open_trained ();
  EscPlotView     *view = get_view (window->movement);
  g_autofree char *before = NULL;

  before = g_strdup (esc_plot_view_get_frame (view)->subtitle);
  gtk_widget_activate_action (GTK_WIDGET (window->movement), "plot.measure", "u", 2u);
  app_pump (100);
  g_assert_cmpstr (esc_plot_view_get_frame (view)->subtitle, !=, before);
  g_assert_cmpuint (get_panel (window->movement)->series->len, ==, 2);
  /* There is no such measure. */
  gtk_widget_activate_action (GTK_WIDGET (window->movement), "plot.measure", "u", 7u);
  app_pump (100);
  g_assert_cmpuint (get_panel (window->movement)->series->len, ==, 2);
  app_close_window (window);
}

/* What is read is what was written, and writing is not a person's edit. */
static void
test_state (void)
{
  EscWindow           *window = open_trained ();
  EscPlotView         *view = get_view (window->movement);
  g_autoptr (GVariant) before = esc_plot_view_get_state (view);
  g_autoptr (GVariant) wanted = NULL, after = NULL, again = NULL;
  guint                edits = 0;

  g_signal_connect_swapped (view, "view-edited", G_CALLBACK (count_cb), &edits);
  wanted = g_variant_ref_sink (
      g_variant_new_parsed ("{'x-log': <false>, 'y-log': <false>, 'measure': <uint32 1>, "
                            "'x-range': <(20.0, 50.0)>, 'y-range': <(0.5, 1.5)>}"));
  esc_plot_view_set_state (view, wanted);
  app_pump (100);
  after = esc_plot_view_get_state (view);
  g_assert_true (g_variant_equal (after, wanted));
  g_assert_cmpfloat (get_panel (window->movement)->x.shown.lo, ==, 20);
  g_assert_cmpfloat (get_panel (window->loss)->x.shown.hi, ==, 50);
  g_assert_cmpfloat (get_panel (window->loss)->y.shown.hi, ==, 0);
  g_assert_true (esc_plot_view_get_zoomed (get_view (window->loss)));
  g_assert_cmpuint (edits, ==, 0);
  esc_plot_view_set_state (view, before);
  again = esc_plot_view_get_state (view);
  g_assert_true (g_variant_equal (again, before));
  app_close_window (window);
}

static gboolean
is_alone (gpointer data)
{
  EscWindow *window = data;

  return gtk_widget_get_mapped (GTK_WIDGET (window->loss))
         && !gtk_widget_get_mapped (GTK_WIDGET (window->bands))
         && gtk_widget_get_width (GTK_WIDGET (window->loss)) + 40
                > gtk_widget_get_width (GTK_WIDGET (window->grid));
}

static gboolean
is_together (gpointer data)
{
  return gtk_widget_get_mapped (GTK_WIDGET (((EscWindow *) data)->bands));
}

static void
test_expand (void)
{
  EscWindow *window = open_trained ();

  act (window->loss, "plot.expand");
  g_assert_true (app_wait (is_alone, window));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window))
                 == GTK_WIDGET (get_view (window->loss)));
  act (window->loss, "plot.expand");
  g_assert_true (app_wait (is_together, window));
  app_close_window (window);
}

static void
press (EscPlotCard *card, guint key, GdkModifierType modifiers)
{
  GListModel *controllers = gtk_widget_observe_controllers (GTK_WIDGET (get_view (card)));
  gboolean    handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (one))
        g_signal_emit_by_name (one, "key-pressed", key, 0, modifiers, &handled);
    }
  g_assert_true (handled);
  g_object_unref (controllers);
  app_pump (50);
}

static double
get_cursor (EscPlotCard *card)
{
  const PlotReadout *readout = esc_plot_view_get_readout (get_view (card));

  return readout == NULL ? NAN : readout->x;
}

/* One step in all time plots, by the keys of the brief; the spectrum has its own. */
static void
test_keys_read_off (void)
{
  EscWindow *window = open_trained ();

  press (window->loss, GDK_KEY_Left, 0);
  g_assert_cmpfloat (get_cursor (window->loss), ==, 400);
  press (window->loss, GDK_KEY_Home, 0);
  g_assert_cmpfloat (get_cursor (window->loss), ==, 0);
  g_assert_cmpfloat (get_cursor (window->movement), ==, 0);
  g_assert_true (isnan (get_cursor (window->spectrum)));
  press (window->loss, GDK_KEY_Right, 0);
  g_assert_cmpfloat (get_cursor (window->bands), ==, 1);
  press (window->loss, GDK_KEY_Right, GDK_SHIFT_MASK);
  g_assert_cmpfloat (get_cursor (window->movement), ==, 11);
  press (window->loss, GDK_KEY_Page_Up, 0);
  g_assert_cmpfloat (get_cursor (window->movement), ==, 1);
  press (window->loss, GDK_KEY_End, 0);
  g_assert_cmpfloat (get_cursor (window->bands), ==, 400);
  press (window->loss, GDK_KEY_Escape, 0);
  g_assert_true (isnan (get_cursor (window->bands)));
  press (window->spectrum, GDK_KEY_Home, 0);
  g_assert_cmpfloat (get_cursor (window->spectrum), ==, 1);
  g_assert_true (isnan (get_cursor (window->loss)));
  app_close_window (window);
}

static gboolean
reads_off_later (gpointer window)
{
  return get_cursor (ESC_WINDOW (window)->loss) > 10;
}

/* `x`, `y`: shares of the width and height. */
static void
rest_pointer (EscPlotView *view, double x, double y)
{
  GListModel *controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  x *= gtk_widget_get_width (GTK_WIDGET (view));
  y *= gtk_widget_get_height (GTK_WIDGET (view));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (one))
        g_signal_emit_by_name (one, "motion", x, y);
    }
  g_object_unref (controllers);
}

/* Under a pointer that rests, the sample nearest to it is read off as the curves grow. */
static void
test_resting_pointer (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  rest_pointer (get_view (window->loss), 0.6, 0.5);
  g_assert_cmpfloat (get_cursor (window->loss), ==, 0);
  app_click (window->train_button);
  g_assert_true (app_wait (app_is_done, window));
  g_assert_true (app_wait (reads_off_later, window));
  app_close_window (window);
}

/* Escape puts a read-out away until the pointer moves. */
static void
test_put_away (void)
{
  EscWindow   *window = open_trained ();
  EscPlotView *view = get_view (window->loss);

  rest_pointer (view, 0.6, 0.5);
  g_assert_true (isfinite (get_cursor (window->loss)));
  press (window->loss, GDK_KEY_Escape, 0);
  rest_pointer (view, 0.6, 0.5);
  g_assert_true (isnan (get_cursor (window->loss)));
  rest_pointer (view, 0.5, 0.5);
  g_assert_true (isfinite (get_cursor (window->loss)));
  app_close_window (window);
}

/* What is read off is said, and what moves over the data does not draw them again. */
static void
test_read_out_is_said (void)
{
  EscWindow       *window = open_trained ();
  EscPlotView     *view = get_view (window->loss);
  g_autofree char *said = NULL;
  GdkTexture      *picture = view->picture;

  g_assert_nonnull (picture);
  press (window->loss, GDK_KEY_Home, 0);
  said = plot_readout_describe (esc_plot_view_get_readout (view), view->frame);
  g_assert_true (g_str_has_prefix (said, "Step 0: "));
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said);
  for (guint i = 0; i < 20; i++)
    press (window->loss, GDK_KEY_Right, 0);
  g_assert_true (view->picture == picture);
  press (window->loss, GDK_KEY_Escape, 0);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       view->frame->summary);
  app_close_window (window);
}

/* A plot that is not seen draws nothing, nor does one that has nothing new. */
static void
test_rest (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  EscPlotView *view = get_view (window->loss), *hidden = get_view (window->movement);
  PlotFrame   *before;
  GdkTexture  *picture;

  act (window->loss, "plot.expand");
  g_assert_true (app_wait (is_alone, window));
  before = esc_plot_view_get_frame (hidden);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  g_assert_true (app_wait (app_is_done, window));
  app_pump (200);
  g_assert_true (esc_plot_view_get_frame (hidden) == before);
  picture = view->picture;
  app_pump (300);
  g_assert_true (view->picture == picture);
  app_close_window (window);
}

/* What is asked about a plot that was never seen is of now. */
static void
test_hidden_is_present (void)
{
  EscWindow      *window = open_trained ();
  EscPlotView    *view = get_view (window->terms);
  EngSnapshot    *snapshot = esc_session_model_get_snapshot (window->model);
  const PlotArea *area;
  guint           n_windows = g_list_model_get_n_items (gtk_window_get_toplevels ());

  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (view)));
  g_assert_cmpuint (get_panel (window->terms)->areas->len, ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.plot-table", "s", "terms");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==,
                    n_windows + 1);
  (void) esc_plot_view_get_present_frame (view);
  area = g_ptr_array_index (get_panel (window->terms)->areas, 0);
  /* All but step 0, which a logarithmic axis has no room for. */
  g_assert_cmpuint (area->n, ==, snapshot->runs[0].n_records - 1);
  app_close_window (window);
}

/* The two panels of the spectrum share their ranks and nothing else. */
static void
test_stacked_zoom (void)
{
  EscWindow           *window = open_trained ();
  EscPlotView         *view = get_view (window->spectrum);
  PlotFrame           *frame = esc_plot_view_get_frame (view);
  g_autoptr (GVariant) state = NULL;
  const PlotPanel     *lower;

  g_assert_true (frame->stacked);
  press (window->spectrum, GDK_KEY_Home, 0);
  press (window->spectrum, GDK_KEY_Down, 0);
  press (window->spectrum, GDK_KEY_plus, 0);
  press (window->spectrum, GDK_KEY_plus, GDK_CONTROL_MASK);
  app_pump (100);
  frame = esc_plot_view_get_frame (view);
  lower = g_ptr_array_index (frame->panels, 1);
  g_assert_cmpfloat (lower->y.shown.hi, >, lower->y.shown.lo);
  g_assert_cmpfloat (lower->x.shown.hi, >, 0);
  g_assert_cmpfloat (lower->x.shown.hi, ==, get_panel (window->spectrum)->x.shown.hi);
  g_assert_cmpfloat (get_panel (window->spectrum)->y.shown.hi, ==, 0);
  state = esc_plot_view_get_state (view);
  esc_plot_view_reset_zoom (view);
  g_assert_false (esc_plot_view_get_zoomed (view));
  esc_plot_view_set_state (view, state);
  app_pump (100);
  frame = esc_plot_view_get_frame (view);
  g_assert_cmpfloat (get_panel (window->spectrum)->y.shown.hi, ==, 0);
  g_assert_cmpfloat (((PlotPanel *) g_ptr_array_index (frame->panels, 1))->y.shown.hi, >,
                     0);
  app_close_window (window);
}

static PlotRange
get_shown (EscPlotCard *card, PlotDirection direction)
{
  const PlotPanel *panel = get_panel (card);

  return direction == PLOT_HORIZONTAL ? panel->x.shown : panel->y.shown;
}

static double
get_length (PlotRange range)
{
  return range.hi - range.lo;
}

/* Steps are zoomed in all time plots, values in one; 0 shows everything again. */
static void
test_zoom_by_keys (void)
{
  EscWindow *window = open_trained ();
  guint      edits = 0;
  PlotRange  before;

  g_signal_connect_swapped (get_view (window->loss), "view-edited", G_CALLBACK (count_cb),
                            &edits);
  press (window->loss, GDK_KEY_plus, 0);
  press (window->loss, GDK_KEY_plus, 0);
  before = get_shown (window->loss, PLOT_HORIZONTAL);
  g_assert_cmpfloat (get_length (before), >, 0);
  g_assert_cmpfloat (get_shown (window->movement, PLOT_HORIZONTAL).lo, ==, before.lo);
  g_assert_cmpfloat (get_shown (window->bands, PLOT_HORIZONTAL).hi, ==, before.hi);
  g_assert_cmpfloat (get_shown (window->spectrum, PLOT_HORIZONTAL).hi, ==, 0);
  press (window->loss, GDK_KEY_Right, GDK_CONTROL_MASK);
  g_assert_cmpfloat (get_shown (window->loss, PLOT_HORIZONTAL).lo, >, before.lo);
  press (window->loss, GDK_KEY_plus, GDK_CONTROL_MASK);
  g_assert_cmpfloat (get_length (get_shown (window->loss, PLOT_VERTICAL)), >, 0);
  g_assert_cmpfloat (get_length (get_shown (window->movement, PLOT_VERTICAL)), ==, 0);
  /* The keys were one gesture. */
  app_pump (600);
  g_assert_cmpuint (edits, ==, 1);
  press (window->loss, GDK_KEY_0, 0);
  g_assert_false (esc_plot_view_get_zoomed (get_view (window->loss)));
  g_assert_false (esc_plot_view_get_zoomed (get_view (window->bands)));
  g_assert_cmpuint (edits, ==, 2);
  app_close_window (window);
}

/* What is read off is brought into view. */
static void
test_zoom_follows (void)
{
  EscWindow *window = open_trained ();

  press (window->loss, GDK_KEY_End, 0);
  for (guint i = 0; i < 8; i++)
    press (window->loss, GDK_KEY_plus, 0);
  g_assert_cmpfloat (get_shown (window->loss, PLOT_HORIZONTAL).lo, >, 10);
  press (window->loss, GDK_KEY_Home, 0);
  app_pump (100);
  g_assert_cmpfloat (get_shown (window->loss, PLOT_HORIZONTAL).lo, ==, 1);
  app_close_window (window);
}

static void
test_log_keys (void)
{
  EscWindow *window = open_trained ();

  press (window->movement, GDK_KEY_l, 0);
  g_assert_cmpint (get_panel (window->movement)->y.kind, ==, PLOT_SCALE_LINEAR);
  press (window->movement, GDK_KEY_L, GDK_SHIFT_MASK);
  g_assert_cmpint (get_panel (window->loss)->x.kind, ==, PLOT_SCALE_LINEAR);
  app_close_window (window);
}

static void
xdotool (const char *words)
{
  g_autofree char *line = g_strconcat ("xdotool ", words, NULL);

  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, NULL, NULL));
  app_pump (250);
}

/* A point of a plot's area, from its left and its top. */
static void
point_at (EscWindow *window, EscPlotCard *card, double across, double down)
{
  GtkWidget        *widget = GTK_WIDGET (get_view (card));
  g_autofree char  *words = NULL;
  cairo_rectangle_t area;
  graphene_point_t  at, from;

  g_assert_true (plot_layout_get_area (get_view (card)->layout, 0, &area));
  from = GRAPHENE_POINT_INIT ((float) (area.x + across * area.width),
                              (float) (area.y + down * area.height));
  g_assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (window), &from, &at));
  words = g_strdup_printf ("mousemove %d %d", (int) at.x, (int) at.y);
  xdotool (words);
}

/* A real pointer: what it is over is read off, the wheel and a box zoom, two clicks
 * show everything. */
static void
test_pointer (void)
{
  EscWindow *window = open_trained ();
  PlotRange  shown;

  point_at (window, window->loss, 0.5, 0.5);
  point_at (window, window->loss, 0.6, 0.5);
  g_assert_cmpfloat (get_cursor (window->loss), >, 1);
  g_assert_cmpfloat (get_cursor (window->loss), ==, get_cursor (window->movement));
  xdotool ("click 4");
  shown = get_shown (window->loss, PLOT_HORIZONTAL);
  g_assert_cmpfloat (get_length (shown), >, 0);
  g_assert_cmpfloat (get_shown (window->movement, PLOT_HORIZONTAL).hi, ==, shown.hi);
  xdotool ("click --repeat 2 --delay 50 1");
  g_assert_false (esc_plot_view_get_zoomed (get_view (window->loss)));
  app_pump (600);
  point_at (window, window->loss, 0.3, 0.3);
  xdotool ("mousedown 1");
  point_at (window, window->loss, 0.5, 0.5);
  point_at (window, window->loss, 0.7, 0.7);
  xdotool ("mouseup 1");
  shown = get_shown (window->loss, PLOT_HORIZONTAL);
  g_assert_cmpfloat (shown.lo, >, 1);
  g_assert_cmpfloat (shown.hi, <, 400);
  g_assert_cmpfloat (get_length (get_shown (window->loss, PLOT_VERTICAL)), >, 0);
  xdotool ("mousedown 2");
  point_at (window, window->loss, 0.8, 0.7);
  xdotool ("mouseup 2");
  g_assert_cmpfloat (get_shown (window->loss, PLOT_HORIZONTAL).lo, <, shown.lo);
  xdotool ("mousemove 600 20");
  g_assert_true (isnan (get_cursor (window->loss)));
  /* Another experiment is shown whole. */
  esc_document_load (window->document, esc_document_get_spec (window->document), NULL,
                     NULL);
  g_assert_false (esc_plot_view_get_zoomed (get_view (window->loss)));
  app_close_window (window);
}

/* Others hang their items on the menu. */
static void
test_menu (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  GMenu     *axes = esc_plot_card_get_menu (window->loss, ESC_PLOT_MENU_AXES);
  GMenu     *measures = esc_plot_card_get_menu (window->movement, ESC_PLOT_MENU_MEASURE);
  GMenu     *exports = esc_plot_card_get_menu (window->loss, ESC_PLOT_MENU_EXPORT);

  g_assert_cmpint (g_menu_model_get_n_items (G_MENU_MODEL (axes)), ==, 2);
  g_assert_cmpint (g_menu_model_get_n_items (G_MENU_MODEL (measures)), ==, 3);
  g_assert_true (G_IS_MENU (exports));
  gtk_test_accessible_assert_property (
      window->loss->menu_button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Menu of the plot Loss");
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/plots/axes", test_axes);
  g_test_add_func ("/app/plots/refusals", test_refusals);
  g_test_add_func ("/app/plots/measure", test_measure);
  g_test_add_func ("/app/plots/state", test_state);
  g_test_add_func ("/app/plots/expand", test_expand);
  g_test_add_func ("/app/plots/keys-read-off", test_keys_read_off);
  g_test_add_func ("/app/plots/resting-pointer", test_resting_pointer);
  g_test_add_func ("/app/plots/put-away", test_put_away);
  g_test_add_func ("/app/plots/read-out-is-said", test_read_out_is_said);
  g_test_add_func ("/app/plots/rest", test_rest);
  g_test_add_func ("/app/plots/hidden-is-present", test_hidden_is_present);
  g_test_add_func ("/app/plots/stacked-zoom", test_stacked_zoom);
  g_test_add_func ("/app/plots/zoom-by-keys", test_zoom_by_keys);
  g_test_add_func ("/app/plots/zoom-follows", test_zoom_follows);
  g_test_add_func ("/app/plots/log-keys", test_log_keys);
  g_test_add_func ("/app/plots/pointer", test_pointer);
  g_test_add_func ("/app/plots/menu", test_menu);
  return g_test_run ();
}
