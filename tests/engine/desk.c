/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sessions as a window drives them. */
#include "desk.h"

#include "fixture.h"

static void
notify_cb (EngSession *session, gpointer data)
{
  Desk *self = data;

  g_assert_true (session == self->session);
  g_assert_true (g_thread_self () == self->owner);
  self->notified++;
}

void
desk_init (Desk *self)
{
  *self = (Desk){ .context = g_main_context_new (), .owner = g_thread_self () };
  self->session = eng_session_new (self->context, 2, notify_cb, self);
}

void
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

EngSpec *
desk_small_spec (guint steps)
{
  g_autofree char *text = g_strdup_printf (DESK_SMALL, steps, steps);

  return fixture_spec (text);
}

void
desk_load_small (Desk *self, guint steps)
{
  g_autoptr (EngSpec) spec = desk_small_spec (steps);

  eng_session_load (self->session, spec);
}

/* The next snapshot; serials only grow. */
EngSnapshot *
desk_next_snapshot (Desk *self)
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
      if (g_get_monotonic_time () - start > DESK_PATIENCE_USEC)
        g_error ("no snapshot came");
      if (!g_main_context_iteration (self->context, FALSE))
        g_usleep (200);
    }
}

/* The next one in `phase`, or in `other`.  Only phases that last may be waited for: a
 * reader may miss any that does not. */
EngSnapshot *
desk_wait_for_either (Desk *self, EngPhase phase, EngPhase other)
{
  for (;;)
    {
      EngSnapshot *snapshot = desk_next_snapshot (self);

      if (snapshot->phase == phase || snapshot->phase == other)
        return snapshot;
      eng_snapshot_unref (snapshot);
    }
}

EngSnapshot *
desk_wait_for (Desk *self, EngPhase phase)
{
  return desk_wait_for_either (self, phase, phase);
}

/* Waits until the desk says so and throws the snapshot away. */
void
desk_expect (Desk *self, EngPhase phase)
{
  g_autoptr (EngSnapshot) snapshot = desk_wait_for (self, phase);

  g_assert_cmpint (snapshot->phase, ==, phase);
}

/* Waits until steps are taken, or have been. */
void
desk_expect_started (Desk *self)
{
  g_autoptr (EngSnapshot) snapshot = desk_wait_for_either (self, ENG_PHASE_RUNNING,
                                                           ENG_PHASE_DONE);

  g_assert_cmpint (snapshot->phase, !=, ENG_PHASE_PAUSED);
}
