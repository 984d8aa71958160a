/* SPDX-License-Identifier: GPL-3.0-or-later
 * The largest eigenvalue of a symmetric map that is known only by what it does to a vector,
 * by Lanczos' method. */
#pragma once

#include "eng-types.h"

G_BEGIN_DECLS

/* `out` <- H `v`, both (count). */
typedef void (*EngLanczosApply) (const float *v, float *out, gpointer data);

/* Returns: the largest eigenvalue of H, symmetric and positive semidefinite, from below;
 * an eigenvalue of H lies within 2e-5 of it, relatively.  `v` (count): the start, not 0,
 * destroyed; `previous`, `out` (count): work.  Allocates a small matrix.  Stops early when
 * `stop` (data) says so, with what it has by then. */
double eng_lanczos_largest (gsize           count,
                            EngLanczosApply apply,
                            gboolean (*stop) (gpointer data),
                            gpointer data,
                            float   *v,
                            float   *previous,
                            float   *out);

G_END_DECLS
