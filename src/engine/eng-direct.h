/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngDirect: what the learners share that find a dense symmetric matrix, and the intercept
 * that goes with it (that of the EngRecovery), by solving one linear system: one step, then the run is finished.
 * Its whole eigendecomposition is what is shown, so nothing that is measured of the matrix
 * is cut off.  Arena memory; engine thread. */
#pragma once

#include "eng-recovery.h"

G_BEGIN_DECLS

typedef struct
{
  EngRecovery recovery; /* t = 1 once it is solved */
  EngMat      l;        /* (d, d) the estimate */
  double      ridge;    /* in use; NaN before the step */
} EngDirect;

void   eng_direct_init (EngDirect *self, EngLearner *learner, const EngContext *context);
double eng_direct_estimate_bytes (const EngSettings *settings, const EngSizes *sizes);

/* Judges the present estimate; `recovery.sensing` is at it.
 * Returns: CONTINUE if the system is to be solved now. */
EngStatus eng_direct_begin (EngDirect *self, EngLanes *lanes);
/* The end of the step that filled `l`, or gave up (`solved` FALSE). */
EngStatus eng_direct_end (EngDirect *self, gboolean solved, EngLanes *lanes);

/* For the classes, whose states begin with their EngDirect. */
extern const EngColumn eng_direct_columns[];
gboolean
     eng_direct_prepare (EngLearner *learner, const EngContext *context, GError **error);
void eng_direct_measure (EngLearner *learner, double *values);
/* How much of a ridge was not asked for; NaN where none can be. */
double eng_direct_get_added (const EngSettings *settings, double ridge);

G_END_DECLS
