/* SPDX-License-Identifier: GPL-3.0-or-later
 * The settings without a letter of their own, in words. */
#include "config.h"

#include "esc-help.h"

#include <glib/gi18n.h>

#define SETTING ESC_HELP_SETTING

const EscHelpEntry esc_help_settings[] = {
  /* --- experiment ------------------------------------------------------------------ */
  { SETTING, "version", NULL, N_ ("File Version"), NULL,
    N_ ("The version of the file's format. A program that is older than the file says so "
        "and reads nothing."),
    N_ ("Experiment files") },
  { SETTING, "name", NULL, N_ ("Name"), NULL,
    N_ ("A short name of the experiment, used for folders and files."),
    N_ ("Experiment files") },
  { SETTING, "title", NULL, N_ ("Title"), NULL,
    N_ ("The title of the experiment, as the window shows it."),
    N_ ("Title bar; experiment files") },
  { SETTING, "description", NULL, N_ ("Description"), NULL,
    N_ ("A paragraph that says what to look at."),
    N_ ("Top of the side pane; experiment files") },
  { SETTING, "run", NULL, N_ ("Run"), NULL,
    N_ ("One student with its settings. In a change: the number of the run that was "
        "changed. Up to four runs learn side by side from the same data."),
    N_ ("Runs in the side pane; experiment files") },
  { SETTING, "key", NULL, N_ ("Key"), NULL,
    N_ ("Which setting was changed while the run went on. Only settings that act at once "
        "can be."),
    N_ ("Experiment files; marks on time axes") },
  { SETTING, "value", NULL, N_ ("Value"), NULL, N_ ("What the setting was changed to."),
    N_ ("Experiment files; marks on time axes") },

  /* --- problem --------------------------------------------------------------------- */
  { SETTING, "kind", NULL, N_ ("Family"), NULL,
    N_ ("What the teacher is made of: a polynomial of few directions, a dense polynomial "
        "plus a sparse one, a network, a matrix to be recovered, noise alone, or a table of your own."),
    N_ ("Teacher in the side pane") },
  { SETTING, "seed", NULL, N_ ("Seed"), NULL,
    N_ ("The same seed gives the same teacher, data and initial weights, and so the same "
        "numbers, on any number of threads. A run may have its own, for other initial "
        "weights on the same data."),
    N_ ("Data and Runs in the side pane, below More") },
  { SETTING, "inputs", NULL, N_ ("Inputs"), NULL,
    N_ ("The law of x: uniform on a sphere, Gaussian, correlated, uniform, or signs. "
        "Theory is drawn for the sphere."),
    N_ ("Data in the side pane") },
  { SETTING, "correlation", NULL, N_ ("Correlation"), "E x_i x_{i+1} = correlation",
    N_ ("How much neighbouring coordinates of a correlated Gaussian input agree."),
    N_ ("Data in the side pane") },
  { SETTING, "noise", NULL, N_ ("Label Noise"), "y = f*(x) + noise · N(0, 1)",
    N_ ("Standard deviation of what is added to the labels of the training set, where "
        "the teacher has variance 1. The test target carries none, so the test loss can "
        "fall below the noise; the train loss can only by memorising."),
    N_ ("Teacher in the side pane; a guide of the plot Loss") },
  { SETTING, "n-test", NULL, N_ ("Test Points"), NULL,
    N_ ("Fresh inputs on which the test loss is measured. More make it smoother and "
        "records slower."),
    N_ ("Data in the side pane, below More") },
  { SETTING, "dense-weights", NULL, N_ ("Dense Weights"), NULL,
    N_ ("Standard deviations of the dense parts of degree 1 to k. By default every "
        "degree has the same variance."),
    N_ ("Teacher in the side pane, below More") },
  { SETTING, "weights", NULL, N_ ("Weights"), NULL,
    N_ ("Factors of the teacher's parts. By default they share the variance evenly."),
    N_ ("Teacher in the side pane, below More") },
  { SETTING, "inner-degree", NULL, N_ ("Inner Degree"), NULL,
    N_ ("The degree of the inner polynomials of a deeper teacher, each of one direction. "
        "Several numbers are those of its outer parts."),
    N_ ("Teacher in the side pane") },
  { SETTING, "outer-terms", NULL, N_ ("Outer Parts"), NULL,
    N_ ("How many powers a deeper teacher is the sum of. The inner polynomials are shared out "
        "among them evenly: each power is of a sum of its own ones."),
    N_ ("Teacher in the side pane, below More") },
  { SETTING, "linear", NULL, N_ ("Linear Part"), NULL,
    N_ ("How much of the inner polynomials themselves is in the target of a deeper teacher. "
        "With it their directions are easily found, and the rest is easy; without it they "
        "show only through the power."),
    N_ ("Teacher in the side pane") },
  { SETTING, "directions", NULL, N_ ("Directions"), NULL,
    N_ ("How the unit vectors of the teacher's parts lie: at right angles, all the same, "
        "at random, or along the axes of the inputs, which makes a teacher of degree 1 "
        "sparse."),
    N_ ("Teacher in the side pane, below More") },
  { SETTING, "signs", NULL, N_ ("Signs"), NULL,
    N_ ("Signs of the teacher's parts: all positive, alternating, or random."),
    N_ ("Teacher in the side pane, below More") },
  { SETTING, "form", NULL, N_ ("Form"), NULL,
    N_ ("Normalised parts are pure in their degree and have variance 1. Raw monomials "
        "are plain powers (β·x)^p, with parts of lower degrees in them."),
    N_ ("Teacher in the side pane, below More") },
  { SETTING, "centre", NULL, N_ ("Centred"), NULL,
    N_ ("Shifts a network teacher to mean zero, so that 1 is the loss of predicting the "
        "mean."),
    N_ ("Teacher in the side pane, below More") },
  { SETTING, "scale", NULL, N_ ("Scaled"), NULL,
    N_ ("Scales a network teacher to variance 1."),
    N_ ("Teacher in the side pane, below More") },
  { SETTING, "storage", NULL, N_ ("Training Inputs"), NULL,
    N_ ("Whether the inputs of a matrix problem are kept in memory or drawn again from "
        "their seed whenever a method reads them. Both give the same numbers; drawing "
        "again takes longer and next to no memory, so that d can be in the thousands."),
    N_ ("Data in the side pane, below More") },
  { SETTING, "file", NULL, N_ ("File"), NULL,
    N_ ("The table to learn from: CSV with a header, or a two-dimensional .npy array of "
        "numbers. A relative path starts at the experiment's folder."),
    N_ ("Teacher in the side pane, for own data") },
  { SETTING, "target", NULL, N_ ("Target Column"), NULL,
    N_ ("The column to be predicted, by name or number; the last one by default."),
    N_ ("Teacher in the side pane, for own data") },
  { SETTING, "test-share", NULL, N_ ("Test Share"), NULL,
    N_ ("The share of the rows that is held out as the test set."),
    N_ ("Data in the side pane, for own data") },
  { SETTING, "standardise", NULL, N_ ("Standardise"), NULL,
    N_ ("Brings every input column to mean 0 and variance 1 before training."),
    N_ ("Data in the side pane, for own data") },

  /* --- runs ------------------------------------------------------------------------ */
  { SETTING, "learner", NULL, N_ ("Algorithm"), NULL,
    N_ ("How this run learns: the linearised network, its second Taylor term, both with "
        "penalties, the full network, or a method that estimates a matrix. Changing it "
        "keeps what the two have in common."),
    N_ ("Every run in the side pane") },
  { SETTING, "label", NULL, N_ ("Label"), NULL,
    N_ ("The name of the run in plots and tables; the algorithm's name by default."),
    N_ ("Every run in the side pane") },
  { SETTING, "steps", NULL, N_ ("Steps"), NULL,
    N_ ("Planned length of the run. A shorter run waits at its end while the others go "
        "on."),
    N_ ("All Runs in the side pane; the end of time axes") },
  { SETTING, "stop-train-loss", NULL, N_ ("Stop at Train Loss"), NULL,
    N_ ("Ends the run as soon as its train loss, relative to the teacher's variance, is "
        "below this. 0 never stops early."),
    N_ ("Every run in the side pane, below More") },
  { SETTING, "w0", NULL, N_ ("Initial Weights"),
    "rows of W_0 ~ N(0, I/d), or on the unit sphere",
    N_ ("The law of the rows of the initial weights."),
    N_ ("Every run in the side pane, below More") },
  { SETTING, "paired", NULL, N_ ("Start in Pairs"), "w_{r+m/2} = w_r,  a_{r+m/2} = −a_r",
    N_ ("Neurons start in pairs that differ only in the sign of their output, so that the "
        "network starts at 0. Each pair counts once in J, so that m d weights can be "
        "sure to fit only n ≤ m d / 2 samples. Without pairs, the neurons are independent "
        "with random signs, and what the network says at its start is subtracted from it."),
    N_ ("Every run in the side pane, below More") },
  { SETTING, "init", NULL, N_ ("Start of W"), "w_r = init · m^−¼ N(0, I/d)",
    N_ ("Size of the random movement at step 0. Students with f_Q need some, because "
        "W = 0 is a saddle: nothing would ever move."),
    N_ ("Every run in the side pane, below More") },
  { SETTING, "kick", NULL, N_ ("Kick"), "W ← W − η ∇L + kick · N(0, 1)",
    N_ ("Noise added to every weight at every step, which gets a student off saddles."),
    N_ ("Every run in the side pane, below More") },
  { SETTING, "r3", NULL, N_ ("Kind of R3"), "½ |W|^2  or  |P W|^2",
    N_ ("Whether the third penalty weighs all movement or only that in Q1."),
    N_ ("Settings of the joint student, below More") },
  { SETTING, "r1-space", NULL, N_ ("Space of R1"), NULL,
    N_ ("How “beyond Q1” is computed: by projecting the weights on eigendirections of Σ, "
        "or by projecting f_L on polynomials of the inputs."),
    N_ ("Settings of the joint student, below More") },
  { SETTING, "unlabelled", NULL, N_ ("Unlabelled Inputs"), NULL,
    N_ ("How many inputs R1 looks at: so many fresh ones at each step, or one fixed set, "
        "written “fixed 1500”. A fixed set must be larger than the number of directions "
        "of Q2, or the student hides between its points."),
    N_ ("Settings of the joint student, below More") },
  { SETTING, "mode", NULL, N_ ("Mode"), NULL,
    N_ ("How f_L is kept out of the quadratic student: deleted, or averaged away by "
        "fresh random signs, forward and backward. Signs on the gradient only do not "
        "cancel f_L: they are there to compare with, and diverge."),
    N_ ("Settings of the quadratic student") },
  { SETTING, "layers", NULL, N_ ("Trained"), NULL,
    N_ ("Whether only the first layer moves, or the output weights as well."),
    N_ ("Settings of a full network") },
  { SETTING, "batch", NULL, N_ ("Batch"), NULL,
    N_ ("Examples used for each step; 0 takes all of them."),
    N_ ("Settings of a full network and of Three layers") },
  { SETTING, "weight-decay", NULL, N_ ("Weight Decay"),
    "loss + γ/(α √m) Σ_r |w_{0,r} + w_r|^2",
    N_ ("Pulls all weights of the first layer towards 0, also what they started with. "
        "With z^2 as activation and neurons enough it makes the network find the matrix "
        "of smallest nuclear norm, with the penalty λ = γ of the plain objective, at "
        "every width and output scale."),
    N_ ("Settings of a full network, below More") },
  { SETTING, "signed-dropout", NULL, N_ ("Signed Dropout"),
    "w_r → ±w_r, fresh at each step",
    N_ ("Random signs on the movement of each neuron, forward and backward. On average "
        "f_L cancels and f_Q stays."),
    N_ ("Settings of a full network, below More") },

  /* --- three layers ---------------------------------------------------------------- */
  { SETTING, "first-layer", NULL, N_ ("First Layer"), NULL,
    N_ ("What the trained layer reads: an explicit basis of Hermite polynomials, the "
        "ideal first layer; random neurons, of which only the strong components are "
        "kept; or just 1 and the inputs, which leaves two layers."),
    N_ ("Settings of Three layers") },
  { SETTING, "degrees", NULL, N_ ("Degrees"), "h = products of Hermite polynomials",
    N_ ("The degrees of the Hermite basis. Half the teacher's degree is enough, because "
        "the next layer squares. The basis is orthonormal for Gaussian inputs."),
    N_ ("Settings of Three layers") },
  { SETTING, "features", NULL, N_ ("Features D"), "g_l = σ(v_l·x + b_l) / √D,  |v_l| = 1",
    N_ ("How many random neurons the first layer has. More represent polynomials of the "
        "inputs better."),
    N_ ("Settings of Three layers with random features") },
  { SETTING, "feature-activation", NULL, N_ ("Its Activation"), NULL,
    N_ ("The activation of the random neurons of the first layer. Squares span the "
        "polynomials of degree 2 exactly, softplus nearly, ReLU less well."),
    N_ ("Settings of Three layers with random features") },
  { SETTING, "whitened", NULL, N_ ("Whitened"), "h_i = u_i·g / √λ_i,  Σ̂ u_i = λ_i u_i",
    N_ ("Brings all components of the random features to variance 1. Without that the "
        "directions that matter are a thousand times weaker than the constant, and "
        "hardly learned."),
    N_ ("Settings of Three layers with random features") },
  { SETTING, "components", NULL, N_ ("Components"), NULL,
    N_ ("How many components of the random features are kept: by default as many as "
        "there are polynomials of degree 0, 1 and 2. Those of the tail, blown up by "
        "whitening, would only be noise."),
    N_ ("Settings of Three layers with random features, below More") },
  { SETTING, "covariance-inputs", NULL, N_ ("Inputs for Σ̂"), NULL,
    N_ ("How many fresh inputs without labels measure the components. With 0 the "
        "training inputs do, which is as good where there are many."),
    N_ ("Settings of Three layers with random features, below More") },
  { SETTING, "covariance-ridge", NULL, N_ ("Ridge of Σ̂"),
    "h_i = u_i·g / √(λ_i + ridge · mean λ)",
    N_ ("What is added to every eigenvalue before whitening, so that weak components are "
        "not blown up."),
    N_ ("Settings of Three layers with random features, below More") },
  { SETTING, "dropout", NULL, N_ ("Dropout"), "w_r → ±w_r, fresh at each step",
    N_ ("Random signs on the movement of each neuron, forward and backward, average the "
        "linear term away and keep the network from memorising. Curves show the exact "
        "mean over all signs. Signs on the gradient only make a random walk of it."),
    N_ ("Settings of Three layers") },
  { SETTING, "learning-rate", NULL, N_ ("Learning Rate"), "η = learning rate · √m",
    N_ ("Says how long steps are, in absolute terms: three layers have no λ_max to "
        "measure it by. Wide networks move by m^(−1/4) per neuron, hence the √m. "
        "From 0.003 to 0.005 is safe."),
    N_ ("Settings of Three layers") },
  { SETTING, "schedule", NULL, N_ ("Schedule"), "η_t = η ½ (1 + cos (π t / steps))",
    N_ ("Whether steps become shorter towards the planned end, which averages the noise "
        "of dropout and batches away."),
    N_ ("Settings of Three layers, below More") },
  { SETTING, "w0-scale", NULL, N_ ("Scale of W₀"), "w0 ~ scale · N(0, I/features)",
    N_ ("How large the frozen weights are. Small ones make dropout less noisy; with 1 the "
        "linear term is strong, and a network without dropout memorises by it. With 0 "
        "there is none, and most activations need a start of W to move at all."),
    N_ ("Settings of Three layers") },
  { SETTING, "clip", NULL, N_ ("Largest Gradient"), NULL,
    N_ ("Gradients longer than this, times √m, are shortened to it, so that a few large "
        "labels do not throw the network off. 20 costs nothing, 1 stalls it. 0 leaves "
        "all as they are."),
    N_ ("Settings of Three layers, below More") },
  { SETTING, "first-layer-rate", NULL, N_ ("First Layer's Rate"), NULL,
    N_ ("Trains the random neurons of the first layer too, with steps this many times "
        "as long as those of W. It mends features that represent the teacher badly."),
    N_ ("Settings of Three layers with random features") },
  { SETTING, "first-layer-from", NULL, N_ ("First Layer Moves After"), NULL,
    N_ ("The share of the steps in which W learns alone, before the first layer moves "
        "too."),
    N_ ("Settings of Three layers with random features, below More") },
  { SETTING, "first-layer-clip", NULL, N_ ("Its Largest Gradient"), NULL,
    N_ ("The same for gradients of the first layer."),
    N_ ("Settings of Three layers with random features, below More") },

  /* --- matrix recovery ------------------------------------------------------------- */
  { SETTING, "fit-rank", NULL, N_ ("Rank of L"), NULL,
    N_ ("How many neurons the estimate has, or how many directions are looked for: those "
        "of the teacher by default. With fewer the weakest are missed; with more the "
        "additional eigenvalues go to 0, or to the size of the noise."),
    N_ ("Settings of matrix methods; settings of Parameter recovery") },
  { SETTING, "samples", NULL, N_ ("Samples"), NULL,
    N_ ("Whether every iteration asks the teacher for n new samples or all use the same "
        "ones. Fresh samples need the fewest iterations, one batch by far the fewest "
        "samples. Runs on fresh samples all get the same."),
    N_ ("Settings of matrix methods") },
  { SETTING, "gradient", NULL, N_ ("Gradient"), "G = 1/(2n) Σ_i (c_i − mean c) x_i x_i^T",
    N_ ("Which formula gives the gradient from the errors c_i of the samples. The centred "
        "one needs no correction and does not mind an offset of the labels. With "
        "S = Σ c xxᵀ/(2n) and c̄ the mean of c, that of the paper is S − c̄ I/2. The last "
        "three are misreadings, to be seen diverge: as printed 2S − c̄ I/2, without its "
        "correction S, with the wrong sign S + c̄ I/2."),
    N_ ("Settings of matrix methods, below More") },
  { SETTING, "whiten", NULL, N_ ("Whitened Inputs"),
    "z = R^{−1} x,  Σ_i x_i x_i^T / n = R R^T",
    N_ ("Makes the inputs uncorrelated by their measured covariance before the method "
        "starts, and turns its matrix back. Strongly correlated inputs need it."),
    N_ ("Settings of AP-ROM and EP-ROM, below More") },
  { SETTING, "head", NULL, N_ ("Head"), NULL,
    N_ ("How the leading part of the gradient is found, which is all that a step takes of "
        "it. MBK-SVD multiplies the gradient with blocks of vectors and never forms it; "
        "the tangent space of the present estimate needs one such product, but can get "
        "stuck; hybrid takes the former in every fourth step. The dense ones form the "
        "whole gradient, to compare with."),
    N_ ("Settings of AP-ROM") },
  { SETTING, "head-rank", NULL, N_ ("Rank of the Head"), NULL,
    N_ ("How many terms of the gradient a step takes: twice the rank of the estimate by "
        "default, since that is the rank of its error. More would only add noise."),
    N_ ("Settings of AP-ROM, below More") },
  { SETTING, "growth", NULL, N_ ("Terms"), NULL,
    N_ ("Whether all neurons of the estimate are fitted at once, or added one by one, "
        "the strongest first, which gets along with fewer samples. The rank can be "
        "chosen on the way: the smallest one that predicts a tenth of the samples, held "
        "out, as well as any."),
    N_ ("Settings of AP-ROM on one batch") },
  { SETTING, "scaled", NULL, N_ ("ScaledGD"), "F ← F − η G F (F^T F)^{−1}",
    N_ ("Makes the steps of factorised gradient descent as long for weak neurons as for "
        "strong ones. It needs the right signs all the more: with a wrong one it "
        "diverges."),
    N_ ("Settings of Factorised gradient descent") },
  { SETTING, "atoms", NULL, N_ ("Atoms"), NULL,
    N_ ("How many neurons the method adds, one in every step; then it ends. Frank-Wolfe "
        "also ends when no neuron is worth its penalty any more."),
    N_ ("Settings of GECO and Frank-Wolfe") },
  { SETTING, "refit", NULL, N_ ("Refit"), NULL,
    N_ ("What is fitted again after each new atom: the output weight of every atom; with "
        "GECO also the whole matrix on the space of the atoms; with Frank-Wolfe also "
        "their directions, so that old atoms slide to better places (sliding)."),
    N_ ("Settings of GECO and Frank-Wolfe") },
  { SETTING, "lambda", NULL, N_ ("Penalty"), "1/(4n) Σ_i (c_i − mean c)^2 + λ Σ_j |α_j|",
    N_ ("Weight of the sum of the moduli of all eigenvalues, which makes most of them 0. "
        "It also makes the others too small: the error that is left is about as large "
        "as λ. Of other powers than squares it weighs the coefficients of the neurons. "
        "Three layers have λ Σ_r |w_r|^4 on their movement, which helps where labels "
        "are noisy."),
    N_ ("Settings of Nuclear norm, Frank-Wolfe and Three layers") },
  { SETTING, "objective", NULL, N_ ("Objective"),
    "centred: 1/(4n) Σ_i (c_i − mean c)^2,  plain: 1/(2n) Σ_i c_i^2",
    N_ ("What is made small of the errors c_i of the samples. Centred leaves a constant "
        "free, as the matrix methods do. Plain is the loss of a network, which has none: "
        "the one to compare F1, F2 and weight decay by."),
    N_ ("Settings of Nuclear norm and Frobenius norm, below More") },

  /* --- parameter recovery ---------------------------------------------------------- */
  { SETTING, "start", NULL, N_ ("Start"), NULL,
    N_ ("How directions are found before they are refined: as eigenvectors of a matrix, "
        "which sees the part of degree 2; by power iteration on the tensor of degree p; or "
        "at random, to compare with."),
    N_ ("Settings of Parameter recovery") },
  { SETTING, "power-steps", NULL, N_ ("Power Steps"), "u ← T_p(u, …, u, ·), of length 1",
    N_ ("How many steps the power iteration takes for each direction. What a direction "
        "explains is then taken out of the labels, and the next one is looked for. The "
        "steps of the run that are left refine all of them."),
    N_ ("Settings of Parameter recovery") },
  { SETTING, "starts", NULL, N_ ("Random Starts"), NULL,
    N_ ("From how many random directions the power iteration begins at once. The one on "
        "which the tensor is largest counts."),
    N_ ("Settings of Parameter recovery, below More") },
  { SETTING, "prediction", NULL, N_ ("Prediction"), "Σ_j c_j h_p(u_j·x)",
    N_ ("What is fitted once there are directions u: a polynomial in all of them together, "
        "by ridge regression, or one Hermite polynomial along each."),
    N_ ("Settings of Parameter recovery") },
  { SETTING, "span-degree", NULL, N_ ("Degree in the Span"), NULL,
    N_ ("The highest degree of the polynomial in the directions that were found. It has few "
        "coefficients, because they are few."),
    N_ ("Settings of Parameter recovery") },

  /* --- records --------------------------------------------------------------------- */
  { SETTING, "k", NULL, N_ ("Q1 Up to Degree"),
    "Q1: degree ≤ k,  Q2: degree k + 1,  Q3: beyond",
    N_ ("Where the first band ends: at the dense degree k of the teacher by default. Set "
        "it to look at other bands of the same training."),
    N_ ("Data in the side pane, below More") },
  { SETTING, "spectrum", NULL, N_ ("Spectrum"), NULL,
    N_ ("When Σ is decomposed: at the start, or also at a few later steps."),
    N_ ("Data in the side pane, below More") },
  { SETTING, "monitor", NULL, N_ ("Rate Monitor"), "J J^T = (S S^T) ∘ (X X^T)",
    N_ ("Watches the Jacobian J of every student with neurons on its training inputs: the "
        "eigenvalues of J J^T at every record, how far J is from its start, and the train "
        "loss that they promise. For up to 1000 samples."),
    N_ ("Data in the side pane, below More") },
  { SETTING, "drift-points", NULL, N_ ("Drift Points"), NULL,
    N_ ("Test inputs on which tangent kernels are compared."),
    N_ ("Data in the side pane, below More") },
  { 0 },
};
