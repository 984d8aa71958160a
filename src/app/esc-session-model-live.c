/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changes that act while the runs are going. */
#include "config.h"

#include "esc-session-model-private.h"

#include <string.h>

/* --- to the engine --------------------------------------------------------------- */

static gboolean
has_change (EngSpec         *spec,
            const EngChange *change,
            gboolean (*same) (const EngChange *, const EngChange *))
{
  for (guint i = 0; i < eng_spec_get_n_changes (spec); i++)
    if (same (eng_spec_get_change (spec, i), change))
      return TRUE;
  return FALSE;
}

/* What was sent cannot be taken back, only replaced before it acts. */
static gboolean
keeps_changes (EngSpec *spec, EngSpec *sent)
{
  for (guint i = 0; i < eng_spec_get_n_changes (sent); i++)
    if (!has_change (spec, eng_spec_get_change (sent, i), eng_change_replaces))
      return FALSE;
  return TRUE;
}

/* New changes must be due now, and find somebody who listens. */
static gboolean
can_send (EscSessionModel *self, EngSpec *spec)
{
  for (guint i = 0; i < eng_spec_get_n_changes (spec); i++)
    {
      const EngChange *change = eng_spec_get_change (spec, i);

      if (!has_change (self->sent, change, eng_change_equal)
          && (!esc_session_model_can_change (self, change->run)
              || change->step > self->snapshot->step))
        return FALSE;
    }
  return TRUE;
}

static void
send_changes (EscSessionModel *self, EngSpec *spec)
{
  for (guint i = 0; i < eng_spec_get_n_changes (spec); i++)
    {
      const EngChange *change = eng_spec_get_change (spec, i);

      if (has_change (self->sent, change, eng_change_equal))
        continue;
      eng_session_change (self->session, change->run, change->key, change->value);
      self->n_sent++;
    }
}

gboolean
esc_session_model_apply (EscSessionModel *self, EngSpec *spec)
{
  g_autoptr (EngSpec) worded = NULL;

  if (self->sent == NULL || self->restart_id != 0
      || !eng_spec_same_start (self->sent, spec) || !keeps_changes (spec, self->sent)
      || !can_send (self, spec))
    return FALSE;
  send_changes (self, spec);
  worded = eng_spec_with_words_of (self->sent, spec);
  if (!eng_spec_equal (worded, self->sent))
    eng_session_set_words (self->session, spec);
  eng_spec_unref (self->sent);
  self->sent = eng_spec_ref (spec);
  return TRUE;
}

void
esc_session_model_cancel (EscSessionModel *self)
{
  g_return_if_fail (ESC_IS_SESSION_MODEL (self));

  if (!self->stale && esc_session_model_get_phase (self) != ENG_PHASE_PREPARING)
    return;
  esc_session_model_pause (self);
  eng_session_cancel (self->session);
}

/* --- questions ------------------------------------------------------------------- */

gboolean
esc_session_model_is_starting (EscSessionModel *self)
{
  g_return_val_if_fail (ESC_IS_SESSION_MODEL (self), FALSE);
  return self->stale || self->restart_id != 0;
}

gboolean
esc_session_model_can_change (EscSessionModel *self, guint run)
{
  const EngSnapshot *snapshot;

  g_return_val_if_fail (ESC_IS_SESSION_MODEL (self), FALSE);

  snapshot = self->snapshot;
  return snapshot != NULL && !self->stale && self->restart_id == 0
         && (snapshot->phase == ENG_PHASE_PAUSED || snapshot->phase == ENG_PHASE_RUNNING)
         && snapshot->step > 0 && run < snapshot->n_runs
         && snapshot->runs[run].status == ENG_STATUS_CONTINUE;
}

EngSpec *
esc_session_model_get_settings (EscSessionModel *self, EngSpec *spec)
{
  const EngSnapshot *snapshot;

  g_return_val_if_fail (ESC_IS_SESSION_MODEL (self), NULL);

  snapshot = self->snapshot;
  if (eng_spec_get_n_changes (spec) == 0)
    return eng_spec_ref (spec);
  if (snapshot == NULL || snapshot->spec == NULL || self->stale || self->restart_id != 0
      || !eng_spec_same_start (snapshot->spec, spec))
    return eng_spec_at_step (spec, 0);
  return eng_spec_at_step (spec, snapshot->step);
}

/* --- the way to other settings ----------------------------------------------------- */

static gboolean
all_past (EngSpec *spec, guint64 step)
{
  guint n = eng_spec_get_n_changes (spec);

  return n == 0 || eng_spec_get_change (spec, n - 1)->step <= step;
}

static const char *
get_value (const EngSettings *settings, const EngParam *param)
{
  const char *written = eng_settings_get_written (settings, param->key);

  return written != NULL ? written : param->fallback;
}

/* Adds the change that brings `key` of a run to `value`.  Returns: FALSE if it cannot be. */
static gboolean
add_change (EscSessionModel *self,
            EngSpec        **spec,
            guint            run,
            const char      *key,
            const char      *value)
{
  EngChange change = { self->snapshot->step, run, (char *) key, (char *) value };
  EngSpec  *changed;

  if (value == NULL || !esc_session_model_can_change (self, run))
    return FALSE;
  changed = eng_spec_with_change (*spec, &change, NULL);
  if (changed == NULL)
    return FALSE;
  eng_spec_unref (*spec);
  *spec = changed;
  return TRUE;
}

/* A rate takes the place of a step size, so it goes first. */
static gboolean
reach_step_size (EscSessionModel   *self,
                 EngSpec          **spec,
                 guint              run,
                 const EngSettings *from,
                 const EngSettings *to)
{
  const EngParam *const *tables = eng_settings_get_tables (to);
  const EngParam        *rate = eng_param_find (tables, "rate");
  const char            *old = eng_settings_get_written (from, "step-size");
  const char *new = eng_settings_get_written (to, "step-size");
  gboolean same_rate = g_strcmp0 (get_value (from, rate), get_value (to, rate)) == 0;

  if (same_rate && g_strcmp0 (old, new) == 0)
    return TRUE;
  if ((!same_rate || new == NULL)
      && !add_change (self, spec, run, "rate", get_value (to, rate)))
    return FALSE;
  return new == NULL || add_change (self, spec, run, "step-size", new);
}

static gboolean
reach_run (EscSessionModel   *self,
           EngSpec          **spec,
           guint              run,
           const EngSettings *from,
           const EngSettings *to)
{
  const EngParam *const *tables = eng_settings_get_tables (to);

  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      {
        if (!(param->flags & ENG_PARAM_LIVE) || strcmp (param->key, "rate") == 0
            || strcmp (param->key, "step-size") == 0
            || g_strcmp0 (get_value (from, param), get_value (to, param)) == 0)
          continue;
        if (!add_change (self, spec, run, param->key, get_value (to, param)))
          return FALSE;
      }
  return eng_param_find (tables, "rate") == NULL
         || reach_step_size (self, spec, run, from, to);
}

EngSpec *
esc_session_model_reach (EscSessionModel *self, EngSpec *target)
{
  g_autoptr (EngSpec) from = NULL, to = NULL, spec = NULL;

  g_return_val_if_fail (ESC_IS_SESSION_MODEL (self), NULL);

  if (self->snapshot == NULL || self->snapshot->step == 0 || self->restart_id != 0
      || !eng_spec_same_start (self->spec, target)
      || !all_past (self->spec, self->snapshot->step)
      || !all_past (target, self->snapshot->step))
    return eng_spec_ref (target);
  from = eng_spec_at_step (self->spec, self->snapshot->step);
  to = eng_spec_at_step (target, self->snapshot->step);
  spec = eng_spec_with_words_of (self->spec, target);
  for (guint i = 0; i < eng_spec_get_n_runs (target); i++)
    if (!reach_run (self, &spec, i, eng_spec_get_run (from, i), eng_spec_get_run (to, i)))
      return eng_spec_ref (target);
  return g_steal_pointer (&spec);
}
