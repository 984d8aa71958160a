/* SPDX-License-Identifier: GPL-3.0-or-later
 * The penalties R1 and R2 on f_L outside Q1, and the largest eigenvalue of the quadratic
 * part that they belong to.  two-layer.md section 2, projectors (P) and (F). */
#include "config.h"

#include "eng-kernels.h"
#include "eng-lanczos.h"
#include "eng-taylor.h"

#include <math.h>
#include <string.h>

/* Polynomials that depend on others on these inputs have a pivot of rounding size. */
#define GRAM_TOLERANCE 1e-10

gboolean
eng_taylor_needs_top (const EngTaylor *self)
{
  const double *lambda = self->config.lambda;

  return (!self->config.function_space && (lambda[0] > 0 || lambda[1] > 0))
         || (self->config.decay_projected && lambda[2] > 0);
}

/* --- f_L on unlabelled and training inputs ---------------------------------------- */

void
eng_taylor_draw_unlabelled (EngTaylor *self, EngLanes *lanes)
{
  EngMatF x = eng_matf_rows (&self->xu, 0, self->config.n_unlabelled);

  eng_problem_sample_by_lanes (self->problem, self->unlabelled, &x, lanes);
  eng_taylor_terms_set_inputs (&self->fresh, &x, lanes);
}

/* --- function space --------------------------------------------------------------- */

/* self->solution <- (YᵀY)⁺ v for the v in place, Y the polynomials on the unlabelled
 * inputs: some may coincide there. */
static void
solve_gram (EngTaylor *self, const EngMat *y)
{
  EngMat gram = self->gram;

  eng_la_gemm_tn (1.0, y, y, 0.0, &gram);
  eng_la_solve_psd (&gram, GRAM_TOLERANCE, self->gram_work, self->solution);
}

/* g <- scale (f − Y (YᵀY)⁻¹ Yᵀ f) on the unlabelled inputs; with R2 also
 * gn <- scale2 (l − Y_n c), and its pull-back through c subtracted from g. */
static void
function_weights (EngTaylor *self, gsize rows, gboolean has_r2)
{
  const double *lambda = self->config.lambda;
  EngMat        y = { rows, self->yu.cols, self->yu.data };
  EngMatF       x = eng_matf_rows (&self->xu, 0, rows);
  gsize         n = self->problem->n;

  eng_problem_basis (self->problem, &x, &y);
  for (gsize i = 0; i < rows; i++)
    self->values[i] = self->fu[i];
  eng_la_gemv_t (1.0, &y, self->values, 0.0, self->solution);
  solve_gram (self, &y);
  eng_la_gemv (-1.0, &y, self->solution, 1.0, self->values);
  for (gsize i = 0; i < rows; i++)
    self->gu[i] = (float) (lambda[0] / (double) rows * self->values[i]);
  if (!has_r2)
    return;
  for (gsize i = 0; i < n; i++)
    self->values[i] = self->gn[i];
  eng_la_gemv (-1.0, &self->yn, self->solution, 1.0, self->values);
  for (gsize i = 0; i < n; i++)
    self->gn[i] = (float) (lambda[1] / (double) n * self->values[i]);
  eng_la_gemv_t (lambda[1] / (double) n, &self->yn, self->values, 0.0, self->solution);
  solve_gram (self, &y);
  eng_la_gemv (-1.0, &y, self->solution, 0.0, self->values);
  for (gsize i = 0; i < rows; i++)
    self->gu[i] += (float) self->values[i];
}

/* --- gradients of R1 and R2 -------------------------------------------------------- */

/* Weights of the two backward passes, from f_L in fu and gn. */
static void
penalty_weights (EngTaylor *self, gsize rows, gboolean has_r2)
{
  const double *lambda = self->config.lambda;

  if (self->config.function_space)
    {
      function_weights (self, rows, has_r2);
      return;
    }
  eng_kernel_scale_to (rows, (float) (lambda[0] / (double) rows), self->fu, self->gu);
  if (has_r2)
    eng_kernel_scale (self->problem->n, (float) (lambda[1] / (double) self->problem->n),
                      self->gn);
}

void
eng_taylor_add_penalties (EngTaylor *self, EngLanes *lanes)
{
  gboolean       has_r2 = self->config.lambda[1] > 0;
  const EngMatF *at = self->config.function_space ? &self->difference
                                                  : &self->perpendicular;
  EngMatF       *out = self->has_half ? &self->penalty : &self->half;

  eng_taylor_terms_push (&self->fresh, at, self->fu, lanes);
  if (has_r2)
    eng_taylor_terms_push (&self->train, at, self->gn, lanes);
  penalty_weights (self, self->fresh.x.rows, has_r2);
  eng_taylor_terms_pull (&self->fresh, self->gu, 0.0f, out, lanes);
  if (has_r2)
    eng_taylor_terms_pull (&self->train, self->gn, 1.0f, out, lanes);
  if (!self->config.function_space)
    eng_taylor_project (self, out, out, lanes);
  if (self->has_half)
    eng_kernel_add (out->rows * out->cols, out->data, self->half.data);
  self->has_half = TRUE;
}

/* --- λ_max -------------------------------------------------------------------------- */

/* gradient <- H v for the quadratic part H of the objective: the data kernel K_n/n, plus
 * R1, R2 and R3, which are quadratic themselves. */
static void
apply_curvature (EngTaylor *self, const EngMatF *v, EngLanes *lanes)
{
  gsize n = self->problem->n;

  eng_taylor_take_difference (self, v, lanes);
  eng_taylor_terms_push (&self->train, &self->difference, self->f, lanes);
  eng_kernel_scale_to (n, 1.0f / (float) n, self->f, self->weights);
  eng_taylor_terms_pull (&self->train, self->weights, 0.0f, &self->half, lanes);
  self->has_full = FALSE;
  self->has_half = TRUE;
  if (eng_taylor_needs_top (self))
    eng_taylor_project (self, &self->difference, &self->perpendicular, lanes);
  if (self->config.lambda[0] > 0 || self->config.lambda[1] > 0)
    eng_taylor_add_penalties (self, lanes);
  if (self->config.lambda[2] > 0)
    eng_taylor_add_decay (self, v);
  eng_taylor_collect (self, lanes);
}

/* The sample on which the curvature of R1 is measured: the fixed set itself, or one that
 * training never sees. */
static void
draw_curvature_sample (EngTaylor *self, EngLanes *lanes)
{
  g_autoptr (EngRng) rng = eng_rng_new (self->learner->context.seed, "unlabelled",
                                        ENG_N_LANES);

  if ((self->config.lambda[0] <= 0 && self->config.lambda[1] <= 0)
      || self->config.unlabelled_fixed)
    return;
  eng_problem_sample (self->problem, rng, &self->xu);
  eng_taylor_terms_set_inputs (&self->fresh, &self->xu, lanes);
}

typedef struct
{
  EngTaylor        *self;
  const EngContext *context;
} Curvature;

static void
apply_to_vector (const float *v, float *out, gpointer data)
{
  Curvature *job = data;
  EngMatF    at = { job->self->net.m, job->self->net.d, (float *) v };

  /* Lanczos' `out` is the gradient's own memory. */
  g_assert (out == job->self->gradient.data);
  apply_curvature (job->self, &at, job->context->lanes);
}

static gboolean
should_stop (gpointer data)
{
  Curvature *job = data;

  return eng_context_should_stop (job->context);
}

double
eng_taylor_largest_eigenvalue (EngTaylor *self, const EngContext *context)
{
  gsize              count = self->net.m * self->net.d;
  Curvature          job = { self, context };
  g_autoptr (EngRng) rng = eng_rng_new (context->seed, "init", 1);

  draw_curvature_sample (self, context->lanes);
  for (gsize i = 0; i < count; i++)
    self->forward.data[i] = (float) eng_rng_gaussian (rng);
  return eng_lanczos_largest (count, apply_to_vector, should_stop, &job,
                              self->forward.data, self->krylov.data, self->gradient.data);
}
