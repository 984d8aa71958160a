/* SPDX-License-Identifier: GPL-3.0-or-later
 * recovery: the teacher's directions first, then a function of them (deep.md sections 5
 * and 6b).  A start finds directions u_j,
 *
 *   spectral  the leading eigenvectors, by modulus, of (1/n) Σ_i (y_i − ȳ)(x_i x_iᵀ − I),
 *             in one step,
 *   tensor    power iteration on the Hermite tensor of degree p, one direction after the
 *             other, `power-steps` steps each,
 *   random    orthonormal ones, to compare with,
 *
 * and the steps that are left are projected gradient descent on (1/2n) Σ_i (Σ_j c_j
 * h_p (u_j·x_i) − y_i)². */
#include "config.h"

#include "eng-error.h"
#include "eng-hermite-fit.h"
#include "eng-recovery.h"
#include "eng-search-advice.h"
#include "eng-span-fit.h"
#include "eng-spectral.h"
#include "eng-tensor-power.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const EngChoice starts[] = {
  { "spectral", N_ ("Spectral") },
  { "tensor", N_ ("Tensor power iteration") },
  { "random", N_ ("Random") },
  { NULL, NULL },
};

static const EngChoice predictions[] = {
  { "span", N_ ("Polynomials in the span") },
  { "hermite", N_ ("Hermite, along each direction") },
  { NULL, NULL },
};

static const EngParam params[] = {
  { .key = "start",
    .kind = ENG_PARAM_CHOICE,
    .choices = starts,
    .fallback = "spectral",
    .title = N_ ("Start"),
    .help = N_ ("how directions are found before they are refined") },
  { .key = "degree",
    .kind = ENG_PARAM_INT,
    .min = 2,
    .max = 4,
    .fallback = "2",
    .title = N_ ("Degree p"),
    .help = N_ ("of the tensor, and of the polynomials that are refined") },
  { .key = "fit-rank",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = ENG_RECOVERY_MAX_RANK,
    .flags = ENG_PARAM_OPTIONAL,
    .title = N_ ("Directions to Find"),
    .help = N_ ("as many as the teacher has by default") },
  { .key = "power-steps",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = 1e5,
    .fallback = "30",
    .title = N_ ("Power Steps"),
    .help = N_ ("for each direction; the steps after them refine"),
    .only_key = "start",
    .only_id = "tensor" },
  { .key = "starts",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = 1000,
    .fallback = "30",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Random Starts"),
    .help = N_ ("of the power iteration at once; the best is kept"),
    .only_key = "start",
    .only_id = "tensor" },
  { .key = "step-size",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e6,
    .flags = ENG_PARAM_OPEN_MIN | ENG_PARAM_LIVE,
    .fallback = "0.05",
    .title = N_ ("Step Size η"),
    .help = N_ ("of the refinement") },
  { .key = "prediction",
    .kind = ENG_PARAM_CHOICE,
    .choices = predictions,
    .fallback = "span",
    .title = N_ ("Prediction"),
    .help = N_ ("the function of the directions that is fitted") },
  { .key = "span-degree",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = 8,
    .fallback = "4",
    .title = N_ ("Degree in the Span"),
    .help = N_ ("of the polynomials fitted there"),
    .only_key = "prediction",
    .only_id = "span" },
  { .key = "ridge",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e12,
    .fallback = "1e-6",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Ridge"),
    .help = N_ ("of the fit in the span, in units of the mean of its kernel"),
    .only_key = "prediction",
    .only_id = "span" },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_search_params, params, NULL };

typedef struct
{
  gsize          rank;
  gboolean       is_spectral, is_tensor, in_span;
  gsize          n_found; /* directions that the search is done with */
  guint64        taken;   /* power steps for the present one */
  guint64        power_steps;
  gboolean       failed;
  EngTensor      tensor;
  EngTensorPower power;
  EngSpectral    spectral;
  EngHermiteFit  fit; /* its directions are the learner's */
  EngSpanFit     span;
} Recovery;

/* --- memory ------------------------------------------------------------------------ */

static gboolean
is_start (const EngSettings *settings, const char *id)
{
  return eng_settings_is_choice (settings, "start", id);
}

static gboolean
predicts_in_span (const EngSettings *settings)
{
  return eng_settings_is_choice (settings, "prediction", "span");
}

static guint
get_span_degree (const EngSettings *settings)
{
  return (guint) eng_settings_get_int (settings, "span-degree");
}

static gboolean
check (EngSpec *spec, const EngSettings *settings, GError **error)
{
  gsize rank = eng_recovery_find_rank (settings, eng_spec_get_problem (spec)), features;

  if (!eng_recovery_check (spec, settings, error))
    return FALSE;
  features = eng_problem_basis_size (rank, get_span_degree (settings));
  if (!predicts_in_span (settings) || features <= ENG_SPAN_FIT_MAX_FEATURES)
    return TRUE;
  g_set_error (
      error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
      _ ("span-degree must leave at most %d polynomials, got %zu of degree %u in "
         "%zu directions"),
      ENG_SPAN_FIT_MAX_FEATURES, features, get_span_degree (settings), rank);
  return FALSE;
}

/* Directions that the tensor is contracted with at once. */
static double
get_most (const EngSettings *settings, double d)
{
  return is_start (settings, "tensor") ? eng_settings_get_double (settings, "starts")
                                       : MIN (d, ENG_BLOCK_ROWS);
}

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double rank = eng_recovery_estimate_rank (settings, sizes), d = sizes->d;
  double most = get_most (settings, d);
  double bytes = eng_hermite_fit_estimate_bytes (sizes, rank);

  if (!is_start (settings, "random"))
    bytes += eng_tensor_estimate_bytes (d, most);
  if (is_start (settings, "tensor"))
    bytes += eng_tensor_power_estimate_bytes (sizes, most);
  if (is_start (settings, "spectral"))
    bytes += eng_spectral_estimate_bytes (sizes, rank);
  if (predicts_in_span (settings))
    bytes += eng_span_fit_estimate_bytes (sizes, rank, get_span_degree (settings));
  return bytes;
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  Recovery          *self = learner->state;
  const EngSettings *settings = context->settings;
  const EngProblem  *problem = context->problem;
  EngArena          *arena = context->arena;
  guint              degree = (guint) eng_settings_get_int (settings, "degree");
  gsize              most = (gsize) get_most (settings, (double) problem->d);

  self->rank = eng_recovery_get_rank (context);
  self->is_spectral = is_start (settings, "spectral");
  self->is_tensor = is_start (settings, "tensor");
  self->in_span = predicts_in_span (settings);
  self->power_steps = (guint64) eng_settings_get_int (settings, "power-steps");
  if (self->is_spectral || self->is_tensor)
    eng_tensor_init (&self->tensor, &problem->x_train, most, arena);
  self->tensor.cancel = context->cancel;
  if (self->is_tensor)
    eng_tensor_power_init (&self->power, &self->tensor, degree, most, problem->y_train,
                           eng_context_stream (context, "init", 0), arena);
  if (self->is_spectral)
    eng_spectral_init (&self->spectral, &self->tensor, self->rank, arena);
  eng_hermite_fit_init (&self->fit, &problem->x_train, problem->y_train, degree,
                        self->rank, arena);
  if (self->in_span)
    eng_span_fit_init (&self->span, &problem->x_train, problem->y_train, self->rank,
                       get_span_degree (settings),
                       eng_settings_get_double (settings, "ridge"), arena);
  self->span.cancel = context->cancel;
  return TRUE;
}

/* --- starts ------------------------------------------------------------------------ */

static void
draw_directions (Recovery *self, EngRng *rng)
{
  gsize d = self->fit.u.cols;

  for (self->fit.u.rows = 0; self->fit.u.rows < self->rank; self->fit.u.rows++)
    {
      eng_rng_fill_direction (rng, d, self->fit.u.data + self->fit.u.rows * d);
      (void) eng_la_orthonormalise_row (&self->fit.u, self->fit.u.rows);
    }
}

static gboolean
find_spectral (Recovery *self, const EngProblem *problem, EngLanes *lanes)
{
  EngMat u = { self->rank, self->fit.u.cols, self->fit.u.data };

  if (!eng_spectral_find (&self->spectral, problem->y_train, lanes, &u))
    return FALSE;
  self->n_found = self->fit.u.rows = self->rank;
  return TRUE;
}

/* The best of the present starts is seen as a direction already. */
static void
show_best (Recovery *self)
{
  gsize d = self->fit.u.cols;

  memcpy (self->fit.u.data + self->n_found * d, eng_tensor_power_get_best (&self->power),
          d * sizeof (double));
  self->fit.u.rows = self->n_found + 1;
}

static gboolean
search (Recovery *self, EngLanes *lanes)
{
  if (!eng_tensor_power_step (&self->power, lanes))
    return FALSE;
  show_best (self);
  if (++self->taken < self->power_steps)
    return TRUE;
  self->taken = 0;
  if (++self->n_found == self->rank)
    return TRUE;
  eng_tensor_power_deflate (&self->power);
  if (!eng_tensor_power_begin (&self->power, lanes))
    return FALSE;
  show_best (self);
  return TRUE;
}

/* --- step -------------------------------------------------------------------------- */

/* Fits the function to the present directions. */
static gboolean
fit (Recovery *self, EngLanes *lanes)
{
  return eng_hermite_fit_solve (&self->fit, lanes)
         && (!self->in_span || eng_span_fit_solve (&self->span, &self->fit.u, lanes));
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  Recovery *self = learner->state;

  eng_learner_update_step_size (learner);
  if (self->is_tensor)
    {
      if (!eng_tensor_power_begin (&self->power, context->lanes))
        return TRUE;
      show_best (self);
    }
  else if (!self->is_spectral)
    {
      draw_directions (self, eng_context_stream (context, "init", 0));
      self->n_found = self->rank;
    }
  self->failed = !fit (self, context->lanes);
  return TRUE;
}

static double
get_loss (const Recovery *self, const EngProblem *problem)
{
  return (self->in_span ? eng_span_fit_get_loss (&self->span)
                        : eng_hermite_fit_get_loss (&self->fit))
         / problem->variance;
}

/* A step of the search or of the refinement. */
static gboolean
move (Recovery *self, const EngProblem *problem, double step_size, EngLanes *lanes)
{
  if (self->n_found < self->rank)
    return self->is_tensor ? search (self, lanes) : find_spectral (self, problem, lanes);
  eng_hermite_fit_descend (&self->fit, step_size, lanes);
  return TRUE;
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  Recovery         *self = learner->state;
  const EngProblem *problem = learner->context.problem;
  EngStatus         status = self->failed
                                 ? ENG_STATUS_DIVERGED
                                 : eng_learner_judge (learner, get_loss (self, problem), TRUE);

  if (status != ENG_STATUS_CONTINUE)
    return status;
  if (!move (self, problem, learner->step_size, lanes))
    return eng_context_should_stop (&learner->context) ? ENG_STATUS_STOPPED
                                                       : ENG_STATUS_DIVERGED;
  if (fit (self, lanes))
    return ENG_STATUS_CONTINUE;
  self->failed = !eng_context_should_stop (&learner->context);
  return self->failed ? ENG_STATUS_DIVERGED : ENG_STATUS_STOPPED;
}

/* --- what is seen ------------------------------------------------------------------ */

static void
predict (EngLearner *learner, const EngMatF *x, EngLanes *lanes, float *out)
{
  Recovery *self = learner->state;

  if (self->in_span)
    eng_span_fit_predict (&self->span, x, lanes, out);
  else
    eng_hermite_fit_predict (&self->fit, x, lanes, out);
}

static const EngMat *
directions (EngLearner *learner)
{
  const Recovery *self = learner->state;

  return &self->fit.u;
}

static void
add_arrays (EngLearner *learner, EngArrays *arrays)
{
  const Recovery *self = learner->state;

  eng_arrays_add_mat (arrays, "directions", &self->fit.u);
  if (self->in_span)
    eng_span_fit_add_arrays (&self->span, arrays);
  else
    eng_arrays_add (arrays, "c", self->fit.u.rows, self->fit.c);
}

const EngLearnerClass eng_learner_recovery = {
  .id = "recovery",
  .title = N_ ("Parameter recovery"),
  .help = N_ ("the teacher's directions first, then a function of them"),
  .tables = tables,
  .state_size = sizeof (Recovery),
  .check = check,
  .hint = eng_search_get_hint,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = prepare,
  .step = step,
  .predict = predict,
  .directions = directions,
  .add_arrays = add_arrays,
};
