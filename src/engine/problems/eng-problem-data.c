/* SPDX-License-Identifier: GPL-3.0-or-later
 * A person's own table: inputs and target from CSV or .npy, split at random, inputs
 * standardised so that |x|² ≈ d (NOTATION "Teachers", `data`). */
#include "config.h"

#include "eng-error.h"
#include "eng-problem.h"
#include "eng-table.h"
#include "eng-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  EngTable *table;
  gsize     target;
  EngMatF inputs; /* (rows, d) all of them: unlabelled and probe inputs come from here */
  gsize  *order;  /* (rows) scratch for shuffles */
} OwnData;

static const EngParam params[] = {
  { .key = "file",
    .kind = ENG_PARAM_TEXT,
    .fallback = "",
    .title = N_ ("File"),
    .help = N_ ("CSV with a header, or a two-dimensional .npy array") },
  { .key = "target",
    .kind = ENG_PARAM_TEXT,
    .fallback = "",
    .title = N_ ("Target Column"),
    .help = N_ ("its name or number; the last one by default") },
  { .key = "test-share",
    .kind = ENG_PARAM_REAL,
    .min = 0.01,
    .max = 0.9,
    .fallback = "0.2",
    .title = N_ ("Test Share"),
    .help = N_ ("of the rows, held out") },
  { .key = "n",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = 1e7,
    .flags = ENG_PARAM_OPTIONAL,
    .title = N_ ("Samples n"),
    .help = N_ ("at most this many training rows") },
  { .key = "standardise",
    .kind = ENG_PARAM_BOOLEAN,
    .fallback = "true",
    .title = N_ ("Standardise"),
    .help = N_ ("every input to mean 0 and variance 1") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_problem_common_params, params, NULL };

static guint
dense_degree (const EngSettings *settings)
{
  return 1;
}

static gboolean
check (const EngSettings *settings, GError **error)
{
  if (*eng_settings_get_text (settings, "file") != '\0')
    return TRUE;
  return eng_error_refuse (error, "problem", "file", _ ("must name a CSV or .npy table"));
}

static gsize
dimension (const EngSettings *settings, GError **error)
{
  gsize columns = eng_table_count_columns (eng_settings_get_text (settings, "file"),
                                           error);

  return columns > 0 ? columns - 1 : 0;
}

static gboolean
find_target (OwnData *self, const char *name, GError **error)
{
  gssize index = *name == '\0' ? (gssize) self->table->values.cols - 1
                               : eng_table_find (self->table, name);

  if (index >= 0)
    {
      self->target = (gsize) index;
      return TRUE;
    }
  else
    {
      g_autofree char *known = eng_words_list (
          (const char *const *) self->table->columns);

      return eng_error_refuse (error, "problem", "target",
                               _ ("must be one of %.400s, got “%.80s”"), known, name);
    }
}

/* Table to `inputs`: every column but the target, standardised or scaled as a whole. */
static gboolean
fill_inputs (OwnData *self, gboolean standardise, GError **error)
{
  const EngMat *values = &self->table->values;
  double        total = 0.0;

  for (gsize j = 0, to = 0; j < values->cols; j++)
    {
      double   mean, variance, scale = 1.0;
      gboolean varies;

      if (j == self->target)
        continue;
      varies = eng_table_measure (self->table, j, &mean, &variance);
      if (!standardise)
        mean = 0.0;
      else
        /* A constant column stays at zero. */
        scale = varies ? 1.0 / sqrt (variance) : 0.0;
      for (gsize i = 0; i < values->rows; i++)
        {
          double value = (values->data[i * values->cols + j] - mean) * scale;

          total += value * value;
          self->inputs.data[i * self->inputs.cols + to] = (float) value;
        }
      to++;
    }
  if (!(total > 0.0) || !isfinite (total))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("the inputs of the table are constant or out of range"));
      return FALSE;
    }
  total = sqrt ((double) (self->inputs.rows * self->inputs.cols) / total);
  for (gsize i = 0; i < self->inputs.rows * self->inputs.cols; i++)
    self->inputs.data[i] = (float) (self->inputs.data[i] * total);
  return TRUE;
}

static gboolean
prepare (EngProblem *problem, GError **error)
{
  OwnData      *self = problem->state;
  const EngMat *values;

  self->table = eng_table_load (eng_settings_get_text (problem->settings, "file"),
                                problem->max_bytes / 8.0, NULL, error);
  if (self->table == NULL)
    return FALSE;
  values = &self->table->values;
  if (!eng_table_check_size (self->table, error))
    return FALSE;
  if (!find_target (self, eng_settings_get_text (problem->settings, "target"), error))
    return FALSE;
  problem->d = values->cols - 1;
  problem->inputs.d = problem->d;
  self->inputs = eng_arena_matf (problem->arena, values->rows, problem->d);
  return fill_inputs (self, eng_settings_get_boolean (problem->settings, "standardise"),
                      error);
}

static void
copy_rows (const OwnData *self, const gsize *order, gsize count, EngMatF *x, double *y)
{
  for (gsize i = 0; i < count; i++)
    {
      memcpy (x->data + i * x->cols, self->inputs.data + order[i] * x->cols,
              x->cols * sizeof (float));
      y[i] = self->table->values.data[order[i] * self->table->values.cols + self->target];
    }
}

static gboolean
load (EngProblem *problem, GError **error)
{
  OwnData           *self = problem->state;
  gsize              rows = self->inputs.rows;
  g_autofree gsize  *order = g_new (gsize, rows);
  g_autoptr (EngRng) rng = eng_rng_new (eng_spec_get_seed (problem->spec), "train", 0);
  double             share = eng_settings_get_double (problem->settings, "test-share");

  eng_rng_shuffle (rng, rows, order);
  problem->n_test = CLAMP ((gsize) (share * (double) rows), 2, rows - 1);
  problem->n = rows - problem->n_test;
  if (eng_settings_has (problem->settings, "n"))
    problem->n = MIN (problem->n, (gsize) eng_settings_get_int (problem->settings, "n"));
  problem->x_train = eng_arena_matf (problem->arena, problem->n, problem->d);
  problem->x_test = eng_arena_matf (problem->arena, problem->n_test, problem->d);
  problem->y_train = eng_arena_doubles (problem->arena, problem->n);
  problem->y_test = eng_arena_doubles (problem->arena, problem->n_test);
  copy_rows (self, order, problem->n_test, &problem->x_test, problem->y_test);
  copy_rows (self, order + problem->n_test, problem->n, &problem->x_train,
             problem->y_train);
  return TRUE;
}

static void
copy_input (const OwnData *self, gsize row, EngMatF *x, gsize to)
{
  memcpy (x->data + to * x->cols, self->inputs.data + row * x->cols,
          x->cols * sizeof (float));
}

/* Distinct rows while they last (selection sampling: Knuth 3.4.2, algorithm S), so that
 * probes are distinct; rows drawn with replacement where there are many to choose from or
 * too few.  Runs sample at the same time, so nothing here is shared scratch. */
static void
sample (EngProblem *problem, EngRng *rng, EngMatF *x)
{
  OwnData *self = problem->state;
  gsize    rows = self->inputs.rows, chosen = 0;

  if (x->rows > rows || x->rows <= rows / 4)
    {
      for (gsize i = 0; i < x->rows; i++)
        copy_input (self, eng_rng_below (rng, rows), x, i);
      return;
    }
  for (gsize row = 0; chosen < x->rows; row++)
    if (eng_rng_uniform (rng) * (double) (rows - row) < (double) (x->rows - chosen))
      copy_input (self, row, x, chosen++);
}

static void
clear (EngProblem *problem)
{
  OwnData *self = problem->state;

  g_clear_pointer (&self->table, eng_table_free);
}

const EngProblemClass eng_problem_data = {
  .id = "data",
  .title = N_ ("Own data"),
  .help = N_ ("a table of your own: CSV or .npy"),
  .tables = tables,
  .state_size = sizeof (OwnData),
  .check = check,
  .dimension = dimension,
  .dense_degree = dense_degree,
  .prepare = prepare,
  .sample = sample,
  .load = load,
  .clear = clear,
};
