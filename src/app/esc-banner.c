/* SPDX-License-Identifier: GPL-3.0-or-later
 * A lasting message above the plots. */
#include "config.h"

#include "esc-banner.h"

#include "esc-access.h"

struct _EscBanner
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel    *title;
  GtkLabel    *detail;
  GtkBox      *buttons;
};

G_DEFINE_FINAL_TYPE (EscBanner, esc_banner, ADW_TYPE_BIN)

/* Nothing is left of a banner that has slid away: no gap, and no name to be read. */
static void
revealed_cb (EscBanner *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_revealer_get_reveal_child (self->revealer)
                              || gtk_revealer_get_child_revealed (self->revealer));
}

static void
esc_banner_dispose (GObject *object)
{
  /* Before the template lets go of the bound child, which the bin would then miss. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_BANNER);
  G_OBJECT_CLASS (esc_banner_parent_class)->dispose (object);
}

static void
esc_banner_class_init (EscBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = esc_banner_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/banner.ui");
  gtk_widget_class_bind_template_child (widget_class, EscBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, EscBanner, title);
  gtk_widget_class_bind_template_child (widget_class, EscBanner, detail);
  gtk_widget_class_bind_template_child (widget_class, EscBanner, buttons);
  gtk_widget_class_bind_template_callback (widget_class, esc_banner_hide);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
esc_banner_init (EscBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
esc_banner_show (EscBanner *self, const char *title, const char *detail)
{
  g_autofree char *markup = NULL;

  g_return_if_fail (ESC_IS_BANNER (self));

  markup = detail == NULL ? NULL : g_markup_escape_text (detail, -1);
  esc_banner_show_markup (self, title, markup);
}

void
esc_banner_show_markup (EscBanner *self, const char *title, const char *detail)
{
  g_return_if_fail (ESC_IS_BANNER (self));

  gtk_label_set_label (self->title, title);
  gtk_label_set_markup (self->detail, detail == NULL ? "" : detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

GtkButton *
esc_banner_add_button (EscBanner  *self,
                       const char *label,
                       const char *action,
                       gboolean    is_suggested)
{
  GtkWidget *button;

  g_return_val_if_fail (ESC_IS_BANNER (self), NULL);

  button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (self->buttons, button);
  esc_access_name_buttons (button);
  g_signal_connect (button, "notify::label", G_CALLBACK (esc_access_name_buttons), NULL);
  return GTK_BUTTON (button);
}

void
esc_banner_hide (EscBanner *self)
{
  g_return_if_fail (ESC_IS_BANNER (self));
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

gboolean
esc_banner_get_revealed (EscBanner *self)
{
  g_return_val_if_fail (ESC_IS_BANNER (self), FALSE);
  return gtk_revealer_get_reveal_child (self->revealer);
}
