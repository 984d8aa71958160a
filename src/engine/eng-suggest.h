/* SPDX-License-Identifier: GPL-3.0-or-later
 * The nearest of some known words to one that was mistyped. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* candidates: NULL-terminated.
 * Returns: (transfer none) (nullable): the nearest candidate, if it is near enough to be
 * what was meant. */
const char *eng_suggest (const char *word, const char *const *candidates);

G_END_DECLS
