/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscRunRow: one run in the side pane: its chip, label and algorithm, and, unfolded, its
 * own settings and the button that removes it. */
#pragma once

#include <adwaita.h>

#include "eng-snapshot.h"
#include "esc-param-row.h"
#include "plot-theme.h"

G_BEGIN_DECLS

#define ESC_TYPE_RUN_ROW (esc_run_row_get_type ())
G_DECLARE_FINAL_TYPE (EscRunRow, esc_run_row, ESC, RUN_ROW, AdwExpanderRow)

/* `index` counts from 0. */
GtkWidget *esc_run_row_new (guint index) G_GNUC_WARN_UNUSED_RESULT;

/* Settings one sees at once, and, after these, those below "More". */
void esc_run_row_add (EscRunRow *self, EscParamRow *row, gboolean advanced);
/* Closes the list with "More" and the button; removing run N activates `editor.remove-run` (N). */
void esc_run_row_finish (EscRunRow *self);

/* Whether the settings below "More" are unfolded. */
gboolean esc_run_row_get_more (EscRunRow *self);
void     esc_run_row_set_more (EscRunRow *self, gboolean more);

void esc_run_row_update (EscRunRow *self, EngSpec *spec, PlotRunStyle style);
/* The step size in use, and divergence.  `view` NULL: not known (yet). */
void esc_run_row_set_view (EscRunRow *self, const EngRunView *view);

G_END_DECLS
