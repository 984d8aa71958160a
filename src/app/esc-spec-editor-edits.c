/* SPDX-License-Identifier: GPL-3.0-or-later
 * From what is typed or chosen in a row to a new spec, or to words that say why not. */
#include "config.h"

#include "esc-spec-editor-private.h"

#include "eng-memory.h"
#include "plot-format.h"

#include <glib/gi18n.h>
#include <string.h>

guint
esc_spec_editor_get_run_index (const char *group)
{
  if (!g_str_has_prefix (group, "run.") || g_str_has_suffix (group, "*"))
    return ESC_NO_RUN;
  return (guint) g_ascii_strtoull (group + strlen ("run."), NULL, 10) - 1;
}

void
esc_spec_editor_remember (EscSpecEditor *self,
                          const char    *group,
                          const char    *key,
                          const char    *text,
                          EngSpec       *before,
                          EngSpec       *after)
{
  g_free (self->last_group);
  g_free (self->last_key);
  g_free (self->last_text);
  self->last_text = g_strdup (text);
  self->last_group = g_strdup (group);
  self->last_key = g_strdup (key);
  g_clear_pointer (&self->before_last, eng_spec_unref);
  self->before_last = before == NULL ? NULL : eng_spec_ref (before);
  g_clear_pointer (&self->after_last, eng_spec_unref);
  self->after_last = after == NULL ? NULL : eng_spec_ref (after);
}

/* What would not fit is refused here and now, with what would. */
static gboolean
check_memory (EngSpec *spec, const char *group, const char *key, GError **error)
{
  static const char *const sizes[] = { "n", "m", "d", NULL };
  g_autoptr (GError)       local = NULL;
  g_autofree char         *need = NULL, *fitting = NULL;
  EngSizes                 of_spec;
  gint64                   largest = 0;

  if (eng_memory_check (spec, NULL, &local))
    return TRUE;
  if (g_strv_contains (sizes, key) && eng_problem_spec_sizes (spec, &of_spec))
    largest = eng_memory_largest_fitting (spec, group, key);
  if (largest == 0)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  need = g_format_size ((guint64) MIN (eng_memory_estimate (spec, &of_spec), 9e18));
  fitting = plot_format_integer ((guint64) largest);
  /* Translators: memory, such as 41.2 GB, and the largest number that fits. */
  g_set_error (error, local->domain, local->code, _ ("Needs %s; up to %s fits"), need,
               fitting);
  return FALSE;
}

static EngSpec *
edit_value (EngSpec    *spec,
            const char *group,
            const char *key,
            const char *text,
            GError    **error)
{
  EngSpec *changed = eng_spec_with_value (spec, group, key, text, error);

  /* A label written for the old algorithm would mislead. */
  if (changed != NULL && strcmp (key, "learner") == 0)
    {
      g_autoptr (EngSpec) labelled = g_steal_pointer (&changed);

      changed = eng_spec_with_value (labelled, group, "label", NULL, error);
    }
  if (changed != NULL && !check_memory (changed, group, key, error))
    g_clear_pointer (&changed, eng_spec_unref);
  return changed;
}

/* Whether a change in this row acts at the next step instead of restarting the runs. */
static gboolean
is_live (EscSpecEditor *self, EscParamRow *row)
{
  guint run = esc_spec_editor_get_run_index (esc_param_row_get_group (row));

  return (esc_param_row_get_param (row)->flags & ENG_PARAM_LIVE) && run != ESC_NO_RUN
         && esc_session_model_can_change (self->model, run);
}

/* A step size given back to the program is the rate that holds, once more. */
static EngSpec *
edit_live (EscSpecEditor *self, EscParamRow *row, const char *text, GError **error)
{
  guint               run = esc_spec_editor_get_run_index (esc_param_row_get_group (row));
  const EngSettings  *settings = eng_spec_get_run (self->shown, run);
  const EngParam     *param = esc_param_row_get_param (row);
  EngChange           change = { esc_session_model_get_snapshot (self->model)->step, run,
                                 (char *) param->key, (char *) text };
  g_autoptr (EngSpec) allowed = NULL;

  if (text == NULL && param->fallback == NULL)
    {
      change.key = (char *) "rate";
      param = eng_param_find (eng_settings_get_tables (settings), change.key);
      text = eng_settings_get_written (settings, change.key);
    }
  change.value = (char *) (text == NULL ? param->fallback : text);
  /* A refusal speaks of the row, not of a change. */
  allowed = eng_spec_with_value (self->shown, esc_param_row_get_group (row), change.key,
                                 change.value, error);
  if (allowed == NULL)
    return NULL;
  return eng_spec_with_change (esc_document_get_spec (self->document), &change, error);
}

/* "Lazy: Rate c": what was changed, as people find it again in a menu. */
static char *
name_edit (EscSpecEditor *self, EscParamRow *row)
{
  const char *title = _ (esc_param_row_get_param (row)->title);
  guint       run = esc_spec_editor_get_run_index (esc_param_row_get_group (row));

  if (run == ESC_NO_RUN)
    return g_strdup (title);
  /* Translators: the name of a run, and the setting of it that was changed. */
  return g_strdup_printf (_ ("%s: %s"), _ (eng_spec_get_run_label (self->shown, run)),
                          title);
}

void
esc_spec_editor_edited_cb (EscParamRow *row, const char *text, EscSpecEditor *self)
{
  EngSpec            *spec;
  const char         *group = esc_param_row_get_group (row);
  const char         *key = esc_param_row_get_param (row)->key;
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) before = NULL, changed = NULL;
  g_autofree char    *name = NULL, *merge = NULL;

  /* First what waits in another row: it was there before. */
  (void) esc_spec_editor_commit (self);
  spec = esc_document_get_spec (self->document);
  before = eng_spec_ref (spec);
  changed = is_live (self, row) ? edit_live (self, row, text, &error)
                                : edit_value (spec, group, key, text, &error);
  if (changed == NULL)
    {
      if (!esc_param_row_is_text (row))
        esc_spec_editor_update_row (self, row, self->shown);
      esc_param_row_refuse (row, text, error->message);
      return;
    }
  esc_spec_editor_remember (self, group, key, text, before, changed);
  name = name_edit (self, row);
  if (esc_param_row_is_text (row))
    merge = g_strdup_printf ("%s.%s", group, key);
  esc_document_edit (self->document, changed, name, merge);
  /* Even when nothing differs, the row shows the value as it is written. */
  if (self->rebuild_id == 0)
    esc_spec_editor_update_row (self, row, self->shown);
}

/* --- changes made while training ------------------------------------------------------ */

static void
take_back (EscSpecEditor *self, EngSpec *spec, const char *name)
{
  esc_spec_editor_remember (self, NULL, NULL, NULL, NULL, NULL);
  esc_document_edit (self->document, spec, name, NULL);
}

void
esc_spec_editor_take_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscSpecEditor      *self = ESC_SPEC_EDITOR (widget);
  EngSpec            *spec = esc_document_get_spec (self->document);
  guint               index = g_variant_get_uint32 (parameter);
  g_autoptr (EngSpec) changed = NULL;

  if (index >= eng_spec_get_n_changes (spec))
    return;
  changed = eng_spec_without_change (spec, index);
  take_back (self, changed, _ ("Take Back Change"));
}

void
esc_spec_editor_take_all_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscSpecEditor      *self = ESC_SPEC_EDITOR (widget);
  g_autoptr (EngSpec) changed = eng_spec_without_changes (
      esc_document_get_spec (self->document));

  take_back (self, changed, _ ("Take Back All Changes"));
}
