/* SPDX-License-Identifier: GPL-3.0-or-later
 * Movements on the eigendirections of Σ at W0: their energies; and the directions of Q1 in
 * weight space, by neurons or by second moments. */
#include "config.h"

#include "eng-basis-private.h"
#include "eng-kernels.h"

#include <math.h>
#include <string.h>

/* --- energies ---------------------------------------------------------------------- */

void
eng_basis_scratch_init (EngBasisScratch   *self,
                        gsize              n_probes,
                        const EngTwoLayer *student,
                        EngArena          *arena)
{
  gsize d = student->d;

  *self = (EngBasisScratch){ .n_taken = 0 };
  eng_analysis_init (&self->analysis, student->m, d, arena);
  if (eng_two_layer_is_polynomial (student, n_probes))
    self->polynomial = eng_arena_mat (arena, d + 1, d);
  self->linear = eng_arena_mat (arena, ENG_BASIS_BATCH, n_probes);
  self->coefficients = eng_arena_doubles (arena, ENG_BASIS_BATCH * n_probes);
}

double
eng_basis_scratch_estimate_bytes (double n_probes, double m, double d)
{
  return eng_analysis_estimate_bytes (m, d)
         + sizeof (double) * (2.0 * ENG_BASIS_BATCH * n_probes + d * (d + 1.0));
}

guint
eng_basis_take (const EngBasis    *self,
                const EngTwoLayer *student,
                EngBasisScratch   *scratch,
                EngLanes          *lanes)
{
  double *linear = scratch->linear.data + scratch->n_taken * self->x.rows;

  g_assert (scratch->n_taken < ENG_BASIS_BATCH);
  scratch->analysis.lanes = lanes;
  if (self->polynomial.rows > 0)
    eng_two_layer_linear_polynomial (student, &self->x, &self->polynomial,
                                     &scratch->analysis, &scratch->polynomial, linear);
  else
    eng_two_layer_linear (student, &self->x, &self->features, &scratch->analysis, linear);
  scratch->squares[scratch->n_taken] = eng_kernel_square_sum (student->m * student->d,
                                                              student->w.data);
  return ++scratch->n_taken;
}

typedef struct
{
  const EngBasis  *self;
  EngBasisScratch *scratch;
} Projection;

/* coefficients <- linear vectorsᵀ, a share of the directions, two by two. */
static void
project_lane (guint lane, gpointer data)
{
  const Projection *job = data;
  const EngBasis   *self = job->self;
  gsize             n = self->x.rows, total = self->n_directions, first, last;

  eng_lanes_share ((total + 1) / 2, lane, &first, &last);
  for (gsize i = 2 * first; i < MIN (2 * last, total); i += 2)
    for (guint taken = 0; taken < job->scratch->n_taken; taken += 4)
      {
        const double *x[2], *y[4];
        double        products[2][4];
        guint         count = MIN (4, job->scratch->n_taken - taken);

        for (gsize k = 0; k < 2; k++)
          x[k] = self->vectors.data + MIN (i + k, total - 1) * n;
        for (guint l = 0; l < 4; l++)
          y[l] = job->scratch->linear.data + (taken + MIN (l, count - 1)) * n;
        eng_kernel_dots (n, x, y, products[0]);
        for (gsize k = 0; k < MIN (2, total - i); k++)
          for (guint l = 0; l < count; l++)
            job->scratch->coefficients[(taken + l) * total + i + k] = products[k][l];
      }
}

/* Energies of one movement from its coefficients. */
static void
sum_energies (const EngBasis  *self,
              EngBasisScratch *scratch,
              guint            taken,
              float           *directions,
              EngEnergies     *energies)
{
  const EngSpectrum *spectrum = self->spectrum;
  gsize              n = self->x.rows;
  const double      *linear = scratch->linear.data + taken * n;
  const double      *coefficients = scratch->coefficients + taken * self->n_directions;
  double             q1 = 0.0, q2 = 0.0, inside = 0.0, outside;

  for (gsize i = 0; i < self->n_directions; i++)
    {
      double square = coefficients[i] * coefficients[i];
      double energy = square / ((double) n * spectrum->values[i]);

      *(i < spectrum->n_q1 ? &q1 : &q2) += energy;
      if (i < spectrum->n_q1)
        inside += square;
      if (directions != NULL)
        directions[i] = (float) energy;
    }
  if (n < spectrum->n_q1)
    {
      /* Fewer probes than directions in Q1: no band can be told from another. */
      *energies = (EngEnergies){ NAN, NAN, NAN, NAN, NAN };
      return;
    }
  outside = eng_la_dot (n, linear, linear) - inside;
  energies->r1 = MAX (outside, 0.0) / (double) n;
  energies->q1 = q1;
  energies->beyond_q1 = scratch->squares[taken] - q1;
  energies->q2 = spectrum->q2_resolved ? q2 : NAN;
  energies->q3 = spectrum->q2_resolved ? energies->beyond_q1 - q2 : NAN;
}

void
eng_basis_finish (const EngBasis  *self,
                  EngBasisScratch *scratch,
                  EngLanes        *lanes,
                  float *const    *directions,
                  EngEnergies     *energies)
{
  Projection job = { self, scratch };

  eng_lanes_run (lanes, ENG_N_LANES, project_lane, &job);
  for (guint i = 0; i < scratch->n_taken; i++)
    sum_energies (self, scratch, i, directions[i], &energies[i]);
  scratch->n_taken = 0;
}

/* --- the directions of Q1 ------------------------------------------------------------- */

/* Columns of the features at a time. */
#define TOP_COLS 64

typedef struct
{
  EngBasis *self;
  EngMatF   x;                   /* (N, d) */
  EngMatF   scaled[ENG_N_LANES]; /* (N, TOP_COLS) */
} Top;

/* v_i = Aᵀ diag (u_i) X / √(N λ_i), neurons `column` on: (count, d). */
static void
fill_direction (Top *job, guint lane, gsize i, gsize column, gsize count)
{
  EngBasis     *self = job->self;
  gsize         n = self->x.rows, h = self->features.cols, d = self->x.cols;
  const double *u = self->vectors.data + i * n;
  double        norm = sqrt ((double) n * self->spectrum->values[i]);
  EngMatF       scaled = { n, count, job->scaled[lane].data };
  EngMatF direction = { count, d, self->top.data + i * self->top.cols + column * d };

  for (gsize p = 0; p < n; p++)
    for (gsize r = 0; r < count; r++)
      scaled.data[p * count + r] = (float) (self->features.data[p * h + column + r] * u[p]
                                            / norm);
  eng_laf_gemm_tn (1.0f, &scaled, &job->x, 0.0f, &direction);
}

static void
top_lane (guint lane, gpointer data)
{
  Top      *job = data;
  EngBasis *self = job->self;
  gsize     h = self->features.cols;

  for (gsize i = lane; i < self->top.rows; i += ENG_N_LANES)
    {
      if (eng_problem_should_stop (self->problem))
        return; /* whoever asked for these directions will be freed */
      for (gsize column = 0; column < h; column += TOP_COLS)
        fill_direction (job, lane, i, column, MIN (TOP_COLS, h - column));
    }
}

const EngMatF *
eng_basis_get_top (EngBasis *self)
{
  gsize                n = self->x.rows, d = self->x.cols;
  gsize                rank = MIN (self->spectrum->n_q1, self->n_directions);
  g_autoptr (EngArena) temporary = NULL;
  Top                  job = { .self = self };

  if (self->top.rows > 0 || rank == 0)
    return &self->top;
  temporary = eng_arena_new ();
  self->top = eng_arena_matf (self->arena, rank, self->features.cols * d);
  job.x = eng_arena_matf (temporary, n, d);
  for (gsize i = 0; i < n * d; i++)
    job.x.data[i] = (float) self->x.data[i];
  for (guint lane = 0; lane < MIN (rank, ENG_N_LANES); lane++)
    job.scaled[lane] = eng_arena_matf (temporary, n, MIN (TOP_COLS, self->features.cols));
  eng_lanes_run (self->lanes, (guint) MIN (rank, ENG_N_LANES), top_lane, &job);
  return &self->top;
}

const EngMatF *
eng_basis_get_top_moments (EngBasis *self)
{
  gsize                n = self->x.rows, d = self->x.cols, size = (d + 1) * d;
  gsize                rank = MIN (self->spectrum->n_q1, self->n_directions);
  g_autoptr (EngArena) temporary = NULL;
  EngMat               weighted, moments;

  if (self->top_moments.rows > 0 || rank == 0)
    return &self->top_moments;
  temporary = eng_arena_new ();
  weighted = eng_arena_mat (temporary, n, d + 1);
  moments = eng_arena_mat (temporary, d + 1, d);
  self->top_moments = eng_arena_matf (self->arena, rank, size);
  for (gsize i = 0; i < rank && !eng_problem_should_stop (self->problem); i++)
    {
      const double *u = self->vectors.data + i * n;
      double        norm = sqrt ((double) n * self->spectrum->values[i]);

      for (gsize p = 0; p < n; p++)
        {
          double *row = weighted.data + p * (d + 1);

          for (gsize j = 0; j < d; j++)
            row[j] = self->x.data[p * d + j] * u[p] / norm;
          row[d] = u[p] / norm;
        }
      eng_la_gemm_tn (1.0, &weighted, &self->x, 0.0, &moments);
      for (gsize j = 0; j < size; j++)
        self->top_moments.data[i * size + j] = (float) moments.data[j];
    }
  return &self->top_moments;
}
