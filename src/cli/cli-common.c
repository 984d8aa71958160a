/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program's name, options and errors, for every subcommand. */
#include "config.h"

#include "cli.h"
#include "eng-error.h"

const char *
cli_get_program (void)
{
  const char *name = g_getenv ("ESCAPEMENT_CALLED_AS");

  return name != NULL && *name != '\0' ? name : "escapement-cli";
}

int
cli_refuse (const char *message)
{
  g_printerr ("%s: %s\n", cli_get_program (), message);
  return CLI_BAD_INPUT;
}

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
  g_printerr ("%s: %s\n", cli_get_program (), error->message);
  g_error_free (error);
  return status;
}

gboolean
cli_parse (const GOptionEntry *entries, const char *parameters, int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_autoptr (GError)         error = NULL;
  g_autofree char *called = g_strdup_printf ("%s %s", cli_get_program (), (*argv)[0]);

  g_set_prgname (called);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  g_printerr ("%s: %s\n", cli_get_program (), error->message);
  return FALSE;
}
