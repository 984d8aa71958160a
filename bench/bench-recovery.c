/* SPDX-License-Identifier: GPL-3.0-or-later
 * bench-recovery: seconds per iteration of the methods that recover a matrix, beside
 * NumPy's on the same data with as many threads, how they grow with the dimension, and
 * what inputs that are not kept take (rank-one.md sections 3 and 5). */
#include "config.h"

#include "bench-folder.h"
#include "bench-peer.h"
#include "bench-program.h"
#include "bench-side.h"
#include "bench-table.h"

#include <math.h>
#include <sys/resource.h>

#define RANK 5

typedef struct
{
  const char *id;       /* of the head, for the peer; NULL: it has none */
  const char *title;    /* in tables */
  const char *settings; /* lines of [run.1] */
} BenchMethod;

/* What is recovered from what: OVERSAMPLED rank d samples. */
typedef struct
{
  gsize       d;
  int         rank;
  const char *problem; /* more lines of [problem] */
  const char *samples; /* fresh or batch */
  guint       n_threads;
} BenchSetting;

#define OVERSAMPLED 8

static const BenchMethod mbk = { "mbk", "AP-ROM MBK", "learner=ap-rom\nhead=mbk\n" };
static const BenchMethod tangent = { "tangent", "AP-ROM tangent",
                                     "learner=ap-rom\nhead=tangent\n" };
static const BenchMethod exact = { NULL, "EP-ROM", "learner=ep-rom\n" };

/* Prepared, and after the first, cold iteration. */
static gboolean
init_side (BenchSide          *self,
           const BenchMethod  *method,
           const BenchSetting *setting,
           GError            **error)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n"
      "[problem]\nkind=quadratic-sensing\nd=%zu\nrank=%d\nn=%d d\n%s"
      "[run.1]\nsamples=%s\nsteps=1000\n%s",
      setting->d, setting->rank, OVERSAMPLED * setting->rank, setting->problem,
      setting->samples, method->settings);

  return bench_side_init (self, text, setting->n_threads, error)
         && bench_side_time (self, 1, NULL, error);
}

/* --- against NumPy ----------------------------------------------------------------- */

#define COMPARED_D 1000
#define TURN       2 /* iterations of one side before it is the other's turn */

typedef struct
{
  const char *python;
  char       *folder; /* of the data */
  BenchTable *table;
} Comparison;

static const char *const comparison_columns[] = { "method",    "threads",    "NumPy's X",
                                                  "ours s/it", "NumPy s/it", "ratio",
                                                  "ratio low", "ratio high", "residual",
                                                  "NumPy's",   NULL };

static BenchPeer *
start_peer (const Comparison  *self,
            const BenchMethod *method,
            const char        *type,
            guint              n_threads,
            GError           **error)
{
  g_autofree char  *script = g_build_filename (bench_options.peers, "recovery.py", NULL);
  g_autofree char  *x = g_build_filename (self->folder, "x-train.npy", NULL);
  g_autofree char  *y = g_build_filename (self->folder, "y-train.npy", NULL);
  g_autofree char  *rank = g_strdup_printf ("%d", RANK);
  g_autofree char  *command = g_strdup_printf ("start %s", method->id);
  g_autofree char  *answer = NULL;
  const char *const argv[] = { self->python, script, x, y, rank, type, NULL };
  g_autoptr (BenchPeer) peer = bench_peer_new (argv, n_threads, error);

  if (peer == NULL)
    return NULL;
  answer = bench_peer_ask (peer, command, error);
  return answer == NULL ? NULL : g_steal_pointer (&peer);
}

static gboolean
time_peer (BenchPeer *peer, double *seconds, double *residual, GError **error)
{
  g_autofree char *command = g_strdup_printf ("run %d", TURN);
  g_autofree char *answer = bench_peer_ask (peer, command, error);

  if (answer == NULL || !bench_peer_read (answer, seconds, residual, error))
    return FALSE;
  *seconds /= TURN;
  return TRUE;
}

static void
add_comparison (Comparison        *self,
                const BenchMethod *method,
                const char        *type,
                guint              n_threads,
                double            *ours,
                double            *theirs,
                const double      *residuals)
{
  gsize              n = (gsize) bench_options.repetitions;
  g_autofree double *ratios = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    ratios[i] = theirs[i] / ours[i];
  bench_table_add (self->table, "%s|%u|%s|%.4g|%.4g|%.2f|%.2f|%.2f|%.1e|%.1e",
                   method->title, n_threads, type, bench_quantile (n, ours, 0.5),
                   bench_quantile (n, theirs, 0.5), bench_quantile (n, ratios, 0.5),
                   bench_quantile (n, ratios, 0.0), bench_quantile (n, ratios, 1.0),
                   residuals[0], residuals[1]);
}

/* Both sides take turns from the same start on the same data. */
static gboolean
compare (Comparison        *self,
         const BenchMethod *method,
         const char        *type,
         guint              n_threads,
         GError           **error)
{
  BenchSetting          setting = { COMPARED_D, RANK, "", "batch", n_threads };
  g_auto (BenchSide)    side = { NULL };
  g_autoptr (BenchPeer) peer = NULL;
  g_autofree double    *ours = g_new (double, (gsize) bench_options.repetitions);
  g_autofree double    *theirs = g_new (double, (gsize) bench_options.repetitions);
  double                residuals[2] = { NAN, NAN };

  if (!init_side (&side, method, &setting, error))
    return FALSE;
  peer = start_peer (self, method, type, n_threads, error);
  if (peer == NULL)
    return FALSE;
  for (int i = 0; i < bench_options.repetitions; i++)
    if (!bench_side_time (&side, TURN, &ours[i], error)
        || !time_peer (peer, &theirs[i], &residuals[1], error))
      return FALSE;
  residuals[0] = sqrt (bench_side_get_loss (&side));
  add_comparison (self, method, type, n_threads, ours, theirs, residuals);
  return TRUE;
}

static gboolean
export_data (Comparison *self, GError **error)
{
  BenchSetting       setting = { COMPARED_D, RANK, "", "batch", 0 };
  g_auto (BenchSide) side = { NULL };

  if (init_side (&side, &tangent, &setting, error))
    self->folder = bench_folder_new (side.experiment, error);
  return self->folder != NULL;
}

static gboolean
compare_all (Comparison *self, GError **error)
{
  static const BenchMethod *const methods[] = { &mbk, &tangent, NULL };
  static const char *const        types[] = { "float64", "float32", NULL };

  if (!export_data (self, error))
    return FALSE;
  for (guint n_threads = 1; n_threads <= MIN (2, g_get_num_processors ()); n_threads++)
    for (gsize i = 0; methods[i] != NULL; i++)
      for (gsize j = 0; types[j] != NULL; j++)
        if (!compare (self, methods[i], types[j], n_threads, error))
          return FALSE;
  return bench_table_finish (self->table, error);
}

static gboolean
compare_with_numpy (GError **error)
{
  Comparison comparison = { .python = bench_peer_find_python ("numpy") };
  gboolean   done;

  if (comparison.python == NULL)
    {
      g_print ("\nSkipped: NumPy is not installed (python3-numpy).\n");
      return TRUE;
    }
  comparison.table = bench_table_new ("recovery-numpy",
                                      "Matrix recovery against NumPy: d = 1000, r = 5, "
                                      "n = 40 000, one batch, without records",
                                      comparison_columns);
  done = compare_all (&comparison, error);
  bench_folder_remove (comparison.folder);
  bench_table_free (comparison.table);
  return done;
}

/* --- growth with the dimension ------------------------------------------------------ */

static const gsize       sizes[] = { 400, 566, 800, 1131, 1600 };
static const char *const scaling_columns[] = { "method", "d = 400", "566",      "800",
                                               "1131",   "1600",    "exponent", NULL };

/* Seconds of the fastest iteration at dimension d: what else runs only adds to it. */
static gboolean
measure (const BenchMethod *method, gsize d, double *seconds, GError **error)
{
  BenchSetting       setting = { d, RANK, "", "batch", 1 };
  g_auto (BenchSide) side = { NULL };
  gsize              n = (gsize) bench_options.repetitions;
  g_autofree double *times = g_new (double, n);

  if (!init_side (&side, method, &setting, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!bench_side_time (&side, 1, &times[i], error))
      return FALSE;
  *seconds = bench_quantile (n, times, 0.0);
  return TRUE;
}

/* The first `n` sizes. */
static gboolean
measure_growth (BenchTable *table, const BenchMethod *method, gsize n, GError **error)
{
  double              d[G_N_ELEMENTS (sizes)], seconds[G_N_ELEMENTS (sizes)];
  g_autoptr (GString) cells = g_string_new (method->title);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_string_append_c (cells, '|');
      if (i >= n)
        continue;
      d[i] = (double) sizes[i];
      if (!measure (method, sizes[i], &seconds[i], error))
        return FALSE;
      g_string_append_printf (cells, "%.4g", seconds[i]);
    }
  bench_table_add (table, "%s|%.2f", cells->str, bench_fit_exponent (n, d, seconds));
  return TRUE;
}

static gboolean
measure_scaling (GError **error)
{
  g_autoptr (BenchTable) table = bench_table_new (
      "recovery-scaling",
      "Growth with the dimension: seconds of the fastest iteration, r = 5, n = 40 d, one thread",
      scaling_columns);

  return measure_growth (table, &mbk, 5, error)
         && measure_growth (table, &tangent, 5, error)
         && measure_growth (table, &exact, 4, error) && bench_table_finish (table, error);
}

/* --- inputs that are not kept --------------------------------------------------------- */

#define STREAMED_RANK       2
#define STREAMED_ITERATIONS 3

static const gsize       streamed_sizes[] = { 1000, 2000, 4000 };
static const char *const streamed_columns[] = { "inputs", "d",       "n", "X would be MB",
                                                "s/it",   "peak MB", NULL };

static gboolean
measure_streamed_size (BenchTable *table, gsize d, GError **error)
{
  static const BenchMethod hybrid = { NULL, "streamed", "learner=ap-rom\n" };
  BenchSetting       setting = { d, STREAMED_RANK, "storage=streamed\n", "fresh", 0 };
  g_auto (BenchSide) side = { NULL };
  struct rusage      usage;
  double             seconds;
  gsize              n = OVERSAMPLED * STREAMED_RANK * d;

  if (!init_side (&side, &hybrid, &setting, error))
    return FALSE;
  if (!bench_side_time (&side, STREAMED_ITERATIONS, &seconds, error))
    return FALSE;
  getrusage (RUSAGE_SELF, &usage);
  bench_table_add (table, "%s|%zu|%zu|%.0f|%.3g|%.0f", hybrid.title, d, n,
                   (double) (n * d * sizeof (float)) * 1e-6, seconds,
                   (double) usage.ru_maxrss * 1.024e-3);
  return TRUE;
}

/* Comes first: the peak is that of the whole process. */
static gboolean
measure_streamed (GError **error)
{
  g_autoptr (BenchTable) table = bench_table_new (
      "recovery-streamed",
      "Inputs drawn again in every pass: hybrid head, fresh samples, r = 2, n = 16 d, all "
      "threads",
      streamed_columns);

  for (gsize i = 0; i < G_N_ELEMENTS (streamed_sizes); i++)
    if (!measure_streamed_size (table, streamed_sizes[i], error))
      return FALSE;
  return bench_table_finish (table, error);
}

int
main (int argc, char **argv)
{
  static const BenchSection sections[] = {
    { "streamed", measure_streamed },
    { "numpy", compare_with_numpy },
    { "scaling", measure_scaling },
    { NULL, NULL },
  };
  static const BenchProgram program = { "bench-recovery", sections, NULL };

  return bench_program_run (&program, argc, argv);
}
