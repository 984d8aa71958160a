/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a key of the files is to every family and algorithm that has it. */
#include "config.h"

#include "esc-help.h"

#include "eng-words.h"

#include <glib/gi18n.h>

/* What a key is to those that have it alike. */
typedef struct
{
  char    *title, *text;
  GString *owners; /* empty: to everything */
} Fact;

typedef struct
{
  const char *key;
  GPtrArray  *all; /* (element-type Fact) owned */
} Facts;

static void
fact_free (gpointer data)
{
  Fact *fact = data;

  g_free (fact->title);
  g_free (fact->text);
  g_string_free (fact->owners, TRUE);
  g_free (fact);
}

/* The one that says the same of the key, or a new one. */
static Fact *
get_fact (Facts *facts, const EngParam *param)
{
  g_autofree char *value = esc_help_describe_value (param);
  g_autofree char *text = g_strdup_printf (
      "%s\n%s", param->help == NULL ? "" : _ (param->help), value);
  Fact *fact;

  for (guint i = 0; i < facts->all->len; i++)
    {
      fact = facts->all->pdata[i];
      if (g_str_equal (fact->title, _ (param->title)) && g_str_equal (fact->text, text))
        return fact;
    }
  fact = g_new0 (Fact, 1);
  fact->title = g_strdup (_ (param->title));
  fact->text = g_steal_pointer (&text);
  fact->owners = g_string_new (NULL);
  g_ptr_array_add (facts->all, fact);
  return fact;
}

/* The same key may mean something else for another family, so all are listed, once. */
static void
add_facts_cb (const char *owner, const EngParam *param, gpointer data)
{
  Facts              *facts = data;
  const EscHelpEntry *named;
  Fact               *fact;

  if (g_strcmp0 (param->key, facts->key) != 0)
    return;
  fact = get_fact (facts, param);
  named = esc_help_find (ESC_HELP_PROBLEM, owner);
  if (named == NULL)
    named = esc_help_find (ESC_HELP_ALGORITHM, owner);
  if (named != NULL)
    eng_words_append (fact->owners, _ (named->title));
}

/* Where there are several, each says of whom it holds. */
static char *
describe_fact (const Fact *fact, gboolean is_alone)
{
  if (is_alone || fact->owners->len == 0)
    return g_strdup_printf ("%s\n%s", fact->title, fact->text);
  /* Translators: a setting, the families or algorithms of which the lines below hold, and
   * these lines. */
  return g_strdup_printf (_ ("%s (%s)\n%s"), fact->title, fact->owners->str, fact->text);
}

char *
esc_help_describe_facts (const EscHelpEntry *entry)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (fact_free);
  Facts                 facts = { entry->id, all };
  g_autoptr (GString)   text = g_string_new (NULL);

  if (entry->kind == ESC_HELP_SYMBOL || entry->kind == ESC_HELP_SETTING)
    esc_help_foreach_param (add_facts_cb, &facts);
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *paragraph = describe_fact (all->pdata[i], all->len == 1);

      g_string_append_printf (text, "%s%s", i == 0 ? "" : "\n\n", paragraph);
    }
  return g_strdup (text->str);
}
