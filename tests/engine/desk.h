/* SPDX-License-Identifier: GPL-3.0-or-later
 * Desk: a session with its own main context, as a window would have one, for tests. */
#pragma once

#include "eng-session.h"

G_BEGIN_DECLS

/* Nothing here takes longer, on the slowest machine and under a sanitizer. */
#define DESK_PATIENCE_USEC (60 * G_USEC_PER_SEC)

#define DESK_HEAD "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\n"
#define DESK_SMALL                                                                       \
  DESK_HEAD                                                                              \
  "d=5\nn=40\nn-test=50\n[observe]\nprobes=30\ndrift-points=10\n"                        \
  "[run.1]\nlearner=lazy\nm=10\nsteps=%u\n[run.2]\nlearner=joint\nm=10\nsteps=%u\n"
/* A second or so of preparation. */
#define DESK_LARGE                                                                       \
  DESK_HEAD "d=25\nn=2000\nn-test=500\n[observe]\nprobes=600\n"                          \
            "[run.1]\nlearner=joint\nm=200\nsteps=100000\n"                              \
            "[run.2]\nlearner=network\nm=200\nsteps=100000\n"

typedef struct
{
  GMainContext *context;
  EngSession   *session;
  GThread      *owner;
  guint         notified;
  guint64       serial; /* of the last snapshot taken */
} Desk;

void desk_init (Desk *self);
/* Frees the session; a notification that was pending must not come any more. */
void desk_clear (Desk *self);

/* The small experiment with so many steps for both runs. */
EngSpec *desk_small_spec (guint steps) G_GNUC_WARN_UNUSED_RESULT;
void     desk_load_small (Desk *self, guint steps);

/* The next snapshot; serials only grow.  (transfer full) */
EngSnapshot *desk_next_snapshot (Desk *self) G_GNUC_WARN_UNUSED_RESULT;
/* The next one in a phase, or in `other`.  Only phases that last may be waited for: a
 * reader may miss any that does not.  (transfer full) */
EngSnapshot *desk_wait_for (Desk *self, EngPhase phase) G_GNUC_WARN_UNUSED_RESULT;
EngSnapshot *desk_wait_for_either (Desk    *self,
                                   EngPhase phase,
                                   EngPhase other) G_GNUC_WARN_UNUSED_RESULT;
/* Waits until the session is in `phase`; until steps are taken, or have been. */
void desk_expect (Desk *self, EngPhase phase);
void desk_expect_started (Desk *self);

G_END_DECLS
