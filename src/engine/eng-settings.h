/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngSettings: the values of one group of an experiment file, checked against its
 * parameter tables.  Immutable; owned by the EngSpec it came from; readable from any
 * thread. */
#pragma once

#include "eng-param.h"

G_BEGIN_DECLS

/* `key_file` group `group`, against the NULL-terminated list `tables` (static storage).
 * Expressions are evaluated with `d`; pass 0 for the group that defines d itself, whose
 * key `d` is then read first.  Unknown keys, wrong types and values out of range are
 * ENG_ERROR_INVALID_SPEC with group, key, value and what is allowed.
 * Returns: (transfer full) (nullable). */
EngSettings *eng_settings_new (GKeyFile              *key_file,
                               const char            *group,
                               const EngParam *const *tables,
                               double                 d,
                               GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void         eng_settings_free (EngSettings *self);

/* Tables in order, for editors and listings.  (transfer none) */
const EngParam *const *eng_settings_get_tables (const EngSettings *self);

/* Whether the key has a value (written, or by default).  FALSE only for OPTIONAL keys
 * left out, and for keys the tables do not have. */
gboolean eng_settings_has (const EngSettings *self, const char *key);

/* The text as written in the file, or NULL where the default holds. */
const char *eng_settings_get_written (const EngSettings *self, const char *key);

/* Getters.  Asking for a key that the tables do not have, or for another kind, is a
 * programmer's mistake; an unset OPTIONAL number is NaN (double) or -1 (int). */
double      eng_settings_get_double (const EngSettings *self, const char *key);
gint64      eng_settings_get_int (const EngSettings *self, const char *key);
gboolean    eng_settings_get_boolean (const EngSettings *self, const char *key);
const char *eng_settings_get_choice (const EngSettings *self, const char *key);
gboolean
eng_settings_is_choice (const EngSettings *self, const char *key, const char *id);
const char *eng_settings_get_text (const EngSettings *self, const char *key);
/* Whether a FIXABLE number was written as "fixed N". */
gboolean eng_settings_is_fixed (const EngSettings *self, const char *key);
const double *
eng_settings_get_list (const EngSettings *self, const char *key, gsize *length);

/* Whether the row of `param` matters under the current choices (only_key, only_id): that
 * of an OPTIONAL key may matter only if it is given. */
gboolean eng_settings_is_relevant (const EngSettings *self, const EngParam *param);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngSettings, eng_settings_free)

G_END_DECLS
