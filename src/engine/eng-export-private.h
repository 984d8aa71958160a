/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the export share. */
#pragma once

#include "eng-export.h"

G_BEGIN_DECLS

/* So that it reads back as the same number; nothing for one that is none. */
void eng_export_append_number (GString *text, double value);

G_END_DECLS
