/* SPDX-License-Identifier: GPL-3.0-or-later
 * bench-frames: how evenly the window moves while the engine trains, with few records and
 * with very many, and what it costs when there is nothing to see. */
#include "config.h"

#include "bench-feed.h"
#include "bench-program.h"
#include "bench-table.h"
#include "bench-window.h"
#include "eng-experiment.h"
#include "esc-session-model-private.h"

static double seconds = 8;

static const GOptionEntry options[] = {
  { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "of each measurement", "N" },
  { NULL },
};

/* As often as the engine publishes. */
#define UPDATES_PER_SECOND 25

/* Prepared at once; the window shows it while it is fed with other records. */
#define SHOWN                                                                            \
  "[experiment]\nversion=1\nname=many\ntitle=Many records\n"                             \
  "[problem]\nkind=low-rank-polynomial\nrank=1\ndegree=2\nd=10\nn=60\nn-test=200\n"      \
  "[run.1]\nlearner=lazy\nlabel=Lazy\nm=20\nactivation=softplus\nsteps=10000000\n"       \
  "[run.2]\nlearner=joint\nlabel=Joint\nm=20\nactivation=softplus\nsteps=10000000\n"

/* Keeps every thread that it is given busy. */
#define TRAINED                                                                          \
  "[experiment]\nversion=1\nname=busy\ntitle=Busy\n"                                     \
  "[problem]\nkind=dense-plus-sparse\nd=60\nn=2000\nn-test=64\n"                         \
  "[run.1]\nlearner=lazy\nm=1000\nactivation=quad\nsteps=10000000\n"

/* --- the engine behind --------------------------------------------------------------- */

static gboolean
is_training (gpointer data)
{
  g_autoptr (EngSnapshot) snapshot = eng_session_take_snapshot (data);

  return snapshot != NULL && snapshot->step > 0;
}

static EngSession *
start_engine (guint n_threads)
{
  EngSession         *session = eng_session_new (NULL, n_threads, NULL, NULL);
  g_autoptr (EngSpec) spec = eng_spec_new_from_text (TRAINED, -1, NULL);

  g_assert_nonnull (spec);
  eng_session_load (session, spec);
  eng_session_start (session);
  bench_window_wait (is_training, session);
  return session;
}

/* --- many records -------------------------------------------------------------------- */

typedef struct
{
  BenchWindow window;
  BenchFeed   feed;
} Show;

/* As the session does it. */
static gboolean
feed_cb (gpointer data)
{
  Show            *self = data;
  EscSessionModel *model = self->window.window->model;

  g_clear_pointer (&model->snapshot, eng_snapshot_unref);
  model->snapshot = bench_feed_next (&self->feed);
  g_object_notify (G_OBJECT (model), "snapshot");
  return G_SOURCE_CONTINUE;
}

/* All four are curves over time, so that all have as much to draw. */
static void
choose_plots (Show *self)
{
  static const char *const plots[] = { "loss", "movement", "bands", "terms" };

  for (gsize i = 0; i < G_N_ELEMENTS (plots); i++)
    {
      EscPlotView *view = esc_plot_card_get_view (self->window.cards[i]);

      esc_plot_view_align_with (view, NULL);
      esc_plot_view_set_plot (view, plots[i]);
      esc_plot_view_set_link (view, self->window.window->steps);
    }
}

static void
measure_frames (BenchTable *table, Show *self, gsize n_records, guint n_threads)
{
  EngSession      *session = n_threads > 0 ? start_engine (n_threads) : NULL;
  BenchFrames      frames = bench_window_watch (&self->window, seconds, TRUE);
  g_autofree char *threads = n_threads == 0 ? g_strdup ("none")
                                            : g_strdup_printf ("%u", n_threads);

  bench_table_add (table, "%zu|%s|%.1f|%.1f|%.1f|%.1f|%.1f|%.0f %%", n_records, threads,
                   frames.interval_median, frames.interval_p99, frames.busy_median,
                   frames.busy_p99, frames.drawn_per_second, 100 * frames.cpu_share);
  g_clear_pointer (&session, eng_session_free);
}

static void
measure_records (BenchTable *table, gsize n_records)
{
  Show  self = { 0 };
  guint timer, n_all = MAX (g_get_num_processors (), 2);

  bench_window_open (&self.window, SHOWN);
  bench_feed_init (&self.feed, esc_document_get_spec (self.window.window->document),
                   n_records);
  choose_plots (&self);
  timer = g_timeout_add (1000 / UPDATES_PER_SECOND, feed_cb, &self);
  measure_frames (table, &self, n_records, 0);
  measure_frames (table, &self, n_records, 1);
  measure_frames (table, &self, n_records, n_all);
  g_source_remove (timer);
  bench_window_clear (&self.window);
  bench_feed_clear (&self.feed);
}

static gboolean
measure_smoothness (GError **error)
{
  static const char *const columns[]
      = { "records",         "threads training", "interval, median",
          "99th percentile", "busy, median",     "99th percentile",
          "plots a second",  "of a processor",   NULL };
  g_autoptr (BenchTable) table = bench_table_new (
      "Frames: four plots at 1280 x 800, 25 snapshots a second, Cairo; milliseconds, and "
      "what the main thread uses",
      columns);

  measure_records (table, 500);
  measure_records (table, 100000);
  measure_records (table, 1000000);
  return bench_table_save (table, bench_options.out, "frames", error);
}

/* --- nothing to see ------------------------------------------------------------------ */

static gboolean
is_running (gpointer model)
{
  return esc_session_model_get_phase (model) == ENG_PHASE_RUNNING
         && esc_session_model_get_snapshot (model)->step > 0;
}

static gboolean
is_paused (gpointer model)
{
  return esc_session_model_get_phase (model) == ENG_PHASE_PAUSED;
}

static void
measure_state (BenchTable *table, BenchWindow *window, const char *state)
{
  BenchFrames frames = bench_window_watch (window, seconds, FALSE);

  bench_table_add (table, "%s|%.1f|%.1f|%.2f %%", state, frames.frames_per_second,
                   frames.drawn_per_second, 100 * frames.cpu_share);
}

static gboolean
measure_rest (GError **error)
{
  static const char *const columns[] = { "window", "frames a second", "plots a second",
                                         "of a processor", NULL };
  g_autoptr (BenchTable)   table = bench_table_new (
        "At rest: what the main thread does while the window's own experiment trains",
        columns);
  BenchWindow      window = { 0 };
  EscSessionModel *model;

  bench_window_open (&window, SHOWN);
  model = window.window->model;
  esc_session_model_train (model);
  bench_window_wait (is_running, model);
  measure_state (table, &window, "training, seen");
  gtk_widget_set_visible (GTK_WIDGET (window.window), FALSE);
  measure_state (table, &window, "training, hidden");
  gtk_widget_set_visible (GTK_WIDGET (window.window), TRUE);
  esc_session_model_pause (model);
  bench_window_wait (is_paused, model);
  measure_state (table, &window, "paused, seen");
  bench_window_clear (&window);
  return bench_table_save (table, bench_options.out, "rest", error);
}

int
main (int argc, char **argv)
{
  static const BenchSection sections[] = {
    { "smoothness", measure_smoothness },
    { "rest", measure_rest },
    { NULL, NULL },
  };
  static const BenchProgram program = { "bench-frames", sections, options };
  int                       status;

  eng_start (argv);
  status = bench_program_parse (&program, argc, argv);
  if (status != 0 || !bench_window_init ("bench-frames"))
    return status;
  status = bench_program_measure (&program);
  bench_window_finish ();
  return status;
}
