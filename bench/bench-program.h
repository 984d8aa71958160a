/* SPDX-License-Identifier: GPL-3.0-or-later
 * BenchProgram: what all benches have in common: a name, options, and sections, each a
 * group of measurements that may be asked for alone.  One thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* as on the command line; NULL ends a list */
  /* Prints and saves its tables.  Returns: FALSE with an error. */
  gboolean (*measure) (GError **error);
} BenchSection;

typedef struct
{
  const char         *name;
  const BenchSection *sections;
  const GOptionEntry *more; /* options of this bench alone; (nullable) */
} BenchProgram;

/* Of the command line; constant once it has been read. */
typedef struct
{
  char *peers;       /* folder of the peer scripts; empty: without them */
  char *out;         /* folder for the CSV files */
  char *only;        /* steps and runs with this in their title; NULL: all */
  int   repetitions; /* turns of each side, at least 1 */
} BenchOptions;

extern BenchOptions bench_options;

/* Reads the command line; its options have the values that they are left at when they are
 * not given.  Returns: 0, or the status to end with, after a word about it. */
int bench_program_parse (const BenchProgram *self, int argc, char **argv);
/* Measures the sections that are asked for, all if none is.
 * Returns: the status to end with, after a word about it. */
int bench_program_measure (const BenchProgram *self);
/* Both, with the engine. */
int bench_program_run (const BenchProgram *self, int argc, char **argv);

/* Whether --only asks for what has this title. */
gboolean bench_is_wanted (const char *title);
/* Threads that benches use at most. */
guint bench_count_threads (void);
/* Benches take one thread and all: what comes after `n_threads`; more than all at last. */
guint bench_next_threads (guint n_threads);
/* Seconds since some time of the past. */
double bench_now (void);

G_END_DECLS
