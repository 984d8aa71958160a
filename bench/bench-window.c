/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program's window on a display. */
#include "config.h"

#include "bench-window.h"

#include "bench-table.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#define WIDTH  1280
#define HEIGHT 800

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

  if (!bench_window_has_display (bench))
    return FALSE;
  state_folder = g_dir_make_tmp ("escapement-bench-XXXXXX", &error);
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
    return TRUE;
  g_printerr ("%s: %s\n", bench, error->message);
  bench_window_finish ();
  return FALSE;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

void
bench_window_finish (void)
{
  g_clear_object (&application);
  if (state_folder != NULL)
    remove_folder (state_folder);
  g_clear_pointer (&state_folder, g_free);
}

/* --- window -------------------------------------------------------------------------- */

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
bench_window_wait (gboolean (*condition) (gpointer data), gpointer data)
{
  guint wake = g_timeout_add (5, wake_cb, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
}

static gboolean
is_prepared (gpointer data)
{
  EscWindow   *window = data;
  EngSnapshot *snapshot = esc_session_model_get_snapshot (window->model);

  return snapshot != NULL && snapshot->phase == ENG_PHASE_PAUSED
         && eng_spec_equal (snapshot->spec, esc_document_get_spec (window->document));
}

static void
drawn_cb (BenchWindow *self)
{
  self->n_drawn++;
}

/* The first four that are seen. */
static void
find_cards (BenchWindow *self)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self->window);
  gsize                 n = 0;

  for (guint i = 0; i < cards->len && n < G_N_ELEMENTS (self->cards); i++)
    if (gtk_widget_get_visible (g_ptr_array_index (cards, i)))
      {
        self->cards[n] = g_ptr_array_index (cards, i);
        g_signal_connect_swapped (esc_plot_card_get_view (self->cards[n++]),
                                  "notify::frame", G_CALLBACK (drawn_cb), self);
      }
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
}

/* A signal closes windows. */
static void
told_to_end_cb (void)
{
  bench_window_finish ();
  exit (1);
}

void
bench_window_open (BenchWindow *self, const char *text)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, -1, &error);
  GdkFrameClock      *clock;

  g_assert_no_error (error);
  self->window = esc_window_new (application);
  gtk_window_set_default_size (GTK_WINDOW (self->window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (self->window));
  esc_document_load (self->window->document, spec, NULL, NULL);
  bench_window_wait (is_prepared, self->window);
  g_signal_connect (self->window, "destroy", G_CALLBACK (told_to_end_cb), NULL);
  find_cards (self);
  self->begins = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->busy = g_array_new (FALSE, FALSE, sizeof (double));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (begin_cb), self);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (end_cb), self);
}

void
bench_window_clear (BenchWindow *self)
{
  g_signal_handlers_disconnect_by_func (self->window, told_to_end_cb, NULL);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&self->begins, g_array_unref);
  g_clear_pointer (&self->busy, g_array_unref);
}

/* --- watch --------------------------------------------------------------------------- */

static double
get_thread_seconds (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return (double) spent.tv_sec + 1e-9 * (double) spent.tv_nsec;
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
summarise (BenchWindow *self, double seconds, double cpu)
{
  BenchFrames        frames = { .n_frames = self->begins->len };
  gsize              n = frames.n_frames > 1 ? frames.n_frames - 1 : 0;
  g_autofree double *intervals = g_new (double, n + 1);
  double            *busy = (double *) (gpointer) self->busy->data;

  frames.cpu_share = cpu / seconds;
  frames.drawn_per_second = self->n_drawn / seconds;
  frames.frames_per_second = (double) frames.n_frames / seconds;
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
  double cpu;

  if (moving)
    tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->window), keep_moving_cb, NULL,
                                         NULL);
  /* What led here has settled. */
  run_loop (1.0);
  g_array_set_size (self->begins, 0);
  g_array_set_size (self->busy, 0);
  self->n_drawn = 0;
  begun = g_get_monotonic_time ();
  cpu = get_thread_seconds ();
  run_loop (seconds);
  cpu = get_thread_seconds () - cpu;
  if (tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->window), tick);
  return summarise (self, (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC,
                    cpu);
}
