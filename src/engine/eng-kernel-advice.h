/* SPDX-License-Identifier: GPL-3.0-or-later
 * Advice of the learners with a kernel. */
#pragma once

#include "eng-spec.h"

G_BEGIN_DECLS

/* Which degrees of the teacher the kernel does not see (deep.md section 2).
 * Returns: (transfer full) (nullable). */
char *eng_kernel_hint (EngSpec *spec, const EngSettings *settings);
/* The same of the kernel (x·x')^p. */
char *eng_kernel_hint_power (EngSpec *spec, guint power);
/* The same of a matrix L, as xᵀLx. */
char *eng_kernel_hint_matrix (EngSpec *spec);

G_END_DECLS
