/* SPDX-License-Identifier: GPL-3.0-or-later
 * Clipping of reduced lines at the border of a plot. */
#include "config.h"

#include "plot-reduce.h"

typedef struct
{
  double  x0, y0, x1, y1;
  GArray *kept;
} Clip;

static gboolean
is_inside (const Clip *clip, const PlotVertex *vertex)
{
  return vertex->x >= clip->x0 && vertex->x <= clip->x1 && vertex->y >= clip->y0
         && vertex->y <= clip->y1;
}

static void
keep (Clip *clip, PlotVertex vertex, gboolean starts)
{
  vertex.starts = starts;
  g_array_append_val (clip->kept, vertex);
}

/* The point at share `t` of the way from `a` to `b`. */
static PlotVertex
get_crossing (const PlotVertex *a, const PlotVertex *b, double t)
{
  return (PlotVertex){ .x = a->x + t * (b->x - a->x),
                       .y = a->y + t * (b->y - a->y),
                       .sample = PLOT_NO_SAMPLE,
                       .along = a->along + t * (b->along - a->along) };
}

/* Narrows [t0, t1] to where position + t direction lies in [lo, hi]. */
static void
narrow (double position, double direction, double lo, double hi, double *t0, double *t1)
{
  if (direction == 0)
    {
      if (position < lo || position > hi)
        *t1 = -1;
      return;
    }
  *t0 = MAX (*t0, ((direction > 0 ? lo : hi) - position) / direction);
  *t1 = MIN (*t1, ((direction > 0 ? hi : lo) - position) / direction);
}

static void
clip_segment (Clip *clip, const PlotVertex *a, const PlotVertex *b)
{
  double t0 = 0, t1 = 1;

  narrow (a->x, b->x - a->x, clip->x0, clip->x1, &t0, &t1);
  narrow (a->y, b->y - a->y, clip->y0, clip->y1, &t0, &t1);
  if (t0 > t1 && !is_inside (clip, b))
    return;
  if (!is_inside (clip, a))
    keep (clip, get_crossing (a, b, t0), TRUE);
  if (is_inside (clip, b))
    keep (clip, *b, FALSE);
  else
    keep (clip, get_crossing (a, b, t1), FALSE);
}

void
plot_reduce_clip (GArray *vertices, double x0, double y0, double x1, double y1)
{
  g_autoptr (GArray) kept = g_array_sized_new (FALSE, FALSE, sizeof (PlotVertex),
                                               vertices->len);
  Clip clip = { MIN (x0, x1), MIN (y0, y1), MAX (x0, x1), MAX (y0, y1), kept };

  for (guint i = 0; i < vertices->len; i++)
    {
      const PlotVertex *vertex = &g_array_index (vertices, PlotVertex, i);

      if (i > 0 && !vertex->starts)
        clip_segment (&clip, vertex - 1, vertex);
      else if (is_inside (&clip, vertex))
        keep (&clip, *vertex, TRUE);
    }
  g_array_set_size (vertices, 0);
  if (kept->len > 0)
    g_array_append_vals (vertices, kept->data, kept->len);
}
