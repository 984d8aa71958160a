/* SPDX-License-Identifier: GPL-3.0-or-later
 * least-squares: the symmetric matrix and intercept with the smallest sum of squares, where
 * there are at least as many samples as they have numbers: d (d + 1)/2 + 1.  Then it is the
 * best method, exact and without tuning (rank-one.md section 5).
 *
 * The normal equations of the centred features x_i x_j are solved by Cholesky.  Their
 * condition is the square of that of the problem, so the solution is refined with
 * residuals of the samples themselves until rounding. */
#include "config.h"

#include "eng-direct.h"
#include "eng-error.h"
#include "eng-kernels.h"
#include "eng-normal.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Refinements: until a correction is this small or hardly smaller than the one before. */
#define MAX_PASSES 50
#define SMALL      1e-15
#define PROGRESS   0.9

static const EngParam *const tables[] = { eng_learner_direct_params, NULL };

typedef struct
{
  EngDirect direct;
  EngNormal normal; /* (D, D), D = d (d + 1)/2 */
  EngMat    g;      /* (d, d) gradient */
  double   *means;  /* (D) of the features */
  double   *change; /* (D) */
  /* One per lane. */
  EngMat x[ENG_N_LANES];        /* (ENG_BLOCK_ROWS, d) */
  EngMat features[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, D) */
  EngMat share[ENG_N_LANES];    /* (ENG_BLOCK_ROWS, a lane's share of D) */
} LeastSquares;

static double
count_features (double d)
{
  return d * (d + 1.0) / 2.0;
}

/* --- memory ------------------------------------------------------------------------ */

static gboolean
check_samples (gsize d, gsize n, GError **error)
{
  gsize needed = d * (d + 1) / 2 + 1;

  if (n >= needed)
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_UNSUPPORTED,
               _ ("least squares needs n to be at least d(d + 1)/2 + 1 = %zu, got %zu"),
               needed, n);
  return FALSE;
}

static gboolean
check (EngSpec *spec, const EngSettings *settings, GError **error)
{
  const EngSettings *problem = eng_spec_get_problem (spec);

  /* The sizes of a table are seen when it is there. */
  return !eng_settings_has (problem, "d") || !eng_settings_has (problem, "n")
         || check_samples ((gsize) eng_settings_get_int (problem, "d"),
                           (gsize) eng_settings_get_int (problem, "n"), error);
}

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double d = sizes->d, features = count_features (d);

  return eng_direct_estimate_bytes (settings, sizes)
         + eng_normal_estimate_bytes (features)
         + sizeof (double)
               * (d * d + 2.0 * features
                  + ENG_BLOCK_ROWS * (ENG_N_LANES * (d + features + 1.0) + features));
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  LeastSquares *self = learner->state;
  EngArena     *arena = context->arena;
  gsize         d = context->problem->d, n_features = d * (d + 1) / 2;

  if (!check_samples (d, context->problem->n, error))
    return FALSE;
  eng_direct_init (&self->direct, learner, context);
  eng_normal_init (&self->normal, n_features, arena);
  self->g = eng_arena_mat (arena, d, d);
  self->means = eng_arena_doubles (arena, n_features);
  self->change = eng_arena_doubles (arena, n_features);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      self->x[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, d);
      self->features[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, n_features);
      self->share[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS,
                                         n_features / ENG_N_LANES + 1);
    }
  return TRUE;
}

/* --- normal equations -------------------------------------------------------------- */

static gboolean
should_stop (const LeastSquares *self)
{
  return eng_context_should_stop (&self->direct.recovery.learner->context);
}

/* A symmetric matrix as D numbers, with the same inner product: √2 off the diagonal. */
static void
pack (gsize d, const double *a, double scale, double *packed)
{
  for (gsize j = 0; j < d; j++)
    for (gsize i = 0; i <= j; i++)
      *packed++ = scale * (i == j ? 1.0 : G_SQRT2) * a[i * d + j];
}

static void
add_packed (gsize d, const double *packed, double *a)
{
  for (gsize j = 0; j < d; j++)
    for (gsize i = 0; i <= j; i++, packed++)
      {
        a[i * d + j] += *packed / (i == j ? 1.0 : G_SQRT2);
        a[j * d + i] = a[i * d + j];
      }
}

/* The packed x xᵀ of the samples from `first` on, a block of them, less their means.
 * Returns: a view of the lane's scratch. */
static EngMat
make_features (LeastSquares *self, guint lane, gsize first)
{
  const EngMatF *batch = &self->direct.recovery.batch.x;
  gsize          d = batch->cols, rows = MIN (ENG_BLOCK_ROWS, batch->rows - first);
  EngMat         x = { rows, d, self->x[lane].data };
  EngMat features = { rows, self->features[lane].cols, self->features[lane].data };

  eng_kernel_widen (rows * d, batch->data + first * d, x.data);
  for (gsize s = 0; s < rows; s++)
    {
      const double *row = x.data + s * d;
      double       *out = features.data + s * features.cols;
      gsize         at = 0;

      for (gsize j = 0; j < d; j++)
        for (gsize i = 0; i <= j; i++, at++)
          out[at] = (i == j ? 1.0 : G_SQRT2) * row[i] * row[j] - self->means[at];
    }
  return features;
}

static void
find_means (LeastSquares *self)
{
  gsize n = self->direct.recovery.batch.n, n_features = self->normal.k.rows;

  memset (self->change, 0, n_features * sizeof (double));
  for (gsize first = 0; first < n && !should_stop (self); first += ENG_BLOCK_ROWS)
    {
      EngMat features = make_features (self, 0, first);

      for (gsize s = 0; s < features.rows; s++)
        eng_la_axpy (n_features, 1.0 / (double) n, features.data + s * n_features,
                     self->change);
    }
  memcpy (self->means, self->change, n_features * sizeof (double));
}

/* Rows of the Gram matrix of the features that belong to the lane, over all samples. */
static void
gram_lane (guint lane, gpointer data)
{
  LeastSquares *self = data;
  gsize         n = self->direct.recovery.batch.n, n_features = self->normal.k.rows;
  gsize         from, to;

  eng_lanes_share (n_features, lane, &from, &to);
  for (gsize first = 0; first < n && to > from && !should_stop (self);
       first += ENG_BLOCK_ROWS)
    {
      EngMat features = make_features (self, lane, first);
      EngMat share = { features.rows, to - from, self->share[lane].data };
      EngMat rows = { to - from, n_features, self->normal.k.data + from * n_features };

      for (gsize s = 0; s < features.rows; s++)
        memcpy (share.data + s * share.cols, features.data + s * n_features + from,
                share.cols * sizeof (double));
      eng_la_gemm_tn (1.0, &share, &features, first == 0 ? 0.0 : 1.0, &rows);
    }
}

/* L <- L + the solution for the residual at L, again and again.  Returns: FALSE if it is
 * to stop. */
static gboolean
refine (LeastSquares *self, EngLanes *lanes)
{
  EngSensing *sensing = &self->direct.recovery.sensing;
  EngMat     *l = &self->direct.l;
  gsize       d = l->rows, n_features = self->normal.k.rows;
  double      before = INFINITY;

  for (guint pass = 0; pass < MAX_PASSES && !should_stop (self); pass++)
    {
      double norm;

      /* G = −Φᵀ (y − A(L)) / 2n, of centred features. */
      eng_sensing_get_dense (sensing, lanes, &self->g);
      pack (d, self->g.data, -2.0 * (double) self->direct.recovery.batch.n, self->change);
      eng_normal_solve (&self->normal, self->change);
      add_packed (d, self->change, l->data);
      eng_sensing_set_dense_estimate (sensing, l, lanes);
      norm = eng_la_norm (n_features, self->change);
      if (!(norm > SMALL * eng_la_norm (d * d, l->data)) || norm > PROGRESS * before)
        break;
      before = norm;
    }
  return !should_stop (self);
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  LeastSquares *self = learner->state;
  EngStatus     status = eng_direct_begin (&self->direct, lanes);
  gboolean      solved;

  if (status != ENG_STATUS_CONTINUE)
    return status;
  find_means (self);
  eng_lanes_run (lanes, ENG_N_LANES, gram_lane, self);
  solved = !should_stop (self)
           && eng_normal_factor (&self->normal, 0.0, lanes, learner->context.cancel)
           && refine (self, lanes);
  self->direct.ridge = self->normal.ridge;
  return eng_direct_end (&self->direct, solved, lanes);
}

const EngLearnerClass eng_learner_least_squares = {
  .id = "least-squares",
  .title = N_ ("Least squares"),
  .help = N_ ("all numbers of the matrix in one step, from at least as many samples"),
  .tables = tables,
  .state_size = sizeof (LeastSquares),
  .check = check,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = eng_direct_prepare,
  .step = step,
  .predict = eng_recovery_predict,
  .low_rank = eng_recovery_low_rank,
  .add_arrays = eng_recovery_add_arrays,
  .columns = eng_direct_columns,
  .measure = eng_direct_measure,
};
