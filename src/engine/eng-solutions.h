/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngSolutions: of all linear predictors that fit the training set exactly, Xβ = y, the two
 * that are known by their norm.  They depend on the problem alone, which owns them, so that
 * its runs share them.  Engine thread. */
#pragma once

#include "eng-la.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_found; /* what can be known is */
  double  *smallest; /* (d) that of least ‖β‖₂; NULL where there is none */
  double  *sparsest; /* (d) that of least ‖β‖₁; NULL where there is none */
  double   values[]; /* (2 d) */
} EngSolutions;

EngSolutions *eng_solutions_new (gsize d) G_GNUC_WARN_UNUSED_RESULT;
void          eng_solutions_free (EngSolutions *self);
double        eng_solutions_estimate_bytes (double n, double d);

/* Finds them, once: from then on it does nothing.  Where there are as many samples as
 * dimensions there is no choice, and neither is known.
 * x: (n, d)  y: (n)  cancel: atomic, nonzero to give up, for now; may be NULL */
void eng_solutions_find (EngSolutions *self,
                         const EngMat *x,
                         const double *y,
                         const int    *cancel);

G_END_DECLS
