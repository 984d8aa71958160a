/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the learners that estimate a symmetric matrix advise: how many samples they need
 * (rank-one.md section 3 "Defaults", section 5 "Phase"), and what keeps them from diverging
 * (section 6). */
#pragma once

#include "eng-learner.h"

G_BEGIN_DECLS

/* C = n/(d r) from which a method of rank `rank` works on fresh samples, with steps of size
 * `step_size`; 0: that which follows from C. */
double eng_recovery_least_fresh (gsize rank, double step_size);

/* Tells that C is below `least`, from which the method works.
 * Returns: (transfer full) (nullable): NULL if it is not, or is not known. */
char *eng_recovery_hint_samples (EngSpec           *spec,
                                 const EngSettings *settings,
                                 double             least) G_GNUC_WARN_UNUSED_RESULT;

/* For the classes; the hint for those with a key `step-size`. */
char *eng_recovery_get_hint (EngSpec           *spec,
                             const EngSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
gboolean
eng_recovery_find_remedy (EngSpec *spec, const EngSettings *settings, EngRemedy *remedy);

G_END_DECLS
