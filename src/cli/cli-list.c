/* SPDX-License-Identifier: GPL-3.0-or-later
 * escapement-cli list: what there is, with parameters, ranges and defaults. */
#include "config.h"

#include "cli.h"
#include "eng-activation.h"
#include "eng-registry.h"

#include <glib/gi18n.h>
#include <string.h>

static void
print_range (const EngParam *param)
{
  g_autofree char *range = eng_param_describe_range (param);
  gboolean         is_live = (param->flags & ENG_PARAM_LIVE) != 0;

  g_print ("      %-16s ", "");
  if (param->fallback != NULL && *param->fallback != '\0')
    /* Translators: what values a key allows, such as "in (0, 4]", and its default. */
    g_print (is_live ? _ ("%s; default %s; may change during a run\n")
                     : _ ("%s; default %s\n"),
             range, param->fallback);
  else if ((param->flags & ENG_PARAM_OPTIONAL) || param->fallback != NULL)
    g_print (is_live ? _ ("%s; optional; may change during a run\n")
                     : _ ("%s; optional\n"),
             range);
  else
    g_print (is_live ? _ ("%s; required; may change during a run\n")
                     : _ ("%s; required\n"),
             range);
}

static void
print_params (const EngParam *const *tables)
{
  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      {
        g_print ("      %-16s %s\n", param->key,
                 param->help != NULL ? _ (param->help) : _ (param->title));
        print_range (param);
      }
}

static void
list_problems (void)
{
  const EngProblemClass *const *all = eng_registry_get_problems ();

  g_print ("%s\n", _ ("Problems ([problem] kind=…)"));
  for (gsize i = 0; all[i] != NULL; i++)
    {
      g_print ("  %s: %s\n", all[i]->id, _ (all[i]->help));
      print_params (all[i]->tables);
    }
}

static void
list_learners (void)
{
  const EngLearnerClass *const *all = eng_registry_get_learners ();

  g_print ("%s\n", _ ("Learners ([run.N] learner=…)"));
  for (gsize i = 0; all[i] != NULL; i++)
    {
      g_print ("  %s: %s\n", all[i]->id, _ (all[i]->help));
      print_params (all[i]->tables);
    }
}

static void
list_activations (void)
{
  g_print ("%s\n", _ ("Activations (activation=…)"));
  for (const EngActivation *a = eng_activation_get_all (); a->id != NULL; a++)
    {
      g_print ("  %-16s ", a->id);
      /* Translators: an activation without a second derivative. */
      g_print (a->has_second ? "%s\n" : _ ("%s; no quadratic term\n"), _ (a->title));
    }
}

static void
list_observables (void)
{
  const EngObservableClass *const *all = eng_registry_get_observables ();

  g_print ("%s\n", _ ("Observables (columns of traces.csv)"));
  for (gsize i = 0; all[i] != NULL; i++)
    {
      g_print ("  %s: %s\n", all[i]->id, _ (all[i]->help));
      for (const EngColumn *column = all[i]->columns; column->id != NULL; column++)
        g_print ("      %-20s %s\n", column->id, _ (column->title));
    }
  g_print ("%s\n", _ ("Keys of [observe]"));
  print_params (eng_registry_get_observe_tables ());
}

static void
list_presets (void)
{
  const char *const *ids = cli_preset_ids ();

  g_print ("%s\n", _ ("Presets"));
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (GKeyFile) file = cli_open_experiment (ids[i], NULL);
      g_autofree char     *title = NULL;

      if (file != NULL)
        title = g_key_file_get_string (file, "experiment", "title", NULL);
      g_print ("  %-26s %s\n", ids[i], title != NULL ? _ (title) : "");
    }
}

static const struct
{
  const char *word;
  void (*print) (void);
} sections[] = {
  { "problems", list_problems },       { "learners", list_learners },
  { "activations", list_activations }, { "observables", list_observables },
  { "presets", list_presets },
};

int
cli_list (int argc, char **argv)
{
  const GOptionEntry none[] = { G_OPTION_ENTRY_NULL };
  gboolean           found = FALSE;

  if (!cli_parse (none, "[problems|learners|activations|observables|presets]", &argc,
                  &argv))
    return CLI_BAD_INPUT;
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    if (argc == 1 || (argc == 2 && strcmp (argv[1], sections[i].word) == 0))
      {
        sections[i].print ();
        found = TRUE;
      }
  if (found)
    return CLI_DONE;
  return cli_refuse (
      _ ("list takes one of problems, learners, activations, observables, presets"));
}
