/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lanczos' method without reorthogonalisation: once a direction has converged, rounding
 * brings copies of it back, which does not matter for the largest eigenvalue. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-la.h"
#include "eng-lanczos.h"

#include <math.h>
#include <string.h>

#define MAX_ITERATIONS 200
#define TEST_EVERY     5
/* On the residual, a bound of the distance to an eigenvalue. */
#define TOLERANCE 2e-5

/* Largest eigenvalue of the tridiagonal matrix with diagonal `alpha` (k) and off-diagonal
 * `beta` (k - 1); `last`: the last entry of its unit eigenvector. */
static double
largest_of_tridiagonal (guint k, const double *alpha, const double *beta, double *last)
{
  g_autofree double *entries = g_new0 (double, (gsize) k *k);
  g_autofree double *values = g_new (double, k);
  EngMat             matrix = { k, k, entries };

  for (guint i = 0; i < k; i++)
    {
      entries[i * k + i] = alpha[i];
      if (i + 1 < k)
        entries[i * k + i + 1] = entries[(i + 1) * k + i] = beta[i];
    }
  if (!eng_la_eigh (&matrix, TRUE, values, NULL))
    return NAN;
  *last = entries[k - 1];
  return values[0];
}

double
eng_lanczos_largest (gsize           count,
                     EngLanczosApply apply,
                     gboolean (*stop) (gpointer data),
                     gpointer data,
                     float   *v,
                     float   *previous,
                     float   *out)
{
  double alpha[MAX_ITERATIONS], beta[MAX_ITERATIONS], largest = 0.0, last;

  eng_kernel_scale (count, (float) (1.0 / sqrt (eng_kernel_square_sum (count, v))), v);
  memset (previous, 0, count * sizeof (float));
  for (guint k = 0; k < MAX_ITERATIONS; k++)
    {
      gboolean at_end;

      apply (v, out, data);
      alpha[k] = eng_kernel_dot (count, out, v);
      eng_kernel_axpy (count, (float) -alpha[k], v, out);
      if (k > 0)
        eng_kernel_axpy (count, (float) -beta[k - 1], previous, out);
      beta[k] = sqrt (eng_kernel_square_sum (count, out));
      /* Nothing but rounding is left: the Krylov space is complete. */
      at_end = !(beta[k] > 1e-6 * alpha[0]) || k + 1 == MAX_ITERATIONS || stop (data);
      if (at_end || (k + 1) % TEST_EVERY == 0)
        {
          largest = largest_of_tridiagonal (k + 1, alpha, beta, &last);
          if (at_end || !(beta[k] * fabs (last) > TOLERANCE * largest))
            break;
        }
      memcpy (previous, v, count * sizeof (float));
      eng_kernel_scale_to (count, (float) (1.0 / beta[k]), out, v);
    }
  return largest;
}
