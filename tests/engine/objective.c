/* SPDX-License-Identifier: GPL-3.0-or-later
 * The objective of the Taylor students, plainly. */
#include "objective.h"

#include <math.h>
#include <string.h>

/* --- features and polynomials --------------------------------------------------------- */

typedef struct
{
  const EngMat *w0, *a, *b;
} Start;

/* out_ir <- a_r map (w0_r·x_i + b_r) / √m */
static EngMat
features (const Start *start, const EngMat *x, EngMap map, EngArena *arena)
{
  gsize  m = start->w0->rows, d = x->cols;
  EngMat out = eng_arena_mat (arena, x->rows, m);

  for (gsize i = 0; i < x->rows; i++)
    for (gsize r = 0; r < m; r++)
      {
        double z = start->b->data[r], value;

        for (gsize j = 0; j < d; j++)
          z += start->w0->data[r * d + j] * x->data[i * d + j];
        map (1, &z, &value);
        out.data[i * m + r] = start->a->data[r] * value / sqrt ((double) m);
      }
  return out;
}

/* 1, x and, for degree 2, x_i x_j (i < j) and x_i² (i < d): a basis on the sphere. */
static EngMat
polynomials (const EngMat *x, gboolean degree_2, EngArena *arena)
{
  gsize  d = x->cols, size = 1 + d + (degree_2 ? d * (d + 1) / 2 - 1 : 0);
  EngMat out = eng_arena_mat (arena, x->rows, size);

  for (gsize i = 0; i < x->rows; i++)
    {
      const double *row = x->data + i * d;
      double       *to = out.data + i * size;

      *to++ = 1.0;
      for (gsize j = 0; j < d; j++)
        *to++ = row[j];
      for (gsize j = 0; j < d && degree_2; j++)
        for (gsize k = j; k < d; k++)
          if (!(j == d - 1 && k == d - 1))
            *to++ = row[j] * row[k];
      g_assert (to == out.data + (i + 1) * size);
    }
  return out;
}

/* Gram-Schmidt on columns, twice. */
static void
orthonormalise_columns (EngMat *q)
{
  for (gsize c = 0; c < q->cols; c++)
    for (guint pass = 0; pass < 2; pass++)
      {
        double norm = 0.0;

        for (gsize p = 0; p < c; p++)
          {
            double product = 0.0;

            for (gsize i = 0; i < q->rows; i++)
              product += q->data[i * q->cols + p] * q->data[i * q->cols + c];
            for (gsize i = 0; i < q->rows; i++)
              q->data[i * q->cols + c] -= product * q->data[i * q->cols + p];
          }
        for (gsize i = 0; i < q->rows; i++)
          norm += q->data[i * q->cols + c] * q->data[i * q->cols + c];
        for (gsize i = 0; i < q->rows; i++)
          q->data[i * q->cols + c] /= sqrt (norm);
      }
}

void
objective_init (Objective    *self,
                const Oracle *oracle,
                const char   *activation,
                guint         flags,
                EngArena     *arena)
{
  static const char *const lambdas[] = { "lam1", "lam2", "lam3", "lam4" };
  const EngActivation     *sigma = eng_activation_find (activation);
  Start                    start = { oracle_get (oracle, "W0"), oracle_get (oracle, "a"),
                                     oracle_get (oracle, "b") };

  *self = (Objective){ .flags = flags, .m = start.w0->rows, .d = start.w0->cols };
  self->x = oracle_get (oracle, "X");
  self->y = oracle_get (oracle, "y")->data;
  self->a = features (&start, self->x, sigma->first, arena);
  self->b = features (&start, self->x, sigma->second, arena);
  if (!oracle_has (oracle, "lam1"))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (lambdas); i++)
    self->lambda[i] = oracle_scalar (oracle, lambdas[i]);
  /* The cases weigh |P W|² with lam3/2; NOTATION's λ3 has no ½ there. */
  if (flags & OBJECTIVE_R3_PROJECTED)
    self->lambda[2] /= 2.0;
  self->v1 = oracle_get (oracle, "V1");
  self->xu = oracle_get (oracle, "Xu");
  self->au = features (&start, self->xu, sigma->first, arena);
  self->raw_u = polynomials (self->xu, flags & OBJECTIVE_DEGREE_2, arena);
  self->raw = polynomials (self->x, flags & OBJECTIVE_DEGREE_2, arena);
  self->basis = eng_arena_mat (arena, self->raw_u.rows, self->raw_u.cols);
  memcpy (self->basis.data, self->raw_u.data,
          self->basis.rows * self->basis.cols * sizeof (double));
  orthonormalise_columns (&self->basis);
}

/* --- values --------------------------------------------------------------------------- */

/* Σ_r a_r u_r and Σ_r b_r u_r² at row i, u_r = w_r·x. */
static void
sums (const Objective *self,
      const EngMat    *x,
      const EngMat    *a,
      const EngMat    *b,
      gsize            i,
      const double    *w,
      double          *linear,
      double          *square)
{
  *linear = *square = 0.0;
  for (gsize r = 0; r < self->m; r++)
    {
      double u = 0.0;

      for (gsize j = 0; j < self->d; j++)
        u += w[r * self->d + j] * x->data[i * self->d + j];
      *linear += a->data[i * self->m + r] * u;
      if (b != NULL)
        *square += b->data[i * self->m + r] * u * u;
    }
}

double
objective_data (const Objective *self, const double *w)
{
  double sum = 0.0;

  for (gsize i = 0; i < self->x->rows; i++)
    {
      double linear, square, residual = -self->y[i];

      sums (self, self->x, &self->a, &self->b, i, w, &linear, &square);
      if (self->flags & OBJECTIVE_LINEAR)
        residual += linear;
      if (self->flags & OBJECTIVE_QUADRATIC)
        residual += 0.5 * square;
      sum += residual * residual;
    }
  return 0.5 * sum / (double) self->x->rows;
}

/* w − V1ᵀ V1 w, or V1ᵀ V1 w. */
static double *
project (const Objective *self, const double *w, gboolean inside)
{
  gsize   md = self->m * self->d;
  double *part = g_new0 (double, md);

  for (gsize k = 0; k < self->v1->rows; k++)
    {
      const double *v = self->v1->data + k * md;
      double        c = 0.0;

      for (gsize i = 0; i < md; i++)
        c += v[i] * w[i];
      for (gsize i = 0; i < md; i++)
        part[i] += c * v[i];
    }
  for (gsize i = 0; i < md && !inside; i++)
    part[i] = w[i] - part[i];
  return part;
}

static double *
linear_values (const Objective *self, const EngMat *x, const EngMat *a, const double *w)
{
  double *values = g_new (double, x->rows), square;

  for (gsize i = 0; i < x->rows; i++)
    sums (self, x, a, NULL, i, w, &values[i], &square);
  return values;
}

static double
mean_square (gsize n, const double *values)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += values[i] * values[i];
  return sum / (double) n;
}

/* f_L on `x` less its projection on polynomials fitted to f_L on the unlabelled inputs:
 * the coefficients solve raw_u c = basis basisᵀ f_L (xu), here by normal equations. */
static void
remove_fit (const Objective *self, const double *w, const EngMat *raw, double *values)
{
  g_autofree double *fu = linear_values (self, self->xu, &self->au, w);
  gsize              size = self->raw_u.cols;
  g_autofree double *gram_data = g_new (double, size *size), *c = g_new (double, size);
  g_autofree double *work = g_new (double, 3 * size);
  EngMat             gram = { size, size, gram_data };

  eng_la_gemm_tn (1.0, &self->raw_u, &self->raw_u, 0.0, &gram);
  eng_la_gemv_t (1.0, &self->raw_u, fu, 0.0, c);
  eng_la_solve_psd (&gram, 0.0, work, c);
  eng_la_gemv (-1.0, raw, c, 1.0, values);
}

/* Mean square of f_L outside Q1 on the unlabelled (R1) or the training inputs (R2). */
static double
outside (const Objective *self, const double *w, gboolean on_train)
{
  const EngMat      *x = on_train ? self->x : self->xu;
  const EngMat      *a = on_train ? &self->a : &self->au;
  g_autofree double *part = NULL, *values = NULL;

  if (!(self->flags & OBJECTIVE_FUNCTION))
    {
      part = project (self, w, FALSE);
      values = linear_values (self, x, a, part);
      return mean_square (x->rows, values);
    }
  values = linear_values (self, x, a, w);
  if (on_train)
    remove_fit (self, w, &self->raw, values);
  else
    {
      g_autofree double *c = g_new (double, self->basis.cols);

      eng_la_gemv_t (1.0, &self->basis, values, 0.0, c);
      eng_la_gemv (-1.0, &self->basis, c, 1.0, values);
    }
  return mean_square (x->rows, values);
}

double
objective_penalties (const Objective *self, const double *w)
{
  gsize              md = self->m * self->d;
  g_autofree double *inside = NULL;
  double             sum = 0.0, quartic = 0.0;

  for (gsize r = 0; r < self->m; r++)
    {
      double square = (double) self->d * mean_square (self->d, w + r * self->d);

      quartic += square * square;
    }
  if (self->flags & OBJECTIVE_R1)
    sum += 0.5 * self->lambda[0] * outside (self, w, FALSE);
  if (self->flags & OBJECTIVE_R2)
    sum += 0.5 * self->lambda[1] * outside (self, w, TRUE);
  if (self->flags & OBJECTIVE_R3)
    sum += 0.5 * self->lambda[2] * (double) md * mean_square (md, w);
  if (self->flags & OBJECTIVE_R3_PROJECTED)
    {
      inside = project (self, w, TRUE);
      sum += self->lambda[2] * (double) md * mean_square (md, inside);
    }
  if (self->flags & OBJECTIVE_R4)
    sum += 0.25 * self->lambda[3] * quartic;
  if (self->flags & OBJECTIVE_R8)
    sum += self->lambda[3] * quartic * quartic;
  return sum;
}
