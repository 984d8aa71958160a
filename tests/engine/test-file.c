/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole files: kept, replaced, refused, and never half there or littered about. */
#include "eng-error.h"
#include "eng-file.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_DEATHS 60
/* Large enough to be met half written. */
#define LENGTH (1 << 20)

static char *folder;

static GFile *
get_file (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_new_for_path (path);
}

static void
write_text (GFile *file, const char *text)
{
  g_autoptr (GError) error = NULL;

  eng_file_write (file, text, strlen (text), &error);
  g_assert_no_error (error);
}

static void
assert_holds (GFile *file, const char *text)
{
  g_autofree char *found = NULL;

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &found, NULL, NULL));
  g_assert_cmpstr (found, ==, text);
}

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint            n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* New, shorter, longer, and what was left beside it by a program that died. */
static void
test_replace (void)
{
  g_autoptr (GFile) file = get_file ("a.txt"), part = get_file (".a.txt.escapement-part");

  write_text (file, "first words");
  assert_holds (file, "first words");
  write_text (file, "");
  assert_holds (file, "");
  g_assert_true (g_file_set_contents (g_file_peek_path (part), "half", -1, NULL));
  write_text (file, "other");
  assert_holds (file, "other");
  g_assert_cmpuint (count_files (), ==, 1);
  g_unlink (g_file_peek_path (file));
}

/* New files are as the person has it; an old file's permissions stay. */
static void
test_mode (void)
{
  g_autoptr (GFile) file = get_file ("a.txt");
  mode_t            mask = umask (027);
  struct stat       info;

  write_text (file, "a");
  g_assert_cmpint (stat (g_file_peek_path (file), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0640);
  g_assert_cmpint (chmod (g_file_peek_path (file), 0604), ==, 0);
  write_text (file, "b");
  g_assert_cmpint (stat (g_file_peek_path (file), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0604);
  umask (mask);
  g_unlink (g_file_peek_path (file));
}

/* A link to a file elsewhere, and a file with two names, stay what they are. */
static void
test_links (void)
{
  g_autoptr (GFile) file = get_file ("a.txt"), link_to = get_file ("b.txt");
  g_autoptr (GFile) twin = get_file ("c.txt");

  write_text (file, "old");
  g_assert_cmpint (symlink (g_file_peek_path (file), g_file_peek_path (link_to)), ==, 0);
  write_text (link_to, "through the link");
  g_assert_true (g_file_test (g_file_peek_path (link_to), G_FILE_TEST_IS_SYMLINK));
  assert_holds (file, "through the link");
  g_unlink (g_file_peek_path (link_to));
  g_assert_cmpint (link (g_file_peek_path (file), g_file_peek_path (twin)), ==, 0);
  write_text (twin, "both");
  assert_holds (file, "both");
  g_assert_cmpuint (count_files (), ==, 2);
  g_unlink (g_file_peek_path (twin));
  g_unlink (g_file_peek_path (file));
}

static void
test_refused (void)
{
  g_autoptr (GFile) folder_itself = g_file_new_for_path (folder);
  g_autoptr (GFile) missing = get_file ("no/such/a.txt");
  GFile            *files[] = { folder_itself, missing };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (eng_file_write (files[i], "a", 1, &error));
      g_assert_error (error, ENG_ERROR, ENG_ERROR_IO);
      g_assert_nonnull (strstr (error->message, g_file_peek_path (files[i])));
    }
  g_assert_cmpuint (count_files (), ==, 0);
}

static void
save_for_ever (GFile *file)
{
  g_autofree char *text = g_malloc (LENGTH);

  for (char c = 'a';; c = c == 'z' ? 'a' : (char) (c + 1))
    {
      memset (text, c, LENGTH);
      (void) eng_file_write (file, text, LENGTH, NULL);
    }
}

/* Killed at any moment while it saves: the file is one of those that were saved, and the
 * next save leaves nothing beside it. */
static void
test_killed (void)
{
  g_autoptr (GFile) file = get_file ("a.txt");

  write_text (file, "old");
  for (guint i = 0; i < N_DEATHS; i++)
    {
      g_autofree char *found = NULL;
      gsize            length;
      pid_t            pid = fork ();

      if (pid == 0)
        save_for_ever (file);
      g_usleep ((gulong) g_test_rand_int_range (1000, 20000));
      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
      g_assert_true (
          g_file_get_contents (g_file_peek_path (file), &found, &length, NULL));
      g_assert_true (strcmp (found, "old") == 0 || length == LENGTH);
      for (gsize j = 1; j < length && length == LENGTH; j++)
        g_assert_true (found[j] == found[0]);
      write_text (file, "old");
      g_assert_cmpuint (count_files (), ==, 1);
    }
  g_unlink (g_file_peek_path (file));
}

/* Two at once: one of them wins, whole. */
static gpointer
save_thread (gpointer file)
{
  static const char *const texts[] = { "the one", "the other one" };

  for (guint i = 0; i < 200; i++)
    write_text (file, texts[i % 2]);
  return NULL;
}

static void
test_together (void)
{
  g_autoptr (GFile) file = get_file ("a.txt");
  GThread          *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, save_thread, file);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  write_text (file, "last");
  assert_holds (file, "last");
  g_assert_cmpuint (count_files (), ==, 1);
  g_unlink (g_file_peek_path (file));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("esc-file-XXXXXX", NULL);
  g_test_add_func ("/file/replace", test_replace);
  g_test_add_func ("/file/mode", test_mode);
  g_test_add_func ("/file/links", test_links);
  g_test_add_func ("/file/refused", test_refused);
  g_test_add_func ("/file/killed", test_killed);
  g_test_add_func ("/file/together", test_together);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
