/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists in the language of the user, as messages, plots and the window show them.  Any
 * thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* words: NULL-terminated.  Returns: (transfer full): "joint, lazy, network". */
char *eng_words_list (const char *const *words) G_GNUC_WARN_UNUSED_RESULT;

/* The same one by one: appends an item behind a separator, if it is not the first. */
void eng_words_append (GString *list, const char *item);
/* Where the items are lists themselves: "Q1 2 %, Q3 95 %; Q1 60 %, Q3 10 %". */
void eng_words_append_group (GString *list, const char *group);

G_END_DECLS
