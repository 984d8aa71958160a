/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscChip: a sample of a run's line with its marker, as lists show it.  Decoration: what
 * it says is always beside it in words. */
#pragma once

#include <gtk/gtk.h>

#include "plot-theme.h"

G_BEGIN_DECLS

#define ESC_TYPE_CHIP (esc_chip_get_type ())
G_DECLARE_FINAL_TYPE (EscChip, esc_chip, ESC, CHIP, GtkWidget)

void esc_chip_set_run (EscChip *self, PlotRunStyle style, gboolean diverged);

G_END_DECLS
