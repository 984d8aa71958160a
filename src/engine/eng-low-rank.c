/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sums, distances and angles of symmetric matrices in factored form. */
#include "config.h"

#include "eng-low-rank.h"

#include "eng-skinny.h"

#include <math.h>
#include <string.h>

/* A row of which less than this is left depends on the rows before it. */
#define DEPENDENT 1e-13

void
eng_low_rank_init (EngLowRank *self, gsize p, gsize max_rank, EngArena *arena)
{
  self->rank = 0;
  self->u = eng_arena_mat (arena, max_rank, p);
  self->s = eng_arena_doubles (arena, max_rank);
}

void
eng_low_rank_work_init (EngLowRankWork *self, gsize p, gsize max_terms, EngArena *arena)
{
  self->terms = eng_arena_mat (arena, max_terms, p);
  self->coefficients = eng_arena_mat (arena, max_terms, max_terms);
  self->core = eng_arena_mat (arena, max_terms, max_terms);
  self->weights = eng_arena_doubles (arena, max_terms);
  self->values = eng_arena_doubles (arena, max_terms);
  self->order = eng_arena_bytes (arena, max_terms, sizeof (gsize));
  self->solver = eng_arena_doubles (arena, eng_la_eigh_doubles (max_terms));
  self->integers = eng_arena_bytes (arena, eng_la_eigh_integers (max_terms),
                                    sizeof (int));
}

double
eng_low_rank_work_estimate_bytes (double p, double max_terms)
{
  return sizeof (double) * (max_terms * p + 5.0 * max_terms * max_terms);
}

EngMat
eng_low_rank_terms (const EngLowRank *self)
{
  return (EngMat){ self->rank, self->u.cols, self->u.data };
}

/* --- bases ----------------------------------------------------------------------- */

/* v <- v − Σ_j (u_j·v) u_j over the first `n` rows of `a`, adding the products to
 * `coefficients` unless NULL. */
static void
project_out (const EngMat *a, gsize n, double *v, double *coefficients)
{
  for (gsize j = 0; j < n; j++)
    {
      const double *u = a->data + j * a->cols;
      double        product = eng_la_dot (a->cols, u, v);

      eng_la_axpy (a->cols, -product, u, v);
      if (coefficients != NULL)
        coefficients[j] += product;
    }
}

/* Makes the rows from `first` on orthonormal to the rows before, which are so already, and
 * to each other.  Of `coefficients` only their rows are written. */
static gsize
orthonormalise_from (EngMat *a, gsize first, EngMat *coefficients)
{
  gsize p = a->cols, rank = first;

  for (gsize i = first; i < a->rows; i++)
    {
      double *row = coefficients == NULL ? NULL
                                         : coefficients->data + i * coefficients->cols;
      double *v = a->data + rank * p;
      double  before, norm;

      if (row != NULL)
        memset (row, 0, coefficients->cols * sizeof (double));
      if (i != rank)
        memmove (v, a->data + i * p, p * sizeof (double));
      before = eng_la_norm (p, v);
      project_out (a, rank, v, row);
      project_out (a, rank, v, row);
      norm = eng_la_norm (p, v);
      if (!(norm > DEPENDENT * before))
        continue;
      for (gsize j = 0; j < p; j++)
        v[j] /= norm;
      if (row != NULL)
        row[rank] = norm;
      rank++;
    }
  a->rows = rank;
  return rank;
}

gsize
eng_low_rank_orthonormalise (EngMat *a, EngMat *coefficients)
{
  return orthonormalise_from (a, 0, coefficients);
}

/* --- sums ------------------------------------------------------------------------ */

/* Appends rows `u` with weights `s` to the terms of the workspace. */
static void
append (EngLowRankWork *work, gsize *n, const EngMat *u, const double *s, double sign)
{
  g_assert (u->rows == 0 || u->cols == work->terms.cols);
  g_assert (*n + u->rows <= work->coefficients.rows);
  if (u->rows > 0)
    memcpy (work->terms.data + *n * work->terms.cols, u->data,
            u->rows * u->cols * sizeof (double));
  for (gsize j = 0; j < u->rows; j++)
    work->weights[*n + j] = sign * s[j];
  *n += u->rows;
}

/* The matrix of the `n` terms on an orthonormal basis, which takes their place; the first
 * `n_given` terms are part of one.
 * Returns: the core (q, q), a view of the workspace. */
static EngMat
make_core (EngLowRankWork *work, gsize n, gsize n_given, EngMat *basis)
{
  EngMat coefficients = { n, n, work->coefficients.data };
  EngMat core;
  gsize  q;

  *basis = (EngMat){ n, work->terms.cols, work->terms.data };
  q = orthonormalise_from (basis, n_given, &coefficients);
  core = (EngMat){ q, q, work->core.data };
  for (gsize a = 0; a < q; a++)
    for (gsize b = 0; b <= a; b++)
      {
        double sum = a == b && a < n_given ? work->weights[a] : 0.0;

        for (gsize i = n_given; i < n; i++)
          sum += coefficients.data[i * n + a] * work->weights[i]
                 * coefficients.data[i * n + b];
        core.data[a * q + b] = core.data[b * q + a] = sum;
      }
  return core;
}

static gboolean
all_finite (gsize n, const double *x)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += fabs (x[i]);
  return isfinite (sum);
}

gboolean
eng_low_rank_add (EngLowRank     *self,
                  const EngMat   *v,
                  const double   *t,
                  gsize           rank,
                  EngLowRankWork *work)
{
  EngMat old = eng_low_rank_terms (self), basis, core, chosen, u;
  gsize  n = 0;

  g_assert (rank <= self->u.rows);
  if (!all_finite (v->rows * v->cols, v->data) || !all_finite (v->rows, t))
    return FALSE;
  append (work, &n, &old, self->s, 1.0);
  append (work, &n, v, t, 1.0);
  core = make_core (work, n, 0, &basis);
  if (!eng_la_eigh_with (&core, work->values, work->solver, work->integers))
    return FALSE;
  self->rank = eng_la_largest (core.rows, work->values, MIN (rank, core.rows),
                               work->order);
  /* The coefficients have done their work: their place takes the chosen rows. */
  chosen = (EngMat){ self->rank, core.cols, work->coefficients.data };
  for (gsize j = 0; j < self->rank; j++)
    {
      memcpy (chosen.data + j * core.cols, core.data + work->order[j] * core.cols,
              core.cols * sizeof (double));
      self->s[j] = work->values[work->order[j]];
    }
  u = eng_low_rank_terms (self);
  eng_la_gemm_nn (1.0, &chosen, &basis, 0.0, &u);
  return TRUE;
}

gboolean
eng_low_rank_decompose (EngLowRank *self, const EngMat *l, EngLowRankWork *work)
{
  gsize  p = l->rows;
  EngMat vectors = { p, p, work->core.data };

  g_assert (l->cols == p && self->u.cols == p && work->core.rows >= p);
  if (!all_finite (p * p, l->data))
    return FALSE;
  memcpy (vectors.data, l->data, p * p * sizeof (double));
  if (!eng_la_eigh_with (&vectors, work->values, work->solver, work->integers))
    return FALSE;
  self->rank = eng_la_largest (p, work->values, self->u.rows, work->order);
  for (gsize j = 0; j < self->rank; j++)
    {
      memcpy (self->u.data + j * p, vectors.data + work->order[j] * p,
              p * sizeof (double));
      self->s[j] = work->values[work->order[j]];
    }
  while (self->rank > 0
         && fabs (self->s[self->rank - 1]) <= DEPENDENT * fabs (self->s[0]))
    self->rank--;
  return TRUE;
}

EngLowRank
eng_low_rank_leading (const EngLowRank *self, gsize rank)
{
  EngLowRank leading = *self;

  leading.rank = MIN (rank, self->rank);
  return leading;
}

double
eng_low_rank_distance (const EngLowRank *a, const EngLowRank *b, EngLowRankWork *work)
{
  EngMat terms_a = eng_low_rank_terms (a), terms_b = eng_low_rank_terms (b);
  EngMat basis, core;
  gsize  n = 0;

  append (work, &n, &terms_a, a->s, 1.0);
  append (work, &n, &terms_b, b->s, -1.0);
  core = make_core (work, n, a->rank, &basis);
  return eng_la_norm (core.rows * core.cols, core.data);
}

double
eng_low_rank_norm (const EngLowRank *self)
{
  return eng_la_norm (self->rank, self->s);
}

double
eng_low_rank_trace (const EngLowRank *self)
{
  double trace = 0.0;

  for (gsize j = 0; j < self->rank; j++)
    trace += self->s[j];
  return trace;
}

double
eng_low_rank_test_error (const EngLowRank *a, const EngLowRank *b, EngLowRankWork *work)
{
  double distance = eng_low_rank_distance (a, b, work);
  double trace = eng_low_rank_trace (a) - eng_low_rank_trace (b);
  double norm = eng_low_rank_norm (b);

  return (2.0 * distance * distance + trace * trace) / (2.0 * norm * norm);
}

/* --- angles ---------------------------------------------------------------------- */

gsize
eng_low_rank_angles (const EngLowRank *a,
                     const EngLowRank *b,
                     EngLowRankWork   *work,
                     double           *angles)
{
  const EngLowRank *few = a->rank <= b->rank ? a : b, *many = few == a ? b : a;
  EngMat            terms = eng_low_rank_terms (few), others = eng_low_rank_terms (many);
  gsize             n = few->rank;
  EngMat            rest = { n, terms.cols, work->terms.data };
  EngMat            products = { n, many->rank, work->coefficients.data };
  EngMat            gram = { n, n, work->core.data };

  if (n == 0)
    return 0;
  /* Sines are the singular values of what the larger span leaves of the smaller. */
  memcpy (rest.data, terms.data, n * terms.cols * sizeof (double));
  eng_la_gemm_nt (1.0, &terms, &others, 0.0, &products);
  eng_la_gemm_nn (-1.0, &products, &others, 1.0, &rest);
  eng_la_syrk (1.0, &rest, 0.0, &gram);
  if (!eng_la_eigh_with (&gram, work->values, work->solver, work->integers))
    return 0;
  for (gsize j = 0; j < n; j++)
    angles[j] = asin (MIN (sqrt (MAX (work->values[n - 1 - j], 0.0)), 1.0));
  return n;
}

/* --- reading --------------------------------------------------------------------- */

void
eng_low_rank_get_weights (const EngLowRank *self, double *alpha, EngMat *w)
{
  gsize p = self->u.cols;

  g_assert (w->rows == self->rank && w->cols == p);
  for (gsize j = 0; j < self->rank; j++)
    {
      const double *u = self->u.data + j * p;
      gsize         largest = 0;

      for (gsize i = 1; i < p; i++)
        if (fabs (u[i]) > fabs (u[largest]))
          largest = i;
      for (gsize i = 0; i < p; i++)
        w->data[j * p + i] = u[largest] < 0 ? -u[i] : u[i];
      alpha[j] = self->s[j];
    }
}

typedef struct
{
  const EngLowRank *matrix;
  const EngMatF    *x;
  double           *out;
} Evaluation;

/* Rows and terms taken at a time. */
#define ROWS  64
#define TERMS 8

static void
evaluate_rows (const EngLowRank *l, const EngMatF *x, EngAhead *ahead, double *out)
{
  gsize  p = x->cols;
  double products[ROWS * TERMS];

  memset (out, 0, x->rows * sizeof (double));
  for (gsize first = 0; first < l->rank; first += TERMS)
    {
      EngMat u = { MIN (TERMS, l->rank - first), p, l->u.data + first * p };
      EngMat z = { x->rows, u.rows, products };

      eng_skinny_gemm_nt (x, &u, ahead, &z);
      for (gsize i = 0; i < z.rows; i++)
        for (gsize j = 0; j < z.cols; j++)
          out[i] += l->s[first + j] * z.data[i * z.cols + j] * z.data[i * z.cols + j];
    }
}

static void
evaluate_lane (guint lane, gpointer data)
{
  const Evaluation *self = data;
  gsize             first, last;

  eng_lanes_share (self->x->rows, lane, &first, &last);
  for (gsize i = first; i < last; i += ROWS)
    {
      gsize    n = MIN (ROWS, last - i);
      EngMatF  x = eng_matf_rows (self->x, i, n);
      EngMatF  next = eng_matf_rows (self->x, i + n, MIN (ROWS, last - i - n));
      EngAhead ahead = eng_ahead_of (&next);

      evaluate_rows (self->matrix, &x, &ahead, self->out + i);
    }
}

void
eng_low_rank_evaluate (const EngLowRank *self,
                       const EngMatF    *x,
                       EngLanes         *lanes,
                       double           *out)
{
  Evaluation evaluation = { self, x, out };

  g_assert (x->cols == self->u.cols);
  eng_lanes_run (lanes, ENG_N_LANES, evaluate_lane, &evaluation);
}
