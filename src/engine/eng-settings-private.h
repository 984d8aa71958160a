/* SPDX-License-Identifier: GPL-3.0-or-later
 * What eng-settings.c, eng-settings-read.c and eng-settings-refuse.c share. */
#pragma once

#include "eng-settings.h"

G_BEGIN_DECLS

typedef struct
{
  const EngParam *param;
  char           *written; /* as in the file; NULL where the default holds */
  gboolean        has;
  gboolean        is_fixed; /* "fixed N" */
  double          number;   /* INT, REAL, BOOLEAN (0 or 1); NaN if unset */
  guint           choice;   /* index into param->choices */
  char           *text;     /* TEXT */
  double         *list;     /* (n_list) LIST */
  gsize           n_list;
} EngValue;

struct _EngSettings
{
  const EngParam *const *tables;
  GArray                *values; /* of EngValue, in table order */
};

/* Refusals of what stands in a file, each ENG_ERROR_INVALID_SPEC with what is allowed:
 * FALSE for `return`. */

/* Not in the table's range, of any kind. */
gboolean eng_settings_refuse (const char     *group,
                              const EngParam *param,
                              const char     *text,
                              GError        **error);
/* A number outside of the range. */
gboolean eng_settings_refuse_number (const char     *group,
                                     const EngParam *param,
                                     const char     *text,
                                     GError        **error);
/* No number where an expression of d would do as well. */
gboolean eng_settings_refuse_word (const char     *group,
                                   const EngParam *param,
                                   const char     *text,
                                   GError        **error);
gboolean eng_settings_refuse_choice (const char     *group,
                                     const EngParam *param,
                                     const char     *text,
                                     GError        **error);
/* known: NULL-terminated. */
gboolean eng_settings_refuse_id (const char        *group,
                                 const char        *key,
                                 const char        *id,
                                 const char *const *known,
                                 GError           **error);
gboolean eng_settings_refuse_key (const char            *group,
                                  const char            *key,
                                  const EngParam *const *tables,
                                  GError               **error);

G_END_DECLS
