/* SPDX-License-Identifier: GPL-3.0-or-later
 * Linear predictors of smallest norm, found once for all runs. */
#include "config.h"

#include "eng-implicit-bias.h"
#include "eng-solutions.h"
#include "eng-sparsest.h"

EngSolutions *
eng_solutions_new (gsize d)
{
  return g_malloc0 (sizeof (EngSolutions) + 2 * d * sizeof (double));
}

void
eng_solutions_free (EngSolutions *self)
{
  g_free (self);
}

double
eng_solutions_estimate_bytes (double n, double d)
{
  return 2.0 * sizeof (double) * d
         + MAX (eng_implicit_bias_estimate_bytes (n, d),
                eng_sparsest_estimate_bytes (n, d));
}

void
eng_solutions_find (EngSolutions *self,
                    const EngMat *x,
                    const double *y,
                    const int    *cancel)
{
  double *smallest = self->values, *sparsest = self->values + x->cols;

  if (self->is_found)
    return;
  if (x->rows < x->cols)
    {
      if (eng_implicit_bias_smallest (x, y, cancel, smallest))
        self->smallest = smallest;
      if (eng_sparsest_find (x, y, cancel, sparsest))
        self->sparsest = sparsest;
    }
  self->is_found = cancel == NULL || g_atomic_int_get (cancel) == 0;
}
