/* SPDX-License-Identifier: GPL-3.0-or-later
 * Building and freeing the plain data of a plot. */
#include "config.h"

#include "plot-frame.h"

#include <math.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (PlotFrame, plot_frame, plot_frame_ref, plot_frame_unref)

static void
series_free (PlotSeries *self)
{
  if (self->samples == NULL)
    {
      g_free (self->x);
      g_free (self->y);
      plot_pyramid_free (self->pyramid);
    }
  g_free (self->until);
  g_free (self->label);
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static void
area_free (PlotArea *self)
{
  g_free (self->name);
  if (self->samples == NULL)
    {
      g_free (self->x);
      g_free (self->lower);
      g_free (self->upper);
      plot_pyramid_free (self->lower_pyramid);
      plot_pyramid_free (self->upper_pyramid);
    }
  g_free (self);
}

static void
cloud_free (PlotCloud *self)
{
  g_free (self->x);
  g_free (self->y);
  g_free (self);
}

static void
span_free (PlotSpan *self)
{
  g_free (self->name);
  g_free (self->detail);
  g_free (self->brief);
  g_free (self);
}

static void
rule_free (PlotRule *self)
{
  g_free (self->label);
  g_free (self);
}

static void
stair_free (PlotStair *self)
{
  g_free (self->label);
  g_free (self->brief);
  g_free (self);
}

static void
note_free (PlotNote *self)
{
  g_free (self->label);
  g_free (self);
}

static void
panel_free (PlotPanel *self)
{
  g_free (self->x.title);
  g_free (self->y.title);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->quantity);
  g_free (self->subtitle_brief);
  g_free (self->hatch_label);
  g_free (self->thin_label);
  g_free (self->thick_label);
  g_ptr_array_unref (self->spans);
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->stairs);
  g_ptr_array_unref (self->areas);
  g_ptr_array_unref (self->pinned);
  g_ptr_array_unref (self->clouds);
  g_ptr_array_unref (self->series);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

PlotFrame *
plot_frame_new (const char *title)
{
  PlotFrame *self = g_new0 (PlotFrame, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->title = g_strdup (title);
  self->panels = g_ptr_array_new_with_free_func ((GDestroyNotify) panel_free);
  self->samples = g_ptr_array_new_with_free_func ((GDestroyNotify) plot_samples_unref);
  return self;
}

PlotFrame *
plot_frame_ref (PlotFrame *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
plot_frame_unref (PlotFrame *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->quantity);
  g_free (self->summary);
  g_ptr_array_unref (self->panels);
  g_ptr_array_unref (self->samples);
  g_free (self);
}

PlotPanel *
plot_frame_add_panel (PlotFrame *self)
{
  PlotPanel *panel = g_new0 (PlotPanel, 1);

  panel->frame = self;
  panel->x.lo = panel->x.hi = panel->y.lo = panel->y.hi = NAN;
  panel->now = panel->hatch_from = NAN;
  panel->spans = g_ptr_array_new_with_free_func ((GDestroyNotify) span_free);
  panel->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  panel->stairs = g_ptr_array_new_with_free_func ((GDestroyNotify) stair_free);
  panel->areas = g_ptr_array_new_with_free_func ((GDestroyNotify) area_free);
  panel->pinned = g_ptr_array_new_with_free_func ((GDestroyNotify) area_free);
  panel->clouds = g_ptr_array_new_with_free_func ((GDestroyNotify) cloud_free);
  panel->series = g_ptr_array_new_with_free_func ((GDestroyNotify) series_free);
  panel->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) note_free);
  g_ptr_array_add (self->panels, panel);
  return panel;
}

static double *
copy_samples (const double *values, gsize n)
{
  return g_memdup2 (values, n * sizeof (double));
}

PlotSeries *
plot_panel_add_series (PlotPanel    *self,
                       PlotRunStyle  style,
                       PlotRole      role,
                       gsize         n,
                       const double *x,
                       const double *y)
{
  PlotSeries *series = g_new0 (PlotSeries, 1);

  series->style = style;
  series->role = role;
  series->n = n;
  series->x = copy_samples (x, n);
  series->y = copy_samples (y, n);
  series->pyramid = plot_pyramid_new (series->y, n);
  series->extent = (PlotExtent){ NAN, NAN, NAN };
  plot_extent_add (&series->extent, y, 0, n);
  g_ptr_array_add (self->series, series);
  return series;
}

/* Returns: (transfer none) (nullable). */
static PlotSamples *
find_samples (const PlotFrame *frame, const PlotSource *source)
{
  for (guint i = 0; frame != NULL && i < frame->samples->len; i++)
    {
      PlotSamples *samples = g_ptr_array_index (frame->samples, i);

      if (plot_source_equal (&samples->source, source))
        return samples;
    }
  return NULL;
}

PlotSamples *
plot_panel_make_samples (PlotPanel        *self,
                         const PlotSource *source,
                         gsize             n,
                         PlotFillSamples   fill,
                         gconstpointer     data,
                         PlotExtent       *extents)
{
  PlotFrame   *frame = self->frame;
  PlotSamples *earlier = find_samples (frame, source), *samples;

  if (earlier == NULL)
    earlier = find_samples (frame->earlier, source);
  samples = plot_samples_new (earlier, source, n, fill, data, extents);
  g_ptr_array_add (frame->samples, samples);
  return samples;
}

PlotSeries *
plot_panel_add_samples (PlotPanel        *self,
                        PlotRunStyle      style,
                        PlotRole          role,
                        PlotSamples      *samples,
                        gsize             n,
                        const PlotExtent *extent)
{
  PlotSeries *series = g_new0 (PlotSeries, 1);

  series->style = style;
  series->role = role;
  series->n = n;
  series->samples = samples;
  series->x = samples->x;
  series->y = samples->y[0];
  series->pyramid = samples->pyramids[0];
  series->extent = *extent;
  g_ptr_array_add (self->series, series);
  return series;
}

PlotArea *
plot_panel_add_sampled_area (PlotPanel   *self,
                             gboolean     pinned,
                             PlotBand     band,
                             PlotSamples *samples,
                             guint        layer,
                             gsize        n)
{
  PlotArea *area = g_new0 (PlotArea, 1);

  area->band = band;
  area->n = n;
  area->samples = samples;
  area->x = samples->x;
  area->lower = samples->y[layer];
  area->upper = samples->y[layer + 1];
  area->lower_pyramid = samples->pyramids[layer];
  area->upper_pyramid = samples->pyramids[layer + 1];
  g_ptr_array_add (pinned ? self->pinned : self->areas, area);
  return area;
}

PlotArea *
plot_panel_add_area (PlotPanel    *self,
                     PlotBand      band,
                     gsize         n,
                     const double *x,
                     const double *lower,
                     const double *upper)
{
  PlotArea *area = g_new0 (PlotArea, 1);

  area->band = band;
  area->n = n;
  area->x = copy_samples (x, n);
  area->lower = copy_samples (lower, n);
  area->upper = copy_samples (upper, n);
  area->lower_pyramid = plot_pyramid_new (area->lower, n);
  area->upper_pyramid = plot_pyramid_new (area->upper, n);
  g_ptr_array_add (self->areas, area);
  return area;
}

PlotCloud *
plot_panel_add_cloud (PlotPanel    *self,
                      PlotBand      band,
                      gsize         n,
                      const double *x,
                      const double *y)
{
  PlotCloud *cloud = g_new0 (PlotCloud, 1);

  cloud->band = band;
  cloud->n = n;
  cloud->x = copy_samples (x, n);
  cloud->y = copy_samples (y, n);
  g_ptr_array_add (self->clouds, cloud);
  return cloud;
}

PlotSpan *
plot_panel_add_span (PlotPanel *self, PlotBand band, double x0, double x1)
{
  PlotSpan *span = g_new0 (PlotSpan, 1);

  span->band = band;
  span->x0 = x0;
  span->x1 = x1;
  g_ptr_array_add (self->spans, span);
  return span;
}

PlotRule *
plot_panel_add_rule (PlotPanel *self, double at, const char *label)
{
  PlotRule *rule = g_new0 (PlotRule, 1);

  rule->at = at;
  rule->label = g_strdup (label);
  g_ptr_array_add (self->rules, rule);
  return rule;
}

PlotStair *
plot_panel_add_stair (PlotPanel *self, double x0, double x1, double y, const char *label)
{
  PlotStair *stair = g_new0 (PlotStair, 1);

  stair->x0 = x0;
  stair->x1 = x1;
  stair->y = y;
  stair->label = g_strdup (label);
  g_ptr_array_add (self->stairs, stair);
  return stair;
}

PlotNote *
plot_panel_add_note (PlotPanel *self, double x0, double x1, const char *label)
{
  PlotNote *note = g_new0 (PlotNote, 1);

  note->x0 = x0;
  note->x1 = x1;
  note->label = g_strdup (label);
  g_ptr_array_add (self->notes, note);
  return note;
}

void
plot_axis_include (PlotAxis *self, double value)
{
  if (!isfinite (value))
    return;
  if (self->kind == PLOT_SCALE_LOG && value <= 0)
    {
      self->zero = TRUE;
      return;
    }
  value = MAX (value, self->lowest > 0 ? self->lowest : value);
  self->lo = isnan (self->lo) ? value : MIN (self->lo, value);
  self->hi = isnan (self->hi) ? value : MAX (self->hi, value);
}

/* What lies below `lowest` is brought there, and nothing else, so extremes are enough. */
void
plot_axis_include_extent (PlotAxis *self, const PlotExtent *extent)
{
  plot_axis_include (self, extent->smallest);
  plot_axis_include (self, extent->largest);
  if (self->kind == PLOT_SCALE_LOG)
    plot_axis_include (self, extent->smallest_positive);
}

gboolean
plot_series_is_points (const PlotSeries *self)
{
  return self->role == PLOT_ROLE_POINTS || self->role == PLOT_ROLE_TARGET
         || self->role == PLOT_ROLE_PINNED_POINTS;
}

gboolean
plot_series_is_pinned (const PlotSeries *self)
{
  return self->role == PLOT_ROLE_PINNED || self->role == PLOT_ROLE_PINNED_POINTS;
}
