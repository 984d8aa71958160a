/* SPDX-License-Identifier: GPL-3.0-or-later
 * Temporary folders. */
#include "bench-folder.h"

#include "eng-export.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The folder of this process, for a signal; empty: none. */
static char guarded[256] = "";

/* Only what may be called in a handler: a shell takes the place of this process. */
static void
remove_and_end (int number)
{
  execl ("/bin/sh", "sh", "-c", "rm -rf -- \"$1\"; exit \"$2\"", "sh", guarded,
         number == SIGINT ? "130" : "143", NULL);
  _exit (1);
}

void
bench_folder_guard (void)
{
  struct sigaction action = { .sa_handler = remove_and_end };

  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}

static void
stop_guarding (void)
{
  signal (SIGINT, SIG_DFL);
  signal (SIGTERM, SIG_DFL);
  guarded[0] = '\0';
}

char *
bench_folder_make (GError **error)
{
  char *folder = g_dir_make_tmp ("escapement-bench-XXXXXX", error);

  if (folder == NULL)
    return NULL;
  g_assert (guarded[0] == '\0' && strlen (folder) < sizeof guarded);
  g_strlcpy (guarded, folder, sizeof guarded);
  bench_folder_guard ();
  return folder;
}

char *
bench_folder_new (EngExperiment *experiment, GError **error)
{
  g_autofree char  *folder = bench_folder_make (error);
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

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

void
bench_folder_remove (char *folder)
{
  if (folder == NULL)
    return;
  remove_tree (folder);
  stop_guarding ();
  g_free (folder);
}
