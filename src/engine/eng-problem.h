/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngProblem: a teacher, its inputs and the data set that every run of an experiment
 * shares.  NOTATION "Losses", "Teachers".
 *
 * Made by the experiment before its runs, constant afterwards, and outlives them; all its
 * arrays are borrowed from its own arena. Engine thread. */
#pragma once

#include "eng-arena.h"
#include "eng-arrays.h"
#include "eng-inputs.h"
#include "eng-lanes.h"
#include "eng-low-rank.h"
#include "eng-solutions.h"
#include "eng-spec.h"

G_BEGIN_DECLS

struct _EngProblemClass
{
  const char            *id;
  const char            *title; /* N_() */
  const char            *help;  /* N_(): one line */
  const EngParam *const *tables;
  gsize                  state_size;

  /* Whether these settings fit together, before anything is built.  May be NULL. */
  gboolean (*check) (const EngSettings *settings, GError **error);
  /* Dimension d where no key says it (own data); NULL: the key `d`.  Returns 0 with an
   * error. */
  gsize (*dimension) (const EngSettings *settings, GError **error);
  /* Whether f* = xᵀL*x with these settings; NULL: never. */
  gboolean (*has_truth) (const EngSettings *settings);
  /* Dense degree k of the problem unless `observe.k` overrides it. */
  guint (*dense_degree) (const EngSettings *settings);
  /* Bytes of the teacher; NULL: as for a form of d × d numbers. */
  double (*estimate_teacher) (const EngSettings *settings, double d);
  /* Builds the teacher from stream `teacher`; `self->inputs` is set. */
  gboolean (*prepare) (EngProblem *self, GError **error);
  /* Noiseless targets, and the part of each degree of `self->degrees`.
   * x: (n, d)  y: (n)  parts: (n_degrees, n) or NULL */
  void (*target) (EngProblem *self, const EngMatF *x, double *y, double *parts);
  /* Fresh inputs from `rng`; NULL: the input law. */
  void (*sample) (EngProblem *self, EngRng *rng, EngMatF *x);
  /* Fills training and test arrays itself (own data); NULL: sample, target, noise. */
  gboolean (*load) (EngProblem *self, GError **error);
  /* Names the arrays of the teacher beyond its directions, β* and L* (eng-export.h).  May be
   * NULL. */
  void (*add_arrays) (EngProblem *self, EngArrays *arrays);
  void (*clear) (EngProblem *self); /* frees what is not in the arena; may be NULL */
};

#define ENG_PROBLEM_MAX_DEGREES 16

/* Fields are for problem classes (write) and for learners and observables (read). */
struct _EngProblem
{
  const EngProblemClass *klass;
  EngSpec               *spec;
  const EngSettings     *settings; /* borrowed from spec */
  EngArena              *arena;
  gpointer               state; /* (klass->state_size) zeroed */

  EngInputs inputs;
  gboolean  has_law; /* FALSE: own data, no theory */
  gsize     d, n, n_test;
  guint     k;
  double    noise; /* standard deviation of label noise */

  EngMatF    x_train, x_test;  /* (n, d), (n_test, d) */
  gboolean   streamed;         /* x_train has no rows; eng-samples.h draws them again */
  GPtrArray *train_starts;     /* of EngRng: where each block of them begins; else NULL */
  double    *y_train, *y_test; /* (n) with noise, (n_test) without */
  const int *cancel;           /* atomic; nonzero: stop soon.  May be NULL */
  double     max_bytes;        /* own data larger than this are refused */
  double     variance;         /* Var(f*) on the test set, > 0 */

  guint      n_degrees;
  guint      degrees[ENG_PROBLEM_MAX_DEGREES]; /* of the teacher's parts */
  EngMat     test_parts;                       /* (n_degrees, n_test) */
  EngMat     directions; /* (r, d) unit rows; 0 rows if it has none */
  EngLowRank truth;      /* L* where f* = xᵀL*x; rank 0 elsewhere */
  EngMat  test_basis; /* (n_test, rank): orthonormal polynomials of degree <= k; 0 columns
                        if n_test < 4 n_{<=k} */
  double  best_low_fit; /* 1 − energy of f* on that basis / Var; NaN without it */
  double *linear; /* (d) β* where f* = ⟨β*, x⟩ up to a constant; NULL elsewhere */
  EngSolutions *solutions; /* NULL until a run asks for them */
};

/* Sizes were checked by the experiment; own data check theirs against `max_bytes`.
 * Returns: (transfer full) (nullable). */
EngProblem *eng_problem_new (EngSpec   *spec,
                             double     max_bytes,
                             const int *cancel,
                             GError   **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the owner wants long computations to give up. */
gboolean eng_problem_should_stop (const EngProblem *self);
void     eng_problem_free (EngProblem *self);

/* Mean and variance of a target on ENG_INPUTS_EMPIRICAL fresh inputs from `rng`, for
 * problems that normalise theirs so.   y: (n) */
typedef void (*EngRawTarget) (EngProblem *self, const EngMatF *x, double *y);
void eng_problem_measure_moments (EngProblem  *self,
                                  EngRng      *rng,
                                  EngRawTarget raw,
                                  double      *mean,
                                  double      *variance);

/* Fresh inputs of the problem's law into `x` (rows, d). */
void eng_problem_sample (EngProblem *self, EngRng *rng, EngMatF *x);
/* The same on lanes, each with a stream of its own.   rngs: [ENG_N_LANES] */
void eng_problem_sample_by_lanes (EngProblem    *self,
                                  EngRng *const *rngs,
                                  EngMatF       *x,
                                  EngLanes      *lanes);

/* Linear predictors of the training set, for learners to find and share.  Allocates them
 * when it is first called.  Returns: (transfer none). */
EngSolutions *eng_problem_get_solutions (EngProblem *self);

/* An orthonormal basis of the span of the teacher's directions, rows that depend on others
 * left out.   span: (min (r, d), d); its `rows` become the dimension */
void eng_problem_fill_span (const EngProblem *self, EngMat *span);

/* Monomials of degree <= k in d variables. */
gsize eng_problem_basis_size (gsize d, guint k);
/* Those used as a basis: on the sphere, where Σ x_i² = d, the last variable appears at
 * most once, which leaves n_{<=k}; elsewhere all of them. */
gsize eng_problem_n_monomials (const EngProblem *self);
/* Their values on the rows of `x`.   x: (n, d)   basis: (n, n_monomials) */
void eng_problem_basis (const EngProblem *self, const EngMatF *x, EngMat *basis);

/* Sizes, as doubles so that no product overflows. */
typedef struct
{
  double   d, n, n_test;
  guint    k;
  gboolean streamed;
  double   teacher; /* bytes */
  double   rank;    /* of the teacher; 0 if it has none */
  double   n_drift; /* test inputs on which kernels are compared */
} EngSizes;

/* Whether f* = xᵀL*x with a known L*. */
gboolean eng_problem_spec_has_truth (EngSpec *spec);
/* Whether `storage` says that training inputs are not kept. */
gboolean eng_problem_is_streamed (const EngSettings *settings);
/* Sizes as the spec says them.  Returns: FALSE for own data, whose file says them. */
gboolean eng_problem_spec_sizes (EngSpec *spec, EngSizes *sizes);
EngSizes eng_problem_get_sizes (const EngProblem *self);
/* Memory in bytes that the arrays above will take. */
double eng_problem_estimate_bytes (const EngSizes *sizes);

/* Tables shared by the problems with an input law: d, n, n-test, inputs, ... */
extern const EngParam eng_problem_sampling_params[];
/* The same without label noise. */
extern const EngParam eng_problem_input_params[];
/* The same with the sizes and the law of matrix recovery. */
extern const EngParam eng_problem_sensing_params[];
extern const EngParam eng_problem_common_params[];

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngProblem, eng_problem_free)

G_END_DECLS
