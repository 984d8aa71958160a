/* SPDX-License-Identifier: GPL-3.0-or-later
 * Mapping between data and pixels, and the choice of ranges. */
#include "config.h"

#include "plot-scale.h"

#include <math.h>

/* A logarithmic axis of one value is a decade wide on either side. */
#define LONELY_DECADES 10.0
/* Ranges closer than this (relative) are no range. */
#define MIN_RELATIVE_RANGE 1e-9
/* Pixels to what has no logarithm: below all that has one. */
#define FAR_BELOW 1e12
/* Of a whole decade: rounding must not open another one. */
#define DECADE_EPSILON 1e-9

static void
sanitize_log (double *lo, double *hi)
{
  if (!isfinite (*hi) || *hi <= 0)
    *hi = isfinite (*lo) && *lo > 0 ? *lo * LONELY_DECADES : 1;
  if (!isfinite (*lo) || *lo <= 0)
    *lo = *hi / LONELY_DECADES;
  /* The ends of the range of a double have no decade below or above them. */
  *lo = CLAMP (*lo, 1e-300, 1e300);
  *hi = CLAMP (*hi, 1e-300, 1e300);
  if (*hi / *lo < 1 + MIN_RELATIVE_RANGE)
    {
      *lo /= LONELY_DECADES;
      *hi *= LONELY_DECADES;
    }
}

static void
sanitize_linear (double *lo, double *hi)
{
  double size;

  if (!isfinite (*lo))
    *lo = isfinite (*hi) ? MIN (0, *hi - 1) : 0;
  if (!isfinite (*hi))
    *hi = *lo + 1;
  *lo = CLAMP (*lo, -1e300, 1e300);
  *hi = CLAMP (*hi, -1e300, 1e300);
  size = MAX (fabs (*lo), fabs (*hi));
  if (*hi - *lo < size * MIN_RELATIVE_RANGE || *hi == *lo)
    {
      double margin = size > 0 ? size / 2 : 1;

      *lo -= margin;
      *hi += margin;
    }
}

void
plot_scale_init (PlotScale    *self,
                 PlotScaleKind kind,
                 double        lo,
                 double        hi,
                 double        p0,
                 double        p1,
                 double        slot)
{
  if (isfinite (lo) && isfinite (hi) && lo > hi)
    {
      double swap = lo;

      lo = hi;
      hi = swap;
    }
  if (kind == PLOT_SCALE_LOG)
    sanitize_log (&lo, &hi);
  else
    sanitize_linear (&lo, &hi);
  self->kind = kind;
  self->lo = lo;
  self->hi = hi;
  self->p0 = p0;
  self->p1 = p1;
  self->slot = kind == PLOT_SCALE_LOG ? CLAMP (slot, 0, fabs (p1 - p0) / 2) : 0;
}

/* The pixel of `lo`, past the slot. */
static double
get_start (const PlotScale *self)
{
  return self->p0 + (self->p1 >= self->p0 ? self->slot : -self->slot);
}

double
plot_scale_get_share (const PlotScale *self, double value)
{
  if (self->kind == PLOT_SCALE_LOG)
    return (log (value) - log (self->lo)) / (log (self->hi) - log (self->lo));
  return (value - self->lo) / (self->hi - self->lo);
}

double
plot_scale_get_value (const PlotScale *self, double share)
{
  if (self->kind == PLOT_SCALE_LOG)
    return exp (log (self->lo) + share * (log (self->hi) - log (self->lo)));
  return self->lo + share * (self->hi - self->lo);
}

gboolean
plot_scale_holds (const PlotScale *self, double value)
{
  if (self->slot > 0 && value < self->lo)
    return TRUE;
  return value >= self->lo && value <= self->hi;
}

double
plot_scale_map (const PlotScale *self, double value)
{
  double start = get_start (self);

  if (!isfinite (value))
    return NAN;
  if (self->kind == PLOT_SCALE_LOG && value <= 0)
    return self->p0;
  return start + CLAMP (plot_scale_get_share (self, value), 0, 1) * (self->p1 - start);
}

double
plot_scale_map_beyond (const PlotScale *self, double value)
{
  double start = get_start (self);

  if (!isfinite (value))
    return NAN;
  if (self->kind == PLOT_SCALE_LOG && value <= 0)
    return self->slot > 0 ? self->p0 : start - copysign (FAR_BELOW, self->p1 - start);
  if (self->slot > 0 && value < self->lo)
    return (self->p0 + start) / 2;
  return start + plot_scale_get_share (self, value) * (self->p1 - start);
}

double
plot_scale_unmap (const PlotScale *self, double pixel)
{
  double start = get_start (self);
  double share = self->p1 == start ? 0 : (pixel - start) / (self->p1 - start);

  if (self->slot > 0 && share < 0 && fabs (pixel - start) > self->slot / 2)
    return 0;
  return plot_scale_get_value (self, CLAMP (share, 0, 1));
}

double
plot_scale_nice_floor (double value)
{
  double decade, front;

  if (!(value > 0) || !isfinite (value))
    return 0;
  decade = pow (10, floor (log10 (value) + DECADE_EPSILON));
  front = value / decade * (1 + DECADE_EPSILON);
  return decade * (front >= 5 ? 5 : front >= 2 ? 2 : 1);
}

double
plot_scale_nice_ceil (double value)
{
  double below = plot_scale_nice_floor (value);
  double front;

  if (below == 0 || value <= below * (1 + DECADE_EPSILON))
    return below;
  front = below / pow (10, floor (log10 (below) + DECADE_EPSILON));
  return front < 1.5 ? below * 2 : front < 3 ? below * 2.5 : below * 2;
}

static void
grow_log (double data_lo, double data_hi, double headroom, double *lo, double *hi)
{
  double bottom = pow (10, floor (log10 (data_lo) + DECADE_EPSILON));
  double top = pow (10, ceil (log10 (data_hi) - headroom * 0.85 - DECADE_EPSILON));

  top = MAX (top, bottom * 10) * pow (10, headroom);
  *lo = isnan (*lo) ? bottom : MIN (*lo, bottom);
  *hi = isnan (*hi) ? top : MAX (*hi, top);
}

static void
grow_linear (double data_lo, double data_hi, double headroom, double *lo, double *hi)
{
  double range = data_hi - data_lo;
  double step;

  if (range <= 0)
    range = data_hi != 0 ? fabs (data_hi) : 1;
  step = plot_scale_nice_ceil (range * (1 + headroom) / 6);
  data_lo = floor (data_lo / step + DECADE_EPSILON) * step;
  data_hi = ceil ((data_hi + headroom * range) / step - DECADE_EPSILON) * step;
  if (data_hi <= data_lo)
    data_hi = data_lo + step;
  *lo = isnan (*lo) ? data_lo : MIN (*lo, data_lo);
  *hi = isnan (*hi) ? data_hi : MAX (*hi, data_hi);
}

void
plot_scale_grow (PlotScaleKind kind,
                 double        data_lo,
                 double        data_hi,
                 double        headroom,
                 double       *lo,
                 double       *hi)
{
  if (!isfinite (data_lo) || !isfinite (data_hi))
    return;
  if (kind == PLOT_SCALE_LINEAR)
    {
      grow_linear (MIN (data_lo, data_hi), MAX (data_lo, data_hi), headroom, lo, hi);
      return;
    }
  if (data_hi <= 0)
    return;
  if (data_lo <= 0)
    data_lo = data_hi;
  grow_log (MIN (data_lo, data_hi), MAX (data_lo, data_hi), headroom, lo, hi);
}
