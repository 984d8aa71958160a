/* SPDX-License-Identifier: GPL-3.0-or-later
 * The recorded samples that a read-out can stand on: the nearest, and the next. */
#include "config.h"

#include "plot-readout-private.h"

#include <math.h>

/* Samples that a read-out can stand on. */
typedef struct
{
  guint         panel;
  gsize         n;
  const double *x, *y; /* (n) borrowed from the frame */
} Track;

static void
add_track (GArray *tracks, guint panel, gsize n, const double *x, const double *y)
{
  Track track = { panel, n, x, y };

  g_array_append_val (tracks, track);
}

static GArray *
collect_tracks (const PlotFrame *frame)
{
  GArray *tracks = g_array_new (FALSE, FALSE, sizeof (Track));

  for (guint p = 0; p < frame->panels->len; p++)
    {
      const PlotPanel *panel = g_ptr_array_index (frame->panels, p);

      for (guint i = 0; i < panel->series->len; i++)
        {
          const PlotSeries *series = g_ptr_array_index (panel->series, i);

          /* Of this experiment's samples; what it is compared with was recorded elsewhere. */
          if (!plot_series_is_pinned (series))
            add_track (tracks, p, series->n, series->x, series->y);
        }
      for (guint i = 0; i < panel->areas->len; i++)
        {
          const PlotArea *area = g_ptr_array_index (panel->areas, i);

          add_track (tracks, p, area->n, area->x, area->upper);
        }
      for (guint i = 0; i < panel->clouds->len; i++)
        {
          const PlotCloud *cloud = g_ptr_array_index (panel->clouds, i);

          add_track (tracks, p, cloud->n, cloud->x, cloud->y);
        }
    }
  return tracks;
}

/* The nearest recorded x before, or at and after `x`; NaN if there is none. */
static double
find_before (const Track *track, double x)
{
  for (gsize i = plot_readout_find (track->x, track->n, x); i > 0; i--)
    if (isfinite (track->y[i - 1]))
      return track->x[i - 1];
  return NAN;
}

static double
find_from (const Track *track, double x)
{
  for (gsize i = plot_readout_find (track->x, track->n, x); i < track->n; i++)
    if (isfinite (track->y[i]))
      return track->x[i];
  return NAN;
}

static double
get_distance (PlotScaleKind kind, double a, double b)
{
  if (kind == PLOT_SCALE_LINEAR || a == b)
    return fabs (a - b);
  return a > 0 && b > 0 ? fabs (log (a) - log (b)) : G_MAXDOUBLE;
}

double
plot_readout_snap (const PlotFrame *frame, guint panel, double x)
{
  g_autoptr (GArray) tracks = collect_tracks (frame);
  PlotScaleKind      kind;
  double             best = NAN;

  if (panel >= frame->panels->len)
    return NAN;
  kind = ((const PlotPanel *) g_ptr_array_index (frame->panels, panel))->x.kind;
  for (guint i = 0; i < tracks->len; i++)
    {
      const Track *track = &g_array_index (tracks, Track, i);
      double       near[2] = { find_before (track, x), find_from (track, x) };

      for (guint side = 0; side < 2 && track->panel == panel; side++)
        if (isfinite (near[side])
            && (isnan (best)
                || get_distance (kind, near[side], x) < get_distance (kind, best, x)))
          best = near[side];
    }
  return best;
}

/* Returns: the neighbour of `x` among all samples; NaN if there is none. */
static double
find_neighbour (const GArray *tracks, double x, gboolean later)
{
  double best = NAN;

  for (guint i = 0; i < tracks->len; i++)
    {
      const Track *track = &g_array_index (tracks, Track, i);
      double       at = later ? find_from (track, nextafter (x, INFINITY))
                              : find_before (track, x);

      if (isfinite (at) && (isnan (best) || (later ? at < best : at > best)))
        best = at;
    }
  return best;
}

double
plot_readout_step (const PlotFrame *frame, double x, int n)
{
  g_autoptr (GArray) tracks = collect_tracks (frame);
  double             at = x;

  for (int i = 0; i < ABS (n); i++)
    {
      double next = find_neighbour (tracks, at, n > 0);

      if (isnan (next))
        break;
      at = next;
    }
  return isfinite (at) ? at : NAN;
}
