/* SPDX-License-Identifier: GPL-3.0-or-later
 * Training steps beside those of peers. */
#include "config.h"

#include "bench-comparison.h"

#include "bench-folder.h"
#include "bench-program.h"
#include "eng-taylor.h"

#include <math.h>

/* Each side's turn takes about so long. */
#define TURN_SECONDS 0.15
/* Steps after which the losses are compared, and how far apart they may be: sums over
 * n m d products in float32, in other orders. */
#define COMPARED_STEPS 20
#define MAX_APART      1e-4

static const struct
{
  const char *script, *library, *module;
} kinds[BENCH_N_SIDES] = {
  { NULL, NULL, NULL },
  { "training.py", "numpy", "numpy" },
  { "training.py", "torch", "torch" },
  { "training.py", "jit", "torch" },
  { "training_in_place.py", "numpy", "numpy" },
  { "training_in_place.py", "torch", "torch" },
};

void
bench_peers_find (BenchPeers *peers)
{
  for (gsize i = 0; i < BENCH_N_SIDES; i++)
    peers->is_there[i] = i != BENCH_OURS && bench_options.peers[0] != '\0'
                         && bench_peer_find_python (kinds[i].module) != NULL;
}

static gboolean
is_joint (const BenchComparison *self)
{
  return g_str_has_prefix (self->learner, "joint");
}

/* The directions of Q1 with the components of all neurons: those of twins are the negatives
 * of those that are kept. */
static gboolean
hand_over_top (const char *folder, const EngTaylor *taylor, GError **error)
{
  const EngMatF    *top = eng_basis_get_top (taylor->basis);
  gsize             cols = taylor->net.m * taylor->net.d;
  g_autofree float *data = g_new (float, top->rows *cols);
  EngMatF           all = { top->rows, cols, data };

  for (gsize k = 0; k < top->rows; k++)
    for (gsize i = 0; i < cols; i++)
      data[k * cols + i] = i < top->cols ? top->data[k * top->cols + i]
                                         : -top->data[k * top->cols + i - top->cols];
  return bench_folder_add (folder, "top", &all, error);
}

static gboolean
hand_over (BenchComparison *self, GError **error)
{
  EngTaylor *taylor = self->ours.learner->state;
  EngMatF    unlabelled;

  self->folder = bench_folder_new (self->ours.experiment, error);
  if (self->folder == NULL)
    return FALSE;
  if (!is_joint (self))
    return TRUE;
  unlabelled = eng_matf_rows (&taylor->xu, 0, self->size->n_unlabelled);
  return bench_folder_add (self->folder, "unlabelled", &unlabelled, error)
         && hand_over_top (self->folder, taylor, error);
}

static BenchPeer *
start_peer (const BenchComparison *self, gsize side, GError **error)
{
  g_autofree char *script = g_build_filename (bench_options.peers, kinds[side].script,
                                              NULL);
  g_autofree char *learner = g_strdelimit (g_strdup (self->learner), " ", '-');
  g_autofree char *threads = g_strdup_printf ("%u", self->n_threads);
  g_autofree char *eta = g_strdup_printf ("%.17g", self->ours.learner->step_size);
  g_autofree char *lambda = g_strdup_printf ("%g", is_joint (self) ? BENCH_LAMBDA1 : 0.0);
  g_autofree char *variance = g_strdup_printf (
      "%.17g", eng_experiment_get_problem (self->ours.experiment)->variance);
  const char *const argv[] = { bench_peer_find_python (kinds[side].module),
                               script,
                               kinds[side].library,
                               threads,
                               self->folder,
                               learner,
                               bench_step_get_activation (self->size, self->learner),
                               eta,
                               lambda,
                               variance,
                               NULL };

  return bench_peer_new (argv, self->n_threads, error);
}

static gboolean
prepare (BenchComparison *self, const BenchPeers *peers, GError **error)
{
  for (gsize i = 0; i < BENCH_N_SIDES; i++)
    self->sides[i].seconds = g_new (double, (gsize) bench_options.repetitions);
  if (!bench_step_init (&self->ours, self->size, self->learner, self->n_threads, error))
    return FALSE;
  /* The peers have a constant step. */
  self->ours.learner->fixed_step_size = self->ours.learner->step_size;
  for (gsize i = 0; i < BENCH_N_SIDES; i++)
    if (peers->is_there[i])
      {
        if (self->folder == NULL && !hand_over (self, error))
          return FALSE;
        self->sides[i].peer = start_peer (self, i, error);
        if (self->sides[i].peer == NULL)
          return FALSE;
      }
  return TRUE;
}

/* Takes n steps of one side: the seconds of one, and the loss before the last. */
static gboolean
run_side (BenchComparison *self,
          gsize            side,
          guint            n,
          double          *seconds,
          double          *loss,
          GError         **error)
{
  g_autofree char *command = g_strdup_printf ("run %u", n);
  g_autofree char *answer = NULL;

  if (side == BENCH_OURS)
    {
      *loss = NAN;
      if (!bench_side_time (&self->ours, n, seconds, error))
        return FALSE;
      *loss = bench_side_get_loss (&self->ours);
      return TRUE;
    }
  answer = bench_peer_ask (self->sides[side].peer, command, error);
  if (answer == NULL || !bench_peer_read (answer, seconds, loss, error))
    return FALSE;
  *seconds /= n;
  return TRUE;
}

static gboolean
check_losses (const BenchComparison *self, GError **error)
{
  for (gsize i = 0; i < BENCH_N_SIDES; i++)
    if (bench_comparison_has (self, i))
      {
        double loss = self->sides[i].loss, ours = self->sides[BENCH_OURS].loss;
        /* Two sides that draw inputs of their own learn much the same, not the same. */
        double allowed = bench_step_draws (self->learner) ? G_MAXDOUBLE : MAX_APART;

        if (!(fabs (loss / ours - 1) <= allowed))
          {
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         "%s %s, %u threads: after %d steps the loss is %.9g in %s %s "
                         "and %.9g in ours",
                         self->size->title, self->learner, self->n_threads,
                         COMPARED_STEPS, loss, i == BENCH_OURS ? "" : kinds[i].script,
                         i == BENCH_OURS ? "ours" : kinds[i].library, ours);
            return FALSE;
          }
      }
  return TRUE;
}

gboolean
bench_comparison_start (BenchComparison *self, const BenchPeers *peers, GError **error)
{
  if (!prepare (self, peers, error))
    return FALSE;
  for (gsize i = 0; i < BENCH_N_SIDES; i++)
    if (bench_comparison_has (self, i))
      {
        double seconds;

        if (!run_side (self, i, COMPARED_STEPS, &seconds, &self->sides[i].loss, error))
          return FALSE;
        self->sides[i].turn = (guint) CLAMP (TURN_SECONDS / seconds, 1, 2000);
      }
  return check_losses (self, error);
}

gboolean
bench_comparison_has (const BenchComparison *self, gsize side)
{
  return side == BENCH_OURS || self->sides[side].peer != NULL;
}

gboolean
bench_comparison_take_turn (BenchComparison *self, gsize turn, GError **error)
{
  double loss;

  for (gsize i = 0; i < BENCH_N_SIDES; i++)
    if (bench_comparison_has (self, i)
        && !run_side (self, i, self->sides[i].turn, &self->sides[i].seconds[turn], &loss,
                      error))
      return FALSE;
  return TRUE;
}

double
bench_comparison_get_apart (const BenchComparison *self)
{
  double apart = NAN;

  for (gsize i = 0; i < BENCH_N_SIDES; i++)
    if (self->sides[i].peer != NULL && !bench_step_draws (self->learner))
      apart = fmax (apart, fabs (self->sides[i].loss / self->sides[BENCH_OURS].loss - 1));
  return apart;
}

void
bench_comparison_clear (BenchComparison *self)
{
  for (gsize i = 0; i < BENCH_N_SIDES; i++)
    {
      g_clear_pointer (&self->sides[i].peer, bench_peer_free);
      g_clear_pointer (&self->sides[i].seconds, g_free);
    }
  g_clear_pointer (&self->folder, bench_folder_remove);
  bench_side_clear (&self->ours);
}
