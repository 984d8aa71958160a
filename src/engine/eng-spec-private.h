/* SPDX-License-Identifier: GPL-3.0-or-later
 * What eng-spec.c and eng-spec-edit.c share. */
#pragma once

#include "eng-spec.h"

G_BEGIN_DECLS

struct _EngSpec
{
  gatomicrefcount ref_count;
  GKeyFile       *key_file; /* own copy without the changes; never changed later */
  char           *text;     /* of key_file */
  char           *start;    /* of key_file without words: what the numbers start from */
  double          d;        /* 0 until known (own data) */

  EngSettings           *experiment, *problem, *observe;
  const EngProblemClass *problem_class;
  guint                  n_runs;
  EngSettings           *runs[ENG_SPEC_MAX_RUNS];
  const EngLearnerClass *learner_classes[ENG_SPEC_MAX_RUNS];
  char                  *names[ENG_SPEC_MAX_RUNS]; /* (nullable): title and number */
  GArray                *changes;                  /* of EngChange, by step */
};

/* A canonical copy: groups and keys in table order are not needed, comments go.
 * Returns: (transfer full). */
GKeyFile *eng_spec_copy_key_file (GKeyFile *key_file) G_GNUC_WARN_UNUSED_RESULT;

/* The spec that `key_file` (without changes) and `changes` make, as one that came of `like`:
 * as long as [problem] is the same, own data are not looked at again.
 * Returns: (transfer full) (nullable): NULL with an error. */
EngSpec *eng_spec_derive (EngSpec  *like,
                          GKeyFile *key_file,
                          GArray   *changes,
                          GError  **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of EngChange, which it owns. */
GArray *eng_changes_new (void) G_GNUC_WARN_UNUSED_RESULT;
void    eng_changes_add (GArray *changes, const EngChange *change); /* copies */
/* Takes the [change.N] groups out of `key_file`.  Returns: FALSE with an error. */
gboolean eng_changes_read (GArray *changes, GKeyFile *key_file, GError **error);
/* Checks and copies them into a spec that is being made; those that `like` (nullable) has
 * are not checked again.  Returns: FALSE with an error. */
gboolean
eng_spec_take_changes (EngSpec *self, EngSpec *like, GArray *changes, GError **error);
/* Writes them as [change.1] and so on. */
void eng_changes_write (GArray *changes, GKeyFile *key_file);
/* Takes title, labels and the like away. */
void eng_spec_remove_words (GKeyFile *key_file);

G_END_DECLS
