/* SPDX-License-Identifier: GPL-3.0-or-later
 * The checked values of one group of an experiment file. */
#include "config.h"

#include "eng-settings-private.h"

#include <string.h>

void
eng_settings_free (EngSettings *self)
{
  g_array_unref (self->values);
  g_free (self);
}

static const EngValue *
find_value (const EngSettings *self, const char *key)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      const EngValue *value = &g_array_index (self->values, EngValue, i);

      if (strcmp (value->param->key, key) == 0)
        return value;
    }
  return NULL;
}

/* For getters: a missing key is a programmer's mistake. */
static const EngValue *
require_value (const EngSettings *self, const char *key)
{
  const EngValue *value = find_value (self, key);

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
  const EngValue *value = find_value (self, key);

  return value != NULL && value->has;
}

const char *
eng_settings_get_written (const EngSettings *self, const char *key)
{
  const EngValue *value = find_value (self, key);

  return value != NULL ? value->written : NULL;
}

double
eng_settings_get_double (const EngSettings *self, const char *key)
{
  const EngValue *value = require_value (self, key);

  g_assert (value->param->kind == ENG_PARAM_REAL || value->param->kind == ENG_PARAM_INT);
  return value->number;
}

gint64
eng_settings_get_int (const EngSettings *self, const char *key)
{
  const EngValue *value = require_value (self, key);

  g_assert (value->param->kind == ENG_PARAM_INT);
  return value->has ? (gint64) value->number : -1;
}

gboolean
eng_settings_get_boolean (const EngSettings *self, const char *key)
{
  const EngValue *value = require_value (self, key);

  g_assert (value->param->kind == ENG_PARAM_BOOLEAN);
  return value->number != 0.0;
}

const char *
eng_settings_get_choice (const EngSettings *self, const char *key)
{
  const EngValue *value = require_value (self, key);

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
  const EngValue *value = require_value (self, key);

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
  const EngValue *value = require_value (self, key);

  g_assert (value->param->kind == ENG_PARAM_LIST);
  *length = value->n_list;
  return value->list;
}

gboolean
eng_settings_is_relevant (const EngSettings *self, const EngParam *param)
{
  const EngValue *value;
  const char     *id;
  g_auto (GStrv)  ids = NULL;

  if (param->only_key == NULL)
    return TRUE;
  value = require_value (self, param->only_key);
  if (!value->has || !eng_settings_is_relevant (self, value->param))
    return FALSE;
  if (param->only_id == NULL)
    return TRUE;
  id = value->param->kind == ENG_PARAM_CHOICE ? value->param->choices[value->choice].id
       : value->number != 0.0                 ? "true"
                                              : "false";
  ids = g_strsplit (param->only_id, "|", -1);
  return g_strv_contains ((const char *const *) ids, id);
}
