/* SPDX-License-Identifier: GPL-3.0-or-later
 * Options, files, accelerators, about window. */
#include "config.h"

#include "esc-application.h"

#include "esc-compat.h"
#include "esc-preset.h"
#include "esc-style.h"
#include "esc-window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

struct _EscApplication
{
  AdwApplication parent_instance;

  gboolean has_looked; /* for what an earlier program left */
};

G_DEFINE_FINAL_TYPE (EscApplication, esc_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
  { NULL },
};

/* Keys without a modifier are the window's own shortcuts: they must not act while a
 * person types. */
static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "win.export::", { "<Control>e" } },
  { "app.quit", { "<Control>q" } },
  { "win.help", { "F1" } },
  { "win.explain", { "<Shift>F1" } },
  { "win.plot-table::", { "<Control>t" } },
  { "win.new", { "<Control>n" } },
  { "win.open", { "<Control>o" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.choose-preset", { "<Control>p" } },
  { "win.reset", { "<Control>r" } },
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Control><Shift>z" } },
  { "win.compare", { "<Control>k" } },
  { "win.show-pane", { "F9" } },
  { "win.page::overview", { "<Control>1" } },
  { "win.page::inside", { "<Control>2" } },
  { "win.fullscreen", { "F11" } },
  { "window.close", { "<Control>w" } },
};

static EscWindow *
get_window (EscApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  return ESC_IS_WINDOW (window) ? ESC_WINDOW (window) : esc_window_new (self);
}

static EscWindow *
present_window (EscApplication *self)
{
  EscWindow *window = get_window (self);

  gtk_window_present (GTK_WINDOW (window));
  if (!self->has_looked)
    esc_window_look_for_recovered (window);
  self->has_looked = TRUE;
  return window;
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  esc_compat_show_about (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

/* Every window may still ask to save; the program ends with the last. */
static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (
      gtk_application_get_windows (GTK_APPLICATION (data)));

  for (GList *l = windows; l != NULL; l = l->next)
    if (ESC_IS_WINDOW (l->data))
      gtk_window_close (GTK_WINDOW (l->data));
}

/* The session ends, or the terminal: nobody can be asked, so that what is not saved is kept
 * for the next start.  A second signal ends the program at once. */
static gboolean
told_to_end_cb (gpointer application)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  for (GList *l = windows; l != NULL; l = l->next)
    if (ESC_IS_WINDOW (l->data))
      esc_window_end (l->data);
  return G_SOURCE_REMOVE;
}

/* A shipped experiment may be named, as on the command line, unless a file has the name:
 * it becomes the place it is read from, which reaches a program that runs already, too. */
static void
resolve_presets (char **arguments)
{
  for (gsize i = 1; arguments[i] != NULL; i++)
    {
      EscPreset *preset = esc_preset_find (arguments[i]);

      if (preset == NULL || g_file_test (arguments[i], G_FILE_TEST_EXISTS))
        continue;
      g_free (arguments[i]);
      arguments[i] = esc_preset_dup_uri (preset);
    }
}

static gboolean
esc_application_local_command_line (GApplication *application,
                                    char       ***arguments,
                                    int          *exit_status)
{
  resolve_presets (*arguments);
  return G_APPLICATION_CLASS (esc_application_parent_class)
      ->local_command_line (application, arguments, exit_status);
}

static int
esc_application_handle_local_options (GApplication *application, GVariantDict *given)
{
  if (!g_variant_dict_contains (given, "version"))
    return -1;
  g_print ("escapement %s\n", ESC_VERSION);
  return 0;
}

static void
esc_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "about", about_cb },
    { "quit", quit_cb },
  };
  static const int signals[] = { SIGHUP, SIGINT, SIGTERM };

  G_APPLICATION_CLASS (esc_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions,
                                   G_N_ELEMENTS (actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application),
                                           accelerators[i].action,
                                           (const char *const *) accelerators[i].keys);
  gtk_window_set_default_icon_name (ESC_APP_ID);
  esc_style_follow (gdk_display_get_default ());
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_unix_signal_add (signals[i], told_to_end_cb, application);
}

static void
esc_application_activate (GApplication *application)
{
  present_window (ESC_APPLICATION (application));
}

/* The first file takes the place of what the window shows, unless that has changes to
 * lose; further files get windows of their own. */
static void
esc_application_open (GApplication *application,
                      GFile       **files,
                      int           n_files,
                      const char   *hint)
{
  EscApplication *self = ESC_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      EscWindow *window = i == 0 ? present_window (self) : esc_window_new (self);
      EscPreset *preset = esc_preset_find_file (files[i]);

      gtk_window_present (GTK_WINDOW (window));
      esc_window_begin_with_file (window);
      if (preset != NULL)
        esc_window_load_preset (window, esc_preset_get_id (preset));
      else
        esc_window_open (window, files[i]);
    }
}

static void
esc_application_class_init (EscApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->local_command_line = esc_application_local_command_line;
  application_class->handle_local_options = esc_application_handle_local_options;
  application_class->startup = esc_application_startup;
  application_class->activate = esc_application_activate;
  application_class->open = esc_application_open;
}

static void
esc_application_init (EscApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self),
                                                     _ ("[FILE|EXPERIMENT…]"));
}

EscApplication *
esc_application_new (const char *id, GApplicationFlags flags)
{
  return g_object_new (ESC_TYPE_APPLICATION, "application-id", id, "flags",
                       flags | G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/escapement_lab/Escapement", NULL);
}

GApplication *
esc_application_hold (void)
{
  GApplication *application = g_application_get_default ();

  if (application == NULL)
    return NULL;
  g_application_hold (application);
  return g_object_ref (application);
}

void
esc_application_let_go (GApplication *application)
{
  if (application == NULL)
    return;
  g_application_release (application);
  g_object_unref (application);
}

void
esc_application_wait_for (GTask *task)
{
  GApplication *application = esc_application_hold ();

  if (application != NULL)
    g_signal_connect_swapped (task, "notify::completed",
                              G_CALLBACK (esc_application_let_go), application);
}
