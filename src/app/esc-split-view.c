/* SPDX-License-Identifier: GPL-3.0-or-later
 * A side pane beside the content, or over it. */
#include "config.h"

#include "esc-split-view.h"

#include "esc-plot-style.h"

#define PANE_WIDTH 300

struct _EscSplitView
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkWidget *shade; /* darkens the content below the pane; a click closes the pane */
  GtkWidget *pane;
  GtkWidget *before; /* (nullable): where focus was in the content, not kept alive */

  gboolean collapsed;     /* by the size given last */
  gboolean was_collapsed; /* when it was last told */
  gboolean show_pane;     /* as seen from outside */
  gboolean keep_wide;     /* what show-pane was before the window became narrow */
  guint    settle_id;
};

static void esc_split_view_buildable_init (GtkBuildableIface *iface);

static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (EscSplitView,
                               esc_split_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      esc_split_view_buildable_init))

enum
{
  PROP_COLLAPSED = 1,
  PROP_SHOW_PANE,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static gboolean
has_focus (GtkWidget *part)
{
  GtkRoot   *root = gtk_widget_get_root (part);
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  return focus != NULL && (focus == part || gtk_widget_is_ancestor (focus, part));
}

static void
give_focus_back (EscSplitView *self)
{
  if (self->before == NULL || !gtk_widget_get_mapped (self->before)
      || !gtk_widget_grab_focus (self->before))
    gtk_widget_child_focus (self->content, GTK_DIR_TAB_FORWARD);
}

/* Focus goes into a pane that covers it, and back when the pane takes it away. */
static void
update_pane (EscSplitView *self)
{
  gboolean covers = self->collapsed && self->show_pane;
  gboolean was_in_pane = has_focus (self->pane);
  gboolean was_in_content = has_focus (self->content);

  if (was_in_content)
    g_set_weak_pointer (&self->before,
                        gtk_root_get_focus (gtk_widget_get_root (self->content)));
  gtk_widget_set_visible (self->pane, self->show_pane);
  gtk_widget_set_visible (self->shade, covers);
  /* What lies below the pane is out of reach for the keyboard as well. */
  gtk_widget_set_can_focus (self->content, !covers);
  if (covers && was_in_content)
    gtk_widget_child_focus (self->pane, GTK_DIR_TAB_FORWARD);
  else if (!self->show_pane && was_in_pane)
    give_focus_back (self);
}

/* Notifications change styles and so sizes, which must not happen while sizes are being
 * given out; they wait until the frame is done. */
static gboolean
settle_cb (gpointer data)
{
  EscSplitView *self = data;

  self->settle_id = 0;
  if (self->was_collapsed == self->collapsed)
    return G_SOURCE_REMOVE;
  self->was_collapsed = self->collapsed;
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLLAPSED]);
  if (self->collapsed)
    {
      self->keep_wide = self->show_pane;
      esc_split_view_set_show_pane (self, FALSE);
    }
  else
    esc_split_view_set_show_pane (self, self->keep_wide);
  update_pane (self);
  g_object_thaw_notify (G_OBJECT (self));
  return G_SOURCE_REMOVE;
}

static void
set_collapsed (EscSplitView *self, gboolean collapsed)
{
  if (self->collapsed == collapsed)
    return;
  self->collapsed = collapsed;
  if (self->settle_id == 0)
    self->settle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, settle_cb, self, NULL);
}

static void
shade_pressed_cb (EscSplitView *self)
{
  esc_split_view_set_show_pane (self, FALSE);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  EscSplitView *self = ESC_SPLIT_VIEW (widget);

  if (!self->collapsed || !self->show_pane)
    return FALSE;
  esc_split_view_set_show_pane (self, FALSE);
  return TRUE;
}

/* The pane's own minimum wins where text is large. */
static int
get_pane_width (EscSplitView *self)
{
  int minimum;

  gtk_widget_measure (self->pane, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  return MAX (PANE_WIDTH, minimum);
}

/* Larger text needs more room for the same. */
static double
get_threshold (void)
{
  const PlotTheme *theme = esc_plot_style_get_theme (esc_plot_style_get_default ());

  return ESC_SPLIT_VIEW_THRESHOLD * MAX (1.0, theme->text_scale);
}

/* In a view of that width, beside the pane or below it. */
static int
get_content_width (EscSplitView *self, int width)
{
  gboolean beside = self->show_pane && width >= get_threshold ();
  int      minimum;

  gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  return MAX (beside ? width - get_pane_width (self) : width, minimum);
}

static GtkSizeRequestMode
esc_split_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
esc_split_view_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  EscSplitView *self = ESC_SPLIT_VIEW (widget);
  int           pane_min, pane_nat, width;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->content, orientation, -1, minimum, natural, NULL, NULL);
      pane_min = get_pane_width (self);
      *minimum = MAX (*minimum, pane_min);
      *natural += pane_min;
      return;
    }
  /* Without a width, as low as it gets: nothing is wrapped. */
  if (for_size < 0)
    gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL,
                        NULL);
  else
    width = get_content_width (self, for_size);
  gtk_widget_measure (self->content, orientation, width, minimum, natural, NULL, NULL);
  gtk_widget_measure (self->pane, orientation, -1, &pane_min, &pane_nat, NULL, NULL);
  *minimum = MAX (*minimum, pane_min);
  *natural = MAX (*natural, pane_nat);
}

static void
esc_split_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  EscSplitView *self = ESC_SPLIT_VIEW (widget);
  gboolean      beside;
  int           content_width;
  int           pane_width = self->show_pane ? get_pane_width (self) : 0;
  GtkAllocation place;
  gboolean      rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  set_collapsed (self, width < get_threshold ());
  beside = self->show_pane && !self->collapsed;
  content_width = get_content_width (self, width);

  place = (GtkAllocation){ beside && !rtl ? pane_width : 0, 0, content_width, height };
  gtk_widget_size_allocate (self->content, &place, -1);
  place = (GtkAllocation){ 0, 0, width, height };
  if (gtk_widget_should_layout (self->shade))
    gtk_widget_size_allocate (self->shade, &place, -1);
  place = (GtkAllocation){ rtl ? width - pane_width : 0, 0, pane_width, height };
  if (gtk_widget_should_layout (self->pane))
    gtk_widget_size_allocate (self->pane, &place, -1);
}

static void
esc_split_view_buildable_add_child (GtkBuildable *buildable,
                                    GtkBuilder   *builder,
                                    GObject      *child,
                                    const char   *type)
{
  EscSplitView *self = ESC_SPLIT_VIEW (buildable);

  if (g_strcmp0 (type, "pane") == 0)
    {
      self->pane = GTK_WIDGET (child);
      gtk_widget_insert_after (self->pane, GTK_WIDGET (self), self->shade);
    }
  else if (g_strcmp0 (type, "content") == 0)
    {
      self->content = GTK_WIDGET (child);
      gtk_widget_insert_before (self->content, GTK_WIDGET (self), self->shade);
    }
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
esc_split_view_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = esc_split_view_buildable_add_child;
}

static void
esc_split_view_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  EscSplitView *self = ESC_SPLIT_VIEW (object);

  switch (property_id)
    {
    case PROP_COLLAPSED:
      g_value_set_boolean (value, self->collapsed);
      break;
    case PROP_SHOW_PANE:
      g_value_set_boolean (value, self->show_pane);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
esc_split_view_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  if (property_id == PROP_SHOW_PANE)
    esc_split_view_set_show_pane (ESC_SPLIT_VIEW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
esc_split_view_dispose (GObject *object)
{
  EscSplitView *self = ESC_SPLIT_VIEW (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_weak_pointer (&self->before);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->shade, gtk_widget_unparent);
  g_clear_pointer (&self->pane, gtk_widget_unparent);
  G_OBJECT_CLASS (esc_split_view_parent_class)->dispose (object);
}

static void
esc_split_view_class_init (EscSplitViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = esc_split_view_get_property;
  object_class->set_property = esc_split_view_set_property;
  object_class->dispose = esc_split_view_dispose;
  widget_class->get_request_mode = esc_split_view_get_request_mode;
  widget_class->measure = esc_split_view_measure;
  widget_class->size_allocate = esc_split_view_size_allocate;

  properties[PROP_COLLAPSED] = g_param_spec_boolean (
      "collapsed", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_PANE] = g_param_spec_boolean (
      "show-pane", NULL, NULL, TRUE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "splitview");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
esc_split_view_init (EscSplitView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->show_pane = self->keep_wide = TRUE;
  self->shade = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->shade, "shade");
  gtk_widget_set_visible (self->shade, FALSE);
  gtk_widget_set_parent (self->shade, GTK_WIDGET (self));
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (shade_pressed_cb), self);
  gtk_widget_add_controller (self->shade, GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

gboolean
esc_split_view_get_collapsed (EscSplitView *self)
{
  g_return_val_if_fail (ESC_IS_SPLIT_VIEW (self), FALSE);
  return self->collapsed;
}

gboolean
esc_split_view_get_show_pane (EscSplitView *self)
{
  g_return_val_if_fail (ESC_IS_SPLIT_VIEW (self), FALSE);
  return self->show_pane;
}

void
esc_split_view_set_show_pane (EscSplitView *self, gboolean show)
{
  g_return_if_fail (ESC_IS_SPLIT_VIEW (self));

  if (self->show_pane == show)
    return;
  self->show_pane = show;
  if (self->pane != NULL && self->content != NULL)
    update_pane (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_PANE]);
}
