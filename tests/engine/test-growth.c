/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rank that is chosen on held-out samples, and what a table with any mean asks of the
 * matrix methods. */
#include "eng-experiment.h"
#include "folder.h"
#include "trained.h"

#include <math.h>

static EngExperiment *
train (const char *text)
{
  EngExperiment *experiment = open_experiment (text, 1);

  while (eng_experiment_advance (experiment, 1000) == ENG_STATUS_CONTINUE)
    ;
  return experiment;
}

static double
last (EngExperiment *experiment, guint run, const char *column)
{
  return eng_trace_get_last (trace_of (experiment, run), column);
}

/* --- chosen ranks -------------------------------------------------------------------- */

static void
check_choice (guint d, guint rank, guint n, double noise)
{
  for (guint seed = 1; seed <= 3; seed++)
    {
      g_autofree char *text = g_strdup_printf (
          "[experiment]\nversion=1\n[problem]\nkind=quadratic-sensing\nd=%u\nrank=%u\n"
          "n=%u\nnoise=%g\nseed=%u\n[observe]\n[run.1]\nlearner=ap-rom\nsamples=batch\n"
          "growth=choose\nsteps=300\n",
          d, rank, n, noise, seed);
      g_autoptr (EngExperiment) experiment = train (text);

      g_test_message ("rank %u, n = %u, noise %g: chosen %g, error %.2g", rank, n, noise,
                      last (experiment, 0, "rank"),
                      last (experiment, 0, "relative-error"));
      g_assert_cmpfloat (last (experiment, 0, "rank"), ==, rank);
      /* All samples are fitted in the end. */
      g_assert_true (isnan (last (experiment, 0, "held-out")));
      if (noise == 0)
        g_assert_cmpfloat (last (experiment, 0, "relative-error"), <, 1e-6);
    }
}

/* Also where the samples are fitted exactly before all ranks were tried. */
static void
test_choice (void)
{
  check_choice (40, 5, 1600, 0);
  check_choice (40, 2, 640, 0);
  check_choice (40, 1, 400, 0);
  check_choice (100, 5, 4000, 0.42);
}

/* --- tables -------------------------------------------------------------------------- */

#define D    6
#define ROWS 400

/* y = 2 x_1² − x_2 x_3 + offset: of rank 3. */
static char *
write_table (const char *folder, double offset)
{
  g_autoptr (EngRng)  rng = eng_rng_new (4, "test", 0);
  g_autoptr (GString) text = g_string_new ("a,b,c,d,e,f,y\n");
  char               *path = g_build_filename (folder, "table.csv", NULL);

  for (guint i = 0; i < ROWS; i++)
    {
      double x[D];

      eng_rng_fill_gaussian (rng, D, x);
      for (guint j = 0; j < D; j++)
        g_string_append_printf (text, "%.17g,", x[j]);
      g_string_append_printf (text, "%.17g\n", 2 * x[0] * x[0] - x[1] * x[2] + offset);
    }
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  return path;
}

static void
test_offset (void)
{
  static const double offsets[] = { 0, 3, 1000 };
  g_autofree char    *folder = g_dir_make_tmp ("esc-growth-XXXXXX", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      g_autofree char *path = write_table (folder, offsets[i]);
      g_autofree char *text = g_strdup_printf (
          "[experiment]\nversion=1\n[problem]\nkind=data\nfile=%s\ntarget=y\n"
          "[run.1]\nlearner=ap-rom\nsamples=batch\nfit-rank=3\n"
          "[run.2]\nlearner=factored-gd\nfit-rank=3\nsteps=2000\n"
          "[run.3]\nlearner=nuclear-norm\nsteps=400\n[run.4]\nlearner=frobenius\n",
          path);
      g_autoptr (EngExperiment) experiment = train (text);

      for (guint run = 0; run < 4; run++)
        {
          EngRun *of = eng_experiment_get_run (experiment, run);

          g_test_message ("offset %g, run %u: test loss %.3g", offsets[i], run,
                          last (experiment, run, "test-loss"));
          g_assert_cmpint (eng_run_get_status (of), !=, ENG_STATUS_DIVERGED);
          /* The linear terms that standardising brings are no part of a matrix. */
          g_assert_cmpfloat (last (experiment, run, "test-loss"), <, 0.05);
        }
    }
  folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/growth/choice", test_choice);
  g_test_add_func ("/engine/growth/offset", test_offset);
  return g_test_run ();
}
