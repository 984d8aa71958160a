/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngObservable: something measured at each record, for every learner that has what it
 * needs.  A constant class with state in the run's arena; `measure` allocates nothing.
 * Engine thread. */
#pragma once

#include "eng-learner.h"

G_BEGIN_DECLS

/* Most records that wait for `finish`. */
#define ENG_OBSERVABLE_BATCH ENG_BASIS_BATCH

/* What a run evaluates once per record for all observables. */
typedef struct
{
  const EngProblem *problem;
  EngLearner       *learner;
  EngLanes         *lanes;
  const float      *train;                  /* (n) predictions */
  const float      *test;                   /* (n_test) predictions */
  const float      *f, *linear, *quadratic; /* (n_test) terms of the two-layer network;
                                               NULL without one */
  EngTrace         *trace;
  guint64           step;
  gsize             first_column; /* of this observable */
} EngMeasurement;

typedef struct
{
  const char      *id;
  const char      *title;   /* N_() */
  const char      *help;    /* N_(): one line */
  const EngColumn *columns; /* ends with an id of NULL */
  gboolean needs_weights, needs_two_layer, needs_low_rank, needs_directions; /* of the
                                                                    learner */
  gsize    state_size;
  /* Whether it is asked for, and can be done for `n` samples; NULL: always. */
  gboolean (*is_wanted) (const EngSettings *observe, double n);
  /* More columns than the table has: the one with index `index`, or FALSE after the last.
   * Strings are kept by the trace.  May be NULL. */
  gboolean (*extra_column) (const EngProblem *problem,
                            guint             index,
                            char            **id,
                            char            **title);
  /* Takes memory; may be NULL. */
  void (*init) (gpointer state, const EngContext *context, EngLearner *learner);
  /* After the learner is prepared, before step 0; may be NULL. */
  void (*prepare) (gpointer state, EngLearner *learner);
  void (*measure) (gpointer state, const EngMeasurement *measurement);
  /* Completes the open records, at most ENG_OBSERVABLE_BATCH, in which `measure` left
   * something for later: cheaper for many at once, and the same numbers.  NULL: it never
   * does. */
  void (*finish) (gpointer state, EngTrace *trace, gsize first_column, EngLanes *lanes);
  /* Bytes for one run with these settings, observed as `observe` says; may be NULL. */
  double (*estimate_bytes) (const EngSettings *observe,
                            const EngSettings *settings,
                            const EngSizes    *sizes);
} EngObservableClass;

/* Keys of `[observe]`. */
extern const EngParam eng_observable_params[];

G_END_DECLS
