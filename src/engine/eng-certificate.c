/* SPDX-License-Identifier: GPL-3.0-or-later
 * The certificate of the theorem on AP-ROM. */
#include "config.h"

#include "eng-certificate.h"

#include <math.h>

double
eng_certificate_get_samples (gsize n, gsize d, gsize r)
{
  return (double) n / ((double) d * (double) r);
}

double
eng_certificate_get_contraction (double c, double epsilon)
{
  double rho = 2 / sqrt (c);
  double phi = (1 - epsilon) * (1 - rho) - rho;

  /* Below φ = −1, at C < 4, its root is gone; ρ alone is above 1 there. */
  return (2 + epsilon) * (rho + sqrt (fmax (1 - phi * phi, 0)));
}
