/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sessions whose readers are late, whose owners leave at any moment, that fail, or are
 * told what makes no sense; also meant to run under ThreadSanitizer. */
#include "desk.h"
#include "eng-error.h"
#include "fixture.h"

/* --- readers and owners that are late or gone ---------------------------------------------- */

/* Nobody reads while it runs: the newest snapshot waits, alone. */
static void
test_slow_reader (void)
{
  Desk                    desk;
  g_autoptr (EngSnapshot) last = NULL;
  gint64                  start;

  desk_init (&desk);
  desk_load_small (&desk, 1000);
  desk_expect (&desk, ENG_PHASE_PAUSED);
  eng_session_start (desk.session);
  start = g_get_monotonic_time ();
  do
    {
      g_clear_pointer (&last, eng_snapshot_unref);
      g_usleep (100000);
      last = desk_next_snapshot (&desk);
      g_assert_cmpint (g_get_monotonic_time () - start, <, DESK_PATIENCE_USEC);
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
        desk_load_small (&desk, 100000);
      if (i % 6 == 2)
        g_usleep (500 * (i / 6));
      if (i % 6 >= 3)
        desk_expect (&desk, ENG_PHASE_PAUSED);
      if (i % 6 >= 4)
        eng_session_start (desk.session);
      if (i % 6 == 5)
        desk_expect_started (&desk);
      desk_clear (&desk);
    }
}

static void
test_free_while_preparing (void)
{
  g_autoptr (EngSpec) large = fixture_spec (DESK_LARGE);

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
  g_autoptr (EngSpec) large = fixture_spec (DESK_LARGE);
  Desk                desk;

  desk_init (&desk);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (EngSnapshot) snapshot = NULL;
      guint                   steps = 100 + i;

      eng_session_load (desk.session, large);
      if (i % 2 == 0)
        g_usleep (10000 * i);
      desk_load_small (&desk, 50);
      desk_load_small (&desk, steps);
      for (;;)
        {
          g_clear_pointer (&snapshot, eng_snapshot_unref);
          snapshot = desk_next_snapshot (&desk);
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
      DESK_HEAD "d=10000\nn=10000000\n[run.1]\nlearner=lazy\nm=1000000\n");
  Desk desk;

  desk_init (&desk);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (EngSnapshot) failed = NULL;

      eng_session_load (desk.session, i == 1 ? huge : missing);
      failed = desk_wait_for (&desk, ENG_PHASE_FAILED);
      g_assert_error (failed->error, ENG_ERROR,
                      (int) (i == 1 ? ENG_ERROR_TOO_LARGE : ENG_ERROR_IO));
      g_assert_cmpuint (failed->n_runs, ==, 0);
      /* Neither starts, nor steps. */
      eng_session_start (desk.session);
      eng_session_step (desk.session, 1);
      eng_session_change (desk.session, 0, "rate", "1");
    }
  desk_load_small (&desk, 10);
  desk_expect (&desk, ENG_PHASE_PAUSED);
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
  desk_load_small (&desk, 30);
  desk_expect (&desk, ENG_PHASE_PAUSED);
  eng_session_pause (desk.session);
  eng_session_start (desk.session);
  eng_session_start (desk.session);
  done = desk_wait_for (&desk, ENG_PHASE_DONE);
  g_assert_cmpuint (done->step, ==, 30);
  eng_session_start (desk.session);
  eng_session_pause (desk.session);
  eng_session_step (desk.session, 5);
  eng_session_reset (desk.session);
  desk_expect (&desk, ENG_PHASE_PAUSED);
  desk_clear (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/session-ends/slow-reader", test_slow_reader);
  g_test_add_func ("/engine/session-ends/free-any-time", test_free_any_time);
  g_test_add_func ("/engine/session-ends/free-while-preparing",
                   test_free_while_preparing);
  g_test_add_func ("/engine/session-ends/reload", test_reload);
  g_test_add_func ("/engine/session-ends/failed", test_failed);
  g_test_add_func ("/engine/session-ends/out-of-place", test_out_of_place);
  return g_test_run ();
}
