/* SPDX-License-Identifier: GPL-3.0-or-later
 * bench-spectrum: the decomposition of Σ beside LAPACK's alone on the same matrix, its
 * leading directions by block Krylov iteration, and kernel ridge beside the Cholesky
 * factorisation alone. */
#include "config.h"

#include "bench-program.h"
#include "bench-side.h"
#include "bench-table.h"
#include "eng-kernel-model.h"
#include "eng-kernels.h"
#include "eng-krylov.h"

#include <math.h>
#include <string.h>

/* --- the decomposition ------------------------------------------------------------------ */

#define DECOMPOSED_D 60
#define DECOMPOSED_M 400

static const gsize probe_counts[] = { 512, 1024, 2048, 4096 };

/* A student that is not prepared, so that no spectrum is known yet. */
static gboolean
init_student (BenchSide *side, gsize d, gsize m, GError **error)
{
  g_autofree char    *text = g_strdup_printf ("[experiment]\nversion=1\n"
                                                 "[problem]\nkind=dense-plus-sparse\n"
                                                 "d=%zu\nn=100\nn-test=64\n"
                                                 "[run.1]\nlearner=lazy\nm=%zu\n"
                                                 "activation=softplus\n",
                                              d, m);
  g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, -1, error);

  if (spec == NULL)
    return FALSE;
  side->experiment = eng_experiment_new (spec, 1, NULL, error);
  if (side->experiment == NULL)
    return FALSE;
  side->learner = eng_run_get_learner (eng_experiment_get_run (side->experiment, 0));
  return TRUE;
}

/* Turns of each side, at most: the largest take seconds. */
#define DECOMPOSED_TURNS 3

/* The matrix that is decomposed, and the seconds of what is done before, each alone. */
typedef struct
{
  EngArena *arena;
  EngMat    kernel;
  double    features_s, gram_s, kernel_s;
} Parts;

static void
parts_init (Parts *self, const EngTwoLayer *student, EngProblem *problem, gsize n)
{
  g_autoptr (EngArena) arena = eng_arena_new ();
  g_autoptr (EngRng)   rng = eng_rng_new (1, "probe", 0);
  EngMatF              drawn = eng_arena_matf (arena, n, student->d);
  EngMat               x = eng_arena_mat (arena, n, student->d);
  EngMat               gram = eng_arena_mat (arena, n, n);
  EngMat               features = eng_arena_mat (arena, n, student->m);
  EngAnalysis          scratch;
  double               begun[4];

  self->arena = eng_arena_new ();
  self->kernel = eng_arena_mat (self->arena, n, n);
  eng_analysis_init (&scratch, student->m, student->d, arena);
  eng_problem_sample (problem, rng, &drawn);
  for (gsize i = 0; i < n * student->d; i++)
    x.data[i] = drawn.data[i];
  begun[0] = bench_now ();
  eng_two_layer_features (student, &x, FALSE, &scratch, &features);
  begun[1] = bench_now ();
  eng_la_syrk (1.0, &x, 0.0, &gram);
  begun[2] = bench_now ();
  eng_basis_kernel (&features, &gram, (double) n, &self->kernel);
  begun[3] = bench_now ();
  self->features_s = begun[1] - begun[0];
  self->gram_s = begun[2] - begun[1];
  self->kernel_s = begun[3] - begun[2];
}

static void
parts_clear (Parts *self)
{
  g_clear_pointer (&self->arena, eng_arena_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

/* Seconds of LAPACK alone. */
static double
time_lapack (const EngMat *kernel)
{
  g_autoptr (EngArena) arena = eng_arena_new ();
  gsize                n = kernel->rows;
  EngMat               copy = eng_arena_mat (arena, n, n);
  double              *values = eng_arena_doubles (arena, n);
  double              *work = eng_arena_doubles (arena, eng_la_eigh_doubles (n));
  int   *integers = eng_arena_bytes (arena, eng_la_eigh_integers (n), sizeof (int));
  double begun;

  memcpy (copy.data, kernel->data, n * n * sizeof (double));
  begun = bench_now ();
  if (!eng_la_eigh_with (&copy, values, work, integers))
    g_assert_not_reached ();
  return bench_now () - begun;
}

static gboolean
time_basis (const EngTwoLayer *student,
            EngProblem        *problem,
            gsize              n,
            guint              n_threads,
            double            *seconds,
            gsize             *n_directions,
            GError           **error)
{
  g_autoptr (EngLanes) lanes = eng_lanes_new (n_threads);
  double               begun = bench_now ();
  g_autoptr (EngBasis) basis = eng_basis_new (student, problem, n, lanes, error);

  *seconds = bench_now () - begun;
  if (basis == NULL)
    return FALSE;
  *n_directions = eng_basis_get_n_directions (basis);
  return TRUE;
}

/* In turns with LAPACK alone; `best`: seconds of the fastest with one thread. */
static gboolean
measure_probes (BenchTable *table,
                BenchSide  *side,
                gsize       n,
                guint       n_threads,
                double     *best,
                GError    **error)
{
  const EngTwoLayer *student = eng_learner_two_layer (side->learner);
  EngProblem        *problem = eng_experiment_get_problem (side->experiment);
  double seconds[DECOMPOSED_TURNS], lapack[DECOMPOSED_TURNS], ratios[DECOMPOSED_TURNS];
  gsize  n_turns = MIN ((gsize) bench_options.repetitions, DECOMPOSED_TURNS);
  gsize  n_directions = 0;
  g_auto (Parts) parts = { NULL };

  parts_init (&parts, student, problem, n);
  for (gsize i = 0; i < n_turns; i++)
    {
      lapack[i] = time_lapack (&parts.kernel);
      if (!time_basis (student, problem, n, n_threads, &seconds[i], &n_directions, error))
        return FALSE;
      ratios[i] = seconds[i] / lapack[i];
    }
  *best = bench_quantile (n_turns, seconds, 0.0);
  bench_table_add (
      table, "%zu|%u|%zu|%.3g|%.3g|%.2f (%.2f to %.2f)|%.2g|%.2g|%.2g", n, n_threads,
      n_directions, bench_quantile (n_turns, seconds, 0.5),
      bench_quantile (n_turns, lapack, 0.5), bench_quantile (n_turns, ratios, 0.5),
      bench_quantile (n_turns, ratios, 0.0), bench_quantile (n_turns, ratios, 1.0),
      parts.features_s, parts.gram_s, parts.kernel_s);
  return TRUE;
}

static gboolean
measure_decomposition (GError **error)
{
  static const char *const columns[] = { "probes",   "threads",     "directions",
                                         "s",        "dsyevd s",    "ratio",
                                         "features", "Gram matrix", "kernel",
                                         NULL };
  g_autoptr (BenchTable)   table = bench_table_new (
        "spectrum",
        "Spectrum of the tangent kernel with its bands at d = 60, m = 400, with as many "
          "directions transformed back as are resolved, in turns with LAPACK's dsyevd alone "
          "(all directions) on the same matrix, one thread; the other parts plainly, in "
          "seconds",
        columns);
  double counts[G_N_ELEMENTS (probe_counts)], times[G_N_ELEMENTS (probe_counts)];
  g_auto (BenchSide) side = { NULL };

  if (!init_student (&side, DECOMPOSED_D, DECOMPOSED_M, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (probe_counts); i++)
    for (guint n_threads = 1; n_threads <= bench_count_threads ();
         n_threads = bench_next_threads (n_threads))
      {
        double best;

        if (!measure_probes (table, &side, probe_counts[i], n_threads, &best, error))
          return FALSE;
        counts[i] = (double) probe_counts[i];
        if (n_threads == 1)
          times[i] = best;
      }
  g_print ("  with one thread, grows with the number of probes to the power %.2f\n",
           bench_fit_exponent (G_N_ELEMENTS (probe_counts), counts, times));
  return bench_table_finish (table, error);
}

/* --- the leading directions ------------------------------------------------------------- */

/* Vectors of a block beyond those wanted, and passes. */
#define LEADING_SPARE  8
#define LEADING_PASSES 8

static const gsize leading_sizes[][2] = { { 30, 300 }, { 60, 400 }, { 100, 4000 } };

static void
apply_kernel (gpointer data, const EngMat *v, EngMat *av)
{
  eng_la_gemm_nt (1.0, v, data, 0.0, av);
}

/* ‖P − P′‖_F of the projectors on the rows of u and v (k, n), both orthonormal. */
static double
measure_distance (const EngMat *u, const EngMat *v, EngArena *arena)
{
  EngMat across = eng_arena_mat (arena, u->rows, v->rows);
  EngMat rest = eng_arena_mat (arena, u->rows, u->cols);

  /* What u has beyond v, twice: the direct difference of traces would lose half of the
   * digits. */
  memcpy (rest.data, u->data, u->rows * u->cols * sizeof (double));
  eng_la_gemm_nt (1.0, u, v, 0.0, &across);
  eng_la_gemm_nn (-1.0, &across, v, 1.0, &rest);
  return sqrt (2.0) * eng_la_norm (rest.rows * rest.cols, rest.data);
}

static gboolean
measure_leading_of (BenchTable *table, gsize d, gsize m, GError **error)
{
  g_auto (BenchSide)   side = { NULL };
  g_autoptr (EngArena) arena = eng_arena_new ();
  g_autoptr (EngRng)   rng = eng_rng_new (1, "krylov", 0);
  gsize                n = eng_basis_default_probes (d, 1), k = d + 1;
  gsize                block = k + LEADING_SPARE;
  EngMat      kernel = eng_arena_mat (arena, n, n), x = eng_arena_mat (arena, n, d);
  EngMat      gram = eng_arena_mat (arena, n, n), v = eng_arena_mat (arena, k, n);
  EngMat      features = eng_arena_mat (arena, n, m);
  EngMatF     drawn = eng_arena_matf (arena, n, d);
  double     *values = eng_arena_doubles (arena, n);
  EngAnalysis scratch;
  EngKrylov   krylov;
  double      begun, seconds;

  if (!init_student (&side, d, m, error))
    return FALSE;
  eng_problem_sample (eng_experiment_get_problem (side.experiment), rng, &drawn);
  eng_kernel_widen (n * d, drawn.data, x.data);
  eng_analysis_init (&scratch, m, d, arena);
  eng_la_syrk (1.0, &x, 0.0, &gram);
  eng_two_layer_features (eng_learner_two_layer (side.learner), &x, FALSE, &scratch,
                          &features);
  eng_basis_kernel (&features, &gram, (double) n, &kernel);
  begun = bench_now ();
  eng_krylov_init (&krylov, n, block, LEADING_PASSES * block, arena);
  if (eng_krylov_find (&krylov, apply_kernel, &kernel, k, block, LEADING_PASSES, NULL,
                       rng, &v, values)
      != k)
    g_assert_not_reached ();
  seconds = bench_now () - begun;
  begun = bench_now ();
  if (!eng_la_eigh (&kernel, TRUE, values, error))
    return FALSE;
  begun = bench_now () - begun;
  bench_table_add (table, "d%zu m%zu|%zu|%zu|%.3g|%.3g|%.1f|%.1e", d, m, n, k, seconds,
                   begun, begun / seconds,
                   measure_distance (&v, &(EngMat){ k, n, kernel.data }, arena));
  return TRUE;
}

static gboolean
measure_leading (GError **error)
{
  static const char *const columns[]
      = { "size",     "probes", "directions",      "Krylov s",
          "dsyevd s", "ratio",  "projector apart", NULL };
  g_autoptr (BenchTable) table = bench_table_new (
      "leading",
      "The directions of Q1 alone by block Krylov iteration, and by the whole "
      "decomposition; one thread",
      columns);

  for (gsize i = 0; i < G_N_ELEMENTS (leading_sizes); i++)
    if (!measure_leading_of (table, leading_sizes[i][0], leading_sizes[i][1], error))
      return FALSE;
  return bench_table_finish (table, error);
}

/* --- kernel ridge ------------------------------------------------------------------------ */

static const gsize ridge_sizes[] = { 1000, 2000, 4000 };

static gboolean
measure_ridge (BenchTable *table, gsize n, guint n_threads, GError **error)
{
  g_autofree char     *text = g_strdup_printf ("[experiment]\nversion=1\n"
                                                   "[problem]\nkind=dense-plus-sparse\nd=60\n"
                                                   "n=%zu\nn-test=64\n"
                                                   "[run.1]\nlearner=kernel-ridge\n",
                                               n);
  g_auto (BenchSide)   side = { NULL };
  g_autoptr (EngArena) arena = eng_arena_new ();
  EngMat               k = eng_arena_mat (arena, n, n);
  double               begun, fill, step, factor;

  if (!bench_side_init (&side, text, n_threads, error))
    return FALSE;
  begun = bench_now ();
  eng_kernel_model_fill (side.learner->state, side.lanes, &k);
  fill = bench_now () - begun;
  for (gsize i = 0; i < n; i++)
    k.data[i * n + i] *= 1.0 + 1e-6;
  if (!bench_side_time (&side, 1, &step, error))
    return FALSE;
  begun = bench_now ();
  if (!eng_la_cholesky (&k))
    g_assert_not_reached ();
  factor = bench_now () - begun;
  bench_table_add (table, "%zu|%u|%.3g|%.3g|%.3g|%.2f", n, n_threads, step, fill, factor,
                   step / factor);
  return TRUE;
}

static gboolean
measure_kernels (GError **error)
{
  static const char *const columns[] = { "samples",  "threads", "s", "kernel s",
                                         "dpotrf s", "ratio",   NULL };
  g_autoptr (BenchTable)   table = bench_table_new (
        "kernels",
        "Kernel ridge at d = 60: the whole step, the kernel matrix in it, and LAPACK's dpotrf "
          "alone with one thread",
        columns);

  for (gsize i = 0; i < G_N_ELEMENTS (ridge_sizes); i++)
    for (guint n_threads = 1; n_threads <= bench_count_threads ();
         n_threads = bench_next_threads (n_threads))
      if (!measure_ridge (table, ridge_sizes[i], n_threads, error))
        return FALSE;
  return bench_table_finish (table, error);
}

int
main (int argc, char **argv)
{
  static const BenchSection sections[] = {
    { "decomposition", measure_decomposition },
    { "leading", measure_leading },
    { "kernels", measure_kernels },
    { NULL, NULL },
  };
  static const BenchProgram program = { "bench-spectrum", sections, NULL };

  return bench_program_run (&program, argc, argv);
}
