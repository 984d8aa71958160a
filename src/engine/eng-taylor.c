/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Taylor terms before step 1: memory, features, what can be changed live. */
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
  gsize     rows = unlabelled_rows (&self->config), d = self->net.d;
  gsize     n = self->problem->n;
  gsize     size = eng_problem_n_monomials (self->problem);

  self->n_top = eng_harmonics_dimension_up_to (d, self->problem->k);
  self->perpendicular = eng_arena_matf (arena, self->h, d);
  self->penalty = eng_arena_matf (arena, self->h, d);
  self->top_partial = eng_arena_matf (arena, ENG_N_LANES, self->n_top);
  self->top_moments = eng_arena_matf (arena, d + 1, d);
  self->top_coefficients = eng_arena_floats (arena, self->n_top);
  eng_taylor_terms_init (&self->fresh, &self->net, 1, 0, rows, arena);
  self->xu = eng_arena_matf (arena, rows, d);
  self->fu = eng_arena_floats (arena, rows);
  self->gu = eng_arena_floats (arena, rows);
  self->gn = eng_arena_floats (arena, n);
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
  self->f = eng_arena_floats (arena, n);
  self->weights = eng_arena_floats (arena, n);
  eng_taylor_terms_init (&self->train, &self->net, config->linear, config->quadratic, n,
                         arena);
  self->h = self->train.h;
  self->forward = eng_arena_matf (arena, m, d);
  self->difference = eng_arena_matf (arena, self->h, d);
  self->half = eng_arena_matf (arena, self->h, d);
  self->krylov = eng_arena_matf (arena, m, d);
  self->gradient = eng_arena_matf (arena, m, d);
  self->signs = eng_arena_floats (arena, m);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    self->unlabelled[lane] = eng_context_stream (context, "unlabelled", lane);
  self->dropout_rng = eng_context_stream (context, "dropout", 0);
  self->kick_rng = eng_context_stream (context, "kick", 0);
  if (config->n_unlabelled > 0)
    init_penalty (self, context);
  return TRUE;
}

double
eng_taylor_estimate_bytes (const EngSettings *settings,
                           const EngSizes    *sizes,
                           gboolean           is_quadratic,
                           gsize              n_unlabelled)
{
  double m = eng_settings_get_double (settings, "m"), d = sizes->d;
  double h = (double) eng_two_layer_count_single_of (settings);
  double rows = n_unlabelled > 0 ? MAX ((double) n_unlabelled, EIGENVALUE_SAMPLE) : 0.0;
  double bytes = eng_two_layer_estimate_bytes (settings, (gsize) d);

  bytes += eng_taylor_terms_estimate_bytes (settings, is_quadratic, sizes->n, d)
           + sizeof (float) * (3.0 * m + 2.0 * h) * d;
  if (n_unlabelled > 0)
    bytes += eng_taylor_terms_estimate_bytes (settings, FALSE, rows, d)
             + sizeof (float) * ((2.0 * h + d + 1) * d + rows * d);
  if (n_unlabelled > 0 && eng_settings_is_choice (settings, "r1-space", "function"))
    {
      double size = (double) eng_problem_basis_size ((gsize) d, sizes->k);

      bytes += sizeof (double) * size * (rows + sizes->n + size);
    }
  return bytes;
}

/* --- before step 1 --------------------------------------------------------------- */

gboolean
eng_taylor_prepare (EngTaylor *self, const EngContext *context, GError **error)
{
  self->basis = context->basis;
  for (gsize i = 0; i < self->problem->n; i++)
    self->y[i] = (float) self->problem->y_train[i];
  eng_taylor_terms_set_inputs (&self->train, &self->problem->x_train, context->lanes);
  if (self->config.function_space && self->config.n_unlabelled > 0)
    eng_problem_basis (self->problem, &self->problem->x_train, &self->yn);
  if (eng_taylor_needs_top (self))
    self->top = eng_taylor_get_top (self);
  if (self->config.unlabelled_fixed && self->config.n_unlabelled > 0)
    eng_taylor_draw_unlabelled (self, context->lanes);
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
    self->top = eng_taylor_get_top (self);
  if (g_str_has_prefix (key, "lambda") && strcmp (key, "lambda4") != 0)
    self->learner->lambda_max = eng_taylor_largest_eigenvalue (self,
                                                               &self->learner->context);
  eng_learner_update_step_size (self->learner);
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
