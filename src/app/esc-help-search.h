/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscHelpSearch: which entries of the help have the words that are looked for, and in which
 * order they are shown: what is called so before what only speaks of it.  Main thread. */
#pragma once

#include "esc-help.h"

G_BEGIN_DECLS

/* Whether every word of `query` is found in the entry, whatever the case and accents; an
 * empty query matches. */
gboolean esc_help_matches (const EscHelpEntry *entry, const char *query);

typedef struct _EscHelpSearch EscHelpSearch;

/* Of an empty query: everything, as it stands in esc_help_get_entries ().  (transfer full) */
EscHelpSearch *esc_help_search_new (void) G_GNUC_WARN_UNUSED_RESULT;
void           esc_help_search_free (EscHelpSearch *self);

void esc_help_search_set_query (EscHelpSearch *self, const char *query);
/* index: of esc_help_get_entries (). */
gboolean esc_help_search_has (const EscHelpSearch *self, guint index);
/* Returns: below 0 if entry `a` comes before `b`: the kind with the best match first, and the
 * best of each. */
int esc_help_search_compare (const EscHelpSearch *self, guint a, guint b);

G_END_DECLS
