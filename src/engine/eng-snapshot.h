/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngSnapshot: everything a reader may know about an experiment at one moment.  State
 * and data travel together, so a plot and a button never disagree.
 *
 * Immutable once published, reference-counted (atomic), readable from any thread.  The
 * fields are public and constant: there is nothing to protect. */
#pragma once

#include "eng-coefficients.h"
#include "eng-spec.h"
#include "eng-spectrum.h"
#include "eng-trace.h"

G_BEGIN_DECLS

typedef enum
{
  ENG_PHASE_EMPTY,     /* no experiment yet */
  ENG_PHASE_PREPARING, /* teacher, data, spectrum at W0, step size: before step 0 */
  ENG_PHASE_PAUSED,    /* ready for the next step */
  ENG_PHASE_RUNNING,
  ENG_PHASE_DONE,   /* every run has ended */
  ENG_PHASE_FAILED, /* `error` says why */
} EngPhase;

/* The rows of W at the last record, for histograms; empty before the first. */
typedef struct
{
  gsize  n;
  float *movement; /* (n) row norms |w_r| */
  float *overlap;  /* (n) largest |cosine| of w_r with a teacher direction; NULL if the
                      teacher has none */
} EngNeurons;

/* A symmetric matrix as plots show it: the estimate of a run at its last record, or L*
 * itself.  Everything 0 where there is none. */
typedef struct
{
  gsize   rank;
  double *eigenvalues; /* (rank) by decreasing modulus */
  gsize   n_angles;
  double *angles; /* (n_angles) principal angles between the span of its leading terms, as
                     many as L* has, and that of L*; radians, ascending; not for L* */
} EngMatrixView;

/* One run as it stands. */
typedef struct
{
  char         *label;
  char         *learner; /* id */
  EngTrace     *trace;   /* shared; read only the first `n_records` */
  gsize         n_records;
  EngStatus     status;
  guint64       step;         /* steps taken */
  guint64       planned;      /* its `steps` */
  double        step_size;    /* η in use */
  double        stable_below; /* 2/λ_max; NaN if unknown */
  double        restart_with; /* 1/λ_max: the cure offered; NaN if unknown */
  gboolean      linearised;   /* lazy by construction */
  gboolean      full_network; /* judged by drift and gap */
  gsize         m;            /* neurons; 0 if it has none */
  EngSpectrum  *spectrum;     /* (nullable): at W0 */
  GPtrArray    *later; /* (element-type EngSpectrum): at later steps; may be empty */
  EngNeurons    neurons;
  EngMatrixView matrix; /* of learners that estimate one */
  EngCoefficients
      coefficients; /* at the last record, of learners with a linear predictor */
} EngRunView;

/* Its recorded column `id`.   (n_records); NULL: the run does not record it. */
const double *eng_run_view_get_column (const EngRunView *self, const char *id);

/* The newest of its records that the view shows, whatever was recorded since; NaN if there
 * is none or the run does not record `id`. */
double eng_run_view_get_last (const EngRunView *self, const char *id);

/* The first recorded step at which column `id` is below `bound`; -1: none. */
gint64 eng_run_view_find_below (const EngRunView *self, const char *id, double bound);
/* Contraction of the relative error per iteration, the geometric mean from iteration 3 to
 * where it first comes within a factor 2 of its smallest value or of rounding; NaN where
 * too little is recorded. */
double eng_run_view_get_rate (const EngRunView *self);
/* The rank that a run fits: what it records of it, or that of its matrix; 0: it has none. */
gsize eng_run_view_get_rank (const EngRunView *self);

/* What is known of the problem. */
typedef struct
{
  gsize    d, n, n_test;
  guint    k;            /* dense degree */
  double   variance;     /* Var(f*) on the test set */
  double   noise_level;  /* σ²/Var(f*): guide for train curves; 0 without noise */
  double   best_low_fit; /* relative test loss of the best fit of degree <= k; NaN if
                              not available */
  gboolean on_sphere;    /* the theoretical staircase applies */
  gsize    n_directions; /* of the teacher; 0 if it has none */
  gsize    true_rank;    /* of L*, where the target is xᵀL*x; else 0 */
} EngFacts;

struct _EngSnapshot
{
  /*< private >*/
  gatomicrefcount ref_count;

  /*< public >*/
  guint64         serial; /* grows with every snapshot of one session */
  EngPhase        phase;
  EngSpec        *spec;             /* (nullable) in ENG_PHASE_EMPTY only */
  GError         *error;            /* (nullable): why it failed */
  guint64         step;             /* steps taken by the longest run still going */
  guint64         planned;          /* steps of the longest run */
  double          seconds;          /* spent stepping, not waiting */
  double          steps_per_second; /* recent; NaN before the first */
  double          preparing;        /* 0 to 1 in ENG_PHASE_PREPARING */
  guint           n_starts;         /* loads and resets of its session up to its own */
  guint           n_changed;        /* live changes obeyed since the last load or reset */
  EngFacts        facts;            /* valid from ENG_PHASE_PAUSED on */
  EngMatrixView   truth;            /* L*, where the target is xᵀL*x */
  EngCoefficients teacher; /* β*, where the target is ⟨β*, x⟩ and a run has a
                                     linear predictor */
  guint           n_runs;
  EngRunView     *runs; /* (n_runs) */
};

#define ENG_TYPE_SNAPSHOT (eng_snapshot_get_type ())
GType eng_snapshot_get_type (void);
/* A snapshot to be filled before it is published; takes a reference on `spec`.  With
 * `n_runs` zeroed run views. */
EngSnapshot *eng_snapshot_new (EngSpec *spec, guint n_runs) G_GNUC_WARN_UNUSED_RESULT;
EngSnapshot *eng_snapshot_ref (EngSnapshot *self);
void         eng_snapshot_unref (EngSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngSnapshot, eng_snapshot_unref)

G_END_DECLS
