/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sessions: commands in, snapshots out, from any state and at any moment; also meant to
 * run under ThreadSanitizer. */
#include "eng-error.h"
#include "eng-experiment.h"
#include "eng-session.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

/* Nothing here takes longer, on the slowest machine and under a sanitizer. */
#define PATIENCE_USEC (60 * G_USEC_PER_SEC)
#define N_CYCLES      1000

#define HEAD "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\n"
#define SMALL                                                                            \
  HEAD "d=5\nn=40\nn-test=50\n[observe]\nprobes=30\ndrift-points=10\n"                   \
       "[run.1]\nlearner=lazy\nm=10\nsteps=%u\n[run.2]\nlearner=joint\nm=10\nsteps=%u\n"
/* A second or so of preparation. */
#define LARGE                                                                            \
  HEAD "d=25\nn=2000\nn-test=500\n[observe]\nprobes=600\n"                               \
       "[run.1]\nlearner=joint\nm=200\nsteps=100000\n"                                   \
       "[run.2]\nlearner=network\nm=200\nsteps=100000\n"

typedef struct
{
  GMainContext *context;
  EngSession   *session;
  GThread      *owner;
  guint         notified;
  guint64       serial; /* of the last snapshot taken */
} Desk;

static void
notify_cb (EngSession *session, gpointer data)
{
  Desk *self = data;

  g_assert_true (session == self->session);
  g_assert_true (g_thread_self () == self->owner);
  self->notified++;
}

static void
desk_init (Desk *self)
{
  *self = (Desk){ .context = g_main_context_new (), .owner = g_thread_self () };
  self->session = eng_session_new (self->context, 2, notify_cb, self);
}

static void
desk_clear (Desk *self)
{
  guint before = self->notified;

  eng_session_free (self->session);
  self->session = NULL;
  /* A notification that was still pending does not come any more. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_assert_cmpuint (self->notified, ==, before);
  g_main_context_unref (self->context);
}

static EngSpec *
small_spec (guint steps)
{
  g_autofree char *text = g_strdup_printf (SMALL, steps, steps);

  return fixture_spec (text);
}

static void
load_small (Desk *self, guint steps)
{
  g_autoptr (EngSpec) spec = small_spec (steps);

  eng_session_load (self->session, spec);
}

/* The next snapshot; serials only grow. */
static EngSnapshot *
next_snapshot (Desk *self)
{
  gint64 start = g_get_monotonic_time ();

  for (;;)
    {
      EngSnapshot *snapshot = eng_session_take_snapshot (self->session);

      if (snapshot != NULL)
        {
          g_assert_cmpuint (snapshot->serial, >, self->serial);
          self->serial = snapshot->serial;
          return snapshot;
        }
      if (g_get_monotonic_time () - start > PATIENCE_USEC)
        g_error ("no snapshot came");
      if (!g_main_context_iteration (self->context, FALSE))
        g_usleep (200);
    }
}

/* The next one in `phase`, or in `other`.  Only phases that last may be waited for: a
 * reader may miss any that does not. */
static EngSnapshot *
wait_for_either (Desk *self, EngPhase phase, EngPhase other)
{
  for (;;)
    {
      EngSnapshot *snapshot = next_snapshot (self);

      if (snapshot->phase == phase || snapshot->phase == other)
        return snapshot;
      eng_snapshot_unref (snapshot);
    }
}

static EngSnapshot *
wait_for (Desk *self, EngPhase phase)
{
  return wait_for_either (self, phase, phase);
}

/* Waits until the desk says so and throws the snapshot away. */
static void
expect (Desk *self, EngPhase phase)
{
  g_autoptr (EngSnapshot) snapshot = wait_for (self, phase);

  g_assert_cmpint (snapshot->phase, ==, phase);
}

/* Waits until steps are taken, or have been. */
static void
expect_started (Desk *self)
{
  g_autoptr (EngSnapshot) snapshot = wait_for_either (self, ENG_PHASE_RUNNING,
                                                      ENG_PHASE_DONE);

  g_assert_cmpint (snapshot->phase, !=, ENG_PHASE_PAUSED);
}

/* --- the ordinary way ------------------------------------------------------------------ */

static void
test_life (void)
{
  Desk                    desk;
  g_autoptr (EngSnapshot) paused = NULL, done = NULL;
  guint64                 step = 0;

  desk_init (&desk);
  g_assert_null (eng_session_take_snapshot (desk.session));
  load_small (&desk, 3000);
  paused = wait_for (&desk, ENG_PHASE_PAUSED);
  g_assert_cmpuint (paused->step, ==, 0);
  g_assert_cmpuint (paused->planned, ==, 3000);
  g_assert_cmpuint (paused->n_runs, ==, 2);
  g_assert_cmpuint (paused->runs[0].n_records, ==, 1);
  g_assert_cmpuint (paused->facts.d, ==, 5);
  g_assert_true (isnan (paused->steps_per_second));
  eng_session_start (desk.session);
  while (done == NULL)
    {
      g_autoptr (EngSnapshot) snapshot = next_snapshot (&desk);

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
  g_autoptr (EngSpec)       spec = small_spec (steps);
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, NULL);

  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, NULL));
  (void) eng_experiment_advance (experiment, G_MAXUINT64);
  for (guint run = 0; run < 2; run++)
    {
      EngTrace *want = eng_run_get_trace (eng_experiment_get_run (experiment, run));
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
  load_small (&desk, 20000);
  expect (&desk, ENG_PHASE_PAUSED);
  for (guint i = 0; i < N_CYCLES; i++)
    {
      eng_session_start (desk.session);
      eng_session_pause (desk.session);
      if (i % 100 < 99 || done != NULL)
        continue;
      done = wait_for_either (&desk, ENG_PHASE_PAUSED, ENG_PHASE_DONE);
      if (done->phase == ENG_PHASE_PAUSED)
        g_clear_pointer (&done, eng_snapshot_unref);
    }
  eng_session_start (desk.session);
  if (done == NULL)
    done = wait_for (&desk, ENG_PHASE_DONE);
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
  load_small (&desk, 2000);
  expect (&desk, ENG_PHASE_PAUSED);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (EngSnapshot) snapshot = NULL;

      eng_session_step (desk.session, sizes[i]);
      expect (&desk, ENG_PHASE_PAUSED);
      step += sizes[i];
      /* The phase may have been seen before the last step: ask again. */
      eng_session_step (desk.session, 0);
      snapshot = wait_for (&desk, ENG_PHASE_PAUSED);
      while (snapshot->step < step)
        {
          g_clear_pointer (&snapshot, eng_snapshot_unref);
          snapshot = wait_for (&desk, ENG_PHASE_PAUSED);
        }
      g_assert_cmpuint (snapshot->step, ==, step);
    }
  eng_session_step (desk.session, 100000);
  {
    g_autoptr (EngSnapshot) done = wait_for (&desk, ENG_PHASE_DONE);

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
  load_small (&desk, 5000);
  expect (&desk, ENG_PHASE_PAUSED);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (EngSnapshot) snapshot = NULL;

      eng_session_start (desk.session);
      if (i % 2 == 0)
        expect_started (&desk);
      eng_session_reset (desk.session);
      snapshot = wait_for (&desk, ENG_PHASE_PAUSED);
      g_assert_cmpuint (snapshot->step, ==, 0);
    }
  eng_session_start (desk.session);
  done = wait_for (&desk, ENG_PHASE_DONE);
  assert_like_straight_run (done, 5000);
  desk_clear (&desk);
}

static void
test_change (void)
{
  Desk                    desk;
  g_autoptr (EngSnapshot) changed = NULL, again = NULL;

  desk_init (&desk);
  load_small (&desk, 1000);
  expect (&desk, ENG_PHASE_PAUSED);
  eng_session_step (desk.session, 10);
  eng_session_change (desk.session, 0, "rate", "0.25");
  eng_session_change (desk.session, 1, "lambda1", "3");
  /* A run or key that is not there changes nothing. */
  eng_session_change (desk.session, 3, "rate", "1");
  eng_session_change (desk.session, 0, "bogus", "1");
  eng_session_start (desk.session);
  changed = wait_for (&desk, ENG_PHASE_DONE);
  g_assert_cmpuint (eng_spec_get_n_changes (changed->spec), ==, 2);
  g_assert_cmpstr (eng_spec_get_change (changed->spec, 1)->key, ==, "lambda1");
  /* Reset is the experiment as it was loaded. */
  eng_session_reset (desk.session);
  again = wait_for (&desk, ENG_PHASE_PAUSED);
  g_assert_cmpuint (eng_spec_get_n_changes (again->spec), ==, 0);
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
  load_small (&desk, 3000);
  eng_session_start (desk.session);
  while (phase != ENG_PHASE_DONE)
    {
      if (g_get_monotonic_time () - start > PATIENCE_USEC)
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

/* --- readers and owners that are late or gone ---------------------------------------------- */

/* Nobody reads while it runs: the newest snapshot waits, alone. */
static void
test_slow_reader (void)
{
  Desk                    desk;
  g_autoptr (EngSnapshot) last = NULL;
  gint64                  start;

  desk_init (&desk);
  load_small (&desk, 1000);
  expect (&desk, ENG_PHASE_PAUSED);
  eng_session_start (desk.session);
  start = g_get_monotonic_time ();
  do
    {
      g_clear_pointer (&last, eng_snapshot_unref);
      g_usleep (100000);
      last = next_snapshot (&desk);
      g_assert_cmpint (g_get_monotonic_time () - start, <, PATIENCE_USEC);
    }
  while (last->phase != ENG_PHASE_DONE);
  g_assert_cmpuint (last->step, ==, 1000);
  g_assert_null (eng_session_take_snapshot (desk.session));
  desk_clear (&desk);
}

/* Freed in every state: new, preparing, running, with notifications and snapshots unread. */
static void
test_free_any_time (void)
{
  for (guint i = 0; i < 60; i++)
    {
      Desk desk;

      desk_init (&desk);
      if (i % 6 > 0)
        load_small (&desk, 100000);
      if (i % 6 == 2)
        g_usleep (500 * (i / 6));
      if (i % 6 >= 3)
        expect (&desk, ENG_PHASE_PAUSED);
      if (i % 6 >= 4)
        eng_session_start (desk.session);
      if (i % 6 == 5)
        expect_started (&desk);
      desk_clear (&desk);
    }
}

static void
test_free_while_preparing (void)
{
  g_autoptr (EngSpec) large = fixture_spec (LARGE);

  for (guint i = 0; i < 4; i++)
    {
      Desk desk;

      desk_init (&desk);
      eng_session_load (desk.session, large);
      g_usleep (20000 * i);
      desk_clear (&desk);
    }
}

/* A newer load wins: what arrives last is the last one's, and nothing of an abandoned one
 * is shown as failed. */
static void
test_reload (void)
{
  g_autoptr (EngSpec) large = fixture_spec (LARGE);
  Desk                desk;

  desk_init (&desk);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (EngSnapshot) snapshot = NULL;
      guint                   steps = 100 + i;

      eng_session_load (desk.session, large);
      if (i % 2 == 0)
        g_usleep (10000 * i);
      load_small (&desk, 50);
      load_small (&desk, steps);
      for (;;)
        {
          g_clear_pointer (&snapshot, eng_snapshot_unref);
          snapshot = next_snapshot (&desk);
          g_assert_cmpint (snapshot->phase, !=, ENG_PHASE_FAILED);
          if (snapshot->phase == ENG_PHASE_PAUSED && snapshot->planned == steps)
            break;
        }
    }
  desk_clear (&desk);
}

/* --- failures and commands out of place ------------------------------------------------------ */

static void
test_failed (void)
{
  g_autoptr (EngSpec) missing = fixture_spec (
      "[experiment]\nversion=1\n[problem]\nkind=data\nfile=/nonexistent.csv\n"
      "[run.1]\nlearner=lazy\nm=10\n");
  g_autoptr (EngSpec) huge = fixture_spec (
      HEAD "d=10000\nn=10000000\n[run.1]\nlearner=lazy\nm=1000000\n");
  Desk desk;

  desk_init (&desk);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (EngSnapshot) failed = NULL;

      eng_session_load (desk.session, i == 1 ? huge : missing);
      failed = wait_for (&desk, ENG_PHASE_FAILED);
      g_assert_error (failed->error, ENG_ERROR,
                      (int) (i == 1 ? ENG_ERROR_TOO_LARGE : ENG_ERROR_IO));
      g_assert_cmpuint (failed->n_runs, ==, 0);
      /* Neither starts, nor steps. */
      eng_session_start (desk.session);
      eng_session_step (desk.session, 1);
      eng_session_change (desk.session, 0, "rate", "1");
    }
  load_small (&desk, 10);
  expect (&desk, ENG_PHASE_PAUSED);
  desk_clear (&desk);
}

static void
test_out_of_place (void)
{
  Desk                    desk;
  g_autoptr (EngSnapshot) done = NULL;

  desk_init (&desk);
  eng_session_start (desk.session);
  eng_session_pause (desk.session);
  eng_session_step (desk.session, 3);
  eng_session_reset (desk.session);
  eng_session_change (desk.session, 0, "rate", "1");
  load_small (&desk, 30);
  expect (&desk, ENG_PHASE_PAUSED);
  eng_session_pause (desk.session);
  eng_session_start (desk.session);
  eng_session_start (desk.session);
  done = wait_for (&desk, ENG_PHASE_DONE);
  g_assert_cmpuint (done->step, ==, 30);
  eng_session_start (desk.session);
  eng_session_pause (desk.session);
  eng_session_step (desk.session, 5);
  eng_session_reset (desk.session);
  expect (&desk, ENG_PHASE_PAUSED);
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
  g_test_add_func ("/engine/session/notified", test_notified);
  g_test_add_func ("/engine/session/slow-reader", test_slow_reader);
  g_test_add_func ("/engine/session/free-any-time", test_free_any_time);
  g_test_add_func ("/engine/session/free-while-preparing", test_free_while_preparing);
  g_test_add_func ("/engine/session/reload", test_reload);
  g_test_add_func ("/engine/session/failed", test_failed);
  g_test_add_func ("/engine/session/out-of-place", test_out_of_place);
  return g_test_run ();
}
