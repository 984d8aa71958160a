/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs in lockstep on the same data: schedule, changes, ends, and what a snapshot says. */
#include "eng-error.h"
#include "eng-experiment.h"
#include "fixture.h"
#include "trained.h"

#include <math.h>
#include <string.h>

#define PROBLEM                                                                          \
  "[experiment]\nversion=1\n[problem]\nkind=dense-plus-sparse\nd=6\nn=100\n"             \
  "n-test=120\n[observe]\ndrift-points=20\n"

/* --- schedule ---------------------------------------------------------------------------- */

static void
test_schedule (void)
{
  static const guint64 planned[] = { 1,   2,   19,   20,    21,      22,
                                     100, 500, 2000, 12345, 1000000, 10000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (planned); i++)
    {
      g_autoptr (GArray) steps = eng_run_schedule (planned[i]);
      const guint64     *at = (const guint64 *) (gpointer) steps->data;
      double             largest = 0.0;

      g_assert_cmpuint (steps->len, <=, ENG_RUN_MAX_RECORDS);
      g_assert_cmpuint (at[0], ==, 0);
      g_assert_cmpuint (at[steps->len - 1], ==, planned[i]);
      for (guint s = 1; s < steps->len; s++)
        {
          g_assert_cmpuint (at[s], >, at[s - 1]);
          if (s <= 20)
            g_assert_cmpuint (at[s], ==, s);
          else
            largest = MAX (largest, (double) at[s] / (double) at[s - 1]);
        }
      /* Even on a logarithmic axis; from 20 a growth of 6 % is rounded up to 22. */
      g_assert_cmpfloat (largest, <=, 1.1);
    }
}

static void
test_records (void)
{
  g_autoptr (EngExperiment) experiment = open_experiment (
      PROBLEM "[run.1]\nlearner=lazy\nm=20\nsteps=300\n", 1);
  g_autoptr (GArray) steps = eng_run_schedule (300);
  EngTrace          *trace = trace_of (experiment, 0);

  g_assert_cmpuint (eng_trace_get_length (trace), ==, 1);
  g_assert_cmpint (eng_experiment_advance (experiment, 299), ==, ENG_STATUS_CONTINUE);
  g_assert_cmpint (eng_experiment_advance (experiment, 1), ==, ENG_STATUS_FINISHED);
  g_assert_cmpuint (eng_trace_get_length (trace), ==, steps->len);
  g_assert_cmpmem (eng_trace_get_steps (trace), steps->len * sizeof (guint64),
                   steps->data, steps->len * sizeof (guint64));
  g_assert_cmpuint (eng_experiment_get_planned (experiment), ==, 300);
}

/* --- lockstep ------------------------------------------------------------------------------ */

/* Same seed, same start; a run's own seed is another start on the same data. */
static void
test_same_start (void)
{
  g_autoptr (EngExperiment) experiment = open_experiment (
      PROBLEM "[run.1]\nlearner=lazy\nm=20\nsteps=5\n"
              "[run.2]\nlearner=network\nm=20\nsteps=5\nactivation=softplus\n"
              "[run.3]\nlearner=lazy\nm=20\nsteps=5\nseed=2\n"
              "[run.4]\nlearner=lazy\nm=20\nsteps=5\nbias=1\n",
      1);
  const EngTwoLayer *net[4];

  for (guint i = 0; i < 4; i++)
    net[i] = eng_learner_two_layer (
        eng_run_get_learner (eng_experiment_get_run (experiment, i)));
  g_assert_true (eng_two_layer_same_start (net[0], net[1]));
  g_assert_false (eng_two_layer_same_start (net[0], net[2]));
  g_assert_false (eng_two_layer_same_start (net[0], net[3]));
  g_assert_cmpmem (net[0]->w0.data, 20 * 6 * sizeof (float), net[1]->w0.data,
                   20 * 6 * sizeof (float));
}

#define LAZY  "learner=lazy\nm=20\nsteps=80\n"
#define JOINT "learner=joint\nm=20\nsteps=80\n"
#define WILD  "learner=network\nm=20\nsteps=80\nstep-size=1e5\n"

/* What a run computes does not depend on its companions, not even on one that diverges, nor
 * on whether the threads share runs or blocks. */
static void
test_independent (void)
{
  g_autoptr (EngExperiment) lazy = open_experiment (PROBLEM "[run.1]\n" LAZY, 1);
  g_autoptr (EngExperiment) joint = open_experiment (PROBLEM "[run.1]\n" JOINT, 1);

  (void) eng_experiment_advance (lazy, 80);
  (void) eng_experiment_advance (joint, 80);
  for (guint n_threads = 1; n_threads <= 4; n_threads++)
    {
      g_autoptr (EngExperiment) all = open_experiment (
          PROBLEM "[run.1]\n" WILD "[run.2]\n" JOINT "[run.3]\n" LAZY, n_threads);

      for (guint i = 0; i < 80; i++)
        (void) eng_experiment_advance (all, 1);
      assert_same_run (all, 1, joint, 0);
      assert_same_run (all, 2, lazy, 0);
      g_assert_cmpint (eng_run_get_status (eng_experiment_get_run (all, 0)), ==,
                       ENG_STATUS_DIVERGED);
      g_assert_cmpint (eng_run_get_status (eng_experiment_get_run (all, 1)), ==,
                       ENG_STATUS_FINISHED);
    }
}

/* A shorter run ends and keeps its last record while the other goes on. */
static void
test_lengths (void)
{
  g_autoptr (EngExperiment) experiment = open_experiment (
      PROBLEM "[run.1]\nlearner=lazy\nm=20\nsteps=33\n"
              "[run.2]\nlearner=lazy\nm=20\nsteps=90\n",
      2);
  EngTrace *shorter = trace_of (experiment, 0);

  g_assert_cmpint (eng_experiment_advance (experiment, 50), ==, ENG_STATUS_CONTINUE);
  g_assert_cmpint (eng_run_get_status (eng_experiment_get_run (experiment, 0)), ==,
                   ENG_STATUS_FINISHED);
  g_assert_cmpuint (eng_trace_get_steps (shorter)[eng_trace_get_length (shorter) - 1], ==,
                    33);
  g_assert_cmpuint (eng_experiment_get_step (experiment), ==, 50);
  g_assert_cmpint (eng_experiment_advance (experiment, G_MAXUINT64), ==,
                   ENG_STATUS_FINISHED);
  g_assert_cmpuint (eng_experiment_get_step (experiment), ==, 90);
  g_assert_cmpuint (eng_run_get_step (eng_experiment_get_run (experiment, 0)), ==, 33);
}

/* --- ends ------------------------------------------------------------------------------------ */

static void
test_stop (void)
{
  g_autoptr (EngExperiment) experiment = open_experiment (
      PROBLEM "[run.1]\nlearner=lazy\nm=20\nsteps=1000\n"
              "[run.2]\nlearner=lazy\nm=20\nsteps=10\n",
      1);
  EngTrace *trace = trace_of (experiment, 0);
  gsize     length;

  (void) eng_experiment_advance (experiment, 333);
  eng_experiment_stop (experiment);
  length = eng_trace_get_length (trace);
  /* The present step is recorded although it was not due. */
  g_assert_cmpuint (eng_trace_get_steps (trace)[length - 1], ==, 333);
  g_assert_cmpint (eng_run_get_status (eng_experiment_get_run (experiment, 0)), ==,
                   ENG_STATUS_STOPPED);
  /* Who had ended before has ended as it did. */
  g_assert_cmpint (eng_run_get_status (eng_experiment_get_run (experiment, 1)), ==,
                   ENG_STATUS_FINISHED);
  eng_experiment_stop (experiment);
  g_assert_cmpuint (eng_trace_get_length (trace), ==, length);
  g_assert_cmpint (eng_experiment_advance (experiment, 10), ==, ENG_STATUS_FINISHED);
  g_assert_cmpuint (eng_experiment_get_step (experiment), ==, 333);
}

static void
test_stop_at_once (void)
{
  g_autoptr (EngExperiment) experiment = open_experiment (PROBLEM "[run.1]\n" LAZY, 1);

  eng_experiment_stop (experiment);
  g_assert_cmpuint (eng_trace_get_length (trace_of (experiment, 0)), ==, 1);
  g_assert_cmpint (eng_run_get_status (eng_experiment_get_run (experiment, 0)), ==,
                   ENG_STATUS_STOPPED);
}

static void
test_status_words (void)
{
  g_assert_cmpstr (eng_status_get_id (ENG_STATUS_CONTINUE), ==, "running");
  g_assert_cmpstr (eng_status_get_id (ENG_STATUS_FINISHED), ==, "finished");
  g_assert_cmpstr (eng_status_get_id (ENG_STATUS_CONVERGED), ==, "converged");
  g_assert_cmpstr (eng_status_get_id (ENG_STATUS_DIVERGED), ==, "diverged");
  g_assert_cmpstr (eng_status_get_id (ENG_STATUS_STOPPED), ==, "stopped");
}

/* --- preparation -------------------------------------------------------------------------------- */

typedef struct
{
  double last;
  int    cancel;    /* atomic */
  guint  cancel_at; /* call that asks to stop; 0: never */
  guint  calls;
} Progress;

static void
progress_cb (double done, gpointer data)
{
  Progress *self = data;

  g_assert_cmpfloat (done, >=, self->last);
  g_assert_cmpfloat (done, <=, 1.0);
  self->last = done;
  if (++self->calls == self->cancel_at)
    g_atomic_int_set (&self->cancel, 1);
}

static void
test_progress (void)
{
  g_autoptr (EngSpec) spec = fixture_spec (PROBLEM "[run.1]\n" LAZY "[run.2]\n" JOINT);
  Progress            whole = { 0 };
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, &whole.cancel,
                                                             NULL);

  g_assert_true (eng_experiment_prepare (experiment, progress_cb, &whole, NULL));
  g_assert_cmpfloat (whole.last, ==, 1.0);
  for (guint at = 1; at <= whole.calls; at++)
    {
      Progress                  progress = { .cancel_at = at };
      g_autoptr (GError)        error = NULL;
      g_autoptr (EngExperiment) cut = eng_experiment_new (spec, 1, &progress.cancel,
                                                          NULL);

      g_assert_false (eng_experiment_prepare (cut, progress_cb, &progress, &error));
      g_assert_error (error, ENG_ERROR, ENG_ERROR_CANCELLED);
    }
}

/* --- snapshots ---------------------------------------------------------------------------------- */

static void
test_snapshot (void)
{
  g_autoptr (EngExperiment) experiment = open_experiment (
      PROBLEM "[run.1]\nlearner=lazy\nm=20\nsteps=40\nlabel=One\n"
              "[run.2]\nlearner=network\nm=30\nsteps=40\n",
      1);
  g_autoptr (EngSnapshot) before = eng_experiment_snapshot (experiment), after = NULL;

  (void) eng_experiment_advance (experiment, 30);
  after = eng_experiment_snapshot (experiment);
  g_assert_cmpuint (before->step, ==, 0);
  g_assert_cmpuint (before->runs[0].n_records, ==, 1);
  g_assert_cmpuint (after->step, ==, 30);
  g_assert_cmpuint (after->planned, ==, 40);
  g_assert_cmpuint (after->facts.d, ==, 6);
  g_assert_cmpuint (after->facts.n, ==, 100);
  g_assert_cmpuint (after->facts.k, ==, 1);
  g_assert_true (after->facts.on_sphere);
  g_assert_cmpfloat (after->facts.variance, >, 0.0);
  g_assert_cmpuint (after->n_runs, ==, 2);
  g_assert_cmpstr (after->runs[0].label, ==, "One");
  g_assert_cmpstr (after->runs[1].learner, ==, "network");
  g_assert_cmpuint (after->runs[1].m, ==, 30);
  g_assert_true (after->runs[0].linearised);
  g_assert_true (after->runs[1].full_network);
  g_assert_cmpuint (after->runs[1].neurons.n, ==, 30);
  for (gsize r = 0; r < 30; r++)
    {
      const EngMatF *w = eng_learner_weights (
          eng_run_get_learner (eng_experiment_get_run (experiment, 1)), 0);
      const EngMat *beta = &eng_experiment_get_problem (experiment)->directions;
      double        norm = 0.0, along = 0.0;

      for (gsize j = 0; j < 6; j++)
        {
          norm += (double) w->data[r * 6 + j] * w->data[r * 6 + j];
          along += w->data[r * 6 + j] * beta->data[j];
        }
      norm = sqrt (norm);
      g_assert_cmpuint (beta->rows, ==, 1);
      g_assert_cmpfloat_with_epsilon (after->runs[1].neurons.movement[r], norm, 1e-6);
      g_assert_cmpfloat_with_epsilon (after->runs[1].neurons.overlap[r] * norm,
                                      fabs (along), 1e-6);
    }
  g_assert_cmpfloat_with_epsilon (after->runs[0].stable_below,
                                  2.0 * after->runs[0].restart_with, 1e-12);
  g_assert_cmpfloat (after->runs[0].spectrum->values[0], >, 0.0);
}

/* Later spectra, where asked for: of the network, whose Σ moves, at recorded steps. */
static void
test_later_spectra (void)
{
  g_autoptr (EngExperiment) experiment = open_experiment (
      "[experiment]\nversion=1\n[problem]\nkind=network\nd=6\nn=100\n"
      "n-test=120\n[observe]\nspectrum=log\n"
      "[run.1]\nlearner=network\nm=20\nsteps=200\nalpha=0.1\n"
      "[run.2]\nlearner=lazy\nm=20\nsteps=200\n",
      1);
  g_autoptr (EngSnapshot) snapshot = NULL;
  guint64                 last = 0;

  (void) eng_experiment_advance (experiment, G_MAXUINT64);
  snapshot = eng_experiment_snapshot (experiment);
  g_assert_cmpuint (snapshot->runs[0].later->len, >, 1);
  g_assert_cmpuint (snapshot->runs[0].later->len, <, 40);
  g_assert_cmpuint (snapshot->runs[1].later->len, ==, 0);
  for (guint i = 0; i < snapshot->runs[0].later->len; i++)
    {
      const EngSpectrum *spectrum = snapshot->runs[0].later->pdata[i];

      g_assert_cmpuint (spectrum->step, >, last);
      last = spectrum->step;
      g_assert_cmpuint (spectrum->n_probes, ==, snapshot->runs[0].spectrum->n_probes);
      g_assert_cmpfloat (spectrum->values[0], >, 0.0);
    }
  g_assert_cmpuint (last, ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/experiment/schedule", test_schedule);
  g_test_add_func ("/engine/experiment/records", test_records);
  g_test_add_func ("/engine/experiment/same-start", test_same_start);
  g_test_add_func ("/engine/experiment/independent", test_independent);
  g_test_add_func ("/engine/experiment/lengths", test_lengths);
  g_test_add_func ("/engine/experiment/stop", test_stop);
  g_test_add_func ("/engine/experiment/stop-at-once", test_stop_at_once);
  g_test_add_func ("/engine/experiment/status-words", test_status_words);
  g_test_add_func ("/engine/experiment/progress", test_progress);
  g_test_add_func ("/engine/experiment/snapshot", test_snapshot);
  g_test_add_func ("/engine/experiment/later-spectra", test_later_spectra);
  return g_test_run ();
}
