/* SPDX-License-Identifier: GPL-3.0-or-later
 * The help is complete: nothing on the screen lacks an entry, every key is listed. */
#include "config.h"

#include "app-fixture.h"
#include "eng-registry.h"
#include "esc-help-card.h"
#include "esc-help-search.h"
#include "esc-help-window.h"
#include "esc-tooltip.h"
#include "esc-words.h"

#include <string.h>

/* --- symbols in a text ------------------------------------------------------------ */

typedef void (*SymbolFunc) (const char *symbol, const char *text);

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x2009 /* thin space */
         || strchr (",.;:()[]{}=<>/+-|!?\"*", (int) MIN (c, 127)) != NULL
         || g_utf8_strchr ("≤≥≈·×→←↓↑−–…“”‖½¼ᐟ~&%∘√±ℝ∈", -1, c) != NULL;
}

static gboolean
is_raised (gunichar c)
{
  return g_utf8_strchr ("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", -1, c) != NULL;
}

/* A letter of mathematics rather than a word: a Greek letter, one Latin letter, a letter
 * with an index, or a letter with a number. */
static gboolean
is_symbol (const char *token)
{
  glong    length = g_utf8_strlen (token, -1);
  gunichar first = g_utf8_get_char (token);

  if (!g_unichar_isalpha (first) || strcmp (token, "a") == 0 || strcmp (token, "A") == 0)
    return FALSE;
  if (first >= 0x370 && first < 0x400)
    return TRUE;
  return length == 1 || (length == 2 && strpbrk (token, "0123456789") != NULL)
         || (length >= 2 && token[1] == '_');
}

/* Letters of `text` that are not words; powers are left out. */
static void
foreach_symbol (const char *text, SymbolFunc func)
{
  g_autoptr (GString) token = g_string_new (NULL);
  gboolean            in_power = FALSE;

  for (const char *at = text;; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == 0 || is_separator (c) || is_raised (c) || c == '^')
        {
          if (token->len > 0 && !in_power && is_symbol (token->str))
            func (token->str, text);
          g_string_truncate (token, 0);
          in_power = c == '^';
          if (c == 0)
            return;
        }
      else
        g_string_append_unichar (token, c);
    }
}

static void
assert_explained (const char *symbol, const char *text)
{
  if (esc_help_find_symbol (symbol) == NULL)
    g_error ("“%s” of “%s” is not in the help", symbol, text);
}

static guint n_seen;

static void
count_symbol (const char *symbol, const char *text)
{
  n_seen++;
}

static void
test_tokens (void)
{
  n_seen = 0;
  foreach_symbol ("a share of 10⁻⁴ and of the rest, in Words", count_symbol);
  g_assert_cmpuint (n_seen, ==, 0);
  foreach_symbol ("Σ|w_r|⁴ of λ_max, f_L, Q1; N(0, I/d) and d^1.5", count_symbol);
  g_assert_cmpuint (n_seen, ==, 9);
}

/* --- entries ---------------------------------------------------------------------- */

static void
check_param_cb (const char *owner, const EngParam *param, gpointer data)
{
  guint *n = data;

  if (esc_help_find_key (param->key) == NULL)
    g_error ("key %s of %s is not in the help", param->key, owner);
  foreach_symbol (param->title, assert_explained);
  if (param->help != NULL)
    foreach_symbol (param->help, assert_explained);
  for (const EngChoice *choice = param->choices;
       param->kind == ENG_PARAM_CHOICE && choice->id != NULL; choice++)
    foreach_symbol (choice->title, assert_explained);
  (*n)++;
}

static void
test_params (void)
{
  static const char *const file_keys[] = { "version", "name", "title", "description",
                                           "step",    "run",  "key",   "value" };
  guint                    n = 0;

  esc_help_foreach_param (check_param_cb, &n);
  g_assert_cmpuint (n, >, 60);
  for (gsize i = 0; i < G_N_ELEMENTS (file_keys); i++)
    g_assert_nonnull (esc_help_find_key (file_keys[i]));
}

static void
test_registries (void)
{
  for (gsize i = 0; eng_registry_get_learners ()[i] != NULL; i++)
    g_assert_nonnull (
        esc_help_find (ESC_HELP_ALGORITHM, eng_registry_get_learners ()[i]->id));
  for (gsize i = 0; eng_registry_get_problems ()[i] != NULL; i++)
    g_assert_nonnull (
        esc_help_find (ESC_HELP_PROBLEM, eng_registry_get_problems ()[i]->id));
  for (gsize i = 0; plot_get_classes ()[i] != NULL; i++)
    if (esc_help_find (ESC_HELP_PLOT, plot_get_classes ()[i]->id) == NULL)
      g_error ("plot %s is not in the help", plot_get_classes ()[i]->id);
}

static void
collect_title (const char *owner, const EngParam *param, gpointer titles)
{
  const char *key = g_hash_table_lookup (titles, param->title);

  if (key != NULL && !g_str_equal (key, param->key))
    g_error ("“%s” is the title of %s and of %s", param->title, key, param->key);
  g_hash_table_insert (titles, (gpointer) param->title, (gpointer) param->key);
}

/* A person who is told of a setting finds one of that name. */
static void
test_titles (void)
{
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  esc_help_foreach_param (collect_title, titles);
}

static void
test_entries (void)
{
  gsize                      n;
  const EscHelpEntry *const *entries = esc_help_get_entries (&n);
  g_autoptr (GHashTable) symbols = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          NULL);
  g_autoptr (GHashTable) heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        NULL);

  for (gsize i = 0; i < n; i++)
    {
      g_auto (GStrv) own = g_strsplit (
          entries[i]->symbols == NULL ? "" : entries[i]->symbols, " ", -1);

      g_assert_true (esc_help_find (entries[i]->kind, entries[i]->id) == entries[i]);
      g_assert_true (g_str_has_suffix (entries[i]->words, "."));
      for (gsize s = 0; own[s] != NULL; s++)
        if (own[s][0] != '\0' && entries[i]->kind == ESC_HELP_SYMBOL)
          g_hash_table_add (symbols, g_strdup (own[s]));
      /* No two entries go by the same letter; some quantities have none. */
      if (entries[i]->kind == ESC_HELP_SYMBOL && own[0] != NULL)
        g_assert_true (g_hash_table_add (heads, g_strdup (own[0])));
    }
  g_assert_cmpuint (g_hash_table_size (symbols), >, 40);
  for (gsize i = 0; i < n; i++)
    foreach_symbol (entries[i]->title, assert_explained);
}

static void
check_typeset (const EscHelpEntry *entry, const char *text)
{
  g_autofree char *markup = esc_words_formula_markup (text == NULL ? "" : text);

  if (strpbrk (markup, "_^") != NULL)
    g_error ("“%s” shows a formula as it is typed: %s", entry->id, markup);
}

static void
test_typeset (void)
{
  gsize                      n;
  const EscHelpEntry *const *entries = esc_help_get_entries (&n);

  for (gsize i = 0; i < n; i++)
    {
      check_typeset (entries[i], entries[i]->title);
      check_typeset (entries[i], entries[i]->formula);
      check_typeset (entries[i], entries[i]->words);
    }
}

/* --- what plots show --------------------------------------------------------------- */

static void
check_text (const char *text)
{
  if (text == NULL)
    return;
  foreach_symbol (text, assert_explained);
  g_assert_null (strpbrk (text, "_^"));
}

static void
check_panel (const PlotPanel *panel)
{
  check_text (panel->x.title);
  check_text (panel->y.title);
  check_text (panel->title);
  check_text (panel->subtitle);
  check_text (panel->hatch_label);
  check_text (panel->thin_label);
  for (guint i = 0; i < panel->spans->len; i++)
    check_text (((PlotSpan *) g_ptr_array_index (panel->spans, i))->name);
  for (guint i = 0; i < panel->rules->len; i++)
    check_text (((PlotRule *) g_ptr_array_index (panel->rules, i))->label);
  for (guint i = 0; i < panel->stairs->len; i++)
    check_text (((PlotStair *) g_ptr_array_index (panel->stairs, i))->label);
  for (guint i = 0; i < panel->areas->len; i++)
    check_text (((PlotArea *) g_ptr_array_index (panel->areas, i))->name);
  for (guint i = 0; i < panel->series->len; i++)
    check_text (((PlotSeries *) g_ptr_array_index (panel->series, i))->name);
  for (guint i = 0; i < panel->notes->len; i++)
    check_text (((PlotNote *) g_ptr_array_index (panel->notes, i))->label);
}

static void
check_plots (EngSnapshot *snapshot)
{
  const PlotClass *const *classes = plot_get_classes ();

  for (gsize i = 0; classes[i] != NULL; i++)
    for (guint m = 0; m == 0 || (classes[i]->measures && classes[i]->measures[m]); m++)
      {
        PlotOptions           options = { .measure = m };
        g_autoptr (PlotFrame) frame = plot_project (classes[i], snapshot, &options);

        check_text (frame->title);
        check_text (frame->subtitle);
        check_text (frame->summary);
        if (classes[i]->measures != NULL)
          check_text (classes[i]->measures[m]);
        for (guint p = 0; p < frame->panels->len; p++)
          check_panel (g_ptr_array_index (frame->panels, p));
      }
}

/* --- what the window shows ---------------------------------------------------------- */

/* Formulas are typeset wherever words are shown, folded away or not. */
static void
check_labels (GtkWidget *widget, guint *n)
{
  if (GTK_IS_LABEL (widget))
    {
      const char *text = gtk_label_get_text (GTK_LABEL (widget));

      (*n)++;
      if (strpbrk (text, "_^") != NULL)
        g_error ("“%s” shows a formula as it is typed", text);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_labels (child, n);
}

static void
test_screen (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  guint      n = 0;

  check_plots (esc_session_model_get_snapshot (window->model));
  app_click (window->train_button);
  g_assert_true (app_wait (app_is_done, window));
  check_plots (esc_session_model_get_snapshot (window->model));
  check_labels (GTK_WIDGET (window), &n);
  g_assert_cmpuint (n, >, 100);
  app_close_window (window);
}

static void
test_markup (void)
{
  static const struct
  {
    const char *typed, *markup;
  } cases[] = {
    { "|w_r|⁴", "|w<sub>r</sub>|⁴" },
    { "c / λ_max", "c / λ<sub>max</sub>" },
    { "n_{≤k}", "n<sub>≤k</sub>" },
    { "m^(−1/4) a", "m<sup>−1/4</sup> a" },
    { "d^p samples", "d<sup>p</sup> samples" },
    { "m^−½ Σ", "m<sup>−½</sup> Σ" },
    { "‖β‖_1 and He_l z", "‖β‖<sub>1</sub> and He<sub>l</sub> z" },
    { "(w_{+,i})^{depth}", "(w<sub>+,i</sub>)<sup>depth</sup>" },
    { "K^−1 above 10^−10 −", "K<sup>−1</sup> above 10<sup>−10</sup> −" },
    { "stop_train_loss", "stop_train_loss" },
    { "a ^ b _ c", "a ^ b _ c" },
    { "^", "^" },
    { "x_", "x_" },
    { "x_{", "x_{" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *markup = esc_words_formula_markup (cases[i].typed);

      g_assert_cmpstr (markup, ==, cases[i].markup);
    }
}

/* --- the help window and the cards -------------------------------------------------- */

static EscHelpWindow *
find_help (EscWindow *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ESC_IS_HELP_WINDOW (l->data)
        && gtk_window_get_transient_for (l->data) == GTK_WINDOW (window))
      return l->data;
  return NULL;
}

static gboolean
says (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

/* A key that families have with defaults of their own says which is whose. */
static void
test_facts (void)
{
  EscWindow       *window = app_open_window (APP_SMALL);
  g_autofree char *owned = g_strdup_printf (
      "Dimension d (%s", esc_help_find (ESC_HELP_PROBLEM, "low-rank-polynomial")->title);

  gtk_widget_grab_focus (
      esc_param_row_get_control (app_find_row (window, "problem", "d")));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.help", NULL);
  g_assert_true (says (GTK_WIDGET (find_help (window)), owned));
  app_close_window (window);
}

static void
test_window (void)
{
  EscWindow     *window = app_open_window (APP_SMALL);
  EscParamRow   *row = app_find_row (window, "problem", "n");
  EscHelpWindow *help;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.help", NULL);
  help = find_help (window);
  g_assert_nonnull (help);
  g_assert_cmpstr (esc_help_window_get_entry (help)->id, ==, "loss");

  gtk_widget_grab_focus (esc_param_row_get_control (row));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.help", NULL);
  g_assert_true (find_help (window) == help);
  g_assert_true (esc_help_window_get_entry (help) == esc_help_find_symbol ("n"));

  app_close_window (window);
}

static GtkWidget *
find_popover (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      return child;
  return NULL;
}

static gboolean
has_no_popover (gpointer widget)
{
  return find_popover (widget) == NULL;
}

static void
test_card (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  EscParamRow *row = app_find_row (window, "problem", "n");
  GtkWidget   *widget = esc_param_row_get_widget (row);

  gtk_widget_grab_focus (esc_param_row_get_control (row));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.explain", NULL);
  g_assert_nonnull (find_popover (widget));
  gtk_popover_popdown (GTK_POPOVER (find_popover (widget)));
  g_assert_true (app_wait (has_no_popover, widget));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_markup (widget),
                            esc_param_row_get_param (row)->title));
  app_close_window (window);
}

/* However long the help of a setting, its card and its tooltip are no wider than a column of
 * text: half of the smallest window. */
static void
test_card_wraps (void)
{
  g_autofree char *markup = NULL;
  GtkWidget       *label;
  int              width;

  markup = esc_help_describe_param (
      eng_param_find (eng_registry_find_problem ("dense-plus-sparse")->tables, "rank"));
  label = g_object_ref_sink (esc_tooltip_make_label (markup));
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  g_assert_cmpint (width, <, 512);
  g_object_unref (label);
}

static void
test_search (void)
{
  const EscHelpEntry *sigma = esc_help_find_symbol ("Σ");

  g_assert_true (esc_help_matches (sigma, ""));
  g_assert_true (esc_help_matches (sigma, "COVARIANCE tangent"));
  g_assert_true (esc_help_matches (sigma, "Σ"));
  g_assert_false (esc_help_matches (sigma, "covariance banana"));
}

/* The entry that the help window selects for what is typed, and shows first. */
static const EscHelpEntry *
search_for (EscHelpWindow *help, const char *text)
{
  GObject *entry = gtk_widget_get_template_child (GTK_WIDGET (help), ESC_TYPE_HELP_WINDOW,
                                                  "search");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
  return esc_help_window_get_entry (help);
}

/* What is called so comes before what only speaks of it. */
static void
test_best_first (void)
{
  static const struct
  {
    const char *typed;
    EscHelpKind kind;
    const char *id;
  } cases[] = {
    { "PL", ESC_HELP_SYMBOL, "polyak-lojasiewicz" },
    { "pl line", ESC_HELP_PLOT, "rates" },
    { "Directions Found", ESC_HELP_PLOT, "cosines" },
    { "rich", ESC_HELP_VERDICT, "rich" },
    { "stalled", ESC_HELP_VERDICT, "stalled" },
    { "overfitting", ESC_HELP_VERDICT, "overfitting" },
    { "noise floor", ESC_HELP_VERDICT, "noise-floor" },
    { "no better than the mean", ESC_HELP_VERDICT, "unlearned" },
    { "memorises", ESC_HELP_VERDICT, "memorises" },
    { "recovering", ESC_HELP_VERDICT, "recovering" },
  };
  EscWindow     *window = app_open_window (APP_SMALL);
  EscHelpWindow *help = esc_help_window_present (GTK_WINDOW (window), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const EscHelpEntry *found = search_for (help, cases[i].typed);

      if (found != esc_help_find (cases[i].kind, cases[i].id))
        g_error ("“%s” finds “%s”", cases[i].typed, found->title);
    }
  app_close_window (window);
}

/* --- keys --------------------------------------------------------------------------- */

static void
collect_keys (GtkWidget *widget, GHashTable *keys)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    {
      g_autofree char *accelerators = NULL;
      g_auto (GStrv)   each = NULL;

      g_object_get (widget, "accelerator", &accelerators, NULL);
      each = g_strsplit (accelerators, " ", -1);
      for (guint i = 0; each[i] != NULL; i++)
        {
          guint           key;
          GdkModifierType modifiers;

          g_assert_true (gtk_accelerator_parse (each[i], &key, &modifiers));
          g_hash_table_add (keys, gtk_accelerator_name (key, modifiers));
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_keys (child, keys);
}

static void
test_shortcuts (void)
{
  EscWindow             *window = app_open_window (APP_SMALL);
  GtkApplication        *application = gtk_window_get_application (GTK_WINDOW (window));
  g_auto (GStrv)         actions = gtk_application_list_action_descriptions (application);
  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         NULL);

  collect_keys (GTK_WIDGET (gtk_application_window_get_help_overlay (
                    GTK_APPLICATION_WINDOW (window))),
                listed);
  for (gsize i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) keys = gtk_application_get_accels_for_action (application,
                                                                   actions[i]);
      gboolean       is_listed = keys[0] == NULL;

      for (gsize k = 0; keys[k] != NULL; k++)
        is_listed = is_listed || g_hash_table_contains (listed, keys[k]);
      if (!is_listed)
        g_error ("%s (%s) is not in the list of shortcuts", keys[0], actions[i]);
    }
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/help/tokens", test_tokens);
  g_test_add_func ("/app/help/params", test_params);
  g_test_add_func ("/app/help/registries", test_registries);
  g_test_add_func ("/app/help/titles", test_titles);
  g_test_add_func ("/app/help/entries", test_entries);
  g_test_add_func ("/app/help/markup", test_markup);
  g_test_add_func ("/app/help/typeset", test_typeset);
  g_test_add_func ("/app/help/search", test_search);
  g_test_add_func ("/app/help/best-first", test_best_first);
  g_test_add_func ("/app/help/screen", test_screen);
  g_test_add_func ("/app/help/window", test_window);
  g_test_add_func ("/app/help/facts", test_facts);
  g_test_add_func ("/app/help/card-wraps", test_card_wraps);
  g_test_add_func ("/app/help/card", test_card);
  g_test_add_func ("/app/help/shortcuts", test_shortcuts);
  return g_test_run ();
}
