/* SPDX-License-Identifier: GPL-3.0-or-later
 * Limited-memory BFGS. */
#include "config.h"

#include "eng-lbfgs.h"

#include <math.h>
#include <string.h>

/* Conditions of Wolfe: how much of the slope a step must bring down, and must be gone. */
#define DECREASE  1e-4
#define CURVATURE 0.9
/* Evaluations of one line search. */
#define MAX_TRIALS 40
/* A smaller gain, relative to the value, is rounding. */
#define ROUNDING 1e-15
/* Cosine of a change of the gradient with that of x, below which it says nothing. */
#define FLAT 1e-12

/* A minimisation on its way. */
typedef struct
{
  EngLbfgs    *lbfgs;
  gsize        n;
  EngLbfgsFunc func;
  gpointer     data;
  double      *x;
  double       value;
  guint        n_pairs, next; /* pairs that are there; the slot of the next one */
} Descent;

void
eng_lbfgs_init (EngLbfgs *self, gsize max_n, EngArena *arena)
{
  self->s = eng_arena_mat (arena, ENG_LBFGS_PAIRS, max_n);
  self->y = eng_arena_mat (arena, ENG_LBFGS_PAIRS, max_n);
  self->gradient = eng_arena_doubles (arena, max_n);
  self->direction = eng_arena_doubles (arena, max_n);
  self->trial = eng_arena_doubles (arena, max_n);
  self->trial_gradient = eng_arena_doubles (arena, max_n);
}

double
eng_lbfgs_estimate_bytes (double max_n)
{
  return sizeof (double) * (2.0 * ENG_LBFGS_PAIRS + 4.0) * max_n;
}

/* Pair `age` (0: the newest) of the changes `all`. */
static double *
get_pair (const Descent *self, const EngMat *all, guint age)
{
  guint slot = (self->next + ENG_LBFGS_PAIRS - 1 - age) % ENG_LBFGS_PAIRS;

  return all->data + slot * all->cols;
}

/* direction <- −H gradient, H the inverse Hessian that the pairs tell of: two loops. */
static void
choose_direction (Descent *self)
{
  EngLbfgs *lbfgs = self->lbfgs;
  double   *q = lbfgs->direction, alpha[ENG_LBFGS_PAIRS], scale = 1.0;
  gsize     n = self->n;

  memcpy (q, lbfgs->gradient, n * sizeof (double));
  for (guint age = 0; age < self->n_pairs; age++)
    {
      const double *s = get_pair (self, &lbfgs->s, age);
      const double *y = get_pair (self, &lbfgs->y, age);
      double        product = eng_la_dot (n, s, y);

      if (age == 0)
        scale = product / eng_la_dot (n, y, y);
      alpha[age] = eng_la_dot (n, s, q) / product;
      eng_la_axpy (n, -alpha[age], y, q);
    }
  for (gsize i = 0; i < n; i++)
    q[i] *= -scale;
  for (guint age = self->n_pairs; age-- > 0;)
    {
      const double *s = get_pair (self, &lbfgs->s, age);
      const double *y = get_pair (self, &lbfgs->y, age);

      eng_la_axpy (n, -alpha[age] - eng_la_dot (n, y, q) / eng_la_dot (n, s, y), s, q);
    }
}

/* trial <- x + t direction, its value and gradient, with a t that meets the conditions.
 * Returns: FALSE if there is nothing to gain. */
static gboolean
search_line (Descent *self, double slope, double *value)
{
  EngLbfgs *lbfgs = self->lbfgs;
  double    low = 0.0, high = INFINITY, t = 1.0;

  /* Nothing is known of the curvature yet. */
  if (self->n_pairs == 0)
    t = fmin (1.0, 1.0 / eng_la_norm (self->n, lbfgs->gradient));
  for (guint i = 0; i < MAX_TRIALS; i++)
    {
      memcpy (lbfgs->trial, self->x, self->n * sizeof (double));
      eng_la_axpy (self->n, t, lbfgs->direction, lbfgs->trial);
      *value = self->func (lbfgs->trial, lbfgs->trial_gradient, self->data);
      if (!(*value <= self->value + DECREASE * t * slope))
        high = t;
      else if (eng_la_dot (self->n, lbfgs->trial_gradient, lbfgs->direction)
               < CURVATURE * slope)
        low = t;
      else
        return TRUE;
      t = isfinite (high) ? 0.5 * (low + high) : 2.0 * low;
    }
  return *value < self->value;
}

/* x <- trial, and what the step has told of the curvature. */
static void
accept (Descent *self, double value)
{
  EngLbfgs *lbfgs = self->lbfgs;
  double   *s = lbfgs->s.data + self->next * lbfgs->s.cols;
  double   *y = lbfgs->y.data + self->next * lbfgs->y.cols;
  gsize     n = self->n;

  for (gsize i = 0; i < n; i++)
    {
      s[i] = lbfgs->trial[i] - self->x[i];
      y[i] = lbfgs->trial_gradient[i] - lbfgs->gradient[i];
    }
  memcpy (self->x, lbfgs->trial, n * sizeof (double));
  memcpy (lbfgs->gradient, lbfgs->trial_gradient, n * sizeof (double));
  self->value = value;
  if (!(eng_la_dot (n, s, y) > FLAT * eng_la_norm (n, s) * eng_la_norm (n, y)))
    return;
  self->next = (self->next + 1) % ENG_LBFGS_PAIRS;
  self->n_pairs = MIN (self->n_pairs + 1, ENG_LBFGS_PAIRS);
}

/* Returns: FALSE at the end. */
static gboolean
iterate (Descent *self)
{
  EngLbfgs *lbfgs = self->lbfgs;
  double    slope, value, before = self->value;

  choose_direction (self);
  slope = eng_la_dot (self->n, lbfgs->gradient, lbfgs->direction);
  if (!(slope < 0.0) || !search_line (self, slope, &value))
    return FALSE;
  accept (self, value);
  return before - value > ROUNDING * fabs (before);
}

double
eng_lbfgs_minimise (EngLbfgs    *self,
                    gsize        n,
                    EngLbfgsFunc func,
                    gpointer     data,
                    guint        max_iterations,
                    const int   *cancel,
                    double      *x)
{
  Descent descent = { .lbfgs = self, .n = n, .func = func, .data = data, .x = x };

  g_assert (n <= self->s.cols);
  descent.value = func (x, self->gradient, data);
  for (guint i = 0; i < max_iterations; i++)
    if ((cancel != NULL && g_atomic_int_get (cancel) != 0) || !iterate (&descent))
      break;
  return descent.value;
}
