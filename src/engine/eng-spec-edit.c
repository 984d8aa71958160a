/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing specs, and the edits that make a new spec from an old one. */
#include "config.h"

#include "eng-error.h"
#include "eng-file.h"
#include "eng-registry.h"
#include "eng-spec-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- key files ----------------------------------------------------------------- */

static void
copy_group (GKeyFile *from, const char *group, GKeyFile *to, const char *as)
{
  g_auto (GStrv) keys = g_key_file_get_keys (from, group, NULL, NULL);

  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *raw = g_key_file_get_value (from, group, keys[i], NULL);

      if (raw != NULL)
        g_key_file_set_value (to, as, keys[i], raw);
    }
}

/* Groups in the order of the documentation, whatever order the file had. */
GKeyFile *
eng_spec_copy_key_file (GKeyFile *key_file)
{
  static const char *const first[] = { "experiment", "problem", "observe", "run.1",
                                       "run.2",      "run.3",   "run.4" };
  GKeyFile                *copy = g_key_file_new ();
  g_auto (GStrv)           groups = g_key_file_get_groups (key_file, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    copy_group (key_file, first[i], copy, first[i]);
  for (gsize i = 0; groups[i] != NULL; i++)
    if (!g_key_file_has_group (copy, groups[i]))
      copy_group (key_file, groups[i], copy, groups[i]);
  /* A group that only names a run keeps its place although it has no key. */
  for (gsize i = 0; groups[i] != NULL; i++)
    if (!g_key_file_has_group (copy, groups[i]))
      {
        g_key_file_set_value (copy, groups[i], "x", "");
        g_key_file_remove_key (copy, groups[i], "x", NULL);
      }
  return copy;
}

char *
eng_spec_to_text (EngSpec *self)
{
  g_autoptr (GKeyFile) key_file = NULL;

  if (self->changes->len == 0)
    return g_strdup (self->text);
  key_file = eng_spec_copy_key_file (self->key_file);
  eng_changes_write (self->changes, key_file);
  return g_key_file_to_data (key_file, NULL, NULL);
}

gboolean
eng_spec_save (EngSpec *self, GFile *file, GError **error)
{
  g_autofree char *text = eng_spec_to_text (self);

  return eng_file_write (file, text, strlen (text), error);
}

/* --- edits --------------------------------------------------------------------- */

static const EngParam *const *
tables_for (const char *group, const char *id)
{
  if (strcmp (group, "problem") == 0)
    {
      const EngProblemClass *klass = eng_registry_find_problem (id);

      return klass != NULL ? klass->tables : NULL;
    }
  else
    {
      const EngLearnerClass *klass = eng_registry_find_learner (id);

      return klass != NULL ? klass->tables : NULL;
    }
}

/* After the algorithm of a group changed, its other keys make sense only where the new
 * tables have them. */
static void
drop_foreign_keys (GKeyFile *key_file, const char *group, const char *id)
{
  const EngParam *const *tables = tables_for (group, id);
  g_auto (GStrv)         keys = g_key_file_get_keys (key_file, group, NULL, NULL);

  for (gsize i = 0; tables != NULL && keys != NULL && keys[i] != NULL; i++)
    if (eng_param_find (tables, keys[i]) == NULL)
      g_key_file_remove_key (key_file, group, keys[i], NULL);
}

static void
set_value (GKeyFile *key_file, const char *group, const char *key, const char *value)
{
  if (value == NULL)
    {
      g_key_file_remove_key (key_file, group, key, NULL);
      return;
    }
  g_key_file_set_string (key_file, group, key, value);
  if (strcmp (key, "kind") == 0 || strcmp (key, "learner") == 0)
    drop_foreign_keys (key_file, group, value);
}

EngSpec *
eng_spec_with_value (EngSpec    *self,
                     const char *group,
                     const char *key,
                     const char *value,
                     GError    **error)
{
  g_autoptr (GKeyFile) key_file = eng_spec_copy_key_file (self->key_file);

  if (strcmp (group, "run.*") != 0)
    set_value (key_file, group, key, value);
  for (guint i = 0; i < self->n_runs && strcmp (group, "run.*") == 0; i++)
    {
      g_autofree char *run = g_strdup_printf ("run.%u", i + 1);

      set_value (key_file, run, key, value);
    }
  return eng_spec_derive (self, key_file, self->changes, error);
}

EngSpec *
eng_spec_with_run (EngSpec *self, guint like, const char *learner, GError **error)
{
  g_autoptr (GKeyFile) key_file = eng_spec_copy_key_file (self->key_file);
  g_autofree char     *from = g_strdup_printf ("run.%u", like + 1);
  g_autofree char     *to = g_strdup_printf ("run.%u", self->n_runs + 1);

  g_return_val_if_fail (like < self->n_runs, NULL);
  if (self->n_runs == ENG_SPEC_MAX_RUNS)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   g_dngettext (GETTEXT_PACKAGE, "an experiment has at most %d run",
                                "an experiment has at most %d runs", ENG_SPEC_MAX_RUNS),
                   ENG_SPEC_MAX_RUNS);
      return NULL;
    }
  copy_group (self->key_file, from, key_file, to);
  /* These were chosen for that very run. */
  g_key_file_remove_key (key_file, to, "label", NULL);
  g_key_file_remove_key (key_file, to, "rate", NULL);
  g_key_file_remove_key (key_file, to, "step-size", NULL);
  set_value (key_file, to, "learner", learner);
  return eng_spec_derive (self, key_file, self->changes, error);
}

EngSpec *
eng_spec_without_run (EngSpec *self, guint run, GError **error)
{
  g_autoptr (GKeyFile) key_file = eng_spec_copy_key_file (self->key_file);
  g_autofree char     *last = g_strdup_printf ("run.%u", self->n_runs);
  g_autoptr (GArray)   none = eng_changes_new ();

  g_return_val_if_fail (run < self->n_runs, NULL);
  for (guint i = run; i + 1 < self->n_runs; i++)
    {
      g_autofree char *from = g_strdup_printf ("run.%u", i + 2);
      g_autofree char *to = g_strdup_printf ("run.%u", i + 1);

      g_key_file_remove_group (key_file, to, NULL);
      copy_group (self->key_file, from, key_file, to);
    }
  g_key_file_remove_group (key_file, last, NULL);
  /* Changes name runs by number, and the numbers have moved. */
  return eng_spec_derive (self, key_file, none, error);
}
