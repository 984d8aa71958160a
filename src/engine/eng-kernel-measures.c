/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drift and alignment of kernel matrices. */
#include "config.h"

#include "eng-kernel-measures.h"

#include <math.h>
#include <string.h>

double
eng_kernel_measure_drift (const EngMat *k0, const EngMat *kt)
{
  gsize  count = k0->rows * k0->cols;
  double sum = 0.0;

  for (gsize i = 0; i < count; i++)
    sum += (kt->data[i] - k0->data[i]) * (kt->data[i] - k0->data[i]);
  return sqrt (sum) / eng_la_norm (count, k0->data);
}

double
eng_kernel_measure_alignment (const EngMat *a, const EngMat *b)
{
  gsize count = a->rows * a->cols;

  return eng_la_dot (count, a->data, b->data)
         / (eng_la_norm (count, a->data) * eng_la_norm (count, b->data));
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

  memset (means, 0, n * sizeof (double));
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      means[i] += k->data[i * n + j] / (double) n;
  for (gsize i = 0; i < n; i++)
    mean += means[i] / (double) n;
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
      double sum = 0.0;

      for (gsize j = 0; j < n; j++)
        sum += k->data[i * n + j] * (y[j] - mean);
      product += sum * (y[i] - mean);
      square += (y[i] - mean) * (y[i] - mean);
    }
  return product / (eng_la_norm (n * n, k->data) * square);
}
