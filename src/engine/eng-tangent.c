/* SPDX-License-Identifier: GPL-3.0-or-later
 * Both maps of the tangent features. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-tangent.h"

#include <string.h>

/* Neurons of a panel: so many that its products are efficient, so few that a tile of them
 * fits the cache of a core.  The number of panels is even: two threads share them. */
#define MAX_WIDTH 96
/* Inputs of a tile: panels by tiles by coordinates are as many multiplications as OpenBLAS
 * still makes without copying both factors first, a fifth of their time. */
#define MAX_MULTIPLICATIONS 1e6
#define MIN_TILE            64

EngPanels
eng_panels_of (gsize rows)
{
  gsize n = 2 * MAX ((rows + 2 * MAX_WIDTH - 1) / (2 * MAX_WIDTH), 1);
  gsize width = (rows + n - 1) / n;

  return (EngPanels){ rows, width, (rows + width - 1) / width };
}

static gsize
choose_tile (gsize width, gsize d)
{
  gsize tile = (gsize) (MAX_MULTIPLICATIONS / (double) (width * d)) / 16 * 16;

  return CLAMP (tile, MIN_TILE, ENG_TILE_COLS);
}

static guint
n_lanes (const EngTangent *self)
{
  return (guint) MIN (self->panels.n, ENG_N_LANES);
}

void
eng_tangent_init (EngTangent *self, gsize n, gsize d, gsize h, EngArena *arena)
{
  self->panels = eng_panels_of (h);
  self->tile = choose_tile (self->panels.width, d);
  self->a = eng_arena_matf (arena, h, n);
  self->transposed = eng_arena_floats (arena, n * d);
  self->weighted = eng_arena_matf (arena, n, d);
  self->partial = eng_arena_matf (arena, ENG_N_LANES, n);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    self->scratch[lane] = eng_arena_floats (arena, MAX (self->panels.width, d)
                                                       * MIN (n, self->tile));
}

double
eng_tangent_estimate_bytes (double n, double d, double h)
{
  return sizeof (float)
         * (n * h + 2.0 * n * d
            + ENG_N_LANES * (n + MAX (MIN (h, MAX_WIDTH), d) * MIN (n, ENG_TILE_COLS)));
}

void
eng_tangent_set_inputs (EngTangent *self, const EngMatF *x)
{
  gsize first;

  g_assert (x->rows <= self->partial.cols && x->cols == self->weighted.cols);
  self->x = *x;
  self->a.cols = self->weighted.rows = x->rows;
  for (gsize t = 0; t < eng_tangent_n_tiles (self); t++)
    {
      EngMatF tile = eng_tangent_get_tile (self, t, &first);

      for (gsize j = 0; j < tile.rows; j++)
        for (gsize i = 0; i < tile.cols; i++)
          tile.data[j * tile.cols + i] = x->data[(first + i) * x->cols + j];
    }
}

EngMatF
eng_tangent_get_tile (const EngTangent *self, gsize i, gsize *first)
{
  *first = i * self->tile;
  return (EngMatF){ self->x.cols, MIN (self->tile, self->x.rows - *first),
                    self->transposed + *first * self->x.cols };
}

EngMatF
eng_tangent_multiply (const EngTangent *self,
                      guint             lane,
                      const EngMatF    *w,
                      const EngMatF    *tile)
{
  EngMatF out = { w->rows, tile->cols, self->scratch[lane] };

  eng_laf_gemm_nn (1.0f, w, tile, 0.0f, &out);
  return out;
}

void
eng_tangent_sum_partials (const EngTangent *self, guint n_lanes, float *f)
{
  memset (f, 0, self->x.rows * sizeof (float));
  for (guint lane = 0; lane < n_lanes; lane++)
    eng_kernel_add (self->x.rows, self->partial.data + lane * self->partial.cols, f);
}

typedef struct
{
  EngTangent    *self;
  const EngMatF *w;
  const float   *g;
  float          beta;
  EngMatF       *out;
} Pass;

/* f_i = x_i · Σ_r A_ri w_r: the sum over the panels of a lane is a product, and then one
 * row of it for each coordinate of x. */
static void
push_lane (guint lane, gpointer data)
{
  const Pass *job = data;
  EngTangent *self = job->self;
  float      *f = self->partial.data + lane * self->partial.cols;
  gsize       first, row;

  memset (f, 0, self->x.rows * sizeof (float));
  for (gsize t = 0; t < eng_tangent_n_tiles (self); t++)
    {
      EngMatF tile = eng_tangent_get_tile (self, t, &first);
      EngMatF sums = { tile.rows, tile.cols, self->scratch[lane] };

      for (gsize panel = lane; panel < self->panels.n; panel += ENG_N_LANES)
        {
          gsize   count = eng_panels_get (&self->panels, panel, &row);
          EngMatF w = eng_matf_rows (job->w, row, count);
          EngMatF a = eng_matf_rows (&self->a, row, count);

          eng_laf_gemm_tn_columns (1.0f, &w, &a, first, panel == lane ? 0.0f : 1.0f,
                                   &sums);
        }
      eng_kernel_column_dots (tile.rows, tile.cols, sums.data, tile.data, f + first);
    }
}

void
eng_tangent_push (EngTangent *self, const EngMatF *w, float *f, EngLanes *lanes)
{
  Pass job = { .self = self, .w = w };

  g_assert (w->rows == self->panels.rows && w->cols == self->x.cols);
  eng_lanes_run (lanes, n_lanes (self), push_lane, &job);
  eng_tangent_sum_partials (self, n_lanes (self), f);
}

static void
weigh_lane (guint lane, gpointer data)
{
  const Pass *job = data;
  EngTangent *self = job->self;
  gsize       d = self->x.cols, first, last;

  eng_lanes_share (self->x.rows, lane, &first, &last);
  for (gsize i = first; i < last; i++)
    eng_kernel_scale_to (d, job->g[i], self->x.data + i * d, self->weighted.data + i * d);
}

void
eng_tangent_weigh (EngTangent *self, const float *g, EngLanes *lanes)
{
  Pass job = { .self = self, .g = g };

  eng_lanes_run (lanes, ENG_N_LANES, weigh_lane, &job);
}

void
eng_tangent_pull_rows (const EngTangent *self,
                       float             alpha,
                       const EngMatF    *a,
                       float             beta,
                       EngMatF          *out)
{
  for (gsize first = 0; first < self->x.rows; first += self->tile)
    {
      EngMatF x = eng_matf_rows (&self->weighted, first,
                                 MIN (self->tile, self->x.rows - first));

      eng_laf_gemm_nn_columns (alpha, a, first, &x, first == 0 ? beta : 1.0f, out);
    }
}

static void
pull_lane (guint lane, gpointer data)
{
  const Pass *job = data;
  EngTangent *self = job->self;
  gsize       row;

  for (gsize panel = lane; panel < self->panels.n; panel += ENG_N_LANES)
    {
      gsize   count = eng_panels_get (&self->panels, panel, &row);
      EngMatF a = eng_matf_rows (&self->a, row, count);
      EngMatF out = eng_matf_rows (job->out, row, count);

      eng_tangent_pull_rows (self, 1.0f, &a, job->beta, &out);
    }
}

void
eng_tangent_pull (EngTangent  *self,
                  const float *g,
                  float        beta,
                  EngMatF     *out,
                  EngLanes    *lanes)
{
  Pass job = { .self = self, .beta = beta, .out = out };

  g_assert (out->rows == self->panels.rows && out->cols == self->x.cols);
  eng_tangent_weigh (self, g, lanes);
  eng_lanes_run (lanes, n_lanes (self), pull_lane, &job);
}
