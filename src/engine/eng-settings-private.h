/* SPDX-License-Identifier: GPL-3.0-or-later
 * What eng-settings.c and eng-settings-read.c share. */
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

G_END_DECLS
