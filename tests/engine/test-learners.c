/* SPDX-License-Identifier: GPL-3.0-or-later
 * The contract of learners, for every one that is registered and for the settings that
 * take another way through it. */
#include "eng-error.h"
#include "eng-experiment.h"
#include "eng-registry.h"
#include "eng-export.h"
#include "fixture.h"
#include "folder.h"
#include "malloc-count.h"

#include <math.h>
#include <string.h>

/* Several blocks of rows for several lanes, and still quick. */
#define PROBLEM                                                                          \
  "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=6\nn=300\n"           \
  "n-test=150\nnoise=0.1\n[observe]\ndrift-points=30\n"

#define N_STEPS 60
/* The start of one whose preparation takes seconds. */
#define LONG_PROBLEM                                                                     \
  "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nn-test=100\n"
/* A click is answered within this; sanitizers make everything ten times slower. */
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
#define CANCEL_USEC 1000000
#else
#define CANCEL_USEC 100000
#endif
/* Mean squares of the same numbers. */
#define SAME_SUM 1e-12
/* Predictions and losses of one W, in float by two ways of adding up. */
#define SAME_LOSS 1e-5
/* Of predictions in float. */
#define FLOAT_LOSS 1e-12

typedef struct
{
  char       *name;
  char       *run;       /* lines of its group */
  guint       n;         /* samples of the test that cancels it */
  const char *diverging; /* further lines, with which it diverges; NULL: it never does */
} Case;

static GPtrArray *cases; /* of Case */

static const char *
find_diverging (const EngLearnerClass *klass)
{
  if (klass->two_layer != NULL || klass->full_network)
    return "step-size=100000\n";
  /* Infinitely small steps never do. */
  if (strcmp (klass->id, "gradient-flow") == 0)
    return NULL;
  /* Directions of unit length, with coefficients fitted in every step, never do. */
  if (strcmp (klass->id, "recovery") == 0)
    return NULL;
  if (eng_param_find (klass->tables, "learning-rate") != NULL)
    return "learning-rate=10\nclip=0\n";
  if (eng_param_find (klass->tables, "step-size") != NULL)
    return "gradient=printed\nstep-size=2\n";
  if (eng_param_find (klass->tables, "gradient") != NULL)
    return "gradient=printed\nfit-rank=3\n";
  return eng_param_find (klass->tables, "rate") != NULL ? "rate=4\n" : NULL;
}

static void
add_case (const char *name, const char *learner, const char *settings)
{
  Case                  *self = g_new (Case, 1);
  const EngLearnerClass *klass = eng_registry_find_learner (learner);

  self->name = g_strdup (name);
  self->run = g_strdup_printf ("learner=%s\n%s%s", learner,
                               klass->two_layer != NULL ? "m=40\n" : "", settings);
  self->n = strcmp (learner, "gradient-flow") == 0 ? 500 : 4000; /* has one long call */
  self->diverging = find_diverging (klass);
  g_ptr_array_add (cases, self);
}

static EngExperiment *
open_experiment (const Case *self, const char *extra, guint64 steps, guint n_threads)
{
  g_autofree char *text = g_strdup_printf ("%s[run.1]\n%ssteps=%" G_GUINT64_FORMAT "\n%s",
                                           PROBLEM, self->run, steps, extra);
  g_autoptr (EngSpec) spec = fixture_spec (text);
  g_autoptr (GError)  error = NULL;
  EngExperiment      *experiment = eng_experiment_new (spec, n_threads, NULL, &error);

  g_assert_no_error (error);
  eng_experiment_prepare (experiment, NULL, NULL, &error);
  g_assert_no_error (error);
  return experiment;
}

static EngRun *
only_run (EngExperiment *experiment)
{
  return eng_experiment_get_run (experiment, 0);
}

static void
assert_same_weights (EngLearner *a, EngLearner *b)
{
  const EngMatF *w = eng_learner_weights (a, 0), *v = eng_learner_weights (b, 0);

  g_assert_cmpint (w == NULL, ==, v == NULL);
  if (w != NULL)
    g_assert_cmpmem (w->data, w->rows * w->cols * sizeof (float), v->data,
                     v->rows * v->cols * sizeof (float));
}

static void
assert_same_matrix (EngLearner *a, EngLearner *b)
{
  const EngLowRank *l = eng_learner_low_rank (a), *k = eng_learner_low_rank (b);

  if (l == NULL)
    return;
  g_assert_cmpmem (l->s, l->rank * sizeof (double), k->s, k->rank * sizeof (double));
  g_assert_cmpmem (l->u.data, l->rank * l->u.cols * sizeof (double), k->u.data,
                   k->rank * k->u.cols * sizeof (double));
}

/* Every number of the records but the time, and what was learned: bit for bit. */
static void
assert_same (EngExperiment *a, EngExperiment *b)
{
  EngTrace *left = eng_run_publish (only_run (a), NULL);
  EngTrace *right = eng_run_publish (only_run (b), NULL);
  gsize     n = eng_trace_get_length (left);

  g_assert_cmpuint (n, ==, eng_trace_get_length (right));
  g_assert_cmpmem (eng_trace_get_steps (left), n * sizeof (guint64),
                   eng_trace_get_steps (right), n * sizeof (guint64));
  for (gsize c = 0; c < eng_trace_get_n_columns (left); c++)
    if (memcmp (eng_trace_get_column (left, c), eng_trace_get_column (right, c),
                n * sizeof (double))
        != 0)
      g_error ("column %s differs", eng_trace_get_column_info (left, c)->id);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpmem (eng_trace_get_directions (left, i),
                     eng_trace_get_n_directions (left) * sizeof (float),
                     eng_trace_get_directions (right, i),
                     eng_trace_get_n_directions (right) * sizeof (float));
  assert_same_weights (eng_run_get_learner (only_run (a)),
                       eng_run_get_learner (only_run (b)));
  assert_same_matrix (eng_run_get_learner (only_run (a)),
                      eng_run_get_learner (only_run (b)));
  g_assert_cmpint (eng_run_get_status (only_run (a)), ==,
                   eng_run_get_status (only_run (b)));
}

static void
test_threads (gconstpointer data)
{
  g_autoptr (EngExperiment) one = open_experiment (data, "", N_STEPS, 1);

  g_assert_cmpint (eng_experiment_advance (one, N_STEPS), ==, ENG_STATUS_FINISHED);
  g_assert_cmpint (eng_run_get_status (only_run (one)), ==, ENG_STATUS_FINISHED);
  for (guint n_threads = 2; n_threads <= 3; n_threads++)
    {
      g_autoptr (EngExperiment) many = open_experiment (data, "", N_STEPS, n_threads);

      (void) eng_experiment_advance (many, N_STEPS);
      assert_same (one, many);
    }
}

/* Exports the arrays of a run with so many threads.   path: of an existing folder */
static void
export_arrays (const Case *self, guint n_threads, const char *path)
{
  g_autoptr (EngExperiment) experiment = open_experiment (self, "", N_STEPS, n_threads);
  g_autoptr (GFile)         folder = g_file_new_for_path (path);
  g_autoptr (GError)        error = NULL;

  (void) eng_experiment_advance (experiment, N_STEPS);
  (void) eng_export_arrays (experiment, folder, &error);
  g_assert_no_error (error);
}

static void
assert_same_file (const char *a, const char *b, const char *name)
{
  g_autofree char *left = g_build_filename (a, name, NULL), *left_bytes = NULL;
  g_autofree char *right = g_build_filename (b, name, NULL), *right_bytes = NULL;
  gsize            left_length = 0, right_length = 0;

  g_assert_true (g_file_get_contents (left, &left_bytes, &left_length, NULL));
  g_assert_true (g_file_get_contents (right, &right_bytes, &right_length, NULL));
  if (left_length != right_length || memcmp (left_bytes, right_bytes, left_length) != 0)
    g_error ("%s differs", name);
}

/* Every learner has something to show, and it is the same with any number of threads. */
static void
test_arrays (gconstpointer data)
{
  g_autofree char *one = g_dir_make_tmp ("esc-arrays-XXXXXX", NULL);
  g_autofree char *many = g_dir_make_tmp ("esc-arrays-XXXXXX", NULL);
  g_autofree char *names = NULL, *again = NULL;
  g_auto (GStrv)   files = NULL;

  g_assert_nonnull (one);
  g_assert_nonnull (many);
  export_arrays (data, 1, one);
  export_arrays (data, 3, many);
  names = folder_list (one);
  again = folder_list (many);
  g_assert_cmpstr (names, ==, again);
  g_assert_nonnull (strstr (names, "run1-"));
  files = g_strsplit (names, " ", -1);
  for (gsize i = 0; files[i] != NULL; i++)
    assert_same_file (one, many, files[i]);
  folder_remove (one);
  folder_remove (many);
}

static void
test_pieces (gconstpointer data)
{
  g_autoptr (EngExperiment) straight = open_experiment (data, "", N_STEPS, 2);
  g_autoptr (EngExperiment) pieces = open_experiment (data, "", N_STEPS, 2);
  static const guint64      sizes[] = { 1, 0, 7, 1, 20, 5, 1000 };

  (void) eng_experiment_advance (straight, N_STEPS);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    (void) eng_experiment_advance (pieces, sizes[i]);
  g_assert_cmpint (eng_run_get_status (only_run (pieces)), ==, ENG_STATUS_FINISHED);
  assert_same (straight, pieces);
}

/* 1 000 steps with all their records, or as many as the learner takes. */
static void
test_no_allocation (gconstpointer data)
{
  for (guint n_threads = 1; n_threads <= 2; n_threads++)
    {
      g_autoptr (EngExperiment) experiment = open_experiment (data, "", 1000, n_threads);
      guint                     n;

      malloc_count_arm ();
      (void) eng_experiment_advance (experiment, 1000);
      n = malloc_count_disarm ();
      g_assert_cmpint (eng_run_get_status (only_run (experiment)), ==,
                       ENG_STATUS_FINISHED);
      g_assert_cmpuint (
          eng_trace_get_length (eng_run_publish (only_run (experiment), NULL)), >,
          MIN (100, eng_experiment_get_step (experiment)));
      g_assert_cmpuint (n, ==, 0);
    }
  /* The counter counts. */
  malloc_count_arm ();
  g_free (g_malloc (100));
  g_aligned_free (g_aligned_alloc (10, 10, 64));
  g_assert_cmpuint (malloc_count_disarm (), ==, 1 + MALLOC_COUNT_ALIGNED);
}

/* The monitor's eigenproblems neither. */
static void
test_no_allocation_monitored (void)
{
  static const char *const learners[] = { "lazy", "network" };

  for (gsize i = 0; i < G_N_ELEMENTS (learners); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "[experiment]\nversion=1\n[problem]\nkind=random-labels\nd=5\nn=20\n"
          "n-test=50\n[observe]\nmonitor=true\n"
          "[run.1]\nlearner=%s\nactivation=halfsquare\nm=20\nsteps=100\n",
          learners[i]);
      g_autoptr (EngSpec)       spec = fixture_spec (text);
      g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, NULL);

      g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, NULL));
      malloc_count_arm ();
      (void) eng_experiment_advance (experiment, 100);
      g_assert_cmpuint (malloc_count_disarm (), ==, 0);
      g_assert_true (isfinite (eng_trace_get_last (
          eng_run_publish (only_run (experiment), NULL), "rate-envelope")));
    }
}

static double
mean_square_error (gsize n, const float *f, const double *y)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += pow (f[i] - y[i], 2.0) / (double) n;
  return sum;
}

static void
check_loss (double got, double want)
{
  g_assert_cmpfloat (fabs (got - want), <=, SAME_SUM * want);
}

/* What is predicted is what is recorded, on both sets. */
static void
test_predict (gconstpointer data)
{
  g_autoptr (EngExperiment) experiment = open_experiment (data, "", N_STEPS, 1);
  EngProblem               *problem = eng_experiment_get_problem (experiment);
  EngLearner               *learner = eng_run_get_learner (only_run (experiment));
  EngTrace                 *trace = eng_run_publish (only_run (experiment), NULL);
  g_autofree float         *values = g_new (float, 4 * problem->n);
  EngTerms terms = { values, values + problem->n, values + 2 * problem->n };
  float   *out = values + 3 * problem->n;

  (void) eng_experiment_advance (experiment, N_STEPS);
  eng_learner_predict (learner, &problem->x_train, NULL, &terms, out);
  check_loss (mean_square_error (problem->n, out, problem->y_train) / problem->variance,
              eng_trace_get_last (trace, "train-loss"));
  eng_learner_predict (learner, &problem->x_test, NULL, &terms, out);
  check_loss (mean_square_error (problem->n_test, out, problem->y_test)
                  / problem->variance,
              eng_trace_get_last (trace, "test-loss"));
}

/* A step reports the loss before it; with one record a step they are the same numbers. */
static void
test_step_loss (gconstpointer data)
{
  const Case               *self = data;
  g_autoptr (EngExperiment) experiment = open_experiment (self, "", N_STEPS, 1);
  EngRun                   *run = only_run (experiment);
  EngLearner               *learner = eng_run_get_learner (run);

  /* Signs, batches and fresh samples make another loss of it. */
  if (strstr (self->name, "dropout") != NULL || strstr (self->name, "literal") != NULL
      || strstr (self->name, "batch") != NULL || strcmp (self->name, "three-layer") == 0
      || (eng_settings_has (learner->context.settings, "samples")
          && eng_settings_is_choice (learner->context.settings, "samples", "fresh")))
    {
      (void) eng_experiment_advance (experiment, 1);
      g_assert_true (isfinite (learner->train_loss));
      return;
    }
  for (guint step = 0; step < 20; step++)
    {
      double recorded = eng_trace_get_last (eng_run_publish (run, NULL), "train-loss");

      (void) eng_experiment_advance (experiment, 1);
      g_assert_cmpfloat (fabs (learner->train_loss - recorded), <=,
                         SAME_LOSS * recorded + FLOAT_LOSS);
    }
}

static void
test_weights (gconstpointer data)
{
  g_autoptr (EngExperiment) experiment = open_experiment (data, "", N_STEPS, 1);
  EngLearner               *learner = eng_run_get_learner (only_run (experiment));
  EngTwoLayer              *net = eng_learner_two_layer (learner);
  const EngMatF            *w, *w0;

  for (guint layer = 0; layer < 4; layer++)
    {
      w = eng_learner_weights (learner, layer);
      w0 = eng_learner_initial_weights (learner, layer);
      g_assert_cmpint (w == NULL, ==, w0 == NULL);
      if (w == NULL)
        continue;
      g_assert_cmpuint (w->rows, ==, w0->rows);
      g_assert_cmpuint (w->cols, ==, w0->cols);
    }
  w = eng_learner_weights (learner, 0);
  if (net != NULL)
    {
      g_assert_cmpuint (w->rows, ==, 40);
      g_assert_cmpuint (w->cols, ==, 6);
      g_assert_true (w->data == net->w.data);
      g_assert_cmpint (memcmp (net->w0.data, net->w0.data + 120, 120 * sizeof (float))
                           == 0,
                       ==, net->is_paired);
      g_assert_true (!net->is_paired || (net->a[0] == 1.0 && net->a[20] == -1.0));
    }
  g_assert_null (eng_learner_weights (learner, 4));
}

static void
assert_finite (EngTrace *trace, const char *id)
{
  const double *column = eng_trace_lookup (trace, id);

  for (gsize i = 0; column != NULL && i < eng_trace_get_length (trace); i++)
    g_assert_true (isfinite (column[i]));
}

/* A step far too long, or in a wrong direction: DIVERGED, and the last finite record stays. */
static void
test_diverged (gconstpointer data)
{
  const Case               *self = data;
  g_autoptr (EngExperiment) experiment = open_experiment (self, self->diverging, N_STEPS,
                                                          1);
  EngTrace                 *trace = eng_run_publish (only_run (experiment), NULL);
  gsize                     length;

  g_assert_cmpint (eng_experiment_advance (experiment, N_STEPS), ==, ENG_STATUS_FINISHED);
  g_assert_cmpint (eng_run_get_status (only_run (experiment)), ==, ENG_STATUS_DIVERGED);
  length = eng_trace_get_length (trace);
  g_assert_cmpuint (length, >=, 1);
  g_assert_cmpuint (eng_experiment_get_step (experiment), <, N_STEPS);
  g_assert_nonnull (eng_trace_lookup (trace, "train-loss"));
  assert_finite (trace, "train-loss");
  assert_finite (trace, "test-loss");
  assert_finite (trace, "movement");
  /* More steps change nothing. */
  g_assert_cmpint (eng_experiment_advance (experiment, N_STEPS), ==, ENG_STATUS_FINISHED);
  g_assert_cmpuint (eng_trace_get_length (trace), ==, length);
}

/* CONVERGED as soon as a step sees a loss at or below the rule's, and not before; where a
 * step sees only a part of the loss, as soon as a record does. */
static void
test_stop_rule (gconstpointer data)
{
  g_autoptr (EngExperiment) experiment = open_experiment (data, "stop-train-loss=0.8\n",
                                                          N_STEPS, 1);
  EngRun                   *run = only_run (experiment);
  const EngLearner         *learner = eng_run_get_learner (run);

  for (guint step = 0; step < N_STEPS; step++)
    {
      guint64 before = eng_run_get_step (run);

      (void) eng_experiment_advance (experiment, 1);
      if (!learner->judged_exactly)
        {
          double   recorded = eng_trace_get_last (eng_run_publish (run, NULL),
                                                  "train-loss");
          gboolean stopped = eng_run_get_status (run) == ENG_STATUS_CONVERGED;

          g_assert_true (stopped == (recorded <= 0.8));
          if (stopped)
            return;
          continue;
        }
      if (learner->train_loss <= 0.8)
        {
          g_assert_cmpint (eng_run_get_status (run), ==, ENG_STATUS_CONVERGED);
          /* The step that finds out leaves the weights where they are. */
          g_assert_cmpuint (eng_run_get_step (run), ==, before);
          return;
        }
      g_assert_cmpint (eng_run_get_status (run), !=, ENG_STATUS_CONVERGED);
    }
  g_assert_cmpint (eng_run_get_status (run), ==, ENG_STATUS_FINISHED);
}

typedef struct
{
  int    cancel; /* atomic */
  gint64 asked;  /* when; read after the join */
} Canceller;

static gpointer
cancel_soon (gpointer data)
{
  Canceller *self = data;

  g_usleep (20000);
  self->asked = g_get_monotonic_time ();
  g_atomic_int_set (&self->cancel, 1);
  return NULL;
}

/* From the wish to a stopped advance; the best of three, since the machine has others to
 * serve. */
static void
test_cancel (gconstpointer data)
{
  const Case *self = data;
  gint64      best = G_MAXINT64;

  for (guint attempt = 0; attempt < 3; attempt++)
    {
      g_autofree char *text = g_strdup_printf (
          "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=10\nn=%u\n"
          "[observe]\nprobes=80\n[run.1]\n%ssteps=1000000\n",
          self->n, self->run);
      g_autoptr (EngSpec)       spec = fixture_spec (text);
      Canceller                 canceller = { 0 };
      g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 2,
                                                                 &canceller.cancel, NULL);
      GThread                  *thread;
      gint64                    stopped;

      g_assert_nonnull (experiment);
      g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, NULL));
      thread = g_thread_new ("canceller", cancel_soon, &canceller);
      (void) eng_experiment_advance (experiment, G_MAXUINT64);
      stopped = g_get_monotonic_time ();
      g_thread_join (thread);
      best = MIN (best, stopped - canceller.asked);
    }
  g_test_message ("answered after %.1f ms", (double) best / 1000.0);
  g_assert_cmpint (best, <, CANCEL_USEC);
}

/* The same for preparations that take longer by far. */
static void
test_cancel_preparation (gconstpointer data)
{
  g_autoptr (EngSpec) spec = fixture_spec (data);
  gint64              best = G_MAXINT64;

  for (guint attempt = 0; attempt < 3; attempt++)
    {
      Canceller                 canceller = { 0 };
      g_autoptr (GError)        error = NULL;
      g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 2,
                                                                 &canceller.cancel, NULL);
      GThread *thread = g_thread_new ("canceller", cancel_soon, &canceller);
      gint64   stopped;

      g_assert_false (eng_experiment_prepare (experiment, NULL, NULL, &error));
      stopped = g_get_monotonic_time ();
      g_thread_join (thread);
      g_assert_error (error, ENG_ERROR, ENG_ERROR_CANCELLED);
      best = MIN (best, stopped - canceller.asked);
    }
  g_test_message ("answered after %.1f ms", (double) best / 1000.0);
  g_assert_cmpint (best, <, CANCEL_USEC);
}

/* A preparation that is asked to stop says that, and nothing else. */
static void
test_stopped_preparation (gconstpointer data)
{
  const Case      *self = data;
  g_autofree char *text = g_strdup_printf ("%s[run.1]\n%ssteps=10\n", PROBLEM, self->run);
  g_autoptr (EngSpec)       spec = fixture_spec (text);
  g_autoptr (GError)        error = NULL;
  int                       cancel = 0;
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 2, &cancel, &error);

  g_assert_no_error (error);
  g_atomic_int_set (&cancel, 1);
  g_assert_false (eng_experiment_prepare (experiment, NULL, NULL, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char   *name;
    GTestDataFunc func;
  } tests[] = {
    { "threads", test_threads },     { "pieces", test_pieces },
    { "predict", test_predict },     { "no-allocation", test_no_allocation },
    { "step-loss", test_step_loss }, { "weights", test_weights },
    { "diverged", test_diverged },   { "stop-rule", test_stop_rule },
    { "cancel", test_cancel },       { "stopped-preparation", test_stopped_preparation },
    { "arrays", test_arrays },
  };
  const EngLearnerClass *const *learners = eng_registry_get_learners ();

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  cases = g_ptr_array_new ();
  for (gsize i = 0; learners[i] != NULL; i++)
    add_case (learners[i]->id, learners[i]->id, "");
  add_case ("joint-function", "joint", "r1-space=function\nlambda2=1\nunlabelled=200\n");
  add_case ("joint-all", "joint",
            "lambda2=1\nlambda3=0.01\nr3=projected\nlambda4=0.001\nr4-power=8\n"
            "kick=1e-4\nunlabelled=fixed 100\n");
  add_case ("quadratic-dropout", "quadratic", "mode=signed-dropout\nkick=1e-4\n");
  add_case ("quadratic-literal", "quadratic", "mode=literal\nrate=0.1\n");
  add_case ("network-both", "network", "layers=both\nalpha=0.5\nbias=1\n");
  add_case ("network-unpaired", "network", "paired=false\nalpha=0.5\nbias=1\n");
  add_case ("network-batch", "network", "batch=70\nactivation=softplus\n");
  add_case ("ap-rom-reused", "ap-rom", "samples=batch\nfit-rank=2\n");
  add_case ("ap-rom-mbk", "ap-rom", "head=mbk\n");
  add_case ("ap-rom-tangent", "ap-rom", "head=tangent\nsamples=batch\nfit-rank=2\n");
  add_case ("ap-rom-bk", "ap-rom", "head=bk\n");
  add_case ("ap-rom-lazy", "ap-rom", "head=lazy\n");
  add_case ("ap-rom-exact", "ap-rom", "head=exact\nsamples=batch\n");
  add_case ("ep-rom-reused", "ep-rom", "samples=batch\n");
  add_case ("gfm-reused", "gfm", "samples=batch\n");
  add_case ("factored-gd-scaled", "factored-gd", "scaled=true\nfit-rank=2\n");
  add_case ("frobenius-none", "frobenius", "ridge=0\n");
  add_case ("kernel-ridge-finite", "kernel-ridge", "m=200\n");
  add_case ("gradient-flow-finite", "gradient-flow", "m=200\nactivation=softplus\n");
  add_case ("geco-core", "geco", "refit=core\natoms=4\n");
  add_case ("frobenius-cubic", "frobenius", "degree=3\n");
  add_case ("network-decay", "network", "weight-decay=0.1\nactivation=square\n");
  add_case ("frank-wolfe-cubic", "frank-wolfe", "degree=3\natoms=20\nlambda=0\n");
  add_case ("frank-wolfe-coefficients", "frank-wolfe",
            "refit=coefficients\natoms=10\nlambda=1e-4\n");
  add_case ("nuclear-norm-plain", "nuclear-norm", "objective=plain\n");
  add_case ("diagonal-deep", "diagonal", "depth=3\nalpha=0.5\n");
  add_case ("recovery-tensor", "recovery",
            "start=tensor\ndegree=3\nfit-rank=2\npower-steps=10\nstarts=5\n");
  add_case ("recovery-random", "recovery",
            "start=random\ndegree=4\nfit-rank=2\nprediction=hermite\n");
  add_case ("three-layer-none", "three-layer", "dropout=none\nbatch=0\nm=10\n");
  add_case ("three-layer-literal", "three-layer", "dropout=literal\nbatch=0\nm=10\n");
  add_case ("three-layer-whitened", "three-layer",
            "dropout=none\nbatch=0\nm=10\nfirst-layer=random\nfeatures=50\n"
            "covariance-inputs=200\n");
  add_case ("three-layer-first", "three-layer",
            "dropout=none\nbatch=0\nm=10\nfirst-layer=random\nfeatures=50\n"
            "first-layer-rate=1\nfirst-layer-from=0.2\n");
  add_case ("three-layer-inputs-batch", "three-layer",
            "batch=70\nm=10\nfirst-layer=inputs\nactivation=relu3\n");
  add_case ("network-dropout", "network", "signed-dropout=true\ninit=0.1\n");
  g_test_add_func ("/engine/learners/no-allocation-monitored",
                   test_no_allocation_monitored);
  g_test_add_data_func ("/engine/learners/cancel-preparation/series",
                        LONG_PROBLEM "d=10\nn=2000\n[run.1]\nlearner=kernel-ridge\n"
                                     "activation=softplus\nhidden=8\n",
                        test_cancel_preparation);
  g_test_add_data_func ("/engine/learners/cancel-preparation/unpaired",
                        LONG_PROBLEM "d=50\nn=4000\n[observe]\nprobes=80\n[run.1]\n"
                                     "learner=network\npaired=false\nm=2000\n",
                        test_cancel_preparation);
  g_test_add_data_func ("/engine/learners/cancel-preparation/solutions",
                        LONG_PROBLEM "degree=1\nd=4000\nn=800\n[run.1]\n"
                                     "learner=diagonal\n",
                        test_cancel_preparation);
  for (guint c = 0; c < cases->len; c++)
    for (gsize t = 0; t < G_N_ELEMENTS (tests); t++)
      {
        const Case      *self = cases->pdata[c];
        g_autofree char *path = g_strdup_printf ("/engine/learners/%s/%s", self->name,
                                                 tests[t].name);

        if (tests[t].func != test_diverged || self->diverging != NULL)
          g_test_add_data_func (path, self, tests[t].func);
      }
  return g_test_run ();
}
