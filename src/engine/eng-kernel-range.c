/* SPDX-License-Identifier: GPL-3.0-or-later
 * The size of kernels: activations that grow or shrink as a power do so to the power of the
 * depth, beyond what numbers hold.  Off the diagonal no kernel is larger than on it. */
#include "config.h"

#include "eng-error.h"
#include "eng-kernel.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Solvers take squares of entries: these are numbers, and not zero, between the two. */
#define LARGEST  1e150
#define SMALLEST 1e-150

static void
include (double *largest, double value)
{
  *largest = isfinite (value) ? fmax (*largest, value) : INFINITY;
}

/* S^l and T_l = (T_{l−1} + α_l S^{l−1}) Ṡ^l of one input with itself, level by level. */
static double
measure_network (const EngKernel       *kernel,
                 const EngKernelInputs *x,
                 gsize                  i,
                 EngKernelRange        *range)
{
  const EngDual *dual = &kernel->dual;
  gsize          n = x->variances.cols, stride = x->coefficients.cols;
  double         shift = kernel->bias * kernel->bias, sum = 0.0, slope;
  double         signal = x->variances.data[i] - shift;

  for (guint level = 0; level < kernel->layers; level++)
    {
      double        a = x->variances.data[level * n + i], value;
      const double *c = x->coefficients.data + (level * n + i) * stride;

      eng_dual_evaluate (dual, a, c, 1, &a, c, &a, &value, &slope);
      sum = (sum + kernel->weights[level] * signal) * kernel->scale * slope;
      signal = kernel->scale * value;
      include (&range->layers[level], sum + signal);
    }
  return sum + kernel->weights[kernel->layers] * signal;
}

static double
measure_neurons (const EngKernel *kernel, const EngKernelInputs *x, gsize i)
{
  gsize         m = kernel->n_neurons;
  const double *values = x->values.data + i * m, *slopes = x->slopes.data + i * m;

  return kernel->scale / (double) m
         * (kernel->weights[0] * x->variances.data[i] * eng_la_dot (m, slopes, slopes)
            + kernel->weights[1] * eng_la_dot (m, values, values));
}

static double
measure (const EngKernel       *kernel,
         const EngKernelInputs *x,
         gsize                  i,
         EngKernelRange        *range)
{
  switch (kernel->kind)
    {
    case ENG_KERNEL_POLYNOMIAL:
      return pow (kernel->offset + x->variances.data[i], kernel->degree);
    case ENG_KERNEL_NETWORK:
      return kernel->n_neurons > 0 ? measure_neurons (kernel, x, i)
                                   : measure_network (kernel, x, i, range);
    case ENG_KERNEL_LAPLACE:
    case ENG_KERNEL_RBF:
    default:
      return 1.0;
    }
}

void
eng_kernel_extend_range (const EngKernel       *self,
                         const EngKernelInputs *x,
                         EngKernelRange        *range)
{
  for (gsize i = 0; i < x->x.rows; i++)
    include (&range->total, measure (self, x, i, range));
}

/* --- words ------------------------------------------------------------------------- */

/* The layer, from 1, in which the kernel is first out of range; 0: none.  Inputs of
 * |x|² ≈ d are within range themselves, so that it is not the first. */
static guint
find_layer (const EngKernel *self, const EngKernelRange *range, gboolean overflows)
{
  gboolean has_layers = self->kind == ENG_KERNEL_NETWORK && self->n_neurons == 0;

  for (guint level = 0; level < self->layers && has_layers; level++)
    if (overflows ? range->layers[level] > LARGEST : range->layers[level] < SMALLEST)
      return level + 1;
  return 0;
}

static char *
describe_layers (const EngKernel *self, guint layer, gboolean overflows)
{
  return g_strdup_printf (
      overflows ? _ ("hidden must be at most %u with activation %s on these inputs, got "
                     "%u: in layer %u the kernel overflows, with values above %g")
                : _ ("hidden must be at most %u with activation %s on these inputs, got "
                     "%u: in layer %u the kernel vanishes, with values below %g"),
      layer - 1, self->dual.activation->id, self->layers, layer,
      overflows ? LARGEST : SMALLEST);
}

static char *
describe (const EngKernel *self, const EngKernelRange *range)
{
  gboolean overflows = range->total > LARGEST;
  guint    layer = find_layer (self, range, overflows);

  if (layer > 1)
    return describe_layers (self, layer, overflows);
  return g_strdup_printf (
      overflows ? _ ("the kernel of these inputs overflows, with values above %g")
                : _ ("the kernel of these inputs vanishes, with values below %g"),
      overflows ? LARGEST : SMALLEST);
}

gboolean
eng_kernel_check_range (const EngKernel      *self,
                        const EngKernelRange *range,
                        GError              **error)
{
  g_autofree char *words = NULL;

  if (range->total >= SMALLEST && range->total <= LARGEST)
    return TRUE;
  words = describe (self, range);
  g_set_error_literal (error, ENG_ERROR, ENG_ERROR_NUMERIC, words);
  return FALSE;
}
