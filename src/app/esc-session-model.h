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
/* Whether what is shown is still of before the last load, edit or reset. */
gboolean     esc_session_model_is_starting (EscSessionModel *self);
EngSpec     *esc_session_model_get_spec (EscSessionModel *self);     /* (nullable) */
EngSnapshot *esc_session_model_get_snapshot (EscSessionModel *self); /* (nullable) */
EngPhase     esc_session_model_get_phase (EscSessionModel *self);
/* Why the experiment could not be carried out. */
const GError *esc_session_model_get_error (EscSessionModel *self); /* (nullable) */
/* What the person asked for last: the engine follows as soon as it is ready. */
gboolean esc_session_model_get_training (EscSessionModel *self);

/* Another experiment: prepared at once, paused. */
void esc_session_model_load (EscSessionModel *self, EngSpec *spec);
/* A change.  Words, and live changes that are due now, restart nothing; once the engine
 * has obeyed, "spec" changes to say at which step they came into effect.  Anything else
 * restarts the runs, a moment after the last of several; training goes on if it was going
 * on.  Returns: whether steps that were taken are lost by that. */
gboolean esc_session_model_edit (EscSessionModel *self, EngSpec *spec);
/* Whether a live change of run `run` (0-based) would act at the next step: some steps are
 * taken, and it has not ended. */
gboolean esc_session_model_can_change (EscSessionModel *self, guint run);
/* What holds after the steps taken: the settings with the changes so far.
 * Returns: (transfer full). */
EngSpec *esc_session_model_get_settings (EscSessionModel *self,
                                         EngSpec         *spec) G_GNUC_WARN_UNUSED_RESULT;
/* The present experiment brought to the settings of `target` by further live changes;
 * `target` itself where that is not possible.  What is trained already stays trained.
 * Returns: (transfer full). */
EngSpec *esc_session_model_reach (EscSessionModel *self,
                                  EngSpec         *target) G_GNUC_WARN_UNUSED_RESULT;

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
/* Gives a preparation under way up: ENG_PHASE_FAILED with ENG_ERROR_CANCELLED. */
void esc_session_model_cancel (EscSessionModel *self);

G_END_DECLS
