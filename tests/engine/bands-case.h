/* SPDX-License-Identifier: GPL-3.0-or-later
 * BandsCase: a bands_* file as a problem and a student whose probes, training set and test
 * set are the same points. */
#pragma once

#include "fixture.h"
#include "oracle.h"

G_BEGIN_DECLS

typedef struct
{
  Oracle   *oracle;
  Fixture   fixture;
  Student   student;
  EngMatF   x; /* training inputs, probes and test inputs at once */
  EngMat    x_double, gram;
  EngArena *arena;
} BandsCase;

/* `activation` names file and student; probes are taken and the student is prepared. */
void bands_case_init (BandsCase *self, const char *activation, const char *learner);
void bands_case_clear (BandsCase *self);

/* K / divisor at w0, or at w0 + w; memory of the case. */
EngMat bands_case_kernel (BandsCase *self, gboolean moved, double divisor);

G_END_DECLS
