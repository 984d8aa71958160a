/* SPDX-License-Identifier: GPL-3.0-or-later
 * What theory promises about the recovery of a matrix from few samples (rank-one.md
 * section 2).  Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* C = n / (d r): samples for each unknown number of a matrix of rank `r`. */
double eng_certificate_get_samples (gsize n, gsize d, gsize r);

/* q₁′ = (2 + ε)(ρ + √(1 − φ²)), φ = (1 − ε)(1 − ρ) − ρ: every iteration is promised to come
 * closer to L* where this is below 1.  ρ = 2/√C is measured; ε, in [0, 1), is what the head
 * may miss.  Never below 1 for C < 1436; infinite for C < 4, where ρ > 1 and the root has no
 * value. */
double eng_certificate_get_contraction (double c, double epsilon);

G_END_DECLS
