/* SPDX-License-Identifier: GPL-3.0-or-later
 * From a key file to a checked experiment. */
#include "config.h"

#include "eng-error.h"
#include "eng-registry.h"
#include "eng-spec-private.h"
#include "eng-settings-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const EngParam experiment_params[] = {
  { .key = "version",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = ENG_SPEC_VERSION,
    .title = N_ ("File Version") },
  { .key = "name",
    .kind = ENG_PARAM_TEXT,
    .fallback = "experiment",
    .title = N_ ("Name") },
  { .key = "title",
    .kind = ENG_PARAM_TEXT,
    .fallback = "Experiment",
    .title = N_ ("Title") },
  { .key = "description",
    .kind = ENG_PARAM_TEXT,
    .fallback = "",
    .title = N_ ("Description") },
  ENG_PARAM_END,
};
static const EngParam *const experiment_tables[] = { experiment_params, NULL };

/* --- groups -------------------------------------------------------------------- */

/* "run.2" -> 2 for prefix "run."; 0 if it is something else, "run.02" too, which nobody
 * would read. */
static guint
group_number (const char *group, const char *prefix)
{
  guint64 number = 0;

  if (!g_str_has_prefix (group, prefix) || group[strlen (prefix)] == '0')
    return 0;
  if (!g_ascii_string_to_unsigned (group + strlen (prefix), 10, 1, 100000, &number, NULL))
    return 0;
  return (guint) number;
}

static gboolean
check_groups (GKeyFile *key_file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (key_file, NULL);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      guint run = group_number (groups[i], "run.");

      if (strcmp (groups[i], "experiment") == 0 || strcmp (groups[i], "problem") == 0
          || strcmp (groups[i], "observe") == 0 || group_number (groups[i], "change.") > 0
          || (run >= 1 && run <= ENG_SPEC_MAX_RUNS))
        continue;
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("[%.80s] is not a known group; known are [experiment], [problem], "
                      "[observe], [run.1] to [run.%d] and [change.N]"),
                   groups[i], ENG_SPEC_MAX_RUNS);
      eng_error_mend (error);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_version (GKeyFile *key_file, GError **error)
{
  g_autofree char *text = g_key_file_get_string (key_file, "experiment", "version", NULL);
  guint64          version = 0;

  if (text == NULL)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("this is not an experiment file: [experiment] version is "
                      "missing"));
      return FALSE;
    }
  if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &version, NULL)
      && version > ENG_SPEC_VERSION)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("this file has version %u; Escapement %s reads versions up to %d: "
                      "a newer Escapement made it"),
                   (guint) version, ESC_VERSION, ENG_SPEC_VERSION);
      return FALSE;
    }
  return TRUE;
}

static gboolean
same_group (GKeyFile *a, GKeyFile *b, const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (a, group, NULL, NULL);
  g_auto (GStrv) others = g_key_file_get_keys (b, group, NULL, NULL);

  if (keys == NULL || others == NULL || g_strv_length (keys) != g_strv_length (others))
    return FALSE;
  for (gsize i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *value = g_key_file_get_value (a, group, keys[i], NULL);
      g_autofree char *other = g_key_file_get_value (b, group, keys[i], NULL);

      if (g_strcmp0 (value, other) != 0)
        return FALSE;
    }
  return TRUE;
}

/* --- parts --------------------------------------------------------------------- */

/* Classes of a NULL-terminated registry begin with their id. */
static gboolean
refuse_id (const char               *group,
           const char               *key,
           const char               *id,
           const char *const *const *classes,
           GError                  **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (gsize i = 0; classes[i] != NULL; i++)
    g_ptr_array_add (ids, (gpointer) *classes[i]);
  g_ptr_array_add (ids, NULL);
  return eng_settings_refuse_id (group, key, id != NULL ? id : "",
                                 (const char *const *) ids->pdata, error);
}

/* Own data are a file, which is not looked at again for each edit of something else: it may be
 * gone by now, or slow to reach. */
static double
find_dimension (EngSpec *self, EngSpec *like, GError **error)
{
  if (self->problem_class->dimension == NULL)
    return eng_settings_get_double (self->problem, "d");
  if (like != NULL && like->d > 0
      && same_group (self->key_file, like->key_file, "problem"))
    return like->d;
  return (double) self->problem_class->dimension (self->problem, error);
}

static gboolean
parse_problem (EngSpec *self, EngSpec *like, GError **dimension_error, GError **error)
{
  g_autofree char *id = g_key_file_get_string (self->key_file, "problem", "kind", NULL);

  if (id != NULL)
    self->problem_class = eng_registry_find_problem (g_strstrip (id));
  if (self->problem_class == NULL)
    return refuse_id ("problem", "kind", id,
                      (const char *const *const *) eng_registry_get_problems (), error);
  self->problem = eng_settings_new (self->key_file, "problem",
                                    self->problem_class->tables, 0, error);
  if (self->problem == NULL)
    return FALSE;
  if (self->problem_class->check != NULL
      && !self->problem_class->check (self->problem, error))
    return FALSE;
  /* A table that cannot be read matters here only if something is written with d. */
  self->d = find_dimension (self, like, dimension_error);
  return TRUE;
}

/* Whether the learner can do without training inputs in memory where there are none. */
static gboolean
check_storage (EngSpec               *self,
               const char            *group,
               const EngLearnerClass *klass,
               GError               **error)
{
  if (klass->reads_streamed || !eng_problem_is_streamed (self->problem))
    return TRUE;
  return eng_error_refuse (error, group, "learner",
                           _ ("%s needs problem.storage = memory"), klass->id);
}

static gboolean
has_label (EngSpec *self, guint run)
{
  const char *label = eng_settings_get_text (self->runs[run], "label");

  return label != NULL && *label != '\0';
}

/* Tells a run without a label from those before that have the same learner and none. */
static void
name_run (EngSpec *self, guint run)
{
  const EngLearnerClass *klass = self->learner_classes[run];
  guint                  n = 1;

  if (has_label (self, run))
    return;
  for (guint other = 0; other < run; other++)
    if (self->learner_classes[other] == klass && !has_label (self, other))
      n++;
  if (n > 1)
    /* Translators: an algorithm, and which of the runs with it: “Kernel Ridge 2”. */
    self->names[run] = g_strdup_printf (C_ ("name of a run", "%s %u"), _ (klass->title),
                                        n);
}

static gboolean
parse_run (EngSpec *self, guint run, GError **error)
{
  g_autofree char *group = g_strdup_printf ("run.%u", run + 1);
  g_autofree char *id = g_key_file_get_string (self->key_file, group, "learner", NULL);
  const EngLearnerClass *klass = NULL;

  if (id != NULL)
    klass = eng_registry_find_learner (g_strstrip (id));
  if (klass == NULL)
    return refuse_id (group, "learner", id,
                      (const char *const *const *) eng_registry_get_learners (), error);
  self->learner_classes[run] = klass;
  self->runs[run] = eng_settings_new (self->key_file, group, klass->tables, self->d,
                                      error);
  if (self->runs[run] == NULL || !check_storage (self, group, klass, error))
    return FALSE;
  name_run (self, run);
  if (klass->check == NULL || klass->check (self, self->runs[run], error))
    return TRUE;
  g_prefix_error (error, "%s: ", group);
  return FALSE;
}

static gboolean
parse_runs (EngSpec *self, GError **error)
{
  while (self->n_runs < ENG_SPEC_MAX_RUNS)
    {
      g_autofree char *group = g_strdup_printf ("run.%u", self->n_runs + 1);

      if (!g_key_file_has_group (self->key_file, group))
        break;
      if (!parse_run (self, self->n_runs, error))
        return FALSE;
      self->n_runs++;
    }
  for (guint i = self->n_runs; i < ENG_SPEC_MAX_RUNS; i++)
    {
      g_autofree char *group = g_strdup_printf ("run.%u", i + 1);

      if (self->n_runs == 0 || g_key_file_has_group (self->key_file, group))
        {
          g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                       _ ("runs must be numbered from 1 without gaps: [run.%u] is "
                          "missing"),
                       self->n_runs + 1);
          return FALSE;
        }
    }
  return TRUE;
}

/* --- construction -------------------------------------------------------------- */

/* Some releases of GLib keep the empty line before a group that was removed, others do not. */
static char *
dup_text (GKeyFile *key_file)
{
  g_autofree char *text = g_key_file_to_data (key_file, NULL, NULL);

  return g_strconcat (g_strchomp (text), "\n", NULL);
}

static char *
dup_start (GKeyFile *key_file)
{
  g_autoptr (GKeyFile) start = eng_spec_copy_key_file (key_file);

  eng_spec_remove_words (start);
  return dup_text (start);
}

static gboolean
parse (EngSpec *self, EngSpec *like, GArray *changes, GError **error)
{
  g_autoptr (GError) dimension_error = NULL;

  self->experiment = eng_settings_new (self->key_file, "experiment", experiment_tables, 0,
                                       error);
  if (self->experiment == NULL || !parse_problem (self, like, &dimension_error, error))
    return FALSE;
  self->observe = eng_settings_new (self->key_file, "observe",
                                    eng_registry_get_observe_tables (), self->d, error);
  if (self->observe == NULL)
    return FALSE;
  if (parse_runs (self, error) && eng_spec_take_changes (self, like, changes, error))
    return TRUE;
  if (dimension_error != NULL)
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&dimension_error));
    }
  return FALSE;
}

/* `key_file` (transfer full) has no changes. */
static EngSpec *
spec_new (GKeyFile *key_file, EngSpec *like, GArray *changes, GError **error)
{
  g_autoptr (EngSpec) self = g_new0 (EngSpec, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->changes = eng_changes_new ();
  self->key_file = key_file;
  self->text = dup_text (key_file);
  self->start = dup_start (key_file);
  return parse (self, like, changes, error) ? g_steal_pointer (&self) : NULL;
}

EngSpec *
eng_spec_derive (EngSpec *like, GKeyFile *key_file, GArray *changes, GError **error)
{
  if (!check_version (key_file, error) || !check_groups (key_file, error))
    return NULL;
  return spec_new (eng_spec_copy_key_file (key_file), like, changes, error);
}

EngSpec *
eng_spec_new_from_key_file (GKeyFile *key_file, GError **error)
{
  g_autoptr (GKeyFile) copy = eng_spec_copy_key_file (key_file);
  g_autoptr (GArray)   changes = eng_changes_new ();

  if (!check_version (copy, error) || !check_groups (copy, error)
      || !eng_changes_read (changes, copy, error))
    return NULL;
  return spec_new (g_steal_pointer (&copy), NULL, changes, error);
}
