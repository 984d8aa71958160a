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

  if (phi * phi > 1)
    return INFINITY;
  return (2 + epsilon) * (rho + sqrt (1 - phi * phi));
}
