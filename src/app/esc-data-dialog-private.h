/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscDataDialog from inside, for its tests. */
#pragma once

#include "esc-data-dialog.h"
#include "esc-data.h"

G_BEGIN_DECLS

struct _EscDataDialog
{
  AdwWindow parent_instance;

  GtkStack     *stack;
  GtkButton    *use;
  GtkLabel     *reading, *refused_title, *refused_detail;
  AdwActionRow *file_row, *inputs, *dropped;
  AdwComboRow  *target;

  GFile        *file;
  gboolean      standardise;
  char         *wanted; /* (nullable): target asked for */
  GCancellable *cancellable;
  EscData      *data; /* (nullable) until it is read */
};

G_END_DECLS
