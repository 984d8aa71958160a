/* SPDX-License-Identifier: GPL-3.0-or-later
 * argmin Q by Newton's method on the dual, with a scale μ that falls to its value. */
#include "config.h"

#include "eng-implicit-bias.h"

#include <math.h>
#include <string.h>

/* At the first μ, so many times the largest coefficient, Q is all but quadratic. */
#define START_SCALE 100.0
/* μ falls by at most this factor at a time: a prediction along the path of ν, then steps of
 * Newton's method. */
#define FALL 0.25
/* Relative residuals that end Newton's method on the way and at the end, where it goes on
 * to rounding. */
#define ON_THE_WAY   1e-6
#define AT_THE_END   1e-14
#define NEWTON_STEPS 100
/* A shorter part of a step is none. */
#define SHORTEST 1e-6
/* Coordinates that the products X diag (…) Xᵀ take at once, and columns of their factor:
 * a matter of milliseconds, and then a stop is obeyed. */
#define COLUMNS 256
#define PANEL   64

typedef struct
{
  const EngMat *x;
  const double *y;
  const int    *cancel;
  guint         depth;
  double        mu;
  double        y_norm, r_norm;
  double       *nu, *trial, *r, *step; /* (n) */
  double       *u, *beta;              /* (d) */
  EngMat        scaled;                /* (n, at most COLUMNS) */
  EngMat        k;                     /* (n, n) */
} Search;

static void
search_init (Search       *self,
             const EngMat *x,
             const double *y,
             guint         depth,
             const int    *cancel,
             double       *beta)
{
  gsize n = x->rows, d = x->cols;

  *self = (Search){ .x = x,
                    .y = y,
                    .cancel = cancel,
                    .depth = depth,
                    .y_norm = eng_la_norm (n, y),
                    .nu = g_new (double, n),
                    .trial = g_new (double, n),
                    .r = g_new (double, n),
                    .step = g_new (double, n),
                    .u = g_new (double, d),
                    .beta = beta,
                    .scaled = { n, 0, g_new (double, n *MIN (d, COLUMNS)) },
                    .k = { n, n, g_new (double, n *n) } };
}

static void
search_clear (Search *self)
{
  g_free (self->nu);
  g_free (self->trial);
  g_free (self->r);
  g_free (self->step);
  g_free (self->u);
  g_free (self->scaled.data);
  g_free (self->k.data);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* h_D (u); infinite outside of its domain. */
static double
get_link (guint depth, double u)
{
  double power = depth / (depth - 2.0);

  if (depth == 2)
    return 2.0 * sinh (u);
  if (!(fabs (u) < 1.0))
    return INFINITY;
  return expm1 (-power * log1p (-u)) - expm1 (-power * log1p (u));
}

/* h_D' (u). */
static double
get_slope (guint depth, double u)
{
  double power = depth / (depth - 2.0);

  if (depth == 2)
    return 2.0 * cosh (u);
  return power * (pow (1.0 - u, -power - 1.0) + pow (1.0 + u, -power - 1.0));
}

/* β and r = Xβ − y at `nu`.   Returns: |r|, which may be infinite or no number. */
static double
evaluate (Search *self, const double *nu)
{
  gsize n = self->x->rows;

  eng_la_gemv_t (1.0, self->x, nu, 0.0, self->u);
  for (gsize i = 0; i < self->x->cols; i++)
    self->beta[i] = self->mu * get_link (self->depth, self->u[i]);
  memcpy (self->r, self->y, n * sizeof (double));
  eng_la_gemv (1.0, self->x, self->beta, -1.0, self->r);
  return eng_la_norm (n, self->r);
}

static gboolean
should_stop (const Search *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

/* k <- X diag (u²) Xᵀ.   Returns: FALSE if it is to stop. */
static gboolean
set_gram (Search *self)
{
  gsize n = self->x->rows, d = self->x->cols;

  for (gsize first = 0; first < d; first += COLUMNS)
    {
      gsize count = MIN (COLUMNS, d - first);

      if (should_stop (self))
        return FALSE;
      self->scaled.cols = count;
      for (gsize k = 0; k < n; k++)
        for (gsize i = 0; i < count; i++)
          self->scaled.data[k * count + i] = self->x->data[k * d + first + i]
                                             * self->u[first + i];
      eng_la_syrk (1.0, &self->scaled, first == 0 ? 0.0 : 1.0, &self->k);
    }
  return TRUE;
}

/* k <- its factor, in the lower triangle.   Returns: FALSE if it has none, or to stop. */
static gboolean
factor (Search *self)
{
  gsize n = self->k.rows;

  for (gsize from = 0; from < n; from += PANEL)
    {
      gsize size = MIN (PANEL, n - from), below = from + size;

      if (should_stop (self) || !eng_la_cholesky_panel (&self->k, from, size))
        return FALSE;
      if (below < n)
        eng_la_cholesky_rows (&self->k, from, size, below, n - below);
    }
  return TRUE;
}

/* step <- (X diag (u²) Xᵀ)⁻¹ b.   Returns: as factor () */
static gboolean
solve_system (Search *self, const double *b)
{
  EngMat row = { 1, self->x->rows, self->step };

  if (!set_gram (self) || !factor (self))
    return FALSE;
  memcpy (self->step, b, self->x->rows * sizeof (double));
  eng_la_solve_lower (&self->k, FALSE, &row);
  eng_la_solve_lower (&self->k, TRUE, &row);
  return TRUE;
}

/* step <- (X diag (μ h') Xᵀ)⁻¹ b at the u of the last evaluation. */
static gboolean
solve (Search *self, const double *b)
{
  for (gsize i = 0; i < self->x->cols; i++)
    self->u[i] = sqrt (self->mu * get_slope (self->depth, self->u[i]));
  return solve_system (self, b);
}

/* nu <- nu − t step with the longest t = 1, 1/2 ... for which |r| falls: it does for small
 * ones, because Newton's step is downhill for |r|². */
static gboolean
descend (Search *self)
{
  for (double t = 1.0; t > SHORTEST; t /= 2.0)
    {
      double norm;

      for (gsize k = 0; k < self->x->rows; k++)
        self->trial[k] = self->nu[k] - t * self->step[k];
      norm = evaluate (self, self->trial);
      if (!(norm < self->r_norm))
        continue;
      self->r_norm = norm;
      memcpy (self->nu, self->trial, self->x->rows * sizeof (double));
      return TRUE;
    }
  return FALSE;
}

/* Newton's method at the present μ, until |r| is below `tolerance` |y| or rounding. */
static gboolean
correct (Search *self, double tolerance)
{
  self->r_norm = evaluate (self, self->nu);
  for (guint i = 0; i < NEWTON_STEPS && self->r_norm > tolerance * self->y_norm; i++)
    {
      if (!solve (self, self->r))
        return FALSE;
      if (!descend (self))
        break;
    }
  self->r_norm = evaluate (self, self->nu);
  return self->r_norm <= MAX (tolerance, ENG_IMPLICIT_BIAS_TOLERANCE) * self->y_norm;
}

/* μ falls to `target`, or as far as is wise; ν follows its path
 * dν/d ln μ = −(X diag (μ h') Xᵀ)⁻¹ y. */
static gboolean
predict (Search *self, double target)
{
  double fall = log (MAX (target / self->mu, FALL)), before = self->mu;

  if (!solve (self, self->y))
    return FALSE;
  for (; fall < -SHORTEST; fall /= 2.0)
    {
      for (gsize k = 0; k < self->x->rows; k++)
        self->trial[k] = self->nu[k] - fall * self->step[k];
      self->mu = before * exp (fall);
      if (self->mu < target * (1.0 + SHORTEST))
        self->mu = target;
      if (!isfinite (evaluate (self, self->trial)))
        continue;
      memcpy (self->nu, self->trial, self->x->rows * sizeof (double));
      return TRUE;
    }
  return FALSE;
}

/* β <- Xᵀ(XXᵀ)⁻¹y and step <- (XXᵀ)⁻¹y. */
static gboolean
find_smallest (Search *self)
{
  if (self->x->rows > self->x->cols)
    return FALSE;
  for (gsize i = 0; i < self->x->cols; i++)
    self->u[i] = 1.0;
  if (!solve_system (self, self->y))
    return FALSE;
  eng_la_gemv_t (1.0, self->x, self->step, 0.0, self->beta);
  memcpy (self->r, self->y, self->x->rows * sizeof (double));
  eng_la_gemv (1.0, self->x, self->beta, -1.0, self->r);
  return eng_la_norm (self->x->rows, self->r)
         <= ENG_IMPLICIT_BIAS_TOLERANCE * self->y_norm;
}

gboolean
eng_implicit_bias_find (const EngMat *x,
                        const double *y,
                        double        alpha,
                        guint         depth,
                        const int    *cancel,
                        double       *beta)
{
  g_auto (Search) self = { 0 };
  double          target = pow (alpha, depth), largest = 0.0;

  g_assert (depth >= 2 && alpha > 0.0);
  search_init (&self, x, y, depth, cancel, beta);
  if (!find_smallest (&self))
    return FALSE;
  for (gsize i = 0; i < x->cols; i++)
    largest = MAX (largest, fabs (beta[i]));
  self.mu = MAX (target, START_SCALE * largest);
  for (gsize k = 0; k < x->rows; k++)
    self.nu[k] = self.step[k] / (self.mu * get_slope (depth, 0.0));
  while (self.mu > target)
    if (!correct (&self, ON_THE_WAY) || !predict (&self, target))
      return FALSE;
  return correct (&self, AT_THE_END);
}

gboolean
eng_implicit_bias_smallest (const EngMat *x,
                            const double *y,
                            const int    *cancel,
                            double       *beta)
{
  g_auto (Search) self = { 0 };

  search_init (&self, x, y, 2, cancel, beta);
  return find_smallest (&self);
}

double
eng_implicit_bias_estimate_bytes (double n, double d)
{
  return sizeof (double) * (n * MIN (d, COLUMNS) + n * n + 4.0 * n + d);
}
