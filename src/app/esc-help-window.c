/* SPDX-License-Identifier: GPL-3.0-or-later
 * The entries of the help, to search and to read. */
#include "config.h"

#include "esc-help-window.h"

#include "esc-help-search.h"
#include "esc-words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _EscHelpWindow
{
  AdwWindow parent_instance;

  GtkSearchEntry    *search;
  GtkListBox        *list;
  AdwWindowTitle    *kind;
  GtkLabel          *title, *formula, *words, *where, *facts;
  GtkScrolledWindow *scroller;

  const EscHelpEntry *entry;
  EscHelpSearch      *found;
};

G_DEFINE_FINAL_TYPE (EscHelpWindow, esc_help_window, ADW_TYPE_WINDOW)

/* --- the list -------------------------------------------------------------------- */

/* Among all entries, wherever a search has put it. */
static guint
get_index (GtkListBoxRow *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"));
}

static const EscHelpEntry *
get_entry (GtkListBoxRow *row)
{
  gsize                      n;
  const EscHelpEntry *const *entries = esc_help_get_entries (&n);

  return entries[get_index (row)];
}

static int
sort_cb (GtkListBoxRow *a, GtkListBoxRow *b, gpointer data)
{
  return esc_help_search_compare (ESC_HELP_WINDOW (data)->found, get_index (a),
                                  get_index (b));
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  return esc_help_search_has (ESC_HELP_WINDOW (data)->found, get_index (row));
}

/* The name of a kind above its first entry that is shown. */
static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const EscHelpEntry *entry = get_entry (row);
  GtkWidget          *label;

  if (before != NULL && get_entry (before)->kind == entry->kind)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (esc_help_get_kind_title (entry->kind));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "help-kind");
  gtk_list_box_row_set_header (row, label);
}

static GtkWidget *
create_label (const char *markup, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* "λ₁" of "λ₁ R1". */
static char *
get_first_symbol (const EscHelpEntry *entry)
{
  const char *symbols = entry->symbols == NULL ? "" : entry->symbols;

  return g_strndup (symbols, strcspn (symbols, " "));
}

static GtkWidget *
create_row (const EscHelpEntry *entry, guint index)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget       *label;
  g_autofree char *title = esc_words_formula_markup (_ (entry->title));

  if (entry->kind == ESC_HELP_SYMBOL)
    {
      g_autofree char *typed = get_first_symbol (entry);
      g_autofree char *symbol = esc_words_formula_markup (typed);

      label = create_label (symbol, "help-symbol");
      gtk_label_set_width_chars (GTK_LABEL (label), 4);
      gtk_box_append (GTK_BOX (box), label);
    }
  label = create_label (title, "help-title");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (entry->title), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ (entry->words), -1);
  return row;
}

/* --- the entry ------------------------------------------------------------------- */

static void
show_markup (GtkLabel *label, const char *text)
{
  g_autofree char *markup = esc_words_formula_markup (text == NULL ? "" : text);

  gtk_label_set_markup (label, markup);
  gtk_widget_set_visible (GTK_WIDGET (label), *markup != '\0');
}

static void
show_entry (EscHelpWindow *self, const EscHelpEntry *entry)
{
  g_autofree char *symbol = get_first_symbol (entry);
  g_autofree char *title = *symbol == '\0'
                               ? g_strdup (_ (entry->title))
                               : g_strdup_printf (C_ ("symbol and its meaning", "%s: %s"),
                                                  symbol, _ (entry->title));
  g_autofree char *where = entry->where == NULL
                               ? NULL
                               : g_strdup_printf (_ ("Seen in: %s."), _ (entry->where));
  g_autofree char *facts = esc_help_describe_facts (entry);

  self->entry = entry;
  adw_window_title_set_title (self->kind, esc_help_get_kind_title (entry->kind));
  show_markup (self->title, title);
  show_markup (self->formula, entry->formula);
  show_markup (self->words, _ (entry->words));
  show_markup (self->where, where);
  show_markup (self->facts, facts);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* --- callbacks ------------------------------------------------------------------- */

static void
row_selected_cb (EscHelpWindow *self, GtkListBoxRow *row)
{
  if (row != NULL)
    show_entry (self, get_entry (row));
}

static GtkListBoxRow *
find_first_match (EscHelpWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (filter_cb (row, self))
      return row;
  return NULL;
}

static void
search_changed_cb (EscHelpWindow *self)
{
  GtkListBoxRow *first;

  esc_help_search_set_query (self->found,
                             gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_sort (self->list);
  gtk_list_box_invalidate_headers (self->list);
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    return;
  first = find_first_match (self);
  if (first != NULL)
    gtk_list_box_select_row (self->list, first);
  gtk_adjustment_set_value (gtk_list_box_get_adjustment (self->list), 0);
}

/* Escape gives up the search first, then closes the window. */
static void
stop_search_cb (EscHelpWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
search_done_cb (EscHelpWindow *self)
{
  GtkListBoxRow *first = find_first_match (self);

  if (first == NULL)
    return;
  gtk_list_box_select_row (self->list, first);
}

/* What is typed on a row begins a search, and goes on in its entry. */
static void
search_started_cb (EscHelpWindow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
}

static void
search_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscHelpWindow *self = ESC_HELP_WINDOW (widget);

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* --- object ---------------------------------------------------------------------- */

static void
esc_help_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_HELP_WINDOW);
  G_OBJECT_CLASS (esc_help_window_parent_class)->dispose (object);
}

static void
esc_help_window_finalize (GObject *object)
{
  esc_help_search_free (ESC_HELP_WINDOW (object)->found);
  G_OBJECT_CLASS (esc_help_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EscHelpWindow, search);
  gtk_widget_class_bind_template_child (widget_class, EscHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, EscHelpWindow, kind);
  gtk_widget_class_bind_template_child (widget_class, EscHelpWindow, title);
  gtk_widget_class_bind_template_child (widget_class, EscHelpWindow, formula);
  gtk_widget_class_bind_template_child (widget_class, EscHelpWindow, words);
  gtk_widget_class_bind_template_child (widget_class, EscHelpWindow, where);
  gtk_widget_class_bind_template_child (widget_class, EscHelpWindow, facts);
  gtk_widget_class_bind_template_child (widget_class, EscHelpWindow, scroller);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_done_cb);
}

static void
esc_help_window_class_init (EscHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = esc_help_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = esc_help_window_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/help-window.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "help.search", NULL, search_cb);
}

static void
esc_help_window_init (EscHelpWindow *self)
{
  gsize                      n;
  const EscHelpEntry *const *entries = esc_help_get_entries (&n);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  self->found = esc_help_search_new ();
  for (gsize i = 0; i < n; i++)
    gtk_list_box_append (self->list, create_row (entries[i], (guint) i));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_set_sort_func (self->list, sort_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

/* A search would hide what is asked for. */
static void
select_entry (EscHelpWindow *self, const EscHelpEntry *entry)
{
  GtkListBoxRow *row;

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_changed_cb (self);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (get_entry (row) == entry)
      {
        gtk_list_box_select_row (self->list, row);
        gtk_widget_grab_focus (GTK_WIDGET (row));
      }
}

static EscHelpWindow *
find_open (GtkWindow *parent)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (ESC_IS_HELP_WINDOW (window) && gtk_window_get_transient_for (window) == parent)
        return ESC_HELP_WINDOW (window); /* GTK keeps it */
    }
  return NULL;
}

EscHelpWindow *
esc_help_window_present (GtkWindow *parent, const EscHelpEntry *entry)
{
  EscHelpWindow *self = find_open (parent);

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  if (self == NULL)
    self = g_object_new (ESC_TYPE_HELP_WINDOW, "transient-for", parent, NULL);
  if (entry != NULL)
    select_entry (self, entry);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

const EscHelpEntry *
esc_help_window_get_entry (EscHelpWindow *self)
{
  g_return_val_if_fail (ESC_IS_HELP_WINDOW (self), NULL);
  return self->entry;
}
