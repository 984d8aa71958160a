/* SPDX-License-Identifier: GPL-3.0-or-later
 * movement: how far the weights went, ‖W‖_F absolute and relative to ‖W0‖_F,
 * ‖W‖_{2,4} = (Σ|w_r|⁴)^{1/4}, and the largest row. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-observable.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const EngColumn columns[] = {
  { "movement", N_ ("Movement ‖W‖") },
  { "relative-movement", N_ ("Relative movement") },
  { "norm-2-4", N_ ("2,4-norm of the movement") },
  { "largest-row", N_ ("Largest movement of a neuron") },
  { NULL, NULL },
};

static void
measure (gpointer state, const EngMeasurement *at)
{
  const EngMatF *w = eng_learner_weights (at->learner, 0);
  const EngMatF *w0 = eng_learner_initial_weights (at->learner, 0);
  double         sum = 0.0, quartic = 0.0, largest = 0.0;

  for (gsize r = 0; r < w->rows; r++)
    {
      double square = eng_kernel_square_sum (w->cols, w->data + r * w->cols);

      sum += square;
      quartic += square * square;
      largest = MAX (largest, square);
    }
  eng_trace_set (at->trace, at->first_column, sqrt (sum));
  eng_trace_set (at->trace, at->first_column + 1,
                 sqrt (sum / eng_kernel_square_sum (w0->rows * w0->cols, w0->data)));
  eng_trace_set (at->trace, at->first_column + 2, sqrt (sqrt (quartic)));
  eng_trace_set (at->trace, at->first_column + 3, sqrt (largest));
}

const EngObservableClass eng_observable_movement = {
  .id = "movement",
  .title = N_ ("Weight movement"),
  .help = N_ ("Frobenius norm, 2,4-norm and largest row of W − W0"),
  .columns = columns,
  .needs_weights = TRUE,
  .measure = measure,
};
