/* SPDX-License-Identifier: GPL-3.0-or-later
 * Samples that grow with their trace. */
#include "config.h"

#include "plot-samples.h"

#include <math.h>

gboolean
plot_source_equal (const PlotSource *a, const PlotSource *b)
{
  if (a->trace != b->trace || a->what != b->what || a->variant != b->variant
      || a->first != b->first)
    return FALSE;
  g_assert (a->n_rows == b->n_rows);
  return TRUE;
}

static PlotSamples *
samples_new (const PlotSource *source, gsize capacity)
{
  PlotSamples *self = g_new0 (PlotSamples, 1);

  g_atomic_ref_count_init (&self->ref_count);
  pthread_mutex_init (&self->lock, NULL);
  self->source = *source;
  eng_trace_ref (self->source.trace);
  /* Memory that is not touched yet costs nothing. */
  self->x = g_new (double, capacity);
  for (guint row = 0; row < source->n_rows; row++)
    {
      self->y[row] = g_new (double, capacity);
      self->pyramids[row] = plot_pyramid_new_empty (capacity);
      self->extents[row] = (PlotExtent){ NAN, NAN, NAN };
    }
  return self;
}

void
plot_extent_add (PlotExtent *self, const double *y, gsize from, gsize end)
{
  for (gsize i = from; i < end; i++)
    {
      if (!isfinite (y[i]))
        continue;
      /* Comparisons with NaN are false. */
      if (!(y[i] >= self->smallest))
        self->smallest = y[i];
      if (!(y[i] <= self->largest))
        self->largest = y[i];
      if (y[i] > 0 && !(y[i] >= self->smallest_positive))
        self->smallest_positive = y[i];
    }
}

static void
extend (PlotSamples *self, gsize n, PlotFillSamples fill, gconstpointer data)
{
  gsize from = self->n;

  fill (&self->source, data, from, n, self->x, self->y);
  for (guint row = 0; row < self->source.n_rows; row++)
    {
      plot_pyramid_extend (self->pyramids[row], self->y[row], from, n);
      plot_extent_add (&self->extents[row], self->y[row], from, n);
    }
  self->n = n;
}

/* Returns: FALSE if there are more samples already, whose extents would be others. */
static gboolean
continue_to (PlotSamples    *self,
             gsize           n,
             PlotFillSamples fill,
             gconstpointer   data,
             PlotExtent     *extents)
{
  gboolean fits;

  pthread_mutex_lock (&self->lock);
  fits = self->n <= n;
  if (fits)
    extend (self, n, fill, data);
  for (guint row = 0; fits && row < self->source.n_rows && extents != NULL; row++)
    extents[row] = self->extents[row];
  pthread_mutex_unlock (&self->lock);
  return fits;
}

PlotSamples *
plot_samples_new (PlotSamples      *earlier,
                  const PlotSource *source,
                  gsize             n,
                  PlotFillSamples   fill,
                  gconstpointer     data,
                  PlotExtent       *extents)
{
  PlotSamples *self;

  g_assert (source->n_rows <= PLOT_SAMPLES_MAX_ROWS);
  if (earlier != NULL && plot_source_equal (&earlier->source, source)
      && continue_to (earlier, n, fill, data, extents))
    return plot_samples_ref (earlier);
  self = samples_new (source, MAX (eng_trace_get_capacity (source->trace), n));
  continue_to (self, n, fill, data, extents);
  return self;
}

PlotSamples *
plot_samples_ref (PlotSamples *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
plot_samples_unref (PlotSamples *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint row = 0; row < self->source.n_rows; row++)
    {
      g_free (self->y[row]);
      plot_pyramid_free (self->pyramids[row]);
    }
  g_free (self->x);
  pthread_mutex_destroy (&self->lock);
  eng_trace_unref (self->source.trace);
  g_free (self);
}
