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

typedef struct
{
  EngBasisScratch scratch;
  const EngBasis *basis;
  gsize           records[ENG_BASIS_BATCH]; /* of the movements taken */
} Bands;

static void
init (gpointer state, const EngContext *context, EngLearner *learner)
{
  Bands      *self = state;
  EngProblem *problem = context->problem;

  eng_basis_scratch_init (&self->scratch,
                          n_probes (problem->spec, problem->d, problem->k),
                          eng_learner_two_layer (learner), context->arena);
}

static void
finish (gpointer state, EngTrace *trace, gsize first_column, EngLanes *lanes)
{
  Bands      *self = state;
  EngEnergies energies[ENG_BASIS_BATCH];
  float      *directions[ENG_BASIS_BATCH];
  guint       n = self->scratch.n_taken;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    directions[i] = eng_trace_open_directions_at (trace, self->records[i]);
  eng_basis_finish (self->basis, &self->scratch, lanes, directions, energies);
  for (guint i = 0; i < n; i++)
    {
      double values[] = { energies[i].q1, energies[i].q2, energies[i].q3,
                          energies[i].beyond_q1, energies[i].r1 };

      for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
        eng_trace_set_at (trace, self->records[i], first_column + j, values[j]);
    }
}

static void
measure (gpointer state, const EngMeasurement *at)
{
  Bands *self = state;
  guint  n;

  self->basis = at->learner->context.basis;
  n = eng_basis_take (self->basis, eng_learner_two_layer (at->learner), &self->scratch,
                      at->lanes);
  self->records[n - 1] = eng_trace_get_n_written (at->trace) - 1;
}

static double
estimate_bytes (const EngSettings *observe,
                const EngSettings *settings,
                const EngSizes    *sizes)
{
  gsize  d = (gsize) sizes->d;
  double probes = eng_settings_has (observe, "probes")
                      ? eng_settings_get_double (observe, "probes")
                      : (double) eng_basis_default_probes (d, sizes->k);

  return eng_basis_scratch_estimate_bytes (
      probes, eng_settings_get_double (settings, "m"), sizes->d);
}

const EngObservableClass eng_observable_bands = {
  .id = "bands",
  .title = N_ ("Spectrum bands"),
  .help = N_ ("energy of the movement in Q1, Q2 and Q3 and in each direction"),
  .columns = columns,
  .needs_two_layer = TRUE,
  .state_size = sizeof (Bands),
  .init = init,
  .measure = measure,
  .finish = finish,
  .estimate_bytes = estimate_bytes,
};
