/* SPDX-License-Identifier: GPL-3.0-or-later
 * The letters of the theory, in words. */
#include "config.h"

#include "esc-help.h"

#include <glib/gi18n.h>

#define SYMBOL ESC_HELP_SYMBOL

const EscHelpEntry esc_help_symbols[] = {
  /* --- sizes -------------------------------------------------------------------- */
  { SYMBOL, "d", "d", N_ ("Dimension of the inputs"), "x ∈ ℝ^d,  |x|^2 ≈ d",
    N_ ("How many coordinates an input has. Sample sizes are compared with powers of d: "
        "a lazy student needs about d^p samples for a teacher of degree p."),
    N_ ("Data in the side pane; the title bar") },
  { SYMBOL, "n", "n", N_ ("Training samples"),
    "n = d^p  for the exponent p below the row",
    N_ ("How many labelled examples every run learns from. It may be written with d: "
        "1.5 d^1.5 is rounded down. The row shows the exponent that n amounts to."),
    N_ ("Data in the side pane; the title bar") },
  { SYMBOL, "m", "m", N_ ("Neurons, the width of the student"),
    "f(x) = m^−½ Σ_r a_r σ((w_{0,r} + w_r)·x)",
    N_ ("The number of hidden neurons. It is even, because neurons come in pairs of "
        "opposite sign that cancel at the start, so that f = 0 at step 0. The wider the "
        "student, the less each weight has to move."),
    N_ ("All Runs in the side pane; guides of the plot Weight Movement") },
  { SYMBOL, "rank", "r", N_ ("Rank of the teacher"), "f*(x) = Σ_{i≤r} g_i(β_i·x)",
    N_ ("How many directions of the inputs the teacher looks at; for a network as the "
        "teacher, its number of neurons; for a dense and sparse teacher, the number of "
        "sparse terms. In formulas of the student r counts its neurons instead."),
    N_ ("Teacher in the side pane") },
  { SYMBOL, "degree", "p", N_ ("Degree of the teacher"), "g(β·x) of degree p",
    N_ ("The degree of each part of the teacher, one for all or one per part (2; 3). "
        "Parts are normalised to variance 1 and have nothing of lower degrees in them."),
    N_ ("Teacher in the side pane; exponents of d") },
  { SYMBOL, "dense-degree", "k", N_ ("Dense degree"),
    "f* = dense part of degree ≤ k + sparse part of degree k + 1",
    N_ ("Up to degree k the teacher depends on all directions; of degree k + 1 it has "
        "only a few terms. The first band Q1 holds the polynomials of degree up to k."),
    N_ ("Teacher in the side pane; the guide “best fit of degree ≤ k” of the plot "
        "Loss") },
  { SYMBOL, "degree-index", "l n_l", N_ ("A degree, and its number of directions"),
    "n_0 = 1,  n_1 = d,  n_2 = d(d + 1)/2 − 1",
    N_ ("Polynomials on the sphere split by degree: 0, 1, 2 and so on. So many of them are "
        "independent in each degree, about d^l / l!."),
    N_ ("Stairs and counts of the plot Spectrum of Σ") },
  { SYMBOL, "probes", "N", N_ ("Probe inputs"),
    "eigenvalues of K/N,  K = (A A^T) ∘ (X X^T)",
    N_ ("Fresh inputs on which Σ is measured. With N of them at most N eigenvalues are "
        "seen; if N is under 1.2 times the directions of Q1 and Q2, these two are told "
        "apart from the rest no more and are shown together as beyond Q1."),
    N_ ("Subtitle of the plot Spectrum of Σ") },

  /* --- functions and weights ------------------------------------------------------ */
  { SYMBOL, "x", "x", N_ ("Input"), "|x|^2 ≈ d",
    N_ ("One example is a row x of d numbers. Every law of the inputs is scaled so that "
        "its squared length is about d."),
    N_ ("Formulas") },
  { SYMBOL, "f", "f", N_ ("The student's prediction"),
    "f(x; W) = m^−½ Σ_r a_r σ((w_{0,r} + w_r)·x + b_r)",
    N_ ("The function that a student has learned so far. At the start of the weights it "
        "is 0 everywhere."),
    N_ ("Names of algorithms; formulas") },
  { SYMBOL, "f-linear", "f_L", N_ ("First Taylor term of the network"),
    "f_L(x; W) = m^−½ Σ_r a_r σ′(w_{0,r}·x) (w_r·x)",
    N_ ("The network linearised in its movement W: all that a lazy student has. Its "
        "kernel is the neural tangent kernel (NTK)."),
    N_ ("Algorithms; settings of the penalties") },
  { SYMBOL, "f-quadratic", "f_Q", N_ ("Second Taylor term of the network"),
    "f_Q(x; W) = ½ m^−½ Σ_r a_r σ″(w_{0,r}·x) (w_r·x)^2",
    N_ ("What the linearised network leaves out, to second order. It learns sparse parts "
        "of higher degree with far fewer samples, because a few large rows of W suffice."),
    N_ ("Algorithms; settings of the mode") },
  { SYMBOL, "teacher-function", "f*", N_ ("The teacher"), "y = f*(x) + noise",
    N_ ("The function to be learned. Losses are shown relative to its variance, so 1 is "
        "what predicting the mean gives and 0 is perfect."),
    N_ ("Formulas") },
  { SYMBOL, "movement", "W ‖W‖ |W|", N_ ("Movement of the weights"),
    "weights = W_0 + W,   ‖W‖ = √(Σ_r |w_r|^2)",
    N_ ("How far the weights are from their initial values, as a matrix of m rows and d "
        "columns. Students that contain f_Q start with a small random W, because W = 0 "
        "is a saddle for them."),
    N_ ("The plots Weight Movement and Where It Moved") },
  { SYMBOL, "initial-weights", "W₀ W0 ‖W₀‖", N_ ("Initial weights"),
    "rows w_{0,r} ~ N(0, I/d)",
    N_ ("Drawn once from the seed and the same for every run of the same width, so that "
        "differences are the algorithm's."),
    N_ ("Weight Movement is relative to their norm") },
  { SYMBOL, "row", "w_r wᵣ |w_r| |wᵣ|", N_ ("Movement of neuron r"), "w_r = row r of W",
    N_ ("The movement of one neuron. If all rows are small, the movement is spread and "
        "the student is close to lazy; if a few are large, these neurons have found "
        "directions."),
    N_ ("The measure Largest Neuron of Weight Movement; penalty R4") },
  { SYMBOL, "output-weights", "a", N_ ("Output weights"), "a_r = +1 or −1",
    N_ ("The second layer. It stays as it is, unless both layers are trained."),
    N_ ("Formulas") },
  { SYMBOL, "bias", "b", N_ ("Biases of the neurons"), "b_r ~ bias · N(0, 1)",
    N_ ("Frozen random offsets inside the activation. An odd activation such as tanh "
        "sees only odd degrees without them; 0 switches them off. At infinite width they "
        "add bias² to the covariances."),
    N_ ("All Runs in the side pane, below More") },
  { SYMBOL, "direction", "β", N_ ("Direction of a teacher's part"), "|β| = 1",
    N_ ("A unit vector: the part depends on β·x alone. Directions may be orthogonal, all "
        "the same, or random."),
    N_ ("Teacher in the side pane, below More") },
  { SYMBOL, "activation", "σ σ′ σ″", N_ ("Activation of the neurons"),
    "σ(z),  z = w·x + b",
    N_ ("The function inside each neuron. Its first derivative makes f_L, its second "
        "f_Q: an activation without a second derivative, such as ReLU, cannot run the "
        "quadratic and joint students."),
    N_ ("All Runs, and Teacher for a network") },
  { SYMBOL, "activation-input", "z", N_ ("What goes into a neuron"), "z = w·x + b",
    N_ ("The argument of the activation; at the start it has variance 1."),
    N_ ("Names of activations") },
  { SYMBOL, "hermite", "He₁ He₂ He₃ He₄ He₅ He₆", N_ ("Hermite polynomials"),
    "He_1 = z,  He_2 = z^2 − 1,  He_3 = z^3 − 3z",
    N_ ("Polynomials that are orthogonal under the normal law. As an activation He_l "
        "makes a student that sees degree l only."),
    N_ ("Names of activations") },
  { SYMBOL, "normal-law", "I", N_ ("Identity matrix"),
    "N(0, I/d): independent, variance 1/d",
    N_ ("In the law of the initial weights: every coordinate is normal, independent of "
        "the others, with variance 1/d, so that rows have length about 1."),
    N_ ("Law of the initial weights") },

  /* --- bands ---------------------------------------------------------------------- */
  { SYMBOL, "covariance", "Σ", N_ ("Covariance of the tangent features"),
    "E f_L(x; W)^2 = vec(W)^T Σ vec(W)",
    N_ ("It says how much a movement in each direction changes the linearised network on "
        "average. Its eigenvalues at the start fall in bands: few large ones, which "
        "express low degrees, then many small ones, and directions that f_L does not "
        "see at all."),
    N_ ("The plot Spectrum of Σ") },
  { SYMBOL, "feature-covariance", "Σ̂", N_ ("Measured second moments of random features"),
    "Σ̂ = mean of g g^T",
    N_ ("Its eigenvalues come in groups of 1, d and d (d + 1)/2, for polynomials of degree "
        "0, 1 and 2 of the inputs, and a tail. Not centred: the constant is the first."),
    N_ ("Settings of Three layers; the plot Spectrum") },
  { SYMBOL, "features", "D h h(x) g g_l v v_l", N_ ("Features of the first layer"),
    "h: ℝ^d → ℝ^k",
    N_ ("What the first of three layers makes of the inputs: D random neurons g, or their "
        "components h."),
    N_ ("Settings of Three layers") },
  { SYMBOL, "eigenvalue", "λ λ₀ λ₁ λ₂ λ₃ λ₄ λ₅ λ₆ λ_l",
    N_ ("Eigenvalue of Σ for degree l"), "λ_l,  repeated n_l times",
    N_ ("On the sphere every degree l has one eigenvalue, shared by all polynomials of "
        "that degree. The dashed stairs are these values; measured ones scatter around "
        "them because m and N are finite. The penalties of the joint student are also "
        "written λ, with 1 to 4."),
    N_ ("Stairs of the plot Spectrum of Σ") },
  { SYMBOL, "q1", "Q1", N_ ("First band: good and strong directions"),
    "the first n_{≤k} eigendirections of Σ",
    N_ ("Directions that express polynomials of degree up to k. Every student learns "
        "here first; movement in Q1 is what a lazy student can do well."),
    N_ ("The plots Spectrum of Σ and Where It Moved") },
  { SYMBOL, "q2", "Q2", N_ ("Second band: where samples are memorised"),
    "the next n_{k+1} eigendirections of Σ",
    N_ ("Directions of degree k + 1. There are far more of them than samples, so "
        "movement here fits the sample and its noise rather than the teacher. The joint "
        "student is penalised for it."),
    N_ ("The plots Spectrum of Σ and Where It Moved") },
  { SYMBOL, "q3", "Q3", N_ ("Third band: the way out of the lazy regime"),
    "all other directions",
    N_ ("Directions that hardly change f_L, or not at all. Movement here costs the "
        "linearised network nothing and lets f_Q grow: a student that moves mostly in Q3 "
        "has left the lazy regime."),
    N_ ("The plots Spectrum of Σ and Where It Moved") },
  { SYMBOL, "projector", "P P_k P_{≤k}", N_ ("Projector on Q1"),
    "P W = the part of W in Q1",
    N_ ("What the penalties keep free: they weigh only the movement beyond Q1, so the "
        "student may learn low degrees as fast as before."),
    N_ ("Settings of the joint student") },

  { SYMBOL, "polyak-lojasiewicz", "PL", N_ ("Inequality of Polyak and Łojasiewicz"),
    "‖∇L‖^2 ≥ 2 λ_min L,  so L_t ≤ L_0 (1 − η λ_min)^(2t)",
    N_ ("The Polyak-Łojasiewicz inequality: where the loss is large, its gradient is not small. "
        "With λ_min, the smallest eigenvalue of J J^T at the start, it promises a rate at which "
        "the train loss falls as long as the network stays near its start."),
    N_ ("The PL line of the plot Promised Rates") },

  /* --- optimisation --------------------------------------------------------------- */
  { SYMBOL, "rate", "c", N_ ("Rate"), "η = c / λ_max",
    N_ ("The step size in units of what the loss allows. Below 2 gradient descent is "
        "stable on a quadratic loss; 1 is a good start. Where a step size is given, the rate "
        "is not used until it is changed during training."),
    N_ ("Every run in the side pane") },
  { SYMBOL, "step-size", "η", N_ ("Step size"), "W ← W − η ∇L",
    N_ ("How far one step of gradient descent goes. By default it is the rate divided by "
        "the largest curvature; given here it replaces that."),
    N_ ("Every run in the side pane; its subtitle") },
  { SYMBOL, "lambda-max", "λ_max λₘₐₓ", N_ ("Largest curvature of the loss"),
    "η < 2 / λ_max is stable",
    N_ ("The largest eigenvalue of the quadratic part of what is minimised, penalty "
        "included. With steps above 2 / λ_max each one overshoots by more than it gains: "
        "the loss grows without bound, and the run diverges. 1 / λ_max is safe there. What "
        "is not quadratic, such as f_Q and R4, may ask for smaller steps. λ_max is found "
        "by iteration before the first step; for a full network it is refreshed every 20 "
        "steps."),
    N_ ("Help of the rate; the message when a run diverges") },
  { SYMBOL, "alpha", "α", N_ ("Scale of a network"),
    "prediction = α f(x; W);  or all weights at the start",
    N_ ("Of a two-layer network the factor of its output, of a diagonal one the size of "
        "all weights at the start. Large α: small movements suffice, and the network "
        "stays lazy. Small α: the weights have to travel, and the network learns "
        "features."),
    N_ ("Settings of full and diagonal networks; names of runs") },
  { SYMBOL, "depth", "", N_ ("Depth of a diagonal network"),
    "β_i = (w_{+,i})^{depth} − (w_{−,i})^{depth}",
    N_ ("How many weights multiply into a coefficient. From 3 on a moderately small α is "
        "enough for sparse coefficients; at 2 the least ℓ₁ norm is approached as slowly "
        "as 1 / log(1/α)."),
    N_ ("Settings of a diagonal network") },
  { SYMBOL, "argmin-q", "Q β_i βᵢ", N_ ("Where gradient flow on a diagonal network ends"),
    "Q(β) = α^2 Σ_i q(β_i / α^2),  q(z) = 2 − √(4 + z^2) + z asinh(z/2)  at depth 2",
    N_ ("Of all coefficients β that fit the samples exactly, infinitely small steps come "
        "to the one of smallest Q. For large α that is the one of smallest ℓ₂ norm, for "
        "small α the one of smallest ℓ₁ norm. The program computes all three exactly, "
        "before the first step."),
    N_ ("The plots Coefficients and Implicit Bias") },
  { SYMBOL, "norms", "ℓ₁ ℓ₂ L1 L2", N_ ("Norms of coefficients"),
    "‖β‖_1 = Σ_i |β_i|,  ‖β‖_2 = √(Σ_i β_i^2)",
    N_ ("The smallest ℓ₂ norm spreads a signal over many small coefficients, as kernels "
        "do; the smallest ℓ₁ norm puts it into few large ones. Shown is by how much the "
        "norm of a run is above the smallest of all β that fit; during the training it "
        "may be below."),
    N_ ("The plots Coefficients and Implicit Bias") },
  { SYMBOL, "lambda1", "λ₁ R1", N_ ("Penalty R1, on fresh inputs"),
    "R1 = ½ E_u [ f_L(x; W − P W)^2 ]",
    N_ ("Weighs what the linearised network says beyond Q1 on unlabelled inputs. This is "
        "the penalty that matters: it empties Q2 and leaves Q3 free. On the plot "
        "Spectrum of Σ, λ₁ is the eigenvalue of degree 1 instead."),
    N_ ("Settings of the joint student") },
  { SYMBOL, "lambda2", "R2", N_ ("Penalty λ₂, on the training inputs"),
    "R2 = ½ (1/n) Σ_i f_L(x_i; W − P W)^2",
    N_ ("The same as R1 on the training inputs. Alone it is not enough, because the "
        "student can memorise between them."),
    N_ ("Settings of the joint student, below More") },
  { SYMBOL, "lambda3", "R3", N_ ("Penalty λ₃, weight decay"), "R3 = ½ |W|^2  or  |P W|^2",
    N_ ("Keeps the movement small, everywhere or in Q1 only."),
    N_ ("Settings of the joint student, below More") },
  { SYMBOL, "lambda4", "R4", N_ ("Penalty λ₄, on large rows"), "R4 = ¼ Σ_r |w_r|^4",
    N_ ("Weighs the 2,4-norm, which neurons that travel far make large. It holds the "
        "student back and is rarely needed without label noise."),
    N_ ("Settings of joint and quadratic students, below More") },
  { SYMBOL, "r4-power", "‖W‖₂,₄", N_ ("The 2,4-norm of the movement"),
    "‖W‖_{2,4} = (Σ_r |w_r|^4)^¼",
    N_ ("A norm that grows when a few neurons travel far. R4 is a quarter of its fourth "
        "power, or its eighth power."),
    N_ ("A measure of Weight Movement; the setting Power of R4") },

  /* --- matrix recovery ------------------------------------------------------------- */
  { SYMBOL, "matrix", "L L* L̂", N_ ("The matrix of a quadratic network"),
    "f*(x) = x^T L* x,  L* = Σ_j α_j w_j w_j^T",
    N_ ("A network with quadratic activations is a symmetric matrix whose rank is the "
        "number of its neurons. L* is the teacher's, and L̂ what a run has estimated from "
        "samples of x^T L* x."),
    N_ ("The plots Recovery, Eigenvalues of L̂ and Principal Angles") },
  { SYMBOL, "function-spaces", "F1 F2",
    N_ ("Function spaces of infinitely wide networks"),
    "F2: smallest ‖L‖,  F1: smallest Σ_j |α_j|",
    N_ ("All functions that a network of infinitely many neurons is, by the price of its "
        "weights. In F2 neurons stay where they were drawn and only the sum of squares "
        "of their weights counts: a kernel, lazy. In F1 neurons may be chosen, and the "
        "sum of the moduli of their weights counts: few are enough, rich. For squares "
        "they are two norms of the matrix L, Frobenius and nuclear."),
    N_ ("The algorithms Nuclear norm, Frobenius norm and Frank-Wolfe") },
  { SYMBOL, "decay", "γ", N_ ("Weight decay"), "loss + γ/(α √m) Σ_r |w_{0,r} + w_r|^2",
    N_ ("A penalty on all weights of the first layer, on where they are and not on how "
        "far they went. The loss is that of α f, over α^2. With squares as activations its "
        "minimum is that of the plain nuclear norm with λ = γ."),
    N_ ("Settings of a full network, below More") },
  { SYMBOL, "condition", "κ", N_ ("Condition number"), "κ = |α_1| / |α_r|",
    N_ ("The largest over the smallest eigenvalue of L*, in modulus. Where it is large, "
        "methods that move factors of the matrix are slow or miss the weakest neurons; "
        "those that project whole matrices do not mind."),
    N_ ("Teacher in the side pane") },
  { SYMBOL, "passes", "q", N_ ("Krylov passes"), NULL,
    N_ ("Products with the gradient for one head, the leading part that a step of AP-ROM "
        "takes. One is never enough; two or three are, where the head before is the "
        "start."),
    N_ ("Settings of AP-ROM, below More") },
  { SYMBOL, "samples-per-unknown", "C", N_ ("Samples for each unknown number"),
    "C = n / (d r)",
    N_ ("A matrix of rank r in dimension d has about d r free numbers. From C ≈ 3 the "
        "matrix methods work; plain least squares would need n > d (d + 1) / 2."),
    N_ ("Subtitle of the plot Recovery") },
  { SYMBOL, "matrix-noise", "ν", N_ ("Noise of the gradient on fresh samples"),
    "ν = (1 + 2.2/r) / C,  error ← √(ν / (1 + ν)) · error",
    N_ ("What finitely many samples add to the gradient of the matrix, relative to its "
        "error. It gives the dashed line of the plot Recovery, and the best step size "
        "1 / (1 + ν). The number 2.2 is fitted; the law holds within 2 %."),
    N_ ("The dashed line of the plot Recovery") },
  { SYMBOL, "certificate", "q₁′", N_ ("Condition of the theorem on recovery"),
    "2 (ρ + √(1 − (1 − 2 ρ)^2)) < 1,  ρ = 2 / √C",
    N_ ("Below 1 the theorem promises that every iteration comes closer to L*. With the "
        "ρ that is measured this takes C > 1400, far more samples than plain least "
        "squares needs, so it is never met here. The methods work all the same: the "
        "theorem is silent, not against them."),
    N_ ("Subtitle of the plot Recovery") },

  { SYMBOL, "principal-angle", "θ", N_ ("Principal angle"), "cos θ_j = σ_j(U^T U*)",
    N_ ("The angles between the space that the found neurons span and that of the true "
        "ones: 0 where a direction is found, π/2 where it is missing. Weak neurons keep "
        "the largest ones, by about the error times the condition number."),
    N_ ("The plots Principal Angles and Recovery") },

  { SYMBOL, "layer-kernels", "K1 K2 K_1 K_2 α_1 α_2", N_ ("Kernels of the layers"),
    "K_1 = (x·x′/d) E σ′σ′,  K_2 = E σσ",
    N_ ("What training the first or the second layer of a wide network is worth as a "
        "kernel: means over its random neurons. A network that trains both has their "
        "sum, weighted by α."),
    N_ ("Settings of Kernel ridge and Gradient flow") },

  /* --- guides of plots ------------------------------------------------------------- */
  { SYMBOL, "lazy-guide", "m⁻¹ᐟ²", N_ ("Movement expected of a lazy student"),
    "‖W‖ / ‖W_0‖ ~ m^−½",
    N_ ("An order of magnitude, drawn with the factor 1: the relative movement of a lazy "
        "student shrinks with the root of the width."),
    N_ ("Guide of the plot Weight Movement") },
  { SYMBOL, "quadratic-guide", "m⁻¹ᐟ⁴", N_ ("Movement expected of a quadratic student"),
    "‖W‖ / ‖W_0‖ ~ m^−¼",
    N_ ("An order of magnitude, drawn with the factor 1: for f_Q to carry the signal, "
        "rows have to move by about m^−¼ each."),
    N_ ("Guide of the plot Weight Movement") },
  { SYMBOL, "kernel", "K K_t K_0 K₀", N_ ("Tangent kernel"),
    "drift = ‖K_t − K_0‖ / ‖K_0‖",
    N_ ("What the network takes for similar inputs at step t. Its relative change since "
        "the start is the kernel drift: under 0.1 a network counts as lazy, over 0.4 as "
        "rich."),
    N_ ("Verdicts; the plot Which Term Carries the Signal") },
  { SYMBOL, "jacobian", "J", N_ ("Jacobian on the training samples"),
    "J = ∂f(x_i) / ∂w_r,  J J^T = (S S^T) ∘ (X X^T),  S_ir = a_r σ′(w_r·x_i)",
    N_ ("How the outputs at the n training samples change with the weights that train. While all "
        "eigenvalues of J J^T stay above 0, gradient descent can fit any labels, the "
        "slower the smaller the smallest is. J J^T is the tangent kernel on the samples; "
        "J_0 is the Jacobian at the start."),
    N_ ("The plots Jacobian and Promised Rates") },
  { SYMBOL, "step", "t", N_ ("Step of the training"), "t = 0, 1, 2, …",
    N_ ("All runs take their steps together. Records are made at every step to 20, and "
        "then ever more rarely, evenly on a logarithmic axis."),
    N_ ("Time axes; the foot") },
  { 0 },
};
