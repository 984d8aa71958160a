/* SPDX-License-Identifier: GPL-3.0-or-later
 * A made-up experiment with many records. */
#include "bench-feed.h"

#include <math.h>

/* Records that come with a snapshot. */
#define GROWTH 10

enum
{
  TRAIN,
  TEST,
  MOVEMENT,
  ENERGY_1,
  ENERGY_2,
  ENERGY_3,
  BEYOND,
  LINEAR,
  QUADRATIC,
  REST,
  N_COLUMNS,
};

static const EngColumn columns[N_COLUMNS] = {
  { "train-loss", "Train loss" },
  { "test-loss", "Test loss" },
  { "relative-movement", "Relative movement" },
  { "energy-q1", "Energy in Q1" },
  { "energy-q2", "Energy in Q2" },
  { "energy-q3", "Energy in Q3" },
  { "energy-beyond-q1", "Energy beyond Q1" },
  { "share-linear", "Share of f_L" },
  { "share-quadratic", "Share of f_Q" },
  { "share-rest", "Share of the rest" },
};

static void
set (BenchFeed *self, EngTrace *trace, gsize column, double value)
{
  eng_trace_set (trace, column, value * g_rand_double_range (self->noise, 0.97, 1.03));
}

/* What falls, rises and levels off over all decades of steps, with noise: no two samples
 * are the same, and no column of pixels is thin. */
static void
record (BenchFeed *self, guint run, gsize index)
{
  EngTrace *trace = self->traces[run];
  double    t = log10 (1.0 + (double) index) / 6, pace = run == 0 ? 1 : 2;
  double    moved = 0.01 + 0.4 * t * pace, q1 = exp (-pace * t);

  eng_trace_open (trace, index, 1e-3 * (double) index);
  set (self, trace, TRAIN, pow (10, -2 * pace * t));
  set (self, trace, TEST, 0.02 / pace + pow (10, -pace * t));
  set (self, trace, MOVEMENT, moved);
  set (self, trace, ENERGY_1, moved * q1);
  set (self, trace, ENERGY_2, moved * (1 - q1) * 0.7);
  set (self, trace, ENERGY_3, moved * (1 - q1) * 0.3);
  set (self, trace, BEYOND, moved * (1 - q1));
  set (self, trace, LINEAR, q1 * 0.9);
  set (self, trace, QUADRATIC, (1 - q1) * 0.8);
  set (self, trace, REST, (1 - q1) * 0.1);
  eng_trace_publish (trace);
}

static void
grow (BenchFeed *self, gsize n)
{
  for (guint run = 0; run < BENCH_FEED_RUNS; run++)
    for (gsize i = 0; i < n; i++)
      record (self, run, self->n_records + i);
  self->n_records += n;
}

void
bench_feed_init (BenchFeed *self, EngSpec *spec, gsize n_records, gsize n_snapshots)
{
  self->spec = spec;
  self->noise = g_rand_new_with_seed (1);
  self->capacity = n_records + GROWTH * n_snapshots;
  for (guint run = 0; run < BENCH_FEED_RUNS; run++)
    self->traces[run] = eng_trace_new (columns, N_COLUMNS, self->capacity, 0);
  grow (self, n_records);
}

gboolean
bench_feed_has_room (const BenchFeed *self)
{
  return self->n_records + GROWTH <= self->capacity;
}

static void
show_run (BenchFeed *self, guint index, EngRunView *run)
{
  run->label = g_strdup (index == 0 ? "Lazy" : "Joint");
  run->learner = g_strdup (index == 0 ? "lazy" : "joint");
  run->trace = eng_trace_ref (self->traces[index]);
  run->n_records = self->n_records;
  run->status = ENG_STATUS_CONTINUE;
  run->step = self->n_records;
  run->planned = self->capacity;
  run->step_size = 0.1;
  run->linearised = index == 0;
  run->m = 300;
}

EngSnapshot *
bench_feed_next (BenchFeed *self)
{
  EngSnapshot *snapshot = eng_snapshot_new (self->spec, BENCH_FEED_RUNS);

  if (bench_feed_has_room (self))
    grow (self, GROWTH);
  snapshot->serial = ++self->serial;
  snapshot->phase = ENG_PHASE_RUNNING;
  snapshot->step = self->n_records;
  snapshot->planned = self->capacity;
  snapshot->seconds = 1e-3 * (double) self->n_records;
  snapshot->steps_per_second = 1000;
  snapshot->facts.d = 30;
  snapshot->facts.n = 246;
  snapshot->facts.n_test = 1000;
  snapshot->facts.k = 1;
  snapshot->facts.variance = 1;
  snapshot->facts.on_sphere = TRUE;
  for (guint run = 0; run < BENCH_FEED_RUNS; run++)
    show_run (self, run, &snapshot->runs[run]);
  return snapshot;
}

void
bench_feed_clear (BenchFeed *self)
{
  for (guint run = 0; run < BENCH_FEED_RUNS; run++)
    g_clear_pointer (&self->traces[run], eng_trace_unref);
  g_clear_pointer (&self->noise, g_rand_free);
}
