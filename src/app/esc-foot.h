/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscFoot: how far the training is, and one line per run: its test loss and the verdict. */
#pragma once

#include <adwaita.h>

#include "eng-snapshot.h"

G_BEGIN_DECLS

#define ESC_TYPE_FOOT (esc_foot_get_type ())
G_DECLARE_FINAL_TYPE (EscFoot, esc_foot, ESC, FOOT, AdwBin)

/* Shown at once: the window decides how often, for the plots as well. */
void esc_foot_set_snapshot (EscFoot *self, EngSnapshot *snapshot);
/* For small windows: the line of the most important run alone, and a button for all. */
void esc_foot_set_compact (EscFoot *self, gboolean compact);

/* What the line of a run says: its verdict, or before there is one what it does.
 * (transfer none) */
const char *esc_foot_get_status (EscFoot *self, guint run);
/* Whether the line of a run is shown. */
gboolean esc_foot_get_line_visible (EscFoot *self, guint run);
/* "Step 640 of 2 000". */
const char *esc_foot_get_progress (EscFoot *self);

G_END_DECLS
