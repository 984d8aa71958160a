/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drift and alignment of kernel matrices. */
#include "config.h"

#include "eng-kernel-measures.h"
#include "eng-kernels.h"

#include <math.h>

/* ‖k‖_F: these numbers cannot overflow when they are squared, of which eng_la_norm () takes
 * care at four times the cost. */
static double
measure_norm (const EngMat *k)
{
  return sqrt (eng_la_dot (k->rows * k->cols, k->data, k->data));
}

double
eng_kernel_measure_drift (const EngMat *k0, const EngMat *kt)
{
  gsize count = k0->rows * k0->cols;

  return sqrt (eng_kernel_square_distance (count, kt->data, k0->data))
         / measure_norm (k0);
}

double
eng_kernel_measure_alignment (const EngMat *a, const EngMat *b)
{
  return eng_la_dot (a->rows * a->cols, a->data, b->data)
         / (measure_norm (a) * measure_norm (b));
}

double
eng_kernel_measure_cosine_distance (const EngMat *k0, const EngMat *kt)
{
  return 1.0 - eng_kernel_measure_alignment (kt, k0);
}

void
eng_kernel_measure_centre (EngMat *k, double *means)
{
  gsize  n = k->rows;
  double mean = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      means[i] = eng_kernel_sum (n, k->data + i * n) / (double) n;
      mean += means[i] / (double) n;
    }
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      k->data[i * n + j] += mean - means[i] - means[j];
}

double
eng_kernel_measure_target_alignment (const EngMat *k, const double *y)
{
  gsize  n = k->rows;
  double mean = 0.0, product = 0.0, square = 0.0;

  for (gsize i = 0; i < n; i++)
    mean += y[i] / (double) n;
  for (gsize i = 0; i < n; i++)
    {
      const double *row = k->data + i * n;

      product += (eng_la_dot (n, row, y) - mean * eng_kernel_sum (n, row))
                 * (y[i] - mean);
      square += (y[i] - mean) * (y[i] - mean);
    }
  return product / (measure_norm (k) * square);
}
