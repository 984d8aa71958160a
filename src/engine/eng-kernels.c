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

/* Rows that share one pass over f. */
#define TILE_ROWS 4

/* One group of `rows` rows of eng_kernel_taylor_tile (). */
static inline void
taylor_rows (int   rows,
             gsize cols,
             float wa,
             const float *restrict a,
             float wb,
             const float *restrict b,
             gsize stride,
             const float *restrict u,
             float sign,
             float *restrict c,
             float *restrict f)
{
  for (gsize i = 0; i < cols; i++)
    {
      float sum = 0.0f;

      for (int r = 0; r < rows; r++)
        {
          float linear = wa != 0.0f ? wa * a[(gsize) r * stride + i] : 0.0f;
          float square = wb * b[(gsize) r * stride + i] * u[(gsize) r * cols + i];

          sum += (linear + 0.5f * square) * u[(gsize) r * cols + i];
          c[(gsize) r * stride + i] = linear + square;
        }
      f[i] += sign * sum;
    }
}

#define TAYLOR_TILE(name, wa)                                                            \
  ENG_CLONES static void name (gsize rows, gsize cols, const float *restrict a,          \
                               float wb, const float *restrict b, gsize stride,          \
                               const float *restrict u, float sign, float *restrict c,   \
                               float *restrict f)                                        \
  {                                                                                      \
    gsize r = 0;                                                                         \
                                                                                         \
    for (; r + TILE_ROWS <= rows; r += TILE_ROWS)                                        \
      taylor_rows (TILE_ROWS, cols, wa, a + r * stride, wb, b + r * stride, stride,      \
                   u + r * cols, sign, c + r * stride, f);                               \
    for (; r < rows; r++)                                                                \
      taylor_rows (1, cols, wa, a + r * stride, wb, b + r * stride, stride,              \
                   u + r * cols, sign, c + r * stride, f);                               \
  }

TAYLOR_TILE (taylor_tile_both, 1.0f)
TAYLOR_TILE (taylor_tile_quadratic, 0.0f)

void
eng_kernel_taylor_tile (gsize        rows,
                        gsize        cols,
                        gboolean     is_linear,
                        const float *a,
                        float        wb,
                        const float *b,
                        gsize        stride,
                        const float *u,
                        float        sign,
                        float       *c,
                        float       *f)
{
  if (is_linear)
    taylor_tile_both (rows, cols, a, wb, b, stride, u, sign, c, f);
  else
    taylor_tile_quadratic (rows, cols, a, wb, b, stride, u, sign, c, f);
}

ENG_CLONES void
eng_kernel_column_dots (gsize rows,
                        gsize cols,
                        const float *restrict a,
                        const float *restrict b,
                        float *restrict f)
{
  gsize r = 0;

  for (; r + 2 <= rows; r += 2, a += 2 * cols, b += 2 * cols)
    for (gsize i = 0; i < cols; i++)
      f[i] += a[i] * b[i] + a[cols + i] * b[cols + i];
  for (gsize i = 0; i < cols && r < rows; i++)
    f[i] += a[i] * b[i];
}

ENG_CLONES void
eng_kernel_shift (gsize n, float alpha, float *y)
{
  for (gsize i = 0; i < n; i++)
    y[i] += alpha;
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

/* One register of doubles of the widest kind; elsewhere it is made of narrower ones. */
#define DOTS_WIDTH 8
typedef double Dots __attribute__ ((vector_size (DOTS_WIDTH * sizeof (double))));

static inline double
fold_dots (const Dots *sums)
{
  return (((*sums)[0] + (*sums)[4]) + ((*sums)[2] + (*sums)[6]))
         + (((*sums)[1] + (*sums)[5]) + ((*sums)[3] + (*sums)[7]));
}

ENG_CLONES void
eng_kernel_dots (gsize n, const double *const *x, const double *const *y, double *out)
{
  Dots  sums[2][4] = { 0 }, a[2], b;
  gsize whole = n - n % DOTS_WIDTH;

  for (gsize i = 0; i < whole; i += DOTS_WIDTH)
    {
      memcpy (&a[0], x[0] + i, sizeof (Dots));
      memcpy (&a[1], x[1] + i, sizeof (Dots));
      for (int l = 0; l < 4; l++)
        {
          memcpy (&b, y[l] + i, sizeof (Dots));
          sums[0][l] += a[0] * b;
          sums[1][l] += a[1] * b;
        }
    }
  for (int k = 0; k < 2; k++)
    for (int l = 0; l < 4; l++)
      {
        out[4 * k + l] = fold_dots (&sums[k][l]);
        for (gsize i = whole; i < n; i++)
          out[4 * k + l] += x[k][i] * y[l][i];
      }
}

ENG_CLONES double
eng_kernel_sum (gsize n, const double *x)
{
  double sums[WIDE] = { 0 };
  gsize  i = 0;

  for (; i + WIDE <= n; i += WIDE)
    for (int j = 0; j < WIDE; j++)
      sums[j] += x[i + j];
  for (int j = 0; i < n; i++, j++)
    sums[j] += x[i];
  return fold_wide (sums);
}

ENG_CLONES double
eng_kernel_square_distance (gsize n, const double *x, const double *y)
{
  double sums[WIDE] = { 0 };
  gsize  i = 0;

  for (; i + WIDE <= n; i += WIDE)
    for (int j = 0; j < WIDE; j++)
      sums[j] += (x[i + j] - y[i + j]) * (x[i + j] - y[i + j]);
  for (int j = 0; i < n; i++, j++)
    sums[j] += (x[i] - y[i]) * (x[i] - y[i]);
  return fold_wide (sums);
}
