/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the readers of figures share. */
#pragma once

#include "eng-figure.h"

#include <glib/gi18n-lib.h>

G_BEGIN_DECLS

#define ENG_FIGURE_NO_EXPERIMENT                                                         \
  N_ ("this figure carries no experiment; those that Escapement exports do")

/* As eng_figure_read_experiment (). */
char *eng_figure_read_pdf (const char *data,
                           gsize       length,
                           GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
