/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole files, atomically. */
#include "config.h"

#define _GNU_SOURCE /* O_TMPFILE */

#include "eng-error.h"
#include "eng-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Others may be saving the same file and take the name. */
#define MAX_ATTEMPTS 100

typedef enum
{
  WRITE_DONE,
  WRITE_FAILED,
  WRITE_OTHERWISE, /* not to be done this way */
} Outcome;

/* --- without a name -------------------------------------------------------------- */

/* Whether a new file may simply take the place of the one at `path`, or of none: it is a
 * person's own, has no other names, and may be written. */
static gboolean
is_replaceable (const char *path, struct stat *old, gboolean *exists)
{
  *exists = lstat (path, old) == 0;
  if (!*exists)
    return errno == ENOENT;
  return S_ISREG (old->st_mode) && old->st_nlink == 1 && old->st_uid == geteuid ()
         && access (path, W_OK) == 0;
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* Gives the file a name.  What is there can be replaced by renaming alone, so that it has
 * `part` for a moment.  Returns: FALSE with errno. */
static gboolean
give_name (int fd, const char *path, const char *part, gboolean replaces)
{
  g_autofree char *source = g_strdup_printf ("/proc/self/fd/%d", fd);

  if (!replaces && linkat (AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0)
    return TRUE;
  if (!replaces && errno != EEXIST)
    return FALSE;
  for (guint i = 0; i < MAX_ATTEMPTS; i++)
    {
      if (linkat (AT_FDCWD, source, AT_FDCWD, part, AT_SYMLINK_FOLLOW) == 0)
        {
          if (rename (part, path) == 0)
            return TRUE;
          if (errno != ENOENT)
            break;
        }
      else if (errno != EEXIST)
        break;
      unlink (part);
    }
  return FALSE;
}

/* Writes a file that has no name until it is whole: a program that dies leaves nothing. */
static Outcome
write_unnamed (const char *path, const char *data, gsize length, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_strdup_printf (".%s.escapement-part", base);
  g_autofree char *part = g_build_filename (folder, name, NULL);
  struct stat      old;
  gboolean         exists, is_written;
  int              fd, failure;

  if (!is_replaceable (path, &old, &exists))
    return WRITE_OTHERWISE;
  fd = open (folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    return WRITE_OTHERWISE;
  /* Left by a program that died between two calls. */
  unlink (part);
  is_written = write_all (fd, data, length)
               && (!exists || (fchmod (fd, old.st_mode & 07777) == 0 && fsync (fd) == 0));
  failure = errno;
  if (is_written && (!exists || fchown (fd, (uid_t) -1, old.st_gid) == 0)
      && give_name (fd, path, part, exists))
    {
      close (fd);
      return WRITE_DONE;
    }
  close (fd);
  if (is_written)
    return WRITE_OTHERWISE;
  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (failure),
                       g_strerror (failure));
  return WRITE_FAILED;
}

/* --- by GIO ---------------------------------------------------------------------- */

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
  const char        *path = g_file_peek_path (file);
  Outcome            outcome = WRITE_OTHERWISE;

  if (path != NULL)
    outcome = write_unnamed (path, data, length, &local);
  if (outcome == WRITE_DONE
      || (outcome == WRITE_OTHERWISE && replace (file, data, length, &local)))
    return TRUE;
  name = g_file_get_parse_name (file);
  g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” could not be written: %s"), name,
               local->message);
  return FALSE;
}
