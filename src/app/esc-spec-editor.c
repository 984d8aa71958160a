/* SPDX-License-Identifier: GPL-3.0-or-later
 * The side pane: edits of the experiment, and what becomes of them. */
#include "config.h"

#include "esc-spec-editor-private.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (EscSpecEditor, esc_spec_editor, ADW_TYPE_BIN)

static const EngSettings *
get_settings (EngSpec *spec, const char *group)
{
  if (strcmp (group, "problem") == 0)
    return eng_spec_get_problem (spec);
  if (strcmp (group, "observe") == 0)
    return eng_spec_get_observe (spec);
  if (strcmp (group, "run.*") == 0)
    return eng_spec_get_run (spec, 0);
  return eng_spec_get_run (spec, esc_spec_editor_get_run_index (group));
}

static double
get_d (EngSpec *spec)
{
  const EngSettings *problem = eng_spec_get_problem (spec);

  return eng_settings_has (problem, "d") ? (double) eng_settings_get_int (problem, "d")
                                         : 0.0;
}

/* --- update -------------------------------------------------------------------- */

/* A step size that is given is in the place of c / λ_max until the rate changes. */
static gboolean
is_overruled (const EngSettings *settings, const char *key)
{
  return strcmp (key, "rate") == 0 && eng_settings_has (settings, "step-size");
}

void
esc_spec_editor_update_row (EscSpecEditor *self, EscParamRow *row, EngSpec *spec)
{
  const char        *group = esc_param_row_get_group (row);
  const char        *key = esc_param_row_get_param (row)->key;
  const EngSettings *settings = get_settings (spec, group);

  esc_param_row_update (row, settings, get_d (spec));
  if (strcmp (group, "run.*") == 0 && !esc_spec_editor_runs_agree (spec, key))
    esc_param_row_set_remark (row, _ ("differs between the runs"));
  else if (is_overruled (settings, key))
    /* Translators: of the row "Rate c", where the step size η is given. */
    esc_param_row_set_remark (row, _ ("not used: η is set"));
}

static guint
count_past (EscSpecEditor *self)
{
  EngSpec *spec = esc_document_get_spec (self->document);
  guint    n = eng_spec_get_n_changes (spec), n_past = 0;

  while (self->snapshot != NULL && n_past < n
         && eng_spec_get_change (spec, n_past)->step <= self->snapshot->step)
    n_past++;
  return n_past;
}

/* With `rows_are_new` every row; else what is typed, or refused and not corrected yet,
 * stays. */
static void
update (EscSpecEditor *self, gboolean rows_are_new)
{
  EngSpec *spec = esc_document_get_spec (self->document);

  g_clear_pointer (&self->shown, eng_spec_unref);
  self->shown = esc_session_model_get_settings (self->model, spec);
  self->n_past = count_past (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      EscParamRow *row = g_ptr_array_index (self->rows, i);

      if (!rows_are_new && esc_param_row_is_open (row))
        esc_param_row_release (row);
      else
        esc_spec_editor_update_row (self, row, self->shown);
    }
  esc_spec_editor_update_all_runs (self, self->shown);
  esc_spec_editor_update_runs (self, self->shown);
  esc_spec_editor_update_views (self, spec);
  esc_about_update (self->about);
}

/* --- following the document ------------------------------------------------------ */

static EscParamRow *
find_focused (EscSpecEditor *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  for (guint i = 0; focus != NULL && i < self->rows->len; i++)
    {
      EscParamRow *row = g_ptr_array_index (self->rows, i);
      GtkWidget   *widget = esc_param_row_get_widget (row);

      if (focus == widget || gtk_widget_is_ancestor (focus, widget))
        return row;
    }
  return NULL;
}

static gboolean
rebuild_cb (gpointer data)
{
  EscSpecEditor   *self = data;
  EscParamRow     *focused = find_focused (self);
  g_autofree char *group = NULL;
  const char      *key = NULL;

  self->rebuild_id = 0;
  if (focused != NULL)
    {
      group = g_strdup (esc_param_row_get_group (focused));
      key = esc_param_row_get_param (focused)->key; /* static */
    }
  esc_spec_editor_rebuild (self, G_CALLBACK (esc_spec_editor_edited_cb));
  update (self, TRUE);
  /* Whoever works by keyboard stays where they were. */
  focused = key == NULL ? NULL : esc_spec_editor_find_row (self, group, key);
  if (focused != NULL)
    gtk_widget_grab_focus (esc_param_row_get_control (focused));
  /* On the button a key pressed again would add another. */
  if (self->is_adding)
    esc_spec_editor_focus_run (self, self->run_rows->len - 1);
  self->is_adding = FALSE;
  return G_SOURCE_REMOVE;
}

static void
spec_cb (EscSpecEditor *self)
{
  EngSpec         *spec = esc_document_get_spec (self->document);
  g_autofree char *structure = esc_spec_editor_describe_structure (spec);

  if (g_strcmp0 (structure, self->structure) == 0)
    {
      g_clear_handle_id (&self->rebuild_id, g_source_remove);
      update (self, FALSE);
    }
  else if (self->rebuild_id == 0)
    /* Later: the row whose signal led here must outlive it. */
    self->rebuild_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, rebuild_cb, self, NULL);
}

static void
loaded_cb (EscSpecEditor *self)
{
  esc_spec_editor_remember (self, NULL, NULL, NULL, NULL, NULL);
  esc_about_update (self->about);
  (void) esc_about_discard (self->about);
  if (self->rebuild_id == 0)
    esc_spec_editor_discard (self);
}

static void
esc_spec_editor_dispose (GObject *object)
{
  EscSpecEditor *self = ESC_SPEC_EDITOR (object);

  g_clear_handle_id (&self->rebuild_id, g_source_remove);
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  g_clear_weak_pointer (&self->scroll_to);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->run_rows, g_ptr_array_unref);
  g_clear_pointer (&self->hint_rows, g_ptr_array_unref);
  g_clear_pointer (&self->in_groups, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->snapshot, eng_snapshot_unref);
  g_clear_pointer (&self->shown, eng_spec_unref);
  g_clear_object (&self->document);
  g_clear_object (&self->model);
  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_SPEC_EDITOR);
  G_OBJECT_CLASS (esc_spec_editor_parent_class)->dispose (object);
}

static void
esc_spec_editor_finalize (GObject *object)
{
  EscSpecEditor *self = ESC_SPEC_EDITOR (object);

  g_free (self->structure);
  g_free (self->last_group);
  g_free (self->last_key);
  g_free (self->last_text);
  g_clear_pointer (&self->before_last, eng_spec_unref);
  g_clear_pointer (&self->after_last, eng_spec_unref);
  G_OBJECT_CLASS (esc_spec_editor_parent_class)->finalize (object);
}

static void
esc_spec_editor_class_init (EscSpecEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = esc_spec_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = esc_spec_editor_finalize;
  g_type_ensure (ESC_TYPE_ABOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/spec-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, EscSpecEditor, teacher);
  gtk_widget_class_bind_template_child (widget_class, EscSpecEditor, data);
  gtk_widget_class_bind_template_child (widget_class, EscSpecEditor, runs);
  gtk_widget_class_bind_template_child (widget_class, EscSpecEditor, add_run);
  gtk_widget_class_bind_template_child (widget_class, EscSpecEditor, teacher_caption);
  gtk_widget_class_bind_template_child (widget_class, EscSpecEditor, data_caption);
  gtk_widget_class_bind_template_child (widget_class, EscSpecEditor, runs_caption);
  gtk_widget_class_bind_template_child (widget_class, EscSpecEditor, about);
  gtk_widget_class_install_action (widget_class, "editor.add-run", NULL,
                                   esc_spec_editor_add_run);
  gtk_widget_class_install_action (widget_class, "editor.remove-run", "u",
                                   esc_spec_editor_remove_run);
  gtk_widget_class_install_action (widget_class, "editor.take-back", "u",
                                   esc_spec_editor_take_back);
  gtk_widget_class_install_action (widget_class, "editor.take-all-back", NULL,
                                   esc_spec_editor_take_all_back);
}

static void
esc_spec_editor_init (EscSpecEditor *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->run_rows = g_ptr_array_new ();
  self->hint_rows = g_ptr_array_new ();
  self->in_groups = g_ptr_array_new ();
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
esc_spec_editor_set_document (EscSpecEditor   *self,
                              EscDocument     *document,
                              EscSessionModel *model)
{
  g_return_if_fail (ESC_IS_SPEC_EDITOR (self));
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->model = g_object_ref (model);
  esc_about_set_document (self->about, document);
  g_signal_connect_object (document, "notify::spec", G_CALLBACK (spec_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "loaded", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
}

void
esc_spec_editor_set_snapshot (EscSpecEditor *self, EngSnapshot *snapshot)
{
  EngSnapshot *old;

  g_return_if_fail (ESC_IS_SPEC_EDITOR (self));

  old = self->snapshot;
  self->snapshot = snapshot == NULL ? NULL : eng_snapshot_ref (snapshot);
  g_clear_pointer (&old, eng_snapshot_unref);
  esc_spec_editor_update_captions (self);
  if (self->rebuild_id != 0 || self->structure == NULL)
    return;
  if (count_past (self) != self->n_past)
    update (self, FALSE);
  else
    esc_spec_editor_update_views (self, esc_document_get_spec (self->document));
}

gboolean
esc_spec_editor_commit (EscSpecEditor *self)
{
  g_return_val_if_fail (ESC_IS_SPEC_EDITOR (self), TRUE);

  for (guint i = 0; i < self->rows->len; i++)
    {
      EscParamRow *row = g_ptr_array_index (self->rows, i);

      if (!esc_param_row_commit (row))
        {
          gtk_widget_grab_focus (esc_param_row_get_control (row));
          return FALSE;
        }
    }
  return esc_about_commit (self->about);
}

gboolean
esc_spec_editor_discard (EscSpecEditor *self)
{
  gboolean found;

  g_return_val_if_fail (ESC_IS_SPEC_EDITOR (self), FALSE);

  found = esc_about_discard (self->about);
  for (guint i = 0; self->shown != NULL && i < self->rows->len; i++)
    {
      EscParamRow *row = g_ptr_array_index (self->rows, i);

      found |= esc_param_row_is_open (row);
      if (esc_param_row_is_open (row))
        esc_spec_editor_update_row (self, row, self->shown);
    }
  return found;
}

gboolean
esc_spec_editor_refuse_last (EscSpecEditor *self, const GError *error)
{
  g_autoptr (EngSpec) before = NULL, after = NULL;
  g_autofree char    *group = NULL, *key = NULL, *text = NULL;
  EscParamRow        *row;

  g_return_val_if_fail (ESC_IS_SPEC_EDITOR (self), FALSE);

  before = g_steal_pointer (&self->before_last);
  after = g_steal_pointer (&self->after_last);
  group = g_steal_pointer (&self->last_group);
  key = g_steal_pointer (&self->last_key);
  text = g_steal_pointer (&self->last_text);
  if (before == NULL || group == NULL || self->rebuild_id != 0
      || !eng_spec_equal (after, esc_document_get_spec (self->document)))
    return FALSE;
  esc_document_retract (self->document, before);
  row = esc_spec_editor_find_row (self, group, key);
  if (row == NULL || self->rebuild_id != 0)
    return FALSE;
  esc_param_row_refuse (row, text, error->message);
  return TRUE;
}

EscParamRow *
esc_spec_editor_find_row (EscSpecEditor *self, const char *group, const char *key)
{
  g_return_val_if_fail (ESC_IS_SPEC_EDITOR (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      EscParamRow *row = g_ptr_array_index (self->rows, i);

      if (strcmp (esc_param_row_get_group (row), group) == 0
          && strcmp (esc_param_row_get_param (row)->key, key) == 0)
        return row;
    }
  return NULL;
}
