/* SPDX-License-Identifier: GPL-3.0-or-later
 * bench-records: what the records of a run cost, and how much of the run are the bands of
 * the spectrum, which every record has. */
#include "config.h"

#include "bench-program.h"
#include "bench-side.h"
#include "bench-table.h"
#include "eng-run-private.h"

typedef struct
{
  const char *title;
  gsize       d, m, n, n_unlabelled;
  guint       planned; /* steps of the shipped experiments of this size */
  const char *activation;
} Size;

static const Size sizes[] = {
  { "P8", 60, 400, 557, 256, 2000, "quad" },
  { "P8 softplus", 60, 400, 557, 256, 2000, "softplus" },
  { "d100 m4000", 100, 4000, 1000, 256, 4000, "quad" },
  { "d100 softplus", 100, 4000, 1000, 256, 4000, "softplus" },
};

/* More than are taken, so that there is room for records of all turns. */
#define ROOM_STEPS 10000000

static const char *const learners[] = { "lazy", "quadratic", "joint", "network" };

static gboolean
init_run (BenchSide  *side,
          const Size *size,
          const char *learner,
          guint       n_threads,
          GError    **error)
{
  g_autoptr (GString) text = g_string_new ("[experiment]\nversion=1\n[problem]\n"
                                           "kind=dense-plus-sparse\n");

  g_string_append_printf (text, "d=%zu\nn=%zu\n[run.1]\nlearner=%s\nm=%zu\n", size->d,
                          size->n, learner, size->m);
  g_string_append_printf (text, "activation=%s\nsteps=%d\nrate=0.5\n", size->activation,
                          ROOM_STEPS);
  if (g_str_equal (learner, "joint"))
    g_string_append_printf (text, "lambda1=10\nunlabelled=%zu\n", size->n_unlabelled);
  return bench_side_init (side, text->str, n_threads, error);
}

/* Seconds of one record of the run by the observers given. */
static double
time_record (EngRun *run, GArray *observers, EngLanes *lanes)
{
  GArray *all = run->observers;
  double  begun;

  run->step++;
  run->observers = observers;
  begun = bench_now ();
  eng_run_record (run, lanes);
  run->observers = all;
  return bench_now () - begun;
}

/* All but the bands. */
static GArray *
leave_out_bands (GArray *observers)
{
  GArray *others = g_array_new (FALSE, FALSE, sizeof (EngObserver));

  for (guint i = 0; i < observers->len; i++)
    {
      const EngObserver *observer = &g_array_index (observers, EngObserver, i);

      if (!g_str_equal (observer->klass->id, "bands"))
        g_array_append_vals (others, observer, 1);
    }
  return others;
}

/* Seconds of one record on average, of as many as are completed at once. */
static gboolean
time_records (EngRun    *run,
              GArray    *observers,
              BenchSide *side,
              double    *seconds,
              GError   **error)
{
  *seconds = 0.0;
  for (guint i = 0; i < ENG_OBSERVABLE_BATCH; i++)
    {
      if (!bench_side_time (side, 2, NULL, error))
        return FALSE;
      *seconds += time_record (run, observers, side->lanes) / ENG_OBSERVABLE_BATCH;
    }
  return TRUE;
}

/* Each turn takes two batches of records, which last long enough. */
#define MAX_TURNS 3

static gsize
count_turns (void)
{
  return MIN ((gsize) bench_options.repetitions, MAX_TURNS);
}

static gboolean
has_room (EngRun *run, GError **error)
{
  gsize capacity = eng_trace_get_capacity (run->trace);
  gsize room = capacity - eng_trace_get_length (run->trace);
  gsize needed = 2 * ENG_OBSERVABLE_BATCH * count_turns ();

  if (needed <= room)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               "there must be room for %zu records, there is for %zu", needed, room);
  return FALSE;
}

/* Seconds of one step, of one record without the bands, and of one with them. */
typedef struct
{
  double step, without, with;
} Costs;

/* In turns, each record after some steps. */
static gboolean
time_costs (BenchSide *side, Costs *costs, GError **error)
{
  gsize              n = count_turns ();
  g_autofree double *steps = g_new (double, n), *with = g_new (double, n);
  g_autofree double *without = g_new (double, n);
  EngRun            *run = eng_experiment_get_run (side->experiment, 0);
  g_autoptr (GArray) others = leave_out_bands (run->observers);

  if (!has_room (run, error) || !bench_side_time (side, 2, NULL, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!bench_side_time (side, 10, &steps[i], error)
        || !time_records (run, run->observers, side, &with[i], error)
        || !time_records (run, others, side, &without[i], error))
      return FALSE;
  *costs = (Costs){ bench_quantile (n, steps, 0.5), bench_quantile (n, without, 0.5),
                    bench_quantile (n, with, 0.5) };
  return TRUE;
}

static gboolean
measure_records_of (BenchTable *table,
                    const char *title,
                    const Size *size,
                    const char *learner,
                    guint       n_threads,
                    GError    **error)
{
  g_auto (BenchSide) side = { NULL };
  g_autoptr (GArray) schedule = eng_run_schedule (size->planned);
  double             n_records = schedule->len, steps, bands;
  Costs              costs;

  if (!init_run (&side, size, learner, n_threads, error)
      || !time_costs (&side, &costs, error))
    return FALSE;
  steps = size->planned * costs.step;
  bands = costs.with - costs.without;
  bench_table_add (table, "%s|%u|%.3g|%.3g|%.3g|%u|%.0f|%.1f %%|%.0f %%", title,
                   n_threads, 1e3 * costs.step, 1e3 * costs.without, 1e3 * bands,
                   size->planned, n_records,
                   100 * n_records * bands / (steps + n_records * costs.without),
                   100 * n_records * costs.with / steps);
  return TRUE;
}

static gboolean
measure_records (GError **error)
{
  static const char *const columns[] = { "run",       "threads",     "step ms",
                                         "record ms", "bands ms",    "steps",
                                         "records",   "bands / run", "all / steps",
                                         NULL };
  g_autoptr (BenchTable)   table = bench_table_new (
        "records",
        "Records: without bands, what the bands add, and their share of a run with the usual "
          "number of steps; all records as a share of the time of the steps",
        columns);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (learners); j++)
      {
        g_autofree char *title = g_strconcat (sizes[i].title, " ", learners[j], NULL);

        if (!bench_is_wanted (title))
          continue;
        for (guint n_threads = 1; n_threads <= bench_count_threads ();
             n_threads = bench_next_threads (n_threads))
          if (!measure_records_of (table, title, &sizes[i], learners[j], n_threads,
                                   error))
            return FALSE;
      }
  return bench_table_finish (table, error);
}

int
main (int argc, char **argv)
{
  static const BenchSection sections[] = {
    { "records", measure_records },
    { NULL, NULL },
  };
  static const BenchProgram program = { "bench-records", sections, NULL };

  return bench_program_run (&program, argc, argv);
}
