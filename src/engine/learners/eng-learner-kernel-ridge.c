/* SPDX-License-Identifier: GPL-3.0-or-later
 * kernel-ridge: f(x) = Σ_i c_i K(x, x_i), (K + ρ I) c = y, in one step (deep.md section 2;
 * papers.md F.5).  ρ grows where K alone has no Cholesky factor. */
#include "config.h"

#include "eng-kernel-advice.h"
#include "eng-kernel-model.h"
#include "eng-normal.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const EngParam params[] = {
  { .key = "ridge",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e12,
    .fallback = "1e-6",
    .title = N_ ("Ridge"),
    .help = N_ ("in units of the mean of K(x, x); grows if the solution needs it") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_direct_params, eng_kernel_params,
                                          params, NULL };

static const EngColumn columns[] = {
  { "ridge", N_ ("Ridge in use") },
  { "ridge-added", N_ ("Ridge beyond what was asked for") },
  ENG_KERNEL_COLUMN,
  { NULL, NULL },
};

typedef struct
{
  EngKernelModel model;
  EngNormal      normal;
  double         ridge;
  gboolean       is_solved;
} KernelRidge;

static gboolean
check (EngSpec *spec, const EngSettings *settings, GError **error)
{
  return eng_kernel_check (settings, error);
}

/* --- memory ------------------------------------------------------------------------ */

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  return eng_normal_estimate_bytes (sizes->n)
         + eng_kernel_model_estimate_bytes (settings, sizes, FALSE);
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  KernelRidge *self = learner->state;

  eng_kernel_model_init (&self->model, context, FALSE);
  eng_normal_init (&self->normal, context->problem->n, context->arena);
  self->ridge = NAN;
  return TRUE;
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  KernelRidge *self = learner->state;

  return eng_kernel_model_prepare (&self->model, context, error);
}

/* --- step -------------------------------------------------------------------------- */

/* Of the samples: y before the step, ρ c after it. */
static double
measure_loss (const KernelRidge *self, const EngProblem *problem, double ridge)
{
  const double *rest = self->is_solved ? self->model.c : problem->y_train;
  double        norm = eng_la_norm (problem->n, rest) * (self->is_solved ? ridge : 1.0);

  return norm * norm / (double) problem->n / problem->variance;
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  KernelRidge      *self = learner->state;
  const EngContext *context = &learner->context;
  const EngProblem *problem = context->problem;
  double            ridge = eng_settings_get_double (context->settings, "ridge");
  EngStatus         status;

  status = eng_learner_judge (
      learner,
      measure_loss (self, problem,
                    self->is_solved ? eng_normal_get_shift (&self->normal) : 0.0),
      TRUE);
  if (status != ENG_STATUS_CONTINUE || self->is_solved)
    return status == ENG_STATUS_CONTINUE ? ENG_STATUS_FINISHED : status;
  eng_kernel_model_fill (&self->model, lanes, &self->normal.k);
  if (eng_context_should_stop (context))
    return ENG_STATUS_STOPPED;
  if (!eng_normal_factor (&self->normal, ridge, lanes, context->cancel))
    return eng_context_should_stop (context) ? ENG_STATUS_STOPPED : ENG_STATUS_DIVERGED;
  memcpy (self->model.c, problem->y_train, problem->n * sizeof (double));
  eng_normal_solve (&self->normal, self->model.c);
  self->ridge = self->normal.ridge;
  self->is_solved = TRUE;
  return ENG_STATUS_CONTINUE;
}

/* f = y − ρ c on the samples. */
static void
predict (EngLearner *learner, const EngMatF *x, EngLanes *lanes, float *out)
{
  KernelRidge      *self = learner->state;
  const EngProblem *problem = learner->context.problem;
  double            ridge;

  if (!self->is_solved)
    {
      memset (out, 0, x->rows * sizeof (float));
      return;
    }
  if (x->data != problem->x_train.data)
    {
      eng_kernel_model_predict (learner, x, lanes, out);
      return;
    }
  ridge = eng_normal_get_shift (&self->normal);
  for (gsize i = 0; i < x->rows; i++)
    out[i] = (float) (problem->y_train[i] - ridge * self->model.c[i]);
}

static void
measure (EngLearner *learner, double *values)
{
  const KernelRidge *self = learner->state;

  values[0] = self->ridge;
  values[1] = self->ridge - eng_settings_get_double (learner->context.settings, "ridge");
  values[2] = self->model.distance;
}

static void
add_arrays (EngLearner *learner, EngArrays *arrays)
{
  const KernelRidge *self = learner->state;

  eng_kernel_model_add_arrays (&self->model, arrays);
}

const EngLearnerClass eng_learner_kernel_ridge = {
  .id = "kernel-ridge",
  .title = N_ ("Kernel ridge"),
  .help = N_ ("the function of smallest norm that fits, in one step"),
  .tables = tables,
  .state_size = sizeof (KernelRidge),
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
