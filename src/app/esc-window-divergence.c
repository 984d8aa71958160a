/* SPDX-License-Identifier: GPL-3.0-or-later
 * The banner about runs that diverged: why, and what would be stable. */
#include "config.h"

#include "esc-window-private.h"

#include "esc-divergence.h"
#include "esc-help-window.h"
#include "esc-words.h"

#include <glib/gi18n.h>

/* Returns: (nullable): what is shown, if it is of the present experiment and some run of
 * it has diverged. */
static EngSnapshot *
get_diverged (EscWindow *self)
{
  EngSnapshot *snapshot = esc_session_model_get_snapshot (self->model);

  if (snapshot == NULL || snapshot->phase == ENG_PHASE_PREPARING
      || esc_divergence_count (snapshot) == 0
      || !eng_spec_same_start (snapshot->spec, esc_document_get_spec (self->document)))
    return NULL;
  return snapshot;
}

/* The same text while the same runs have diverged. */
static char *
describe (EngSnapshot *snapshot)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < snapshot->n_runs; i++)
    if (snapshot->runs[i].status == ENG_STATUS_DIVERGED)
      g_string_append_printf (text, "%u at %" G_GUINT64_FORMAT " ", i,
                              snapshot->runs[i].step);
  return g_string_free (text, FALSE);
}

static void
show (EscWindow *self, EngSnapshot *snapshot)
{
  g_autofree char *title = esc_divergence_make_title (snapshot);
  g_autofree char *detail = esc_divergence_make_detail (snapshot);
  g_autofree char *action = esc_divergence_make_action (snapshot);
  g_autofree char *markup = esc_words_formula_markup (detail);

  gtk_widget_set_visible (GTK_WIDGET (self->restart_button), action != NULL);
  if (action != NULL)
    gtk_button_set_label (self->restart_button, action);
  esc_banner_show_markup (self->divergence_banner, title, markup);
}

/* Once closed it stays so until another run diverges. */
void
esc_window_update_divergence (EscWindow *self)
{
  EngSnapshot     *snapshot = get_diverged (self);
  g_autofree char *diverged = snapshot == NULL ? NULL : describe (snapshot);
  gboolean         is_news = g_strcmp0 (diverged, self->diverged) != 0;

  g_free (self->diverged);
  self->diverged = g_steal_pointer (&diverged);
  if (snapshot == NULL)
    esc_banner_hide (self->divergence_banner);
  else if (is_news || esc_banner_get_revealed (self->divergence_banner))
    show (self, snapshot);
}

static void
restart_stable_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow          *self = ESC_WINDOW (widget);
  EngSnapshot        *snapshot;
  g_autoptr (EngSpec) cured = NULL;

  if (!esc_spec_editor_commit (self->editor))
    return;
  snapshot = get_diverged (self);
  if (snapshot == NULL)
    return;
  cured = esc_divergence_cure (esc_document_get_spec (self->document), snapshot);
  esc_banner_hide (self->divergence_banner);
  esc_window_focus_plots (self);
  esc_document_edit (self->document, cured, _ ("Stable Settings"), NULL);
  esc_session_model_train (self->model);
}

static void
explain_divergence_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EngSnapshot        *snapshot = get_diverged (ESC_WINDOW (widget));
  const EscHelpEntry *entry = NULL;

  if (snapshot != NULL)
    entry = esc_help_find_key (esc_divergence_get_topic (snapshot));
  if (entry == NULL)
    entry = esc_help_find (ESC_HELP_SYMBOL, "lambda-max");
  esc_help_window_present (GTK_WINDOW (widget), entry);
}

void
esc_window_install_divergence (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.restart-stable", NULL,
                                   restart_stable_cb);
  gtk_widget_class_install_action (widget_class, "win.explain-divergence", NULL,
                                   explain_divergence_cb);
}

void
esc_window_add_divergence (EscWindow *self)
{
  esc_banner_add_button (self->divergence_banner, _ ("E_xplain"),
                         "win.explain-divergence", FALSE);
  self->restart_button = esc_banner_add_button (self->divergence_banner, _ ("_Restart"),
                                                "win.restart-stable", TRUE);
}
