/* SPDX-License-Identifier: GPL-3.0-or-later
 * escapement-cli: choose the subcommand. */
#include "config.h"

#include "cli.h"
#include "cli-sandbox.h"
#include "eng-experiment.h"
#include "eng-place.h"
#include "eng-suggest.h"
#include "eng-words.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

static const struct
{
  const char *name;
  CliCommand  command;
  const char *arguments;
  const char *help;
} commands[] = {
  { "run", cli_run, "PRESET|FILE|RUNFOLDER [--set GROUP.KEY=VALUE]… [--out DIR]",
    N_ ("train without a window and write tables and figures") },
  { "plot", cli_plot,
    "RUNFOLDER|PRESET|FILE --plot ID [--format svg|pdf|png|csv] [--out PATH]",
    N_ ("draw one figure: from a run folder at once, from an experiment by training") },
  { "list", cli_list, "[problems|learners|activations|observables|presets|NAME]",
    N_ ("what there is, or NAME of it alone, with parameters, ranges and defaults") },
  { "show", cli_show, "PRESET|FILE|RUNFOLDER",
    N_ ("print an experiment with all its settings") },
};

static int
print_help (void)
{
  g_print (_ ("Usage: %s COMMAND [ARGUMENT…]\n\n"), cli_get_program ());
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %s %s\n      %s\n", commands[i].name, commands[i].arguments,
             _ (commands[i].help));
  g_print (
      _ ("\nFILE is an experiment file, or a figure that Escapement made: the experiment is "
         "inside.\n“%s COMMAND --help” explains its options. Exit status: 0 done, 1 "
         "failed,\n2 bad input, 3 a run diverged, 130 interrupted.\n"),
      cli_get_program ());
  return CLI_DONE;
}

static int
refuse_command (const char *word)
{
  const char      *names[G_N_ELEMENTS (commands) + 1] = { NULL }, *meant;
  g_autofree char *list = NULL, *message = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    names[i] = commands[i].name;
  list = eng_words_list (names);
  meant = eng_suggest (word, names);
  if (meant != NULL)
    message = g_strdup_printf (
        _ ("there is no command “%s” (did you mean “%s”?); known are %s"), word, meant,
        list);
  else
    message = g_strdup_printf (_ ("there is no command “%s”; known are %s"), word, list);
  return cli_refuse (message);
}

int
main (int argc, char **argv)
{
  const char      *word = argc > 1 ? argv[1] : NULL;
  g_autofree char *locale = NULL;

  eng_start (argv);
  locale = eng_place_find_translations ();
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C"); /* one notation in files, tables and messages */
  bindtextdomain (GETTEXT_PACKAGE, locale);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  eng_init ();
  cli_sandbox_enter ();
  if (word == NULL || strcmp (word, "--help") == 0 || strcmp (word, "help") == 0)
    {
      print_help ();
      return word == NULL ? CLI_BAD_INPUT : CLI_DONE;
    }
  if (strcmp (word, "--version") == 0)
    {
      g_print ("escapement-cli %s\n", ESC_VERSION);
      return CLI_DONE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (word, commands[i].name) == 0)
      return commands[i].command (argc - 1, argv + 1);
  return refuse_command (word);
}
