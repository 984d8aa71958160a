/* SPDX-License-Identifier: GPL-3.0-or-later
 * What eng-spec.c and eng-spec-edit.c share. */
#pragma once

#include "eng-spec.h"

G_BEGIN_DECLS

struct _EngSpec
{
  gatomicrefcount ref_count;
  GKeyFile       *key_file; /* own copy; never changed after construction */
  double          d;        /* 0 until known (own data) */

  EngSettings           *experiment, *problem, *observe;
  const EngProblemClass *problem_class;
  guint                  n_runs;
  EngSettings           *runs[ENG_SPEC_MAX_RUNS];
  const EngLearnerClass *learner_classes[ENG_SPEC_MAX_RUNS];
  GArray                *changes; /* of EngChange, by step */
};

/* A canonical copy: groups and keys in table order are not needed, comments go.
 * Returns: (transfer full). */
GKeyFile *eng_spec_copy_key_file (GKeyFile *key_file) G_GNUC_WARN_UNUSED_RESULT;

/* Takes all `[change.N]` groups away. */
void eng_spec_remove_changes (GKeyFile *key_file);

G_END_DECLS
