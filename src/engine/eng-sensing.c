/* SPDX-License-Identifier: GPL-3.0-or-later
 * Passes over the measurements. */
#include "config.h"

#include "eng-sensing.h"

#include "eng-kernels.h"

#include <math.h>
#include <string.h>

#define MAX_STEP 2.0

void
eng_sensing_init (EngSensing        *self,
                  EngSensingGradient gradient,
                  gsize              p,
                  gsize              max_m,
                  gsize              max_columns,
                  EngArena          *arena)
{
  self->gradient = gradient;
  self->c = eng_arena_doubles (arena, max_m);
  self->a = eng_arena_doubles (arena, max_m);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      self->block[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, p);
      self->products[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, max_columns);
      self->pairs[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, max_columns);
      self->partial[lane] = eng_arena_mat (arena, max_columns, p);
    }
}

double
eng_sensing_estimate_bytes (double p, double max_m, double max_columns)
{
  double lane = ENG_BLOCK_ROWS * (p + 2.0 * max_columns) + max_columns * p;

  return sizeof (double) * (2.0 * max_m + ENG_N_LANES * lane);
}

void
eng_sensing_set_samples (EngSensing *self, EngSamples *samples)
{
  self->samples = samples;
}

/* --- passes ---------------------------------------------------------------------- */

typedef struct
{
  EngSensing   *sensing;
  const EngMat *v;      /* (b, p) */
  const double *values; /* (b) */
  double       *out;    /* (m) */
  const EngMat *l;      /* (p, p) */
  EngMat       *dense;  /* (p, p) */
} Pass;

/* Block `block` of X in double, in the scratch of `lane`. */
static EngMat
read_block (EngSensing *self, guint lane, gsize block)
{
  EngMatF x = eng_samples_get_block (self->samples, lane, block);
  EngMat  wide = { x.rows, x.cols, self->block[lane].data };

  g_assert (x.cols == self->block[lane].cols);
  eng_kernel_widen (x.rows * x.cols, x.data, wide.data);
  return wide;
}

static void
run_pass (EngSensing *self, EngLanes *lanes, EngLaneFunc func, Pass *pass)
{
  eng_lanes_run (lanes, eng_lanes_for_rows (self->samples->n), func, pass);
  eng_samples_end_pass (self->samples);
}

/* Σ_j values_j z_j² */
static double
sum_squares (gsize b, const double *values, const double *z)
{
  double sum = 0.0;

  for (gsize j = 0; j < b; j++)
    sum += values[j] * z[j] * z[j];
  return sum;
}

/* out_i <- Σ_j values_j (v_j·x_i)² for the blocks of one lane. */
static void
evaluate_lane (guint lane, gpointer data)
{
  Pass       *pass = data;
  EngSensing *self = pass->sensing;
  gsize       n_blocks = eng_lanes_n_blocks (self->samples->n), b = pass->v->rows;

  for (gsize block = lane; block < n_blocks; block += ENG_N_LANES)
    {
      EngMatF  x = eng_samples_get_block (self->samples, lane, block);
      EngAhead ahead = eng_samples_look_ahead (self->samples, block);
      EngMat   z = { x.rows, b, self->products[lane].data };
      double  *out = pass->out + block * ENG_BLOCK_ROWS;

      eng_skinny_gemm_nt (&x, pass->v, &ahead, &z);
      for (gsize i = 0; i < x.rows; i++)
        out[i] = sum_squares (b, pass->values, z.data + i * b);
    }
}

static void
evaluate (EngSensing   *self,
          const EngMat *v,
          const double *values,
          EngLanes     *lanes,
          double       *out)
{
  Pass pass = { .sensing = self, .v = v, .values = values, .out = out };

  g_assert (v->rows <= self->partial[0].rows);
  run_pass (self, lanes, evaluate_lane, &pass);
}

/* The same, and partial <- Σ over the lane's blocks of [c ∘ Z, Z]ᵀX, Z = X Vᵀ. */
static void
evaluate_and_apply_lane (guint lane, gpointer data)
{
  Pass       *pass = data;
  EngSensing *self = pass->sensing;
  gsize       n_blocks = eng_lanes_n_blocks (self->samples->n), b = pass->v->rows;
  EngMat      partial = { 2 * b, pass->v->cols, self->partial[lane].data };

  memset (partial.data, 0, partial.rows * partial.cols * sizeof (double));
  for (gsize block = lane; block < n_blocks; block += ENG_N_LANES)
    {
      EngMatF       x = eng_samples_get_block (self->samples, lane, block);
      EngAhead      ahead = eng_samples_look_ahead (self->samples, block);
      EngMat        z = { x.rows, b, self->products[lane].data };
      EngMat        both = { x.rows, 2 * b, self->pairs[lane].data };
      double       *out = pass->out + block * ENG_BLOCK_ROWS;
      const double *y = self->samples->y + block * ENG_BLOCK_ROWS;

      eng_skinny_gemm_nt (&x, pass->v, &ahead, &z);
      for (gsize i = 0; i < x.rows; i++)
        {
          const double *from = z.data + i * b;
          double       *to = both.data + i * 2 * b;

          out[i] = sum_squares (b, pass->values, from);
          for (gsize j = 0; j < b; j++)
            {
              to[j] = (out[i] - y[i]) * from[j];
              to[b + j] = from[j];
            }
        }
      eng_skinny_gemm_tn (&both, &x, &ahead, &partial);
    }
}

/* out_i <- x_iᵀ L x_i for the blocks of one lane, as many columns of L at a time as the
 * scratch for products holds. */
static void
evaluate_dense_lane (guint lane, gpointer data)
{
  Pass       *pass = data;
  EngSensing *self = pass->sensing;
  gsize       n_blocks = eng_lanes_n_blocks (self->samples->n);
  gsize       p = pass->l->cols, most = self->products[lane].cols;

  for (gsize block = lane; block < n_blocks; block += ENG_N_LANES)
    {
      EngMat  x = read_block (self, lane, block);
      double *out = pass->out + block * ENG_BLOCK_ROWS;

      for (gsize at = 0; at < p; at += most)
        {
          gsize  n = MIN (most, p - at);
          EngMat rows = { n, p, pass->l->data + at * p };
          EngMat z = { x.rows, n, self->products[lane].data };

          eng_la_gemm_nt (1.0, &x, &rows, 0.0, &z);
          for (gsize i = 0; i < x.rows; i++)
            out[i] = (at == 0 ? 0.0 : out[i])
                     + eng_la_dot (n, z.data + i * n, x.data + i * p + at);
        }
    }
}

/* c <- c − y, and what follows from it. */
static void
set_residual (EngSensing *self)
{
  gsize  m = self->samples->n;
  double mean;

  self->y_sd = eng_la_spread (m, self->samples->y, &mean);
  for (gsize i = 0; i < m; i++)
    self->c[i] -= self->samples->y[i];
  self->c_sd = eng_la_spread (m, self->c, &self->c_mean);
  self->centre = 0.0;
  self->scale = 0.5 / (double) m;
  self->shift = 0.5 * self->c_mean;
  switch (self->gradient)
    {
    case ENG_SENSING_CENTRED:
      self->centre = self->c_mean;
      self->shift = 0.0;
      break;
    case ENG_SENSING_PAPER:
      break;
    case ENG_SENSING_PRINTED:
      self->scale = 1.0 / (double) m;
      break;
    case ENG_SENSING_RAW:
      self->shift = 0.0;
      break;
    case ENG_SENSING_WRONG_SIGN:
      self->shift = -self->shift;
      break;
    }
}

/* gv <- scale (B1 − centre B2) − shift V, B1 and B2 the halves of the partial sums. */
static void
combine_image (EngSensing *self, const EngMat *v, EngMat *gv)
{
  gsize size = v->rows * v->cols;
  guint n_lanes = eng_lanes_for_rows (self->samples->n);

  for (gsize i = 0; i < size; i++)
    gv->data[i] = -self->shift * v->data[i];
  for (guint lane = 0; lane < n_lanes; lane++)
    {
      eng_la_axpy (size, self->scale, self->partial[lane].data, gv->data);
      eng_la_axpy (size, -self->scale * self->centre, self->partial[lane].data + size,
                   gv->data);
    }
}

void
eng_sensing_set_estimate (EngSensing       *self,
                          const EngLowRank *l,
                          EngLanes         *lanes,
                          EngMat           *gu)
{
  EngMat u = eng_low_rank_terms (l);
  Pass   pass = { .sensing = self, .v = &u, .values = l->s, .out = self->c };

  if (gu == NULL || u.rows == 0)
    {
      evaluate (self, &u, l->s, lanes, self->c);
      set_residual (self);
      return;
    }
  g_assert (2 * u.rows <= self->partial[0].rows);
  g_assert (gu->rows == u.rows && gu->cols == u.cols);
  run_pass (self, lanes, evaluate_and_apply_lane, &pass);
  set_residual (self);
  combine_image (self, &u, gu);
}

void
eng_sensing_set_dense_estimate (EngSensing *self, const EngMat *l, EngLanes *lanes)
{
  Pass pass = { .sensing = self, .l = l, .out = self->c };

  run_pass (self, lanes, evaluate_dense_lane, &pass);
  set_residual (self);
}

static double
weight (const EngSensing *self, gsize i)
{
  return self->scale * (self->c[i] - self->centre);
}

/* partial <- Σ over the lane's blocks of (w ∘ X Vᵀ)ᵀ X. */
static void
apply_lane (guint lane, gpointer data)
{
  Pass       *pass = data;
  EngSensing *self = pass->sensing;
  gsize       n_blocks = eng_lanes_n_blocks (self->samples->n), b = pass->v->rows;
  EngMat      partial = { b, pass->v->cols, self->partial[lane].data };

  memset (partial.data, 0, partial.rows * partial.cols * sizeof (double));
  for (gsize block = lane; block < n_blocks; block += ENG_N_LANES)
    {
      gsize    first = block * ENG_BLOCK_ROWS;
      EngMatF  x = eng_samples_get_block (self->samples, lane, block);
      EngAhead ahead = eng_samples_look_ahead (self->samples, block);
      EngMat   z = { x.rows, b, self->products[lane].data };

      eng_skinny_gemm_nt (&x, pass->v, &ahead, &z);
      for (gsize i = 0; i < x.rows; i++)
        for (gsize j = 0; j < b; j++)
          z.data[i * b + j] *= weight (self, first + i);
      eng_skinny_gemm_tn (&z, &x, &ahead, &partial);
    }
}

void
eng_sensing_apply (EngSensing *self, const EngMat *v, EngLanes *lanes, EngMat *gv)
{
  Pass  pass = { .sensing = self, .v = v };
  guint n_lanes = eng_lanes_for_rows (self->samples->n);
  gsize size = v->rows * v->cols;

  g_assert (v->rows <= self->partial[0].rows);
  g_assert (gv->rows == v->rows && gv->cols == v->cols);
  run_pass (self, lanes, apply_lane, &pass);
  for (gsize i = 0; i < size; i++)
    gv->data[i] = -self->shift * v->data[i];
  for (guint lane = 0; lane < n_lanes; lane++)
    eng_la_axpy (size, 1.0, self->partial[lane].data, gv->data);
}

/* Rows of G that belong to the lane, over all blocks of kept samples. */
static void
dense_lane (guint lane, gpointer data)
{
  Pass       *pass = data;
  EngSensing *self = pass->sensing;
  gsize       m = self->samples->n, p = pass->dense->cols, from, to, most;

  eng_lanes_share (p, lane, &from, &to);
  most = self->products[lane].cols;
  /* As many rows at a time as the scratch for products holds. */
  for (gsize at = from; at < to; at += most)
    {
      gsize  n = MIN (most, to - at);
      EngMat rows = { n, p, pass->dense->data + at * p };

      for (gsize first = 0; first < m; first += ENG_BLOCK_ROWS)
        {
          EngMat x = read_block (self, lane, first / ENG_BLOCK_ROWS);
          EngMat z = { x.rows, n, self->products[lane].data };

          for (gsize i = 0; i < x.rows; i++)
            for (gsize j = 0; j < n; j++)
              z.data[i * n + j] = weight (self, first + i) * x.data[i * p + at + j];
          eng_la_gemm_tn (1.0, &z, &x, first == 0 ? 0.0 : 1.0, &rows);
        }
      for (gsize j = 0; j < n; j++)
        rows.data[j * p + at + j] -= self->shift;
    }
}

void
eng_sensing_get_dense (EngSensing *self, EngLanes *lanes, EngMat *g)
{
  Pass  pass = { .sensing = self, .dense = g };
  gsize p = g->rows;

  g_assert (g->cols == p && self->samples->x.rows > 0);
  eng_lanes_run (lanes, ENG_N_LANES, dense_lane, &pass);
  for (gsize i = 0; i < p; i++)
    for (gsize j = 0; j < i; j++)
      {
        double mean = 0.5 * (g->data[i * p + j] + g->data[j * p + i]);

        g->data[i * p + j] = g->data[j * p + i] = mean;
      }
}

double
eng_sensing_line_search (EngSensing   *self,
                         const EngMat *v,
                         const double *theta,
                         EngLanes     *lanes)
{
  double mean, product = 0.0, square;

  evaluate (self, v, theta, lanes, self->a);
  square = eng_la_spread (self->samples->n, self->a, &mean);
  square *= square * (double) self->samples->n;
  for (gsize i = 0; i < self->samples->n; i++)
    product += (self->c[i] - self->c_mean) * (self->a[i] - mean);
  return square > 0.0 ? CLAMP (product / square, 0.0, MAX_STEP) : 0.0;
}
