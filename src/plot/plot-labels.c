/* SPDX-License-Identifier: GPL-3.0-or-later
 * The direct-label algorithm of the design language, section 5. */
#include "config.h"

#include "plot-labels.h"

#include <math.h>

/* A label stays if it would move less than this. */
#define STILL_PIXELS 3.0
/* At most four moves a second. */
#define STILL_TIME (G_USEC_PER_SEC / 4)

/* Labels that stand one under another without space between. */
typedef struct
{
  guint  first, n; /* in sorted order */
  double mean;     /* of the wanted y of its members */
} Block;

static int
compare_wanted (gconstpointer a, gconstpointer b, gpointer data)
{
  const double *wanted = data;
  guint         i = *(const guint *) a;
  guint         j = *(const guint *) b;

  if (wanted[i] != wanted[j])
    return wanted[i] < wanted[j] ? -1 : 1;
  return i < j ? -1 : i > j;
}

static double
block_get_top (const Block *self, double spacing)
{
  return self->mean - spacing * (self->n - 1) / 2;
}

/* Step 1: a block that overlaps the one above is merged with it. */
static guint
merge_blocks (const double *wanted,
              const guint  *order,
              guint         n,
              double        spacing,
              Block        *blocks)
{
  guint n_blocks = 0;

  for (guint i = 0; i < n; i++)
    {
      blocks[n_blocks++] = (Block){ i, 1, wanted[order[i]] };
      while (n_blocks > 1)
        {
          Block *above = &blocks[n_blocks - 2];
          Block *below = &blocks[n_blocks - 1];
          double gap = block_get_top (below, spacing)
                       - (block_get_top (above, spacing) + spacing * (above->n - 1));

          if (gap >= spacing)
            break;
          above->mean = (above->mean * above->n + below->mean * below->n)
                        / (above->n + below->n);
          above->n += below->n;
          n_blocks--;
        }
    }
  return n_blocks;
}

void
plot_labels_place (const double *wanted,
                   guint         n,
                   double        spacing,
                   double        top,
                   double        bottom,
                   double       *placed)
{
  g_autofree guint *order = g_new (guint, n + 1);
  g_autofree Block *blocks = g_new (Block, n + 1);
  guint             n_blocks;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof (guint), compare_wanted, (gpointer) wanted);
  n_blocks = merge_blocks (wanted, order, n, spacing, blocks);
  /* Step 2: clamp whole blocks, then sweep so that spacing holds again. */
  for (guint b = 0; b < n_blocks; b++)
    {
      double height = spacing * (blocks[b].n - 1);
      double start = block_get_top (&blocks[b], spacing);

      start = MAX (MIN (start, bottom - height), top);
      for (guint i = 0; i < blocks[b].n; i++)
        placed[order[blocks[b].first + i]] = start + spacing * i;
    }
  for (guint i = 1; i < n; i++)
    placed[order[i]] = MAX (placed[order[i]], placed[order[i - 1]] + spacing);
  placed[order[n - 1]] = MIN (placed[order[n - 1]], bottom);
  for (guint i = n - 1; i > 0; i--)
    placed[order[i - 1]] = MIN (placed[order[i - 1]], placed[order[i]] - spacing);
}

double
plot_label_memory_settle (PlotLabelMemory *self, double wanted, gint64 now)
{
  if (isnan (self->wanted)
      || (fabs (wanted - self->wanted) > STILL_PIXELS && now - self->moved >= STILL_TIME))
    {
      self->wanted = wanted;
      self->moved = now;
    }
  return self->wanted;
}

/* --- free places -------------------------------------------------------------- */

typedef struct
{
  double x0, y0, x1, y1;
} Segment;

struct _PlotOccupancy
{
  GArray *boxes;
  GArray *segments;
};

PlotOccupancy *
plot_occupancy_new (void)
{
  PlotOccupancy *self = g_new (PlotOccupancy, 1);

  self->boxes = g_array_new (FALSE, FALSE, sizeof (cairo_rectangle_t));
  self->segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  return self;
}

void
plot_occupancy_free (PlotOccupancy *self)
{
  g_array_unref (self->boxes);
  g_array_unref (self->segments);
  g_free (self);
}

void
plot_occupancy_add_box (PlotOccupancy *self, const cairo_rectangle_t *box)
{
  g_array_append_vals (self->boxes, box, 1);
}

void
plot_occupancy_add_segment (PlotOccupancy *self,
                            double         x0,
                            double         y0,
                            double         x1,
                            double         y1)
{
  Segment segment = { x0, y0, x1, y1 };

  g_array_append_val (self->segments, segment);
}

/* Narrows [t0, t1] to where position + t direction lies in [lo, hi]. */
static gboolean
clip_axis (double  position,
           double  direction,
           double  lo,
           double  hi,
           double *t0,
           double *t1)
{
  double a, b;

  if (fabs (direction) < 1e-12)
    return position >= lo && position <= hi;
  a = (lo - position) / direction;
  b = (hi - position) / direction;
  *t0 = MAX (*t0, MIN (a, b));
  *t1 = MIN (*t1, MAX (a, b));
  return *t0 <= *t1;
}

static gboolean
segment_hits (const Segment *self, const cairo_rectangle_t *box)
{
  double t0 = 0, t1 = 1;

  return clip_axis (self->x0, self->x1 - self->x0, box->x, box->x + box->width, &t0, &t1)
         && clip_axis (self->y0, self->y1 - self->y0, box->y, box->y + box->height, &t0,
                       &t1);
}

static gboolean
boxes_touch (const cairo_rectangle_t *a, const cairo_rectangle_t *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

gboolean
plot_occupancy_is_free (const PlotOccupancy     *self,
                        const cairo_rectangle_t *box,
                        const cairo_rectangle_t *bounds)
{
  if (box->x < bounds->x || box->y < bounds->y
      || box->x + box->width > bounds->x + bounds->width
      || box->y + box->height > bounds->y + bounds->height)
    return FALSE;
  for (guint i = 0; i < self->boxes->len; i++)
    if (boxes_touch (box, &g_array_index (self->boxes, cairo_rectangle_t, i)))
      return FALSE;
  for (guint i = 0; i < self->segments->len; i++)
    if (segment_hits (&g_array_index (self->segments, Segment, i), box))
      return FALSE;
  return TRUE;
}

guint
plot_occupancy_count (const PlotOccupancy *self, const cairo_rectangle_t *box)
{
  guint n = 0;

  for (guint i = 0; i < self->boxes->len; i++)
    n += boxes_touch (box, &g_array_index (self->boxes, cairo_rectangle_t, i));
  for (guint i = 0; i < self->segments->len; i++)
    n += segment_hits (&g_array_index (self->segments, Segment, i), box);
  return n;
}
