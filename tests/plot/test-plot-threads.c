/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records are written, newer frames continue the samples of older ones, and these are
 * painted, all at the same time: as the engine, the painting thread and the main thread of
 * the window do. Worth most under ThreadSanitizer. */
#include "plot-painter.h"
#include "plot.h"

#include <pthread.h>

#define N_RECORDS 20000
#define WIDTH     320
#define HEIGHT    200

enum
{
  TRAIN,
  TEST,
  ENERGY_1,
  ENERGY_2,
  ENERGY_3,
  BEYOND,
  N_COLUMNS,
};

static const EngColumn columns[N_COLUMNS] = {
  { "train-loss", "Train loss" },  { "test-loss", "Test loss" },
  { "energy-q1", "Energy in Q1" }, { "energy-q2", "Energy in Q2" },
  { "energy-q3", "Energy in Q3" }, { "energy-beyond-q1", "Energy beyond Q1" },
};

static const char *const plots[] = { "loss", "bands" };

typedef struct
{
  EngTrace       *trace;
  pthread_mutex_t lock; /* on what follows; GLib's is not seen by ThreadSanitizer */
  PlotFrame      *frames[G_N_ELEMENTS (plots)]; /* (nullable): as the view shows them */
  gboolean        is_over;
} Stage;

static gpointer
write_cb (gpointer data)
{
  Stage *self = data;

  for (gsize i = 0; i < N_RECORDS; i++)
    {
      eng_trace_open (self->trace, i, (double) i);
      for (gsize column = 0; column < N_COLUMNS; column++)
        eng_trace_set (self->trace, column,
                       (double) (column + 1) / (1 + (double) (i % 100)));
      eng_trace_publish (self->trace);
      if (i % 50 == 0)
        g_usleep (2000);
    }
  return NULL;
}

/* Of what is published now. */
static EngSnapshot *
take_snapshot (Stage *self)
{
  EngSnapshot *snapshot = eng_snapshot_new (NULL, 1);
  EngRunView  *run = &snapshot->runs[0];

  run->label = g_strdup ("Lazy");
  run->learner = g_strdup ("lazy");
  run->trace = eng_trace_ref (self->trace);
  run->n_records = eng_trace_get_length (self->trace);
  run->step = snapshot->step = run->n_records;
  run->planned = snapshot->planned = N_RECORDS;
  snapshot->phase = ENG_PHASE_RUNNING;
  return snapshot;
}

/* Returns: (transfer full) (nullable). */
static PlotFrame *
take_frame (Stage *self, gsize plot)
{
  PlotFrame *frame;

  pthread_mutex_lock (&self->lock);
  frame = self->frames[plot] == NULL ? NULL : plot_frame_ref (self->frames[plot]);
  pthread_mutex_unlock (&self->lock);
  return frame;
}

static void
give_frame (Stage *self, gsize plot, PlotFrame *frame)
{
  pthread_mutex_lock (&self->lock);
  g_clear_pointer (&self->frames[plot], plot_frame_unref);
  self->frames[plot] = frame;
  pthread_mutex_unlock (&self->lock);
}

static void
paint (const PlotFrame *frame)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH,
                                                         HEIGHT);
  cairo_t         *cr = cairo_create (surface);
  PlotTheme        theme;

  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  plot_painter_paint (frame, &theme, NULL, cr, WIDTH, HEIGHT);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* Continues what is shown, and shows it, until all records are in it. */
static gpointer
continue_cb (gpointer data)
{
  Stage *self = data;
  gsize  n = 0;

  while (n < N_RECORDS)
    {
      g_autoptr (EngSnapshot) snapshot = take_snapshot (self);

      n = snapshot->runs[0].n_records;
      for (gsize plot = 0; plot < G_N_ELEMENTS (plots); plot++)
        {
          g_autoptr (PlotFrame) earlier = take_frame (self, plot);
          PlotOptions           options = { .earlier = earlier };
          PlotFrame *frame = plot_project (plot_find_class (plots[plot]), snapshot,
                                           &options);

          paint (frame);
          give_frame (self, plot, frame);
        }
    }
  pthread_mutex_lock (&self->lock);
  self->is_over = TRUE;
  pthread_mutex_unlock (&self->lock);
  return NULL;
}

static gboolean
is_over (Stage *self)
{
  gboolean over;

  pthread_mutex_lock (&self->lock);
  over = self->is_over;
  pthread_mutex_unlock (&self->lock);
  return over;
}

/* Paints what is shown, which others continue meanwhile, and continues it as well: as a
 * person does who zooms. */
static void
look (Stage *self)
{
  for (gsize plot = 0; plot < G_N_ELEMENTS (plots); plot++)
    {
      g_autoptr (PlotFrame)   shown = take_frame (self, plot);
      g_autoptr (EngSnapshot) snapshot = take_snapshot (self);
      g_autoptr (PlotFrame)   next = NULL;
      PlotOptions             options = { .earlier = shown, .x_range = { 10, 1000 } };

      if (shown == NULL)
        continue;
      paint (shown);
      next = plot_project (plot_find_class (plots[plot]), snapshot, &options);
      paint (next);
    }
}

static void
check_end (Stage *self)
{
  g_autoptr (PlotFrame) shown = take_frame (self, 0);
  const PlotPanel      *panel = g_ptr_array_index (shown->panels, 0);

  for (guint i = 0; i < panel->series->len; i++)
    {
      const PlotSeries *series = g_ptr_array_index (panel->series, i);

      g_assert_cmpuint (series->n, ==, N_RECORDS);
      for (gsize j = 0; j < series->n; j++)
        g_assert_cmpfloat (
            series->y[j], ==,
            (double) (series->role == PLOT_ROLE_TRAIN ? TRAIN + 1 : TEST + 1)
                / (1 + (double) (j % 100)));
    }
}

static void
test_together (void)
{
  Stage    self = { .trace = eng_trace_new (columns, N_COLUMNS, N_RECORDS, 0) };
  GThread *painter, *writer;
  guint    n_looks = 0;

  pthread_mutex_init (&self.lock, NULL);
  painter = g_thread_new ("painter", continue_cb, &self);
  writer = g_thread_new ("writer", write_cb, &self);
  for (; !is_over (&self); n_looks++)
    look (&self);
  g_thread_join (writer);
  g_thread_join (painter);
  g_assert_cmpuint (n_looks, >, 0);
  check_end (&self);
  for (gsize plot = 0; plot < G_N_ELEMENTS (plots); plot++)
    give_frame (&self, plot, NULL);
  eng_trace_unref (self.trace);
  pthread_mutex_destroy (&self.lock);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/threads/together", test_together);
  return g_test_run ();
}
