/* SPDX-License-Identifier: GPL-3.0-or-later
 * A snapshot made by hand of two linear networks, one that spreads over all coefficients and
 * one that finds the teacher's three. */
#include "plot-fixture.h"

#include <math.h>

#define N_RUNS  2
#define PLANNED 400
#define D       50
#define N_TRUE  3

enum
{
  TRAIN,
  TEST,
  EXCESS_L1,
  EXCESS_L2,
  DISTANCE,
  DRIFT,
  N_COLUMNS,
};

static const EngColumn columns[N_COLUMNS] = {
  { "train-loss", "Train loss" },
  { "test-loss", "Test loss" },
  { "excess-l1", "Excess of the norm" },
  { "excess-l2", "Excess of the norm" },
  { "bias-distance", "Distance to theory" },
  { "kernel-drift", "Kernel drift" },
};

static const char *const labels[N_RUNS] = { "Lazy", "Rich" };

static EngTrace *
make_trace (guint run, guint64 last)
{
  EngTrace *trace = eng_trace_new (columns, N_COLUMNS, PLANNED + 1, 0);

  for (guint64 step = 0; step <= last; step++)
    {
      double left = exp (-(double) step / 40);

      eng_trace_open (trace, step, 1e-4 * (double) step);
      eng_trace_set (trace, TRAIN, left * left);
      eng_trace_set (trace, TEST, run == 0 ? 0.8 + 0.2 * left : 0.02 + left);
      eng_trace_set (trace, EXCESS_L1, (run == 0 ? 2.4 : 1.05) * (1 - left) - 1);
      eng_trace_set (trace, EXCESS_L2, (run == 0 ? 1 : 2.2) * (1 - left) - 1);
      eng_trace_set (trace, DISTANCE, left);
      eng_trace_set (trace, DRIFT, run == 0 ? 0 : 30 * (1 - left));
      eng_trace_publish (trace);
    }
  return trace;
}

/* The teacher's are 10, 20 and 30; the others by their places, alternating in sign. */
static double *
make_coefficients (double true_size, double other_size)
{
  double *beta = g_new (double, D);

  for (gsize i = 0; i < D; i++)
    beta[i] = (i % 2 == 0 ? 1 : -1) * other_size * (double) (D - i) / D;
  for (gsize i = 1; i <= N_TRUE; i++)
    beta[10 * i] = true_size;
  return beta;
}

EngSnapshot *
plot_fixture_new_linear (void)
{
  EngSnapshot *self = eng_snapshot_new (NULL, N_RUNS);

  self->phase = ENG_PHASE_RUNNING;
  self->step = 300;
  self->planned = PLANNED;
  self->facts
      = (EngFacts){ .d = D, .n = 20, .n_test = 2000, .variance = 1, .best_low_fit = NAN };
  self->teacher = (EngCoefficients){ .n = D, .found = make_coefficients (0.6, 0) };
  for (guint i = 0; i < N_RUNS; i++)
    {
      EngRunView *view = &self->runs[i];

      view->label = g_strdup (labels[i]);
      view->learner = g_strdup ("diagonal");
      view->planned = PLANNED;
      view->step = self->step;
      view->full_network = TRUE;
      view->trace = make_trace (i, self->step);
      view->n_records = eng_trace_get_length (view->trace);
      view->coefficients = (EngCoefficients){
        .n = D,
        .found = i == 0 ? make_coefficients (0.09, 0.09) : make_coefficients (0.5, 0.05),
        .expected = i == 0 ? make_coefficients (0.1, 0.1)
                           : make_coefficients (0.51, 0.05),
        .sparsest = make_coefficients (0.55, 0.02),
        .smallest = make_coefficients (0.1, 0.11),
      };
    }
  return self;
}
