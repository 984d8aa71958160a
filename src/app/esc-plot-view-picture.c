/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grid and data in one cached picture, so that what moves over them costs no redraw. */
#include "config.h"

#include "esc-plot-view-private.h"

#include "esc-plot-style.h"

static GdkTexture *
paint (EscPlotView *self, int width, int height, int scale)
{
  const PlotTheme   *theme = esc_plot_style_get_theme (esc_plot_style_get_default ());
  cairo_surface_t   *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                                           width * scale, height * scale);
  cairo_t           *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;
  gsize              stride;

  cairo_scale (cr, scale, scale);
  plot_painter_paint (self->frame, theme, self->layout, cr, width, height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (gsize) (height * scale),
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (width * scale, height * scale, GDK_MEMORY_DEFAULT, bytes,
                                 stride);
}

void
esc_plot_view_forget_picture (EscPlotView *self)
{
  g_clear_object (&self->picture);
}

void
esc_plot_view_snapshot_picture (EscPlotView *self, GtkSnapshot *snapshot)
{
  int             width = gtk_widget_get_width (GTK_WIDGET (self));
  int             height = gtk_widget_get_height (GTK_WIDGET (self));
  int             scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);

  if (self->picture == NULL || width != self->picture_width
      || height != self->picture_height || scale != self->picture_scale)
    {
      g_clear_object (&self->picture);
      self->picture = paint (self, width, height, scale);
      self->picture_width = width;
      self->picture_height = height;
      self->picture_scale = scale;
      esc_plot_view_follow_pointer (self);
    }
  gtk_snapshot_append_texture (snapshot, self->picture, &bounds);
}
