/* SPDX-License-Identifier: GPL-3.0-or-later
 * The elementwise passes of a training step. */
#include "config.h"

#include "eng-clones.h"
#include "eng-kernels.h"

#include <string.h>

/* Independent partial sums: one AVX-512 register of floats. */
#define WIDTH 16

/* Adds the partial sums pairwise, in a fixed order. */
static inline float
fold (const float *sums)
{
  float eight[8], four[4];

  for (int i = 0; i < 8; i++)
    eight[i] = sums[i] + sums[i + 8];
  for (int i = 0; i < 4; i++)
    four[i] = eight[i] + eight[i + 4];
  return (four[0] + four[2]) + (four[1] + four[3]);
}

ENG_CLONES void
eng_kernel_add (gsize n, const float *restrict x, float *restrict y)
{
  for (gsize i = 0; i < n; i++)
    y[i] += x[i];
}

ENG_CLONES void
eng_kernel_multiply (gsize n, const float *restrict x, float *restrict y)
{
  for (gsize i = 0; i < n; i++)
    y[i] *= x[i];
}

ENG_CLONES float
eng_kernel_dot (gsize n, const float *x, const float *y)
{
  float sums[WIDTH] = { 0 };
  gsize i = 0;

  for (; i + WIDTH <= n; i += WIDTH)
    for (int j = 0; j < WIDTH; j++)
      sums[j] += x[i + j] * y[i + j];
  for (int j = 0; i < n; i++, j++)
    sums[j] += x[i] * y[i];
  return fold (sums);
}

ENG_CLONES float
eng_kernel_dot3 (gsize n, const float *x, const float *y, const float *z)
{
  float sums[WIDTH] = { 0 };
  gsize i = 0;

  for (; i + WIDTH <= n; i += WIDTH)
    for (int j = 0; j < WIDTH; j++)
      sums[j] += x[i + j] * y[i + j] * z[i + j];
  for (int j = 0; i < n; i++, j++)
    sums[j] += x[i] * y[i] * z[i];
  return fold (sums);
}

ENG_CLONES static void
both_sums (gsize n,
           const float *restrict a,
           const float *restrict b,
           const float *restrict u,
           float *linear,
           float *square)
{
  float first[WIDTH] = { 0 }, second[WIDTH] = { 0 };
  gsize i = 0;

  for (; i + WIDTH <= n; i += WIDTH)
    for (int j = 0; j < WIDTH; j++)
      {
        first[j] += a[i + j] * u[i + j];
        second[j] += b[i + j] * u[i + j] * u[i + j];
      }
  for (int j = 0; i < n; i++, j++)
    {
      first[j] += a[i] * u[i];
      second[j] += b[i] * u[i] * u[i];
    }
  *linear = fold (first);
  *square = fold (second);
}

void
eng_kernel_taylor_sums (gsize        n,
                        const float *a,
                        const float *b,
                        const float *u,
                        float       *linear,
                        float       *square)
{
  *linear = *square = 0.0f;
  if (a != NULL && b != NULL)
    both_sums (n, a, b, u, linear, square);
  else if (a != NULL)
    *linear = eng_kernel_dot (n, a, u);
  else
    *square = eng_kernel_dot3 (n, b, u, u);
}

ENG_CLONES static void
both_coefficients (gsize n,
                   float ra,
                   const float *restrict a,
                   float rb,
                   const float *restrict b,
                   float *restrict u)
{
  for (gsize i = 0; i < n; i++)
    u[i] = ra * a[i] + rb * b[i] * u[i];
}

void
eng_kernel_taylor_coefficients (gsize        n,
                                float        r,
                                float        wa,
                                const float *a,
                                float        wb,
                                const float *b,
                                float       *u)
{
  if (b == NULL)
    eng_kernel_scale_to (n, r * wa, a, u);
  else
    both_coefficients (n, r * wa, a, r * wb, b, u);
}

ENG_CLONES void
eng_kernel_scale_to (gsize n, float alpha, const float *restrict x, float *restrict y)
{
  for (gsize i = 0; i < n; i++)
    y[i] = alpha * x[i];
}

ENG_CLONES void
eng_kernel_scale (gsize n, float alpha, float *y)
{
  for (gsize i = 0; i < n; i++)
    y[i] *= alpha;
}

ENG_CLONES void
eng_kernel_axpy (gsize n, float alpha, const float *restrict x, float *restrict y)
{
  for (gsize i = 0; i < n; i++)
    y[i] += alpha * x[i];
}

void
eng_kernel_reduce_rows (const EngMatF *partials,
                        gsize          n_partials,
                        gsize          first,
                        gsize          last,
                        EngMatF       *out)
{
  gsize from = first * out->cols, count = (last - first) * out->cols;

  memcpy (out->data + from, partials[0].data + from, count * sizeof (float));
  for (gsize i = 1; i < n_partials; i++)
    eng_kernel_add (count, partials[i].data + from, out->data + from);
}

/* One register of doubles, four times. */
#define WIDE 16

static inline double
fold_wide (const double *sums)
{
  double eight[8], four[4];

  for (int i = 0; i < 8; i++)
    eight[i] = sums[i] + sums[i + 8];
  for (int i = 0; i < 4; i++)
    four[i] = eight[i] + eight[i + 4];
  return (four[0] + four[2]) + (four[1] + four[3]);
}

ENG_CLONES double
eng_kernel_dot_mixed (gsize n, const float *x, const double *y)
{
  double sums[WIDE] = { 0 };
  gsize  i = 0;

  for (; i + WIDE <= n; i += WIDE)
    for (int j = 0; j < WIDE; j++)
      sums[j] += (double) x[i + j] * y[i + j];
  for (int j = 0; i < n; i++, j++)
    sums[j] += (double) x[i] * y[i];
  return fold_wide (sums);
}

ENG_CLONES void
eng_kernel_axpy_mixed (gsize n, double alpha, const float *restrict x, double *restrict y)
{
  for (gsize i = 0; i < n; i++)
    y[i] += alpha * (double) x[i];
}

ENG_CLONES void
eng_kernel_widen (gsize n, const float *restrict x, double *restrict y)
{
  for (gsize i = 0; i < n; i++)
    y[i] = (double) x[i];
}

ENG_CLONES double
eng_kernel_square_sum (gsize n, const float *x)
{
  double sums[8] = { 0 };
  gsize  i = 0;

  for (; i + 8 <= n; i += 8)
    for (int j = 0; j < 8; j++)
      sums[j] += (double) x[i + j] * x[i + j];
  for (int j = 0; i < n; i++, j++)
    sums[j] += (double) x[i] * x[i];
  return ((sums[0] + sums[4]) + (sums[2] + sums[6]))
         + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}
