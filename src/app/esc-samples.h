/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscSamples: what a plot draws, as a table: one row for every x at which something was
 * recorded, one column for every curve, band or cloud of markers, those of the present runs first.
 * Filled once from a frame, then constant. Main thread. */
#pragma once

#include "plot-frame.h"

G_BEGIN_DECLS

typedef struct _EscSamples EscSamples;

EscSamples *esc_samples_new (const PlotFrame *frame) G_GNUC_WARN_UNUSED_RESULT;
void        esc_samples_free (EscSamples *self);

/* Columns, without that of x; rows, by rising x. */
guint esc_samples_get_n_columns (const EscSamples *self);
guint esc_samples_get_n_rows (const EscSamples *self);
/* "step"; "Lazy, test"; "Lazy, Q1". */
const char *esc_samples_get_x_title (const EscSamples *self);
const char *esc_samples_get_title (const EscSamples *self, guint column);
/* As people read it; "" where nothing was recorded.  (transfer full) */
char *esc_samples_format_x (const EscSamples *self, guint row) G_GNUC_WARN_UNUSED_RESULT;
char *esc_samples_format (const EscSamples *self,
                          guint             row,
                          guint             column) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EscSamples, esc_samples_free)

G_END_DECLS
