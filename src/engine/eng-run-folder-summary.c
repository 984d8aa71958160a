/* SPDX-License-Identifier: GPL-3.0-or-later
 * What summary.ini says of a run folder's experiment. */
#include "config.h"

#include "eng-run-folder-private.h"

#include "eng-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static double
get_number (GKeyFile *file, const char *group, const char *key)
{
  g_autofree char *text = g_key_file_get_value (file, group, key, NULL);

  return text != NULL ? g_ascii_strtod (text, NULL) : NAN;
}

static gboolean
get_whole (GKeyFile   *file,
           const char *group,
           const char *key,
           guint64     highest,
           guint64    *value,
           GError    **error)
{
  g_autofree char *text = g_key_file_get_value (file, group, key, NULL);

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, highest, value, NULL))
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               _ ("summary.ini: %s in [%s] is missing or no whole number"), key, group);
  return FALSE;
}

static gboolean
get_size (GKeyFile   *file,
          const char *group,
          const char *key,
          gsize      *value,
          GError    **error)
{
  guint64 number;

  if (!get_whole (file, group, key, G_MAXINT32, &number, error))
    return FALSE;
  *value = (gsize) number;
  return TRUE;
}

gboolean
eng_folder_read_facts (EngFolderReader *self, GError **error)
{
  static const char group[] = "experiment";
  EngFacts         *facts = &self->snapshot->facts;
  GKeyFile         *file = self->summary;
  gsize             k;

  if (!get_size (file, group, "d", &facts->d, error)
      || !get_size (file, group, "n", &facts->n, error)
      || !get_size (file, group, "n-test", &facts->n_test, error)
      || !get_size (file, group, "k", &k, error))
    return FALSE;
  facts->k = (guint) k;
  facts->variance = get_number (file, group, "variance");
  facts->noise_level = get_number (file, group, "noise-level");
  facts->best_low_fit = get_number (file, group, "best-low-fit");
  facts->on_sphere = g_key_file_get_boolean (file, group, "on-sphere", NULL);
  return TRUE;
}

gboolean
eng_folder_read_run (EngFolderReader *self, guint run, GError **error)
{
  g_autofree char       *group = g_strdup_printf ("run.%u", run + 1);
  EngRunView            *view = &self->snapshot->runs[run];
  EngSpec               *spec = self->snapshot->spec;
  const EngLearnerClass *klass = eng_spec_get_learner_class (spec, run);
  g_autofree char *status = g_key_file_get_value (self->summary, group, "status", NULL);
  g_autofree char *learner = g_key_file_get_value (self->summary, group, "learner", NULL);

  if (!eng_status_from_id (status, &view->status) || g_strcmp0 (learner, klass->id) != 0)
    {
      g_set_error (
          error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
          _ ("summary.ini does not belong to the experiment beside it: see [%s]"), group);
      return FALSE;
    }
  view->label = g_strdup (eng_spec_get_run_label (spec, run));
  view->learner = g_steal_pointer (&learner);
  view->linearised = klass->linearised;
  view->full_network = klass->full_network;
  view->step_size = get_number (self->summary, group, "step-size");
  view->stable_below = get_number (self->summary, group, "stable-below");
  view->restart_with = get_number (self->summary, group, "restart-with");
  if (!get_whole (self->summary, group, "steps", G_MAXINT64, &view->step, error)
      || !get_whole (self->summary, group, "planned", G_MAXINT64, &view->planned, error)
      || !get_size (self->summary, group, "m", &view->m, error))
    return FALSE;
  self->snapshot->step = MAX (self->snapshot->step, view->step);
  self->snapshot->planned = MAX (self->snapshot->planned, view->planned);
  if (view->status == ENG_STATUS_CONTINUE)
    self->snapshot->phase = ENG_PHASE_PAUSED;
  return TRUE;
}

static void
read_levels (GKeyFile *file, const char *group, EngSpectrum *spectrum)
{
  gsize              n_degrees = 0, n_multiplicities = 0, n_lambdas = 0;
  g_autofree int    *degrees = g_key_file_get_integer_list (file, group, "theory-degrees",
                                                            &n_degrees, NULL);
  g_autofree double *multiplicities = g_key_file_get_double_list (
      file, group, "theory-multiplicities", &n_multiplicities, NULL);
  g_autofree double *lambdas = g_key_file_get_double_list (
      file, group, "theory-eigenvalues", &n_lambdas, NULL);
  gsize n = MIN (n_degrees, MIN (n_multiplicities, n_lambdas));

  for (gsize i = 0; i < MIN (n, ENG_SPECTRUM_MAX_LEVELS); i++)
    {
      EngLevel *level = &spectrum->levels[spectrum->n_levels++];

      level->degree = (guint) MAX (degrees[i], 0);
      level->multiplicity = (gsize) CLAMP (multiplicities[i], 0, 1e15);
      level->lambda = lambdas[i];
    }
}

gboolean
eng_folder_read_spectrum_facts (EngFolderReader *self,
                                guint            run,
                                EngSpectrum     *spectrum,
                                GError         **error)
{
  g_autofree char *group = g_strdup_printf ("spectrum.%u", run + 1);
  GKeyFile        *file = self->summary;

  spectrum->k = self->snapshot->facts.k;
  if (!get_size (file, group, "probes", &spectrum->n_probes, error)
      || !get_size (file, group, "features", &spectrum->n_features, error)
      || !get_size (file, group, "q1", &spectrum->n_q1, error)
      || !get_size (file, group, "q2", &spectrum->n_q2, error))
    return FALSE;
  spectrum->q2_resolved = g_key_file_get_boolean (file, group, "q2-resolved", NULL);
  if (g_key_file_has_key (file, group, "groups-of", NULL)
      && !get_size (file, group, "groups-of", &spectrum->n_inputs, error))
    return FALSE;
  if (spectrum->step == 0)
    read_levels (file, group, spectrum);
  return TRUE;
}
