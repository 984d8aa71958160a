/* SPDX-License-Identifier: GPL-3.0-or-later
 * The curves of an experiment, to be kept after it is gone. */
#pragma once

#include "eng-snapshot.h"

G_BEGIN_DECLS

/* A snapshot with copies of the runs' traces alone: at most ENG_SPEC_MAX_RUNS times the
 * records that a trace may have, some hundred kilobytes, whatever the experiment held.
 * Returns: (transfer full). */
EngSnapshot *
esc_compare_copy_curves (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
