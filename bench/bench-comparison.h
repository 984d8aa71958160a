/* SPDX-License-Identifier: GPL-3.0-or-later
 * BenchComparison: a training step of ours and of its peers, which take turns on the same
 * data with as many threads.  One thread drives. */
#pragma once

#include "bench-peer.h"
#include "bench-step.h"

G_BEGIN_DECLS

/* Ours; NumPy, PyTorch and that jitted, as in a notebook; NumPy and PyTorch in place. */
#define BENCH_N_SIDES 6
#define BENCH_OURS    0
#define BENCH_TORCH   2

typedef struct
{
  const BenchSize *size;
  const char      *learner; /* as in the size */
  guint            n_threads;

  BenchSide ours;
  char     *folder; /* data of the peers; NULL without any */
  struct
  {
    BenchPeer *peer;    /* NULL: ours, or it does not take part */
    guint      turn;    /* steps in a turn */
    double     loss;    /* after the first steps, relative to the teacher */
    double    *seconds; /* (bench_options.repetitions) of a step, turn by turn */
  } sides[BENCH_N_SIDES];
} BenchComparison;

/* Which peers are installed and asked for. */
typedef struct
{
  gboolean is_there[BENCH_N_SIDES];
} BenchPeers;

void bench_peers_find (BenchPeers *peers);

/* Prepares all sides, lets them take some steps, and compares their losses: an error if
 * they are apart.  `self` has size, learner and threads, and zeros; `peers` outlives it. */
gboolean bench_comparison_start (BenchComparison  *self,
                                 const BenchPeers *peers,
                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean bench_comparison_has (const BenchComparison *self, gsize side);
/* Lets every side take its turn once, the `turn`th. */
gboolean bench_comparison_take_turn (BenchComparison *self,
                                     gsize            turn,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* The largest |loss of a peer / ours − 1|; NAN where losses cannot be compared: without
 * peers, or if each side draws inputs of its own. */
double bench_comparison_get_apart (const BenchComparison *self);
void   bench_comparison_clear (BenchComparison *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenchComparison, bench_comparison_clear)

G_END_DECLS
