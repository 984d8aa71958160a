/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the parts of the window share. */
#pragma once

#include "esc-autosave.h"
#include "esc-banner.h"
#include "esc-export.h"
#include "esc-foot.h"
#include "esc-plot-card.h"
#include "esc-plot-grid.h"
#include "esc-preset-chooser.h"
#include "esc-spec-editor.h"
#include "esc-split-view.h"
#include "esc-window.h"

G_BEGIN_DECLS

struct _EscWindow
{
  AdwApplicationWindow parent_instance;

  AdwWindowTitle   *title;
  GtkToggleButton  *pane_button;
  GtkButton        *train_button;
  GtkStack         *train_stack; /* of the words Train and Pause */
  GtkToggleButton  *compare_button;
  AdwButtonContent *compare_content;
  GtkMenuButton    *menu_button;
  EscSplitView     *split;
  EscPresetChooser *chooser;
  EscSpecEditor    *editor;
  GMenu            *open_section;      /* of the menu */
  EscBanner        *recovery_banner;   /* an earlier program died */
  EscBanner        *file_banner;       /* a file could not be read or written */
  EscBanner        *engine_banner;     /* the experiment could not be carried out */
  EscBanner        *divergence_banner; /* a run diverged */
  GtkButton        *restart_button;    /* in it */
  GtkStack         *pages;             /* of plots */
  EscPlotCard      *loss, *spectrum, *movement, *bands;
  EscPlotCard      *recovery, *angles;
  EscPlotCard      *jacobian, *coefficients, *degrees;
  EscPlotCard      *terms, *neurons;
  EscPlotGrid      *grid, *inside_grid;
  GtkStackPage     *inside_page;
  EscFoot          *foot;
  AdwToastOverlay  *toasts;

  EscPlotLink *steps;          /* the time axis of the plots */
  gboolean     prefers_linear; /* the experiment, on that axis */
  GMenu       *history_menu;   /* of the primary menu: undo and redo, by name */
  GtkButton   *undo_button, *redo_button;
  AdwToast    *offer;     /* (nullable): the toast that offers to undo, not kept alive */
  gboolean     is_moving; /* through the history */
  gboolean     begins;    /* the next experiment is the one that it was opened with */
  char        *diverged;  /* (nullable): the runs that the banner has told of */

  GSettings       *settings;
  EscDocument     *document;
  EscSessionModel *model;
  EscAutosave     *autosave;
  GPtrArray       *recovered;  /* (element-type EscRecoverySlot) (nullable): offered */
  guint            refresh_id; /* a newer snapshot waits to be shown */
  gint64           shown_at;   /* monotonic, µs */
  EngPhase         shown_phase;
  GCancellable    *cancellable; /* of reading and writing files */
  gboolean         is_asking;   /* the question about changes is open */
  gboolean         may_close;   /* it was answered */

  /* What is to happen once the changes are saved or given up. */
  void (*pending) (EscWindow *self, gpointer data);
  gpointer       pending_data;
  GDestroyNotify pending_destroy;
  gboolean       is_answering; /* saving because `pending` was asked about */
};

/* --- esc-window-actions.c ------------------------------------------------------- */
void esc_window_install_actions (GtkWidgetClass *widget_class);
void esc_window_add_shortcuts (EscWindow *self);
void esc_window_focus_plots (EscWindow *self);
/* Which commands make sense now, and the word on the button. */
void esc_window_update_actions (EscWindow *self);

/* --- esc-window-help.c ---------------------------------------------------------- */
void esc_window_install_help (GtkWidgetClass *widget_class);
/* Items of the plots' menus. */
void esc_window_add_help (EscWindow *self);

/* --- esc-window-plots.c --------------------------------------------------------- */
/* Of the template. */
void esc_window_bind_cards (GtkWidgetClass *widget_class);
/* Every plot of the window, in the order of the template.
 * Returns: (transfer container) (element-type EscPlotCard). */
GPtrArray *esc_window_get_cards (EscWindow *self) G_GNUC_WARN_UNUSED_RESULT;
/* Links the time axes, and lets one card take the place of all. */
void esc_window_connect_plots (EscWindow *self);
/* Shows the plots that suit the document's experiment, and no others; Inside only if it has
 * any. */
void esc_window_update_cards (EscWindow *self);
/* Whether a plot suits the experiment, seen or not just now. */
gboolean esc_window_has_card (EscWindow *self, EscPlotCard *card);
/* Ranges of one experiment mean nothing to another. */
void esc_window_forget_zoom (EscWindow *self);

/* --- esc-window-compare.c ------------------------------------------------------- */
/* Whether there are curves to keep, or kept. */
void esc_window_update_compare (EscWindow *self);
void esc_window_compare_toggled_cb (EscWindow *self);

/* --- esc-window-files.c --------------------------------------------------------- */
typedef void (*EscWindowFunc) (EscWindow *self, gpointer data);

/* Calls `func` when nothing unsaved would be lost: at once, or after the answer; never
 * if the person cancels or saving fails.  Takes `data`. */
void esc_window_guard (EscWindow     *self,
                       EscWindowFunc  func,
                       gpointer       data,
                       GDestroyNotify destroy);
/* Forgets what was to happen. */
void esc_window_drop_pending (EscWindow *self);
void esc_window_new_experiment (EscWindow *self);
void esc_window_save (EscWindow *self, gboolean as);

/* --- esc-window-open.c ---------------------------------------------------------- */
void esc_window_choose_file (EscWindow *self);

/* --- esc-window-recent.c -------------------------------------------------------- */
void esc_window_add_recent_menu (EscWindow *self);
/* A file that was opened or saved; one that is gone. */
void esc_window_remember_file (GFile *file);
void esc_window_forget_file (GFile *file);

/* --- esc-window-data.c ---------------------------------------------------------- */
/* Shows what a table holds, and makes it the problem if it is to be used. */
void esc_window_use_table (EscWindow *self, GFile *file);
/* A table of the person's choice; the one in use, if there is one. */
void esc_window_choose_table (EscWindow *self);
void esc_window_show_table (EscWindow *self);

/* --- esc-window-drop.c ---------------------------------------------------------- */
void esc_window_accept_drops (EscWindow *self);

/* --- esc-window-recovery.c ------------------------------------------------------ */
void esc_window_start_autosave (EscWindow *self);
/* Restores what the banner offers, or deletes it; then offers the next. */
void esc_window_restore (EscWindow *self);
void esc_window_forget_recovered (EscWindow *self);
/* --- esc-window-divergence.c ---------------------------------------------------- */
void esc_window_install_divergence (GtkWidgetClass *widget_class);
void esc_window_add_divergence (EscWindow *self);
/* Whether a run has diverged, as far as it is shown. */
void esc_window_update_divergence (EscWindow *self);

/* --- esc-window-export.c -------------------------------------------------------- */
void esc_window_install_export_actions (GtkWidgetClass *widget_class);
/* Items of the plots' menus, and the key that copies a plot. */
void esc_window_add_export (EscWindow *self);
/* Nothing is exported before there is something to show. */
void esc_window_update_export (EscWindow *self);
/* Draw and write on a thread; then a toast says so, or the banner why not. */
void esc_window_export_to (EscWindow           *self,
                           EngSnapshot         *snapshot,
                           const EscExportView *view,
                           const EscExportKind *kind,
                           GFile               *file);
void esc_window_export_folder_to (EscWindow *self, GFile *parent);

/* --- esc-window-history.c ------------------------------------------------------- */
void esc_window_install_history (GtkWidgetClass *widget_class);
void esc_window_connect_history (EscWindow *self);
/* A toast that takes the last thing back; one at a time.  `target` may be NULL. */
void esc_window_offer_undo (EscWindow  *self,
                            const char *title,
                            const char *action,
                            GVariant   *target);

G_END_DECLS
