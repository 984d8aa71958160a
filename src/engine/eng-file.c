/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole files, atomically. */
#include "config.h"

#include "eng-error.h"
#include "eng-file.h"

#include <glib/gi18n-lib.h>

/* g_file_replace_contents () will not do: after a failed write it closes the stream, and
 * closing is what puts the half file in the place of the old one.  A cancelled close drops
 * it. */
static gboolean
replace (GFile *file, const void *data, gsize length, GError **error)
{
  g_autoptr (GCancellable)      give_up = g_cancellable_new ();
  g_autoptr (GFileOutputStream) stream = g_file_replace (file, NULL, FALSE,
                                                         G_FILE_CREATE_NONE, NULL, error);

  if (stream == NULL)
    return FALSE;
  if (g_output_stream_write_all (G_OUTPUT_STREAM (stream), data, length, NULL, NULL,
                                 error))
    return g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
  g_cancellable_cancel (give_up);
  (void) g_output_stream_close (G_OUTPUT_STREAM (stream), give_up, NULL);
  return FALSE;
}

gboolean
eng_file_write (GFile *file, const void *data, gsize length, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char   *name = NULL;

  if (replace (file, data, length, &local))
    return TRUE;
  name = g_file_get_parse_name (file);
  g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” could not be written: %s"), name,
               local->message);
  return FALSE;
}
