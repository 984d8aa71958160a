/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the two sides of a session share: the queue, the slot, and who owns which field. */
#pragma once

#include "eng-experiment.h"
#include "eng-session.h"

G_BEGIN_DECLS

typedef enum
{
  ENG_COMMAND_LOAD,
  ENG_COMMAND_START,
  ENG_COMMAND_PAUSE,
  ENG_COMMAND_STEP,
  ENG_COMMAND_RESET,
  ENG_COMMAND_CHANGE,
  ENG_COMMAND_WORDS,
  ENG_COMMAND_CANCEL,
  ENG_COMMAND_QUIT,
} EngCommandKind;

/* Filled, then sealed with one atomic store, then pushed; read after an atomic load. */
typedef struct
{
  EngCommandKind kind;
  EngSpec       *spec;
  guint64        n;
  guint          n_starts; /* of ENG_COMMAND_LOAD and RESET: which one this is */
  guint          run;
  char          *key, *value;
  int            sealed;
} EngCommand;

struct _EngSession
{
  /* Shared. */
  GAsyncQueue *queue;          /* of EngCommand */
  gpointer     latest;         /* atomic slot: the newest unread EngSnapshot */
  int          notify_pending; /* atomic */
  int          cancel;         /* atomic: what interrupts and has not been seen yet */

  /* Main thread. */
  GMainContext    *context;
  EngSessionNotify notify;
  gpointer         data;
  GThread         *thread;
  guint            n_starts; /* loads and resets sent */

  /* Engine thread. */
  guint          n_threads;
  EngExperiment *experiment;
  EngSpec       *spec; /* as loaded, without changes made since */
  EngPhase       phase;
  GError        *error;
  double         preparing;
  guint          n_started; /* `n_starts` of the last one obeyed */
  guint          n_changed; /* live changes obeyed since then */
  gboolean       stepping;  /* pause after `steps_left` more */
  guint64        steps_left;
  gint64         run_usec;   /* spent advancing since step 0 */
  guint64        chunk;      /* steps of one advance */
  gint64         published;  /* when */
  gint64         speed_time; /* start of the present speed measurement */
  guint64        speed_step;
  double         speed;
  guint64        serial;
  GMutex         source_lock;
  GSource       *source;
};

void eng_command_free (EngCommand *command);

/* The engine thread; `data` is the session. */
gpointer eng_session_thread_main (gpointer data);

G_END_DECLS
