/* SPDX-License-Identifier: GPL-3.0-or-later
 * Contractions of Hermite tensors. */
#include "config.h"

#include "eng-tensor.h"

#include "eng-hermite-value.h"
#include "eng-kernels.h"

#include <string.h>

typedef struct
{
  EngTensor    *self;
  const double *y; /* (n) */
  guint         degree;
  const EngMat *u;       /* (k, d) */
  const double *squares; /* (k) |u_j|² */
} Contraction;

void
eng_tensor_init (EngTensor *self, const EngMatF *x, gsize most, EngArena *arena)
{
  gsize d = x->cols;

  self->x = *x;
  self->cancel = NULL;
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      self->block[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, d);
      self->projections[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, most);
      self->sums[lane] = eng_arena_mat (arena, most, d);
      self->lower[lane] = eng_arena_doubles (arena, 2 * most);
    }
}

double
eng_tensor_estimate_bytes (double d, double most)
{
  return sizeof (double) * ENG_N_LANES
         * (ENG_BLOCK_ROWS * (d + most) + most * d + 2.0 * most);
}

/* projections <- y_i H_{p−1} (z_ij), lower_j += y_i H_{p−2} (z_ij) */
static void
weigh (const Contraction *job, gsize first, EngMat *projections, double *lower)
{
  for (gsize i = 0; i < projections->rows; i++)
    for (gsize j = 0; j < projections->cols; j++)
      {
        double *z = projections->data + i * projections->cols + j;
        double  y = job->y[first + i], q = job->squares[j];

        lower[j] += y * eng_hermite_monic_value (job->degree - 2, *z, q);
        *z = y * eng_hermite_monic_value (job->degree - 1, *z, q);
      }
}

static gboolean
has_given_up (const EngTensor *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

static void
contract_lane (guint lane, gpointer data)
{
  const Contraction *job = data;
  EngTensor         *self = job->self;
  gsize              n = self->x.rows, d = self->x.cols, k = job->u->rows;
  EngMat             sums = { k, d, self->sums[lane].data };

  memset (sums.data, 0, k * d * sizeof (double));
  memset (self->lower[lane], 0, k * sizeof (double));
  for (gsize block = lane; block < eng_lanes_n_blocks (n) && !has_given_up (self);
       block += ENG_N_LANES)
    {
      gsize  first = block * ENG_BLOCK_ROWS, rows = MIN (ENG_BLOCK_ROWS, n - first);
      EngMat x = { rows, d, self->block[lane].data };
      EngMat projections = { rows, k, self->projections[lane].data };

      eng_kernel_widen (rows * d, self->x.data + first * d, x.data);
      eng_la_gemm_nt (1.0, &x, job->u, 0.0, &projections);
      weigh (job, first, &projections, self->lower[lane]);
      eng_la_gemm_tn (1.0, &projections, &x, 1.0, &sums);
    }
}

gboolean
eng_tensor_contract (EngTensor    *self,
                     const double *y,
                     guint         degree,
                     const EngMat *u,
                     EngLanes     *lanes,
                     EngMat       *g)
{
  gsize       n = self->x.rows, d = self->x.cols, most = self->sums[0].rows;
  double     *squares = self->lower[0] + most;
  Contraction job = { self, y, degree, u, squares };
  guint       n_lanes = eng_lanes_for_rows (n);

  g_assert (degree >= 2 && u->rows <= most && u->cols == d);
  g_assert (g->rows == u->rows && g->cols == d);
  for (gsize j = 0; j < u->rows; j++)
    squares[j] = eng_la_dot (d, u->data + j * d, u->data + j * d);
  eng_lanes_run (lanes, n_lanes, contract_lane, &job);
  for (gsize j = 0; j < u->rows; j++)
    {
      double *row = g->data + j * d, lower = 0.0;

      for (guint lane = 0; lane < n_lanes; lane++)
        lower += self->lower[lane][j];
      for (gsize i = 0; i < d; i++)
        row[i] = -(degree - 1.0) * lower / (double) n * u->data[j * d + i];
      for (guint lane = 0; lane < n_lanes; lane++)
        eng_la_axpy (d, 1.0 / (double) n, self->sums[lane].data + j * d, row);
    }
  return !has_given_up (self);
}

/* Its rows are its products with the unit vectors, as many at once as there is room for. */
gboolean
eng_tensor_fill_matrix (EngTensor *self, const double *y, EngLanes *lanes, EngMat *m)
{
  gsize d = self->x.cols, most = self->sums[0].rows;

  for (gsize first = 0; first < d; first += most)
    {
      gsize  k = MIN (most, d - first);
      EngMat rows = { k, d, m->data + first * d };

      memset (rows.data, 0, k * d * sizeof (double));
      for (gsize j = 0; j < k; j++)
        rows.data[j * d + first + j] = 1.0;
      if (!eng_tensor_contract (self, y, 2, &rows, lanes, &rows))
        return FALSE;
    }
  return TRUE;
}
