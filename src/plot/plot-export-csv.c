/* SPDX-License-Identifier: GPL-3.0-or-later
 * CSV: what a plot draws, one mark a row, behind the experiment in lines that begin with
 * "# ".  Numbers have a point in every locale and round-trip exactly. */
#include "config.h"

#include "plot-export-private.h"

#include <math.h>
#include <string.h>

/* A row: the panel's title, what the mark is, its name, x, y. */
typedef struct
{
  GString *text;
  EngSpec *spec; /* (nullable) */
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

static void
append_row (Table           *self,
            const PlotPanel *panel,
            const char      *mark,
            const char      *name,
            double           x,
            double           y)
{
  append_word (self->text, panel->title);
  g_string_append_printf (self->text, ",%s,", mark);
  append_word (self->text, name);
  g_string_append_c (self->text, ',');
  append_number (self->text, x);
  g_string_append_c (self->text, ',');
  append_number (self->text, y);
  g_string_append_c (self->text, '\n');
}

static const char *
get_band_id (PlotBand band)
{
  static const char *const ids[PLOT_N_BANDS] = { "Q1", "Q2", "Q3", "beyond Q1" };

  return ids[band];
}

/* The end label tells more than the name: that a run diverged. */
static const char *
get_run_name (const Table *self, const PlotSeries *series)
{
  return self->spec != NULL && series->run < eng_spec_get_n_runs (self->spec)
             ? eng_spec_get_run_label (self->spec, series->run)
             : series->name;
}

static void
append_series (Table *self, const PlotPanel *panel, const PlotSeries *series)
{
  const char *mark = "line";

  if (panel->thin_label != NULL)
    mark = series->role == PLOT_ROLE_TRAIN ? "train" : "test";
  else if (series->role == PLOT_ROLE_HISTOGRAM)
    mark = "histogram";
  else if (series->role == PLOT_ROLE_THEORY)
    mark = "theory";
  for (gsize i = 0; i < series->n; i++)
    append_row (self, panel, mark, get_run_name (self, series), series->x[i],
                series->y[i]);
}

static void
append_panel (Table *self, const PlotPanel *panel)
{
  for (guint s = 0; s < panel->series->len; s++)
    append_series (self, panel, g_ptr_array_index (panel->series, s));
  for (guint a = 0; a < panel->areas->len; a++)
    {
      const PlotArea *area = g_ptr_array_index (panel->areas, a);

      for (gsize i = 0; i < area->n; i++)
        append_row (self, panel, "band", get_band_id (area->band), area->x[i],
                    area->upper[i] - area->lower[i]);
    }
  for (guint c = 0; c < panel->clouds->len; c++)
    {
      const PlotCloud *cloud = g_ptr_array_index (panel->clouds, c);

      for (gsize i = 0; i < cloud->n; i++)
        append_row (self, panel, "point", get_band_id (cloud->band), cloud->x[i],
                    cloud->y[i]);
    }
  for (guint s = 0; s < panel->stairs->len; s++)
    {
      const PlotStair *stair = g_ptr_array_index (panel->stairs, s);

      append_row (self, panel, "theory", stair->label, stair->x0, stair->y);
      append_row (self, panel, "theory", stair->label, stair->x1, stair->y);
    }
  for (guint r = 0; r < panel->rules->len; r++)
    {
      const PlotRule *rule = g_ptr_array_index (panel->rules, r);

      append_row (self, panel, rule->vertical ? "change" : "level", rule->label,
                  rule->vertical ? rule->at : NAN, rule->vertical ? NAN : rule->at);
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

GBytes *
plot_figure_to_csv (const PlotFrame *frame, EngSpec *spec, const char *experiment)
{
  Table table = { g_string_new (NULL), spec };

  if (experiment != NULL)
    append_experiment (table.text, experiment);
  g_string_append (table.text, "panel,mark,name,x,y\n");
  for (guint i = 0; i < frame->panels->len; i++)
    append_panel (&table, g_ptr_array_index (frame->panels, i));
  return g_string_free_to_bytes (table.text);
}
