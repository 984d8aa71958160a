/* SPDX-License-Identifier: GPL-3.0-or-later
 * Starts of three layers that lead nowhere, hints, and what would not have diverged. */
#pragma once

#include "eng-advice.h"

G_BEGIN_DECLS

/* Refuses W₀ = 0 where no W helps, or where none is reached: with an odd activation and
 * signed dropout, and from W = 0 with an activation that has no slope at 0. */
gboolean eng_three_layer_check_start (const EngSettings *settings, GError **error);

/* For the class. */
char    *eng_three_layer_hint (EngSpec *spec, const EngSettings *settings);
gboolean eng_three_layer_find_remedy (EngSpec           *spec,
                                      const EngSettings *settings,
                                      EngRemedy         *remedy);

G_END_DECLS
