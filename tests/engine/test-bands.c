/* SPDX-License-Identifier: GPL-3.0-or-later
 * The spectrum of Σ, the energy of a movement in its bands, and what observables say of a
 * network, against the reference. */
#include "bands-case.h"
#include "eng-experiment.h"
#include "eng-harmonics.h"
#include "eng-kernel-measures.h"
#include "eng-registry.h"

#include <math.h>
#include <string.h>

/* Rows of V are kept in float. */
#define TOP_TOLERANCE 1e-5
/* Energies per direction are recorded in float. */
#define RECORD_TOLERANCE 1e-6

/* --- spectrum and energies ------------------------------------------------------------ */

static void
test_spectrum (gconstpointer activation)
{
  BandsCase    self;
  EngSpectrum *spectrum;
  gsize        n;
  EngMat       k, raw;
  double       means[4];

  bands_case_init (&self, activation, "lazy");
  n = self.x.rows;
  spectrum = eng_basis_get_spectrum (self.student.basis);
  k = bands_case_kernel (&self, FALSE, (double) n);
  raw = bands_case_kernel (&self, FALSE, 1.0);
  oracle_check (self.oracle, "K_over_N", n * n, k.data, ORACLE_DOUBLE);
  g_assert_cmpuint (spectrum->n_values, ==, n);
  oracle_check (self.oracle, "eigenvalues", n, spectrum->values, ORACLE_DOUBLE);
  for (guint l = 0; l < 4; l++)
    means[l] = eng_basis_band_mean (&raw, &self.gram, self.x.cols, l);
  oracle_check (self.oracle, "band_mean", 4, means, ORACLE_DOUBLE);
  g_assert_cmpuint (spectrum->n_q1, ==, 6);
  g_assert_cmpuint (spectrum->n_q2, ==, 14);
  g_assert_true (spectrum->q2_resolved);
  /* quad has nothing beyond degree 2; softplus has a little of everything. */
  g_assert_cmpuint (spectrum->n_usable, ==, g_str_equal (activation, "quad") ? 20 : 24);
  bands_case_clear (&self);
}

static void
test_energies (gconstpointer activation)
{
  BandsCase       self;
  EngBasisScratch scratch;
  EngEnergies     energies;
  gsize           n_directions;
  float          *directions;
  double         *coef2, got[3], total = 0.0;
  EngTwoLayer    *net;

  bands_case_init (&self, activation, "lazy");
  net = self.student.net;
  n_directions = eng_basis_get_n_directions (self.student.basis);
  g_assert_cmpuint (n_directions, ==, 20);
  directions = eng_arena_floats (self.arena, n_directions);
  coef2 = eng_arena_doubles (self.arena, n_directions);
  eng_basis_scratch_init (&scratch, self.x.rows, net, self.arena);
  (void) eng_basis_take (self.student.basis, net, &scratch, NULL);
  eng_basis_finish (self.student.basis, &scratch, NULL, &directions, &energies);
  for (gsize i = 0; i < n_directions; i++)
    coef2[i] = scratch.coefficients[i] * scratch.coefficients[i]
               / ((double) self.x.rows
                  * eng_basis_get_spectrum (self.student.basis)->values[i]);
  oracle_check (self.oracle, "coef2", n_directions, coef2, ORACLE_DOUBLE);
  oracle_check_float (self.oracle, "coef2", n_directions, directions, RECORD_TOLERANCE);
  got[0] = energies.q1;
  got[1] = energies.q2;
  got[2] = energies.q3;
  oracle_check (self.oracle, "energy", 3, got, ORACLE_DOUBLE);
  for (gsize i = 0; i < net->m * net->d; i++)
    total += (double) net->w.data[i] * net->w.data[i];
  g_assert_cmpfloat_with_epsilon (energies.q1 + energies.q2 + energies.q3, total,
                                  ORACLE_DOUBLE * total);
  g_assert_cmpfloat_with_epsilon (energies.q2 + energies.q3, energies.beyond_q1,
                                  ORACLE_DOUBLE * total);
  bands_case_clear (&self);
}

/* V Vᵀ = I, and |V w|² is the energy in Q1. */
static void
test_top (gconstpointer activation)
{
  BandsCase    self;
  EngMatF      top;
  EngTwoLayer *net;
  double       energy = 0.0;

  bands_case_init (&self, activation, "lazy");
  net = self.student.net;
  top = student_expand_top (&self.student, self.arena);
  g_assert_cmpuint (top.rows, ==, 6);
  for (gsize i = 0; i < top.rows; i++)
    {
      double along = 0.0;

      for (gsize k = 0; k <= i; k++)
        {
          double product = 0.0;

          for (gsize j = 0; j < top.cols; j++)
            product += (double) top.data[i * top.cols + j] * top.data[k * top.cols + j];
          g_assert_cmpfloat_with_epsilon (product, i == k ? 1.0 : 0.0, TOP_TOLERANCE);
        }
      for (gsize j = 0; j < top.cols; j++)
        along += (double) top.data[i * top.cols + j] * net->w.data[j];
      energy += along * along;
    }
  g_assert_cmpfloat_with_epsilon (energy, oracle_get (self.oracle, "energy")->data[0],
                                  TOP_TOLERANCE * energy);
  bands_case_clear (&self);
}

/* The spectrum at w0 + w is that of its own kernel. */
static void
test_later_spectrum (gconstpointer activation)
{
  BandsCase               self;
  g_autoptr (EngSpectrum) later = NULL;
  g_autoptr (GError)      error = NULL;
  EngMat                  k;
  double                  trace = 0.0, sum = 0.0;

  bands_case_init (&self, activation, "network");
  later = eng_basis_spectrum_now (self.student.basis, self.student.net, 7, &error);
  g_assert_no_error (error);
  k = bands_case_kernel (&self, TRUE, (double) self.x.rows);
  for (gsize i = 0; i < k.rows; i++)
    {
      trace += k.data[i * k.cols + i];
      sum += later->values[i];
    }
  g_assert_cmpuint (later->step, ==, 7);
  g_assert_cmpfloat_with_epsilon (sum, trace, ORACLE_DOUBLE * trace);
  oracle_check_value (self.oracle, "kernel_trace_t", trace, ORACLE_DOUBLE);
  bands_case_clear (&self);
}

/* --- kernels --------------------------------------------------------------------------- */

static void
test_kernel_measures (gconstpointer activation)
{
  BandsCase     self;
  EngMat        k0, kt;
  double       *means;
  const double *y;

  bands_case_init (&self, activation, "network");
  k0 = bands_case_kernel (&self, FALSE, 1.0);
  kt = bands_case_kernel (&self, TRUE, 1.0);
  y = self.fixture.problem.y_train;
  means = eng_arena_doubles (self.arena, k0.rows);
  oracle_check_value (self.oracle, "kernel_drift", eng_kernel_measure_drift (&k0, &kt),
                      ORACLE_DOUBLE);
  oracle_check_value (self.oracle, "kernel_cosine_distance",
                      eng_kernel_measure_cosine_distance (&k0, &kt), ORACLE_DOUBLE);
  eng_kernel_measure_centre (&k0, means);
  eng_kernel_measure_centre (&kt, means);
  oracle_check_value (self.oracle, "kernel_cka", eng_kernel_measure_alignment (&k0, &kt),
                      ORACLE_DOUBLE);
  oracle_check_value (self.oracle, "target_alignment_0",
                      eng_kernel_measure_target_alignment (&k0, y), ORACLE_DOUBLE);
  oracle_check_value (self.oracle, "target_alignment_t",
                      eng_kernel_measure_target_alignment (&kt, y), ORACLE_DOUBLE);
  bands_case_clear (&self);
}

/* --- terms, plainly -------------------------------------------------------------------- */

static void
test_terms (gconstpointer activation)
{
  BandsCase   self;
  gsize       n, rank;
  double     *f, *l, *q, *residual, *c, squares[3] = { 0 }, gap = 0.0, rest = 0.0;
  double      split[3] = { 0 };
  EngProblem *problem;

  bands_case_init (&self, activation, "joint");
  problem = &self.fixture.problem;
  n = problem->n;
  rank = problem->test_basis.cols;
  f = eng_arena_doubles (self.arena, n);
  l = eng_arena_doubles (self.arena, n);
  q = eng_arena_doubles (self.arena, n);
  residual = eng_arena_doubles (self.arena, n);
  c = eng_arena_doubles (self.arena, rank);
  eng_two_layer_terms (self.student.net, &self.x, f, l, q);
  for (gsize i = 0; i < n; i++)
    {
      squares[0] += f[i] * f[i] / (double) n;
      squares[1] += l[i] * l[i] / (double) n;
      squares[2] += q[i] * q[i] / (double) n;
      gap += (f[i] - l[i]) * (f[i] - l[i]) / (double) n;
      rest += pow (f[i] - l[i] - q[i], 2) / (double) n;
      residual[i] = l[i] + q[i] - problem->y_test[i];
    }
  oracle_check (self.oracle, "mean_squares", 3, squares, ORACLE_DOUBLE);
  oracle_check_value (self.oracle, "gap_linear", gap / squares[0], ORACLE_DOUBLE);
  if (oracle_has (self.oracle, "gap_quadratic"))
    oracle_check_value (self.oracle, "gap_quadratic", rest / squares[0], ORACLE_DOUBLE);
  else
    g_assert_cmpfloat (rest, <, ORACLE_DOUBLE * ORACLE_DOUBLE);
  eng_la_gemv_t (1.0, &problem->test_basis, residual, 0.0, c);
  split[0] = eng_la_dot (n, residual, residual) / (double) n / problem->variance;
  split[1] = eng_la_dot (rank, c, c) / (double) n / problem->variance;
  split[2] = split[0] - split[1];
  oracle_check (self.oracle, "split_error", 3, split, ORACLE_DOUBLE);
  bands_case_clear (&self);
}

/* --- the observables --------------------------------------------------------------------- */

typedef struct
{
  const char *column, *block;
  gsize       index;
} Pair;

/* What observable `id` records for the student. */
static EngTrace *
measure (BandsCase *self, const char *id, const EngTerms *terms, const float *predictions)
{
  const EngObservableClass *const *classes = eng_registry_get_observables ();
  const EngObservableClass        *klass;
  gpointer                         state;
  gsize                            n_columns = 0;
  EngTrace                        *trace;
  EngMeasurement                   at = { .problem = &self->fixture.problem,
                                          .learner = self->student.learner,
                                          .train = predictions,
                                          .test = predictions,
                                          .f = terms->f,
                                          .linear = terms->linear,
                                          .quadratic = terms->quadratic };

  while (!g_str_equal ((*classes)->id, id))
    classes++;
  klass = *classes;
  while (klass->columns[n_columns].id != NULL)
    n_columns++;
  trace = eng_trace_new (klass->columns, n_columns, 1, 20);
  at.trace = trace;
  state = eng_arena_bytes (self->arena, 1, MAX (klass->state_size, 1));
  if (klass->init != NULL)
    klass->init (state, &self->student.learner->context, self->student.learner);
  if (klass->prepare != NULL)
    klass->prepare (state, self->student.learner);
  eng_trace_open (trace, 0, 0.0);
  klass->measure (state, &at);
  if (klass->finish != NULL)
    klass->finish (state, trace, at.first_column, NULL);
  eng_trace_publish (trace);
  return trace;
}

static void
check_columns (BandsCase  *self,
               const char *id,
               const Pair *pairs,
               gsize       n,
               double      tolerance)
{
  gsize                rows = self->x.rows;
  float               *buffers = eng_arena_floats (self->arena, 4 * rows);
  EngTerms             terms = { buffers, buffers + rows, buffers + 2 * rows };
  g_autoptr (EngTrace) trace = NULL;

  eng_learner_predict (self->student.learner, &self->x, NULL, &terms, buffers + 3 * rows);
  trace = measure (self, id, &terms, buffers + 3 * rows);
  for (gsize i = 0; i < n; i++)
    {
      double want = oracle_get (self->oracle, pairs[i].block)->data[pairs[i].index];
      double got = eng_trace_get_last (trace, pairs[i].column);

      if (!(fabs (got - want) <= tolerance * fabs (want)))
        g_test_message ("%s: got %.12g, want %.12g", pairs[i].column, got, want);
      g_assert_cmpfloat (fabs (got - want), <=, tolerance * fabs (want));
    }
}

static void
test_observables (gconstpointer activation)
{
  static const Pair movement[] = { { "movement", "norm_F", 0 },
                                   { "relative-movement", "norm_F_relative", 0 },
                                   { "norm-2-4", "norm_24", 0 },
                                   { "largest-row", "row_norm_max", 0 } };
  static const Pair energies[] = { { "energy-q1", "energy", 0 },
                                   { "energy-q2", "energy", 1 },
                                   { "energy-q3", "energy", 2 } };
  static const Pair drift[] = { { "kernel-drift", "kernel_drift", 0 },
                                { "kernel-alignment", "target_alignment_t", 0 } };
  static const Pair terms[] = { { "linearisation-gap", "gap_linear", 0 } };
  static const Pair loss[] = { { "test-loss", "split_error", 0 },
                               { "test-low", "split_error", 1 },
                               { "test-high", "split_error", 2 } };
  BandsCase         self;

  bands_case_init (&self, activation, "joint");
  check_columns (&self, "movement", movement, G_N_ELEMENTS (movement), ORACLE_DOUBLE);
  check_columns (&self, "bands", energies, G_N_ELEMENTS (energies), ORACLE_DOUBLE);
  check_columns (&self, "kernel-drift", drift, G_N_ELEMENTS (drift), ORACLE_DOUBLE);
  /* These start from predictions in float. */
  check_columns (&self, "terms", terms, G_N_ELEMENTS (terms), ORACLE_FLOAT);
  check_columns (&self, "loss", loss, G_N_ELEMENTS (loss), ORACLE_FLOAT);
  bands_case_clear (&self);
}

/* --- program ----------------------------------------------------------------------------- */

int
main (int argc, char **argv)
{
  static const struct
  {
    const char   *name;
    GTestDataFunc func;
  } tests[] = {
    { "spectrum", test_spectrum },
    { "energies", test_energies },
    { "top", test_top },
    { "later-spectrum", test_later_spectrum },
    { "kernels", test_kernel_measures },
    { "terms", test_terms },
    { "observables", test_observables },
  };
  static const char *const activations[] = { "quad", "softplus" };
  int                      result;

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  for (gsize a = 0; a < G_N_ELEMENTS (activations); a++)
    for (gsize t = 0; t < G_N_ELEMENTS (tests); t++)
      {
        g_autofree char *path = g_strdup_printf ("/engine/bands/%s/%s", activations[a],
                                                 tests[t].name);

        g_test_add_data_func (path, activations[a], tests[t].func);
      }
  result = g_test_run ();
  oracle_report ();
  return result;
}
