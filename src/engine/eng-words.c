/* SPDX-License-Identifier: GPL-3.0-or-later
 * Separators of lists. */
#include "config.h"

#include "eng-words.h"

#include <glib/gi18n-lib.h>

char *
eng_words_list (const char *const *words)
{
  GString *list = g_string_new (NULL);

  for (gsize i = 0; words[i] != NULL; i++)
    eng_words_append (list, words[i]);
  return g_string_free (list, FALSE);
}

void
eng_words_append (GString *list, const char *item)
{
  if (list->len > 0)
    /* Translators: between the items of a list: joint, lazy, network. */
    g_string_append (list, C_ ("list", ", "));
  g_string_append (list, item);
}

void
eng_words_append_group (GString *list, const char *group)
{
  if (list->len > 0)
    /* Translators: between items that are lists themselves: a 1, b 2; a 3, b 4. */
    g_string_append (list, C_ ("list", "; "));
  g_string_append (list, group);
}
