/* SPDX-License-Identifier: GPL-3.0-or-later
 * The command line in a Flatpak. */
#include "config.h"

#include "cli-sandbox.h"

#include "eng-error.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <errno.h>

#define INFO "/.flatpak-info"

static gboolean
is_sandbox (void)
{
  return g_file_test (INFO, G_FILE_TEST_EXISTS);
}

/* Of --filesystem=/tmp. */
static gboolean
is_tmp_shared (void)
{
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_auto (GStrv)       shared = NULL;

  if (g_key_file_load_from_file (info, INFO, G_KEY_FILE_NONE, NULL))
    shared = g_key_file_get_string_list (info, "Context", "filesystems", NULL, NULL);
  return shared != NULL && g_strv_contains ((const char *const *) shared, "/tmp");
}

static gboolean
is_on (dev_t device, const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && status.st_dev == device;
}

/* Whether `path`, or what there is of it, lies in the file systems that the sandbox was given
 * for its root and for /tmp, and takes with it, or in /var/tmp, which is elsewhere outside. */
static gboolean
is_lost (const char *path)
{
  g_autofree char *at = g_canonicalize_filename (path, NULL);
  GStatBuf         here;

  while (g_stat (at, &here) != 0)
    {
      char *folder = g_path_get_dirname (at);

      g_free (at);
      at = folder;
    }
  return is_on (here.st_dev, "/") || (is_on (here.st_dev, "/tmp") && !is_tmp_shared ())
         || g_str_has_prefix (at, "/var/tmp");
}

void
cli_sandbox_enter (void)
{
  const char *data = g_get_user_data_dir ();

  if (is_sandbox () && is_lost ("."))
    if (g_mkdir_with_parents (data, 0700) != 0 || g_chdir (data) != 0)
      g_printerr ("%s: %s\n", data, g_strerror (errno));
}

gboolean
cli_sandbox_keep (char **path, GError **error)
{
  char *absolute;

  if (!is_sandbox ())
    return TRUE;
  absolute = g_canonicalize_filename (*path, NULL);
  g_free (*path);
  *path = absolute;
  if (!is_lost (absolute))
    return TRUE;
  g_set_error (
      error, ENG_ERROR, ENG_ERROR_IO,
      _ ("“%s” would be lost with the sandbox: a name without folders goes to %s; for "
         "another place put --filesystem=FOLDER after “flatpak run”"),
      absolute, g_get_user_data_dir ());
  return FALSE;
}

GError *
cli_sandbox_explain (GFile *file, GError *error)
{
  GError *explained;

  if (!is_sandbox () || g_file_query_exists (file, NULL))
    return error;
  explained = g_error_new (error->domain, error->code,
                           _ ("%s; what is in other folders is seen with "
                              "--filesystem=FOLDER after “flatpak run”"),
                           error->message);
  g_error_free (error);
  return explained;
}
