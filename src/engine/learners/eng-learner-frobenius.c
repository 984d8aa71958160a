/* SPDX-License-Identifier: GPL-3.0-or-later
 * frobenius: ridge regression with the kernel (x·z)², centred in feature space (rank-one.md
 * section 5; papers.md F.2).  It finds the symmetric matrix
 * L = Σ_i c_i x_i x_iᵀ of smallest Frobenius norm among those that fit as well, so it does
 * not know of any rank. */
#include "config.h"

#include "eng-direct.h"
#include "eng-kernels.h"
#include "eng-normal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const EngParam params[] = {
  { .key = "ridge",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e12,
    .fallback = "1e-8",
    .title = N_ ("Ridge"),
    .help = N_ ("in units of the mean of k(x, x); grows if the solution needs it") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_direct_params, params, NULL };

typedef struct
{
  EngDirect direct;
  EngNormal normal;
  double    ridge; /* asked for */
  EngMat    x;     /* (n, d) */
  double   *c;     /* (n) */
  double   *means; /* (n) of the rows of K */
  double    mean;  /* of all of K */
  EngMat    block; /* (ENG_BLOCK_ROWS, d) */
} Frobenius;

/* --- memory ------------------------------------------------------------------------ */

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  return eng_direct_estimate_bytes (settings, sizes)
         + eng_normal_estimate_bytes (sizes->n)
         + sizeof (double) * ((sizes->n + ENG_BLOCK_ROWS) * sizes->d + 2.0 * sizes->n);
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  Frobenius *self = learner->state;
  EngArena  *arena = context->arena;
  gsize      n = context->problem->n, d = context->problem->d;

  eng_direct_init (&self->direct, learner, context);
  eng_normal_init (&self->normal, n, arena);
  self->ridge = eng_settings_get_double (context->settings, "ridge");
  self->x = eng_arena_mat (arena, n, d);
  self->c = eng_arena_doubles (arena, n);
  self->means = eng_arena_doubles (arena, n);
  self->block = eng_arena_mat (arena, ENG_BLOCK_ROWS, d);
  return TRUE;
}

/* --- step -------------------------------------------------------------------------- */

static gboolean
should_stop (const Frobenius *self)
{
  return eng_context_should_stop (&self->direct.recovery.learner->context);
}

static EngMat
rows_of (const EngMat *a, gsize first)
{
  return (EngMat){ MIN (ENG_BLOCK_ROWS, a->rows - first), a->cols,
                   a->data + first * a->cols };
}

/* K_ij <- (x_i·x_j)² for the blocks of rows of one lane, and the means of those rows. */
static void
gram_lane (guint lane, gpointer data)
{
  Frobenius *self = data;
  gsize      n = self->x.rows;

  for (gsize block = lane; block < eng_lanes_n_blocks (n) && !should_stop (self);
       block += ENG_N_LANES)
    {
      gsize  first = block * ENG_BLOCK_ROWS;
      EngMat x = rows_of (&self->x, first), k = rows_of (&self->normal.k, first);

      eng_la_gemm_nt (1.0, &x, &self->x, 0.0, &k);
      for (gsize i = 0; i < k.rows; i++)
        {
          double *row = k.data + i * n, sum = 0.0;

          for (gsize j = 0; j < n; j++)
            sum += row[j] *= row[j];
          self->means[first + i] = sum / (double) n;
        }
    }
}

/* K <- (I − 11ᵀ/n) K (I − 11ᵀ/n) for the rows of one lane. */
static void
centre_lane (guint lane, gpointer data)
{
  Frobenius *self = data;
  gsize      n = self->x.rows, first, last;

  eng_lanes_share (n, lane, &first, &last);
  for (gsize i = first; i < last && !should_stop (self); i++)
    for (gsize j = 0; j < n; j++)
      self->normal.k.data[i * n + j] += self->mean - self->means[i] - self->means[j];
}

static void
make_gram (Frobenius *self, EngLanes *lanes)
{
  gsize n = self->x.rows;

  eng_kernel_widen (n * self->x.cols, self->direct.recovery.batch.x.data, self->x.data);
  eng_lanes_run (lanes, ENG_N_LANES, gram_lane, self);
  self->mean = 0.0;
  for (gsize i = 0; i < n; i++)
    self->mean += self->means[i] / (double) n;
  eng_lanes_run (lanes, ENG_N_LANES, centre_lane, self);
}

static void
centre (gsize n, double *x)
{
  double mean = 0.0;

  for (gsize i = 0; i < n; i++)
    mean += x[i] / (double) n;
  for (gsize i = 0; i < n; i++)
    x[i] -= mean;
}

/* L <- Σ_i c_i x_i x_iᵀ */
static void
sum_terms (Frobenius *self)
{
  gsize   d = self->x.cols;
  EngMat *l = &self->direct.l;

  for (gsize first = 0; first < self->x.rows; first += ENG_BLOCK_ROWS)
    {
      EngMat x = rows_of (&self->x, first), scaled = { x.rows, d, self->block.data };

      for (gsize i = 0; i < x.rows; i++)
        for (gsize j = 0; j < d; j++)
          scaled.data[i * d + j] = self->c[first + i] * x.data[i * d + j];
      eng_la_gemm_tn (1.0, &scaled, &x, first == 0 ? 0.0 : 1.0, l);
    }
  for (gsize i = 0; i < d; i++)
    for (gsize j = 0; j < i; j++)
      l->data[i * d + j] = l->data[j * d + i];
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  Frobenius *self = learner->state;
  EngStatus  status = eng_direct_begin (&self->direct, lanes);
  gsize      n = self->x.rows;

  if (status != ENG_STATUS_CONTINUE)
    return status;
  make_gram (self, lanes);
  if (should_stop (self)
      || !eng_normal_factor (&self->normal, self->ridge, lanes, learner->context.cancel))
    return eng_direct_end (&self->direct, FALSE, lanes);
  self->direct.ridge = self->normal.ridge;
  memcpy (self->c, self->direct.recovery.problem->y_train, n * sizeof (double));
  centre (n, self->c);
  eng_normal_solve (&self->normal, self->c);
  centre (n, self->c);
  sum_terms (self);
  return eng_direct_end (&self->direct, TRUE, lanes);
}

const EngLearnerClass eng_learner_frobenius = {
  .id = "frobenius",
  .title = N_ ("Frobenius norm, F2"),
  .help = N_ ("the matrix of smallest norm that fits, in one step; blind to rank"),
  .tables = tables,
  .state_size = sizeof (Frobenius),
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = eng_direct_prepare,
  .step = step,
  .predict = eng_recovery_predict,
  .low_rank = eng_recovery_low_rank,
  .columns = eng_direct_columns,
  .measure = eng_direct_measure,
};
