/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one formatter of numbers that people read: axes, end labels, sentences.
 *
 * Strings are plain UTF-8: thin spaces group thousands and precede the percent sign,
 * exponents are superscript characters.  Files (CSV, experiments) never pass here. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PLOT_THIN_SPACE "\xe2\x80\xaf" /* U+202F: narrow and not breaking */
#define PLOT_MINUS      "\xe2\x88\x92" /* U+2212 */

typedef enum
{
  PLOT_NUMBER_PLAIN,   /* 0.37, 2 000, 10⁻⁴ */
  PLOT_NUMBER_PERCENT, /* the number 0.37 is written 37 % */
} PlotNumber;

/* "2 000"; up to four digits stay readable without a space, but columns align with. */
char *plot_format_integer (guint64 value) G_GNUC_WARN_UNUSED_RESULT;

/* `digits` significant digits: 0.037, 0.74, 12, 109, 3.2·10⁻⁵.  "–" for NaN, "∞". */
char *plot_format_value (double     value,
                         guint      digits,
                         PlotNumber number) G_GNUC_WARN_UNUSED_RESULT;

/* Fixed decimals, so that columns of numbers align: 0.367. */
char *plot_format_fixed (double value, guint decimals) G_GNUC_WARN_UNUSED_RESULT;

/* Label of a decade: 10⁻¹, 1, 10, 100, 1 000, 10⁴; percent: 10 %, 1 000 %. With `plain`
 * (presentation) 0.1 and 0.01 instead of powers. */
char *plot_format_decade (int        exponent,
                          PlotNumber number,
                          gboolean   plain) G_GNUC_WARN_UNUSED_RESULT;

/* Label of a tick of a linear axis whose ticks are `step` apart. */
char *
plot_format_tick (double value, double step, PlotNumber number) G_GNUC_WARN_UNUSED_RESULT;

/* Superscript characters of a whole number: ⁻¹². */
char *plot_format_superscript (int value) G_GNUC_WARN_UNUSED_RESULT;
/* Subscript characters: ₁₂. */
char *plot_format_subscript (guint value) G_GNUC_WARN_UNUSED_RESULT;

/* "Lazy 0.37"; a colon between where the name itself ends in a digit: "α = 10: 0.27". */
char *plot_format_named (const char *name, const char *value) G_GNUC_WARN_UNUSED_RESULT;

/* A relative loss: three decimals, so that losses stand in a column; what these cannot show
 * has three digits. */
char *plot_format_loss (double loss) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
