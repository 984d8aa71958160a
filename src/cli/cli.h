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

/* Prints an error the way every subcommand does and frees it.
 * Returns: the exit status that fits its code. */
int cli_fail (GError *error); /* (transfer full) */

/* Reads options with GOption; on failure prints what is wrong. */
gboolean
cli_parse (const GOptionEntry *entries, const char *parameters, int *argc, char ***argv);

/* Ids of the shipped experiments, NULL-terminated. */
const char *const *cli_preset_ids (void);
/* A preset by its id, or else a file, as a key file not yet checked.
 * Returns: (transfer full) (nullable). */
GKeyFile *cli_open_experiment (const char *name, GError **error);

G_END_DECLS
