/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hermite polynomials of probabilists.  Pure functions, any thread. */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

/* h_{j+1} (z) from `now` = h_j (z) and `before` = h_{j−1} (z), which is 0 for j = 0: no large
 * factorial appears. */
static inline double
eng_hermite_next (guint j, double z, double before, double now)
{
  return (z * now - sqrt ((double) j) * before) / sqrt (j + 1.0);
}

/* h_p (z) = He_p (z)/√p!, orthonormal for z ~ N(0, 1). */
double eng_hermite_value (guint p, double z);
/* H_p (z; q), monic, orthogonal for z ~ N(0, q): H_{p+1} = z H_p − p q H_{p−1}. */
double eng_hermite_monic_value (guint p, double z, double q);

G_END_DECLS
