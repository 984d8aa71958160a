/* SPDX-License-Identifier: GPL-3.0-or-later
 * The command line of benches. */
#include "bench-program.h"

#include "eng-experiment.h"

#include <string.h>

BenchOptions  bench_options = { .repetitions = 7 };
static char **wanted_sections = NULL;

static const GOptionEntry common_options[] = {
  { "peers", 0, 0, G_OPTION_ARG_FILENAME, &bench_options.peers,
    "folder of the peer scripts; empty: without them", "FOLDER" },
  { "out", 0, 0, G_OPTION_ARG_FILENAME, &bench_options.out, "folder for the CSV files",
    "FOLDER" },
  { "only", 0, 0, G_OPTION_ARG_STRING, &bench_options.only,
    "what has this in its title, where steps or runs are measured", "TEXT" },
  { "repeat", 0, 0, G_OPTION_ARG_INT, &bench_options.repetitions, "turns of each side",
    "N" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted_sections, NULL,
    "[SECTION…]" },
  { NULL },
};

/* "peak, peers" */
static char *
name_sections (const BenchProgram *self)
{
  GString *names = g_string_new (NULL);

  for (const BenchSection *section = self->sections; section->name != NULL; section++)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", section->name);
  return g_string_free (names, FALSE);
}

static gboolean
has_section (const BenchProgram *self, const char *name)
{
  for (const BenchSection *section = self->sections; section->name != NULL; section++)
    if (g_str_equal (section->name, name))
      return TRUE;
  return FALSE;
}

/* Whether something had a title that was asked for. */
static gboolean found_wanted = FALSE;

static gboolean
check_options (const BenchProgram *self, GError **error)
{
  g_autofree char *names = name_sections (self);

  if (bench_options.peers != NULL && bench_options.peers[0] != '\0'
      && !g_file_test (bench_options.peers, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--peers must be a folder, got %s", bench_options.peers);
      return FALSE;
    }
  if (bench_options.repetitions < 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--repeat must be at least 1, got %d", bench_options.repetitions);
      return FALSE;
    }
  for (gsize i = 0; wanted_sections != NULL && wanted_sections[i] != NULL; i++)
    if (!has_section (self, wanted_sections[i]))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     "a section must be one of %s, got %s", names, wanted_sections[i]);
        return FALSE;
      }
  return TRUE;
}

int
bench_program_parse (const BenchProgram *self, int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError)         error = NULL;
  g_autofree char           *names = name_sections (self);
  g_autofree char *summary = g_strdup_printf ("Sections: %s; all by default.", names);

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, common_options, NULL);
  if (self->more != NULL)
    g_option_context_add_main_entries (context, self->more, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)
      || !check_options (self, &error))
    {
      g_printerr ("%s: %s\n", self->name, error->message);
      return 2;
    }
  if (bench_options.peers == NULL)
    bench_options.peers = g_strdup ("bench/peers");
  if (bench_options.out == NULL)
    bench_options.out = g_strdup (".");
  return 0;
}

int
bench_program_measure (const BenchProgram *self)
{
  g_autoptr (GError) error = NULL;

  for (const BenchSection *section = self->sections; section->name != NULL; section++)
    if (wanted_sections == NULL
        || g_strv_contains ((const char *const *) wanted_sections, section->name))
      if (!section->measure (&error))
        {
          g_printerr ("%s: %s\n", self->name, error->message);
          return 1;
        }
  if (bench_options.only == NULL || found_wanted)
    return 0;
  g_printerr ("%s: nothing has %s in its title\n", self->name, bench_options.only);
  return 2;
}

int
bench_program_run (const BenchProgram *self, int argc, char **argv)
{
  int status;

  eng_start (argv);
  status = bench_program_parse (self, argc, argv);
  if (status != 0)
    return status;
  eng_init ();
  g_print ("%s, BLAS kernels: %s\n", self->name, eng_la_get_core_name ());
  return bench_program_measure (self);
}

gboolean
bench_is_wanted (const char *title)
{
  gboolean is_wanted = bench_options.only == NULL
                       || strstr (title, bench_options.only) != NULL;

  found_wanted |= is_wanted;
  return is_wanted;
}

guint
bench_count_threads (void)
{
  return MIN (g_get_num_processors (), ENG_N_LANES);
}

guint
bench_next_threads (guint n_threads)
{
  guint all = bench_count_threads ();

  return n_threads < all ? all : all + 1;
}

double
bench_now (void)
{
  return 1e-6 * (double) g_get_monotonic_time ();
}
