/* SPDX-License-Identifier: GPL-3.0-or-later
 * diagonal: the linear network f = Σ_i (w₊ᵢ^D − w₋ᵢ^D) x_i from w₊ = w₋ = α, by gradient
 * descent on (1/2n)|Xβ − y|² (Woodworth et al. 2020; papers.md D.4 and F.7):
 *   g = Xᵀr/n,  w₊ −= η D w₊^{D−1}∘g,  w₋ += η D w₋^{D−1}∘g,
 * tangent kernel D² ⟨x∘(w₊^{2D−2} + w₋^{2D−2}), x'⟩.  Where infinitely small steps end is
 * known exactly, and computed before step 1 (eng-implicit-bias.h).  In double. */
#include "config.h"

#include "eng-diagonal-advice.h"
#include "eng-diagonal.h"
#include "eng-error.h"
#include "eng-implicit-bias.h"
#include "eng-kernel-measures.h"
#include "eng-kernels.h"
#include "eng-learner.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* At c = 1 no weight grows or falls by more than this share in a step: about as far from
 * its end, or less, gradient descent stays. */
#define GROWTH 0.002
/* One power iteration keeps λ_max of the moving kernel current. */
#define REFRESH_STEPS    5
#define START_ITERATIONS 100

static const EngParam params[] = {
  ENG_STEP_PARAMS ("1"),
  { .key = "alpha",
    .kind = ENG_PARAM_REAL,
    .min = 1e-6,
    .max = 100,
    .fallback = "0.01",
    .title = N_ ("Initial Scale α"),
    .help = N_ ("of all weights; large: lazy, small: rich") },
  { .key = "depth",
    .kind = ENG_PARAM_INT,
    .min = 2,
    .max = 6,
    .fallback = "2",
    .title = N_ ("Depth"),
    .help = N_ ("power of the weights in a coefficient") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_common_params, params, NULL };

typedef struct
{
  const EngProblem *problem;
  EngSolutions     *solutions; /* the problem's */
  EngDiagonal       network;
  EngCoefficients   ends;     /* its β, and where theory has it end */
  EngMat            x;        /* (n, d) */
  double           *r;        /* (n) Xβ − y */
  double           *g;        /* (d) Xᵀr/n */
  double           *top;      /* (n) leading eigenvector of the tangent kernel */
  double           *kappa;    /* (d) weights of the tangent kernel */
  double           *along;    /* (d) */
  guint64           t;        /* steps taken */
  EngMat            probes;   /* (N, d) test inputs on which kernels are compared */
  EngMat            features; /* (N, d) */
  EngMat            k0, kt;   /* (N, N) */
  float            *direction, *values; /* (d), (n_test) */
  EngMatF           w, w0;              /* (2, d) w₊ and w₋: movement, start */
} Diagonal;

enum
{
  EXCESS_L1,
  EXCESS_L2,
  DISTANCE,
  DRIFT,
  GAP,
};

static const EngColumn columns[] = {
  { "excess-l1", N_ ("ℓ₁ norm above the smallest") },
  { "excess-l2", N_ ("ℓ₂ norm above the smallest") },
  { "bias-distance", N_ ("Distance to argmin Q") },
  { "kernel-drift", N_ ("Kernel drift") },
  { "linearisation-gap", N_ ("Linearisation gap") },
  { NULL, NULL },
};

static char *
hint (EngSpec *spec, const EngSettings *settings)
{
  return eng_diagonal_get_hint (spec);
}

/* --- memory ------------------------------------------------------------------------ */

static gsize
get_n_probes (const EngProblem *problem)
{
  return MIN (
      (gsize) eng_settings_get_int (eng_spec_get_observe (problem->spec), "drift-points"),
      problem->n_test);
}

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double n = sizes->n, d = sizes->d, probes = sizes->n_drift;

  return sizeof (double) * (n * d + 8.0 * d + 2.0 * n + 2.0 * probes * (d + probes))
         + sizeof (float) * (5.0 * d + sizes->n_test)
         + (n < d ? eng_solutions_estimate_bytes (n, d) : 0.0);
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  Diagonal   *self = learner->state;
  EngArena   *arena = context->arena;
  EngProblem *problem = context->problem;
  gsize       n = problem->n, d = problem->d, probes = get_n_probes (problem);

  self->problem = problem;
  self->solutions = eng_problem_get_solutions (problem);
  eng_diagonal_init (&self->network, d,
                     (guint) eng_settings_get_int (context->settings, "depth"),
                     eng_settings_get_double (context->settings, "alpha"), arena);
  self->ends = (EngCoefficients){ .n = d,
                                  .found = self->network.beta,
                                  .expected = eng_arena_doubles (arena, d) };
  self->x = eng_arena_mat (arena, n, d);
  self->r = eng_arena_doubles (arena, n);
  self->g = eng_arena_doubles (arena, d);
  self->top = eng_arena_doubles (arena, n);
  self->kappa = eng_arena_doubles (arena, d);
  self->along = eng_arena_doubles (arena, d);
  self->probes = eng_arena_mat (arena, probes, d);
  self->features = eng_arena_mat (arena, probes, d);
  self->k0 = eng_arena_mat (arena, probes, probes);
  self->kt = eng_arena_mat (arena, probes, probes);
  self->direction = eng_arena_floats (arena, d);
  self->values = eng_arena_floats (arena, problem->n_test);
  self->w = eng_arena_matf (arena, 2, d);
  self->w0 = eng_arena_matf (arena, 2, d);
  for (gsize i = 0; i < 2 * d; i++)
    self->w0.data[i] = (float) self->network.alpha;
  return TRUE;
}

/* --- tangent kernel ---------------------------------------------------------------- */

/* One power iteration on K/n, K the tangent kernel on the samples.
 * Returns: its largest eigenvalue. */
static double
iterate (Diagonal *self)
{
  gsize  n = self->x.rows;
  double norm = eng_la_norm (n, self->top);

  eng_diagonal_get_kernel (&self->network, self->kappa);
  eng_la_gemv_t (1.0 / norm, &self->x, self->top, 0.0, self->along);
  for (gsize i = 0; i < self->x.cols; i++)
    self->along[i] *= self->kappa[i];
  eng_la_gemv (1.0 / (double) n, &self->x, self->along, 0.0, self->top);
  return eng_la_norm (n, self->top);
}

/* K on the probes. */
static void
fill_kernel (Diagonal *self, EngMat *kernel)
{
  gsize d = self->probes.cols;

  eng_diagonal_get_kernel (&self->network, self->kappa);
  for (gsize i = 0; i < d; i++)
    self->kappa[i] = sqrt (self->kappa[i]);
  for (gsize k = 0; k < self->probes.rows; k++)
    for (gsize i = 0; i < d; i++)
      self->features.data[k * d + i] = self->probes.data[k * d + i] * self->kappa[i];
  eng_la_syrk (1.0, &self->features, 0.0, kernel);
}

/* --- preparation ------------------------------------------------------------------- */

/* Where there is no choice, or no solution, theory knows nothing. */
static void
find_ends (Diagonal *self, const EngContext *context)
{
  EngCoefficients *ends = &self->ends;
  const double    *y = self->problem->y_train;

  eng_solutions_find (self->solutions, &self->x, y, context->cancel);
  ends->smallest = self->solutions->smallest;
  ends->sparsest = self->solutions->sparsest;
  if (self->x.rows >= self->x.cols
      || !eng_implicit_bias_find (&self->x, y, self->network.alpha, self->network.depth,
                                  context->cancel, ends->expected))
    ends->expected = NULL;
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  Diagonal         *self = learner->state;
  const EngProblem *problem = self->problem;

  eng_kernel_widen (problem->n * problem->d, problem->x_train.data, self->x.data);
  eng_kernel_widen (self->probes.rows * problem->d, problem->x_test.data,
                    self->probes.data);
  find_ends (self, context);
  memcpy (self->top, problem->y_train, problem->n * sizeof (double));
  for (guint k = 0; k < START_ITERATIONS && !eng_context_should_stop (context); k++)
    learner->lambda_max = iterate (self);
  if (eng_context_should_stop (context))
    return TRUE;
  if (!(learner->lambda_max > 0.0))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_NUMERIC,
                   _ ("the kernel of these inputs is zero"));
      return FALSE;
    }
  fill_kernel (self, &self->k0);
  eng_learner_update_step_size (learner);
  return TRUE;
}

/* --- step -------------------------------------------------------------------------- */

/* η = c/λ_max, or less where weights would grow too fast for the flow to be followed. */
static void
choose_step_size (EngLearner *learner)
{
  Diagonal *self = learner->state;
  double    largest = learner->rate * GROWTH
                   / eng_diagonal_get_speed (&self->network, self->g);

  if (self->t % REFRESH_STEPS == 0)
    learner->lambda_max = iterate (self);
  eng_learner_update_step_size (learner);
  if (!(learner->fixed_step_size > 0.0))
    learner->step_size = MIN (learner->step_size, largest);
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  Diagonal *self = learner->state;
  gsize     n = self->x.rows;
  EngStatus status;

  memcpy (self->r, self->problem->y_train, n * sizeof (double));
  eng_la_gemv (1.0, &self->x, self->network.beta, -1.0, self->r);
  status = eng_learner_judge (
      learner, eng_la_dot (n, self->r, self->r) / (double) n / self->problem->variance,
      TRUE);
  if (status != ENG_STATUS_CONTINUE)
    return status;
  eng_la_gemv_t (1.0 / (double) n, &self->x, self->r, 0.0, self->g);
  choose_step_size (learner);
  eng_diagonal_descend (&self->network, self->g, learner->step_size);
  self->t++;
  return ENG_STATUS_CONTINUE;
}

/* --- views ------------------------------------------------------------------------- */

/* out <- ⟨direction, x⟩ for every row, with the direction rounded to float.
 * direction: (d)  x: (n, d)  out: (n) */
static void
apply (Diagonal *self, const double *direction, const EngMatF *x, float *out)
{
  for (gsize i = 0; i < x->cols; i++)
    self->direction[i] = (float) direction[i];
  memset (out, 0, x->rows * sizeof (float));
  eng_laf_gemv_columns (1.0f, x, 0, x->cols, self->direction, 0.0f, out);
}

static void
predict (EngLearner *learner, const EngMatF *x, EngLanes *lanes, float *out)
{
  Diagonal *self = learner->state;

  apply (self, self->network.beta, x, out);
}

static const EngMatF *
weights (EngLearner *learner, guint layer)
{
  Diagonal *self = learner->state;

  eng_diagonal_get_movement (&self->network, &self->w);
  return layer == 0 ? &self->w : NULL;
}

static const EngMatF *
initial_weights (EngLearner *learner, guint layer)
{
  Diagonal *self = learner->state;

  return layer == 0 ? &self->w0 : NULL;
}

static const EngCoefficients *
coefficients (EngLearner *learner)
{
  Diagonal *self = learner->state;

  return &self->ends;
}

static void
add_arrays (EngLearner *learner, EngArrays *arrays)
{
  const Diagonal *self = learner->state;

  eng_diagonal_add_arrays (&self->network, arrays);
}

static double
get_l1 (gsize n, const double *x)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += fabs (x[i]);
  return sum;
}

/* |β − b| / |b|; NaN where b is not known. */
static double
get_distance (Diagonal *self, const double *b)
{
  gsize d = self->network.d;

  if (b == NULL)
    return NAN;
  memcpy (self->along, self->network.beta, d * sizeof (double));
  eng_la_axpy (d, -1.0, b, self->along);
  return eng_la_norm (d, self->along) / eng_la_norm (d, b);
}

/* Σ ⟨direction, x⟩² over the test inputs. */
static double
get_energy (Diagonal *self, const double *direction)
{
  apply (self, direction, &self->problem->x_test, self->values);
  return eng_kernel_square_sum (self->problem->n_test, self->values);
}

static double
measure_gap (Diagonal *self)
{
  double energy = get_energy (self, self->network.beta);

  eng_diagonal_linearise (&self->network, self->along);
  eng_la_axpy (self->network.d, -1.0, self->network.beta, self->along);
  return energy > 0.0 ? get_energy (self, self->along) / energy : NAN;
}

static void
measure (EngLearner *learner, double *values)
{
  Diagonal              *self = learner->state;
  const EngCoefficients *ends = &self->ends;
  gsize                  d = ends->n;

  values[EXCESS_L1] = ends->sparsest == NULL
                          ? NAN
                          : get_l1 (d, ends->found) / get_l1 (d, ends->sparsest) - 1.0;
  values[EXCESS_L2] = ends->smallest == NULL
                          ? NAN
                          : eng_la_norm (d, ends->found) / eng_la_norm (d, ends->smallest)
                                - 1.0;
  values[DISTANCE] = get_distance (self, ends->expected);
  fill_kernel (self, &self->kt);
  values[DRIFT] = eng_kernel_measure_drift (&self->k0, &self->kt);
  values[GAP] = measure_gap (self);
}

const EngLearnerClass eng_learner_diagonal = {
  .id = "diagonal",
  .title = N_ ("Diagonal network"),
  .help = N_ ("a linear network whose coefficients are powers of its weights"),
  .tables = tables,
  .state_size = sizeof (Diagonal),
  .full_network = TRUE,
  .hint = hint,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = prepare,
  .step = step,
  .predict = predict,
  .weights = weights,
  .initial_weights = initial_weights,
  .coefficients = coefficients,
  .add_arrays = add_arrays,
  .columns = columns,
  .measure = measure,
};
