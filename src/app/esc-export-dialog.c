/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which plot, in which format and size. */
#include "config.h"

#include "esc-export-dialog.h"

#include "esc-access.h"
#include "plot-format.h"

#include <glib/gi18n.h>
#include <math.h>

/* Of the units of plots. */
#define INCH 96.0

struct _EscExportDialog
{
  AdwWindow parent_instance;

  AdwComboRow   *plot;
  AdwComboRow   *format;
  AdwComboRow   *size;
  AdwActionRow  *scale_row;
  GtkSpinButton *scale;
  GtkLabel      *note;
  GtkButton     *export_button;

  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (EscExportDialog, esc_export_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_EXPORT,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* By PlotFormat. */
static const struct
{
  const char *name, *use;
} formats[PLOT_N_FORMATS] = {
  [PLOT_FORMAT_SVG] = { N_ ("SVG"), N_ ("Sharp at any size; its text can be edited") },
  [PLOT_FORMAT_PDF] = { N_ ("PDF"), N_ ("Sharp at any size; for papers") },
  [PLOT_FORMAT_PNG] = { N_ ("PNG"), N_ ("Pixels; opens everywhere") },
  [PLOT_FORMAT_CSV] = { N_ ("CSV"), N_ ("The numbers that are drawn, as a table") },
};

static const char *const size_names[PLOT_N_SIZES] = {
  [PLOT_SIZE_SLIDE] = N_ ("Slide"),
  [PLOT_SIZE_COLUMN] = N_ ("Column of a paper"),
};

static char *
describe_size (EscExportKind kind)
{
  double           width, height, scale = kind.format == PLOT_FORMAT_PNG ? kind.scale : 1;
  g_autofree char *wide = NULL, *high = NULL, *inches = NULL;

  plot_size_get_extent (kind.size, &width, &height);
  wide = plot_format_fixed (width * scale, 0);
  high = plot_format_fixed (height * scale, 0);
  if (kind.format == PLOT_FORMAT_PNG && kind.size == PLOT_SIZE_COLUMN)
    return g_strdup_printf (
        ngettext ("%s pixel wide", "%s pixels wide", (gulong) round (width * scale)),
        wide);
  if (kind.format == PLOT_FORMAT_PNG)
    return g_strdup_printf (
        ngettext ("%s × %s pixel", "%s × %s pixels", (gulong) round (height * scale)),
        wide, high);
  if (kind.size == PLOT_SIZE_SLIDE)
    return g_strdup_printf (_ ("%s × %s, wide screen"), wide, high);
  inches = plot_format_fixed (width / INCH, 1);
  /* Where plurals of fractions differ, the number of whole inches decides. */
  return g_strdup_printf (
      ngettext ("%s inch wide", "%s inches wide", (gulong) ceil (width / INCH)), inches);
}

static void
update (EscExportDialog *self)
{
  EscExportKind    kind = esc_export_dialog_get_kind (self);
  gboolean         is_picture = kind.format != PLOT_FORMAT_CSV;
  g_autofree char *size = is_picture ? describe_size (kind) : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->format),
                               _ (formats[kind.format].use));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->size), size != NULL ? size : "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->size), is_picture);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale_row), kind.format == PLOT_FORMAT_PNG);
  gtk_label_set_label (
      self->note,
      is_picture
          ? _ ("The experiment is kept inside the picture: opened here, the picture "
               "brings it back.")
          : _ (
              "The experiment is kept in the first lines, which begin with #: opened here, "
              "the table brings it back."));
}

/* --- settings -------------------------------------------------------------------- */

static void
restore (EscExportDialog *self)
{
  g_autofree char *format_id = g_settings_get_string (self->settings, "export-format");
  g_autofree char *size_id = g_settings_get_string (self->settings, "export-size");
  PlotFormat       format = PLOT_FORMAT_SVG;
  PlotSize         size = PLOT_SIZE_SLIDE;

  plot_format_from_extension (format_id, &format);
  plot_size_from_id (size_id, &size);
  adw_combo_row_set_selected (self->format, format);
  adw_combo_row_set_selected (self->size, size);
  gtk_spin_button_set_value (self->scale,
                             g_settings_get_int (self->settings, "export-scale"));
}

static void
remember (EscExportDialog *self)
{
  EscExportKind kind = esc_export_dialog_get_kind (self);

  g_settings_set_string (self->settings, "export-format",
                         plot_format_get_extension (kind.format));
  g_settings_set_string (self->settings, "export-size", plot_size_get_id (kind.size));
  g_settings_set_int (self->settings, "export-scale", (int) kind.scale);
}

/* --- object ---------------------------------------------------------------------- */

static void
export_cb (EscExportDialog *self)
{
  gtk_spin_button_update (self->scale);
  remember (self);
  g_signal_emit (self, signals[SIGNAL_EXPORT], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
esc_export_dialog_dispose (GObject *object)
{
  EscExportDialog *self = ESC_EXPORT_DIALOG (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_EXPORT_DIALOG);
  G_OBJECT_CLASS (esc_export_dialog_parent_class)->dispose (object);
}

static void
esc_export_dialog_class_init (EscExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = esc_export_dialog_dispose;
  signals[SIGNAL_EXPORT] = g_signal_new ("export", ESC_TYPE_EXPORT_DIALOG,
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EscExportDialog, plot);
  gtk_widget_class_bind_template_child (widget_class, EscExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, EscExportDialog, size);
  gtk_widget_class_bind_template_child (widget_class, EscExportDialog, scale_row);
  gtk_widget_class_bind_template_child (widget_class, EscExportDialog, scale);
  gtk_widget_class_bind_template_child (widget_class, EscExportDialog, note);
  gtk_widget_class_bind_template_child (widget_class, EscExportDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
set_words (AdwComboRow *row, const char *const *words)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

static void
esc_export_dialog_init (EscExportDialog *self)
{
  const char *names[PLOT_N_FORMATS + 1] = { NULL };
  const char *sizes[PLOT_N_SIZES + 1] = { NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (ESC_APP_ID);
  for (guint i = 0; i < PLOT_N_FORMATS; i++)
    names[i] = _ (formats[i].name);
  for (guint i = 0; i < PLOT_N_SIZES; i++)
    sizes[i] = _ (size_names[i]);
  set_words (self->format, names);
  set_words (self->size, sizes);
  esc_access_name_choices (self->plot);
  esc_access_name_choices (self->format);
  esc_access_name_choices (self->size);
  esc_access_name_buttons (GTK_WIDGET (self));
  restore (self);
  g_signal_connect_swapped (self->format, "notify::selected", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->size, "notify::selected", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (update), self);
  update (self);
}

EscExportDialog *
esc_export_dialog_new (GtkWindow *parent, const char *const *titles, guint selected)
{
  EscExportDialog *self = g_object_new (ESC_TYPE_EXPORT_DIALOG, "transient-for", parent,
                                        NULL);

  set_words (self->plot, titles);
  adw_combo_row_set_selected (self->plot, selected);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->export_button));
  return self;
}

guint
esc_export_dialog_get_plot (EscExportDialog *self)
{
  g_return_val_if_fail (ESC_IS_EXPORT_DIALOG (self), 0);
  return adw_combo_row_get_selected (self->plot);
}

EscExportKind
esc_export_dialog_get_kind (EscExportDialog *self)
{
  g_return_val_if_fail (ESC_IS_EXPORT_DIALOG (self), (EscExportKind){ 0 });
  return (EscExportKind){
    .format = (PlotFormat) MIN (adw_combo_row_get_selected (self->format),
                                PLOT_N_FORMATS - 1),
    .size = (PlotSize) MIN (adw_combo_row_get_selected (self->size), PLOT_N_SIZES - 1),
    .scale = gtk_spin_button_get_value (self->scale),
  };
}
