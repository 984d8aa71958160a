/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words and numbers as the window shows them: one place for each form.  All results are
 * (transfer full). Main thread. */
#pragma once

#include "eng-snapshot.h"

G_BEGIN_DECLS

/* "4 runs on the same data: d = 40, n = 379, m = 300". */
char *esc_words_summary (EngSpec *spec) G_GNUC_WARN_UNUSED_RESULT;

/* "6 s", "2 min 5 s", "1 h 20 min". */
char *esc_words_duration (double seconds) G_GNUC_WARN_UNUSED_RESULT;

/* What became of a run, in facts alone; "" while nothing is to be said. */
char *
esc_words_run_status (const EngRunView *run, EngPhase phase) G_GNUC_WARN_UNUSED_RESULT;

/* How far an experiment is: "Step 640 of 2 000". */
char *esc_words_progress (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;

/* "2 min 5 s left", as soon as the speed tells that; "Done in 8 s"; or "". */
char *esc_words_time (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;

/* A number as a person would type it: no exponent for whole numbers, no trailing zeros. */
char *esc_words_plain_number (double value) G_GNUC_WARN_UNUSED_RESULT;

/* Text with formulas as Pango markup, powers raised and indices lowered: "1.5 d^1.5" and
 * "f_L" become "1.5 d<sup>1.5</sup>" and "f<sub>L</sub>". */
char *esc_words_formula_markup (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* The same where markup is not possible: whole powers in superscript characters. */
char *esc_words_formula_plain (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* An engine's message without the group and key that the row it is shown in names
 * already: "problem.rank: must be ..." becomes "Must be ...". */
char *esc_words_refusal (const char *message,
                         const char *group,
                         const char *key) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
