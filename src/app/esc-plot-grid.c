/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cards of equal size, in as many columns as can be read; one alone in its row fills it. */
#include "config.h"

#include "esc-plot-grid.h"

#include "esc-plot-style.h"

/* Two columns need this width, and a card in a single column this height, at scale 1. */
#define TWO_COLUMNS       720
#define SINGLE_MIN_HEIGHT 220

#define MAX_CARDS 8

struct _EscPlotGrid
{
  GtkWidget parent_instance;

  guint    columns;
  int      spacing;
  gboolean single; /* by the size given last */

  GtkWidget *second; /* (nullable) borrowed: behind the first where there is one column */
};

G_DEFINE_FINAL_TYPE (EscPlotGrid, esc_plot_grid, GTK_TYPE_WIDGET)

enum
{
  PROP_COLUMNS = 1,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static double
get_text_scale (void)
{
  return esc_plot_style_get_theme (esc_plot_style_get_default ())->text_scale;
}

static guint
collect_shown (EscPlotGrid *self, GtkWidget **cards)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
       child != NULL && n < MAX_CARDS; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      cards[n++] = child;
  return n;
}

static gboolean
is_too_narrow (EscPlotGrid *self, int width)
{
  return self->columns > 1 && width >= 0 && width < TWO_COLUMNS * get_text_scale ();
}

/* Returns: the columns that `n` cards have in a width; -1: any. */
static guint
choose_columns (EscPlotGrid *self, guint n, int width)
{
  return is_too_narrow (self, width) ? 1 : MAX (MIN (self->columns, n), 1);
}

/* The largest that a card needs. */
static void
measure_cards (GtkWidget    **cards,
               guint          n,
               GtkOrientation orientation,
               int            for_size,
               int           *minimum,
               int           *natural)
{
  *minimum = *natural = 0;
  for (guint i = 0; i < n; i++)
    {
      int least, wanted;

      gtk_widget_measure (cards[i], orientation, for_size, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
}

static GtkSizeRequestMode
esc_plot_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
esc_plot_grid_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  EscPlotGrid *self = ESC_PLOT_GRID (widget);
  GtkWidget   *cards[MAX_CARDS];
  guint        n = collect_shown (self, cards);
  guint        columns, rows;

  measure_cards (cards, n, orientation, -1, minimum, natural);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      columns = choose_columns (self, n, -1);
      *natural = *natural * (int) columns + self->spacing * ((int) columns - 1);
      return;
    }
  columns = choose_columns (self, n, for_size);
  rows = MAX ((n + columns - 1) / columns, 1);
  if (is_too_narrow (self, for_size))
    *minimum = MAX (*minimum, (int) (SINGLE_MIN_HEIGHT * get_text_scale ()));
  *natural = MAX (*natural, *minimum);
  *minimum = *minimum * (int) rows + self->spacing * ((int) rows - 1);
  *natural = *natural * (int) rows + self->spacing * ((int) rows - 1);
}

/* In one column what matters most comes first. */
static void
reorder (EscPlotGrid *self, GtkWidget **cards, guint n)
{
  guint at = 1;

  while (at < n && cards[at] != self->second)
    at++;
  if (at >= n)
    return;
  for (; at > 1; at--)
    cards[at] = cards[at - 1];
  cards[1] = self->second;
}

static void
esc_plot_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  EscPlotGrid *self = ESC_PLOT_GRID (widget);
  gboolean     rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget   *cards[MAX_CARDS];
  guint        n = collect_shown (self, cards);
  int          columns = (int) choose_columns (self, n, width);
  int          rows = MAX (((int) n + columns - 1) / columns, 1);
  int          card_width = (width - self->spacing * (columns - 1)) / columns;
  int          card_height = (height - self->spacing * (rows - 1)) / rows;

  self->single = is_too_narrow (self, width);
  if (self->single)
    reorder (self, cards, n);
  for (int i = 0; i < (int) n; i++)
    {
      gboolean      fills_row = i == (int) n - 1 && i % columns == 0;
      int           column = rtl && !fills_row ? columns - 1 - i % columns : i % columns;
      GtkAllocation place = { column * (card_width + self->spacing),
                              i / columns * (card_height + self->spacing),
                              fills_row ? width : card_width, card_height };

      gtk_widget_size_allocate (cards[i], &place, -1);
    }
}

static void
esc_plot_grid_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  EscPlotGrid *self = ESC_PLOT_GRID (object);

  if (property_id == PROP_COLUMNS)
    self->columns = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
esc_plot_grid_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (property_id == PROP_COLUMNS)
    g_value_set_uint (value, ESC_PLOT_GRID (object)->columns);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
esc_plot_grid_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (esc_plot_grid_parent_class)->dispose (object);
}

static void
esc_plot_grid_class_init (EscPlotGridClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = esc_plot_grid_set_property;
  object_class->get_property = esc_plot_grid_get_property;
  object_class->dispose = esc_plot_grid_dispose;
  widget_class->get_request_mode = esc_plot_grid_get_request_mode;
  widget_class->measure = esc_plot_grid_measure;
  widget_class->size_allocate = esc_plot_grid_size_allocate;

  properties[PROP_COLUMNS] = g_param_spec_uint ("columns", NULL, NULL, 1, 2, 1,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                    | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
esc_plot_grid_init (EscPlotGrid *self)
{
  self->spacing = 12;
  g_signal_connect_object (esc_plot_style_get_default (), "changed",
                           G_CALLBACK (gtk_widget_queue_resize), self, G_CONNECT_SWAPPED);
}

void
esc_plot_grid_set_spacing (EscPlotGrid *self, int spacing)
{
  g_return_if_fail (ESC_IS_PLOT_GRID (self));

  if (self->spacing == spacing)
    return;
  self->spacing = spacing;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
esc_plot_grid_set_second (EscPlotGrid *self, GtkWidget *card)
{
  g_return_if_fail (ESC_IS_PLOT_GRID (self));

  if (self->second == card)
    return;
  self->second = card;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

gboolean
esc_plot_grid_get_single (EscPlotGrid *self)
{
  g_return_val_if_fail (ESC_IS_PLOT_GRID (self), FALSE);
  return self->single;
}
