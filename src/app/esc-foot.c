/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far the training is, and one line per run. */
#include "config.h"

#include "esc-foot.h"

#include "esc-chip.h"
#include "esc-plot-style.h"
#include "esc-tooltip.h"
#include "esc-words.h"
#include "plot-format.h"
#include "plot-run-style.h"
#include "plot-verdict.h"

#include <glib/gi18n.h>
#include <math.h>

/* Verdicts change at most twice a second, so that they can be read. */
#define VERDICT_INTERVAL_US (G_USEC_PER_SEC / 2)

/* Least width of all lines in a small window, px: a window is at least as high as it would be
 * at its least width, where verdicts would wrap to many lines. */
#define OPEN_MIN_WIDTH 600

/* Chip, name, test loss and verdict of a run. */
#define N_COLUMNS 4

typedef struct
{
  GtkWidget *chip;
  GtkLabel  *name, *test, *status;
  double     loss; /* newest test loss; NaN: none */
  gboolean   diverged;
} Line;

struct _EscFoot
{
  AdwBin parent_instance;

  GtkLabel         *progress_label;
  GtkProgressBar   *progress;
  GtkLabel         *speed;
  GtkLabel         *left;
  GtkWidget        *cancel; /* of a preparation */
  GtkGrid          *grid;
  GtkToggleButton  *all_button;
  AdwButtonContent *all_content;

  EngSnapshot *snapshot;
  Line         lines[ENG_SPEC_MAX_RUNS];
  guint        n_lines;
  gboolean     compact;
  gint64       judged_at; /* monotonic, µs; 0: now is the time */
};

G_DEFINE_FINAL_TYPE (EscFoot, esc_foot, ADW_TYPE_BIN)

/* --- lines --------------------------------------------------------------------- */

static GtkLabel *
make_label (const char *css_class, int width_chars, gboolean expand)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (label, width_chars);
  gtk_widget_set_hexpand (GTK_WIDGET (label), expand);
  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

static void
place_line (EscFoot *self, const Line *line, int row)
{
  GtkWidget *cells[N_COLUMNS] = { line->chip, GTK_WIDGET (line->name),
                                  GTK_WIDGET (line->test), GTK_WIDGET (line->status) };

  for (int column = 0; column < N_COLUMNS; column++)
    gtk_grid_attach (self->grid, cells[column], column, row, 1, 1);
}

/* A run that diverged, or else the one that has learned most. */
static guint
find_most_important (EscFoot *self)
{
  guint best = 0;

  for (guint i = 0; i < self->n_lines; i++)
    if (self->lines[i].diverged)
      return i;
  for (guint i = 1; i < self->n_lines; i++)
    if (self->lines[i].loss < self->lines[best].loss || isnan (self->lines[best].loss))
      best = i;
  return best;
}

static void
fold_lines (EscFoot *self)
{
  gboolean folded = self->compact && !gtk_toggle_button_get_active (self->all_button);
  guint    chosen = find_most_important (self);
  g_autofree char *words = g_strdup_printf (
      ngettext ("%u _verdict", "All %u _verdicts", self->n_lines), self->n_lines);

  for (guint i = 0; i < self->n_lines; i++)
    {
      Line    *line = &self->lines[i];
      gboolean visible = !folded || i == chosen;

      for (int column = 0; column < N_COLUMNS; column++)
        gtk_widget_set_visible (gtk_grid_get_child_at (self->grid, column, (int) i),
                                visible);
      /* Read whole, also when words are large. */
      gtk_label_set_wrap (line->status, self->compact);
      gtk_label_set_ellipsize (line->status, self->compact ? PANGO_ELLIPSIZE_NONE
                                                           : PANGO_ELLIPSIZE_END);
    }
  gtk_widget_set_size_request (GTK_WIDGET (self->grid),
                               self->compact && !folded ? OPEN_MIN_WIDTH : -1, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->all_button),
                          self->compact && self->n_lines > 1);
  adw_button_content_set_label (self->all_content,
                                folded ? words : _ ("Fewer _verdicts"));
  adw_button_content_set_icon_name (self->all_content,
                                    folded ? "pan-up-symbolic" : "pan-down-symbolic");
}

static void
remove_lines (EscFoot *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  self->n_lines = 0;
}

static void
make_lines (EscFoot *self, guint n)
{
  remove_lines (self);
  self->n_lines = MIN (n, ENG_SPEC_MAX_RUNS);
  for (guint i = 0; i < self->n_lines; i++)
    {
      Line *line = &self->lines[i];

      line->chip = g_object_new (ESC_TYPE_CHIP, NULL);
      line->name = make_label ("run-name", 12, FALSE);
      gtk_label_set_max_width_chars (line->name, 20);
      line->test = make_label ("numeric", 10, FALSE);
      line->status = make_label ("run-status", 8, TRUE);
      esc_tooltip_wrap (GTK_WIDGET (line->status));
      line->loss = NAN;
      place_line (self, line, (int) i);
    }
  self->judged_at = 0;
}

/* The name in the colour of its curve, as a second way beside the chip. */
static void
colour_name (GtkLabel *label, PlotRunStyle style)
{
  const PlotTheme *theme = esc_plot_style_get_theme (esc_plot_style_get_default ());
  PlotColour       colour = plot_theme_get_run (theme, style)->colour;
  PangoAttrList   *attributes = pango_attr_list_new ();

  /* Pango has 16 bits a channel: 0x101 takes 0xff to 0xffff. */
  pango_attr_list_insert (
      attributes, pango_attr_foreground_new ((guint16) ((colour >> 16 & 0xff) * 0x101),
                                             (guint16) ((colour >> 8 & 0xff) * 0x101),
                                             (guint16) ((colour & 0xff) * 0x101)));
  /* Words of the desktop are a little transparent, curves are not. */
  pango_attr_list_insert (attributes, pango_attr_foreground_alpha_new (G_MAXUINT16));
  /* Setting them lays the window out again. */
  if (gtk_label_get_attributes (label) == NULL
      || !pango_attr_list_equal (attributes, gtk_label_get_attributes (label)))
    gtk_label_set_attributes (label, attributes);
  pango_attr_list_unref (attributes);
}

/* The verdict; before the first step, what the run does.  What became of it stands in the
 * tooltip, with the whole sentence, which a narrow window cuts. */
static void
show_verdict (Line *line, const EngRunView *run, const EngSnapshot *snapshot)
{
  g_autofree char *status = esc_words_run_status (run, snapshot->phase);
  g_autofree char *head = NULL, *evidence = NULL, *markup = NULL, *tip = NULL;
  EngVerdict       verdict;

  if (run->step == 0 || run->n_records == 0)
    {
      gtk_label_set_label (line->status, status);
      gtk_widget_set_tooltip_text (GTK_WIDGET (line->status), status);
      return;
    }
  eng_verdict_judge (run, &snapshot->facts, &verdict);
  head = plot_verdict_make_head (&verdict);
  evidence = plot_verdict_make_evidence (&verdict, snapshot->facts.k);
  /* Translators: a verdict and what it rests on: Lazy: 96 % of its movement is in Q1. */
  markup = g_markup_printf_escaped (_ ("<b>%s:</b> %s"), head, evidence);
  /* Translators: a verdict, what it rests on, and what the run does. */
  tip = g_strdup_printf (_ ("%s: %s\n%s"), head, evidence, status);
  gtk_label_set_markup (line->status, markup);
  gtk_widget_set_tooltip_text (GTK_WIDGET (line->status), tip);
}

static void
show_line (Line *line, const EngRunView *run, PlotRunStyle style)
{
  gboolean         diverged = run->status == ENG_STATUS_DIVERGED;
  double           loss = eng_run_view_get_last (run, "test-loss");
  g_autofree char *number = plot_format_loss (loss);
  /* Translators: the loss on the test set, beside the name of a run. */
  g_autofree char *test = g_strdup_printf (_ ("test %s"), number);

  line->loss = loss;
  line->diverged = diverged;
  esc_chip_set_run (ESC_CHIP (line->chip), style, diverged);
  gtk_label_set_label (line->name, _ (run->label));
  colour_name (line->name, style);
  gtk_label_set_label (line->test, isfinite (loss) ? test : "");
  if (diverged)
    gtk_widget_add_css_class (GTK_WIDGET (line->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (line->status), "error");
}

static void
show_lines (EscFoot *self)
{
  EngSnapshot             *snapshot = self->snapshot;
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);
  guint                    n = MIN (snapshot->n_runs, ENG_SPEC_MAX_RUNS);
  gint64                   now = g_get_monotonic_time ();
  gboolean                 judges;

  if (self->n_lines != n)
    make_lines (self, n);
  judges = snapshot->phase != ENG_PHASE_RUNNING
           || now - self->judged_at >= VERDICT_INTERVAL_US;
  for (guint i = 0; i < n; i++)
    {
      show_line (&self->lines[i], &snapshot->runs[i], styles[i]);
      if (judges)
        show_verdict (&self->lines[i], &snapshot->runs[i], snapshot);
    }
  if (!judges)
    return;
  self->judged_at = now;
  fold_lines (self);
}

/* --- progress ------------------------------------------------------------------ */

static void
show_speed (EscFoot *self)
{
  EngSnapshot     *snapshot = self->snapshot;
  double           speed = snapshot->steps_per_second;
  gboolean         is_running = snapshot->phase == ENG_PHASE_RUNNING && speed > 0;
  g_autofree char *number = NULL, *words = NULL, *left = esc_words_time (snapshot);

  if (is_running)
    {
      number = speed < 9.5 ? plot_format_value (speed, 2, PLOT_NUMBER_PLAIN)
                           : plot_format_integer ((guint64) (speed + 0.5));
      words = g_strdup_printf (_ ("%s steps/s"), number);
    }
  gtk_label_set_label (self->speed, words == NULL ? "" : words);
  gtk_label_set_label (self->left, left);
  gtk_widget_set_visible (GTK_WIDGET (self->speed), words != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->left), left[0] != '\0');
}

static double
get_fraction (const EngSnapshot *snapshot)
{
  if (snapshot->phase == ENG_PHASE_PREPARING)
    return snapshot->preparing;
  if (snapshot->phase == ENG_PHASE_DONE)
    return 1;
  return snapshot->planned > 0 ? (double) snapshot->step / (double) snapshot->planned : 0;
}

static void
show_progress (EscFoot *self)
{
  g_autofree char *words = esc_words_progress (self->snapshot);

  gtk_label_set_label (self->progress_label, words);
  gtk_progress_bar_set_fraction (self->progress,
                                 CLAMP (get_fraction (self->snapshot), 0, 1));
  gtk_widget_set_visible (self->cancel, self->snapshot->phase == ENG_PHASE_PREPARING);
  show_speed (self);
}

static void
show (EscFoot *self)
{
  if (self->snapshot == NULL)
    return;
  show_progress (self);
  show_lines (self);
}

static void
style_changed_cb (EscFoot *self)
{
  show (self);
}

static void
esc_foot_dispose (GObject *object)
{
  EscFoot *self = ESC_FOOT (object);

  g_clear_pointer (&self->snapshot, eng_snapshot_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_FOOT);
  G_OBJECT_CLASS (esc_foot_parent_class)->dispose (object);
}

static void
esc_foot_class_init (EscFootClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = esc_foot_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/foot.ui");
  gtk_widget_class_bind_template_child (widget_class, EscFoot, progress_label);
  gtk_widget_class_bind_template_child (widget_class, EscFoot, progress);
  gtk_widget_class_bind_template_child (widget_class, EscFoot, speed);
  gtk_widget_class_bind_template_child (widget_class, EscFoot, left);
  gtk_widget_class_bind_template_child (widget_class, EscFoot, cancel);
  gtk_widget_class_bind_template_child (widget_class, EscFoot, grid);
  gtk_widget_class_bind_template_child (widget_class, EscFoot, all_button);
  gtk_widget_class_bind_template_child (widget_class, EscFoot, all_content);
  gtk_widget_class_bind_template_callback (widget_class, fold_lines);
}

static void
esc_foot_init (EscFoot *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (esc_plot_style_get_default (), "changed",
                           G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
}

void
esc_foot_set_snapshot (EscFoot *self, EngSnapshot *snapshot)
{
  EngSnapshot *old;

  g_return_if_fail (ESC_IS_FOOT (self));

  old = self->snapshot;
  self->snapshot = snapshot == NULL ? NULL : eng_snapshot_ref (snapshot);
  g_clear_pointer (&old, eng_snapshot_unref);
  if (snapshot == NULL)
    return;
  show (self);
}

void
esc_foot_set_compact (EscFoot *self, gboolean compact)
{
  g_return_if_fail (ESC_IS_FOOT (self));

  if (self->compact == compact)
    return;
  self->compact = compact;
  fold_lines (self);
}

const char *
esc_foot_get_status (EscFoot *self, guint run)
{
  g_return_val_if_fail (ESC_IS_FOOT (self), NULL);
  g_return_val_if_fail (run < self->n_lines, NULL);
  return gtk_label_get_text (self->lines[run].status);
}

gboolean
esc_foot_get_line_visible (EscFoot *self, guint run)
{
  g_return_val_if_fail (ESC_IS_FOOT (self), FALSE);
  g_return_val_if_fail (run < self->n_lines, FALSE);
  return gtk_widget_get_visible (GTK_WIDGET (self->lines[run].status));
}

const char *
esc_foot_get_progress (EscFoot *self)
{
  g_return_val_if_fail (ESC_IS_FOOT (self), NULL);
  return gtk_label_get_label (self->progress_label);
}
