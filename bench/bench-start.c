/* SPDX-License-Identifier: GPL-3.0-or-later
 * bench-start: how long it takes from the start of the program to its first frame and to
 * the first curve, what it holds in memory, and what a long run keeps.  Each start is a
 * process of its own: this program again, as the window's program. */
#include "config.h"

#include "bench-program.h"
#include "bench-table.h"
#include "bench-window.h"
#include "eng-experiment.h"
#include "esc-plot-view-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A start takes no longer. */
#define LIMIT_SECONDS 120

/* When this process was started, monotonic, µs; 0: it is the bench that starts others. */
static gint64 exec_at = 0;

static const GOptionEntry options[] = {
  { "started", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT64, &exec_at, NULL, NULL },
  { NULL },
};

/* What a start tells, in this order and on one line. */
typedef enum
{
  FIRST_FRAME,  /* seconds since the program was started */
  FIRST_CURVE,  /* the same, to the second picture of the losses that differs while it
                 * trains; trained as soon as it is prepared */
  RESIDENT,     /* MB, when the experiment is done */
  PEAK,         /* MB, at most until then */
  PROPORTIONAL, /* as RESIDENT, pages that are shared counted as their share */
  HOUR_RECORDS, /* of a run that takes an hour */
  HOUR_KB,      /* of the traces of all runs then */
  N_FIGURES,
} Figure;

/* --- the window's program ------------------------------------------------------------ */

typedef struct
{
  EscWindow  *window;
  GdkTexture *picture; /* of the losses, the last while it trained */
  guint       n_pictures;
  double      figures[N_FIGURES];
} Start;

static double
get_age (void)
{
  return (double) (g_get_monotonic_time () - exec_at) / G_USEC_PER_SEC;
}

/* MB of one line of a file of the kernel: "Rss:   1234 kB". */
static double
read_memory (const char *path, const char *key)
{
  g_autofree char *text = NULL;
  const char      *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NAN;
  line = strstr (text, key);
  return line == NULL ? NAN : g_ascii_strtod (line + strlen (key), NULL) / 1024;
}

static void
size_traces (Start *self, const EngSnapshot *snapshot)
{
  double             steps = 3600 * (double) snapshot->step / snapshot->seconds;
  g_autoptr (GArray) schedule = eng_run_schedule ((guint64) steps);
  double             bytes = 0;

  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      EngTrace *trace = snapshot->runs[i].trace;

      bytes += 8.0 * (double) (eng_trace_get_n_columns (trace) + 2)
               + 4.0 * (double) eng_trace_get_n_directions (trace);
    }
  self->figures[HOUR_RECORDS] = schedule->len;
  self->figures[HOUR_KB] = bytes * schedule->len / 1024;
}

static void
finish (Start *self, const EngSnapshot *snapshot)
{
  self->figures[RESIDENT] = read_memory ("/proc/self/smaps_rollup", "Rss:");
  self->figures[PEAK] = read_memory ("/proc/self/status", "VmHWM:");
  self->figures[PROPORTIONAL] = read_memory ("/proc/self/smaps_rollup", "Pss:");
  size_traces (self, snapshot);
  for (guint i = 0; i < N_FIGURES; i++)
    g_print ("%.6g ", self->figures[i]);
  g_print ("\n");
  g_application_quit (g_application_get_default ());
}

static void
frame_cb (Start *self)
{
  EscPlotView       *view = esc_plot_card_get_view (self->window->loss);
  const EngSnapshot *drawn = view->picture == NULL ? NULL : view->drawn;

  if (self->figures[FIRST_FRAME] == 0)
    {
      self->figures[FIRST_FRAME] = get_age ();
      esc_session_model_train (self->window->model);
    }
  if (drawn == NULL || drawn->n_runs == 0 || drawn->step == 0
      || drawn->runs[0].n_records < 2)
    return;
  if (drawn->phase == ENG_PHASE_RUNNING && g_set_object (&self->picture, view->picture)
      && ++self->n_pictures == 2)
    self->figures[FIRST_CURVE] = get_age ();
  if (drawn->phase == ENG_PHASE_DONE && self->figures[RESIDENT] == 0)
    finish (self, drawn);
}

static void
realized_cb (GtkWidget *widget, Start *self)
{
  self->window = ESC_WINDOW (widget);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (widget), "after-paint",
                            G_CALLBACK (frame_cb), self);
}

static void
added_cb (GtkApplication *application, GtkWindow *window, Start *self)
{
  if (ESC_IS_WINDOW (window))
    g_signal_connect (window, "realize", G_CALLBACK (realized_cb), self);
}

static gboolean
too_late_cb (gpointer data)
{
  g_printerr ("bench-start: the experiment is not done within %d seconds\n",
              LIMIT_SECONDS);
  bench_window_finish ();
  exit (1);
}

static int
be_started (char *name)
{
  Start self = { 0 };
  char *argv[] = { name, NULL };
  int   status;

  if (!bench_window_init ("bench-start"))
    return 1;
  g_timeout_add_seconds (LIMIT_SECONDS, too_late_cb, NULL);
  g_signal_connect (g_application_get_default (), "window-added", G_CALLBACK (added_cb),
                    &self);
  status = g_application_run (g_application_get_default (), 1, argv);
  g_clear_object (&self.picture);
  bench_window_finish ();
  return status;
}

/* --- from outside -------------------------------------------------------------------- */

static const char *program_path = NULL;

/* The first ones are times and memory: none is zero. */
static gboolean
read_figures (const char *answer, double figures[N_FIGURES], GError **error)
{
  const char *at = answer;

  for (guint i = 0; i < N_FIGURES; i++)
    {
      char *end;

      figures[i] = g_ascii_strtod (at, &end);
      if (end == at || !isfinite (figures[i]) || (i <= PROPORTIONAL && figures[i] <= 0))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "a start must tell %d figures, the first %d above 0, told: %s",
                       N_FIGURES, PROPORTIONAL + 1, answer);
          return FALSE;
        }
      at = end;
    }
  return TRUE;
}

static gboolean
start (const char *program, double figures[N_FIGURES], GError **error)
{
  g_autofree char *now = g_strdup_printf ("--started=%" G_GINT64_FORMAT,
                                          g_get_monotonic_time ());
  char            *argv[] = { (char *) program, now, NULL };
  g_autofree char *answer = NULL;
  int              status;

  return g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &answer, NULL,
                       &status, error)
         && g_spawn_check_wait_status (status, error)
         && read_figures (answer, figures, error);
}

static gboolean
measure (GError **error)
{
  static const char *const columns[] = { "figure", "median", "worst", "target", NULL };
  static const struct
  {
    const char *title, *target;
  } rows[N_FIGURES] = {
    { "first frame (s)", "< 1" },    { "first curve (s)", "< 2" },
    { "resident (MB)", "< 200" },    { "its peak (MB)", "" },
    { "its proportional (MB)", "" }, { "records in an hour", "" },
    { "their traces (KB)", "" },
  };
  g_autoptr (BenchTable) table = NULL;
  gsize                  n = (gsize) bench_options.repetitions;
  g_autofree double     *figures = g_new (double, N_FIGURES *n);

  for (gsize i = 0; i < n; i++)
    {
      double one[N_FIGURES];

      if (!start (program_path, one, error))
        return FALSE;
      for (gsize j = 0; j < N_FIGURES; j++)
        figures[j * n + i] = one[j];
    }
  table = bench_table_new (
      "start", "Start: the window with the first preset, trained to its end", columns);
  for (gsize j = 0; j < N_FIGURES; j++)
    {
      double *row = figures + j * n;

      bench_table_add (table, "%s|%.4g|%.4g|%s", rows[j].title,
                       bench_quantile (n, row, 0.5), bench_quantile (n, row, 1.0),
                       rows[j].target);
    }
  return bench_table_finish (table, error);
}

int
main (int argc, char **argv)
{
  static const BenchSection sections[] = {
    { "start", measure },
    { NULL, NULL },
  };
  static const BenchProgram program = { "bench-start", sections, options };
  int                       status;

  eng_start (argv);
  program_path = argv[0];
  status = bench_program_parse (&program, argc, argv);
  if (status != 0)
    return status;
  if (exec_at > 0)
    return be_started (argv[0]);
  if (!bench_window_has_display ("bench-start"))
    return 0;
  return bench_program_measure (&program);
}
