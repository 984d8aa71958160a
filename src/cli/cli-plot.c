/* SPDX-License-Identifier: GPL-3.0-or-later
 * escapement-cli plot: one figure, from the tables of a run folder or by training. */
#include "config.h"

#include "cli-train.h"
#include "cli.h"
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

/* --- options ------------------------------------------------------------------------- */

static gboolean
read_plot (const Options *options, Figure *figure, GError **error)
{
  const PlotClass *const *classes = plot_get_classes ();
  g_autoptr (GPtrArray)   ids = g_ptr_array_new ();
  g_autofree char        *list = NULL;
  const char             *meant;

  if (options->plot != NULL)
    figure->klass = plot_find_class (options->plot);
  if (figure->klass != NULL)
    return TRUE;
  for (gsize i = 0; classes[i] != NULL; i++)
    g_ptr_array_add (ids, (gpointer) classes[i]->id);
  g_ptr_array_add (ids, NULL);
  list = eng_words_list ((const char *const *) ids->pdata);
  if (options->plot == NULL)
    return refuse (error, _ ("--plot must be given: one of %s"), list);
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
train_it (const char *name, const Options *options, GError **error)
{
  g_autoptr (EngSpec)       spec = cli_open_spec (name, options->sets, error);
  g_autoptr (EngExperiment) experiment = NULL;

  if (spec != NULL && !options->quiet)
    cli_print_hints (spec);
  if (spec != NULL)
    experiment = cli_train_new (spec, options->threads, error);
  return experiment != NULL ? cli_train (experiment, options->quiet, error) : NULL;
}

/* A folder has been trained already. */
static EngSnapshot *
get_snapshot (const char *name, const Options *options, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (name);
  EngSnapshot      *snapshot;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL)
      != G_FILE_TYPE_DIRECTORY)
    return train_it (name, options, error);
  if (options->sets != NULL)
    {
      refuse (error,
              _ ("--set is for experiments; “%s” is a run folder, which is drawn as "
                 "it was trained"),
              name);
      return NULL;
    }
  snapshot = eng_run_folder_load (file, error);
  if (snapshot == NULL)
    g_prefix_error (error, "%s: ", name);
  return snapshot;
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
draw (const char *name, Options *options, const Figure *figure)
{
  PlotOptions             shown = { .measure = figure->measure };
  g_autoptr (EngSnapshot) snapshot = NULL;
  g_autoptr (PlotFrame)   frame = NULL;
  g_autoptr (GFile)       file = NULL;
  GError                 *error = NULL;

  if (options->out == NULL)
    options->out = g_strdup_printf ("%s.%s", figure->klass->id,
                                    plot_format_get_extension (figure->format));
  file = g_file_new_for_commandline_arg (options->out);
  if (!check_writable (file, &error))
    return cli_fail (error);
  snapshot = get_snapshot (name, options, &error);
  if (snapshot == NULL)
    return cli_fail (error);
  shown.x_linear = figure->klass->over_steps
                   && plot_prefers_linear_steps (snapshot->spec);
  frame = plot_project (figure->klass, snapshot, &shown);
  if (!plot_export (frame, snapshot->spec, figure->format, figure->size, figure->scale,
                    file, &error))
    return cli_fail (error);
  if (!options->quiet)
    g_print ("%s\n", options->out);
  return cli_train_was_interrupted () ? CLI_INTERRUPTED : CLI_DONE;
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
  Figure       figure = { 0 };
  GError      *error = NULL;
  GOptionEntry entries[] = {
    { "plot", 'p', 0, G_OPTION_ARG_STRING, &options.plot,
      N_ ("which plot; without it the ids are listed"), "ID" },
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
  else if (!read_plot (&options, &figure, &error)
           || !read_measure (&options, &figure, &error)
           || !read_format (&options, &figure, &error)
           || !read_size (&options, &figure, &error)
           || !read_scale (&options, &figure, &error))
    status = cli_fail (error);
  else
    status = draw (argv[1], &options, &figure);
  options_clear (&options);
  return status;
}
