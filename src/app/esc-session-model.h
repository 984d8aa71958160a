/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscSessionModel: the engine's thread as a GObject: properties to bind to, commands to
 * call.  The window owns it; disposing it stops and joins the thread.  Main thread. */
#pragma once

#include "eng-session.h"

G_BEGIN_DECLS

#define ESC_TYPE_SESSION_MODEL (esc_session_model_get_type ())
G_DECLARE_FINAL_TYPE (EscSessionModel, esc_session_model, ESC, SESSION_MODEL, GObject)

EscSessionModel *esc_session_model_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* What the engine works on, or is about to. */
EngSpec     *esc_session_model_get_spec (EscSessionModel *self);     /* (nullable) */
EngSnapshot *esc_session_model_get_snapshot (EscSessionModel *self); /* (nullable) */
EngPhase     esc_session_model_get_phase (EscSessionModel *self);
/* Why the experiment could not be carried out. */
const GError *esc_session_model_get_error (EscSessionModel *self); /* (nullable) */
/* What the person asked for last: the engine follows as soon as it is ready. */
gboolean esc_session_model_get_training (EscSessionModel *self);

/* Another experiment: prepared at once, paused. */
void esc_session_model_load (EscSessionModel *self, EngSpec *spec);
/* A change that restarts the runs, a moment after the last of several; training goes on
 * if it was going on. */
void esc_session_model_edit (EscSessionModel *self, EngSpec *spec);

/* Starts, or goes on; begins again when every run has ended. */
void esc_session_model_train (EscSessionModel *self);
/* Another experiment, trained up to `step` and paused there: what was trained before comes
 * back, the same. */
void esc_session_model_replay (EscSessionModel *self, EngSpec *spec, guint64 step);
/* The step of a replay under way; else 0. */
guint64 esc_session_model_get_replay_step (EscSessionModel *self);
void    esc_session_model_pause (EscSessionModel *self);
void    esc_session_model_step (EscSessionModel *self);
void    esc_session_model_reset (EscSessionModel *self);

G_END_DECLS
