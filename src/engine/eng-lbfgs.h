/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngLbfgs: minimisation of a smooth function by limited-memory BFGS (Nocedal and Wright,
 * algorithm 7.4) with a line search for the weak Wolfe conditions by bisection (Lewis and
 * Overton 2013).
 *
 * Allocates nothing once its memory is there, which GSL's minimisers would.  Arena memory;
 * one thread drives. */
#pragma once

#include "eng-arena.h"

G_BEGIN_DECLS

/* The value at x, and its gradient.   x, gradient: (n) */
typedef double (*EngLbfgsFunc) (const double *x, double *gradient, gpointer data);

typedef struct
{
  EngMat  s, y; /* (ENG_LBFGS_PAIRS, n): the latest changes of x and of the gradient */
  double *gradient, *direction, *trial, *trial_gradient; /* (n) */
} EngLbfgs;

#define ENG_LBFGS_PAIRS 10

/* For at most `max_n` unknowns. */
void   eng_lbfgs_init (EngLbfgs *self, gsize max_n, EngArena *arena);
double eng_lbfgs_estimate_bytes (double max_n);

/* x <- where descent from x has come after at most `max_iterations`, or where nothing is to
 * be gained above rounding.  cancel: atomic, nonzero to leave at once; may be NULL.
 * Returns: the value there.   x: (n), n <= max_n */
double eng_lbfgs_minimise (EngLbfgs    *self,
                           gsize        n,
                           EngLbfgsFunc func,
                           gpointer     data,
                           guint        max_iterations,
                           const int   *cancel,
                           double      *x);

G_END_DECLS
