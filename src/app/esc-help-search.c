/* SPDX-License-Identifier: GPL-3.0-or-later
 * The help searched. */
#include "config.h"

#include "esc-help-search.h"

#include <glib/gi18n.h>
#include <string.h>

#define NO_MATCH G_MAXUINT

struct _EscHelpSearch
{
  gsize                      n;
  const EscHelpEntry *const *entries;                      /* (n) */
  guint                     *ranks;                        /* (n) 0 best; NO_MATCH */
  guint                      kind_ranks[ESC_HELP_N_KINDS]; /* the best of each kind */
};

/* --- one entry --------------------------------------------------------------------- */

static char *
fold (const char *text)
{
  g_autofree char *lower = g_utf8_casefold (text, -1);

  return g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
}

static gboolean
is_letter (const char *at)
{
  gunichar c = g_utf8_get_char (at);

  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

static gboolean
has_whole_word (const char *text, const char *word)
{
  for (const char *at = text; (at = strstr (at, word)) != NULL; at++)
    if ((at == text || !is_letter (g_utf8_find_prev_char (text, at)))
        && !is_letter (at + strlen (word)))
      return TRUE;
  return FALSE;
}

/* Whether every word of `wanted` is in `text`; both are folded. */
static gboolean
has_words (const char *text, const char *wanted, gboolean whole)
{
  g_auto (GStrv) words = g_strsplit (wanted, " ", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0'
        && !(whole ? has_whole_word (text, words[i]) : strstr (text, words[i]) != NULL))
      return FALSE;
  return TRUE;
}

/* Its symbols and its title. */
static char *
fold_name (const EscHelpEntry *entry)
{
  g_autofree char *name = g_strjoin (" ", entry->symbols == NULL ? "" : entry->symbols,
                                     _ (entry->title), NULL);

  return fold (name);
}

static char *
fold_all (const EscHelpEntry *entry)
{
  g_autofree char *all = g_strjoin (
      "\n", entry->id, entry->symbols == NULL ? "" : entry->symbols, _ (entry->title),
      entry->formula == NULL ? "" : entry->formula, _ (entry->words), NULL);

  return fold (all);
}

gboolean
esc_help_matches (const EscHelpEntry *entry, const char *query)
{
  g_autofree char *text = fold_all (entry);
  g_autofree char *wanted = fold (query);

  return has_words (text, wanted, FALSE);
}

/* Whether a symbol of the entry, its title or its id is what is wanted. */
static gboolean
is_called (const EscHelpEntry *entry, const char *wanted)
{
  g_autofree char *title = fold (_ (entry->title));
  g_autofree char *symbols = fold (entry->symbols == NULL ? "" : entry->symbols);
  g_auto (GStrv)   each = g_strsplit (symbols, " ", -1);

  return g_str_equal (title, wanted) || g_str_equal (entry->id, wanted)
         || g_strv_contains ((const char *const *) each, wanted);
}

/* How well an entry that matches does so, 0 best: it is called `query`; all words of that are
 * words of its name; they are in its name; they are words of its text; or in them. */
static guint
rank_entry (const EscHelpEntry *entry, const char *query)
{
  g_autofree char *wanted = fold (query);
  g_autofree char *name = fold_name (entry);
  g_autofree char *all = fold_all (entry);

  g_strstrip (wanted);
  if (is_called (entry, wanted))
    return 0;
  if (has_words (name, wanted, TRUE))
    return 1;
  if (has_words (name, wanted, FALSE))
    return 2;
  return has_words (all, wanted, TRUE) ? 3 : 4;
}

/* --- all of them ------------------------------------------------------------------- */

EscHelpSearch *
esc_help_search_new (void)
{
  EscHelpSearch *self = g_new0 (EscHelpSearch, 1);

  self->entries = esc_help_get_entries (&self->n);
  self->ranks = g_new0 (guint, self->n);
  return self;
}

void
esc_help_search_free (EscHelpSearch *self)
{
  g_free (self->ranks);
  g_free (self);
}

void
esc_help_search_set_query (EscHelpSearch *self, const char *query)
{
  for (guint kind = 0; kind < ESC_HELP_N_KINDS; kind++)
    self->kind_ranks[kind] = *query == '\0' ? 0 : NO_MATCH;
  for (gsize i = 0; i < self->n; i++)
    {
      guint *best = &self->kind_ranks[self->entries[i]->kind];

      if (!esc_help_matches (self->entries[i], query))
        self->ranks[i] = NO_MATCH;
      else
        self->ranks[i] = *query == '\0' ? 0 : rank_entry (self->entries[i], query);
      *best = MIN (*best, self->ranks[i]);
    }
}

gboolean
esc_help_search_has (const EscHelpSearch *self, guint index)
{
  return self->ranks[index] != NO_MATCH;
}

static int
compare (guint a, guint b)
{
  return (a > b) - (a < b);
}

int
esc_help_search_compare (const EscHelpSearch *self, guint a, guint b)
{
  EscHelpKind first = self->entries[a]->kind, second = self->entries[b]->kind;
  int         order = compare (self->kind_ranks[first], self->kind_ranks[second]);

  if (order == 0)
    order = compare (first, second);
  if (order == 0)
    order = compare (self->ranks[a], self->ranks[b]);
  return order == 0 ? compare (a, b) : order;
}
