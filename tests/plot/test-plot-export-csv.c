/* SPDX-License-Identifier: GPL-3.0-or-later
 * The data of plots as CSV: complete, exact, and named. */
#include "plot-export.h"
#include "plot-fixture.h"

#include <math.h>
#include <string.h>

/* The lines behind the header.  No word of these snapshots has a comma. */
static GStrv
read_rows (GBytes *bytes, char **header)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL),
                                     g_bytes_get_size (bytes));
  char            *at = text, *end;

  end = strchr (at, '\n');
  *header = g_strndup (at, (gsize) (end - at));
  return g_strsplit (end + 1, "\n", -1);
}

/* Columns for y, and the one of the panel that is looked at. */
static guint n_columns, column;

static void
assert_number (const char *cell, double value)
{
  if (isfinite (value))
    g_assert_cmpfloat (g_ascii_strtod (cell, NULL), ==, value);
  else
    g_assert_cmpstr (cell, ==, "");
}

/* Takes the next row, which must be this one. */
static void
expect (char     ***rows,
        guint       run,
        const char *label,
        const char *mark,
        const char *name,
        double      x,
        double      y)
{
  g_auto (GStrv)   cells = g_strsplit (**rows, ",", -1);
  g_autofree char *number = run > 0 ? g_strdup_printf ("%u", run) : g_strdup ("");

  g_assert_cmpuint (g_strv_length (cells), ==, 5 + n_columns);
  g_assert_cmpstr (cells[0], ==, number);
  g_assert_cmpstr (cells[1], ==, label == NULL ? "" : label);
  g_assert_cmpstr (cells[2], ==, mark);
  g_assert_cmpstr (cells[3], ==, name == NULL ? "" : name);
  assert_number (cells[4], x);
  for (guint i = 0; i < n_columns; i++)
    assert_number (cells[5 + i], i == column ? y : NAN);
  (*rows)++;
}

static void
expect_series (char ***rows, const PlotPanel *panel, guint p, const PlotSeries *series)
{
  static const char *const roles[] = { "pinned", "train", "test",   "histogram",
                                       "theory", "point", "theory", "pinned" };
  const char              *mark = roles[series->role];
  gboolean                 is_pinned = plot_series_is_pinned (series);
  guint                    run = is_pinned ? 0 : panel->boxed ? p + 1 : series->run + 1;
  const char *label = panel->boxed ? panel->title : series->label, *name = NULL;
  gsize       last = 0;

  if (panel->parts && series->role == PLOT_ROLE_TRAIN)
    {
      mark = "part";
      name = series->name;
    }
  else if (panel->parts && series->role == PLOT_ROLE_TEST)
    mark = "line";
  if (panel->thick_label == NULL && series->role == PLOT_ROLE_TEST)
    mark = "line";
  if (panel->thick_label == NULL && series->role == PLOT_ROLE_TRAIN)
    {
      mark = "later";
      name = label;
      label = NULL;
      g_assert_nonnull (strstr (name, "step"));
    }
  /* Theory may have a name; where there is one panel it is no run's, nor is the truth. */
  if (strcmp (mark, "theory") == 0)
    {
      name = series->label;
      label = panel->boxed ? label : NULL;
    }
  if (series->role == PLOT_ROLE_TARGET)
    run = 0;
  for (gsize i = 0; i < series->n; i++)
    {
      expect (rows, run, label, mark, name, series->x[i], series->y[i]);
      last = isnan (series->y[i]) ? last : i;
    }
  if (series->diverged)
    expect (rows, run, label, "diverged", mark, series->x[last], series->y[last]);
}

static void
expect_panel (char ***rows, const PlotPanel *panel, guint p)
{
  static const char *const bands[] = { "Q1",     "Q2",        "Q3",  "beyond Q1",
                                       "linear", "quadratic", "rest" };
  guint                    run = panel->boxed ? p + 1 : 0;
  const char              *label = panel->boxed ? panel->title : NULL;

  for (guint i = 0; i < panel->series->len; i++)
    expect_series (rows, panel, p, g_ptr_array_index (panel->series, i));
  for (guint i = 0; i < panel->areas->len; i++)
    {
      const PlotArea *area = g_ptr_array_index (panel->areas, i);

      for (gsize j = 0; j < area->n; j++)
        expect (rows, run, label, area->band <= PLOT_BAND_BEYOND ? "band" : "term",
                bands[area->band], area->x[j], area->upper[j] - area->lower[j]);
    }
  for (guint i = 0; i < panel->pinned->len; i++)
    {
      const PlotArea *area = g_ptr_array_index (panel->pinned, i);

      for (gsize j = 0; j < area->n; j++)
        expect (rows, 0, label, "pinned", bands[area->band], area->x[j],
                area->upper[j] - area->lower[j]);
    }
  for (guint i = 0; i < panel->clouds->len; i++)
    {
      const PlotCloud *cloud = g_ptr_array_index (panel->clouds, i);

      for (gsize j = 0; j < cloud->n; j++)
        expect (rows, run, label, "point", bands[cloud->band], cloud->x[j], cloud->y[j]);
    }
  for (guint i = 0; i < 2 * panel->spans->len; i++)
    {
      const PlotSpan *span = g_ptr_array_index (panel->spans, i / 2);

      expect (rows, run, label, "range", bands[span->band],
              i % 2 == 0 ? span->x0 : span->x1, NAN);
    }
  for (guint i = 0; i < 2 * panel->stairs->len; i++)
    {
      const PlotStair *stair = g_ptr_array_index (panel->stairs, i / 2);

      expect (rows, run, label, "theory", stair->label,
              i % 2 == 0 ? stair->x0 : stair->x1, stair->y);
    }
  for (guint i = 0; i < panel->rules->len; i++)
    {
      const PlotRule *rule = g_ptr_array_index (panel->rules, i);

      expect (rows, run, label, rule->vertical ? "change" : "level", rule->label,
              rule->vertical ? rule->at : NAN, rule->vertical ? NAN : rule->at);
    }
  for (guint i = 0; i < panel->notes->len; i++)
    {
      const PlotNote *note = g_ptr_array_index (panel->notes, i);

      expect (rows, run, label, "note", note->label, note->leading ? note->x0 : note->x1,
              NAN);
    }
}

/* Spectra of later steps, as `spectrum=log` records them. */
static void
add_later (EngSnapshot *snapshot)
{
  for (guint64 step = 10; snapshot->n_runs > 0 && step <= 100; step *= 10)
    {
      EngSpectrum *later = eng_spectrum_new (30);

      later->step = step;
      later->n_usable = 30;
      for (gsize i = 0; i < 30; i++)
        later->values[i] = 1.0 / (double) (step + i);
      g_ptr_array_add (snapshot->runs[0].later, later);
    }
}

static const PlotPanel *
get_panel (const PlotFrame *frame, guint index)
{
  return g_ptr_array_index (frame->panels, index);
}

/* What is on the axes; counts those of y. */
static void
assert_header (const char *header, const PlotFrame *frame)
{
  const PlotPanel    *last = get_panel (frame, frame->panels->len - 1);
  g_autoptr (GString) wanted = g_string_new ("run,label,mark,name,");

  g_assert_nonnull (frame->quantity);
  g_string_append_printf (wanted,
                          strchr (frame->quantity, ',') != NULL ? "%s,\"%s\"" : "%s,%s",
                          last->x.title, frame->quantity);
  n_columns = 1;
  if (frame->stacked)
    {
      g_assert_nonnull (last->quantity);
      g_string_append_printf (wanted, ",%s", last->quantity);
      n_columns++;
    }
  g_assert_cmpstr (header, ==, wanted->str);
}

/* Of every plot and measure, in every state: all that is drawn is a row with its numbers,
 * and there are no other rows. */
static void
test_csv (void)
{
  g_autoptr (EngSnapshot) pinned = plot_fixture_new (PLOT_CASE_DONE);
  guint                   n_drawn = 0;

  for (guint which = 0; which < PLOT_N_CASES; which++)
    for (guint i = 0; plot_get_classes ()[i] != NULL; i++)
      for (guint measure = 0; measure < 4; measure++)
        {
          const PlotClass        *klass = plot_get_classes ()[i];
          g_autoptr (EngSnapshot) snapshot = plot_fixture_new ((PlotCase) which);
          PlotOptions             options = { .measure = measure, .pinned = pinned };
          g_autofree char        *id = plot_make_measure_id (klass, measure);
          g_autofree char        *header = NULL;
          g_autoptr (PlotFrame)   frame = NULL;
          g_autoptr (GBytes)      bytes = NULL;
          g_auto (GStrv)          rows = NULL;
          char                  **at;

          if (measure > 0 && id == NULL)
            continue;
          add_later (snapshot);
          frame = plot_project (klass, snapshot, &options);
          bytes = plot_export_to_bytes (frame, NULL, PLOT_FORMAT_CSV, PLOT_SIZE_SLIDE, 1,
                                        NULL);
          rows = at = read_rows (bytes, &header);
          assert_header (header, frame);
          column = 0;
          for (guint p = 0; p < frame->panels->len; p++)
            {
              column += get_panel (frame, p)->quantity != NULL;
              expect_panel (&at, get_panel (frame, p), p);
            }
          n_drawn += (guint) (at - rows);
          g_assert_true (*at == NULL || (**at == '\0' && at[1] == NULL));
        }
  g_assert_cmpuint (n_drawn, >, 10000);
}

/* Words with commas and quotation marks stay one cell. */
static void
test_csv_quoted (void)
{
  g_autoptr (PlotFrame) frame = plot_frame_new ("x");
  PlotPanel            *panel = plot_frame_add_panel (frame);
  g_autoptr (GBytes)    bytes = NULL;

  frame->quantity = g_strdup ("2,4-norm");
  panel->x.title = g_strdup ("step");
  plot_panel_add_rule (panel, 0.25, "a \"b\", c");
  bytes = plot_export_to_bytes (frame, NULL, PLOT_FORMAT_CSV, PLOT_SIZE_SLIDE, 1, NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   "run,label,mark,name,step,\"2,4-norm\"\n"
                   ",,level,\"a \"\"b\"\", c\",,0.25\n",
                   strlen ("run,label,mark,name,step,\"2,4-norm\"\n"
                           ",,level,\"a \"\"b\"\", c\",,0.25\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/export-csv/complete", test_csv);
  g_test_add_func ("/plot/export-csv/quoted", test_csv_quoted);
  return g_test_run ();
}
