/* SPDX-License-Identifier: GPL-3.0-or-later
 * One run in the side pane. */
#include "config.h"

#include "esc-run-row.h"

#include "eng-registry.h"
#include "eng-words.h"
#include "esc-chip.h"
#include "esc-words.h"
#include "plot-format.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

struct _EscRunRow
{
  AdwExpanderRow parent_instance;

  EscChip      *chip;
  AdwActionRow *more;
  GtkImage     *more_arrow;
  AdwActionRow *removal;
  GtkButton    *remove;

  guint        index;
  GPtrArray   *advanced; /* (element-type EscParamRow) */
  gboolean     is_more;
  PlotRunStyle style;
  char        *settings;
  double       step_size; /* NaN: not known yet */
  gboolean     diverged;
  guint64      diverged_at;
};

G_DEFINE_FINAL_TYPE (EscRunRow, esc_run_row, ADW_TYPE_EXPANDER_ROW)

static char *
describe (EscRunRow *self)
{
  g_autoptr (GString) words = NULL;
  g_autofree char    *number = NULL, *step_size = NULL;

  if (self->diverged)
    {
      number = plot_format_integer (self->diverged_at);
      return g_strdup_printf (_ ("Diverged, step %s"), number);
    }
  if (isnan (self->step_size))
    return g_strdup (self->settings);
  number = plot_format_value (self->step_size, 3, PLOT_NUMBER_PLAIN);
  step_size = g_strdup_printf ("η = %s", number);
  words = g_string_new (self->settings);
  eng_words_append (words, step_size);
  return g_strdup (words->str);
}

/* "λ₁" of "Penalty λ₁", the title before translation: the last word, if it is a symbol. */
static const char *
get_symbol (const char *title)
{
  const char *space = strrchr (title, ' ');

  return space != NULL && g_utf8_strlen (space + 1, -1) <= 2 ? space + 1 : NULL;
}

/* The algorithm, unless the label names it, and what it can be steered with: "Joint,
 * λ₁ = 10". */
static char *
describe_settings (EngSpec *spec, guint index)
{
  const EngSettings     *run = eng_spec_get_run (spec, index);
  const EngParam *const *tables = eng_settings_get_tables (run);
  const char            *algorithm = eng_spec_get_learner_class (spec, index)->title;
  const char            *label = eng_settings_get_text (run, "label");
  GString               *words = g_string_new (NULL);

  if (label != NULL && *label != '\0' && strcmp (algorithm, label) != 0)
    g_string_append (words, _ (algorithm));
  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      {
        const char      *symbol = get_symbol (param->title);
        g_autofree char *number = NULL, *item = NULL;

        if (param->kind != ENG_PARAM_REAL || !(param->flags & ENG_PARAM_LIVE)
            || (param->flags & (ENG_PARAM_ADVANCED | ENG_PARAM_OPTIONAL))
            || symbol == NULL || strcmp (param->key, "rate") == 0
            || strcmp (param->key, "step-size") == 0)
          continue;
        number = esc_words_plain_number (eng_settings_get_double (run, param->key));
        item = g_strdup_printf ("%s = %s", symbol, number);
        /* Runs are often labelled with what sets them apart. */
        if (g_strcmp0 (item, eng_spec_get_run_label (spec, index)) == 0)
          continue;
        eng_words_append (words, item);
      }
  return g_string_free (words, FALSE);
}

static void
show_words (EscRunRow *self)
{
  g_autofree char *words = describe (self);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  if (g_strcmp0 (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (self)), escaped) != 0)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped);
  if (self->diverged)
    gtk_widget_add_css_class (GTK_WIDGET (self), "refused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "refused");
  esc_chip_set_run (self->chip, self->style, self->diverged);
}

static void
more_activated_cb (EscRunRow *self)
{
  esc_run_row_set_more (self, !self->is_more);
}

static void
esc_run_row_dispose (GObject *object)
{
  EscRunRow *self = ESC_RUN_ROW (object);

  g_clear_pointer (&self->advanced, g_ptr_array_unref);
  g_clear_object (&self->more);
  g_clear_object (&self->removal);
  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_RUN_ROW);
  G_OBJECT_CLASS (esc_run_row_parent_class)->dispose (object);
}

static void
esc_run_row_finalize (GObject *object)
{
  g_free (ESC_RUN_ROW (object)->settings);
  G_OBJECT_CLASS (esc_run_row_parent_class)->finalize (object);
}

static void
esc_run_row_class_init (EscRunRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = esc_run_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = esc_run_row_finalize;
  g_type_ensure (ESC_TYPE_CHIP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EscRunRow, chip);
  gtk_widget_class_bind_template_child (widget_class, EscRunRow, more);
  gtk_widget_class_bind_template_child (widget_class, EscRunRow, more_arrow);
  gtk_widget_class_bind_template_child (widget_class, EscRunRow, removal);
  gtk_widget_class_bind_template_child (widget_class, EscRunRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, more_activated_cb);
}

static void
esc_run_row_init (EscRunRow *self)
{
  self->advanced = g_ptr_array_new_with_free_func (g_object_unref);
  self->step_size = NAN;
  self->settings = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Both are added below the settings, when these are all there. */
  g_object_ref_sink (self->more);
  g_object_ref_sink (self->removal);
}

GtkWidget *
esc_run_row_new (guint index)
{
  EscRunRow *self = g_object_new (ESC_TYPE_RUN_ROW, NULL);

  self->index = index;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->remove), "u", index);
  return GTK_WIDGET (self);
}

void
esc_run_row_add (EscRunRow *self, EscParamRow *row, gboolean advanced)
{
  g_return_if_fail (ESC_IS_RUN_ROW (self));

  if (advanced)
    g_ptr_array_add (self->advanced, g_object_ref (row));
  else
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), esc_param_row_get_widget (row));
}

/* The rows below "More" are rows of the same list: a second expander within the first
 * would be indented twice, and libadwaita draws its arrow as that of the outer one. */
void
esc_run_row_finish (EscRunRow *self)
{
  AdwExpanderRow *expander = ADW_EXPANDER_ROW (self);

  g_return_if_fail (ESC_IS_RUN_ROW (self));

  if (self->advanced->len > 0)
    adw_expander_row_add_row (expander, GTK_WIDGET (self->more));
  for (guint i = 0; i < self->advanced->len; i++)
    adw_expander_row_add_row (
        expander, esc_param_row_get_widget (g_ptr_array_index (self->advanced, i)));
  adw_expander_row_add_row (expander, GTK_WIDGET (self->removal));
  esc_run_row_set_more (self, FALSE);
}

gboolean
esc_run_row_get_more (EscRunRow *self)
{
  g_return_val_if_fail (ESC_IS_RUN_ROW (self), FALSE);
  return self->is_more;
}

void
esc_run_row_set_more (EscRunRow *self, gboolean more)
{
  g_return_if_fail (ESC_IS_RUN_ROW (self));

  self->is_more = more;
  for (guint i = 0; i < self->advanced->len; i++)
    esc_param_row_set_shown (g_ptr_array_index (self->advanced, i), more);
  gtk_image_set_from_icon_name (self->more_arrow,
                                more ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_STATE_EXPANDED,
                               more, -1);
}

void
esc_run_row_update (EscRunRow *self, EngSpec *spec, PlotRunStyle style)
{
  const char      *label = eng_spec_get_run_label (spec, self->index);
  g_autofree char *escaped = g_markup_escape_text (_ (label), -1);
  g_autofree char *name = NULL;

  g_return_if_fail (ESC_IS_RUN_ROW (self));

  g_free (self->settings);
  self->settings = describe_settings (spec, self->index);
  self->style = style;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->removal), eng_spec_get_n_runs (spec) > 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (label), -1);
  name = g_strdup_printf (_ ("Remove run %s"), _ (label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->removal),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_words (self);
}

void
esc_run_row_set_view (EscRunRow *self, const EngRunView *view)
{
  g_return_if_fail (ESC_IS_RUN_ROW (self));

  self->step_size = view == NULL || !(view->step_size > 0) ? NAN : view->step_size;
  self->diverged = view != NULL && view->status == ENG_STATUS_DIVERGED;
  self->diverged_at = self->diverged ? view->step : 0;
  show_words (self);
}
