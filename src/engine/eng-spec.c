/* SPDX-License-Identifier: GPL-3.0-or-later
 * One experiment: its life, its files, what it says. */
#include "config.h"

#include "eng-error.h"
#include "eng-figure.h"
#include "eng-registry.h"
#include "eng-spec-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Files are read in pieces of this size: most are far smaller than what is allowed. */
#define READ_BYTES (256 * 1024)
/* Characters of a line that is quoted. */
#define MAX_QUOTED 40

G_DEFINE_BOXED_TYPE (EngSpec, eng_spec, eng_spec_ref, eng_spec_unref)

EngSpec *
eng_spec_ref (EngSpec *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
eng_spec_unref (EngSpec *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->key_file, g_key_file_unref);
  g_clear_pointer (&self->experiment, eng_settings_free);
  g_clear_pointer (&self->problem, eng_settings_free);
  g_clear_pointer (&self->observe, eng_settings_free);
  for (guint i = 0; i < ENG_SPEC_MAX_RUNS; i++)
    {
      g_clear_pointer (&self->runs[i], eng_settings_free);
      g_free (self->names[i]);
    }
  g_clear_pointer (&self->changes, g_array_unref);
  g_free (self->text);
  g_free (self->start);
  g_free (self);
}

/* Whether GKeyFile takes the line. */
static gboolean
is_known_line (const char *line)
{
  const char *end = strchr (line, ']');

  if (*line == '\0' || *line == '#')
    return TRUE;
  return *line == '[' ? end != NULL && end[1] == '\0' : strchr (line, '=') > line;
}

/* GKeyFile's own messages name neither the line nor what is expected. */
static void
refuse_text (const char *text, const char *reason, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    if (!is_known_line (g_strstrip (lines[i])))
      {
        g_autofree char *line = g_utf8_substring (
            lines[i], 0, MIN (g_utf8_strlen (lines[i], -1), MAX_QUOTED));

        /* Translators: [experiment], KEY and VALUE are what such a file holds. */
        g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                     _ ("this is not an experiment file, which begins with [experiment] "
                        "and has lines KEY=VALUE; line %zu is “%s”"),
                     i + 1, line);
        return;
      }
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               _ ("this is not an experiment file: %s"), reason);
}

static GKeyFile *
key_file_from_text (const char *text, gsize length, GError **error)
{
  g_autoptr (GKeyFile) key_file = g_key_file_new ();
  g_autoptr (GError)   local = NULL;

  if (length > ENG_SPEC_MAX_BYTES)
    {
      g_set_error (
          error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
          g_dngettext (GETTEXT_PACKAGE,
                       "an experiment file has at most %d byte, this one has %zu",
                       "an experiment file has at most %d bytes, this one has %zu",
                       ENG_SPEC_MAX_BYTES),
          ENG_SPEC_MAX_BYTES, length);
      return NULL;
    }
  if ((length > 0 && memchr (text, '\0', length) != NULL)
      || !g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("this is not an experiment file: it is not UTF-8 text"));
      return NULL;
    }
  if (!g_key_file_load_from_data (key_file, text, length, G_KEY_FILE_NONE, &local))
    {
      g_autofree char *copy = g_strndup (text, length);

      refuse_text (copy, local->message, error);
      return NULL;
    }
  return g_steal_pointer (&key_file);
}

EngSpec *
eng_spec_new_from_text (const char *text, gssize length, GError **error)
{
  g_autoptr (GKeyFile) key_file = NULL;

  key_file = key_file_from_text (text, length < 0 ? strlen (text) : (gsize) length,
                                 error);
  return key_file != NULL ? eng_spec_new_from_key_file (key_file, error) : NULL;
}

/* Own data are named relative to the experiment's folder; from here on absolutely, so
 * that saving elsewhere keeps the meaning. */
static void
anchor_data_file (GKeyFile *key_file, GFile *file)
{
  g_autofree char  *data = g_key_file_get_string (key_file, "problem", "file", NULL);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char  *path = NULL;

  if (data == NULL || *data == '\0' || g_path_is_absolute (data) || folder == NULL)
    return;
  path = g_file_get_path (folder);
  if (path != NULL)
    {
      g_autofree char *absolute = g_canonicalize_filename (data, path);

      g_key_file_set_string (key_file, "problem", "file", absolute);
    }
}

/* Appends up to one byte more than `limit`, so that more is noticed. */
static gboolean
read_up_to (GInputStream *stream, GByteArray *bytes, gsize limit, GError **error)
{
  gsize read = 0, wanted;

  do
    {
      guint before = bytes->len;

      wanted = MIN (limit + 1 - before, READ_BYTES);
      g_byte_array_set_size (bytes, before + (guint) wanted);
      if (!g_input_stream_read_all (stream, bytes->data + before, wanted, &read, NULL,
                                    error))
        return FALSE;
      g_byte_array_set_size (bytes, before + (guint) read);
    }
  while (read == wanted && bytes->len <= limit);
  return TRUE;
}

/* Figures may be larger than experiment files. */
static gboolean
read_bounded (GFile *file, GByteArray *bytes, gboolean *is_figure, GError **error)
{
  g_autoptr (GFileInputStream) file_stream = g_file_read (file, NULL, error);
  GInputStream                *stream = G_INPUT_STREAM (file_stream);

  if (stream == NULL || !read_up_to (stream, bytes, ENG_SPEC_MAX_BYTES, error))
    return FALSE;
  *is_figure = eng_figure_guess ((const char *) bytes->data, bytes->len)
               != ENG_FIGURE_NONE;
  return !*is_figure || bytes->len <= ENG_SPEC_MAX_BYTES
         || read_up_to (stream, bytes, ENG_FIGURE_MAX_BYTES, error);
}

static GKeyFile *
key_file_from_figure (const GByteArray *bytes, GError **error)
{
  g_autofree char *text = NULL;

  if (bytes->len > ENG_FIGURE_MAX_BYTES)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   g_dngettext (GETTEXT_PACKAGE,
                                "a figure has at most %d byte, this file has more",
                                "a figure has at most %d bytes, this file has more",
                                ENG_FIGURE_MAX_BYTES),
                   ENG_FIGURE_MAX_BYTES);
      return NULL;
    }
  text = eng_figure_read_experiment ((const char *) bytes->data, bytes->len, error);
  return text != NULL ? key_file_from_text (text, strlen (text), error) : NULL;
}

GKeyFile *
eng_spec_load_key_file (GFile *file, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError)     local = NULL;
  g_autofree char       *name = g_file_get_parse_name (file);
  gboolean               is_figure = FALSE;
  GKeyFile              *key_file;

  if (!read_bounded (file, bytes, &is_figure, &local))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” could not be read: %s"), name,
                   local->message);
      return NULL;
    }
  if (is_figure)
    key_file = key_file_from_figure (bytes, error);
  else
    key_file = key_file_from_text ((const char *) bytes->data, bytes->len, error);
  if (key_file == NULL)
    g_prefix_error (error, "%s: ", name);
  else
    anchor_data_file (key_file, file);
  return key_file;
}

EngSpec *
eng_spec_load (GFile *file, GError **error)
{
  g_autoptr (GKeyFile) key_file = eng_spec_load_key_file (file, error);
  EngSpec             *self;

  if (key_file == NULL)
    return NULL;
  self = eng_spec_new_from_key_file (key_file, error);
  if (self == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (file);

      g_prefix_error (error, "%s: ", name);
    }
  return self;
}

/* --- reading ------------------------------------------------------------------- */

const char *
eng_spec_get_name (EngSpec *self)
{
  return eng_settings_get_text (self->experiment, "name");
}

const char *
eng_spec_get_title (EngSpec *self)
{
  return eng_settings_get_text (self->experiment, "title");
}

const char *
eng_spec_get_description (EngSpec *self)
{
  return eng_settings_get_text (self->experiment, "description");
}

const EngProblemClass *
eng_spec_get_problem_class (EngSpec *self)
{
  return self->problem_class;
}

const EngSettings *
eng_spec_get_problem (EngSpec *self)
{
  return self->problem;
}

const EngSettings *
eng_spec_get_observe (EngSpec *self)
{
  return self->observe;
}

guint
eng_spec_get_n_runs (EngSpec *self)
{
  return self->n_runs;
}

const EngLearnerClass *
eng_spec_get_learner_class (EngSpec *self, guint run)
{
  g_return_val_if_fail (run < ENG_SPEC_MAX_RUNS, NULL);
  return self->learner_classes[run];
}

const EngSettings *
eng_spec_get_run (EngSpec *self, guint run)
{
  g_return_val_if_fail (run < ENG_SPEC_MAX_RUNS, NULL);
  return self->runs[run];
}

const char *
eng_spec_get_run_label (EngSpec *self, guint run)
{
  const char *label;

  g_return_val_if_fail (run < self->n_runs, NULL);
  label = eng_settings_get_text (self->runs[run], "label");
  if (label != NULL && *label != '\0')
    return label;
  return self->names[run] != NULL ? self->names[run] : self->learner_classes[run]->title;
}

guint64
eng_spec_get_seed (EngSpec *self)
{
  return (guint64) eng_settings_get_int (self->problem, "seed");
}

guint64
eng_spec_get_run_seed (EngSpec *self, guint run)
{
  g_return_val_if_fail (run < self->n_runs, 0);
  return eng_settings_has (self->runs[run], "seed")
             ? (guint64) eng_settings_get_int (self->runs[run], "seed")
             : eng_spec_get_seed (self);
}

guint64
eng_spec_get_max_steps (EngSpec *self)
{
  guint64 longest = 0;

  for (guint i = 0; i < self->n_runs; i++)
    longest = MAX (longest, (guint64) eng_settings_get_int (self->runs[i], "steps"));
  return longest;
}

guint
eng_spec_get_n_changes (EngSpec *self)
{
  return self->changes->len;
}

const EngChange *
eng_spec_get_change (EngSpec *self, guint index)
{
  g_return_val_if_fail (index < self->changes->len, NULL);
  return &g_array_index (self->changes, EngChange, index);
}
