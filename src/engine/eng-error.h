/* SPDX-License-Identifier: GPL-3.0-or-later
 * ENG_ERROR: an experiment that could not be carried out.
 *
 * Messages say what, which value, and what is allowed; they are untranslated and
 * matched by code, never by text. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ENG_ERROR (eng_error_quark ())

typedef enum
{
  ENG_ERROR_INVALID_SPEC, /* a key, a value or a file that is not an experiment */
  ENG_ERROR_UNSUPPORTED,  /* each part is fine, but not this learner on this problem */
  ENG_ERROR_TOO_LARGE,    /* refused before any memory was taken */
  ENG_ERROR_NUMERIC,      /* a solver reported failure */
  ENG_ERROR_IO,           /* a file could not be read or written */
  ENG_ERROR_CANCELLED,    /* the owner asked to stop during preparation */
} EngError;

GQuark eng_error_quark (void);

G_END_DECLS
