/* SPDX-License-Identifier: GPL-3.0-or-later
 * Parameter tables: look-up, the text of ranges, and numbers that may be expressions of
 * d. */
#include "config.h"

#include "eng-error.h"
#include "eng-param.h"
#include "eng-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

const EngParam *
eng_param_find (const EngParam *const *tables, const char *key)
{
  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      if (strcmp (param->key, key) == 0)
        return param;
  return NULL;
}

/* A number as messages print it: short, with a point in every locale. */
static const char *
number_text (char *buffer, gsize size, double value)
{
  return g_ascii_formatd (buffer, (int) size, "%.10g", value);
}

char *
eng_param_get_interval (const EngParam *param)
{
  char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];

  number_text (low, sizeof low, param->min);
  number_text (high, sizeof high, param->max);
  return g_strdup_printf ("%s%s, %s]", param->flags & ENG_PARAM_OPEN_MIN ? "(" : "[", low,
                          high);
}

char *
eng_param_list_choices (const EngParam *param)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (gsize i = 0; param->choices[i].id != NULL; i++)
    g_ptr_array_add (ids, (gpointer) param->choices[i].id);
  g_ptr_array_add (ids, NULL);
  return eng_words_list ((const char *const *) ids->pdata);
}

char *
eng_param_describe_range (const EngParam *param)
{
  g_autofree char *interval = eng_param_get_interval (param), *choices = NULL;

  switch (param->kind)
    {
    case ENG_PARAM_CHOICE:
      choices = eng_param_list_choices (param);
      return g_strdup_printf (_ ("one of %s"), choices);
    case ENG_PARAM_BOOLEAN:
      return g_strdup (_ ("true or false"));
    case ENG_PARAM_TEXT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "text of at most %d byte",
                                           "text of at most %d bytes",
                                           ENG_PARAM_TEXT_MAX),
                              ENG_PARAM_TEXT_MAX);
    case ENG_PARAM_INT:
      if (param->flags & ENG_PARAM_EVEN)
        return g_strdup_printf (_ ("an even whole number in %s"), interval);
      return g_strdup_printf (_ ("a whole number in %s"), interval);
    case ENG_PARAM_LIST:
      return g_strdup_printf (_ ("numbers separated by semicolons, each in %s"),
                              interval);
    case ENG_PARAM_REAL:
      /* Translators: a parameter's range in mathematical notation: in (0, 4]. */
      return g_strdup_printf (_ ("in %s"), interval);
    }
  g_return_val_if_reached (NULL);
}

static const char *
skip_spaces (const char *text)
{
  while (*text == ' ' || *text == '\t')
    text++;
  return text;
}

/* An unsigned decimal at `*text`, which moves behind it. "inf", "nan" and hexadecimal
 * forms, which strtod would take, are refused. */
static gboolean
read_decimal (const char **text, double *value)
{
  const char *start = *text;
  char       *end;

  if (*start == '+' || *start == '-')
    start++;
  if (!g_ascii_isdigit (*start) && *start != '.')
    return FALSE;
  if (start[0] == '0' && (start[1] == 'x' || start[1] == 'X'))
    return FALSE;
  *value = g_ascii_strtod (*text, &end);
  if (end == *text || !isfinite (*value))
    return FALSE;
  *text = end;
  return TRUE;
}

/* `d` or `d^number` at `*text`, multiplied into `*value`. */
static gboolean
read_power_of_d (const char **text, double d, double *value)
{
  double exponent = 1.0;

  (*text)++;
  *text = skip_spaces (*text);
  if (**text == '^')
    {
      (*text)++;
      *text = skip_spaces (*text);
      if (!read_decimal (text, &exponent))
        return FALSE;
    }
  *value *= pow (d, exponent);
  return TRUE;
}

gboolean
eng_param_parse_number (const char *text, double d, double *value, GError **error)
{
  const char *cursor = skip_spaces (text);
  double      number = 1.0;
  gboolean    has_number = read_decimal (&cursor, &number);
  gboolean    has_times, good;

  cursor = skip_spaces (cursor);
  has_times = has_number && *cursor == '*';
  if (has_times)
    cursor = skip_spaces (cursor + 1);
  if (*cursor == 'd')
    good = d > 0 && read_power_of_d (&cursor, d, &number);
  else
    good = has_number && !has_times;
  cursor = skip_spaces (cursor);
  if (!good || *cursor != '\0' || !isfinite (number))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   d > 0 ? _ ("“%s” is not a finite number or an expression such as "
                              "1.5 d^1.5")
                         : _ ("“%s” is not a finite number"),
                   text);
      return FALSE;
    }
  *value = number;
  return TRUE;
}
