/* SPDX-License-Identifier: GPL-3.0-or-later
 * The algorithms, the problems and the plots, in words. */
#include "config.h"

#include "esc-help.h"

#include <glib/gi18n.h>

const EscHelpEntry esc_help_topics[] = {
  { ESC_HELP_ALGORITHM, "lazy", NULL, N_ ("Lazy"), "prediction = f_L(x; W)",
    N_ ("Gradient descent on the network linearised at its start, which is kernel "
        "regression with the neural tangent kernel. It fits degree after degree and "
        "needs about d^p samples for degree p; with fewer it memorises, in Q2."),
    N_ ("Runs in the side pane; a blue, dashed curve with circles") },
  { ESC_HELP_ALGORITHM, "quadratic", NULL, N_ ("Quadratic"), "prediction = f_Q(x; W)",
    N_ ("The second Taylor term alone. It learns parts that depend on few directions "
        "from few samples, but cannot learn a linear part. The first term is deleted, or "
        "averaged away by signed dropout."),
    N_ ("Runs in the side pane; a purple curve with triangles") },
  { ESC_HELP_ALGORITHM, "joint", NULL, N_ ("Joint"),
    "prediction = f_L + f_Q,  loss + λ_1 R1 + λ_2 R2 + λ_3 R3 + λ_4 R4",
    N_ ("Both Taylor terms at once. Without penalties the first one memorises in Q2 "
        "before the second one wakes up; with R1 movement in Q2 costs, so the student "
        "learns low degrees in Q1 and the sparse part in Q3."),
    N_ ("Runs in the side pane; an orange, solid curve when penalised") },
  { ESC_HELP_ALGORITHM, "network", NULL, N_ ("Full network"), "prediction = α f(x; W)",
    N_ ("The two-layer network itself, nothing cut off. Its output scale α takes it from "
        "lazy (large) to rich (small). One or both layers train, on all samples or on "
        "batches. With a square as its activation it is a symmetric matrix, which is "
        "shown where the teacher is one; with weight decay that of smallest nuclear "
        "norm."),
    N_ ("Runs in the side pane") },
  { ESC_HELP_ALGORITHM, "three-layer", NULL, N_ ("Three layers"),
    "prediction = m^−½ Σ_r a_r σ((w_{0,r} + w_r)·h(x))",
    N_ ("A wide layer on features h of the inputs, which are fixed, or move later. Signed "
        "dropout averages its linear term away, so that it learns squares of the features "
        "like a nuclear norm does: a polynomial of degree 4 in one direction from a few "
        "times as many samples as there are features, where a kernel needs about half as "
        "many as there are monomials of degree 4."),
    N_ ("Runs in the side pane") },
  { ESC_HELP_ALGORITHM, "ap-rom", NULL, N_ ("AP-ROM"),
    "L ← rank r part of (L − η · leading part of G)",
    N_ ("Finds the matrix of a quadratic teacher by approximate projections: every "
        "iteration takes the leading terms of the gradient, without ever forming it, and "
        "keeps the r largest eigenvalues of the sum. It changes signs of neurons freely, "
        "does not mind a large condition number, and needs time in proportion to the "
        "data."),
    N_ ("Runs in the side pane") },
  { ESC_HELP_ALGORITHM, "ep-rom", NULL, N_ ("EP-ROM"), "L ← rank r part of (L − η G)",
    N_ ("The same with exact projections: the gradient as d × d numbers and all its "
        "eigenvectors in every iteration, which takes time like d^3. It shows what the "
        "approximation costs: hardly an iteration."),
    N_ ("Runs in the side pane") },
  { ESC_HELP_ALGORITHM, "gfm", NULL, N_ ("gFM"), "U ← orth(M U),  V ← M U,  M = L − G",
    N_ ("One step of the power method in every iteration. On fresh samples it is as fast "
        "as AP-ROM and simpler. Its step is fixed, so that on one batch used again it "
        "gets stuck or diverges, unless there are very many samples."),
    N_ ("Runs in the side pane") },
  { ESC_HELP_ALGORITHM, "factored-gd", NULL, N_ ("Factorised gradient descent"),
    "L = F S F^T,  F ← F − 2 η G F S",
    N_ ("Gradient descent on the neurons, from a spectral start that also fixes their "
        "signs S. A wrong sign can never be repaired, and weak neurons are slow. ScaledGD "
        "cures the second, not the first."),
    N_ ("Runs in the side pane") },
  { ESC_HELP_ALGORITHM, "geco", NULL, N_ ("GECO"), "L = Σ_j α_j v_j v_j^T",
    N_ ("Greedy: every step adds the neuron that the gradient wants most and fits all "
        "output weights again. What is once added stays, a little beside the true "
        "neurons, and so the error stalls."),
    N_ ("Runs in the side pane") },
  { ESC_HELP_ALGORITHM, "nuclear-norm", NULL, N_ ("Nuclear norm"),
    "minimum of the squared error + λ Σ_j |α_j|",
    N_ ("The convex way, F1 of squares: a penalty on all eigenvalues takes the place of a "
        "rank, which it needs not know. Every step costs the eigenvectors of a d × d "
        "matrix, and the penalty leaves an error of about its size."),
    N_ ("Runs in the side pane") },
  { ESC_HELP_ALGORITHM, "frobenius", NULL, N_ ("Frobenius norm, F2"),
    "prediction = Σ_i c_i (x·x_i)^p,  (K + ridge) c = y",
    N_ ("The lazy way, in one step: of all networks of powers that fit the samples the "
        "one of smallest norm. It knows of no rank and spreads over all directions. With "
        "p = 2 it is a matrix L, and finds the teacher only with about d (d + 1) / 2 "
        "samples: as many as there are products of coordinates."),
    N_ ("Runs in the side pane; recorded before and after its step") },
  { ESC_HELP_ALGORITHM, "kernel-ridge", NULL, N_ ("Kernel ridge"),
    "f(x) = Σ_i c_i K(x, x_i),  (K + ridge) c = y",
    N_ ("The lazy limit itself: the function of smallest norm that fits the samples, in "
        "one step. Kernels of wide networks, of distances and of powers climb degree by "
        "degree, the more samples there are. On the sphere a ReLU kernel without a bias "
        "coordinate never sees odd degrees above 1, an odd activation no even ones."),
    N_ ("Runs in the side pane; recorded before and after its step") },
  { ESC_HELP_ALGORITHM, "gradient-flow", NULL, N_ ("Gradient flow"),
    "f(x; t) = K(x, ·) K^−1 (1 − e^{−tK/n}) y",
    N_ ("What gradient descent with a fixed kernel would do in infinitely small steps, "
        "computed for each time at once from the eigenvectors of the kernel. Drawn over "
        "a trained network it tells how lazy that is. A step lasts η, as a step of the "
        "network does; at the same rate they run side by side."),
    N_ ("Runs in the side pane; its curve lies over the others") },
  { ESC_HELP_ALGORITHM, "frank-wolfe", NULL, N_ ("Frank-Wolfe, F1"),
    "prediction = Σ_j c_j (w_j·x)^p,  minimum of the squared error + λ Σ_j |c_j|",
    N_ ("The convex way for every power: a network of as many neurons as it takes, one "
        "more in every step, the one that the errors ask for most. It is found by "
        "climbing from many starts, which is all that can be done. Then all neurons "
        "slide to their best places together; if their coefficients alone are fitted "
        "again, that takes far more of them."),
    N_ ("Runs in the side pane") },
  { ESC_HELP_ALGORITHM, "least-squares", NULL, N_ ("Least squares"),
    "minimum of Σ_i (x_i^T L x_i + offset − y_i)^2",
    N_ ("All d (d + 1) / 2 numbers of the matrix and an offset, in one step. It needs one "
        "more sample than that. From then on it is the best method: exact, and nothing "
        "to tune."),
    N_ ("Runs in the side pane; recorded before and after its step") },
  { ESC_HELP_ALGORITHM, "diagonal", NULL, N_ ("Diagonal network"),
    "f(x) = Σ_i ((w_{+,i})^{depth} − (w_{−,i})^{depth}) x_i,  all weights α at the start",
    N_ ("The smallest network that is lazy or rich: linear in its inputs, but not in its "
        "weights. With fewer samples than dimensions many coefficients fit, and the scale "
        "of the start decides which ones gradient descent finds. Its steps are η = c / "
        "λ_max, or less where a weight would change by more than 0.2 % at once; smaller "
        "ones end nearer to theory. It knows nothing of parts of the teacher that are not "
        "linear."),
    N_ ("Runs in the side pane") },

  { ESC_HELP_ALGORITHM, "recovery", NULL, N_ ("Parameter recovery"),
    "M = Σ_i (y_i − mean y)(x_i x_i^T − I) / n,  T_p(u, …, u, ·)",
    N_ ("Finds the directions of the teacher before it fits a function of them. The leading "
        "eigenvectors of M are directions of the part of degree 2; power iteration on the "
        "Hermite tensor T_p, which is never formed, finds those of degree p, one after the "
        "other. Gradient descent then refines them. A teacher without a part of that degree "
        "has nothing to be found."),
    N_ ("Runs in the side pane") },

  { ESC_HELP_PROBLEM, "dense-plus-sparse", NULL, N_ ("Dense + sparse"),
    "f* = Σ_{l≤k} dense part of degree l + Σ_{i≤r} sparse term of degree k + 1",
    N_ ("A teacher that no half of the network can learn alone: its dense part needs f_L, "
        "its sparse part f_Q. All degrees have the same variance unless weights are "
        "given."),
    N_ ("Family, in Teacher") },
  { ESC_HELP_PROBLEM, "low-rank-polynomial", NULL, N_ ("Low-rank polynomial"),
    "f*(x) = Σ_{i≤r} c_i g_p(β_i·x)",
    N_ ("A sum of polynomials, each of one direction of the inputs: Gegenbauer "
        "polynomials on the sphere, Hermite polynomials for Gaussian inputs."),
    N_ ("Family, in Teacher") },
  { ESC_HELP_PROBLEM, "network", NULL, N_ ("Two-layer network"),
    "f*(x) = Σ_{i≤r} ±σ(β_i·x)",
    N_ ("A small network as the teacher, with unit rows and outputs ±1, centred and "
        "scaled to variance 1. Rows and signs are random by default."),
    N_ ("Family, in Teacher") },
  { ESC_HELP_PROBLEM, "deeper", NULL, N_ ("Deeper polynomial"),
    "f*(x) = Σ_s c_s (u_s·g_s(x))^p + linear · Σ_s v_s·g_s(x)",
    N_ ("A power of a sum of low-rank polynomials, which three layers can learn: g first, "
        "then the power. Every outer part s has inner polynomials g_s of its own, each of "
        "one direction β, an inner degree and a power p. With a linear part g shows in the data by itself; without it, only "
        "through the power. Centred and scaled to variance 1."),
    N_ ("Family, in Teacher") },
  { ESC_HELP_PROBLEM, "quadratic-sensing", NULL, N_ ("Quadratic teacher"),
    "y = x^T L* x + e,  L* = Σ_{j≤r} α_j w_j w_j^T",
    N_ ("A network of r neurons with activation z^2, which is a symmetric matrix of rank "
        "r. Its eigenvalues fall from 1 to 1/κ, then all are scaled so that ‖L*‖ = 1. "
        "Every sample measures the matrix once; a run is to recover it."),
    N_ ("Family, in Teacher") },
  { ESC_HELP_PROBLEM, "random-labels", NULL, N_ ("Random labels"), "y ~ N(0, 1)",
    N_ ("Labels that have nothing to do with the inputs, for training and for testing. A "
        "student that fits them has memorised them, and its test loss is above 1. To be "
        "seen with them: whether a network can fit anything at all, and how fast."),
    N_ ("Family, in Teacher") },
  { ESC_HELP_PROBLEM, "data", NULL, N_ ("Own data"), NULL,
    N_ ("A table of your own: a CSV file with a header, or a two-dimensional .npy array. "
        "One column is the target, the others are inputs, standardised and scaled so "
        "that |x|^2 ≈ d. Some rows are held out as the test set. There is no theory to "
        "draw."),
    N_ ("Family, in Teacher") },

  { ESC_HELP_PLOT, "rates", NULL, N_ ("Promised Rates"), "L_t ≤ L_0 Π (1 − η λ_min)^2",
    N_ ("The train loss of every run and, without colour, what the eigenvalues λ of J J^T "
        "promise the selected one. The PL line (dashed) takes λ_min at the start: gradient "
        "descent in small steps stays below it as long as λ_min does not fall. The envelope "
        "(dash-dotted) takes λ_min on the way. The loss of the network linearised at its "
        "start (dotted) is known in closed form for every step. Straight lines on an even axis of steps. Training is in single "
        "precision, so that a loss below 10^−10 of its start is rounding."),
    N_ ("Overview (Ctrl+1), with the rate monitor") },
  { ESC_HELP_PLOT, "threshold", NULL, N_ ("Fit and Width"),
    "rank J ≤ m d,  in pairs m d / 2",
    N_ ("How well every run fits its samples, by the number of its effective weights for "
        "each of them: as many as the rank of J can be at the start. These are m d, at "
        "most m (d + 1) where both layers train, half of that where neurons start in pairs, and "
        "of a polynomial σ at most as many as there are such polynomials of x. Left of the "
        "line J J^T has an eigenvalue 0: nothing promises that all labels are fitted, "
        "though gradient descent may come near. The other measure is that eigenvalue."),
    N_ ("Overview (Ctrl+1), with the rate monitor, where widths differ") },
  { ESC_HELP_PLOT, "jacobian", NULL, N_ ("Jacobian"),
    "‖J − J_0‖ ≤ |σ″| |a| ‖X*X‖ ‖W‖,  σ_min(J) ≥ |σ″| |a| σ_min(W_0 + W) σ_min(X*X)",
    N_ ("The smallest (thick) and the largest (thin) eigenvalue of J J^T of every run: all "
        "labels can be fitted while the smallest is above 0, which at the start "
        "needs n effective weights (see Fit and Width). Or how far J is from its start. Dashed "
        "is what theory proves of the selected run: for squares the smallest eigenvalue "
        "cannot be below it, and no change can be above it. X*X has the rows x_i ⊗ x_i."),
    N_ ("Overview (Ctrl+1), with the rate monitor") },
  { ESC_HELP_PLOT, "loss", NULL, N_ ("Loss"), "mean (f − f*)^2 / Var(f*)",
    N_ ("Test loss (thick) and train loss (thin) of every run, relative to the variance "
        "of the teacher: 1 is what predicting the mean gives. Dotted levels show the "
        "best linear or low-degree fit and the noise. A test curve that stops falling "
        "while its train curve goes on is memorising."),
    N_ ("Overview (Ctrl+1)") },
  { ESC_HELP_PLOT, "coefficients", NULL, N_ ("Coefficients"), "|β_i| by size",
    N_ ("The coefficients of every diagonal network at its newest step, one panel per run: "
        "first those that the teacher has (at the dashes above: β*), then all others. "
        "Dashed is the exact solution in whose order they stand: argmin Q for the α of "
        "the run, or that of smallest ℓ₁ or ℓ₂ norm. Where points lie on the line the run "
        "has found it. Of many coefficients those far to the right are thinned out."),
    N_ ("Overview (Ctrl+1), where a run is a diagonal network") },
  { ESC_HELP_PLOT, "bias", NULL, N_ ("Implicit Bias"), "‖β‖ / smallest ‖β‖ − 1",
    N_ ("By how much the ℓ₁ or the ℓ₂ norm of a run is above the smallest of all "
        "coefficients that fit; its distance to argmin Q, where theory has it end; and the "
        "drift of its tangent kernel. A lazy run has the smallest ℓ₂ norm, a rich one "
        "comes near the smallest ℓ₁ norm. While a run still underfits, its norms are "
        "below: at 0 here."),
    N_ ("Overview (Ctrl+1), where a run is a diagonal network") },
  { ESC_HELP_PLOT, "cosines", NULL, N_ ("Directions Found"), "from 0 to 1",
    N_ ("How near the directions that a run has found are to those of the teacher. Principal "
        "cosines compare the two spans, whatever the single directions are: the smallest is "
        "thick, all are thin. Matched cosines take each direction of the teacher with the "
        "nearest one that was found; their mean is thick. 1 is found; 0 is at right angles, "
        "or not looked for yet."),
    N_ ("Overview (Ctrl+1), where a run looks for directions") },
  { ESC_HELP_PLOT, "spectrum", NULL, N_ ("Spectrum of Σ"), "λ by rank",
    N_ ("Eigenvalues of Σ at the start, by rank, in the colours and markers of their "
        "bands, with the number of directions of each. The dashed stairs are theory on "
        "the sphere. What N probe inputs cannot resolve is hatched. Below, over the same "
        "ranks, is the energy of every run's movement: means over neighbouring "
        "directions, and one mean for all of Q3. Where a student moves in directions of "
        "small eigenvalues it has left the lazy regime."),
    N_ ("Overview (Ctrl+1)") },
  { ESC_HELP_PLOT, "movement", NULL, N_ ("Weight Movement"), "‖W‖ / ‖W_0‖",
    N_ ("How far the weights of every run are from their start, in one of three "
        "measures. The size of the movement alone does not tell lazy from rich: look at "
        "where it moved."),
    N_ ("Overview (Ctrl+1)") },
  { ESC_HELP_PLOT, "bands", NULL, N_ ("Where It Moved"), "E(Q1) + E(Q2) + E(Q3) = ‖W‖^2",
    N_ ("The share of the squared movement in each band over time, one panel per run. "
        "Plain is Q1, hatched Q2, dotted Q3. This is the picture the program exists for: "
        "a student that fills Q3 has left the lazy regime."),
    N_ ("Overview (Ctrl+1)") },
  { ESC_HELP_PLOT, "terms", NULL, N_ ("Which Term Carries the Signal"),
    "E f_L^2,  E f_Q^2,  E (f − f_L − f_Q)^2, each divided by their sum",
    N_ ("How much of the prediction comes from the first Taylor term, the second, and "
        "the rest; the linearisation gap, and the drift of the tangent kernel. For a "
        "Taylor student they speak of the network it stands for."),
    N_ ("Inside (Ctrl+2)") },
  { ESC_HELP_PLOT, "neurons", NULL, N_ ("Neurons"), "|w_r| and |w_r·β| / |w_r|",
    N_ ("How the movement is spread over the neurons, and how well it points along the "
        "teacher's directions. In the lazy regime all move a little; in the rich one a "
        "few travel far and line up."),
    N_ ("Inside (Ctrl+2)") },
  { ESC_HELP_PLOT, "recovery", NULL, N_ ("Recovery"),
    "‖L̂ − L*‖ / ‖L*‖,  theory: √(ν / (1 + ν)) per iteration",
    N_ ("The relative error of every run's estimate after each iteration: 1 is what L̂ = 0 "
        "has, and below 10^−6 the matrix counts as recovered. On an even axis of steps a "
        "method that leaves the same share of its error each time is a straight line. "
        "Dashed is the share that theory gives for fresh samples, drawn from the first "
        "iteration on. The held-out residual is what the estimate leaves unexplained of "
        "samples that it does not see, relative to their standard deviation; the thin one "
        "on its own samples can be small though the matrix is wrong, since below C ≈ 2.5 "
        "other matrices fit them as well. The third measure is the largest angle between "
        "the neurons' span and the true one."),
    N_ ("Overview (Ctrl+1), where a run estimates a matrix") },
  { ESC_HELP_PLOT, "recovery-time", NULL, N_ ("Recovery by the Clock"),
    "‖L̂ − L*‖ / ‖L*‖  or test loss,  by seconds",
    N_ ("The same errors by the time that each run has spent on its own iterations: a "
        "method that needs few of them may still be slow. Recording and the other runs are "
        "not counted, though runs that train side by side share the processors. A curve "
        "is read off at its last record up to then. The test loss is there for networks, "
        "which estimate no matrix."),
    N_ ("Inside (Ctrl+2), where a run estimates a matrix") },
  { ESC_HELP_PLOT, "eigenvalues", NULL, N_ ("Eigenvalues of L̂"), "L̂ = Σ_j α_j w_j w_j^T",
    N_ ("The eigenvalues of every estimate at the newest step, the largest modulus first "
        "and with their signs, side by side over those of the true matrix (dashed). For "
        "quadratic activations they are the output weights of the network. Beyond the "
        "true rank they should be 0; a method that cannot change a sign stays beside its "
        "dashes."),
    N_ ("Overview (Ctrl+1), where a run estimates a matrix") },
  { ESC_HELP_PLOT, "angles", NULL, N_ ("Principal Angles"), "from 0 to π/2",
    N_ ("The angles between the space that the neurons of an estimate span and that of "
        "the true ones, the smallest first. All are small when every neuron is found; "
        "one at a right angle says that a direction is missing. With a large condition "
        "number the last ones stay behind, since weak neurons are the hardest to see."),
    N_ ("Overview (Ctrl+1), where every run estimates a matrix") },
  { ESC_HELP_PLOT, "degrees", NULL, N_ ("Learned, by Degree"),
    "E[f f_l*] / E[(f_l*)^2]  for each degree l",
    N_ ("How much of the teacher's part of each degree a run has learned at its newest "
        "step: 1 where all of it, 0 where it sees nothing of it. A kernel climbs from "
        "the lowest degree up as n grows."),
    N_ ("Overview (Ctrl+1), where no run has bands, a matrix or coefficients") },
  { ESC_HELP_PLOT, "width", NULL, N_ ("Kernel and Width"),
    "‖K_m − K_{∞}‖ / ‖K_{∞}‖ ∝ m^−½",
    N_ ("How far the tangent kernel of m random neurons is from that of infinitely many, "
        "on the training inputs. It is a mean over the neurons, so the distance falls "
        "with the root of their number; of neurons that come in pairs m/2 differ. Rows on a "
        "sphere have another limit, and no point, unless ReLU alone looks at them."),
    N_ ("Overview (Ctrl+1), where a kernel has a width m") },
  { 0 },
};
