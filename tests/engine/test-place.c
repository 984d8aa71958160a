/* SPDX-License-Identifier: GPL-3.0-or-later
 * An installation that was moved finds its files; anything else keeps those of the build. */
#include "eng-place.h"
#include "folder.h"

#include <glib/gstdio.h>

/* PREFIX/share/locale of a program in PREFIX/bin. */
static char *
move (const char *program)
{
  return eng_place_move ("/usr/share/locale", "/usr", "/usr/bin", program);
}

static void
test_moved (void)
{
  g_autofree char *folder = g_dir_make_tmp ("escapement-place-XXXXXX", NULL);
  g_autofree char *program = g_build_filename (folder, "bin", "escapement", NULL);
  g_autofree char *locale = g_build_filename (folder, "share", "locale", NULL);
  g_autofree char *found = NULL;

  g_assert_cmpint (g_mkdir_with_parents (locale, 0700), ==, 0);
  found = move (program);
  g_assert_cmpstr (found, ==, locale);
  folder_remove (folder);
}

/* Nothing was moved along with it. */
static void
test_alone (void)
{
  g_autofree char *folder = g_dir_make_tmp ("escapement-place-XXXXXX", NULL);
  g_autofree char *program = g_build_filename (folder, "bin", "escapement", NULL);
  g_autofree char *found = move (program);

  g_assert_cmpstr (found, ==, "/usr/share/locale");
  folder_remove (folder);
}

/* In a build folder, or under a name that only ends like the folder of programs. */
static void
test_not_installed (void)
{
  static const char *const programs[] = { "/home/me/build/src/app/escapement",
                                          "/home/me/cabin/escapement", "/escapement" };

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *found = move (programs[i]);

      g_assert_cmpstr (found, ==, "/usr/share/locale");
    }
}

/* A folder outside the prefix does not move with it. */
static void
test_elsewhere (void)
{
  g_autofree char *found = eng_place_move ("/usrlocal/share", "/usr", "/usr/bin",
                                           "/usr/bin/escapement");

  g_assert_cmpstr (found, ==, "/usrlocal/share");
}

static void
test_translations (void)
{
  g_autofree char *named = NULL;
  g_autofree char *found = NULL;

  g_setenv ("TEXTDOMAINDIR", "/somewhere/po", TRUE);
  named = eng_place_find_translations ();
  g_unsetenv ("TEXTDOMAINDIR");
  found = eng_place_find_translations ();
  g_assert_cmpstr (named, ==, "/somewhere/po");
  g_assert_true (g_str_has_suffix (found, "/locale"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place/moved", test_moved);
  g_test_add_func ("/place/alone", test_alone);
  g_test_add_func ("/place/not-installed", test_not_installed);
  g_test_add_func ("/place/elsewhere", test_elsewhere);
  g_test_add_func ("/place/translations", test_translations);
  return g_test_run ();
}
