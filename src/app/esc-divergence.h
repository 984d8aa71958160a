/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is said of runs that diverged, and the experiment that would have been stable.
 * Pure functions of a snapshot and a spec; main thread, because words are translated. */
#pragma once

#include "eng-snapshot.h"

G_BEGIN_DECLS

guint esc_divergence_count (const EngSnapshot *snapshot);
/* The key that gives run `run` its step size, by the settings of `spec`: "step-size" where
 * that is set, else "rate".  (transfer none) */
const char *esc_divergence_get_key (EngSpec *spec, guint run);

/* With at least one run that diverged.  What and when; why, and what goes on, as a formula
 * (esc_words_formula_markup ()); what would help, with a mnemonic.
 * (transfer full) */
char *esc_divergence_make_title (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;
char *esc_divergence_make_detail (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable): NULL where nothing is known to help. */
char *esc_divergence_make_action (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;
/* The key whose help explains it.  (transfer none) */
const char *esc_divergence_get_topic (const EngSnapshot *snapshot);

/* `spec` with the remedies of the runs that diverged (eng-advice.h); and with no step size
 * of the others above what is offered for them (EngRunView.restart_with, or half of it
 * where no limit is known), at the start and in later changes; smaller ones stay.
 * Returns: (transfer full). */
EngSpec *esc_divergence_cure (EngSpec           *spec,
                              const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
