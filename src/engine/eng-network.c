/* SPDX-License-Identifier: GPL-3.0-or-later
 * λ_max of the tangent kernel of a network that moves. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-network.h"

#include <math.h>
#include <string.h>

static void
move_lane (guint lane, gpointer data)
{
  EngNetwork *self = data;
  gsize       d = self->net.d, first, last;

  eng_lanes_share (self->net.m, lane, &first, &last);
  for (gsize r = first; r < last; r++)
    {
      float *row = self->moved.data + r * d;

      memcpy (row, self->net.w0.data + r * d, d * sizeof (float));
      if (self->is_signed)
        eng_kernel_axpy (d, self->signs[r], self->net.w.data + r * d, row);
      else
        eng_kernel_add (d, self->net.w.data + r * d, row);
    }
}

void
eng_network_move (EngNetwork *self, gboolean is_signed, EngLanes *lanes)
{
  self->is_signed = is_signed;
  eng_lanes_run (lanes, ENG_N_LANES, move_lane, self);
}

static void
update_lane (guint lane, gpointer data)
{
  EngNetwork *self = data;
  gsize       d = self->net.d, first, last;

  eng_lanes_share (self->net.m, lane, &first, &last);
  eng_kernel_axpy ((last - first) * d, (float) -self->learner->step_size,
                   self->gradient.data + first * d, self->net.w.data + first * d);
}

void
eng_network_update (EngNetwork *self, EngLanes *lanes)
{
  eng_lanes_run (lanes, ENG_N_LANES, update_lane, self);
  if (self->net.both_layers)
    eng_kernel_axpy (self->net.m, (float) -self->learner->step_size,
                     self->output_gradient.data, self->net.a);
}

double
eng_network_get_decay (const EngNetwork *self)
{
  return 2.0 * self->decay / (self->alpha * sqrt ((double) self->net.m));
}

void
eng_network_init_tangent (EngNetwork        *self,
                          EngNetworkTangent *tangent,
                          gsize              rows,
                          EngArena          *arena)
{
  eng_tangent_init (&tangent->first, rows, self->net.d, self->net.m, arena);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    tangent->values[lane] = eng_arena_floats (arena, ENG_TILE_COLS);
  if (!self->net.both_layers)
    return;
  eng_tangent_init (&tangent->second, rows, 1, self->net.m, arena);
  tangent->ones = eng_arena_matf (arena, rows, 1);
  for (gsize i = 0; i < rows; i++)
    tangent->ones.data[i] = 1.0f;
}

double
eng_network_tangent_estimate_bytes (gboolean both_layers, double n, double d, double m)
{
  return eng_tangent_estimate_bytes (n, d, m)
         + (both_layers ? eng_tangent_estimate_bytes (n, 1, m) + sizeof (float) * n
                        : 0.0);
}

typedef struct
{
  EngNetwork        *self;
  EngNetworkTangent *tangent;
} Evaluation;

/* Neuron r at `count` inputs, from its x·w in `z`: adds its part of the sum to `f`. */
static void
evaluate_row (const EngTwoLayer *net,
              gsize              r,
              gsize              count,
              float             *z,
              float             *a,
              float             *s,
              float             *f)
{
  float scale = 1.0f / sqrtf ((float) net->m);

  if (net->has_bias)
    eng_kernel_shift (count, net->b[r], z);
  net->activation->first_f (count, z, a);
  eng_kernel_scale (count, scale * net->a[r], a);
  net->activation->value_f (count, z, s);
  eng_kernel_axpy (count, scale * net->a[r], s, f);
}

static void
evaluate_panel (const Evaluation *job, guint lane, gsize panel, float *f)
{
  EngNetwork *self = job->self;
  EngTangent *first = &job->tangent->first, *second = &job->tangent->second;
  gsize       n = first->x.rows, row, at, count;
  float      *s = job->tangent->values[lane], scale = 1.0f / sqrtf ((float) self->net.m);
  EngMatF     w;

  count = eng_panels_get (&first->panels, panel, &row);
  w = eng_matf_rows (&self->moved, row, count);
  for (gsize t = 0; t < eng_tangent_n_tiles (first); t++)
    {
      EngMatF tile = eng_tangent_get_tile (first, t, &at);
      EngMatF z = eng_tangent_multiply (first, lane, &w, &tile);

      for (gsize i = 0; i < count; i++)
        {
          gsize to = (row + i) * n + at;

          evaluate_row (&self->net, row + i, z.cols, z.data + i * z.cols,
                        first->a.data + to, s, f + at);
          if (self->net.both_layers)
            eng_kernel_scale_to (z.cols, scale, s, second->a.data + to);
        }
    }
}

static void
evaluate_lane (guint lane, gpointer data)
{
  const Evaluation *job = data;
  EngTangent       *first = &job->tangent->first;
  float            *f = first->partial.data + lane * first->partial.cols;

  memset (f, 0, first->x.rows * sizeof (float));
  for (gsize panel = lane; panel < first->panels.n; panel += ENG_N_LANES)
    evaluate_panel (job, lane, panel, f);
}

void
eng_network_set_inputs (EngNetworkTangent *tangent, const EngMatF *x)
{
  EngMatF ones = { x->rows, 1, tangent->ones.data };

  eng_tangent_set_inputs (&tangent->first, x);
  if (ones.data != NULL)
    eng_tangent_set_inputs (&tangent->second, &ones);
}

void
eng_network_evaluate (EngNetwork *self, EngNetworkTangent *tangent, EngLanes *lanes)
{
  Evaluation job = { self, tangent };
  guint      n_lanes = (guint) MIN (tangent->first.panels.n, ENG_N_LANES);

  eng_lanes_run (lanes, n_lanes, evaluate_lane, &job);
  eng_tangent_sum_partials (&tangent->first, n_lanes, self->f);
}

/* v <- J Jᵀ v / n */
static void
apply_kernel (EngNetwork *self, EngLanes *lanes)
{
  gsize n = self->problem->n;

  eng_tangent_pull (&self->train.first, self->v, 0.0f, &self->w_v, lanes);
  eng_tangent_push (&self->train.first, &self->w_v, self->next, lanes);
  if (self->net.both_layers)
    {
      eng_tangent_pull (&self->train.second, self->v, 0.0f, &self->a_v, lanes);
      eng_tangent_push (&self->train.second, &self->a_v, self->v, lanes);
      eng_kernel_add (n, self->v, self->next);
    }
  eng_kernel_scale_to (n, 1.0f / (float) n, self->next, self->v);
}

void
eng_network_refresh_lambda_max (EngNetwork *self,
                                guint       iterations,
                                double      tolerance,
                                EngLanes   *lanes)
{
  gsize  n = self->problem->n;
  double lambda = 0.0;

  eng_network_move (self, FALSE, lanes);
  eng_network_evaluate (self, &self->train, lanes);
  for (guint i = 0; i < iterations; i++)
    {
      double norm = sqrt (eng_kernel_square_sum (n, self->v)), before = lambda;

      if (!(norm > 0.0) || !isfinite (norm))
        return;
      eng_kernel_scale (n, (float) (1.0 / norm), self->v);
      apply_kernel (self, lanes);
      lambda = sqrt (eng_kernel_square_sum (n, self->v));
      if (fabs (lambda - before) <= tolerance * lambda
          || eng_context_should_stop (&self->learner->context))
        break;
    }
  if (isfinite (lambda) && lambda > 0.0)
    self->learner->lambda_max = lambda + eng_network_get_decay (self);
  eng_learner_update_step_size (self->learner);
}
