/* SPDX-License-Identifier: GPL-3.0-or-later
 * terms: which Taylor term carries the network at W0 + W on test inputs, and the
 * linearisation gap mean (f − f_L)² / mean f² (NOTATION "Observables"). */
#include "config.h"

#include "eng-observable.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const EngColumn columns[] = {
  { "linearisation-gap", N_ ("Linearisation gap") },
  { "share-linear", N_ ("Share of f_L") },
  { "share-quadratic", N_ ("Share of f_Q") },
  { "share-rest", N_ ("Share of the rest") },
  { NULL, NULL },
};

/* Before anything has moved both terms are exactly 0, f is rounding, and there is nothing
 * to be a share of. */
static void
measure (gpointer state, const EngMeasurement *at)
{
  gboolean full = at->learner->klass->full_network;
  double   square = 0.0, gap = 0.0, linear = 0.0, quadratic = 0.0, rest = 0.0, sum;

  for (gsize i = 0; i < at->problem->n_test; i++)
    {
      double f = at->f[i], l = at->linear[i], q = at->quadratic[i];

      square += f * f;
      gap += (f - l) * (f - l);
      linear += l * l;
      quadratic += q * q;
      rest += (f - l - q) * (f - l - q);
    }
  /* A Taylor student has no rest: its prediction is made of the two terms. */
  if (!full)
    rest = 0.0;
  if (!(linear + quadratic > 0.0))
    return;
  sum = linear + quadratic + rest;
  if (square > 0.0)
    eng_trace_set (at->trace, at->first_column, gap / square);
  eng_trace_set (at->trace, at->first_column + 1, linear / sum);
  eng_trace_set (at->trace, at->first_column + 2, quadratic / sum);
  eng_trace_set (at->trace, at->first_column + 3, rest / sum);
}

const EngObservableClass eng_observable_terms = {
  .id = "terms",
  .title = N_ ("Taylor terms"),
  .help = N_ ("shares of f_L, f_Q and the rest, and the linearisation gap"),
  .columns = columns,
  .needs_two_layer = TRUE,
  .measure = measure,
};
