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

/* --- differences ------------------------------------------------------------------- */

void
eng_taylor_take_difference (EngTaylor *self, const EngMatF *w)
{
  gsize count = self->h * self->net.d;

  memcpy (self->difference.data, w->data, count * sizeof (float));
  if (self->h < self->net.m)
    eng_kernel_axpy (count, -1.0f, w->data + count, self->difference.data);
}

void
eng_taylor_spread (EngTaylor *self, const EngMatF *half, float factor, gboolean add)
{
  gsize  count = self->h * self->net.d;
  float *out = self->gradient.data;

  for (gsize i = 0; i < self->net.m / self->h; i++, factor = -factor, out += count)
    if (add)
      eng_kernel_axpy (count, factor, half->data, out);
    else
      eng_kernel_scale_to (count, factor, half->data, out);
}

/* --- lanes of a step --------------------------------------------------------------- */

typedef struct
{
  EngTaylor     *self;
  const EngMatF *w; /* (m, d) of the forward pass */
} Step;

/* Both terms of the panels of one lane, into its partial sums of f. */
static void
forward_lane (guint lane, gpointer data)
{
  const Step      *job = data;
  EngTaylor       *self = job->self;
  const EngPanels *panels = &self->train.panels;
  gsize            n = self->problem->n, column;
  float            wl = self->config.linear, wq = self->config.quadratic;
  float           *f = self->train.partial.data + lane * n;

  memset (f, 0, n * sizeof (float));
  for (gsize panel = lane; panel < panels->n; panel += ENG_N_LANES)
    for (gsize first = 0; first < n; first += ENG_TILE_ROWS)
      for (gsize twin = 0; twin < self->net.m / self->h; twin++)
        {
          gsize        count = eng_panels_get (panels, panel, &column);
          EngMatF      x = eng_matf_rows (&self->train.x, first,
                                          MIN (ENG_TILE_ROWS, n - first));
          EngMatF      w = eng_matf_rows (job->w, twin * self->h + column, count);
          EngMatF      u = { x.rows, count,
                             eng_panels_tile (panels, self->u[twin], n, panel, first) };
          const float *a = eng_panels_tile (panels, self->train.a, n, panel, first);
          const float *b = eng_panels_tile (panels, self->b, n, panel, first);

          eng_laf_gemm_nt (1.0f, &x, &w, 0.0f, &u);
          for (gsize i = 0; i < x.rows; i++)
            {
              float linear, square, both;

              eng_kernel_taylor_sums (count, wl != 0 ? a + i * count : NULL,
                                      b + i * count, u.data + i * count, &linear,
                                      &square);
              both = wl * linear + wq * 0.5f * square;
              f[first + i] += twin == 0 ? both : -both;
            }
        }
}

/* gradient <- Σ_i weights_i ∂f(x_i)/∂W for the panels of one lane. */
static void
backward_lane (guint lane, gpointer data)
{
  const Step      *job = data;
  EngTaylor       *self = job->self;
  const EngPanels *panels = &self->train.panels;
  gsize            n = self->problem->n, column;
  float            wl = self->config.linear, wq = self->config.quadratic;

  for (gsize panel = lane; panel < panels->n; panel += ENG_N_LANES)
    for (gsize first = 0; first < n; first += ENG_TILE_ROWS)
      for (gsize twin = 0; twin < self->net.m / self->h; twin++)
        {
          gsize   count = eng_panels_get (panels, panel, &column);
          EngMatF x = eng_matf_rows (&self->train.x, first,
                                     MIN (ENG_TILE_ROWS, n - first));
          EngMatF out = eng_matf_rows (&self->gradient, twin * self->h + column, count);
          EngMatF u = { x.rows, count,
                        eng_panels_tile (panels, self->u[twin], n, panel, first) };
          const float *a = eng_panels_tile (panels, self->train.a, n, panel, first);
          const float *b = eng_panels_tile (panels, self->b, n, panel, first);

          for (gsize i = 0; i < x.rows; i++)
            eng_kernel_taylor_coefficients (
                count, twin == 0 ? self->weights[first + i] : -self->weights[first + i],
                wl, a + i * count, wq, b + i * count, u.data + i * count);
          eng_laf_gemm_tn (1.0f, &u, &x, first == 0 ? 0.0f : 1.0f, &out);
        }
}

/* Returns: W, or diag (z) W. */
static const EngMatF *
prepare_forward (EngTaylor *self)
{
  gsize d = self->net.d;

  if (self->config.dropout != ENG_DROPOUT_SIGNED)
    return &self->net.w;
  for (gsize r = 0; r < self->net.m; r++)
    eng_kernel_scale_to (d, self->signs[r], self->net.w.data + r * d,
                         self->forward.data + r * d);
  return &self->forward;
}

/* f at the training inputs. */
static void
predict (EngTaylor *self, Step *job, EngLanes *lanes)
{
  if (self->config.quadratic == 0)
    {
      eng_taylor_take_difference (self, job->w);
      eng_tangent_push (&self->train, &self->difference, self->f, lanes);
      return;
    }
  eng_lanes_run (lanes, eng_panels_n_lanes (&self->train.panels), forward_lane, job);
  eng_tangent_sum_partials (&self->train, self->f);
}

/* The weights of the gradient from f.  Returns: Σ (f − y)². */
static double
take_residuals (EngTaylor *self)
{
  gsize  n = self->problem->n;
  double loss = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      float residual = self->f[i] - self->y[i];

      loss += (double) residual * residual;
      self->weights[i] = residual / (float) n;
    }
  return loss;
}

static void
pull_back (EngTaylor *self, Step *job, EngLanes *lanes)
{
  gsize d = self->net.d;

  if (self->config.quadratic == 0)
    {
      eng_tangent_pull (&self->train, self->weights, 0.0f, &self->half, lanes);
      eng_taylor_spread (self, &self->half, 1.0f, FALSE);
    }
  else
    eng_lanes_run (lanes, eng_panels_n_lanes (&self->train.panels), backward_lane, job);
  for (gsize r = 0; r < self->net.m && self->config.dropout != ENG_DROPOUT_NONE; r++)
    eng_kernel_scale (d, self->signs[r], self->gradient.data + r * d);
}

double
eng_taylor_gradient (EngTaylor *self, EngLanes *lanes)
{
  const double *lambda = self->config.lambda;
  Step          job = { self, prepare_forward (self) };
  double        loss;

  predict (self, &job, lanes);
  loss = take_residuals (self) / ((double) self->problem->n * self->problem->variance);
  if (!isfinite (loss))
    return loss;
  pull_back (self, &job, lanes);
  if (lambda[0] > 0 || lambda[1] > 0 || eng_taylor_needs_top (self))
    eng_taylor_take_difference (self, &self->net.w);
  if (eng_taylor_needs_top (self))
    eng_taylor_project (self, &self->difference, &self->perpendicular, lanes);
  if (lambda[0] > 0 || lambda[1] > 0)
    eng_taylor_add_penalties (self, self->config.n_unlabelled, lanes);
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
