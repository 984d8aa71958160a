/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copies of linear predictors. */
#include "config.h"

#include "eng-coefficients.h"

void
eng_coefficients_copy (EngCoefficients       *self,
                       const EngCoefficients *from,
                       const double          *found)
{
  gsize bytes = from->n * sizeof (double);

  *self = (EngCoefficients){ .n = from->n,
                             .found = g_memdup2 (found, bytes),
                             .expected = g_memdup2 (from->expected, bytes),
                             .sparsest = g_memdup2 (from->sparsest, bytes),
                             .smallest = g_memdup2 (from->smallest, bytes) };
}

void
eng_coefficients_clear (EngCoefficients *self)
{
  g_free (self->found);
  g_free (self->expected);
  g_free (self->sparsest);
  g_free (self->smallest);
  *self = (EngCoefficients){ 0 };
}
