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

/* --- gradient ---------------------------------------------------------------------- */

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

/* f at the training inputs.   w: (m, d) of the forward pass */
static void
predict (EngTaylor *self, const EngMatF *w, EngLanes *lanes)
{
  if (self->config.quadratic != 0)
    {
      eng_taylor_terms_forward (&self->train, w, self->f, lanes);
      return;
    }
  eng_taylor_take_difference (self, w);
  eng_taylor_terms_push (&self->train, &self->difference, self->f, lanes);
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
pull_back (EngTaylor *self, const EngMatF *w, EngLanes *lanes)
{
  gsize d = self->net.d;

  if (self->config.quadratic != 0)
    eng_taylor_terms_backward (&self->train, w, self->weights, &self->gradient, lanes);
  else
    {
      eng_taylor_terms_pull (&self->train, self->weights, 0.0f, &self->half, lanes);
      eng_taylor_spread (self, &self->half, 1.0f, FALSE);
    }
  for (gsize r = 0; r < self->net.m && self->config.dropout != ENG_DROPOUT_NONE; r++)
    eng_kernel_scale (d, self->signs[r], self->gradient.data + r * d);
}

double
eng_taylor_gradient (EngTaylor *self, EngLanes *lanes)
{
  const double  *lambda = self->config.lambda;
  const EngMatF *w = prepare_forward (self);
  double         loss;

  predict (self, w, lanes);
  loss = take_residuals (self) / ((double) self->problem->n * self->problem->variance);
  if (!isfinite (loss))
    return loss;
  pull_back (self, w, lanes);
  if (lambda[0] > 0 || lambda[1] > 0 || eng_taylor_needs_top (self))
    eng_taylor_take_difference (self, &self->net.w);
  if (eng_taylor_needs_top (self))
    eng_taylor_project (self, &self->difference, &self->perpendicular, lanes);
  if (lambda[0] > 0 || lambda[1] > 0)
    eng_taylor_add_penalties (self, lanes);
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
  if (!self->config.unlabelled_fixed
      && (self->config.lambda[0] > 0 || self->config.lambda[1] > 0))
    eng_taylor_draw_unlabelled (self, lanes);
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
