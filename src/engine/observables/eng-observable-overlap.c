/* SPDX-License-Identifier: GPL-3.0-or-later
 * overlap: the share of the movement's energy in the span of the teacher's directions,
 * Σ_r |P_β w_r|² / |W|². */
#include "config.h"

#include "eng-kernels.h"
#include "eng-observable.h"

#include <glib/gi18n-lib.h>

static const EngColumn columns[] = {
  { "teacher-overlap", N_ ("Movement along the teacher's directions") },
  { NULL, NULL },
};

typedef struct
{
  EngMat span; /* (r, d) orthonormal rows; 0 rows if the teacher has no directions */
} Overlap;

static void
init (gpointer state, const EngContext *context, EngLearner *learner)
{
  Overlap          *self = state;
  const EngProblem *problem = context->problem;

  self->span = eng_arena_mat (context->arena, MIN (problem->directions.rows, problem->d),
                              problem->d);
  eng_problem_fill_span (problem, &self->span);
}

static void
measure (gpointer state, const EngMeasurement *at)
{
  Overlap       *self = state;
  const EngMatF *w = eng_learner_weights (at->learner, 0);
  double         inside = 0.0, total = 0.0;

  if (self->span.rows == 0)
    return;
  for (gsize r = 0; r < w->rows; r++)
    {
      const float *row = w->data + r * w->cols;

      total += eng_kernel_square_sum (w->cols, row);
      for (gsize s = 0; s < self->span.rows; s++)
        {
          double product = eng_kernel_dot_mixed (w->cols, row,
                                                 self->span.data + s * w->cols);

          inside += product * product;
        }
    }
  if (total > 0.0)
    eng_trace_set (at->trace, at->first_column, inside / total);
}

const EngObservableClass eng_observable_overlap = {
  .id = "overlap",
  .title = N_ ("Overlap with the teacher"),
  .help = N_ ("share of the movement along the teacher's directions"),
  .columns = columns,
  .needs_two_layer = TRUE,
  .state_size = sizeof (Overlap),
  .init = init,
  .measure = measure,
};
