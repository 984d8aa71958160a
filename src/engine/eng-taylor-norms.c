/* SPDX-License-Identifier: GPL-3.0-or-later
 * The penalties on the size of the movement: R3, weight decay, and R4, the 2,4-norm. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-taylor.h"

void
eng_taylor_add_decay (EngTaylor *self, const EngMatF *w)
{
  gsize count = self->net.m * self->net.d;
  float lambda = (float) self->config.lambda[2];

  if (!self->config.decay_projected)
    {
      if (self->has_full)
        eng_kernel_axpy (count, lambda, w->data, self->gradient.data);
      else
        eng_kernel_scale_to (count, lambda, w->data, self->gradient.data);
      self->has_full = TRUE;
      return;
    }
  /* Of a pair, P_{<=k} W has half of the difference and minus that. */
  lambda *= 2.0f * (float) self->h / (float) self->net.m;
  count = self->h * self->net.d;
  if (self->has_half)
    eng_kernel_axpy (count, lambda, self->difference.data, self->half.data);
  else
    eng_kernel_scale_to (count, lambda, self->difference.data, self->half.data);
  eng_kernel_axpy (count, -lambda, self->perpendicular.data, self->half.data);
  self->has_half = TRUE;
}

void
eng_taylor_add_quartic (EngTaylor *self)
{
  gsize  m = self->net.m, d = self->net.d;
  double factor = self->config.lambda[3], sum = 0.0;

  g_assert (self->has_full);

  if (self->config.eighth_power)
    {
      for (gsize r = 0; r < m; r++)
        {
          double square = eng_kernel_square_sum (d, self->net.w.data + r * d);

          sum += square * square;
        }
      factor *= 8.0 * sum;
    }
  for (gsize r = 0; r < m; r++)
    {
      const float *w = self->net.w.data + r * d;

      eng_kernel_axpy (d, (float) (factor * eng_kernel_square_sum (d, w)), w,
                       self->gradient.data + r * d);
    }
}
