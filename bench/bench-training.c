/* SPDX-License-Identifier: GPL-3.0-or-later
 * bench-training: what the BLAS in use can do, and the steps of the two-layer students as
 * a share of it and beside NumPy and PyTorch on the same data with as many threads. */
#include "config.h"

#include "bench-folder.h"
#include "bench-peer.h"
#include "bench-side.h"
#include "bench-table.h"
#include "eng-export.h"
#include "eng-taylor.h"

#include <math.h>
#include <string.h>

static char  *peers = NULL, *out = NULL, *only = NULL;
static int    repetitions = 7;
static char **sections = NULL;

static const GOptionEntry options[] = {
  { "peers", 0, 0, G_OPTION_ARG_FILENAME, &peers,
    "folder of the peer scripts; empty: without them", "FOLDER" },
  { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "folder for the CSV files", "FOLDER" },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only, "steps with this in their name", "TEXT" },
  { "repeat", 0, 0, G_OPTION_ARG_INT, &repetitions, "turns of each side", "N" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &sections,
    "peak, peers, threads, growth; all by default", "[SECTION…]" },
  { NULL },
};

/* --- what is timed ------------------------------------------------------------------ */

typedef struct
{
  const char *title;
  gsize       d, m, n, n_unlabelled;
  const char *activation;
} Size;

static const Size sizes[] = {
  { "P7", 30, 300, 246, 128, "softplus" },
  { "P8", 60, 400, 557, 256, "quad" },
  { "d100 m4000", 100, 4000, 1000, 256, "quad" },
  { "d100 m10000", 100, 10000, 1000, 256, "quad" },
};

static const char *const learners[] = { "lazy", "quadratic", "joint", "network" };

#define LAMBDA1 10.0

static gboolean
init_side (BenchSide  *side,
           const Size *size,
           const char *learner,
           guint       n_threads,
           GError    **error)
{
  gboolean            is_joint = g_str_equal (learner, "joint");
  g_autoptr (GString) text = g_string_new ("[experiment]\nversion=1\n[problem]\n"
                                           "kind=dense-plus-sparse\n");

  g_string_append_printf (text, "d=%zu\nn=%zu\nn-test=64\n[run.1]\nlearner=%s\n", size->d,
                          size->n, learner);
  g_string_append_printf (text, "m=%zu\nactivation=%s\nsteps=100000\nrate=0.5\n", size->m,
                          g_str_equal (learner, "network") ? "relu" : size->activation);
  if (is_joint)
    g_string_append_printf (text, "lambda1=%g\nunlabelled=fixed %zu\n", LAMBDA1,
                            size->n_unlabelled);
  return bench_side_init (side, text->str, n_threads, error);
}

/* Multiplications and additions of one step as the plain algebra has them: forward and
 * backward over the samples, and for the penalty over the unlabelled inputs and twice the
 * projection on Q1, each with two products. */
static double
count_flops (const Size *size, const char *learner)
{
  double md = (double) (size->m * size->d), flops = 4.0 * md * (double) size->n;

  if (g_str_equal (learner, "joint"))
    flops += 4.0 * md * (double) size->n_unlabelled + 8.0 * md * ((double) size->d + 1);
  return flops;
}

/* --- peak ---------------------------------------------------------------------------- */

#define PEAK_ORDER 1024

typedef struct
{
  EngMatF single[ENG_N_LANES][3];
  EngMat  twice[ENG_N_LANES][3];
} PeakJob;

static void
single_lane (guint lane, gpointer data)
{
  PeakJob *job = data;

  eng_laf_gemm_nt (1.0f, &job->single[lane][0], &job->single[lane][1], 0.0f,
                   &job->single[lane][2]);
}

static void
double_lane (guint lane, gpointer data)
{
  PeakJob *job = data;

  eng_la_gemm_nt (1.0, &job->twice[lane][0], &job->twice[lane][1], 0.0,
                  &job->twice[lane][2]);
}

/* GFLOP/s of the fastest of some rounds in which every thread multiplies once. */
static double
time_peak (guint n_threads, EngLaneFunc func, PeakJob *job)
{
  g_autoptr (EngLanes) lanes = eng_lanes_new (n_threads);
  double               flops = 2.0 * pow (PEAK_ORDER, 3) * n_threads, best = 0.0;

  for (int i = 0; i < 3 * repetitions; i++)
    {
      gint64 begun = g_get_monotonic_time ();

      eng_lanes_run (lanes, n_threads, func, job);
      best = fmax (best, flops * 1e-3 / (double) (g_get_monotonic_time () - begun));
    }
  return best;
}

static void
fill_peak (PeakJob *job, guint n_threads, EngArena *arena)
{
  for (guint lane = 0; lane < n_threads; lane++)
    for (int k = 0; k < 3; k++)
      {
        EngMatF *a = &job->single[lane][k];
        EngMat  *b = &job->twice[lane][k];

        *a = eng_arena_matf (arena, PEAK_ORDER, PEAK_ORDER);
        *b = eng_arena_mat (arena, PEAK_ORDER, PEAK_ORDER);
        for (gsize i = 0; i < PEAK_ORDER * PEAK_ORDER; i++)
          a->data[i] = (float) (b->data[i] = (double) (i % 17) - 8.0);
      }
}

static guint
count_threads (void)
{
  return MIN (g_get_num_processors (), ENG_N_LANES);
}

/* sgemm with one thread and with all, as independent lanes. */
static void
measure_sgemm (double peaks[2])
{
  g_autoptr (EngArena) arena = eng_arena_new ();
  g_autofree PeakJob  *job = g_new0 (PeakJob, 1);

  fill_peak (job, count_threads (), arena);
  peaks[0] = time_peak (1, single_lane, job);
  peaks[1] = time_peak (count_threads (), single_lane, job);
}

static gboolean
measure_peak (GError **error)
{
  static const char *const columns[] = { "product", "threads", "GFLOP/s", NULL };
  g_autoptr (BenchTable)   table = bench_table_new (
        "Peak: products of matrices of order 1024, one lane a thread", columns);
  g_autoptr (EngArena) arena = eng_arena_new ();
  g_autofree PeakJob  *job = g_new0 (PeakJob, 1);

  fill_peak (job, count_threads (), arena);
  for (guint n_threads = 1; n_threads <= count_threads (); n_threads++)
    for (int is_double = 0; is_double < 2; is_double++)
      bench_table_add (table, "%s|%u|%.0f", is_double ? "dgemm" : "sgemm", n_threads,
                       time_peak (n_threads, is_double ? double_lane : single_lane, job));
  return bench_table_save (table, out, "peak", error);
}

/* --- beside the peers ------------------------------------------------------------------ */

/* Each side's turn takes about so long. */
#define TURN_SECONDS 0.15

static const char *const peer_kinds[] = { "numpy", "torch", "jit" };

typedef struct
{
  const Size *size;
  const char *learner;
  guint       n_threads, turn; /* steps in a turn */
  BenchSide   side;
  char       *folder;
  double      peak; /* GFLOP/s of sgemm with as many threads */
  BenchTable *table;
} Comparison;

static gboolean
hand_over (Comparison *self, GError **error)
{
  EngTaylor *taylor = self->side.learner->state;

  self->folder = bench_folder_new (self->side.experiment, error);
  if (self->folder == NULL)
    return FALSE;
  return !g_str_equal (self->learner, "joint")
         || (bench_folder_add (self->folder, "unlabelled", &taylor->xu, error)
             && bench_folder_add (self->folder, "top",
                                  eng_basis_get_top (taylor->basis, &taylor->net),
                                  error));
}

static BenchPeer *
start_peer (const Comparison *self, const char *kind, GError **error)
{
  const char      *python = bench_peer_find_python (g_str_equal (kind, "numpy") ? "numpy"
                                                                                : "torch");
  g_autofree char *script = g_build_filename (peers, "training.py", NULL);
  g_autofree char *threads = g_strdup_printf ("%u", self->n_threads);
  g_autofree char *eta = g_strdup_printf ("%.17g", self->side.learner->step_size);
  g_autofree char *lambda = g_strdup_printf (
      "%g", g_str_equal (self->learner, "joint") ? LAMBDA1 : 0.0);
  g_autofree char *variance = g_strdup_printf (
      "%.17g", eng_experiment_get_problem (self->side.experiment)->variance);
  const char *const argv[]
      = { python,
          script,
          kind,
          threads,
          self->folder,
          self->learner,
          g_str_equal (self->learner, "network") ? "relu" : self->size->activation,
          eta,
          lambda,
          variance,
          NULL };

  return bench_peer_new (argv, self->n_threads, error);
}

static gboolean
time_peer (BenchPeer *peer, guint n, double *seconds, double *loss, GError **error)
{
  g_autofree char *command = g_strdup_printf ("run %u", n);
  g_autofree char *answer = bench_peer_ask (peer, command, error);
  char            *end;

  if (answer == NULL)
    return FALSE;
  *seconds = g_ascii_strtod (answer, &end) / n;
  *loss = g_ascii_strtod (end, NULL);
  return TRUE;
}

#define MAX_SIDES (1 + G_N_ELEMENTS (peer_kinds))

/* Steps after which the losses are compared. */
#define COMPARED_STEPS 50

/* Turn by turn, so that what else the machine does falls on all of them.  The first turn,
 * which is not timed, is the one whose losses are compared. */
static gboolean
take_turns (Comparison *self,
            BenchPeer **side_peers,
            double    **seconds,
            double     *losses,
            GError    **error)
{
  for (int i = -1; i < repetitions; i++)
    {
      guint  turn = i < 0 ? COMPARED_STEPS : self->turn;
      double time = bench_side_time (&self->side, turn), loss;

      if (i < 0)
        losses[0] = bench_side_get_loss (&self->side);
      else
        seconds[0][i] = time;
      for (gsize j = 1; j < MAX_SIDES; j++)
        {
          if (side_peers[j] == NULL)
            continue;
          if (!time_peer (side_peers[j], turn, &time, &loss, error))
            return FALSE;
          if (i < 0)
            losses[j] = loss;
          else
            seconds[j][i] = time;
        }
    }
  return TRUE;
}

/* "2.1 (1.9 to 2.4)": how many times as long as ours the peer's steps take. */
static void
append_ratio (GString *cells, gsize n, const double *ours, const double *theirs)
{
  g_autofree double *ratios = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    ratios[i] = theirs[i] / ours[i];
  g_string_append_printf (cells, "|%.1f (%.1f to %.1f)", bench_quantile (n, ratios, 0.5),
                          bench_quantile (n, ratios, 0.0),
                          bench_quantile (n, ratios, 1.0));
}

static void
add_row (Comparison *self, BenchPeer **side_peers, double **seconds, const double *losses)
{
  gsize  n = (gsize) repetitions;
  double gflops = 1e-9 * count_flops (self->size, self->learner), ours, apart = 0.0;
  g_autoptr (GString) cells = g_string_new (NULL);

  for (gsize j = 1; j < MAX_SIDES; j++)
    if (side_peers[j] == NULL)
      g_string_append (cells, "|not installed");
    else
      {
        append_ratio (cells, n, seconds[0], seconds[j]);
        apart = fmax (apart, fabs (losses[j] / losses[0] - 1));
      }
  ours = bench_quantile (n, seconds[0], 0.5);
  bench_table_add (self->table, "%s %s|%u|%.4g|%.3g|%.0f %%%s|%.1e", self->size->title,
                   self->learner, self->n_threads, 1e3 * ours, gflops / ours,
                   100 * gflops / ours / self->peak, cells->str, apart);
}

static gboolean
compare_with (Comparison *self, const char *const *kinds, GError **error)
{
  BenchPeer *side_peers[MAX_SIDES] = { NULL };
  double    *seconds[MAX_SIDES] = { NULL }, losses[MAX_SIDES];
  gboolean   is_done = TRUE;

  for (gsize j = 0; j < MAX_SIDES; j++)
    seconds[j] = g_new (double, (gsize) repetitions);
  for (gsize j = 1; j < MAX_SIDES && is_done; j++)
    if (kinds[j - 1] != NULL)
      is_done = (side_peers[j] = start_peer (self, kinds[j - 1], error)) != NULL;
  is_done = is_done && take_turns (self, side_peers, seconds, losses, error);
  if (is_done)
    add_row (self, side_peers, seconds, losses);
  for (gsize j = 0; j < MAX_SIDES; j++)
    {
      g_clear_pointer (&side_peers[j], bench_peer_free);
      g_free (seconds[j]);
    }
  return is_done;
}

static gboolean
compare (Comparison *self, const char *const *kinds, GError **error)
{
  gboolean is_done = init_side (&self->side, self->size, self->learner, self->n_threads,
                                error);

  if (is_done)
    {
      /* The peers have a constant step. */
      self->side.learner->fixed_step_size = self->side.learner->step_size;
      is_done = hand_over (self, error);
    }
  if (is_done)
    {
      bench_side_time (&self->side, 1);
      self->turn = (guint) CLAMP (TURN_SECONDS / bench_side_time (&self->side, 1), 1,
                                  500);
      bench_side_clear (&self->side);
      is_done = init_side (&self->side, self->size, self->learner, self->n_threads,
                           error);
      self->side.learner->fixed_step_size = self->side.learner->step_size;
    }
  is_done = is_done && compare_with (self, kinds, error);
  g_clear_pointer (&self->folder, bench_folder_remove);
  bench_side_clear (&self->side);
  return is_done;
}

static gboolean
compare_all (GError **error)
{
  static const char *const columns[] = { "step",       "threads", "ms",      "GFLOP/s",
                                         "of sgemm",   "NumPy",   "PyTorch", "jitted",
                                         "loss apart", NULL };
  const char              *kinds[G_N_ELEMENTS (peer_kinds)];
  double                   peaks[2];
  g_autoptr (BenchTable)   table = NULL;

  measure_sgemm (peaks);
  table = bench_table_new (
      "Training steps: nominal GFLOP/s, their share of sgemm with as many threads, and the "
      "time of a peer's step over ours",
      columns);
  for (gsize j = 0; j < G_N_ELEMENTS (peer_kinds); j++)
    kinds[j] = peers[0] == '\0' ? NULL
               : bench_peer_find_python (j == 0 ? "numpy" : "torch") != NULL
                   ? peer_kinds[j]
                   : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (learners); j++)
      for (guint n_threads = 1; n_threads <= MIN (2, count_threads ()); n_threads++)
        {
          Comparison self = { .size = &sizes[i],
                              .learner = learners[j],
                              .n_threads = n_threads,
                              .peak = peaks[n_threads - 1],
                              .table = table };

          g_autofree char *title = g_strdup_printf ("%s %s %u", sizes[i].title,
                                                    learners[j], n_threads);

          if (only != NULL && strstr (title, only) == NULL)
            continue;
          if (!compare (&self, kinds, error))
            return FALSE;
        }
  return bench_table_save (table, out, "training", error);
}

static gboolean
is_wanted (const char *section)
{
  return sections == NULL || g_strv_contains ((const char *const *) sections, section);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError)         error = NULL;

  eng_start (argv);
  eng_init ();
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("bench-training: %s\n", error->message);
      return 2;
    }
  if (repetitions < 1)
    {
      g_printerr ("bench-training: --repeat must be at least 1, got %d\n", repetitions);
      return 2;
    }
  if (out == NULL)
    out = g_strdup (".");
  if (peers == NULL)
    peers = g_strdup ("bench/peers");
  g_print ("BLAS kernels: %s\n", eng_la_get_core_name ());
  if ((is_wanted ("peak") && !measure_peak (&error))
      || (is_wanted ("peers") && !compare_all (&error)))
    {
      g_printerr ("bench-training: %s\n", error->message);
      return 1;
    }
  return 0;
}
