/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the row of a parameter says about its value. */
#include "config.h"

#include "esc-param-text.h"

#include "esc-words.h"
#include "plot-format.h"
#include "plot-scale.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Longer help would make the row two lines high; it is in the tooltip in any case. */
#define SHORT_HELP_CHARS 22

gboolean
esc_param_is_number (const EngParam *param)
{
  return (param->kind == ENG_PARAM_INT || param->kind == ENG_PARAM_REAL)
         && !(param->flags & ENG_PARAM_FIXABLE);
}

double
esc_param_get_number (const EngParam *param, const EngSettings *settings)
{
  if (!eng_settings_has (settings, param->key))
    return NAN;
  return param->kind == ENG_PARAM_INT
             ? (double) eng_settings_get_int (settings, param->key)
             : eng_settings_get_double (settings, param->key);
}

/* How far one click goes: about a fiftieth of a large whole number, a tenth of a real
 * one, in steps that keep it round. */
double
esc_param_get_increment (const EngParam *param, double value)
{
  double size = isnan (value) ? 0.0 : fabs (value);

  if (param->kind == ENG_PARAM_REAL)
    return size > 0 ? plot_scale_nice_floor (size / 10) : 0.1;
  size = size < 100 ? 1.0 : plot_scale_nice_floor (size / 50);
  return param->flags & ENG_PARAM_EVEN ? 2 * ceil (size / 2) : size;
}

/* What stands below the title while nothing is refused, as markup. */
static char *
describe_number (const EngParam *param, const EngSettings *settings, double d)
{
  const char      *key = param->key;
  const char      *written = eng_settings_get_written (settings, key);
  double           value = esc_param_get_number (param, settings);
  g_autofree char *number = NULL, *markup = NULL, *power = NULL;

  if (written == NULL && param->fallback != NULL)
    written = param->fallback;
  if (isnan (value))
    return g_strdup (_ ("chosen by the program"));
  if (param->kind == ENG_PARAM_INT && value >= 0)
    number = plot_format_integer ((guint64) value);
  else
    number = plot_format_value (value, 3, PLOT_NUMBER_PLAIN);
  if (written != NULL && strchr (written, 'd') != NULL)
    {
      markup = esc_words_formula_markup (written);
      return strlen (key) == 1 ? g_strdup_printf ("%s = %s = %s", key, number, markup)
                               : g_strdup_printf ("= %s", markup);
    }
  if (strcmp (key, "n") != 0 || value < 2 || d < 2)
    return NULL;
  /* The exponent is what theory speaks of: n = d^p samples for degree p. */
  power = plot_format_fixed (log (value) / log (d), 2);
  return g_strdup_printf ("n = %s ≈ d<sup>%s</sup>", number, power);
}

char *
esc_param_describe (const EngParam *param, const EngSettings *settings, double d)
{
  char *markup = esc_param_is_number (param) ? describe_number (param, settings, d)
                                             : NULL;

  if (markup != NULL)
    return markup;
  if (param->unit != NULL)
    return g_markup_escape_text (_ (param->unit), -1);
  if (param->help != NULL && param->kind != ENG_PARAM_CHOICE
      && g_utf8_strlen (_ (param->help), -1) <= SHORT_HELP_CHARS)
    return esc_words_formula_markup (_ (param->help));
  if (param->flags & ENG_PARAM_LIVE)
    return g_strdup (_ ("acts at the next step"));
  return g_strdup ("");
}
