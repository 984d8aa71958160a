/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading values off a plot with the pointer or the keys. */
#include "config.h"

#include "esc-plot-view-private.h"

#include "esc-plot-style.h"

#include <math.h>

/* Samples that Shift or a page key moves by. */
#define LEAP 10

/* A screen reader that hears thirty summaries a second says nothing useful. */
#define SUMMARY_INTERVAL_US (2 * G_USEC_PER_SEC)

const PlotReadout *
esc_plot_view_get_readout (EscPlotView *self)
{
  double cursor = esc_plot_link_get_cursor (self->link);

  if (self->readout == NULL && self->frame != NULL && isfinite (cursor))
    self->readout = plot_readout_new (self->frame, cursor);
  return self->readout;
}

void
esc_plot_view_describe (EscPlotView *self)
{
  const PlotReadout *readout = esc_plot_view_get_readout (self);
  g_autofree char   *values = NULL;
  gint64             now = g_get_monotonic_time ();

  if (readout != NULL)
    values = plot_readout_describe (readout, self->frame);
  else if (self->snapshot != NULL && self->snapshot->phase == ENG_PHASE_RUNNING
           && now - self->described_at < SUMMARY_INTERVAL_US)
    return;
  self->described_at = now;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->frame->title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  values != NULL                 ? values
                                  : self->frame->summary == NULL ? ""
                                                                 : self->frame->summary,
                                  -1);
}

void
esc_plot_view_cursor_moved (EscPlotView *self)
{
  g_clear_pointer (&self->readout, plot_readout_free);
  if (!self->leading)
    self->card_panel = -1;
  if (self->frame != NULL)
    esc_plot_view_describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
move_cursor (EscPlotView *self, double x)
{
  self->leading = TRUE;
  esc_plot_link_set_cursor (self->link, x);
  self->leading = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
esc_plot_view_snapshot_cursor (EscPlotView *self, GtkSnapshot *snapshot)
{
  const PlotReadout *readout = esc_plot_view_get_readout (self);
  graphene_rect_t    bounds = GRAPHENE_RECT_INIT (0, 0, (float) self->picture_width,
                                                  (float) self->picture_height);
  cairo_t           *cr;

  if (readout == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  plot_painter_paint_readout (
      readout, self->frame, esc_plot_style_get_theme (esc_plot_style_get_default ()),
      self->layout, cr, self->drag == ESC_PLOT_DRAG_NONE ? self->card_panel : -1,
      self->pointer);
  cairo_destroy (cr);
}

/* --- pointer --------------------------------------------------------------------- */

static void
leave_cb (EscPlotView *self)
{
  self->hovered = FALSE;
  self->away_x = self->away_y = NAN;
  if (self->card_panel < 0 || isnan (self->pointer))
    return;
  self->card_panel = -1;
  move_cursor (self, NAN);
}

static void
motion_cb (EscPlotView *self, double x, double y)
{
  int    panel = plot_layout_find_panel (self->layout, x, y);
  double at_x, at_y;

  if (x == self->away_x && y == self->away_y)
    return;
  if (self->frame == NULL || panel < 0)
    {
      leave_cb (self);
      return;
    }
  plot_layout_to_data (self->layout, (guint) panel, x, y, &at_x, &at_y);
  self->away_x = self->away_y = NAN;
  self->card_panel = panel;
  self->pointer = x;
  self->hovered = TRUE;
  move_cursor (self, plot_readout_snap (self->frame, (guint) panel, at_x));
}

static gboolean
follow_cb (gpointer data)
{
  EscPlotView *self = data;

  self->follow_id = 0;
  if (self->hovered && self->drag == ESC_PLOT_DRAG_NONE)
    motion_cb (self, self->hover_x, self->hover_y);
  return G_SOURCE_REMOVE;
}

void
esc_plot_view_follow_pointer (EscPlotView *self)
{
  if (self->hovered && self->follow_id == 0)
    self->follow_id = g_idle_add (follow_cb, self);
}

/* --- keys ------------------------------------------------------------------------ */

/* Returns: the samples a key moves by; 0 if it is none of these keys. */
static int
get_stride (guint key, GdkModifierType modifiers)
{
  int leap = (modifiers & GDK_SHIFT_MASK) != 0 ? LEAP : 1;

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return -leap;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return leap;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      return -LEAP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      return LEAP;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      return G_MININT + 1;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      return G_MAXINT;
    default:
      return 0;
    }
}

/* Where nothing was read off yet, the newest sample comes first. */
static double
find_target (EscPlotView *self, int stride)
{
  double cursor = esc_plot_link_get_cursor (self->link);

  if (isnan (cursor) && stride != G_MININT + 1)
    return plot_readout_step (self->frame, -INFINITY, G_MAXINT);
  if (stride == G_MININT + 1)
    return plot_readout_step (self->frame, -INFINITY, 1);
  return plot_readout_step (self->frame, cursor, stride);
}

/* Up and Down lead through small multiples. */
static gboolean
change_panel (EscPlotView *self, guint key)
{
  int n = (int) plot_layout_get_n_panels (self->layout);
  int step = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1 : 0;

  if (step == 0 || n < 2 || self->card_panel < 0)
    return FALSE;
  self->card_panel = CLAMP (self->card_panel + step, 0, n - 1);
  self->pointer = NAN;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

static gboolean
key_pressed_cb (EscPlotView *self, guint key, guint code, GdkModifierType modifiers)
{
  int    stride = get_stride (key, modifiers);
  double target;

  if (self->frame == NULL || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_Escape && !isnan (esc_plot_link_get_cursor (self->link)))
    {
      if (self->hovered)
        {
          self->away_x = self->hover_x;
          self->away_y = self->hover_y;
        }
      self->card_panel = -1;
      self->hovered = FALSE;
      move_cursor (self, NAN);
      return TRUE;
    }
  if (stride == 0)
    return change_panel (self, key);
  target = find_target (self, stride);
  if (!isfinite (target))
    return FALSE;
  self->card_panel = MAX (self->card_panel, 0);
  self->pointer = NAN;
  self->hovered = FALSE;
  if (esc_plot_view_get_zoomed (self))
    esc_plot_link_set_range (
        self->link, plot_layout_reveal (self->layout, (guint) self->card_panel, target));
  move_cursor (self, target);
  return TRUE;
}

static void
focus_left_cb (EscPlotView *self)
{
  if (self->card_panel < 0 || !isnan (self->pointer))
    return;
  self->card_panel = -1;
  move_cursor (self, NAN);
}

void
esc_plot_view_add_cursor (EscPlotView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->card_panel = -1;
  self->pointer = self->away_x = self->away_y = NAN;
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
