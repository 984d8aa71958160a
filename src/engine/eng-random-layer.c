/* SPDX-License-Identifier: GPL-3.0-or-later
 * Random features and their principal components. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-random-layer.h"

#include <math.h>
#include <string.h>

/* Eigenvalues below this share of the largest are rounding of features in float. */
#define ROUNDING_SHARE 1e-10

void
eng_random_layer_init (EngRandomLayer *self, gboolean moves, EngArena *arena)
{
  gsize n = self->n_features, k = self->n_components, d = self->d;

  self->v0 = eng_arena_matf (arena, n, d);
  self->v = eng_arena_matf (arena, n, d);
  self->dv = eng_arena_matf (arena, moves ? n : 0, d);
  self->b = eng_arena_floats (arena, n);
  self->t = eng_arena_matf (arena, k, n);
  self->moments = eng_arena_floats (arena, k);
  self->values = eng_arena_doubles (arena, n);
  self->sigma = eng_arena_mat (arena, n, n);
  self->wide = eng_arena_mat (arena, ENG_BLOCK_ROWS, n);
  self->x = eng_arena_matf (arena, ENG_BLOCK_ROWS, d);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      self->z[lane] = eng_arena_matf (arena, ENG_BLOCK_ROWS, n);
      self->g[lane] = eng_arena_matf (arena, ENG_BLOCK_ROWS, n);
    }
}

double
eng_random_layer_estimate_bytes (double d, double n_features, double n_components)
{
  double blocks = ENG_BLOCK_ROWS * (2.0 * ENG_N_LANES + 2.0);

  /* The solver works on as much again twice. */
  return sizeof (float) * n_features * (3.0 * d + n_components + blocks)
         + sizeof (double) * 3.0 * n_features * n_features;
}

void
eng_random_layer_draw (EngRandomLayer *self, guint64 seed)
{
  g_autoptr (EngRng) rng = eng_rng_new (seed, "w0", 1);
  g_autofree double *row = g_new (double, self->d);
  gsize              d = self->d;

  for (gsize l = 0; l < self->n_features; l++)
    {
      eng_rng_fill_direction (rng, d, row);
      for (gsize j = 0; j < d; j++)
        self->v0.data[l * d + j] = (float) row[j];
      self->b[l] = (float) eng_rng_gaussian (rng);
    }
  memcpy (self->v.data, self->v0.data, self->n_features * d * sizeof (float));
}

/* --- fit --------------------------------------------------------------------------- */

/* Σ̂ += g gᵀ / n over the rows of `x`. */
static void
add_moments (EngRandomLayer *self, const EngMatF *x, gsize n)
{
  EngMat g = { x->rows, self->n_features, self->wide.data };

  eng_random_layer_features (self, 0, x);
  eng_kernel_widen (x->rows * self->n_features, self->g[0].data, g.data);
  eng_la_gemm_tn (1.0 / (double) n, &g, &g, 1.0, &self->sigma);
}

/* Returns: FALSE if the owner wants to stop. */
static gboolean
estimate_moments (EngRandomLayer *self, EngProblem *problem, gsize n_inputs, guint64 seed)
{
  g_autoptr (EngRng) rng = eng_rng_new (seed, "unlabelled", 0);
  gsize              n = n_inputs > 0 ? n_inputs : problem->n;

  memset (self->sigma.data, 0, self->sigma.rows * self->sigma.cols * sizeof (double));
  for (gsize first = 0; first < n; first += ENG_BLOCK_ROWS)
    {
      gsize   rows = MIN (ENG_BLOCK_ROWS, n - first);
      EngMatF x = n_inputs > 0 ? eng_matf_rows (&self->x, 0, rows)
                               : eng_matf_rows (&problem->x_train, first, rows);

      if (eng_problem_should_stop (problem))
        return FALSE;
      if (n_inputs > 0)
        eng_problem_sample (problem, rng, &x);
      add_moments (self, &x, n);
    }
  return TRUE;
}

static double
sum_of (gsize n, const double *values)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += fmax (values[i], 0.0);
  return sum;
}

static void
set_components (EngRandomLayer *self)
{
  gsize  n = self->n_features, k = self->n_components;
  double shift = self->ridge * sum_of (n, self->values) / (double) n;
  double common = sqrt ((double) k / sum_of (k, self->values));

  for (gsize i = 0; i < k; i++)
    {
      double  lambda = self->values[i], scale = common;
      double *u = self->sigma.data + i * n;

      if (!(lambda > ROUNDING_SHARE * self->values[0]))
        scale = 0.0;
      else if (self->whitened)
        scale = 1.0 / sqrt (lambda + shift);
      for (gsize l = 0; l < n; l++)
        self->t.data[i * n + l] = (float) (scale * u[l]);
      self->moments[i] = (float) (scale * scale * lambda);
    }
}

gboolean
eng_random_layer_fit (EngRandomLayer *self,
                      EngProblem     *problem,
                      gsize           n_inputs,
                      guint64         seed,
                      GError        **error)
{
  if (!estimate_moments (self, problem, n_inputs, seed))
    return TRUE;
  if (!eng_la_eigh (&self->sigma, TRUE, self->values, error))
    return FALSE;
  set_components (self);
  return TRUE;
}

/* --- features ---------------------------------------------------------------------- */

void
eng_random_layer_features (EngRandomLayer *self, guint lane, const EngMatF *x)
{
  EngMatF z = eng_matf_rows (&self->z[lane], 0, x->rows);
  gsize   n = self->n_features;

  eng_laf_gemm_nt (1.0f, x, &self->v, 0.0f, &z);
  for (gsize i = 0; i < x->rows; i++)
    eng_kernel_add (n, self->b, z.data + i * n);
  self->activation->value_f (x->rows * n, z.data, self->g[lane].data);
  eng_kernel_scale (x->rows * n, 1.0f / sqrtf ((float) n), self->g[lane].data);
}

void
eng_random_layer_fill (EngRandomLayer *self, guint lane, const EngMatF *x, EngMatF *h)
{
  EngMatF g = eng_matf_rows (&self->g[lane], 0, x->rows);

  eng_random_layer_features (self, lane, x);
  eng_laf_gemm_nt (1.0f, &g, &self->t, 0.0f, h);
}

void
eng_random_layer_pull_back (EngRandomLayer *self, guint lane, const EngMatF *dh)
{
  EngMatF z = eng_matf_rows (&self->z[lane], 0, dh->rows);
  EngMatF g = eng_matf_rows (&self->g[lane], 0, dh->rows);
  gsize   n = self->n_features;

  self->activation->first_f (dh->rows * n, z.data, g.data);
  eng_laf_gemm_nn (1.0f / sqrtf ((float) n), dh, &self->t, 0.0f, &z);
  eng_kernel_multiply (dh->rows * n, g.data, z.data);
}

void
eng_random_layer_add_arrays (const EngRandomLayer *self, EngArrays *arrays)
{
  eng_arrays_add_matf (arrays, "v", &self->v);
  eng_arrays_add_floats (arrays, "v-bias", self->n_features, self->b);
  eng_arrays_add_matf (arrays, "components", &self->t);
  if (self->dv.rows > 0)
    eng_arrays_add_matf (arrays, "v-init", &self->v0);
}
