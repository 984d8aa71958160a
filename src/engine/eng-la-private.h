/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files over BLAS and LAPACK share. */
#pragma once

#include "eng-la.h"

G_BEGIN_DECLS

/* A size as BLAS takes it; at most INT_MAX. */
int eng_la_int (gsize value);
/* `info`: what LAPACK's `routine` gave back.  Returns: FALSE with ENG_ERROR_NUMERIC if it
 * failed. */
gboolean eng_la_check_info (int info, const char *routine, GError **error);

G_END_DECLS
