/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one formatter of numbers that people read. */
#include "config.h"

#include "plot-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const char *const superscripts[] = { "⁰", "¹", "²", "³", "⁴",
                                            "⁵", "⁶", "⁷", "⁸", "⁹" };
static const char *const subscripts[]
    = { "₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉" };

/* Largest decade written out; from 10⁴ on a power is shorter and easier to compare. */
#define MAX_PLAIN_DECADE 3
/* Values outside [1e-3, 1e6) are written with a power of ten. */
#define SMALLEST_PLAIN 1e-3
#define LARGEST_PLAIN  1e6

char *
plot_format_integer (guint64 value)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, value);
  gsize            length = strlen (digits);
  GString         *out = g_string_sized_new (length + 12);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (out, PLOT_THIN_SPACE);
      g_string_append_c (out, digits[i]);
    }
  return g_string_free (out, FALSE);
}

static char *
replace_digits (const char *plain, const char *const *digits, const char *minus)
{
  GString *out = g_string_new (NULL);

  for (const char *c = plain; *c != '\0'; c++)
    g_string_append (out, *c == '-' ? minus : digits[*c - '0']);
  return g_string_free (out, FALSE);
}

char *
plot_format_superscript (int value)
{
  g_autofree char *plain = g_strdup_printf ("%d", value);

  return replace_digits (plain, superscripts, "⁻");
}

char *
plot_format_subscript (guint value)
{
  g_autofree char *plain = g_strdup_printf ("%u", value);

  return replace_digits (plain, subscripts, "");
}

char *
plot_format_fixed (double value, guint decimals)
{
  double magnitude = fabs (value);

  if (isnan (value))
    return g_strdup ("–");
  if (isinf (value))
    return g_strdup (value > 0 ? "∞" : PLOT_MINUS "∞");
  if (magnitude >= 1e15)
    return g_strdup_printf ("%s%.1e", value < 0 ? PLOT_MINUS : "", magnitude);
  if (decimals == 0)
    {
      g_autofree char *digits = plot_format_integer ((guint64) llround (magnitude));

      return g_strdup_printf ("%s%s", value < 0 && magnitude >= 0.5 ? PLOT_MINUS : "",
                              digits);
    }
  return g_strdup_printf ("%s%.*f", value < 0 ? PLOT_MINUS : "", (int) decimals,
                          magnitude);
}

/* The decimal exponent of `magnitude` once it is rounded to `digits` digits. */
static int
rounded_exponent (double magnitude, guint digits)
{
  g_autofree char *text = g_strdup_printf ("%.*e", (int) digits - 1, magnitude);

  return (int) g_ascii_strtoll (strchr (text, 'e') + 1, NULL, 10);
}

static char *
format_power (double value, guint digits, int exponent)
{
  double           mantissa = value / pow (10, exponent);
  g_autofree char *front = plot_format_fixed (mantissa, digits - 1);
  g_autofree char *power = plot_format_superscript (exponent);

  return g_strdup_printf ("%s·10%s", front, power);
}

char *
plot_format_value (double value, guint digits, PlotNumber number)
{
  double magnitude = fabs (value);
  int    exponent;
  int    decimals;

  g_return_val_if_fail (digits >= 1 && digits <= 15, NULL);
  if (!isfinite (value))
    return plot_format_fixed (value, 0);
  if (number == PLOT_NUMBER_PERCENT)
    {
      g_autofree char *plain = plot_format_value (100 * value, digits, PLOT_NUMBER_PLAIN);

      return g_strdup_printf ("%s" PLOT_THIN_SPACE "%%", plain);
    }
  if (magnitude == 0)
    return g_strdup ("0");
  exponent = rounded_exponent (magnitude, digits);
  if (magnitude < SMALLEST_PLAIN || magnitude >= LARGEST_PLAIN)
    return format_power (value, digits, exponent);
  decimals = MAX (0, (int) digits - 1 - exponent);
  return plot_format_fixed (value, (guint) decimals);
}

char *
plot_format_decade (int exponent, PlotNumber number, gboolean plain)
{
  int              shown = number == PLOT_NUMBER_PERCENT ? exponent + 2 : exponent;
  g_autofree char *text = NULL;

  if (shown >= 0 && shown <= MAX_PLAIN_DECADE)
    text = plot_format_fixed (pow (10, shown), 0);
  else if (shown < 0 && shown >= -3
           && (plain || (number == PLOT_NUMBER_PERCENT && shown >= -2)))
    text = plot_format_fixed (pow (10, shown), (guint) -shown);
  else
    {
      g_autofree char *power = plot_format_superscript (shown);

      text = g_strdup_printf ("10%s", power);
    }
  if (number == PLOT_NUMBER_PERCENT)
    return g_strdup_printf ("%s" PLOT_THIN_SPACE "%%", text);
  return g_steal_pointer (&text);
}

char *
plot_format_tick (double value, double step, PlotNumber number)
{
  double           scale = number == PLOT_NUMBER_PERCENT ? 100 : 1;
  double           shown = value * scale;
  double           shown_step = fabs (step * scale);
  int              decimals = 0;
  g_autofree char *text = NULL;

  if (shown_step > 0 && shown_step < 1)
    decimals = MIN (9, (int) ceil (-log10 (shown_step) - 1e-9));
  /* Rounding noise of repeated addition must not become "-0.0". */
  if (fabs (shown) < shown_step * 1e-6)
    shown = 0;
  if (fabs (shown) >= LARGEST_PLAIN)
    text = plot_format_value (shown, 2, PLOT_NUMBER_PLAIN);
  else
    text = plot_format_fixed (shown, shown == 0 ? 0 : (guint) decimals);
  if (number == PLOT_NUMBER_PERCENT)
    return g_strdup_printf ("%s" PLOT_THIN_SPACE "%%", text);
  return g_steal_pointer (&text);
}

char *
plot_format_named (const char *name, const char *value)
{
  gsize    length = strlen (name);
  gboolean is_number = length > 0 && g_ascii_isdigit (name[length - 1]);

  if (is_number)
    /* Translators: a name that ends in a digit, and its value: α = 10: 0.27. */
    return g_strdup_printf (C_ ("name and value", "%s: %s"), name, value);
  /* Translators: the name of a curve or a band, and its value: Lazy 0.37. */
  return g_strdup_printf (C_ ("name and value", "%s %s"), name, value);
}

char *
plot_format_loss (double loss)
{
  gboolean in_column = !isfinite (loss) || loss == 0 || (loss >= 0.01 && loss < 1000);

  return in_column ? plot_format_fixed (loss, 3)
                   : plot_format_value (loss, 3, PLOT_NUMBER_PLAIN);
}
