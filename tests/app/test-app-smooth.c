/* SPDX-License-Identifier: GPL-3.0-or-later
 * When plots draw, and when not; what they do at large text; pinching. */
#include "config.h"

#include "app-fixture.h"
#include "esc-plot-style.h"
#include "esc-plot-view-private.h"

/* Trains for longer than any test looks. */
#define LONG                                                                             \
  "[experiment]\nversion=1\nname=long\ntitle=Long\n"                                     \
  "[problem]\nkind=low-rank-polynomial\nrank=1\ndegree=2\nd=10\nn=60\nn-test=200\n"      \
  "[run.1]\nlearner=lazy\nm=20\nactivation=softplus\nsteps=5000000\n"

/* The most data redraws a second. */
#define MOST_REDRAWS 30

static EscPlotView *
get_view (EscPlotCard *card)
{
  return esc_plot_card_get_view (card);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

typedef struct
{
  EscWindow *window;
  guint64    step;
} Progress;

static gboolean
has_passed (gpointer data)
{
  const Progress *progress = data;

  return app_get_step (progress->window) > progress->step;
}

/* Until some more snapshots have come. */
static void
train_on (EscWindow *window, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      Progress progress = { window, app_get_step (window) };

      g_assert_true (app_wait (has_passed, &progress));
      app_pump (50);
    }
}

static void
train (EscWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  g_assert_true (app_wait (app_is_running, window));
}

/* Of snapshots that come all the time no more are drawn than can be seen as movement, and
 * none twice. */
static void
test_redraws (void)
{
  EscWindow *window = app_open_window (LONG);
  guint      n_frames = 0, n_snapshots = 0;
  gint64     start;
  double     seconds;

  train (window);
  start = g_get_monotonic_time ();
  g_signal_connect_swapped (get_view (window->loss), "notify::frame",
                            G_CALLBACK (count_cb), &n_frames);
  g_signal_connect_swapped (window->model, "notify::snapshot", G_CALLBACK (count_cb),
                            &n_snapshots);
  train_on (window, 20);
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_assert_cmpuint (n_frames, >, 2);
  g_assert_cmpuint (n_frames, <=, n_snapshots + 1);
  g_assert_cmpfloat (n_frames, <=, MOST_REDRAWS * seconds + 1);
  app_close_window (window);
}

static gboolean
is_painting (gpointer view)
{
  return ((EscPlotView *) view)->painting != NULL;
}

/* While the window is hidden training goes on, and nothing is projected or painted; what is
 * being painted when it is hidden is not shown either. */
static void
test_hidden (void)
{
  EscWindow             *window = app_open_window (LONG);
  g_autoptr (GPtrArray)  cards = esc_window_get_cards (window);
  g_autoptr (GdkTexture) picture = NULL;
  guint                  n_frames = 0;

  train (window);
  train_on (window, 3);
  g_assert_true (app_wait (is_painting, get_view (window->loss)));
  picture = g_object_ref (get_view (window->loss)->picture);
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  for (guint i = 0; i < cards->len; i++)
    g_signal_connect_swapped (get_view (g_ptr_array_index (cards, i)), "notify::frame",
                              G_CALLBACK (count_cb), &n_frames);
  train_on (window, 8);
  g_assert_cmpuint (n_frames, ==, 0);
  g_assert_true (get_view (window->loss)->picture == picture);
  gtk_window_present (GTK_WINDOW (window));
  train_on (window, 3);
  g_assert_cmpuint (n_frames, >, 0);
  app_close_window (window);
}

static guint n_paints;

static gboolean
rests (gpointer data)
{
  n_paints = 0;
  app_pump (400);
  return n_paints == 0;
}

/* A paused window asks for no frame at all, once what it showed last has settled. */
static void
test_paused (void)
{
  EscWindow     *window = app_open_window (LONG);
  GdkFrameClock *clock;
  guint          n_frames = 0;

  train (window);
  train_on (window, 3);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  g_assert_true (app_wait (app_is_paused, window));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  g_signal_connect_swapped (clock, "paint", G_CALLBACK (count_cb), &n_paints);
  g_assert_true (app_wait (rests, NULL));
  g_signal_connect_swapped (get_view (window->loss), "notify::frame",
                            G_CALLBACK (count_cb), &n_frames);
  n_paints = 0;
  app_pump (1000);
  g_assert_cmpuint (n_paints, ==, 0);
  g_assert_cmpuint (n_frames, ==, 0);
  g_signal_handlers_disconnect_by_data (clock, &n_paints);
  app_close_window (window);
}

/* The cursor moves over all time plots, and the picture of the data stays. */
static void
test_cursor (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  EscPlotCard *cards[] = { window->loss, window->movement, window->bands };
  GdkTexture  *pictures[G_N_ELEMENTS (cards)];
  guint        n_before;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  g_assert_true (app_wait (app_is_done, window));
  app_pump (500);
  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    pictures[i] = g_object_ref (get_view (cards[i])->picture);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "paint",
                            G_CALLBACK (count_cb), &n_paints);
  n_before = n_paints;
  for (guint step = 1; step <= 20; step++)
    {
      esc_plot_link_set_cursor (window->steps, step);
      app_pump (20);
    }
  g_assert_cmpuint (n_paints, >, n_before);
  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_assert_true (get_view (cards[i])->picture == pictures[i]);
      g_object_unref (pictures[i]);
    }
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (GTK_WIDGET (window)),
                                        &n_paints);
  app_close_window (window);
}

static GtkGesture *
find_pinch (EscPlotView *view)
{
  GListModel *controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));
  GtkGesture *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && found == NULL; i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_ZOOM (one))
        found = GTK_GESTURE (one);
    }
  g_object_unref (controllers);
  return found;
}

/* Steps are pinched in all time plots, by as much as the fingers move; one edit. */
static void
test_pinch (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  EscPlotView *view = get_view (window->loss);
  GtkGesture  *pinch = find_pinch (view);
  PlotRange    once, twice;
  guint        edits = 0;

  g_assert_nonnull (pinch);
  g_signal_connect_swapped (view, "view-edited", G_CALLBACK (count_cb), &edits);
  g_object_set (view, "x-log", FALSE, NULL);
  app_pump (200);
  edits = 0;
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 2.0);
  app_pump (200);
  once = esc_plot_link_get_range (window->steps);
  g_assert_cmpfloat_with_epsilon (once.hi - once.lo, 200, 1e-6);
  g_signal_emit_by_name (pinch, "scale-changed", 4.0);
  app_pump (200);
  twice = esc_plot_link_get_range (window->steps);
  g_assert_cmpfloat_with_epsilon (twice.hi - twice.lo, 100, 1e-6);
  g_assert_true (esc_plot_view_get_zoomed (get_view (window->movement)));
  app_pump (600);
  g_assert_cmpuint (edits, ==, 1);
  app_close_window (window);
}

static gboolean
is_single (gpointer data)
{
  return esc_plot_grid_get_single (ESC_WINDOW (data)->grid);
}

static double
get_y (EscWindow *window, EscPlotCard *card)
{
  graphene_point_t at;

  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (card), GTK_WIDGET (window->grid),
                                           &GRAPHENE_POINT_INIT (0, 0), &at));
  return at.y;
}

/* Twice the text makes plots higher, one below another, and scrolled. */
static void
test_large_text (void)
{
  EscWindow *window;
  GtkWidget *scrolled;
  int        dpi;
  double     top, bottom;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  window = app_open_window (APP_SMALL);
  g_assert_false (esc_plot_grid_get_single (window->grid));
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  g_assert_true (app_wait (is_single, window));
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (get_view (window->loss))), >=, 300);
  top = get_y (window, window->bands);
  bottom = get_y (window, window->spectrum);
  /* Where it moved follows the loss. */
  g_assert_cmpfloat (top, <, bottom);
  scrolled = gtk_widget_get_ancestor (GTK_WIDGET (window->grid),
                                      GTK_TYPE_SCROLLED_WINDOW);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (window->grid)), >,
                   gtk_widget_get_height (scrolled));
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/smooth/redraws", test_redraws);
  g_test_add_func ("/app/smooth/hidden", test_hidden);
  g_test_add_func ("/app/smooth/paused", test_paused);
  g_test_add_func ("/app/smooth/cursor", test_cursor);
  g_test_add_func ("/app/smooth/pinch", test_pinch);
  g_test_add_func ("/app/smooth/large-text", test_large_text);
  return g_test_run ();
}
