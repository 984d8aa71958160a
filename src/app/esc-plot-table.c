/* SPDX-License-Identifier: GPL-3.0-or-later
 * The recorded samples of one plot, in numbers. */
#include "config.h"

#include "esc-plot-table.h"

#include "eng-words.h"
#include "esc-access.h"
#include "esc-samples.h"

#include <glib/gi18n.h>

/* Data of a column's factory: which column of the samples, plus one; 0 is that of x. */
#define COLUMN_DATA "esc-column"

struct _EscPlotTable
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkLabel       *summary;
  GtkColumnView  *view;

  EscSamples *samples;
};

G_DEFINE_FINAL_TYPE (EscPlotTable, esc_plot_table, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_REFRESH,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* --- cells ------------------------------------------------------------------------ */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_list_item_set_child (item, label);
}

static char *
format_cell (EscPlotTable *self, guint row, guint column)
{
  return column == 0 ? esc_samples_format_x (self->samples, row)
                     : esc_samples_format (self->samples, row, column - 1);
}

/* The name of the column is read with each number, since a reader does not see above. */
static char *
speak_cell (EscPlotTable *self, guint row, guint column)
{
  const char      *title = column == 0 ? esc_samples_get_x_title (self->samples)
                                       : esc_samples_get_title (self->samples, column - 1);
  g_autofree char *value = format_cell (self, row, column);

  return g_strdup_printf (C_ ("cell of a table", "%s: %s"), title,
                          *value == '\0' ? _ ("not recorded") : value);
}

static char *
speak_row (EscPlotTable *self, guint row)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i <= esc_samples_get_n_columns (self->samples); i++)
    {
      g_autofree char *cell = speak_cell (self, row, i);

      eng_words_append_group (words, cell);
    }
  return g_string_free (words, FALSE);
}

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/* GTK 4.8 names neither cells nor rows, which are what the keyboard goes to. */
static void
bind_cb (EscPlotTable *self, GtkListItem *item, GtkSignalListItemFactory *factory)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), COLUMN_DATA));
  guint row = gtk_list_item_get_position (item);
  GtkWidget       *label = gtk_list_item_get_child (item);
  GtkWidget       *cell = gtk_widget_get_parent (label);
  g_autofree char *value = format_cell (self, row, column);
  g_autofree char *spoken = speak_cell (self, row, column);
  g_autofree char *line = NULL;

  gtk_label_set_label (GTK_LABEL (label), value);
  set_name (label, spoken);
  set_name (cell, spoken);
  if (column > 0)
    return;
  line = speak_row (self, row);
  set_name (gtk_widget_get_parent (cell), line);
}

static void
add_column (EscPlotTable *self, const char *title, guint column)
{
  GtkListItemFactory             *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) added = NULL;

  g_object_set_data (G_OBJECT (factory), COLUMN_DATA, GUINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self,
                           G_CONNECT_SWAPPED);
  added = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (added, TRUE);
  gtk_column_view_column_set_expand (added, column > 0);
  gtk_column_view_append_column (self->view, added);
}

/* --- content ----------------------------------------------------------------------- */

/* The rows are their numbers; what is in them comes from the samples. */
static GtkSelectionModel *
create_rows (guint n)
{
  GtkStringList *rows = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (rows, "");
  return GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (rows)));
}

static void
remove_columns (EscPlotTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) first = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, first);
    }
}

static void
add_columns (EscPlotTable *self)
{
  add_column (self, esc_samples_get_x_title (self->samples), 0);
  for (guint i = 0; i < esc_samples_get_n_columns (self->samples); i++)
    add_column (self, esc_samples_get_title (self->samples, i), i + 1);
}

/* Where the reader was; at the end, at the new end. */
static void
keep_place (EscPlotTable *self, GtkSelectionModel *before, GtkSelectionModel *after)
{
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (before));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (after));
  guint at = gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (before));

  if (n == 0 || n_before == 0)
    return;
  at = at == n_before - 1 ? n - 1 : MIN (at, n - 1);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (after), at);
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)),
                              "list.scroll-to-item", "u", at);
}

static void
refresh_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_REFRESH], 0);
}

/* --- object ------------------------------------------------------------------------ */

static void
esc_plot_table_dispose (GObject *object)
{
  EscPlotTable *self = ESC_PLOT_TABLE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_PLOT_TABLE);
  g_clear_pointer (&self->samples, esc_samples_free);
  G_OBJECT_CLASS (esc_plot_table_parent_class)->dispose (object);
}

static void
esc_plot_table_class_init (EscPlotTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = esc_plot_table_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/plot-table.ui");
  gtk_widget_class_install_action (widget_class, "plot-table.refresh", NULL, refresh_cb);
  /* The newest frame is wanted: esc_plot_table_show (). */
  signals[SIGNAL_REFRESH] = g_signal_new ("refresh", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  gtk_widget_class_bind_template_child (widget_class, EscPlotTable, title);
  gtk_widget_class_bind_template_child (widget_class, EscPlotTable, summary);
  gtk_widget_class_bind_template_child (widget_class, EscPlotTable, view);
}

static void
esc_plot_table_init (EscPlotTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  esc_access_name_buttons (GTK_WIDGET (self));
}

void
esc_plot_table_show (EscPlotTable *self, PlotFrame *frame, guint64 step)
{
  g_autoptr (GtkSelectionModel) rows = NULL, before = NULL;
  g_autofree char              *subtitle = NULL, *count = NULL, *at = NULL;
  guint                         n_rows;

  g_return_if_fail (ESC_IS_PLOT_TABLE (self));
  g_return_if_fail (frame != NULL);

  /* Nothing may ask the old samples for what the new ones have. */
  g_set_object (&before, gtk_column_view_get_model (self->view));
  gtk_column_view_set_model (self->view, NULL);
  remove_columns (self);
  g_clear_pointer (&self->samples, esc_samples_free);
  self->samples = esc_samples_new (frame);
  n_rows = esc_samples_get_n_rows (self->samples);
  count = plot_format_integer (n_rows);
  at = plot_format_integer (step);
  /* Translators: of a table: how many rows, and the step of the training it tells of. */
  subtitle = g_strdup_printf (
      ngettext ("%s row, as of step %s", "%s rows, as of step %s", n_rows), count, at);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_label_set_label (self->summary, frame->summary == NULL ? "" : frame->summary);
  add_columns (self);
  rows = create_rows (n_rows);
  gtk_column_view_set_model (self->view, rows);
  if (before != NULL)
    keep_place (self, before, rows);
}

EscPlotTable *
esc_plot_table_present (GtkWindow *parent, PlotFrame *frame, guint64 step)
{
  EscPlotTable *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (frame != NULL, NULL);

  self = g_object_new (ESC_TYPE_PLOT_TABLE, "transient-for", parent, NULL);
  adw_window_title_set_title (self->title, frame->title);
  gtk_window_set_title (GTK_WINDOW (self), frame->title);
  esc_plot_table_show (self, frame, step);
  set_name (gtk_widget_get_first_child (GTK_WIDGET (self->view)), _ ("Titles"));
  set_name (gtk_widget_get_last_child (GTK_WIDGET (self->view)), frame->title);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
