/* SPDX-License-Identifier: GPL-3.0-or-later
 * Leading eigenvectors of the degree-2 part. */
#include "config.h"

#include "eng-spectral.h"

#include <math.h>
#include <string.h>

void
eng_spectral_init (EngSpectral *self, EngTensor *tensor, gsize r, EngArena *arena)
{
  gsize n = tensor->x.rows, d = tensor->x.cols;

  self->tensor = tensor;
  self->y = eng_arena_doubles (arena, n);
  self->m = eng_arena_mat (arena, d, d);
  self->values = eng_arena_doubles (arena, d);
  self->order = eng_arena_bytes (arena, r, sizeof (gsize));
  self->solver = eng_arena_doubles (arena, eng_la_eigh_doubles (d));
  self->integers = eng_arena_bytes (arena, eng_la_eigh_integers (d), sizeof (int));
}

double
eng_spectral_estimate_bytes (const EngSizes *sizes, double r)
{
  return sizeof (double) * (sizes->n + sizes->d * (3.0 * sizes->d + 12.0) + r);
}

gboolean
eng_spectral_find (EngSpectral *self, const double *y, EngLanes *lanes, EngMat *u)
{
  gsize  n = self->tensor->x.rows, d = self->tensor->x.cols;
  double mean = 0.0;

  for (gsize i = 0; i < n; i++)
    mean += y[i] / (double) n;
  for (gsize i = 0; i < n; i++)
    self->y[i] = y[i] - mean;
  if (!eng_tensor_fill_matrix (self->tensor, self->y, lanes, &self->m)
      || !isfinite (eng_la_norm (d * d, self->m.data))
      || !eng_la_eigh_with (&self->m, self->values, self->solver, self->integers))
    return FALSE;
  (void) eng_la_largest (d, self->values, u->rows, self->order);
  for (gsize j = 0; j < u->rows; j++)
    memcpy (u->data + j * d, self->m.data + self->order[j] * d, d * sizeof (double));
  return TRUE;
}
