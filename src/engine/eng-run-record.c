/* SPDX-License-Identifier: GPL-3.0-or-later
 * The records of a run: one evaluation for all observables, and the view of it all. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-run-private.h"

#include <math.h>
#include <string.h>

/* --- recording -------------------------------------------------------------------------- */

static void
evaluate (EngRun *self, EngLanes *lanes)
{
  EngTerms test = { self->f, self->linear, self->quadratic };
  EngTerms train = { NULL };
  gboolean is_full = self->learner->klass->full_network;

  /* Observables look at the terms of test inputs; here are those that f is made of. */
  if (is_full)
    train.f = self->train_f;
  else
    train.linear = self->train_linear;
  if (!is_full && !self->learner->klass->linearised)
    train.quadratic = self->train_quadratic;
  eng_learner_predict (self->learner, &self->problem->x_test, lanes, &test, self->test);
  if (!self->problem->streamed)
    eng_learner_predict (self->learner, &self->problem->x_train, lanes, &train,
                         self->train);
}

static gboolean
all_finite (gsize n, const float *x)
{
  return isfinite (eng_kernel_square_sum (n, x));
}

/* Spectra at powers of ten and at the end, of learners whose Σ moves.  The one thing a
 * record allocates for, and only when asked. */
static void
record_spectrum (EngRun *self)
{
  EngSpectrum *spectrum = NULL;

  if (self->later->len > 0)
    spectrum = self->later->pdata[self->later->len - 1];
  if (spectrum != NULL && spectrum->step == self->step)
    return;
  if (!self->later_spectra || self->step == 0
      || (self->step < self->next_spectrum && self->status == ENG_STATUS_CONTINUE))
    return;
  while (self->next_spectrum <= self->step)
    self->next_spectrum *= 10;
  /* Without this spectrum the run is still whole: a solver's failure only leaves it out. */
  spectrum = eng_basis_spectrum_now (self->learner->context.basis,
                                     eng_learner_two_layer (self->learner), self->step,
                                     NULL);
  if (spectrum != NULL)
    g_ptr_array_add (self->later, spectrum);
}

static double
largest_cosine (const float *row, double norm, const EngMat *directions)
{
  double largest = 0.0;

  for (gsize s = 0; s < directions->rows && norm > 0.0; s++)
    {
      double product = eng_kernel_dot_mixed (directions->cols, row,
                                             directions->data + s * directions->cols);

      largest = MAX (largest, fabs (product) / norm);
    }
  return largest;
}

/* How far each neuron went, and how well it points along the teacher. */
static void
record_neurons (EngRun *self)
{
  const EngMatF *w = eng_learner_weights (self->learner, 0);

  for (gsize r = 0; w != NULL && r < w->rows; r++)
    {
      const float *row = w->data + r * w->cols;
      double       norm = sqrt (eng_kernel_square_sum (w->cols, row));

      self->row_movement[r] = (float) norm;
      if (self->row_overlap != NULL)
        self->row_overlap[r] = (float) largest_cosine (row, norm,
                                                       &self->problem->directions);
    }
}

/* The estimated matrix, and how far its span is from the true one. */
static void
record_matrix (EngRun *self)
{
  const EngLowRank *l = eng_learner_low_rank (self->learner);
  const EngLowRank *truth = &self->problem->truth;
  EngLowRank        found;

  if (l == NULL)
    return;
  self->rank = l->rank;
  memcpy (self->eigenvalues, l->s, l->rank * sizeof (double));
  /* A full matrix spans everything: what it found are its leading terms. */
  found = eng_low_rank_leading (l, truth->rank);
  self->n_angles = eng_low_rank_angles (&found, truth, &self->matrix_work, self->angles);
}

static void
record_coefficients (EngRun *self)
{
  const EngCoefficients *now = eng_learner_coefficients (self->learner);

  if (now != NULL)
    memcpy (self->coefficients, now->found, now->n * sizeof (double));
}

EngTrace *
eng_run_publish (EngRun *self, EngLanes *lanes)
{
  for (guint i = 0; i < self->observers->len; i++)
    {
      EngObserver *observer = &g_array_index (self->observers, EngObserver, i);

      if (observer->klass->finish != NULL)
        observer->klass->finish (observer->state, self->trace, observer->first_column,
                                 lanes);
    }
  eng_trace_publish (self->trace);
  return self->trace;
}

/* Whether some observer leaves something for later. */
static gboolean
has_waiting (EngRun *self)
{
  for (guint i = 0; i < self->observers->len; i++)
    if (g_array_index (self->observers, EngObserver, i).klass->finish != NULL)
      return TRUE;
  return FALSE;
}

void
eng_run_record (EngRun *self, EngLanes *lanes)
{
  EngMeasurement at = { .problem = self->problem,
                        .learner = self->learner,
                        .lanes = lanes,
                        .train = self->problem->streamed ? NULL : self->train,
                        .test = self->test,
                        .f = self->f,
                        .linear = self->linear,
                        .quadratic = self->quadratic,
                        .trace = self->trace,
                        .step = self->step };
  gsize          n_written = eng_trace_get_n_written (self->trace);

  if (n_written > 0 && eng_trace_get_steps (self->trace)[n_written - 1] == self->step)
    {
      record_spectrum (self);
      return;
    }
  evaluate (self, lanes);
  /* Of a streamed training set `train` stays 0. */
  if (!all_finite (self->problem->n, self->train)
      || !all_finite (self->problem->n_test, self->test))
    return;
  eng_trace_open (self->trace, self->step, self->seconds);
  for (guint i = 0; i < self->observers->len; i++)
    {
      EngObserver *observer = &g_array_index (self->observers, EngObserver, i);

      at.first_column = observer->first_column;
      observer->klass->measure (observer->state, &at);
    }
  eng_trace_set (self->trace, self->step_size_column, self->learner->step_size);
  if (self->learner->klass->measure != NULL)
    {
      double values[ENG_LEARNER_MAX_COLUMNS];

      self->learner->klass->measure (self->learner, values);
      for (gsize i = 0; self->learner->klass->columns[i].id != NULL; i++)
        eng_trace_set (self->trace, self->own_column + i, values[i]);
    }
  if (!has_waiting (self)
      || eng_trace_get_n_written (self->trace) - eng_trace_get_length (self->trace)
             == ENG_OBSERVABLE_BATCH)
    eng_run_publish (self, lanes);
  record_neurons (self);
  record_matrix (self);
  record_coefficients (self);
  record_spectrum (self);
}

/* --- views ------------------------------------------------------------------------------ */

static void
fill_neurons (EngRun *self, EngNeurons *neurons)
{
  gsize bytes = self->start.rows * sizeof (float);

  if (self->row_movement == NULL || eng_trace_get_length (self->trace) == 0)
    return;
  neurons->n = self->start.rows;
  neurons->movement = g_memdup2 (self->row_movement, bytes);
  if (self->row_overlap != NULL)
    neurons->overlap = g_memdup2 (self->row_overlap, bytes);
}

static void
fill_matrix (EngRun *self, EngMatrixView *matrix)
{
  matrix->rank = self->rank;
  matrix->eigenvalues = g_memdup2 (self->eigenvalues, self->rank * sizeof (double));
  matrix->n_angles = self->n_angles;
  matrix->angles = g_memdup2 (self->angles, self->n_angles * sizeof (double));
}

void
eng_run_fill_view (EngRun *self, EngRunView *view)
{
  EngTwoLayer *student = eng_learner_two_layer (self->learner);

  view->learner = g_strdup (self->learner->klass->id);
  view->trace = eng_trace_ref (self->trace);
  view->n_records = eng_trace_get_length (self->trace);
  view->status = self->status;
  view->step = self->step;
  view->planned = self->planned;
  view->step_size = self->learner->step_size;
  view->stable_below = 2.0 / self->learner->lambda_max;
  view->restart_with = 1.0 / self->learner->lambda_max;
  if (self->status == ENG_STATUS_DIVERGED && view->step_size < view->stable_below)
    {
      /* The bound of the quadratic part evidently did not hold here. */
      view->stable_below = NAN;
      view->restart_with = MIN (view->restart_with, view->step_size / 2.0);
    }
  view->linearised = self->learner->klass->linearised;
  view->full_network = self->learner->klass->full_network;
  view->m = student != NULL ? student->m : 0;
  if (self->learner->context.basis != NULL)
    view->spectrum = eng_spectrum_ref (
        eng_basis_get_spectrum (self->learner->context.basis));
  else if (self->learner->klass->make_spectrum != NULL)
    view->spectrum = self->learner->klass->make_spectrum (self->learner);
  for (guint i = 0; i < self->later->len; i++)
    g_ptr_array_add (view->later, eng_spectrum_ref (self->later->pdata[i]));
  fill_neurons (self, &view->neurons);
  fill_matrix (self, &view->matrix);
  if (self->coefficients != NULL && view->n_records > 0)
    eng_coefficients_copy (&view->coefficients, eng_learner_coefficients (self->learner),
                           self->coefficients);
}
