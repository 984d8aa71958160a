/* SPDX-License-Identifier: GPL-3.0-or-later
 * Adapter between the engine's thread and the widgets. */
#include "config.h"

#include "esc-session-model-private.h"

/* A spin button held down changes its value many times a second; preparing each of these
 * experiments would keep the engine from showing any. */
#define RESTART_DELAY_MS 250

G_DEFINE_FINAL_TYPE (EscSessionModel, esc_session_model, G_TYPE_OBJECT)

enum
{
  PROP_SPEC = 1,
  PROP_SNAPSHOT,
  PROP_PHASE,
  PROP_ERROR,
  PROP_TRAINING,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void
notify (EscSessionModel *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_training (EscSessionModel *self, gboolean training)
{
  if (self->training == training)
    return;
  self->training = training;
  notify (self, PROP_TRAINING);
}

/* What `slot` holds may be `spec` itself. */
static void
keep_spec (EngSpec **slot, EngSpec *spec)
{
  EngSpec *old = *slot;

  *slot = eng_spec_ref (spec);
  g_clear_pointer (&old, eng_spec_unref);
}

static void
set_spec (EscSessionModel *self, EngSpec *spec)
{
  keep_spec (&self->spec, spec);
  notify (self, PROP_SPEC);
}

/* The engine is told to start only when it is seen to be ready, so that the end of an
 * earlier run can never be taken for the end of the next. */
static void
start_if_ready (EscSessionModel *self)
{
  if (!self->training || self->started || self->stale || self->restart_id != 0)
    return;
  if (esc_session_model_get_phase (self) != ENG_PHASE_PAUSED)
    return;
  self->started = TRUE;
  if (self->replay_step > self->snapshot->step)
    eng_session_step (self->session, self->replay_step - self->snapshot->step);
  else
    eng_session_start (self->session);
}

static gboolean
has_stopped (EscSessionModel *self)
{
  switch (self->snapshot->phase)
    {
    case ENG_PHASE_DONE:
    case ENG_PHASE_FAILED:
      return TRUE;
    case ENG_PHASE_PAUSED:
      return self->replay_step > 0 && self->snapshot->step >= self->replay_step;
    default:
      return FALSE;
    }
}

/* Whether a snapshot is of the experiment and the start that were asked for last. */
static gboolean
is_fresh (EscSessionModel *self, const EngSnapshot *snapshot)
{
  return snapshot->n_starts == eng_session_get_n_starts (self->session);
}

/* Only the engine knows at which steps the changes came into effect. */
static void
confirm_changes (EscSessionModel *self)
{
  EngSpec            *known = self->snapshot->spec;
  g_autoptr (EngSpec) confirmed = NULL;

  if (self->stale || self->restart_id != 0 || self->n_sent == 0
      || self->snapshot->n_changed != self->n_sent
      || eng_spec_same_numbers (known, self->spec)
      || !eng_spec_same_start (known, self->spec))
    return;
  confirmed = eng_spec_with_changes_of (self->spec, known);
  keep_spec (&self->sent, confirmed);
  set_spec (self, confirmed);
}

static void
take_snapshot_cb (EngSession *session, gpointer data)
{
  EscSessionModel        *self = data;
  g_autoptr (EngSnapshot) old = NULL;
  EngSnapshot            *snapshot = eng_session_take_snapshot (session);
  EngPhase                old_phase = esc_session_model_get_phase (self);
  gboolean                is_new_spec;

  if (snapshot == NULL)
    return;
  old = g_steal_pointer (&self->snapshot);
  self->snapshot = snapshot;
  is_new_spec = old == NULL || old->spec != snapshot->spec;
  if (self->stale && is_fresh (self, snapshot))
    self->stale = FALSE;

  g_object_freeze_notify (G_OBJECT (self));
  notify (self, PROP_SNAPSHOT);
  if (is_new_spec)
    confirm_changes (self);
  if (snapshot->phase != old_phase)
    {
      notify (self, PROP_PHASE);
      notify (self, PROP_ERROR);
    }
  if (!self->stale && has_stopped (self))
    {
      self->started = FALSE;
      self->replay_step = 0;
      set_training (self, FALSE);
    }
  start_if_ready (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/* From here on only snapshots of what begins now count. */
static void
expect_new_start (EscSessionModel *self)
{
  self->started = FALSE;
  self->stale = TRUE;
  self->replay_step = 0;
  self->n_sent = 0;
  keep_spec (&self->sent, self->loaded);
}

static void
load_now (EscSessionModel *self)
{
  g_clear_handle_id (&self->restart_id, g_source_remove);
  keep_spec (&self->loaded, self->spec);
  expect_new_start (self);
  eng_session_load (self->session, self->loaded);
}

static gboolean
restart_cb (gpointer data)
{
  EscSessionModel *self = data;

  self->restart_id = 0;
  load_now (self);
  return G_SOURCE_REMOVE;
}

/* Back to step 0.  What the engine was given may be older than what is wanted now: changes
 * made while it ran are part of the experiment, and act again at their steps. */
static void
begin_again (EscSessionModel *self)
{
  if (self->restart_id != 0 || esc_session_model_get_phase (self) == ENG_PHASE_FAILED
      || !eng_spec_same_numbers (self->loaded, self->spec))
    {
      load_now (self);
      return;
    }
  expect_new_start (self);
  eng_session_reset (self->session);
}

static void
esc_session_model_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EscSessionModel *self = ESC_SESSION_MODEL (object);

  switch (property_id)
    {
    case PROP_SPEC:
      g_value_set_boxed (value, self->spec);
      break;
    case PROP_SNAPSHOT:
      g_value_set_boxed (value, self->snapshot);
      break;
    case PROP_PHASE:
      g_value_set_uint (value, esc_session_model_get_phase (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, esc_session_model_get_error (self));
      break;
    case PROP_TRAINING:
      g_value_set_boolean (value, self->training);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
esc_session_model_dispose (GObject *object)
{
  EscSessionModel *self = ESC_SESSION_MODEL (object);

  g_clear_handle_id (&self->restart_id, g_source_remove);
  g_clear_pointer (&self->session, eng_session_free);
  g_clear_pointer (&self->snapshot, eng_snapshot_unref);
  g_clear_pointer (&self->loaded, eng_spec_unref);
  g_clear_pointer (&self->sent, eng_spec_unref);
  g_clear_pointer (&self->spec, eng_spec_unref);
  G_OBJECT_CLASS (esc_session_model_parent_class)->dispose (object);
}

static void
esc_session_model_class_init (EscSessionModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = esc_session_model_get_property;
  object_class->dispose = esc_session_model_dispose;

  properties[PROP_SPEC] = g_param_spec_boxed ("spec", NULL, NULL, ENG_TYPE_SPEC, flags);
  properties[PROP_SNAPSHOT] = g_param_spec_boxed ("snapshot", NULL, NULL,
                                                  ENG_TYPE_SNAPSHOT, flags);
  properties[PROP_PHASE] = g_param_spec_uint ("phase", NULL, NULL, 0, ENG_PHASE_FAILED,
                                              ENG_PHASE_EMPTY, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_TRAINING] = g_param_spec_boolean ("training", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
esc_session_model_init (EscSessionModel *self)
{
  self->session = eng_session_new (NULL, 0, take_snapshot_cb, self);
}

EscSessionModel *
esc_session_model_new (void)
{
  return g_object_new (ESC_TYPE_SESSION_MODEL, NULL);
}

EngSpec *
esc_session_model_get_spec (EscSessionModel *self)
{
  g_return_val_if_fail (ESC_IS_SESSION_MODEL (self), NULL);
  return self->spec;
}

EngSnapshot *
esc_session_model_get_snapshot (EscSessionModel *self)
{
  g_return_val_if_fail (ESC_IS_SESSION_MODEL (self), NULL);
  return self->snapshot;
}

EngPhase
esc_session_model_get_phase (EscSessionModel *self)
{
  g_return_val_if_fail (ESC_IS_SESSION_MODEL (self), ENG_PHASE_EMPTY);
  return self->snapshot == NULL ? ENG_PHASE_EMPTY : self->snapshot->phase;
}

const GError *
esc_session_model_get_error (EscSessionModel *self)
{
  g_return_val_if_fail (ESC_IS_SESSION_MODEL (self), NULL);
  return self->snapshot == NULL ? NULL : self->snapshot->error;
}

gboolean
esc_session_model_get_training (EscSessionModel *self)
{
  g_return_val_if_fail (ESC_IS_SESSION_MODEL (self), FALSE);
  return self->training;
}

void
esc_session_model_load (EscSessionModel *self, EngSpec *spec)
{
  g_return_if_fail (ESC_IS_SESSION_MODEL (self));
  g_return_if_fail (spec != NULL);

  set_training (self, FALSE);
  set_spec (self, spec);
  load_now (self);
}

gboolean
esc_session_model_edit (EscSessionModel *self, EngSpec *spec)
{
  g_return_val_if_fail (ESC_IS_SESSION_MODEL (self), FALSE);
  g_return_val_if_fail (spec != NULL, FALSE);

  set_spec (self, spec);
  if (esc_session_model_apply (self, spec))
    return FALSE;
  g_clear_handle_id (&self->restart_id, g_source_remove);
  self->restart_id = g_timeout_add (RESTART_DELAY_MS, restart_cb, self);
  return self->snapshot != NULL && self->snapshot->step > 0;
}

void
esc_session_model_train (EscSessionModel *self)
{
  g_return_if_fail (ESC_IS_SESSION_MODEL (self));

  if (self->spec == NULL || self->training)
    return;
  if (self->restart_id != 0 || esc_session_model_get_phase (self) == ENG_PHASE_FAILED
      || (!self->stale && esc_session_model_get_phase (self) == ENG_PHASE_DONE))
    begin_again (self);
  set_training (self, TRUE);
  start_if_ready (self);
}

void
esc_session_model_replay (EscSessionModel *self, EngSpec *spec, guint64 step)
{
  g_return_if_fail (ESC_IS_SESSION_MODEL (self));
  g_return_if_fail (step > 0);

  esc_session_model_load (self, spec);
  self->replay_step = step;
  set_training (self, TRUE);
}

guint64
esc_session_model_get_replay_step (EscSessionModel *self)
{
  g_return_val_if_fail (ESC_IS_SESSION_MODEL (self), 0);
  return self->replay_step;
}

void
esc_session_model_pause (EscSessionModel *self)
{
  g_return_if_fail (ESC_IS_SESSION_MODEL (self));

  self->replay_step = 0;
  set_training (self, FALSE);
  if (self->started)
    eng_session_pause (self->session);
  self->started = FALSE;
}

void
esc_session_model_step (EscSessionModel *self)
{
  g_return_if_fail (ESC_IS_SESSION_MODEL (self));

  if (self->restart_id != 0)
    load_now (self);
  esc_session_model_pause (self);
  eng_session_step (self->session, 1);
}

void
esc_session_model_reset (EscSessionModel *self)
{
  g_return_if_fail (ESC_IS_SESSION_MODEL (self));

  if (self->spec == NULL)
    return;
  set_training (self, FALSE);
  begin_again (self);
}
