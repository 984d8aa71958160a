/* SPDX-License-Identifier: GPL-3.0-or-later
 * Temporary folders of tests. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names in a folder, sorted, joined by spaces. */
char *folder_list (const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* Removes a folder with all that is in it. */
void folder_remove (const char *path);

G_END_DECLS
