/* SPDX-License-Identifier: GPL-3.0-or-later
 * Experiments from the command line: presets, files, figures, and what --set changes. */
#include "config.h"

#include "cli.h"
#include "cli-sandbox.h"
#include "eng-advice.h"
#include "eng-error.h"
#include "eng-run-folder.h"
#include "eng-suggest.h"
#include "esc-preset-list.h"

#include <glib/gi18n.h>
#include <string.h>

#define PRESET_FOLDER "/io/github/escapement_lab/Escapement/presets/"

static const char *const shipped[] = ESC_PRESET_IDS;

const char *const *
cli_preset_ids (void)
{
  return shipped;
}

static GKeyFile *
open_preset (const char *id, GError **error)
{
  g_autofree char     *path = g_strconcat (PRESET_FOLDER, id, ENG_SPEC_SUFFIX, NULL);
  g_autoptr (GBytes)   bytes = g_resources_lookup_data (path, 0, error);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (bytes == NULL || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, error))
    return NULL;
  return g_steal_pointer (&file);
}

/* Those of eng_table_load (). */
static gboolean
is_table (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".csv") || g_str_has_suffix (lower, ".tsv")
         || g_str_has_suffix (lower, ".npy");
}

/* (transfer full): the file itself, or the experiment that made a run folder. */
static GFile *
find_file (const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (name);
  GFile            *found;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL)
      != G_FILE_TYPE_DIRECTORY)
    return g_steal_pointer (&file);
  found = eng_run_folder_find_experiment (file, error);
  if (found == NULL)
    g_prefix_error (error, "%s: ", name);
  return found;
}

GKeyFile *
cli_open_experiment (const char *name, GError **error)
{
  g_autoptr (GFile)  file = NULL;
  g_autoptr (GError) local = NULL;
  GKeyFile          *key_file;

  if (g_strv_contains (cli_preset_ids (), name))
    return open_preset (name, error);
  file = find_file (name, error);
  if (file == NULL)
    return NULL;
  if (!g_file_query_exists (file, NULL) && strchr (name, G_DIR_SEPARATOR) == NULL
      && !g_str_has_suffix (name, ENG_SPEC_SUFFIX))
    {
      const char *meant = eng_suggest (name, cli_preset_ids ());

      if (meant != NULL)
        g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                     _ ("“%s” is neither a preset nor a file (did you mean “%s”?); “%s "
                        "list presets” shows the presets"),
                     name, meant, cli_get_program ());
      else
        g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                     _ ("“%s” is neither a preset nor a file; “%s list presets” shows "
                        "the presets"),
                     name, cli_get_program ());
      return NULL;
    }
  key_file = eng_spec_load_key_file (file, &local);
  if (key_file == NULL && is_table (name)
      && g_error_matches (local, ENG_ERROR, ENG_ERROR_INVALID_SPEC))
    g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                 _ ("“%s” is a table, and %s needs an experiment file, a figure or a "
                    "preset. It takes the place of the data of any of these by "
                    "--set problem.kind=data --set problem.file=%s"),
                 name, cli_get_program (), name);
  else if (key_file == NULL)
    g_propagate_error (error, cli_sandbox_explain (file, g_steal_pointer (&local)));
  return key_file;
}

/* --- changes by --set ---------------------------------------------------------------- */

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
                   _ ("--set must be GROUP.KEY=VALUE, such as problem.d=40 or "
                      "run.2.rate=0.5, got “%s”"),
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

/* A table takes the place of other data: what made those, and what was said of them, says
 * nothing of it. */
static void
make_room_for_table (GKeyFile *file, char **sets)
{
  g_autofree char *kind = g_key_file_get_string (file, "problem", "kind", NULL);
  g_autofree char *seed = g_key_file_get_string (file, "problem", "seed", NULL);

  if (g_strcmp0 (kind, "data") == 0
      || !g_strv_contains ((const char *const *) sets, "problem.kind=data"))
    return;
  g_key_file_remove_group (file, "problem", NULL);
  if (seed != NULL)
    g_key_file_set_string (file, "problem", "seed", seed);
  g_key_file_remove_key (file, "experiment", "name", NULL);
  g_key_file_remove_key (file, "experiment", "title", NULL);
  g_key_file_remove_key (file, "experiment", "description", NULL);
}

/* Applies every --set; the result is checked as a whole afterwards. */
static gboolean
apply_sets (GKeyFile *file, char **sets, GError **error)
{
  if (sets != NULL)
    make_room_for_table (file, sets);
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

/* A live change that comes when its run has ended does nothing. */
static void
warn_of_late_changes (EngSpec *spec)
{
  for (guint i = 0; i < eng_spec_get_n_changes (spec); i++)
    {
      const EngChange *change = eng_spec_get_change (spec, i);
      gint64 steps = eng_settings_get_int (eng_spec_get_run (spec, change->run), "steps");
      g_autofree char *at = g_strdup_printf ("%" G_GUINT64_FORMAT, change->step);
      g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, steps);

      if (change->step >= (guint64) steps)
        g_printerr (_ ("%s: warning: %s of run %u changes at step %s, but the run has "
                       "only %s steps\n"),
                    cli_get_program (), change->key, change->run + 1, at, last);
    }
}

EngSpec *
cli_open_spec (const char *name, char **sets, GError **error)
{
  g_autoptr (GKeyFile) file = cli_open_experiment (name, error);
  EngSpec             *spec;

  if (file == NULL || !apply_sets (file, sets, error))
    return NULL;
  spec = eng_spec_new_from_key_file (file, error);
  if (spec == NULL)
    g_prefix_error (error, "%s: ", name);
  else
    warn_of_late_changes (spec);
  return spec;
}

void
cli_print_hints (EngSpec *spec)
{
  g_auto (GStrv) ignored = eng_advice_list_ignored (spec);

  for (gsize i = 0; ignored[i] != NULL; i++)
    g_printerr (_ ("%s: hint: %s\n"), cli_get_program (), ignored[i]);
  for (guint i = 0; i < eng_spec_get_n_runs (spec); i++)
    {
      g_autofree char *hint = eng_advice_get_hint (spec, i);

      if (hint != NULL)
        g_printerr (_ ("%s: hint: %s: %s\n"), cli_get_program (),
                    _ (eng_spec_get_run_label (spec, i)), hint);
    }
}
