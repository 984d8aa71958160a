/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hermite polynomials by their recursions of three terms. */
#include "config.h"

#include "eng-hermite-value.h"

double
eng_hermite_value (guint p, double z)
{
  double before = 0.0, now = 1.0;

  for (guint j = 0; j < p; j++)
    {
      double next = eng_hermite_next (j, z, before, now);

      before = now;
      now = next;
    }
  return now;
}

double
eng_hermite_monic_value (guint p, double z, double q)
{
  double before = 0.0, now = 1.0;

  for (guint j = 0; j < p; j++)
    {
      double next = z * now - j * q * before;

      before = now;
      now = next;
    }
  return now;
}
