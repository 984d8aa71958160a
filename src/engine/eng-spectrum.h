/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngSpectrum: eigenvalues of the tangent-feature covariance Σ at W0, measured on N
 * probe inputs, its bands Q1, Q2, Q3, and the staircase that theory predicts on the
 * sphere.  Definitions: NOTATION "Bands"; formulas: two-layer.md section 3.  Or those of
 * the second moments Σ̂ of a random first layer, in groups instead of bands (deep.md 1.5).
 *
 * Immutable once published, reference-counted (atomic), readable from any thread. */
#pragma once

#include "eng-types.h"

G_BEGIN_DECLS

#define ENG_SPECTRUM_MAX_LEVELS 8

typedef struct
{
  guint  degree;       /* l */
  gsize  multiplicity; /* n_l: dimension of the harmonics of degree l */
  double lambda;       /* λ_l of the infinite-width kernel; exact zeros are 0 */
} EngLevel;

struct _EngSpectrum
{
  /*< private >*/
  gatomicrefcount ref_count;

  /*< public >*/
  guint64  step;        /* 0: at W0 */
  gsize    n_probes;    /* N */
  gsize    n_features;  /* m d: directions that exist */
  guint    k;           /* dense degree: Q1 holds degree <= k */
  gsize    n_q1;        /* n_{<=k} */
  gsize    n_q2;        /* n_{k+1} */
  gboolean q2_resolved; /* FALSE: N < 1.2 n_{<=k+1}; Q2 and Q3 are one band */
  gsize    n_values;    /* min (N, m d) */
  double  *values;      /* (n_values) eigenvalues of K/N, decreasing */
  gsize    n_usable;    /* see eng_spectrum_find_usable () */
  guint    n_levels;    /* 0 unless inputs are on the sphere */
  EngLevel levels[ENG_SPECTRUM_MAX_LEVELS]; /* by decreasing λ */
  gsize    n_inputs; /* d, of Σ̂ of features, which has groups for bands; else 0 */
};

#define ENG_TYPE_SPECTRUM (eng_spectrum_get_type ())
GType        eng_spectrum_get_type (void);
EngSpectrum *eng_spectrum_new (gsize n_values) G_GNUC_WARN_UNUSED_RESULT;
EngSpectrum *eng_spectrum_ref (EngSpectrum *self);
void         eng_spectrum_unref (EngSpectrum *self);
/* Sets `n_usable` by the values, which must be set: those >= 1e-6 values[0], as smaller
 * ones are rounding.  Only these carry coefficients. */
void eng_spectrum_find_usable (EngSpectrum *self);

/* Groups of Σ̂: polynomials of degree 0, 1 and 2 of the inputs, and the tail. */
#define ENG_SPECTRUM_N_GROUPS 4
/* Ranks up to the end of group `group`: 1, 1 + d, 1 + d + d (d + 1)/2, all. */
gsize eng_spectrum_get_group_end (const EngSpectrum *self, guint group);
/* What a table calls the band or group of a rank (from 0). */
const char *eng_spectrum_get_band (const EngSpectrum *self, gsize rank);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngSpectrum, eng_spectrum_unref)

G_END_DECLS
