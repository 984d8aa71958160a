/* SPDX-License-Identifier: GPL-3.0-or-later
 * What experiment this is, and the shipped ones to choose from. */
#include "config.h"

#include "esc-preset-chooser.h"

#include "esc-access.h"
#include "esc-cut-tooltip.h"
#include "esc-preset.h"
#include "esc-words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _EscPresetChooser
{
  AdwBin parent_instance;

  GtkMenuButton  *button;
  GtkLabel       *title;
  GtkLabel       *subtitle;
  GtkLabel       *description;
  GtkPopover     *popover;
  GtkSearchEntry *search;
  GtkListBox     *list;

  GtkListBoxRow *current; /* (nullable) borrowed: of the present experiment */
};

G_DEFINE_FINAL_TYPE (EscPresetChooser, esc_preset_chooser, ADW_TYPE_BIN)

/* A line of text that wraps at the width of the list. */
static GtkWidget *
create_label (const char *markup, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  gtk_widget_set_hexpand (label, TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_row (EscPreset *preset)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget       *text;
  g_autofree char *title = esc_words_formula_markup (_ (esc_preset_get_title (preset)));
  g_autofree char *paragraph = esc_words_formula_markup (
      _ (esc_preset_get_description (preset)));

  gtk_box_append (GTK_BOX (box), create_label (title, NULL));
  text = create_label (paragraph, "caption");
  gtk_widget_add_css_class (text, "dim-label");
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_add_css_class (box, "preset-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (esc_preset_get_title (preset)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ (esc_preset_get_description (preset)), -1);
  g_object_set_data (G_OBJECT (row), "preset", preset); /* the list of all keeps it */
  return row;
}

static EscPreset *
get_preset (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "preset");
}

/* The first of a group has its title above. */
static void
update_header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *group = esc_preset_get_group (get_preset (row));
  GtkWidget  *title = NULL;

  if (before == NULL || strcmp (esc_preset_get_group (get_preset (before)), group) != 0)
    {
      title = gtk_label_new (group);
      gtk_label_set_xalign (GTK_LABEL (title), 0.0f);
      gtk_widget_add_css_class (title, "heading");
      gtk_widget_add_css_class (title, "preset-group");
    }
  gtk_list_box_row_set_header (row, title);
}

/* Whether a word of `text` begins with `wanted`. */
static gboolean
has_word (const char *text, const char *wanted)
{
  for (const char *at = strstr (text, wanted); at != NULL; at = strstr (at + 1, wanted))
    if (at == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at))))
      return TRUE;
  return FALSE;
}

/* Every word that is looked for begins one of what the row says, or of its id or group. */
static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  EscPresetChooser *self = data;
  EscPreset        *preset = get_preset (row);
  g_autofree char  *all = g_strjoin (
       " ", esc_preset_get_id (preset), esc_preset_get_group (preset),
       _ (esc_preset_get_title (preset)), _ (esc_preset_get_description (preset)), NULL);
  g_autofree char *text = g_utf8_casefold (all, -1);
  g_autofree char *wanted = g_utf8_casefold (
      gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_auto (GStrv) words = g_strsplit (wanted, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && !has_word (text, words[i]))
      return FALSE;
  return TRUE;
}

static GtkListBoxRow *
find_first_match (EscPresetChooser *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (filter_cb (row, self))
      return row;
  return NULL;
}

/* The first that is left is the one that the arrow keys go on from, at the top. */
static void
search_changed_cb (EscPresetChooser *self)
{
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_select_row (self->list,
                           *gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0'
                               ? self->current
                               : find_first_match (self));
  gtk_adjustment_set_value (gtk_list_box_get_adjustment (self->list), 0);
}

/* Enter in the search chooses the first that is left. */
static void
search_activated_cb (EscPresetChooser *self)
{
  GtkListBoxRow *row = find_first_match (self);

  if (row != NULL)
    g_signal_emit_by_name (self->list, "row-activated", row);
}

static void
row_activated_cb (EscPresetChooser *self, GtkListBoxRow *row)
{
  EscPreset *preset = get_preset (row);

  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.preset", "s",
                              esc_preset_get_id (preset));
}

/* GTK 4.8 takes what is in a popover for a part of the pane that the popover belongs to,
 * and scrolls that after the focus. */
static void
set_pane_follows (EscPresetChooser *self, gboolean follows)
{
  GtkWidget *pane = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);

  if (pane != NULL)
    gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (pane), follows);
}

/* Once the rows have places, so that the list scrolls there. */
static gboolean
focus_present_cb (gpointer list)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (list, 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  return G_SOURCE_REMOVE;
}

/* The list opens on the present experiment, so that arrow keys go on from there. */
static void
popover_shown_cb (EscPresetChooser *self)
{
  set_pane_follows (self, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_select_row (self->list, self->current);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, focus_present_cb, g_object_ref (self->list),
                   g_object_unref);
}

static void
popover_closed_cb (EscPresetChooser *self)
{
  set_pane_follows (self, TRUE);
}

/* What is typed on a row begins a search, and goes on in its entry. */
static void
search_started_cb (EscPresetChooser *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
}

static void
esc_preset_chooser_dispose (GObject *object)
{
  /* Before the template lets go of the bound child, which the bin would then miss. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_PRESET_CHOOSER);
  G_OBJECT_CLASS (esc_preset_chooser_parent_class)->dispose (object);
}

static void
esc_preset_chooser_class_init (EscPresetChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = esc_preset_chooser_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/preset-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, EscPresetChooser, button);
  gtk_widget_class_bind_template_child (widget_class, EscPresetChooser, title);
  gtk_widget_class_bind_template_child (widget_class, EscPresetChooser, subtitle);
  gtk_widget_class_bind_template_child (widget_class, EscPresetChooser, description);
  gtk_widget_class_bind_template_child (widget_class, EscPresetChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, EscPresetChooser, search);
  gtk_widget_class_bind_template_child (widget_class, EscPresetChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
}

static void
esc_preset_chooser_init (EscPresetChooser *self)
{
  GListModel *all = esc_preset_get_all ();

  gtk_widget_init_template (GTK_WIDGET (self));
  esc_cut_tooltip_attach (GTK_WIDGET (self->button));
  esc_access_return_focus (self->popover);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (EscPreset) preset = g_list_model_get_item (all, i);

      gtk_list_box_append (self->list, create_row (preset));
    }
  gtk_list_box_set_header_func (self->list, update_header_cb, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb),
                           self, G_CONNECT_SWAPPED);
  /* Typing anywhere in the list searches. */
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->popover));
}

static void
name_button (EscPresetChooser *self, const char *title, const char *subtitle)
{
  g_autofree char *name = g_strdup_printf (_ ("Experiment: %s"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
}

void
esc_preset_chooser_set_current (EscPresetChooser *self,
                                const char       *preset,
                                const char       *title,
                                const char       *subtitle)
{
  GListModel *all = esc_preset_get_all ();

  g_return_if_fail (ESC_IS_PRESET_CHOOSER (self));

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle);
  name_button (self, title, subtitle);
  self->current = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (EscPreset) item = g_list_model_get_item (all, i);

      if (g_strcmp0 (esc_preset_get_id (item), preset) == 0)
        self->current = gtk_list_box_get_row_at_index (self->list, (int) i);
    }
  gtk_list_box_select_row (self->list, self->current);
}

void
esc_preset_chooser_set_description (EscPresetChooser *self, const char *description)
{
  g_autofree char *markup = NULL;

  g_return_if_fail (ESC_IS_PRESET_CHOOSER (self));

  markup = esc_words_formula_markup (description);
  gtk_label_set_markup (self->description, markup);
  gtk_widget_set_visible (GTK_WIDGET (self->description), *description != '\0');
}

void
esc_preset_chooser_popup (EscPresetChooser *self)
{
  g_return_if_fail (ESC_IS_PRESET_CHOOSER (self));
  gtk_menu_button_popup (self->button);
}
