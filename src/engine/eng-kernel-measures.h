/* SPDX-License-Identifier: GPL-3.0-or-later
 * Comparisons of kernel matrices (papers.md D.3; NOTATION "Observables").  Pure functions
 * in double; no allocation. */
#pragma once

#include "eng-la.h"

G_BEGIN_DECLS

/* ‖K_t − K_0‖_F / ‖K_0‖_F */
double eng_kernel_measure_drift (const EngMat *k0, const EngMat *kt);
/* 1 − ⟨K_t, K_0⟩ / (‖K_t‖ ‖K_0‖), uncentred. */
double eng_kernel_measure_cosine_distance (const EngMat *k0, const EngMat *kt);
/* K <- K centred in rows and columns.  means: (n) scratch */
void eng_kernel_measure_centre (EngMat *k, double *means);
/* Centred alignment of two centred kernels, ⟨A, B⟩ / (‖A‖ ‖B‖). */
double eng_kernel_measure_alignment (const EngMat *a, const EngMat *b);
/* Centred alignment of a centred kernel with a target, yᵀ K y / (‖K‖ |y|²), y centred
 * here.  y: (n) */
double eng_kernel_measure_target_alignment (const EngMat *k, const double *y);

G_END_DECLS
