/* SPDX-License-Identifier: GPL-3.0-or-later
 * ENG_ERROR: an experiment that could not be carried out.
 *
 * Messages say what, which value, and what is allowed, in the language of the user; they
 * are matched by code, never by text.  One that is about a place, a file or a key of a
 * group, begins with it and a colon in every language: "run.1.rate: must be ...". */
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

/* For messages with texts that were cut between bytes (%.80s): makes them UTF-8 again. */
void eng_error_mend (GError **error);
/* Refuses the value of a key: ENG_ERROR_INVALID_SPEC with "GROUP.KEY: " and the sentence
 * that `format`, already translated, makes.
 * Returns: FALSE. */
gboolean eng_error_refuse (GError    **error,
                           const char *group,
                           const char *key,
                           const char *format,
                           ...) G_GNUC_PRINTF (4, 5);

G_END_DECLS
