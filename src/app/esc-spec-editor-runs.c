/* SPDX-License-Identifier: GPL-3.0-or-later
 * The side pane's runs: what they share, their heads, adding and removing them. */
#include "config.h"

#include "esc-spec-editor-private.h"

#include "eng-advice.h"
#include "eng-registry.h"
#include "esc-divergence.h"
#include "plot-format.h"
#include "plot.h"

#include <glib/gi18n.h>
#include <math.h>

/* A little longer than a row takes to unfold. */
#define UNFOLD_MS 350
/* Around a row that was brought into sight, in pixels. */
#define SIGHT_MARGIN 12
#define NO_BREAK     "\302\240"

/* Whether a setting shown once has the same text in every run. */
gboolean
esc_spec_editor_runs_agree (EngSpec *spec, const char *key)
{
  const char *first = eng_settings_get_written (eng_spec_get_run (spec, 0), key);

  for (guint i = 1; i < eng_spec_get_n_runs (spec); i++)
    if (g_strcmp0 (first, eng_settings_get_written (eng_spec_get_run (spec, i), key))
        != 0)
      return FALSE;
  return TRUE;
}

static const char *
get_choice_title (const EngSettings *settings, const char *key)
{
  const EngParam *param = eng_param_find (eng_settings_get_tables (settings), key);
  const char     *id = eng_settings_get_choice (settings, key);

  for (const EngChoice *choice = param->choices; choice->id != NULL; choice++)
    if (g_str_equal (choice->id, id))
      return _ (choice->title);
  return id;
}

/* "softplus, m = 300": what the runs have in common, in the row that unfolds it. */
void
esc_spec_editor_update_all_runs (EscSpecEditor *self, EngSpec *spec)
{
  const EngSettings *first = eng_spec_get_run (spec, 0);
  guint64            n_steps = eng_spec_get_max_steps (spec);
  GtkWidget         *all = NULL;
  g_autofree char   *m = NULL, *steps = NULL, *words = NULL, *escaped = NULL;

  for (guint i = 0; i < self->in_groups->len; i++)
    if (gtk_widget_has_css_class (g_ptr_array_index (self->in_groups, i), "all-runs"))
      all = g_ptr_array_index (self->in_groups, i);
  if (all == NULL)
    return;
  steps = plot_format_integer (n_steps);
  if (eng_settings_has (first, "m") && eng_settings_has (first, "activation")
      && esc_spec_editor_runs_agree (spec, "m")
      && esc_spec_editor_runs_agree (spec, "activation"))
    {
      m = plot_format_integer ((guint64) eng_settings_get_int (first, "m"));
      words = g_strdup_printf (
          /* Translators: an activation, the width and the steps: softplus, m = 300, 2000
           * steps. */
          ngettext ("%s, m = %s, %s step", "%s, m = %s, %s steps", (gulong) n_steps),
          get_choice_title (first, "activation"), m, steps);
    }
  else
    words = g_strdup_printf (ngettext ("%s step", "%s steps", (gulong) n_steps), steps);
  escaped = g_markup_escape_text (words, -1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (all), escaped);
}

static const EngRunView *
find_view (EscSpecEditor *self, EngSpec *spec, guint run)
{
  EngSnapshot *snapshot = self->snapshot;

  if (snapshot == NULL || run >= snapshot->n_runs
      || snapshot->phase == ENG_PHASE_PREPARING || snapshot->phase == ENG_PHASE_FAILED)
    return NULL;
  return eng_spec_same_start (snapshot->spec, spec) ? &snapshot->runs[run] : NULL;
}

void
esc_spec_editor_update_captions (EscSpecEditor *self)
{
  gboolean has_steps = self->snapshot != NULL && self->snapshot->step > 0;

  gtk_widget_set_visible (self->teacher_caption, has_steps);
  gtk_widget_set_visible (self->data_caption, has_steps);
  gtk_widget_set_visible (self->runs_caption, has_steps);
}

/* No line ends within "C ≈ 3". */
static char *
join_formulas (const char *words)
{
  g_autoptr (GString) text = g_string_new (words);

  g_string_replace (text, " = ", NO_BREAK "=" NO_BREAK, 0);
  g_string_replace (text, " ≈ ", NO_BREAK "≈" NO_BREAK, 0);
  return g_strdup (text->str);
}

static void
update_hint (AdwActionRow *row, EngSpec *spec, guint run)
{
  g_autofree char *hint = eng_advice_get_hint (spec, run);
  g_autofree char *joined = NULL, *escaped = NULL, *name = NULL;

  gtk_widget_set_visible (GTK_WIDGET (row), hint != NULL);
  if (hint == NULL)
    return;
  joined = join_formulas (hint);
  escaped = g_markup_escape_text (joined, -1);
  adw_action_row_set_subtitle (row, escaped);
  /* Translators: the name of a run, and a sentence. */
  name = g_strdup_printf (_ ("Hint for %s: %s"), _ (eng_spec_get_run_label (spec, run)),
                          hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

void
esc_spec_editor_update_runs (EscSpecEditor *self, EngSpec *spec)
{
  gboolean is_full = self->run_rows->len >= ENG_SPEC_MAX_RUNS;

  for (guint i = 0; i < self->run_rows->len; i++)
    {
      EscRunRow *row = g_ptr_array_index (self->run_rows, i);

      esc_run_row_update (row, spec, plot_get_run_style (spec, i));
      update_hint (g_ptr_array_index (self->hint_rows, i), spec, i);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.add-run", !is_full);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add_run),
                               is_full ? _ ("An experiment has at most four runs")
                                       : _ ("Add a run"));
}

/* Returns: (nullable): what to say of `key` if it made the run diverge. */
static char *
describe_offence (EscSpecEditor *self, guint run, const EngRunView *view, const char *key)
{
  g_autofree char *limit = NULL;
  EngRemedy        remedy;

  if (view == NULL || view->status != ENG_STATUS_DIVERGED)
    return NULL;
  if (eng_advice_find_remedy (self->shown, run, &remedy))
    return g_str_equal (remedy.key, key) ? g_strdup (_ ("why it diverged")) : NULL;
  if (!isfinite (view->stable_below)
      || !g_str_equal (esc_divergence_get_key (self->shown, run), key))
    return NULL;
  limit = plot_format_value (view->stable_below, 3, PLOT_NUMBER_PLAIN);
  return g_strdup_printf (g_str_equal (key, "rate") ? _ ("stable below 2 (η = %s)")
                                                    : _ ("stable below %s"),
                          limit);
}

static gboolean
scroll_cb (gpointer data)
{
  EscSpecEditor *self = data;
  GtkWidget *pane = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment  *scroll;
  graphene_rect_t bounds;
  double          top;

  self->scroll_id = 0;
  if (pane == NULL || self->scroll_to == NULL
      || !gtk_widget_compute_bounds (self->scroll_to, pane, &bounds))
    return G_SOURCE_REMOVE;
  scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (pane));
  top = gtk_adjustment_get_value (scroll) + bounds.origin.y;
  gtk_adjustment_clamp_page (scroll, top - SIGHT_MARGIN,
                             top + bounds.size.height + SIGHT_MARGIN);
  return G_SOURCE_REMOVE;
}

/* When the row has its place. */
static void
bring_into_sight (EscSpecEditor *self, GtkWidget *row)
{
  if (self->scroll_id != 0)
    return;
  g_set_weak_pointer (&self->scroll_to, row);
  self->scroll_id = g_timeout_add (UNFOLD_MS, scroll_cb, self);
}

static gboolean
is_worked_in (EscSpecEditor *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

void
esc_spec_editor_focus_run (EscSpecEditor *self, guint run)
{
  GtkWidget *row = g_ptr_array_index (self->run_rows, run);

  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
  bring_into_sight (self, row);
}

/* The row of what made the run diverge is marked, and comes into sight once. */
static void
mark_offence (EscSpecEditor *self, guint run, const EngRunView *view)
{
  static const char *const keys[] = { "rate", "step-size", "gradient", "samples" };
  g_autofree char         *group = g_strdup_printf ("run.%u", run + 1);
  EscRunRow               *run_row = g_ptr_array_index (self->run_rows, run);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      EscParamRow     *row = esc_spec_editor_find_row (self, group, keys[i]);
      g_autofree char *words = row == NULL ? NULL
                                           : describe_offence (self, run, view, keys[i]);

      if (row == NULL || !esc_param_row_set_warning (row, words) || words == NULL)
        continue;
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (run_row), TRUE);
      if (esc_param_row_get_param (row)->flags & ENG_PARAM_ADVANCED)
        esc_run_row_set_more (run_row, TRUE);
      /* Not under the hands of somebody who works in the pane. */
      if (!is_worked_in (self))
        bring_into_sight (self, esc_param_row_get_widget (row));
    }
}

void
esc_spec_editor_update_views (EscSpecEditor *self, EngSpec *spec)
{
  for (guint i = 0; i < self->run_rows->len; i++)
    {
      const EngRunView *view = find_view (self, spec, i);

      esc_run_row_set_view (g_ptr_array_index (self->run_rows, i), view);
      mark_offence (self, i, view);
    }
}

static const char *
get_unused_learner (EngSpec *spec)
{
  const EngLearnerClass *const *classes = eng_registry_get_learners ();

  for (gsize i = 0; classes[i] != NULL; i++)
    {
      gboolean used = FALSE;

      for (guint run = 0; run < eng_spec_get_n_runs (spec); run++)
        used |= eng_spec_get_learner_class (spec, run) == classes[i];
      if (!used)
        return classes[i]->id;
    }
  return classes[0]->id;
}

void
esc_spec_editor_add_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscSpecEditor      *self = ESC_SPEC_EDITOR (widget);
  EngSpec            *spec = esc_document_get_spec (self->document);
  guint               last = eng_spec_get_n_runs (spec) - 1;
  g_autofree char    *group = g_strdup_printf ("run.%u", last + 2);
  g_autoptr (EngSpec) added = eng_spec_with_run (spec, last, get_unused_learner (spec),
                                                 NULL);
  g_autoptr (EngSpec) labelled = NULL;

  /* The other algorithm may not fit this experiment; a second of the same does. */
  if (added == NULL)
    added = eng_spec_with_run (spec, last, eng_spec_get_learner_class (spec, last)->id,
                               NULL);
  if (added == NULL)
    return;
  labelled = eng_spec_with_value (added, group, "label", NULL, NULL);
  esc_spec_editor_remember (self, NULL, NULL, NULL, NULL, NULL);
  self->is_adding = TRUE;
  esc_document_edit (self->document, labelled == NULL ? added : labelled, _ ("Add Run"),
                     NULL);
}

void
esc_spec_editor_remove_run (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscSpecEditor      *self = ESC_SPEC_EDITOR (widget);
  EngSpec            *spec = esc_document_get_spec (self->document);
  g_autoptr (EngSpec) changed = eng_spec_without_run (
      spec, g_variant_get_uint32 (parameter), NULL);

  if (changed == NULL)
    return;
  esc_spec_editor_remember (self, NULL, NULL, NULL, NULL, NULL);
  esc_document_edit (self->document, changed, _ ("Remove Run"), NULL);
}
