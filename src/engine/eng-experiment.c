/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs in lockstep. */
#include "config.h"

#include "eng-error.h"
#include "eng-experiment.h"
#include "eng-memory.h"

#include <glib/gi18n-lib.h>
#include <gsl/gsl_errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <math.h>

struct _EngExperiment
{
  EngSpec    *spec; /* with the changes made while running */
  EngProblem *problem;
  EngLanes   *lanes;
  GArray     *schedule;
  const int  *cancel;
  guint       n_runs;
  EngRun     *runs[ENG_SPEC_MAX_RUNS];
  GPtrArray  *bases; /* of EngBasis, one per distinct student */
  guint64     step;  /* lockstep: every run still going has taken this many */
  guint64     planned;
  guint       next_change;

  /* Of the advance under way. */
  guint64 until;
  guint   active[ENG_SPEC_MAX_RUNS];
};

void
eng_start (char **argv)
{
  eng_la_require_fast_core (argv);
}

/* The GNU library keeps blocks of up to 32 MB for itself once it has freed one; with a
 * threshold that is set, the matrices of an earlier experiment go back to the system. */
static void
return_memory (void)
{
#ifdef M_MMAP_THRESHOLD
  mallopt (M_MMAP_THRESHOLD, 256 * 1024);
#endif
}

void
eng_init (void)
{
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      eng_la_init ();
      gsl_set_error_handler_off ();
      return_memory ();
      g_once_init_leave (&ready, 1);
    }
}

/* --- construction ------------------------------------------------------------------------ */

EngExperiment *
eng_experiment_new (EngSpec *spec, guint n_threads, const int *cancel, GError **error)
{
  g_autoptr (EngExperiment) self = g_new0 (EngExperiment, 1);
  EngSizes                  sizes;

  eng_init ();
  self->spec = eng_spec_ref (spec);
  self->cancel = cancel;
  self->planned = eng_spec_get_max_steps (spec);
  self->schedule = eng_run_schedule (self->planned);
  self->bases = g_ptr_array_new_with_free_func ((GDestroyNotify) eng_basis_free);
  if (!eng_memory_check (spec, NULL, error))
    return NULL;
  self->problem = eng_problem_new (spec, eng_memory_get_budget (), cancel, error);
  if (self->problem == NULL)
    return NULL;
  /* Own data say their sizes only now; the others were checked before they took memory. */
  sizes = eng_problem_get_sizes (self->problem);
  if (self->problem->klass->load != NULL && !eng_memory_check (spec, &sizes, error))
    return NULL;
  self->n_runs = eng_spec_get_n_runs (spec);
  for (guint i = 0; i < self->n_runs; i++)
    {
      self->runs[i] = eng_run_new (self->problem, i, self->schedule, cancel, error);
      if (self->runs[i] == NULL)
        return NULL;
    }
  self->lanes = eng_lanes_new (n_threads);
  return g_steal_pointer (&self);
}

void
eng_experiment_free (EngExperiment *self)
{
  for (guint i = 0; i < self->n_runs; i++)
    g_clear_pointer (&self->runs[i], eng_run_free);
  g_ptr_array_unref (self->bases);
  g_clear_pointer (&self->problem, eng_problem_free);
  g_clear_pointer (&self->lanes, eng_lanes_free);
  g_array_unref (self->schedule);
  g_clear_pointer (&self->spec, eng_spec_unref);
  g_free (self);
}

static gboolean
check_cancelled (EngExperiment *self, GError **error)
{
  if (self->cancel == NULL || g_atomic_int_get (self->cancel) == 0)
    return FALSE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_CANCELLED, _ ("the preparation was stopped"));
  return TRUE;
}

/* The basis of this student: an existing one, or a new decomposition. */
static gboolean
find_basis (EngExperiment *self, EngTwoLayer *student, EngBasis **basis, GError **error)
{
  const EngSettings *observe = eng_spec_get_observe (self->spec);
  gsize              probes = 0;

  *basis = NULL;
  if (student == NULL)
    return TRUE;
  for (guint i = 0; i < self->bases->len; i++)
    if (eng_basis_fits (self->bases->pdata[i], student))
      {
        *basis = self->bases->pdata[i];
        return TRUE;
      }
  if (eng_settings_has (observe, "probes"))
    probes = (gsize) eng_settings_get_int (observe, "probes");
  *basis = eng_basis_new (student, self->problem, probes, self->lanes, error);
  if (*basis == NULL)
    return FALSE;
  g_ptr_array_add (self->bases, *basis);
  return TRUE;
}

gboolean
eng_experiment_prepare (EngExperiment  *self,
                        EngProgressFunc progress,
                        gpointer        data,
                        GError        **error)
{
  for (guint i = 0; i < self->n_runs; i++)
    {
      EngTwoLayer *student = eng_learner_two_layer (eng_run_get_learner (self->runs[i]));
      EngBasis    *basis;

      if (check_cancelled (self, error) || !find_basis (self, student, &basis, error))
        return FALSE;
      if (progress != NULL)
        progress ((i + 0.5) / self->n_runs, data);
      if (check_cancelled (self, error))
        return FALSE;
      if (!eng_run_prepare (self->runs[i], basis, self->lanes, error))
        {
          g_prefix_error (error, "run.%u: ", i + 1);
          return FALSE;
        }
      if (progress != NULL)
        progress ((i + 1.0) / self->n_runs, data);
    }
  return !check_cancelled (self, error);
}

/* --- advancing ---------------------------------------------------------------------------- */

static guint
find_active (EngExperiment *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_runs; i++)
    if (eng_run_get_status (self->runs[i]) == ENG_STATUS_CONTINUE)
      self->active[n++] = i;
  return n;
}

static void
advance_lane (guint lane, gpointer data)
{
  EngExperiment *self = data;

  eng_run_advance (self->runs[self->active[lane]], self->until, NULL);
}

/* With enough runs every thread takes a whole run, which needs no meeting point within a
 * step; else the threads share the blocks of each step.  The numbers are the same. */
static void
advance_active (EngExperiment *self, guint n_active)
{
  if (n_active >= eng_lanes_get_n_threads (self->lanes))
    {
      eng_lanes_run (self->lanes, n_active, advance_lane, self);
      return;
    }
  for (guint i = 0; i < n_active; i++)
    eng_run_advance (self->runs[self->active[i]], self->until, self->lanes);
}

static void
apply_change (EngExperiment *self, guint run, const char *key, const char *value)
{
  double number;

  /* Checked when the change was accepted. */
  if (eng_param_parse_number (value, (double) self->problem->d, &number, NULL))
    eng_run_change (self->runs[run], key, number);
}

/* Applies the file's changes that are due; returns the step of the next one. */
static guint64
apply_due_changes (EngExperiment *self)
{
  for (; self->next_change < eng_spec_get_n_changes (self->spec); self->next_change++)
    {
      const EngChange *change = eng_spec_get_change (self->spec, self->next_change);

      if (change->step > self->step)
        return change->step;
      apply_change (self, change->run, change->key, change->value);
    }
  return G_MAXUINT64;
}

EngStatus
eng_experiment_advance (EngExperiment *self, guint64 n_steps)
{
  guint64 target = self->step + MIN (n_steps, self->planned - self->step);

  while (self->step < target)
    {
      guint64 next_change = apply_due_changes (self);
      guint   n_active = find_active (self);

      if (n_active == 0)
        return ENG_STATUS_FINISHED;
      self->until = MIN (target, next_change);
      advance_active (self, n_active);
      if (self->cancel != NULL && g_atomic_int_get (self->cancel) != 0)
        return ENG_STATUS_CONTINUE; /* runs may differ by some steps: only to be freed */
      self->step = self->until;
    }
  return find_active (self) > 0 ? ENG_STATUS_CONTINUE : ENG_STATUS_FINISHED;
}

gboolean
eng_experiment_change (EngExperiment *self,
                       guint          run,
                       const char    *key,
                       const char    *value,
                       GError       **error)
{
  EngChange change = { self->step, run, (char *) key, (char *) value };
  EngSpec  *changed = eng_spec_with_change (self->spec, &change, error);

  if (changed == NULL)
    return FALSE;
  eng_spec_unref (self->spec);
  self->spec = changed;
  return TRUE;
}

void
eng_experiment_set_words (EngExperiment *self, EngSpec *words)
{
  EngSpec *spec = eng_spec_with_words_of (self->spec, words);

  eng_spec_unref (self->spec);
  self->spec = spec;
}

void
eng_experiment_stop (EngExperiment *self)
{
  for (guint i = 0; i < self->n_runs; i++)
    eng_run_stop (self->runs[i], self->lanes);
}

/* --- access ------------------------------------------------------------------------------- */

EngSpec *
eng_experiment_get_spec (EngExperiment *self)
{
  return self->spec;
}

EngProblem *
eng_experiment_get_problem (EngExperiment *self)
{
  return self->problem;
}

guint
eng_experiment_get_n_runs (EngExperiment *self)
{
  return self->n_runs;
}

EngRun *
eng_experiment_get_run (EngExperiment *self, guint run)
{
  g_return_val_if_fail (run < self->n_runs, NULL);
  return self->runs[run];
}

guint64
eng_experiment_get_step (EngExperiment *self)
{
  guint64 step = 0;

  for (guint i = 0; i < self->n_runs; i++)
    step = MAX (step, eng_run_get_step (self->runs[i]));
  return step;
}

guint64
eng_experiment_get_planned (EngExperiment *self)
{
  return self->planned;
}

static gboolean
has_ended (EngExperiment *self)
{
  for (guint i = 0; i < self->n_runs; i++)
    if (eng_run_get_status (self->runs[i]) == ENG_STATUS_CONTINUE)
      return FALSE;
  return TRUE;
}

/* β*, if there is anything to compare it with. */
static void
fill_teacher (EngExperiment *self, EngCoefficients *teacher)
{
  EngCoefficients linear = { .n = self->problem->d };

  for (guint i = 0; i < self->n_runs && self->problem->linear != NULL; i++)
    if (eng_learner_coefficients (eng_run_get_learner (self->runs[i])) != NULL)
      {
        eng_coefficients_copy (teacher, &linear, self->problem->linear);
        return;
      }
}

EngSnapshot *
eng_experiment_snapshot (EngExperiment *self)
{
  EngSnapshot *snapshot = eng_snapshot_new (self->spec, self->n_runs);
  EngProblem  *problem = self->problem;

  snapshot->phase = has_ended (self) ? ENG_PHASE_DONE : ENG_PHASE_PAUSED;
  snapshot->step = eng_experiment_get_step (self);
  snapshot->planned = self->planned;
  snapshot->facts = (EngFacts){
    .d = problem->d,
    .n = problem->n,
    .n_test = problem->n_test,
    .k = problem->k,
    .variance = problem->variance,
    .noise_level = problem->noise * problem->noise / problem->variance,
    .best_low_fit = problem->best_low_fit,
    .on_sphere = problem->has_law && problem->inputs.law == ENG_LAW_SPHERE,
    .n_directions = problem->directions.rows,
    .true_rank = problem->truth.rank,
  };
  snapshot->truth.rank = problem->truth.rank;
  snapshot->truth.eigenvalues = g_memdup2 (problem->truth.s,
                                           problem->truth.rank * sizeof (double));
  for (guint i = 0; i < self->n_runs; i++)
    {
      snapshot->runs[i].label = g_strdup (eng_spec_get_run_label (self->spec, i));
      eng_run_publish (self->runs[i], self->lanes);
      eng_run_fill_view (self->runs[i], &snapshot->runs[i]);
    }
  fill_teacher (self, &snapshot->teacher);
  return snapshot;
}
