/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngAtoms: the atoms of a network f(x) = Σ_j c_j (w_j·x)^p, |w_j| = 1, kept as
 * u_j = |c_j|^{1/p} w_j and the signs of the c_j, and their refits in F1 (deep.md section 4):
 * min (1/2n) Σ (f(x_i) − y_i)² + λ Σ_j |c_j|, over the coefficients alone, which is convex,
 * or over directions and coefficients together (sliding; Denoyelle et al. 2019), which is
 * not.
 *
 * Refits leave `u` and `signs` as they are and work on the trial, which is taken over at the
 * end, so that one that was asked to stop has changed nothing.  Arena memory; one thread
 * drives. */
#pragma once

#include "eng-arrays.h"
#include "eng-lbfgs.h"
#include "eng-power-sum.h"

G_BEGIN_DECLS

typedef struct
{
  EngPowerSum *sum; /* borrowed */
  gsize        max_atoms;
  EngMat       u, trial;            /* (so far, d) */
  double      *signs, *trial_signs; /* (max_atoms) */
  EngLbfgs     lbfgs;
  EngMat       gram;                    /* (max_atoms, max_atoms) */
  double      *products, *coefficients; /* (max_atoms) */
  double       lambda;                  /* of the present refit */
  EngLanes    *lanes;
} EngAtoms;

/* `sum` outlives it; its max_terms is at least max_atoms. */
void eng_atoms_init (EngAtoms *self, EngPowerSum *sum, gsize max_atoms, EngArena *arena);
double eng_atoms_estimate_bytes (double d, double max_atoms);

/* trial <- the atoms. */
void eng_atoms_try (EngAtoms *self);
/* trial <- the atoms and c (w·x)^p; fewer than max_atoms of them.   w: (d) unit */
void eng_atoms_append (EngAtoms *self, const double *w, double c);
/* Refits the trial: at most `steps` of L-BFGS on all of u; coordinate descent on the
 * coefficients, to the end. */
void eng_atoms_slide (EngAtoms *self, double lambda, guint steps, EngLanes *lanes);
void eng_atoms_reweight (EngAtoms *self, double lambda, EngLanes *lanes);
/* The atoms <- those of the trial whose coefficients are not 0, by decreasing modulus. */
void eng_atoms_take (EngAtoms *self);
/* Σ_j |c_j| */
double eng_atoms_get_norm (const EngAtoms *self);
/* The heaviest ones.   w: (at most as many, d) unit rows */
void eng_atoms_fill_directions (const EngAtoms *self, EngMat *w);
/* atoms (k, d) w and atom-weights (k) c. */
void eng_atoms_add_arrays (const EngAtoms *self, EngArrays *arrays);

G_END_DECLS
