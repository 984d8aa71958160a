/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the row of a parameter says about its value: numbers, expressions, help. */
#pragma once

#include "eng-settings.h"

G_BEGIN_DECLS

/* Whether a spin button can hold it: not a list, not "fixed 128". */
gboolean esc_param_is_number (const EngParam *param);
/* Returns: NaN where the engine chooses. */
double esc_param_get_number (const EngParam *param, const EngSettings *settings);
/* How far one click goes from `value`. */
double esc_param_get_increment (const EngParam *param, double value);
/* Returns: (transfer full): markup for below the title, or "": the expression, the
 * exponent of n, the unit, or the help text if it is short. */
char *esc_param_describe (const EngParam    *param,
                          const EngSettings *settings,
                          double             d) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
