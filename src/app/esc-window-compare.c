/* SPDX-License-Identifier: GPL-3.0-or-later
 * Compare: the curves of one experiment stay behind those of the next. */
#include "config.h"

#include "esc-window-private.h"

#include "esc-compare.h"
#include "esc-words.h"

#include <glib/gi18n.h>

static void
set_pinned (EscWindow *self, EngSnapshot *pinned)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);

  for (guint i = 0; i < cards->len; i++)
    esc_plot_view_set_pinned (esc_plot_card_get_view (g_ptr_array_index (cards, i)),
                              pinned);
}

static void
pin (EscWindow *self)
{
  EngSnapshot            *snapshot = esc_session_model_get_snapshot (self->model);
  g_autoptr (EngSnapshot) curves = esc_compare_copy_curves (snapshot);
  g_autofree char        *title = esc_words_formula_plain (
             _ (eng_spec_get_title (snapshot->spec)));
  g_autofree char *tip = g_strdup_printf (_ ("Let the curves of “%s” go (Ctrl+K)"),
                                          title);
  g_autofree char *words = g_strdup_printf (
      _ ("The curves of “%s” stay behind the next ones"), title);
  GtkWidget *label = gtk_label_new (words);
  AdwToast  *toast = adw_toast_new (words);

  /* The name of an experiment may be longer than a toast, which would cut it. */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  set_pinned (self, curves);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->compare_button), tip);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
esc_window_compare_toggled_cb (EscWindow *self)
{
  if (gtk_toggle_button_get_active (self->compare_button))
    pin (self);
  else
    {
      set_pinned (self, NULL);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->compare_button),
                                   _ ("Keep these curves behind the next ones (Ctrl+K)"));
      esc_window_update_compare (self);
    }
}

void
esc_window_update_compare (EscWindow *self)
{
  EngSnapshot *snapshot = esc_session_model_get_snapshot (self->model);
  gboolean     possible = gtk_toggle_button_get_active (self->compare_button)
                      || (snapshot != NULL && snapshot->step > 0);

  gtk_widget_set_sensitive (GTK_WIDGET (self->compare_button), possible);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare", possible);
}
