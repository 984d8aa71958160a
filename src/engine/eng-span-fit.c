/* SPDX-License-Identifier: GPL-3.0-or-later
 * Polynomial ridge regression in a span. */
#include "config.h"

#include "eng-span-fit.h"

#include "eng-kernels.h"
#include "eng-lanes.h"
#include "eng-low-rank.h"

#include <math.h>
#include <string.h>

typedef struct
{
  EngSpanFit    *self;
  const EngMatF *x;
  float         *out; /* (n) of predictions */
} Job;

/* --- features ---------------------------------------------------------------------- */

/* Degree by degree, variables in order: a child of z_a … z_b multiplies by z_b or a later
 * one.  Its multinomial coefficient is the parent's, times what was left of the degree, by
 * the power it has reached. */
static void
list_features (EngSpanFit *self, guint degree)
{
  gsize first = 0, n = 1;

  self->features[0] = (EngSpanFeature){ .scale = 1.0 };
  for (guint t = 1; t <= degree; t++)
    {
      gsize end = n;

      for (gsize parent = first; parent < end; parent++)
        for (gsize v = self->features[parent].variable; v < self->r; v++)
          {
            EngSpanFeature *from = &self->features[parent];
            guint           power = t > 1 && v == from->variable ? from->power + 1 : 1;

            self->features[n++] = (EngSpanFeature){
              parent, v, power, from->scale * (degree - t + 1) / power / (double) self->r
            };
          }
      first = end;
    }
  g_assert (n == self->n_features);
  for (gsize k = 0; k < n; k++)
    self->features[k].scale = sqrt (self->features[k].scale);
}

/* The monomials of one input.   z: (basis rows)  row: (n_features) */
static void
evaluate (const EngSpanFit *self, const double *z, double *row)
{
  row[0] = 1.0;
  for (gsize k = 1; k < self->n_features; k++)
    {
      const EngSpanFeature *feature = &self->features[k];

      row[k] = feature->variable < self->basis.rows
                   ? row[feature->parent] * z[feature->variable]
                   : 0.0;
    }
}

/* Coordinates of the rows of a block in the span.   x: (rows, d) */
static EngMat
project_block (EngSpanFit *self, guint lane, const EngMatF *x, gsize first)
{
  EngMat block = { MIN (ENG_BLOCK_ROWS, x->rows - first), x->cols,
                   self->block[lane].data };
  EngMat z = { block.rows, self->basis.rows, self->coordinates[lane].data };

  eng_kernel_widen (block.rows * x->cols, x->data + first * x->cols, block.data);
  if (z.cols > 0)
    eng_la_gemm_nt (1.0, &block, &self->basis, 0.0, &z);
  return z;
}

/* --- memory ------------------------------------------------------------------------ */

void
eng_span_fit_init (EngSpanFit    *self,
                   const EngMatF *x,
                   const double  *y,
                   gsize          r,
                   guint          degree,
                   double         ridge,
                   EngArena      *arena)
{
  self->x = *x;
  self->y = y;
  self->cancel = NULL;
  self->r = r;
  self->ridge = ridge;
  self->n_features = eng_problem_basis_size (r, degree);
  self->features = eng_arena_bytes (arena, self->n_features, sizeof (EngSpanFeature));
  self->basis = eng_arena_mat (arena, r, x->cols);
  self->values = eng_arena_mat (arena, self->n_features, x->rows);
  eng_normal_init (&self->normal, self->n_features, arena);
  self->c = eng_arena_doubles (arena, self->n_features);
  self->residual = eng_arena_doubles (arena, x->rows);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      self->block[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, x->cols);
      self->coordinates[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, r);
      self->row[lane] = eng_arena_doubles (arena, self->n_features);
    }
  list_features (self, degree);
}

double
eng_span_fit_estimate_bytes (const EngSizes *sizes, double r, guint degree)
{
  double features = (double) eng_problem_basis_size ((gsize) r, degree);

  return eng_normal_estimate_bytes (features) + sizeof (EngSpanFeature) * features
         + sizeof (double)
               * (sizes->n * (features + 1.0) + r * sizes->d + features
                  + ENG_N_LANES * (ENG_BLOCK_ROWS * (sizes->d + r) + features));
}

/* --- solution ---------------------------------------------------------------------- */

static gboolean
should_stop (const EngSpanFit *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

static void
evaluate_lane (guint lane, gpointer data)
{
  EngSpanFit *self = ((Job *) data)->self;
  gsize       n = self->x.rows;
  double     *row = self->row[lane];

  for (gsize block = lane; block < eng_lanes_n_blocks (n) && !should_stop (self);
       block += ENG_N_LANES)
    {
      gsize  first = block * ENG_BLOCK_ROWS;
      EngMat z = project_block (self, lane, &self->x, first);

      for (gsize i = 0; i < z.rows; i++)
        {
          evaluate (self, z.data + i * z.cols, row);
          for (gsize k = 0; k < self->n_features; k++)
            self->values.data[k * n + first + i] = self->features[k].scale * row[k];
        }
    }
}

/* Rows of the features' products, shared out. */
static void
gram_lane (guint lane, gpointer data)
{
  EngSpanFit *self = ((Job *) data)->self;
  gsize       n = self->x.rows, first, last;

  eng_lanes_share (self->n_features, lane, &first, &last);
  for (gsize end; first < last && !should_stop (self); first = end)
    {
      EngMat some, rows;

      end = MIN (first + ENG_BLOCK_ROWS, last);
      some = (EngMat){ end - first, n, self->values.data + first * n };
      rows = (EngMat){ end - first, self->n_features,
                       self->normal.k.data + first * self->n_features };
      eng_la_gemm_nt (1.0, &some, &self->values, 0.0, &rows);
    }
}

gboolean
eng_span_fit_solve (EngSpanFit *self, const EngMat *u, EngLanes *lanes)
{
  gsize n = self->x.rows, d = self->x.cols;
  Job   job = { .self = self };

  self->basis.rows = u->rows;
  memcpy (self->basis.data, u->data, u->rows * d * sizeof (double));
  (void) eng_low_rank_orthonormalise (&self->basis, NULL);
  eng_lanes_run (lanes, eng_lanes_for_rows (n), evaluate_lane, &job);
  eng_lanes_run (lanes, ENG_N_LANES, gram_lane, &job);
  /* The same trace is shared by n samples in one picture and by the features in the other. */
  if (should_stop (self)
      || !eng_normal_factor (&self->normal,
                             self->ridge * (double) self->n_features / (double) n, lanes,
                             self->cancel))
    return FALSE;
  eng_la_gemv (1.0, &self->values, self->y, 0.0, self->c);
  eng_normal_solve (&self->normal, self->c);
  memcpy (self->residual, self->y, n * sizeof (double));
  eng_la_gemv_t (1.0, &self->values, self->c, -1.0, self->residual);
  return TRUE;
}

double
eng_span_fit_get_loss (const EngSpanFit *self)
{
  gsize n = self->x.rows;

  return eng_la_dot (n, self->residual, self->residual) / (double) n;
}

/* --- predictions ------------------------------------------------------------------- */

static void
predict_lane (guint lane, gpointer data)
{
  Job        *job = data;
  EngSpanFit *self = job->self;
  double     *row = self->row[lane];

  for (gsize block = lane; block < eng_lanes_n_blocks (job->x->rows);
       block += ENG_N_LANES)
    {
      gsize  first = block * ENG_BLOCK_ROWS;
      EngMat z = project_block (self, lane, job->x, first);

      for (gsize i = 0; i < z.rows; i++)
        {
          double f = 0.0;

          evaluate (self, z.data + i * z.cols, row);
          for (gsize k = 0; k < self->n_features; k++)
            f += self->c[k] * self->features[k].scale * row[k];
          job->out[first + i] = (float) f;
        }
    }
}

void
eng_span_fit_predict (EngSpanFit *self, const EngMatF *x, EngLanes *lanes, float *out)
{
  Job job = { self, x, out };

  eng_lanes_run (lanes, eng_lanes_for_rows (x->rows), predict_lane, &job);
}

/* --- export ------------------------------------------------------------------------ */

void
eng_span_fit_add_arrays (const EngSpanFit *self, EngArrays *arrays)
{
  gsize              r = self->basis.rows;
  g_autofree double *all = g_new0 (double, self->n_features *r + 1);
  g_autofree double *powers = g_new (double, self->n_features *r + 1);
  g_autofree double *c = g_new (double, self->n_features);
  gsize              n = 0;

  for (gsize k = 0; k < self->n_features; k++)
    {
      const EngSpanFeature *feature = &self->features[k];

      /* Of a coordinate that the span does not have. */
      if (k > 0 && feature->variable >= r)
        continue;
      if (k > 0)
        {
          memcpy (all + k * r, all + feature->parent * r, r * sizeof (double));
          all[k * r + feature->variable] = feature->power;
        }
      memcpy (powers + n * r, all + k * r, r * sizeof (double));
      c[n++] = self->c[k] * feature->scale;
    }
  eng_arrays_add_mat (arrays, "basis", &self->basis);
  eng_arrays_add_mat (arrays, "powers", &(EngMat){ n, r, powers });
  eng_arrays_add (arrays, "c", n, c);
}
