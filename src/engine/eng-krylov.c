/* SPDX-License-Identifier: GPL-3.0-or-later
 * Block Krylov iteration. */
#include "config.h"

#include "eng-krylov.h"

#include <math.h>
#include <string.h>

/* What is left of a new direction below this share of its block is rounding. */
#define EXHAUSTED 1e-10

void
eng_krylov_init (EngKrylov *self,
                 gsize      p,
                 gsize      max_block,
                 gsize      max_rows,
                 EngArena  *arena)
{
  self->basis = eng_arena_mat (arena, max_rows, p);
  self->images = eng_arena_mat (arena, max_rows, p);
  self->rest = eng_arena_mat (arena, max_block, p);
  self->products = eng_arena_mat (arena, max_block, max_rows);
  self->ritz = eng_arena_mat (arena, max_rows, max_rows);
  self->chosen = eng_arena_mat (arena, max_block, max_rows);
  self->values = eng_arena_doubles (arena, max_rows);
  self->order = eng_arena_bytes (arena, max_rows, sizeof (gsize));
  self->solver = eng_arena_doubles (arena, eng_la_eigh_doubles (max_rows));
  self->integers = eng_arena_bytes (arena, eng_la_eigh_integers (max_rows), sizeof (int));
}

double
eng_krylov_estimate_bytes (double p, double max_block, double max_rows)
{
  return sizeof (double)
         * (2.0 * max_rows * p + max_block * (p + 2.0 * max_rows)
            + 3.0 * max_rows * max_rows + 15.0 * max_rows);
}

/* rest <- rest − (rest basisᵀ) basis, twice. */
static void
project_out (EngKrylov *self, EngMat *rest, gsize n)
{
  EngMat basis = { n, self->basis.cols, self->basis.data };
  EngMat products = { rest->rows, n, self->products.data };

  for (guint pass = 0; pass < 2 && n > 0; pass++)
    {
      eng_la_gemm_nt (1.0, rest, &basis, 0.0, &products);
      eng_la_gemm_nn (-1.0, &products, &basis, 1.0, rest);
    }
}

static gsize
find_longest (const EngMat *a, double *norm)
{
  gsize longest = 0;

  *norm = -1.0;
  for (gsize i = 0; i < a->rows; i++)
    {
      double length = eng_la_norm (a->cols, a->data + i * a->cols);

      if (length > *norm)
        {
          longest = i;
          *norm = length;
        }
    }
  return longest;
}

/* Appends to the basis of `n` rows what `rest` adds to it: Gram-Schmidt, the longest row
 * first, each made orthogonal to all once more before it is taken.  Returns: how many. */
static gsize
extend (EngKrylov *self, EngMat *rest, gsize n, double smallest)
{
  gsize p = rest->cols, added = 0;

  while (added < rest->rows && n + added < self->basis.rows)
    {
      double  norm;
      gsize   longest = find_longest (rest, &norm);
      double *from = rest->data + longest * p;
      EngMat  row = { 1, p, self->basis.data + (n + added) * p };

      if (!(norm > smallest))
        break;
      for (gsize j = 0; j < p; j++)
        row.data[j] = from[j] / norm;
      project_out (self, &row, n + added);
      norm = eng_la_norm (p, row.data);
      for (gsize j = 0; j < p; j++)
        row.data[j] /= norm;
      memset (from, 0, p * sizeof (double));
      for (gsize i = 0; i < rest->rows; i++)
        eng_la_axpy (p, -eng_la_dot (p, row.data, rest->data + i * p), row.data,
                     rest->data + i * p);
      added++;
    }
  return added;
}

static gsize
begin (EngKrylov *self, gsize block, const EngMat *start, EngRng *rng)
{
  gsize  p = self->basis.cols, given = start == NULL ? 0 : MIN (start->rows, block);
  EngMat rest = { block, p, self->rest.data };

  if (given > 0)
    memcpy (rest.data, start->data, given * p * sizeof (double));
  eng_rng_fill_gaussian (rng, (block - given) * p, rest.data + given * p);
  return extend (self, &rest, 0, 0.0);
}

/* T = sym (B A Bᵀ), its eigenvectors as rows. */
static gboolean
solve_ritz (EngKrylov *self, gsize n, EngMat *ritz)
{
  EngMat basis = { n, self->basis.cols, self->basis.data };
  EngMat images = { n, self->basis.cols, self->images.data };
  double sum = 0.0;

  *ritz = (EngMat){ n, n, self->ritz.data };
  eng_la_gemm_nt (1.0, &basis, &images, 0.0, ritz);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j <= i; j++)
      {
        double mean = 0.5 * (ritz->data[i * n + j] + ritz->data[j * n + i]);

        ritz->data[i * n + j] = ritz->data[j * n + i] = mean;
        sum += fabs (mean);
      }
  return isfinite (sum)
         && eng_la_eigh_with (ritz, self->values, self->solver, self->integers);
}

gsize
eng_krylov_find (EngKrylov     *self,
                 EngKrylovApply apply,
                 gpointer       data,
                 gsize          k,
                 gsize          block,
                 gsize          passes,
                 const EngMat  *start,
                 EngRng        *rng,
                 EngMat        *v,
                 double        *theta)
{
  gsize  p = self->basis.cols, n = 0, added;
  EngMat ritz, chosen, found;

  block = MIN (block, p);
  g_assert (block <= self->rest.rows && block * passes <= self->basis.rows);
  g_assert (k <= self->rest.rows && v->rows >= k && v->cols == p);
  added = begin (self, block, start, rng);
  for (gsize pass = 0; pass < passes && added > 0; pass++)
    {
      EngMat newest = { added, p, self->basis.data + n * p };
      EngMat images = { added, p, self->images.data + n * p };
      EngMat rest = { added, p, self->rest.data };
      double norm;

      apply (data, &newest, &images);
      norm = eng_la_norm (added * p, images.data);
      n += added;
      if (!isfinite (norm))
        return 0;
      if (pass + 1 == passes)
        break;
      memcpy (rest.data, images.data, added * p * sizeof (double));
      project_out (self, &rest, n);
      added = extend (self, &rest, n, EXHAUSTED * norm);
    }
  if (n == 0 || !solve_ritz (self, n, &ritz))
    return 0;
  k = eng_la_largest (n, self->values, MIN (k, n), self->order);
  chosen = (EngMat){ k, n, self->chosen.data };
  for (gsize j = 0; j < k; j++)
    {
      memcpy (chosen.data + j * n, ritz.data + self->order[j] * n, n * sizeof (double));
      theta[j] = self->values[self->order[j]];
    }
  found = (EngMat){ k, p, v->data };
  eng_la_gemm_nn (1.0, &chosen, &(EngMat){ n, p, self->basis.data }, 0.0, &found);
  return k;
}
