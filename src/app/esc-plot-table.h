/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscPlotTable: a window with the recorded samples of one plot in numbers, for screen
 * readers and for who wants the figure behind the curve.  It shows what was recorded when
 * it was opened, and says so: rows that move while they are read help nobody.  By F5 or its
 * button it emits "refresh", which its owner answers by esc_plot_table_show ().
 * Transient for a window and destroyed with it.  Main thread. */
#pragma once

#include <adwaita.h>

#include "plot-frame.h"

G_BEGIN_DECLS

#define ESC_TYPE_PLOT_TABLE (esc_plot_table_get_type ())
G_DECLARE_FINAL_TYPE (EscPlotTable, esc_plot_table, ESC, PLOT_TABLE, AdwWindow)

/* `step`: the newest in `frame`.  Returns: (transfer none): presented. */
EscPlotTable *esc_plot_table_present (GtkWindow *parent, PlotFrame *frame, guint64 step);
/* Another frame of the same plot in its place; the reader stays at the same row. */
void esc_plot_table_show (EscPlotTable *self, PlotFrame *frame, guint64 step);

G_END_DECLS
