/* SPDX-License-Identifier: GPL-3.0-or-later
 * nuclear-norm: the convex competitor, min 1/(4n) ‖A(L) − y, centred‖² + λ ‖L‖_* by FISTA
 * with restarts and a λ that falls geometrically from where L = 0 (papers.md C.7;
 * rank-one.md section 5); or, with a plain objective, F1 of the square activation,
 * min 1/(2n) ‖A(L) − y‖² + λ ‖L‖_* (deep.md section 4).  Every step takes a whole
 * eigendecomposition, which shrinks the eigenvalues: dense (d, d) by nature.  The error
 * that is left is about λ. */
#include "config.h"

#include "eng-error.h"
#include "eng-kernel-advice.h"
#include "eng-recovery-advice.h"
#include "eng-recovery.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* C from which the penalty alone tells L* from the others (rank-one.md section 5), and
 * without a constant to be found as well (deep.md section 4). */
#define LEAST_SAMPLES 4
#define LEAST_PLAIN   3
/* λ falls by this factor in every step until it is what was asked for. */
#define CONTINUATION 0.9
/* Power iterations for the Lipschitz constant, and what they may fall short. */
#define POWER_STEPS 15
#define MARGIN      1.05

static const EngParam params[] = {
  { .key = "lambda",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e6,
    .flags = ENG_PARAM_LIVE,
    .fallback = "0.001",
    .title = N_ ("Penalty λ"),
    .help = N_ (
        "of the sum of the moduli of eigenvalues; the error left is about as large") },
  ENG_RECOVERY_OBJECTIVE_PARAM,
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_matrix_params, params, NULL };

typedef struct
{
  EngRecovery recovery;
  double      lambda;    /* asked for */
  double      now;       /* λ of the present step */
  double      unit;      /* of λ: G is the gradient of so much of the objective */
  double      momentum;  /* t_k of FISTA */
  EngMat      l, before; /* (d, d) the newest iterate and the one before it */
  EngMat      z;         /* (d, d) the point that a step starts from */
  EngMat      dense;     /* (d, d) */
  double     *values;    /* (d) */
  gsize      *order;     /* (d) */
  double     *solver;
  int        *integers;
  double     *zeros; /* (n) */
} NuclearNorm;

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double shown = MIN (ENG_RECOVERY_MAX_RANK, sizes->d);

  return eng_recovery_estimate_bytes (settings, sizes, shown, 1)
         + sizeof (double) * (6.0 * sizes->d * sizes->d + 12.0 * sizes->d + sizes->n);
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  NuclearNorm *self = learner->state;
  EngArena    *arena = context->arena;
  gsize        d = context->problem->d, shown = MIN (ENG_RECOVERY_MAX_RANK, d);

  eng_recovery_init (&self->recovery, learner, context, shown, shown, 1);
  self->lambda = eng_settings_get_double (context->settings, "lambda");
  self->unit = eng_recovery_is_plain (context->settings) ? 0.5 : 1.0;
  self->momentum = 1.0;
  self->l = eng_arena_mat (arena, d, d);
  self->before = eng_arena_mat (arena, d, d);
  self->z = eng_arena_mat (arena, d, d);
  self->dense = eng_arena_mat (arena, d, d);
  self->values = eng_arena_doubles (arena, d);
  self->order = eng_arena_bytes (arena, d, sizeof (gsize));
  self->solver = eng_arena_doubles (arena, eng_la_eigh_doubles (d));
  self->integers = eng_arena_bytes (arena, eng_la_eigh_integers (d), sizeof (int));
  self->zeros = eng_arena_doubles (arena, context->problem->n);
  return TRUE;
}

/* --- preparation ------------------------------------------------------------------- */

/* Norm of D -> E G (D), the Hessian of the smooth part, by power iteration. */
static double
find_lipschitz (NuclearNorm *self, const EngContext *context)
{
  EngSensing *sensing = &self->recovery.sensing;
  EngSamples  homogeneous = self->recovery.batch;
  gsize       d = self->z.rows;
  double      norm = 0.0;

  eng_rng_fill_gaussian (self->recovery.rng, d * d, self->dense.data);
  for (gsize i = 0; i < d; i++)
    for (gsize j = 0; j < i; j++)
      self->dense.data[i * d + j] = self->dense.data[j * d + i];
  homogeneous.y = self->zeros;
  eng_sensing_set_samples (sensing, &homogeneous);
  for (guint k = 0; k < POWER_STEPS && !eng_context_should_stop (context); k++)
    {
      norm = eng_la_norm (d * d, self->dense.data);
      for (gsize i = 0; i < d * d; i++)
        self->dense.data[i] /= norm;
      eng_sensing_set_dense_estimate (sensing, &self->dense, context->lanes);
      eng_sensing_get_dense (sensing, context->lanes, &self->dense);
      norm = eng_la_norm (d * d, self->dense.data);
      /* The centred gradient of a single sample: with any step L stays 0. */
      if (norm == 0.0)
        return 1.0;
    }
  return MARGIN * norm;
}

/* The smallest λ for which L stays 0, where the gradient has that norm. */
static gboolean
find_start (NuclearNorm *self, const EngContext *context, GError **error)
{
  EngSensing *sensing = &self->recovery.sensing;
  gsize       d = self->z.rows;

  eng_sensing_set_samples (sensing, &self->recovery.batch);
  eng_sensing_set_dense_estimate (sensing, &self->z, context->lanes);
  eng_sensing_get_dense (sensing, context->lanes, &self->dense);
  if (!eng_la_eigh_with (&self->dense, self->values, self->solver, self->integers))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_NUMERIC,
                   _ ("the eigenvalues of the first gradient were not found"));
      return FALSE;
    }
  self->now = MAX (fabs (self->values[0]), fabs (self->values[d - 1])) / self->unit;
  return TRUE;
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  NuclearNorm *self = learner->state;

  learner->lambda_max = find_lipschitz (self, context);
  eng_learner_update_step_size (learner);
  return find_start (self, context, error);
}

/* --- step -------------------------------------------------------------------------- */

/* Eigenvalues <- those shrunk by `by`; L <- their sum, dense and as it is shown. */
static void
shrink (NuclearNorm *self, double by)
{
  EngLowRank *shown = &self->recovery.l;
  gsize       d = self->dense.cols, n_positive = 0, n_negative = 0;
  EngMat      positive, negative;

  for (gsize j = 0; j < d; j++)
    {
      double value = self->values[j];

      self->values[j] = copysign (MAX (fabs (value) - by, 0.0), value);
      n_positive += self->values[j] > 0.0;
      n_negative += self->values[j] < 0.0;
    }
  shown->rank = eng_la_largest (
      d, self->values, MIN (n_positive + n_negative, shown->u.rows), self->order);
  for (gsize k = 0; k < shown->rank; k++)
    {
      memcpy (shown->u.data + k * d, self->dense.data + self->order[k] * d,
              d * sizeof (double));
      shown->s[k] = self->values[self->order[k]];
    }
  for (gsize j = 0; j < d; j++)
    for (gsize i = 0; i < d; i++)
      self->dense.data[j * d + i] *= sqrt (fabs (self->values[j]));
  /* They descend: the positive ones are the first rows, the negative ones the last. */
  positive = (EngMat){ n_positive, d, self->dense.data };
  negative = (EngMat){ n_negative, d, self->dense.data + (d - n_negative) * d };
  memset (self->l.data, 0, d * d * sizeof (double));
  if (n_positive > 0)
    eng_la_gemm_tn (1.0, &positive, &positive, 0.0, &self->l);
  if (n_negative > 0)
    eng_la_gemm_tn (-1.0, &negative, &negative, 1.0, &self->l);
}

/* z <- L + β (L − before), with a fresh start where the momentum leads uphill. */
static void
extrapolate (NuclearNorm *self)
{
  gsize         size = self->z.rows * self->z.cols;
  const double *l = self->l.data, *before = self->before.data;
  double       *z = self->z.data, uphill = 0.0, next, beta;

  for (gsize i = 0; i < size; i++)
    uphill += (z[i] - l[i]) * (l[i] - before[i]);
  if (uphill > 0.0)
    self->momentum = 1.0;
  next = 0.5 * (1.0 + sqrt (1.0 + 4.0 * self->momentum * self->momentum));
  beta = (self->momentum - 1.0) / next;
  for (gsize i = 0; i < size; i++)
    z[i] = l[i] + beta * (l[i] - before[i]);
  self->momentum = next;
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  NuclearNorm *self = learner->state;
  EngSensing  *sensing = &self->recovery.sensing;
  EngStatus    status = eng_recovery_begin (&self->recovery, lanes, NULL);
  gsize        size = self->z.rows * self->z.cols;
  EngMat       before = self->before;

  if (status != ENG_STATUS_CONTINUE)
    return status;
  self->now = MAX (CONTINUATION * self->now, self->lambda);
  eng_sensing_set_dense_estimate (sensing, &self->z, lanes);
  eng_sensing_get_dense (sensing, lanes, &self->dense);
  for (gsize i = 0; i < size; i++)
    self->dense.data[i] = self->z.data[i] - learner->step_size * self->dense.data[i];
  if (!isfinite (eng_la_norm (size, self->dense.data))
      || !eng_la_eigh_with (&self->dense, self->values, self->solver, self->integers))
    return ENG_STATUS_DIVERGED;
  self->before = self->l;
  self->l = before;
  shrink (self, learner->step_size * self->unit * self->now);
  extrapolate (self);
  eng_recovery_advance (&self->recovery);
  return ENG_STATUS_CONTINUE;
}

static void
set_live (EngLearner *learner, const char *key, double value)
{
  NuclearNorm *self = learner->state;

  self->lambda = value;
}

static char *
hint (EngSpec *spec, const EngSettings *settings)
{
  char *unseen = eng_kernel_hint_matrix (spec);

  if (unseen != NULL)
    return unseen;
  return eng_recovery_hint_samples (
      spec, settings, eng_recovery_is_plain (settings) ? LEAST_PLAIN : LEAST_SAMPLES);
}

const EngLearnerClass eng_learner_nuclear_norm = {
  .id = "nuclear-norm",
  .title = N_ ("Nuclear norm"),
  .help = N_ ("a penalty on the eigenvalues of a dense matrix, by FISTA"),
  .tables = tables,
  .state_size = sizeof (NuclearNorm),
  .check = eng_recovery_check,
  .hint = hint,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = prepare,
  .step = step,
  .predict = eng_recovery_predict,
  .low_rank = eng_recovery_low_rank,
  .add_arrays = eng_recovery_add_arrays,
  .set_live = set_live,
  .columns = eng_recovery_columns,
  .measure = eng_recovery_measure,
};
