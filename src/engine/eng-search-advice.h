/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the search for the teacher's directions advises, of teachers that have nothing of the
 * degree that it looks at (deep.md section 5).  Pure functions of a spec; any thread. */
#pragma once

#include "eng-learner.h"

G_BEGIN_DECLS

/* For the class. */
char *eng_search_get_hint (EngSpec           *spec,
                           const EngSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
