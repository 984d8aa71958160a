/* SPDX-License-Identifier: GPL-3.0-or-later
 * The state of a view between paints, and where things were after one. */
#include "config.h"

#include "plot-layout-private.h"

#include <math.h>

void
plot_view_forget (PlotView *self)
{
  self->y_lo = self->y_hi = NAN;
  self->y_zero = FALSE;
  for (guint i = 0; i < PLOT_MAX_LABELS; i++)
    self->memory[i] = (PlotLabelMemory){ .wanted = NAN };
}

PlotLayout *
plot_layout_new (void)
{
  PlotLayout *self = g_new0 (PlotLayout, 1);

  plot_layout_reset (self);
  return self;
}

static void
view_clear_ticks (PlotView *self)
{
  g_clear_pointer (&self->x_ticks, g_array_unref);
  g_clear_pointer (&self->y_ticks, g_array_unref);
}

/* What the last paint made is made anew by the next. */
PlotLayout *
plot_layout_copy (const PlotLayout *self)
{
  PlotLayout *copy = g_memdup2 (self, sizeof *self);

  for (guint i = 0; i < PLOT_MAX_PANELS; i++)
    {
      copy->views[i].x_ticks = copy->views[i].y_ticks = NULL;
      copy->views[i].taken = NULL;
    }
  return copy;
}

void
plot_layout_free (PlotLayout *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < PLOT_MAX_PANELS; i++)
    {
      view_clear_ticks (&self->views[i]);
      g_clear_pointer (&self->views[i].taken, plot_occupancy_free);
    }
  g_free (self);
}

void
plot_layout_reset (PlotLayout *self)
{
  self->left = self->right = 0;
  self->text_scale = 0;
  self->width = self->height = 0;
  for (guint i = 0; i < PLOT_MAX_PANELS; i++)
    plot_view_forget (&self->views[i]);
}

void
plot_layout_get_gutters (PlotLayout *self, double *left, double *right)
{
  *left = self->left;
  *right = self->right;
}

void
plot_layout_set_min_gutters (PlotLayout *self, double left, double right)
{
  self->min_left = left;
  self->min_right = right;
}

gboolean
plot_layout_has_gutters (PlotLayout *self, double left, double right)
{
  return MAX (self->left, self->min_left) == left
         && MAX (self->right, self->min_right) == right;
}

/* --- after a paint ------------------------------------------------------------ */

guint
plot_layout_get_n_panels (PlotLayout *self)
{
  return self->n_views;
}

gboolean
plot_layout_get_area (PlotLayout *self, guint panel, cairo_rectangle_t *area)
{
  if (panel >= self->n_views)
    return FALSE;
  *area = self->views[panel].area;
  return TRUE;
}

int
plot_layout_find_panel (PlotLayout *self, double x, double y)
{
  for (guint i = 0; i < self->n_views; i++)
    {
      const cairo_rectangle_t *area = &self->views[i].area;

      if (x >= area->x && x <= area->x + area->width && y >= area->y
          && y <= area->y + area->height)
        return (int) i;
    }
  return -1;
}

gboolean
plot_layout_to_pixel (PlotLayout *self,
                      guint       panel,
                      double      x,
                      double      y,
                      double     *pixel_x,
                      double     *pixel_y)
{
  if (panel >= self->n_views)
    return FALSE;
  *pixel_x = plot_scale_map (&self->views[panel].x, x);
  *pixel_y = plot_scale_map (&self->views[panel].y, y);
  return TRUE;
}

gboolean
plot_layout_to_data (PlotLayout *self,
                     guint       panel,
                     double      pixel_x,
                     double      pixel_y,
                     double     *x,
                     double     *y)
{
  if (panel >= self->n_views)
    return FALSE;
  *x = plot_scale_unmap (&self->views[panel].x, pixel_x);
  *y = plot_scale_unmap (&self->views[panel].y, pixel_y);
  return TRUE;
}
