/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words of an experiment, and the changes made while it trained. */
#include "config.h"

#include "esc-about.h"

#include "esc-words.h"
#include "plot-format.h"

#include <glib/gi18n.h>
#include <string.h>

/* The newest ones are listed; an experiment may have thousands. */
#define MAX_LISTED 40

struct _EscAbout
{
  AdwBin parent_instance;

  GtkText        *title;
  GtkTextView    *description;
  GtkLabel       *refusal;
  AdwExpanderRow *changes;

  EscDocument *document;
  char        *held_title, *held_description; /* as shown while nothing is typed */
  char        *listed;                        /* the changes that have rows */
  GPtrArray   *rows; /* (element-type GtkWidget): of changes, borrowed */
};

G_DEFINE_FINAL_TYPE (EscAbout, esc_about, ADW_TYPE_BIN)

/* --- words ----------------------------------------------------------------------- */

/* Gettext answers the empty string with its header. */
static char *
translate (const char *text)
{
  return g_strdup (*text == '\0' ? "" : _ (text));
}

static char *
get_description (EscAbout *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->description);
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
is_title_typed (EscAbout *self)
{
  return strcmp (gtk_editable_get_text (GTK_EDITABLE (self->title)), self->held_title)
         != 0;
}

static gboolean
is_description_typed (EscAbout *self)
{
  g_autofree char *text = get_description (self);

  return strcmp (text, self->held_description) != 0;
}

/* Text that is there already keeps its cursor, and its own undo. */
static void
show_title (EscAbout *self)
{
  if (is_title_typed (self))
    gtk_editable_set_text (GTK_EDITABLE (self->title), self->held_title);
}

static void
show_description (EscAbout *self)
{
  if (is_description_typed (self))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->description),
                              self->held_description, -1);
}

static void
show_refusal (EscAbout *self, const char *key, const GError *error)
{
  g_autofree char *words = error == NULL
                               ? NULL
                               : esc_words_refusal (error->message, "experiment", key);

  gtk_label_set_label (self->refusal, words == NULL ? "" : words);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), words != NULL);
}

static gboolean
enter (EscAbout *self, const char *key, const char *text, const char *name)
{
  EngSpec            *spec = esc_document_get_spec (self->document);
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) changed = eng_spec_with_value (spec, "experiment", key,
                                                     *text == '\0' ? NULL : text, &error);

  show_refusal (self, key, error);
  if (changed == NULL)
    return FALSE;
  esc_document_edit (self->document, changed, name, NULL);
  return TRUE;
}

gboolean
esc_about_commit (EscAbout *self)
{
  g_return_val_if_fail (ESC_IS_ABOUT (self), TRUE);

  if (self->held_title == NULL || self->document == NULL)
    return TRUE;
  if (is_title_typed (self))
    {
      g_autofree char *text = g_strdup (
          gtk_editable_get_text (GTK_EDITABLE (self->title)));

      g_strstrip (text);
      if (!enter (self, "title", text, _ ("Title")))
        return FALSE;
      /* As it was entered: without spaces around it. */
      show_title (self);
    }
  if (is_description_typed (self))
    {
      g_autofree char *text = get_description (self);

      g_strchomp (text);
      if (!enter (self, "description", text, _ ("Description")))
        return FALSE;
      show_description (self);
    }
  return TRUE;
}

gboolean
esc_about_discard (EscAbout *self)
{
  gboolean found;

  g_return_val_if_fail (ESC_IS_ABOUT (self), FALSE);

  if (self->held_title == NULL)
    return FALSE;
  found = is_title_typed (self) || is_description_typed (self);
  show_title (self);
  show_description (self);
  show_refusal (self, NULL, NULL);
  return found;
}

static void
update_words (EscAbout *self, EngSpec *spec)
{
  gboolean is_new = self->held_title == NULL;
  gboolean keeps_title = !is_new && is_title_typed (self);
  gboolean keeps_description = !is_new && is_description_typed (self);

  g_free (self->held_title);
  g_free (self->held_description);
  self->held_title = translate (eng_spec_get_title (spec));
  self->held_description = translate (eng_spec_get_description (spec));
  if (!keeps_title)
    show_title (self);
  if (!keeps_description)
    show_description (self);
}

/* With Enter a title is done. */
static void
entered_cb (EscAbout *self)
{
  if (esc_about_commit (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.focus-plots", NULL);
}

static void
left_cb (EscAbout *self)
{
  (void) esc_about_commit (self);
}

/* --- changes ----------------------------------------------------------------------- */

/* "Lazy: Rate c = 0.3". */
static char *
describe_change (EngSpec *spec, const EngChange *change)
{
  const EngParam *const *tables = eng_settings_get_tables (
      eng_spec_get_run (spec, change->run));
  const EngParam *param = eng_param_find (tables, change->key);

  /* Translators: the name of a run, a setting of it, and its new value. */
  return g_strdup_printf (_ ("%s: %s = %s"),
                          _ (eng_spec_get_run_label (spec, change->run)),
                          _ (param->title), change->value);
}

static GtkWidget *
make_row (EngSpec *spec, guint index)
{
  const EngChange *change = eng_spec_get_change (spec, index);
  g_autofree char *title = describe_change (spec, change);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *step = plot_format_integer (change->step);
  g_autofree char *subtitle = g_strdup_printf (_ ("after step %s"), step);
  g_autofree char *name = g_strdup_printf (_ ("Take back %s"), title);
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_widget_add_css_class (row, "param");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Take this change back"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "editor.take-back");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  return row;
}

static GtkWidget *
make_last_row (void)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Take All Back"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "editor.take-all-back");
  gtk_widget_add_css_class (button, "destructive");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Take All Back"), -1);
  return row;
}

static void
add_row (EscAbout *self, GtkWidget *row)
{
  adw_expander_row_add_row (self->changes, row);
  g_ptr_array_add (self->rows, row);
}

/* The first of those that are listed. */
static guint
get_first_listed (EngSpec *spec)
{
  guint n = eng_spec_get_n_changes (spec);

  return n > MAX_LISTED ? n - MAX_LISTED : 0;
}

/* Equal for the same rows: labels and values. */
static char *
describe_changes (EngSpec *spec)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%u\n", eng_spec_get_n_changes (spec));
  for (guint i = get_first_listed (spec); i < eng_spec_get_n_changes (spec); i++)
    {
      const EngChange *change = eng_spec_get_change (spec, i);
      g_autofree char *words = describe_change (spec, change);

      g_string_append_printf (text, "%" G_GUINT64_FORMAT " %s\n", change->step, words);
    }
  return g_string_free (text, FALSE);
}

static void
update_changes (EscAbout *self, EngSpec *spec)
{
  g_autofree char *wanted = describe_changes (spec);
  g_autofree char *words = NULL;
  guint            n = eng_spec_get_n_changes (spec);

  if (g_strcmp0 (wanted, self->listed) == 0)
    return;
  g_free (self->listed);
  self->listed = g_steal_pointer (&wanted);
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->changes, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = n; i > get_first_listed (spec); i--)
    add_row (self, make_row (spec, i - 1));
  if (n > 1)
    add_row (self, make_last_row ());
  words = g_strdup_printf (
      ngettext ("%u change, saved with it", "%u changes, saved with it", n), n);
  adw_expander_row_set_subtitle (self->changes, words);
  gtk_widget_set_visible (GTK_WIDGET (self->changes), n > 0);
}

/* --- object ------------------------------------------------------------------------ */

static void
esc_about_dispose (GObject *object)
{
  EscAbout *self = ESC_ABOUT (object);

  g_clear_object (&self->document);
  /* Before the template lets go of the bound child, which the bin would then miss. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_ABOUT);
  G_OBJECT_CLASS (esc_about_parent_class)->dispose (object);
}

static void
esc_about_finalize (GObject *object)
{
  EscAbout *self = ESC_ABOUT (object);

  g_free (self->held_title);
  g_free (self->held_description);
  g_free (self->listed);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (esc_about_parent_class)->finalize (object);
}

static void
esc_about_class_init (EscAboutClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = esc_about_dispose;
  G_OBJECT_CLASS (klass)->finalize = esc_about_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/about.ui");
  gtk_widget_class_bind_template_child (widget_class, EscAbout, title);
  gtk_widget_class_bind_template_child (widget_class, EscAbout, description);
  gtk_widget_class_bind_template_child (widget_class, EscAbout, refusal);
  gtk_widget_class_bind_template_child (widget_class, EscAbout, changes);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
}

static void
commit_when_left (EscAbout *self, GtkWidget *widget)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, focus);
}

static void
esc_about_init (EscAbout *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  commit_when_left (self, GTK_WIDGET (self->title));
  commit_when_left (self, GTK_WIDGET (self->description));
}

void
esc_about_set_document (EscAbout *self, EscDocument *document)
{
  g_return_if_fail (ESC_IS_ABOUT (self));
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
}

void
esc_about_update (EscAbout *self)
{
  EngSpec *spec;

  g_return_if_fail (ESC_IS_ABOUT (self));

  spec = esc_document_get_spec (self->document);
  update_words (self, spec);
  update_changes (self, spec);
}
