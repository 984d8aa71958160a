/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lanes: each once, whatever the number of threads and however small the job. */
#include "eng-lanes.h"

#include <math.h>
#include <string.h>

#define N_SMALL_JOBS 100000
#define MAX_THREADS  8

typedef struct
{
  int   calls[64]; /* atomic, per lane */
  float partial[ENG_N_LANES];
  int   sum; /* atomic */
} Job;

static void
count_lane (guint lane, gpointer data)
{
  Job *job = data;

  g_atomic_int_inc (&job->calls[lane]);
}

static void
test_every_lane_once (void)
{
  for (guint n_threads = 1; n_threads <= MAX_THREADS; n_threads++)
    {
      g_autoptr (EngLanes) lanes = eng_lanes_new (n_threads);

      g_assert_cmpuint (eng_lanes_get_n_threads (lanes), ==, n_threads);
      for (guint n_lanes = 0; n_lanes <= 64; n_lanes++)
        {
          Job job = { 0 };

          eng_lanes_run (lanes, n_lanes, count_lane, &job);
          for (guint lane = 0; lane < 64; lane++)
            g_assert_cmpint (job.calls[lane], ==, lane < n_lanes ? 1 : 0);
        }
    }
}

static void
add_lane (guint lane, gpointer data)
{
  Job *job = data;

  g_atomic_int_add (&job->sum, (int) lane + 1);
}

/* A worker that wakes late must not take a lane of the next job. */
static void
test_many_small_jobs (void)
{
  g_autoptr (EngLanes) lanes = eng_lanes_new (4);

  for (guint i = 0; i < N_SMALL_JOBS; i++)
    {
      Job   job = { 0 };
      guint n_lanes = 2 + i % 7;

      eng_lanes_run (lanes, n_lanes, add_lane, &job);
      g_assert_cmpint (job.sum, ==, (int) (n_lanes * (n_lanes + 1) / 2));
    }
}

/* Sleeping workers are woken: pauses longer than they spin. */
static void
test_after_sleep (void)
{
  g_autoptr (EngLanes) lanes = eng_lanes_new (3);

  for (guint i = 0; i < 20; i++)
    {
      Job job = { 0 };

      g_usleep (3000);
      eng_lanes_run (lanes, 8, add_lane, &job);
      g_assert_cmpint (job.sum, ==, 36);
    }
}

static void
sum_lane (guint lane, gpointer data)
{
  Job  *job = data;
  gsize first, last;
  float sum = 0.0f;

  eng_lanes_share (100003, lane, &first, &last);
  for (gsize i = first; i < last; i++)
    sum += 1.0f / (float) (i + 1);
  job->partial[lane] = sum;
}

/* Partial sums in lane order: the same bits for any number of threads, and for none. */
static void
test_same_sums (void)
{
  Job reference = { 0 };

  eng_lanes_run (NULL, ENG_N_LANES, sum_lane, &reference);
  for (guint n_threads = 1; n_threads <= MAX_THREADS; n_threads++)
    {
      g_autoptr (EngLanes) lanes = eng_lanes_new (n_threads);

      for (guint repeat = 0; repeat < 20; repeat++)
        {
          Job job = { 0 };

          eng_lanes_run (lanes, ENG_N_LANES, sum_lane, &job);
          g_assert_cmpmem (job.partial, sizeof job.partial, reference.partial,
                           sizeof reference.partial);
        }
    }
}

/* Shares cover everything once and differ by one at most; blocks and lanes of rows. */
static void
test_shares (void)
{
  static const gsize totals[] = { 0, 1, 7, 8, 9, 100, 12345, 100003 };

  for (gsize t = 0; t < G_N_ELEMENTS (totals); t++)
    {
      gsize next = 0;

      for (guint lane = 0; lane < ENG_N_LANES; lane++)
        {
          gsize first, last;

          eng_lanes_share (totals[t], lane, &first, &last);
          g_assert_cmpuint (first, ==, next);
          g_assert_cmpuint (last - first, <=, totals[t] / ENG_N_LANES + 1);
          next = last;
        }
      g_assert_cmpuint (next, ==, totals[t]);
    }
  g_assert_cmpuint (eng_lanes_n_blocks (0), ==, 0);
  g_assert_cmpuint (eng_lanes_n_blocks (ENG_BLOCK_ROWS), ==, 1);
  g_assert_cmpuint (eng_lanes_n_blocks (ENG_BLOCK_ROWS + 1), ==, 2);
  g_assert_cmpuint (eng_lanes_for_rows (1), ==, 1);
  g_assert_cmpuint (eng_lanes_for_rows (100 * ENG_BLOCK_ROWS), ==, ENG_N_LANES);
}

/* One per processor, at most one per lane. */
static void
test_number_of_threads (void)
{
  g_autoptr (EngLanes) many = eng_lanes_new (100), automatic = eng_lanes_new (0);

  g_assert_cmpuint (eng_lanes_get_n_threads (many), ==, ENG_N_LANES);
  g_assert_cmpuint (eng_lanes_get_n_threads (automatic), ==,
                    MIN (g_get_num_processors (), ENG_N_LANES));
}

static void
test_new_and_free (void)
{
  for (guint i = 0; i < 300; i++)
    eng_lanes_free (eng_lanes_new (1 + i % 4));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/lanes/every-lane-once", test_every_lane_once);
  g_test_add_func ("/engine/lanes/many-small-jobs", test_many_small_jobs);
  g_test_add_func ("/engine/lanes/after-sleep", test_after_sleep);
  g_test_add_func ("/engine/lanes/same-sums", test_same_sums);
  g_test_add_func ("/engine/lanes/shares", test_shares);
  g_test_add_func ("/engine/lanes/number-of-threads", test_number_of_threads);
  g_test_add_func ("/engine/lanes/new-and-free", test_new_and_free);
  return g_test_run ();
}
