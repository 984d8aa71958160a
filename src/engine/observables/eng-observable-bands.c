/* SPDX-License-Identifier: GPL-3.0-or-later
 * bands: energy of the movement in Q1, Q2 and Q3 of Σ at W0, and per direction
 * (NOTATION "Bands"). */
#include "config.h"

#include "eng-observable.h"

#include <glib/gi18n-lib.h>

static const EngColumn columns[] = {
  { "energy-q1", N_ ("Energy in Q1") },
  { "energy-q2", N_ ("Energy in Q2") },
  { "energy-q3", N_ ("Energy in Q3") },
  { "energy-beyond-q1", N_ ("Energy beyond Q1") },
  { "r1", N_ ("R1, the mean square of f_L beyond Q1") },
  { NULL, NULL },
};

static gsize
n_probes (EngSpec *spec, gsize d, guint k)
{
  const EngSettings *observe = eng_spec_get_observe (spec);

  return eng_settings_has (observe, "probes")
             ? (gsize) eng_settings_get_int (observe, "probes")
             : eng_basis_default_probes (d, k);
}

static void
init (gpointer state, const EngContext *context, EngLearner *learner)
{
  EngTwoLayer *student = eng_learner_two_layer (learner);
  EngProblem  *problem = context->problem;

  eng_basis_scratch_init (state, n_probes (problem->spec, problem->d, problem->k),
                          student->m, student->d, context->arena);
}

static void
measure (gpointer state, const EngMeasurement *at)
{
  EngEnergies energies;

  eng_basis_measure (at->learner->context.basis, eng_learner_two_layer (at->learner),
                     state, eng_trace_open_directions (at->trace), &energies);
  eng_trace_set (at->trace, at->first_column, energies.q1);
  eng_trace_set (at->trace, at->first_column + 1, energies.q2);
  eng_trace_set (at->trace, at->first_column + 2, energies.q3);
  eng_trace_set (at->trace, at->first_column + 3, energies.beyond_q1);
  eng_trace_set (at->trace, at->first_column + 4, energies.r1);
}

static double
estimate_bytes (const EngSettings *observe,
                const EngSettings *settings,
                const EngSizes    *sizes)
{
  double m = eng_settings_get_double (settings, "m");

  return sizeof (double) * m * (sizes->d + ENG_BLOCK_ROWS);
}

const EngObservableClass eng_observable_bands = {
  .id = "bands",
  .title = N_ ("Spectrum bands"),
  .help = N_ ("energy of the movement in Q1, Q2 and Q3 and in each direction"),
  .columns = columns,
  .needs_two_layer = TRUE,
  .state_size = sizeof (EngBasisScratch),
  .init = init,
  .measure = measure,
  .estimate_bytes = estimate_bytes,
};
