/* SPDX-License-Identifier: GPL-3.0-or-later
 * λ_max of the tangent kernel of a network that moves. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-network.h"

#include <math.h>
#include <string.h>

void
eng_network_move (EngNetwork *self)
{
  gsize count = self->net.m * self->net.d;

  memcpy (self->moved.data, self->net.w0.data, count * sizeof (float));
  eng_kernel_add (count, self->net.w.data, self->moved.data);
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
  eng_tangent_init (&tangent->first, rows, self->net.m, arena);
  if (!self->net.both_layers)
    return;
  eng_tangent_init (&tangent->second, rows, self->net.m, arena);
  tangent->second.x = eng_arena_matf (arena, rows, 1);
  for (gsize i = 0; i < rows; i++)
    tangent->second.x.data[i] = 1.0f;
}

typedef struct
{
  EngNetwork        *self;
  EngNetworkTangent *tangent;
} Evaluation;

/* One row of a panel from its preactivations z.  Returns: its part of the sum. */
static float
evaluate_row (const EngTwoLayer *net,
              gsize              column,
              gsize              count,
              float             *z,
              float             *s,
              float             *first)
{
  float scale = 1.0f / sqrtf ((float) net->m);

  if (net->has_bias)
    eng_kernel_add (count, net->b + column, z);
  net->activation->value_f (count, z, s);
  net->activation->first_f (count, z, first);
  eng_kernel_multiply (count, net->a + column, first);
  eng_kernel_scale (count, scale, first);
  return scale * eng_kernel_dot (count, net->a + column, s);
}

static void
evaluate_lane (guint lane, gpointer data)
{
  const Evaluation *job = data;
  EngNetwork       *self = job->self;
  EngTangent       *first = &job->tangent->first, *second = &job->tangent->second;
  gsize             n = first->x.rows, column;
  float            *f = first->partial.data + lane * first->partial.cols;
  float             scale = 1.0f / sqrtf ((float) self->net.m);

  memset (f, 0, n * sizeof (float));
  for (gsize panel = lane; panel < first->panels.n; panel += ENG_N_LANES)
    {
      gsize   count = eng_panels_get (&first->panels, panel, &column);
      EngMatF w = eng_matf_rows (&self->moved, column, count);

      for (gsize at = 0; at < n; at += ENG_TILE_ROWS)
        {
          EngMatF x = eng_matf_rows (&first->x, at, MIN (ENG_TILE_ROWS, n - at));
          EngMatF z = { x.rows, count, first->tile[lane].data };
          float  *out = eng_panels_tile (&first->panels, first->a, n, panel, at);
          float  *s = self->net.scratch.s[lane].data;

          eng_laf_gemm_nt (1.0f, &x, &w, 0.0f, &z);
          for (gsize i = 0; i < x.rows; i++)
            {
              f[at + i] += evaluate_row (&self->net, column, count, z.data + i * count, s,
                                         out + i * count);
              if (self->net.both_layers)
                eng_kernel_scale_to (
                    count, scale, s,
                    eng_panels_tile (&second->panels, second->a, n, panel, at)
                        + i * count);
            }
        }
    }
}

void
eng_network_evaluate (EngNetwork        *self,
                      const EngMatF     *x,
                      EngNetworkTangent *tangent,
                      EngLanes          *lanes)
{
  Evaluation job = { self, tangent };

  tangent->first.x = *x;
  tangent->second.x.rows = x->rows;
  eng_lanes_run (lanes, eng_panels_n_lanes (&tangent->first.panels), evaluate_lane, &job);
  eng_tangent_sum_partials (&tangent->first, self->f);
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

  eng_network_move (self);
  eng_network_evaluate (self, &self->problem->x_train, &self->train, lanes);
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
