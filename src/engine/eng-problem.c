/* SPDX-License-Identifier: GPL-3.0-or-later
 * The data set of an experiment: draws, targets, variance, and the polynomial basis that
 * splits the test error by degree. */
#include "config.h"

#include "eng-error.h"
#include "eng-harmonics.h"
#include "eng-problem.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Pivots of the monomial basis below this share of the first belong to combinations that
 * vanish on the inputs (x_i² = 1 for signs, equal columns of own data). */
#define BASIS_TOLERANCE 1e-6

/* Rows drawn between two looks at whether to stop. */
#define SAMPLE_ROWS 1024

static const EngChoice laws[] = {
  { "sphere", N_ ("Sphere of radius √d") },
  { "gaussian", N_ ("Gaussian") },
  { "elliptical", N_ ("Correlated Gaussian") },
  { "uniform", N_ ("Uniform") },
  { "signs", N_ ("Signs, ±1") },
  { NULL, NULL },
};

const EngParam eng_problem_common_params[] = {
  { .key = "kind",
    .kind = ENG_PARAM_TEXT,
    .title = N_ ("Family"),
    .help = N_ ("what the teacher is made of") },
  { .key = "seed",
    .kind = ENG_PARAM_INT,
    .min = 0,
    .max = 9007199254740991.0,
    .fallback = "1",
    .title = N_ ("Seed"),
    .help = N_ ("same seed, same teacher, data and initial weights") },
  ENG_PARAM_END,
};

#define SAMPLING_PARAMS(default_d, default_n, default_law)                               \
  { .key = "d",                                                                          \
    .kind = ENG_PARAM_INT,                                                               \
    .min = 2,                                                                            \
    .max = 10000,                                                                        \
    .fallback = default_d,                                                               \
    .title = N_ ("Dimension d"),                                                         \
    .help = N_ ("number of inputs of the teacher") },                                    \
      { .key = "n",                                                                      \
        .kind = ENG_PARAM_INT,                                                           \
        .min = 1,                                                                        \
        .max = 1e7,                                                                      \
        .fallback = default_n,                                                           \
        .title = N_ ("Samples n"),                                                       \
        .help = N_ ("training examples; may be written with d") },                       \
      { .key = "inputs",                                                                 \
        .kind = ENG_PARAM_CHOICE,                                                        \
        .choices = laws,                                                                 \
        .fallback = default_law,                                                         \
        .title = N_ ("Inputs"),                                                          \
        .help = N_ ("law of x, with |x|² ≈ d") },                                        \
      { .key = "correlation",                                                            \
        .kind = ENG_PARAM_REAL,                                                          \
        .min = -0.99,                                                                    \
        .max = 0.99,                                                                     \
        .fallback = "0.5",                                                               \
        .title = N_ ("Correlation"),                                                     \
        .help = N_ ("of neighbouring coordinates"),                                      \
        .only_key = "inputs",                                                            \
        .only_id = "elliptical" },                                                       \
      { .key = "noise",                                                                  \
        .kind = ENG_PARAM_REAL,                                                          \
        .min = 0,                                                                        \
        .max = 100,                                                                      \
        .fallback = "0",                                                                 \
        .title = N_ ("Label Noise"),                                                     \
        .help = N_ ("standard deviation; never in the test target") },                   \
  {                                                                                      \
    .key = "n-test", .kind = ENG_PARAM_INT, .min = 2, .max = 1e6, .fallback = "2000",    \
    .flags = ENG_PARAM_ADVANCED, .title = N_ ("Test Points"),                            \
    .help = N_ ("fresh inputs for the test loss")                                        \
  }

const EngParam eng_problem_sampling_params[] = {
  SAMPLING_PARAMS ("30", "1.5 d^1.5", "sphere"),
  ENG_PARAM_END,
};
const EngParam eng_problem_sensing_params[] = {
  SAMPLING_PARAMS ("100", "40 d", "gaussian"),
  ENG_PARAM_END,
};

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

/* What the best polynomial of degree <= k leaves of the target, relative to Var(f*). */
static void
prepare_best_fit (EngProblem *self)
{
  g_autofree double *c = NULL;
  double             energy, mean_square;

  if (self->test_basis.cols == 0)
    return;
  c = g_new (double, self->test_basis.cols);
  eng_la_gemv_t (1.0, &self->test_basis, self->y_test, 0.0, c);
  energy = eng_la_dot (self->test_basis.cols, c, c) / (double) self->n_test;
  mean_square = eng_la_dot (self->n_test, self->y_test, self->y_test)
                / (double) self->n_test;
  self->best_low_fit = MAX (mean_square - energy, 0.0) / self->variance;
}

/* --- construction -------------------------------------------------------------- */

static void
read_sampling (EngProblem *self)
{
  static const EngLaw by_choice[] = { ENG_LAW_SPHERE, ENG_LAW_GAUSSIAN,
                                      ENG_LAW_ELLIPTICAL, ENG_LAW_UNIFORM,
                                      ENG_LAW_SIGNS };
  const char         *law;

  if (!eng_settings_has (self->settings, "inputs"))
    return;
  law = eng_settings_get_choice (self->settings, "inputs");
  for (gsize i = 0; laws[i].id != NULL; i++)
    if (strcmp (laws[i].id, law) == 0)
      self->inputs.law = by_choice[i];
  self->has_law = TRUE;
  self->d = (gsize) eng_settings_get_int (self->settings, "d");
  self->n = (gsize) eng_settings_get_int (self->settings, "n");
  self->n_test = (gsize) eng_settings_get_int (self->settings, "n-test");
  self->noise = eng_settings_get_double (self->settings, "noise");
  self->inputs.d = self->d;
  self->inputs.correlation = eng_settings_get_double (self->settings, "correlation");
}

void
eng_problem_sample (EngProblem *self, EngRng *rng, EngMatF *x)
{
  if (self->klass->sample != NULL)
    self->klass->sample (self, rng, x);
  else
    eng_inputs_sample (&self->inputs, rng, x);
}

static void
sample_stream (EngProblem *self, const char *stream, EngMatF *x)
{
  g_autoptr (EngRng) rng = eng_rng_new (eng_spec_get_seed (self->spec), stream, 0);

  for (gsize first = 0; first < x->rows && !eng_problem_should_stop (self);
       first += SAMPLE_ROWS)
    {
      EngMatF rows = eng_matf_rows (x, first, MIN (SAMPLE_ROWS, x->rows - first));

      eng_problem_sample (self, rng, &rows);
    }
}

static void
draw_data (EngProblem *self)
{
  g_autoptr (EngRng) noise = eng_rng_new (eng_spec_get_seed (self->spec), "noise", 0);

  self->x_train = eng_arena_matf (self->arena, self->n, self->d);
  self->x_test = eng_arena_matf (self->arena, self->n_test, self->d);
  self->y_train = eng_arena_doubles (self->arena, self->n);
  self->y_test = eng_arena_doubles (self->arena, self->n_test);
  self->test_parts = eng_arena_mat (self->arena, self->n_degrees, self->n_test);
  sample_stream (self, "train", &self->x_train);
  sample_stream (self, "test", &self->x_test);
  self->klass->target (self, &self->x_train, self->y_train, NULL);
  self->klass->target (self, &self->x_test, self->y_test, self->test_parts.data);
  for (gsize i = 0; i < self->n && self->noise > 0; i++)
    self->y_train[i] += self->noise * eng_rng_gaussian (noise);
}

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
  read_sampling (self);
  self->k = eng_settings_has (eng_spec_get_observe (spec), "k")
                ? (guint) eng_settings_get_int (eng_spec_get_observe (spec), "k")
                : self->klass->dense_degree (self->settings);
  if (!self->klass->prepare (self, error))
    return NULL;
  if (self->klass->load == NULL)
    draw_data (self);
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
  eng_arena_free (self->arena);
  eng_spec_unref (self->spec);
  g_free (self);
}

gboolean
eng_problem_spec_sizes (EngSpec *spec, EngSizes *sizes)
{
  const EngSettings *settings = eng_spec_get_problem (spec);
  const EngSettings *observe = eng_spec_get_observe (spec);

  if (!eng_settings_has (settings, "d"))
    return FALSE;
  sizes->d = eng_settings_get_double (settings, "d");
  sizes->n = eng_settings_get_double (settings, "n");
  sizes->n_test = eng_settings_get_double (settings, "n-test");
  sizes->k = eng_settings_has (observe, "k")
                 ? (guint) eng_settings_get_int (observe, "k")
                 : eng_spec_get_problem_class (spec)->dense_degree (settings);
  return TRUE;
}

EngSizes
eng_problem_get_sizes (const EngProblem *self)
{
  return (EngSizes){ (double) self->d, (double) self->n, (double) self->n_test, self->k };
}

double
eng_problem_estimate_bytes (const EngSizes *sizes)
{
  double points = sizes->n + sizes->n_test;
  /* The largest of what teachers take: a d × d form, inputs to normalise on. */
  double teacher = 8.0 * sizes->d * sizes->d + 4.0 * ENG_INPUTS_EMPIRICAL * sizes->d;
  double basis = (double) eng_problem_basis_size ((gsize) sizes->d, sizes->k);

  /* The basis is orthonormalised on a copy. */
  return teacher + points * (sizes->d * sizeof (float) + 4 * sizeof (double))
         + (basis <= sizes->n_test ? 2 * basis * sizes->n_test * sizeof (double) : 0.0);
}
