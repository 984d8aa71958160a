/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where the program's files are, also after its installation was moved to another folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The place of `path`, a folder below the build's prefix, for the program that runs: the same
 * folder beside it if there is one, else `path`.  Any thread. */
char *eng_place_find (const char *path);

/* Where translations are: what TEXTDOMAINDIR names, as for gettext's own programs (a clone that
 * is not installed has them in its build folder), else ESC_LOCALEDIR's place.  Any thread. */
char *eng_place_find_translations (void);

/* The same as eng_place_find () for any program, prefix and folder of programs (all absolute,
 * without a slash at their ends). */
char *eng_place_move (const char *path,
                      const char *prefix,
                      const char *programs,
                      const char *program);

/* Lets GLib and GTK find the schema, the icon and the file type that were installed with the
 * program: its data folder joins XDG_DATA_DIRS.  First thing in main, before threads. */
void eng_place_announce (void);

G_END_DECLS
