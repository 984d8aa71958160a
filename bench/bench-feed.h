/* SPDX-License-Identifier: GPL-3.0-or-later
 * BenchFeed: a made-up experiment of two runs with many records, of which more come with
 * every snapshot.  One thread. */
#pragma once

#include "eng-snapshot.h"

G_BEGIN_DECLS

#define BENCH_FEED_RUNS 2

typedef struct
{
  EngSpec  *spec; /* borrowed */
  EngTrace *traces[BENCH_FEED_RUNS];
  gsize     n_records, capacity; /* of each */
  GRand    *noise;
  guint64   serial;
} BenchFeed;

/* With `n_records` records a run, and room for those of `n_snapshots`.  `spec`: two runs
 * with as many steps as are recorded. */
void bench_feed_init (BenchFeed *self, EngSpec *spec, gsize n_records, gsize n_snapshots);
/* Whether more records can come. */
gboolean bench_feed_has_room (const BenchFeed *self);
/* Takes some more records.  Returns: (transfer full). */
EngSnapshot *bench_feed_next (BenchFeed *self) G_GNUC_WARN_UNUSED_RESULT;
void         bench_feed_clear (BenchFeed *self);

G_END_DECLS
