/* SPDX-License-Identifier: GPL-3.0-or-later
 * Minimum and maximum per pixel column, from a pyramid of block extremes. */
#include "config.h"

#include "plot-reduce.h"

#include <math.h>

/* Samples per block of the lowest level; the ends of a range are walked one by one. */
#define BLOCK 16
/* Blocks per block of the next level. */
#define FAN        4
#define MAX_LEVELS 24
#define NONE       G_MAXSIZE

typedef struct
{
  gsize at_min, at_max; /* indices of samples; NONE if none is finite */
} Extremes;

struct _PlotPyramid
{
  guint     n_levels;
  gsize     n_blocks[MAX_LEVELS];
  Extremes *levels[MAX_LEVELS];
};

static void
extremes_add (Extremes *self, const double *y, gsize at_min, gsize at_max)
{
  if (at_min == NONE)
    return;
  if (self->at_min == NONE || y[at_min] < y[self->at_min])
    self->at_min = at_min;
  if (self->at_max == NONE || y[at_max] > y[self->at_max])
    self->at_max = at_max;
}

static void
extremes_add_samples (Extremes *self, const double *y, gsize first, gsize end)
{
  for (gsize i = first; i < end; i++)
    if (isfinite (y[i]))
      extremes_add (self, y, i, i);
}

PlotPyramid *
plot_pyramid_new_empty (gsize capacity)
{
  PlotPyramid *self = g_new0 (PlotPyramid, 1);

  for (gsize n = capacity / BLOCK; n > 0 && self->n_levels < MAX_LEVELS; n /= FAN)
    {
      self->n_blocks[self->n_levels] = n;
      self->levels[self->n_levels++] = g_new (Extremes, n);
    }
  return self;
}

static void
make_block (PlotPyramid *self, const double *y, guint level, gsize block)
{
  Extremes *extremes = &self->levels[level][block];

  *extremes = (Extremes){ NONE, NONE };
  if (level == 0)
    extremes_add_samples (extremes, y, block * BLOCK, (block + 1) * BLOCK);
  for (gsize c = block * FAN; level > 0 && c < (block + 1) * FAN; c++)
    {
      const Extremes *child = &self->levels[level - 1][c];

      extremes_add (extremes, y, child->at_min, child->at_max);
    }
}

/* A block is made when all of its samples are there, and not looked at before. */
void
plot_pyramid_extend (PlotPyramid *self, const double *y, gsize from, gsize end)
{
  gsize size = BLOCK;

  for (guint level = 0; level < self->n_levels; level++, size *= FAN)
    for (gsize block = from / size; block < MIN (end / size, self->n_blocks[level]);
         block++)
      make_block (self, y, level, block);
}

PlotPyramid *
plot_pyramid_new (const double *y, gsize n)
{
  PlotPyramid *self = plot_pyramid_new_empty (n);

  plot_pyramid_extend (self, y, 0, n);
  return self;
}

void
plot_pyramid_free (PlotPyramid *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_levels; i++)
    g_free (self->levels[i]);
  g_free (self);
}

gboolean
plot_pyramid_range (const PlotPyramid *self,
                    const double      *y,
                    gsize              first,
                    gsize              end,
                    gsize             *at_min,
                    gsize             *at_max)
{
  Extremes found = { NONE, NONE };
  gsize    at = first;

  /* From the left: the largest block that starts here and ends within the range. */
  while (at < end)
    {
      gsize size = BLOCK;
      gsize block = at / BLOCK;
      guint level = 0;

      if (at % BLOCK != 0 || self->n_levels == 0 || at + BLOCK > end
          || block >= self->n_blocks[0])
        {
          extremes_add_samples (&found, y, at, at + 1);
          at++;
          continue;
        }
      while (level + 1 < self->n_levels && block % FAN == 0 && at + size * FAN <= end
             && block / FAN < self->n_blocks[level + 1])
        {
          level++;
          block /= FAN;
          size *= FAN;
        }
      extremes_add (&found, y, self->levels[level][block].at_min,
                    self->levels[level][block].at_max);
      at += size;
    }
  *at_min = found.at_min;
  *at_max = found.at_max;
  return found.at_min != NONE;
}

/* First index in [0, n) whose x is right of the low end; n if there is none. */
static gsize
find_shown (const double *x, gsize n, const PlotScale *x_scale)
{
  gsize lo = 0, hi = n;

  while (lo < hi && x_scale->slot <= 0)
    {
      gsize middle = lo + (hi - lo) / 2;

      if (x[middle] < x_scale->lo)
        lo = middle + 1;
      else
        hi = middle;
    }
  return lo;
}

/* First index in [first, n) whose x is beyond the high end. */
static gsize
find_hidden (const double *x, gsize first, gsize n, const PlotScale *x_scale)
{
  gsize lo = first, hi = n;

  while (lo < hi)
    {
      gsize middle = lo + (hi - lo) / 2;

      if (x[middle] <= x_scale->hi)
        lo = middle + 1;
      else
        hi = middle;
    }
  return lo;
}

/* First index in [first, n) whose x lies in a pixel column right of `column`. */
static gsize
find_column_end (const double    *x,
                 gsize            first,
                 gsize            n,
                 const PlotScale *x_scale,
                 double           column)
{
  gsize step = 1;
  gsize lo = first;
  gsize hi;

  /* Galloping keeps short columns cheap and long ones logarithmic. */
  while (first + step < n && floor (plot_scale_map (x_scale, x[first + step])) <= column)
    {
      lo = first + step;
      step *= 2;
    }
  hi = MIN (first + step, n);
  while (hi - lo > 1)
    {
      gsize middle = lo + (hi - lo) / 2;

      if (floor (plot_scale_map (x_scale, x[middle])) <= column)
        lo = middle;
      else
        hi = middle;
    }
  return hi;
}

typedef struct
{
  const double    *x, *y;
  const PlotScale *x_scale, *y_scale;
  GArray          *vertices;
  gboolean         lifted;
  double           at_x, at_y, along; /* of the last vertex */
  double           hidden;            /* length of the line before the first sample */
} Pen;

/* Puts the pen to a sample, or lifts it where there is none. */
static void
pen_move (Pen *pen, gsize sample)
{
  double x = plot_scale_map_beyond (pen->x_scale, pen->x[sample]);
  double y = plot_scale_map_beyond (pen->y_scale, pen->y[sample]);

  if (!isfinite (x) || !isfinite (y))
    {
      pen->lifted = TRUE;
      pen->hidden = 0;
      return;
    }
  pen->along = pen->lifted ? pen->hidden
                           : pen->along + hypot (x - pen->at_x, y - pen->at_y);
  pen->hidden = 0;
  pen->at_x = x;
  pen->at_y = y;
  pen->lifted = FALSE;
}

static void
pen_visit (Pen *pen, gsize sample)
{
  gboolean   starts = pen->lifted;
  PlotVertex vertex;

  pen_move (pen, sample);
  if (pen->lifted)
    return;
  vertex = (PlotVertex){ pen->at_x, pen->at_y, sample, starts || pen->vertices->len == 0,
                         pen->along };
  g_array_append_val (pen->vertices, vertex);
}

/* First, smallest, largest, last, in the order of the samples.  A gap inside one column is
 * narrower than a pixel; one at its border lifts the pen. */
static void
pen_visit_column (Pen *pen, const PlotPyramid *pyramid, gsize first, gsize end)
{
  gsize at_min, at_max, early, late;

  if (end - first <= 4)
    {
      for (gsize i = first; i < end; i++)
        pen_visit (pen, i);
      return;
    }
  pen_visit (pen, first);
  if (plot_pyramid_range (pyramid, pen->y, first, end, &at_min, &at_max))
    {
      early = MIN (at_min, at_max);
      late = MAX (at_min, at_max);
      if (early != first)
        pen_visit (pen, early);
      if (late != early && late != end - 1)
        pen_visit (pen, late);
      if (early == end - 1)
        return;
    }
  pen_visit (pen, end - 1);
}

/* How far along x the line has come when it reaches sample `first`: nearly its length where
 * it is flat, and the same for every part that is looked at.  What lies between is not looked
 * at, which may be very much. */
static double
measure_hidden (const double *x, gsize first, const PlotScale *x_scale)
{
  gsize start = first > 0 && x_scale->kind == PLOT_SCALE_LOG && x[0] <= 0 ? 1 : 0;

  return fabs (plot_scale_map_beyond (x_scale, x[first])
               - plot_scale_map_beyond (x_scale, x[start]));
}

void
plot_reduce_line (const PlotPyramid *pyramid,
                  const double      *x,
                  const double      *y,
                  gsize              n,
                  const PlotScale   *x_scale,
                  const PlotScale   *y_scale,
                  GArray            *vertices)
{
  Pen   pen = { x, y, x_scale, y_scale, vertices, TRUE, 0, 0, 0, 0 };
  gsize shown = find_shown (x, n, x_scale);
  gsize hidden = find_hidden (x, shown, n, x_scale);

  g_array_set_size (vertices, 0);
  if (shown > 0)
    {
      pen.hidden = measure_hidden (x, shown - 1, x_scale);
      pen_visit (&pen, shown - 1);
    }
  for (gsize first = shown; first < hidden;)
    {
      double column = floor (plot_scale_map (x_scale, x[first]));
      gsize  end = find_column_end (x, first, hidden, x_scale, column);

      pen_visit_column (&pen, pyramid, first, end);
      first = end;
    }
  if (hidden < n)
    pen_visit (&pen, hidden);
}
