/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whatever else the program shows, in a language 40 % longer than English: dialogs, menus,
 * help, tables, refusals, banners; also from right to left and at twice the text size. */
#include "config.h"

#include "pseudo.h"

#include "esc-data-dialog-private.h"
#include "esc-export-dialog.h"
#include "esc-help-window.h"
#include "esc-plot-table.h"

#include <glib/gstdio.h>

static char *folder;

static GFile *
write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_file_new_for_path (path);
}

/* --- windows -------------------------------------------------------------------------- */

typedef struct
{
  GType      type;
  GtkWidget *found;
} Search;

static gboolean
find_window (gpointer data)
{
  Search           *search = data;
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  search->found = NULL;
  for (GList *l = windows; l != NULL; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, search->type)
        && gtk_widget_get_mapped (l->data))
      search->found = l->data;
  return search->found != NULL;
}

static GtkWidget *
wait_for (GType type)
{
  Search search = { type, NULL };

  g_assert_true (app_wait (find_window, &search));
  return search.found;
}

static GtkWidget *
open_export (EscWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.export", "s", "loss");
  return wait_for (ESC_TYPE_EXPORT_DIALOG);
}

static gboolean
has_read (gpointer dialog)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (ESC_DATA_DIALOG (dialog)->stack),
                    "reading")
         != 0;
}

static GtkWidget *
open_table (EscWindow *window, const char *name, const char *text)
{
  g_autoptr (GFile) file = write_file (name, text);
  GtkWidget        *dialog;

  esc_window_open (window, file);
  dialog = wait_for (ESC_TYPE_DATA_DIALOG);
  g_assert_true (app_wait (has_read, dialog));
  return dialog;
}

/* The third column never changes. */
static GtkWidget *
open_data (EscWindow *window)
{
  g_autoptr (GString) text = g_string_new ("a,b,c,d\n");

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "%u,%u,7,%u\n", i, i * i, i % 7);
  return open_table (window, "d.csv", text->str);
}

static GtkWidget *
open_bad_data (EscWindow *window)
{
  return open_table (window, "b.csv", "a,b,c\n1,2,3\n1,x,3\n4,5\n");
}

static GtkWidget *
open_help (EscWindow *window)
{
  return GTK_WIDGET (esc_help_window_present (GTK_WINDOW (window), NULL));
}

static GtkWidget *
open_numbers (EscWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.plot-table", "s", "bands");
  return wait_for (ESC_TYPE_PLOT_TABLE);
}

static GtkWidget *
open_shortcuts (EscWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-help-overlay", NULL);
  return wait_for (GTK_TYPE_SHORTCUTS_WINDOW);
}

/* A question about changes that would be lost. */
static GtkWidget *
open_question (EscWindow *window)
{
  app_type (window, "problem", "n", "100");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  return wait_for (ADW_TYPE_MESSAGE_DIALOG);
}

/* --- menus ---------------------------------------------------------------------------- */

static GtkWidget *
open_menu (EscWindow *window)
{
  gtk_menu_button_popup (window->menu_button);
  return GTK_WIDGET (gtk_menu_button_get_popover (window->menu_button));
}

static GtkWidget *
open_card_menu (EscWindow *window)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (gtk_widget_get_template_child (
      GTK_WIDGET (window->spectrum), ESC_TYPE_PLOT_CARD, "menu_button"));

  gtk_menu_button_popup (button);
  return GTK_WIDGET (gtk_menu_button_get_popover (button));
}

static GtkWidget *
open_presets (EscWindow *window)
{
  esc_preset_chooser_popup (window->chooser);
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (window->chooser),
                                                    ESC_TYPE_PRESET_CHOOSER, "popover"));
}

/* --- in the window -------------------------------------------------------------------- */

static gboolean
has_file_banner (gpointer window)
{
  return esc_banner_get_revealed (ESC_WINDOW (window)->file_banner);
}

/* What cannot be is refused in its row, what cannot be read above the plots. */
static GtkWidget *
show_refusals (EscWindow *window)
{
  g_autoptr (GFile) file = write_file ("b.escapement", "x\n");

  app_type (window, "problem", "n", "many");
  g_assert_nonnull (esc_param_row_get_refusal (app_find_row (window, "problem", "n")));
  esc_window_open (window, file);
  g_assert_true (app_wait (has_file_banner, window));
  return GTK_WIDGET (window);
}

static gboolean
has_failed (gpointer window)
{
  return esc_banner_get_revealed (ESC_WINDOW (window)->engine_banner);
}

/* The table is gone when it is to be read. */
static GtkWidget *
show_failure (EscWindow *window)
{
  g_autoptr (GFile)   file = write_file ("d.csv", "a,b,c\n1,2,3\n");
  g_autofree char    *text = g_strdup_printf ("[experiment]\nversion=1\ntitle=S\n"
                                                 "[problem]\nkind=data\nfile=%s\n"
                                                 "[run.1]\nlearner=lazy\n",
                                              g_file_peek_path (file));
  g_autoptr (EngSpec) spec = app_parse (text);

  g_unlink (g_file_peek_path (file));
  esc_document_load (window->document, spec, NULL, NULL);
  g_assert_true (app_wait (has_failed, window));
  return GTK_WIDGET (window);
}

static gboolean
has_diverged (gpointer window)
{
  EngSnapshot *snapshot = esc_session_model_get_snapshot (ESC_WINDOW (window)->model);

  return snapshot->n_runs > 0 && snapshot->runs[0].status == ENG_STATUS_DIVERGED;
}

static GtkWidget *
show_divergence (EscWindow *window)
{
  g_autoptr (EngSpec) spec = app_parse (
      "[experiment]\nversion=1\nname=s\ntitle=S\n[problem]\n"
      "kind=low-rank-polynomial\nd=10\nn=60\n[run.1]\nlearner=lazy\nm=20\n"
      "rate=3.9\nsteps=100000\n");

  esc_document_load (window->document, spec, NULL, NULL);
  g_assert_true (app_wait (app_is_paused, window));
  app_click (window->train_button);
  g_assert_true (app_wait (has_diverged, window));
  app_pump (600);
  return GTK_WIDGET (window);
}

static GtkWidget *
show_comparison (EscWindow *window)
{
  gtk_toggle_button_set_active (window->compare_button, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.reset", NULL);
  return GTK_WIDGET (window);
}

/* --- all of them ---------------------------------------------------------------------- */

static const struct
{
  const char *name;
  GtkWidget *(*open) (EscWindow *window);
  guint n_labels; /* at least */
} surfaces[] = {
  { "export", open_export, 10 },           { "data", open_data, 8 },
  { "bad data", open_bad_data, 3 },        { "help", open_help, 100 },
  { "numbers", open_numbers, 20 },         { "shortcuts", open_shortcuts, 30 },
  { "question", open_question, 4 },        { "menu", open_menu, 10 },
  { "menu of a plot", open_card_menu, 8 }, { "presets", open_presets, 20 },
  { "comparison", show_comparison, 60 },   { "divergence", show_divergence, 60 },
  { "refusals", show_refusals, 60 },       { "failure", show_failure, 60 },
};

/* Returns: the window, or NULL if it is not as it was. */
static EscWindow *
take_away (GtkWidget *surface, EscWindow *window)
{
  gboolean is_same = surface != GTK_WIDGET (window) && !ADW_IS_MESSAGE_DIALOG (surface);

  if (GTK_IS_POPOVER (surface))
    gtk_popover_popdown (GTK_POPOVER (surface));
  else if (surface != GTK_WIDGET (window))
    gtk_window_destroy (GTK_WINDOW (surface));
  app_pump (100);
  if (is_same)
    return window;
  app_close_window (window);
  return NULL;
}

static EscWindow *
open_stepped (void)
{
  EscWindow *window = pseudo_open_window ();

  gtk_widget_activate_action (GTK_WIDGET (window), "win.step", NULL);
  app_pump (300);
  return window;
}

/* Rows of lists come a frame or two after what they are in. */
static gboolean
has_room (gpointer widget)
{
  g_autoptr (GPtrArray) problems = pseudo_problems_new ();

  return pseudo_check_room (widget, problems) > 0 && problems->len == 0;
}

/* Adds what is wrong with the surface, with its name before. */
static void
check (gsize surface, GtkWidget *widget, gboolean words, GPtrArray *problems)
{
  g_autoptr (GPtrArray) found = pseudo_problems_new ();

  if (words && pseudo_check_words (widget, found) < surfaces[surface].n_labels)
    g_ptr_array_add (found, g_strdup ("few labels"));
  pseudo_check_room (widget, found);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (problems, g_strdup_printf ("%s: %s", surfaces[surface].name,
                                                (char *) g_ptr_array_index (found, i)));
}

static void
check_all (gboolean words)
{
  g_autoptr (GPtrArray) problems = pseudo_problems_new ();
  EscWindow            *window = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (surfaces); i++)
    {
      GtkWidget *widget;

      if (window == NULL)
        window = open_stepped ();
      widget = surfaces[i].open (window);
      app_pump (300);
      (void) app_wait (has_room, widget);
      check (i, widget, words, problems);
      window = take_away (widget, window);
    }
  if (window != NULL)
    app_close_window (window);
  pseudo_assert_none (problems);
}

static void
test_normal (void)
{
  check_all (TRUE);
}

/* English at twice the size of text. */
static void
test_large_text (void)
{
  pseudo_set_english (TRUE);
  pseudo_set_text_scale (2);
  check_all (FALSE);
  pseudo_set_text_scale (1);
  pseudo_set_english (FALSE);
}

static void
test_right_to_left (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  check_all (TRUE);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char *argv[])
{
  int status;

  app_test_init (&argc, &argv);
  folder = g_dir_make_tmp ("escapement-XXXXXX", NULL);
  g_test_add_func ("/app/pseudo-surfaces/normal", test_normal);
  g_test_add_func ("/app/pseudo-surfaces/large-text", test_large_text);
  g_test_add_func ("/app/pseudo-surfaces/right-to-left", test_right_to_left);
  status = g_test_run ();
  for (const char *const *name = (const char *const[]){ "d.csv", "b.csv", "b.escapement",
                                                        NULL };
       *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
  return status;
}
