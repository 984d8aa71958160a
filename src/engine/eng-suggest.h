/* SPDX-License-Identifier: GPL-3.0-or-later
 * What messages say of known words: all of them, and the nearest to one that was
 * mistyped. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* candidates: NULL-terminated.
 * Returns: (transfer none) (nullable): the nearest candidate, if it is near enough to be
 * what was meant. */
const char *eng_suggest (const char *word, const char *const *candidates);

/* The words as a list in the language of the user: "joint, lazy, network".
 * words: NULL-terminated.  Returns: (transfer full). */
char *eng_suggest_list (const char *const *words) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
