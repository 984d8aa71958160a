/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngKernel: kernels on inputs (deep.md section 2; papers.md D.7, F.5).
 *
 *   S⁰ = x·x'/d, with the coordinate √d appended (x·x' + d)/(d + 1)
 *   network     S^l = c E σσ, Ṡ^l = c E σ′σ′ of a pair with the covariances of level l − 1,
 *               K_l = S^{l−1} ∘ Ṡ^l ∘ ... ∘ Ṡ^L,  K_{L+1} = S^L,  K = Σ_l α_l K_l;
 *               frozen biases N(0, β²) of the first layer add β² to its covariances
 *   laplace     exp (−|x − x'|/(s√d))
 *   rbf         exp (−|x − x'|²/(2 s² d))
 *   polynomial  (c₀ + S⁰)^p
 *
 * L = 1, c = 1 and equal weights are K1 + K2, the tangent kernel of two layers.  At finite
 * width m the expectations are means over the neurons that a student with the same settings
 * and seed starts with; of those in pairs m/2 differ.  Without the coordinate, c α = (d, 1)
 * makes K the J Jᵀ of a network that trains both layers, (d, 0) of one that trains the
 * first. */
#pragma once

#include "eng-arena.h"
#include "eng-dual.h"
#include "eng-lanes.h"
#include "eng-settings.h"

G_BEGIN_DECLS

#define ENG_KERNEL_MAX_LAYERS 8

typedef enum
{
  ENG_KERNEL_NETWORK,
  ENG_KERNEL_LAPLACE,
  ENG_KERNEL_RBF,
  ENG_KERNEL_POLYNOMIAL,
} EngKernelKind;

typedef struct
{
  EngKernelKind kind;
  gboolean      has_coordinate; /* √d */
  /* Of a network. */
  EngDual  dual;
  guint    layers;                             /* L, hidden ones */
  double   scale;                              /* c */
  double   weights[ENG_KERNEL_MAX_LAYERS + 1]; /* α */
  double   bias;                               /* β */
  gsize    n_neurons;    /* that differ: m or m/2; 0: infinitely wide */
  gboolean is_on_sphere; /* rows of w0 are unit vectors, not Gaussian */
  EngMat   w0;           /* (n_neurons, d); with the coordinate times √(d/(d + 1)) */
  double  *b;            /* (n_neurons) their biases and weights of the coordinate */
  /* Of the others. */
  double width;  /* s */
  double offset; /* c₀ */
  guint  degree; /* p */
} EngKernel;

/* A set of inputs as the kernel sees it. */
typedef struct
{
  EngMat x;         /* (n, d) borrowed */
  EngMat variances; /* (layers or 1, n): those of level l, from S⁰ (x, x), or that + β² */
  EngMat coefficients; /* (layers n, of the dual): rows of level l are l n + i */
  /* Of a finite width. */
  EngMat  values, slopes; /* (n, n_neurons) σ and σ′ */
  double *z;              /* (n_neurons) scratch */
} EngKernelInputs;

typedef struct
{
  double    *rows[ENG_N_LANES];  /* (2 most) */
  EngMat     block[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, most); no rows if infinitely wide */
  gsize      most;
  const int *cancel; /* atomic, nonzero to leave eng_kernel_fill () early; may be NULL */
} EngKernelWork;

/* Keys of learners with a kernel: kernel, activation, hidden, layer-weights, width, offset,
 * degree, bias-coordinate; m, bias, w0, paired as those of students. */
extern const EngParam eng_kernel_params[];
/* Refuses as many weights as do not fit the layers, and a width of more than one. */
gboolean eng_kernel_check (const EngSettings *settings, GError **error);
void     eng_kernel_init (EngKernel *self, const EngSettings *settings);
/* (x·x'/d)^p */
void eng_kernel_init_power (EngKernel *self, guint degree);
/* The neurons of a finite width: stream `w0` of the run, as a student with these settings
 * has them; its number 1 for the weights of the coordinate, which a student has not. */
void eng_kernel_draw (EngKernel         *self,
                      const EngSettings *settings,
                      gsize              d,
                      guint64            seed,
                      EngArena          *arena);
/* The same kernel at infinite width, which is the limit of Gaussian neurons. */
EngKernel eng_kernel_widened (const EngKernel *self);
/* Whether this one of finite width has that limit: rows on a sphere have it only where their
 * length does not matter, which is 1 in the mean square. */
gboolean eng_kernel_has_limit (const EngKernel *self);

/* For n inputs in all their levels. */
void   eng_kernel_inputs_init (EngKernelInputs *self,
                               const EngKernel *kernel,
                               gsize            n,
                               EngArena        *arena);
double eng_kernel_inputs_estimate_bytes (const EngKernel *kernel, double n);
/* Long where expectations are series.   x: (n, d)
 * cancel: atomic, nonzero to leave the rest as it is; may be NULL */
void eng_kernel_inputs_set (EngKernelInputs *self,
                            const EngKernel *kernel,
                            const EngMat    *x,
                            const int       *cancel);

/* The largest K (x, x) of inputs: of the first l hidden layers of an infinitely wide network
 * with equal weights, and of the whole.  Begins as zeros. */
typedef struct
{
  double layers[ENG_KERNEL_MAX_LAYERS];
  double total;
} EngKernelRange;

/* Takes these inputs, once set, into the range. */
void eng_kernel_extend_range (const EngKernel       *self,
                              const EngKernelInputs *x,
                              EngKernelRange        *range);
/* Refuses a kernel that is too large or too small for solvers, ENG_ERROR_NUMERIC, and says
 * from which layer on it is and what would not be. */
gboolean eng_kernel_check_range (const EngKernel      *self,
                                 const EngKernelRange *range,
                                 GError              **error);
/* Scratch for rows of at most `most` entries. */
void   eng_kernel_work_init (EngKernelWork   *self,
                             const EngKernel *kernel,
                             gsize            most,
                             EngArena        *arena);
double eng_kernel_work_estimate_bytes (const EngKernel *kernel, double most);

/* k_ij <- K (x_i, z_j).  Where z are the very same inputs, the diagonal is that of equal
 * inputs, exactly.  Allocates nothing.   k: (n of x, n of z) */
void eng_kernel_fill (const EngKernel       *self,
                      const EngKernelInputs *x,
                      const EngKernelInputs *z,
                      EngKernelWork         *work,
                      EngLanes              *lanes,
                      EngMat                *k);
/* Its rows `first` ... `first + k->rows - 1` alone, in the scratch of one lane. */
void eng_kernel_fill_rows (const EngKernel       *self,
                           const EngKernelInputs *x,
                           gsize                  first,
                           const EngKernelInputs *z,
                           EngKernelWork         *work,
                           guint                  lane,
                           EngMat                *k);

G_END_DECLS
