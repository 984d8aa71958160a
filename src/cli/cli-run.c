/* SPDX-License-Identifier: GPL-3.0-or-later
 * escapement-cli run: train without a window and write everything into a folder. */
#include "config.h"

#include "cli.h"
#include "cli-sandbox.h"
#include "cli-train.h"
#include "eng-advice.h"
#include "eng-error.h"
#include "eng-export.h"
#include "plot-export.h"
#include "plot-verdict.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

typedef struct
{
  char   **sets, **formats;
  char    *out;
  gboolean arrays, quiet;
  int      threads;
} Options;

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
                       _ ("--figures must be one of svg, pdf, png, got “%s”"), words[i]);
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
  for (guint format = 0; format < 3; format++)
    if (wanted[format] && !plot_export_all (snapshot, folder, (PlotFormat) format, error))
      return FALSE;
  return TRUE;
}

/* Only now that there is something to write: a run that is broken off before leaves the
 * earlier results whole. */
static gboolean
remove_earlier (const Options *options, GFile *folder, GError **error)
{
  g_auto (GStrv) figures = plot_export_list_files ();
  gboolean       had_any = eng_export_has_earlier (folder);

  if (!eng_export_remove_earlier (folder, (const char *const *) figures, error))
    return FALSE;
  if (had_any && !options->quiet)
    g_print (_ ("Earlier results in %s are replaced\n"), options->out);
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
  return remove_earlier (options, folder, error)
         && eng_export_tables (snapshot, folder, error)
         && write_figures (snapshot, folder, wanted, error)
         && (!options->arrays || eng_export_arrays (experiment, folder, error));
}

/* --- results -------------------------------------------------------------------------- */

/* "–" for what is not recorded, such as the loss on inputs that are not kept. */
static char *
format_loss (double loss)
{
  return isfinite (loss) ? g_strdup_printf ("%.3g", loss) : g_strdup ("–");
}

/* What became of a run; files have its id. */
static const char *
get_status_word (EngStatus status)
{
  static const char *const words[] = {
    [ENG_STATUS_CONTINUE] = N_ ("running"),    [ENG_STATUS_FINISHED] = N_ ("finished"),
    [ENG_STATUS_CONVERGED] = N_ ("converged"), [ENG_STATUS_DIVERGED] = N_ ("diverged"),
    [ENG_STATUS_STOPPED] = N_ ("stopped"),
  };

  return _ (words[status]);
}

static void
print_results (const EngSnapshot *snapshot, const Options *options)
{
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      const EngRunView *run = &snapshot->runs[i];
      EngVerdict        verdict;
      g_autofree char  *sentence = NULL;
      g_autofree char  *train = format_loss (eng_run_view_get_last (run, "train-loss"));
      g_autofree char  *test = format_loss (eng_run_view_get_last (run, "test-loss"));
      g_autofree char  *step = g_strdup_printf ("%" G_GUINT64_FORMAT, run->step);

      eng_verdict_judge (run, &snapshot->facts, &verdict);
      sentence = plot_verdict_make_sentence (&verdict, snapshot->facts.k);

      /* Translators: columns: a run, what became of it, its last step and losses. */
      g_print (_ ("%-16s %-10s step %-7s train %s  test %s\n"), _ (run->label),
               get_status_word (run->status), step, train, test);
      g_print ("  %s\n", sentence);
    }
  g_print (_ ("Figures and tables are in %s\n"), options->out);
}

/* What diverged, when, and what would have been stable. */
static void
print_divergence (EngSpec *spec, guint index, const EngRunView *run)
{
  g_autofree char *step = g_strdup_printf ("%" G_GUINT64_FORMAT, run->step);
  EngRemedy        remedy;

  if (eng_advice_find_remedy (spec, index, &remedy))
    g_printerr (_ ("%s: %s diverged at step %s: %s\n"), cli_get_program (),
                _ (run->label), step, _ (remedy.cause));
  else if (isfinite (run->stable_below))
    g_printerr (
        _ ("%s: %s diverged at step %s: its step size %.4g; stable below %.4g, try "
           "%.4g\n"),
        cli_get_program (), _ (run->label), step, run->step_size, run->stable_below,
        run->restart_with);
  else if (isfinite (run->restart_with))
    g_printerr (_ ("%s: %s diverged at step %s: its step size %.4g; try %.4g\n"),
                cli_get_program (), _ (run->label), step, run->step_size,
                run->restart_with);
  else
    g_printerr (_ ("%s: %s diverged at step %s\n"), cli_get_program (), _ (run->label),
                step);
}

static int
exit_status (const EngSnapshot *snapshot)
{
  int status = CLI_DONE;

  if (cli_train_was_interrupted ())
    return CLI_INTERRUPTED;
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      const EngRunView *run = &snapshot->runs[i];

      if (run->status != ENG_STATUS_DIVERGED)
        continue;
      print_divergence (snapshot->spec, i, run);
      status = CLI_DIVERGED;
    }
  return status;
}

static int
run_spec (EngSpec *spec, Options *options, const gboolean wanted[3])
{
  g_autoptr (GFile)         folder = NULL;
  g_autoptr (EngExperiment) experiment = NULL;
  g_autoptr (EngSnapshot)   snapshot = NULL;
  GError                   *error = NULL;

  if (!cli_sandbox_keep (&options->out, &error))
    return cli_fail (error);
  folder = g_file_new_for_commandline_arg (options->out);
  experiment = cli_train_new (spec, options->threads, &error);
  if (experiment == NULL || !eng_export_begin (folder, &error))
    return cli_fail (error);
  snapshot = cli_train (experiment, options->quiet, &error);
  if (snapshot == NULL
      || !write_all (experiment, snapshot, options, folder, wanted, &error))
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

  if (argc != 2)
    return cli_refuse (_ ("run needs one PRESET, FILE or RUNFOLDER"));
  spec = cli_open_spec (argv[1], options->sets, &error);
  if (spec == NULL || !read_formats (options->formats, wanted, &error))
    return cli_fail (error);
  if (!options->quiet)
    cli_print_hints (spec);
  if (options->out == NULL)
    options->out = eng_export_dup_stem (spec);
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
      N_ ("also write the data, the teacher and what every run learned as NumPy files"),
      NULL },
    { "threads", 't', 0, G_OPTION_ARG_INT, &options.threads,
      N_ ("compute threads (default: one per processor); results do not depend on it"),
      "N" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, N_ ("print only errors"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status;

  if (!cli_parse (entries, N_ ("PRESET|FILE|RUNFOLDER — train without a window"), &argc,
                  &argv))
    return CLI_BAD_INPUT;
  status = run_with (&options, argc, argv);
  options_clear (&options);
  return status;
}
