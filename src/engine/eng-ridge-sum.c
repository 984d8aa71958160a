/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sums of ridge polynomials: directions, signs, normalisation, evaluation. */
#include "config.h"

#include "eng-ridge-sum.h"

#include "eng-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

const EngChoice eng_ridge_sum_directions[] = {
  { "orthogonal", N_ ("Orthogonal") },
  { "same", N_ ("All the same") },
  { "random", N_ ("Random") },
  { "axes", N_ ("Coordinate axes") },
  { NULL, NULL },
};

const EngChoice eng_ridge_sum_signs[] = {
  { "positive", N_ ("All positive") },
  { "alternating", N_ ("Alternating") },
  { "random", N_ ("Random") },
  { NULL, NULL },
};

static const EngChoice form_choices[] = {
  { "normalised", N_ ("Normalised parts") },
  { "raw", N_ ("Raw monomials") },
  { NULL, NULL },
};

const EngParam eng_ridge_sum_params[] = {
  { .key = "directions",
    .kind = ENG_PARAM_CHOICE,
    .choices = eng_ridge_sum_directions,
    .fallback = "orthogonal",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Directions"),
    .help = N_ ("how the unit vectors β of the parts lie") },
  { .key = "signs",
    .kind = ENG_PARAM_CHOICE,
    .choices = eng_ridge_sum_signs,
    .fallback = "positive",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Signs"),
    .help = N_ ("of the parts") },
  { .key = "form",
    .kind = ENG_PARAM_CHOICE,
    .choices = form_choices,
    .fallback = "normalised",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Form"),
    .help = N_ ("harmonics of unit variance, or plain powers (β·x)^p") },
  ENG_PARAM_END,
};

/* Every row an axis, all different as long as there are enough. */
static void
draw_axes (EngRng *rng, EngMat *directions)
{
  gsize             d = directions->cols;
  g_autofree gsize *axes = g_new (gsize, d);

  for (gsize j = 0; j < d; j++)
    axes[j] = j;
  for (gsize s = 0; s < directions->rows; s++)
    {
      gsize from = s % d, left = d - from;
      gsize to = from + MIN ((gsize) (eng_rng_uniform (rng) * (double) left), left - 1);
      gsize axis = axes[to];

      axes[to] = axes[from];
      axes[from] = axis;
      memset (directions->data + s * d, 0, d * sizeof (double));
      directions->data[s * d + axis] = 1.0;
    }
}

void
eng_ridge_sum_draw_direction (const EngSettings *settings,
                              EngRng            *rng,
                              EngMat            *directions,
                              gsize              s)
{
  gsize   d = directions->cols;
  double *v = directions->data + s * d;

  eng_rng_fill_direction (rng, d, v);
  if (eng_settings_is_choice (settings, "directions", "orthogonal"))
    eng_la_orthonormalise_row (directions, s);
  else if (eng_settings_is_choice (settings, "directions", "same"))
    memmove (v, directions->data, d * sizeof (double));
}

void
eng_ridge_sum_draw_directions (const EngSettings *settings,
                               EngRng            *rng,
                               EngMat            *directions)
{
  if (eng_settings_is_choice (settings, "directions", "axes"))
    {
      draw_axes (rng, directions);
      return;
    }
  for (gsize s = 0; s < directions->rows; s++)
    eng_ridge_sum_draw_direction (settings, rng, directions, s);
}

double
eng_ridge_sum_draw_sign (const EngSettings *settings, EngRng *rng, gsize s)
{
  /* Drawn always, so that other draws do not depend on this choice. */
  double sign = eng_rng_sign (rng);

  if (eng_settings_is_choice (settings, "signs", "random"))
    return sign;
  return eng_settings_is_choice (settings, "signs", "alternating") && s % 2 == 1 ? -1.0
                                                                                 : 1.0;
}

void
eng_ridge_sum_apply_signs (const EngSettings *settings,
                           EngRng            *rng,
                           gsize              n,
                           double            *coefficients)
{
  for (gsize s = 0; s < n; s++)
    coefficients[s] *= eng_ridge_sum_draw_sign (settings, rng, s);
}

gboolean
eng_ridge_sum_check (const EngSettings *settings, GError **error)
{
  gsize rank = (gsize) eng_settings_get_int (settings, "rank");
  gsize d = (gsize) eng_settings_get_int (settings, "d");

  if (rank > d && eng_settings_is_choice (settings, "directions", "orthogonal"))
    return eng_error_refuse (
        error, "problem", "rank",
        _ ("must be at most d = %zu for orthogonal directions, got %zu"), d, rank);
  if (rank > d && eng_settings_is_choice (settings, "directions", "axes"))
    return eng_error_refuse (
        error, "problem", "rank",
        _ ("must be at most d = %zu for directions along the axes, got %zu"), d, rank);
  return TRUE;
}

gboolean
eng_ridge_sum_check_length (const EngSettings *settings,
                            const char        *key,
                            gsize              rank,
                            gboolean           one_is_fine,
                            GError           **error)
{
  gsize length;

  if (!eng_settings_has (settings, key))
    return TRUE;
  eng_settings_get_list (settings, key, &length);
  if (length == rank || (length == 1 && one_is_fine))
    return TRUE;
  if (one_is_fine && rank > 1)
    return eng_error_refuse (
        error, "problem", key,
        g_dngettext (GETTEXT_PACKAGE, "must have 1 or %zu number, one per part, got %zu",
                     "must have 1 or %zu numbers, one per part, got %zu", rank),
        rank, length);
  return eng_error_refuse (
      error, "problem", key,
      g_dngettext (GETTEXT_PACKAGE, "must have %zu number, one per part, got %zu",
                   "must have %zu numbers, one per part, got %zu", rank),
      rank, length);
}

gboolean
eng_ridge_sum_check_degrees (const EngSettings *settings, const char *key, GError **error)
{
  gsize         length;
  const double *degrees = eng_settings_get_list (settings, key, &length);

  for (gsize i = 0; i < length; i++)
    if (degrees[i] != floor (degrees[i]))
      return eng_error_refuse (error, "problem", key, _ ("must be whole numbers, got %g"),
                               degrees[i]);
  return TRUE;
}

void
eng_ridge_sum_init (EngRidgeSum *self, gsize n, gsize d, EngArena *arena)
{
  self->n_terms = n;
  self->ridges = eng_arena_bytes (arena, n, sizeof (EngRidge));
  self->coefficients = eng_arena_doubles (arena, n);
  self->directions = eng_arena_mat (arena, n, d);
}

gboolean
eng_ridge_sum_normalise (EngRidgeSum *self,
                         EngProblem  *problem,
                         const guint *degrees,
                         gboolean     raw,
                         EngRng      *rng,
                         GError     **error)
{
  for (gsize s = 0; s < self->n_terms; s++)
    {
      const double *beta = self->directions.data + s * self->directions.cols;

      if (!eng_ridge_init (&self->ridges[s], &problem->inputs, degrees[s], raw, beta, rng,
                           error))
        return FALSE;
      eng_ridge_sum_register_degree (problem, degrees[s]);
    }
  return TRUE;
}

double *
eng_ridge_sum_get_linear (const EngRidgeSum *self, EngArena *arena)
{
  gsize   d = self->directions.cols;
  double *beta = eng_arena_doubles (arena, d);

  for (gsize s = 0; s < self->n_terms; s++)
    {
      const EngRidge *ridge = &self->ridges[s];
      double slope = eng_ridge_evaluate (ridge, 1.0) - eng_ridge_evaluate (ridge, 0.0);

      if (ridge->degree != 1)
        return NULL;
      eng_la_axpy (d, self->coefficients[s] * slope, self->directions.data + s * d, beta);
    }
  return beta;
}

guint
eng_ridge_sum_register_degree (EngProblem *problem, guint degree)
{
  for (guint i = 0; i < problem->n_degrees; i++)
    if (problem->degrees[i] == degree)
      return i;
  g_assert (problem->n_degrees < ENG_PROBLEM_MAX_DEGREES);
  problem->degrees[problem->n_degrees] = degree;
  return problem->n_degrees++;
}

void
eng_ridge_sum_add (const EngRidgeSum *self,
                   const EngProblem  *problem,
                   const EngMatF     *x,
                   double            *y,
                   double            *parts)
{
  for (gsize s = 0; s < self->n_terms; s++)
    {
      const double *beta = self->directions.data + s * x->cols;
      guint         row = 0;

      while (problem->degrees[row] != self->ridges[s].degree)
        row++;
      for (gsize i = 0; i < x->rows; i++)
        {
          EngMatF one = eng_matf_rows (x, i, 1);
          double  u, value;

          eng_inputs_project (&one, beta, &u);
          value = self->coefficients[s] * eng_ridge_evaluate (&self->ridges[s], u);
          y[i] += value;
          if (parts != NULL)
            parts[row * x->rows + i] += value;
        }
    }
}
