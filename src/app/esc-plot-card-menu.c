/* SPDX-License-Identifier: GPL-3.0-or-later
 * The menu of a plot's card, its actions and keys. */
#include "config.h"

#include "esc-plot-card-private.h"

#include "esc-access.h"

#include <glib/gi18n.h>

static void
reset_zoom_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  esc_plot_view_reset_zoom (ESC_PLOT_CARD (data)->view);
}

static void
zoomed_cb (EscPlotCard *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions),
                                                "reset-zoom");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               esc_plot_view_get_zoomed (self->view));
}

static void
add_property_action (EscPlotCard *self,
                     const char  *name,
                     gpointer     object,
                     const char  *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
add_actions (EscPlotCard *self)
{
  static const GActionEntry entries[] = { { "reset-zoom", reset_zoom_cb } };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  add_property_action (self, "x-log", self->view, "x-log");
  add_property_action (self, "y-log", self->view, "y-log");
  add_property_action (self, "measure", self->view, "measure");
  gtk_widget_insert_action_group (GTK_WIDGET (self), "plot",
                                  G_ACTION_GROUP (self->actions));
  g_signal_connect_object (self->view, "notify::zoomed", G_CALLBACK (zoomed_cb), self,
                           G_CONNECT_SWAPPED);
  zoomed_cb (self);
}

/* --- keys ------------------------------------------------------------------------ */

static gboolean
popup_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_menu_button_popup (ESC_PLOT_CARD (widget)->menu_button);
  return TRUE;
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  EscPlotCard *self = ESC_PLOT_CARD (widget);

  if (!self->expanded)
    return FALSE;
  esc_plot_card_set_expanded (self, FALSE);
  return TRUE;
}

static gboolean
expand_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  EscPlotCard *self = ESC_PLOT_CARD (widget);

  esc_plot_card_set_expanded (self, !self->expanded);
  return TRUE;
}

static void
add_shortcut (GtkEventController *controller,
              guint               key,
              GdkModifierType     modifiers,
              GtkShortcutFunc     func)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                        gtk_callback_action_new (func, NULL, NULL)));
}

/* After the view, which takes Escape while something is read off it. */
static void
add_keys (EscPlotCard *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_BUBBLE);
  add_shortcut (controller, GDK_KEY_e, 0, expand_cb);
  add_shortcut (controller, GDK_KEY_Escape, 0, escape_cb);
  add_shortcut (controller, GDK_KEY_Menu, 0, popup_cb);
  add_shortcut (controller, GDK_KEY_F10, GDK_SHIFT_MASK, popup_cb);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
pressed_cb (EscPlotCard *self)
{
  gtk_menu_button_popup (self->menu_button);
}

static void
add_secondary_click (EscPlotCard *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

/* --- menu ------------------------------------------------------------------------ */

void
esc_plot_card_init_menu (EscPlotCard *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < ESC_PLOT_N_MENUS; i++)
    {
      self->sections[i] = g_menu_new ();
      g_menu_append_section (menu, NULL, G_MENU_MODEL (self->sections[i]));
    }
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
  esc_access_return_focus (gtk_menu_button_get_popover (self->menu_button));
  add_actions (self);
  add_keys (self);
  add_secondary_click (self);
  g_menu_append (self->sections[ESC_PLOT_MENU_VIEW], _ ("_Reset Zoom"),
                 "plot.reset-zoom");
  g_menu_append (self->sections[ESC_PLOT_MENU_VIEW], _ ("This Plot _Alone"),
                 "plot.expand");
}

/* Of four menus a screen reader has to say whose each is. */
static void
name_buttons (EscPlotCard *self, const PlotClass *klass)
{
  g_autofree char *menu = g_strdup_printf (_ ("Menu of the plot %s"), _ (klass->title));
  g_autofree char *expand = g_strdup_printf (_ ("The plot %s alone"), _ (klass->title));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, menu, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expand_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, expand, -1);
}

void
esc_plot_card_update_menu (EscPlotCard *self)
{
  const PlotClass *klass = esc_plot_view_get_plot (self->view);

  g_menu_remove_all (self->sections[ESC_PLOT_MENU_AXES]);
  g_menu_remove_all (self->sections[ESC_PLOT_MENU_MEASURE]);
  if (klass == NULL)
    return;
  name_buttons (self, klass);
  if (!klass->x_linear)
    g_menu_append (self->sections[ESC_PLOT_MENU_AXES],
                   klass->over_steps ? _ ("Logarithmic _Steps")
                                     : _ ("Logarithmic _Horizontal Axis"),
                   "plot.x-log");
  if (!klass->y_linear)
    g_menu_append (self->sections[ESC_PLOT_MENU_AXES], _ ("_Logarithmic Values"),
                   "plot.y-log");
  for (guint i = 0; klass->measures != NULL && klass->measures[i] != NULL; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (klass->measures[i]), NULL);

      g_menu_item_set_action_and_target (item, "plot.measure", "u", i);
      g_menu_append_item (self->sections[ESC_PLOT_MENU_MEASURE], item);
    }
}
