/* SPDX-License-Identifier: GPL-3.0-or-later
 * CSV: everything a plot draws, behind the experiment in lines that begin with "# ".
 * Numbers have a point in every locale and round-trip exactly. */
#include "config.h"

#include "plot-export-private.h"

#include <math.h>
#include <string.h>

/* Whose the rows are that are being written. */
typedef struct
{
  GString    *text;
  guint       run;   /* number from 1; 0: no run of this experiment */
  const char *label; /* (nullable): the run's */

  guint column, n_columns; /* that y stands in, of those for y */
} Table;

static void
append_word (GString *text, const char *word)
{
  g_auto (GStrv) parts = NULL;

  if (word == NULL || strpbrk (word, ",\"\n\r") == NULL)
    {
      g_string_append (text, word != NULL ? word : "");
      return;
    }
  parts = g_strsplit (word, "\"", -1);
  g_string_append_c (text, '"');
  for (gsize i = 0; parts[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\"\"" : "", parts[i]);
  g_string_append_c (text, '"');
}

static void
append_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (value))
    g_string_append (text, g_ascii_dtostr (buffer, sizeof buffer, value));
}

/* Run, label, mark, name, x, and y in one of its columns. */
static void
append_row (Table *self, const char *mark, const char *name, double x, double y)
{
  if (self->run > 0)
    g_string_append_printf (self->text, "%u", self->run);
  g_string_append_c (self->text, ',');
  append_word (self->text, self->label);
  g_string_append_printf (self->text, ",%s,", mark);
  append_word (self->text, name);
  g_string_append_c (self->text, ',');
  append_number (self->text, x);
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_string_append_c (self->text, ',');
      append_number (self->text, i == self->column ? y : NAN);
    }
  g_string_append_c (self->text, '\n');
}

static const char *
get_band_id (PlotBand band)
{
  static const char *const ids[PLOT_N_BANDS] = {
    [PLOT_BAND_Q1] = "Q1",
    [PLOT_BAND_Q2] = "Q2",
    [PLOT_BAND_Q3] = "Q3",
    [PLOT_BAND_BEYOND] = "beyond Q1",
    [PLOT_BAND_TERM_LINEAR] = "linear",
    [PLOT_BAND_TERM_QUADRATIC] = "quadratic",
    [PLOT_BAND_TERM_REST] = "rest",
  };

  return ids[band];
}

static const char *
get_mark (const PlotPanel *panel, const PlotSeries *series)
{
  switch (series->role)
    {
    case PLOT_ROLE_PINNED:
    case PLOT_ROLE_PINNED_POINTS:
      return "pinned";
    case PLOT_ROLE_HISTOGRAM:
      return "histogram";
    case PLOT_ROLE_THEORY:
    case PLOT_ROLE_TARGET:
      return "theory";
    case PLOT_ROLE_POINTS:
      return "point";
    case PLOT_ROLE_TRAIN:
      if (panel->parts)
        return "part";
      return panel->thick_label != NULL ? "train" : "later";
    case PLOT_ROLE_TEST:
    default:
      return panel->thick_label != NULL && !panel->parts ? "test" : "line";
    }
}

static void
append_series (Table *self, const PlotPanel *panel, const PlotSeries *series)
{
  const char *mark = get_mark (panel, series);
  /* A later spectrum is named by its step, not by its run. */
  gboolean is_later = series->role == PLOT_ROLE_TRAIN && panel->thick_label == NULL;
  gboolean is_part = series->role == PLOT_ROLE_TRAIN && panel->parts;
  Table    own = *self;
  gboolean is_theory = series->role == PLOT_ROLE_THEORY
                       || series->role == PLOT_ROLE_TARGET;
  const char *name = is_later || is_theory ? series->label
                     : is_part             ? series->name
                                           : NULL;
  gsize       last = series->n;

  if (series->role == PLOT_ROLE_TARGET)
    own.run = 0;
  else if (!panel->boxed)
    {
      own.run = plot_series_is_pinned (series) ? 0 : series->run + 1;
      own.label = is_later || is_theory ? NULL : series->label;
    }
  for (gsize i = 0; i < series->n; i++)
    append_row (&own, mark, name, series->x[i], series->y[i]);
  while (last > 0 && isnan (series->y[last - 1]))
    last--;
  if (series->diverged && last > 0)
    append_row (&own, "diverged", mark, series->x[last - 1], series->y[last - 1]);
}

static void
append_filled (Table *self, const PlotPanel *panel)
{
  for (guint a = 0; a < panel->areas->len; a++)
    {
      const PlotArea *area = g_ptr_array_index (panel->areas, a);

      for (gsize i = 0; i < area->n; i++)
        append_row (self, area->band < PLOT_BAND_TERM_LINEAR ? "band" : "term",
                    get_band_id (area->band), area->x[i],
                    area->upper[i] - area->lower[i]);
    }
  for (guint a = 0; a < panel->pinned->len; a++)
    {
      const PlotArea *area = g_ptr_array_index (panel->pinned, a);
      Table           other = *self;

      other.run = 0;
      for (gsize i = 0; i < area->n; i++)
        append_row (&other, "pinned", get_band_id (area->band), area->x[i],
                    area->upper[i] - area->lower[i]);
    }
  for (guint c = 0; c < panel->clouds->len; c++)
    {
      const PlotCloud *cloud = g_ptr_array_index (panel->clouds, c);

      for (gsize i = 0; i < cloud->n; i++)
        append_row (self, "point", get_band_id (cloud->band), cloud->x[i], cloud->y[i]);
    }
}

/* What the data are compared with. */
static void
append_guides (Table *self, const PlotPanel *panel)
{
  for (guint s = 0; s < panel->spans->len; s++)
    {
      const PlotSpan *span = g_ptr_array_index (panel->spans, s);

      append_row (self, "range", get_band_id (span->band), span->x0, NAN);
      append_row (self, "range", get_band_id (span->band), span->x1, NAN);
    }
  for (guint s = 0; s < panel->stairs->len; s++)
    {
      const PlotStair *stair = g_ptr_array_index (panel->stairs, s);

      append_row (self, "theory", stair->label, stair->x0, stair->y);
      append_row (self, "theory", stair->label, stair->x1, stair->y);
    }
  for (guint r = 0; r < panel->rules->len; r++)
    {
      const PlotRule *rule = g_ptr_array_index (panel->rules, r);

      append_row (self, rule->vertical ? "change" : "level", rule->label,
                  rule->vertical ? rule->at : NAN, rule->vertical ? NAN : rule->at);
    }
  for (guint n = 0; n < panel->notes->len; n++)
    {
      const PlotNote *note = g_ptr_array_index (panel->notes, n);

      append_row (self, "note", note->label, note->leading ? note->x0 : note->x1, NAN);
    }
}

static void
append_experiment (GString *text, const char *experiment)
{
  g_auto (GStrv) lines = g_strsplit (experiment, "\n", -1);

  g_string_append (text, ENG_FIGURE_CSV_FIRST "\n");
  for (gsize i = 0; lines[i] != NULL; i++)
    if (lines[i + 1] != NULL || *lines[i] != '\0')
      g_string_append_printf (text, *lines[i] != '\0' ? "# %s\n" : "#%s\n", lines[i]);
}

/* The last columns say what is on the axes: one for x, one for each y axis there is.
 * Returns: how many there are for y. */
static guint
append_header (GString *text, const PlotFrame *frame)
{
  const char *x_title = NULL;
  guint       n = 1;

  for (guint i = 0; i < frame->panels->len && x_title == NULL; i++)
    x_title = ((const PlotPanel *) g_ptr_array_index (frame->panels, i))->x.title;
  g_string_append (text, "run,label,mark,name,");
  append_word (text, x_title);
  g_string_append_c (text, ',');
  append_word (text, frame->quantity);
  for (guint i = 0; i < frame->panels->len; i++)
    {
      const PlotPanel *panel = g_ptr_array_index (frame->panels, i);

      if (panel->quantity == NULL)
        continue;
      g_string_append_c (text, ',');
      append_word (text, panel->quantity);
      n++;
    }
  g_string_append_c (text, '\n');
  return n;
}

GBytes *
plot_figure_to_csv (const PlotFrame *frame, const char *experiment)
{
  GString *text = g_string_new (NULL);
  guint    column = 0, n_columns;

  if (experiment != NULL)
    append_experiment (text, experiment);
  n_columns = append_header (text, frame);
  for (guint i = 0; i < frame->panels->len; i++)
    {
      const PlotPanel *panel = g_ptr_array_index (frame->panels, i);
      Table            table = { text, 0, panel->title, 0, n_columns };

      if (panel->quantity != NULL)
        table.column = ++column;
      /* A small multiple is one run's. */
      if (panel->boxed)
        table.run = panel->run + 1;
      for (guint s = 0; s < panel->series->len; s++)
        append_series (&table, panel, g_ptr_array_index (panel->series, s));
      append_filled (&table, panel);
      append_guides (&table, panel);
    }
  return g_string_free_to_bytes (text);
}
