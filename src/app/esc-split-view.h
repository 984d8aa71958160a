/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscSplitView: a side pane beside the content while there is room, and over it, on
 * demand, while there is not. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ESC_TYPE_SPLIT_VIEW (esc_split_view_get_type ())
G_DECLARE_FINAL_TYPE (EscSplitView, esc_split_view, ESC, SPLIT_VIEW, GtkWidget)

/* Below this width the pane covers the content. */
#define ESC_SPLIT_VIEW_THRESHOLD 1100

/* Whether there is too little room for both; changes with the size alone. */
gboolean esc_split_view_get_collapsed (EscSplitView *self);
/* Whether the pane is to be seen.  A pane over the content starts hidden. */
gboolean esc_split_view_get_show_pane (EscSplitView *self);
void     esc_split_view_set_show_pane (EscSplitView *self, gboolean show);

G_END_DECLS
