/* SPDX-License-Identifier: GPL-3.0-or-later
 * bench-training: what the BLAS in use can do, and the steps of the two-layer students as
 * a share of it and beside NumPy and PyTorch on the same data with as many threads. */
#include "config.h"

#include "bench-comparison.h"
#include "bench-program.h"
#include "bench-table.h"

#include <math.h>

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
  table = bench_table_new (
      "peak", "Peak: products of matrices of order 1024, one lane a thread", columns);
  for (guint n_threads = 1; n_threads <= bench_count_threads ();
       n_threads = bench_next_threads (n_threads))
    for (int is_double = 0; is_double < 2; is_double++)
      bench_table_add (table, "%s|%u|%.0f", is_double ? "dgemm" : "sgemm", n_threads,
                       bench_peak_best (peak, n_threads, is_double));
  return bench_table_finish (table, error);
}

/* --- beside the peers ------------------------------------------------------------------ */

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

/* shares: (turns) of the sgemm in the same turn. */
static void
add_row (const BenchComparison *self, double *shares, BenchTable *table)
{
  double  nominal = bench_step_count_nominal (self->size, self->learner);
  double  executed = bench_step_count_executed (self->size, self->learner, &self->ours);
  double  bytes = bench_step_count_bytes (self->size, self->learner, &self->ours);
  double *ours = self->sides[BENCH_OURS].seconds;
  double  seconds, share, apart = bench_comparison_get_apart (self);
  g_autoptr (GString) cells = g_string_new (NULL);

  for (gsize i = 1; i < BENCH_N_SIDES; i++)
    if (bench_comparison_has (self, i))
      append_ratio (cells, ours, self->sides[i].seconds);
    else
      g_string_append (cells, "|not installed");
  if (isnan (apart))
    g_string_append (cells, "|-");
  else
    g_string_append_printf (cells, "|%.0e", apart);
  seconds = bench_quantile ((gsize) bench_options.repetitions, ours, 0.5);
  share = bench_quantile ((gsize) bench_options.repetitions, shares, 0.5);
  bench_table_add (table, "%s %s|%u|%.4g|%.3g|%.2f|%.1f|%.0f %%|%.0f %%%s",
                   self->size->title, self->learner, self->n_threads, 1 / seconds,
                   1e-9 * nominal / seconds, executed / nominal, 1e-6 * bytes,
                   100 * share, 100 * share * executed / nominal, cells->str);
}

static gboolean
compare (const BenchSize  *size,
         const char       *learner,
         guint             n_threads,
         const BenchPeers *peers,
         BenchPeak        *peak,
         BenchTable       *table,
         GError          **error)
{
  g_auto (BenchComparison) self
      = { .size = size, .learner = learner, .n_threads = n_threads };
  g_autofree double *shares = g_new (double, (gsize) bench_options.repetitions);
  double             flops = bench_step_count_nominal (size, learner);

  if (!bench_comparison_start (&self, peers, error))
    return FALSE;
  for (gsize turn = 0; turn < (gsize) bench_options.repetitions; turn++)
    {
      double sgemm = bench_peak_time (peak, n_threads, FALSE);

      if (!bench_comparison_take_turn (&self, turn, error))
        return FALSE;
      shares[turn] = 1e-9 * flops / self.sides[BENCH_OURS].seconds[turn] / sgemm;
    }
  add_row (&self, shares, table);
  return TRUE;
}

static gboolean
compare_all (GError **error)
{
  static const char *const columns[]
      = { "step",   "threads",         "steps/s",          "GFLOP/s",    "executed",
          "MB",     "nominal / sgemm", "executed / sgemm", "NumPy",      "PyTorch",
          "jitted", "NumPy in place",  "PyTorch in place", "loss apart", NULL };
  BenchPeers             peers;
  g_autoptr (BenchPeak)  peak = bench_peak_new (bench_count_threads ());
  g_autoptr (BenchTable) table = bench_table_new (
      "training",
      "Training steps (joint: with one fixed set of unlabelled inputs; joint fresh: drawn "
      "in each step): GFLOP/s of the plain algebra, the share of it that is executed, "
      "bytes of a step, either arithmetic over the speed of sgemm with as many threads, and a peer's time over ours, "
      "written as in a notebook, or with care in place",
      columns);

  bench_peers_find (&peers);
  for (const BenchSize *size = bench_sizes; size->title != NULL; size++)
    for (const char *const *learner = size->learners; *learner != NULL; learner++)
      for (guint n_threads = 1; n_threads <= bench_count_threads ();
           n_threads = bench_next_threads (n_threads))
        {
          g_autofree char *title = g_strdup_printf ("%s %s %u", size->title, *learner,
                                                    n_threads);

          if (bench_is_wanted (title)
              && !compare (size, *learner, n_threads, &peers, peak, table, error))
            return FALSE;
        }
  return bench_table_finish (table, error);
}

/* --- the products of a step alone ------------------------------------------------------ */

/* Each measurement takes about so long. */
#define PRODUCTS_SECONDS 0.1

/* What any program on this BLAS computes in a step of a network, each product whole. */
typedef struct
{
  EngArena *arena;
  EngMatF   x, w, c, gradient; /* (n, d), (m, d), (n, m), (m, d) */
} Products;

static void
products_init (Products *self, const BenchSize *size)
{
  EngMatF *all[] = { &self->x, &self->w };

  self->arena = eng_arena_new ();
  self->x = eng_arena_matf (self->arena, size->n, size->d);
  self->w = eng_arena_matf (self->arena, size->m, size->d);
  self->c = eng_arena_matf (self->arena, size->n, size->m);
  self->gradient = eng_arena_matf (self->arena, size->m, size->d);
  for (gsize k = 0; k < G_N_ELEMENTS (all); k++)
    for (gsize i = 0; i < all[k]->rows * all[k]->cols; i++)
      all[k]->data[i] = (float) (i % 17) - 8.0f;
}

/* C = X Wᵀ and Cᵀ X, `n` times.  Returns: the seconds of both. */
static double
time_products (Products *self, guint n)
{
  double begun = bench_now ();

  for (guint i = 0; i < n; i++)
    {
      eng_laf_gemm_nt (1.0f, &self->x, &self->w, 0.0f, &self->c);
      eng_laf_gemm_tn (1.0f, &self->c, &self->x, 0.0f, &self->gradient);
    }
  return (bench_now () - begun) / n;
}

/* In turns with the steps; `ratios`: (2, turns) of our step and PyTorch's over them. */
static gboolean
take_turns (BenchComparison *self,
            Products        *products,
            BenchPeak       *peak,
            double          *seconds,
            double          *shares,
            double          *ratios,
            GError         **error)
{
  gsize  n = (gsize) bench_options.repetitions;
  double flops = 4.0 * (double) (self->size->n * self->size->m * self->size->d);
  guint  turn = (guint) CLAMP (PRODUCTS_SECONDS / time_products (products, 2), 1, 2000);

  for (gsize i = 0; i < n; i++)
    {
      double sgemm = bench_peak_time (peak, 1, FALSE);

      seconds[i] = time_products (products, turn);
      if (!bench_comparison_take_turn (self, i, error))
        return FALSE;
      shares[i] = 1e-9 * flops / seconds[i] / sgemm;
      ratios[i] = self->sides[BENCH_OURS].seconds[i] / seconds[i];
      ratios[n + i] = self->sides[BENCH_TORCH].seconds[i] / seconds[i];
    }
  return TRUE;
}

static gboolean
measure_products_of (const BenchSize  *size,
                     const BenchPeers *peers,
                     BenchPeak        *peak,
                     BenchTable       *table,
                     GError          **error)
{
  g_auto (BenchComparison) self = { .size = size, .learner = "network", .n_threads = 1 };
  gsize                    n = (gsize) bench_options.repetitions;
  g_autofree double       *seconds = g_new (double, n), *shares = g_new (double, n);
  g_autofree double       *ratios = g_new (double, 2 * n);
  g_autofree char         *torch = g_strdup ("not installed");
  Products                 products;
  gboolean                 is_done;

  products_init (&products, size);
  is_done = bench_comparison_start (&self, peers, error)
            && take_turns (&self, &products, peak, seconds, shares, ratios, error);
  eng_arena_free (products.arena);
  if (!is_done)
    return FALSE;
  if (bench_comparison_has (&self, BENCH_TORCH))
    {
      g_free (torch);
      torch = g_strdup_printf ("%.2f", bench_quantile (n, ratios + n, 0.5));
    }
  bench_table_add (table, "%s|%.3g|%.0f %%|%.2f|%s", size->title,
                   1e3 * bench_quantile (n, seconds, 0.5),
                   100 * bench_quantile (n, shares, 0.5), bench_quantile (n, ratios, 0.5),
                   torch);
  return TRUE;
}

static gboolean
measure_products (GError **error)
{
  static const char *const columns[] = { "network",         "products ms", "/ sgemm",
                                         "our step / them", "PyTorch's",   NULL };
  BenchPeers               peers, torch = { .is_there = { FALSE } };
  g_autoptr (BenchPeak)    peak = bench_peak_new (1);
  g_autoptr (BenchTable)   table = bench_table_new (
        "products",
        "The two products of a step of the network alone, as the BLAS in use does them, "
          "their share of sgemm, and steps beside them; one thread",
        columns);

  bench_peers_find (&peers);
  torch.is_there[BENCH_TORCH] = peers.is_there[BENCH_TORCH];
  for (const BenchSize *size = bench_sizes; size->title != NULL; size++)
    if (g_strv_contains (size->learners, "network") && bench_is_wanted (size->title)
        && !measure_products_of (size, &torch, peak, table, error))
      return FALSE;
  return bench_table_finish (table, error);
}

int
main (int argc, char **argv)
{
  static const BenchSection sections[] = {
    { "peak", measure_peak },
    { "peers", compare_all },
    { "products", measure_products },
    { NULL, NULL },
  };
  static const BenchProgram program = { "bench-training", sections, NULL };

  return bench_program_run (&program, argc, argv);
}
