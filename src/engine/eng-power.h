/* SPDX-License-Identifier: GPL-3.0-or-later
 * Powers of whole exponents: the same bits everywhere, unlike pow (). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

static inline double
eng_power (double x, guint exponent)
{
  double value = 1.0;

  for (guint k = 0; k < exponent; k++)
    value *= x;
  return value;
}

G_END_DECLS
