/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the words about divergence and its cure share. */
#pragma once

#include "eng-advice.h"
#include "esc-divergence.h"

G_BEGIN_DECLS

gboolean esc_divergence_has (const EngSnapshot *snapshot, guint run);
/* The one that diverged first. */
guint esc_divergence_find_first (const EngSnapshot *snapshot);
/* Returns: (nullable): the last change of a run while it ran. */
const EngChange *esc_divergence_find_last_change (const EngSnapshot *snapshot, guint run);

/* The remedy of a run that diverged, by what held when it did. */
gboolean
esc_divergence_find_remedy (const EngSnapshot *snapshot, guint run, EngRemedy *remedy);
/* The same of all of them, if one cause is common to them. */
gboolean
esc_divergence_find_common_remedy (const EngSnapshot *snapshot, EngRemedy *common);
/* Whether the run has steps that could be smaller. */
gboolean esc_divergence_has_step_size (EngSpec *spec, guint run);

/* Three digits, as they would be typed: a row shows what the button has said.
 * (transfer full) */
char *esc_divergence_format (double value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
