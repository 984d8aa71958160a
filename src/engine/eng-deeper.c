/* SPDX-License-Identifier: GPL-3.0-or-later
 * Polynomials of polynomials. */
#include "config.h"

#include "eng-deeper.h"

#include <math.h>

void
eng_deeper_init (EngDeeper *self, gsize r, gsize n_terms, gsize d, EngArena *arena)
{
  g_assert (n_terms <= r && r <= ENG_DEEPER_MAX_RANK);
  self->directions = eng_arena_mat (arena, r, d);
  self->parts = eng_arena_bytes (arena, r, sizeof (EngRidge));
  self->mixtures = eng_arena_mat (arena, n_terms, r);
  self->linear = eng_arena_doubles (arena, r);
  self->n_terms = n_terms;
  self->weights = eng_arena_doubles (arena, n_terms);
  self->powers = eng_arena_bytes (arena, n_terms, sizeof (guint));
}

gsize
eng_deeper_get_first (const EngDeeper *self, gsize s)
{
  return s * self->directions.rows / self->n_terms;
}

/* g: (r) */
static double
combine (const EngDeeper *self, const double *g)
{
  gsize  r = self->directions.rows;
  double f = eng_la_dot (r, self->linear, g);

  for (gsize s = 0; s < self->n_terms; s++)
    f += self->weights[s]
         * pow (eng_la_dot (r, self->mixtures.data + s * r, g), self->powers[s]);
  return f;
}

void
eng_deeper_evaluate (const EngDeeper *self, const EngMatF *x, double *y)
{
  gsize  r = self->directions.rows;
  double g[ENG_DEEPER_MAX_RANK], u;

  for (gsize i = 0; i < x->rows; i++)
    {
      EngMatF row = eng_matf_rows (x, i, 1);

      for (gsize l = 0; l < r; l++)
        {
          eng_inputs_project (&row, self->directions.data + l * x->cols, &u);
          g[l] = eng_ridge_evaluate (&self->parts[l], u);
        }
      y[i] = combine (self, g);
    }
}
