/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the strings of a drop-down are shown when they hold formulas: indices lowered,
 * powers raised.  Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For a model of GtkStringObject.  With `marks_selected` the selected one has a tick, as
 * in a list that drops down.  (transfer full) */
GtkListItemFactory *
esc_formula_factory_new (gboolean marks_selected) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
