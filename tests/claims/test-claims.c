/* SPDX-License-Identifier: GPL-3.0-or-later
 * The documents' claims, at their presets: `test-claims PRESET` trains the preset on five
 * seeds that were not used to choose any setting and checks the bounds of its table.
 *
 * Bounds are of two kinds (NOTATION of the science pages): acceptance bounds that every
 * seed must meet, and measured means that the mean of the five seeds must come near, within
 * max (3 sd, 35 %) of the mean measured with the NumPy reference on three seeds. */
#include "config.h"

#include "eng-experiment.h"

#include <math.h>
#include <string.h>

#define N_SEEDS    5
#define FIRST_SEED 10

/* How near a mean must come: the spread of three seeds is itself uncertain. */
#define MEAN_TOLERANCE 0.35
#define MEAN_SPREADS   3.0

typedef enum
{
  EVERY_BELOW, /* on every seed: value < bound */
  EVERY_ABOVE, /* on every seed: value > bound */
  MEAN_BELOW,  /* mean < bound */
  MEAN_ABOVE,  /* mean > bound */
  MEAN_NEAR,   /* mean within max (3 sd, 35 %) of bound */
  MEAN_LESS,   /* mean < bound × the mean of the same column in run `other` */
} Kind;

typedef struct
{
  const char *preset;
  guint       run; /* from 1 */
  const char *column;
  Kind        kind;
  double      bound, spread;
  guint       other;
} Claim;

static const Claim claims[] = {
  /* P7: acceptance bounds, met by the reference on seeds 10 to 14. */
  { "joint-quick-quad", 4, "test-loss", EVERY_BELOW, 0.02 },
  { "joint-quick-quad", 1, "test-loss", EVERY_ABOVE, 0.15 },
  { "joint-quick-quad", 4, "energy-q2", EVERY_BELOW, 0.01 },
  { "joint-quick-quad", 4, "energy-q3", EVERY_ABOVE, 15 },
  { "joint-quick-softplus", 4, "test-loss", EVERY_BELOW, 0.03 },
  { "joint-quick-softplus", 4, "energy-q2", EVERY_BELOW, 0.3 },
  { "joint-quick-softplus", 4, "energy-q3", EVERY_ABOVE, 90 },
  { "joint-quick-softplus", 1, "test-loss", EVERY_ABOVE, 0.15 },
  /* P3, P3b. */
  { "quadratic-learns-sparse", 2, "test-loss", EVERY_BELOW, 0.1 },
  { "quadratic-learns-sparse", 1, "test-loss", EVERY_ABOVE, 0.6 },
  { "quadratic-learns-cubic", 2, "test-loss", EVERY_BELOW, 0.15 },
  { "quadratic-learns-cubic", 1, "test-loss", EVERY_ABOVE, 0.5 },
  /* P2. */
  { "lazy-misses-quadratic", 1, "test-loss", MEAN_NEAR, 0.453, 0.014 },
  { "lazy-misses-quadratic", 1, "recovered-degree-1", MEAN_NEAR, 0.979, 0.043 },
  { "lazy-misses-quadratic", 1, "recovered-degree-2", MEAN_NEAR, 0.210, 0.019 },
  /* P4. */
  { "quadratic-misses-linear", 1, "test-loss", MEAN_NEAR, 0.012, 0.001 },
  { "quadratic-misses-linear", 2, "test-low", MEAN_NEAR, 1.005, 0.035 },
  /* P5. */
  { "signed-dropout", 3, "test-low", MEAN_NEAR, 0.514, 0.002 },
  { "signed-dropout", 3, "test-high", MEAN_NEAR, 0.123, 0.026 },
  /* P6. */
  { "joint-softplus", 1, "test-loss", MEAN_NEAR, 0.378, 0.086 },
  { "joint-softplus", 2, "test-loss", MEAN_NEAR, 0.923, 0.10 },
  { "joint-softplus", 3, "test-loss", MEAN_NEAR, 0.176, 0.085 },
  { "joint-softplus", 4, "test-loss", MEAN_NEAR, 0.027, 0.014 },
  { "joint-softplus", 1, "energy-q2", MEAN_NEAR, 101, 17 },
  { "joint-softplus", 4, "energy-q2", MEAN_NEAR, 2.0, 0.2 },
  { "joint-softplus", 4, "energy-q3", MEAN_NEAR, 138, 9 },
  /* P6q. */
  { "joint-quad", 1, "test-loss", MEAN_NEAR, 0.376, 0 },
  { "joint-quad", 2, "test-loss", MEAN_NEAR, 1.16, 0 },
  { "joint-quad", 3, "test-loss", MEAN_NEAR, 0.336, 0 },
  { "joint-quad", 4, "test-loss", MEAN_NEAR, 0.0018, 0.0011 },
  { "joint-quad", 1, "energy-q2", MEAN_NEAR, 4.7, 0.7 },
  { "joint-quad", 4, "energy-q2", MEAN_NEAR, 0.19, 0.02 },
  { "joint-quad", 4, "energy-q3", MEAN_NEAR, 24.5, 1.5 },
  { "joint-quad", 1, "energy-q3", EVERY_BELOW, 1e-6 }, /* Q3 is exactly null for f_L */
  /* P8, P8s. */
  { "joint-headline", 1, "test-loss", MEAN_NEAR, 0.421, 0.048 },
  { "joint-headline", 3, "test-loss", MEAN_NEAR, 0.395, 0.057 },
  { "joint-headline", 4, "test-loss", MEAN_NEAR, 0.0085, 0.0001 },
  { "joint-headline-softplus", 1, "test-loss", MEAN_NEAR, 0.423, 0.048 },
  { "joint-headline-softplus", 3, "test-loss", MEAN_NEAR, 0.239, 0.061 },
  { "joint-headline-softplus", 4, "test-loss", MEAN_NEAR, 0.023, 0.006 },
  /* P9. */
  { "joint-degree-3", 1, "test-loss", MEAN_NEAR, 0.304, 0.052 },
  { "joint-degree-3", 2, "test-loss", MEAN_NEAR, 0.139, 0.013 },
  { "joint-degree-3", 3, "test-loss", MEAN_NEAR, 0.158, 0.038 },
  { "joint-degree-3", 4, "test-loss", MEAN_NEAR, 0.020, 0.010 },
  /* P10: mean test loss at α = 10 more than 2.5 times that at α = 0.03, and drifts. */
  { "lazy-to-rich", 4, "test-loss", MEAN_LESS, 1 / 2.5, 0, 1 },
  { "lazy-to-rich", 1, "kernel-drift", MEAN_BELOW, 0.03 },
  { "lazy-to-rich", 4, "kernel-drift", MEAN_ABOVE, 0.35 },
  /* P10b. */
  { "lazy-to-rich-neuron", 1, "test-loss", MEAN_NEAR, 0.305, 0 },
  { "lazy-to-rich-neuron", 2, "test-loss", MEAN_NEAR, 0.280, 0 },
  { "lazy-to-rich-neuron", 3, "test-loss", MEAN_NEAR, 0.049, 0 },
  { "lazy-to-rich-neuron", 4, "test-loss", MEAN_NEAR, 0.037, 0 },
  { "lazy-to-rich-neuron", 1, "kernel-drift", MEAN_NEAR, 0.014, 0 },
  { "lazy-to-rich-neuron", 4, "kernel-drift", MEAN_NEAR, 0.60, 0 },
  /* P11. */
  { "lazy-to-rich-quadratic", 1, "test-loss", MEAN_NEAR, 0.694, 0 },
  { "lazy-to-rich-quadratic", 2, "test-loss", MEAN_NEAR, 0.398, 0 },
  { "lazy-to-rich-quadratic", 3, "test-loss", MEAN_NEAR, 0.199, 0 },
  { "lazy-to-rich-quadratic", 4, "test-loss", MEAN_NEAR, 0.193, 0 },
  /* D2's figure: the test loss falls from λ1 = 0 to λ1 = 10 and R1 stays small. */
  { "escape-figure", 4, "test-loss", MEAN_LESS, 1, 0, 1 },
  { "escape-figure", 4, "r1", MEAN_LESS, 0.1, 0, 1 },
};

static const char *preset;
/* (N_SEEDS) last values of every run's columns, as snapshots. */
static EngSnapshot *results[N_SEEDS];

static EngSpec *
load_preset (guint seed)
{
  g_autofree char    *name = g_strconcat (preset, ENG_SPEC_SUFFIX, NULL);
  g_autofree char    *path = g_build_filename (g_getenv ("ESC_SOURCE_ROOT"), "data",
                                               "presets", name, NULL);
  g_autofree char    *text = g_strdup_printf ("%u", seed);
  g_autoptr (GFile)   file = g_file_new_for_path (path);
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) shipped = eng_spec_load (file, &error);
  EngSpec            *seeded;

  g_assert_no_error (error);
  seeded = eng_spec_with_value (shipped, "problem", "seed", text, &error);
  g_assert_no_error (error);
  return seeded;
}

static void
test_train (gconstpointer data)
{
  guint                     index = GPOINTER_TO_UINT (data);
  g_autoptr (EngSpec)       spec = load_preset (FIRST_SEED + index);
  g_autoptr (GError)        error = NULL;
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, &error));
  g_assert_no_error (error);
  while (eng_experiment_advance (experiment, 1000) == ENG_STATUS_CONTINUE)
    ;
  results[index] = eng_experiment_snapshot (experiment);
  for (guint run = 0; run < results[index]->n_runs; run++)
    g_assert_cmpint (results[index]->runs[run].status, !=, ENG_STATUS_DIVERGED);
}

static double
value_of (const Claim *claim, guint run, guint seed)
{
  double value = eng_trace_get_last (results[seed]->runs[run - 1].trace, claim->column);

  g_assert_true (isfinite (value));
  return value;
}

static double
mean_of (const Claim *claim, guint run)
{
  double sum = 0.0;

  for (guint seed = 0; seed < N_SEEDS; seed++)
    sum += value_of (claim, run, seed);
  return sum / N_SEEDS;
}

static void
test_claim (gconstpointer data)
{
  const Claim *claim = data;
  double       mean = mean_of (claim, claim->run);

  g_test_message ("%s run %u %s: mean %.5g, bound %.5g", claim->preset, claim->run,
                  claim->column, mean, claim->bound);
  switch (claim->kind)
    {
    case EVERY_BELOW:
      for (guint seed = 0; seed < N_SEEDS; seed++)
        g_assert_cmpfloat (value_of (claim, claim->run, seed), <, claim->bound);
      break;
    case EVERY_ABOVE:
      for (guint seed = 0; seed < N_SEEDS; seed++)
        g_assert_cmpfloat (value_of (claim, claim->run, seed), >, claim->bound);
      break;
    case MEAN_BELOW:
      g_assert_cmpfloat (mean, <, claim->bound);
      break;
    case MEAN_ABOVE:
      g_assert_cmpfloat (mean, >, claim->bound);
      break;
    case MEAN_NEAR:
      g_assert_cmpfloat (
          fabs (mean - claim->bound), <=,
          MAX (MEAN_SPREADS * claim->spread, MEAN_TOLERANCE * claim->bound));
      break;
    case MEAN_LESS:
      g_assert_cmpfloat (mean, <, claim->bound * mean_of (claim, claim->other));
      break;
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  preset = argv[1];
  for (guint seed = 0; seed < N_SEEDS; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/claims/%s/seed-%u", preset,
                                               FIRST_SEED + seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_train);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (claims); i++)
    if (strcmp (claims[i].preset, preset) == 0)
      {
        g_autofree char *path = g_strdup_printf ("/claims/%s/run-%u-%s-%" G_GSIZE_FORMAT,
                                                 preset, claims[i].run, claims[i].column,
                                                 i);

        g_test_add_data_func (path, &claims[i], test_claim);
      }
  status = g_test_run ();
  for (guint seed = 0; seed < N_SEEDS; seed++)
    g_clear_pointer (&results[seed], eng_snapshot_unref);
  return status;
}
