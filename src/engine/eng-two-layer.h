/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngTwoLayer: the two-layer network that a student is, or stands for.
 *
 *   f(x; W) = m^{-1/2} Σ_r a_r σ((w0_r + w_r)·x + b_r)
 *   f_L     = m^{-1/2} Σ_r a_r σ′(z_r) (w_r·x),       z_r = w0_r·x + b_r
 *   f_Q     = ½ m^{-1/2} Σ_r a_r σ″(z_r) (w_r·x)²
 *
 * (two-layer.md section 1; D2.)  W is the movement.  Rows r and r + m/2 share w0 and b and
 * have a = +1, −1, so f = 0 at W = 0.  Neurons that do not start in pairs are independent,
 * with random a = ±1; their sum at W = 0 is subtracted from f, so that it starts at 0 all
 * the same.  Memory belongs to the run's arena. */
#pragma once

#include "eng-activation.h"
#include "eng-arena.h"
#include "eng-lanes.h"
#include "eng-rng.h"

G_BEGIN_DECLS

/* Inputs and neurons of a tile where a network is evaluated: so many that a product is
 * efficient, so few that it stays in the cache of a core. */
#define ENG_EVALUATION_ROWS 128
#define ENG_EVALUATION_COLS 256

/* What evaluation needs: tiles of some inputs and some neurons for each lane, and the two
 * quadratic forms that the Taylor terms are where σ″ is constant. */
typedef struct
{
  EngMatF z[ENG_N_LANES], u[ENG_N_LANES], twin[ENG_N_LANES];
  EngMatF linear;    /* (d + 1, d); no rows where features are less arithmetic */
  EngMatF quadratic; /* (d, d) */
} EngTwoLayerScratch;

struct _EngTwoLayer
{
  gsize                m, d;
  const EngActivation *activation;
  EngMatF              w0; /* (m, d) frozen */
  EngMatF              w;  /* (m, d) movement */
  float               *a;  /* (m) output weights now */
  float               *a0; /* (m) output weights at the start */
  float               *b;  /* (m) biases; all 0 without */
  gboolean             has_bias;
  gboolean             is_paired;
  gboolean             both_layers; /* a trains too, and belongs to the tangent kernel */
  double               bias;        /* their standard deviation */
  double               init;        /* start of W in units of m^{-1/4} N(0, I/d) */
  EngTwoLayerScratch   scratch;
};

/* Values at a block of inputs; each array (n) or NULL if not wanted. */
typedef struct
{
  float *f, *linear, *quadratic;
} EngTerms;

/* Parameters of everything that has such a student, as entries of a table: m, activation,
 * bias, w0, paired, init.  The defaults of the last two differ between learners (NOTATION: init 0
 * for lazy and network, 0.1 for quadratic and joint). */
extern const EngChoice eng_two_layer_w0_choices[];
/* Those of the start alone, for tables of what has the same weights without being a student;
 * further fields of the entry as arguments. */
#define ENG_TWO_LAYER_BIAS_PARAM(...)                                                    \
  {                                                                                      \
    .key = "bias", .kind = ENG_PARAM_REAL, .min = 0, .max = 3, .fallback = "0",          \
    .flags = ENG_PARAM_ADVANCED, .title = N_ ("Bias"),                                   \
    .help = N_ ("standard deviation of the frozen biases; 0 for none"), __VA_ARGS__      \
  }
#define ENG_TWO_LAYER_W0_PARAM(...)                                                      \
  {                                                                                      \
    .key = "w0", .kind = ENG_PARAM_CHOICE, .choices = eng_two_layer_w0_choices,          \
    .fallback = "gaussian", .flags = ENG_PARAM_ADVANCED,                                 \
    .title = N_ ("Initial Weights"), .help = N_ ("law of the rows of W₀"), __VA_ARGS__   \
  }
#define ENG_TWO_LAYER_PAIRED_PARAM(...)                                                  \
  {                                                                                      \
    .key = "paired", .kind = ENG_PARAM_BOOLEAN, .fallback = "true",                      \
    .flags = ENG_PARAM_ADVANCED, .title = N_ ("Start in Pairs"),                         \
    .help = N_ ("neurons of opposite signs; else f at the start is subtracted"),         \
    __VA_ARGS__                                                                          \
  }
#define ENG_TWO_LAYER_PARAMS(default_activation, default_init)                           \
  { .key = "m",                                                                          \
    .kind = ENG_PARAM_INT,                                                               \
    .min = 2,                                                                            \
    .max = 1e6,                                                                          \
    .flags = ENG_PARAM_EVEN,                                                             \
    .fallback = "10 d",                                                                  \
    .title = N_ ("Neurons m"),                                                           \
    .help = N_ ("width; even, because neurons come in pairs") },                         \
      { .key = "activation",                                                             \
        .kind = ENG_PARAM_CHOICE,                                                        \
        .choices = eng_activation_choices,                                               \
        .fallback = default_activation,                                                  \
        .title = N_ ("Activation"),                                                      \
        .help = N_ ("σ of the student") },                                               \
      ENG_TWO_LAYER_BIAS_PARAM (), ENG_TWO_LAYER_W0_PARAM (),                            \
      ENG_TWO_LAYER_PAIRED_PARAM (),                                                     \
  {                                                                                      \
    .key = "init", .kind = ENG_PARAM_REAL, .min = 0, .max = 10,                          \
    .fallback = default_init, .flags = ENG_PARAM_ADVANCED, .title = N_ ("Start of W"),   \
    .help = N_ ("random movement at step 0, in units of m^(−1/4) per row")               \
  }

/* Takes memory for a student with these settings. */
void eng_two_layer_init (EngTwoLayer       *self,
                         const EngSettings *settings,
                         gsize              d,
                         EngArena          *arena);
/* The start of a student with these settings, from stream `w0`; of neurons in pairs one of
 * each.   rows: (m or m/2, d) of W0   a, b: (as many) output weights and biases */
void eng_two_layer_draw_start (const EngSettings *settings,
                               guint64            seed,
                               EngMatF           *rows,
                               float             *a,
                               float             *b);
/* Draws w0, b (stream `w0`), a, and the start of W (stream `init`). */
void eng_two_layer_draw (EngTwoLayer *self, const EngSettings *settings, guint64 seed);

/* Whether the neurons of a student with these settings start in pairs. */
gboolean eng_two_layer_is_paired (const EngSettings *settings);
/* What is subtracted from f where they do not: m^{-1/2} Σ_r a_r σ(z_r) at the start, in
 * double.  Long.  Allocates nothing.   x: (n, d)  out: (n)
 * cancel: atomic, nonzero to leave the rest as it is; may be NULL */
void eng_two_layer_initial (const EngTwoLayer *self,
                            const EngMatF     *x,
                            const int         *cancel,
                            float             *out);

double eng_two_layer_estimate_bytes (const EngSettings *settings, gsize d);
/* Of the scratch alone, which eng_two_layer_init () takes. */
void   eng_two_layer_scratch_init (EngTwoLayer *self, EngArena *arena);
double eng_two_layer_scratch_estimate_bytes (double m, double d);

/* Whether two students have the same w0, a, b: then they share one Σ. */
gboolean eng_two_layer_same_start (const EngTwoLayer *a, const EngTwoLayer *b);

/* Neurons that start in pairs are twins: the features of neuron r + h, h = m/2, are minus
 * those of neuron r, so that f_L is a function of the differences w_r − w_{r+h} alone.
 * Without pairs h = m.  Returns: h. */
gsize eng_two_layer_count_single (const EngTwoLayer *self);
/* The same of a student with these settings. */
gsize eng_two_layer_count_single_of (const EngSettings *settings);

/* Where σ″ is constant, σ′(z) = p1 + p2 z, both terms are quadratic forms of the inputs,
 * made of the rows
 *
 *   v_r = a_r/√m (p2 w0_r, p1 + p2 b_r),   f_L = Σ_r (v_r·x̃) (w_r·x),   x̃ = (x, 1):
 *
 * d² (rows + n) multiplications instead of rows n d. */

/* Whether that is so, and less arithmetic for `rows` neurons of dimension d at n inputs. */
gboolean
eng_two_layer_is_form (const EngActivation *activation, double rows, double n, double d);
/* row <- v_r, a from the start.   row: (d + 1).  Returns: a_r/√m p2. */
float eng_two_layer_form_row (const EngTwoLayer *self, gsize r, float *row);

/* f, f_L and f_Q at the rows of `x`, in float, over lanes; no allocation.  Each of them as
 * far as `terms` has an array for it. */
void eng_two_layer_evaluate (const EngTwoLayer *self,
                             const EngMatF     *x,
                             EngLanes          *lanes,
                             EngTerms          *terms);

/* All three terms in double, row by row.  Plain: allocates, one thread.
 * f, linear, quadratic: (n) */
void eng_two_layer_terms (const EngTwoLayer *self,
                          const EngMatF     *x,
                          double            *f,
                          double            *linear,
                          double            *quadratic);

G_END_DECLS
