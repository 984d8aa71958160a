/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dense plus sparse teacher (D2): a dense polynomial of every degree <= k, plus R
 * polynomials of degree k + 1 of one direction each. */
#include "config.h"

#include "eng-error.h"
#include "eng-ridge-sum.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_DENSE_DEGREE 3
/* A random cubic form is a sum of this many random directions at most: enough to have no
 * low-rank structure at the sizes a window trains. */
#define MAX_DENSE_TERMS 1000

typedef struct
{
  guint       k;
  EngRidgeSum ridges; /* degree 1 (one direction), then the R sparse terms */
  EngMat      form;   /* (d, d) traceless, degree 2; 0 rows if k < 2 */
  double      form_scale, form_shift;
  EngRidgeSum cubic; /* degree 3; 0 terms if k < 3 */
} DensePlusSparse;

static const EngParam params[] = {
  { .key = "rank",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = ENG_PARAM_LIST_MAX,
    .fallback = "1",
    .title = N_ ("Rank r"),
    .help = N_ ("sparse terms of degree k + 1") },
  { .key = "dense-degree",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = MAX_DENSE_DEGREE,
    .fallback = "1",
    .title = N_ ("Dense Degree k"),
    .help = N_ ("every degree up to k is dense") },
  { .key = "dense-weights",
    .kind = ENG_PARAM_LIST,
    .min = -1e6,
    .max = 1e6,
    .flags = ENG_PARAM_OPTIONAL | ENG_PARAM_ADVANCED,
    .title = N_ ("Dense Weights"),
    .help = N_ ("of degrees 1 to k; by default every degree has the same variance") },
  { .key = "weights",
    .kind = ENG_PARAM_LIST,
    .min = -1e6,
    .max = 1e6,
    .flags = ENG_PARAM_OPTIONAL | ENG_PARAM_ADVANCED,
    .title = N_ ("Sparse Weights"),
    .help = N_ ("of the r sparse terms; by default they share one degree's variance") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_problem_common_params, params,
                                          eng_ridge_sum_params,
                                          eng_problem_sampling_params, NULL };

static gboolean
check_length (const EngSettings *settings, const char *key, gsize wanted, GError **error)
{
  gsize length;

  if (!eng_settings_has (settings, key))
    return TRUE;
  eng_settings_get_list (settings, key, &length);
  if (length == wanted)
    return TRUE;
  return eng_error_refuse (error, "problem", key,
                           g_dngettext (GETTEXT_PACKAGE, "must have %zu number, got %zu",
                                        "must have %zu numbers, got %zu", wanted),
                           wanted, length);
}

static gboolean
check (const EngSettings *settings, GError **error)
{
  gsize    rank = (gsize) eng_settings_get_int (settings, "rank");
  gsize    d = (gsize) eng_settings_get_int (settings, "d");
  gsize    k = (gsize) eng_settings_get_int (settings, "dense-degree");
  gboolean orthogonal = eng_settings_is_choice (settings, "directions", "orthogonal");

  if (orthogonal && rank + 1 > d)
    {
      return eng_error_refuse (error, "problem", "rank",
                               _ ("must be at most d − 1 = %zu for directions orthogonal "
                                  "to the dense one, got %zu"),
                               d - 1, rank);
    }
  return check_length (settings, "dense-weights", k, error)
         && check_length (settings, "weights", rank, error);
}

static guint
dense_degree (const EngSettings *settings)
{
  return (guint) eng_settings_get_int (settings, "dense-degree");
}

/* Directions of the sparse terms and of what is dense in degrees 1 and 3; the form. */
static double
estimate_teacher (const EngSettings *settings, double d)
{
  guint  k = dense_degree (settings);
  double rows = eng_settings_get_double (settings, "rank") + 1.0;

  if (k >= 2)
    rows += d;
  if (k >= 3)
    rows += MIN (MAX_DENSE_TERMS, 4.0 * d);
  return sizeof (double) * d * rows;
}

/* --- degree 2: x'Mx with a random traceless symmetric M ------------------------- */

static double
form_value (const EngMat *form, const float *x)
{
  gsize  d = form->cols;
  double sum = 0.0;

  for (gsize i = 0; i < d; i++)
    {
      const double *row = form->data + i * d;
      double        inner = 0.0;

      for (gsize j = 0; j < d; j++)
        inner += row[j] * x[j];
      sum += inner * x[i];
    }
  return sum;
}

static void
draw_form (DensePlusSparse *self, EngRng *rng)
{
  gsize  d = self->form.rows;
  double trace = 0.0;

  for (gsize i = 0; i < d; i++)
    for (gsize j = 0; j <= i; j++)
      {
        /* A symmetric Gaussian matrix: off-diagonal entries are means of two. */
        double value = eng_rng_gaussian (rng) * (i == j ? 1.0 : sqrt (0.5));

        self->form.data[i * d + j] = value;
        self->form.data[j * d + i] = value;
      }
  for (gsize i = 0; i < d; i++)
    trace += self->form.data[i * d + i];
  for (gsize i = 0; i < d; i++)
    self->form.data[i * d + i] -= trace / (double) d;
}

/* Mean and standard deviation of `value` over fresh inputs. */
typedef double (*RowFunc) (const DensePlusSparse *self,
                           const EngProblem      *problem,
                           const float           *x);

static void
normalise_empirically (const DensePlusSparse *self,
                       EngProblem            *problem,
                       RowFunc                value,
                       EngRng                *rng,
                       double                *shift,
                       double                *scale)
{
  g_autofree float *row = g_new (float, problem->d);
  EngMatF           x = { 1, problem->d, row };
  double            mean = 0.0, square = 0.0;

  for (gsize i = 0; i < ENG_INPUTS_EMPIRICAL; i++)
    {
      double v;

      eng_inputs_sample (&problem->inputs, rng, &x);
      v = value (self, problem, row);
      mean += v / ENG_INPUTS_EMPIRICAL;
      square += v * v / ENG_INPUTS_EMPIRICAL;
    }
  *shift = mean;
  *scale = 1.0 / sqrt (square - mean * mean);
}

static double
form_row (const DensePlusSparse *self, const EngProblem *problem, const float *x)
{
  return form_value (&self->form, x);
}

/* Var (x'Mx) = 2 |M|²_F for Gaussian inputs and 2d/(d+2) |M|²_F on the sphere. */
static void
normalise_form (DensePlusSparse *self, EngProblem *problem, EngRng *rng)
{
  gsize  d = problem->d;
  double square = eng_la_dot (d * d, self->form.data, self->form.data);

  self->form_shift = 0.0;
  if (problem->inputs.law == ENG_LAW_SPHERE)
    self->form_scale = 1.0 / sqrt (2.0 * (double) d / ((double) d + 2.0) * square);
  else if (problem->inputs.law == ENG_LAW_GAUSSIAN)
    self->form_scale = 1.0 / sqrt (2.0 * square);
  else
    normalise_empirically (self, problem, form_row, rng, &self->form_shift,
                           &self->form_scale);
}

/* --- degree 3: many random directions ------------------------------------------- */

static double
cubic_row (const DensePlusSparse *self, const EngProblem *problem, const float *x)
{
  EngMatF row = { 1, problem->d, (float *) x };
  double  y = 0.0;

  eng_ridge_sum_add (&self->cubic, problem, &row, &y, NULL);
  return y;
}

static gboolean
prepare_cubic (DensePlusSparse *self,
               EngProblem      *problem,
               double           weight,
               EngRng          *rng,
               GError         **error)
{
  guint  degrees[MAX_DENSE_TERMS];
  gsize  n = MIN (MAX_DENSE_TERMS, 4 * problem->d);
  double shift, scale;

  eng_ridge_sum_init (&self->cubic, n, problem->d, problem->arena);
  for (gsize s = 0; s < n; s++)
    {
      eng_rng_fill_direction (rng, problem->d,
                              self->cubic.directions.data + s * problem->d);
      self->cubic.coefficients[s] = eng_rng_gaussian (rng);
      degrees[s] = 3;
    }
  if (!eng_ridge_sum_normalise (&self->cubic, problem, degrees, FALSE, rng, error))
    return FALSE;
  normalise_empirically (self, problem, cubic_row, rng, &shift, &scale);
  for (gsize s = 0; s < n; s++)
    self->cubic.coefficients[s] *= scale * weight;
  return TRUE;
}

/* --- class ----------------------------------------------------------------------- */

static gboolean
prepare_ridges (DensePlusSparse *self,
                EngProblem      *problem,
                double           share,
                EngRng          *rng,
                GError         **error)
{
  const EngSettings *settings = problem->settings;
  gsize              rank = (gsize) eng_settings_get_int (settings, "rank");
  gsize              n_dense, n_sparse;
  const double      *dense = eng_settings_get_list (settings, "dense-weights", &n_dense);
  const double      *sparse = eng_settings_get_list (settings, "weights", &n_sparse);
  guint              degrees[ENG_PARAM_LIST_MAX + 1];
  EngRidgeSum       *ridges = &self->ridges;

  eng_ridge_sum_init (ridges, rank + 1, problem->d, problem->arena);
  eng_ridge_sum_draw_directions (settings, rng, &ridges->directions);
  degrees[0] = 1;
  ridges->coefficients[0] = n_dense > 0 ? dense[0] : share;
  for (gsize s = 1; s <= rank; s++)
    {
      degrees[s] = self->k + 1;
      ridges->coefficients[s] = n_sparse > 0 ? sparse[s - 1]
                                             : share / sqrt ((double) rank);
    }
  eng_ridge_sum_apply_signs (settings, rng, rank, ridges->coefficients + 1);
  problem->directions = (EngMat){ rank, problem->d,
                                  ridges->directions.data + problem->d };
  return eng_ridge_sum_normalise (ridges, problem, degrees,
                                  eng_settings_is_choice (settings, "form", "raw"), rng,
                                  error);
}

static gboolean
prepare (EngProblem *problem, GError **error)
{
  DensePlusSparse   *self = problem->state;
  g_autoptr (EngRng) rng = eng_rng_new (eng_spec_get_seed (problem->spec), "teacher", 0);
  gsize              n_dense;
  const double      *dense = eng_settings_get_list (problem->settings, "dense-weights",
                                                    &n_dense);
  double             share;

  self->k = dense_degree (problem->settings);
  share = sqrt (1.0 / (self->k + 1.0));
  if (!prepare_ridges (self, problem, share, rng, error))
    return FALSE;
  if (self->k >= 2)
    {
      self->form = eng_arena_mat (problem->arena, problem->d, problem->d);
      draw_form (self, rng);
      normalise_form (self, problem, rng);
      self->form_scale *= n_dense > 0 ? dense[1] : share;
      eng_ridge_sum_register_degree (problem, 2);
    }
  if (self->k >= 3)
    return prepare_cubic (self, problem, n_dense > 0 ? dense[2] : share, rng, error);
  return TRUE;
}

static void
target (EngProblem *problem, const EngMatF *x, double *y, double *parts)
{
  DensePlusSparse *self = problem->state;
  guint            row = 0;

  memset (y, 0, x->rows * sizeof (double));
  eng_ridge_sum_add (&self->ridges, problem, x, y, parts);
  if (self->k >= 2)
    {
      while (problem->degrees[row] != 2)
        row++;
      for (gsize i = 0; i < x->rows; i++)
        {
          double value = self->form_scale
                         * (form_value (&self->form, x->data + i * x->cols)
                            - self->form_shift);

          y[i] += value;
          if (parts != NULL)
            parts[row * x->rows + i] += value;
        }
    }
  if (self->k >= 3)
    eng_ridge_sum_add (&self->cubic, problem, x, y, parts);
}

/* Of the sparse terms, then of the dense ones, degree by degree. */
static void
add_arrays (EngProblem *problem, EngArrays *arrays)
{
  const DensePlusSparse *self = problem->state;
  const EngRidgeSum     *ridges = &self->ridges;

  eng_arrays_add (arrays, "weights", ridges->n_terms - 1, ridges->coefficients + 1);
  eng_arrays_add (arrays, "dense-direction", problem->d, ridges->directions.data);
  eng_arrays_add (arrays, "dense-weight", 1, ridges->coefficients);
  if (self->k >= 2)
    {
      double constant = -self->form_scale * self->form_shift;

      eng_arrays_add_mat (arrays, "form", &self->form);
      eng_arrays_add (arrays, "form-scale", 1, &self->form_scale);
      eng_arrays_add (arrays, "form-constant", 1, &constant);
    }
  if (self->k >= 3)
    {
      eng_arrays_add_mat (arrays, "cubic-directions", &self->cubic.directions);
      eng_arrays_add (arrays, "cubic-weights", self->cubic.n_terms,
                      self->cubic.coefficients);
    }
}

const EngProblemClass eng_problem_dense_plus_sparse = {
  .id = "dense-plus-sparse",
  .title = N_ ("Dense + sparse"),
  .help = N_ ("a dense polynomial of degree k plus r sparse terms of degree k + 1"),
  .tables = tables,
  .state_size = sizeof (DensePlusSparse),
  .check = check,
  .dense_degree = dense_degree,
  .estimate_teacher = estimate_teacher,
  .prepare = prepare,
  .target = target,
  .add_arrays = add_arrays,
};
