/* SPDX-License-Identifier: GPL-3.0-or-later
 * The side pane's rows, made from the engine's parameter tables. */
#include "config.h"

#include "esc-spec-editor-private.h"

#include "eng-registry.h"

#include <glib/gi18n.h>
#include <string.h>

/* Where the rows of one group of the file go. */
typedef struct
{
  EscSpecEditor       *self;
  const char          *group;
  AdwPreferencesGroup *target;
  AdwExpanderRow      *more; /* made when the first advanced row comes */
  GCallback            edited;
} Section;

gboolean
esc_spec_editor_is_shared_key (const char *key)
{
  static const char *const shared[] = { "m", "activation", "bias", "steps", NULL };

  return g_strv_contains (shared, key);
}

char *
esc_spec_editor_describe_structure (EngSpec *spec)
{
  GString *structure = g_string_new (eng_spec_get_problem_class (spec)->id);

  for (guint i = 0; i < eng_spec_get_n_runs (spec); i++)
    g_string_append_printf (structure, " %s", eng_spec_get_learner_class (spec, i)->id);
  return g_string_free (structure, FALSE);
}

/* --- choices from the registries ------------------------------------------------ */

static const EngChoice *
keep_choices (EscSpecEditor *self, GArray *choices)
{
  g_ptr_array_add (self->choices, choices);
  return (const EngChoice *) (const void *) choices->data;
}

static gboolean
is_table (const char *problem)
{
  return strcmp (problem, "data") == 0;
}

/* A table of one's own needs more than a choice: it is asked for when it is chosen. */
static const EngChoice *
get_problem_choices (EscSpecEditor *self, EngSpec *spec)
{
  const EngProblemClass *const *classes = eng_registry_get_problems ();
  GArray                       *choices = g_array_new (TRUE, TRUE, sizeof (EngChoice));

  for (gsize i = 0; classes[i] != NULL; i++)
    {
      EngChoice           choice = { classes[i]->id, classes[i]->title };
      g_autoptr (EngSpec) changed = eng_spec_with_value (spec, "problem", "kind",
                                                         choice.id, NULL);

      if (changed != NULL || is_table (choice.id)
          || classes[i] == eng_spec_get_problem_class (spec))
        g_array_append_val (choices, choice);
    }
  return keep_choices (self, choices);
}

static const EngChoice *
get_learner_choices (EscSpecEditor *self)
{
  const EngLearnerClass *const *classes = eng_registry_get_learners ();
  GArray                       *choices = g_array_new (TRUE, TRUE, sizeof (EngChoice));

  for (gsize i = 0; classes[i] != NULL; i++)
    {
      EngChoice choice = { classes[i]->id, classes[i]->title };

      g_array_append_val (choices, choice);
    }
  return keep_choices (self, choices);
}

static const EngChoice *
get_choices (EscSpecEditor *self, const EngParam *param)
{
  if (strcmp (param->key, "kind") == 0)
    return get_problem_choices (self, esc_document_get_spec (self->document));
  if (strcmp (param->key, "learner") == 0)
    return get_learner_choices (self);
  return NULL;
}

/* --- rows ---------------------------------------------------------------------- */

/* The family stays as it is until a table was chosen. */
static void
kind_cb (EscParamRow *row, const char *text, EscSpecEditor *self)
{
  EngSpec *spec = esc_document_get_spec (self->document);

  if (!is_table (text) || is_table (eng_spec_get_problem_class (spec)->id))
    return;
  g_signal_stop_emission_by_name (row, "edited");
  esc_param_row_update (row, eng_spec_get_problem (spec), 0);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.choose-table", NULL);
}

static EscParamRow *
make_row (Section *section, const EngParam *param)
{
  EscSpecEditor *self = section->self;
  EscParamRow *row = esc_param_row_new (param, section->group, get_choices (self, param));

  if (strcmp (param->key, "kind") == 0)
    g_signal_connect_object (row, "edited", G_CALLBACK (kind_cb), self, 0);
  g_signal_connect_object (row, "edited", section->edited, self, 0);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
add_to_group (Section *section, GtkWidget *widget)
{
  adw_preferences_group_add (section->target, widget);
  g_ptr_array_add (section->self->in_groups, widget);
}

static void
add_param (Section *section, const EngParam *param, gboolean advanced)
{
  EscParamRow *row = make_row (section, param);

  if (!advanced)
    {
      add_to_group (section, esc_param_row_get_widget (row));
      return;
    }
  if (section->more == NULL)
    {
      section->more = ADW_EXPANDER_ROW (adw_expander_row_new ());
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (section->more), _ ("More"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (section->more),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("More"), -1);
      gtk_widget_add_css_class (GTK_WIDGET (section->more), "more");
      g_object_ref_sink (section->more);
    }
  adw_expander_row_add_row (section->more, esc_param_row_get_widget (row));
}

/* "More" stands below the rows that are always seen. */
static void
finish_section (Section *section)
{
  if (section->more != NULL)
    add_to_group (section, GTK_WIDGET (section->more));
  g_clear_object (&section->more);
}

static gboolean
is_data_key (const EngParam *const *tables, const char *key)
{
  return strcmp (key, "seed") == 0
         || (strcmp (key, "noise") != 0 && strcmp (key, "kind") != 0
             && eng_param_find (tables, key) != NULL);
}

/* What the table holds, and another: the rows above are for who knows its path. */
static void
add_table_row (Section *section)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Look at Table…"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("target, inputs, another file"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-table");
  gtk_widget_add_css_class (row, "param");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Look at Table…"), -1);
  add_to_group (section, row);
}

/* Noise belongs to the teacher's voice; what else the sampling tables hold, to the data.
 * The seed comes last. */
static void
build_problem (EscSpecEditor *self, EngSpec *spec, GCallback edited)
{
  static const EngParam *const sampling[] = { eng_problem_sensing_params, NULL };
  const EngParam *const *tables = eng_settings_get_tables (eng_spec_get_problem (spec));
  const EngParam *const *observe = eng_settings_get_tables (eng_spec_get_observe (spec));
  const EngParam        *seed = eng_param_find (tables, "seed");
  Section                teacher = { self, "problem", self->teacher, NULL, edited };
  Section                data = { self, "problem", self->data, NULL, edited };

  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      if (!is_data_key (sampling, param->key))
        add_param (&teacher, param, param->flags & ENG_PARAM_ADVANCED);
      else if (param != seed)
        add_param (&data, param, param->flags & ENG_PARAM_ADVANCED);
  if (seed != NULL)
    add_param (&data, seed, TRUE);
  if (is_table (eng_spec_get_problem_class (spec)->id))
    add_table_row (&teacher);
  finish_section (&teacher);

  data.group = "observe";
  for (gsize t = 0; observe[t] != NULL; t++)
    for (const EngParam *param = observe[t]; param->key != NULL; param++)
      add_param (&data, param, TRUE);
  finish_section (&data);
}

static gboolean
has_key (EngSpec *spec, guint run, const char *key)
{
  const EngSettings *settings = eng_spec_get_run (spec, run);

  return eng_param_find (eng_settings_get_tables (settings), key) != NULL;
}

/* Whether every run has the key, so that it is worth a row for all. */
static gboolean
all_have_key (EngSpec *spec, const char *key)
{
  for (guint i = 0; i < eng_spec_get_n_runs (spec); i++)
    if (!has_key (spec, i, key))
      return FALSE;
  return TRUE;
}

static void
build_all_runs (EscSpecEditor *self, EngSpec *spec, GCallback edited)
{
  const EngParam *const *tables = eng_settings_get_tables (eng_spec_get_run (spec, 0));
  Section                section = { self, "run.*", self->runs, NULL, edited };
  GtkWidget             *all = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (all), _ ("All Runs"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (all), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("All Runs"), -1);
  gtk_widget_add_css_class (all, "all-runs");
  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      if (esc_spec_editor_is_shared_key (param->key) && all_have_key (spec, param->key))
        adw_expander_row_add_row (ADW_EXPANDER_ROW (all),
                                  esc_param_row_get_widget (make_row (&section, param)));
  add_to_group (&section, all);
}

/* What there is to say of a run whose settings promise little. */
static GtkWidget *
make_hint_row (void)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-information-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE,
                               -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "hint");
  gtk_widget_set_visible (row, FALSE);
  return row;
}

static void
build_run (EscSpecEditor *self, EngSpec *spec, guint index, GCallback edited)
{
  g_autofree char       *group = g_strdup_printf ("run.%u", index + 1);
  const EngParam *const *tables = eng_settings_get_tables (
      eng_spec_get_run (spec, index));
  Section    section = { self, group, self->runs, NULL, edited };
  GtkWidget *run = esc_run_row_new (index), *hint = make_hint_row ();

  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      {
        EscParamRow *row = make_row (&section, param);
        gboolean     advanced = (param->flags & ENG_PARAM_ADVANCED)
                            || esc_spec_editor_is_shared_key (param->key);

        esc_run_row_add (ESC_RUN_ROW (run), row, advanced);
      }
  esc_run_row_finish (ESC_RUN_ROW (run));
  add_to_group (&section, run);
  g_ptr_array_add (self->run_rows, run);
  add_to_group (&section, hint);
  g_ptr_array_add (self->hint_rows, hint);
}

static void
remove_all (EscSpecEditor *self)
{
  g_ptr_array_set_size (self->run_rows, 0);
  g_ptr_array_set_size (self->hint_rows, 0);
  for (guint i = 0; i < self->in_groups->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (self->in_groups, i);
      GtkWidget *group = gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), widget);
    }
  g_ptr_array_set_size (self->in_groups, 0);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->choices, 0);
}

void
esc_spec_editor_rebuild (EscSpecEditor *self, GCallback edited)
{
  EngSpec *spec = esc_document_get_spec (self->document);
  gboolean expanded[ENG_SPEC_MAX_RUNS] = { FALSE }, more[ENG_SPEC_MAX_RUNS] = { FALSE };
  guint    n_runs = eng_spec_get_n_runs (spec);

  for (guint i = 0; i < self->run_rows->len; i++)
    {
      expanded[i] = adw_expander_row_get_expanded (g_ptr_array_index (self->run_rows, i));
      more[i] = esc_run_row_get_more (g_ptr_array_index (self->run_rows, i));
    }
  remove_all (self);
  build_problem (self, spec, edited);
  build_all_runs (self, spec, edited);
  for (guint i = 0; i < n_runs; i++)
    {
      build_run (self, spec, i, edited);
      adw_expander_row_set_expanded (g_ptr_array_index (self->run_rows, i), expanded[i]);
      esc_run_row_set_more (g_ptr_array_index (self->run_rows, i), more[i]);
    }
  g_free (self->structure);
  self->structure = esc_spec_editor_describe_structure (spec);
}
