/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngSpec: one experiment, completely: a problem, what to observe, one to four runs, and
 * the changes made while they ran.  The content of one `.escapement` file.
 *
 * Immutable and reference-counted (atomic): may be shared between threads.  An edit
 * makes a new spec, which is checked as a whole; a refused edit changes nothing. */
#pragma once

#include <gio/gio.h>

#include "eng-settings.h"

G_BEGIN_DECLS

#define ENG_SPEC_VERSION   1
#define ENG_SPEC_MAX_RUNS  4
#define ENG_SPEC_MAX_BYTES (1024 * 1024) /* a file larger than this is refused unread */
/* So many changes fit in a file, whatever they are. */
#define ENG_SPEC_MAX_CHANGES      4000
#define ENG_SPEC_MAX_CHANGE_BYTES 64 /* of a changed value */
#define ENG_SPEC_SUFFIX           ".escapement"

/* One `[change.N]` group: `key` of run `run` (0-based) takes `value` from step `step`. */
typedef struct
{
  guint64 step;
  guint   run;
  char   *key;
  char   *value;
} EngChange;

#define ENG_TYPE_SPEC (eng_spec_get_type ())
GType eng_spec_get_type (void);

/* Constructors.  Errors: ENG_ERROR_INVALID_SPEC (what, which value, what is allowed),
 * ENG_ERROR_UNSUPPORTED, ENG_ERROR_IO. */
EngSpec *eng_spec_new_from_text (const char *text,
                                 gssize      length,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;
EngSpec *
eng_spec_new_from_key_file (GKeyFile *key_file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* An experiment file, or a figure with one inside (eng-figure.h). */
EngSpec *eng_spec_load (GFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

EngSpec *eng_spec_ref (EngSpec *self);
void     eng_spec_unref (EngSpec *self);

/* Reads a file or a figure as a key file, with the size and syntax checks of eng_spec_load () but no
 * check of keys, so that a command line may apply its own settings first. */
GKeyFile *eng_spec_load_key_file (GFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes atomically: the file is either the old one or the whole new one. */
gboolean eng_spec_save (EngSpec *self, GFile *file, GError **error);
/* Returns: (transfer full): what eng_spec_save () writes. */
char    *eng_spec_to_text (EngSpec *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean eng_spec_equal (EngSpec *a, EngSpec *b);

/* What the experiment is. */
const char *eng_spec_get_name (EngSpec *self);
const char *eng_spec_get_title (EngSpec *self);
const char *eng_spec_get_description (EngSpec *self); /* may be "" */

const EngProblemClass *eng_spec_get_problem_class (EngSpec *self);
const EngSettings     *eng_spec_get_problem (EngSpec *self);
const EngSettings     *eng_spec_get_observe (EngSpec *self);

guint                  eng_spec_get_n_runs (EngSpec *self);
const EngLearnerClass *eng_spec_get_learner_class (EngSpec *self, guint run);
const EngSettings     *eng_spec_get_run (EngSpec *self, guint run);
/* The run's label; if none was written its learner's title, with a number from the second
 * such run of the learner on. */
const char *eng_spec_get_run_label (EngSpec *self, guint run);
guint64     eng_spec_get_seed (EngSpec *self); /* problem.seed */
guint64     eng_spec_get_run_seed (EngSpec *self, guint run);
guint64     eng_spec_get_max_steps (EngSpec *self); /* longest run */

guint            eng_spec_get_n_changes (EngSpec *self);
const EngChange *eng_spec_get_change (EngSpec *self, guint index);

/* Edits: each returns a new, valid spec, or NULL with an error and the old one
 * untouched.  Group names as in files: "experiment", "problem", "observe", "run.1" ...;
 * "run.*" addresses every run.  `value` NULL restores the default.  Changing
 * `problem.kind` or `run.N.learner` drops the keys that the new tables do not have. */
EngSpec *eng_spec_with_value (EngSpec    *self,
                              const char *group,
                              const char *key,
                              const char *value,
                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Adds a run after the last, a copy of run `like` with another learner, and with the label
 * and the step size that the learner has by itself. */
EngSpec *eng_spec_with_run (EngSpec    *self,
                            guint       like,
                            const char *learner,
                            GError    **error) G_GNUC_WARN_UNUSED_RESULT;
EngSpec *
eng_spec_without_run (EngSpec *self, guint run, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- eng-spec-changes.c --------------------------------------------------------- */
/* Adds a live change behind those of its step and before, in place of one of the same key
 * at the same step; refused unless the key is LIVE and the value allowed. */
EngSpec *eng_spec_with_change (EngSpec         *self,
                               const EngChange *change,
                               GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* `self` with the changes of `other`, which must have the same start. */
EngSpec *
eng_spec_with_changes_of (EngSpec *self, EngSpec *other) G_GNUC_WARN_UNUSED_RESULT;
/* Without the change `index`; the others keep their steps. */
EngSpec *eng_spec_without_change (EngSpec *self, guint index) G_GNUC_WARN_UNUSED_RESULT;
EngSpec *eng_spec_without_changes (EngSpec *self) G_GNUC_WARN_UNUSED_RESULT;
/* What holds when `step` steps are taken: the changes up to then are the values of their
 * keys, later ones stay changes.  `self` if these values cannot stand in one file. */
EngSpec *eng_spec_at_step (EngSpec *self, guint64 step) G_GNUC_WARN_UNUSED_RESULT;

/* Name, title, description and labels are words: they give no number.  `self` with those
 * of `other`, which must have as many runs. */
EngSpec *eng_spec_with_words_of (EngSpec *self, EngSpec *other) G_GNUC_WARN_UNUSED_RESULT;
/* Equal but for words; ... and for changes made while running. */
gboolean eng_spec_same_numbers (EngSpec *a, EngSpec *b);
gboolean eng_spec_same_start (EngSpec *a, EngSpec *b);
gboolean eng_change_replaces (const EngChange *a, const EngChange *b);
gboolean eng_change_equal (const EngChange *a, const EngChange *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngSpec, eng_spec_unref)

G_END_DECLS
