/* SPDX-License-Identifier: GPL-3.0-or-later
 * network: gradient descent on the full two-layer network α f at output scale α
 * (Chizat-Bach: lazy for large α, rich for small), loss (1/2n) Σ (α f − y)² / α²; first
 * layer or both, full batch or mini-batch.  papers.md F.1; two-layer.md section 2.
 *
 * Weight decay γ adds (γ/α) m^{-1/2} Σ_r |w0_r + w_r|²: all of the first layer, each
 * neuron as much as it counts in f.  For σ = z² and |a_r| = 1 it bounds γ/α² times the
 * nuclear norm of the matrix L that α f is, so that the whole is 1/α² times F1,
 * (1/2n) Σ (xᵀLx − y)² + γ ‖L‖_* (deep.md section 4). */
#include "config.h"

#include "eng-jacobian.h"
#include "eng-kernels.h"
#include "eng-network.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* λ_max of the moving kernel is kept current (NOTATION "Steps, records, ends"). */
#define REFRESH_STEPS      20
#define REFRESH_ITERATIONS 3
#define START_ITERATIONS   200
#define START_TOLERANCE    1e-6

static const EngChoice layers[] = {
  { "first", N_ ("First layer") },
  { "both", N_ ("Both layers") },
  { NULL, NULL },
};

static const EngParam params[] = {
  ENG_TWO_LAYER_PARAMS ("relu", "0"),
  ENG_STEP_PARAMS ("0.8"),
  { .key = "alpha",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e4,
    .fallback = "1",
    .flags = ENG_PARAM_OPEN_MIN | ENG_PARAM_LIVE,
    .title = N_ ("Output Scale α"),
    .help = N_ ("large: lazy; small: rich") },
  { .key = "layers",
    .kind = ENG_PARAM_CHOICE,
    .choices = layers,
    .fallback = "first",
    .title = N_ ("Trained"),
    .help = N_ ("which weights move") },
  { .key = "batch",
    .kind = ENG_PARAM_INT,
    .min = 0,
    .max = 1e7,
    .fallback = "0",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Batch"),
    .help = N_ ("examples a step; 0 for all of them") },
  { .key = "weight-decay",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e3,
    .fallback = "0",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Weight Decay γ"),
    .help = N_ ("penalty on W₀ + W; with z² that on the nuclear norm") },
  { .key = "signed-dropout",
    .kind = ENG_PARAM_BOOLEAN,
    .fallback = "false",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Signed Dropout"),
    .help = N_ ("fresh random signs on the movement, forward and backward") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_common_params, params, NULL };

/* --- memory -------------------------------------------------------------------------- */

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double   m = eng_settings_get_double (settings, "m");
  gboolean both = eng_settings_is_choice (settings, "layers", "both");
  double   batch = eng_settings_get_double (settings, "batch");

  batch = batch > 0 && batch < sizes->n ? batch : 0.0;
  return eng_two_layer_estimate_bytes (settings, (gsize) sizes->d)
         + eng_network_tangent_estimate_bytes (both, sizes->n, sizes->d, m)
         + (batch > 0 ? eng_network_tangent_estimate_bytes (both, batch, sizes->d, m)
                      : 0.0)
         + sizeof (float) * (3.0 * m * sizes->d + 6.0 * sizes->n + batch * sizes->d)
         + eng_network_matrix_estimate_bytes (settings, sizes->d);
}

static void
init_batch (EngNetwork *self, const EngContext *context)
{
  gsize n = self->problem->n, wanted;

  wanted = (gsize) eng_settings_get_int (context->settings, "batch");
  self->batch = wanted == 0 || wanted >= n ? n : wanted;
  self->batch_rng = eng_context_stream (context, "batch", 0);
  self->cursor = n;
  if (self->batch == n)
    return;
  self->order = eng_arena_bytes (context->arena, n, sizeof (gsize));
  self->xb = eng_arena_matf (context->arena, self->batch, self->problem->d);
  self->yb = eng_arena_floats (context->arena, self->batch);
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  EngNetwork *self = learner->state;
  EngArena   *arena = context->arena;
  gsize       n = context->problem->n, d = context->problem->d, m;

  self->learner = learner;
  self->problem = context->problem;
  self->alpha = eng_settings_get_double (context->settings, "alpha");
  self->decay = eng_settings_get_double (context->settings, "weight-decay");
  self->net.both_layers = eng_settings_is_choice (context->settings, "layers", "both");
  self->dropout = eng_settings_get_boolean (context->settings, "signed-dropout");
  eng_two_layer_init (&self->net, context->settings, d, arena);
  eng_two_layer_draw (&self->net, context->settings, context->seed);
  m = self->net.m;
  init_batch (self, context);
  self->y = eng_arena_floats (arena, n);
  if (!self->net.is_paired)
    self->initial = eng_arena_floats (arena, n);
  self->moved = eng_arena_matf (arena, m, d);
  self->gradient = eng_arena_matf (arena, m, d);
  self->output_gradient = eng_arena_matf (arena, m, 1);
  self->signs = eng_arena_floats (arena, m);
  eng_network_init_tangent (self, &self->train, n, arena);
  if (self->batch < n)
    eng_network_init_tangent (self, &self->mini, self->batch, arena);
  self->f = eng_arena_floats (arena, n);
  self->weights = eng_arena_floats (arena, n);
  self->v = eng_arena_floats (arena, n);
  self->next = eng_arena_floats (arena, n);
  self->w_v = eng_arena_matf (arena, m, d);
  self->a_v = eng_arena_matf (arena, m, 1);
  self->dropout_rng = eng_context_stream (context, "dropout", 0);
  if (eng_network_is_matrix (context->problem->spec, context->settings))
    eng_network_matrix_init (self, arena);
  return TRUE;
}

/* α f = α (sum − initial sum) is to be the label. */
static void
fill_targets (EngNetwork *self)
{
  for (gsize i = 0; i < self->problem->n; i++)
    self->y[i] = (float) (self->problem->y_train[i]
                          + (self->initial == NULL ? 0.0
                                                   : self->alpha * self->initial[i]));
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  EngNetwork        *self = learner->state;
  g_autoptr (EngRng) rng = eng_rng_new (context->seed, "init", 1);

  if (self->initial != NULL)
    eng_two_layer_initial (&self->net, &self->problem->x_train, context->cancel,
                           self->initial);
  if (eng_context_should_stop (context))
    return TRUE;
  fill_targets (self);
  eng_network_set_inputs (&self->train, &self->problem->x_train);
  for (gsize i = 0; i < self->problem->n; i++)
    self->v[i] = (float) eng_rng_gaussian (rng);
  eng_network_refresh_lambda_max (self, START_ITERATIONS, START_TOLERANCE,
                                  context->lanes);
  return TRUE;
}

/* --- step ------------------------------------------------------------------------------ */

/* Points x_now and y_now at this step's examples: all, or the next of a shuffled epoch. */
static void
choose_batch (EngNetwork *self)
{
  gsize n = self->problem->n, d = self->problem->d;

  self->x_now = &self->problem->x_train;
  self->y_now = self->y;
  if (self->batch == n)
    return;
  for (gsize i = 0; i < self->batch; i++)
    {
      gsize row;

      if (self->cursor == n)
        {
          eng_rng_shuffle (self->batch_rng, n, self->order);
          self->cursor = 0;
        }
      row = self->order[self->cursor++];
      memcpy (self->xb.data + i * d, self->problem->x_train.data + row * d,
              d * sizeof (float));
      self->yb[i] = self->y[row];
    }
  self->x_now = &self->xb;
  self->y_now = self->yb;
  eng_network_set_inputs (&self->mini, &self->xb);
}

/* The weights of the gradients of f, from f.  Returns: Σ (α f − y)². */
static double
take_residuals (EngNetwork *self)
{
  gsize  n = self->x_now->rows;
  float  alpha = (float) self->alpha;
  double loss = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      float residual = alpha * self->f[i] - self->y_now[i];

      loss += (double) residual * residual;
      self->weights[i] = residual / ((float) n * alpha);
    }
  return loss;
}

/* gradient <- that of the loss and of the decay. */
static void
take_gradient (EngNetwork *self, EngNetworkTangent *tangent, EngLanes *lanes)
{
  gsize d = self->net.d, count = self->net.m * d;
  float twice = (float) eng_network_get_decay (self);

  eng_tangent_pull (&tangent->first, self->weights, 0.0f, &self->gradient, lanes);
  for (gsize r = 0; r < self->net.m && self->dropout; r++)
    eng_kernel_scale (d, self->signs[r], self->gradient.data + r * d);
  if (self->decay > 0)
    {
      eng_kernel_axpy (count, twice, self->net.w0.data, self->gradient.data);
      eng_kernel_axpy (count, twice, self->net.w.data, self->gradient.data);
    }
  if (self->net.both_layers)
    eng_tangent_pull (&tangent->second, self->weights, 0.0f, &self->output_gradient,
                      lanes);
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  EngNetwork        *self = learner->state;
  EngNetworkTangent *tangent = self->batch < self->problem->n ? &self->mini
                                                              : &self->train;
  EngStatus          status;

  if (self->steps > 0 && self->steps % REFRESH_STEPS == 0)
    eng_network_refresh_lambda_max (self, REFRESH_ITERATIONS, 0.0, lanes);
  choose_batch (self);
  if (self->dropout)
    eng_rng_fill_signs (self->dropout_rng, self->net.m, self->signs);
  eng_network_move (self, self->dropout, lanes);
  eng_network_evaluate (self, tangent, lanes);
  status = eng_learner_judge (
      learner,
      take_residuals (self) / ((double) self->x_now->rows * self->problem->variance),
      self->batch == self->problem->n && !self->dropout);
  if (status != ENG_STATUS_CONTINUE)
    return status;
  take_gradient (self, tangent, lanes);
  eng_network_update (self, lanes);
  self->steps++;
  self->matrix.is_stale = TRUE;
  return ENG_STATUS_CONTINUE;
}

/* --- class ------------------------------------------------------------------------------ */

static void
combine (EngLearner *learner, gsize n, const EngTerms *terms, float *out)
{
  EngNetwork *self = learner->state;

  eng_kernel_scale_to (n, (float) self->alpha, terms->f, out);
}

static const EngMatF *
weights (EngLearner *learner, guint layer)
{
  EngNetwork *self = learner->state;

  return layer == 0 ? &self->net.w : NULL;
}

static const EngMatF *
initial_weights (EngLearner *learner, guint layer)
{
  EngNetwork *self = learner->state;

  return layer == 0 ? &self->net.w0 : NULL;
}

static EngTwoLayer *
two_layer (EngLearner *learner)
{
  EngNetwork *self = learner->state;

  return &self->net;
}

static void
set_live (EngLearner *learner, const char *key, double value)
{
  EngNetwork *self = learner->state;

  if (strcmp (key, "alpha") == 0)
    self->alpha = value;
  fill_targets (self);
  self->matrix.is_stale = TRUE;
}

static const EngLowRank *
low_rank (EngLearner *learner)
{
  EngNetwork *self = learner->state;

  return self->has_matrix ? eng_network_get_matrix (self) : NULL;
}

const EngLearnerClass eng_learner_network = {
  .id = "network",
  .title = N_ ("Full network"),
  .help = N_ ("the two-layer network itself, at any output scale α"),
  .tables = tables,
  .state_size = sizeof (EngNetwork),
  .full_network = TRUE,
  .hint = eng_jacobian_get_hint,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = prepare,
  .step = step,
  .combine = combine,
  .weights = weights,
  .initial_weights = initial_weights,
  .two_layer = two_layer,
  .low_rank = low_rank,
  .is_matrix = eng_network_is_matrix,
  .set_live = set_live,
};
