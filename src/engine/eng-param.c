/* SPDX-License-Identifier: GPL-3.0-or-later
 * Parameter tables: look-up, the text of ranges, and numbers that may be expressions of
 * d. */
#include "config.h"

#include "eng-error.h"
#include "eng-param.h"

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

static char *
describe_choices (const EngParam *param)
{
  g_autoptr (GString) text = g_string_new ("one of ");

  for (gsize i = 0; param->choices[i].id != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", param->choices[i].id);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
eng_param_describe_range (const EngParam *param)
{
  char        low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];
  const char *open = (param->flags & ENG_PARAM_OPEN_MIN) ? "(" : "[";
  const char *what = "";

  switch (param->kind)
    {
    case ENG_PARAM_CHOICE:
      return describe_choices (param);
    case ENG_PARAM_BOOLEAN:
      return g_strdup ("true or false");
    case ENG_PARAM_TEXT:
      return g_strdup_printf ("text of at most %d bytes", ENG_PARAM_TEXT_MAX);
    case ENG_PARAM_INT:
      what = (param->flags & ENG_PARAM_EVEN) ? "an even whole number "
                                             : "a whole number ";
      break;
    case ENG_PARAM_LIST:
      what = "numbers separated by semicolons, each ";
      break;
    case ENG_PARAM_REAL:
      break;
    }
  number_text (low, sizeof low, param->min);
  number_text (high, sizeof high, param->max);
  return g_strdup_printf ("%sin %s%s, %s]", what, open, low, high);
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
                   "“%s” is not a finite number%s", text,
                   d > 0 ? " or an expression such as 1.5 d^1.5" : "");
      return FALSE;
    }
  *value = number;
  return TRUE;
}
