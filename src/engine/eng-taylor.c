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
  self->top_coefficients = eng_arena_floats (arena, self->n_top);
  eng_tangent_init (&self->fresh, rows, self->h, arena);
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
  self->h = self->net.is_paired ? m / 2 : m;
  self->y = eng_arena_floats (arena, n);
  self->f = eng_arena_floats (arena, n);
  self->weights = eng_arena_floats (arena, n);
  eng_tangent_init (&self->train, n, self->h, arena);
  if (config->quadratic != 0)
    {
      self->b = eng_arena_floats (arena, n * self->h);
      for (gsize i = 0; i < m / self->h; i++)
        self->u[i] = eng_arena_floats (arena, n * self->h);
    }
  self->forward = eng_arena_matf (arena, m, d);
  self->difference = eng_arena_matf (arena, self->h, d);
  self->half = eng_arena_matf (arena, self->h, d);
  self->krylov = eng_arena_matf (arena, m, d);
  self->gradient = eng_arena_matf (arena, m, d);
  self->signs = eng_arena_floats (arena, m);
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
  double h = eng_two_layer_is_paired (settings) ? m / 2 : m;
  double rows = n_unlabelled > 0 ? MAX ((double) n_unlabelled, EIGENVALUE_SAMPLE) : 0.0;
  double bytes = eng_two_layer_estimate_bytes (settings, (gsize) d);

  bytes += eng_tangent_estimate_bytes (sizes->n, h)
           + sizeof (float) * (sizes->n * (h + m) + (3.0 * m + 2.0 * h) * d);
  if (n_unlabelled > 0)
    bytes += eng_tangent_estimate_bytes (rows, h)
             + sizeof (float) * (2.0 * h * d + rows * d);
  if (n_unlabelled > 0 && eng_settings_is_choice (settings, "r1-space", "function"))
    {
      double size = (double) eng_problem_basis_size ((gsize) d, sizes->k);

      bytes += sizeof (double) * size * (rows + sizes->n + size);
    }
  return bytes;
}

/* --- before step 1 --------------------------------------------------------------- */

typedef struct
{
  EngTaylor  *self;
  EngTangent *tangent;
  float      *b;
} Filling;

/* row (count) <- a_r times it / √m, for the neurons from `first`. */
static void
weigh_features (const EngTwoLayer *net, gsize first, gsize count, float *row)
{
  eng_kernel_multiply (count, net->a0 + first, row);
  eng_kernel_scale (count, 1.0f / sqrtf ((float) net->m), row);
}

static void
fill_lane (guint lane, gpointer data)
{
  const Filling     *job = data;
  EngTangent        *tangent = job->tangent;
  const EngTwoLayer *net = &job->self->net;
  gsize              n = tangent->x.rows, column;

  for (gsize panel = lane; panel < tangent->panels.n; panel += ENG_N_LANES)
    {
      gsize   count = eng_panels_get (&tangent->panels, panel, &column);
      EngMatF w0 = eng_matf_rows (&net->w0, column, count);

      for (gsize i = 0; i < n; i++)
        {
          gsize   first = i - i % ENG_TILE_ROWS;
          EngMatF z = { MIN (ENG_TILE_ROWS, n - first), count, tangent->tile[lane].data };
          float  *row = z.data + (i - first) * count;
          float  *a = eng_panels_tile (&tangent->panels, tangent->a, n, panel, i);

          if (i == first)
            {
              EngMatF x = eng_matf_rows (&tangent->x, first, z.rows);

              eng_laf_gemm_nt (1.0f, &x, &w0, 0.0f, &z);
            }
          eng_kernel_add (count, net->b + column, row);
          net->activation->first_f (count, row, a);
          weigh_features (net, column, count, a);
          if (job->b == NULL)
            continue;
          a = eng_panels_tile (&tangent->panels, job->b, n, panel, i);
          net->activation->second_f (count, row, a);
          weigh_features (net, column, count, a);
        }
    }
}

void
eng_taylor_fill (EngTaylor *self, EngTangent *tangent, float *b, EngLanes *lanes)
{
  Filling job = { self, tangent, b };

  eng_lanes_run (lanes, eng_panels_n_lanes (&tangent->panels), fill_lane, &job);
}

gboolean
eng_taylor_prepare (EngTaylor *self, const EngContext *context, GError **error)
{
  self->basis = context->basis;
  for (gsize i = 0; i < self->problem->n; i++)
    self->y[i] = (float) self->problem->y_train[i];
  self->train.x = self->problem->x_train;
  eng_taylor_fill (self, &self->train, self->b, context->lanes);
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
