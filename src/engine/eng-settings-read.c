/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading one group of an experiment file against its parameter tables. */
#include "config.h"

#include "eng-error.h"
#include "eng-settings-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static void
value_clear (gpointer data)
{
  EngValue *value = data;

  g_free (value->written);
  g_free (value->text);
  g_free (value->list);
}

static gboolean
in_range (const EngParam *param, double number)
{
  if ((param->flags & ENG_PARAM_OPEN_MIN) ? number <= param->min : number < param->min)
    return FALSE;
  return number <= param->max;
}

/* One number of the table's range; whole numbers are rounded down (NOTATION). */
static gboolean
read_number (const EngParam *param,
             const char     *group,
             const char     *text,
             double          d,
             double         *number,
             GError        **error)
{
  gboolean         is_expression = strchr (text, 'd') != NULL;
  g_autofree char *worked_out = NULL;

  if (!eng_param_parse_number (text, d, number, NULL))
    return d > 0 ? eng_settings_refuse_word (group, param, text, error)
                 : eng_settings_refuse_number (group, param, text, error);
  if (param->kind == ENG_PARAM_INT && is_expression)
    *number = floor (*number + 1e-9);
  /* What an expression comes to is what is refused. */
  if (is_expression)
    text = worked_out = g_strdup_printf ("%.60s = %.10g", text, *number);
  if (!in_range (param, *number)
      || (param->kind == ENG_PARAM_INT && *number != floor (*number)))
    return eng_settings_refuse_number (group, param, text, error);
  if ((param->flags & ENG_PARAM_EVEN) && fmod (*number, 2.0) != 0.0)
    {
      if (!is_expression)
        return eng_settings_refuse_number (group, param, text, error);
      *number -= 1.0;
    }
  return TRUE;
}

static gboolean
read_list (EngValue *value, const char *group, const char *text, double d, GError **error)
{
  g_auto (GStrv) items = g_strsplit (text, ";", ENG_PARAM_LIST_MAX + 2);
  gsize          length = g_strv_length (items);

  if (length > 0 && *g_strstrip (items[length - 1]) == '\0')
    length--; /* A trailing semicolon is how key files end lists. */
  if (length == 0 || length > ENG_PARAM_LIST_MAX)
    return eng_error_refuse (
        error, group, value->param->key,
        g_dngettext (GETTEXT_PACKAGE, "must have 1 to %d number, got “%.80s”",
                     "must have 1 to %d numbers, got “%.80s”", ENG_PARAM_LIST_MAX),
        ENG_PARAM_LIST_MAX, text);
  value->list = g_new0 (double, length);
  value->n_list = length;
  for (gsize i = 0; i < length; i++)
    if (!read_number (value->param, group, g_strstrip (items[i]), d, &value->list[i],
                      error))
      return FALSE;
  return TRUE;
}

static gboolean
read_choice (EngValue *value, const char *group, const char *text, GError **error)
{
  const EngChoice *choices = value->param->choices;

  for (guint i = 0; choices[i].id != NULL; i++)
    if (strcmp (choices[i].id, text) == 0)
      {
        value->choice = i;
        return TRUE;
      }
  return eng_settings_refuse_choice (group, value->param, text, error);
}

static gboolean
read_boolean (EngValue *value, const char *group, const char *text, GError **error)
{
  if (strcmp (text, "true") != 0 && strcmp (text, "false") != 0)
    return eng_settings_refuse (group, value->param, text, error);
  value->number = text[0] == 't';
  return TRUE;
}

static gboolean
read_text (EngValue *value, const char *group, const char *text, GError **error)
{
  if (strlen (text) > ENG_PARAM_TEXT_MAX)
    return eng_settings_refuse (group, value->param, text, error);
  value->text = g_strdup (text);
  return TRUE;
}

static gboolean
read_value (EngValue   *value,
            const char *group,
            const char *text,
            double      d,
            GError    **error)
{
  value->has = TRUE;
  switch (value->param->kind)
    {
    case ENG_PARAM_INT:
      if ((value->param->flags & ENG_PARAM_FIXABLE) && g_str_has_prefix (text, "fixed "))
        {
          value->is_fixed = TRUE;
          text += strlen ("fixed ");
        }
      return read_number (value->param, group, text, d, &value->number, error);
    case ENG_PARAM_REAL:
      return read_number (value->param, group, text, d, &value->number, error);
    case ENG_PARAM_LIST:
      return read_list (value, group, text, d, error);
    case ENG_PARAM_CHOICE:
      return read_choice (value, group, text, error);
    case ENG_PARAM_BOOLEAN:
      return read_boolean (value, group, text, error);
    case ENG_PARAM_TEXT:
      return read_text (value, group, text, error);
    }
  g_return_val_if_reached (FALSE);
}

static char *
written_text (GKeyFile *key_file, const char *group, const char *key)
{
  g_autofree char *text = g_key_file_get_string (key_file, group, key, NULL);

  return text != NULL ? g_strstrip (g_steal_pointer (&text)) : NULL;
}

static gboolean
read_param (EngSettings    *self,
            GKeyFile       *key_file,
            const char     *group,
            const EngParam *param,
            double          d,
            GError        **error)
{
  EngValue    value = { .param = param, .number = NAN };
  const char *text;

  if (g_key_file_has_key (key_file, group, param->key, NULL))
    {
      value.written = written_text (key_file, group, param->key);
      if (value.written == NULL || *value.written == '\0')
        {
          g_free (value.written);
          return eng_settings_refuse (group, param, "", error);
        }
    }
  text = value.written != NULL ? value.written : param->fallback;
  g_array_append_val (self->values, value);
  if (text == NULL)
    {
      if (param->flags & ENG_PARAM_OPTIONAL)
        return TRUE;
      return eng_error_refuse (error, group, param->key, _ ("must be given"));
    }
  return read_value (&g_array_index (self->values, EngValue, self->values->len - 1),
                     group, text, d, error);
}

static gboolean
refuse_unknown_keys (GKeyFile              *key_file,
                     const char            *group,
                     const EngParam *const *tables,
                     GError               **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (key_file, group, NULL, NULL);

  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    if (eng_param_find (tables, keys[i]) == NULL)
      return eng_settings_refuse_key (group, keys[i], tables, error);
  return TRUE;
}

/* `*d` <- the group's own key `d`, wherever in the tables it stands: expressions of the
 * keys before it refer to it too.  Unchanged if the tables have none. */
static gboolean
read_own_dimension (GKeyFile              *key_file,
                    const char            *group,
                    const EngParam *const *tables,
                    double                *d,
                    GError               **error)
{
  const EngParam  *param = eng_param_find (tables, "d");
  g_autofree char *text = NULL;

  if (param == NULL)
    return TRUE;
  text = written_text (key_file, group, param->key);
  return read_number (param, group, text != NULL ? text : param->fallback, 0, d, error);
}

EngSettings *
eng_settings_new (GKeyFile              *key_file,
                  const char            *group,
                  const EngParam *const *tables,
                  double                 d,
                  GError               **error)
{
  g_autoptr (EngSettings) self = g_new0 (EngSettings, 1);

  self->tables = tables;
  self->values = g_array_new (FALSE, FALSE, sizeof (EngValue));
  g_array_set_clear_func (self->values, value_clear);
  if (!refuse_unknown_keys (key_file, group, tables, error))
    return NULL;
  if (d == 0 && !read_own_dimension (key_file, group, tables, &d, error))
    return NULL;
  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      if (!read_param (self, key_file, group, param, d, error))
        return NULL;
  return g_steal_pointer (&self);
}
