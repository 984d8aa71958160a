/* SPDX-License-Identifier: GPL-3.0-or-later
 * Both maps of the tangent features. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-tangent.h"

#include <string.h>

/* Columns of a panel: so many that its products are efficient, so few that a tile of it
 * and of the features fits the cache of a core; whole registers. */
#define MAX_WIDTH 128
#define STEP      16

EngPanels
eng_panels_of (gsize cols)
{
  gsize n = MAX ((cols + MAX_WIDTH - 1) / MAX_WIDTH, 1);
  gsize width = ((cols + n - 1) / n + STEP - 1) / STEP * STEP;

  return (EngPanels){ cols, width, (cols + width - 1) / width };
}

void
eng_tangent_init (EngTangent *self, gsize n, gsize h, EngArena *arena)
{
  self->panels = eng_panels_of (h);
  self->a = eng_arena_floats (arena, n * h);
  self->partial = eng_arena_matf (arena, ENG_N_LANES, n);
  for (guint lane = 0; lane < MIN (self->panels.n, ENG_N_LANES); lane++)
    self->tile[lane] = eng_arena_matf (arena, MIN (n, ENG_TILE_ROWS), self->panels.width);
}

double
eng_tangent_estimate_bytes (double n, double h)
{
  return sizeof (float)
         * (n * h + ENG_N_LANES * (n + (double) ENG_TILE_ROWS * MAX_WIDTH));
}

typedef struct
{
  EngTangent    *self;
  const EngMatF *w;
  const float   *g;
  float          beta;
  EngMatF       *out;
} Pass;

/* The tile's scratch with the present rows and columns. */
static EngMatF
get_scratch (const EngTangent *self, guint lane, gsize rows, gsize cols)
{
  return (EngMatF){ rows, cols, self->tile[lane].data };
}

static void
push_lane (guint lane, gpointer data)
{
  const Pass *job = data;
  EngTangent *self = job->self;
  gsize       n = self->x.rows, column;
  float      *f = self->partial.data + lane * self->partial.cols;

  memset (f, 0, n * sizeof (float));
  for (gsize panel = lane; panel < self->panels.n; panel += ENG_N_LANES)
    {
      gsize   count = eng_panels_get (&self->panels, panel, &column);
      EngMatF w = eng_matf_rows (job->w, column, count);

      for (gsize first = 0; first < n; first += ENG_TILE_ROWS)
        {
          EngMatF x = eng_matf_rows (&self->x, first, MIN (ENG_TILE_ROWS, n - first));
          EngMatF u = get_scratch (self, lane, x.rows, count);
          const float *a = eng_panels_tile (&self->panels, self->a, n, panel, first);

          eng_laf_gemm_nt (1.0f, &x, &w, 0.0f, &u);
          for (gsize i = 0; i < x.rows; i++)
            f[first + i] += eng_kernel_dot (count, a + i * count, u.data + i * count);
        }
    }
}

void
eng_tangent_sum_partials (const EngTangent *self, float *f)
{
  memset (f, 0, self->x.rows * sizeof (float));
  for (guint lane = 0; lane < eng_panels_n_lanes (&self->panels); lane++)
    eng_kernel_add (self->x.rows, self->partial.data + lane * self->partial.cols, f);
}

void
eng_tangent_push (EngTangent *self, const EngMatF *w, float *f, EngLanes *lanes)
{
  Pass job = { .self = self, .w = w };

  g_assert (w->rows == self->panels.cols && w->cols == self->x.cols);
  eng_lanes_run (lanes, eng_panels_n_lanes (&self->panels), push_lane, &job);
  eng_tangent_sum_partials (self, f);
}

static void
pull_lane (guint lane, gpointer data)
{
  const Pass *job = data;
  EngTangent *self = job->self;
  gsize       n = self->x.rows, column;

  for (gsize panel = lane; panel < self->panels.n; panel += ENG_N_LANES)
    {
      gsize   count = eng_panels_get (&self->panels, panel, &column);
      EngMatF out = eng_matf_rows (job->out, column, count);

      for (gsize first = 0; first < n; first += ENG_TILE_ROWS)
        {
          EngMatF x = eng_matf_rows (&self->x, first, MIN (ENG_TILE_ROWS, n - first));
          EngMatF c = get_scratch (self, lane, x.rows, count);
          const float *a = eng_panels_tile (&self->panels, self->a, n, panel, first);

          for (gsize i = 0; i < x.rows; i++)
            eng_kernel_scale_to (count, job->g[first + i], a + i * count,
                                 c.data + i * count);
          eng_laf_gemm_tn (1.0f, &c, &x, first == 0 ? job->beta : 1.0f, &out);
        }
    }
}

void
eng_tangent_pull (EngTangent  *self,
                  const float *g,
                  float        beta,
                  EngMatF     *out,
                  EngLanes    *lanes)
{
  Pass job = { .self = self, .g = g, .beta = beta, .out = out };

  g_assert (out->rows == self->panels.cols && out->cols == self->x.cols);
  eng_lanes_run (lanes, eng_panels_n_lanes (&self->panels), pull_lane, &job);
}
