/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of EscSessionModel share. */
#pragma once

#include "esc-session-model.h"

G_BEGIN_DECLS

struct _EscSessionModel
{
  GObject parent_instance;

  EngSession  *session;
  EngSpec     *spec;   /* wanted */
  EngSpec     *loaded; /* given to the engine; differs while a restart is due */
  EngSpec     *sent;   /* what the engine has made of it when it has obeyed everything */
  guint        n_sent; /* live changes since the last load or reset */
  EngSnapshot *snapshot;
  gboolean     training; /* wanted */
  gboolean     started;  /* the engine was told so */
  gboolean     stale;    /* snapshots from before the last load or reset still come */
  guint        restart_id;
  guint64      replay_step; /* where to pause; 0: at the end */
};

/* --- esc-session-model-live.c --------------------------------------------------- */
/* Brings the engine to `spec` without a restart.  Returns: FALSE if that cannot be. */
gboolean esc_session_model_apply (EscSessionModel *self, EngSpec *spec);

G_END_DECLS
