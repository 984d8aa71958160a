/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Jacobian on the training inputs: its singular values, its bounds. */
#include "config.h"

#include "eng-basis.h"
#include "eng-jacobian.h"
#include "eng-kernels.h"

#include <math.h>
#include <string.h>

/* Eigenvalues below this share of the largest one are rounding of the products. */
#define ROUNDING 1e-13

void
eng_jacobian_init (EngJacobian       *self,
                   const EngTwoLayer *student,
                   gsize              n,
                   EngArena          *arena)
{
  gsize size = MAX (n, student->d);

  eng_analysis_init (&self->analysis, student->m, student->d, arena);
  self->x = eng_arena_mat (arena, n, student->d);
  self->inputs = eng_arena_mat (arena, n, n);
  self->features = eng_arena_mat (arena, n, student->m);
  self->start = eng_arena_mat (arena, n, student->m);
  self->gram = eng_arena_mat (arena, n, n);
  self->covariance = eng_arena_mat (arena, student->d, student->d);
  self->values = eng_arena_doubles (arena, size);
  self->work = eng_arena_doubles (arena, eng_la_eigh_doubles (size));
  self->integers = eng_arena_bytes (arena, eng_la_eigh_integers (size), sizeof (int));
}

double
eng_jacobian_estimate_bytes (double m, double d, double n)
{
  double size = MAX (n, d);

  return sizeof (double)
             * (2.0 * m * n + d * (n + d) + 2.0 * n * n + 2.0 * size * size + 12.0 * size)
         + eng_analysis_estimate_bytes (m, d);
}

/* Eigenvalues of `a`, which is destroyed, without what rounding left of zeros. */
static gboolean
find_eigenvalues (EngJacobian *self, EngMat *a, double *values)
{
  if (!eng_la_eigenvalues_with (a, values, self->work, self->integers))
    return FALSE;
  for (gsize i = 0; i < a->rows; i++)
    if (values[i] < ROUNDING * values[0])
      values[i] = 0.0;
  return TRUE;
}

/* (X*X)(X*X)ᵀ = (X Xᵀ) ∘ (X Xᵀ). */
static void
prepare_products (EngJacobian *self)
{
  gsize n = self->x.rows;

  for (gsize i = 0; i < n * n; i++)
    self->gram.data[i] = self->inputs.data[i] * self->inputs.data[i];
  self->smallest = self->largest = NAN;
  if (!find_eigenvalues (self, &self->gram, self->values))
    return;
  self->largest = sqrt (self->values[0]);
  self->smallest = sqrt (self->values[n - 1]);
}

void
eng_jacobian_prepare (EngJacobian *self, const EngTwoLayer *student, const EngMatF *x)
{
  for (gsize i = 0; i < x->rows * x->cols; i++)
    self->x.data[i] = x->data[i];
  eng_la_syrk (1.0, &self->x, 0.0, &self->inputs);
  prepare_products (self);
  eng_two_layer_features (student, &self->x, FALSE, &self->analysis, &self->start);
}

void
eng_jacobian_gram (EngJacobian       *self,
                   const EngTwoLayer *student,
                   gboolean           moved,
                   EngMat            *gram)
{
  eng_two_layer_features (student, &self->x, moved, &self->analysis, &self->features);
  eng_basis_kernel (&self->features, &self->inputs, 1.0, gram);
  if (!student->both_layers)
    return;
  eng_two_layer_hidden (student, &self->x, moved, &self->analysis, &self->features);
  eng_la_syrk (1.0, &self->features, 1.0, gram);
}

gboolean
eng_jacobian_eigenvalues (EngJacobian       *self,
                          const EngTwoLayer *student,
                          gboolean           moved,
                          double            *values,
                          EngMat            *vectors)
{
  eng_jacobian_gram (self, student, moved, &self->gram);
  if (vectors == NULL)
    return find_eigenvalues (self, &self->gram, values);
  memcpy (vectors->data, self->gram.data,
          self->gram.rows * self->gram.cols * sizeof (double));
  if (!eng_la_eigh_with (vectors, values, self->work, self->integers))
    return FALSE;
  for (gsize i = 0; i < vectors->rows; i++)
    if (values[i] < ROUNDING * values[0])
      values[i] = 0.0;
  return TRUE;
}

double
eng_jacobian_get_change (EngJacobian *self, const EngTwoLayer *student)
{
  if (student->both_layers)
    return NAN;
  eng_two_layer_features (student, &self->x, TRUE, &self->analysis, &self->features);
  for (gsize i = 0; i < self->features.rows * self->features.cols; i++)
    self->features.data[i] -= self->start.data[i];
  eng_basis_kernel (&self->features, &self->inputs, 1.0, &self->gram);
  if (!find_eigenvalues (self, &self->gram, self->values))
    return NAN;
  return sqrt (self->values[0]);
}

double
eng_jacobian_get_change_bound (const EngJacobian *self, const EngTwoLayer *student)
{
  double bound = student->activation->second_bound;
  double movement = sqrt (
      eng_kernel_square_sum (student->m * student->d, student->w.data));

  /* |a| = 1 for every neuron. */
  if (student->both_layers || !isfinite (bound))
    return NAN;
  return bound / sqrt ((double) student->m) * self->largest * movement;
}

/* covariance <- Vᵀ V, V = W0 + W or W0; its smallest eigenvalue. */
static double
smallest_square (EngJacobian *self, const EngTwoLayer *student, gboolean moved)
{
  EngMat *weights = &self->analysis.weights;

  if (student->m < student->d)
    return 0.0;
  for (gsize i = 0; i < student->m * student->d; i++)
    weights->data[i] = (double) student->w0.data[i]
                       + (moved ? (double) student->w.data[i] : 0.0);
  eng_la_gemm_tn (1.0, weights, weights, 0.0, &self->covariance);
  return find_eigenvalues (self, &self->covariance, self->values)
             ? self->values[student->d - 1]
             : NAN;
}

double
eng_jacobian_get_smallest_bound (EngJacobian       *self,
                                 const EngTwoLayer *student,
                                 gboolean           moved)
{
  double scale = student->activation->second_bound * self->smallest;

  if (!student->activation->is_square || student->has_bias || student->both_layers)
    return NAN;
  return scale * scale / (double) student->m * smallest_square (self, student, moved);
}
