/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program's window on a display. */
#include "config.h"

#include "bench-window.h"

#include "bench-folder.h"
#include "bench-table.h"
#include "esc-plot-view-private.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#define WIDTH  1280
#define HEIGHT 800

#define WAIT_SECONDS 60

static char           *state_folder = NULL;
static EscApplication *application = NULL;

/* --- environment --------------------------------------------------------------------- */

gboolean
bench_window_has_display (const char *bench)
{
  if (g_getenv ("DISPLAY") != NULL || g_getenv ("WAYLAND_DISPLAY") != NULL)
    return TRUE;
  g_print ("\n%s: there is no display; ./run --bench brings one\n", bench);
  return FALSE;
}

gboolean
bench_window_init (const char *bench)
{
  g_autoptr (GError) error = NULL;

  state_folder = bench_folder_make (&error);
  if (state_folder == NULL)
    {
      g_printerr ("%s: %s\n", bench, error->message);
      return FALSE;
    }
  g_setenv ("XDG_STATE_HOME", state_folder, TRUE);
  g_setenv ("XDG_DATA_HOME", state_folder, TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL)
    g_setenv ("GTK_A11Y", "none", TRUE);
  gtk_disable_setlocale ();
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  application = esc_application_new (ESC_APP_ID ".Bench", G_APPLICATION_NON_UNIQUE);
  if (g_application_register (G_APPLICATION (application), NULL, &error))
    {
      /* The application has taken the signals. */
      bench_folder_guard ();
      return TRUE;
    }
  g_printerr ("%s: %s\n", bench, error->message);
  bench_window_finish ();
  return FALSE;
}

void
bench_window_finish (void)
{
  g_clear_object (&application);
  g_clear_pointer (&state_folder, bench_folder_remove);
}

/* --- window -------------------------------------------------------------------------- */

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
bench_window_wait (BenchCondition condition,
                   gpointer       data,
                   const char    *what,
                   GError       **error)
{
  guint              wake = g_timeout_add (5, wake_cb, NULL);
  gint64             end = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  g_autoptr (GError) failed = NULL;
  gboolean           holds;

  while (!(holds = condition (data, &failed)) && failed == NULL
         && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  if (holds)
    return TRUE;
  if (failed != NULL)
    g_propagate_prefixed_error (error, g_steal_pointer (&failed), "%s: ", what);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s: not within %d seconds",
                 what, WAIT_SECONDS);
  return FALSE;
}

gboolean
bench_window_check (const EngSnapshot *snapshot, GError **error)
{
  if (snapshot == NULL || snapshot->phase != ENG_PHASE_FAILED)
    return TRUE;
  if (snapshot->error != NULL)
    g_propagate_error (error, g_error_copy (snapshot->error));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the engine has failed");
  return FALSE;
}

static gboolean
is_prepared (gpointer data, GError **error)
{
  EscWindow   *window = data;
  EngSnapshot *snapshot = esc_session_model_get_snapshot (window->model);

  return bench_window_check (snapshot, error) && snapshot != NULL
         && snapshot->phase == ENG_PHASE_PAUSED
         && eng_spec_equal (snapshot->spec, esc_document_get_spec (window->document));
}

static void
projected_cb (BenchWindow *self)
{
  self->n_projected++;
}

static gboolean
are_mapped (gpointer data, GError **error)
{
  BenchWindow *self = data;

  for (gsize i = 0; i < G_N_ELEMENTS (self->cards); i++)
    if (!gtk_widget_get_mapped (GTK_WIDGET (esc_plot_card_get_view (self->cards[i]))))
      return FALSE;
  return TRUE;
}

/* The first four that are seen. */
static gboolean
find_cards (BenchWindow *self, GError **error)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self->window);
  gsize                 n = 0;

  for (guint i = 0; i < cards->len && n < G_N_ELEMENTS (self->cards); i++)
    if (gtk_widget_get_visible (g_ptr_array_index (cards, i)))
      {
        self->cards[n] = g_ptr_array_index (cards, i);
        g_signal_connect_swapped (esc_plot_card_get_view (self->cards[n++]),
                                  "notify::frame", G_CALLBACK (projected_cb), self);
      }
  if (n == G_N_ELEMENTS (self->cards))
    return bench_window_wait (are_mapped, self, "four plots are seen", error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               "the window must have four plots, has %zu", n);
  return FALSE;
}

static void
begin_cb (BenchWindow *self)
{
  self->begun = g_get_monotonic_time ();
  g_array_append_val (self->begins, self->begun);
}

static void
end_cb (BenchWindow *self)
{
  double busy = 1e-3 * (double) (g_get_monotonic_time () - self->begun);

  g_array_append_val (self->busy, busy);
  for (gsize i = 0; i < G_N_ELEMENTS (self->cards); i++)
    if (g_set_object (&self->pictures[i],
                      esc_plot_card_get_view (self->cards[i])->picture)
        && self->pictures[i] != NULL)
      self->n_shown++;
}

/* A signal closes windows. */
static void
told_to_end_cb (void)
{
  bench_window_finish ();
  exit (1);
}

gboolean
bench_window_open (BenchWindow *self, const char *text, GError **error)
{
  g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, -1, error);
  GdkFrameClock      *clock;

  if (spec == NULL)
    return FALSE;
  self->begins = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->busy = g_array_new (FALSE, FALSE, sizeof (double));
  self->window = esc_window_new (application);
  g_signal_connect (self->window, "destroy", G_CALLBACK (told_to_end_cb), NULL);
  gtk_window_set_default_size (GTK_WINDOW (self->window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (self->window));
  esc_document_load (self->window->document, spec, NULL, NULL);
  if (!bench_window_wait (is_prepared, self->window, "the window is prepared", error)
      || !find_cards (self, error))
    return FALSE;
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (begin_cb), self);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (end_cb), self);
  return TRUE;
}

void
bench_window_clear (BenchWindow *self)
{
  if (self->window == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->window, told_to_end_cb, NULL);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (gsize i = 0; i < G_N_ELEMENTS (self->pictures); i++)
    g_clear_object (&self->pictures[i]);
  g_clear_pointer (&self->begins, g_array_unref);
  g_clear_pointer (&self->busy, g_array_unref);
}

/* --- watch --------------------------------------------------------------------------- */

/* Seconds of processors. */
typedef struct
{
  double main, painting, process;
} Spent;

static double
read_clock (clockid_t id)
{
  struct timespec spent;

  clock_gettime (id, &spent);
  return (double) spent.tv_sec + 1e-9 * (double) spent.tv_nsec;
}

/* Of a thread: the kernel's first number, in nanoseconds. */
static double
read_task (const char *id)
{
  g_autofree char *path = g_build_filename ("/proc/self/task", id, "schedstat", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  return 1e-9 * g_ascii_strtod (text, NULL);
}

/* Painting is done by a pool of GLib. */
static gboolean
is_of_pool (const char *id)
{
  g_autofree char *path = g_build_filename ("/proc/self/task", id, "comm", NULL);
  g_autofree char *name = NULL;

  return g_file_get_contents (path, &name, NULL, NULL)
         && g_str_has_prefix (name, "pool-");
}

static double
read_painting (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  double           sum = 0;
  const char      *id;

  while (tasks != NULL && (id = g_dir_read_name (tasks)) != NULL)
    if (is_of_pool (id))
      sum += read_task (id);
  return sum;
}

static Spent
read_spent (void)
{
  return (Spent){ read_clock (CLOCK_THREAD_CPUTIME_ID), read_painting (),
                  read_clock (CLOCK_PROCESS_CPUTIME_ID) };
}

static gboolean
keep_moving_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
run_loop (double seconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  guint  wake = g_timeout_add (250, wake_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
}

static BenchFrames
summarise (BenchWindow *self, double seconds, const Spent *before, const Spent *after)
{
  BenchFrames        frames = { .n_frames = self->begins->len };
  gsize              n = frames.n_frames > 1 ? frames.n_frames - 1 : 0;
  g_autofree double *intervals = g_new (double, n + 1);
  double            *busy = (double *) (gpointer) self->busy->data;

  frames.main_share = (after->main - before->main) / seconds;
  /* What a thread of the pool used goes with it when it ends. */
  frames.painting_share = fmax (after->painting - before->painting, 0.0) / seconds;
  frames.process_share = (after->process - before->process) / seconds;
  frames.frames = (double) frames.n_frames / seconds;
  frames.projected = self->n_projected / seconds;
  frames.shown = self->n_shown / seconds;
  frames.fed = self->n_fed / seconds;
  frames.interval_median = frames.interval_p99 = NAN;
  frames.busy_median = frames.busy_p99 = NAN;
  if (n == 0)
    return frames;
  for (gsize i = 0; i < n; i++)
    intervals[i] = 1e-3
                   * (double) (g_array_index (self->begins, gint64, i + 1)
                               - g_array_index (self->begins, gint64, i));
  frames.interval_median = bench_quantile (n, intervals, 0.5);
  frames.interval_p99 = bench_quantile (n, intervals, 0.99);
  frames.busy_median = bench_quantile (n, busy, 0.5);
  frames.busy_p99 = bench_quantile (n, busy, 0.99);
  return frames;
}

BenchFrames
bench_window_watch (BenchWindow *self, double seconds, gboolean moving)
{
  gint64 begun;
  guint  tick = 0;
  Spent  before, after;

  if (moving)
    tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->window), keep_moving_cb, NULL,
                                         NULL);
  /* What led here has settled. */
  run_loop (1.0);
  g_array_set_size (self->begins, 0);
  g_array_set_size (self->busy, 0);
  self->n_projected = self->n_shown = self->n_fed = 0;
  begun = g_get_monotonic_time ();
  before = read_spent ();
  run_loop (seconds);
  after = read_spent ();
  if (tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->window), tick);
  return summarise (self, (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC,
                    &before, &after);
}
