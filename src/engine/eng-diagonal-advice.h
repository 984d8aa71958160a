/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a diagonal network cannot show with the settings of an experiment.  Pure; any
 * thread. */
#pragma once

#include "eng-spec.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): a translated sentence; NULL: there is nothing to
 * say. */
char *eng_diagonal_get_hint (EngSpec *spec) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
