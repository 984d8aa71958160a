/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngSession: the engine thread of one window.  Commands go in by a queue, snapshots
 * come out by one slot (the latest wins); nobody waits for anybody.
 *
 * Every function here is for the thread that made the session (the main thread). */
#pragma once

#include "eng-snapshot.h"

G_BEGIN_DECLS

/* Called on the context given at creation, when a newer snapshot may be taken. */
typedef void (*EngSessionNotify) (EngSession *session, gpointer data);

/* `context` NULL: the default one. `n_threads` compute threads; 0: as many as the machine
 * has. */
EngSession *eng_session_new (GMainContext    *context,
                             guint            n_threads,
                             EngSessionNotify notify,
                             gpointer         data) G_GNUC_WARN_UNUSED_RESULT;
/* Stops and joins the thread. */
void eng_session_free (EngSession *self);

/* Throws the present experiment away and prepares this one, up to step 0, paused.  A
 * preparation under way is abandoned. */
void eng_session_load (EngSession *self, EngSpec *spec);
void eng_session_start (EngSession *self);
void eng_session_pause (EngSession *self);
/* Takes `n` steps, then pauses. */
void eng_session_step (EngSession *self, guint64 n);
/* Back to step 0 with the same spec. */
void eng_session_reset (EngSession *self);
/* Loads and resets asked for so far; a snapshot with as many is of the last one. */
guint eng_session_get_n_starts (EngSession *self);
/* A live change of run `run` (0-based) from the next step on; it becomes part of the
 * snapshot's spec as `[change.N]`. The value must have been checked (EngParam). */
void eng_session_change (EngSession *self, guint run, const char *key, const char *value);

/* Name, title, description and labels of `words`, which has as many runs, from the next
 * snapshot on; nothing restarts. */
void eng_session_set_words (EngSession *self, EngSpec *words);
/* Abandons a preparation under way: ENG_PHASE_FAILED with ENG_ERROR_CANCELLED.  Not while
 * running: only what prepares may be interrupted and kept. */
void eng_session_cancel (EngSession *self);

/* Takes the newest snapshot out of the slot.
 * Returns: (transfer full) (nullable): NULL if nothing newer than the last one taken. */
EngSnapshot *eng_session_take_snapshot (EngSession *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngSession, eng_session_free)

G_END_DECLS
