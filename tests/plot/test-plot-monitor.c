/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plots of the rate monitor. */
#include "plot-fixture.h"
#include "plot.h"

#include <math.h>
#include <string.h>

#define N_RECORDS 13
#define EXPERIMENT                                                                       \
  "[experiment]\nversion=1\nname=a\n[problem]\nkind=random-labels\nd=10\nn=40\n"

/* Records 0, 10 ... 120: the loss falls by a decade from one to the next, and is therefore
 * below 1e-10 of its start from the eleventh on. */
static EngTrace *
make_trace (double smallest)
{
  static const EngColumn columns[] = {
    { "train-loss", "Train loss" },       { "jacobian-smallest", "λ_min" },
    { "jacobian-largest", "λ_max" },      { "rate-line", "PL line" },
    { "rate-envelope", "Envelope" },      { "linearised-loss", "Linearised" },
    { "jacobian-change", "Change of J" }, { "jacobian-change-bound", "Bound" },
  };
  EngTrace *trace = eng_trace_new (columns, G_N_ELEMENTS (columns), N_RECORDS, 0);

  for (guint i = 0; i < N_RECORDS; i++)
    {
      eng_trace_open (trace, 10 * i, 0.1 * i);
      eng_trace_set (trace, 0, 0.8 * pow (10, -(double) i));
      eng_trace_set (trace, 1, smallest * (1 + 0.1 * i));
      eng_trace_set (trace, 2, 40);
      eng_trace_set (trace, 3, 0.8 * pow (10, -0.5 * i));
      eng_trace_set (trace, 4, 0.8 * pow (10, -0.7 * i));
      eng_trace_set (trace, 5, 0.8 * pow (10, -0.6 * i));
      eng_trace_set (trace, 6, 0.1 * i);
      eng_trace_set (trace, 7, 0.4 * i);
      eng_trace_publish (trace);
    }
  return trace;
}

static EngSnapshot *
make_snapshot (const char *runs, const gsize *m, guint n)
{
  g_autofree char    *text = g_strconcat (EXPERIMENT, runs, NULL);
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, -1, &error);
  EngSnapshot        *self;

  g_assert_no_error (error);
  self = eng_snapshot_new (spec, n);
  self->phase = ENG_PHASE_DONE;
  self->step = self->planned = 120;
  self->facts = (EngFacts){ .d = 10, .n = 40, .n_test = 50, .variance = 1 };
  for (guint i = 0; i < n; i++)
    {
      EngRunView *run = &self->runs[i];

      run->label = g_strdup_printf ("Run %u", i + 1);
      run->learner = g_strdup ("network");
      run->m = m[i];
      run->trace = make_trace (0.1 * i);
      run->n_records = N_RECORDS;
      run->status = ENG_STATUS_FINISHED;
      run->step = run->planned = 120;
    }
  return self;
}

static EngSnapshot *
make_two (void)
{
  static const gsize m[] = { 6, 8 };

  return make_snapshot ("[observe]\nmonitor=true\n[run.1]\nlearner=network\nm=6\n"
                        "[run.2]\nlearner=network\nm=8\npaired=false\n",
                        m, 2);
}

static PlotPanel *
get_panel (PlotFrame *frame)
{
  return g_ptr_array_index (frame->panels, 0);
}

static PlotSeries *
find (PlotFrame *frame, PlotRole role, guint run)
{
  PlotPanel *panel = get_panel (frame);

  for (guint i = 0; i < panel->series->len; i++)
    {
      PlotSeries *series = g_ptr_array_index (panel->series, i);

      if (series->role == role && series->run == run)
        return series;
    }
  return NULL;
}

/* Every loss ends where rounding begins; the promises are those of the selected run. */
static void
test_rates (void)
{
  g_autoptr (EngSnapshot) snapshot = make_two ();

  for (guint selected = 0; selected < 2; selected++)
    {
      PlotOptions           options = { .selected_run = selected };
      g_autoptr (PlotFrame) frame = plot_project (plot_find_class ("rates"), snapshot,
                                                  &options);
      PlotSeries           *loss = find (frame, PLOT_ROLE_TEST, 1);
      PlotSeries           *line = find (frame, PLOT_ROLE_THEORY, selected);

      g_assert_cmpuint (get_panel (frame)->series->len, ==, 5);
      g_assert_cmpuint (loss->n, <=, 11);
      g_assert_cmpfloat (loss->y[loss->n - 1], >=, 0.8e-10);
      g_assert_cmpstr (loss->value, ==, "≤ 8.0·10⁻¹¹");
      g_assert_cmpstr (line->name, ==, "PL line");
      g_assert_cmpuint (line->n, ==, N_RECORDS);
      g_assert_null (find (frame, PLOT_ROLE_THEORY, 1 - selected));
      g_assert_cmpstr (frame->subtitle, ==,
                       selected == 0 ? "Run 1: effective weights 30 < n, no promise"
                                     : "Run 2: effective weights 80 ≥ n");
    }
}

/* An eigenvalue 0 has its place; what bounds the change is theory. */
static void
test_jacobian (void)
{
  g_autoptr (EngSnapshot) snapshot = make_two ();
  PlotOptions             options = { .measure = 1, .selected_run = 1 };
  g_autoptr (PlotFrame)   spectrum = plot_project (plot_find_class ("jacobian"), snapshot,
                                                   NULL);
  g_autoptr (PlotFrame)   change = plot_project (plot_find_class ("jacobian"), snapshot,
                                                 &options);

  g_assert_cmpuint (get_panel (spectrum)->series->len, ==, 4);
  g_assert_true (get_panel (spectrum)->y.zero);
  g_assert_cmpfloat (find (spectrum, PLOT_ROLE_TEST, 0)->y[5], ==, 0);
  g_assert_cmpfloat (find (spectrum, PLOT_ROLE_TRAIN, 0)->y[5], ==, 40);
  g_assert_cmpstr (find (change, PLOT_ROLE_THEORY, 1)->name, ==, "Run 2: upper bound");
  g_assert_cmpfloat (find (change, PLOT_ROLE_THEORY, 1)->y[5], ==, 2);
  g_assert_cmpfloat (find (change, PLOT_ROLE_TEST, 0)->y[5], ==, 0.5);
}

/* Points at the weights that count for each sample, and the threshold. */
static void
test_threshold (void)
{
  g_autoptr (EngSnapshot) snapshot = make_two ();
  PlotOptions             options = { .measure = 1 };
  g_autoptr (PlotFrame)   loss = plot_project (plot_find_class ("threshold"), snapshot,
                                               NULL);
  g_autoptr (PlotFrame) smallest = plot_project (plot_find_class ("threshold"), snapshot,
                                                 &options);
  const GPtrArray      *rules = get_panel (loss)->rules;

  g_assert_cmpuint (rules->len, ==, 1);
  g_assert_cmpfloat (((PlotRule *) g_ptr_array_index (rules, 0))->at, ==, 1);
  g_assert_cmpfloat (find (loss, PLOT_ROLE_POINTS, 0)->x[0], ==, 0.75);
  g_assert_cmpfloat (find (loss, PLOT_ROLE_POINTS, 1)->x[0], ==, 2);
  g_assert_cmpfloat_with_epsilon (find (loss, PLOT_ROLE_POINTS, 1)->y[0], 0.8e-10, 1e-20);
  g_assert_cmpfloat (find (smallest, PLOT_ROLE_POINTS, 0)->y[0], ==, 0);
  g_assert_cmpfloat (find (smallest, PLOT_ROLE_POINTS, 1)->y[0], ==, 0.1);
}

static void
test_too_many (void)
{
  g_autoptr (EngSnapshot) snapshot = make_two ();
  g_autoptr (PlotFrame)   frame = NULL;

  snapshot->facts.n = 1001;
  frame = plot_project (plot_find_class ("rates"), snapshot, NULL);
  g_assert_cmpstr (frame->subtitle, ==, "not measured with more than 1\u202f000 samples");
}

static void
assert_suits (const char *text, const char *ids)
{
  g_autofree char    *whole = g_strconcat (EXPERIMENT, text, NULL);
  g_autoptr (EngSpec) spec = eng_spec_new_from_text (whole, -1, NULL);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_nonnull (spec);
  for (gsize i = 0; plot_get_classes ()[i] != NULL; i++)
    if (plot_class_suits (plot_get_classes ()[i], spec))
      g_string_append_printf (found, "%s ", plot_get_classes ()[i]->id);
  g_assert_cmpstr (found->str, ==, ids);
  g_assert_cmpint (plot_prefers_linear_steps (spec), ==, g_str_has_prefix (ids, "rates"));
}

/* Where both layers train and where σ is a polynomial the words are true as well: 11 weights
 * of a neuron and its output, 55 polynomials. */
static void
test_count (void)
{
  static const gsize       m[] = { 6, 100 };
  static const char *const want[] = { "Run 1: effective weights 33 < n, no promise",
                                      "Run 2: effective weights 55 ≥ n" };
  g_autoptr (EngSnapshot)  snapshot = make_snapshot (
       "[observe]\nmonitor=true\n[run.1]\nlearner=network\nm=6\nlayers=both\n"
        "activation=softplus\n[run.2]\nlearner=network\nm=100\nactivation=square\n",
       m, 2);

  for (guint selected = 0; selected < 2; selected++)
    {
      PlotOptions           options = { .selected_run = selected };
      g_autoptr (PlotFrame) rates = plot_project (plot_find_class ("rates"), snapshot,
                                                  &options);
      g_autoptr (PlotFrame) threshold = plot_project (plot_find_class ("threshold"),
                                                      snapshot, NULL);

      g_assert_cmpstr (rates->subtitle, ==, want[selected]);
      g_assert_cmpfloat (find (threshold, PLOT_ROLE_POINTS, selected)->x[0], ==,
                         selected == 0 ? 33.0 / 40.0 : 55.0 / 40.0);
    }
}

/* They take the places of Σ and its bands; where widths differ, that of the movement too. */
static void
test_suits (void)
{
  assert_suits ("[run.1]\nlearner=network\n",
                "loss spectrum movement bands terms neurons ");
  assert_suits ("[observe]\nmonitor=true\n[run.1]\nlearner=network\n",
                "rates jacobian loss movement terms neurons ");
  assert_suits ("[observe]\nmonitor=true\n[run.1]\nlearner=network\nm=10\n"
                "[run.2]\nlearner=lazy\nm=20\n",
                "rates threshold jacobian loss terms neurons ");
  assert_suits ("[observe]\nmonitor=true\n[run.1]\nlearner=network\nm=10\n"
                "[run.2]\nlearner=network\nm=10\npaired=false\n",
                "rates threshold jacobian loss terms neurons ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot-monitor/rates", test_rates);
  g_test_add_func ("/plot-monitor/jacobian", test_jacobian);
  g_test_add_func ("/plot-monitor/threshold", test_threshold);
  g_test_add_func ("/plot-monitor/count", test_count);
  g_test_add_func ("/plot-monitor/too-many", test_too_many);
  g_test_add_func ("/plot-monitor/suits", test_suits);
  return g_test_run ();
}
