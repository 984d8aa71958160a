/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where things go: gutters, panels, axes. */
#include "config.h"

#include "plot-layout-private.h"

#include <math.h>

/* Margins of the design language at scale 1. */
#define TOP             10.0
#define TOP_SPANS       28.0
#define TOP_TITLES      46.0
#define BOTTOM          36.0
#define BOTTOM_UNTITLED 22.0
#define LEFT            50.0
#define RIGHT_EMPTY     16.0
#define END_LABEL_GAP   14.0
#define EDGE            8.0
/* Pixels kept on a logarithmic axis for zero. */
#define ZERO_SLOT 16.0
/* Ticks with labels are at least this far apart. */
#define Y_SPACING        34.0
#define Y_LINEAR_SPACING 48.0
#define X_SPACING        14.0 /* plus the width of the widest label */
#define X_SPACING_LEAST  5.0  /* where there would be one label only */
/* End labels may take this share of the width; then long names are cut, then values go,
 * then names. */
#define MAX_RIGHT_SHARE 0.4
/* In a stack, whose panels are low, they take less or go at once: markers and dashes are
 * there all the same.  On paper nothing else says whose they are. */
#define MAX_STACK_SHARE 0.2
/* A name cut to less than this says nothing. */
#define MIN_NAME_CHARS 3

/* From the left edge of a small multiple to its name, behind the marker, and the least from
 * a name to what follows. */
#define NAME_INDENT 13.0
#define NAME_GAP    2.0

#define TICK_GAP 9.0 /* major tick and space before its label */

gboolean
plot_series_has_end_label (const PlotSeries *series)
{
  gboolean crossed = series->diverged && !plot_series_is_points (series);

  return series->role != PLOT_ROLE_TRAIN && series->name != NULL && !crossed
         && series->n > 0 && isfinite (series->y[series->n - 1]);
}

static char *
join_end_label (const PlotLayout *self, const PlotSeries *series, const char *name)
{
  if (!self->values || series->value == NULL)
    return g_strdup (name);
  return plot_format_named (name, series->value);
}

char *
plot_layout_make_end_label (const PlotLayout *self,
                            PlotCanvas       *canvas,
                            const PlotSeries *series)
{
  char *text = join_end_label (self, series, series->name);

  for (glong length = g_utf8_strlen (series->name, -1);
       plot_canvas_text_width (canvas, PLOT_FONT_LABEL, text) > self->label_room;)
    {
      g_autofree char *front = NULL, *cut = NULL;

      g_free (text);
      if (--length < MIN_NAME_CHARS)
        return NULL;
      front = g_strchomp (g_utf8_substring (series->name, 0, length));
      cut = g_strconcat (front, "…", NULL);
      text = join_end_label (self, series, cut);
    }
  return text;
}

/* --- gutters ------------------------------------------------------------------ */

/* Returns: the width of the widest label, 0 without any; NaN if one has no room. */
static double
measure_end_labels (PlotLayout *self, PlotCanvas *canvas, const PlotFrame *frame)
{
  double widest = 0;

  for (guint p = 0; p < frame->panels->len; p++)
    {
      const PlotPanel *panel = g_ptr_array_index (frame->panels, p);

      for (guint i = 0; i < panel->series->len; i++)
        {
          const PlotSeries *series = g_ptr_array_index (panel->series, i);
          g_autofree char  *text = NULL;

          if (!plot_series_has_end_label (series))
            continue;
          text = plot_layout_make_end_label (self, canvas, series);
          if (text == NULL)
            return NAN;
          widest = MAX (widest, plot_canvas_text_width (canvas, PLOT_FONT_LABEL, text));
        }
    }
  return widest;
}

static double
measure_right (PlotLayout *self, PlotCanvas *canvas, const PlotFrame *frame, double width)
{
  double empty = plot_canvas_text_length (canvas, RIGHT_EMPTY);
  double around = plot_canvas_text_length (canvas, END_LABEL_GAP + EDGE);

  double share = canvas->theme->kind == PLOT_THEME_PRINT ? MAX_RIGHT_SHARE
                                                         : MAX_STACK_SHARE;

  self->names = self->values = TRUE;
  self->label_room = MAX_RIGHT_SHARE * width - around;
  for (guint attempt = 0; attempt < 2; attempt++)
    {
      double widest = measure_end_labels (self, canvas, frame);

      if (widest == 0)
        return empty;
      if (frame->stacked && !(widest + around <= share * width))
        break;
      if (!isnan (widest))
        return widest + around;
      self->values = FALSE;
    }
  self->names = FALSE;
  return empty;
}

static double
measure_ticks (PlotCanvas *canvas, const GArray *ticks)
{
  double widest = 0;

  for (guint i = 0; i < ticks->len; i++)
    {
      const PlotTick *tick = &g_array_index (ticks, PlotTick, i);

      if (tick->label != NULL)
        widest = MAX (widest,
                      plot_canvas_text_width (canvas, PLOT_FONT_TICK, tick->label));
    }
  return widest;
}

/* --- axes --------------------------------------------------------------------- */

static double
get_slot (PlotCanvas *canvas, gboolean zero)
{
  return zero ? plot_canvas_text_length (canvas, ZERO_SLOT) : 0;
}

/* The scale of what is looked at, within that of everything; the slot for zero belongs to
 * the low end of the latter. */
static void
narrow_scale (PlotScale *self, const PlotScale *full, PlotRange shown)
{
  double lo = MAX (shown.lo, full->lo);
  double hi = MIN (shown.hi, full->hi);

  *self = *full;
  if (lo < hi)
    plot_scale_init (self, full->kind, lo, hi, full->p0, full->p1,
                     lo == full->lo ? full->slot : 0);
}

/* Whether anything was recorded; until then an axis is a guess. */
static gboolean
has_data (const PlotPanel *panel)
{
  for (guint i = 0; i < panel->series->len; i++)
    if (((const PlotSeries *) g_ptr_array_index (panel->series, i))->n > 0)
      return TRUE;
  return panel->areas->len > 0 || panel->clouds->len > 0;
}

static void
set_y_scale (PlotView *view, PlotCanvas *canvas, const PlotPanel *panel)
{
  const PlotAxis *axis = &panel->y;
  double          lo = axis->lo, hi = axis->hi;
  double          bottom = view->area.y + view->area.height;
  double          spacing = axis->kind == PLOT_SCALE_LOG ? Y_SPACING : Y_LINEAR_SPACING;

  if (view->y_kind != axis->kind)
    {
      plot_view_forget (view);
      view->y_kind = axis->kind;
    }
  view->y_zero = axis->zero || (view->y_zero && !axis->fixed);
  if (!axis->fixed)
    {
      plot_scale_grow (axis->kind, axis->lo, axis->hi, axis->headroom, &view->y_lo,
                       &view->y_hi);
      lo = view->y_lo;
      hi = view->y_hi;
    }
  plot_scale_init (&view->full_y, axis->kind, lo, hi, bottom, view->area.y,
                   get_slot (canvas, view->y_zero));
  if (!has_data (panel))
    view->y_lo = view->y_hi = NAN;
  narrow_scale (&view->y, &view->full_y, axis->shown);
  g_clear_pointer (&view->y_ticks, g_array_unref);
  view->y_ticks = plot_ticks_new (&view->y, axis->number,
                                  plot_canvas_text_length (canvas, spacing),
                                  canvas->theme->plain_decades);
}

static guint
count_labels (const GArray *ticks)
{
  guint n = 0;

  for (guint i = 0; i < ticks->len; i++)
    n += g_array_index (ticks, PlotTick, i).label != NULL;
  return n;
}

/* Pixels of one unit, less a rounding error. */
static double
get_unit (const PlotScale *scale)
{
  return (1 - 1e-9) * fabs (scale->p1 - scale->p0) / (scale->hi - scale->lo);
}

static void
set_x_scale (PlotView *view, PlotCanvas *canvas, const PlotPanel *panel)
{
  const PlotAxis *axis = &panel->x;
  double          spacing = 1, least;

  plot_scale_init (&view->full_x, axis->kind, axis->lo, axis->hi, view->area.x,
                   view->area.x + view->area.width, get_slot (canvas, axis->zero));
  narrow_scale (&view->x, &view->full_x, axis->shown);
  least = plot_canvas_text_length (canvas, Y_SPACING);
  if ((axis->whole || axis->steps) && axis->kind == PLOT_SCALE_LINEAR)
    least = MAX (least, get_unit (&view->x));
  /* Labels of a first try tell how far apart they must be.  One alone says nothing of the
   * scale: then they stand closer. */
  for (guint attempt = 0; attempt < 3; attempt++)
    {
      if (attempt == 2 && count_labels (view->x_ticks) > 1)
        break;
      g_clear_pointer (&view->x_ticks, g_array_unref);
      view->x_ticks = plot_ticks_new (&view->x, axis->number, MAX (spacing, least),
                                      canvas->theme->plain_decades);
      spacing = measure_ticks (canvas, view->x_ticks)
                + plot_canvas_text_length (canvas,
                                           attempt == 0 ? X_SPACING : X_SPACING_LEAST);
    }
}

/* --- panels ------------------------------------------------------------------- */

static gboolean
any_panel (const PlotFrame *frame, gboolean (*has) (const PlotPanel *panel))
{
  for (guint i = 0; i < frame->panels->len; i++)
    if (has (g_ptr_array_index (frame->panels, i)))
      return TRUE;
  return FALSE;
}

static gboolean
has_spans (const PlotPanel *panel)
{
  return panel->spans->len > 0;
}

static gboolean
has_title (const PlotPanel *panel)
{
  return panel->title != NULL;
}

static gboolean
has_x_title (const PlotPanel *panel)
{
  return panel->x.title != NULL;
}

static double
measure_top (PlotCanvas *canvas, const PlotFrame *frame)
{
  if (any_panel (frame, has_title))
    return plot_canvas_text_length (canvas, TOP_TITLES);
  return plot_canvas_text_length (canvas, any_panel (frame, has_spans) ? TOP_SPANS : TOP);
}

static double
measure_bottom (PlotCanvas *canvas, const PlotFrame *frame)
{
  return plot_canvas_text_length (
      canvas, any_panel (frame, has_x_title) ? BOTTOM : BOTTOM_UNTITLED);
}

static void
forget_if_changed (PlotLayout *self, PlotCanvas *canvas, double width, double height)
{
  /* Gutters only grow while the text is the same and the room is. */
  if (self->text_scale != canvas->theme->text_scale || self->width != width)
    self->left = self->right = 0;
  if (self->height != height || self->width != width)
    for (guint i = 0; i < PLOT_MAX_PANELS; i++)
      for (guint j = 0; j < PLOT_MAX_LABELS; j++)
        self->views[i].memory[j].wanted = NAN;
  self->text_scale = canvas->theme->text_scale;
  self->width = width;
  self->height = height;
}

double
plot_layout_get_title_room (const PlotLayout *self, PlotCanvas *canvas, guint view)
{
  gboolean is_last = (view + 1) % self->n_columns == 0 || view + 1 == self->n_views;
  double   end = is_last ? self->width : self->views[view + 1].area.x;

  return end - self->views[view].area.x
         - plot_canvas_text_length (canvas, NAME_INDENT + NAME_GAP);
}

static PlotFont
choose_title_font (const PlotLayout *self, PlotCanvas *canvas, const PlotFrame *frame)
{
  for (guint i = 0; i < self->n_views; i++)
    {
      const PlotPanel *panel = g_ptr_array_index (frame->panels, i);

      if (panel->title != NULL
          && plot_canvas_text_width (canvas, PLOT_FONT_LABEL, panel->title)
                 > plot_layout_get_title_room (self, canvas, i))
        return PLOT_FONT_TICK;
    }
  return PLOT_FONT_LABEL;
}

void
plot_layout_arrange (PlotLayout      *self,
                     PlotCanvas      *canvas,
                     const PlotFrame *frame,
                     double           width,
                     double           height)
{
  PlotMargins margins = { .top = measure_top (canvas, frame),
                          .bottom = measure_bottom (canvas, frame) };
  double      widest = 0;

  forget_if_changed (self, canvas, width, height);
  self->right = MAX (self->right, measure_right (self, canvas, frame, width));
  margins.right = MAX (self->right, self->min_right);
  self->left = MAX (self->left, plot_canvas_text_length (canvas, LEFT));
  margins.left = MAX (self->left, self->min_left);
  plot_layout_choose_grid (self, canvas, frame, &margins);

  /* Heights first: they decide the labels whose widths decide the left gutter. */
  plot_layout_place (self, canvas, &margins);
  for (guint i = 0; i < self->n_views; i++)
    {
      set_y_scale (&self->views[i], canvas, g_ptr_array_index (frame->panels, i));
      if (self->views[i].labels_y)
        widest = MAX (widest, measure_ticks (canvas, self->views[i].y_ticks));
    }
  self->left = MAX (self->left,
                    widest + plot_canvas_text_length (canvas, TICK_GAP + EDGE));
  margins.left = MAX (self->left, self->min_left);
  plot_layout_place (self, canvas, &margins);
  for (guint i = 0; i < self->n_views; i++)
    set_x_scale (&self->views[i], canvas, g_ptr_array_index (frame->panels, i));
  self->title_font = choose_title_font (self, canvas, frame);
}
