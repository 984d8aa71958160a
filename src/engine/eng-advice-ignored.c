/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys that a file has and that do nothing, by the choices beside them. */
#include "config.h"

#include "eng-advice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
add (GPtrArray  *lines,
     const char *group,
     const char *key,
     const char *cause,
     const char *id)
{
  /* Translators: a key of a group, and the key that makes it useless with its value. */
  g_ptr_array_add (lines, g_strdup_printf (_ ("%s.%s has no effect with %s=%s"), group,
                                           key, cause, id));
}

/* What was written, or what holds without. */
static const char *
get_text (const EngSettings *settings, const EngParam *param)
{
  const char *written = eng_settings_get_written (settings, param->key);

  return written != NULL ? written : param->fallback;
}

/* The key nearest to the root that does not have the value on which `param` depends. */
static const EngParam *
find_cause (const EngSettings *settings, const EngParam *param)
{
  const EngParam *cause = param;

  do
    cause = eng_param_find (eng_settings_get_tables (settings), cause->only_key);
  while (!eng_settings_is_relevant (settings, cause));
  return cause;
}

static void
add_ignored (GPtrArray         *lines,
             const char        *group,
             const EngSettings *settings,
             const EngParam    *param)
{
  const EngParam *cause;

  if (eng_settings_get_written (settings, param->key) == NULL
      || eng_settings_is_relevant (settings, param))
    return;
  cause = find_cause (settings, param);
  if (get_text (settings, cause) != NULL)
    add (lines, group, param->key, cause->key, get_text (settings, cause));
  else
    g_ptr_array_add (lines, g_strdup_printf (_ ("%s.%s has no effect without %s"), group,
                                             param->key, cause->key));
}

static void
add_group (GPtrArray *lines, const char *group, const EngSettings *settings)
{
  const EngParam *const *tables = eng_settings_get_tables (settings);
  const EngParam        *step_size = eng_param_find (tables, "step-size");

  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      add_ignored (lines, group, settings, param);
  /* No choice: the step size is given, and need not follow from the rate. */
  if (step_size != NULL && eng_param_find (tables, "rate") != NULL
      && eng_settings_get_written (settings, "rate") != NULL
      && eng_settings_get_written (settings, "step-size") != NULL)
    add (lines, group, "rate", "step-size", get_text (settings, step_size));
}

char **
eng_advice_list_ignored (EngSpec *spec)
{
  GPtrArray *lines = g_ptr_array_new ();

  add_group (lines, "problem", eng_spec_get_problem (spec));
  add_group (lines, "observe", eng_spec_get_observe (spec));
  for (guint run = 0; run < eng_spec_get_n_runs (spec); run++)
    {
      g_autofree char *group = g_strdup_printf ("run.%u", run + 1);

      add_group (lines, group, eng_spec_get_run (spec, run));
    }
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (lines, FALSE);
}
