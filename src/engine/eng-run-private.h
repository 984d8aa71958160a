/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of EngRun share. */
#pragma once

#include "eng-observable.h"
#include "eng-run.h"

G_BEGIN_DECLS

typedef struct
{
  const EngObservableClass *klass;
  gpointer                  state;
  gsize                     first_column;
} EngObserver;

struct _EngRun
{
  EngProblem    *problem;
  guint          index;
  const GArray  *schedule;
  guint          next_record; /* index into schedule */
  EngArena      *arena;
  GPtrArray     *streams;
  EngContext     context;
  EngLearner    *learner;
  EngTrace      *trace;
  GArray        *observers;  /* of EngObserver */
  gsize          own_column; /* first column of the learner's own scalars */
  gsize          step_size_column;
  guint64        step, planned;
  double         seconds;
  EngStatus      status;
  double         best_train; /* smallest recorded train loss */
  guint          high_records;
  EngMatF        start;        /* (m, d) movement at step 0 */
  float         *row_movement; /* (m) |w_r| at the last record; NULL without weights */
  float         *row_overlap;  /* (m) largest |cosine| with a teacher direction; NULL if
                                 there are none */
  double        *eigenvalues, *angles; /* of the estimate at the last record */
  gsize          rank, n_angles;
  EngLowRankWork matrix_work;
  double    *coefficients; /* (d) at the last record; NULL without a linear predictor */
  float     *train, *test, *f, *linear, *quadratic;
  float     *train_linear, *train_quadratic, *train_f;
  gboolean   later_spectra; /* `observe.spectrum = log`, and Σ moves */
  guint64    next_spectrum; /* step from which the next one is due */
  GPtrArray *later;         /* of EngSpectrum */
};

/* Records the present step, unless that is done or its numbers are not finite.  The record
 * may stay open, with some others. */
void eng_run_record (EngRun *self, EngLanes *lanes);

G_END_DECLS
