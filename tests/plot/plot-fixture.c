/* SPDX-License-Identifier: GPL-3.0-or-later
 * Snapshots made by hand: curves like those of preset P6 (d = 40, m = 300). */
#include "plot-fixture.h"

#include <math.h>

#define N_RUNS        4
#define PLANNED       2000
#define DIVERGED_STEP 21
#define N_Q1          41
#define N_Q2          819

enum
{
  TRAIN,
  TEST,
  RELATIVE,
  NORM_2_4,
  LARGEST,
  ENERGY_1,
  ENERGY_2,
  ENERGY_3,
  BEYOND,
  GAP,
  DRIFT,
  ALIGNMENT,
  SHARE_L,
  SHARE_Q,
  SHARE_REST,
  DEGREE_1,
  DEGREE_2,
  J_LARGEST,
  J_SMALLEST,
  J_SMALLEST_BOUND,
  J_CHANGE,
  J_CHANGE_BOUND,
  LINE,
  ENVELOPE,
  LINEARISED,
  COSINE,
  MATCHED,
  COSINE_1,
  COSINE_2,
  N_COLUMNS,
};

static const EngColumn columns[N_COLUMNS] = {
  { "train-loss", "Train loss" },
  { "test-loss", "Test loss" },
  { "relative-movement", "Relative movement" },
  { "norm-2-4", "2,4-norm" },
  { "largest-row", "Largest row" },
  { "energy-q1", "Energy in Q1" },
  { "energy-q2", "Energy in Q2" },
  { "energy-q3", "Energy in Q3" },
  { "energy-beyond-q1", "Energy beyond Q1" },
  { "linearisation-gap", "Linearisation gap" },
  { "kernel-drift", "Kernel drift" },
  { "kernel-alignment", "Kernel alignment" },
  { "share-linear", "Share of f_L" },
  { "share-quadratic", "Share of f_Q" },
  { "share-rest", "Share of the rest" },
  { "recovered-degree-1", "Recovered share of degree 1" },
  { "recovered-degree-2", "Recovered share of degree 2" },
  { "jacobian-largest", "Largest eigenvalue" },
  { "jacobian-smallest", "Smallest eigenvalue" },
  { "jacobian-smallest-bound", "Its bound" },
  { "jacobian-change", "Change of J" },
  { "jacobian-change-bound", "Its bound" },
  { "rate-line", "PL line" },
  { "rate-envelope", "Envelope" },
  { "linearised-loss", "Linearised" },
  { "smallest-cosine", "Smallest principal cosine" },
  { "matched-cosine", "Mean matched cosine" },
  { "principal-cosine-1", "Principal cosine 1" },
  { "principal-cosine-2", "Principal cosine 2" },
};

static const struct
{
  const char *label, *learner;
} runs[N_RUNS] = {
  { "Lazy", "lazy" },
  { "Quadratic", "quadratic" },
  { "Joint", "joint" },
  { "Regularised", "joint" },
};

const char *
plot_case_get_name (PlotCase which)
{
  static const char *const names[PLOT_N_CASES] = { "empty",    "ready",      "one-record",
                                                   "early",    "full",       "done",
                                                   "diverged", "unresolved", "matrix",
                                                   "linear" };

  return names[which];
}

/* 1 early, 0 late, half way at `at`. */
static double
fall (double step, double at, double sharpness)
{
  return 1 / (1 + pow (step / at, sharpness));
}

static double
get_test (guint run, double t)
{
  switch (run)
    {
    case 0:
      return 0.37 + 0.25 * fall (t, 12, 0.8);
    case 1:
      return 0.60 + 0.40 * fall (t, 200, 4) + 0.14 * (1 - fall (t, 520, 6));
    case 2:
      return 0.135 + 0.45 * fall (t, 50, 1.2);
    default:
      return 0.004 + 0.58 * fall (t, 100, 1.7);
    }
}

static double
get_train (guint run, double t)
{
  static const double at[N_RUNS] = { 60, 300, 30, 90 };
  static const double sharpness[N_RUNS] = { 2.5, 4, 2.9, 2.9 };

  return (run == 1 ? 1.0 : 0.55) * fall (t, at[run], sharpness[run])
         * (0.98 + 0.02 * cos (t));
}

static double
get_movement (guint run, double t)
{
  static const double top[N_RUNS] = { 0.60, 0.91, 0.44, 0.67 };
  static const double at[N_RUNS] = { 90, 150, 30, 110 };

  if (run == 1)
    return 0.024 + top[1] * (1 - fall (t, at[1], 3.5));
  return (t == 0 && run == 0 ? 0 : 0.045) + top[run] * (1 - fall (t, at[run], 0.9));
}

/* `energy` in a band of directions, falling over it to a third. */
static void
fill_directions (float *energies, gsize n, double energy)
{
  for (gsize i = 0; i < n; i++)
    energies[i] = (float) (energy / (double) n * (1.5 - (double) i / (double) n));
}

static void
set_energies (EngTrace *trace, guint run, double t, gboolean resolved)
{
  static const double at1[N_RUNS] = { 13, 1e-3, 9, 12 };
  static const double late3[N_RUNS] = { 0.03, 0.92, 0.20, 0.94 };
  static const double at3[N_RUNS] = { 15, 1e-3, 150, 160 };
  double              total = 110 * pow (get_movement (run, t), 2) / 0.36;
  double q1 = run == 1 ? 0.01 : fall (t, at1[run], 2.2) * (run == 0 ? 0.96 : 0.82) + 0.02;
  double q3 = MIN (late3[run] * (1 - fall (t, at3[run], 3))
                       + (run >= 2 ? 0.2 * fall (t, 5, 1.5) : 0.01),
                   1 - q1);

  eng_trace_set (trace, ENERGY_1, total * q1);
  eng_trace_set (trace, BEYOND, total * (1 - q1));
  fill_directions (eng_trace_open_directions (trace), N_Q1, total * q1);
  if (!resolved)
    return;
  fill_directions (eng_trace_open_directions (trace) + N_Q1, N_Q2,
                   total * MAX (1 - q1 - q3, 0));
  eng_trace_set (trace, ENERGY_2, total * MAX (1 - q1 - q3, 0));
  eng_trace_set (trace, ENERGY_3, total * q3);
}

/* As f_Q takes over; f = 0 at the start has no shares. */
static void
set_terms (EngTrace *trace, guint run, double t)
{
  double quadratic = run == 0 ? 0 : 0.8 * (1 - fall (t, 200, 2));

  eng_trace_set (trace, DRIFT, 0.002 * (run + 1) * sqrt (t + 1));
  eng_trace_set (trace, ALIGNMENT, 0.04 + 0.01 * (1 - fall (t, 100, 1)));
  if (t < 1)
    return;
  eng_trace_set (trace, GAP, quadratic + 1e-3);
  eng_trace_set (trace, SHARE_L, 1 - quadratic);
  eng_trace_set (trace, SHARE_Q, 0.75 * quadratic);
  eng_trace_set (trace, SHARE_REST, 0.25 * quadratic);
  eng_trace_set (trace, DEGREE_1, 1 - get_test (run, t));
  eng_trace_set (trace, DEGREE_2, quadratic);
}

/* As of a network that leaves its start: λ_min rises, and with it what it promises. */
static void
set_monitor (EngTrace *trace, guint run, double t)
{
  double rate = 1e-3 * (run + 1), risen = 1 - 0.3 * fall (t, 100, 1);

  eng_trace_set (trace, J_LARGEST, 40);
  eng_trace_set (trace, J_SMALLEST, 0.2 * risen);
  eng_trace_set (trace, J_SMALLEST_BOUND, 0.02 * risen);
  eng_trace_set (trace, J_CHANGE, 1 - fall (t, 100, 1));
  eng_trace_set (trace, J_CHANGE_BOUND, 4 * (1 - fall (t, 100, 1)));
  eng_trace_set (trace, LINE, exp (-rate * t));
  eng_trace_set (trace, ENVELOPE, exp (-1.2 * rate * t));
  eng_trace_set (trace, LINEARISED, 0.9 * exp (-1.1 * rate * t));
}

static EngTrace *
make_trace (guint run, guint64 last, gboolean diverges, gboolean resolved)
{
  EngTrace *trace = eng_trace_new (columns, N_COLUMNS, 512,
                                   resolved ? N_Q1 + N_Q2 : N_Q1);
  guint64   step = 0;

  for (;;)
    {
      double t = (double) step;
      double move = get_movement (run, t);
      double blow = diverges ? exp (MAX (0, t - 6) / 3.4) : 1;

      eng_trace_open (trace, step, 0.004 * t);
      eng_trace_set (trace, TEST, get_test (run, t) * blow);
      eng_trace_set (trace, TRAIN, get_train (run, t) * blow);
      eng_trace_set (trace, RELATIVE,
                     move * sqrt (blow) * (diverges ? 1 + 0.1 * cos (3 * t) : 1));
      eng_trace_set (trace, NORM_2_4, 4.1 * move);
      eng_trace_set (trace, LARGEST, 2.2 * move);
      set_energies (trace, run, t, resolved);
      set_terms (trace, run, t);
      set_monitor (trace, run, t);
      eng_trace_set (trace, COSINE, 1 - fall (t, 30, 2));
      eng_trace_set (trace, MATCHED, 1 - 0.8 * fall (t, 30, 2));
      eng_trace_set (trace, COSINE_1, 1 - 0.5 * fall (t, 20, 2));
      eng_trace_set (trace, COSINE_2, 1 - fall (t, 30, 2));
      eng_trace_publish (trace);
      if (step >= last)
        return trace;
      step = MIN (last, step < 20 ? step + 1 : (guint64) ceil (t * 1.02));
    }
}

static EngSpectrum *
make_spectrum (gboolean resolved)
{
  EngSpectrum *self = eng_spectrum_new (resolved ? 1722 : 900);

  self->n_probes = self->n_values;
  self->n_features = 12000;
  self->k = 1;
  self->n_q1 = N_Q1;
  self->n_q2 = N_Q2;
  self->n_usable = self->n_values;
  self->q2_resolved = resolved;
  for (gsize i = 0; i < self->n_values; i++)
    {
      double rank = (double) (i + 1);

      if (i < 40)
        self->values[i] = 0.33 - 0.0032 * rank;
      else if (i == 40)
        self->values[i] = 0.043;
      else if (i < 860)
        self->values[i] = 6.3e-3 * pow (1 - (rank - 41) / 830, 1.2);
      else
        self->values[i] = 2.9e-5 * pow ((rank - 850) / 10, -0.5)
                          * (1 - (rank - 860) / 865);
    }
  if (!resolved)
    return self;
  self->n_levels = 4;
  self->levels[0] = (EngLevel){ 1, 40, 0.25 };
  self->levels[1] = (EngLevel){ 0, 1, 0.043 };
  self->levels[2] = (EngLevel){ 2, N_Q2, 0.0020 };
  self->levels[3] = (EngLevel){ 3, 11440, 0 };
  return self;
}

/* Movements spread over a decade, more widely in later runs; the last run has one that
 * did not move. */
static void
fill_neurons (EngNeurons *neurons, guint run)
{
  neurons->n = 300;
  neurons->movement = g_new (float, neurons->n);
  neurons->overlap = g_new (float, neurons->n);
  for (gsize r = 0; r < neurons->n; r++)
    {
      double u = ((double) r + 0.5) / (double) neurons->n;

      neurons->movement[r] = (float) (0.3 * pow (10, (u - 0.5) * (run + 1) / 4));
      neurons->overlap[r] = (float) pow (u, 4.0 - run);
    }
  if (run == N_RUNS - 1)
    neurons->movement[0] = 0;
}

static guint64
get_last_step (PlotCase which)
{
  switch (which)
    {
    case PLOT_CASE_EARLY:
      return 4;
    case PLOT_CASE_FULL:
    case PLOT_CASE_DIVERGED:
    case PLOT_CASE_UNRESOLVED:
      return 640;
    case PLOT_CASE_DONE:
      return PLANNED;
    default:
      return 0;
    }
}

static EngPhase
get_phase (PlotCase which)
{
  switch (which)
    {
    case PLOT_CASE_EMPTY:
      return ENG_PHASE_EMPTY;
    case PLOT_CASE_READY:
    case PLOT_CASE_ONE_RECORD:
      return ENG_PHASE_PAUSED;
    case PLOT_CASE_DONE:
      return ENG_PHASE_DONE;
    default:
      return ENG_PHASE_RUNNING;
    }
}

static void
fill_run (EngRunView *view, guint run, PlotCase which)
{
  gboolean diverges = which == PLOT_CASE_DIVERGED && run == 0;
  gboolean resolved = which != PLOT_CASE_UNRESOLVED;

  view->label = g_strdup (runs[run].label);
  view->learner = g_strdup (runs[run].learner);
  view->m = 300;
  view->planned = PLANNED;
  view->step = diverges ? DIVERGED_STEP : get_last_step (which);
  view->trace = make_trace (run, view->step, diverges, resolved);
  view->n_records = which == PLOT_CASE_READY ? 0 : eng_trace_get_length (view->trace);
  view->spectrum = make_spectrum (resolved);
  if (which != PLOT_CASE_READY)
    fill_neurons (&view->neurons, run);
  view->status = diverges                  ? ENG_STATUS_DIVERGED
                 : which == PLOT_CASE_DONE ? ENG_STATUS_FINISHED
                                           : ENG_STATUS_CONTINUE;
}

EngSnapshot *
plot_fixture_new (PlotCase which)
{
  EngSnapshot *self;

  if (which == PLOT_CASE_MATRIX)
    return plot_fixture_new_matrix ();
  if (which == PLOT_CASE_LINEAR)
    return plot_fixture_new_linear ();
  self = eng_snapshot_new (NULL, which == PLOT_CASE_EMPTY ? 0 : N_RUNS);
  self->phase = get_phase (which);
  if (which == PLOT_CASE_EMPTY)
    return self;
  self->step = get_last_step (which);
  self->planned = PLANNED;
  self->facts = (EngFacts){ .d = 40,
                            .n = 379,
                            .n_test = 2000,
                            .k = 1,
                            .variance = 1,
                            .best_low_fit = 0.49,
                            .on_sphere = TRUE,
                            .n_directions = 2 };
  for (guint i = 0; i < N_RUNS; i++)
    fill_run (&self->runs[i], i, which);
  return self;
}
