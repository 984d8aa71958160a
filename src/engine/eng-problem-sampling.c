/* SPDX-License-Identifier: GPL-3.0-or-later
 * The inputs of a problem: their keys and their draws. */
#include "config.h"

#include "eng-problem-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Rows drawn between two looks at whether to stop. */
#define SAMPLE_ROWS 1024

static const EngChoice laws[] = {
  { "sphere", N_ ("Sphere of radius √d") },
  { "gaussian", N_ ("Gaussian") },
  { "elliptical", N_ ("Correlated Gaussian") },
  { "uniform", N_ ("Uniform") },
  { "signs", N_ ("Signs, ±1") },
  { NULL, NULL },
};

static const EngChoice storages[] = {
  { "memory", N_ ("Kept in memory") },
  { "streamed", N_ ("Drawn again in every pass") },
  { NULL, NULL },
};

const EngParam eng_problem_common_params[] = {
  { .key = "kind",
    .kind = ENG_PARAM_TEXT,
    .title = N_ ("Family"),
    .help = N_ ("what the teacher is made of") },
  { .key = "seed",
    .kind = ENG_PARAM_INT,
    .min = 0,
    .max = 9007199254740991.0,
    .fallback = "1",
    .title = N_ ("Seed"),
    .help = N_ ("same seed, same teacher, data and initial weights") },
  ENG_PARAM_END,
};

#define INPUT_PARAMS(default_d, default_n, default_law)                                  \
  { .key = "d",                                                                          \
    .kind = ENG_PARAM_INT,                                                               \
    .min = 2,                                                                            \
    .max = 10000,                                                                        \
    .fallback = default_d,                                                               \
    .title = N_ ("Dimension d"),                                                         \
    .help = N_ ("number of inputs of the teacher") },                                    \
      { .key = "n",                                                                      \
        .kind = ENG_PARAM_INT,                                                           \
        .min = 1,                                                                        \
        .max = 1e7,                                                                      \
        .fallback = default_n,                                                           \
        .title = N_ ("Samples n"),                                                       \
        .help = N_ ("training examples; may be written with d") },                       \
      { .key = "inputs",                                                                 \
        .kind = ENG_PARAM_CHOICE,                                                        \
        .choices = laws,                                                                 \
        .fallback = default_law,                                                         \
        .title = N_ ("Inputs"),                                                          \
        .help = N_ ("law of x, with |x|² ≈ d") },                                        \
  {                                                                                      \
    .key = "correlation", .kind = ENG_PARAM_REAL, .min = -0.99, .max = 0.99,             \
    .fallback = "0.5", .title = N_ ("Correlation"),                                      \
    .help = N_ ("of neighbouring coordinates"), .only_key = "inputs",                    \
    .only_id = "elliptical"                                                              \
  }
#define NOISE_PARAM                                                                      \
  {                                                                                      \
    .key = "noise", .kind = ENG_PARAM_REAL, .min = 0, .max = 100, .fallback = "0",       \
    .title = N_ ("Label Noise"),                                                         \
    .help = N_ ("standard deviation; never in the test target")                          \
  }
#define TEST_PARAM                                                                       \
  {                                                                                      \
    .key = "n-test", .kind = ENG_PARAM_INT, .min = 2, .max = 1e6, .fallback = "2000",    \
    .flags = ENG_PARAM_ADVANCED, .title = N_ ("Test Points"),                            \
    .help = N_ ("fresh inputs for the test loss")                                        \
  }

const EngParam eng_problem_sampling_params[] = {
  INPUT_PARAMS ("30", "1.5 d^1.5", "sphere"),
  NOISE_PARAM,
  TEST_PARAM,
  ENG_PARAM_END,
};
const EngParam eng_problem_input_params[] = {
  INPUT_PARAMS ("20", "3 d", "gaussian"),
  TEST_PARAM,
  ENG_PARAM_END,
};
const EngParam eng_problem_sensing_params[] = {
  INPUT_PARAMS ("100", "40 d", "gaussian"),
  NOISE_PARAM,
  TEST_PARAM,
  { .key = "storage",
    .kind = ENG_PARAM_CHOICE,
    .choices = storages,
    .fallback = "memory",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Training Inputs"),
    .help = N_ ("drawn again, they take time instead of memory") },
  ENG_PARAM_END,
};

/* --- draws ------------------------------------------------------------------------- */

gboolean
eng_problem_is_streamed (const EngSettings *settings)
{
  return eng_settings_has (settings, "storage")
         && eng_settings_is_choice (settings, "storage", "streamed");
}

void
eng_problem_read_sampling (EngProblem *self)
{
  static const EngLaw by_choice[] = { ENG_LAW_SPHERE, ENG_LAW_GAUSSIAN,
                                      ENG_LAW_ELLIPTICAL, ENG_LAW_UNIFORM,
                                      ENG_LAW_SIGNS };
  const char         *law;

  if (!eng_settings_has (self->settings, "inputs"))
    return;
  law = eng_settings_get_choice (self->settings, "inputs");
  for (gsize i = 0; laws[i].id != NULL; i++)
    if (strcmp (laws[i].id, law) == 0)
      self->inputs.law = by_choice[i];
  self->has_law = TRUE;
  self->d = (gsize) eng_settings_get_int (self->settings, "d");
  self->n = (gsize) eng_settings_get_int (self->settings, "n");
  self->n_test = (gsize) eng_settings_get_int (self->settings, "n-test");
  if (eng_settings_has (self->settings, "noise"))
    self->noise = eng_settings_get_double (self->settings, "noise");
  self->streamed = eng_problem_is_streamed (self->settings);
  self->inputs.d = self->d;
  self->inputs.correlation = eng_settings_get_double (self->settings, "correlation");
}

void
eng_problem_sample (EngProblem *self, EngRng *rng, EngMatF *x)
{
  if (self->klass->sample != NULL)
    self->klass->sample (self, rng, x);
  else
    eng_inputs_sample (&self->inputs, rng, x);
}

typedef struct
{
  EngProblem    *problem;
  EngRng *const *rngs;
  EngMatF       *x;
} Draw;

static void
sample_lane (guint lane, gpointer data)
{
  const Draw *job = data;
  gsize       first, last;
  EngMatF     rows;

  eng_lanes_share (job->x->rows, lane, &first, &last);
  rows = eng_matf_rows (job->x, first, last - first);
  eng_inputs_sample (&job->problem->inputs, job->rngs[lane], &rows);
}

void
eng_problem_sample_by_lanes (EngProblem    *self,
                             EngRng *const *rngs,
                             EngMatF       *x,
                             EngLanes      *lanes)
{
  Draw job = { self, rngs, x };

  /* Own inputs are drawn without repetition: by one. */
  if (self->klass->sample != NULL)
    self->klass->sample (self, rngs[0], x);
  else
    eng_lanes_run (lanes, ENG_N_LANES, sample_lane, &job);
}

static void
sample_stream (EngProblem *self, const char *stream, EngMatF *x)
{
  g_autoptr (EngRng) rng = eng_rng_new (eng_spec_get_seed (self->spec), stream, 0);

  for (gsize first = 0; first < x->rows && !eng_problem_should_stop (self);
       first += SAMPLE_ROWS)
    {
      EngMatF rows = eng_matf_rows (x, first, MIN (SAMPLE_ROWS, x->rows - first));

      eng_problem_sample (self, rng, &rows);
    }
}

/* The same draws as sample_stream (), of which the starts of the blocks are kept. */
static void
stream_training (EngProblem *self)
{
  guint64            seed = eng_spec_get_seed (self->spec);
  g_autoptr (EngRng) rng = eng_rng_new (seed, "train", 0);
  g_autofree float  *scratch = g_new (float, ENG_BLOCK_ROWS * self->d);

  self->train_starts = g_ptr_array_new_with_free_func ((GDestroyNotify) eng_rng_free);
  for (gsize first = 0; first < self->n && !eng_problem_should_stop (self);
       first += ENG_BLOCK_ROWS)
    {
      EngMatF rows = { MIN (ENG_BLOCK_ROWS, self->n - first), self->d, scratch };
      EngRng *start = eng_rng_new (seed, "train", 0);

      eng_rng_copy (start, rng);
      g_ptr_array_add (self->train_starts, start);
      eng_problem_sample (self, rng, &rows);
      self->klass->target (self, &rows, self->y_train + first, NULL);
    }
}

static void
keep_training (EngProblem *self)
{
  self->x_train = eng_arena_matf (self->arena, self->n, self->d);
  sample_stream (self, "train", &self->x_train);
  self->klass->target (self, &self->x_train, self->y_train, NULL);
}

void
eng_problem_draw (EngProblem *self)
{
  g_autoptr (EngRng) noise = eng_rng_new (eng_spec_get_seed (self->spec), "noise", 0);

  self->x_test = eng_arena_matf (self->arena, self->n_test, self->d);
  self->y_train = eng_arena_doubles (self->arena, self->n);
  self->y_test = eng_arena_doubles (self->arena, self->n_test);
  self->test_parts = eng_arena_mat (self->arena, self->n_degrees, self->n_test);
  if (self->streamed)
    stream_training (self);
  else
    keep_training (self);
  sample_stream (self, "test", &self->x_test);
  self->klass->target (self, &self->x_test, self->y_test, self->test_parts.data);
  for (gsize i = 0; i < self->n && self->noise > 0; i++)
    self->y_train[i] += self->noise * eng_rng_gaussian (noise);
}

void
eng_problem_measure_moments (EngProblem  *self,
                             EngRng      *rng,
                             EngRawTarget raw,
                             double      *mean,
                             double      *variance)
{
  g_autofree float  *rows = g_new (float, ENG_BLOCK_ROWS * self->d);
  g_autofree double *y = g_new (double, ENG_INPUTS_EMPIRICAL);
  double             n = ENG_INPUTS_EMPIRICAL;

  for (gsize first = 0; first < ENG_INPUTS_EMPIRICAL; first += ENG_BLOCK_ROWS)
    {
      EngMatF x = { MIN (ENG_BLOCK_ROWS, ENG_INPUTS_EMPIRICAL - first), self->d, rows };

      eng_inputs_sample (&self->inputs, rng, &x);
      raw (self, &x, y + first);
    }
  *mean = *variance = 0.0;
  for (gsize i = 0; i < ENG_INPUTS_EMPIRICAL; i++)
    *mean += y[i] / n;
  for (gsize i = 0; i < ENG_INPUTS_EMPIRICAL; i++)
    *variance += (y[i] - *mean) * (y[i] - *mean) / n;
}
