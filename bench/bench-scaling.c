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

static gboolean
pair_init (Pair *self, const BenchSize *size, const char *learner, GError **error)
{
  double seconds;

  if (!bench_step_init (&self->sides[0], size, learner, 1, error)
      || !bench_step_init (&self->sides[1], size, learner, 0, error))
    return FALSE;
  for (int i = 0; i < 2; i++)
    bench_side_time (&self->sides[i], 1);
  seconds = bench_side_time (&self->sides[0], 1);
  bench_side_time (&self->sides[1], 1);
  self->turn = (guint) CLAMP (TURN_SECONDS / seconds, 1, 2000);
  return TRUE;
}

static gboolean
have_same_bits (const Pair *self)
{
  const EngMatF *a = eng_learner_weights (self->sides[0].learner, 0);
  const EngMatF *b = eng_learner_weights (self->sides[1].learner, 0);

  return memcmp (a->data, b->data, a->rows * a->cols * sizeof (float)) == 0;
}

static gboolean
time_threads (const BenchSize *size,
              const char      *learner,
              BenchPeak       *peak,
              BenchTable      *table,
              GError         **error)
{
  guint              n_threads = bench_count_threads ();
  gsize              n = (gsize) bench_options.repetitions;
  g_autofree double *gains = g_new (double, n), *sgemm = g_new (double, n);
  g_autofree double *ratios = g_new (double, n);
  Pair               pair = { 0 };
  gboolean           is_done = pair_init (&pair, size, learner, error);

  for (gsize i = 0; is_done && i < n; i++)
    {
      double one = bench_side_time (&pair.sides[0], pair.turn);
      double all = bench_side_time (&pair.sides[1], pair.turn);

      gains[i] = one / all;
      sgemm[i] = 1.0 / bench_peak_time (peak, 1, FALSE);
      sgemm[i] *= bench_peak_time (peak, n_threads, FALSE);
      ratios[i] = gains[i] / sgemm[i];
    }
  if (is_done)
    bench_table_add (table, "%s %s|%u|%.2f|%.2f|%.2f (%.2f to %.2f)|%s", size->title,
                     learner, n_threads, bench_quantile (n, gains, 0.5),
                     bench_quantile (n, sgemm, 0.5), bench_quantile (n, ratios, 0.5),
                     bench_quantile (n, ratios, 0.25), bench_quantile (n, ratios, 0.75),
                     have_same_bits (&pair) ? "yes" : "NO");
  for (int i = 0; i < 2; i++)
    bench_side_clear (&pair.sides[i]);
  return is_done;
}

static gboolean
compare_threads (GError **error)
{
  static const char *const columns[] = { "step",  "threads",   "gain", "of sgemm lanes",
                                         "ratio", "same bits", NULL };
  g_autoptr (BenchPeak)    peak = bench_peak_new (bench_count_threads ());
  g_autoptr (BenchTable)   table = bench_table_new (
        "Threads: the gain over one thread, that of independent lanes of sgemm in the same "
          "turns, and their ratio with its quartiles",
        columns);

  for (const BenchSize *size = bench_sizes; size->title != NULL; size++)
    for (gsize j = 0; size->learners[j] != NULL; j++)
      {
        g_autofree char *title = g_strconcat (size->title, " ", size->learners[j], NULL);

        if (!bench_is_wanted (title))
          continue;
        if (!time_threads (size, size->learners[j], peak, table, error))
          return FALSE;
      }
  return bench_table_save (table, bench_options.out, "threads", error);
}

/* --- growth ------------------------------------------------------------------------- */

#define N_DOUBLINGS 4

/* The middle of what is varied, by factors of 2 from a half. */
static const BenchSize middle = { "", 40, 400, 400, 256, NULL, { NULL } };

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

static gboolean
fit_growth (const char *learner,
            const char *activation,
            Varied      what,
            double     *exponent,
            GError    **error)
{
  double x[N_DOUBLINGS], seconds[N_DOUBLINGS];

  for (int i = 0; i < N_DOUBLINGS; i++)
    {
      BenchSize          size = middle;
      g_auto (BenchSide) side = { NULL };
      g_autofree double *turns = g_new (double, (gsize) bench_options.repetitions);
      double             first;
      guint              turn;

      size.activation = activation;
      x[i] = vary (&size, what, 0.5 * (1 << i));
      if (!bench_step_init (&side, &size, learner, 1, error))
        return FALSE;
      bench_side_time (&side, 1);
      first = bench_side_time (&side, 3);
      turn = (guint) CLAMP (TURN_SECONDS / 2 / first, 1, 2000);
      for (int k = 0; k < bench_options.repetitions; k++)
        turns[k] = bench_side_time (&side, turn);
      seconds[i] = bench_quantile ((gsize) bench_options.repetitions, turns, 0.5);
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
    { "lazy", "softplus" },  { "quadratic", "softplus" }, { "lazy", "quad" },
    { "quadratic", "quad" }, { "network", "relu" },
  };
  g_autoptr (BenchTable) table = bench_table_new (
      "Growth: exponents of the time of a step around n 400, m 400, d 40, one thread",
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
  return bench_table_save (table, bench_options.out, "growth", error);
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
