/* SPDX-License-Identifier: GPL-3.0-or-later
 * Look-up in the help, and the texts made from it. */
#include "config.h"

#include "esc-help.h"

#include "eng-registry.h"
#include "eng-spec.h"
#include "esc-words.h"

#include <glib/gi18n.h>
#include <string.h>

static GPtrArray *
collect_entries (void)
{
  const EscHelpEntry *tables[] = { esc_help_symbols, esc_help_topics, esc_help_settings,
                                   esc_help_kernels, esc_help_verdicts };
  GPtrArray          *entries = g_ptr_array_new ();

  for (guint kind = 0; kind < ESC_HELP_N_KINDS; kind++)
    for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
      for (const EscHelpEntry *entry = tables[t]; entry->id != NULL; entry++)
        if (entry->kind == kind)
          g_ptr_array_add (entries, (gpointer) entry);
  return entries;
}

const EscHelpEntry *const *
esc_help_get_entries (gsize *n)
{
  static GPtrArray *entries;

  if (entries == NULL)
    entries = collect_entries ();
  *n = entries->len;
  return (const EscHelpEntry *const *) entries->pdata;
}

const char *
esc_help_get_kind_title (EscHelpKind kind)
{
  static const char *const titles[ESC_HELP_N_KINDS] = {
    [ESC_HELP_SYMBOL] = N_ ("Symbols"),   [ESC_HELP_ALGORITHM] = N_ ("Algorithms"),
    [ESC_HELP_PROBLEM] = N_ ("Problems"), [ESC_HELP_PLOT] = N_ ("Plots"),
    [ESC_HELP_VERDICT] = N_ ("Verdicts"), [ESC_HELP_SETTING] = N_ ("Settings"),
  };

  g_return_val_if_fail (kind < ESC_HELP_N_KINDS, "");
  return _ (titles[kind]);
}

const EscHelpEntry *
esc_help_find (EscHelpKind kind, const char *id)
{
  gsize                      n;
  const EscHelpEntry *const *entries = esc_help_get_entries (&n);

  for (gsize i = 0; i < n; i++)
    if (entries[i]->kind == kind && g_strcmp0 (entries[i]->id, id) == 0)
      return entries[i];
  return NULL;
}

const EscHelpEntry *
esc_help_find_key (const char *key)
{
  const EscHelpEntry *entry = esc_help_find (ESC_HELP_SETTING, key);

  return entry != NULL ? entry : esc_help_find (ESC_HELP_SYMBOL, key);
}

const EscHelpEntry *
esc_help_find_symbol (const char *symbol)
{
  for (const EscHelpEntry *entry = esc_help_symbols; entry->id != NULL; entry++)
    {
      g_auto (GStrv) symbols = g_strsplit (entry->symbols == NULL ? "" : entry->symbols,
                                           " ", -1);

      if (g_strv_contains ((const char *const *) symbols, symbol))
        return entry;
    }
  return NULL;
}

static char *
describe_range (const EngParam *param)
{
  g_autofree char *low = esc_words_plain_number (param->min);
  g_autofree char *high = esc_words_plain_number (param->max);
  g_autofree char *choices = NULL;

  switch (param->kind)
    {
    case ENG_PARAM_CHOICE:
      choices = eng_param_list_choices (param);
      return g_strdup_printf (_ ("One of: %s"), choices);
    case ENG_PARAM_BOOLEAN:
      return g_strdup (_ ("On or off: true or false in files"));
    case ENG_PARAM_TEXT:
      return g_strdup (_ ("A text"));
    case ENG_PARAM_LIST:
      return g_strdup_printf (_ ("Numbers from %s to %s, separated by semicolons"), low,
                              high);
    case ENG_PARAM_INT:
      if (param->flags & ENG_PARAM_EVEN)
        return g_strdup_printf (_ ("An even whole number from %s to %s"), low, high);
      return g_strdup_printf (_ ("A whole number from %s to %s"), low, high);
    case ENG_PARAM_REAL:
    default:
      if (param->flags & ENG_PARAM_OPEN_MIN)
        return g_strdup_printf (_ ("A number above %s, up to %s"), low, high);
      return g_strdup_printf (_ ("A number from %s to %s"), low, high);
    }
}

char *
esc_help_describe_value (const EngParam *param)
{
  g_autofree char *allowed = describe_range (param);
  g_autofree char *key = g_strdup_printf (_ ("Key in files: %s"), param->key);
  g_autofree char *fallback = NULL;

  if (param->fallback == NULL)
    fallback = g_strdup (param->flags & ENG_PARAM_OPTIONAL ? _ ("Chosen by the program "
                                                                "unless given")
                                                           : _ ("Must be given"));
  else
    fallback = g_strdup_printf (
        _ ("By default: %s"), *param->fallback == '\0' ? _ ("nothing") : param->fallback);
  return g_strjoin ("\n", allowed, fallback, key,
                    param->flags & ENG_PARAM_LIVE ? _ ("A change acts at the next step")
                                                  : _ ("A change restarts the runs"),
                    NULL);
}

char *
esc_help_describe_param (const EngParam *param)
{
  const EscHelpEntry *entry = esc_help_find_key (param->key);
  g_autofree char    *title = esc_words_formula_markup (_ (param->title));
  g_autofree char    *help = esc_words_formula_markup (
         param->help == NULL ? "" : _ (param->help));
  g_autofree char *words = esc_words_formula_markup (entry == NULL ? ""
                                                                   : _ (entry->words));
  g_autofree char *facts = esc_help_describe_value (param);
  g_autofree char *escaped = g_markup_escape_text (facts, -1);

  return g_strdup_printf ("<b>%s</b>\n%s\n\n%s\n\n<small>%s</small>", title, help, words,
                          escaped);
}

static void
walk (const char            *owner,
      const EngParam *const *tables,
      EscHelpParamFunc       func,
      gpointer               data)
{
  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      func (owner, param, data);
}

void
esc_help_foreach_param (EscHelpParamFunc func, gpointer data)
{
  const EngProblemClass *const *problems = eng_registry_get_problems ();
  const EngLearnerClass *const *learners = eng_registry_get_learners ();
  const EngParam *const         run[] = { eng_learner_common_params, NULL };
  const EngParam *const         problem[] = { eng_problem_common_params,
                                              eng_problem_sampling_params, NULL };

  walk ("run", run, func, data);
  walk ("problem", problem, func, data);
  walk ("observe", eng_registry_get_observe_tables (), func, data);
  for (gsize i = 0; problems[i] != NULL; i++)
    walk (problems[i]->id, problems[i]->tables, func, data);
  for (gsize i = 0; learners[i] != NULL; i++)
    walk (learners[i]->id, learners[i]->tables, func, data);
}
