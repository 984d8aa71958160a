/* SPDX-License-Identifier: GPL-3.0-or-later
 * Passes over the samples for sums of powers. */
#include "config.h"

#include "eng-power-sum.h"

#include "eng-kernels.h"
#include "eng-power.h"

#include <math.h>
#include <string.h>

/* How much of the old direction a power iteration keeps: enough for its values to grow. */
#define SHIFT 0.5

void
eng_power_sum_init (EngPowerSum   *self,
                    guint          degree,
                    const EngMatF *x,
                    const double  *y,
                    gsize          max_terms,
                    EngArena      *arena)
{
  gsize d = x->cols;

  self->degree = degree;
  self->x = x;
  self->y = y;
  self->cancel = NULL;
  self->e = eng_arena_doubles (arena, x->rows);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      self->block[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, d);
      self->products[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, max_terms);
      self->partial[lane] = eng_arena_mat (arena, max_terms, MAX (d, max_terms));
      self->sums[lane] = eng_arena_doubles (arena, max_terms);
    }
}

double
eng_power_sum_estimate_bytes (double n, double d, double max_terms)
{
  return sizeof (double)
         * (n
            + ENG_N_LANES
                  * (ENG_BLOCK_ROWS * (d + max_terms)
                     + max_terms * (MAX (d, max_terms) + 1.0)));
}

/* --- passes ------------------------------------------------------------------------ */

typedef struct
{
  EngPowerSum   *self;
  const EngMat  *u;
  const double  *signs; /* NULL: e is as it is */
  const EngMatF *x;
  float         *out;
} Pass;

static gboolean
should_stop (const EngPowerSum *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

/* Rows of `block` in double, and their products with the rows of u. */
static EngMat
read_block (Pass *pass, guint lane, gsize block, EngMat *products)
{
  EngPowerSum *self = pass->self;
  gsize        first = block * ENG_BLOCK_ROWS, d = pass->x->cols;
  gsize        n = MIN (ENG_BLOCK_ROWS, pass->x->rows - first);
  EngMat       x = { n, d, self->block[lane].data };

  *products = (EngMat){ n, pass->u->rows, self->products[lane].data };
  eng_kernel_widen (n * d, pass->x->data + first * d, x.data);
  if (pass->u->rows > 0)
    eng_la_gemm_nt (1.0, &x, pass->u, 0.0, products);
  return x;
}

static void
clear_sums (EngPowerSum *self, guint lane, gsize terms, gsize cols)
{
  memset (self->partial[lane].data, 0, terms * cols * sizeof (double));
  memset (self->sums[lane], 0, terms * sizeof (double));
  self->losses[lane] = 0.0;
}

static double
sum_powers (const Pass *pass, const double *z)
{
  double sum = 0.0;

  for (gsize j = 0; j < pass->u->rows; j++)
    sum += pass->signs[j] * eng_power (z[j], pass->self->degree);
  return sum;
}

/* For the blocks of one lane: e where f is asked for, Σ e z^p, and Σ e z^{p−1} x. */
static void
correlate_lane (guint lane, gpointer data)
{
  Pass        *pass = data;
  EngPowerSum *self = pass->self;
  gsize        k = pass->u->rows, d = pass->x->cols;
  EngMat       partial = { k, d, self->partial[lane].data };

  clear_sums (self, lane, k, d);
  for (gsize block = lane;
       block < eng_lanes_n_blocks (pass->x->rows) && !should_stop (self);
       block += ENG_N_LANES)
    {
      EngMat  z, x = read_block (pass, lane, block, &z);
      double *e = self->e + block * ENG_BLOCK_ROWS;

      for (gsize i = 0; i < x.rows; i++)
        {
          double *row = z.data + i * k;

          if (pass->signs != NULL)
            e[i] = sum_powers (pass, row) - self->y[block * ENG_BLOCK_ROWS + i];
          self->losses[lane] += e[i] * e[i];
          for (gsize j = 0; j < k; j++)
            {
              double slope = e[i] * eng_power (row[j], self->degree - 1);

              self->sums[lane][j] += slope * row[j];
              row[j] = slope;
            }
        }
      if (k > 0)
        eng_la_gemm_tn (1.0, &z, &x, 1.0, &partial);
    }
}

/* out <- Σ over lanes of the first `count` of their partial sums, over n. */
static void
collect (const EngPowerSum *self, gsize count, double *const *partial, double *out)
{
  guint n_lanes = eng_lanes_for_rows (self->x->rows);

  memset (out, 0, count * sizeof (double));
  for (guint lane = 0; lane < n_lanes; lane++)
    eng_la_axpy (count, 1.0 / (double) self->x->rows, partial[lane], out);
}

static void
collect_partial (const EngPowerSum *self, EngMat *out)
{
  double *partial[ENG_N_LANES];

  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    partial[lane] = self->partial[lane].data;
  collect (self, out->rows * out->cols, partial, out->data);
}

/* --- the objective ----------------------------------------------------------------- */

double
eng_power_sum_fit (EngPowerSum  *self,
                   const EngMat *u,
                   const double *signs,
                   double        lambda,
                   EngLanes     *lanes,
                   EngMat       *gradient)
{
  Pass   pass = { .self = self, .u = u, .signs = signs, .x = self->x };
  guint  n_lanes = eng_lanes_for_rows (self->x->rows);
  double p = self->degree, penalty = 0.0;

  g_assert (u->rows <= self->products[0].cols);
  eng_lanes_run (lanes, n_lanes, correlate_lane, &pass);
  self->loss = 0.0;
  for (guint lane = 0; lane < n_lanes; lane++)
    self->loss += self->losses[lane] / (double) self->x->rows;
  if (gradient != NULL)
    collect_partial (self, gradient);
  for (gsize j = 0; j < u->rows; j++)
    {
      const double *row = u->data + j * u->cols;
      double        norm = eng_la_norm (u->cols, row);

      penalty += eng_power (norm, self->degree);
      for (gsize i = 0; gradient != NULL && i < u->cols; i++)
        {
          double *slope = gradient->data + j * u->cols + i;

          *slope = p
                   * (signs[j] * *slope
                      + lambda * eng_power (norm, self->degree - 2) * row[i]);
        }
    }
  return 0.5 * self->loss + lambda * penalty;
}

/* --- the oracle -------------------------------------------------------------------- */

void
eng_power_sum_correlate (EngPowerSum  *self,
                         const EngMat *u,
                         EngLanes     *lanes,
                         double       *values,
                         EngMat       *slopes)
{
  Pass pass = { .self = self, .u = u, .x = self->x };

  g_assert (u->rows <= self->products[0].cols);
  eng_lanes_run (lanes, eng_lanes_for_rows (self->x->rows), correlate_lane, &pass);
  collect (self, u->rows, self->sums, values);
  collect_partial (self, slopes);
}

void
eng_power_sum_climb (EngPowerSum  *self,
                     EngMat       *u,
                     const double *signs,
                     EngLanes     *lanes,
                     double       *values,
                     EngMat       *slopes)
{
  gsize d = u->cols;

  eng_power_sum_correlate (self, u, lanes, values, slopes);
  for (gsize j = 0; j < u->rows; j++)
    {
      double *row = u->data + j * d, *slope = slopes->data + j * d;
      double  norm = eng_la_norm (d, slope);

      /* Where nothing leads uphill it stays. */
      if (!(norm > 0.0))
        continue;
      for (gsize i = 0; i < d; i++)
        row[i] = signs[j] * slope[i] / norm + SHIFT * row[i];
      norm = eng_la_norm (d, row);
      for (gsize i = 0; i < d; i++)
        row[i] /= norm;
    }
}

/* --- least squares ----------------------------------------------------------------- */

static void
gram_lane (guint lane, gpointer data)
{
  Pass        *pass = data;
  EngPowerSum *self = pass->self;
  gsize        k = pass->u->rows;
  EngMat       partial = { k, k, self->partial[lane].data };

  clear_sums (self, lane, k, k);
  for (gsize block = lane;
       block < eng_lanes_n_blocks (pass->x->rows) && !should_stop (self);
       block += ENG_N_LANES)
    {
      EngMat        z, x = read_block (pass, lane, block, &z);
      const double *y = self->y + block * ENG_BLOCK_ROWS;

      for (gsize i = 0; i < x.rows; i++)
        for (gsize j = 0; j < k; j++)
          {
            double *value = z.data + i * k + j;

            *value = eng_power (*value, self->degree);
            self->sums[lane][j] += y[i] * *value;
          }
      eng_la_gemm_tn (1.0, &z, &z, 1.0, &partial);
    }
}

void
eng_power_sum_gram (EngPowerSum  *self,
                    const EngMat *u,
                    EngLanes     *lanes,
                    EngMat       *gram,
                    double       *products)
{
  Pass pass = { .self = self, .u = u, .x = self->x };

  g_assert (u->rows <= self->products[0].cols && u->rows > 0);
  eng_lanes_run (lanes, eng_lanes_for_rows (self->x->rows), gram_lane, &pass);
  collect (self, u->rows, self->sums, products);
  collect_partial (self, gram);
}

/* --- predictions ------------------------------------------------------------------- */

static void
evaluate_lane (guint lane, gpointer data)
{
  Pass *pass = data;

  for (gsize block = lane; block < eng_lanes_n_blocks (pass->x->rows);
       block += ENG_N_LANES)
    {
      EngMat z, x = read_block (pass, lane, block, &z);

      for (gsize i = 0; i < x.rows; i++)
        pass->out[block * ENG_BLOCK_ROWS + i] = (float) sum_powers (pass,
                                                                    z.data + i * z.cols);
    }
}

void
eng_power_sum_evaluate (EngPowerSum   *self,
                        const EngMat  *u,
                        const double  *signs,
                        const EngMatF *x,
                        EngLanes      *lanes,
                        float         *out)
{
  Pass pass = { self, u, signs, x, out };

  eng_lanes_run (lanes, eng_lanes_for_rows (x->rows), evaluate_lane, &pass);
}
