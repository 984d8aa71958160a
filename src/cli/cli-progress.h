/* SPDX-License-Identifier: GPL-3.0-or-later
 * CliProgress: how far a run is: a line that is rewritten on a terminal, a plain line
 * every tenth otherwise.  Every function accepts NULL and then does nothing. */
#pragma once

#include "eng-spec.h"

G_BEGIN_DECLS

typedef struct _CliProgress CliProgress;

/* Says that the preparation has begun. */
CliProgress *cli_progress_new (EngSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
void         cli_progress_free (CliProgress *self);
/* The first step is taken now. */
void cli_progress_start (CliProgress *self);
void cli_progress_update (CliProgress *self, guint64 step);
void cli_progress_finish (CliProgress *self, guint64 step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliProgress, cli_progress_free)

G_END_DECLS
