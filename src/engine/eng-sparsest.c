/* SPDX-License-Identifier: GPL-3.0-or-later
 * Basis pursuit by homotopy: the support grows and shrinks by one coordinate at a time, and
 * the Cholesky factor of its Gram matrix with it. */
#include "config.h"

#include "eng-sparsest.h"

#include <math.h>
#include <string.h>

/* Changes of the support, in units of the number of samples, before it gives up. */
#define MAX_CHANGES 50
/* A column that adds less than this to the span of the support, relative, depends on it. */
#define DEPENDENT 1e-12
/* λ this small, relative to its start, is 0. */
#define SMALLEST 1e-14

typedef struct
{
  const EngMat *x; /* (n, d) */
  const double *y; /* (n) */
  const int    *cancel;
  EngMat        columns; /* (n, n) rows: the columns of x in the support */
  EngMat        factor;  /* (n, n) lower: of their Gram matrix */
  gsize        *support; /* (n) */
  gsize         size;
  double       *signs, *along; /* (n) of the coefficients; how they change as λ falls */
  gboolean     *excluded;      /* (d): in the support, or dependent on it */
  gssize        dropped;       /* by the last change; -1: it added one */
  double       *beta;          /* (d) */
  double        lambda;
  double       *r, *fit; /* (n) y − Xβ; how Xβ changes */
  double       *c, *a;   /* (d) Xᵀr; how it falls */
} Path;

static void
path_init (Path *self, const EngMat *x, const double *y, const int *cancel, double *beta)
{
  gsize n = x->rows, d = x->cols;

  *self = (Path){ .x = x,
                  .y = y,
                  .cancel = cancel,
                  .columns = { n, n, g_new (double, n *n) },
                  .factor = { n, n, g_new (double, n *n) },
                  .support = g_new (gsize, n),
                  .signs = g_new (double, n),
                  .along = g_new (double, n),
                  .excluded = g_new0 (gboolean, d),
                  .dropped = -1,
                  .beta = beta,
                  .r = g_new (double, n),
                  .fit = g_new (double, n),
                  .c = g_new (double, d),
                  .a = g_new (double, d) };
  memset (beta, 0, d * sizeof (double));
}

static void
path_clear (Path *self)
{
  g_free (self->columns.data);
  g_free (self->factor.data);
  g_free (self->support);
  g_free (self->signs);
  g_free (self->along);
  g_free (self->excluded);
  g_free (self->r);
  g_free (self->fit);
  g_free (self->c);
  g_free (self->a);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Path, path_clear)

static gboolean
should_stop (const Path *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

/* --- support ----------------------------------------------------------------------- */

/* Factor and columns get a row for coordinate `j`.   Returns: FALSE if its column depends
 * on the others. */
static gboolean
append_column (Path *self, gsize j)
{
  gsize   n = self->x->rows, k = self->size;
  double *column = self->columns.data + k * n, *row = self->factor.data + k * n;
  EngMat  before = { k, n, self->columns.data };
  double  square, rest;

  for (gsize i = 0; i < n; i++)
    column[i] = self->x->data[i * self->x->cols + j];
  square = rest = eng_la_dot (n, column, column);
  if (k > 0)
    eng_la_gemv (1.0, &before, column, 0.0, row);
  for (gsize i = 0; i < k; i++)
    {
      const double *above = self->factor.data + i * n;

      row[i] = (row[i] - eng_la_dot (i, above, row)) / above[i];
      rest -= row[i] * row[i];
    }
  if (!(rest > DEPENDENT * square))
    return FALSE;
  row[k] = sqrt (rest);
  return TRUE;
}

static void
add (Path *self, gsize j)
{
  self->excluded[j] = TRUE;
  self->dropped = -1;
  if (self->size == self->x->rows || !append_column (self, j))
    return;
  self->support[self->size] = j;
  self->signs[self->size] = self->c[j] > 0.0 ? 1.0 : -1.0;
  self->size++;
}

/* Without the coordinate at `place`; the rows of the factor from there on are made again. */
static void
drop (Path *self, gsize place)
{
  gsize size = self->size;

  self->dropped = (gssize) self->support[place];
  self->beta[self->dropped] = 0.0;
  self->excluded[self->dropped] = FALSE;
  self->size = place;
  for (gsize k = place + 1; k < size; k++)
    {
      self->support[k - 1] = self->support[k];
      self->signs[k - 1] = self->signs[k];
    }
  while (self->size < size - 1 && !should_stop (self)
         && append_column (self, self->support[self->size]))
    self->size++;
}

/* b <- (X_AᵀX_A)⁻¹ b.   b: (size) */
static void
solve (const Path *self, double *b)
{
  gsize n = self->x->rows;

  for (gsize i = 0; i < self->size; i++)
    {
      const double *row = self->factor.data + i * n;

      b[i] = (b[i] - eng_la_dot (i, row, b)) / row[i];
    }
  for (gsize i = self->size; i-- > 0;)
    {
      b[i] /= self->factor.data[i * n + i];
      eng_la_axpy (i, -b[i], self->factor.data + i * n, b);
    }
}

/* --- path -------------------------------------------------------------------------- */

/* r and c at the present β: anew, so that errors do not add up. */
static void
set_residual (Path *self)
{
  memcpy (self->r, self->y, self->x->rows * sizeof (double));
  eng_la_gemv (-1.0, self->x, self->beta, 1.0, self->r);
  eng_la_gemv_t (1.0, self->x, self->r, 0.0, self->c);
}

/* Directions as λ falls by 1: of β on the support, of Xβ, and of c. */
static void
set_direction (Path *self)
{
  EngMat columns = { self->size, self->x->rows, self->columns.data };

  memcpy (self->along, self->signs, self->size * sizeof (double));
  solve (self, self->along);
  eng_la_gemv_t (1.0, &columns, self->along, 0.0, self->fit);
  eng_la_gemv_t (1.0, self->x, self->fit, 0.0, self->a);
}

/* Where `gap`, which is rounding where two coordinates tie, closes with this speed. */
static double
meet (double gap, double speed)
{
  return speed > 0.0 ? MAX (gap, 0.0) / speed : INFINITY;
}

/* How far λ falls until |c_j| of a coordinate outside is as large as λ. */
static double
find_entry (const Path *self, gsize *entering)
{
  double nearest = INFINITY;

  for (gsize j = 0; j < self->x->cols; j++)
    {
      double next;

      if (self->excluded[j] || (gssize) j == self->dropped)
        continue;
      next = MIN (meet (self->lambda - self->c[j], 1.0 - self->a[j]),
                  meet (self->lambda + self->c[j], 1.0 + self->a[j]));
      if (next < nearest)
        {
          nearest = next;
          *entering = j;
        }
    }
  return nearest;
}

/* How far λ falls until a coefficient of the support is 0. */
static double
find_exit (const Path *self, gsize *leaving)
{
  double nearest = INFINITY;

  for (gsize k = 0; k < self->size; k++)
    {
      double next = -self->beta[self->support[k]] / self->along[k];

      if (next > 0.0 && next < nearest)
        {
          nearest = next;
          *leaving = k;
        }
    }
  return nearest;
}

/* To the next change of the support, or to λ = 0. */
static void
advance (Path *self)
{
  gsize  entering = 0, leaving = 0;
  double entry, outlet, fall;

  set_direction (self);
  entry = self->size < self->x->rows ? find_entry (self, &entering) : INFINITY;
  outlet = find_exit (self, &leaving);
  fall = MIN (self->lambda, MIN (entry, outlet));
  for (gsize k = 0; k < self->size; k++)
    self->beta[self->support[k]] += fall * self->along[k];
  self->lambda -= fall;
  set_residual (self);
  if (fall == outlet)
    drop (self, leaving);
  else if (fall == entry)
    add (self, entering);
}

/* --- end --------------------------------------------------------------------------- */

/* On its support the β that fits best: what Xβ = y leaves, free of the path's errors. */
static void
polish (Path *self)
{
  EngMat columns = { self->size, self->x->rows, self->columns.data };

  eng_la_gemv (1.0, &columns, self->y, 0.0, self->along);
  solve (self, self->along);
  for (gsize k = 0; k < self->size; k++)
    self->beta[self->support[k]] = self->along[k];
  set_residual (self);
}

/* ν = X_A (X_AᵀX_A)⁻¹ s, of which the residual of the path is λ times, is a point of the
 * dual problem where |Xᵀν| ≤ 1. */
static gboolean
is_certified (Path *self)
{
  gsize  n = self->x->rows, d = self->x->cols;
  double norm = 0.0, largest = 0.0, bound;

  set_direction (self);
  for (gsize j = 0; j < d; j++)
    {
      norm += fabs (self->beta[j]);
      largest = MAX (largest, fabs (self->a[j]));
    }
  bound = eng_la_dot (n, self->y, self->fit) / largest;
  return eng_la_norm (n, self->r) <= ENG_SPARSEST_TOLERANCE * eng_la_norm (n, self->y)
         && norm - bound <= ENG_SPARSEST_TOLERANCE * norm;
}

gboolean
eng_sparsest_find (const EngMat *x, const double *y, const int *cancel, double *beta)
{
  g_auto (Path) self = { 0 };
  gsize         first = 0;
  double        start;

  path_init (&self, x, y, cancel, beta);
  set_residual (&self);
  for (gsize j = 1; j < x->cols; j++)
    if (fabs (self.c[j]) > fabs (self.c[first]))
      first = j;
  start = self.lambda = fabs (self.c[first]);
  add (&self, first);
  for (gsize i = 0; self.lambda > SMALLEST * start && i < MAX_CHANGES * x->rows; i++)
    {
      if (should_stop (&self))
        return FALSE;
      advance (&self);
    }
  if (self.size == 0 || self.lambda > SMALLEST * start)
    return FALSE;
  polish (&self);
  return is_certified (&self);
}

double
eng_sparsest_estimate_bytes (double n, double d)
{
  return sizeof (double) * (2.0 * n * n + 6.0 * n + 3.0 * d);
}
