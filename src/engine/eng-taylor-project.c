/* SPDX-License-Identifier: GPL-3.0-or-later
 * P_{>k}: movement less its part along the directions of Q1.  The directions change sign
 * from a neuron to its twin, as the features do: they have the first of each pair alone. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-taylor.h"

#include <string.h>

typedef struct
{
  EngTaylor     *self;
  const EngMatF *from;
  EngMatF       *to;
  const EngMatF *sum; /* S of `from` */
} Projection;

/* Twins have minus the components of their neurons: a product over all of them is that with
 * the differences of twins, and what is subtracted changes a difference twice. */
static float
get_factor (const EngTaylor *self)
{
  return -(float) self->net.m / (float) self->h;
}

/* --- directions in full ------------------------------------------------------------- */

static void
coefficients_lane (guint lane, gpointer data)
{
  Projection *job = data;
  EngTaylor  *self = job->self;
  gsize       first, last, d = self->net.d;

  eng_lanes_share (self->h, lane, &first, &last);
  eng_laf_gemv_columns (1.0f, self->top, first * d, (last - first) * d, job->from->data,
                        0.0f, self->top_partial.data + lane * self->n_top);
}

static void
subtract_lane (guint lane, gpointer data)
{
  Projection *job = data;
  EngTaylor  *self = job->self;
  gsize       first, last, d = self->net.d;

  eng_lanes_share (self->h, lane, &first, &last);
  if (job->to != job->from)
    memcpy (job->to->data + first * d, job->from->data + first * d,
            (last - first) * d * sizeof (float));
  eng_laf_gemv_t_columns (get_factor (self), self->top, first * d, (last - first) * d,
                          self->top_coefficients, 1.0f, job->to->data);
}

static void
project_in_full (Projection *job, EngLanes *lanes)
{
  EngTaylor *self = job->self;

  eng_lanes_run (lanes, ENG_N_LANES, coefficients_lane, job);
  memset (self->top_coefficients, 0, self->n_top * sizeof (float));
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    eng_kernel_add (self->top->rows, self->top_partial.data + lane * self->n_top,
                    self->top_coefficients);
  eng_lanes_run (lanes, ENG_N_LANES, subtract_lane, job);
}

/* --- by moments: direction i has the rows T_iᵀ v_r, so its product with W is ⟨T_i, S⟩ -- */

static void
moment_coefficients_lane (guint lane, gpointer data)
{
  Projection *job = data;
  EngTaylor  *self = job->self;
  gsize       first, last;
  EngMatF     rows;

  eng_lanes_share (self->top->rows, lane, &first, &last);
  if (first == last)
    return;
  rows = eng_matf_rows (self->top, first, last - first);
  eng_laf_gemv_columns (1.0f, &rows, 0, rows.cols, job->sum->data, 0.0f,
                        self->top_coefficients + first);
}

static void
combine_moments_lane (guint lane, gpointer data)
{
  Projection *job = data;
  EngTaylor  *self = job->self;
  gsize       first, last;

  eng_lanes_share (self->top->cols, lane, &first, &last);
  eng_laf_gemv_t_columns (get_factor (self), self->top, first, last - first,
                          self->top_coefficients, 0.0f, self->top_moments.data);
}

static void
project_by_moments (Projection *job, EngLanes *lanes)
{
  EngTaylor *self = job->self;

  job->sum = eng_moments_sum (&self->train.moments, job->from, lanes);
  eng_lanes_run (lanes, ENG_N_LANES, moment_coefficients_lane, job);
  eng_lanes_run (lanes, ENG_N_LANES, combine_moments_lane, job);
  if (job->to != job->from)
    memcpy (job->to->data, job->from->data,
            job->from->rows * job->from->cols * sizeof (float));
  eng_moments_apply (&self->train.moments, &self->top_moments, 1.0f, job->to, lanes);
}

const EngMatF *
eng_taylor_get_top (EngTaylor *self)
{
  if (self->train.by_moments)
    return eng_basis_get_top_moments (self->basis);
  return eng_basis_get_top (self->basis);
}

void
eng_taylor_project (EngTaylor     *self,
                    const EngMatF *difference,
                    EngMatF       *out,
                    EngLanes      *lanes)
{
  Projection job = { .self = self, .from = difference, .to = out };

  if (self->train.by_moments)
    project_by_moments (&job, lanes);
  else
    project_in_full (&job, lanes);
}
