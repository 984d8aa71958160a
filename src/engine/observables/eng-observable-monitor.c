/* SPDX-License-Identifier: GPL-3.0-or-later
 * monitor: the ends of the spectrum of J Jᵀ on the training inputs, how far J is from its
 * start, their bounds, and the train loss that the spectrum promises (eng-jacobian.h,
 * eng-rate-lines.h).  Of a student that is not linearised J is that of the full network at
 * W0 + W.  Only a student that descends the mean square over all samples is promised
 * anything; a live change of its objective ends that. */
#include "config.h"

#include "eng-jacobian.h"
#include "eng-observable.h"
#include "eng-rate-lines.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  LARGEST,
  SMALLEST,
  SMALLEST_BOUND,
  CHANGE,
  CHANGE_BOUND,
  LINE,
  ENVELOPE,
  LINEARISED,
};

static const EngColumn columns[] = {
  { "jacobian-largest", N_ ("Largest eigenvalue of JJᵀ") },
  { "jacobian-smallest", N_ ("Smallest eigenvalue of JJᵀ") },
  { "jacobian-smallest-bound", N_ ("Lower bound of that, for squares") },
  { "jacobian-change", N_ ("Change of J since the start") },
  { "jacobian-change-bound", N_ ("Upper bound of that change") },
  { "rate-line", N_ ("Train loss promised at the start") },
  { "rate-envelope", N_ ("Train loss promised on the way") },
  { "linearised-loss", N_ ("Train loss of the linearised network") },
  { NULL, NULL },
};

typedef struct
{
  EngJacobian  jacobian;
  EngRateLines lines;
  EngMat       vectors;  /* (n, n) */
  double      *values;   /* (n) eigenvalues at the last record */
  double      *residual; /* (n) at the start */
  double       loss;     /* relative, at the start */
  gboolean     moved;    /* J moves with the weights */
  gboolean     is_known; /* `values` are those of the last record */
  guint64      step;     /* of the last record */
  double       sum_of_steps;
} Monitor;

static gboolean
is_wanted (const EngSettings *observe, double n)
{
  return eng_settings_get_boolean (observe, "monitor") && n <= ENG_JACOBIAN_MAX_SAMPLES;
}

static void
init (gpointer state, const EngContext *context, EngLearner *learner)
{
  Monitor *self = state;
  gsize    n = context->problem->n;

  eng_jacobian_init (&self->jacobian, eng_learner_two_layer (learner), n, context->arena);
  eng_rate_lines_init (&self->lines, n, context->arena);
  self->vectors = eng_arena_mat (context->arena, n, n);
  self->values = eng_arena_doubles (context->arena, n);
  self->residual = eng_arena_doubles (context->arena, n);
  self->moved = !learner->klass->linearised;
}

static void
prepare (gpointer state, EngLearner *learner)
{
  Monitor *self = state;

  eng_jacobian_prepare (&self->jacobian, eng_learner_two_layer (learner),
                        &learner->context.problem->x_train);
}

static void
start (Monitor *self, const EngMeasurement *at)
{
  const double *y = at->problem->y_train;
  gsize         n = at->problem->n;

  for (gsize i = 0; i < n; i++)
    self->residual[i] = at->train[i] - y[i];
  self->is_known = eng_jacobian_eigenvalues (&self->jacobian,
                                             eng_learner_two_layer (at->learner),
                                             self->moved, self->values, &self->vectors);
  if (!self->is_known)
    return;
  eng_rate_lines_start (&self->lines, self->values, &self->vectors, self->residual);
  self->loss = self->lines.total / ((double) n * at->problem->variance);
}

/* The spectrum now, and what it promises for the steps since the last record.  The step
 * size is that of a mean over n samples. */
static void
advance (Monitor *self, const EngMeasurement *at)
{
  EngLearner *learner = at->learner;
  gsize       n = at->problem->n;
  guint64     count = at->step - self->step;
  double      mean = (learner->sum_of_steps - self->sum_of_steps) / (double) count;

  if (self->moved)
    self->is_known = eng_jacobian_eigenvalues (
        &self->jacobian, eng_learner_two_layer (learner), TRUE, self->values, NULL);
  eng_rate_lines_advance (&self->lines, count, mean / (double) n, self->values[n - 1],
                          self->values[0]);
}

/* Whether the steps so far were gradient descent on the loss that is shown. */
static gboolean
keeps_promise (const EngMeasurement *at)
{
  const EngLearner  *learner = at->learner;
  const EngSettings *settings = learner->context.settings;

  if (eng_settings_has (settings, "weight-decay")
      && eng_settings_get_double (settings, "weight-decay") > 0)
    return FALSE;
  return (learner->klass->linearised || learner->klass->full_network)
         && (learner->judged_exactly || at->step == 0) && !learner->objective_changed;
}

static void
measure (gpointer state, const EngMeasurement *at)
{
  Monitor           *self = state;
  const EngTwoLayer *student = eng_learner_two_layer (at->learner);
  EngTrace          *trace = at->trace;
  gsize              first = at->first_column;

  if (at->step == 0)
    start (self, at);
  else if (self->is_known)
    advance (self, at);
  self->step = at->step;
  self->sum_of_steps = at->learner->sum_of_steps;
  if (!self->is_known)
    return;
  eng_trace_set (trace, first + LARGEST, self->values[0]);
  eng_trace_set (trace, first + SMALLEST, self->values[at->problem->n - 1]);
  eng_trace_set (trace, first + SMALLEST_BOUND,
                 eng_jacobian_get_smallest_bound (&self->jacobian, student, self->moved));
  if (self->moved)
    {
      eng_trace_set (trace, first + CHANGE,
                     eng_jacobian_get_change (&self->jacobian, student));
      eng_trace_set (trace, first + CHANGE_BOUND,
                     eng_jacobian_get_change_bound (&self->jacobian, student));
    }
  if (!keeps_promise (at))
    return;
  eng_trace_set (trace, first + LINE, self->loss * self->lines.line);
  eng_trace_set (trace, first + ENVELOPE, self->loss * self->lines.envelope);
  eng_trace_set (trace, first + LINEARISED,
                 self->loss * eng_rate_lines_get_linearised (&self->lines));
}

static double
estimate_bytes (const EngSettings *observe,
                const EngSettings *settings,
                const EngSizes    *sizes)
{
  double m = eng_settings_get_double (settings, "m"), n = sizes->n;

  return eng_jacobian_estimate_bytes (m, sizes->d, n) + eng_rate_lines_estimate_bytes (n)
         + sizeof (double) * (n * n + 2.0 * n);
}

const EngObservableClass eng_observable_monitor = {
  .id = "monitor",
  .title = N_ ("Rate monitor"),
  .help = N_ ("spectrum of JJᵀ, bounds of J, and the train loss that they promise"),
  .columns = columns,
  .needs_two_layer = TRUE,
  .is_wanted = is_wanted,
  .state_size = sizeof (Monitor),
  .init = init,
  .prepare = prepare,
  .measure = measure,
  .estimate_bytes = estimate_bytes,
};
