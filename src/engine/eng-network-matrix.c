/* SPDX-License-Identifier: GPL-3.0-or-later
 * The symmetric matrix that a network with square activations is. */
#include "config.h"

#include "eng-network.h"

#include <math.h>

static gboolean
is_square (const EngSettings *settings)
{
  const char *id = eng_settings_get_choice (settings, "activation");

  return eng_activation_find (id)->is_square && eng_two_layer_is_paired (settings)
         && !(eng_settings_get_double (settings, "bias") > 0);
}

gboolean
eng_network_is_matrix (EngSpec *spec, const EngSettings *settings)
{
  return eng_problem_spec_has_truth (spec) && is_square (settings);
}

void
eng_network_matrix_init (EngNetwork *self, EngArena *arena)
{
  EngNetworkMatrix *matrix = &self->matrix;
  gsize             m = self->net.m, d = self->net.d, rank = MIN (m, d);
  gsize             n_rows = m <= d ? m : ENG_BLOCK_ROWS;

  self->has_matrix = TRUE;
  matrix->is_stale = TRUE;
  eng_low_rank_init (&matrix->l, d, rank, arena);
  eng_low_rank_work_init (&matrix->work, d, rank, arena);
  matrix->rows = eng_arena_mat (arena, n_rows, d);
  matrix->scaled = eng_arena_mat (arena, m <= d ? 0 : n_rows, d);
  matrix->dense = eng_arena_mat (arena, m <= d ? 0 : d, d);
  matrix->values = eng_arena_doubles (arena, n_rows);
}

double
eng_network_matrix_estimate_bytes (const EngSettings *settings, double d)
{
  double m = eng_settings_get_double (settings, "m"), rank = MIN (m, d);

  if (!is_square (settings))
    return 0.0;
  /* Three times: also for what records the matrix and what measures it. */
  return 3.0 * eng_low_rank_work_estimate_bytes (d, rank)
         + sizeof (double)
               * (rank * d + d * d + (2.0 * ENG_BLOCK_ROWS + rank) * (d + 1.0));
}

/* Weights `first` ... in double, and their coefficients.  Returns: a view of them. */
static EngMat
get_rows (EngNetwork *self, gsize first)
{
  const EngTwoLayer *net = &self->net;
  EngNetworkMatrix  *matrix = &self->matrix;
  gsize              d = net->d, n = MIN (matrix->rows.rows, net->m - first);
  const float       *w0 = net->w0.data + first * d, *w = net->w.data + first * d;
  double             zero = 0.0, second;

  net->activation->second (1, &zero, &second);
  for (gsize i = 0; i < n * d; i++)
    matrix->rows.data[i] = (double) w0[i] + w[i];
  for (gsize r = 0; r < n; r++)
    matrix->values[r] = 0.5 * second * self->alpha * net->a[first + r]
                        / sqrt ((double) net->m);
  return (EngMat){ n, d, matrix->rows.data };
}

/* Few neurons: their sum, term by term. */
static void
find_from_terms (EngNetwork *self)
{
  EngNetworkMatrix *matrix = &self->matrix;
  EngMat            rows = get_rows (self, 0);
  gsize             before = matrix->l.rank;

  matrix->l.rank = 0;
  if (!eng_low_rank_add (&matrix->l, &rows, matrix->values, rows.rows, &matrix->work))
    matrix->l.rank = before;
}

/* More neurons than dimensions: the matrix itself. */
static void
find_from_dense (EngNetwork *self)
{
  EngNetworkMatrix *matrix = &self->matrix;
  gsize             d = self->net.d;

  for (gsize first = 0; first < self->net.m; first += ENG_BLOCK_ROWS)
    {
      EngMat rows = get_rows (self, first),
             scaled = { rows.rows, d, matrix->scaled.data };

      for (gsize r = 0; r < rows.rows; r++)
        for (gsize j = 0; j < d; j++)
          scaled.data[r * d + j] = matrix->values[r] * rows.data[r * d + j];
      eng_la_gemm_tn (1.0, &scaled, &rows, first == 0 ? 0.0 : 1.0, &matrix->dense);
    }
  (void) eng_low_rank_decompose (&matrix->l, &matrix->dense, &matrix->work);
}

const EngLowRank *
eng_network_get_matrix (EngNetwork *self)
{
  if (self->matrix.is_stale && self->net.m <= self->net.d)
    find_from_terms (self);
  else if (self->matrix.is_stale)
    find_from_dense (self);
  self->matrix.is_stale = FALSE;
  return &self->matrix.l;
}
