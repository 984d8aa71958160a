/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory refused before it is taken: what an experiment needs, what there is, and what
 * would fit. */
#pragma once

#include "eng-problem.h"

G_BEGIN_DECLS

/* Bytes an experiment may take now: most of what the system says is available. */
double eng_memory_get_budget (void);
/* Replaces it, for tests; 0 restores the system's. */
void eng_memory_set_budget (double bytes);

/* Bytes that `spec` will take with these sizes. */
double eng_memory_estimate (EngSpec *spec, const EngSizes *sizes);

/* ENG_ERROR_TOO_LARGE with the need, the budget, and the largest n, m or d that would
 * fit.  `sizes` NULL: as the spec says; own data are then passed unchecked. */
gboolean eng_memory_check (EngSpec *spec, const EngSizes *sizes, GError **error);

/* The largest value of n, m or d (`group` "problem" or "run.*") with which `spec`, which
 * does not fit, would; 0 if there is none. */
gint64 eng_memory_largest_fitting (EngSpec *spec, const char *group, const char *key);

G_END_DECLS
