/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verdicts in words, the same in the window and on the command line: design language
 * section 7. */
#pragma once

#include "eng-verdict.h"

G_BEGIN_DECLS

/* "Rich", "Rich, overfitting", "Too early to say".  (transfer full) */
char *plot_verdict_make_head (const EngVerdict *verdict) G_GNUC_WARN_UNUSED_RESULT;
/* What follows the colon: "still falling; 93 % of its movement is in Q3, only 3 % in Q2."
 * `k`: the dense degree.  (transfer full) */
char *
plot_verdict_make_evidence (const EngVerdict *verdict, guint k) G_GNUC_WARN_UNUSED_RESULT;
/* Both: "Rich: still falling; ... ."  (transfer full) */
char *
plot_verdict_make_sentence (const EngVerdict *verdict, guint k) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
