/* SPDX-License-Identifier: GPL-3.0-or-later
 * One run: memory, stepping, ending. */
#include "config.h"

#include "eng-registry.h"
#include "eng-run-private.h"

#include <math.h>
#include <string.h>

/* Every step up to here is recorded. */
#define DENSE_STEPS 20
/* Records aimed at beyond that; more would not show on a screen and cost time. */
#define SPARSE_RECORDS 220
/* A fixed-feature student that stays this far above its best for so many records has
 * diverged (NOTATION). */
#define DIVERGED_GROWTH  10.0
#define DIVERGED_RECORDS 5
/* Below this, a train loss in float is rounding and moves by any factor. */
#define ROUNDING_LOSS 1e-6

GArray *
eng_run_schedule (guint64 planned)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (guint64));
  double  growth = 1.0;
  guint64 step = 0;

  if (planned > DENSE_STEPS)
    growth = pow ((double) planned / DENSE_STEPS, 1.0 / SPARSE_RECORDS);
  for (;;)
    {
      g_array_append_val (steps, step);
      if (step >= planned)
        return steps;
      step = step < DENSE_STEPS ? step + 1
                                : MAX (step + 1, (guint64) ceil ((double) step * growth));
      step = MIN (step, planned);
    }
}

/* --- construction ---------------------------------------------------------------------- */

static gsize
count_columns (const EngColumn *columns)
{
  gsize n = 0;

  while (columns != NULL && columns[n].id != NULL)
    n++;
  return n;
}

static void
append_columns (GArray *all, const EngColumn *columns)
{
  g_array_append_vals (all, columns, (guint) count_columns (columns));
}

/* Columns that exist only for this problem; their strings live in `strings`. */
static void
append_extra (EngRun                   *self,
              const EngObservableClass *klass,
              GArray                   *all,
              GPtrArray                *strings)
{
  char *id, *title;

  for (guint i = 0;
       klass->extra_column != NULL && klass->extra_column (self->problem, i, &id, &title);
       i++)
    {
      EngColumn column = { id, title };

      g_ptr_array_add (strings, id);
      g_ptr_array_add (strings, title);
      g_array_append_val (all, column);
    }
}

static gboolean
is_wanted (const EngObservableClass *klass, EngSpec *spec, double n)
{
  return klass->is_wanted == NULL || klass->is_wanted (eng_spec_get_observe (spec), n);
}

static gboolean
can_observe (EngRun *self, const EngObservableClass *klass)
{
  return is_wanted (klass, self->problem->spec, (double) self->problem->n)
         && (!klass->needs_weights || eng_learner_weights (self->learner, 0) != NULL)
         && (!klass->needs_two_layer || eng_learner_two_layer (self->learner) != NULL)
         && (!klass->needs_low_rank || eng_learner_low_rank (self->learner) != NULL)
         && (!klass->needs_directions || eng_learner_directions (self->learner) != NULL);
}

static void
add_observers (EngRun *self, GArray *columns, GPtrArray *strings)
{
  const EngObservableClass *const *classes = eng_registry_get_observables ();
  for (gsize i = 0; classes[i] != NULL; i++)
    {
      EngObserver observer = { .klass = classes[i], .first_column = columns->len };

      if (!can_observe (self, classes[i]))
        continue;
      append_columns (columns, classes[i]->columns);
      append_extra (self, classes[i], columns, strings);
      if (classes[i]->state_size > 0)
        observer.state = eng_arena_bytes (self->arena, 1, classes[i]->state_size);
      if (classes[i]->init != NULL)
        classes[i]->init (observer.state, &self->context, self->learner);
      g_array_append_val (self->observers, observer);
    }
}

/* Directions whose energy is recorded.  Their number is known before the decomposition:
 * those that turn out not to be usable stay zero. */
static gsize
max_directions (EngRun *self)
{
  const EngSettings *observe = eng_spec_get_observe (self->problem->spec);
  gsize              probes;

  if (eng_learner_two_layer (self->learner) == NULL)
    return 0;
  probes = eng_settings_has (observe, "probes")
               ? (gsize) eng_settings_get_int (observe, "probes")
               : eng_basis_default_probes (self->problem->d, self->problem->k);
  return eng_basis_max_directions (self->problem->d, self->problem->k, probes);
}

static void
init_trace (EngRun *self)
{
  static const EngColumn step_size = { "step-size", "Step size" };
  g_autoptr (GArray)     columns = g_array_new (FALSE, FALSE, sizeof (EngColumn));
  g_autoptr (GPtrArray)  strings = g_ptr_array_new_with_free_func (g_free);

  add_observers (self, columns, strings);
  self->step_size_column = columns->len;
  g_array_append_val (columns, step_size);
  self->own_column = columns->len;
  append_columns (columns, self->learner->klass->columns);
  self->trace = eng_trace_new ((const EngColumn *) (gpointer) columns->data, columns->len,
                               self->schedule->len + 2, max_directions (self));
}

static void
init_scratch (EngRun *self)
{
  const EngMatF *w = eng_learner_weights (self->learner, 0);
  gsize          n = self->problem->n, n_test = self->problem->n_test;

  if (w != NULL)
    {
      self->start = eng_arena_matf (self->arena, w->rows, w->cols);
      memcpy (self->start.data, w->data, w->rows * w->cols * sizeof (float));
      self->row_movement = eng_arena_floats (self->arena, w->rows);
      /* The rows of others do not live where the inputs do. */
      if (self->problem->directions.rows > 0
          && eng_learner_two_layer (self->learner) != NULL)
        self->row_overlap = eng_arena_floats (self->arena, w->rows);
    }
  self->train = eng_arena_floats (self->arena, n);
  self->test = eng_arena_floats (self->arena, n_test);
  self->f = eng_arena_floats (self->arena, n_test);
  self->linear = eng_arena_floats (self->arena, n_test);
  self->quadratic = eng_arena_floats (self->arena, n_test);
  self->train_f = eng_arena_floats (self->arena, n);
  self->train_linear = eng_arena_floats (self->arena, n);
  self->train_quadratic = eng_arena_floats (self->arena, n);
}

static void
init_matrix (EngRun *self)
{
  const EngLowRank *l = eng_learner_low_rank (self->learner);
  gsize             max_rank, true_rank = self->problem->truth.rank;

  if (l == NULL)
    return;
  max_rank = l->u.rows;
  self->eigenvalues = eng_arena_doubles (self->arena, max_rank);
  self->angles = eng_arena_doubles (self->arena, max_rank);
  eng_low_rank_work_init (&self->matrix_work, self->problem->d, max_rank + true_rank,
                          self->arena);
}

EngRun *
eng_run_new (EngProblem   *problem,
             guint         index,
             const GArray *schedule,
             const int    *cancel,
             GError      **error)
{
  g_autoptr (EngRun) self = g_new0 (EngRun, 1);
  EngSpec           *spec = problem->spec;

  self->problem = problem;
  self->index = index;
  self->schedule = schedule;
  self->arena = eng_arena_new ();
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) eng_rng_free);
  self->observers = g_array_new (FALSE, FALSE, sizeof (EngObserver));
  self->later = g_ptr_array_new_with_free_func ((GDestroyNotify) eng_spectrum_unref);
  self->planned = (guint64) eng_settings_get_int (eng_spec_get_run (spec, index),
                                                  "steps");
  self->best_train = INFINITY;
  self->next_spectrum = 10;
  self->context = (EngContext){
    .settings = eng_spec_get_run (spec, index),
    .problem = problem,
    .arena = self->arena,
    .seed = eng_spec_get_run_seed (spec, index),
    .streams = self->streams,
    .cancel = cancel,
  };
  self->learner = eng_learner_new (eng_spec_get_learner_class (spec, index),
                                   &self->context, error);
  if (self->learner == NULL)
    return NULL;
  self->later_spectra = eng_settings_is_choice (eng_spec_get_observe (spec), "spectrum",
                                                "log")
                        && self->learner->klass->full_network
                        && eng_learner_two_layer (self->learner) != NULL;
  init_trace (self);
  init_scratch (self);
  init_matrix (self);
  if (eng_learner_coefficients (self->learner) != NULL)
    self->coefficients = eng_arena_doubles (self->arena, problem->d);
  eng_arena_seal (self->arena);
  return g_steal_pointer (&self);
}

void
eng_run_free (EngRun *self)
{
  g_clear_pointer (&self->trace, eng_trace_unref);
  g_ptr_array_unref (self->streams);
  g_array_unref (self->observers);
  g_ptr_array_unref (self->later);
  eng_arena_free (self->arena);
  g_free (self);
}

EngLearner *
eng_run_get_learner (EngRun *self)
{
  return self->learner;
}

EngTrace *
eng_run_get_trace (EngRun *self)
{
  return self->trace;
}

EngStatus
eng_run_get_status (EngRun *self)
{
  return self->status;
}

guint64
eng_run_get_step (EngRun *self)
{
  return self->step;
}

guint64
eng_run_get_planned (EngRun *self)
{
  return self->planned;
}

const float *
eng_run_get_start (EngRun *self)
{
  return self->start.data;
}

void
eng_run_change (EngRun *self, const char *key, double value)
{
  if (self->status != ENG_STATUS_CONTINUE)
    return;
  eng_learner_set_live (self->learner, key, value);
  /* The objective is another one now; its loss may rise without diverging. */
  self->best_train = INFINITY;
  self->high_records = 0;
}

/* --- stepping ---------------------------------------------------------------------- */

/* What a record says about the end of the run: the stop rule, for learners whose steps see
 * only a part of the loss, and divergence of fixed-feature students, which at records are
 * far above their best for several of them. */
static void
judge_record (EngRun *self)
{
  double loss = eng_trace_get_last (self->trace, "train-loss");

  if (!self->learner->judged_exactly && loss <= self->learner->stop_train_loss)
    self->status = ENG_STATUS_CONVERGED;
  /* A matrix of lower rank fits worse, and its learner judges itself. */
  if (self->learner->klass->full_network || self->learner->klass->low_rank != NULL)
    return;
  self->best_train = MIN (self->best_train, MAX (loss, ROUNDING_LOSS));
  self->high_records = loss > DIVERGED_GROWTH * self->best_train ? self->high_records + 1
                                                                 : 0;
  if (self->high_records >= DIVERGED_RECORDS)
    self->status = ENG_STATUS_DIVERGED;
}

static gboolean
is_due (EngRun *self)
{
  while (self->next_record < self->schedule->len
         && g_array_index (self->schedule, guint64, self->next_record) < self->step)
    self->next_record++;
  return self->next_record < self->schedule->len
         && g_array_index (self->schedule, guint64, self->next_record) == self->step;
}

gboolean
eng_run_prepare (EngRun *self, EngBasis *basis, EngLanes *lanes, GError **error)
{
  if (!eng_learner_prepare (self->learner, basis, lanes, error))
    return FALSE;
  for (guint i = 0; i < self->observers->len; i++)
    {
      EngObserver *observer = &g_array_index (self->observers, EngObserver, i);

      if (observer->klass->prepare != NULL)
        observer->klass->prepare (observer->state, self->learner);
    }
  eng_run_record (self, lanes);
  return TRUE;
}

void
eng_run_advance (EngRun *self, guint64 until, EngLanes *lanes)
{
  gint64 start = g_get_monotonic_time ();

  while (self->status == ENG_STATUS_CONTINUE && self->step < until
         && !eng_context_should_stop (&self->context))
    {
      self->status = eng_learner_step (self->learner, lanes);
      if (self->status == ENG_STATUS_CONTINUE)
        self->step++;
      if (self->status == ENG_STATUS_CONTINUE && self->step >= self->planned)
        self->status = ENG_STATUS_FINISHED;
      if (!is_due (self) && self->status == ENG_STATUS_CONTINUE)
        continue;
      self->seconds += (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
      eng_run_record (self, lanes);
      if (self->status == ENG_STATUS_CONTINUE)
        judge_record (self);
      start = g_get_monotonic_time ();
    }
  self->seconds += (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

void
eng_run_stop (EngRun *self, EngLanes *lanes)
{
  if (self->status != ENG_STATUS_CONTINUE)
    return;
  self->status = ENG_STATUS_STOPPED;
  eng_run_record (self, lanes);
}

double
eng_run_estimate_bytes (EngSpec *spec, guint index, const EngSizes *sizes)
{
  const EngSettings               *settings = eng_spec_get_run (spec, index);
  const EngLearnerClass           *klass = eng_spec_get_learner_class (spec, index);
  const EngObservableClass *const *observables = eng_registry_get_observables ();
  double                           bytes = klass->estimate_bytes (settings, sizes);

  for (gsize i = 0; observables[i] != NULL; i++)
    if (observables[i]->estimate_bytes != NULL
        && is_wanted (observables[i], spec, sizes->n)
        && (klass->two_layer != NULL || !observables[i]->needs_two_layer)
        && (klass->directions != NULL || !observables[i]->needs_directions))
      bytes += observables[i]->estimate_bytes (eng_spec_get_observe (spec), settings,
                                               sizes);
  /* Records, with the energies per direction. */
  bytes += ENG_RUN_MAX_RECORDS
           * (sizeof (float)
                  * (double) eng_basis_max_directions (
                      (gsize) sizes->d, sizes->k,
                      eng_basis_default_probes ((gsize) sizes->d, sizes->k))
              + 48 * sizeof (double));
  /* Movement and overlap of each neuron. */
  if (eng_settings_has (settings, "m"))
    bytes += 2.0 * sizeof (float) * eng_settings_get_double (settings, "m");
  return bytes + sizeof (float) * (4.0 * sizes->n + 4.0 * sizes->n_test);
}
