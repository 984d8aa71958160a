/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tensor power iteration with deflation. */
#include "config.h"

#include "eng-tensor-power.h"

#include "eng-hermite-value.h"

#include <math.h>
#include <string.h>

void
eng_tensor_power_init (EngTensorPower *self,
                       EngTensor      *tensor,
                       guint           degree,
                       gsize           starts,
                       const double   *y,
                       EngRng         *rng,
                       EngArena       *arena)
{
  gsize n = tensor->x.rows, d = tensor->x.cols;

  self->tensor = tensor;
  self->degree = degree;
  self->rng = rng;
  self->y = eng_arena_doubles (arena, n);
  self->h = eng_arena_doubles (arena, n);
  self->u = eng_arena_mat (arena, starts, d);
  self->g = eng_arena_mat (arena, starts, d);
  memcpy (self->y, y, n * sizeof (double));
}

double
eng_tensor_power_estimate_bytes (const EngSizes *sizes, double starts)
{
  return sizeof (double) * (2.0 * sizes->n + 2.0 * starts * sizes->d);
}

/* T_p (u_k, ..., u_k) */
static double
get_value (const EngTensorPower *self, gsize k)
{
  gsize d = self->u.cols;

  return eng_la_dot (d, self->u.data + k * d, self->g.data + k * d);
}

gboolean
eng_tensor_power_update (EngTensorPower *self, EngLanes *lanes)
{
  double largest = -1.0;

  if (!eng_tensor_contract (self->tensor, self->y, self->degree, &self->u, lanes,
                            &self->g))
    return FALSE;
  for (gsize k = 0; k < self->u.rows; k++)
    {
      double value = fabs (get_value (self, k));

      if (value > largest)
        {
          largest = value;
          self->best = k;
        }
    }
  return TRUE;
}

gboolean
eng_tensor_power_begin (EngTensorPower *self, EngLanes *lanes)
{
  gsize d = self->u.cols;

  for (gsize k = 0; k < self->u.rows; k++)
    eng_rng_fill_direction (self->rng, d, self->u.data + k * d);
  return eng_tensor_power_update (self, lanes);
}

gboolean
eng_tensor_power_step (EngTensorPower *self, EngLanes *lanes)
{
  gsize    d = self->u.cols;
  gboolean is_even = self->degree % 2 == 0;

  for (gsize k = 0; k < self->u.rows; k++)
    {
      double norm = eng_la_norm (d, self->g.data + k * d);
      double scale = is_even && get_value (self, k) < 0.0 ? -1.0 / norm : 1.0 / norm;

      for (gsize j = 0; norm > 0.0 && j < d; j++)
        self->u.data[k * d + j] = scale * self->g.data[k * d + j];
    }
  return eng_tensor_power_update (self, lanes);
}

void
eng_tensor_power_deflate (EngTensorPower *self)
{
  gsize  n = self->tensor->x.rows;
  double square;

  eng_inputs_project (&self->tensor->x, eng_tensor_power_get_best (self), self->h);
  for (gsize i = 0; i < n; i++)
    self->h[i] = eng_hermite_value (self->degree, self->h[i]);
  square = eng_la_dot (n, self->h, self->h);
  if (square > 0.0)
    eng_la_axpy (n, -eng_la_dot (n, self->y, self->h) / square, self->h, self->y);
}

const double *
eng_tensor_power_get_best (const EngTensorPower *self)
{
  return self->u.data + self->best * self->u.cols;
}
