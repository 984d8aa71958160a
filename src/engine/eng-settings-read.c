/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading one group of an experiment file against its parameter tables. */
#include "config.h"

#include "eng-error.h"
#include "eng-settings-private.h"
#include "eng-suggest.h"

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

G_GNUC_PRINTF (5, 6)
static gboolean
refuse (GError        **error,
        const char     *group,
        const EngParam *param,
        const char     *text,
        const char     *format,
        ...)
{
  g_autofree char *reason = NULL;
  va_list          arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC, "%s.%s %s, got “%.80s”", group,
               param->key, reason, text);
  return FALSE;
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
  g_autofree char *range = eng_param_describe_range (param);
  gboolean         is_expression = strchr (text, 'd') != NULL;

  if (!eng_param_parse_number (text, d, number, NULL))
    return refuse (error, group, param, text, "must be %s%s", range,
                   d > 0 ? " or an expression such as 1.5 d^1.5" : "");
  if (param->kind == ENG_PARAM_INT && is_expression)
    *number = floor (*number + 1e-9);
  if (!in_range (param, *number))
    return refuse (error, group, param, text, "must be %s", range);
  if (param->kind == ENG_PARAM_INT && *number != floor (*number))
    return refuse (error, group, param, text, "must be %s", range);
  if ((param->flags & ENG_PARAM_EVEN) && fmod (*number, 2.0) != 0.0)
    {
      if (!is_expression)
        return refuse (error, group, param, text, "must be even");
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
    return refuse (error, group, value->param, text, "must have 1 to %d numbers",
                   ENG_PARAM_LIST_MAX);
  value->list = g_new0 (double, length);
  value->n_list = length;
  for (gsize i = 0; i < length; i++)
    if (!read_number (value->param, group, g_strstrip (items[i]), d, &value->list[i],
                      error))
      return FALSE;
  return TRUE;
}

static gboolean
refuse_choice (const EngParam *param, const char *group, const char *text, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autofree char      *range = eng_param_describe_range (param);
  g_autofree char      *meant = NULL;

  for (guint i = 0; param->choices[i].id != NULL; i++)
    g_ptr_array_add (ids, (gpointer) param->choices[i].id);
  g_ptr_array_add (ids, NULL);
  meant = eng_suggest_words (text, (const char *const *) ids->pdata);
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               "%s.%s must be %s, got “%.80s”%s", group, param->key, range, text, meant);
  return FALSE;
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
  return refuse_choice (value->param, group, text, error);
}

static gboolean
read_boolean (EngValue *value, const char *group, const char *text, GError **error)
{
  if (strcmp (text, "true") != 0 && strcmp (text, "false") != 0)
    return refuse (error, group, value->param, text, "must be true or false");
  value->number = text[0] == 't';
  return TRUE;
}

static gboolean
read_text (EngValue *value, const char *group, const char *text, GError **error)
{
  if (strlen (text) > ENG_PARAM_TEXT_MAX)
    return refuse (error, group, value->param, text, "must have at most %d bytes",
                   ENG_PARAM_TEXT_MAX);
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
          g_autofree char *range = eng_param_describe_range (param);

          g_free (value.written);
          return refuse (error, group, param, "", "must be %s", range);
        }
    }
  text = value.written != NULL ? value.written : param->fallback;
  g_array_append_val (self->values, value);
  if (text == NULL)
    {
      if (param->flags & ENG_PARAM_OPTIONAL)
        return TRUE;
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC, "%s.%s must be given", group,
                   param->key);
      return FALSE;
    }
  return read_value (&g_array_index (self->values, EngValue, self->values->len - 1),
                     group, text, d, error);
}

static gboolean
refuse_key (const char            *group,
            const char            *key,
            const EngParam *const *tables,
            GError               **error)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autofree char      *list = NULL, *meant = NULL;

  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      g_ptr_array_add (known, (gpointer) param->key);
  g_ptr_array_add (known, NULL);
  list = g_strjoinv (", ", (char **) known->pdata);
  meant = eng_suggest_words (key, (const char *const *) known->pdata);
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               "%s.%.80s is not a known key%s; known here: %s", group, key, meant, list);
  return FALSE;
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
      return refuse_key (group, keys[i], tables, error);
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
