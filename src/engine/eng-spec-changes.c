/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was changed while the runs were going; and which parts of a spec give the numbers,
 * and which are only words. */
#include "config.h"

#include "eng-error.h"
#include "eng-learner.h"
#include "eng-settings-private.h"
#include "eng-spec-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const word_keys[] = { "name", "title", "description" };

/* --- lists of changes -------------------------------------------------------------- */

static void
clear_change (gpointer data)
{
  EngChange *change = data;

  g_free (change->key);
  g_free (change->value);
}

GArray *
eng_changes_new (void)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (EngChange));

  g_array_set_clear_func (changes, clear_change);
  return changes;
}

void
eng_changes_add (GArray *changes, const EngChange *change)
{
  EngChange copy = { change->step, change->run, g_strdup (change->key),
                     g_strdup (change->value) };

  g_array_append_val (changes, copy);
}

static void
write_change (GKeyFile *key_file, guint number, const EngChange *change)
{
  g_autofree char *group = g_strdup_printf ("change.%u", number);

  g_key_file_set_uint64 (key_file, group, "step", change->step);
  g_key_file_set_uint64 (key_file, group, "run", change->run + 1);
  g_key_file_set_string (key_file, group, "key", change->key);
  g_key_file_set_string (key_file, group, "value", change->value);
}

void
eng_changes_write (GArray *changes, GKeyFile *key_file)
{
  for (guint i = 0; i < changes->len; i++)
    write_change (key_file, i + 1, &g_array_index (changes, EngChange, i));
}

gboolean
eng_change_replaces (const EngChange *a, const EngChange *b)
{
  return a->step == b->step && a->run == b->run && strcmp (a->key, b->key) == 0;
}

gboolean
eng_change_equal (const EngChange *a, const EngChange *b)
{
  return eng_change_replaces (a, b) && strcmp (a->value, b->value) == 0;
}

/* --- reading them ------------------------------------------------------------------- */

static const EngParam change_params[] = {
  { .key = "step", .kind = ENG_PARAM_INT, .min = 0, .max = 1e9, .title = N_ ("Step") },
  { .key = "run",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = ENG_SPEC_MAX_RUNS,
    .title = N_ ("Run") },
  { .key = "key", .kind = ENG_PARAM_TEXT, .title = N_ ("Key") },
  { .key = "value", .kind = ENG_PARAM_TEXT, .title = N_ ("Value") },
  ENG_PARAM_END,
};
static const EngParam *const change_tables[] = { change_params, NULL };

gboolean
eng_changes_read (GArray *changes, GKeyFile *key_file, GError **error)
{
  g_auto (GStrv) groups = NULL;

  for (guint number = 1;; number++)
    {
      g_autofree char        *group = g_strdup_printf ("change.%u", number);
      g_autoptr (EngSettings) settings = NULL;
      EngChange               change;

      if (!g_key_file_has_group (key_file, group))
        break;
      settings = eng_settings_new (key_file, group, change_tables, 0, error);
      if (settings == NULL)
        return FALSE;
      change.step = (guint64) eng_settings_get_int (settings, "step");
      change.run = (guint) eng_settings_get_int (settings, "run") - 1;
      change.key = (char *) eng_settings_get_text (settings, "key");
      change.value = (char *) eng_settings_get_text (settings, "value");
      eng_changes_add (changes, &change);
      g_key_file_remove_group (key_file, group, NULL);
    }
  groups = g_key_file_get_groups (key_file, NULL);
  for (gsize i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], "change."))
      {
        g_set_error (
            error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
            _ ("changes must be numbered from 1 without gaps: [change.%u] is missing"),
            changes->len + 1);
        return FALSE;
      }
  return TRUE;
}

/* The value must be one the run would accept in its own group. */
static gboolean
check_change (EngSpec *self, const EngChange *change, guint number, GError **error)
{
  g_autofree char        *group = g_strdup_printf ("change.%u", number);
  const EngParam         *param;
  g_autoptr (GKeyFile)    probe = g_key_file_new ();
  EngParam                single[] = { ENG_PARAM_END, ENG_PARAM_END };
  const EngParam *const   tables[] = { single, NULL };
  g_autoptr (EngSettings) checked = NULL;

  if (change->run >= self->n_runs)
    {
      return eng_error_refuse (error, group, "run", _ ("must be in [1, %u], got “%u”"),
                               self->n_runs, change->run + 1);
    }
  param = eng_param_find (self->learner_classes[change->run]->tables, change->key);
  if (param == NULL || !(param->flags & ENG_PARAM_LIVE))
    {
      return eng_error_refuse (error, group, "key",
                               _ ("“%.80s” is not one that may change during run %u"),
                               change->key, change->run + 1);
    }
  if (strlen (change->value) > ENG_SPEC_MAX_CHANGE_BYTES)
    return eng_error_refuse (
        error, group, "value",
        g_dngettext (GETTEXT_PACKAGE, "must be text of at most %d byte",
                     "must be text of at most %d bytes", ENG_SPEC_MAX_CHANGE_BYTES),
        ENG_SPEC_MAX_CHANGE_BYTES);
  single[0] = *param;
  g_key_file_set_string (probe, group, param->key, change->value);
  checked = eng_settings_new (probe, group, tables, self->d, error);
  return checked != NULL;
}

static gint
compare_changes (gconstpointer a, gconstpointer b)
{
  const EngChange *left = a, *right = b;

  return (left->step > right->step) - (left->step < right->step);
}

/* Whether `change` was allowed in `like` already; `cursor` only moves on. */
static gboolean
is_known (EngSpec *like, const EngChange *change, guint *cursor)
{
  while (*cursor < like->changes->len
         && eng_spec_get_change (like, *cursor)->step < change->step)
    (*cursor)++;
  for (guint i = *cursor;
       i < like->changes->len && eng_spec_get_change (like, i)->step == change->step; i++)
    if (eng_change_equal (eng_spec_get_change (like, i), change))
      return TRUE;
  return FALSE;
}

/* What is allowed as a change depends on the learners and on d. */
static gboolean
allows_same (EngSpec *self, EngSpec *like)
{
  return like != NULL && self->n_runs == like->n_runs && self->d == like->d
         && memcmp (self->learner_classes, like->learner_classes,
                    sizeof self->learner_classes)
                == 0;
}

gboolean
eng_spec_take_changes (EngSpec *self, EngSpec *like, GArray *changes, GError **error)
{
  gboolean same = allows_same (self, like);
  guint    cursor = 0;

  if (changes->len > ENG_SPEC_MAX_CHANGES)
    {
      g_set_error (
          error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
          g_dngettext (GETTEXT_PACKAGE,
                       "an experiment keeps at most %d change, this would be %u",
                       "an experiment keeps at most %d changes, this would be %u",
                       ENG_SPEC_MAX_CHANGES),
          ENG_SPEC_MAX_CHANGES, changes->len);
      return FALSE;
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const EngChange *change = &g_array_index (changes, EngChange, i);

      if (!(same && is_known (like, change, &cursor))
          && !check_change (self, change, i + 1, error))
        return FALSE;
      eng_changes_add (self->changes, change);
    }
  g_array_sort (self->changes, compare_changes);
  return TRUE;
}

/* --- specs with other changes -------------------------------------------------------- */

/* Fewer or other words cannot make a valid spec invalid. */
static EngSpec *
derive_valid (EngSpec *like, GKeyFile *key_file, GArray *changes)
{
  EngSpec *spec = eng_spec_derive (like, key_file, changes, NULL);

  g_assert (spec != NULL);
  return spec;
}

EngSpec *
eng_spec_with_change (EngSpec *self, const EngChange *change, GError **error)
{
  g_autoptr (GArray) changes = eng_changes_new ();
  guint              i = 0;

  for (; i < self->changes->len && eng_spec_get_change (self, i)->step <= change->step;
       i++)
    if (!eng_change_replaces (change, eng_spec_get_change (self, i)))
      eng_changes_add (changes, eng_spec_get_change (self, i));
  eng_changes_add (changes, change);
  for (; i < self->changes->len; i++)
    eng_changes_add (changes, eng_spec_get_change (self, i));
  return eng_spec_derive (self, self->key_file, changes, error);
}

EngSpec *
eng_spec_with_changes_of (EngSpec *self, EngSpec *other)
{
  g_return_val_if_fail (eng_spec_same_start (self, other), NULL);
  return derive_valid (self, self->key_file, other->changes);
}

EngSpec *
eng_spec_without_change (EngSpec *self, guint index)
{
  g_autoptr (GArray) changes = eng_changes_new ();

  g_return_val_if_fail (index < self->changes->len, NULL);
  for (guint i = 0; i < self->changes->len; i++)
    if (i != index)
      eng_changes_add (changes, eng_spec_get_change (self, i));
  return derive_valid (self, self->key_file, changes);
}

EngSpec *
eng_spec_without_changes (EngSpec *self)
{
  g_autoptr (GArray) none = eng_changes_new ();

  return derive_valid (self, self->key_file, none);
}

EngSpec *
eng_spec_at_step (EngSpec *self, guint64 step)
{
  g_autoptr (GKeyFile) key_file = NULL;
  g_autoptr (GArray)   later = NULL;
  EngSpec             *spec;
  guint                i = 0;

  if (self->changes->len == 0)
    return eng_spec_ref (self);
  key_file = eng_spec_copy_key_file (self->key_file);
  later = eng_changes_new ();
  for (; i < self->changes->len && eng_spec_get_change (self, i)->step <= step; i++)
    {
      const EngChange *change = eng_spec_get_change (self, i);
      g_autofree char *group = g_strdup_printf ("run.%u", change->run + 1);

      g_key_file_set_string (key_file, group, change->key, change->value);
      if (strcmp (change->key, "rate") == 0)
        g_key_file_remove_key (key_file, group, "step-size", NULL);
    }
  for (; i < self->changes->len; i++)
    eng_changes_add (later, eng_spec_get_change (self, i));
  spec = eng_spec_derive (self, key_file, later, NULL);
  return spec != NULL ? spec : eng_spec_ref (self);
}

/* --- words ---------------------------------------------------------------------- */

static void
copy_word (GKeyFile *from, GKeyFile *to, const char *group, const char *key)
{
  g_autofree char *raw = from == NULL ? NULL
                                      : g_key_file_get_value (from, group, key, NULL);

  if (raw != NULL)
    g_key_file_set_value (to, group, key, raw);
  else
    g_key_file_remove_key (to, group, key, NULL);
}

/* `from` NULL: takes them away. */
static void
copy_words (GKeyFile *from, GKeyFile *to)
{
  for (gsize i = 0; i < G_N_ELEMENTS (word_keys); i++)
    copy_word (from, to, "experiment", word_keys[i]);
  for (guint i = 0; i < ENG_SPEC_MAX_RUNS; i++)
    {
      g_autofree char *group = g_strdup_printf ("run.%u", i + 1);

      copy_word (from, to, group, "label");
    }
}

EngSpec *
eng_spec_with_words_of (EngSpec *self, EngSpec *other)
{
  g_autoptr (GKeyFile) key_file = eng_spec_copy_key_file (self->key_file);

  g_return_val_if_fail (self->n_runs == other->n_runs, NULL);
  copy_words (other->key_file, key_file);
  return derive_valid (self, key_file, self->changes);
}

void
eng_spec_remove_words (GKeyFile *key_file)
{
  copy_words (NULL, key_file);
}

gboolean
eng_spec_same_start (EngSpec *a, EngSpec *b)
{
  return a == b || strcmp (a->start, b->start) == 0;
}

static gboolean
same_changes (EngSpec *a, EngSpec *b)
{
  if (a->changes->len != b->changes->len)
    return FALSE;
  for (guint i = 0; i < a->changes->len; i++)
    if (!eng_change_equal (eng_spec_get_change (a, i), eng_spec_get_change (b, i)))
      return FALSE;
  return TRUE;
}

gboolean
eng_spec_same_numbers (EngSpec *a, EngSpec *b)
{
  return a == b || (same_changes (a, b) && eng_spec_same_start (a, b));
}

gboolean
eng_spec_equal (EngSpec *a, EngSpec *b)
{
  return a == b || (strcmp (a->text, b->text) == 0 && same_changes (a, b));
}
