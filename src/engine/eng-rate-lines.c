/* SPDX-License-Identifier: GPL-3.0-or-later
 * Promised rates of gradient descent. */
#include "config.h"

#include "eng-rate-lines.h"

#include <math.h>
#include <string.h>

void
eng_rate_lines_init (EngRateLines *self, gsize n, EngArena *arena)
{
  self->n = n;
  self->values = eng_arena_doubles (arena, n);
  self->parts = eng_arena_doubles (arena, n);
}

double
eng_rate_lines_estimate_bytes (double n)
{
  return 2.0 * sizeof (double) * n;
}

void
eng_rate_lines_start (EngRateLines *self,
                      const double *values,
                      const EngMat *vectors,
                      const double *residual)
{
  memcpy (self->values, values, self->n * sizeof (double));
  eng_la_gemv (1.0, vectors, residual, 0.0, self->parts);
  self->total = 0.0;
  for (gsize k = 0; k < self->n; k++)
    {
      self->parts[k] *= self->parts[k];
      self->total += self->parts[k];
    }
  self->line = self->envelope = 1.0;
  self->largest = values[0];
  self->smallest = values[self->n - 1];
}

/* (max |1 − η λ|)^(2 count) over both ends of a spectrum. */
static double
contract (double step_size, guint64 count, double smallest, double largest)
{
  return pow (MAX (fabs (1.0 - step_size * smallest), fabs (1.0 - step_size * largest)),
              2.0 * (double) count);
}

void
eng_rate_lines_advance (EngRateLines *self,
                        guint64       count,
                        double        step_size,
                        double        smallest,
                        double        largest)
{
  self->line *= contract (step_size, count, self->values[self->n - 1], self->values[0]);
  self->envelope *= contract (step_size, count, MIN (smallest, self->smallest),
                              MAX (largest, self->largest));
  for (gsize k = 0; k < self->n; k++)
    self->parts[k] *= pow (fabs (1.0 - step_size * self->values[k]),
                           2.0 * (double) count);
  self->smallest = smallest;
  self->largest = largest;
}

double
eng_rate_lines_get_linearised (const EngRateLines *self)
{
  double left = 0.0;

  for (gsize k = 0; k < self->n; k++)
    left += self->parts[k];
  return left / self->total;
}
