/* SPDX-License-Identifier: GPL-3.0-or-later
 * One training step on the Taylor terms: forward, residual and backward by panels of neurons
 * on lanes, then the penalties, then the update. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-taylor.h"

#include <math.h>
#include <string.h>

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
