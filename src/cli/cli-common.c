/* SPDX-License-Identifier: GPL-3.0-or-later
 * Options, errors and presets for every subcommand. */
#include "config.h"

#include "cli.h"
#include "eng-error.h"
#include "esc-preset-list.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const shipped[] = ESC_PRESET_IDS;
static const char       *preset_ids[G_N_ELEMENTS (shipped) + 1];

#define PRESET_FOLDER "/io/github/escapement_lab/Escapement/presets/"

int
cli_fail (GError *error)
{
  int status = CLI_FAILED;

  if (error->domain == ENG_ERROR
      && (error->code == ENG_ERROR_INVALID_SPEC || error->code == ENG_ERROR_UNSUPPORTED
          || error->code == ENG_ERROR_TOO_LARGE))
    status = CLI_BAD_INPUT;
  if (g_error_matches (error, ENG_ERROR, ENG_ERROR_CANCELLED))
    status = CLI_INTERRUPTED;
  g_printerr ("escapement-cli: %s\n", error->message);
  g_error_free (error);
  return status;
}

gboolean
cli_parse (const GOptionEntry *entries, const char *parameters, int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_autoptr (GError)         error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  g_printerr ("escapement-cli: %s\n", error->message);
  return FALSE;
}

const char *const *
cli_preset_ids (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++)
    preset_ids[i] = shipped[i];
  return preset_ids;
}

static GKeyFile *
open_preset (const char *id, GError **error)
{
  g_autofree char     *path = g_strconcat (PRESET_FOLDER, id, ENG_SPEC_SUFFIX, NULL);
  g_autoptr (GBytes)   bytes = g_resources_lookup_data (path, 0, error);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (bytes == NULL || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, error))
    return NULL;
  return g_steal_pointer (&file);
}

GKeyFile *
cli_open_experiment (const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (name);

  if (g_strv_contains (cli_preset_ids (), name))
    return open_preset (name, error);
  if (!g_file_query_exists (file, NULL) && strchr (name, G_DIR_SEPARATOR) == NULL
      && !g_str_has_suffix (name, ENG_SPEC_SUFFIX))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   "“%s” is neither a preset nor a file; “escapement-cli list presets” "
                   "shows the presets",
                   name);
      return NULL;
    }
  return eng_spec_load_key_file (file, error);
}
