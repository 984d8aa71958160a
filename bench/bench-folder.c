/* SPDX-License-Identifier: GPL-3.0-or-later
 * Data for peers. */
#include "bench-folder.h"

#include "eng-export.h"

#include <glib/gstdio.h>
#include <stdio.h>

char *
bench_folder_new (EngExperiment *experiment, GError **error)
{
  g_autofree char  *folder = g_dir_make_tmp ("escapement-bench-XXXXXX", error);
  g_autoptr (GFile) file = NULL;

  if (folder == NULL)
    return NULL;
  file = g_file_new_for_path (folder);
  if (!eng_export_arrays (experiment, file, error))
    {
      bench_folder_remove (g_steal_pointer (&folder));
      return NULL;
    }
  return g_steal_pointer (&folder);
}

/* Of any size, hence not through memory as the exports go. */
gboolean
bench_folder_add (const char    *folder,
                  const char    *name,
                  const EngMatF *data,
                  GError       **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.npy", folder, name);
  g_autofree char *shape = g_strdup_printf (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (%zu, %zu), }", data->rows,
      data->cols);
  FILE    *file = fopen (path, "wb");
  gboolean is_written;

  if (file == NULL)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot write %s", path);
      return FALSE;
    }
  fprintf (file, "\x93NUMPY%c%c%c%c%-117s\n", 1, 0, 118, 0, shape);
  fwrite (data->data, sizeof (float), data->rows * data->cols, file);
  is_written = !ferror (file);
  if (fclose (file) == 0 && is_written)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "cannot write all of %s", path);
  return FALSE;
}

void
bench_folder_remove (char *folder)
{
  g_autoptr (GDir) dir = NULL;
  const char      *name;

  if (folder == NULL)
    return;
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}
