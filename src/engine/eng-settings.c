/* SPDX-License-Identifier: GPL-3.0-or-later
 * The checked values of one group of an experiment file. */
#include "config.h"

#include "eng-error.h"
#include "eng-settings.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const EngParam *param;
  char           *written; /* as in the file; NULL where the default holds */
  gboolean        has;
  gboolean        is_fixed; /* "fixed N" */
  double          number;   /* INT, REAL, BOOLEAN (0 or 1); NaN if unset */
  guint           choice;   /* index into param->choices */
  char           *text;     /* TEXT */
  double         *list;     /* (n_list) LIST */
  gsize           n_list;
} Value;

struct _EngSettings
{
  const EngParam *const *tables;
  GArray                *values; /* of Value, in table order */
};

static void
value_clear (gpointer data)
{
  Value *value = data;

  g_free (value->written);
  g_free (value->text);
  g_free (value->list);
}

/* --- reading ------------------------------------------------------------------- */

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
read_list (Value *value, const char *group, const char *text, double d, GError **error)
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
read_choice (Value *value, const char *group, const char *text, GError **error)
{
  const EngChoice *choices = value->param->choices;
  g_autofree char *range = NULL;

  for (guint i = 0; choices[i].id != NULL; i++)
    if (strcmp (choices[i].id, text) == 0)
      {
        value->choice = i;
        return TRUE;
      }
  range = eng_param_describe_range (value->param);
  return refuse (error, group, value->param, text, "must be %s", range);
}

static gboolean
read_boolean (Value *value, const char *group, const char *text, GError **error)
{
  if (strcmp (text, "true") != 0 && strcmp (text, "false") != 0)
    return refuse (error, group, value->param, text, "must be true or false");
  value->number = text[0] == 't';
  return TRUE;
}

static gboolean
read_text (Value *value, const char *group, const char *text, GError **error)
{
  if (strlen (text) > ENG_PARAM_TEXT_MAX)
    return refuse (error, group, value->param, text, "must have at most %d bytes",
                   ENG_PARAM_TEXT_MAX);
  value->text = g_strdup (text);
  return TRUE;
}

static gboolean
read_value (Value *value, const char *group, const char *text, double d, GError **error)
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
  Value       value = { .param = param, .number = NAN };
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
  return read_value (&g_array_index (self->values, Value, self->values->len - 1), group,
                     text, d, error);
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
      {
        g_autoptr (GString) known = g_string_new (NULL);

        for (gsize t = 0; tables[t] != NULL; t++)
          for (const EngParam *param = tables[t]; param->key != NULL; param++)
            g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "",
                                    param->key);
        g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                     "%s.%.80s is not a known key; known here: %s", group, keys[i],
                     known->str);
        return FALSE;
      }
  return TRUE;
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
  self->values = g_array_new (FALSE, FALSE, sizeof (Value));
  g_array_set_clear_func (self->values, value_clear);
  if (!refuse_unknown_keys (key_file, group, tables, error))
    return NULL;
  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      {
        if (!read_param (self, key_file, group, param, d, error))
          return NULL;
        if (d == 0 && strcmp (param->key, "d") == 0)
          d = eng_settings_get_double (self, "d");
      }
  return g_steal_pointer (&self);
}

void
eng_settings_free (EngSettings *self)
{
  g_array_unref (self->values);
  g_free (self);
}

/* --- access -------------------------------------------------------------------- */

static const Value *
find_value (const EngSettings *self, const char *key)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      const Value *value = &g_array_index (self->values, Value, i);

      if (strcmp (value->param->key, key) == 0)
        return value;
    }
  return NULL;
}

/* For getters: a missing key is a programmer's mistake. */
static const Value *
require_value (const EngSettings *self, const char *key)
{
  const Value *value = find_value (self, key);

  if (value == NULL)
    g_error ("no key “%s” in these parameter tables", key);
  return value;
}

const EngParam *const *
eng_settings_get_tables (const EngSettings *self)
{
  return self->tables;
}

gboolean
eng_settings_has (const EngSettings *self, const char *key)
{
  const Value *value = find_value (self, key);

  return value != NULL && value->has;
}

const char *
eng_settings_get_written (const EngSettings *self, const char *key)
{
  const Value *value = find_value (self, key);

  return value != NULL ? value->written : NULL;
}

double
eng_settings_get_double (const EngSettings *self, const char *key)
{
  const Value *value = require_value (self, key);

  g_assert (value->param->kind == ENG_PARAM_REAL || value->param->kind == ENG_PARAM_INT);
  return value->number;
}

gint64
eng_settings_get_int (const EngSettings *self, const char *key)
{
  const Value *value = require_value (self, key);

  g_assert (value->param->kind == ENG_PARAM_INT);
  return value->has ? (gint64) value->number : -1;
}

gboolean
eng_settings_get_boolean (const EngSettings *self, const char *key)
{
  const Value *value = require_value (self, key);

  g_assert (value->param->kind == ENG_PARAM_BOOLEAN);
  return value->number != 0.0;
}

const char *
eng_settings_get_choice (const EngSettings *self, const char *key)
{
  const Value *value = require_value (self, key);

  g_assert (value->param->kind == ENG_PARAM_CHOICE);
  return value->has ? value->param->choices[value->choice].id : NULL;
}

gboolean
eng_settings_is_choice (const EngSettings *self, const char *key, const char *id)
{
  return g_strcmp0 (eng_settings_get_choice (self, key), id) == 0;
}

const char *
eng_settings_get_text (const EngSettings *self, const char *key)
{
  const Value *value = require_value (self, key);

  g_assert (value->param->kind == ENG_PARAM_TEXT);
  return value->text;
}

gboolean
eng_settings_is_fixed (const EngSettings *self, const char *key)
{
  return require_value (self, key)->is_fixed;
}

const double *
eng_settings_get_list (const EngSettings *self, const char *key, gsize *length)
{
  const Value *value = require_value (self, key);

  g_assert (value->param->kind == ENG_PARAM_LIST);
  *length = value->n_list;
  return value->list;
}

gboolean
eng_settings_is_relevant (const EngSettings *self, const EngParam *param)
{
  const Value   *value;
  const char    *id;
  g_auto (GStrv) ids = NULL;

  if (param->only_key == NULL)
    return TRUE;
  value = require_value (self, param->only_key);
  if (!value->has)
    return FALSE;
  id = value->param->kind == ENG_PARAM_CHOICE ? value->param->choices[value->choice].id
       : value->number != 0.0                 ? "true"
                                              : "false";
  ids = g_strsplit (param->only_id, "|", -1);
  return g_strv_contains ((const char *const *) ids, id);
}
