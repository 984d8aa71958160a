/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Taylor terms through second moments. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-moments.h"

#include <math.h>
#include <string.h>

void
eng_moments_init (EngMoments        *self,
                  const EngTwoLayer *net,
                  gsize              h,
                  gsize              n,
                  EngArena          *arena)
{
  gsize d = net->d;

  self->net = net;
  self->h = h;
  self->extended = eng_arena_matf (arena, n, d + 1);
  self->fixed = eng_arena_matf (arena, h, d + 1);
  self->curvature = eng_arena_floats (arena, h);
  self->sum = eng_arena_matf (arena, d + 1, d);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      self->partial[lane] = eng_arena_matf (arena, d + 1, d);
      self->scratch[lane] = eng_arena_matf (arena, ENG_BLOCK_ROWS, d + 1);
    }
}

double
eng_moments_estimate_bytes (double n, double d, double h)
{
  return sizeof (float)
         * ((n + h) * (d + 1) + h + (ENG_N_LANES + 1) * (d + 1) * d
            + ENG_N_LANES * ENG_BLOCK_ROWS * (d + 1));
}

typedef struct
{
  EngMoments    *self;
  gboolean       is_linear;         /* f_L alone, of the first h neurons */
  float          linear, quadratic; /* factors of v_r and c_r p2 w_r */
  const EngMatF *w;
  const float   *g;
  const EngMatF *moments; /* T */
  float         *f, beta;
  EngMatF       *out;
} Pass;

/* --- inputs and fixed rows --------------------------------------------------------- */

static void
extend_lane (guint lane, gpointer data)
{
  EngMoments *self = ((const Pass *) data)->self;
  gsize       d = self->net->d, first, last;

  eng_lanes_share (self->x.rows, lane, &first, &last);
  for (gsize i = first; i < last; i++)
    {
      memcpy (self->extended.data + i * (d + 1), self->x.data + i * d,
              d * sizeof (float));
      self->extended.data[i * (d + 1) + d] = 1.0f;
    }
  eng_lanes_share (self->h, lane, &first, &last);
  for (gsize r = first; r < last; r++)
    self->curvature[r] = eng_two_layer_form_row (self->net, r,
                                                 self->fixed.data + r * (d + 1));
}

void
eng_moments_set_inputs (EngMoments *self, const EngMatF *x, EngLanes *lanes)
{
  Pass job = { .self = self };

  self->x = *x;
  eng_lanes_run (lanes, ENG_N_LANES, extend_lane, &job);
}

/* --- S and T ------------------------------------------------------------------------- */

/* Rows `first` ... of the matrix whose products with w are S, and with T the gradient; on
 * loan, or in the scratch of `lane`. */
static EngMatF
get_rows (const Pass *job, guint lane, gsize first, gsize count)
{
  EngMoments *self = job->self;
  gsize       e = self->fixed.cols, d = e - 1;
  EngMatF     rows = { count, e, self->scratch[lane].data };

  if (job->is_linear)
    return eng_matf_rows (&self->fixed, first, count);
  for (gsize i = 0; i < count; i++)
    {
      gsize        r = first + i, twin = r % self->h;
      float        sign = r < self->h ? 1.0f : -1.0f;
      float       *row = rows.data + i * e;
      const float *v = self->fixed.data + twin * e;

      eng_kernel_scale_to (e, sign * job->linear, v, row);
      eng_kernel_axpy (d, sign * job->quadratic * self->curvature[twin],
                       job->w->data + r * d, row);
    }
  return rows;
}

/* Block number `block` of a lane's share of inputs or neurons begins `at`.  Returns: its rows;
 * 0 after the last. */
static gsize
get_block (gsize total, guint lane, gsize block, gsize *at)
{
  gsize first, last;

  eng_lanes_share (total, lane, &first, &last);
  *at = first + block * ENG_BLOCK_ROWS;
  return *at < last ? MIN (ENG_BLOCK_ROWS, last - *at) : 0;
}

/* The first block of a lane begins its sum; a lane without blocks has none. */
static void
add_block (EngMoments    *self,
           guint          lane,
           const EngMatF *a,
           const EngMatF *b,
           gboolean       is_first)
{
  eng_laf_gemm_tn (1.0f, a, b, is_first ? 0.0f : 1.0f, &self->partial[lane]);
}

static void
clear_if_empty (EngMoments *self, guint lane, gsize total)
{
  gsize first, last;

  eng_lanes_share (total, lane, &first, &last);
  if (first == last)
    memset (self->partial[lane].data, 0,
            self->sum.rows * self->sum.cols * sizeof (float));
}

static void
sum_neurons_lane (guint lane, gpointer data)
{
  const Pass *job = data;
  gsize       at, count;

  clear_if_empty (job->self, lane, job->w->rows);
  for (gsize block = 0; (count = get_block (job->w->rows, lane, block, &at)) > 0; block++)
    {
      EngMatF rows = get_rows (job, lane, at, count);
      EngMatF w = eng_matf_rows (job->w, at, count);

      add_block (job->self, lane, &rows, &w, block == 0);
    }
}

static void
sum_inputs_lane (guint lane, gpointer data)
{
  const Pass *job = data;
  EngMoments *self = job->self;
  gsize       d = self->x.cols, at, count;

  clear_if_empty (self, lane, self->x.rows);
  for (gsize block = 0; (count = get_block (self->x.rows, lane, block, &at)) > 0; block++)
    {
      EngMatF extended = eng_matf_rows (&self->extended, at, count);
      EngMatF weighted = { count, d, self->scratch[lane].data };

      for (gsize i = 0; i < count; i++)
        eng_kernel_scale_to (d, job->g[at + i], self->x.data + (at + i) * d,
                             weighted.data + i * d);
      add_block (self, lane, &extended, &weighted, block == 0);
    }
}

static void
reduce_lane (guint lane, gpointer data)
{
  EngMoments *self = ((const Pass *) data)->self;
  gsize       first, last;

  eng_lanes_share (self->sum.rows, lane, &first, &last);
  eng_kernel_reduce_rows (self->partial, ENG_N_LANES, first, last, &self->sum);
}

/* --- what they give ---------------------------------------------------------------------- */

static void
values_lane (guint lane, gpointer data)
{
  const Pass *job = data;
  EngMoments *self = job->self;
  gsize       d = self->x.cols, at, count;

  for (gsize block = 0; (count = get_block (self->x.rows, lane, block, &at)) > 0; block++)
    {
      EngMatF extended = eng_matf_rows (&self->extended, at, count);
      EngMatF product = { count, d, self->scratch[lane].data };

      eng_laf_gemm_nn (1.0f, &extended, &self->sum, 0.0f, &product);
      for (gsize i = 0; i < count; i++)
        job->f[at + i] = eng_kernel_dot (d, product.data + i * d,
                                         self->x.data + (at + i) * d);
    }
}

static void
gradient_lane (guint lane, gpointer data)
{
  const Pass *job = data;
  gsize       at, count;

  for (gsize block = 0; (count = get_block (job->out->rows, lane, block, &at)) > 0;
       block++)
    {
      EngMatF rows = get_rows (job, lane, at, count);
      EngMatF out = eng_matf_rows (job->out, at, count);

      eng_laf_gemm_nn (1.0f, &rows, job->moments, job->beta, &out);
    }
}

static void
run_forward (Pass *job, EngLanes *lanes)
{
  eng_lanes_run (lanes, ENG_N_LANES, sum_neurons_lane, job);
  eng_lanes_run (lanes, ENG_N_LANES, reduce_lane, job);
  eng_lanes_run (lanes, ENG_N_LANES, values_lane, job);
}

static void
run_backward (Pass *job, EngLanes *lanes)
{
  eng_lanes_run (lanes, ENG_N_LANES, sum_inputs_lane, job);
  eng_lanes_run (lanes, ENG_N_LANES, reduce_lane, job);
  job->moments = &job->self->sum;
  eng_lanes_run (lanes, ENG_N_LANES, gradient_lane, job);
}

void
eng_moments_push (EngMoments *self, const EngMatF *w, float *f, EngLanes *lanes)
{
  Pass job = { .self = self, .is_linear = TRUE, .w = w, .f = f };

  g_assert (w->rows == self->h);
  run_forward (&job, lanes);
}

void
eng_moments_pull (EngMoments  *self,
                  const float *g,
                  float        beta,
                  EngMatF     *out,
                  EngLanes    *lanes)
{
  Pass job = { .self = self, .is_linear = TRUE, .g = g, .beta = beta, .out = out };

  g_assert (out->rows == self->h);
  run_backward (&job, lanes);
}

const EngMatF *
eng_moments_sum (EngMoments *self, const EngMatF *w, EngLanes *lanes)
{
  Pass job = { .self = self, .is_linear = TRUE, .w = w };

  g_assert (w->rows == self->h);
  eng_lanes_run (lanes, ENG_N_LANES, sum_neurons_lane, &job);
  eng_lanes_run (lanes, ENG_N_LANES, reduce_lane, &job);
  return &self->sum;
}

void
eng_moments_apply (EngMoments    *self,
                   const EngMatF *t,
                   float          beta,
                   EngMatF       *out,
                   EngLanes      *lanes)
{
  Pass job = { .self = self, .is_linear = TRUE, .moments = t, .beta = beta, .out = out };

  g_assert (out->rows == self->h);
  eng_lanes_run (lanes, ENG_N_LANES, gradient_lane, &job);
}

void
eng_moments_forward (EngMoments    *self,
                     float          linear,
                     float          quadratic,
                     const EngMatF *w,
                     float         *f,
                     EngLanes      *lanes)
{
  Pass job
      = { .self = self, .linear = linear, .quadratic = 0.5f * quadratic, .w = w, .f = f };

  g_assert (w->rows == self->net->m);
  run_forward (&job, lanes);
}

void
eng_moments_backward (EngMoments    *self,
                      float          linear,
                      float          quadratic,
                      const EngMatF *w,
                      const float   *g,
                      EngMatF       *out,
                      EngLanes      *lanes)
{
  Pass job = {
    .self = self, .linear = linear, .quadratic = quadratic, .w = w, .g = g, .out = out
  };

  g_assert (w->rows == self->net->m && out->rows == self->net->m);
  run_backward (&job, lanes);
}
