/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the strings of a drop-down are shown: with a name for screen readers, and formulas in
 * them with indices lowered and powers raised.  Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For a model of GtkStringObject.  With `marks_selected` the selected one has a tick, as
 * in a list that drops down.  (transfer full) */
GtkListItemFactory *
esc_formula_factory_new (gboolean marks_selected) G_GNUC_WARN_UNUSED_RESULT;

/* The same for words that are no formulas, such as names in somebody's table. */
GtkListItemFactory *
esc_plain_factory_new (gboolean marks_selected) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
