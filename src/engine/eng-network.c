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

static void
features_lane (guint lane, gpointer data)
{
  EngNetwork  *self = data;
  EngTwoLayer *net = &self->net;
  gsize        n = self->problem->n, m = net->m;
  float        scale = 1.0f / sqrtf ((float) m);

  for (gsize block = lane; block < eng_lanes_n_blocks (n); block += ENG_N_LANES)
    {
      gsize   first = block * ENG_BLOCK_ROWS;
      EngMatF x = eng_matf_rows (&self->problem->x_train, first,
                                 MIN (ENG_BLOCK_ROWS, n - first));
      EngMatF z = eng_matf_rows (&net->scratch.z[lane], 0, x.rows);

      eng_laf_gemm_nt (1.0f, &x, &self->moved, 0.0f, &z);
      for (gsize i = 0; i < x.rows; i++)
        {
          float *row = z.data + i * m, *out = self->features.data + (first + i) * m;

          if (net->has_bias)
            eng_kernel_add (m, net->b, row);
          net->activation->first_f (m, row, out);
          eng_kernel_multiply (m, net->a, out);
          eng_kernel_scale (m, scale, out);
          if (!self->net.both_layers)
            continue;
          out = self->hidden.data + (first + i) * m;
          net->activation->value_f (m, row, out);
          eng_kernel_scale (m, scale, out);
        }
    }
}

/* lane partials of Σ v_i ∂f(x_i)/∂W and Σ v_i ∂f(x_i)/∂a */
static void
pull_lane (guint lane, gpointer data)
{
  EngNetwork *self = data;
  gsize       n = self->problem->n, m = self->net.m;
  gboolean    is_first = TRUE;

  memset (self->lane_output[lane].data, 0, m * sizeof (float));
  for (gsize block = lane; block < eng_lanes_n_blocks (n); block += ENG_N_LANES)
    {
      gsize   first = block * ENG_BLOCK_ROWS;
      EngMatF x = eng_matf_rows (&self->problem->x_train, first,
                                 MIN (ENG_BLOCK_ROWS, n - first));
      EngMatF c = eng_matf_rows (&self->net.scratch.u[lane], 0, x.rows);

      for (gsize i = 0; i < x.rows; i++)
        {
          eng_kernel_scale_to (m, self->v[first + i],
                               self->features.data + (first + i) * m, c.data + i * m);
          if (self->net.both_layers)
            eng_kernel_axpy (m, self->v[first + i], self->hidden.data + (first + i) * m,
                             self->lane_output[lane].data);
        }
      eng_laf_gemm_tn (1.0f, &c, &x, is_first ? 0.0f : 1.0f, &self->lane_gradient[lane]);
      is_first = FALSE;
    }
}

/* next <- J (w_v, a_v) / n */
static void
push_lane (guint lane, gpointer data)
{
  EngNetwork *self = data;
  gsize       n = self->problem->n, m = self->net.m;

  for (gsize block = lane; block < eng_lanes_n_blocks (n); block += ENG_N_LANES)
    {
      gsize   first = block * ENG_BLOCK_ROWS;
      EngMatF x = eng_matf_rows (&self->problem->x_train, first,
                                 MIN (ENG_BLOCK_ROWS, n - first));
      EngMatF u = eng_matf_rows (&self->net.scratch.u[lane], 0, x.rows);

      eng_laf_gemm_nt (1.0f, &x, &self->w_v, 0.0f, &u);
      for (gsize i = 0; i < x.rows; i++)
        {
          float sum = eng_kernel_dot (m, self->features.data + (first + i) * m,
                                      u.data + i * m);

          if (self->net.both_layers)
            sum += eng_kernel_dot (m, self->hidden.data + (first + i) * m, self->a_v);
          self->next[first + i] = sum / (float) n;
        }
    }
}

void
eng_network_refresh_lambda_max (EngNetwork *self,
                                guint       iterations,
                                double      tolerance,
                                EngLanes   *lanes)
{
  gsize  n = self->problem->n, m = self->net.m;
  guint  n_lanes = eng_lanes_for_rows (n);
  double lambda = 0.0;

  eng_network_move (self);
  eng_lanes_run (lanes, n_lanes, features_lane, self);
  for (guint i = 0; i < iterations; i++)
    {
      double  norm = sqrt (eng_kernel_square_sum (n, self->v)), before = lambda;
      EngMatF a_v = { 1, m, self->a_v };

      if (!(norm > 0.0) || !isfinite (norm))
        return;
      eng_kernel_scale (n, (float) (1.0 / norm), self->v);
      eng_lanes_run (lanes, n_lanes, pull_lane, self);
      eng_kernel_reduce_rows (self->lane_gradient, n_lanes, 0, m, &self->w_v);
      eng_kernel_reduce_rows (self->lane_output, n_lanes, 0, 1, &a_v);
      eng_lanes_run (lanes, n_lanes, push_lane, self);
      memcpy (self->v, self->next, n * sizeof (float));
      lambda = sqrt (eng_kernel_square_sum (n, self->v));
      if (fabs (lambda - before) <= tolerance * lambda
          || eng_context_should_stop (&self->learner->context))
        break;
    }
  if (isfinite (lambda) && lambda > 0.0)
    self->learner->lambda_max = lambda + eng_network_get_decay (self);
  eng_learner_update_step_size (self->learner);
}
