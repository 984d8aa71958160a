/* SPDX-License-Identifier: GPL-3.0-or-later
 * The data set of an experiment: draws, targets, variance, and the polynomial basis that
 * splits the test error by degree. */
#include "config.h"

#include "eng-error.h"
#include "eng-harmonics.h"
#include "eng-lanes.h"
#include "eng-problem-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Pivots of the monomial basis below this share of the first belong to combinations that
 * vanish on the inputs (x_i² = 1 for signs, equal columns of own data). */
#define BASIS_TOLERANCE 1e-6

/* --- polynomial basis ---------------------------------------------------------- */

gsize
eng_problem_basis_size (gsize d, guint k)
{
  double size = 1.0;

  for (guint j = 1; j <= k; j++)
    size = size * ((double) d + j) / j;
  return size < 9e15 ? (gsize) (size + 0.5) : G_MAXSIZE;
}

static gboolean
is_on_sphere (const EngProblem *self)
{
  return self->has_law && self->inputs.law == ENG_LAW_SPHERE;
}

gsize
eng_problem_n_monomials (const EngProblem *self)
{
  return is_on_sphere (self) ? eng_harmonics_dimension_up_to (self->d, self->k)
                             : eng_problem_basis_size (self->d, self->k);
}

/* Monomials of degree exactly `left` more in variables `from` ... d − 1, times `value`;
 * the last variable only once if `last_once`. */
static double *
append_monomials (const float *x,
                  gsize        d,
                  gsize        from,
                  gboolean     last_once,
                  guint        left,
                  double       value,
                  double      *out)
{
  if (left == 0)
    {
      *out = value;
      return out + 1;
    }
  for (gsize j = from; j < d; j++)
    out = append_monomials (x, d, last_once && j == d - 1 ? d : j, last_once, left - 1,
                            value * x[j], out);
  return out;
}

void
eng_problem_basis (const EngProblem *self, const EngMatF *x, EngMat *basis)
{
  gboolean last_once = is_on_sphere (self);

  for (gsize i = 0; i < x->rows; i++)
    {
      const float *row = x->data + i * x->cols;
      double      *out = basis->data + i * basis->cols;

      for (guint degree = 0; degree <= self->k; degree++)
        out = append_monomials (row, x->cols, 0, last_once, degree, 1.0, out);
      g_assert (out == basis->data + (i + 1) * basis->cols);
    }
}

static gboolean
prepare_basis (EngProblem *self, GError **error)
{
  gsize rank;

  self->best_low_fit = NAN;
  if (eng_problem_n_monomials (self) > self->n_test / 4)
    return TRUE;
  self->test_basis = eng_arena_mat (self->arena, self->n_test,
                                    eng_problem_n_monomials (self));
  eng_problem_basis (self, &self->x_test, &self->test_basis);
  return eng_la_orthonormalise (&self->test_basis, BASIS_TOLERANCE, &rank, error);
}

/* What the best polynomial of degree <= k leaves of the target, relative to Var(f*): on
 * the points that it is fitted to, so that each of its coefficients counts for a point. */
static void
prepare_best_fit (EngProblem *self)
{
  g_autofree double *c = NULL;
  double             energy, mean_square, left;

  if (self->test_basis.cols == 0)
    return;
  /* Even functions of inputs with a symmetric law have no linear part. */
  if (self->truth.rank > 0 && self->k == 1)
    {
      self->best_low_fit = 1.0;
      return;
    }
  c = g_new (double, self->test_basis.cols);
  eng_la_gemv_t (1.0, &self->test_basis, self->y_test, 0.0, c);
  energy = eng_la_dot (self->test_basis.cols, c, c) / (double) self->n_test;
  mean_square = eng_la_dot (self->n_test, self->y_test, self->y_test)
                / (double) self->n_test;
  left = 1.0 - (double) self->test_basis.cols / (double) self->n_test;
  self->best_low_fit = MIN (MAX (mean_square - energy, 0.0) / (left * self->variance),
                            1.0);
}

/* --- construction -------------------------------------------------------------- */

static gboolean
prepare_variance (EngProblem *self, GError **error)
{
  double mean = 0.0, variance = 0.0;

  for (gsize i = 0; i < self->n_test; i++)
    mean += self->y_test[i] / (double) self->n_test;
  for (gsize i = 0; i < self->n_test; i++)
    variance += (self->y_test[i] - mean) * (self->y_test[i] - mean)
                / (double) self->n_test;
  self->variance = variance;
  if (isfinite (variance) && variance > 1e-300)
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               _ ("the target is constant on the test set: there is nothing to learn"));
  return FALSE;
}

EngProblem *
eng_problem_new (EngSpec *spec, double max_bytes, const int *cancel, GError **error)
{
  g_autoptr (EngProblem) self = g_new0 (EngProblem, 1);

  self->klass = eng_spec_get_problem_class (spec);
  self->spec = eng_spec_ref (spec);
  self->settings = eng_spec_get_problem (spec);
  self->arena = eng_arena_new ();
  self->max_bytes = max_bytes;
  self->cancel = cancel;
  self->state = eng_arena_bytes (self->arena, 1, MAX (self->klass->state_size, 1));
  eng_problem_read_sampling (self);
  self->k = eng_settings_has (eng_spec_get_observe (spec), "k")
                ? (guint) eng_settings_get_int (eng_spec_get_observe (spec), "k")
                : self->klass->dense_degree (self->settings);
  if (!self->klass->prepare (self, error))
    return NULL;
  if (self->klass->load == NULL)
    eng_problem_draw (self);
  else if (!self->klass->load (self, error))
    return NULL;
  if (eng_problem_should_stop (self))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_CANCELLED,
                   _ ("the preparation was stopped"));
      return NULL;
    }
  if (!prepare_variance (self, error) || !prepare_basis (self, error))
    return NULL;
  prepare_best_fit (self);
  eng_arena_seal (self->arena);
  return g_steal_pointer (&self);
}

EngSolutions *
eng_problem_get_solutions (EngProblem *self)
{
  if (self->solutions == NULL)
    self->solutions = eng_solutions_new (self->d);
  return self->solutions;
}

void
eng_problem_fill_span (const EngProblem *self, EngMat *span)
{
  gsize most = span->rows, d = span->cols;

  span->rows = 0;
  for (gsize s = 0; s < self->directions.rows && span->rows < most; s++)
    {
      memcpy (span->data + span->rows * d, self->directions.data + s * d,
              d * sizeof (double));
      if (eng_la_orthonormalise_row (span, span->rows))
        span->rows++;
    }
}

gboolean
eng_problem_should_stop (const EngProblem *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

void
eng_problem_free (EngProblem *self)
{
  if (self->klass->clear != NULL)
    self->klass->clear (self);
  g_clear_pointer (&self->train_starts, g_ptr_array_unref);
  g_clear_pointer (&self->solutions, eng_solutions_free);
  eng_arena_free (self->arena);
  eng_spec_unref (self->spec);
  g_free (self);
}

/* The largest of what teachers take, if theirs do not say: a d × d form. */
static double
estimate_teacher (const EngProblemClass *klass, const EngSettings *settings, double d)
{
  if (klass->estimate_teacher != NULL)
    return klass->estimate_teacher (settings, d);
  return sizeof (double) * d * d;
}

static double
estimate_rank (const EngSettings *settings)
{
  return eng_settings_has (settings, "rank") ? eng_settings_get_double (settings, "rank")
                                             : 0.0;
}

/* `observe.drift-points`, as far as there are so many test inputs. */
static double
count_drift (EngSpec *spec, double n_test)
{
  return MIN (eng_settings_get_double (eng_spec_get_observe (spec), "drift-points"),
              n_test);
}

gboolean
eng_problem_spec_sizes (EngSpec *spec, EngSizes *sizes)
{
  const EngProblemClass *klass = eng_spec_get_problem_class (spec);
  const EngSettings     *settings = eng_spec_get_problem (spec);
  const EngSettings     *observe = eng_spec_get_observe (spec);

  if (!eng_settings_has (settings, "d"))
    return FALSE;
  sizes->d = eng_settings_get_double (settings, "d");
  sizes->n = eng_settings_get_double (settings, "n");
  sizes->n_test = eng_settings_get_double (settings, "n-test");
  sizes->streamed = eng_problem_is_streamed (settings);
  sizes->teacher = estimate_teacher (klass, settings, sizes->d);
  sizes->rank = estimate_rank (settings);
  sizes->n_drift = count_drift (spec, sizes->n_test);
  sizes->k = eng_settings_has (observe, "k") ? (guint) eng_settings_get_int (observe, "k")
                                             : klass->dense_degree (settings);
  return TRUE;
}

gboolean
eng_problem_spec_has_truth (EngSpec *spec)
{
  const EngProblemClass *klass = eng_spec_get_problem_class (spec);

  return klass->has_truth != NULL && klass->has_truth (eng_spec_get_problem (spec));
}

EngSizes
eng_problem_get_sizes (const EngProblem *self)
{
  double d = (double) self->d;

  return (EngSizes){
    .d = d,
    .n = (double) self->n,
    .n_test = (double) self->n_test,
    .k = self->k,
    .streamed = self->streamed,
    .teacher = estimate_teacher (self->klass, self->settings, d),
    .n_drift = count_drift (self->spec, (double) self->n_test),
  };
}

double
eng_problem_estimate_bytes (const EngSizes *sizes)
{
  double row = sizeof (float) * sizes->d, targets = 4.0 * sizeof (double);
  double train = sizes->streamed ? ENG_RNG_BYTES / ENG_BLOCK_ROWS : row;
  double basis = (double) eng_problem_basis_size ((gsize) sizes->d, sizes->k);

  /* The basis is orthonormalised on a copy. */
  return sizes->teacher + sizes->n * (train + targets) + sizes->n_test * (row + targets)
         + (basis <= sizes->n_test ? 2 * basis * sizes->n_test * sizeof (double) : 0.0);
}
