/* SPDX-License-Identifier: GPL-3.0-or-later
 * escapement-cli: what its subcommands share. */
#pragma once

#include <gio/gio.h>

#include "eng-spec.h"

G_BEGIN_DECLS

/* Exit statuses, documented in --help and the README. */
typedef enum
{
  CLI_DONE = 0,
  CLI_FAILED = 1,    /* a file could not be read or written, or a solver failed */
  CLI_BAD_INPUT = 2, /* wrong words, a bad experiment, or one too large for memory */
  CLI_DIVERGED = 3,  /* a run diverged; every file was still written */
  CLI_INTERRUPTED = 130,
} CliExit;

/* A subcommand: its arguments, its own name first. */
typedef int (*CliCommand) (int argc, char **argv);

int cli_run (int argc, char **argv);
int cli_list (int argc, char **argv);
int cli_show (int argc, char **argv);
int cli_plot (int argc, char **argv);

/* What the program was called as: escapement-cli, or what a script that started it says in
 * the environment variable ESCAPEMENT_CALLED_AS. */
const char *cli_get_program (void);

/* Prints what is wrong with the words given.  Returns: CLI_BAD_INPUT. */
int cli_refuse (const char *message);

/* Prints an error the way every subcommand does and frees it.
 * Returns: the exit status that fits its code. */
int cli_fail (GError *error); /* (transfer full) */

/* Reads options with GOption; on failure prints what is wrong. */
gboolean
cli_parse (const GOptionEntry *entries, const char *parameters, int *argc, char ***argv);

/* Ids of the shipped experiments, NULL-terminated. */
const char *const *cli_preset_ids (void);
/* A preset by its id, or else a file, a figure or a run folder, as a key file not yet checked.
 * Returns: (transfer full) (nullable). */
GKeyFile *cli_open_experiment (const char *name, GError **error);
/* The same with every --set applied, checked as a whole; warns of changes that come too
 * late.  `sets` (nullable).  Returns: (transfer full) (nullable). */
EngSpec *cli_open_spec (const char *name, char **sets, GError **error);
/* Says which keys do nothing, and of each run what promises little, on standard error. */
void cli_print_hints (EngSpec *spec);

G_END_DECLS
