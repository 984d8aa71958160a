/* SPDX-License-Identifier: GPL-3.0-or-later
 * A diagonal linear network: coefficients, descent, tangent kernel. */
#include "config.h"

#include "eng-diagonal.h"

#include "eng-power.h"

#include <math.h>

void
eng_diagonal_init (EngDiagonal *self, gsize d, guint depth, double alpha, EngArena *arena)
{
  *self = (EngDiagonal){ .d = d,
                         .depth = depth,
                         .alpha = alpha,
                         .plus = eng_arena_doubles (arena, d),
                         .minus = eng_arena_doubles (arena, d),
                         .beta = eng_arena_doubles (arena, d) };
  for (gsize i = 0; i < d; i++)
    self->plus[i] = self->minus[i] = alpha;
}

void
eng_diagonal_update (EngDiagonal *self)
{
  for (gsize i = 0; i < self->d; i++)
    self->beta[i] = eng_power (self->plus[i], self->depth)
                    - eng_power (self->minus[i], self->depth);
}

void
eng_diagonal_descend (EngDiagonal *self, const double *g, double step_size)
{
  for (gsize i = 0; i < self->d; i++)
    {
      double change = step_size * self->depth * g[i];

      self->plus[i] -= change * eng_power (self->plus[i], self->depth - 1);
      self->minus[i] += change * eng_power (self->minus[i], self->depth - 1);
    }
  eng_diagonal_update (self);
}

double
eng_diagonal_get_speed (const EngDiagonal *self, const double *g)
{
  double fastest = 0.0;

  for (gsize i = 0; i < self->d; i++)
    {
      double larger = MAX (self->plus[i], self->minus[i]);

      fastest = MAX (fastest, eng_power (larger, self->depth - 2) * fabs (g[i]));
    }
  return self->depth * fastest;
}

void
eng_diagonal_get_kernel (const EngDiagonal *self, double *kappa)
{
  guint exponent = 2 * self->depth - 2;

  for (gsize i = 0; i < self->d; i++)
    kappa[i] = self->depth * self->depth
               * (eng_power (self->plus[i], exponent)
                  + eng_power (self->minus[i], exponent));
}

void
eng_diagonal_linearise (const EngDiagonal *self, double *beta)
{
  double slope = self->depth * eng_power (self->alpha, self->depth - 1);

  for (gsize i = 0; i < self->d; i++)
    beta[i] = slope * (self->plus[i] - self->minus[i]);
}

void
eng_diagonal_get_movement (const EngDiagonal *self, EngMatF *w)
{
  for (gsize i = 0; i < self->d; i++)
    {
      w->data[i] = (float) (self->plus[i] - self->alpha);
      w->data[self->d + i] = (float) (self->minus[i] - self->alpha);
    }
}

void
eng_diagonal_add_arrays (const EngDiagonal *self, EngArrays *arrays)
{
  eng_arrays_add (arrays, "beta", self->d, self->beta);
  eng_arrays_add (arrays, "w-plus", self->d, self->plus);
  eng_arrays_add (arrays, "w-minus", self->d, self->minus);
}
