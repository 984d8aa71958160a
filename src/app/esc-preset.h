/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscPreset: one shipped experiment.  Immutable. */
#pragma once

#include <gio/gio.h>

#include "eng-spec.h"

G_BEGIN_DECLS

#define ESC_TYPE_PRESET (esc_preset_get_type ())
G_DECLARE_FINAL_TYPE (EscPreset, esc_preset, ESC, PRESET, GObject)

/* All of them, in the order in which they are offered.  Read once.
 * Returns: (transfer none) (element-type EscPreset). */
GListModel *esc_preset_get_all (void);
/* Returns: (transfer none) (nullable). */
EscPreset *esc_preset_find (const char *id);
/* Where a new experiment begins: every setting at its default.
 * Returns: (transfer full). */
EngSpec *esc_preset_new_blank (void) G_GNUC_WARN_UNUSED_RESULT;

/* Where a shipped experiment is read: a URI that names it to another process as well.
 * (transfer full) */
char *esc_preset_dup_uri (EscPreset *self) G_GNUC_WARN_UNUSED_RESULT;
/* The one at such a place.  Returns: (transfer none) (nullable). */
EscPreset *esc_preset_find_file (GFile *file);

const char *esc_preset_get_id (EscPreset *self);
const char *esc_preset_get_title (EscPreset *self);
const char *esc_preset_get_description (EscPreset *self);
/* What it is about, with others like it: for eyes, translated. */
const char *esc_preset_get_group (EscPreset *self);
EngSpec    *esc_preset_get_spec (EscPreset *self);

G_END_DECLS
