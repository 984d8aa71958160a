/* SPDX-License-Identifier: GPL-3.0-or-later
 * Of which degrees a teacher has parts, as far as its settings tell: what hints ask.  Pure
 * functions of a spec; any thread. */
#pragma once

#include "eng-spec.h"

G_BEGIN_DECLS

#define ENG_TEACHER_MAX_DEGREE 12

/* Whether the teacher is known to have a part of that degree, from 1 to
 * ENG_TEACHER_MAX_DEGREE, for Gaussian inputs; or known to have none.  Neither: own data. */
gboolean eng_teacher_has_degree (EngSpec *spec, guint degree);
gboolean eng_teacher_lacks_degree (EngSpec *spec, guint degree);
/* Whether it is known to be anything else than a sum of powers (β·x)^degree. */
gboolean eng_teacher_has_other_parts (EngSpec *spec, guint degree);

G_END_DECLS
