/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ranges to be shown after a gesture: around a pixel, moved, between two pixels.
 *
 * Everything is counted in shares of the whole axis, so that logarithmic axes behave like
 * linear ones. */
#include "config.h"

#include "plot-layout-private.h"

#include <math.h>

/* The shortest share of an axis that is shown. */
#define MIN_SHARE 1e-3
/* A range this near to everything is everything. */
#define WHOLE 1e-6
/* Where something is brought into view it stands this far from the edge. */
#define REVEAL 0.1

typedef struct
{
  const PlotScale *full, *shown;
  double           from, to; /* what is shown, in shares of the whole */
} Window;

/* Returns: FALSE if there is no such panel. */
static gboolean
window_init (Window *self, PlotLayout *layout, guint panel, PlotDirection direction)
{
  const PlotView *view;

  if (panel >= layout->n_views)
    return FALSE;
  view = &layout->views[panel];
  self->full = direction == PLOT_HORIZONTAL ? &view->full_x : &view->full_y;
  self->shown = direction == PLOT_HORIZONTAL ? &view->x : &view->y;
  self->from = plot_scale_get_share (self->full, self->shown->lo);
  self->to = plot_scale_get_share (self->full, self->shown->hi);
  return TRUE;
}

/* Share of the whole that a pixel shows. */
static double
get_share (const Window *self, double pixel)
{
  const PlotScale *scale = self->shown;
  double start = scale->p0 + (scale->p1 >= scale->p0 ? scale->slot : -scale->slot);
  double share = (pixel - start) / (scale->p1 - start);

  return self->from + CLAMP (share, 0, 1) * (self->to - self->from);
}

/* As much of `width` from `from` as lies on the axis; none if that is all of it. */
static PlotRange
make_range (const Window *self, double from, double width)
{
  width = MAX (width, MIN_SHARE);
  if (width >= 1 - WHOLE)
    return (PlotRange){ 0 };
  from = CLAMP (from, 0, 1 - width);
  return (PlotRange){ plot_scale_get_value (self->full, from),
                      plot_scale_get_value (self->full, from + width) };
}

PlotRange
plot_layout_zoom (PlotLayout   *self,
                  guint         panel,
                  PlotDirection direction,
                  double        pixel,
                  double        factor)
{
  Window window;
  double centre;

  if (!window_init (&window, self, panel, direction))
    return (PlotRange){ 0 };
  centre = get_share (&window, pixel);
  factor = MIN (factor, (window.to - window.from) / MIN_SHARE);
  return make_range (&window, centre - (centre - window.from) / factor,
                     (window.to - window.from) / factor);
}

PlotRange
plot_layout_pan (PlotLayout *self, guint panel, PlotDirection direction, double pixels)
{
  Window window;
  double width, length;

  if (!window_init (&window, self, panel, direction))
    return (PlotRange){ 0 };
  width = window.to - window.from;
  length = window.shown->p1 - window.shown->p0;
  return make_range (&window, window.from - width * pixels / length, width);
}

PlotRange
plot_layout_select (PlotLayout   *self,
                    guint         panel,
                    PlotDirection direction,
                    double        pixel,
                    double        other)
{
  Window window;
  double a, b;

  if (!window_init (&window, self, panel, direction))
    return (PlotRange){ 0 };
  a = get_share (&window, pixel);
  b = get_share (&window, other);
  return make_range (&window, MIN (a, b), fabs (b - a));
}

PlotRange
plot_layout_reveal (PlotLayout *self, guint panel, double x)
{
  Window window;
  double width, at;

  if (!window_init (&window, self, panel, PLOT_HORIZONTAL))
    return (PlotRange){ 0 };
  width = window.to - window.from;
  at = plot_scale_get_share (window.full, MAX (x, window.full->lo));
  if (at < window.from)
    return make_range (&window, at - REVEAL * width, width);
  if (at > window.to)
    return make_range (&window, at - (1 - REVEAL) * width, width);
  return make_range (&window, window.from, width);
}
