/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngSamples: labelled inputs of a problem, read block by block by the passes of a matrix
 * method: kept in memory, or drawn again from where the generator stood at the start of
 * each block (rank-one.md 5 "Streaming").  Both give the same numbers.
 *
 * Those of one run.  Lane i reads blocks i, i + ENG_N_LANES, ...; generators are kept in
 * the run's streams, arrays in its arena.  Engine thread and its lanes. */
#pragma once

#include "eng-learner.h"
#include "eng-skinny.h"
#include "eng-whitener.h"

G_BEGIN_DECLS

typedef struct
{
  EngProblem        *problem;
  gsize              n;
  EngMatF            x;                   /* (n, d); no rows: streamed */
  double            *y;                   /* (n) */
  const EngWhitener *whitener;            /* of new ones; NULL: as drawn */
  gboolean           unread;              /* new: to be drawn by the next pass */
  EngRng            *draws[ENG_N_LANES];  /* of new inputs */
  EngRng            *noises[ENG_N_LANES]; /* of new labels */
  EngRng           **starts; /* (blocks) streamed: the generator of each block */
  EngRng            *readers[ENG_N_LANES]; /* streamed */
  EngMatF            drawn[ENG_N_LANES];   /* streamed: (ENG_BLOCK_ROWS, d) */
} EngSamples;

/* Given ones.   x: (n, d)  y: (n), borrowed */
void eng_samples_init_given (EngSamples *self, const EngMatF *x, double *y);
/* The training set, kept or streamed as the problem has it. */
void eng_samples_init_training (EngSamples *self, const EngContext *context);
/* As many, new ones after each eng_samples_renew (); every run of a problem that asks as
 * often gets the same.  `training`: that of the same run. */
void   eng_samples_init_fresh (EngSamples       *self,
                               const EngSamples *training,
                               const EngContext *context);
double eng_samples_estimate_bytes (const EngSizes *sizes, gboolean fresh);

/* New samples from the next pass on, which draws and labels them. */
void eng_samples_renew (EngSamples *self);
/* Rows of `block`, for the lane that owns it: a view, or drawn now into scratch that the
 * lane's next call fills again. */
EngMatF eng_samples_get_block (EngSamples *self, guint lane, gsize block);
/* What the lane that owns `block` reads after it, if it is kept. */
EngAhead eng_samples_look_ahead (const EngSamples *self, gsize block);
/* After a pass over all blocks. */
void eng_samples_end_pass (EngSamples *self);

G_END_DECLS
