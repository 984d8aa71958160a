/* SPDX-License-Identifier: GPL-3.0-or-later
 * escapement-cli show: an experiment with all its settings, defaults included. */
#include "config.h"

#include "cli.h"

#include <glib/gi18n.h>

static void
print_settings (const char *group, const EngSettings *settings)
{
  const EngParam *const *tables = eng_settings_get_tables (settings);

  g_print ("\n[%s]\n", group);
  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      {
        const char *written = eng_settings_get_written (settings, param->key);
        const char *value = written != NULL ? written : param->fallback;

        if (!eng_settings_is_relevant (settings, param) || value == NULL)
          continue;
        if (param->kind == ENG_PARAM_INT && g_strstr_len (value, -1, "d") != NULL
            && !eng_settings_is_fixed (settings, param->key))
          g_print ("# %s = %" G_GINT64_FORMAT "\n", param->key,
                   eng_settings_get_int (settings, param->key));
        g_print ("%s%s=%s\n", written != NULL ? "" : "# ", param->key, value);
      }
}

static void
print_change (guint number, const EngChange *change)
{
  g_print ("\n[change.%u]\nstep=%" G_GUINT64_FORMAT "\nrun=%u\nkey=%s\nvalue=%s\n",
           number, change->step, change->run + 1, change->key, change->value);
}

int
cli_show (int argc, char **argv)
{
  const GOptionEntry  none[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (EngSpec) spec = NULL;
  GError             *error = NULL;

  if (!cli_parse (none, "PRESET|FILE|RUNFOLDER", &argc, &argv))
    return CLI_BAD_INPUT;
  if (argc != 2)
    return cli_refuse (_ ("show needs one PRESET, FILE or RUNFOLDER"));
  spec = cli_open_spec (argv[1], NULL, &error);
  if (spec == NULL)
    return cli_fail (error);
  g_print ("# %s\n\n", _ ("An experiment file. Lines that begin with # are defaults."));
  g_print ("[experiment]\nversion=%d\nname=%s\ntitle=%s\ndescription=%s\n",
           ENG_SPEC_VERSION, eng_spec_get_name (spec), eng_spec_get_title (spec),
           eng_spec_get_description (spec));
  print_settings ("problem", eng_spec_get_problem (spec));
  print_settings ("observe", eng_spec_get_observe (spec));
  for (guint run = 0; run < eng_spec_get_n_runs (spec); run++)
    {
      g_autofree char *group = g_strdup_printf ("run.%u", run + 1);

      print_settings (group, eng_spec_get_run (spec, run));
    }
  for (guint i = 0; i < eng_spec_get_n_changes (spec); i++)
    print_change (i + 1, eng_spec_get_change (spec, i));
  return CLI_DONE;
}
