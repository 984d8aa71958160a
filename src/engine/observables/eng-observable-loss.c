/* SPDX-License-Identifier: GPL-3.0-or-later
 * loss: train and test loss relative to Var(f*), the test error split by degree, and how
 * much of each of the teacher's parts was recovered (NOTATION "Losses"). */
#include "config.h"

#include "eng-observable.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  TRAIN,
  TEST,
  LOW,
  HIGH,
  N_COLUMNS,
};

typedef struct
{
  double *residual;     /* (n_test) */
  double *coefficients; /* on the polynomial basis */
} Loss;

static const EngColumn columns[] = {
  { "train-loss", N_ ("Train loss") },
  { "test-loss", N_ ("Test loss") },
  { "test-low", N_ ("Test loss, degree ≤ k") },
  { "test-high", N_ ("Test loss, degree > k") },
  { NULL, NULL },
};

static gboolean
extra_column (const EngProblem *problem, guint index, char **id, char **title)
{
  if (index >= problem->n_degrees)
    return FALSE;
  *id = g_strdup_printf ("recovered-degree-%u", problem->degrees[index]);
  *title = g_strdup_printf ("Recovered share of degree %u", problem->degrees[index]);
  return TRUE;
}

static void
init (gpointer state, const EngContext *context, EngLearner *learner)
{
  Loss *self = state;

  self->residual = eng_arena_doubles (context->arena, context->problem->n_test);
  self->coefficients = eng_arena_doubles (context->arena,
                                          context->problem->test_basis.cols);
}

static double
mean_square_error (gsize n, const float *f, const double *y)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (f[i] - y[i]) * (f[i] - y[i]);
  return sum / (double) n;
}

/* Energy of the test residual on all polynomials of degree <= k. */
static double
low_energy (Loss *self, const EngMeasurement *at)
{
  const EngProblem *problem = at->problem;

  for (gsize i = 0; i < problem->n_test; i++)
    self->residual[i] = at->test[i] - problem->y_test[i];
  eng_la_gemv_t (1.0, &problem->test_basis, self->residual, 0.0, self->coefficients);
  return eng_la_dot (problem->test_basis.cols, self->coefficients, self->coefficients)
         / (double) problem->n_test;
}

static double
recovered (const EngMeasurement *at, guint part)
{
  const double *values = at->problem->test_parts.data + part * at->problem->n_test;
  double        product = 0.0, square = 0.0;

  for (gsize i = 0; i < at->problem->n_test; i++)
    {
      product += at->test[i] * values[i];
      square += values[i] * values[i];
    }
  return product / square;
}

static void
measure (gpointer state, const EngMeasurement *at)
{
  const EngProblem *problem = at->problem;
  double            test = mean_square_error (problem->n_test, at->test, problem->y_test);

  if (at->train != NULL)
    eng_trace_set (at->trace, at->first_column + TRAIN,
                   mean_square_error (problem->n, at->train, problem->y_train)
                       / problem->variance);
  eng_trace_set (at->trace, at->first_column + TEST, test / problem->variance);
  if (problem->test_basis.cols > 0)
    {
      double low = low_energy (state, at);

      eng_trace_set (at->trace, at->first_column + LOW, low / problem->variance);
      eng_trace_set (at->trace, at->first_column + HIGH,
                     (test - low) / problem->variance);
    }
  for (guint part = 0; part < problem->n_degrees; part++)
    eng_trace_set (at->trace, at->first_column + N_COLUMNS + part, recovered (at, part));
}

const EngObservableClass eng_observable_loss = {
  .id = "loss",
  .title = N_ ("Loss"),
  .help = N_ ("train and test loss, its split by degree, recovered parts of the teacher"),
  .columns = columns,
  .state_size = sizeof (Loss),
  .extra_column = extra_column,
  .init = init,
  .measure = measure,
};
