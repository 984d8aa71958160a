/* SPDX-License-Identifier: GPL-3.0-or-later
 * A snapshot made by hand of runs that estimate a matrix, beside a network: the error falls
 * by a constant factor, stands at a wrong sign, or is not recorded. */
#include "plot-fixture.h"

#include <math.h>

#define N_RUNS  3
#define PLANNED 25
#define RANK    5

enum
{
  TRAIN,
  TEST,
  ERROR,
  ANGLE,
  RESIDUAL,
  PREDICTED,
  N_COLUMNS,
};

static const EngColumn columns[N_COLUMNS] = {
  { "train-loss", "Train loss" },
  { "test-loss", "Test loss" },
  { "relative-error", "Relative error" },
  { "largest-angle", "Largest angle" },
  { "residual", "Residual" },
  { "predicted-rate", "Predicted rate" },
};

static const struct
{
  const char *label, *learner;
} runs[N_RUNS] = {
  { "Fresh", "ap-rom" },
  { "Factored", "factored-gd" },
  { "Network", "network" },
};

static const double truth[RANK] = { 0.67, -0.51, 0.39, -0.29, 0.22 };

static double
get_error (guint run, double t)
{
  return run == 0 ? pow (0.4, t) : 0.3 + 0.7 * pow (0.6, t);
}

static EngTrace *
make_trace (guint run, guint64 last)
{
  EngTrace *trace = eng_trace_new (columns, run < 2 ? N_COLUMNS : ERROR, PLANNED + 1, 0);

  for (guint64 step = 0; step <= last; step++)
    {
      double error = get_error (run, (double) step);

      eng_trace_open (trace, step, 0.01 * (double) step);
      eng_trace_set (trace, TRAIN, error * error);
      eng_trace_set (trace, TEST, error * error);
      if (run < 2)
        {
          eng_trace_set (trace, ERROR, error);
          eng_trace_set (trace, RESIDUAL, 0.9 * error);
        }
      if (run < 2 && step > 0)
        eng_trace_set (trace, ANGLE, MIN (error, G_PI_2));
      if (run == 0)
        eng_trace_set (trace, PREDICTED, 0.39);
      eng_trace_publish (trace);
    }
  return trace;
}

static void
fill_matrix (EngMatrixView *matrix, guint run, double error)
{
  matrix->rank = matrix->n_angles = RANK;
  matrix->eigenvalues = g_new (double, RANK);
  matrix->angles = g_new (double, RANK);
  for (guint i = 0; i < RANK; i++)
    {
      matrix->eigenvalues[i] = truth[i] * (1 - 0.1 * error);
      matrix->angles[i] = error * (i + 1) / RANK;
    }
  /* It cannot change a sign. */
  if (run == 1)
    matrix->eigenvalues[RANK - 1] = -0.01;
}

EngSnapshot *
plot_fixture_new_matrix (void)
{
  EngSnapshot *self = eng_snapshot_new (NULL, N_RUNS);

  self->phase = ENG_PHASE_RUNNING;
  self->step = 12;
  self->planned = PLANNED;
  self->facts = (EngFacts){
    .d = 100, .n = 4000, .n_test = 2000, .k = 1, .variance = 2, .best_low_fit = NAN
  };
  self->truth.rank = RANK;
  self->truth.eigenvalues = g_memdup2 (truth, sizeof truth);
  for (guint i = 0; i < N_RUNS; i++)
    {
      EngRunView *view = &self->runs[i];

      view->label = g_strdup (runs[i].label);
      view->learner = g_strdup (runs[i].learner);
      view->planned = PLANNED;
      view->step = self->step;
      view->trace = make_trace (i, self->step);
      view->n_records = eng_trace_get_length (view->trace);
      if (i < 2)
        fill_matrix (&view->matrix, i, get_error (i, (double) self->step));
    }
  return self;
}
