/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grid and data in one cached picture, so that what moves over them costs no redraw. */
#include "config.h"

#include "esc-plot-view-private.h"

#include "esc-plot-style.h"

void
esc_plot_view_forget_picture (EscPlotView *self)
{
  g_clear_object (&self->picture);
  esc_plot_view_drop_painting (self);
}

/* Whether the picture fills the widget as it is now. */
static gboolean
fits (EscPlotView *self)
{
  return self->picture != NULL
         && self->picture_width == gtk_widget_get_width (GTK_WIDGET (self))
         && self->picture_height == gtk_widget_get_height (GTK_WIDGET (self))
         && self->picture_scale == gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

/* --- beside the main thread --------------------------------------------------------- */

void
esc_plot_view_drop_painting (EscPlotView *self)
{
  g_clear_pointer (&self->painting, esc_plot_painting_abandon);
}

/* What is shown stays, with the readings off it, until all of the next is there. */
static void
painted_cb (EscPlotPainting *painting, gpointer data)
{
  EscPlotView *self = data;

  self->painting = NULL;
  g_clear_object (&self->picture);
  self->picture = g_steal_pointer (&painting->picture);
  plot_layout_free (self->layout);
  self->layout = g_steal_pointer (&painting->layout);
  esc_plot_view_show_frame (self, painting->frame, painting->snapshot, painting->begun);
  esc_plot_view_follow_pointer (self);
  esc_plot_painting_free (painting);
}

gboolean
esc_plot_view_paint_aside (EscPlotView *self)
{
  PlotOptions options = esc_plot_view_get_options (self);

  if (!self->outdated || self->urgent || !fits (self) || self->drawn == NULL
      || self->snapshot == NULL || self->drawn->phase != ENG_PHASE_RUNNING
      || self->snapshot->phase != ENG_PHASE_RUNNING)
    return FALSE;
  if (self->painting != NULL)
    return TRUE;
  options.earlier = self->frame;
  self->painting = esc_plot_painting_new (self->klass, self->snapshot, &options,
                                          self->layout, self->picture_width,
                                          self->picture_height, self->picture_scale);
  plot_layout_set_min_gutters (self->painting->layout, self->left, self->right);
  esc_plot_painting_start (self->painting, painted_cb, self);
  return TRUE;
}

/* --- here and now ------------------------------------------------------------------- */

/* GTK 4.8 takes each texture through floats whenever it draws with Cairo, which is the most
 * that a frame costs; a surface is copied. */
static void
append_picture (EscPlotView *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  GskRenderer *renderer = gtk_native_get_renderer (
      gtk_widget_get_native (GTK_WIDGET (self)));
  cairo_t *cr;

  if (!GSK_IS_CAIRO_RENDERER (renderer))
    {
      gtk_snapshot_append_texture (snapshot, self->picture, bounds);
      return;
    }
  cr = gtk_snapshot_append_cairo (snapshot, bounds);
  cairo_scale (cr, 1.0 / self->picture_scale, 1.0 / self->picture_scale);
  cairo_set_source_surface (cr, esc_plot_painting_get_surface (self->picture), 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (cr);
}

void
esc_plot_view_snapshot_picture (EscPlotView *self, GtkSnapshot *snapshot)
{
  int             width = gtk_widget_get_width (GTK_WIDGET (self));
  int             height = gtk_widget_get_height (GTK_WIDGET (self));
  int             scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);

  if (!fits (self))
    {
      esc_plot_view_forget_picture (self);
      plot_layout_set_min_gutters (self->layout, self->left, self->right);
      self->picture = esc_plot_painting_paint (
          self->frame, esc_plot_style_get_theme (esc_plot_style_get_default ()),
          self->layout, width, height, scale);
      self->picture_width = width;
      self->picture_height = height;
      self->picture_scale = scale;
      esc_plot_view_follow_pointer (self);
    }
  append_picture (self, snapshot, &bounds);
}
