/* SPDX-License-Identifier: GPL-3.0-or-later
 * One training step on the Taylor terms: forward, residual and backward by blocks of rows
 * on lanes, then the penalties, then the update. */
#include "config.h"

#include "eng-error.h"
#include "eng-harmonics.h"
#include "eng-kernels.h"
#include "eng-taylor.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Points of the fixed unlabelled sample on which λ_max is measured (NOTATION). */
#define EIGENVALUE_SAMPLE 1000

const EngChoice eng_taylor_r4_choices[] = {
  { "4", N_ ("¼ Σ|w_r|⁴") },
  { "8", N_ ("(Σ|w_r|⁴)²") },
  { NULL, NULL },
};

/* --- memory -------------------------------------------------------------------- */

static gsize
unlabelled_rows (const EngTaylorConfig *config)
{
  if (config->n_unlabelled == 0)
    return 0;
  return config->unlabelled_fixed ? config->n_unlabelled
                                  : MAX (config->n_unlabelled, EIGENVALUE_SAMPLE);
}

static void
init_penalty (EngTaylor *self, const EngContext *context)
{
  EngArena *arena = context->arena;
  gsize     rows = unlabelled_rows (&self->config), m = self->net.m, d = self->net.d;
  gsize     n = self->problem->n;
  gsize     size = eng_problem_n_monomials (self->problem);

  self->n_top = eng_harmonics_dimension_up_to (d, self->problem->k);
  self->perpendicular = eng_arena_matf (arena, m, d);
  self->penalty = eng_arena_matf (arena, m, d);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    self->lane_penalty[lane] = eng_arena_matf (arena, m, d);
  self->top_partial = eng_arena_matf (arena, ENG_N_LANES, self->n_top);
  self->top_coefficients = eng_arena_floats (arena, self->n_top);
  self->xu = eng_arena_matf (arena, rows, d);
  self->au = eng_arena_matf (arena, rows, m);
  self->fu = eng_arena_floats (arena, rows);
  self->gu = eng_arena_floats (arena, rows);
  if (!self->config.function_space)
    return;
  self->yu = eng_arena_mat (arena, rows, size);
  self->yn = eng_arena_mat (arena, n, size);
  self->gram = eng_arena_mat (arena, size, size);
  self->solution = eng_arena_doubles (arena, size);
  self->gram_work = eng_arena_doubles (arena, 3 * size);
  self->values = eng_arena_doubles (arena, MAX (rows, n));
}

gboolean
eng_taylor_init (EngTaylor             *self,
                 EngLearner            *learner,
                 const EngTaylorConfig *config,
                 const EngContext      *context,
                 GError               **error)
{
  EngArena *arena = context->arena;
  gsize     n = context->problem->n, d = context->problem->d, m;

  self->learner = learner;
  self->problem = context->problem;
  self->config = *config;
  eng_two_layer_init (&self->net, context->settings, d, arena);
  eng_two_layer_draw (&self->net, context->settings, context->seed);
  m = self->net.m;
  self->y = eng_arena_floats (arena, n);
  self->a = eng_arena_matf (arena, n, m);
  self->b = eng_arena_matf (arena, config->quadratic != 0 ? n : 0, m);
  self->forward = eng_arena_matf (arena, m, d);
  self->krylov = eng_arena_matf (arena, m, d);
  self->gradient = eng_arena_matf (arena, m, d);
  for (guint lane = 0; lane < eng_lanes_for_rows (MAX (n, unlabelled_rows (config)));
       lane++)
    self->lane_gradient[lane] = eng_arena_matf (arena, m, d);
  self->signs = eng_arena_floats (arena, m);
  self->gn = eng_arena_floats (arena, n);
  self->unlabelled = eng_context_stream (context, "unlabelled");
  self->dropout_rng = eng_context_stream (context, "dropout");
  self->kick_rng = eng_context_stream (context, "kick");
  if (config->n_unlabelled > 0)
    init_penalty (self, context);
  return TRUE;
}

double
eng_taylor_estimate_bytes (const EngSettings *settings,
                           const EngSizes    *sizes,
                           gsize              n_unlabelled)
{
  double m = eng_settings_get_double (settings, "m"), d = sizes->d;
  double rows = n_unlabelled > 0 ? MAX ((double) n_unlabelled, EIGENVALUE_SAMPLE) : 0.0;
  double bytes = eng_two_layer_estimate_bytes (settings, (gsize) d);

  bytes += sizeof (float) * m * (2.0 * sizes->n + (3.0 + ENG_N_LANES) * d);
  if (n_unlabelled > 0)
    bytes += sizeof (float) * (m * ((2.0 + ENG_N_LANES) * d + rows) + rows * d);
  if (n_unlabelled > 0 && eng_settings_is_choice (settings, "r1-space", "function"))
    {
      double size = (double) eng_problem_basis_size ((gsize) d, sizes->k);

      bytes += sizeof (double) * size * (rows + sizes->n + size);
    }
  return bytes;
}

/* --- before step 1 --------------------------------------------------------------- */

/* a <- a_r σ′(z)/√m and b <- a_r σ″(z)/√m on the training inputs. */
static void
fill_features (EngTaylor *self)
{
  EngTwoLayer *net = &self->net;
  float        scale = 1.0f / sqrtf ((float) net->m);

  for (gsize first = 0; first < self->a.rows; first += ENG_BLOCK_ROWS)
    {
      gsize   count = MIN (ENG_BLOCK_ROWS, self->a.rows - first);
      EngMatF x = eng_matf_rows (&self->problem->x_train, first, count);
      EngMatF z = eng_matf_rows (&net->scratch.z[0], 0, count);

      eng_laf_gemm_nt (1.0f, &x, &net->w0, 0.0f, &z);
      for (gsize i = 0; i < count; i++)
        {
          float *row = z.data + i * net->m;
          float *a = self->a.data + (first + i) * net->m;

          eng_kernel_add (net->m, net->b, row);
          net->activation->first_f (net->m, row, a);
          eng_kernel_multiply (net->m, net->a0, a);
          eng_kernel_scale (net->m, scale, a);
          if (self->b.rows == 0)
            continue;
          a = self->b.data + (first + i) * net->m;
          net->activation->second_f (net->m, row, a);
          eng_kernel_multiply (net->m, net->a0, a);
          eng_kernel_scale (net->m, scale, a);
        }
    }
}

gboolean
eng_taylor_prepare (EngTaylor *self, const EngContext *context, GError **error)
{
  self->basis = context->basis;
  for (gsize i = 0; i < self->problem->n; i++)
    self->y[i] = (float) self->problem->y_train[i];
  fill_features (self);
  if (self->config.function_space && self->config.n_unlabelled > 0)
    eng_problem_basis (self->problem, &self->problem->x_train, &self->yn);
  if (eng_taylor_needs_top (self))
    self->top = eng_basis_get_top (self->basis, &self->net);
  if (self->config.unlabelled_fixed && self->config.n_unlabelled > 0)
    eng_problem_sample (self->problem, self->unlabelled, &self->xu);
  self->learner->lambda_max = eng_taylor_largest_eigenvalue (self, context);
  eng_learner_update_step_size (self->learner);
  return TRUE;
}

void
eng_taylor_set_live (EngTaylor *self, const char *key, double value)
{
  static const char *const lambdas[] = { "lambda1", "lambda2", "lambda3", "lambda4" };

  if (strcmp (key, "kick") == 0)
    self->config.kick = value;
  for (gsize i = 0; i < G_N_ELEMENTS (lambdas); i++)
    if (strcmp (key, lambdas[i]) == 0)
      self->config.lambda[i] = value;
  if (eng_taylor_needs_top (self) && self->top == NULL)
    self->top = eng_basis_get_top (self->basis, &self->net);
  if (g_str_has_prefix (key, "lambda") && strcmp (key, "lambda4") != 0)
    self->learner->lambda_max = eng_taylor_largest_eigenvalue (self,
                                                               &self->learner->context);
  eng_learner_update_step_size (self->learner);
}

/* --- lanes of a step --------------------------------------------------------------- */

/* Forward, residual, backward for the data blocks of one lane. */
static void
data_lane (guint lane, gpointer data)
{
  EngTaylor     *self = data;
  const EngMatF *x = &self->problem->x_train;
  gsize          n = x->rows, m = self->net.m;
  float          wl = self->config.linear, wq = self->config.quadratic;
  gboolean       first_block = TRUE;
  double         loss = 0.0;

  for (gsize block = lane; block < eng_lanes_n_blocks (n); block += ENG_N_LANES)
    {
      gsize   first = block * ENG_BLOCK_ROWS;
      EngMatF rows = eng_matf_rows (x, first, MIN (ENG_BLOCK_ROWS, n - first));
      EngMatF u = eng_matf_rows (&self->net.scratch.u[lane], 0, rows.rows);

      eng_laf_gemm_nt (1.0f, &rows, &self->forward, 0.0f, &u);
      for (gsize i = 0; i < rows.rows; i++)
        {
          const float *a = self->a.data + (first + i) * m;
          const float *b = wq != 0 ? self->b.data + (first + i) * m : NULL;
          float        linear, square, residual;

          eng_kernel_taylor_sums (m, wl != 0 ? a : NULL, b, u.data + i * m, &linear,
                                  &square);
          residual = wl * linear + wq * 0.5f * square - self->y[first + i];
          loss += (double) residual * residual;
          eng_kernel_taylor_coefficients (m, residual / (float) n, wl, a, wq, b,
                                          u.data + i * m);
        }
      eng_laf_gemm_tn (1.0f, &u, &rows, first_block ? 0.0f : 1.0f,
                       &self->lane_gradient[lane]);
      first_block = FALSE;
    }
  self->lane_loss[lane] = loss;
}

/* forward <- diag (z) W, or W itself. */
static void
prepare_forward (EngTaylor *self)
{
  gsize m = self->net.m, d = self->net.d;

  if (self->config.dropout != ENG_DROPOUT_SIGNED)
    {
      memcpy (self->forward.data, self->net.w.data, m * d * sizeof (float));
      return;
    }
  for (gsize r = 0; r < m; r++)
    eng_kernel_scale_to (d, self->signs[r], self->net.w.data + r * d,
                         self->forward.data + r * d);
}

static void
reduce_lane (guint lane, gpointer data)
{
  EngTaylor *self = data;
  gsize      first, last, d = self->net.d;

  eng_lanes_share (self->net.m, lane, &first, &last);
  eng_kernel_reduce_rows (self->lane_gradient, eng_lanes_for_rows (self->problem->n),
                          first, last, &self->gradient);
  if (self->config.dropout == ENG_DROPOUT_NONE)
    return;
  for (gsize r = first; r < last; r++)
    eng_kernel_scale (d, self->signs[r], self->gradient.data + r * d);
}

double
eng_taylor_gradient (EngTaylor *self, EngLanes *lanes)
{
  const double *lambda = self->config.lambda;
  double        loss = 0.0;

  prepare_forward (self);
  eng_lanes_run (lanes, eng_lanes_for_rows (self->problem->n), data_lane, self);
  for (guint lane = 0; lane < eng_lanes_for_rows (self->problem->n); lane++)
    loss += self->lane_loss[lane];
  loss /= (double) self->problem->n * self->problem->variance;
  if (!isfinite (loss))
    return loss;
  eng_lanes_run (lanes, ENG_N_LANES, reduce_lane, self);
  if (eng_taylor_needs_top (self))
    eng_taylor_project (self, &self->net.w, &self->perpendicular, lanes);
  if (lambda[0] > 0 || lambda[1] > 0)
    eng_taylor_add_penalties (self, &self->net.w, self->config.n_unlabelled, lanes);
  if (lambda[2] > 0)
    eng_taylor_add_decay (self, &self->net.w);
  if (lambda[3] > 0)
    eng_taylor_add_quartic (self);
  return loss;
}

EngStatus
eng_taylor_step (EngTaylor *self, EngLanes *lanes)
{
  EngTwoLayer *net = &self->net;
  gsize        count = net->m * net->d;
  EngStatus    status;
  double       loss;

  if (self->config.dropout != ENG_DROPOUT_NONE)
    eng_rng_fill_signs (self->dropout_rng, net->m, self->signs);
  if (self->config.lambda[0] > 0 || self->config.lambda[1] > 0)
    eng_taylor_draw_unlabelled (self, self->config.n_unlabelled);
  loss = eng_taylor_gradient (self, lanes);
  status = eng_learner_judge (self->learner, loss,
                              self->config.dropout == ENG_DROPOUT_NONE);
  if (status != ENG_STATUS_CONTINUE)
    return status;
  eng_kernel_axpy (count, (float) -self->learner->step_size, self->gradient.data,
                   net->w.data);
  for (gsize i = 0; i < count && self->config.kick > 0; i++)
    net->w.data[i] += (float) (self->config.kick * eng_rng_gaussian (self->kick_rng));
  return ENG_STATUS_CONTINUE;
}

/* --- virtual functions of the learners ---------------------------------------------- */

gboolean
eng_taylor_learner_prepare (EngLearner       *learner,
                            const EngContext *context,
                            GError          **error)
{
  return eng_taylor_prepare (learner->state, context, error);
}

EngStatus
eng_taylor_learner_step (EngLearner *learner, EngLanes *lanes)
{
  return eng_taylor_step (learner->state, lanes);
}

const EngMatF *
eng_taylor_learner_weights (EngLearner *learner, guint layer)
{
  EngTaylor *self = learner->state;

  return layer == 0 ? &self->net.w : NULL;
}

const EngMatF *
eng_taylor_learner_initial_weights (EngLearner *learner, guint layer)
{
  EngTaylor *self = learner->state;

  return layer == 0 ? &self->net.w0 : NULL;
}

EngTwoLayer *
eng_taylor_learner_two_layer (EngLearner *learner)
{
  EngTaylor *self = learner->state;

  return &self->net;
}

void
eng_taylor_learner_set_live (EngLearner *learner, const char *key, double value)
{
  eng_taylor_set_live (learner->state, key, value);
}

gboolean
eng_taylor_check_activation (EngSpec *spec, const EngSettings *settings, GError **error)
{
  const EngActivation *activation = eng_activation_find (
      eng_settings_get_choice (settings, "activation"));

  if (activation->has_second)
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_UNSUPPORTED,
               _ ("activation %s has no second derivative, so there is no quadratic term "
                  "f_Q; choose another, such as softplus or quad"),
               activation->id);
  return FALSE;
}
