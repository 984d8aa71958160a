/* SPDX-License-Identifier: GPL-3.0-or-later
 * The heads of AP-ROM. */
#include "config.h"

#include "eng-head.h"

#include <math.h>
#include <string.h>

void
eng_head_init (EngHead    *self,
               EngSensing *sensing,
               gsize       p,
               gsize       max_rank,
               gsize       passes,
               gboolean    dense,
               EngArena   *arena)
{
  gsize largest = dense ? MAX (p, max_rank) : max_rank;
  gsize rows = dense ? MAX (max_rank * passes, ENG_HEAD_LAZY_STEPS) : max_rank * passes;

  self->sensing = sensing;
  self->v = eng_arena_mat (arena, max_rank, p);
  self->theta = eng_arena_doubles (arena, max_rank);
  eng_krylov_init (&self->krylov, p, max_rank, rows, arena);
  self->span = eng_arena_mat (arena, max_rank, p);
  self->image = eng_arena_mat (arena, max_rank, p);
  self->small = eng_arena_mat (arena, max_rank, max_rank);
  self->mixed = eng_arena_mat (arena, max_rank, max_rank);
  self->values = eng_arena_doubles (arena, largest);
  self->order = eng_arena_bytes (arena, largest, sizeof (gsize));
  self->solver = eng_arena_doubles (arena, eng_la_eigh_doubles (largest));
  self->integers = eng_arena_bytes (arena, eng_la_eigh_integers (largest), sizeof (int));
  if (dense)
    self->dense = eng_arena_mat (arena, p, p);
}

double
eng_head_estimate_bytes (double p, double max_rank, double passes, gboolean dense)
{
  double rows = MAX (max_rank * passes, dense ? ENG_HEAD_LAZY_STEPS : 0);

  return eng_krylov_estimate_bytes (p, max_rank, rows)
         + sizeof (double) * (3.0 * max_rank * p + 5.0 * max_rank * max_rank)
         + (dense ? 3.0 * sizeof (double) * p * p : 0.0);
}

/* --- operators --------------------------------------------------------------------- */

static void
apply_implicit (gpointer data, const EngMat *v, EngMat *gv)
{
  EngHead *self = data;

  eng_sensing_apply (self->sensing, v, self->lanes, gv);
}

static void
apply_dense (gpointer data, const EngMat *v, EngMat *gv)
{
  EngHead *self = data;

  eng_la_gemm_nn (1.0, v, &self->dense, 0.0, gv);
}

/* v <- v − (v Fᵀ) F, F the rows that LazySVD has found. */
static void
deflate (EngHead *self, EngMat *v)
{
  EngMat found = { self->n_found, self->span.cols, self->span.data };

  for (gsize i = 0; i < v->rows; i++)
    for (gsize j = 0; j < found.rows; j++)
      {
        const double *u = found.data + j * found.cols;
        double       *row = v->data + i * v->cols;

        eng_la_axpy (v->cols, -eng_la_dot (v->cols, u, row), u, row);
      }
}

static void
apply_deflated (gpointer data, const EngMat *v, EngMat *gv)
{
  EngHead *self = data;
  EngMat   rest = { v->rows, v->cols, self->image.data };

  memcpy (rest.data, v->data, v->rows * v->cols * sizeof (double));
  deflate (self, &rest);
  eng_la_gemm_nn (1.0, &rest, &self->dense, 0.0, gv);
  deflate (self, gv);
}

/* --- heads ------------------------------------------------------------------------- */

gboolean
eng_head_find_implicit (EngHead      *self,
                        gsize         k,
                        gsize         passes,
                        const EngMat *start,
                        EngRng       *rng,
                        EngLanes     *lanes)
{
  self->lanes = lanes;
  self->k = eng_krylov_find (&self->krylov, apply_implicit, self, k, k, passes, start,
                             rng, &self->v, self->theta);
  return self->k > 0;
}

gboolean
eng_head_find_top (EngHead *self, gsize passes, EngRng *rng, EngLanes *lanes)
{
  gsize block = MIN (2, self->v.rows);

  self->lanes = lanes;
  self->k = eng_krylov_find (&self->krylov, apply_implicit, self, 1, block, passes, NULL,
                             rng, &self->v, self->theta);
  return self->k > 0;
}

gboolean
eng_head_find_dense (EngHead      *self,
                     gsize         k,
                     gsize         passes,
                     const EngMat *start,
                     EngRng       *rng,
                     EngLanes     *lanes)
{
  eng_sensing_get_dense (self->sensing, lanes, &self->dense);
  self->k = eng_krylov_find (&self->krylov, apply_dense, self, k, k, passes, start, rng,
                             &self->v, self->theta);
  return self->k > 0;
}

/* v, theta <- the eigenpairs of spanᵀ small span, span having orthonormal rows. */
static gboolean
diagonalise (EngHead *self, const EngMat *span, EngMat *small)
{
  EngMat v = { span->rows, span->cols, self->v.data };

  if (!isfinite (eng_la_norm (small->rows * small->cols, small->data))
      || !eng_la_eigh_with (small, self->theta, self->solver, self->integers))
    return FALSE;
  eng_la_gemm_nn (1.0, small, span, 0.0, &v);
  self->k = span->rows;
  return TRUE;
}

/* On the orthonormal rows [U; Q], Q what G U has beyond U: G U = UW U + C Q, and the
 * projection is [[sym UW, C], [Cᵀ, 0]]. */
gboolean
eng_head_project_tangent (EngHead *self, const EngLowRank *l, const EngMat *gu)
{
  EngMat u = eng_low_rank_terms (l);
  gsize  r = u.rows, p = u.cols, n;
  EngMat rest = { r, p, self->span.data + r * p };
  EngMat within = { r, r, self->mixed.data }, beyond = { r, r, self->mixed.data + r * r };
  EngMat small, span;

  g_assert (2 * r <= self->span.rows && gu->rows == r && gu->cols == p);
  if (!isfinite (eng_la_norm (r * p, gu->data)))
    return FALSE;
  memcpy (rest.data, gu->data, r * p * sizeof (double));
  memcpy (self->span.data, u.data, r * p * sizeof (double));
  eng_la_gemm_nt (1.0, &rest, &u, 0.0, &within);
  eng_la_gemm_nn (-1.0, &within, &u, 1.0, &rest);
  eng_low_rank_orthonormalise (&rest, &beyond);
  n = r + rest.rows;
  small = (EngMat){ n, n, self->small.data };
  memset (small.data, 0, n * n * sizeof (double));
  for (gsize i = 0; i < r; i++)
    {
      for (gsize j = 0; j < r; j++)
        small.data[i * n + j] = 0.5 * (within.data[i * r + j] + within.data[j * r + i]);
      for (gsize j = 0; j < rest.rows; j++)
        small.data[i * n + r + j] = small.data[(r + j) * n + i] = beyond.data[i * r + j];
    }
  span = (EngMat){ n, p, self->span.data };
  return diagonalise (self, &span, &small);
}

gboolean
eng_head_find_lazy (EngHead *self, gsize k, EngRng *rng, EngLanes *lanes)
{
  gsize  p = self->span.cols, steps = MIN (ENG_HEAD_LAZY_STEPS, p);
  EngMat found, images, small;

  eng_sensing_get_dense (self->sensing, lanes, &self->dense);
  for (self->n_found = 0; self->n_found < k; self->n_found++)
    {
      EngMat next = { 1, p, self->span.data + self->n_found * p };
      double theta, norm;

      if (eng_krylov_find (&self->krylov, apply_deflated, self, 1, 1, steps, NULL, rng,
                           &next, &theta)
          == 0)
        return FALSE;
      deflate (self, &next);
      norm = eng_la_norm (p, next.data);
      for (gsize j = 0; j < p; j++)
        next.data[j] /= norm;
    }
  found = (EngMat){ k, p, self->span.data };
  images = (EngMat){ k, p, self->image.data };
  small = (EngMat){ k, k, self->small.data };
  eng_la_gemm_nn (1.0, &found, &self->dense, 0.0, &images);
  eng_la_gemm_nt (1.0, &found, &images, 0.0, &small);
  return diagonalise (self, &found, &small);
}

gboolean
eng_head_find_exact (EngHead *self, gsize k, EngLanes *lanes)
{
  gsize p = self->dense.cols;

  eng_sensing_get_dense (self->sensing, lanes, &self->dense);
  if (!isfinite (eng_la_norm (p * p, self->dense.data))
      || !eng_la_eigh_with (&self->dense, self->values, self->solver, self->integers))
    return FALSE;
  self->k = eng_la_largest (p, self->values, k, self->order);
  for (gsize j = 0; j < self->k; j++)
    {
      memcpy (self->v.data + j * p, self->dense.data + self->order[j] * p,
              p * sizeof (double));
      self->theta[j] = self->values[self->order[j]];
    }
  return TRUE;
}
