/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plots painted beside the main thread: what is shown belongs together, nothing old is shown
 * again, and what is of no use any more is not waited for. */
#include "config.h"

#include "app-fixture.h"
#include "esc-plot-style.h"
#include "esc-plot-view-private.h"
#include "plot-layout-private.h"

#include <adwaita.h>

/* Trains for longer than any test looks. */
#define LONG                                                                             \
  "[experiment]\nversion=1\nname=long\ntitle=Long\n"                                     \
  "[problem]\nkind=low-rank-polynomial\nrank=1\ndegree=2\nd=10\nn=60\nn-test=200\n"      \
  "[run.1]\nlearner=lazy\nm=20\nactivation=softplus\nsteps=5000000\n"

static EscPlotView *
get_view (EscPlotCard *card)
{
  return esc_plot_card_get_view (card);
}

static gboolean
is_painting (gpointer view)
{
  return ((EscPlotView *) view)->painting != NULL;
}

static gboolean
has_trained (gpointer window)
{
  return app_is_running (window) && app_get_step (window) > 0;
}

/* Until a picture is made beside the main thread. */
static EscWindow *
open_painting (void)
{
  EscWindow *window = app_open_window (LONG);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  g_assert_true (app_wait (has_trained, window));
  g_assert_true (app_wait (is_painting, get_view (window->loss)));
  return window;
}

static GBytes *
download (GdkTexture *picture)
{
  gsize   stride = 4 * (gsize) gdk_texture_get_width (picture);
  gsize   size = stride * (gsize) gdk_texture_get_height (picture);
  guchar *pixels = g_malloc (size);

  gdk_texture_download (picture, pixels, stride);
  return g_bytes_new_take (pixels, size);
}

/* Returns: the share of pixels in which the picture differs from that of the frame, at the
 * places of the layout, in the colours of the desktop. */
static double
compare (GdkTexture *picture, PlotFrame *frame, const PlotLayout *places)
{
  const PlotTheme       *theme = esc_plot_style_get_theme (esc_plot_style_get_default ());
  g_autoptr (PlotLayout) layout = plot_layout_copy (places);
  g_autoptr (GdkTexture) here = esc_plot_painting_paint (
      frame, theme, layout, gdk_texture_get_width (picture),
      gdk_texture_get_height (picture), 1);
  g_autoptr (GBytes) a = download (picture), b = download (here);
  const guint32 *one = g_bytes_get_data (a, NULL), *other = g_bytes_get_data (b, NULL);
  gsize          n = g_bytes_get_size (a) / sizeof *one, n_other = 0;

  for (gsize i = 0; i < n; i++)
    n_other += one[i] != other[i];
  return (double) n_other / (double) n;
}

/* Painted once more from where its labels are, these may move on: a label of 60 x 12 pixels
 * is less than this of the smallest plot here. */
#define LABEL_SHARE 0.01

static gboolean
is_picture_of (GdkTexture *picture, PlotFrame *frame, const PlotLayout *places)
{
  return compare (picture, frame, places) < LABEL_SHARE;
}

/* --- one painting ------------------------------------------------------------------- */

static void
keep_cb (EscPlotPainting *painting, gpointer data)
{
  *(EscPlotPainting **) data = painting;
}

static void
never_cb (EscPlotPainting *painting, gpointer data)
{
  g_assert_not_reached ();
}

static gboolean
is_kept (gpointer painting)
{
  return *(EscPlotPainting **) painting != NULL;
}

/* Over a pinned experiment, continuing what is shown, in the places it is shown at. */
static void
check_same (EscPlotView *view)
{
  PlotOptions            options = esc_plot_view_get_options (view);
  EscPlotPainting       *painting, *painted = NULL;
  g_autoptr (PlotFrame)  frame = NULL;
  g_autoptr (PlotLayout) layout = plot_layout_copy (view->layout);

  options.pinned = view->snapshot;
  frame = plot_project (view->klass, view->snapshot, &options);
  options.earlier = view->frame;
  painting = esc_plot_painting_new (view->klass, view->snapshot, &options, layout, 500,
                                    300, 1);
  esc_plot_painting_start (painting, keep_cb, &painted);
  g_assert_true (app_wait (is_kept, &painted));
  g_assert_cmpfloat (compare (painted->picture, frame, layout), ==, 0);
  g_assert_cmpstr (painted->frame->summary, ==, frame->summary);
  esc_plot_painting_free (painted);
}

static void
test_same (void)
{
  EscWindow            *window = open_painting ();
  g_autoptr (GPtrArray) cards = esc_window_get_cards (window);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  g_assert_true (app_wait (app_is_paused, window));
  app_pump (200);
  for (guint i = 0; i < cards->len; i++)
    if (esc_window_has_card (window, g_ptr_array_index (cards, i)))
      check_same (get_view (g_ptr_array_index (cards, i)));
  app_close_window (window);
}

static struct
{
  GMutex lock;
  GCond  changed;
  int    n_projected;
  int    n_allowed;
} gate;

/* Waits until it is allowed. */
static void
project_gated (PlotFrame *frame, const EngSnapshot *snapshot, const PlotOptions *options)
{
  g_mutex_lock (&gate.lock);
  gate.n_projected++;
  g_cond_broadcast (&gate.changed);
  while (gate.n_allowed < gate.n_projected)
    g_cond_wait (&gate.changed, &gate.lock);
  g_mutex_unlock (&gate.lock);
  plot_frame_add_panel (frame);
}

static const PlotClass gated_class = {
  .id = "gated",
  .title = "Gated",
  .project = project_gated,
};

static EscPlotPainting *
start_gated (EngSnapshot *snapshot, EscPlotPainted painted, gpointer data)
{
  g_autoptr (PlotLayout) layout = plot_layout_new ();
  PlotOptions            options = { 0 };
  EscPlotPainting *painting = esc_plot_painting_new (&gated_class, snapshot, &options,
                                                     layout, 500, 300, 1);

  esc_plot_painting_start (painting, painted, data);
  return painting;
}

/* What was abandoned before its turn is not carried out, and nobody is told of it. */
static void
test_abandoned (void)
{
  EscWindow       *window = app_open_window (LONG);
  EngSnapshot     *snapshot = esc_session_model_get_snapshot (window->model);
  EscPlotPainting *first, *second, *painted = NULL;

  first = start_gated (snapshot, never_cb, NULL);
  second = start_gated (snapshot, never_cb, NULL);
  start_gated (snapshot, keep_cb, &painted);
  g_mutex_lock (&gate.lock);
  while (gate.n_projected == 0)
    g_cond_wait (&gate.changed, &gate.lock);
  g_mutex_unlock (&gate.lock);
  esc_plot_painting_abandon (first);
  esc_plot_painting_abandon (second);
  g_mutex_lock (&gate.lock);
  gate.n_allowed = 3;
  g_cond_broadcast (&gate.changed);
  g_mutex_unlock (&gate.lock);
  g_assert_true (app_wait (is_kept, &painted));
  g_assert_cmpint (gate.n_projected, ==, 2);
  esc_plot_painting_free (painted);
  app_close_window (window);
}

/* --- in a view ---------------------------------------------------------------------- */

static void
count_together_cb (EscPlotView *view, GParamSpec *pspec, guint *n)
{
  const PlotPanel *panel = g_ptr_array_index (view->frame->panels, 0);

  /* Without one it is painted with the next drawing. */
  if (view->picture == NULL)
    return;
  g_assert_cmpfloat (panel->now, ==, (double) view->drawn->step);
  g_assert_true (is_picture_of (view->picture, view->frame, view->layout));
  (*n)++;
}

static gboolean
are_some (gpointer n)
{
  return *(guint *) n >= 3;
}

/* Picture, frame, layout and snapshot are replaced together. */
static void
test_together (void)
{
  EscWindow *window = open_painting ();
  guint      n = 0;

  g_signal_connect (get_view (window->loss), "notify::frame",
                    G_CALLBACK (count_together_cb), &n);
  g_assert_true (app_wait (are_some, &n));
  app_close_window (window);
}

/* Whether the view shows its frame at its own size, as the desktop is now. */
static gboolean
is_sound (gpointer data)
{
  EscPlotView *view = data;

  return view->picture != NULL && view->klass != NULL
         && gdk_texture_get_width (view->picture)
                == gtk_widget_get_width (GTK_WIDGET (view))
         && gdk_texture_get_height (view->picture)
                == gtk_widget_get_height (GTK_WIDGET (view))
         && g_strcmp0 (view->frame->title, view->klass->title) == 0
         && is_picture_of (view->picture, view->frame, view->layout);
}

/* What comes while a picture is under way. */
static void
test_in_flight (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  EscWindow       *window = open_painting ();
  EscPlotView     *view = get_view (window->loss);
  int              width;

  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_null (view->painting);
  app_pump (300);
  g_assert_true (app_wait (is_sound, view));
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);

  g_assert_true (app_wait (is_painting, view));
  width = gtk_widget_get_width (GTK_WIDGET (view));
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 640);
  app_pump (500);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (view)), !=, width);
  g_assert_true (app_wait (is_sound, view));

  g_assert_true (app_wait (is_painting, view));
  esc_plot_view_set_plot (view, "movement");
  g_assert_null (view->painting);
  app_pump (300);
  g_assert_true (app_wait (is_sound, view));

  g_assert_true (app_wait (is_painting, view));
  app_close_window (window);
  /* It frees itself. */
  app_pump (300);
}

/* Nothing to show: neither a tick nor a painting looks for it. */
static void
test_without_snapshot (void)
{
  EscWindow   *window = open_painting ();
  EscPlotView *view = get_view (window->loss);

  view->outdated = TRUE;
  esc_plot_view_schedule (view);
  esc_plot_view_set_snapshot (view, NULL);
  g_assert_null (view->painting);
  g_assert_false (view->outdated);
  esc_plot_view_schedule (view);
  app_pump (300);
  g_assert_nonnull (view->frame);
  app_close_window (window);
}

/* --- old and new -------------------------------------------------------------------- */

typedef struct
{
  EscPlotView *view;
  EngSnapshot *old; /* borrowed: shown before */
  guint        n_drawn;
} Watch;

/* After every displayed frame in which the view was seen. */
static void
watch_cb (GdkFrameClock *clock, Watch *watch)
{
  EscPlotView *view = watch->view;

  if (!gtk_widget_get_mapped (GTK_WIDGET (view)))
    return;
  g_assert_true (view->drawn != watch->old);
  g_assert_cmpuint (view->drawn->n_starts, ==, view->snapshot->n_starts);
  watch->n_drawn++;
}

static gboolean
has_drawn (gpointer watch)
{
  return ((Watch *) watch)->n_drawn >= 3;
}

static void
start_again (EscWindow *window)
{
  guint n = get_view (window->loss)->snapshot->n_starts;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.reset", NULL);
  g_assert_true (app_wait (app_is_paused, window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  g_assert_true (app_wait (has_trained, window));
  app_pump (200);
  g_assert_cmpuint (get_view (window->loss)->snapshot->n_starts, >, n);
}

/* By the page or by the grid that the view is on. */
static void
show_view (EscWindow *window, gboolean by_page, gboolean visible)
{
  if (by_page)
    gtk_stack_set_visible_child_name (window->pages, visible ? "overview" : "inside");
  else
    gtk_widget_set_visible (GTK_WIDGET (window->grid), visible);
}

static gboolean
is_hidden (gpointer view)
{
  return !gtk_widget_get_mapped (view);
}

static gboolean
is_outdated (gpointer view)
{
  return ((EscPlotView *) view)->outdated;
}

static void
check_shown_again (EscWindow *window, gboolean by_page, gboolean again)
{
  EscPlotView            *view = get_view (window->loss);
  GdkFrameClock          *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  g_autoptr (EngSnapshot) old = NULL;
  Watch                   watch = { view, NULL, 0 };

  show_view (window, by_page, FALSE);
  g_assert_true (app_wait (is_hidden, view));
  watch.old = old = eng_snapshot_ref (view->drawn);
  if (again)
    start_again (window);
  g_assert_true (app_wait (is_outdated, view));
  g_assert_true (view->drawn == old);
  g_signal_connect (clock, "after-paint", G_CALLBACK (watch_cb), &watch);
  show_view (window, by_page, TRUE);
  g_assert_true (app_wait (has_drawn, &watch));
  g_signal_handlers_disconnect_by_data (clock, &watch);
}

/* A plot that appears again never shows what was there before it was hidden. */
static void
test_shown_again (void)
{
  EscWindow *window = open_painting ();

  check_shown_again (window, TRUE, FALSE);
  check_shown_again (window, FALSE, FALSE);
  check_shown_again (window, TRUE, TRUE);
  check_shown_again (window, FALSE, TRUE);
  app_close_window (window);
}

/* Nor does one that never sees the pause between two starts. */
static void
test_starts_over (void)
{
  EscWindow              *window = open_painting ();
  EscPlotView            *view = get_view (window->loss);
  g_autoptr (EngSnapshot) next = eng_snapshot_new (view->snapshot->spec, 0);

  g_assert_cmpint (view->drawn->phase, ==, ENG_PHASE_RUNNING);
  next->phase = ENG_PHASE_RUNNING;
  next->n_starts = view->snapshot->n_starts + 1;
  esc_plot_view_set_snapshot (view, next);
  g_assert_true (view->outdated);
  g_assert_false (esc_plot_view_paint_aside (view));
  app_close_window (window);
}

/* --- gutters ------------------------------------------------------------------------ */

/* A picture that has the gutters of its column is not made again. */
static void
test_gutters_kept (void)
{
  EscWindow             *window = open_painting ();
  EscPlotView           *view = get_view (window->loss), *peer;
  g_autoptr (GdkTexture) picture = NULL, other = NULL;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  g_assert_true (app_wait (app_is_paused, window));
  app_pump (400);
  peer = view->peer;
  g_assert_nonnull (peer);
  picture = g_object_ref (view->picture);
  other = g_object_ref (peer->picture);
  /* As before they were told. */
  view->left = view->right = peer->left = peer->right = 0;
  gtk_widget_queue_draw (GTK_WIDGET (view));
  app_pump (200);
  g_assert_cmpfloat (view->left, >, 0);
  g_assert_cmpfloat (peer->right, ==, view->right);
  g_assert_true (view->picture == picture);
  g_assert_true (peer->picture == other);
  app_close_window (window);
}

static gboolean
is_aligned (gpointer data)
{
  EscPlotView *view = data;

  return view->left > 150
         && plot_layout_has_gutters (view->layout, view->left, view->right);
}

static gboolean
rests (gpointer view)
{
  return !is_painting (view);
}

static void
check_aside_cb (EscPlotView *view)
{
  g_assert_nonnull (view->picture);
}

/* One that has to make room while training goes on is painted beside the main thread. */
static void
test_gutters_grow (void)
{
  EscWindow        *window = open_painting ();
  EscPlotView      *view = get_view (window->loss);
  cairo_rectangle_t area;

  g_signal_connect (view, "notify::frame", G_CALLBACK (check_aside_cb), NULL);
  g_assert_true (app_wait (rests, view->peer));
  view->peer->layout->left += 100;
  gtk_widget_queue_draw (GTK_WIDGET (view));
  g_assert_true (app_wait (is_aligned, view));
  g_assert_true (plot_layout_get_area (view->layout, 0, &area));
  g_assert_cmpfloat (area.x, >=, 150);
  app_close_window (window);
}

/* --- panning ------------------------------------------------------------------------ */

static GtkGesture *
find_drag (EscPlotView *view)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_DRAG (one))
        return GTK_GESTURE (one);
    }
  return NULL;
}

static gboolean
is_settled (gpointer data)
{
  const EscPlotView *view = data;

  return view->painting != NULL && !view->urgent;
}

/* What is under way does not hold up the hand, but what it has chosen and does not see. */
static void
test_panning (void)
{
  EscWindow   *window = open_painting ();
  EscPlotView *view = get_view (window->loss);
  GtkGesture  *drag = find_drag (view);
  PlotRange    before, after, again;

  esc_plot_view_choose_ranges (view, 0, (PlotRange){ 20, 200 }, (PlotRange){ 0 });
  app_pump (300);
  view->drag = ESC_PLOT_DRAG_PAN;
  view->drag_panel = 0;
  g_assert_true (app_wait (is_settled, view));
  before = esc_plot_link_get_range (window->steps);
  g_signal_emit_by_name (drag, "drag-update", 40.0, 0.0);
  after = esc_plot_link_get_range (window->steps);
  g_assert_cmpfloat (after.hi, <, before.hi);
  g_signal_emit_by_name (drag, "drag-update", 80.0, 0.0);
  g_assert_true (app_wait (is_settled, view));
  g_signal_emit_by_name (drag, "drag-update", 80.0, 0.0);
  again = esc_plot_link_get_range (window->steps);
  g_assert_cmpfloat (again.hi, <, after.hi);
  view->drag = ESC_PLOT_DRAG_NONE;
  app_close_window (window);
}

/* --- asking and pausing ------------------------------------------------------------- */

static void
count_here_cb (EscPlotView *view, GParamSpec *pspec, guint *n)
{
  if (view->drawn->phase != ENG_PHASE_PAUSED)
    return;
  g_assert_null (view->picture);
  (*n)++;
}

/* What a person asks for is not waited for, nor what a pause leaves. */
static void
test_asked (void)
{
  EscWindow   *window = open_painting ();
  EscPlotView *view = get_view (window->loss);
  guint        n = 0;

  g_object_set (view, "y-log", FALSE, NULL);
  g_assert_null (view->painting);
  g_assert_true (app_wait (is_painting, view));
  g_signal_connect (view, "notify::frame", G_CALLBACK (count_here_cb), &n);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  g_assert_true (app_wait (app_is_paused, window));
  app_pump (400);
  /* Once more where its column makes room. */
  g_assert_cmpuint (n, >=, 1);
  g_assert_true (view->drawn == esc_session_model_get_snapshot (window->model));
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/aside/same", test_same);
  g_test_add_func ("/app/aside/abandoned", test_abandoned);
  g_test_add_func ("/app/aside/together", test_together);
  g_test_add_func ("/app/aside/in-flight", test_in_flight);
  g_test_add_func ("/app/aside/without-snapshot", test_without_snapshot);
  g_test_add_func ("/app/aside/shown-again", test_shown_again);
  g_test_add_func ("/app/aside/starts-over", test_starts_over);
  g_test_add_func ("/app/aside/gutters-kept", test_gutters_kept);
  g_test_add_func ("/app/aside/gutters-grow", test_gutters_grow);
  g_test_add_func ("/app/aside/panning", test_panning);
  g_test_add_func ("/app/aside/asked", test_asked);
  return g_test_run ();
}
