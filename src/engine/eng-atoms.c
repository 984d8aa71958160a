/* SPDX-License-Identifier: GPL-3.0-or-later
 * Refits of atoms. */
#include "config.h"

#include "eng-atoms.h"

#include <math.h>
#include <string.h>

/* A smaller coefficient, relative to the largest one, is none. */
#define SMALLEST 1e-6
/* Coordinate descent ends with changes below this, relative to the largest coefficient. */
#define MAX_SWEEPS 10000
#define SETTLED    1e-12

void
eng_atoms_init (EngAtoms *self, EngPowerSum *sum, gsize max_atoms, EngArena *arena)
{
  gsize d = sum->x->cols;

  self->sum = sum;
  self->max_atoms = max_atoms;
  self->u = eng_arena_mat (arena, max_atoms, d);
  self->trial = eng_arena_mat (arena, max_atoms, d);
  self->u.rows = self->trial.rows = 0;
  self->signs = eng_arena_doubles (arena, max_atoms);
  self->trial_signs = eng_arena_doubles (arena, max_atoms);
  eng_lbfgs_init (&self->lbfgs, max_atoms * d, arena);
  self->gram = eng_arena_mat (arena, max_atoms, max_atoms);
  self->products = eng_arena_doubles (arena, max_atoms);
  self->coefficients = eng_arena_doubles (arena, max_atoms);
}

double
eng_atoms_estimate_bytes (double d, double max_atoms)
{
  return eng_lbfgs_estimate_bytes (max_atoms * d)
         + sizeof (double) * max_atoms * (2.0 * d + max_atoms + 4.0);
}

/* row <- length · row */
static void
stretch (gsize d, double length, double *row)
{
  for (gsize i = 0; i < d; i++)
    row[i] *= length;
}

void
eng_atoms_try (EngAtoms *self)
{
  gsize k = self->u.rows;

  memcpy (self->trial.data, self->u.data, k * self->u.cols * sizeof (double));
  memcpy (self->trial_signs, self->signs, k * sizeof (double));
  self->trial.rows = k;
}

void
eng_atoms_append (EngAtoms *self, const double *w, double c)
{
  gsize   k = self->u.rows, d = self->u.cols;
  double *row = self->trial.data + k * d;

  g_assert (k < self->max_atoms);
  eng_atoms_try (self);
  memcpy (row, w, d * sizeof (double));
  stretch (d, pow (fabs (c), 1.0 / self->sum->degree), row);
  self->trial_signs[k] = copysign (1.0, c);
  self->trial.rows = k + 1;
}

/* --- sliding ----------------------------------------------------------------------- */

static double
evaluate (const double *x, double *gradient, gpointer data)
{
  EngAtoms *self = data;
  EngMat    u = { self->trial.rows, self->trial.cols, (double *) x };
  EngMat    g = { u.rows, u.cols, gradient };

  return eng_power_sum_fit (self->sum, &u, self->trial_signs, self->lambda, self->lanes,
                            &g);
}

void
eng_atoms_slide (EngAtoms *self, double lambda, guint steps, EngLanes *lanes)
{
  self->lambda = lambda;
  self->lanes = lanes;
  (void) eng_lbfgs_minimise (&self->lbfgs, self->trial.rows * self->trial.cols, evaluate,
                             self, steps, self->sum->cancel, self->trial.data);
}

/* --- coefficients ------------------------------------------------------------------ */

/* One sweep of coordinate descent.  Returns: the largest change. */
static double
sweep (EngAtoms *self, double lambda)
{
  gsize   k = self->trial.rows;
  double *c = self->coefficients, largest = 0.0;

  for (gsize j = 0; j < k; j++)
    {
      const double *row = self->gram.data + j * k;
      double        rest = self->products[j] - eng_la_dot (k, row, c) + row[j] * c[j];
      double        next = copysign (fmax (fabs (rest) - lambda, 0.0), rest) / row[j];

      largest = fmax (largest, fabs (next - c[j]));
      c[j] = next;
    }
  return largest;
}

static double
find_largest (gsize n, const double *c)
{
  double largest = 0.0;

  for (gsize j = 0; j < n; j++)
    largest = fmax (largest, fabs (c[j]));
  return largest;
}

/* The trial <- unit rows, and their coefficients. */
static void
split (EngAtoms *self)
{
  gsize d = self->trial.cols;

  for (gsize j = 0; j < self->trial.rows; j++)
    {
      double *row = self->trial.data + j * d, norm = eng_la_norm (d, row);

      self->coefficients[j] = self->trial_signs[j] * pow (norm, self->sum->degree);
      stretch (d, 1.0 / norm, row);
    }
}

void
eng_atoms_reweight (EngAtoms *self, double lambda, EngLanes *lanes)
{
  gsize   k = self->trial.rows, d = self->trial.cols;
  EngMat  gram = { k, k, self->gram.data };
  double *c = self->coefficients;

  split (self);
  eng_power_sum_gram (self->sum, &self->trial, lanes, &gram, self->products);
  for (guint i = 0; i < MAX_SWEEPS; i++)
    if (!(sweep (self, lambda) > SETTLED * find_largest (k, c)))
      break;
  for (gsize j = 0; j < k; j++)
    {
      self->trial_signs[j] = copysign (1.0, c[j]);
      stretch (d, pow (fabs (c[j]), 1.0 / self->sum->degree), self->trial.data + j * d);
    }
}

/* --- the end of a refit ------------------------------------------------------------ */

/* The longest row of the trial, the first of equals; `rows` if all are 0. */
static gsize
find_next (const EngAtoms *self, double *length)
{
  gsize best = self->trial.rows, d = self->trial.cols;

  *length = 0.0;
  for (gsize j = 0; j < self->trial.rows; j++)
    {
      double norm = eng_la_norm (d, self->trial.data + j * d);

      if (norm > *length)
        {
          best = j;
          *length = norm;
        }
    }
  return best;
}

void
eng_atoms_take (EngAtoms *self)
{
  gsize  d = self->trial.cols;
  double longest, length;
  gsize  j = find_next (self, &longest);

  self->u.rows = 0;
  for (length = longest; j < self->trial.rows; j = find_next (self, &length))
    {
      double *row = self->trial.data + j * d;

      if (!(pow (length / longest, self->sum->degree) > SMALLEST))
        break;
      memcpy (self->u.data + self->u.rows * d, row, d * sizeof (double));
      self->signs[self->u.rows++] = self->trial_signs[j];
      stretch (d, 0.0, row);
    }
}

/* |c_j| */
static double
get_weight (const EngAtoms *self, gsize j)
{
  gsize d = self->u.cols;

  return pow (eng_la_norm (d, self->u.data + j * d), self->sum->degree);
}

double
eng_atoms_get_norm (const EngAtoms *self)
{
  double sum = 0.0;

  for (gsize j = 0; j < self->u.rows; j++)
    sum += get_weight (self, j);
  return sum;
}

void
eng_atoms_fill_directions (const EngAtoms *self, EngMat *w)
{
  gsize d = w->cols;

  for (gsize j = 0; j < w->rows; j++)
    {
      const double *from = self->u.data + j * d;
      double        norm = eng_la_norm (d, from);

      for (gsize i = 0; i < d; i++)
        w->data[j * d + i] = from[i] / norm;
    }
}

void
eng_atoms_add_arrays (const EngAtoms *self, EngArrays *arrays)
{
  gsize              n = self->u.rows, d = self->u.cols;
  g_autofree double *c = g_new (double, n + 1);
  g_autofree double *w = g_new (double, n *d + 1);
  EngMat             rows = { n, d, w };

  eng_atoms_fill_directions (self, &rows);
  for (gsize j = 0; j < n; j++)
    c[j] = self->signs[j] * get_weight (self, j);
  eng_arrays_add_mat (arrays, "atoms", &rows);
  eng_arrays_add (arrays, "atom-weights", n, c);
}
