/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was changed while the runs were going; and which parts of a spec give the numbers,
 * and which are only words. */
#include "config.h"

#include "eng-spec-private.h"

#include <string.h>

static const char *const word_keys[] = { "name", "title", "description" };

void
eng_spec_remove_changes (GKeyFile *key_file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (key_file, NULL);

  for (gsize i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], "change."))
      g_key_file_remove_group (key_file, groups[i], NULL);
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

/* Fewer or other words cannot make a valid spec invalid. */
static EngSpec *
make_valid (GKeyFile *key_file)
{
  EngSpec *spec = eng_spec_new_from_key_file (key_file, NULL);

  g_assert (spec != NULL);
  return spec;
}

gboolean
eng_change_replaces (const EngChange *a, const EngChange *b)
{
  return a->step == b->step && a->run == b->run && strcmp (a->key, b->key) == 0;
}

EngSpec *
eng_spec_with_change (EngSpec *self, const EngChange *change, GError **error)
{
  g_autoptr (GKeyFile) key_file = eng_spec_copy_key_file (self->key_file);
  guint                number = 1, i = 0;

  eng_spec_remove_changes (key_file);
  for (; i < self->changes->len && eng_spec_get_change (self, i)->step <= change->step;
       i++)
    if (!eng_change_replaces (change, eng_spec_get_change (self, i)))
      write_change (key_file, number++, eng_spec_get_change (self, i));
  write_change (key_file, number++, change);
  for (; i < self->changes->len; i++)
    write_change (key_file, number++, eng_spec_get_change (self, i));
  return eng_spec_new_from_key_file (key_file, error);
}

EngSpec *
eng_spec_with_changes_of (EngSpec *self, EngSpec *other)
{
  g_autoptr (GKeyFile) key_file = eng_spec_copy_key_file (self->key_file);

  g_return_val_if_fail (eng_spec_same_start (self, other), NULL);
  eng_spec_remove_changes (key_file);
  for (guint i = 0; i < other->changes->len; i++)
    write_change (key_file, i + 1, eng_spec_get_change (other, i));
  return make_valid (key_file);
}

EngSpec *
eng_spec_without_changes (EngSpec *self)
{
  g_autoptr (GKeyFile) key_file = eng_spec_copy_key_file (self->key_file);

  eng_spec_remove_changes (key_file);
  return make_valid (key_file);
}

EngSpec *
eng_spec_at_step (EngSpec *self, guint64 step)
{
  g_autoptr (GKeyFile) key_file = NULL;
  EngSpec             *spec;
  guint                i = 0;

  if (self->changes->len == 0)
    return eng_spec_ref (self);
  key_file = eng_spec_copy_key_file (self->key_file);
  eng_spec_remove_changes (key_file);
  for (; i < self->changes->len && eng_spec_get_change (self, i)->step <= step; i++)
    {
      const EngChange *change = eng_spec_get_change (self, i);
      g_autofree char *group = g_strdup_printf ("run.%u", change->run + 1);

      g_key_file_set_string (key_file, group, change->key, change->value);
      if (strcmp (change->key, "rate") == 0)
        g_key_file_remove_key (key_file, group, "step-size", NULL);
    }
  for (guint number = 1; i < self->changes->len; i++)
    write_change (key_file, number++, eng_spec_get_change (self, i));
  spec = eng_spec_new_from_key_file (key_file, NULL);
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
copy_words (GKeyFile *from, GKeyFile *to, guint n_runs)
{
  for (gsize i = 0; i < G_N_ELEMENTS (word_keys); i++)
    copy_word (from, to, "experiment", word_keys[i]);
  for (guint i = 0; i < n_runs; i++)
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
  copy_words (other->key_file, key_file, self->n_runs);
  return make_valid (key_file);
}

static char *
dup_start (EngSpec *self)
{
  g_autoptr (GKeyFile) key_file = eng_spec_copy_key_file (self->key_file);

  eng_spec_remove_changes (key_file);
  copy_words (NULL, key_file, self->n_runs);
  return g_key_file_to_data (key_file, NULL, NULL);
}

gboolean
eng_spec_same_start (EngSpec *a, EngSpec *b)
{
  g_autofree char *left = NULL, *right = NULL;

  if (a == b)
    return TRUE;
  left = dup_start (a);
  right = dup_start (b);
  return strcmp (left, right) == 0;
}

gboolean
eng_change_equal (const EngChange *a, const EngChange *b)
{
  return eng_change_replaces (a, b) && strcmp (a->value, b->value) == 0;
}

gboolean
eng_spec_same_numbers (EngSpec *a, EngSpec *b)
{
  if (a == b)
    return TRUE;
  if (a->changes->len != b->changes->len)
    return FALSE;
  for (guint i = 0; i < a->changes->len; i++)
    if (!eng_change_equal (eng_spec_get_change (a, i), eng_spec_get_change (b, i)))
      return FALSE;
  return eng_spec_same_start (a, b);
}
