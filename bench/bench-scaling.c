/* SPDX-License-Identifier: GPL-3.0-or-later
 * bench-scaling: how training steps gain from threads, beside as many independent lanes of
 * matrix products, with the same bits; and how their time grows with n, m and d. */
#include "config.h"

#include "bench-program.h"
#include "bench-step.h"
#include "bench-table.h"

#include <math.h>
#include <string.h>

/* Each side's turn takes about so long. */
#define TURN_SECONDS 0.1

/* --- threads ------------------------------------------------------------------------ */

typedef struct
{
  BenchSide sides[2]; /* with one thread and with all */
  guint     turn;
} Pair;

static void
pair_clear (Pair *self)
{
  for (int i = 0; i < 2; i++)
    bench_side_clear (&self->sides[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static gboolean
pair_init (Pair *self, const BenchSize *size, const char *learner, GError **error)
{
  double seconds;

  if (!bench_step_init (&self->sides[0], size, learner, 1, error)
      || !bench_step_init (&self->sides[1], size, learner, 0, error))
    return FALSE;
  /* The first steps meet cold caches. */
  for (int i = 0; i < 2; i++)
    if (!bench_side_time (&self->sides[i], 1, NULL, error)
        || !bench_side_time (&self->sides[i], 1, i == 0 ? &seconds : NULL, error))
      return FALSE;
  self->turn = (guint) CLAMP (TURN_SECONDS / seconds, 1, 2000);
  return TRUE;
}

static gboolean
check_bits (const Pair *self, const char *title, GError **error)
{
  const EngMatF *a = eng_learner_weights (self->sides[0].learner, 0);
  const EngMatF *b = eng_learner_weights (self->sides[1].learner, 0);

  if (memcmp (a->data, b->data, a->rows * a->cols * sizeof (float)) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               "%s: weights must have the same bits with one thread and with %u", title,
               bench_count_threads ());
  return FALSE;
}

/* gains, sgemm: (turns) time with one thread over that with all. */
static gboolean
take_turns (Pair *self, BenchPeak *peak, double *gains, double *sgemm, GError **error)
{
  for (int i = 0; i < bench_options.repetitions; i++)
    {
      double one, all;

      if (!bench_side_time (&self->sides[0], self->turn, &one, error)
          || !bench_side_time (&self->sides[1], self->turn, &all, error))
        return FALSE;
      gains[i] = one / all;
      sgemm[i] = 1.0 / bench_peak_time (peak, 1, FALSE);
      sgemm[i] *= bench_peak_time (peak, bench_count_threads (), FALSE);
    }
  return TRUE;
}

static gboolean
time_threads (const BenchSize *size,
              const char      *learner,
              const char      *title,
              BenchPeak       *peak,
              BenchTable      *table,
              GError         **error)
{
  gsize              n = (gsize) bench_options.repetitions;
  g_autofree double *gains = g_new (double, n), *sgemm = g_new (double, n);
  g_autofree double *ratios = g_new (double, n);
  g_auto (Pair)      pair = { 0 };

  if (!pair_init (&pair, size, learner, error)
      || !take_turns (&pair, peak, gains, sgemm, error)
      || !check_bits (&pair, title, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    ratios[i] = gains[i] / sgemm[i];
  bench_table_add (table, "%s|%u|%.2f|%.2f|%.2f (%.2f to %.2f)|yes", title,
                   bench_count_threads (), bench_quantile (n, gains, 0.5),
                   bench_quantile (n, sgemm, 0.5), bench_quantile (n, ratios, 0.5),
                   bench_quantile (n, ratios, 0.25), bench_quantile (n, ratios, 0.75));
  return TRUE;
}

static gboolean
compare_threads (GError **error)
{
  static const char *const columns[] = { "step",  "threads",   "gain", "of sgemm lanes",
                                         "ratio", "same bits", NULL };
  g_autoptr (BenchPeak)    peak = bench_peak_new (bench_count_threads ());
  g_autoptr (BenchTable)   table = bench_table_new (
        "threads",
        "Threads: the gain over one thread, that of independent lanes of sgemm in the same "
          "turns, and their ratio with its quartiles",
        columns);

  for (const BenchSize *size = bench_sizes; size->title != NULL; size++)
    for (gsize j = 0; size->learners[j] != NULL; j++)
      {
        g_autofree char *title = g_strconcat (size->title, " ", size->learners[j], NULL);

        if (!bench_is_wanted (title))
          continue;
        if (!time_threads (size, size->learners[j], title, peak, table, error))
          return FALSE;
      }
  return bench_table_finish (table, error);
}

/* --- growth ------------------------------------------------------------------------- */

#define N_DOUBLINGS 4

/* The middle of what is varied, by factors of 2 from a half: such that a student computes
 * by moments of the inputs everywhere or nowhere. */
static const BenchSize middle = { "", 40, 800, 800, 400, NULL, { NULL } };

typedef enum
{
  SAMPLES,
  NEURONS,
  DIMENSION,
} Varied;

static double
vary (BenchSize *size, Varied what, double factor)
{
  gsize *value = what == SAMPLES ? &size->n : what == NEURONS ? &size->m : &size->d;

  *value = (gsize) (factor * (double) *value);
  return (double) *value;
}

/* Median seconds of a step of `size`, and whether it takes moments of the inputs. */
static gboolean
time_step (const BenchSize *size,
           const char      *learner,
           double          *seconds,
           gboolean        *by_moments,
           GError         **error)
{
  g_auto (BenchSide) side = { NULL };
  gsize              n = (gsize) bench_options.repetitions;
  g_autofree double *turns = g_new (double, n);
  double             first;
  guint              turn;

  if (!bench_step_init (&side, size, learner, 1, error)
      || !bench_side_time (&side, 1, NULL, error)
      || !bench_side_time (&side, 3, &first, error))
    return FALSE;
  turn = (guint) CLAMP (TURN_SECONDS / 2 / first, 1, 2000);
  for (gsize i = 0; i < n; i++)
    if (!bench_side_time (&side, turn, &turns[i], error))
      return FALSE;
  *seconds = bench_quantile (n, turns, 0.5);
  *by_moments = bench_step_is_by_moments (learner, &side);
  return TRUE;
}

static gboolean
fit_growth (const char *learner,
            const char *activation,
            Varied      what,
            double     *exponent,
            GError    **error)
{
  double   x[N_DOUBLINGS], seconds[N_DOUBLINGS];
  gboolean by_moments[N_DOUBLINGS];

  for (int i = 0; i < N_DOUBLINGS; i++)
    {
      BenchSize size = middle;

      size.activation = activation;
      x[i] = vary (&size, what, 0.5 * (1 << i));
      if (!time_step (&size, learner, &seconds[i], &by_moments[i], error))
        return FALSE;
      if (by_moments[i] == by_moments[0])
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   "%s %s: at n = %zu, m = %zu, d = %zu it computes in another way",
                   learner, activation, size.n, size.m, size.d);
      return FALSE;
    }
  *exponent = bench_fit_exponent (N_DOUBLINGS, x, seconds);
  return TRUE;
}

static gboolean
measure_growth (GError **error)
{
  static const char *const columns[] = { "step", "n", "m", "d", NULL };
  static const struct
  {
    const char *learner, *activation;
  } kinds[] = {
    { "lazy", "softplus" }, { "quadratic", "softplus" }, { "joint", "softplus" },
    { "lazy", "quad" },     { "quadratic", "quad" },     { "joint", "quad" },
    { "network", "relu" },
  };
  g_autoptr (BenchTable) table = bench_table_new (
      "growth",
      "Growth: exponents of the time of a step around n 800, m 800, d 40, one thread",
      columns);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      double exponents[3];

      for (int what = SAMPLES; what <= DIMENSION; what++)
        if (!fit_growth (kinds[i].learner, kinds[i].activation, what, &exponents[what],
                         error))
          return FALSE;
      bench_table_add (table, "%s %s|%.2f|%.2f|%.2f", kinds[i].learner,
                       kinds[i].activation, exponents[SAMPLES], exponents[NEURONS],
                       exponents[DIMENSION]);
    }
  return bench_table_finish (table, error);
}

int
main (int argc, char **argv)
{
  static const BenchSection sections[] = {
    { "threads", compare_threads },
    { "growth", measure_growth },
    { NULL, NULL },
  };
  static const BenchProgram program = { "bench-scaling", sections, NULL };

  return bench_program_run (&program, argc, argv);
}
