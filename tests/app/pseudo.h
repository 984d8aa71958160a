/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the tests in the translation that nobody wrote share: they look for words that are
 * not in its brackets, and for words that are cut off. */
#pragma once

#include "app-fixture.h"

G_BEGIN_DECLS

/* English again, or back. */
void pseudo_set_english (gboolean english);
/* 2: text of twice the size, in windows that are made from now on. */
void pseudo_set_text_scale (int scale);

/* The shipped experiment is chosen, whose words are translated as well; 1280 x 800. */
EscWindow *pseudo_open_window (void);
void       pseudo_resize (EscWindow *window, int width, int height);

/* These add to `problems`, (element-type utf8), what is wrong, with where it is. */

/* Letters outside of the brackets that every translation has. */
void pseudo_check_text (const char *text, const char *where, GPtrArray *problems);
/* All texts below the widget, with tooltips and names for screen readers.
 * Returns: how many labels there are. */
guint pseudo_check_words (GtkWidget *widget, GPtrArray *problems);
void  pseudo_check_plot (const PlotFrame *frame, GPtrArray *problems);
/* Labels below the widget that do not fit where they are.
 * Returns: how many labels are shown. */
guint pseudo_check_room (GtkWidget *widget, GPtrArray *problems);

GPtrArray *pseudo_problems_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* Fails with all of them, if there are any. */
void pseudo_assert_none (GPtrArray *problems);

G_END_DECLS
