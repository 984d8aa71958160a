/* SPDX-License-Identifier: GPL-3.0-or-later
 * One training step on the Taylor terms: forward, residual and backward by panels of neurons
 * on lanes, then the penalties, then the update. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-taylor.h"

#include <math.h>
#include <string.h>

/* --- differences ------------------------------------------------------------------- */

typedef struct
{
  EngTaylor     *self;
  const EngMatF *w;
} Pass;

/* Numbers of the weights of one lane, without those of twins, and the first of them. */
static gsize
share_weights (const EngTaylor *self, guint lane, gsize *first)
{
  gsize from, to, d = self->net.d;

  eng_lanes_share (self->h, lane, &from, &to);
  *first = from * d;
  return (to - from) * d;
}

static void
difference_lane (guint lane, gpointer data)
{
  const Pass *job = data;
  EngTaylor  *self = job->self;
  gsize       first, count = share_weights (self, lane, &first);
  float      *out = self->difference.data + first;

  memcpy (out, job->w->data + first, count * sizeof (float));
  if (self->h < self->net.m)
    eng_kernel_axpy (count, -1.0f, job->w->data + self->h * self->net.d + first, out);
}

void
eng_taylor_take_difference (EngTaylor *self, const EngMatF *w, EngLanes *lanes)
{
  Pass job = { self, w };

  eng_lanes_run (lanes, ENG_N_LANES, difference_lane, &job);
}

/* Adds `factor` times both parts of the gradient to `out` (m, d), or the half alone if that
 * is where the other part is.  The half is that of a neuron, and less that of its twin. */
static void
add_parts (const EngTaylor *self, guint lane, float factor, float *out)
{
  gsize        first, count = share_weights (self, lane, &first);
  const float *half = self->half.data + first, *full = self->gradient.data;

  for (gsize at = first; at < self->net.m * self->net.d; at += self->h * self->net.d)
    {
      if (self->has_full && out != full)
        eng_kernel_axpy (count, factor, full + at, out + at);
      if (self->has_half)
        eng_kernel_axpy (count, at == first ? factor : -factor, half, out + at);
    }
}

static void
collect_lane (guint lane, gpointer data)
{
  EngTaylor *self = ((const Pass *) data)->self;

  add_parts (self, lane, 1.0f, self->gradient.data);
}

void
eng_taylor_collect (EngTaylor *self, EngLanes *lanes)
{
  Pass job = { .self = self };

  if (!self->has_full)
    memset (self->gradient.data, 0, self->net.m * self->net.d * sizeof (float));
  self->has_full = TRUE;
  eng_lanes_run (lanes, ENG_N_LANES, collect_lane, &job);
  self->has_half = FALSE;
}

static void
update_lane (guint lane, gpointer data)
{
  EngTaylor *self = ((const Pass *) data)->self;

  add_parts (self, lane, (float) -self->learner->step_size, self->net.w.data);
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
  eng_taylor_take_difference (self, w, lanes);
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

  self->has_full = self->config.quadratic != 0;
  self->has_half = !self->has_full;
  if (self->has_half)
    {
      g_assert (self->config.dropout == ENG_DROPOUT_NONE);
      eng_taylor_terms_pull (&self->train, self->weights, 0.0f, &self->half, lanes);
      return;
    }
  eng_taylor_terms_backward (&self->train, w, self->weights, &self->gradient, lanes);
  for (gsize r = 0; r < self->net.m && self->config.dropout != ENG_DROPOUT_NONE; r++)
    eng_kernel_scale (d, self->signs[r], self->gradient.data + r * d);
}

/* The gradient, in its two parts.  Returns: the relative train loss. */
static double
take_gradient (EngTaylor *self, EngLanes *lanes)
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
    eng_taylor_take_difference (self, &self->net.w, lanes);
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

double
eng_taylor_gradient (EngTaylor *self, EngLanes *lanes)
{
  double loss = take_gradient (self, lanes);

  eng_taylor_collect (self, lanes);
  return loss;
}

EngStatus
eng_taylor_step (EngTaylor *self, EngLanes *lanes)
{
  EngTwoLayer *net = &self->net;
  Pass         job = { .self = self };
  EngStatus    status;
  double       loss;

  if (self->config.dropout != ENG_DROPOUT_NONE)
    eng_rng_fill_signs (self->dropout_rng, net->m, self->signs);
  if (!self->config.unlabelled_fixed
      && (self->config.lambda[0] > 0 || self->config.lambda[1] > 0))
    eng_taylor_draw_unlabelled (self, lanes);
  loss = take_gradient (self, lanes);
  status = eng_learner_judge (self->learner, loss,
                              self->config.dropout == ENG_DROPOUT_NONE);
  if (status != ENG_STATUS_CONTINUE)
    return status;
  eng_lanes_run (lanes, ENG_N_LANES, update_lane, &job);
  for (gsize i = 0; i < net->m * net->d && self->config.kick > 0; i++)
    net->w.data[i] += (float) (self->config.kick * eng_rng_gaussian (self->kick_rng));
  return ENG_STATUS_CONTINUE;
}
