/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngBasis: the eigendirections of Σ at W0, measured on N probe inputs, on which
 * movement is projected.  Shared by every run whose student has the same start.
 * NOTATION "Bands"; papers.md A.2, F.2; two-layer.md section 3.
 *
 * With features A (N, m) and probes X (N, d), K = (A Aᵀ)∘(X Xᵀ) = N Φ Φᵀ has the nonzero
 * eigenvalues of N Σ; direction i is v_i = Φᵀ u_i / √(N λ_i), and the coefficient of W on
 * it u_iᵀ f_L(X; W) / √(N λ_i).  The md × md matrix is never formed.  Engine thread. */
#pragma once

#include "eng-problem.h"
#include "eng-spectrum.h"
#include "eng-analysis.h"

G_BEGIN_DECLS

typedef struct _EngBasis EngBasis;

/* Energies of a movement in the three bands, |W|² = q1 + q2 + q3. */
typedef struct
{
  double q1, q2, q3; /* q2 and q3 NaN where the second band is not resolved */
  double beyond_q1;  /* q2 + q3 */
  double r1;         /* mean over probes of f_L(x; P_{>k} W)² */
} EngEnergies;

/* Draws the probes, decomposes K.  `n_probes` 0: min (2 n_{<=k+1}, 2500).  `lanes`, which
 * may be NULL, share the work; borrowed, they outlive it.
 * Returns: (transfer full) (nullable). */
EngBasis *eng_basis_new (const EngTwoLayer *student,
                         EngProblem        *problem,
                         gsize              n_probes,
                         EngLanes          *lanes,
                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void      eng_basis_free (EngBasis *self);

gboolean     eng_basis_fits (const EngBasis *self, const EngTwoLayer *student);
EngSpectrum *eng_basis_get_spectrum (EngBasis *self); /* (transfer none) */
/* Directions whose energy is recorded: resolved ones of Q1 and Q2. */
gsize eng_basis_get_n_directions (const EngBasis *self);

/* A movement is measured in two parts, because the second reads all directions, which do
 * not fit the cache: for several movements at once that takes hardly longer than for one.
 * The numbers are the same. */
#define ENG_BASIS_BATCH 16

/* Movements of one run that are taken, and scratch. */
typedef struct
{
  EngAnalysis analysis;
  EngMat      polynomial; /* (d + 1, d); see eng_two_layer_linear_polynomial () */
  EngMat      linear;     /* (ENG_BASIS_BATCH, N) f_L on the probes */
  double      squares[ENG_BASIS_BATCH]; /* |W|² */
  double     *coefficients;             /* (n_taken, n_directions) */
  guint       n_taken;
} EngBasisScratch;

void   eng_basis_scratch_init (EngBasisScratch   *self,
                               gsize              n_probes,
                               const EngTwoLayer *student,
                               EngArena          *arena);
double eng_basis_scratch_estimate_bytes (double n_probes, double m, double d);

/* Takes the present movement.  Returns: how many are taken, at most ENG_BASIS_BATCH. */
guint eng_basis_take (const EngBasis    *self,
                      const EngTwoLayer *student,
                      EngBasisScratch   *scratch,
                      EngLanes          *lanes);
/* Squared coefficients of the movements taken on each recorded direction, and their sums;
 * then none are taken.  No allocation.
 * directions: for each of them (n_directions) or NULL   energies: one for each */
void eng_basis_finish (const EngBasis  *self,
                       EngBasisScratch *scratch,
                       EngLanes        *lanes,
                       float *const    *directions,
                       EngEnergies     *energies);

/* The top n_{<=k} directions, orthonormal, for the projector P_{<=k} of R1 to R3: as rows
 * their components for the first h neurons (eng_two_layer_count_single ()), of which those
 * of twins are the negatives.
 * Returns: (n_{<=k}, h d) float, built on first use; (transfer none). */
const EngMatF *eng_basis_get_top (EngBasis *self);

/* The same directions of a student whose σ″ is constant, through second moments of the
 * probes (eng-moments.h): T_i = Σ_p u_ip x̃_p x_pᵀ / √(N λ_i).
 * Returns: (n_{<=k}, (d + 1) d), built on first use; (transfer none). */
const EngMatF *eng_basis_get_top_moments (EngBasis *self);

/* Spectrum of the tangent kernel at w0 + w on the same probes, for `step`.
 * Returns: (transfer full) (nullable). */
EngSpectrum *eng_basis_spectrum_now (const EngBasis    *self,
                                     const EngTwoLayer *student,
                                     guint64            step,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Most directions that may be recorded for these sizes: n_{<=k}, and n_{k+1} where N
 * resolves them. */
gsize eng_basis_max_directions (gsize d, guint k, gsize n_probes);
/* Number of probes for these sizes, and memory. */
gsize eng_basis_default_probes (gsize d, guint k);
/* `direction_size`: numbers of a direction as kept for P_{<=k}; 0: none. */
double eng_basis_estimate_bytes (gsize  m,
                                 gsize  d,
                                 guint  k,
                                 gsize  n_probes,
                                 double direction_size);

/* K of tangent features, (A Aᵀ)∘(X Xᵀ) / divisor.  No allocation.
 * features: (N, m)   gram: (N, N) X Xᵀ   kernel: (N, N) */
void eng_basis_kernel (const EngMat *features,
                       const EngMat *gram,
                       double        divisor,
                       EngMat       *kernel);
/* Unbiased mean of K_ij P_l(t_ij) over i ≠ j, t = gram / d (two-layer.md section 3). */
double eng_basis_band_mean (const EngMat *kernel, const EngMat *gram, gsize d, guint l);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngBasis, eng_basis_free)

G_END_DECLS
