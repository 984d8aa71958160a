/* SPDX-License-Identifier: GPL-3.0-or-later
 * One run: what it records, and the memory for it. */
#include "config.h"

#include "eng-registry.h"
#include "eng-run-private.h"

#include <math.h>
#include <string.h>

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
  /* Records, of students with the energies per direction. */
  bytes += ENG_RUN_MAX_RECORDS * 48 * sizeof (double);
  if (klass->two_layer != NULL)
    bytes += ENG_RUN_MAX_RECORDS * sizeof (float)
             * (double) eng_basis_max_directions (
                 (gsize) sizes->d, sizes->k,
                 eng_basis_default_probes ((gsize) sizes->d, sizes->k));
  /* Movement and overlap of each neuron. */
  if (eng_settings_has (settings, "m"))
    bytes += 2.0 * sizeof (float) * eng_settings_get_double (settings, "m");
  return bytes + sizeof (float) * (4.0 * sizes->n + 4.0 * sizes->n_test);
}
