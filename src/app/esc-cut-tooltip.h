/* SPDX-License-Identifier: GPL-3.0-or-later
 * A tooltip with the whole of words that do not fit, and none where they do.  Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on `widget`, a label or something that holds labels, shows all their words, a
 * line each, while at least one of them ends in dots. */
void esc_cut_tooltip_attach (GtkWidget *widget);

G_END_DECLS
