/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reduction keeps every extreme and invents none, on every axis and at every zoom. */
#include "plot-reduce.h"

#include <math.h>
#include <sys/mman.h>
#include <unistd.h>

/* Random series, each with kinds of axes and a zoom of its own. */
#define N_ROUNDS 10000
#define LEFT     20
#define WIDTH    300
#define HEIGHT   200
/* Longer series, one in so many. */
#define LONG_EVERY 100

typedef struct
{
  gsize        n;
  double      *x, *y;
  PlotPyramid *pyramid;
  PlotScale    x_scale, y_scale;
  GArray      *vertices;
} Case;

static gboolean
toss (double probability)
{
  return g_test_rand_double () < probability;
}

/* A part of [lo, hi] in the measure of the axis; often all of it. */
static PlotRange
zoom (PlotScaleKind kind, double lo, double hi)
{
  double a = g_test_rand_double (), b = g_test_rand_double ();

  if (toss (0.4))
    return (PlotRange){ lo, hi };
  if (kind == PLOT_SCALE_LOG)
    return (PlotRange){ lo * pow (hi / lo, MIN (a, b)), lo * pow (hi / lo, MAX (a, b)) };
  return (PlotRange){ lo + MIN (a, b) * (hi - lo), lo + MAX (a, b) * (hi - lo) };
}

/* In pieces, as records come. */
static PlotPyramid *
grow_pyramid (const double *y, gsize n)
{
  PlotPyramid *self = plot_pyramid_new_empty (n + (gsize) g_test_rand_int_range (0, 100));

  for (gsize from = 0; from < n;)
    {
      gsize more = (gsize) g_test_rand_int_range (1, 200);
      gsize end = MIN (from + more, n);

      plot_pyramid_extend (self, y, from, end);
      from = end;
    }
  return self;
}

/* Steps of random length from 0 or 1, values over many decades of either sign, with
 * zeros, some not recorded, some not finite. */
static Case
case_new (gsize n, PlotScaleKind x_kind, PlotScaleKind y_kind, double missing)
{
  Case      self = { .n = n, .x = g_new (double, n + 1), .y = g_new (double, n + 1) };
  double    step = toss (0.5);
  double    negative = toss (0.5) ? 0.1 : 0;
  PlotRange x, y;

  for (gsize i = 0; i < n; i++)
    {
      self.x[i] = step;
      step += g_test_rand_int_range (1, 4);
      self.y[i] = pow (10, g_test_rand_double_range (-6, 1));
      if (toss (negative))
        self.y[i] = toss (0.5) ? 0 : -self.y[i];
      if (toss (missing))
        self.y[i] = toss (0.1) ? INFINITY : NAN;
    }
  self.pyramid = toss (0.5) ? plot_pyramid_new (self.y, n) : grow_pyramid (self.y, n);
  x = zoom (x_kind, 1, MAX (step, 2));
  y = zoom (y_kind, 1e-6, 10);
  plot_scale_init (&self.x_scale, x_kind, x.lo, x.hi, LEFT, LEFT + WIDTH,
                   x.lo == 1 && toss (0.5) ? 16 : 0);
  plot_scale_init (&self.y_scale, y_kind, y.lo, y.hi, HEIGHT, 0,
                   y.lo == 1e-6 && toss (0.5) ? 16 : 0);
  self.vertices = g_array_new (FALSE, FALSE, sizeof (PlotVertex));
  plot_reduce_line (self.pyramid, self.x, self.y, n, &self.x_scale, &self.y_scale,
                    self.vertices);
  return self;
}

static void
case_clear (Case *self)
{
  g_free (self->x);
  g_free (self->y);
  plot_pyramid_free (self->pyramid);
  g_array_unref (self->vertices);
}

static guint
get_column (const Case *self, gsize sample)
{
  return (guint) floor (plot_scale_map (&self->x_scale, self->x[sample]));
}

static gboolean
is_shown (const Case *self, gsize sample)
{
  return isfinite (self->y[sample]) && plot_scale_holds (&self->x_scale, self->x[sample]);
}

static const PlotVertex *
get_vertex (const Case *self, guint i)
{
  return &g_array_index (self->vertices, PlotVertex, i);
}

/* In the order of the samples, at their places; beyond the range of x at most one on
 * either side. */
static void
check_drawn_was_recorded (const Case *self)
{
  guint beyond = 0;

  for (guint i = 0; i < self->vertices->len; i++)
    {
      const PlotVertex *vertex = get_vertex (self, i);

      g_assert_cmpuint (vertex->sample, <, self->n);
      g_assert_true (i == 0 || vertex->sample > get_vertex (self, i - 1)->sample);
      g_assert_true (isfinite (self->y[vertex->sample]));
      g_assert_cmpfloat (vertex->y, ==,
                         plot_scale_map_beyond (&self->y_scale, self->y[vertex->sample]));
      g_assert_cmpfloat (vertex->x, ==,
                         plot_scale_map_beyond (&self->x_scale, self->x[vertex->sample]));
      if (is_shown (self, vertex->sample))
        continue;
      g_assert_true (i == 0 || i + 1 == self->vertices->len);
      beyond++;
    }
  g_assert_cmpuint (beyond, <=, 2);
}

static void
check_recorded_is_drawn (const Case *self)
{
  double wanted[2][WIDTH + 30], drawn[2][WIDTH + 30];

  for (guint c = 0; c < WIDTH + 30; c++)
    {
      wanted[0][c] = drawn[0][c] = INFINITY;
      wanted[1][c] = drawn[1][c] = -INFINITY;
    }
  for (gsize i = 0; i < self->n; i++)
    {
      double y = plot_scale_map_beyond (&self->y_scale, self->y[i]);
      guint  column = get_column (self, i);

      if (!is_shown (self, i))
        continue;
      wanted[0][column] = fmin (wanted[0][column], y);
      wanted[1][column] = fmax (wanted[1][column], y);
    }
  for (guint i = 0; i < self->vertices->len; i++)
    {
      const PlotVertex *vertex = get_vertex (self, i);
      guint             column = get_column (self, vertex->sample);

      if (!is_shown (self, vertex->sample))
        continue;
      drawn[0][column] = fmin (drawn[0][column], vertex->y);
      drawn[1][column] = fmax (drawn[1][column], vertex->y);
    }
  for (guint c = 0; c < WIDTH + 30; c++)
    {
      g_assert_cmpfloat (drawn[0][c], ==, wanted[0][c]);
      g_assert_cmpfloat (drawn[1][c], ==, wanted[1][c]);
    }
}

/* A gap at the border of a column, or over whole columns, lifts the pen. */
static void
check_gaps (const Case *self)
{
  guint next = 0;

  for (gsize i = 0; i < self->n; i++)
    {
      gboolean first = i == 0 || get_column (self, i - 1) != get_column (self, i);
      gboolean last = i + 1 == self->n
                      || get_column (self, i + 1) != get_column (self, i);

      if (isfinite (self->y[i]) || !(first || last))
        continue;
      while (next < self->vertices->len && get_vertex (self, next)->sample < i)
        next++;
      if (next < self->vertices->len && is_shown (self, get_vertex (self, next)->sample)
          && plot_scale_holds (&self->x_scale, self->x[i]))
        g_assert_true (get_vertex (self, next)->starts);
    }
}

static gboolean
is_in_area (const PlotVertex *vertex)
{
  return vertex->x >= LEFT && vertex->x <= LEFT + WIDTH && vertex->y >= 0
         && vertex->y <= HEIGHT;
}

static gboolean
is_on_border (const PlotVertex *vertex)
{
  const double slack = 1e-6;

  return fabs (vertex->x - LEFT) < slack || fabs (vertex->x - LEFT - WIDTH) < slack
         || fabs (vertex->y) < slack || fabs (vertex->y - HEIGHT) < slack;
}

/* Clipping keeps every recorded vertex of the area and adds none but where the line
 * crosses the border. */
static void
check_clip (Case *self)
{
  g_autoptr (GArray) before = g_array_copy (self->vertices);
  guint              next = 0;

  plot_reduce_clip (self->vertices, LEFT, HEIGHT, LEFT + WIDTH, 0);
  for (guint i = 0; i < self->vertices->len; i++)
    {
      const PlotVertex *vertex = get_vertex (self, i);

      if (vertex->sample == PLOT_NO_SAMPLE)
        {
          g_assert_true (is_on_border (vertex));
          continue;
        }
      g_assert_true (is_in_area (vertex));
      while (!is_in_area (&g_array_index (before, PlotVertex, next)))
        next++;
      g_assert_cmpuint (g_array_index (before, PlotVertex, next).sample, ==,
                        vertex->sample);
      next++;
    }
  for (; next < before->len; next++)
    g_assert_false (is_in_area (&g_array_index (before, PlotVertex, next)));
}

static void
test_property (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      gsize  n = (gsize) g_test_rand_int_range (0, round % LONG_EVERY == 0 ? 20000 : 900);
      double missing = round % 3 == 0 ? 0.2 : round % 3 == 1 ? 0 : 0.97;
      Case   self = case_new (n, toss (0.5) ? PLOT_SCALE_LOG : PLOT_SCALE_LINEAR,
                            toss (0.5) ? PLOT_SCALE_LOG : PLOT_SCALE_LINEAR, missing);

      check_drawn_was_recorded (&self);
      check_recorded_is_drawn (&self);
      check_gaps (&self);
      /* At most four vertices a column: the cost of drawing is that of the pixels. */
      g_assert_cmpuint (self.vertices->len, <=, 4 * (WIDTH + 2));
      check_clip (&self);
      case_clear (&self);
    }
}

static void
test_range (void)
{
  for (guint round = 0; round < 200; round++)
    {
      Case   self = case_new (2000, PLOT_SCALE_LINEAR, PLOT_SCALE_LINEAR, 0.3);
      gsize  first = (gsize) g_test_rand_int_range (0, 2000);
      gsize  end = (gsize) g_test_rand_int_range ((int) first, 2001);
      gsize  at_min, at_max;
      double lo = INFINITY, hi = -INFINITY;

      for (gsize i = first; i < end; i++)
        if (isfinite (self.y[i]))
          {
            lo = fmin (lo, self.y[i]);
            hi = fmax (hi, self.y[i]);
          }
      if (plot_pyramid_range (self.pyramid, self.y, first, end, &at_min, &at_max))
        {
          g_assert_true (at_min >= first && at_min < end && at_max >= first
                         && at_max < end);
          g_assert_cmpfloat (self.y[at_min], ==, lo);
          g_assert_cmpfloat (self.y[at_max], ==, hi);
        }
      else
        g_assert_true (isinf (lo));
      case_clear (&self);
    }
}

/* A run of 512 records on a wide plot is drawn sample by sample. */
static void
test_short_is_exact (void)
{
  static const double     x[] = { 0, 1, 2, 3, 4 };
  static const double     y[] = { 1, 2, NAN, INFINITY, 3 };
  g_autoptr (PlotPyramid) pyramid = plot_pyramid_new (y, 5);
  g_autoptr (GArray)      vertices = g_array_new (FALSE, FALSE, sizeof (PlotVertex));
  PlotScale               x_scale, y_scale;

  plot_scale_init (&x_scale, PLOT_SCALE_LINEAR, 0, 4, 0, 400, 0);
  plot_scale_init (&y_scale, PLOT_SCALE_LINEAR, 0, 4, 100, 0, 0);
  plot_reduce_line (pyramid, x, y, 5, &x_scale, &y_scale, vertices);
  g_assert_cmpuint (vertices->len, ==, 3);
  g_assert_true (g_array_index (vertices, PlotVertex, 0).starts);
  g_assert_false (g_array_index (vertices, PlotVertex, 1).starts);
  g_assert_true (g_array_index (vertices, PlotVertex, 2).starts);
  g_assert_cmpfloat (g_array_index (vertices, PlotVertex, 2).y, ==, 25);
}

/* However much lies to the left and right of what is looked at, it is not read: reading it
 * is not allowed here. */
static void
test_hidden (void)
{
  const gsize n = 1000000, page = (gsize) sysconf (_SC_PAGESIZE);
  const gsize first = 700000, end = 700400, size = n * sizeof (double);
  double     *x = g_new (double, n);
  double *y = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                    0);
  g_autoptr (PlotPyramid) pyramid = NULL;
  g_autoptr (GArray)      vertices = g_array_new (FALSE, FALSE, sizeof (PlotVertex));
  PlotScale               x_scale, y_scale;

  g_assert_true (y != MAP_FAILED);
  for (gsize i = 0; i < n; i++)
    {
      x[i] = (double) i;
      y[i] = 1 + (double) (i % 3);
    }
  pyramid = plot_pyramid_new (y, n);
  plot_scale_init (&x_scale, PLOT_SCALE_LINEAR, x[first], x[end], 0, 800, 0);
  plot_scale_init (&y_scale, PLOT_SCALE_LINEAR, 0, 4, 100, 0, 0);
  /* The pages of what is shown, and of one sample on either side, stay. */
  g_assert_cmpint (mprotect (y, (first - 1) * sizeof (double) / page * page, PROT_NONE),
                   ==, 0);
  g_assert_cmpint (
      mprotect (y + ((end + 2) * sizeof (double) / page + 1) * page / sizeof (double),
                size - ((end + 2) * sizeof (double) / page + 1) * page, PROT_NONE),
      ==, 0);
  plot_reduce_line (pyramid, x, y, n, &x_scale, &y_scale, vertices);
  g_assert_cmpuint (vertices->len, ==, end - first + 3);
  /* Dashes stay with the data: 2 pixels a sample. */
  g_assert_cmpfloat_with_epsilon (g_array_index (vertices, PlotVertex, 0).along,
                                  2.0 * (double) (first - 1), 1e-6);
  munmap (y, size);
  g_free (x);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/reduce/property", test_property);
  g_test_add_func ("/plot/reduce/range", test_range);
  g_test_add_func ("/plot/reduce/hidden", test_hidden);
  g_test_add_func ("/plot/reduce/short-is-exact", test_short_is_exact);
  return g_test_run ();
}
