/* SPDX-License-Identifier: GPL-3.0-or-later
 * Looking at a part of a plot: wheel, pinch, a dragged box, dragging and keys. */
#include "config.h"

#include "esc-plot-view-private.h"

#include "esc-plot-style.h"

#include <math.h>

/* One notch of the wheel, or one key. */
#define FACTOR 1.25
/* Share of the plot that a key moves it by. */
#define PAN_SHARE 0.1
/* A box narrower than this says nothing about that axis. */
#define MIN_BOX 10.0
/* Notches of a wheel within this time are one gesture. */
#define PAUSE_MS 400

static void
show (EscPlotView *self, guint panel, PlotDirection direction, PlotRange range)
{
  PlotRange x = esc_plot_link_get_range (self->link);
  PlotRange y = esc_plot_view_get_y_range (self, panel);

  if (direction == PLOT_HORIZONTAL)
    x = range;
  else
    y = range;
  esc_plot_view_choose_ranges (self, panel, x, y);
}

static gboolean
pause_cb (gpointer data)
{
  EscPlotView *self = data;

  self->pause_id = 0;
  esc_plot_view_finish_edit (self);
  return G_SOURCE_REMOVE;
}

/* The edit is finished when nothing follows for a while. */
static void
finish_later (EscPlotView *self)
{
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
}

/* The panel under a point, its axes included; the first where there is none. */
static guint
find_panel (EscPlotView *self, double x, double y)
{
  int panel = plot_layout_find_panel (self->layout, x, y);

  return panel < 0 ? 0 : (guint) panel;
}

/* --- wheel and pinch --------------------------------------------------------------- */

/* Where the plots themselves scroll the wheel is theirs, and zooms with Ctrl. */
static gboolean
scrolls (EscPlotView *self)
{
  GtkWidget     *window = gtk_widget_get_ancestor (GTK_WIDGET (self),
                                                   GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;

  if (window == NULL)
    return FALSE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  return gtk_adjustment_get_upper (adjustment)
         > gtk_adjustment_get_page_size (adjustment) + 1;
}

static gboolean
scroll_cb (EscPlotView *self, double dx, double dy, GtkEventController *controller)
{
  GdkModifierType   modifiers = gtk_event_controller_get_current_event_state (controller);
  cairo_rectangle_t area;
  PlotDirection     direction = PLOT_HORIZONTAL;
  guint             panel;

  if (self->frame == NULL || ((modifiers & GDK_CONTROL_MASK) == 0 && scrolls (self)))
    return FALSE;
  panel = find_panel (self, self->hover_x, self->hover_y);
  if (!plot_layout_get_area (self->layout, panel, &area))
    return FALSE;
  if ((modifiers & GDK_SHIFT_MASK) != 0 || self->hover_x < area.x)
    direction = PLOT_VERTICAL;
  /* Some displays turn the wheel with Shift into a horizontal one. */
  if (dy == 0 && direction == PLOT_VERTICAL)
    dy = dx;
  if (dy != 0)
    show (self, panel, direction,
          plot_layout_zoom (self->layout, panel, direction,
                            direction == PLOT_HORIZONTAL ? self->hover_x : self->hover_y,
                            pow (FACTOR, -dy)));
  else
    show (self, panel, PLOT_HORIZONTAL,
          plot_layout_pan (self->layout, panel, PLOT_HORIZONTAL,
                           -dx * PAN_SHARE * area.width));
  finish_later (self);
  return TRUE;
}

static void
pinch_begin_cb (EscPlotView *self)
{
  self->pinched = 1;
}

static void
pinch_cb (EscPlotView *self, double scale, GtkGesture *gesture)
{
  double x = self->hover_x, y = self->hover_y;
  guint  panel;

  if (gtk_gesture_is_active (gesture))
    gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  if (self->frame == NULL || !(scale > 0))
    return;
  panel = find_panel (self, x, y);
  show (
      self, panel, PLOT_HORIZONTAL,
      plot_layout_zoom (self->layout, panel, PLOT_HORIZONTAL, x, scale / self->pinched));
  self->pinched = scale;
  finish_later (self);
}

/* --- dragging ---------------------------------------------------------------------- */

static gboolean
pans (GtkGesture *gesture)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (
      GTK_EVENT_CONTROLLER (gesture));

  return button == GDK_BUTTON_MIDDLE
         || (modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0;
}

static void
drag_begin_cb (EscPlotView *self, double x, double y, GtkGesture *gesture)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (button == GDK_BUTTON_SECONDARY || plot_layout_find_panel (self->layout, x, y) < 0)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->drag = pans (gesture) ? ESC_PLOT_DRAG_PAN : ESC_PLOT_DRAG_BOX;
  self->drag_panel = find_panel (self, x, y);
  self->box = (cairo_rectangle_t){ x, y, 0, 0 };
}

static void
drag_update_cb (EscPlotView *self, double dx, double dy)
{
  if (self->drag == ESC_PLOT_DRAG_PAN)
    {
      PlotRange x = plot_layout_pan (self->layout, self->drag_panel, PLOT_HORIZONTAL,
                                     dx - self->box.width);
      PlotRange y = plot_layout_pan (self->layout, self->drag_panel, PLOT_VERTICAL,
                                     dy - self->box.height);

      /* The layout follows with the next drawing; what was moved is moved from there. */
      if (self->urgent)
        return;
      esc_plot_view_choose_ranges (self, self->drag_panel, x, y);
    }
  self->box.width = dx;
  self->box.height = dy;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (EscPlotView *self, double dx, double dy)
{
  EscPlotDrag drag = self->drag;
  PlotRange   x = esc_plot_link_get_range (self->link);
  PlotRange   y = esc_plot_view_get_y_range (self, self->drag_panel);

  self->drag = ESC_PLOT_DRAG_NONE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (fabs (dx) < MIN_BOX && fabs (dy) < MIN_BOX)
    return;
  if (drag == ESC_PLOT_DRAG_BOX)
    {
      if (fabs (dx) >= MIN_BOX)
        x = plot_layout_select (self->layout, self->drag_panel, PLOT_HORIZONTAL,
                                self->box.x, self->box.x + dx);
      if (fabs (dy) >= MIN_BOX)
        y = plot_layout_select (self->layout, self->drag_panel, PLOT_VERTICAL,
                                self->box.y, self->box.y + dy);
      esc_plot_view_choose_ranges (self, self->drag_panel, x, y);
    }
  if (drag != ESC_PLOT_DRAG_NONE)
    esc_plot_view_finish_edit (self);
}

static void
drag_cancel_cb (EscPlotView *self)
{
  self->drag = ESC_PLOT_DRAG_NONE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pressed_cb (EscPlotView *self, int n_press)
{
  if (n_press == 2)
    esc_plot_view_reset_zoom (self);
}

/* Within its panel: what is drawn is what will be shown. */
void
esc_plot_view_snapshot_box (EscPlotView *self, GtkSnapshot *snapshot)
{
  const PlotTheme  *theme = esc_plot_style_get_theme (esc_plot_style_get_default ());
  cairo_rectangle_t area;
  graphene_rect_t   box, bounds;
  GdkRGBA           colour = { 0, 0, 0, 0.12f };

  if (self->drag != ESC_PLOT_DRAG_BOX
      || !plot_layout_get_area (self->layout, self->drag_panel, &area))
    return;
  graphene_rect_init (&bounds, (float) area.x, (float) area.y, (float) area.width,
                      (float) area.height);
  graphene_rect_init (&box, (float) self->box.x, (float) self->box.y,
                      (float) self->box.width, (float) self->box.height);
  graphene_rect_normalize (&box);
  if (fabs (self->box.width) < MIN_BOX)
    graphene_rect_init (&box, bounds.origin.x, box.origin.y, bounds.size.width,
                        box.size.height);
  if (fabs (self->box.height) < MIN_BOX)
    graphene_rect_init (&box, box.origin.x, bounds.origin.y, box.size.width,
                        bounds.size.height);
  if (!graphene_rect_intersection (&box, &bounds, &box))
    return;
  if (theme->dark)
    colour = (GdkRGBA){ 1, 1, 1, 0.16f };
  gtk_snapshot_append_color (snapshot, &colour, &box);
  colour.alpha = 0.6f;
  gtk_snapshot_append_border (snapshot,
                              &GSK_ROUNDED_RECT_INIT (box.origin.x, box.origin.y,
                                                      box.size.width, box.size.height),
                              (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ colour, colour, colour, colour });
}

/* --- keys -------------------------------------------------------------------------- */

/* The panel that is read off, or the first. */
static guint
get_key_panel (EscPlotView *self)
{
  return (guint) CLAMP (self->card_panel, 0,
                        MAX ((int) plot_layout_get_n_panels (self->layout), 1) - 1);
}

/* About what is read off, or the middle. */
static void
zoom_by_key (EscPlotView *self, PlotDirection direction, double factor)
{
  double            cursor = esc_plot_link_get_cursor (self->link), x, y;
  guint             panel = get_key_panel (self);
  cairo_rectangle_t area;

  if (!plot_layout_get_area (self->layout, panel, &area))
    return;
  x = area.x + area.width / 2;
  if (direction == PLOT_HORIZONTAL && isfinite (cursor))
    plot_layout_to_pixel (self->layout, panel, cursor, 1, &x, &y);
  y = area.y + area.height / 2;
  show (self, panel, direction,
        plot_layout_zoom (self->layout, panel, direction,
                          direction == PLOT_HORIZONTAL ? x : y, factor));
  finish_later (self);
}

static gboolean
pan_by_key (EscPlotView *self, guint key)
{
  PlotDirection direction = key == GDK_KEY_Left || key == GDK_KEY_Right ? PLOT_HORIZONTAL
                                                                        : PLOT_VERTICAL;
  double        sign = key == GDK_KEY_Left || key == GDK_KEY_Up ? 1 : -1;
  guint         panel = get_key_panel (self);
  cairo_rectangle_t area;

  if (key != GDK_KEY_Left && key != GDK_KEY_Right && key != GDK_KEY_Up
      && key != GDK_KEY_Down)
    return FALSE;
  if (!plot_layout_get_area (self->layout, panel, &area))
    return FALSE;
  show (
      self, panel, direction,
      plot_layout_pan (self->layout, panel, direction,
                       sign * PAN_SHARE
                           * (direction == PLOT_HORIZONTAL ? area.width : area.height)));
  finish_later (self);
  return TRUE;
}

static void
toggle (EscPlotView *self, const char *property)
{
  gboolean log;

  g_object_get (self, property, &log, NULL);
  g_object_set (self, property, !log, NULL);
}

static gboolean
key_pressed_cb (EscPlotView *self, guint key, guint code, GdkModifierType modifiers)
{
  gboolean      control = (modifiers & GDK_CONTROL_MASK) != 0;
  PlotDirection direction = control ? PLOT_VERTICAL : PLOT_HORIZONTAL;

  if (self->frame == NULL || (modifiers & GDK_ALT_MASK) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom_by_key (self, direction, FACTOR);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom_by_key (self, direction, 1 / FACTOR);
      return TRUE;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      esc_plot_view_reset_zoom (self);
      return TRUE;
    case GDK_KEY_l:
      if (!control)
        toggle (self, "y-log");
      return !control;
    case GDK_KEY_L:
      if (!control)
        toggle (self, "x-log");
      return !control;
    default:
      return control && pan_by_key (self, key);
    }
}

static void
hover_cb (EscPlotView *self, double x, double y)
{
  self->hover_x = x;
  self->hover_y = y;
}

void
esc_plot_view_add_zoom (EscPlotView *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkGesture         *pinch = gtk_gesture_zoom_new ();
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (hover_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (hover_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
