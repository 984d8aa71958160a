/* SPDX-License-Identifier: GPL-3.0-or-later
 * Forward declarations and enumerations shared by every engine header. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _EngArena        EngArena;
typedef struct _EngArrays       EngArrays;
typedef struct _EngExperiment   EngExperiment;
typedef struct _EngLanes        EngLanes;
typedef struct _EngLearner      EngLearner;
typedef struct _EngLearnerClass EngLearnerClass;
typedef struct _EngProblem      EngProblem;
typedef struct _EngProblemClass EngProblemClass;
typedef struct _EngRng          EngRng;
typedef struct _EngRun          EngRun;
typedef struct _EngSession      EngSession;
typedef struct _EngSettings     EngSettings;
typedef struct _EngSnapshot     EngSnapshot;
typedef struct _EngSpec         EngSpec;
typedef struct _EngSpectrum     EngSpectrum;
typedef struct _EngTrace        EngTrace;
typedef struct _EngTwoLayer     EngTwoLayer;

/* What the mathematics did with a run.  An error (GError) is something else: the run
 * could not be carried out. */
typedef enum
{
  ENG_STATUS_CONTINUE,  /* more steps are planned */
  ENG_STATUS_FINISHED,  /* all planned steps were taken */
  ENG_STATUS_CONVERGED, /* a stop rule was met */
  ENG_STATUS_DIVERGED,  /* the loss grew without bound; the last finite record stays */
  ENG_STATUS_STOPPED,   /* the user ended it early */
} EngStatus;

/* Returns: (transfer none): the word used in files: running, finished, converged,
 * diverged, stopped. */
const char *eng_status_get_id (EngStatus status);
/* Returns: FALSE if no status has this id. */
gboolean eng_status_from_id (const char *id, EngStatus *status);

G_END_DECLS
