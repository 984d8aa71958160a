/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sessions: commands in, snapshots out; also meant to run under ThreadSanitizer. */
#include "desk.h"
#include "eng-error.h"
#include "eng-experiment.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

#define N_CYCLES 1000

/* --- the ordinary way ------------------------------------------------------------------ */

static void
test_life (void)
{
  Desk                    desk;
  g_autoptr (EngSnapshot) paused = NULL, done = NULL;
  guint64                 step = 0;

  desk_init (&desk);
  g_assert_null (eng_session_take_snapshot (desk.session));
  desk_load_small (&desk, 3000);
  paused = desk_wait_for (&desk, ENG_PHASE_PAUSED);
  g_assert_cmpuint (paused->step, ==, 0);
  g_assert_cmpuint (paused->planned, ==, 3000);
  g_assert_cmpuint (paused->n_runs, ==, 2);
  g_assert_cmpuint (paused->runs[0].n_records, ==, 1);
  g_assert_cmpuint (paused->facts.d, ==, 5);
  g_assert_true (isnan (paused->steps_per_second));
  eng_session_start (desk.session);
  while (done == NULL)
    {
      g_autoptr (EngSnapshot) snapshot = desk_next_snapshot (&desk);

      g_assert_cmpuint (snapshot->step, >=, step);
      step = snapshot->step;
      if (snapshot->phase == ENG_PHASE_DONE)
        done = g_steal_pointer (&snapshot);
      else
        g_assert_cmpint (snapshot->phase, ==, ENG_PHASE_RUNNING);
    }
  g_assert_cmpuint (done->step, ==, 3000);
  g_assert_cmpfloat (done->seconds, >, 0.0);
  for (guint run = 0; run < 2; run++)
    g_assert_cmpint (done->runs[run].status, ==, ENG_STATUS_FINISHED);
  /* The old snapshot is still what it was. */
  g_assert_cmpuint (paused->runs[0].n_records, ==, 1);
  g_assert_cmpuint (desk.notified, >, 0);
  desk_clear (&desk);
  /* And outlives the session. */
  g_assert_cmpuint (done->runs[0].n_records, ==,
                    eng_trace_get_length (done->runs[0].trace));
}

static void
assert_like_straight_run (const EngSnapshot *snapshot, guint steps)
{
  g_autoptr (EngSpec)       spec = desk_small_spec (steps);
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, NULL);

  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, NULL));
  (void) eng_experiment_advance (experiment, G_MAXUINT64);
  for (guint run = 0; run < 2; run++)
    {
      EngTrace *want = eng_run_publish (eng_experiment_get_run (experiment, run), NULL);
      EngTrace *got = snapshot->runs[run].trace;
      gsize     n = eng_trace_get_length (want);

      g_assert_cmpuint (snapshot->runs[run].n_records, ==, n);
      g_assert_cmpmem (eng_trace_lookup (got, "test-loss"), n * sizeof (double),
                       eng_trace_lookup (want, "test-loss"), n * sizeof (double));
    }
}

static void
test_cycles (void)
{
  Desk                    desk;
  g_autoptr (EngSnapshot) done = NULL;

  desk_init (&desk);
  desk_load_small (&desk, 20000);
  desk_expect (&desk, ENG_PHASE_PAUSED);
  for (guint i = 0; i < N_CYCLES; i++)
    {
      eng_session_start (desk.session);
      eng_session_pause (desk.session);
      if (i % 100 < 99 || done != NULL)
        continue;
      done = desk_wait_for_either (&desk, ENG_PHASE_PAUSED, ENG_PHASE_DONE);
      if (done->phase == ENG_PHASE_PAUSED)
        g_clear_pointer (&done, eng_snapshot_unref);
    }
  eng_session_start (desk.session);
  if (done == NULL)
    done = desk_wait_for (&desk, ENG_PHASE_DONE);
  g_assert_cmpuint (done->step, ==, 20000);
  assert_like_straight_run (done, 20000);
  desk_clear (&desk);
}

/* Exactly n steps, then paused. */
static void
test_step (void)
{
  static const guint64 sizes[] = { 1, 1, 5, 100, 0, 1000, 3 };
  Desk                 desk;
  guint64              step = 0;

  desk_init (&desk);
  desk_load_small (&desk, 2000);
  desk_expect (&desk, ENG_PHASE_PAUSED);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (EngSnapshot) snapshot = NULL;

      eng_session_step (desk.session, sizes[i]);
      desk_expect (&desk, ENG_PHASE_PAUSED);
      step += sizes[i];
      /* The phase may have been seen before the last step: ask again. */
      eng_session_step (desk.session, 0);
      snapshot = desk_wait_for (&desk, ENG_PHASE_PAUSED);
      while (snapshot->step < step)
        {
          g_clear_pointer (&snapshot, eng_snapshot_unref);
          snapshot = desk_wait_for (&desk, ENG_PHASE_PAUSED);
        }
      g_assert_cmpuint (snapshot->step, ==, step);
    }
  eng_session_step (desk.session, 100000);
  {
    g_autoptr (EngSnapshot) done = desk_wait_for (&desk, ENG_PHASE_DONE);

    g_assert_cmpuint (done->step, ==, 2000);
  }
  desk_clear (&desk);
}

/* From wherever it is back to step 0, and the same numbers again. */
static void
test_reset (void)
{
  Desk                    desk;
  g_autoptr (EngSnapshot) done = NULL;

  desk_init (&desk);
  desk_load_small (&desk, 5000);
  desk_expect (&desk, ENG_PHASE_PAUSED);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (EngSnapshot) snapshot = NULL;

      eng_session_start (desk.session);
      if (i % 2 == 0)
        desk_expect_started (&desk);
      eng_session_reset (desk.session);
      snapshot = desk_wait_for (&desk, ENG_PHASE_PAUSED);
      g_assert_cmpuint (snapshot->step, ==, 0);
    }
  eng_session_start (desk.session);
  done = desk_wait_for (&desk, ENG_PHASE_DONE);
  assert_like_straight_run (done, 5000);
  desk_clear (&desk);
}

static void
test_change (void)
{
  Desk                    desk;
  g_autoptr (EngSnapshot) changed = NULL, again = NULL;

  desk_init (&desk);
  desk_load_small (&desk, 1000);
  desk_expect (&desk, ENG_PHASE_PAUSED);
  eng_session_step (desk.session, 10);
  eng_session_change (desk.session, 0, "rate", "0.25");
  eng_session_change (desk.session, 1, "lambda1", "3");
  /* A run or key that is not there changes nothing. */
  eng_session_change (desk.session, 3, "rate", "1");
  eng_session_change (desk.session, 0, "bogus", "1");
  eng_session_start (desk.session);
  changed = desk_wait_for (&desk, ENG_PHASE_DONE);
  g_assert_cmpuint (eng_spec_get_n_changes (changed->spec), ==, 2);
  g_assert_cmpstr (eng_spec_get_change (changed->spec, 1)->key, ==, "lambda1");
  /* Reset is the experiment as it was loaded. */
  eng_session_reset (desk.session);
  again = desk_wait_for (&desk, ENG_PHASE_PAUSED);
  g_assert_cmpuint (eng_spec_get_n_changes (again->spec), ==, 0);
  desk_clear (&desk);
}

/* Other words, the same numbers: nothing restarts. */
static void
test_words (void)
{
  Desk                    desk;
  g_autoptr (EngSpec)     spec = desk_small_spec (1000);
  g_autoptr (EngSpec)     named = eng_spec_with_value (spec, "run.1", "label", "L", NULL);
  g_autoptr (EngSnapshot) snapshot = NULL, done = NULL;

  desk_init (&desk);
  eng_session_load (desk.session, spec);
  desk_expect (&desk, ENG_PHASE_PAUSED);
  eng_session_step (desk.session, 10);
  eng_session_change (desk.session, 0, "rate", "0.25");
  eng_session_set_words (desk.session, named);
  do
    {
      g_clear_pointer (&snapshot, eng_snapshot_unref);
      snapshot = desk_wait_for (&desk, ENG_PHASE_PAUSED);
    }
  while (strcmp (snapshot->runs[0].label, "L") != 0);
  g_assert_cmpuint (snapshot->step, ==, 10);
  g_assert_cmpuint (snapshot->n_changed, ==, 1);
  g_assert_cmpuint (eng_spec_get_n_changes (snapshot->spec), ==, 1);
  eng_session_start (desk.session);
  done = desk_wait_for (&desk, ENG_PHASE_DONE);
  g_assert_cmpstr (done->runs[0].label, ==, "L");
  desk_clear (&desk);
}

/* A preparation given up: said so, and the next load is not touched by it. */
static void
test_cancel (void)
{
  Desk                    desk;
  g_autoptr (GError)      error = NULL;
  g_autoptr (EngSpec)     large = eng_spec_new_from_text (DESK_LARGE, -1, &error);
  g_autoptr (EngSnapshot) failed = NULL;

  g_assert_no_error (error);
  desk_init (&desk);
  eng_session_load (desk.session, large);
  eng_session_cancel (desk.session);
  failed = desk_wait_for (&desk, ENG_PHASE_FAILED);
  g_assert_error (failed->error, ENG_ERROR, ENG_ERROR_CANCELLED);
  desk_load_small (&desk, 100);
  desk_expect (&desk, ENG_PHASE_PAUSED);
  /* With nothing to give up it does nothing. */
  eng_session_cancel (desk.session);
  eng_session_start (desk.session);
  desk_expect (&desk, ENG_PHASE_DONE);
  desk_clear (&desk);
}

/* A reader who looks only when told: every snapshot that matters is told of. */
static void
test_notified (void)
{
  Desk     desk;
  EngPhase phase = ENG_PHASE_EMPTY;
  guint    told = 0;
  gint64   start = g_get_monotonic_time ();

  desk_init (&desk);
  desk_load_small (&desk, 3000);
  eng_session_start (desk.session);
  while (phase != ENG_PHASE_DONE)
    {
      if (g_get_monotonic_time () - start > DESK_PATIENCE_USEC)
        g_error ("the last snapshot was never told of");
      if (!g_main_context_iteration (desk.context, FALSE))
        g_usleep (200);
      if (desk.notified > told)
        {
          g_autoptr (EngSnapshot) snapshot = eng_session_take_snapshot (desk.session);

          told = desk.notified;
          phase = snapshot != NULL ? snapshot->phase : phase;
        }
    }
  desk_clear (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/session/life", test_life);
  g_test_add_func ("/engine/session/cycles", test_cycles);
  g_test_add_func ("/engine/session/step", test_step);
  g_test_add_func ("/engine/session/reset", test_reset);
  g_test_add_func ("/engine/session/change", test_change);
  g_test_add_func ("/engine/session/words", test_words);
  g_test_add_func ("/engine/session/cancel", test_cancel);
  g_test_add_func ("/engine/session/notified", test_notified);
  return g_test_run ();
}
