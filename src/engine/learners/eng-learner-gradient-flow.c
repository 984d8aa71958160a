/* SPDX-License-Identifier: GPL-3.0-or-later
 * gradient-flow: what infinitely small steps on the squared error reach in the time t,
 *   u(t) = (I − e^{−tK}) y on the samples,  f(t) = K(x, ·) K⁻¹ (I − e^{−tK}) y,
 * in closed form by the eigenvectors of K (deep.md section 2; papers.md F.5), with K/n for
 * K, since our loss is (1/2n) Σ.  A step is the time η = c/λ_max, so that the curves of
 * gradient descent at the same rate c lie on top of it while it is lazy. */
#include "config.h"

#include "eng-error.h"
#include "eng-kernel-advice.h"
#include "eng-kernel-model.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const EngParam params[] = {
  ENG_STEP_PARAMS ("1"),
  ENG_PARAM_END,
};
static const EngColumn columns[] = {
  ENG_KERNEL_COLUMN,
  { NULL, NULL },
};
static const EngParam *const tables[] = { eng_learner_common_params, eng_kernel_params,
                                          params, NULL };

typedef struct
{
  EngKernelModel model;
  EngMat         vectors;      /* (n, n) rows: eigenvectors of K */
  double        *values;       /* (n) of K/n, descending, not below 0 */
  double        *projections;  /* (n) of y on them */
  double        *modes, *rest; /* (n) */
  double         time;
  gboolean       is_stale; /* time went on since the coefficients were found */
} GradientFlow;

static gboolean
check_samples (double n, GError **error)
{
  if (n <= ENG_LA_MAX_EIGH)
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               _ ("n must be at most %d for gradient flow, got %.0f"), ENG_LA_MAX_EIGH,
               n);
  return FALSE;
}

/* Own data say their n later. */
static gboolean
check (EngSpec *spec, const EngSettings *settings, GError **error)
{
  EngSizes sizes;

  return eng_kernel_check (settings, error)
         && (!eng_problem_spec_sizes (spec, &sizes) || check_samples (sizes.n, error));
}

/* --- memory ------------------------------------------------------------------------ */

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double n = sizes->n;

  /* The solver works on as much again twice. */
  return eng_kernel_model_estimate_bytes (settings, sizes, TRUE)
         + sizeof (double) * (3.0 * n * n + 4.0 * n);
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  GradientFlow *self = learner->state;
  gsize         n = context->problem->n;

  if (!check_samples ((double) n, error))
    return FALSE;
  eng_kernel_model_init (&self->model, context, TRUE);
  self->vectors = eng_arena_mat (context->arena, n, n);
  self->values = eng_arena_doubles (context->arena, n);
  self->projections = eng_arena_doubles (context->arena, n);
  self->modes = eng_arena_doubles (context->arena, n);
  self->rest = eng_arena_doubles (context->arena, n);
  return TRUE;
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  GradientFlow *self = learner->state;

  if (!eng_kernel_model_prepare (&self->model, context, error))
    return FALSE;
  eng_kernel_model_fill (&self->model, context->lanes, &self->vectors);
  if (eng_context_should_stop (context))
    return TRUE;
  if (!eng_la_eigh (&self->vectors, TRUE, self->values, error))
    return FALSE;
  for (gsize k = 0; k < context->problem->n; k++)
    self->values[k] = fmax (self->values[k], 0.0) / (double) context->problem->n;
  eng_la_gemv (1.0, &self->vectors, context->problem->y_train, 0.0, self->projections);
  learner->lambda_max = self->values[0];
  eng_learner_update_step_size (learner);
  return TRUE;
}

/* --- step -------------------------------------------------------------------------- */

/* Of the samples at the present time. */
static double
measure_loss (const GradientFlow *self, const EngProblem *problem)
{
  double sum = 0.0;

  for (gsize k = 0; k < problem->n; k++)
    {
      double rest = self->projections[k] * exp (-self->time * self->values[k]);

      sum += rest * rest;
    }
  return sum / (double) problem->n / problem->variance;
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  GradientFlow *self = learner->state;
  EngStatus     status = eng_learner_judge (
          learner, measure_loss (self, learner->context.problem), TRUE);

  if (status != ENG_STATUS_CONTINUE)
    return status;
  self->time += learner->step_size;
  self->is_stale = TRUE;
  return ENG_STATUS_CONTINUE;
}

/* --- predictions ------------------------------------------------------------------- */

/* c <- V diag ((1 − e^{−tλ})/λ) Vᵀ y / n; t where λ is 0. */
static void
update_coefficients (GradientFlow *self)
{
  gsize n = self->vectors.rows;

  if (!self->is_stale)
    return;
  self->is_stale = FALSE;
  for (gsize k = 0; k < n; k++)
    {
      double lambda = self->values[k], x = self->time * lambda;

      self->modes[k] = self->projections[k]
                       * (x > 0.0 ? -expm1 (-x) / lambda : self->time) / (double) n;
    }
  eng_la_gemv_t (1.0, &self->vectors, self->modes, 0.0, self->model.c);
}

/* out <- y − V diag (e^{−tλ}) Vᵀ y, without a kernel. */
static void
predict_samples (GradientFlow *self, const double *y, float *out)
{
  for (gsize k = 0; k < self->vectors.rows; k++)
    self->modes[k] = self->projections[k] * exp (-self->time * self->values[k]);
  eng_la_gemv_t (1.0, &self->vectors, self->modes, 0.0, self->rest);
  for (gsize i = 0; i < self->vectors.rows; i++)
    out[i] = (float) (y[i] - self->rest[i]);
}

static void
predict (EngLearner *learner, const EngMatF *x, EngLanes *lanes, float *out)
{
  GradientFlow     *self = learner->state;
  const EngProblem *problem = learner->context.problem;

  if (x->data == problem->x_train.data)
    {
      predict_samples (self, problem->y_train, out);
      return;
    }
  update_coefficients (self);
  eng_kernel_model_predict (learner, x, lanes, out);
}

static void
measure (EngLearner *learner, double *values)
{
  const GradientFlow *self = learner->state;

  values[0] = self->model.distance;
}

static void
add_arrays (EngLearner *learner, EngArrays *arrays)
{
  GradientFlow *self = learner->state;

  update_coefficients (self);
  eng_kernel_model_add_arrays (&self->model, arrays);
}

const EngLearnerClass eng_learner_gradient_flow = {
  .id = "gradient-flow",
  .title = N_ ("Gradient flow"),
  .help = N_ ("training by infinitely small steps, in closed form"),
  .tables = tables,
  .state_size = sizeof (GradientFlow),
  .linearised = TRUE,
  .check = check,
  .hint = eng_kernel_hint,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = prepare,
  .step = step,
  .predict = predict,
  .add_arrays = add_arrays,
  .columns = columns,
  .measure = measure,
};
