/* SPDX-License-Identifier: GPL-3.0-or-later
 * Kernel matrices, by blocks of rows with the map fused behind the product. */
#include "config.h"

#include "eng-kernel.h"

#include "eng-kernels.h"
#include "eng-two-layer.h"

#include <math.h>
#include <string.h>

static gsize
count_levels (const EngKernel *kernel)
{
  return kernel->kind == ENG_KERNEL_NETWORK ? kernel->layers : 1;
}

/* Whether E σσ is that of infinitely many neurons. */
static gboolean
is_dual (const EngKernel *kernel)
{
  return kernel->kind == ENG_KERNEL_NETWORK && kernel->n_neurons == 0;
}

static gsize
count_coefficients (const EngKernel *kernel)
{
  return is_dual (kernel) ? eng_dual_get_n_coefficients (&kernel->dual) : 0;
}

/* --- neurons ----------------------------------------------------------------------- */

void
eng_kernel_draw (EngKernel         *self,
                 const EngSettings *settings,
                 gsize              d,
                 guint64            seed,
                 EngArena          *arena)
{
  gsize              m = self->n_neurons;
  g_autoptr (EngRng) rng = eng_rng_new (seed, "w0", 1);
  g_autofree float  *drawn = g_new (float, m *d + 1), *b = g_new (float, m + 1);
  g_autofree float  *a = g_new (float, m + 1);
  EngMatF            rows = { m, d, drawn };
  double scale = self->has_coordinate ? sqrt ((double) d / ((double) d + 1.0)) : 1.0;

  if (m == 0)
    return;
  self->w0 = eng_arena_mat (arena, m, d);
  self->b = eng_arena_doubles (arena, m);
  eng_two_layer_draw_start (settings, seed, &rows, a, b);
  for (gsize i = 0; i < m * d; i++)
    self->w0.data[i] = scale * drawn[i];
  for (gsize r = 0; r < m; r++)
    self->b[r] = b[r] + (self->has_coordinate ? scale * eng_rng_gaussian (rng) : 0.0);
}

gboolean
eng_kernel_has_limit (const EngKernel *self)
{
  return self->n_neurons > 0
         && (!self->is_on_sphere
             || (self->dual.activation->is_relu && !self->has_coordinate
                 && !(self->bias > 0.0)));
}

EngKernel
eng_kernel_widened (const EngKernel *self)
{
  EngKernel wide = *self;

  wide.n_neurons = 0;
  return wide;
}

static void
set_neurons (EngKernelInputs *self, const EngKernel *kernel, gsize i)
{
  gsize                m = kernel->n_neurons;
  const EngActivation *activation = kernel->dual.activation;

  memcpy (self->z, kernel->b, m * sizeof (double));
  eng_la_gemv (1.0, &kernel->w0, self->x.data + i * self->x.cols, 1.0, self->z);
  activation->value (m, self->z, self->values.data + i * m);
  activation->first (m, self->z, self->slopes.data + i * m);
}

/* --- memory ------------------------------------------------------------------------ */

void
eng_kernel_inputs_init (EngKernelInputs *self,
                        const EngKernel *kernel,
                        gsize            n,
                        EngArena        *arena)
{
  gsize levels = count_levels (kernel);

  self->variances = eng_arena_mat (arena, levels, n);
  self->coefficients = eng_arena_mat (arena, levels * n, count_coefficients (kernel));
  self->values = eng_arena_mat (arena, n, kernel->n_neurons);
  self->slopes = eng_arena_mat (arena, n, kernel->n_neurons);
  self->z = eng_arena_doubles (arena, kernel->n_neurons);
}

double
eng_kernel_inputs_estimate_bytes (const EngKernel *kernel, double n)
{
  return sizeof (double)
         * (n * (double) count_levels (kernel)
                * (1.0 + (double) count_coefficients (kernel))
            + (2.0 * n + 1.0) * (double) kernel->n_neurons);
}

void
eng_kernel_work_init (EngKernelWork   *self,
                      const EngKernel *kernel,
                      gsize            most,
                      EngArena        *arena)
{
  gsize rows = kernel->n_neurons > 0 ? ENG_BLOCK_ROWS : 0;

  self->most = most;
  self->cancel = NULL;
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      self->rows[lane] = eng_arena_doubles (arena, 2 * most);
      self->block[lane] = eng_arena_mat (arena, rows, most);
    }
}

double
eng_kernel_work_estimate_bytes (const EngKernel *kernel, double most)
{
  return sizeof (double) * ENG_N_LANES * most
         * (2.0 + (kernel->n_neurons > 0 ? ENG_BLOCK_ROWS : 0.0));
}

/* --- inputs ------------------------------------------------------------------------ */

/* S⁰ from x·x'. */
static double
normalise (const EngKernel *self, gsize d, double product)
{
  double n = (double) d;

  return self->has_coordinate ? (product + n) / (n + 1.0) : product / n;
}

static double *
get_coefficients (const EngKernelInputs *self, gsize level, gsize i)
{
  const EngMat *all = &self->coefficients;

  return all->data + (level * self->variances.cols + i) * all->cols;
}

static void
set_input (EngKernelInputs *self, const EngKernel *kernel, gsize i)
{
  gsize         n = self->variances.cols, d = self->x.cols;
  const double *x = self->x.data + i * d;
  double        variance = normalise (kernel, d, eng_la_dot (d, x, x));

  self->variances.data[i] = variance;
  if (kernel->n_neurons > 0)
    set_neurons (self, kernel, i);
  if (!is_dual (kernel))
    return;
  variance += kernel->bias * kernel->bias;
  for (guint level = 0; level < kernel->layers; level++)
    {
      double *coefficients = get_coefficients (self, level, i), value, slope;

      self->variances.data[level * n + i] = variance;
      eng_dual_find_coefficients (&kernel->dual, variance, coefficients);
      eng_dual_evaluate (&kernel->dual, variance, coefficients, 1, &variance,
                         coefficients, &variance, &value, &slope);
      variance = kernel->scale * value;
    }
}

void
eng_kernel_inputs_set (EngKernelInputs *self,
                       const EngKernel *kernel,
                       const EngMat    *x,
                       const int       *cancel)
{
  g_assert (x->rows <= self->variances.cols);
  self->x = *x;
  self->values.rows = self->slopes.rows = x->rows;
  for (gsize i = 0; i < x->rows; i++)
    {
      if (cancel != NULL && g_atomic_int_get (cancel) != 0)
        return;
      set_input (self, kernel, i);
    }
}

/* --- maps of a row ----------------------------------------------------------------- */

typedef struct
{
  const EngKernel       *kernel;
  const EngKernelInputs *x, *z;
  EngKernelWork         *work;
  EngMat                *k;
} Fill;

/* s (n): S⁰ of row i; becomes the row of K.  T <- (T + α_l S^{l−1}) ∘ Ṡ^l level by level. */
static void
map_network (const Fill *fill, guint lane, gsize i, double *s)
{
  const EngKernel *kernel = fill->kernel;
  gsize            n = fill->z->x.rows;
  double          *sum = fill->work->rows[lane], *slopes = sum + n;
  gboolean         is_same = fill->x->x.data == fill->z->x.data;
  double           shift = kernel->bias * kernel->bias;

  for (gsize j = 0; j < n; j++)
    sum[j] = 0.0;
  for (guint level = 0; level < kernel->layers; level++)
    {
      double        a = fill->x->variances.data[level * fill->x->variances.cols + i];
      const double *b = fill->z->variances.data + level * fill->z->variances.cols;

      if (is_same)
        s[i] = a - (level == 0 ? shift : 0.0);
      for (gsize j = 0; j < n; j++)
        sum[j] += kernel->weights[level] * s[j];
      for (gsize j = 0; j < n && level == 0; j++)
        s[j] += shift;
      if (is_same)
        s[i] = a;
      eng_dual_evaluate (&kernel->dual, a, get_coefficients (fill->x, level, i), n, b,
                         get_coefficients (fill->z, level, 0), s, s, slopes);
      for (gsize j = 0; j < n; j++)
        {
          s[j] *= kernel->scale;
          sum[j] *= kernel->scale * slopes[j];
        }
    }
  for (gsize j = 0; j < n; j++)
    s[j] = sum[j] + kernel->weights[kernel->layers] * s[j];
}

static void
map_distances (const Fill *fill, gsize i, double *s)
{
  const EngKernel *kernel = fill->kernel;
  gsize            n = fill->z->x.rows;
  double           a = fill->x->variances.data[i], d = (double) fill->x->x.cols;
  /* |x − x'|²/d = (S⁰ (x, x) + S⁰ (x', x') − 2 S⁰) (d + 1)/d with the coordinate √d. */
  double unit = kernel->has_coordinate ? (d + 1.0) / d : 1.0;

  for (gsize j = 0; j < n; j++)
    {
      double square = unit * fmax (a + fill->z->variances.data[j] - 2.0 * s[j], 0.0);

      if (fill->x->x.data == fill->z->x.data && i == j)
        square = 0.0;
      s[j] = kernel->kind == ENG_KERNEL_LAPLACE
                 ? exp (-sqrt (square) / kernel->width)
                 : exp (-0.5 * square / kernel->width / kernel->width);
    }
}

/* By products, which are several times faster than pow (). */
static void
map_power (const Fill *fill, guint lane, double *s)
{
  const EngKernel *kernel = fill->kernel;
  gsize            n = fill->z->x.rows;
  double          *base = fill->work->rows[lane];

  for (gsize j = 0; j < n; j++)
    base[j] = s[j] += kernel->offset;
  for (guint power = 1; power < kernel->degree; power++)
    for (gsize j = 0; j < n; j++)
      s[j] *= base[j];
}

static void
map_row (const Fill *fill, guint lane, gsize i, double *s)
{
  const EngKernel *kernel = fill->kernel;

  switch (kernel->kind)
    {
    case ENG_KERNEL_NETWORK:
      map_network (fill, lane, i, s);
      break;
    case ENG_KERNEL_LAPLACE:
    case ENG_KERNEL_RBF:
      map_distances (fill, i, s);
      break;
    case ENG_KERNEL_POLYNOMIAL:
      map_power (fill, lane, s);
      break;
    }
}

/* k: S⁰ of these rows; becomes those of α₁ K1 + α₂ K2 of the neurons. */
static void
map_neurons (const Fill *fill, guint lane, gsize first, EngMat *k)
{
  const EngKernel *kernel = fill->kernel;
  gsize            m = kernel->n_neurons, n = k->rows * k->cols;
  EngMat           slopes = { k->rows, m, fill->x->slopes.data + first * m };
  EngMat           values = { k->rows, m, fill->x->values.data + first * m };
  EngMat           block = { k->rows, k->cols, fill->work->block[lane].data };
  double           mean = kernel->scale / (double) m;

  eng_la_gemm_nt (mean * kernel->weights[0], &slopes, &fill->z->slopes, 0.0, &block);
  for (gsize i = 0; i < n; i++)
    k->data[i] *= block.data[i];
  eng_la_gemm_nt (mean * kernel->weights[1], &values, &fill->z->values, 1.0, k);
}

static void
fill_rows (const Fill *fill, guint lane, gsize first, EngMat *k)
{
  gsize  d = fill->x->x.cols, m = fill->z->x.rows;
  EngMat x = { k->rows, d, fill->x->x.data + first * d };

  eng_la_gemm_nt (1.0, &x, &fill->z->x, 0.0, k);
  for (gsize i = 0; i < k->rows; i++)
    {
      double *s = k->data + i * m;

      for (gsize j = 0; j < m; j++)
        s[j] = normalise (fill->kernel, d, s[j]);
      if (fill->kernel->n_neurons == 0)
        map_row (fill, lane, first + i, s);
    }
  if (fill->kernel->n_neurons > 0)
    map_neurons (fill, lane, first, k);
}

static gboolean
should_stop (const EngKernelWork *work)
{
  return work->cancel != NULL && g_atomic_int_get (work->cancel) != 0;
}

static void
fill_lane (guint lane, gpointer data)
{
  const Fill *fill = data;
  gsize       n = fill->x->x.rows, m = fill->z->x.rows;

  for (gsize block = lane; block < eng_lanes_n_blocks (n) && !should_stop (fill->work);
       block += ENG_N_LANES)
    {
      gsize  first = block * ENG_BLOCK_ROWS;
      EngMat k = { MIN (ENG_BLOCK_ROWS, n - first), m, fill->k->data + first * m };

      fill_rows (fill, lane, first, &k);
    }
}

void
eng_kernel_fill (const EngKernel       *self,
                 const EngKernelInputs *x,
                 const EngKernelInputs *z,
                 EngKernelWork         *work,
                 EngLanes              *lanes,
                 EngMat                *k)
{
  Fill fill = { self, x, z, work, k };

  g_assert (k->rows == x->x.rows && k->cols == z->x.rows && z->x.rows <= work->most);
  eng_lanes_run (lanes, eng_lanes_for_rows (x->x.rows), fill_lane, &fill);
}

void
eng_kernel_fill_rows (const EngKernel       *self,
                      const EngKernelInputs *x,
                      gsize                  first,
                      const EngKernelInputs *z,
                      EngKernelWork         *work,
                      guint                  lane,
                      EngMat                *k)
{
  Fill fill = { self, x, z, work, NULL };

  g_assert (k->cols == z->x.rows && first + k->rows <= x->x.rows);
  g_assert (z->x.rows <= work->most);
  fill_rows (&fill, lane, first, k);
}
