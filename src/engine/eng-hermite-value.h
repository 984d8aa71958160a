/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hermite polynomials of probabilists.  Pure functions, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* h_p (z) = He_p (z)/√p!, orthonormal for z ~ N(0, 1). */
double eng_hermite_value (guint p, double z);
/* H_p (z; q), monic, orthogonal for z ~ N(0, q): H_{p+1} = z H_p − p q H_{p−1}. */
double eng_hermite_monic_value (guint p, double z, double q);

G_END_DECLS
