/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values and keys that are not in the tables: what would be. */
#include "config.h"

#include "eng-error.h"
#include "eng-settings-private.h"
#include "eng-suggest.h"
#include "eng-words.h"

#include <glib/gi18n-lib.h>

gboolean
eng_settings_refuse_number (const char     *group,
                            const EngParam *param,
                            const char     *text,
                            GError        **error)
{
  g_autofree char *range = eng_param_get_interval (param);

  if (param->kind == ENG_PARAM_LIST)
    return eng_error_refuse (
        error, group, param->key,
        _ ("must be numbers separated by semicolons, each in %s, got “%.80s”"), range,
        text);
  if (param->kind == ENG_PARAM_REAL)
    /* Translators: a refusal; before it stands the key that it is about. */
    return eng_error_refuse (error, group, param->key, _ ("must be in %s, got “%.80s”"),
                             range, text);
  if (param->flags & ENG_PARAM_EVEN)
    return eng_error_refuse (error, group, param->key,
                             _ ("must be an even whole number in %s, got “%.80s”"), range,
                             text);
  return eng_error_refuse (error, group, param->key,
                           _ ("must be a whole number in %s, got “%.80s”"), range, text);
}

gboolean
eng_settings_refuse_word (const char     *group,
                          const EngParam *param,
                          const char     *text,
                          GError        **error)
{
  g_autofree char *range = eng_param_get_interval (param);

  if (param->kind == ENG_PARAM_LIST)
    return eng_error_refuse (error, group, param->key,
                             _ ("must be numbers separated by semicolons, each in %s or "
                                "an expression such as 1.5 d^1.5, got “%.80s”"),
                             range, text);
  if (param->kind == ENG_PARAM_REAL)
    return eng_error_refuse (
        error, group, param->key,
        _ ("must be in %s or an expression such as 1.5 d^1.5, got “%.80s”"), range, text);
  if (param->flags & ENG_PARAM_EVEN)
    return eng_error_refuse (error, group, param->key,
                             _ ("must be an even whole number in %s or an expression "
                                "such as 1.5 d^1.5, got “%.80s”"),
                             range, text);
  return eng_error_refuse (error, group, param->key,
                           _ ("must be a whole number in %s or an expression such as "
                              "1.5 d^1.5, got “%.80s”"),
                           range, text);
}

gboolean
eng_settings_refuse_choice (const char     *group,
                            const EngParam *param,
                            const char     *text,
                            GError        **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; param->choices[i].id != NULL; i++)
    g_ptr_array_add (ids, (gpointer) param->choices[i].id);
  g_ptr_array_add (ids, NULL);
  return eng_settings_refuse_id (group, param->key, text,
                                 (const char *const *) ids->pdata, error);
}

gboolean
eng_settings_refuse_id (const char        *group,
                        const char        *key,
                        const char        *id,
                        const char *const *known,
                        GError           **error)
{
  g_autofree char *list = eng_words_list (known);
  const char      *meant = eng_suggest (id, known);

  if (meant == NULL)
    /* Translators: a refusal; before it stands the key that it is about. */
    return eng_error_refuse (error, group, key, _ ("must be one of %s, got “%.80s”"),
                             list, id);
  return eng_error_refuse (error, group, key,
                           _ ("must be one of %s, got “%.80s” (did you mean “%s”?)"),
                           list, id, meant);
}

gboolean
eng_settings_refuse (const char     *group,
                     const EngParam *param,
                     const char     *text,
                     GError        **error)
{
  switch (param->kind)
    {
    case ENG_PARAM_INT:
    case ENG_PARAM_REAL:
    case ENG_PARAM_LIST:
      return eng_settings_refuse_number (group, param, text, error);
    case ENG_PARAM_CHOICE:
      return eng_settings_refuse_choice (group, param, text, error);
    case ENG_PARAM_BOOLEAN:
      return eng_error_refuse (error, group, param->key,
                               _ ("must be true or false, got “%.80s”"), text);
    case ENG_PARAM_TEXT:
      if (*text == '\0')
        return eng_error_refuse (error, group, param->key, _ ("must not be empty"));
      return eng_error_refuse (
          error, group, param->key,
          g_dngettext (GETTEXT_PACKAGE, "must have at most %d byte, got “%.80s”",
                       "must have at most %d bytes, got “%.80s”", ENG_PARAM_TEXT_MAX),
          ENG_PARAM_TEXT_MAX, text);
    }
  g_return_val_if_reached (FALSE);
}

gboolean
eng_settings_refuse_key (const char            *group,
                         const char            *key,
                         const EngParam *const *tables,
                         GError               **error)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autofree char      *list = NULL;
  const char           *meant;

  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      g_ptr_array_add (known, (gpointer) param->key);
  g_ptr_array_add (known, NULL);
  list = eng_words_list ((const char *const *) known->pdata);
  meant = eng_suggest (key, (const char *const *) known->pdata);
  if (meant == NULL)
    return eng_error_refuse (error, group, key, _ ("not a known key; known here: %s"),
                             list);
  return eng_error_refuse (error, group, key,
                           _ ("not a known key (did you mean “%s”?); known here: %s"),
                           meant, list);
}
