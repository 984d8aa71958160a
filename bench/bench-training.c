/* SPDX-License-Identifier: GPL-3.0-or-later
 * bench-training: what the BLAS in use can do, and the steps of the two-layer students as
 * a share of it and beside NumPy and PyTorch on the same data with as many threads. */
#include "config.h"

#include "bench-folder.h"
#include "bench-peer.h"
#include "bench-program.h"
#include "bench-step.h"
#include "bench-table.h"
#include "eng-export.h"
#include "eng-taylor.h"

#include <math.h>
#include <string.h>

/* --- peak ---------------------------------------------------------------------------- */

static gboolean
measure_peak (GError **error)
{
  static const char *const columns[] = { "product", "threads", "GFLOP/s", NULL };
  g_autoptr (BenchTable)   table = NULL;
  g_autoptr (BenchPeak)    peak = bench_peak_new (bench_count_threads ());

  if (eng_la_get_faster_core () != NULL)
    g_print ("Warning: this processor also runs %s, which is faster; OPENBLAS_CORETYPE "
             "chooses\n",
             eng_la_get_faster_core ());
  table = bench_table_new ("Peak: products of matrices of order 1024, one lane a thread",
                           columns);
  for (guint n_threads = 1; n_threads <= bench_count_threads ();
       n_threads = bench_next_threads (n_threads))
    for (int is_double = 0; is_double < 2; is_double++)
      bench_table_add (table, "%s|%u|%.0f", is_double ? "dgemm" : "sgemm", n_threads,
                       bench_peak_best (peak, n_threads, is_double));
  return bench_table_save (table, bench_options.out, "peak", error);
}

/* --- beside the peers ------------------------------------------------------------------ */

/* Each side's turn takes about so long. */
#define TURN_SECONDS 0.15
/* Steps after which the losses are compared. */
#define COMPARED_STEPS 20

static const char *const peer_kinds[] = { "numpy", "torch", "jit" };
#define MAX_SIDES (1 + G_N_ELEMENTS (peer_kinds))

/* Ours is the first of the sides. */
typedef struct
{
  BenchPeer *peer;    /* NULL: ours, or not installed */
  guint      turn;    /* steps in a turn */
  double     loss;    /* after COMPARED_STEPS */
  double    *seconds; /* (turns) a step */
} Side;

typedef struct
{
  const BenchSize *size;
  const char      *learner;
  guint            n_threads;
  BenchSide        ours;
  BenchPeak       *peak;
  double          *shares; /* (turns) of the sgemm in the same turn */
  Side             sides[MAX_SIDES];
  char            *folder;
} Comparison;

static gboolean
hand_over (Comparison *self, GError **error)
{
  EngTaylor *taylor = self->ours.learner->state;

  self->folder = bench_folder_new (self->ours.experiment, error);
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
  g_autofree char *script = g_build_filename (bench_options.peers, "training.py", NULL);
  g_autofree char *threads = g_strdup_printf ("%u", self->n_threads);
  g_autofree char *eta = g_strdup_printf ("%.17g", self->ours.learner->step_size);
  g_autofree char *lambda = g_strdup_printf (
      "%g", g_str_equal (self->learner, "joint") ? BENCH_LAMBDA1 : 0.0);
  g_autofree char *variance = g_strdup_printf (
      "%.17g", eng_experiment_get_problem (self->ours.experiment)->variance);
  const char *const argv[] = { python,
                               script,
                               kind,
                               threads,
                               self->folder,
                               self->learner,
                               bench_step_get_activation (self->size, self->learner),
                               eta,
                               lambda,
                               variance,
                               NULL };

  return bench_peer_new (argv, self->n_threads, error);
}

/* Takes n steps of one side: the seconds of one, and the loss before the last. */
static gboolean
run_side (Comparison *self,
          gsize       i,
          guint       n,
          double     *seconds,
          double     *loss,
          GError    **error)
{
  g_autofree char *command = g_strdup_printf ("run %u", n);
  g_autofree char *answer = NULL;
  char            *end;

  if (i == 0)
    {
      *seconds = bench_side_time (&self->ours, n);
      *loss = bench_side_get_loss (&self->ours);
      return TRUE;
    }
  answer = bench_peer_ask (self->sides[i].peer, command, error);
  if (answer == NULL)
    return FALSE;
  *seconds = g_ascii_strtod (answer, &end) / n;
  *loss = g_ascii_strtod (end, NULL);
  return TRUE;
}

static gboolean
has_side (const Comparison *self, gsize i)
{
  return i == 0 || self->sides[i].peer != NULL;
}

/* Turn by turn, so that what else the machine does falls on all of them. */
static gboolean
take_turns (Comparison *self, GError **error)
{
  double seconds, loss;
  double flops = bench_step_count_nominal (self->size, self->learner);

  for (gsize i = 0; i < MAX_SIDES; i++)
    if (has_side (self, i))
      {
        if (!run_side (self, i, COMPARED_STEPS, &seconds, &self->sides[i].loss, error))
          return FALSE;
        self->sides[i].turn = (guint) CLAMP (TURN_SECONDS / seconds, 1, 2000);
      }
  for (int turn = 0; turn < bench_options.repetitions; turn++)
    {
      double peak = bench_peak_time (self->peak, self->n_threads, FALSE);

      for (gsize i = 0; i < MAX_SIDES; i++)
        if (has_side (self, i)
            && !run_side (self, i, self->sides[i].turn, &self->sides[i].seconds[turn],
                          &loss, error))
          return FALSE;
      self->shares[turn] = 1e-9 * flops / self->sides[0].seconds[turn] / peak;
    }
  return TRUE;
}

/* "2.1 (1.9 to 2.4)": how many times as long as ours the peer's steps take. */
static void
append_ratio (GString *cells, const double *ours, const double *theirs)
{
  gsize              n = (gsize) bench_options.repetitions;
  g_autofree double *ratios = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    ratios[i] = theirs[i] / ours[i];
  g_string_append_printf (cells, "|%.1f (%.1f to %.1f)", bench_quantile (n, ratios, 0.5),
                          bench_quantile (n, ratios, 0.0),
                          bench_quantile (n, ratios, 1.0));
}

static void
add_row (Comparison *self, BenchTable *table)
{
  double nominal = bench_step_count_nominal (self->size, self->learner);
  double executed = bench_step_count_executed (self->size, self->learner, &self->ours);
  double bytes = bench_step_count_bytes (self->size, self->learner, &self->ours);
  double seconds, share, apart = 0.0;
  g_autoptr (GString) cells = g_string_new (NULL);

  for (gsize i = 1; i < MAX_SIDES; i++)
    if (!has_side (self, i))
      g_string_append (cells, "|not installed");
    else
      {
        append_ratio (cells, self->sides[0].seconds, self->sides[i].seconds);
        apart = fmax (apart, fabs (self->sides[i].loss / self->sides[0].loss - 1));
      }
  seconds = bench_quantile ((gsize) bench_options.repetitions, self->sides[0].seconds,
                            0.5);
  share = bench_quantile ((gsize) bench_options.repetitions, self->shares, 0.5);
  bench_table_add (table, "%s %s|%u|%.4g|%.3g|%.2f|%.1f|%.0f %%|%.0f %%%s|%.0e",
                   self->size->title, self->learner, self->n_threads, 1 / seconds,
                   1e-9 * nominal / seconds, executed / nominal, 1e-6 * bytes,
                   100 * share, 100 * share * executed / nominal, cells->str, apart);
}

static gboolean
start_sides (Comparison *self, const char *const *kinds, GError **error)
{
  self->shares = g_new (double, (gsize) bench_options.repetitions);
  for (gsize i = 0; i < MAX_SIDES; i++)
    self->sides[i].seconds = g_new (double, (gsize) bench_options.repetitions);
  if (!bench_step_init (&self->ours, self->size, self->learner, self->n_threads, error))
    return FALSE;
  /* The peers have a constant step. */
  self->ours.learner->fixed_step_size = self->ours.learner->step_size;
  for (gsize i = 1; i < MAX_SIDES; i++)
    if (kinds[i - 1] != NULL)
      {
        if (self->folder == NULL && !hand_over (self, error))
          return FALSE;
        self->sides[i].peer = start_peer (self, kinds[i - 1], error);
        if (self->sides[i].peer == NULL)
          return FALSE;
      }
  return TRUE;
}

static void
clear (Comparison *self)
{
  for (gsize i = 0; i < MAX_SIDES; i++)
    {
      g_clear_pointer (&self->sides[i].peer, bench_peer_free);
      g_free (self->sides[i].seconds);
    }
  g_free (self->shares);
  g_clear_pointer (&self->folder, bench_folder_remove);
  bench_side_clear (&self->ours);
}

static gboolean
compare (Comparison *self, const char *const *kinds, BenchTable *table, GError **error)
{
  g_autofree char *title = g_strdup_printf ("%s %s %u", self->size->title, self->learner,
                                            self->n_threads);
  gboolean         is_done;

  if (!bench_is_wanted (title))
    return TRUE;
  is_done = start_sides (self, kinds, error) && take_turns (self, error);
  if (is_done)
    add_row (self, table);
  clear (self);
  return is_done;
}

static void
find_peers (const char **kinds)
{
  for (gsize i = 0; i < G_N_ELEMENTS (peer_kinds); i++)
    {
      const char *module = i == 0 ? "numpy" : "torch";

      kinds[i] = bench_options.peers[0] != '\0' && bench_peer_find_python (module) != NULL
                     ? peer_kinds[i]
                     : NULL;
    }
}

static gboolean
compare_all (GError **error)
{
  static const char *const columns[] = {
    "step",           "threads", "steps/s", "GFLOP/s", "executed",   "MB", "of sgemm",
    "executed of it", "NumPy",   "PyTorch", "jitted",  "loss apart", NULL
  };
  const char            *kinds[G_N_ELEMENTS (peer_kinds)];
  g_autoptr (BenchPeak)  peak = bench_peak_new (bench_count_threads ());
  g_autoptr (BenchTable) table = bench_table_new (
      "Training steps: GFLOP/s of the plain algebra, the share of it that is executed, bytes "
      "of a step, shares of sgemm with as many threads, and a peer's time over ours",
      columns);

  find_peers (kinds);
  for (gsize i = 0; bench_sizes[i].title != NULL; i++)
    for (gsize j = 0; bench_sizes[i].learners[j] != NULL; j++)
      for (guint n_threads = 1; n_threads <= bench_count_threads ();
           n_threads = bench_next_threads (n_threads))
        {
          Comparison self = { .size = &bench_sizes[i],
                              .learner = bench_sizes[i].learners[j],
                              .n_threads = n_threads,
                              .peak = peak };

          if (!compare (&self, kinds, table, error))
            return FALSE;
        }
  return bench_table_save (table, bench_options.out, "training", error);
}

int
main (int argc, char **argv)
{
  static const BenchSection sections[] = {
    { "peak", measure_peak },
    { "peers", compare_all },
    { NULL, NULL },
  };
  static const BenchProgram program = { "bench-training", sections, NULL };

  return bench_program_run (&program, argc, argv);
}
