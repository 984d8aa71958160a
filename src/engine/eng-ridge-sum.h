/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngRidgeSum: a sum of polynomials of one direction each, Σ c_s part_{p_s}(β_s·x): what
 * the polynomial teachers share.  Memory from the problem's arena. */
#pragma once

#include "eng-problem.h"

G_BEGIN_DECLS

typedef struct
{
  gsize     n_terms;
  EngRidge *ridges;       /* (n_terms) */
  double   *coefficients; /* (n_terms) */
  EngMat    directions;   /* (n_terms, d) unit rows */
} EngRidgeSum;

/* Keys directions, signs, form; and the choices of the first two. */
extern const EngParam  eng_ridge_sum_params[];
extern const EngChoice eng_ridge_sum_directions[], eng_ridge_sum_signs[];

/* Refuses more orthogonal directions than fit. */
gboolean eng_ridge_sum_check (const EngSettings *settings, GError **error);
/* Refuses a list that has not one number for each of `count` parts, nor one for all where
 * `one_is_fine`. */
gboolean eng_ridge_sum_check_length (const EngSettings *settings,
                                     const char        *key,
                                     gsize              count,
                                     gboolean           one_is_fine,
                                     GError           **error);
/* Refuses degrees that are not whole. */
gboolean eng_ridge_sum_check_degrees (const EngSettings *settings,
                                      const char        *key,
                                      GError           **error);

/* Draws `n` unit directions as the key `directions` says: orthonormal, all the same,
 * independent, or coordinate axes.  directions: (n, d) */
void eng_ridge_sum_draw_directions (const EngSettings *settings,
                                    EngRng            *rng,
                                    EngMat            *directions);
/* Row s alone, after those before it. */
void eng_ridge_sum_draw_direction (const EngSettings *settings,
                                   EngRng            *rng,
                                   EngMat            *directions,
                                   gsize              s);
/* That of coefficient s as the key `signs` says: −1 or +1. */
double eng_ridge_sum_draw_sign (const EngSettings *settings, EngRng *rng, gsize s);
/* Signs of the n coefficients as the key `signs` says. */
void eng_ridge_sum_apply_signs (const EngSettings *settings,
                                EngRng            *rng,
                                gsize              n,
                                double            *coefficients);

/* Takes memory for `n` terms; the caller then fills coefficients and directions. */
void eng_ridge_sum_init (EngRidgeSum *self, gsize n, gsize d, EngArena *arena);
/* Normalises term s to degree `degrees[s]` under the problem's inputs. */
gboolean eng_ridge_sum_normalise (EngRidgeSum *self,
                                  EngProblem  *problem,
                                  const guint *degrees,
                                  gboolean     raw,
                                  EngRng      *rng,
                                  GError     **error);
/* Adds the terms to `y` and, if wanted, to the row of `parts` of their degree.
 * x: (n, d)  y: (n)  parts: (problem->n_degrees, n) or NULL */
void eng_ridge_sum_add (const EngRidgeSum *self,
                        const EngProblem  *problem,
                        const EngMatF     *x,
                        double            *y,
                        double            *parts);

/* β where the sum is ⟨β, x⟩, up to a constant, because every degree is 1; else NULL.
 * Returns: (d), of `arena`. */
double *eng_ridge_sum_get_linear (const EngRidgeSum *self, EngArena *arena);

/* Registers `degree` among the problem's parts, once, and returns its row. */
guint eng_ridge_sum_register_degree (EngProblem *problem, guint degree);

G_END_DECLS
