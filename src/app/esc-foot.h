/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscFoot: how far the training is, and one line of facts per run. */
#pragma once

#include <adwaita.h>

#include "eng-snapshot.h"

G_BEGIN_DECLS

#define ESC_TYPE_FOOT (esc_foot_get_type ())
G_DECLARE_FINAL_TYPE (EscFoot, esc_foot, ESC, FOOT, AdwBin)

/* Shown at once: the window decides how often, for the plots as well. */
void esc_foot_set_snapshot (EscFoot *self, EngSnapshot *snapshot);
/* Two runs a line, for small windows. */
void esc_foot_set_compact (EscFoot *self, gboolean compact);

/* What the line of a run says, for tests.  (transfer none) */
const char *esc_foot_get_status (EscFoot *self, guint run);
/* "Step 640 of 2 000". */
const char *esc_foot_get_progress (EscFoot *self);

G_END_DECLS
