/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words outside of brackets, and words that do not fit. */
#include "config.h"

#include "pseudo.h"

#include <glib/gi18n.h>
#include <string.h>

static int normal_dpi;

void
pseudo_set_english (gboolean english)
{
  bindtextdomain (GETTEXT_PACKAGE, english ? "/nowhere" : g_getenv ("TEXTDOMAINDIR"));
}

void
pseudo_set_text_scale (int scale)
{
  GtkSettings *settings = gtk_settings_get_default ();

  if (normal_dpi == 0)
    g_object_get (settings, "gtk-xft-dpi", &normal_dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", scale == 1 ? normal_dpi : scale * 96 * 1024,
                NULL);
}

void
pseudo_resize (EscWindow *window, int width, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  app_pump (400);
}

EscWindow *
pseudo_open_window (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.preset", "s",
                              "joint-quick-softplus");
  g_assert_true (app_wait (app_is_paused, window));
  pseudo_resize (window, 1280, 800);
  return window;
}

GPtrArray *
pseudo_problems_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

void
pseudo_assert_none (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

/* --- untranslated ------------------------------------------------------------------- */

/* Behind the place that a message is about: a file, or a key of a group. */
static const char *
skip_places (const char *text)
{
  gsize length = strcspn (text, " ");

  while (length > 1 && text[length - 1] == ':' && text[length] == ' '
         && g_ascii_isprint (text[0]))
    {
      text += length + 1;
      length = strcspn (text, " ");
    }
  return text;
}

static gboolean
is_file_name (const char *text)
{
  return strpbrk (text, " ⟦") == NULL && strchr (text, '.') != NULL;
}

/* Whether three letters of the alphabet follow each other outside of the brackets that
 * every translation has. */
static gboolean
is_untranslated (const char *text)
{
  guint letters = 0, depth = 0;

  /* Names that a person gave, to experiments and files. */
  if (g_str_equal (text, "Small") || is_file_name (text))
    return FALSE;
  for (const char *at = skip_places (text); *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == 0x27e6)
        depth++;
      else if (c == 0x27e7 && depth > 0)
        depth--;
      letters = depth == 0 && c < 128 && g_ascii_isalpha (c) ? letters + 1 : 0;
      if (letters >= 3)
        return TRUE;
    }
  return FALSE;
}

void
pseudo_check_text (const char *text, const char *where, GPtrArray *problems)
{
  if (text != NULL && is_untranslated (text))
    g_ptr_array_add (problems, g_strdup_printf ("untranslated, %s: %s", where, text));
}

/* What a screen reader is told; as the test's own tree prints it, in quotes. */
static void
check_spoken (GtkWidget            *widget,
              GtkAccessibleProperty property,
              const char           *where,
              GPtrArray            *problems)
{
  g_autofree char *spoken = NULL;

  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), property))
    return;
  spoken = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), property, "");
  pseudo_check_text (spoken, where, problems);
}

/* Formulas are the same in every language; GTK's own words, keys in menus among them, come
 * from GTK. */
static gboolean
is_exempt (GtkWidget *widget)
{
  return gtk_widget_has_css_class (widget, "formula")
         || gtk_widget_has_css_class (widget, "help-symbol")
         || g_str_equal (gtk_widget_get_css_name (widget), "accelerator")
         || GTK_IS_SHORTCUT_LABEL (widget)
         || gtk_widget_get_ancestor (widget, GTK_TYPE_SEARCH_ENTRY) != NULL
         || gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL;
}

/* Around the groups of shortcuts everything is GTK's. */
static gboolean
is_of_gtk (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_SHORTCUTS_WINDOW) != NULL
         && gtk_widget_get_ancestor (widget, GTK_TYPE_SHORTCUTS_GROUP) == NULL;
}

static void
check_widget (GtkWidget *widget, GPtrArray *problems)
{
  if (GTK_IS_LABEL (widget))
    pseudo_check_text (gtk_label_get_text (GTK_LABEL (widget)), "label", problems);
  if (GTK_IS_WINDOW (widget))
    pseudo_check_text (gtk_window_get_title (GTK_WINDOW (widget)), "title", problems);
  pseudo_check_text (gtk_widget_get_tooltip_text (widget), "tooltip", problems);
  check_spoken (widget, GTK_ACCESSIBLE_PROPERTY_LABEL, "name", problems);
  check_spoken (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "description", problems);
}

guint
pseudo_check_words (GtkWidget *widget, GPtrArray *problems)
{
  guint n = GTK_IS_LABEL (widget);

  if (is_exempt (widget))
    return 0;
  if (!is_of_gtk (widget))
    check_widget (widget, problems);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += pseudo_check_words (child, problems);
  return n;
}

static void
check_panel (const PlotPanel *panel, GPtrArray *problems)
{
  pseudo_check_text (panel->title, "panel", problems);
  pseudo_check_text (panel->subtitle, "panel", problems);
  pseudo_check_text (panel->subtitle_brief, "panel", problems);
  pseudo_check_text (panel->x.title, "axis", problems);
  pseudo_check_text (panel->y.title, "axis", problems);
  pseudo_check_text (panel->hatch_label, "hatch", problems);
  pseudo_check_text (panel->thin_label, "thin curves", problems);
  pseudo_check_text (panel->thick_label, "thick curves", problems);
  for (guint i = 0; i < panel->rules->len; i++)
    pseudo_check_text (((PlotRule *) g_ptr_array_index (panel->rules, i))->label, "guide",
                       problems);
  for (guint i = 0; i < panel->spans->len; i++)
    {
      const PlotSpan *span = g_ptr_array_index (panel->spans, i);

      pseudo_check_text (span->name, "span", problems);
      pseudo_check_text (span->detail, "span", problems);
    }
  for (guint i = 0; i < panel->stairs->len; i++)
    pseudo_check_text (((PlotStair *) g_ptr_array_index (panel->stairs, i))->label,
                       "stair", problems);
  for (guint i = 0; i < panel->areas->len; i++)
    pseudo_check_text (((PlotArea *) g_ptr_array_index (panel->areas, i))->name, "area",
                       problems);
  for (guint i = 0; i < panel->notes->len; i++)
    pseudo_check_text (((PlotNote *) g_ptr_array_index (panel->notes, i))->label, "note",
                       problems);
  for (guint i = 0; i < panel->series->len; i++)
    pseudo_check_text (((PlotSeries *) g_ptr_array_index (panel->series, i))->name,
                       "curve", problems);
}

void
pseudo_check_plot (const PlotFrame *frame, GPtrArray *problems)
{
  pseudo_check_text (frame->title, "plot", problems);
  pseudo_check_text (frame->subtitle, "plot", problems);
  pseudo_check_text (frame->summary, "plot", problems);
  for (guint p = 0; p < frame->panels->len; p++)
    check_panel (g_ptr_array_index (frame->panels, p), problems);
}

/* --- cut off ------------------------------------------------------------------------- */

/* Words that end in dots are not lost where the whole is told by a tooltip, the label's
 * own or one around it. */
static gboolean
has_tooltip (GtkWidget *widget)
{
  for (; widget != NULL && !GTK_IS_WINDOW (widget);
       widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_has_tooltip (widget))
      return TRUE;
  return FALSE;
}

static gboolean
is_cut (GtkWidget *label)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int          width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout))
    return !has_tooltip (label);
  return width > gtk_widget_get_width (label) + 1
         || height > gtk_widget_get_height (label) + 1;
}

guint
pseudo_check_room (GtkWidget *widget, GPtrArray *problems)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  if (GTK_IS_LABEL (widget) && gtk_widget_get_width (widget) > 0)
    {
      n++;
      if (is_cut (widget))
        g_ptr_array_add (
            problems,
            g_strdup_printf ("cut off: %s", gtk_label_get_text (GTK_LABEL (widget))));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += pseudo_check_room (child, problems);
  return n;
}
