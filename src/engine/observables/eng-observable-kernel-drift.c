/* SPDX-License-Identifier: GPL-3.0-or-later
 * kernel-drift: how far the tangent kernel of the full network at W0 + W has gone from its
 * start, and its centred alignment with the target, on fixed test points. */
#include "config.h"

#include "eng-kernel-measures.h"
#include "eng-observable.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  EngAnalysis analysis;
  EngMat      x;        /* (N, d) the first test inputs */
  EngMat      gram;     /* (N, N) */
  EngMat      features; /* (N, m) */
  EngMat      k0, kt;   /* (N, N) */
  double     *means;    /* (N) */
} KernelDrift;

static const EngColumn columns[] = {
  { "kernel-drift", N_ ("Kernel drift") },
  { "kernel-alignment", N_ ("Kernel alignment with the target") },
  { NULL, NULL },
};

static void
init (gpointer state, const EngContext *context, EngLearner *learner)
{
  KernelDrift *self = state;
  EngTwoLayer *student = eng_learner_two_layer (learner);
  EngProblem  *problem = context->problem;
  gsize        n = (gsize) eng_settings_get_int (eng_spec_get_observe (problem->spec),
                                                 "drift-points");

  n = MIN (n, problem->n_test);
  eng_analysis_init (&self->analysis, student->m, student->d, context->arena);
  self->x = eng_arena_mat (context->arena, n, problem->d);
  self->gram = eng_arena_mat (context->arena, n, n);
  self->features = eng_arena_mat (context->arena, n, student->m);
  self->k0 = eng_arena_mat (context->arena, n, n);
  self->kt = eng_arena_mat (context->arena, n, n);
  self->means = eng_arena_doubles (context->arena, n);
  for (gsize i = 0; i < n * problem->d; i++)
    self->x.data[i] = problem->x_test.data[i];
  eng_la_syrk (1.0, &self->x, 0.0, &self->gram);
}

static void
fill_kernel (KernelDrift       *self,
             const EngTwoLayer *student,
             gboolean           moved,
             EngLanes          *lanes,
             EngMat            *kernel)
{
  self->analysis.lanes = lanes;
  eng_two_layer_features (student, &self->x, moved, &self->analysis, &self->features);
  eng_analysis_kernel (lanes, &self->features, &self->gram, 1.0, kernel);
  if (!student->both_layers)
    return;
  eng_two_layer_hidden (student, &self->x, moved, &self->analysis, &self->features);
  eng_la_syrk (1.0, &self->features, 1.0, kernel);
}

/* K_0 is the kernel at W0 itself, whatever the random start of W. */
static void
prepare (gpointer state, EngLearner *learner)
{
  KernelDrift *self = state;

  fill_kernel (self, eng_learner_two_layer (learner), FALSE, NULL, &self->k0);
}

static void
measure (gpointer state, const EngMeasurement *at)
{
  KernelDrift *self = state;

  fill_kernel (self, eng_learner_two_layer (at->learner), TRUE, at->lanes, &self->kt);
  eng_trace_set (at->trace, at->first_column,
                 eng_kernel_measure_drift (&self->k0, &self->kt));
  eng_kernel_measure_centre (&self->kt, self->means);
  eng_trace_set (at->trace, at->first_column + 1,
                 eng_kernel_measure_target_alignment (&self->kt, at->problem->y_test));
}

static double
estimate_bytes (const EngSettings *observe,
                const EngSettings *settings,
                const EngSizes    *sizes)
{
  double m = eng_settings_get_double (settings, "m");
  double n = MIN (eng_settings_get_double (observe, "drift-points"), sizes->n_test);

  return sizeof (double) * n * (m + 3.0 * n) + eng_analysis_estimate_bytes (m, sizes->d);
}

const EngObservableClass eng_observable_kernel_drift = {
  .id = "kernel-drift",
  .title = N_ ("Kernel drift"),
  .help = N_ ("‖K_t − K_0‖/‖K_0‖ and the alignment of the kernel with the target"),
  .columns = columns,
  .needs_two_layer = TRUE,
  .state_size = sizeof (KernelDrift),
  .init = init,
  .prepare = prepare,
  .measure = measure,
  .estimate_bytes = estimate_bytes,
};
