/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where panels stand: small multiples in one row or two, or one panel above another. */
#include "config.h"

#include "plot-layout-private.h"

#include <math.h>

/* Space at scale 1. */
#define PANEL_GAP     13.0
#define PANEL_ROW_GAP 10.0
#define STACK_GAP     12.0
/* Below this width a row of small multiples becomes two, if each is this high. */
#define MIN_PANEL_WIDTH  62.0
#define MIN_PANEL_HEIGHT 50.0
/* Of a stack the upper panel has this share of the height; the lower one is not shown in
 * less than this. */
#define UPPER_SHARE      0.57
#define MIN_LOWER_HEIGHT 56.0

static double
get_stack_height (const PlotLayout *self, PlotCanvas *canvas, const PlotMargins *margins)
{
  return self->height - margins->top - margins->bottom
         - plot_canvas_text_length (canvas, STACK_GAP);
}

static gboolean
has_room_for_stack (const PlotLayout  *self,
                    PlotCanvas        *canvas,
                    const PlotMargins *margins)
{
  return (1 - UPPER_SHARE) * get_stack_height (self, canvas, margins)
         >= plot_canvas_text_length (canvas, MIN_LOWER_HEIGHT);
}

/* Small multiples stand in one row unless that makes them too narrow and two rows are high
 * enough. */
static guint
choose_columns (const PlotLayout *self, PlotCanvas *canvas, const PlotMargins *margins)
{
  double gap = plot_canvas_text_length (canvas, PANEL_GAP);
  double width = self->width - margins->left - margins->right;
  double height = self->height - 2 * (margins->top + margins->bottom);
  double panel_width = (width + gap) / MAX (self->n_views, 1) - gap;

  if (self->n_views > 2 && panel_width < plot_canvas_text_length (canvas, MIN_PANEL_WIDTH)
      && height / 2 >= plot_canvas_text_length (canvas, MIN_PANEL_HEIGHT))
    return (self->n_views + 1) / 2;
  return MAX (self->n_views, 1);
}

void
plot_layout_choose_grid (PlotLayout        *self,
                         PlotCanvas        *canvas,
                         const PlotFrame   *frame,
                         const PlotMargins *margins)
{
  self->n_views = MIN (frame->panels->len, PLOT_MAX_PANELS);
  self->stacked = frame->stacked && has_room_for_stack (self, canvas, margins);
  if (frame->stacked && !self->stacked)
    self->n_views = 1;
  self->n_columns = self->stacked ? 1 : choose_columns (self, canvas, margins);
  self->n_rows = (self->n_views + self->n_columns - 1) / self->n_columns;
}

static void
place_stack (PlotLayout *self, PlotCanvas *canvas, const PlotMargins *margins)
{
  double height = get_stack_height (self, canvas, margins);
  double upper = floor (UPPER_SHARE * height);
  double gap = plot_canvas_text_length (canvas, STACK_GAP);

  for (guint i = 0; i < self->n_views; i++)
    {
      PlotView *view = &self->views[i];

      view->labels_y = TRUE;
      view->area.x = floor (margins->left);
      view->area.width = floor (MAX (self->width - margins->left - margins->right, 1));
      view->area.y = floor (margins->top + i * (upper + gap));
      view->area.height = i == 0 ? upper : floor (height - upper);
    }
}

static void
place_grid (PlotLayout *self, PlotCanvas *canvas, const PlotMargins *margins)
{
  double gap = plot_canvas_text_length (canvas, PANEL_GAP);
  double row_gap = plot_canvas_text_length (canvas, PANEL_ROW_GAP);
  double frame = margins->top + margins->bottom;
  double width = self->width - margins->left - margins->right
                 - gap * (self->n_columns - 1);
  double height = self->height - frame * self->n_rows - row_gap * (self->n_rows - 1);
  double panel_height = MAX (height / self->n_rows, 1);
  double panel_width = MAX (width / self->n_columns, 1);

  for (guint i = 0; i < self->n_views; i++)
    {
      PlotView *view = &self->views[i];
      guint     column = i % self->n_columns;
      guint     row = i / self->n_columns;

      view->labels_y = column == 0;
      /* Whole pixels keep axes sharp. */
      view->area.x = floor (margins->left + column * (panel_width + gap));
      view->area.width = floor (panel_width);
      view->area.y = floor (margins->top + row * (panel_height + frame + row_gap));
      view->area.height = floor (panel_height);
    }
}

void
plot_layout_place (PlotLayout *self, PlotCanvas *canvas, const PlotMargins *margins)
{
  if (self->stacked)
    place_stack (self, canvas, margins);
  else
    place_grid (self, canvas, margins);
}
