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
/* What is fed meanwhile is not measured; more than it takes. */
#define PREPARING_SECONDS 60

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

typedef struct
{
  EngSession *session; /* NULL: nothing trains */
  guint64     step;    /* of the newest snapshot */
} Engine;

static gboolean
has_advanced (gpointer data, GError **error)
{
  Engine                 *self = data;
  g_autoptr (EngSnapshot) snapshot = eng_session_take_snapshot (self->session);

  if (snapshot == NULL || !bench_window_check (snapshot, error)
      || snapshot->step <= self->step)
    return FALSE;
  self->step = snapshot->step;
  return TRUE;
}

static gboolean
engine_start (Engine *self, guint n_threads, GError **error)
{
  g_autoptr (EngSpec) spec = eng_spec_new_from_text (TRAINED, -1, error);

  if (spec == NULL)
    return FALSE;
  self->session = eng_session_new (NULL, n_threads, NULL, NULL);
  eng_session_load (self->session, spec);
  eng_session_start (self->session);
  return bench_window_wait (has_advanced, self, "the engine behind trains", error);
}

static void
engine_clear (Engine *self)
{
  g_clear_pointer (&self->session, eng_session_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Engine, engine_clear)

/* --- many records -------------------------------------------------------------------- */

typedef struct
{
  BenchWindow window;
  BenchFeed   feed;
  guint       timer;
  gboolean    to_views; /* they get every snapshot; else as the window passes them on */
} Show;

/* As the session does it. */
static gboolean
feed_cb (gpointer data)
{
  Show            *self = data;
  EscSessionModel *model = self->window.window->model;

  g_clear_pointer (&model->snapshot, eng_snapshot_unref);
  model->snapshot = bench_feed_next (&self->feed);
  self->window.n_fed++;
  g_object_notify (G_OBJECT (model), "snapshot");
  for (gsize i = 0; self->to_views && i < G_N_ELEMENTS (self->window.cards); i++)
    esc_plot_view_set_snapshot (esc_plot_card_get_view (self->window.cards[i]),
                                model->snapshot);
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

      esc_plot_view_set_plot (view, plots[i]);
      esc_plot_view_set_link (view, self->window.window->steps);
    }
}

/* Snapshots of `n` measurements, and as many again while engines prepare. */
static gsize
count_snapshots (gsize n)
{
  return (gsize) ((double) (2 * n * UPDATES_PER_SECOND) * (seconds + 1))
         + n * PREPARING_SECONDS * UPDATES_PER_SECOND;
}

static gboolean
show_init (Show *self, gsize n_records, gsize n_measurements, GError **error)
{
  if (!bench_window_open (&self->window, SHOWN, error))
    return FALSE;
  bench_feed_init (&self->feed, esc_document_get_spec (self->window.window->document),
                   n_records, count_snapshots (n_measurements));
  choose_plots (self);
  self->timer = g_timeout_add (1000 / UPDATES_PER_SECOND, feed_cb, self);
  return TRUE;
}

static void
show_clear (Show *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  bench_window_clear (&self->window);
  bench_feed_clear (&self->feed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Show, show_clear)

/* That there was something to measure all the time. */
static gboolean
check_show (Show *self, const BenchFrames *frames, GError **error)
{
  if (bench_feed_has_room (&self->feed) && frames->fed > 0 && frames->shown > 0)
    return TRUE;
  g_set_error (
      error, G_IO_ERROR, G_IO_ERROR_FAILED,
      "plots must be fed and drawn all the time; %.1f snapshots and %.1f plots a "
      "second, %s for more records",
      frames->fed, frames->shown, bench_feed_has_room (&self->feed) ? "room" : "no room");
  return FALSE;
}

/* n_threads: 0: nothing trains. */
static gboolean
measure_frames (BenchTable *table,
                Show       *self,
                gsize       n_records,
                guint       n_threads,
                GError    **error)
{
  g_auto (Engine)  engine = { NULL };
  g_autofree char *threads = n_threads == 0 ? g_strdup ("none")
                                            : g_strdup_printf ("%u", n_threads);
  BenchFrames      frames;
  double           steps = 0, begun;

  if (n_threads > 0 && !engine_start (&engine, n_threads, error))
    return FALSE;
  steps = (double) engine.step;
  begun = bench_now ();
  frames = bench_window_watch (&self->window, seconds, TRUE);
  if (!check_show (self, &frames, error)
      || (n_threads > 0
          && !bench_window_wait (has_advanced, &engine, "the engine goes on", error)))
    return FALSE;
  steps = ((double) engine.step - steps) / (bench_now () - begun);
  bench_table_add (table, "%zu%s|%s|%.1f|%.1f|%.1f|%.1f|%.1f|%.1f|%.0f %%|%.0f %%|%.0f",
                   n_records, self->to_views ? ", every one" : "", threads,
                   frames.interval_median, frames.interval_p99, frames.busy_median,
                   frames.busy_p99, frames.fed, frames.shown, 100 * frames.main_share,
                   100 * frames.painting_share, steps);
  return TRUE;
}

/* With none, one and all threads training; at last, `with_views`, with all threads and
 * every snapshot given to the views themselves. */
static gboolean
measure_records (BenchTable *table, gsize n_records, gboolean with_views, GError **error)
{
  guint         n_all = MAX (g_get_num_processors (), 2);
  guint         n_threads[] = { 0, 1, n_all, n_all };
  gsize         n = G_N_ELEMENTS (n_threads) - (with_views ? 0 : 1);
  g_auto (Show) self = { .timer = 0 };

  if (!show_init (&self, n_records, n, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      self.to_views = i + 1 == G_N_ELEMENTS (n_threads);
      if (!measure_frames (table, &self, n_records, n_threads[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
measure_smoothness (GError **error)
{
  static const char *const columns[]
      = { "records",      "threads training", "interval, median",   "99th percentile",
          "busy, median", "99th percentile",  "snapshots a second", "plots a second",
          "main thread",  "painting thread",  "engine's steps/s",   NULL };
  g_autoptr (BenchTable) table = bench_table_new (
      "frames",
      "Frames: four plots at 1280 x 800, 25 snapshots a second, Cairo; milliseconds, and "
      "what threads use of a processor.  The window passes a snapshot on every 100 ms; "
      "\"every one\": plots get all of them",
      columns);

  return measure_records (table, 500, FALSE, error)
         && measure_records (table, 100000, FALSE, error)
         && measure_records (table, 1000000, TRUE, error)
         && bench_table_finish (table, error);
}

/* --- nothing to see ------------------------------------------------------------------ */

static gboolean
is_running (gpointer model, GError **error)
{
  const EngSnapshot *snapshot = esc_session_model_get_snapshot (model);

  return bench_window_check (snapshot, error)
         && esc_session_model_get_phase (model) == ENG_PHASE_RUNNING
         && snapshot->step > 0;
}

static gboolean
is_paused (gpointer model, GError **error)
{
  return bench_window_check (esc_session_model_get_snapshot (model), error)
         && esc_session_model_get_phase (model) == ENG_PHASE_PAUSED;
}

static void
measure_state (BenchTable *table, BenchWindow *window, const char *state)
{
  BenchFrames frames = bench_window_watch (window, seconds, FALSE);

  bench_table_add (table, "%s|%.1f|%.1f|%.1f|%.2f %%|%.2f %%|%.2f %%", state,
                   frames.frames, frames.projected, frames.shown, 100 * frames.main_share,
                   100 * frames.painting_share, 100 * frames.process_share);
}

static gboolean
measure_states (BenchTable *table, BenchWindow *window, GError **error)
{
  EscSessionModel *model = window->window->model;

  esc_session_model_train (model);
  if (!bench_window_wait (is_running, model, "the window trains", error))
    return FALSE;
  measure_state (table, window, "training, seen");
  gtk_widget_set_visible (GTK_WIDGET (window->window), FALSE);
  measure_state (table, window, "training, hidden");
  /* Or it has not trained while it was hidden. */
  if (!bench_window_wait (is_running, model, "the window still trains", error))
    return FALSE;
  gtk_widget_set_visible (GTK_WIDGET (window->window), TRUE);
  esc_session_model_pause (model);
  if (!bench_window_wait (is_paused, model, "the window is paused", error))
    return FALSE;
  measure_state (table, window, "paused, seen");
  gtk_widget_set_visible (GTK_WIDGET (window->window), FALSE);
  measure_state (table, window, "paused, hidden");
  return TRUE;
}

static gboolean
measure_rest (GError **error)
{
  static const char *const columns[]
      = { "window",      "frames a second", "projections a second", "plots a second",
          "main thread", "painting thread", "whole process",        NULL };
  g_autoptr (BenchTable) table = bench_table_new (
      "rest",
      "At rest: what threads use of a processor while the window's own experiment trains, "
      "and when it does not; the whole process trains in the first two rows",
      columns);
  BenchWindow window = { 0 };
  gboolean    is_done;

  is_done = bench_window_open (&window, SHOWN, error)
            && measure_states (table, &window, error);
  bench_window_clear (&window);
  return is_done && bench_table_finish (table, error);
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
  if (status != 0)
    return status;
  if (!bench_window_has_display (program.name))
    return 0;
  if (!bench_window_init (program.name))
    return 1;
  status = bench_program_measure (&program);
  bench_window_finish ();
  return status;
}
