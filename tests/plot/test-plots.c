/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every registered plot on every kind of snapshot: what it draws and what it says. */
#include "plot-fixture.h"
#include "plot-painter.h"

#include <math.h>
#include <string.h>

static PlotFrame *
project (const char *id, PlotCase which, const PlotOptions *options)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (which);

  return plot_project (plot_find_class (id), snapshot, options);
}

static PlotPanel *
get_panel (PlotFrame *frame, guint index)
{
  g_assert_cmpuint (index, <, frame->panels->len);
  return g_ptr_array_index (frame->panels, index);
}

static PlotSeries *
find_series (PlotPanel *panel, guint run, PlotRole role)
{
  for (guint i = 0; i < panel->series->len; i++)
    {
      PlotSeries *series = g_ptr_array_index (panel->series, i);

      if (series->run == run && series->role == role)
        return series;
    }
  return NULL;
}

static void
test_registry (void)
{
  static const char *const ids[] = {
    "rates",    "threshold",     "jacobian",    "loss",   "coefficients", "bias",
    "degrees",  "spectrum",      "movement",    "bands",  "terms",        "neurons",
    "recovery", "recovery-time", "eigenvalues", "angles", "width",        "cosines"
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_cmpstr (plot_get_classes ()[i]->id, ==, ids[i]);
      g_assert_true (plot_find_class (ids[i]) == plot_get_classes ()[i]);
    }
  g_assert_null (plot_get_classes ()[G_N_ELEMENTS (ids)]);
  g_assert_null (plot_find_class ("pie"));
}

/* Titles, one sentence, and a picture without warnings, whatever the snapshot. */
static void
test_any_case (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 474, 258);
  cairo_t         *cr = cairo_create (surface);
  PlotTheme        theme;

  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  for (guint i = 0; plot_get_classes ()[i] != NULL; i++)
    {
      g_autoptr (PlotLayout) layout = plot_layout_new ();

      for (guint which = 0; which < PLOT_N_CASES; which++)
        {
          g_autoptr (PlotFrame) frame = project (plot_get_classes ()[i]->id,
                                                 (PlotCase) which, NULL);

          g_assert_nonnull (frame->title);
          g_assert_nonnull (frame->summary);
          g_assert_true (g_str_has_suffix (frame->summary, "."));
          g_assert_true (g_utf8_validate (frame->summary, -1, NULL));
          g_assert_cmpuint (frame->panels->len, >=, 1);
          plot_painter_paint (frame, &theme, layout, cr, 474, 258);
          g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
        }
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_loss_full (void)
{
  g_autoptr (PlotFrame) frame = project ("loss", PLOT_CASE_FULL, NULL);
  PlotPanel            *panel = get_panel (frame, 0);
  PlotSeries           *test = find_series (panel, 0, PLOT_ROLE_TEST);
  PlotSeries           *last = g_ptr_array_index (panel->series, panel->series->len - 1);
  PlotRule             *rule;

  g_assert_cmpuint (panel->series->len, ==, 8);
  g_assert_cmpstr (test->name, ==, "Lazy");
  g_assert_cmpstr (test->value, ==, "0.38");
  /* Train curves carry no end label; the rich run lies on top. */
  g_assert_null (find_series (panel, 0, PLOT_ROLE_TRAIN)->name);
  g_assert_cmpint (last->style, ==, PLOT_RUN_RICH);
  g_assert_cmpfloat (panel->now, ==, 640);
  g_assert_cmpfloat (panel->hatch_from, ==, 640);
  g_assert_cmpfloat (panel->x.hi, ==, 2000);
  g_assert_true (panel->x.zero);
  g_assert_cmpuint (panel->rules->len, ==, 2);
  rule = g_ptr_array_index (panel->rules, 1);
  g_assert_cmpstr (rule->label, ==, "best linear fit");
  g_assert_cmpfloat (rule->at, ==, 0.49);
  g_assert_nonnull (strstr (frame->summary, "Lazy 0.38"));
}

/* The smallest of every run, and all of them thin; one measure has no parts. */
static void
test_cosines (void)
{
  PlotOptions           matched = { .measure = 1 };
  g_autoptr (PlotFrame) frame = project ("cosines", PLOT_CASE_FULL, NULL);
  g_autoptr (PlotFrame) other = project ("cosines", PLOT_CASE_FULL, &matched);
  PlotPanel            *panel = get_panel (frame, 0);
  PlotSeries           *thick = find_series (panel, 0, PLOT_ROLE_TEST);
  PlotRule             *rule = g_ptr_array_index (panel->rules, 0);

  g_assert_cmpuint (panel->series->len, ==, 12);
  g_assert_true (panel->parts);
  g_assert_cmpstr (panel->thick_label, ==, "smallest");
  g_assert_cmpstr (thick->name, ==, "Lazy");
  g_assert_cmpstr (find_series (panel, 0, PLOT_ROLE_TRAIN)->name, ==, "1");
  g_assert_cmpfloat (rule->at, ==, 1);
  g_assert_cmpint (panel->y.kind, ==, PLOT_SCALE_LINEAR);
  g_assert_nonnull (strstr (frame->summary, "Smallest principal cosine: Lazy"));
  g_assert_cmpuint (get_panel (other, 0)->series->len, ==, 4);
  g_assert_null (get_panel (other, 0)->thick_label);
}

static void
test_loss_empty (void)
{
  g_autoptr (PlotFrame) frame = project ("loss", PLOT_CASE_EMPTY, NULL);
  PlotPanel            *panel = get_panel (frame, 0);

  g_assert_cmpuint (panel->series->len, ==, 0);
  g_assert_cmpuint (panel->rules->len, ==, 1);
  g_assert_cmpfloat (panel->hatch_from, ==, 0);
  g_assert_true (isnan (panel->now));
}

static void
test_loss_done (void)
{
  g_autoptr (PlotFrame) frame = project ("loss", PLOT_CASE_DONE, NULL);

  g_assert_true (isnan (get_panel (frame, 0)->hatch_from));
  g_assert_true (isnan (get_panel (frame, 0)->now));
}

/* The curve ends in a cross at its last finite record, within the axis. */
static void
test_diverged (void)
{
  g_autoptr (PlotFrame) loss = project ("loss", PLOT_CASE_DIVERGED, NULL);
  g_autoptr (PlotFrame) bands = project ("bands", PLOT_CASE_DIVERGED, NULL);
  PlotSeries           *test = find_series (get_panel (loss, 0), 0, PLOT_ROLE_TEST);

  g_assert_true (test->diverged);
  g_assert_cmpstr (test->name, ==, "Lazy diverged");
  g_assert_null (test->value);
  g_assert_cmpfloat (test->x[test->n - 1], ==, 21);
  g_assert_cmpfloat (get_panel (loss, 0)->y.hi, >=, test->y[test->n - 1]);
  g_assert_nonnull (strstr (loss->summary, "Lazy diverged"));
  g_assert_true (get_panel (bands, 0)->alarm);
  g_assert_cmpstr (get_panel (bands, 0)->subtitle, ==, "diverged, step 21");
  g_assert_cmpfloat (get_panel (bands, 0)->hatch_from, ==, 21);
  g_assert_false (get_panel (bands, 1)->alarm);
}

/* A train loss of rounding errors leaves the plot and is told at its foot. */
static void
test_loss_floor (void)
{
  static const EngColumn  columns[] = { { "train-loss", "" }, { "test-loss", "" } };
  g_autoptr (EngSnapshot) snapshot = eng_snapshot_new (NULL, 1);
  g_autoptr (PlotFrame)   frame = NULL;
  EngTrace               *trace = eng_trace_new (columns, 2, 40, 0);
  PlotPanel              *panel;

  for (guint64 step = 0; step < 30; step++)
    {
      eng_trace_open (trace, step, 0);
      eng_trace_set (trace, 0, pow (10, -0.5 * (double) step));
      eng_trace_set (trace, 1, 0.5);
      eng_trace_publish (trace);
    }
  snapshot->runs[0].trace = trace;
  snapshot->runs[0].n_records = 30;
  frame = plot_project (plot_find_class ("loss"), snapshot, NULL);
  panel = get_panel (frame, 0);
  g_assert_cmpfloat (panel->y.lo, ==, 1e-6);
  g_assert_cmpuint (panel->notes->len, ==, 1);
  g_assert_cmpstr (((PlotNote *) g_ptr_array_index (panel->notes, 0))->label, ==,
                   "train ↓ 3.2·10⁻¹⁵");
  g_clear_pointer (&frame, plot_frame_unref);
  /* In one step there is nothing to be seen fall. */
  snapshot->planned = 1;
  frame = plot_project (plot_find_class ("loss"), snapshot, NULL);
  g_assert_cmpfloat (get_panel (frame, 0)->y.lo, ==, 0.05);
}

static void
test_movement (void)
{
  g_autoptr (PlotFrame) frame = project ("movement", PLOT_CASE_FULL, NULL);
  g_autoptr (PlotFrame) largest = project ("movement", PLOT_CASE_FULL,
                                           &(PlotOptions){ .measure = 2 });
  PlotPanel            *panel = get_panel (frame, 0);
  PlotRule             *rule = g_ptr_array_index (panel->rules, 0);

  g_assert_cmpuint (panel->series->len, ==, 4);
  g_assert_cmpuint (panel->rules->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (rule->at, pow (300, -0.25), 1e-12);
  g_assert_cmpstr (find_series (panel, 1, PLOT_ROLE_TEST)->value, ==,
                   "93" PLOT_THIN_SPACE "%");
  /* The lazy run starts at W = 0, which a logarithmic axis shows on its floor. */
  g_assert_true (panel->y.zero);
  g_assert_cmpuint (get_panel (largest, 0)->rules->len, ==, 0);
  g_assert_cmpint (get_panel (largest, 0)->y.number, ==, PLOT_NUMBER_PLAIN);
}

/* One value alone is shown where it is: the axis makes no room down to nothing. */
static void
test_movement_start (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_ONE_RECORD);
  g_autoptr (PlotFrame)   frame = NULL;

  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      snapshot->runs[i].m = 0;
      *(double *) eng_run_view_get_column (&snapshot->runs[i], "relative-movement") = 0.1;
    }
  frame = plot_project (plot_find_class ("movement"), snapshot, NULL);
  g_assert_cmpfloat (get_panel (frame, 0)->y.lo, ==, 0.1);
  g_assert_cmpfloat (get_panel (frame, 0)->y.hi, ==, 0.1);
}

/* Guides say whose width they are drawn for as soon as widths differ. */
static void
test_movement_widths (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (PlotFrame)   frame = NULL;
  PlotRule               *rule;

  snapshot->runs[2].m = 400;
  frame = plot_project (plot_find_class ("movement"), snapshot,
                        &(PlotOptions){ .selected_run = 2 });
  rule = g_ptr_array_index (get_panel (frame, 0)->rules, 1);
  g_assert_cmpstr (rule->label, ==, "lazy m⁻¹ᐟ² (Joint)");
  g_assert_cmpfloat_with_epsilon (rule->at, pow (400, -0.5), 1e-12);
}

#define CHANGED                                                                          \
  "[experiment]\nversion=1\nname=x\n[problem]\nkind=low-rank-polynomial\nd=10\nn=60\n"   \
  "[run.1]\nlearner=lazy\n[run.2]\nlearner=joint\n[run.3]\nlearner=joint\n"              \
  "[run.4]\nlearner=joint\n[change.1]\nstep=100\nrun=2\nkey=rate\nvalue=0.3\n"

/* A live change is marked with its run, also after the end; among panels of single runs
 * it is marked in its own. */
static void
test_changes (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_DONE);
  g_autoptr (PlotFrame)   loss = NULL, bands = NULL;
  g_autoptr (GError)      error = NULL;
  GPtrArray              *rules;

  snapshot->spec = eng_spec_new_from_text (CHANGED, -1, &error);
  g_assert_no_error (error);
  loss = plot_project (plot_find_class ("loss"), snapshot, NULL);
  bands = plot_project (plot_find_class ("bands"), snapshot, NULL);
  rules = get_panel (loss, 0)->rules;
  g_assert_true (((PlotRule *) g_ptr_array_index (rules, 0))->vertical);
  g_assert_cmpstr (((PlotRule *) g_ptr_array_index (rules, 0))->label, ==,
                   "Quadratic: Rate c = 0.3");
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (get_panel (bands, i)->rules->len, ==, i == 1 ? 1 : 0);
  g_assert_cmpstr (
      ((PlotRule *) g_ptr_array_index (get_panel (bands, 1)->rules, 0))->label, ==,
      "Rate c = 0.3");
}

/* Bands from the bottom up without gaps between them, summing to the whole. */
static void
test_bands_full (void)
{
  g_autoptr (PlotFrame) frame = project ("bands", PLOT_CASE_FULL, NULL);

  g_assert_cmpuint (frame->panels->len, ==, 4);
  for (guint p = 0; p < 4; p++)
    {
      PlotPanel *panel = get_panel (frame, p);
      PlotArea  *below = NULL;

      g_assert_cmpuint (panel->areas->len, ==, 3);
      for (guint b = 0; b < 3; b++)
        {
          PlotArea *area = g_ptr_array_index (panel->areas, b);

          g_assert_cmpint (area->band, ==, PLOT_BAND_Q1 + (int) b);
          for (gsize i = 0; i < area->n; i++)
            {
              g_assert_cmpfloat (area->lower[i], ==, below != NULL ? below->upper[i] : 0);
              g_assert_cmpfloat (area->upper[i], >=, area->lower[i]);
              if (b == 2)
                g_assert_cmpfloat_with_epsilon (area->upper[i], 1, 1e-9);
            }
          below = area;
        }
    }
  g_assert_cmpstr (get_panel (frame, 0)->title, ==, "Lazy");
  g_assert_cmpstr (get_panel (frame, 0)->subtitle, ==, "energy 95");
}

/* Where the probes do not tell Q2 from Q3 there are two bands, never a guess. */
static void
test_unresolved (void)
{
  g_autoptr (PlotFrame) bands = project ("bands", PLOT_CASE_UNRESOLVED, NULL);
  g_autoptr (PlotFrame) spectrum = project ("spectrum", PLOT_CASE_UNRESOLVED, NULL);
  PlotPanel            *panel = get_panel (bands, 0);
  PlotArea             *area;
  PlotSpan             *span;

  g_assert_cmpuint (panel->areas->len, ==, 2);
  area = g_ptr_array_index (panel->areas, 1);
  g_assert_cmpint (area->band, ==, PLOT_BAND_BEYOND);
  g_assert_cmpstr (area->name, ==, "beyond Q1");
  g_assert_cmpuint (get_panel (spectrum, 0)->spans->len, ==, 2);
  span = g_ptr_array_index (get_panel (spectrum, 0)->spans, 1);
  g_assert_cmpint (span->band, ==, PLOT_BAND_BEYOND);
  g_assert_cmpuint (get_panel (spectrum, 0)->stairs->len, ==, 0);
}

/* Outlines of the same run; one of another name is none, and time goes on to its end. */
static void
test_bands_pinned (void)
{
  g_autoptr (EngSnapshot) pinned = plot_fixture_new (PLOT_CASE_FULL);
  PlotOptions             options = { .pinned = pinned };
  g_autoptr (PlotFrame)   frame = NULL;

  g_free (pinned->runs[1].label);
  pinned->runs[1].label = g_strdup ("Other");
  pinned->step = 5000;
  frame = project ("bands", PLOT_CASE_DONE, &options);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpuint (get_panel (frame, i)->pinned->len, ==, i == 1 ? 0 : 3);
      g_assert_cmpuint (get_panel (frame, i)->areas->len, ==, 3);
      g_assert_cmpfloat (get_panel (frame, i)->x.hi, ==, 5000);
    }
  g_assert_true (g_str_has_suffix (frame->subtitle, "; pinned dashed"));
}

static void
test_energy_measure (void)
{
  g_autoptr (PlotFrame) frame = project ("bands", PLOT_CASE_FULL,
                                         &(PlotOptions){ .measure = 1 });

  /* One range for all panels, or their heights could not be compared. */
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (get_panel (frame, i)->y.hi, ==, get_panel (frame, 0)->y.hi);
  g_assert_cmpfloat (get_panel (frame, 0)->y.hi, >, 200);
}

static void
test_spectrum (void)
{
  g_autoptr (PlotFrame) frame = project ("spectrum", PLOT_CASE_READY, NULL);
  PlotPanel            *panel = get_panel (frame, 0);
  PlotSpan             *q1 = g_ptr_array_index (panel->spans, 0);
  PlotStair            *stair = g_ptr_array_index (panel->stairs, 0);
  gboolean              has_zero = FALSE;

  g_assert_cmpuint (panel->spans->len, ==, 3);
  g_assert_cmpstr (q1->name, ==, "Q1");
  g_assert_cmpstr (q1->detail, ==, "41 directions");
  g_assert_cmpfloat (q1->x1, ==, 41.5);
  g_assert_cmpuint (panel->clouds->len, ==, 3);
  g_assert_cmpuint (panel->stairs->len, ==, 3);
  g_assert_cmpstr (stair->label, ==, "theory λ₁ = 0.25");
  g_assert_cmpfloat (panel->x.hi, ==, 12000);
  g_assert_cmpfloat (panel->hatch_from, ==, 1722);
  g_assert_cmpstr (panel->hatch_label, ==, "not resolved");
  for (guint i = 0; i < panel->notes->len; i++)
    has_zero |= strcmp (((PlotNote *) g_ptr_array_index (panel->notes, i))->label,
                        "λ₃ = 0 ↓")
                == 0;
  g_assert_true (has_zero);
  g_assert_cmpstr (frame->subtitle, ==,
                   "N = 1" PLOT_THIN_SPACE "722 inputs; Q3 as one mean");
}

/* Below the eigenvalues lies the movement of every run, over the same ranks and bands. */
static void
test_spectrum_both (void)
{
  g_autoptr (PlotFrame) frame = project ("spectrum", PLOT_CASE_FULL, NULL);
  g_autoptr (PlotFrame) alone = project ("spectrum", PLOT_CASE_FULL,
                                         &(PlotOptions){ .measure = 1 });
  PlotPanel            *upper = get_panel (frame, 0), *lower = get_panel (frame, 1);

  g_assert_cmpuint (frame->panels->len, ==, 2);
  g_assert_true (frame->stacked);
  g_assert_cmpfloat (upper->x.hi, ==, lower->x.hi);
  g_assert_cmpint (upper->x.kind, ==, lower->x.kind);
  g_assert_cmpuint (lower->spans->len, ==, 3);
  g_assert_cmpuint (upper->series->len, ==, 0);
  g_assert_cmpuint (lower->series->len, ==, 4);
  g_assert_cmpuint (lower->clouds->len, ==, 0);
  g_assert_cmpuint (alone->panels->len, ==, 1);
  g_assert_false (alone->stacked);
}

/* Tables that were read back hold equal spectra, not the same one; another start has
 * other directions. */
static void
test_spectrum_same_start (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (PlotFrame)   frame = NULL;

  g_assert_true (snapshot->runs[0].spectrum != snapshot->runs[1].spectrum);
  snapshot->runs[1].spectrum->values[3] *= 2;
  frame = plot_project (plot_find_class ("spectrum"), snapshot, NULL);
  g_assert_cmpuint (get_panel (frame, 1)->series->len, ==, 3);
}

/* Rounding errors do not stretch the axis: they stand on its floor, and are told. */
static void
test_spectrum_floor (void)
{
  static const EngColumn  columns[] = { { "energy-q3", "" } };
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  EngTrace               *trace = eng_trace_new (columns, 1, 1, 860);
  g_autoptr (PlotFrame)   frame = NULL;
  PlotPanel              *panel;
  PlotSeries             *lazy = NULL;
  PlotNote               *note;

  eng_trace_open (trace, 0, 0);
  eng_trace_set (trace, 0, 11140e-16);
  for (gsize i = 0; i < 860; i++)
    eng_trace_open_directions (trace)[i] = 0.5;
  eng_trace_publish (trace);
  eng_trace_unref (snapshot->runs[0].trace);
  snapshot->runs[0].trace = trace;
  snapshot->runs[0].n_records = 1;
  frame = plot_project (plot_find_class ("spectrum"), snapshot, NULL);
  panel = get_panel (frame, 1);
  for (guint i = 0; i < panel->series->len; i++)
    if (((PlotSeries *) g_ptr_array_index (panel->series, i))->run == 0)
      lazy = g_ptr_array_index (panel->series, i);
  g_assert_nonnull (lazy);
  /* What was recorded is kept; the axis leaves it out but for its floor row. */
  g_assert_cmpfloat_with_epsilon (lazy->y[lazy->n - 1], 1e-16, 1e-22);
  g_assert_cmpfloat (panel->y.lo, >, 1e-6);
  g_assert_true (panel->y.zero);
  g_assert_cmpuint (panel->notes->len, ==, 1);
  note = g_ptr_array_index (panel->notes, 0);
  g_assert_true (g_str_has_prefix (note->label, "Lazy ↓ "));
  g_assert_cmpfloat (note->x0, ==, 861);
}

/* A run that moved far less than the others is still seen. */
static void
test_spectrum_small_run (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  EngTrace               *trace = eng_trace_new (NULL, 0, 1, 860);
  g_autoptr (PlotFrame)   before = plot_project (plot_find_class ("spectrum"), snapshot,
                                                 NULL);
  g_autoptr (PlotFrame)   after = NULL;
  double                  hi = get_panel (before, 1)->y.hi;

  g_assert_cmpfloat_with_epsilon (get_panel (before, 1)->y.lo, hi * 1e-5, hi * 1e-9);
  eng_trace_open (trace, 0, 0);
  for (gsize i = 0; i < 860; i++)
    eng_trace_open_directions (trace)[i] = (float) (hi * 1e-4);
  eng_trace_publish (trace);
  eng_trace_unref (snapshot->runs[0].trace);
  snapshot->runs[0].trace = trace;
  snapshot->runs[0].n_records = 1;
  after = plot_project (plot_find_class ("spectrum"), snapshot, NULL);
  g_assert_cmpfloat (get_panel (after, 1)->y.lo, <=, 1.01e-7 * hi);
  g_assert_cmpfloat (get_panel (after, 1)->y.lo, >=, 0.99e-8 * hi);
}

/* A part of one panel's y axis is no part of the other's. */
static void
test_spectrum_zoom (void)
{
  g_autoptr (PlotFrame) frame = project (
      "spectrum", PLOT_CASE_FULL,
      &(PlotOptions){ .x_range = { 10, 100 }, .y_range = { 0.1, 1 }, .y_panel = 1 });

  g_assert_cmpfloat (get_panel (frame, 0)->x.shown.hi, ==, 100);
  g_assert_cmpfloat (get_panel (frame, 1)->x.shown.hi, ==, 100);
  g_assert_cmpfloat (get_panel (frame, 0)->y.shown.hi, ==, 0);
  g_assert_cmpfloat (get_panel (frame, 1)->y.shown.hi, ==, 1);
}

/* Energies by rank: neighbours averaged, a gap between bands, the rest of Q3 as one. */
static void
test_spectrum_movement (void)
{
  static const EngColumn  columns[] = { { "energy-q3", "" } };
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (PlotFrame)   frame = NULL;
  EngTrace               *trace = eng_trace_new (columns, 1, 1, 860);
  float                  *energies;
  PlotPanel              *panel;
  PlotSeries             *series;

  eng_trace_open (trace, 0, 0);
  eng_trace_set (trace, 0, 11140);
  energies = eng_trace_open_directions (trace);
  for (gsize i = 0; i < 860; i++)
    energies[i] = i < 41 ? 3 : 5;
  eng_trace_publish (trace);
  eng_trace_unref (snapshot->runs[1].trace);
  snapshot->runs[1].trace = trace;
  snapshot->runs[1].n_records = 1;
  snapshot->runs[1].spectrum->n_usable = 1000;
  snapshot->runs[0].m = 400;
  for (guint i = 0; i < snapshot->n_runs; i++)
    snapshot->runs[i].spectrum->values[0] += i == 1;
  frame = plot_project (plot_find_class ("spectrum"), snapshot,
                        &(PlotOptions){ .measure = 2, .selected_run = 1 });
  panel = get_panel (frame, 0);
  g_assert_cmpuint (frame->panels->len, ==, 1);
  g_assert_cmpuint (panel->series->len, ==, 1);
  g_assert_cmpuint (panel->clouds->len, ==, 0);
  g_assert_cmpuint (panel->spans->len, ==, 3);
  series = g_ptr_array_index (panel->series, 0);
  g_assert_cmpstr (series->name, ==, "Quadratic");
  for (gsize i = 0; i < series->n; i++)
    if (!isnan (series->y[i]))
      g_assert_cmpfloat_with_epsilon (series->y[i],
                                      series->x[i] <= 41    ? 3
                                      : series->x[i] <= 860 ? 5
                                                            : 1,
                                      1e-6);
  g_assert_cmpfloat (series->x[series->n - 1], ==, 12000);
  g_assert_true (g_str_has_prefix (frame->subtitle, "Quadratic: "));
}

/* Spectra recorded later lie over the first and say their step. */
static void
test_spectrum_later (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  EngSpectrum            *later = eng_spectrum_new (30);
  g_autoptr (PlotFrame)   frame = NULL;
  PlotSeries             *series;

  later->step = 100;
  later->n_usable = 20;
  for (gsize i = 0; i < 30; i++)
    later->values[i] = 1.0 / (double) (i + 1);
  g_ptr_array_add (snapshot->runs[0].later, later);
  frame = plot_project (plot_find_class ("spectrum"), snapshot, NULL);
  g_assert_cmpuint (get_panel (frame, 0)->series->len, ==, 1);
  series = g_ptr_array_index (get_panel (frame, 0)->series, 0);
  g_assert_cmpuint (series->n, ==, 20);
  g_assert_cmpint (series->role, ==, PLOT_ROLE_TRAIN);
  g_assert_cmpstr (get_panel (frame, 0)->thin_label, ==, "step 100");
}

/* A matrix method has no spectrum: the next run that has one is shown. */
static void
test_spectrum_of_other_run (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (PlotFrame)   frame = NULL;

  g_clear_pointer (&snapshot->runs[2].spectrum, eng_spectrum_unref);
  frame = plot_project (plot_find_class ("spectrum"), snapshot,
                        &(PlotOptions){ .selected_run = 2 });
  g_assert_cmpuint (get_panel (frame, 0)->clouds->len, ==, 3);
}

/* Shares are stacked, and together the whole. */
static void
test_term_shares (void)
{
  g_autoptr (PlotFrame) frame = project ("terms", PLOT_CASE_FULL, NULL);

  g_assert_cmpuint (frame->panels->len, ==, 4);
  for (guint p = 0; p < 4; p++)
    {
      PlotPanel *panel = get_panel (frame, p);
      PlotArea  *top = g_ptr_array_index (panel->areas, 2);

      g_assert_cmpuint (panel->areas->len, ==, 3);
      g_assert_cmpint (top->band, ==, PLOT_BAND_TERM_REST);
      for (gsize i = 0; i < top->n; i++)
        g_assert_cmpfloat_with_epsilon (top->upper[i], 1, 1e-12);
    }
  g_assert_cmpstr (get_panel (frame, 0)->subtitle, ==, "linear 100" PLOT_THIN_SPACE "%");
  g_assert_nonnull (strstr (frame->summary, "Lazy 100"));
  g_assert_nonnull (strstr (frame->subtitle, "of the network a student stands for"));
}

/* Measures of full networks do not speak of students; thresholds are the verdict's. */
static void
test_term_measures (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (PlotFrame)   drift = NULL, gap = NULL, alignment = NULL;
  GPtrArray              *rules;

  for (guint i = 0; i < snapshot->n_runs; i++)
    snapshot->runs[i].full_network = TRUE;
  gap = plot_project (plot_find_class ("terms"), snapshot,
                      &(PlotOptions){ .measure = 1 });
  drift = plot_project (plot_find_class ("terms"), snapshot,
                        &(PlotOptions){ .measure = 2 });
  alignment = plot_project (plot_find_class ("terms"), snapshot,
                            &(PlotOptions){ .measure = 3 });
  g_assert_null (strstr (drift->subtitle, "student"));
  rules = get_panel (drift, 0)->rules;
  g_assert_cmpuint (rules->len, ==, 2);
  g_assert_cmpfloat (((PlotRule *) g_ptr_array_index (rules, 0))->at, ==, 0.1);
  g_assert_cmpfloat (((PlotRule *) g_ptr_array_index (rules, 1))->at, ==, 0.4);
  g_assert_cmpuint (get_panel (gap, 0)->rules->len, ==, 1);
  g_assert_cmpuint (get_panel (gap, 0)->series->len, ==, 4);
  g_assert_cmpint (get_panel (alignment, 0)->y.kind, ==, PLOT_SCALE_LINEAR);
  g_assert_nonnull (find_series (get_panel (alignment, 0), 3, PLOT_ROLE_TEST));
}

static PlotSeries *
get_series (PlotPanel *panel, PlotRole role)
{
  for (guint i = 0; i < panel->series->len; i++)
    if (((PlotSeries *) g_ptr_array_index (panel->series, i))->role == role)
      return g_ptr_array_index (panel->series, i);
  g_assert_not_reached ();
}

/* Sum of the heights of a histogram, whose steps have two samples each. */
static double
add_up (PlotSeries *series)
{
  double sum = 0;

  for (gsize i = 0; i < series->n; i++)
    sum += series->y[i] / 2;
  return sum;
}

/* Every neuron is in a bin or said to be left of them; so is chance. */
/* What is drawn as one line for each run has the pinned ones behind them. */
static void
test_lines_pinned (void)
{
  static const char *const ids[] = { "loss", "movement", "terms" };
  g_autoptr (EngSnapshot)  pinned = plot_fixture_new (PLOT_CASE_FULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      PlotOptions           options = { .measure = i == 2 ? 2 : 0, .pinned = pinned };
      g_autoptr (PlotFrame) frame = project (ids[i], PLOT_CASE_EARLY, &options);
      PlotPanel            *panel = get_panel (frame, 0);
      PlotSeries *behind = find_series (panel, ENG_SPEC_MAX_RUNS, PLOT_ROLE_PINNED);

      g_assert_nonnull (behind);
      g_assert_cmpuint (behind->n, >, find_series (panel, 0, PLOT_ROLE_TEST)->n);
      g_assert_nonnull (strstr (frame->summary, "To compare with: "));
      g_assert_true (g_str_has_suffix (frame->subtitle, "; pinned faint"));
    }
}

static void
test_neurons (void)
{
  for (guint measure = 0; measure < 2; measure++)
    for (guint linear = 0; linear < 2; linear++)
      {
        PlotOptions           options = { .measure = measure, .x_linear = linear };
        g_autoptr (PlotFrame) frame = project ("neurons", PLOT_CASE_FULL, &options);
        gboolean              log = measure == 0 && linear == 0;

        g_assert_cmpuint (frame->panels->len, ==, 4);
        for (guint p = 0; p < 4; p++)
          {
            PlotPanel *panel = get_panel (frame, p);
            double     below = log && p == 3 ? 1.0 / 300 : 0;

            g_assert_cmpfloat_with_epsilon (
                add_up (get_series (panel, PLOT_ROLE_HISTOGRAM)), 1 - below, 1e-9);
            /* The density of chance is added up at a few points of each bin. */
            g_assert_cmpfloat_with_epsilon (add_up (get_series (panel, PLOT_ROLE_THEORY)),
                                            1, 0.02);
            g_assert_cmpuint (panel->notes->len, ==, below > 0 ? 1 : 0);
            g_assert_cmpfloat (panel->y.hi, ==, get_panel (frame, 0)->y.hi);
            g_assert_cmpfloat (panel->x.hi, ==, get_panel (frame, 0)->x.hi);
          }
      }
}

/* A run that hardly moved is on the axis beside one that moved ten thousand times as far. */
static void
test_neurons_apart (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  EngNeurons             *neurons = &snapshot->runs[0].neurons;
  g_autoptr (PlotFrame)   frame = NULL;

  for (gsize r = 0; r < neurons->n; r++)
    neurons->movement[r] *= 1e-4f;
  frame = plot_project (plot_find_class ("neurons"), snapshot, NULL);
  g_assert_cmpfloat_with_epsilon (
      add_up (get_series (get_panel (frame, 0), PLOT_ROLE_HISTOGRAM)), 1, 1e-9);
}

/* A frame outlives the snapshot it was made from. */
static void
test_frame_is_independent (void)
{
  EngSnapshot *snapshot = plot_fixture_new (PLOT_CASE_FULL);
  PlotFrame   *frame = plot_project (plot_find_class ("loss"), snapshot, NULL);
  PlotFrame   *other = plot_frame_ref (frame);

  eng_snapshot_unref (snapshot);
  plot_frame_unref (frame);
  g_assert_cmpfloat (find_series (get_panel (other, 0), 0, PLOT_ROLE_TEST)->y[0], >, 0);
  plot_frame_unref (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plots/registry", test_registry);
  g_test_add_func ("/plots/any-case", test_any_case);
  g_test_add_func ("/plots/loss/full", test_loss_full);
  g_test_add_func ("/plots/cosines", test_cosines);
  g_test_add_func ("/plots/loss/empty", test_loss_empty);
  g_test_add_func ("/plots/loss/done", test_loss_done);
  g_test_add_func ("/plots/loss/floor", test_loss_floor);
  g_test_add_func ("/plots/diverged", test_diverged);
  g_test_add_func ("/plots/movement", test_movement);
  g_test_add_func ("/plots/movement/start", test_movement_start);
  g_test_add_func ("/plots/movement/widths", test_movement_widths);
  g_test_add_func ("/plots/changes", test_changes);
  g_test_add_func ("/plots/bands/full", test_bands_full);
  g_test_add_func ("/plots/bands/pinned", test_bands_pinned);
  g_test_add_func ("/plots/bands/energy", test_energy_measure);
  g_test_add_func ("/plots/unresolved", test_unresolved);
  g_test_add_func ("/plots/spectrum/theory", test_spectrum);
  g_test_add_func ("/plots/spectrum/both", test_spectrum_both);
  g_test_add_func ("/plots/spectrum/same-start", test_spectrum_same_start);
  g_test_add_func ("/plots/spectrum/floor", test_spectrum_floor);
  g_test_add_func ("/plots/spectrum/small-run", test_spectrum_small_run);
  g_test_add_func ("/plots/spectrum/zoom", test_spectrum_zoom);
  g_test_add_func ("/plots/spectrum/movement", test_spectrum_movement);
  g_test_add_func ("/plots/spectrum/later", test_spectrum_later);
  g_test_add_func ("/plots/spectrum/other-run", test_spectrum_of_other_run);
  g_test_add_func ("/plots/terms/shares", test_term_shares);
  g_test_add_func ("/plots/terms/measures", test_term_measures);
  g_test_add_func ("/plots/lines/pinned", test_lines_pinned);
  g_test_add_func ("/plots/neurons", test_neurons);
  g_test_add_func ("/plots/neurons/apart", test_neurons_apart);
  g_test_add_func ("/plots/frame-is-independent", test_frame_is_independent);
  return g_test_run ();
}
