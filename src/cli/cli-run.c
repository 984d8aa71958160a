/* SPDX-License-Identifier: GPL-3.0-or-later
 * escapement-cli run: train without a window and write everything into a folder. */
#include "config.h"

#include "cli.h"
#include "cli-progress.h"
#include "eng-error.h"
#include "eng-export.h"
#include "plot-export.h"
#include "plot-verdict.h"

#include <glib/gi18n.h>
#include <math.h>
#include <signal.h>
#include <string.h>

/* One advance aims at this long, so that progress shows and Ctrl-C is answered soon. */
#define CHUNK_USEC 100000

typedef struct
{
  char   **sets, **formats;
  char    *out;
  gboolean arrays, quiet;
  int      threads;
} Options;

static int interrupted
    = 0; /* atomic; also the experiment's cancel flag while preparing */

static void
interrupt_cb (int signal_number)
{
  g_atomic_int_set (&interrupted, 1);
}

/* --- experiment ----------------------------------------------------------------------- */

static gboolean
split_set (const char *text, char **group, char **key, char **value, GError **error)
{
  const char *equals = strchr (text, '=');
  const char *dot = NULL;

  for (const char *c = text; equals != NULL && c < equals; c++)
    if (*c == '.')
      dot = c;
  if (dot == NULL || dot == text || dot + 1 == equals
      || strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789.-*")
             < (gsize) (equals - text))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   "--set must be GROUP.KEY=VALUE, such as problem.d=40 or "
                   "run.2.rate=0.5, got “%s”",
                   text);
      return FALSE;
    }
  *group = g_strndup (text, (gsize) (dot - text));
  *key = g_strndup (dot + 1, (gsize) (equals - dot - 1));
  *value = g_strdup (equals + 1);
  return TRUE;
}

/* A table named on the command line is meant from the present folder. */
static char *
absolute_value (const char *group, const char *key, const char *value)
{
  if (strcmp (group, "problem") == 0 && strcmp (key, "file") == 0)
    return g_canonicalize_filename (value, NULL);
  return g_strdup (value);
}

static void
set_one (GKeyFile *file, const char *group, const char *key, const char *text)
{
  g_autofree char *value = absolute_value (group, key, text);

  if (*text == '\0')
    g_key_file_remove_key (file, group, key, NULL);
  else
    g_key_file_set_string (file, group, key, value);
}

/* Applies every --set; the result is checked as a whole afterwards. */
static gboolean
apply_sets (GKeyFile *file, char **sets, GError **error)
{
  for (gsize i = 0; sets != NULL && sets[i] != NULL; i++)
    {
      g_autofree char *group = NULL, *key = NULL, *value = NULL;

      if (!split_set (sets[i], &group, &key, &value, error))
        return FALSE;
      if (strcmp (group, "run.*") != 0)
        {
          set_one (file, group, key, value);
          continue;
        }
      for (guint run = 1; run <= ENG_SPEC_MAX_RUNS; run++)
        {
          g_autofree char *name = g_strdup_printf ("run.%u", run);

          if (g_key_file_has_group (file, name))
            set_one (file, name, key, value);
        }
    }
  return TRUE;
}

static EngSpec *
open_spec (const char *name, char **sets, GError **error)
{
  g_autoptr (GKeyFile) file = cli_open_experiment (name, error);
  EngSpec             *spec;

  if (file == NULL || !apply_sets (file, sets, error))
    return NULL;
  spec = eng_spec_new_from_key_file (file, error);
  if (spec == NULL)
    g_prefix_error (error, "%s: ", name);
  return spec;
}

/* --- output --------------------------------------------------------------------------- */

static gboolean
read_formats (char **words, gboolean wanted[3], GError **error)
{
  wanted[PLOT_FORMAT_SVG] = TRUE;
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint format = 0; format < 3; format++)
        if (strcmp (words[i], plot_format_get_extension (format)) == 0)
          found = wanted[format] = TRUE;
      if (!found)
        {
          g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                       "--figures must be one of svg, pdf, png, got “%s”", words[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_figures (const EngSnapshot *snapshot,
               GFile             *folder,
               const gboolean     wanted[3],
               GError           **error)
{
  const PlotClass *const *classes = plot_get_classes ();

  for (gsize i = 0; classes[i] != NULL; i++)
    {
      g_autoptr (PlotFrame) frame = plot_project (classes[i], snapshot, NULL);

      for (guint format = 0; format < 3; format++)
        {
          g_autofree char  *name = g_strdup_printf ("%s.%s", classes[i]->id,
                                                    plot_format_get_extension (format));
          g_autoptr (GFile) file = g_file_get_child (folder, name);

          if (wanted[format]
              && !plot_export (frame, snapshot->spec, format, PLOT_SIZE_SLIDE,
                               format == PLOT_FORMAT_PNG ? 2.0 : 1.0, file, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_all (EngExperiment     *experiment,
           const EngSnapshot *snapshot,
           const Options     *options,
           GFile             *folder,
           const gboolean     wanted[3],
           GError           **error)
{
  return eng_export_tables (snapshot, folder, error)
         && write_figures (snapshot, folder, wanted, error)
         && (!options->arrays || eng_export_arrays (experiment, folder, error));
}

/* --- training ------------------------------------------------------------------------- */

/* Trains to the end or until Ctrl-C, which keeps what there is. */
static void
train (EngExperiment *experiment, CliProgress *progress)
{
  guint64   chunk = 1;
  EngStatus status = ENG_STATUS_CONTINUE;

  while (status == ENG_STATUS_CONTINUE && !g_atomic_int_get (&interrupted))
    {
      gint64 before = g_get_monotonic_time (), spent;

      status = eng_experiment_advance (experiment, chunk);
      spent = g_get_monotonic_time () - before;
      if (spent < CHUNK_USEC / 2)
        chunk = MIN (chunk * 2, 100000);
      else if (spent > CHUNK_USEC * 2)
        chunk = MAX (chunk / 2, 1);
      cli_progress_update (progress, eng_experiment_get_step (experiment));
    }
  if (g_atomic_int_get (&interrupted))
    eng_experiment_stop (experiment);
  cli_progress_finish (progress, eng_experiment_get_step (experiment));
}

static void
print_results (const EngSnapshot *snapshot, const Options *options)
{
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      const EngRunView *run = &snapshot->runs[i];
      EngVerdict        verdict;
      g_autofree char  *sentence = NULL;
      g_autofree char  *step = g_strdup_printf ("%" G_GUINT64_FORMAT, run->step);

      eng_verdict_judge (run, &snapshot->facts, &verdict);
      sentence = plot_verdict_make_sentence (&verdict, snapshot->facts.k);

      g_print (_ ("%-16s %-10s step %-7s train %.3g  test %.3g\n"), run->label,
               eng_status_get_id (run->status), step,
               eng_trace_get_last (run->trace, "train-loss"),
               eng_trace_get_last (run->trace, "test-loss"));
      g_print ("  %s\n", sentence);
    }
  g_print (_ ("Figures and tables are in %s\n"), options->out);
}

/* What diverged, when, and what would have been stable. */
static void
print_divergence (const EngRunView *run)
{
  g_autofree char *step = g_strdup_printf ("%" G_GUINT64_FORMAT, run->step);

  if (isfinite (run->stable_below))
    g_printerr (
        _ ("escapement-cli: %s diverged at step %s: its step size %.4g; stable below "
           "%.4g, try %.4g\n"),
        run->label, step, run->step_size, run->stable_below, run->restart_with);
  else
    g_printerr (
        _ ("escapement-cli: %s diverged at step %s: its step size %.4g; try %.4g\n"),
        run->label, step, run->step_size, run->restart_with);
}

static int
exit_status (const EngSnapshot *snapshot)
{
  int status = CLI_DONE;

  if (g_atomic_int_get (&interrupted))
    return CLI_INTERRUPTED;
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      const EngRunView *run = &snapshot->runs[i];

      if (run->status != ENG_STATUS_DIVERGED)
        continue;
      print_divergence (run);
      status = CLI_DIVERGED;
    }
  return status;
}

static int
run_spec (EngSpec *spec, const Options *options, const gboolean wanted[3])
{
  g_autoptr (GFile)         folder = g_file_new_for_commandline_arg (options->out);
  g_autoptr (EngExperiment) experiment = NULL;
  g_autoptr (EngSnapshot)   snapshot = NULL;
  g_autoptr (CliProgress)   progress = NULL;
  GError                   *error = NULL;

  experiment = eng_experiment_new (spec, (guint) options->threads, &interrupted, &error);
  if (experiment == NULL || !eng_export_begin (spec, folder, &error))
    return cli_fail (error);
  if (!options->quiet)
    progress = cli_progress_new (spec);
  if (!eng_experiment_prepare (experiment, NULL, NULL, &error))
    return cli_fail (error);
  cli_progress_start (progress);
  train (experiment, progress);
  snapshot = eng_experiment_snapshot (experiment);
  if (!write_all (experiment, snapshot, options, folder, wanted, &error))
    return cli_fail (error);
  if (!options->quiet)
    print_results (snapshot, options);
  return exit_status (snapshot);
}

static void
options_clear (Options *options)
{
  g_strfreev (options->sets);
  g_strfreev (options->formats);
  g_free (options->out);
}

/* With the options read: check, open, run. */
static int
run_with (Options *options, int argc, char **argv)
{
  g_autoptr (EngSpec) spec = NULL;
  gboolean            wanted[3] = { FALSE };
  GError             *error = NULL;

  if (argc != 2 || options->threads < 0 || options->threads > 1024)
    {
      g_printerr ("%s\n", argc != 2
                              ? _ ("escapement-cli run: one PRESET or FILE is needed")
                              : _ ("escapement-cli run: --threads must be in [0, 1024]"));
      return CLI_BAD_INPUT;
    }
  spec = open_spec (argv[1], options->sets, &error);
  if (spec == NULL || !read_formats (options->formats, wanted, &error))
    return cli_fail (error);
  if (options->out == NULL)
    options->out = eng_export_dup_stem (spec);
  signal (SIGINT, interrupt_cb);
  signal (SIGTERM, interrupt_cb);
  return run_spec (spec, options, wanted);
}

int
cli_run (int argc, char **argv)
{
  Options      options = { 0 };
  GOptionEntry entries[] = {
    { "set", 's', 0, G_OPTION_ARG_STRING_ARRAY, &options.sets,
      N_ ("change a value; “run.*” means every run; an empty value restores the default"),
      "GROUP.KEY=VALUE" },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &options.out,
      N_ ("folder for tables and figures (default: the experiment's name)"), "DIR" },
    { "figures", 'f', 0, G_OPTION_ARG_STRING_ARRAY, &options.formats,
      N_ ("also write figures as pdf or png; SVG is always written"), "FORMAT" },
    { "arrays", 'a', 0, G_OPTION_ARG_NONE, &options.arrays,
      N_ ("also write data and weights as NumPy files"), NULL },
    { "threads", 't', 0, G_OPTION_ARG_INT, &options.threads,
      N_ ("compute threads (default: one per processor); results do not depend on it"),
      "N" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, N_ ("print only errors"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status;

  if (!cli_parse (entries, N_ ("PRESET|FILE — train without a window"), &argc, &argv))
    return CLI_BAD_INPUT;
  status = run_with (&options, argc, argv);
  options_clear (&options);
  return status;
}
