/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reduction keeps every extreme and invents none. */
#include "plot-reduce.h"

#include <math.h>

#define N_ROUNDS 300
#define WIDTH    300

typedef struct
{
  gsize        n;
  double      *x, *y;
  PlotPyramid *pyramid;
  PlotScale    x_scale, y_scale;
  GArray      *vertices;
} Case;

/* Steps of random length, values over many decades, some not recorded. */
static Case
case_new (gsize n, PlotScaleKind kind, double missing)
{
  Case   self = { .n = n, .x = g_new (double, n + 1), .y = g_new (double, n + 1) };
  double step = 1;

  for (gsize i = 0; i < n; i++)
    {
      self.x[i] = step;
      step += g_test_rand_int_range (1, 4);
      self.y[i] = pow (10, g_test_rand_double_range (-6, 1));
      if (kind == PLOT_SCALE_LOG && g_test_rand_int_range (0, 50) == 0)
        self.y[i] = -self.y[i];
      if (g_test_rand_double () < missing)
        self.y[i] = NAN;
    }
  self.pyramid = plot_pyramid_new (self.y, n);
  plot_scale_init (&self.x_scale, kind, 1, step, 20, 20 + WIDTH, 0);
  plot_scale_init (&self.y_scale, kind, 1e-6, 10, 200, 0, 0);
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

static void
check_drawn_was_recorded (const Case *self)
{
  gsize last = 0;

  for (guint i = 0; i < self->vertices->len; i++)
    {
      const PlotVertex *vertex = &g_array_index (self->vertices, PlotVertex, i);

      g_assert_cmpuint (vertex->sample, <, self->n);
      g_assert_true (i == 0 || vertex->sample > last);
      g_assert_true (isfinite (self->y[vertex->sample]));
      g_assert_cmpfloat (vertex->y, ==,
                         plot_scale_map (&self->y_scale, self->y[vertex->sample]));
      g_assert_cmpfloat (vertex->x, ==,
                         plot_scale_map (&self->x_scale, self->x[vertex->sample]));
      last = vertex->sample;
    }
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
      double y = plot_scale_map (&self->y_scale, self->y[i]);

      wanted[0][get_column (self, i)] = fmin (wanted[0][get_column (self, i)], y);
      wanted[1][get_column (self, i)] = fmax (wanted[1][get_column (self, i)], y);
    }
  for (guint i = 0; i < self->vertices->len; i++)
    {
      const PlotVertex *vertex = &g_array_index (self->vertices, PlotVertex, i);
      guint             column = (guint) floor (vertex->x);

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

      if (!isnan (self->y[i]) || !(first || last))
        continue;
      while (next < self->vertices->len
             && g_array_index (self->vertices, PlotVertex, next).sample < i)
        next++;
      if (next < self->vertices->len)
        g_assert_true (g_array_index (self->vertices, PlotVertex, next).starts);
    }
}

static void
test_property (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      gsize  n = (gsize) g_test_rand_int_range (0, round % 10 == 0 ? 20000 : 900);
      double missing = round % 3 == 0 ? 0.2 : round % 3 == 1 ? 0 : 0.97;
      Case   self = case_new (n, round % 2 ? PLOT_SCALE_LOG : PLOT_SCALE_LINEAR, missing);

      check_drawn_was_recorded (&self);
      check_recorded_is_drawn (&self);
      check_gaps (&self);
      /* At most four vertices a column: the cost of drawing is that of the pixels. */
      g_assert_cmpuint (self.vertices->len, <=, 4 * (WIDTH + 2));
      case_clear (&self);
    }
}

static void
test_range (void)
{
  for (guint round = 0; round < 200; round++)
    {
      Case   self = case_new (2000, PLOT_SCALE_LINEAR, 0.3);
      gsize  first = (gsize) g_test_rand_int_range (0, 2000);
      gsize  end = (gsize) g_test_rand_int_range ((int) first, 2001);
      gsize  at_min, at_max;
      double lo = INFINITY, hi = -INFINITY;

      for (gsize i = first; i < end; i++)
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/reduce/property", test_property);
  g_test_add_func ("/plot/reduce/range", test_range);
  g_test_add_func ("/plot/reduce/short-is-exact", test_short_is_exact);
  return g_test_run ();
}
