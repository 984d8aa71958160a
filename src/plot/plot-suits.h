/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which plots have something to show of an experiment: what PlotClass.suits is set to. */
#pragma once

#include "eng-spec.h"

G_BEGIN_DECLS

/* A run estimates a symmetric matrix. */
gboolean plot_suits_matrix (EngSpec *spec);
/* Every run does. */
gboolean plot_suits_matrix_alone (EngSpec *spec);
/* And the true one is known. */
gboolean plot_suits_truth (EngSpec *spec);
/* The same, and no run takes so many steps that fast ones would not be seen beside it. */
gboolean plot_suits_few_steps (EngSpec *spec);
/* A run has weights that move, and not every run is seen through its matrix, or by its
 * width. */
gboolean plot_suits_weights (EngSpec *spec);
/* A run has a linear predictor. */
gboolean plot_suits_coefficients (EngSpec *spec);
/* A run looks for the directions of the teacher, which has some. */
gboolean plot_suits_directions (EngSpec *spec);
/* Every run looks for directions. */
gboolean plot_suits_directions_alone (EngSpec *spec);
/* A run has a two-layer student. */
gboolean plot_suits_student (EngSpec *spec);
/* A run is a kernel of a network with so many neurons. */
gboolean plot_suits_width (EngSpec *spec);
/* The teacher has parts of certain degrees; not every run has a two-layer student, and none
 * a matrix or coefficients. */
gboolean plot_suits_degrees (EngSpec *spec);
/* A run has a two-layer student, and `observe.monitor` watches it. */
gboolean plot_suits_monitor (EngSpec *spec);
/* And what it watches are starts that differ in their width, or in whether they are in
 * pairs. */
gboolean plot_suits_threshold (EngSpec *spec);
/* A run has a two-layer student, and none estimates a matrix, which Σ tells nothing of; and
 * it is not J Jᵀ whose eigenvalues are asked for. */
gboolean plot_suits_bands (EngSpec *spec);
/* The same, or a run has features of its own. */
gboolean plot_suits_spectrum (EngSpec *spec);

G_END_DECLS
