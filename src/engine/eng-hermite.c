/* SPDX-License-Identifier: GPL-3.0-or-later
 * Products of Hermite polynomials. */
#include "config.h"

#include "eng-hermite.h"

#include "eng-hermite-value.h"

#include <math.h>

double
eng_hermite_count (double d, guint degree)
{
  double count = 1.0;

  for (guint i = 1; i <= degree; i++)
    count = count * (d + degree - i) / i;
  return round (count);
}

static double
count_features (double d, const double *degrees, gsize n_degrees, guint *max_degree)
{
  double count = 0.0;

  *max_degree = 1;
  for (gsize i = 0; i < n_degrees; i++)
    {
      count += eng_hermite_count (d, (guint) degrees[i]);
      *max_degree = MAX (*max_degree, (guint) degrees[i]);
    }
  return count;
}

double
eng_hermite_estimate_bytes (double d, const double *degrees, gsize n_degrees)
{
  guint  max_degree;
  double count = count_features (d, degrees, n_degrees, &max_degree);

  return max_degree * (sizeof (guint32) * count + sizeof (float) * ENG_N_LANES * d);
}

/* --- powers ------------------------------------------------------------------------ */

typedef struct
{
  EngHermite *self;
  guint32     chosen[ENG_HERMITE_MAX_DEGREE]; /* factors that are not 1 */
} Powers;

static void
append_feature (Powers *powers, guint n_chosen)
{
  EngHermite *self = powers->self;
  guint32    *factors = self->factors + self->n_features++ * self->max_degree;

  for (guint i = 0; i < self->max_degree; i++)
    factors[i] = i < n_chosen ? powers->chosen[i] : 0;
}

/* Appends all products of `n_variables` variables from `first` on that have degree
 * `degree`, times the factors chosen so far. */
static void
append_products (Powers *powers,
                 gsize   first,
                 guint   degree,
                 guint   n_variables,
                 guint   n_chosen)
{
  if (n_variables == 0)
    {
      append_feature (powers, n_chosen);
      return;
    }
  for (gsize j = first; j < powers->self->d; j++)
    for (guint power = n_variables == 1 ? degree : 1; power + n_variables - 1 <= degree;
         power++)
      {
        powers->chosen[n_chosen] = (guint32) (1 + j * powers->self->max_degree + power
                                              - 1);
        append_products (powers, j + 1, degree - power, n_variables - 1, n_chosen + 1);
      }
}

void
eng_hermite_init (EngHermite   *self,
                  gsize         d,
                  const double *degrees,
                  gsize         n_degrees,
                  EngArena     *arena)
{
  Powers powers = { .self = self };
  gsize  count;

  self->d = d;
  count = (gsize) count_features ((double) d, degrees, n_degrees, &self->max_degree);
  self->factors = eng_arena_bytes (arena, count * self->max_degree, sizeof (guint32));
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    self->values[lane] = eng_arena_floats (arena, 1 + d * self->max_degree);
  self->n_features = 0;
  for (gsize i = 0; i < n_degrees; i++)
    {
      guint degree = (guint) degrees[i];

      for (guint n = degree == 0 ? 0 : 1; n <= MIN (degree, d); n++)
        append_products (&powers, 0, degree, n, 0);
    }
  g_assert (self->n_features == count);
}

/* --- values ------------------------------------------------------------------------ */

/* h_1 ... h_max of each coordinate, by their three-term recursion. */
static void
fill_values (const EngHermite *self, const float *x, float *values)
{
  values[0] = 1.0f;
  for (gsize j = 0; j < self->d; j++)
    {
      double before = 0.0, now = 1.0;

      for (guint k = 0; k < self->max_degree; k++)
        {
          double next = eng_hermite_next (k, x[j], before, now);

          values[1 + j * self->max_degree + k] = (float) next;
          before = now;
          now = next;
        }
    }
}

void
eng_hermite_fill (const EngHermite *self, guint lane, const EngMatF *x, EngMatF *h)
{
  float *values = self->values[lane];

  g_assert (x->cols == self->d && h->cols == self->n_features && h->rows == x->rows);
  for (gsize i = 0; i < x->rows; i++)
    {
      const guint32 *factors = self->factors;
      float         *row = h->data + i * h->cols;

      fill_values (self, x->data + i * x->cols, values);
      for (gsize f = 0; f < self->n_features; f++, factors += self->max_degree)
        {
          row[f] = values[factors[0]];
          for (guint k = 1; k < self->max_degree; k++)
            row[f] *= values[factors[k]];
        }
    }
}
