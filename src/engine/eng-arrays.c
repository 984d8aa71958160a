/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing .npy files. */
#include "config.h"

#include "eng-arrays.h"
#include "eng-error.h"
#include "eng-file.h"
#include "eng-spec.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What GByteArray holds, less a header. */
#define MAX_BYTES (G_MAXUINT - 4096)
#define ALIGNMENT 64

/* What an array is made of. */
typedef struct
{
  const char *descr;
  gsize       size;
} Kind;

/* Every NAME that may follow an owner, of a teacher or a run. */
static const char *const owned_names[] = {
  "a",
  "a-init",
  "atom-weights",
  "atoms",
  "b",
  "basis",
  "beta",
  "c",
  "components",
  "constant",
  "cubic-directions",
  "cubic-weights",
  "dense-direction",
  "dense-weight",
  "directions",
  "form",
  "form-constant",
  "form-scale",
  "intercept",
  "linear",
  "mixtures",
  "powers",
  "scale",
  "v",
  "v-bias",
  "v-init",
  "w",
  "w-init",
  "w-minus",
  "w-plus",
  "w0",
  "weights",
  NULL,
};
/* Those without an owner. */
static const char *const shared_names[] = { "x-train", "y-train", "x-test", "y-test",
                                            NULL };

static const Kind single = { "<f4", sizeof (float) };
static const Kind twice = { "<f8", sizeof (double) };

void
eng_arrays_init (EngArrays *self, GFile *folder)
{
  *self = (EngArrays){ .folder = folder };
}

void
eng_arrays_set_owner (EngArrays *self, const char *owner)
{
  g_free (self->owner);
  self->owner = g_strdup (owner);
}

/* Magic, version, header length, a dictionary padded to 64 bytes. */
static void
append_header (GByteArray *bytes, const Kind *kind, const char *shape)
{
  g_autoptr (GString) header = g_string_new (NULL);
  guint8              prefix[10] = { 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 0, 0 };

  g_string_append_printf (header,
                          "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }",
                          kind->descr, shape);
  while ((sizeof prefix + header->len + 1) % ALIGNMENT != 0)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');
  prefix[8] = header->len & 0xff;
  prefix[9] = header->len >> 8;
  g_byte_array_append (bytes, prefix, sizeof prefix);
  g_byte_array_append (bytes, (const guint8 *) header->str, (guint) header->len);
}

static void
write_array (EngArrays  *self,
             const char *name,
             const Kind *kind,
             const char *shape,
             gsize       n,
             const void *values)
{
  g_autofree char       *file_name = self->owner != NULL
                                         ? g_strconcat (self->owner, "-", name, ".npy", NULL)
                                         : g_strconcat (name, ".npy", NULL);
  g_autoptr (GFile)      file = g_file_get_child (self->folder, file_name);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_assert (g_strv_contains (self->owner != NULL ? owned_names : shared_names, name));
  if (self->error != NULL)
    return;
  if (n > MAX_BYTES / kind->size)
    {
      g_set_error (&self->error, ENG_ERROR, ENG_ERROR_TOO_LARGE,
                   _ ("%s: too many numbers, %zu; an array file has at most %u"),
                   file_name, n, (guint) (MAX_BYTES / kind->size));
      return;
    }
  append_header (bytes, kind, shape);
  if (n > 0)
    g_byte_array_append (bytes, values, (guint) (n * kind->size));
  (void) eng_file_write (file, bytes->data, bytes->len, &self->error);
}

static void
write_matrix (EngArrays  *self,
              const char *name,
              const Kind *kind,
              gsize       rows,
              gsize       cols,
              const void *values)
{
  g_autofree char *shape = g_strdup_printf ("%zu, %zu", rows, cols);

  write_array (self, name, kind, shape, rows * cols, values);
}

static void
write_vector (EngArrays  *self,
              const char *name,
              const Kind *kind,
              gsize       n,
              const void *values)
{
  g_autofree char *shape = g_strdup_printf ("%zu,", n);

  write_array (self, name, kind, shape, n, values);
}

void
eng_arrays_add_mat (EngArrays *self, const char *name, const EngMat *values)
{
  write_matrix (self, name, &twice, values->rows, values->cols, values->data);
}

void
eng_arrays_add_matf (EngArrays *self, const char *name, const EngMatF *values)
{
  write_matrix (self, name, &single, values->rows, values->cols, values->data);
}

void
eng_arrays_add (EngArrays *self, const char *name, gsize n, const double *values)
{
  write_vector (self, name, &twice, n, values);
}

void
eng_arrays_add_floats (EngArrays *self, const char *name, gsize n, const float *values)
{
  write_vector (self, name, &single, n, values);
}

static void
list_owned (GPtrArray *names, const char *owner)
{
  for (gsize i = 0; owned_names[i] != NULL; i++)
    g_ptr_array_add (names, g_strconcat (owner, "-", owned_names[i], ".npy", NULL));
}

void
eng_arrays_list_files (GPtrArray *names)
{
  for (gsize i = 0; shared_names[i] != NULL; i++)
    g_ptr_array_add (names, g_strconcat (shared_names[i], ".npy", NULL));
  list_owned (names, "teacher");
  for (guint run = 1; run <= ENG_SPEC_MAX_RUNS; run++)
    {
      g_autofree char *owner = g_strdup_printf ("run%u", run);

      list_owned (names, owner);
    }
}

gboolean
eng_arrays_finish (EngArrays *self, GError **error)
{
  g_clear_pointer (&self->owner, g_free);
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}
