/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where the program's files are. */
#include "config.h"

#include "eng-place.h"

#include <string.h>

/* Of the base directory specification. */
#define DEFAULT_DATA_DIRS "/usr/local/share:/usr/share"

/* What follows `folder` in `path`, beginning with a slash; NULL if it is not below it. */
static const char *
get_below (const char *path, const char *folder)
{
  gsize n = strlen (folder);

  return strncmp (path, folder, n) == 0 && path[n] == '/' ? path + n : NULL;
}

char *
eng_place_move (const char *path,
                const char *prefix,
                const char *programs,
                const char *program)
{
  const char      *below = get_below (path, prefix);
  const char      *programs_below = get_below (programs, prefix);
  g_autofree char *folder = g_path_get_dirname (program);
  g_autofree char *moved = NULL;

  if (below == NULL || programs_below == NULL
      || !g_str_has_suffix (folder, programs_below))
    return g_strdup (path);
  folder[strlen (folder) - strlen (programs_below)] = '\0';
  moved = g_strconcat (folder, below, NULL);
  return g_file_test (moved, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&moved)
                                                 : g_strdup (path);
}

char *
eng_place_find (const char *path)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program == NULL ? g_strdup (path)
                         : eng_place_move (path, ESC_PREFIX, ESC_BINDIR, program);
}

char *
eng_place_find_translations (void)
{
  const char *named = g_getenv ("TEXTDOMAINDIR");

  return named != NULL && named[0] != '\0' ? g_strdup (named)
                                           : eng_place_find (ESC_LOCALEDIR);
}

static gboolean
is_listed (const char *folder, const char *list)
{
  g_auto (GStrv) entries = g_strsplit (list, ":", 0);

  for (char **entry = entries; *entry != NULL; entry++)
    {
      gsize n = strlen (*entry);

      if (n > 1 && (*entry)[n - 1] == '/')
        (*entry)[n - 1] = '\0';
      if (g_str_equal (*entry, folder))
        return TRUE;
    }
  return FALSE;
}

void
eng_place_announce (void)
{
  const char      *known = g_getenv ("XDG_DATA_DIRS");
  g_autofree char *data = eng_place_find (ESC_DATADIR);
  g_autofree char *schemas = g_build_filename (data, "glib-2.0", "schemas", NULL);
  g_autofree char *list = NULL;

  if (known == NULL || known[0] == '\0')
    known = DEFAULT_DATA_DIRS;
  if (is_listed (data, known) || !g_file_test (schemas, G_FILE_TEST_IS_DIR))
    return;
  /* First, so that an older version elsewhere does not lend its schema. */
  list = g_strconcat (data, ":", known, NULL);
  g_setenv ("XDG_DATA_DIRS", list, TRUE);
}
