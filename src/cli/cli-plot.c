/* SPDX-License-Identifier: GPL-3.0-or-later
 * escapement-cli plot: one figure, from the tables of a run folder or by training. */
#include "config.h"

#include "cli-train.h"
#include "cli.h"
#include "cli-sandbox.h"
#include "eng-error.h"
#include "eng-run-folder.h"
#include "eng-suggest.h"
#include "eng-words.h"
#include "plot-export.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_SCALE 2.0

typedef struct
{
  char   **sets;
  char    *plot, *measure, *format, *size, *out;
  double   scale; /* 0: not given */
  int      threads;
  gboolean quiet;
} Options;

/* What is drawn: a run folder, as it was trained, or what is still to be. */
typedef struct
{
  EngSpec     *spec;
  EngSnapshot *snapshot; /* (nullable) */
} Subject;

/* What the words of the options mean. */
typedef struct
{
  const PlotClass *klass;
  guint            measure;
  PlotFormat       format;
  PlotSize         size;
  double           scale;
} Figure;

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC, message);
  return FALSE;
}

/* --- subject ------------------------------------------------------------------------- */

static gboolean
open_folder (const char    *name,
             GFile         *folder,
             const Options *options,
             Subject       *subject,
             GError       **error)
{
  if (options->sets != NULL)
    return refuse (error,
                   _ ("--set is for experiments; “%s” is a run folder, which is drawn as "
                      "it was trained"),
                   name);
  subject->snapshot = eng_run_folder_load (folder, error);
  if (subject->snapshot == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  subject->spec = eng_spec_ref (subject->snapshot->spec);
  return TRUE;
}

static gboolean
open_subject (const char *name, const Options *options, Subject *subject, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (name);

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL)
      == G_FILE_TYPE_DIRECTORY)
    return open_folder (name, file, options, subject, error);
  subject->spec = cli_open_spec (name, options->sets, error);
  return subject->spec != NULL;
}

/* --- options ------------------------------------------------------------------------- */

/* Returns: (transfer container): ids of the plots that have something to show of it,
 * NULL-terminated. */
static GPtrArray *
collect_plots (EngSpec *spec)
{
  const PlotClass *const *classes = plot_get_classes ();
  GPtrArray              *ids = g_ptr_array_new ();

  for (gsize i = 0; classes[i] != NULL; i++)
    if (plot_class_suits (classes[i], spec))
      g_ptr_array_add (ids, (gpointer) classes[i]->id);
  g_ptr_array_add (ids, NULL);
  return ids;
}

static gboolean
read_plot (const Options *options, EngSpec *spec, Figure *figure, GError **error)
{
  g_autoptr (GPtrArray) ids = collect_plots (spec);
  g_autofree char      *list = eng_words_list ((const char *const *) ids->pdata);
  const char           *meant;

  if (options->plot == NULL)
    return refuse (error, _ ("--plot must be given: one of %s"), list);
  figure->klass = plot_find_class (options->plot);
  if (figure->klass != NULL && plot_class_suits (figure->klass, spec))
    return TRUE;
  if (figure->klass != NULL)
    return refuse (error,
                   _ ("--plot must be one of %s, got “%s”, which has nothing to show of "
                      "this experiment"),
                   list, options->plot);
  meant = eng_suggest (options->plot, (const char *const *) ids->pdata);
  if (meant == NULL)
    return refuse (error, _ ("--plot must be one of %s, got “%s”"), list, options->plot);
  return refuse (error, _ ("--plot must be one of %s, got “%s” (did you mean “%s”?)"),
                 list, options->plot, meant);
}

/* Those of the window's menu; the first unless another is named. */
static gboolean
read_measure (const Options *options, Figure *figure, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char      *list = NULL;
  const char           *plot = figure->klass->id, *meant;
  char                 *id;

  if (options->measure == NULL)
    return TRUE;
  while ((id = plot_make_measure_id (figure->klass, ids->len)) != NULL)
    {
      g_ptr_array_add (ids, id);
      if (g_ascii_strcasecmp (id, options->measure) == 0)
        {
          figure->measure = ids->len - 1;
          return TRUE;
        }
    }
  if (ids->len == 0)
    return refuse (error, _ ("the plot “%s” has one measure only; leave --measure out"),
                   plot);
  g_ptr_array_add (ids, NULL);
  list = eng_words_list ((const char *const *) ids->pdata);
  meant = eng_suggest (options->measure, (const char *const *) ids->pdata);
  if (meant == NULL)
    return refuse (error, _ ("--measure of “%s” must be one of %s, got “%s”"), plot, list,
                   options->measure);
  return refuse (error,
                 _ ("--measure of “%s” must be one of %s, got “%s” (did you mean “%s”?)"),
                 plot, list, options->measure, meant);
}

/* As given, or as the name of the file ends. */
static gboolean
read_format (const Options *options, Figure *figure, GError **error)
{
  const char      *word = options->format, *ending;
  g_autofree char *name = options->out == NULL ? g_strdup ("")
                                               : g_path_get_basename (options->out);

  figure->format = PLOT_FORMAT_SVG;
  ending = strrchr (name, '.');
  if (word == NULL
      && (ending == NULL || plot_format_from_extension (ending + 1, &figure->format)))
    return TRUE;
  if (word == NULL)
    return refuse (error,
                   _ ("--out must end in .svg, .pdf, .png or .csv, got “%s”; --format "
                      "tells the format of a file that ends otherwise"),
                   options->out);
  if (plot_format_from_extension (word, &figure->format))
    return TRUE;
  return refuse (error, _ ("--format must be svg, pdf, png or csv, got “%s”"), word);
}

static gboolean
read_size (const Options *options, Figure *figure, GError **error)
{
  if (options->size == NULL || plot_size_from_id (options->size, &figure->size))
    return TRUE;
  return refuse (error, _ ("--size must be slide or column, got “%s”"), options->size);
}

static gboolean
read_scale (const Options *options, Figure *figure, GError **error)
{
  figure->scale = options->scale != 0 ? options->scale : DEFAULT_SCALE;
  if (options->scale != 0 && figure->format != PLOT_FORMAT_PNG)
    return refuse (error, _ ("--scale is for png; other figures have no pixels"));
  if (figure->scale >= 1 && figure->scale <= 4)
    return TRUE;
  return refuse (error, _ ("--scale must be in [1, 4], got “%g”"), options->scale);
}

/* --- drawing ------------------------------------------------------------------------- */

static EngSnapshot *
train_it (EngSpec *spec, const Options *options, GError **error)
{
  g_autoptr (EngExperiment) experiment = NULL;

  if (!options->quiet)
    cli_print_hints (spec);
  experiment = cli_train_new (spec, options->threads, error);
  return experiment != NULL ? cli_train (experiment, options->quiet, error) : NULL;
}

/* Before anything is trained. */
static gboolean
check_writable (GFile *file, GError **error)
{
  const char      *path = g_file_peek_path (file);
  g_autofree char *folder = path == NULL ? NULL : g_path_get_dirname (path);
  int              failure = 0;

  if (path == NULL)
    return TRUE;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    failure = EISDIR;
  else if (g_access (g_file_test (path, G_FILE_TEST_EXISTS) ? path : folder, W_OK) != 0)
    failure = errno;
  else if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    failure = ENOTDIR;
  if (failure == 0)
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” could not be written: %s"), path,
               g_strerror (failure));
  return FALSE;
}

static int
draw (Subject *subject, Options *options, const Figure *figure)
{
  PlotOptions           shown = { .measure = figure->measure };
  g_autoptr (PlotFrame) frame = NULL;
  g_autoptr (GFile)     file = NULL;
  GError               *error = NULL;

  if (options->out == NULL)
    options->out = g_strdup_printf ("%s.%s", figure->klass->id,
                                    plot_format_get_extension (figure->format));
  if (!cli_sandbox_keep (&options->out, &error))
    return cli_fail (error);
  file = g_file_new_for_commandline_arg (options->out);
  if (!check_writable (file, &error))
    return cli_fail (error);
  if (subject->snapshot == NULL)
    subject->snapshot = train_it (subject->spec, options, &error);
  if (subject->snapshot == NULL)
    return cli_fail (error);
  shown.x_linear = figure->klass->over_steps && plot_prefers_linear_steps (subject->spec);
  frame = plot_project (figure->klass, subject->snapshot, &shown);
  if (!plot_export (frame, subject->spec, figure->format, figure->size, figure->scale,
                    file, &error))
    return cli_fail (error);
  if (!options->quiet)
    g_print ("%s\n", options->out);
  return cli_train_was_interrupted () ? CLI_INTERRUPTED : CLI_DONE;
}

static int
plot (const char *name, Options *options)
{
  Subject subject = { 0 };
  Figure  figure = { 0 };
  GError *error = NULL;
  int     status;

  if (!open_subject (name, options, &subject, &error)
      || !read_plot (options, subject.spec, &figure, &error)
      || !read_measure (options, &figure, &error)
      || !read_format (options, &figure, &error) || !read_size (options, &figure, &error)
      || !read_scale (options, &figure, &error))
    status = cli_fail (error);
  else
    status = draw (&subject, options, &figure);
  g_clear_pointer (&subject.snapshot, eng_snapshot_unref);
  g_clear_pointer (&subject.spec, eng_spec_unref);
  return status;
}

static void
options_clear (Options *options)
{
  g_strfreev (options->sets);
  g_free (options->plot);
  g_free (options->measure);
  g_free (options->format);
  g_free (options->size);
  g_free (options->out);
}

int
cli_plot (int argc, char **argv)
{
  Options      options = { 0 };
  GOptionEntry entries[] = {
    { "plot", 'p', 0, G_OPTION_ARG_STRING, &options.plot,
      N_ ("which plot; without it the ids of those it has are listed"), "ID" },
    { "measure", 'm', 0, G_OPTION_ARG_STRING, &options.measure,
      N_ ("what of the plot, as in its menu: energy, kernel-drift… (default: the first)"),
      "NAME" },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format,
      N_ ("svg, pdf, png, or csv for its data (default: as --out ends, or svg)"),
      "FORMAT" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &options.size,
      N_ ("slide (960 × 540, the default) or column (of a paper, 3.3 inches)"), "SIZE" },
    { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &options.scale,
      N_ ("pixels of png per unit, 1 to 4 (default 2)"), "N" },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &options.out,
      N_ ("the file (default: ID.FORMAT)"), "PATH" },
    { "set", 's', 0, G_OPTION_ARG_STRING_ARRAY, &options.sets,
      N_ ("change a value before training, as run does"), "GROUP.KEY=VALUE" },
    { "threads", 't', 0, G_OPTION_ARG_INT, &options.threads,
      N_ ("compute threads (default: one per processor)"), "N" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, N_ ("print only errors"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status;

  if (!cli_parse (entries, N_ ("RUNFOLDER|PRESET|FILE — draw one figure"), &argc, &argv))
    return CLI_BAD_INPUT;
  if (argc != 2)
    status = cli_refuse (_ ("plot needs one RUNFOLDER, PRESET or FILE"));
  else
    status = plot (argv[1], &options);
  options_clear (&options);
  return status;
}
