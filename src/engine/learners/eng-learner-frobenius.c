/* SPDX-License-Identifier: GPL-3.0-or-later
 * frobenius: ridge regression with the kernel (x·x')^p, F2 of the activation z^p (deep.md
 * section 4; rank-one.md section 5; papers.md F.2): of all Σ_j c_j (w_j·x)^p that fit as
 * well, the one whose symmetric tensor has the smallest Frobenius norm, so it does not know
 * of any rank.  For p = 2 it is the matrix L = Σ_i c_i x_i x_iᵀ.  Centred, the kernel is
 * so in feature space, and a constant is fitted beside. */
#include "config.h"

#include "eng-direct.h"
#include "eng-kernel-advice.h"
#include "eng-kernel-model.h"
#include "eng-normal.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Highest degree: beyond it all the kernel sees of a sample is the sample. */
#define MAX_DEGREE 6

static const EngParam params[] = {
  { .key = "degree",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = MAX_DEGREE,
    .fallback = "2",
    .title = N_ ("Degree p"),
    .help = N_ ("of the activation z^p; 2 makes a matrix of it") },
  { .key = "ridge",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e12,
    .fallback = "1e-8",
    .title = N_ ("Ridge"),
    .help = N_ ("in units of the mean of k(x, x); grows if the solution needs it") },
  ENG_RECOVERY_OBJECTIVE_PARAM,
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_direct_params, params, NULL };

typedef struct
{
  EngDirect         direct; /* p = 2 alone */
  const EngContext *context;
  gboolean          is_matrix;
  gboolean          is_plain;
  gboolean          is_solved;
  EngNormal         normal;
  EngKernelModel    model; /* of (x·x'/d)^p */
  double           *means; /* (n) of the rows of K */
  double            mean;  /* of all of K */
  double            constant;
  EngMat            block; /* (ENG_BLOCK_ROWS, d) */
} Frobenius;

static guint
get_degree (const EngSettings *settings)
{
  return (guint) eng_settings_get_int (settings, "degree");
}

static gboolean
has_matrix (const EngSettings *settings)
{
  return get_degree (settings) == 2;
}

static gboolean
is_matrix (EngSpec *spec, const EngSettings *settings)
{
  return has_matrix (settings);
}

/* --- memory ------------------------------------------------------------------------ */

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  return (has_matrix (settings) ? eng_direct_estimate_bytes (settings, sizes) : 0.0)
         + eng_normal_estimate_bytes (sizes->n)
         + eng_kernel_model_estimate_power_bytes (get_degree (settings), sizes)
         + sizeof (double) * (ENG_BLOCK_ROWS * sizes->d + sizes->n);
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  Frobenius *self = learner->state;
  gsize      n = context->problem->n, d = context->problem->d;

  self->context = &learner->context;
  self->is_matrix = has_matrix (context->settings);
  self->is_plain = eng_recovery_is_plain (context->settings);
  if (self->is_matrix)
    eng_direct_init (&self->direct, learner, context);
  eng_normal_init (&self->normal, n, context->arena);
  eng_kernel_model_init_power (&self->model, get_degree (context->settings), context);
  self->means = eng_arena_doubles (context->arena, n);
  self->block = eng_arena_mat (context->arena, ENG_BLOCK_ROWS, d);
  return TRUE;
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  Frobenius *self = learner->state;

  return eng_kernel_model_prepare (&self->model, context, error);
}

/* --- step -------------------------------------------------------------------------- */

/* K <- (I − 11ᵀ/n) K (I − 11ᵀ/n) for the rows of one lane. */
static void
centre_lane (guint lane, gpointer data)
{
  Frobenius *self = data;
  gsize      n = self->normal.k.rows, first, last;

  eng_lanes_share (n, lane, &first, &last);
  for (gsize i = first; i < last && !eng_context_should_stop (self->context); i++)
    for (gsize j = 0; j < n; j++)
      self->normal.k.data[i * n + j] += self->mean - self->means[i] - self->means[j];
}

static double
measure_mean (gsize n, const double *x)
{
  double mean = 0.0;

  for (gsize i = 0; i < n; i++)
    mean += x[i] / (double) n;
  return mean;
}

static void
make_gram (Frobenius *self, EngLanes *lanes)
{
  gsize n = self->normal.k.rows;

  eng_kernel_model_fill (&self->model, lanes, &self->normal.k);
  if (self->is_plain || eng_context_should_stop (self->context))
    return;
  for (gsize i = 0; i < n; i++)
    self->means[i] = measure_mean (n, self->normal.k.data + i * n);
  self->mean = measure_mean (n, self->means);
  eng_lanes_run (lanes, ENG_N_LANES, centre_lane, self);
}

static void
centre (gsize n, double *x)
{
  double mean = measure_mean (n, x);

  for (gsize i = 0; i < n; i++)
    x[i] -= mean;
}

/* c <- (K + ρ I)⁻¹ y, and the constant that goes with it. */
static gboolean
solve (Frobenius *self, EngLanes *lanes)
{
  const EngContext *context = self->context;
  const EngProblem *problem = context->problem;
  double           *c = self->model.c;
  double            ridge = eng_settings_get_double (context->settings, "ridge");

  make_gram (self, lanes);
  if (eng_context_should_stop (context)
      || !eng_normal_factor (&self->normal, ridge, lanes, context->cancel))
    return FALSE;
  memcpy (c, problem->y_train, problem->n * sizeof (double));
  if (!self->is_plain)
    centre (problem->n, c);
  eng_normal_solve (&self->normal, c);
  self->is_solved = TRUE;
  if (self->is_plain)
    return TRUE;
  centre (problem->n, c);
  self->constant = measure_mean (problem->n, problem->y_train)
                   - eng_la_dot (problem->n, self->means, c);
  return TRUE;
}

/* --- matrices ---------------------------------------------------------------------- */

/* L <- Σ_i c_i x_i x_iᵀ; the kernel of the model is the quadratic one over d². */
static void
sum_terms (Frobenius *self)
{
  const EngMat *x = &self->model.x;
  gsize         d = x->cols;
  EngMat       *l = &self->direct.l;
  double        unit = 1.0 / ((double) d * (double) d);

  for (gsize first = 0; first < x->rows; first += ENG_BLOCK_ROWS)
    {
      gsize  n = MIN (ENG_BLOCK_ROWS, x->rows - first);
      EngMat rows = { n, d, x->data + first * d }, scaled = { n, d, self->block.data };

      for (gsize i = 0; i < n; i++)
        for (gsize j = 0; j < d; j++)
          scaled.data[i * d + j] = self->model.c[first + i] * rows.data[i * d + j];
      eng_la_gemm_tn (unit, &scaled, &rows, first == 0 ? 0.0 : 1.0, l);
    }
  for (gsize i = 0; i < d; i++)
    for (gsize j = 0; j < i; j++)
      l->data[i * d + j] = l->data[j * d + i];
}

static EngStatus
step_matrix (Frobenius *self, EngLanes *lanes)
{
  EngStatus status = eng_direct_begin (&self->direct, lanes);

  if (status != ENG_STATUS_CONTINUE)
    return status;
  if (!solve (self, lanes))
    return eng_direct_end (&self->direct, FALSE, lanes);
  self->direct.ridge = self->normal.ridge;
  sum_terms (self);
  return eng_direct_end (&self->direct, TRUE, lanes);
}

/* --- other degrees ----------------------------------------------------------------- */

/* Root of the sum of squares that the fit leaves of the samples: ρ c of them, all of y
 * before the step. */
static double
measure_residual (const Frobenius *self, const EngProblem *problem)
{
  if (!self->is_solved)
    return eng_la_norm (problem->n, problem->y_train);
  return eng_normal_get_shift (&self->normal) * eng_la_norm (problem->n, self->model.c);
}

static EngStatus
step_function (Frobenius *self, EngLearner *learner, EngLanes *lanes)
{
  const EngContext *context = self->context;
  const EngProblem *problem = context->problem;
  double            residual = measure_residual (self, problem);
  EngStatus         status;

  status = eng_learner_judge (
      learner, residual * residual / (double) problem->n / problem->variance, TRUE);
  if (status != ENG_STATUS_CONTINUE)
    return status;
  if (self->is_solved)
    return ENG_STATUS_FINISHED;
  if (solve (self, lanes))
    return ENG_STATUS_CONTINUE;
  return eng_context_should_stop (context) ? ENG_STATUS_STOPPED : ENG_STATUS_DIVERGED;
}

/* --- class ------------------------------------------------------------------------- */

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  Frobenius *self = learner->state;

  return self->is_matrix ? step_matrix (self, lanes)
                         : step_function (self, learner, lanes);
}

static void
predict (EngLearner *learner, const EngMatF *x, EngLanes *lanes, float *out)
{
  Frobenius *self = learner->state;

  if (self->is_matrix)
    {
      eng_recovery_predict (learner, x, lanes, out);
      return;
    }
  eng_kernel_model_evaluate (&self->model, x, lanes, out);
  for (gsize i = 0; i < x->rows; i++)
    out[i] += (float) self->constant;
}

static const EngLowRank *
low_rank (EngLearner *learner)
{
  const Frobenius *self = learner->state;

  return self->is_matrix ? eng_recovery_low_rank (learner) : NULL;
}

/* The dual coefficients of (x·x'/d)^p, and what is added to their sum. */
static void
add_arrays (EngLearner *learner, EngArrays *arrays)
{
  const Frobenius *self = learner->state;

  eng_kernel_model_add_arrays (&self->model, arrays);
  if (self->is_matrix)
    eng_recovery_add_arrays (learner, arrays);
  else
    eng_arrays_add (arrays, "intercept", 1, &self->constant);
}

static void
measure (EngLearner *learner, double *values)
{
  const Frobenius  *self = learner->state;
  const EngProblem *problem = learner->context.problem;

  if (self->is_matrix)
    {
      eng_direct_measure (learner, values);
      return;
    }
  values[0] = self->is_solved ? eng_normal_get_shift (&self->normal)
                                    * eng_la_spread (problem->n, self->model.c, NULL)
                                    / eng_la_spread (problem->n, problem->y_train, NULL)
                              : NAN;
  values[1] = NAN;
  values[2] = self->is_solved ? self->normal.ridge : NAN;
  values[3] = eng_direct_get_added (learner->context.settings, values[2]);
}

static char *
hint (EngSpec *spec, const EngSettings *settings)
{
  return eng_kernel_hint_power (spec, (guint) eng_settings_get_int (settings, "degree"));
}

const EngLearnerClass eng_learner_frobenius = {
  .id = "frobenius",
  .title = N_ ("Frobenius norm, F2"),
  .help = N_ ("the function of smallest norm that fits, in one step; blind to rank"),
  .tables = tables,
  .state_size = sizeof (Frobenius),
  .hint = hint,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = prepare,
  .step = step,
  .predict = predict,
  .low_rank = low_rank,
  .is_matrix = is_matrix,
  .add_arrays = add_arrays,
  .columns = eng_direct_columns,
  .measure = measure,
};
