/* SPDX-License-Identifier: GPL-3.0-or-later
 * escapement-cli list: what there is, with parameters, ranges and defaults. */
#include "config.h"

#include "cli.h"
#include "eng-activation.h"
#include "eng-registry.h"
#include "eng-suggest.h"

#include <glib/gi18n.h>
#include <string.h>

/* A problem or a learner. */
typedef struct
{
  const char            *id, *help;
  const EngParam *const *tables;
} Owner;

/* --- keys ---------------------------------------------------------------------------- */

/* (transfer full): the second of the two lines that a key takes. */
static char *
describe_range (const EngParam *param)
{
  g_autofree char *range = eng_param_describe_range (param);
  gboolean         is_live = (param->flags & ENG_PARAM_LIVE) != 0;

  if (param->fallback != NULL && *param->fallback != '\0')
    /* Translators: what values a key allows, such as "in (0, 4]", and its default. */
    return g_strdup_printf (is_live ? _ ("%s; default %s; may change during a run")
                                    : _ ("%s; default %s"),
                            range, param->fallback);
  if ((param->flags & ENG_PARAM_OPTIONAL) || param->fallback != NULL)
    return g_strdup_printf (is_live ? _ ("%s; optional; may change during a run")
                                    : _ ("%s; optional"),
                            range);
  return g_strdup_printf (
      is_live ? _ ("%s; required; may change during a run") : _ ("%s; required"), range);
}

/* (transfer full) */
static char *
describe_param (const EngParam *param)
{
  g_autofree char *range = describe_range (param);

  return g_strdup_printf ("      %-16s %s\n      %-16s %s\n", param->key,
                          param->help != NULL ? _ (param->help) : _ (param->title), "",
                          range);
}

/* Whether all owners have the key, and alike. */
static gboolean
is_shared (const EngParam *param, const GArray *owners)
{
  g_autofree char *text = describe_param (param);

  for (guint i = 0; i < owners->len; i++)
    {
      const Owner     *owner = &g_array_index (owners, Owner, i);
      const EngParam  *same = eng_param_find (owner->tables, param->key);
      g_autofree char *other = same == NULL ? NULL : describe_param (same);

      if (g_strcmp0 (text, other) != 0)
        return FALSE;
    }
  return TRUE;
}

typedef enum
{
  KEYS_ALL,
  KEYS_SHARED,
  KEYS_OWN,
} Keys;

/* owners (nullable): those that keys may be shared with */
static void
print_params (const EngParam *const *tables, const GArray *owners, Keys wanted)
{
  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      if (wanted == KEYS_ALL || is_shared (param, owners) == (wanted == KEYS_SHARED))
        {
          g_autofree char *text = describe_param (param);

          g_print ("%s", text);
        }
}

/* --- problems and learners ----------------------------------------------------------- */

/* (element-type Owner) */
static GArray *
get_problems (void)
{
  const EngProblemClass *const *all = eng_registry_get_problems ();
  GArray                       *owners = g_array_new (FALSE, FALSE, sizeof (Owner));

  for (gsize i = 0; all[i] != NULL; i++)
    {
      Owner owner = { all[i]->id, all[i]->help, all[i]->tables };

      g_array_append_val (owners, owner);
    }
  return owners;
}

/* (element-type Owner) */
static GArray *
get_learners (void)
{
  const EngLearnerClass *const *all = eng_registry_get_learners ();
  GArray                       *owners = g_array_new (FALSE, FALSE, sizeof (Owner));

  for (gsize i = 0; all[i] != NULL; i++)
    {
      Owner owner = { all[i]->id, all[i]->help, all[i]->tables };

      g_array_append_val (owners, owner);
    }
  return owners;
}

/* `one` NULL: all, with what they share said once.  Returns: whether there is such a one. */
static gboolean
print_owners (const char   *title,
              const char   *shared,
              const GArray *owners,
              const char   *one)
{
  gboolean found = FALSE;

  if (one == NULL)
    {
      g_print ("%s\n  %s\n", title, shared);
      print_params (g_array_index (owners, Owner, 0).tables, owners, KEYS_SHARED);
    }
  for (guint i = 0; i < owners->len; i++)
    {
      const Owner *owner = &g_array_index (owners, Owner, i);

      if (one != NULL && strcmp (owner->id, one) != 0)
        continue;
      if (one != NULL)
        g_print ("%s\n", title);
      g_print ("  %s: %s\n", owner->id, _ (owner->help));
      print_params (owner->tables, owners, one == NULL ? KEYS_OWN : KEYS_ALL);
      found = TRUE;
    }
  return found;
}

static gboolean
list_problems (const char *one)
{
  g_autoptr (GArray) owners = get_problems ();

  return print_owners (_ ("Problems ([problem] kind=…)"), _ ("Keys of every problem:"),
                       owners, one);
}

static gboolean
list_learners (const char *one)
{
  g_autoptr (GArray) owners = get_learners ();

  return print_owners (_ ("Learners ([run.N] learner=…)"), _ ("Keys of every run:"),
                       owners, one);
}

/* --- what has no keys ---------------------------------------------------------------- */

static gboolean
list_activations (const char *one)
{
  gboolean found = FALSE;

  if (one == NULL)
    g_print ("%s\n", _ ("Activations (activation=…)"));
  for (const EngActivation *a = eng_activation_get_all (); a->id != NULL; a++)
    {
      if (one != NULL && strcmp (a->id, one) != 0)
        continue;
      if (one != NULL)
        g_print ("%s\n", _ ("Activations (activation=…)"));
      g_print ("  %-16s ", a->id);
      /* Translators: an activation without a second derivative. */
      g_print (a->has_second ? "%s\n" : _ ("%s; no quadratic term\n"), _ (a->title));
      found = TRUE;
    }
  return found;
}

static gboolean
list_observables (const char *one)
{
  const EngObservableClass *const *all = eng_registry_get_observables ();
  gboolean                         found = FALSE;

  if (one == NULL)
    g_print ("%s\n", _ ("Observables (columns of traces.csv)"));
  for (gsize i = 0; all[i] != NULL; i++)
    {
      if (one != NULL && strcmp (all[i]->id, one) != 0)
        continue;
      if (one != NULL)
        g_print ("%s\n", _ ("Observables (columns of traces.csv)"));
      g_print ("  %s: %s\n", all[i]->id, _ (all[i]->help));
      for (const EngColumn *column = all[i]->columns; column->id != NULL; column++)
        g_print ("      %-20s %s\n", column->id, _ (column->title));
      found = TRUE;
    }
  if (one != NULL)
    return found;
  g_print ("%s\n", _ ("Keys of [observe]"));
  print_params (eng_registry_get_observe_tables (), NULL, KEYS_ALL);
  return TRUE;
}

static void
print_preset (const char *id, gboolean at_length)
{
  g_autoptr (GKeyFile) file = cli_open_experiment (id, NULL);
  g_autofree char     *title = NULL, *description = NULL;

  if (file == NULL)
    return;
  title = g_key_file_get_string (file, "experiment", "title", NULL);
  description = g_key_file_get_string (file, "experiment", "description", NULL);
  g_print ("  %-26s %s\n", id, title != NULL ? _ (title) : "");
  if (at_length && description != NULL)
    g_print ("%s\n", _ (description));
}

static gboolean
list_presets (const char *one)
{
  const char *const *ids = cli_preset_ids ();
  gboolean           found = one == NULL || g_strv_contains (ids, one);

  if (found)
    g_print ("%s\n", _ ("Presets"));
  for (gsize i = 0; ids[i] != NULL; i++)
    if (one == NULL || strcmp (ids[i], one) == 0)
      print_preset (ids[i], one != NULL);
  return found;
}

/* --- words --------------------------------------------------------------------------- */

static const struct
{
  const char *word;
  gboolean (*print) (const char *one);
} sections[] = {
  { "problems", list_problems },       { "learners", list_learners },
  { "activations", list_activations }, { "observables", list_observables },
  { "presets", list_presets },
};

/* A section, or whatever has the name, in all of them: a network teaches and learns. */
static gboolean
list_word (const char *word)
{
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    if (strcmp (word, sections[i].word) == 0)
      return sections[i].print (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    found = sections[i].print (word) || found;
  return found;
}

static void
add_ids (GPtrArray *words, GArray *owners)
{
  for (guint i = 0; i < owners->len; i++)
    g_ptr_array_add (words, (gpointer) g_array_index (owners, Owner, i).id);
  g_array_unref (owners);
}

static int
refuse_word (const char *word)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autofree char      *message = NULL;
  const char           *meant;

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    g_ptr_array_add (known, (gpointer) sections[i].word);
  add_ids (known, get_problems ());
  add_ids (known, get_learners ());
  for (const EngActivation *a = eng_activation_get_all (); a->id != NULL; a++)
    g_ptr_array_add (known, (gpointer) a->id);
  for (gsize i = 0; eng_registry_get_observables ()[i] != NULL; i++)
    g_ptr_array_add (known, (gpointer) eng_registry_get_observables ()[i]->id);
  for (gsize i = 0; cli_preset_ids ()[i] != NULL; i++)
    g_ptr_array_add (known, (gpointer) cli_preset_ids ()[i]);
  g_ptr_array_add (known, NULL);
  meant = eng_suggest (word, (const char *const *) known->pdata);
  if (meant != NULL)
    message = g_strdup_printf (
        _ ("there is nothing called “%s” (did you mean “%s”?); list "
           "takes problems, learners, activations, observables, "
           "presets, or the name of one of these"),
        word, meant);
  else
    message = g_strdup_printf (_ ("there is nothing called “%s”; list takes problems, "
                                  "learners, activations, observables, presets, or the "
                                  "name of one of these"),
                               word);
  return cli_refuse (message);
}

int
cli_list (int argc, char **argv)
{
  const GOptionEntry none[] = { G_OPTION_ENTRY_NULL };

  if (!cli_parse (none, "[problems|learners|activations|observables|presets|NAME]", &argc,
                  &argv))
    return CLI_BAD_INPUT;
  if (argc > 2)
    return cli_refuse (_ ("list takes one word at most"));
  if (argc == 2)
    return list_word (argv[1]) ? CLI_DONE : refuse_word (argv[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    (void) sections[i].print (NULL);
  return CLI_DONE;
}
