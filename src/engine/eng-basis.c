/* SPDX-License-Identifier: GPL-3.0-or-later
 * Eigendirections of Σ at W0 from N probe inputs. */
#include "config.h"

#include "eng-basis-private.h"
#include "eng-harmonics.h"
#include "eng-rng.h"

#include <math.h>
#include <string.h>

/* The second band counts as resolved from this many probes per direction. */
#define RESOLVED_RATIO 1.2
#define MAX_PROBES     2500

gsize
eng_basis_default_probes (gsize d, guint k)
{
  gsize both = eng_harmonics_dimension_up_to (d, k + 1);

  return both < MAX_PROBES / 2 ? 2 * both : MAX_PROBES;
}

static gboolean
is_resolved (gsize d, guint k, gsize n_probes)
{
  return (double) n_probes
         >= RESOLVED_RATIO * (double) eng_harmonics_dimension_up_to (d, k + 1);
}

gsize
eng_basis_max_directions (gsize d, guint k, gsize n_probes)
{
  return MIN (n_probes, eng_harmonics_dimension_up_to (
                            d, is_resolved (d, k, n_probes) ? k + 1 : k));
}

double
eng_basis_estimate_bytes (gsize  m,
                          gsize  d,
                          guint  k,
                          gsize  n_probes,
                          double direction_size)
{
  double n = (double) n_probes;
  /* Gram, kernel, eigenvectors, and LAPACK's workspace of 2 N². */
  double bytes = 8.0 * n * (5.0 * n + (double) m + (double) d);

  return bytes
         + sizeof (float) * (double) eng_harmonics_dimension_up_to (d, k)
               * direction_size;
}

void
eng_basis_kernel (const EngMat *features,
                  const EngMat *gram,
                  double        divisor,
                  EngMat       *kernel)
{
  eng_la_syrk (1.0 / divisor, features, 0.0, kernel);
  for (gsize i = 0; i < gram->rows * gram->cols; i++)
    kernel->data[i] *= gram->data[i];
}

double
eng_basis_band_mean (const EngMat *kernel, const EngMat *gram, gsize d, guint l)
{
  gsize  n = kernel->rows;
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      if (i != j)
        sum += kernel->data[i * n + j]
               * eng_harmonics_gegenbauer (d, l, gram->data[i * n + j] / (double) d);
  return sum / ((double) n * ((double) n - 1.0));
}

/* --- construction -------------------------------------------------------------- */

static void
draw_probes (EngBasis *self, EngProblem *problem)
{
  g_autoptr (EngRng) rng = eng_rng_new (eng_spec_get_seed (problem->spec), "probe", 0);
  g_autofree float  *rows = g_new (float, self->x.rows * self->x.cols);
  EngMatF            x = { self->x.rows, self->x.cols, rows };

  eng_problem_sample (problem, rng, &x);
  for (gsize i = 0; i < x.rows * x.cols; i++)
    self->x.data[i] = x.data[i];
}

static gint
compare_levels (gconstpointer a, gconstpointer b)
{
  const EngLevel *left = a, *right = b;

  if (left->lambda != right->lambda)
    return left->lambda < right->lambda ? 1 : -1;
  return (left->degree > right->degree) - (left->degree < right->degree);
}

static void
fill_levels (EngSpectrum *spectrum, const EngTwoLayer *student, const EngProblem *problem)
{
  double lambda[ENG_SPECTRUM_MAX_LEVELS];
  guint  n = MIN (problem->k + 3, ENG_SPECTRUM_MAX_LEVELS);

  if (!problem->has_law || problem->inputs.law != ENG_LAW_SPHERE)
    return;
  eng_harmonics_tangent_eigenvalues (student->activation, student->bias, problem->d, n,
                                     lambda);
  spectrum->n_levels = n;
  for (guint l = 0; l < n; l++)
    spectrum->levels[l] = (EngLevel){ l, eng_harmonics_dimension (problem->d, l),
                                      lambda[l] };
  qsort (spectrum->levels, n, sizeof (EngLevel), compare_levels);
}

/* Everything a spectrum says but its values. */
static EngSpectrum *
describe (const EngBasis    *self,
          const EngTwoLayer *student,
          gsize              n_probes,
          guint              k,
          gsize              d)
{
  EngSpectrum *spectrum = eng_spectrum_new (MIN (n_probes, student->m * student->d));

  spectrum->n_probes = n_probes;
  spectrum->n_features = student->m * student->d;
  spectrum->k = k;
  spectrum->n_q1 = eng_harmonics_dimension_up_to (d, k);
  spectrum->n_q2 = eng_harmonics_dimension (d, k + 1);
  spectrum->q2_resolved = is_resolved (d, k, n_probes);
  return spectrum;
}

static void
take_values (EngSpectrum *spectrum, const double *values)
{
  for (gsize i = 0; i < spectrum->n_values; i++)
    /* Rounding makes exact zeros slightly negative. */
    spectrum->values[i] = MAX (values[i], 0.0);
  eng_spectrum_find_usable (spectrum);
}

static gboolean
decompose (EngBasis *self, GError **error)
{
  gsize              n = self->x.rows, wanted = self->spectrum->n_q1;
  g_autofree double *values = g_new (double, n);
  g_autofree double *data = g_new (double, n *n);
  EngMat             kernel = { n, n, data };

  eng_analysis_kernel (self->lanes, &self->x, NULL, 1.0, &self->gram);
  /* Twins share their features but for the sign, so A Aᵀ is the sum of equal halves. */
  eng_analysis_kernel (
      self->lanes, &self->features, &self->gram,
      (double) self->student->m / (double) self->features.cols / (double) n, &kernel);
  if (self->spectrum->q2_resolved)
    wanted += self->spectrum->n_q2;
  self->vectors = eng_arena_mat (self->arena, MIN (wanted, self->spectrum->n_values), n);
  if (!eng_la_eigh_leading (&kernel, values, &self->vectors, self->lanes, error))
    return FALSE;
  take_values (self->spectrum, values);
  self->n_directions = MIN (self->vectors.rows, self->spectrum->n_usable);
  return TRUE;
}

EngBasis *
eng_basis_new (const EngTwoLayer *student,
               EngProblem        *problem,
               gsize              n_probes,
               EngLanes          *lanes,
               GError           **error)
{
  g_autoptr (EngBasis) self = g_new0 (EngBasis, 1);
  g_autoptr (EngArena) temporary = eng_arena_new ();
  EngAnalysis          scratch;
  gsize n = n_probes > 0 ? n_probes : eng_basis_default_probes (problem->d, problem->k);
  gsize h = eng_two_layer_count_single (student);

  self->arena = eng_arena_new ();
  self->lanes = lanes;
  self->problem = problem;
  self->student = student;
  self->x = eng_arena_mat (self->arena, n, problem->d);
  self->gram = eng_arena_mat (self->arena, n, n);
  self->features = eng_arena_mat (self->arena, n, h);
  draw_probes (self, problem);
  eng_analysis_init (&scratch, student->m, student->d, temporary);
  scratch.lanes = lanes;
  eng_two_layer_features (student, &self->x, FALSE, &scratch, &self->features);
  if (eng_two_layer_is_polynomial (student, n))
    {
      self->polynomial = eng_arena_mat (self->arena, student->d + 1, h);
      eng_two_layer_polynomial (student, &self->polynomial);
    }
  self->spectrum = describe (self, student, n, problem->k, problem->d);
  fill_levels (self->spectrum, student, problem);
  if (!decompose (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
eng_basis_free (EngBasis *self)
{
  g_clear_pointer (&self->spectrum, eng_spectrum_unref);
  eng_arena_free (self->arena);
  g_free (self);
}

gboolean
eng_basis_fits (const EngBasis *self, const EngTwoLayer *student)
{
  return eng_two_layer_same_start (self->student, student);
}

EngSpectrum *
eng_basis_get_spectrum (EngBasis *self)
{
  return self->spectrum;
}

gsize
eng_basis_get_n_directions (const EngBasis *self)
{
  return self->n_directions;
}

/* --- later spectra ------------------------------------------------------------------- */

EngSpectrum *
eng_basis_spectrum_now (const EngBasis    *self,
                        const EngTwoLayer *student,
                        guint64            step,
                        GError           **error)
{
  gsize                   n = self->x.rows;
  g_autoptr (EngArena)    temporary = eng_arena_new ();
  EngMat                  features = eng_arena_mat (temporary, n, student->m);
  EngMat                  kernel = eng_arena_mat (temporary, n, n);
  g_autofree double      *values = g_new (double, n);
  g_autoptr (EngSpectrum) spectrum = NULL;
  EngAnalysis             scratch;

  eng_analysis_init (&scratch, student->m, student->d, temporary);
  eng_two_layer_features (student, &self->x, TRUE, &scratch, &features);
  eng_basis_kernel (&features, &self->gram, (double) n, &kernel);
  if (!eng_la_eigh (&kernel, FALSE, values, error))
    return NULL;
  spectrum = describe (self, student, n, self->spectrum->k, student->d);
  spectrum->step = step;
  take_values (spectrum, values);
  return g_steal_pointer (&spectrum);
}
