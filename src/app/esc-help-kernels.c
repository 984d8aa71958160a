/* SPDX-License-Identifier: GPL-3.0-or-later
 * The help on the settings of kernels. */
#include "config.h"

#include "esc-help.h"

#include <glib/gi18n.h>

#define SETTING ESC_HELP_SETTING

const EscHelpEntry esc_help_kernels[] = {
  { SETTING, "kernel", NULL, N_ ("Kernel"), "f(x) = Σ_i c_i K(x, x_i)",
    N_ ("How similar the method takes two inputs to be: as a network does whose layers "
        "are infinitely wide, or have m neurons, by their distance (Laplace, Gaussian), "
        "or by a power of x·x′."),
    N_ ("Settings of Kernel ridge and Gradient flow") },
  { SETTING, "hidden", NULL, N_ ("Hidden Layers"), "K = α_1 K_1 + … + α_{L+1} K_{L+1}",
    N_ ("How many layers of neurons the wide network has. With one, K_1 is the kernel "
        "of its first layer and K_2 that of its second; each further layer adds one."),
    N_ ("Settings of Kernel ridge and Gradient flow") },
  { SETTING, "bias-coordinate", NULL, N_ ("Bias Coordinate"), "(x·x′ + d) / (d + 1)",
    N_ ("A constant √d as another input. Without it, or biases, a kernel of two layers "
        "sees only half of the degrees. A full network has no such input."),
    N_ ("Settings of Kernel ridge and Gradient flow") },
  { SETTING, "layer-weights", NULL, N_ ("Weights of the Layers"), NULL,
    N_ ("How much each layer's kernel counts, the first layer first; 0 where a layer is "
        "not trained. A full network with ReLU that trains both layers has d/2 and ½, "
        "one with another activation d and 1. With m neurons, the other keys as those of "
        "the network and no bias coordinate, the kernel is J J^T of its very neurons."),
    N_ ("Settings of Kernel ridge and Gradient flow, below More") },
  { SETTING, "width", NULL, N_ ("Width of the Kernel"),
    "exp(−|x − x′| / (s √d)),  exp(−|x − x′|^2 / (2 s^2 d))",
    N_ ("The distance over which a Laplace or Gaussian kernel falls, in units of √d."),
    N_ ("Settings of Kernel ridge and Gradient flow") },
  { SETTING, "offset", NULL, N_ ("Offset of the Kernel"), "(offset + x·x′/d)^p",
    N_ ("Without an offset or a bias coordinate a polynomial kernel sees only degrees of "
        "the parity of its own."),
    N_ ("Settings of Kernel ridge and Gradient flow") },
  { SETTING, "ridge", NULL, N_ ("Ridge"), "(K + ridge · mean k(x, x)) c = y",
    N_ ("What is added to the diagonal of the kernel matrix. More makes the estimate "
        "smaller and smoother. Where so little is asked for that rounding would decide, "
        "it becomes 10^−8, or as much as it takes; the table of the run says how much."),
    N_ ("Settings of Kernel ridge and Frobenius norm") },
  { 0 },
};
