/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sums of Hermite polynomials of few directions. */
#include "config.h"

#include "eng-hermite-fit.h"

#include "eng-hermite-value.h"
#include "eng-kernels.h"
#include "eng-lanes.h"

#include <math.h>
#include <string.h>

/* Added to FᵀF/n, so that a direction may be there twice. */
#define REGULARISATION 1e-9

typedef struct
{
  EngHermiteFit *self;
  const EngMatF *x;
  float         *out; /* (n) of predictions */
} Job;

void
eng_hermite_fit_init (EngHermiteFit *self,
                      const EngMatF *x,
                      const double  *y,
                      guint          degree,
                      gsize          r,
                      EngArena      *arena)
{
  gsize n = x->rows, d = x->cols;

  self->x = *x;
  self->y = y;
  self->degree = degree;
  self->u = eng_arena_mat (arena, r, d);
  self->u.rows = 0;
  self->c = eng_arena_doubles (arena, r);
  self->projections = eng_arena_mat (arena, n, r);
  self->residual = eng_arena_doubles (arena, n);
  self->gram = eng_arena_mat (arena, r, r);
  self->gradient = eng_arena_mat (arena, r, d);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      self->block[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, d);
      self->features[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, r);
      self->sums[lane] = eng_arena_mat (arena, r, MAX (d, r + 1));
    }
}

double
eng_hermite_fit_estimate_bytes (const EngSizes *sizes, double r)
{
  double d = sizes->d;

  return sizeof (double)
         * (sizes->n * (r + 1.0) + r * (2.0 * d + r + 1.0)
            + ENG_N_LANES * (ENG_BLOCK_ROWS * (d + r) + r * MAX (d, r + 1.0)));
}

/* The rows of a block, widened.   x: (rows, d) */
static EngMat
widen_block (EngHermiteFit *self, guint lane, const EngMatF *x, gsize first)
{
  EngMat block = { MIN (ENG_BLOCK_ROWS, x->rows - first), x->cols,
                   self->block[lane].data };

  eng_kernel_widen (block.rows * x->cols, x->data + first * x->cols, block.data);
  return block;
}

/* --- least squares ----------------------------------------------------------------- */

/* sums (r, r + 1) of the lane: FᵀF, and Fᵀy behind it. */
static void
gram_lane (guint lane, gpointer data)
{
  EngHermiteFit *self = ((Job *) data)->self;
  gsize          n = self->x.rows, r = self->u.rows;
  EngMat         gram = { r, r, self->sums[lane].data };
  double        *right = gram.data + r * r;

  memset (gram.data, 0, r * (r + 1) * sizeof (double));
  for (gsize block = lane; block < eng_lanes_n_blocks (n); block += ENG_N_LANES)
    {
      gsize  first = block * ENG_BLOCK_ROWS;
      EngMat x = widen_block (self, lane, &self->x, first);
      EngMat z = { x.rows, r, self->projections.data + first * r };
      EngMat f = { x.rows, r, self->features[lane].data };

      eng_la_gemm_nt (1.0, &x, &self->u, 0.0, &z);
      for (gsize i = 0; i < x.rows * r; i++)
        f.data[i] = eng_hermite_value (self->degree, z.data[i]);
      eng_la_gemm_tn (1.0, &f, &f, 1.0, &gram);
      eng_la_gemv_t (1.0, &f, self->y + first, 1.0, right);
    }
}

static void
residual_lane (guint lane, gpointer data)
{
  EngHermiteFit *self = ((Job *) data)->self;
  gsize          n = self->x.rows, r = self->u.rows;

  for (gsize block = lane; block < eng_lanes_n_blocks (n); block += ENG_N_LANES)
    for (gsize i = block * ENG_BLOCK_ROWS; i < MIN (n, (block + 1) * ENG_BLOCK_ROWS); i++)
      {
        self->residual[i] = -self->y[i];
        for (gsize j = 0; j < r; j++)
          self->residual[i] += self->c[j]
                               * eng_hermite_value (self->degree,
                                                    self->projections.data[i * r + j]);
      }
}

static gboolean
solve (EngHermiteFit *self, guint n_lanes)
{
  gsize  n = self->x.rows, r = self->u.rows;
  EngMat gram = { r, r, self->gram.data }, right = { 1, r, self->c };

  memset (gram.data, 0, r * r * sizeof (double));
  memset (self->c, 0, r * sizeof (double));
  for (guint lane = 0; lane < n_lanes; lane++)
    {
      eng_la_axpy (r * r, 1.0 / (double) n, self->sums[lane].data, gram.data);
      eng_la_axpy (r, 1.0 / (double) n, self->sums[lane].data + r * r, self->c);
    }
  for (gsize j = 0; j < r; j++)
    gram.data[j * r + j] += REGULARISATION;
  if (!isfinite (eng_la_norm (r * r, gram.data)) || !eng_la_cholesky (&gram))
    return FALSE;
  eng_la_solve_lower (&gram, FALSE, &right);
  eng_la_solve_lower (&gram, TRUE, &right);
  return TRUE;
}

gboolean
eng_hermite_fit_solve (EngHermiteFit *self, EngLanes *lanes)
{
  guint n_lanes = eng_lanes_for_rows (self->x.rows);
  Job   job = { .self = self };

  if (self->u.rows > 0)
    {
      eng_lanes_run (lanes, n_lanes, gram_lane, &job);
      if (!solve (self, n_lanes))
        return FALSE;
    }
  eng_lanes_run (lanes, n_lanes, residual_lane, &job);
  return TRUE;
}

double
eng_hermite_fit_get_loss (const EngHermiteFit *self)
{
  gsize n = self->x.rows;

  return eng_la_dot (n, self->residual, self->residual) / (double) n;
}

/* --- descent ----------------------------------------------------------------------- */

/* sums (r, d) of the lane: Σ_i e_i c_j h_p′ (z_ij) x_i, h_p′ = √p h_{p−1}. */
static void
gradient_lane (guint lane, gpointer data)
{
  EngHermiteFit *self = ((Job *) data)->self;
  gsize          n = self->x.rows, d = self->x.cols, r = self->u.rows;
  EngMat         sums = { r, d, self->sums[lane].data };
  double         root = sqrt (self->degree);

  memset (sums.data, 0, r * d * sizeof (double));
  for (gsize block = lane; block < eng_lanes_n_blocks (n); block += ENG_N_LANES)
    {
      gsize         first = block * ENG_BLOCK_ROWS;
      EngMat        x = widen_block (self, lane, &self->x, first);
      EngMat        slopes = { x.rows, r, self->features[lane].data };
      const double *z = self->projections.data + first * r;

      for (gsize i = 0; i < x.rows; i++)
        for (gsize j = 0; j < r; j++)
          slopes.data[i * r + j] = self->residual[first + i] * self->c[j] * root
                                   * eng_hermite_value (self->degree - 1, z[i * r + j]);
      eng_la_gemm_tn (1.0, &slopes, &x, 1.0, &sums);
    }
}

/* u <- (u − η (g − (g·u) u)), of unit length. */
static void
move (gsize d, double eta, const double *g, double *u)
{
  double radial = eng_la_dot (d, g, u), norm;

  for (gsize i = 0; i < d; i++)
    u[i] -= eta * (g[i] - radial * u[i]);
  norm = eng_la_norm (d, u);
  for (gsize i = 0; i < d; i++)
    u[i] /= norm;
}

void
eng_hermite_fit_descend (EngHermiteFit *self, double step_size, EngLanes *lanes)
{
  gsize n = self->x.rows, d = self->x.cols, r = self->u.rows;
  guint n_lanes = eng_lanes_for_rows (n);
  Job   job = { .self = self };

  if (r == 0)
    return;
  eng_lanes_run (lanes, n_lanes, gradient_lane, &job);
  memset (self->gradient.data, 0, r * d * sizeof (double));
  for (guint lane = 0; lane < n_lanes; lane++)
    eng_la_axpy (r * d, 1.0 / (double) n, self->sums[lane].data, self->gradient.data);
  for (gsize j = 0; j < r; j++)
    move (d, step_size, self->gradient.data + j * d, self->u.data + j * d);
}

/* --- predictions ------------------------------------------------------------------- */

static void
predict_lane (guint lane, gpointer data)
{
  Job           *job = data;
  EngHermiteFit *self = job->self;
  gsize          r = self->u.rows;

  for (gsize block = lane; block < eng_lanes_n_blocks (job->x->rows);
       block += ENG_N_LANES)
    {
      gsize  first = block * ENG_BLOCK_ROWS;
      EngMat x = widen_block (self, lane, job->x, first);
      EngMat z = { x.rows, r, self->features[lane].data };

      if (r > 0)
        eng_la_gemm_nt (1.0, &x, &self->u, 0.0, &z);
      for (gsize i = 0; i < x.rows; i++)
        {
          double f = 0.0;

          for (gsize j = 0; j < r; j++)
            f += self->c[j] * eng_hermite_value (self->degree, z.data[i * r + j]);
          job->out[first + i] = (float) f;
        }
    }
}

void
eng_hermite_fit_predict (EngHermiteFit *self,
                         const EngMatF *x,
                         EngLanes      *lanes,
                         float         *out)
{
  Job job = { self, x, out };

  eng_lanes_run (lanes, eng_lanes_for_rows (x->rows), predict_lane, &job);
}
