/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words and numbers as the window shows them. */
#include "config.h"

#include "esc-words.h"

#include "eng-error.h"
#include "eng-param.h"
#include "plot-format.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The common value of an integer key of all runs; -1 if they differ or one lacks it. */
static gint64
get_common_int (EngSpec *spec, const char *key)
{
  gint64 common = -1;

  for (guint i = 0; i < eng_spec_get_n_runs (spec); i++)
    {
      const EngSettings *run = eng_spec_get_run (spec, i);
      gint64             value;

      if (!eng_settings_has (run, key))
        return -1;
      value = eng_settings_get_int (run, key);
      if (i > 0 && value != common)
        return -1;
      common = value;
    }
  return common;
}

static char *
format_int (gint64 value)
{
  return plot_format_integer ((guint64) MAX (value, 0));
}

char *
esc_words_summary (EngSpec *spec)
{
  const EngSettings *problem = eng_spec_get_problem (spec);
  guint              n_runs = eng_spec_get_n_runs (spec);
  gint64             m_value = get_common_int (spec, "m");
  g_autofree char   *d = NULL, *n = NULL, *m = NULL;

  /* A table of one's own has neither d nor n before it is read. */
  if (!eng_settings_has (problem, "d") || !eng_settings_has (problem, "n"))
    return g_strdup_printf (ngettext ("%u run", "%u runs on the same data", n_runs),
                            n_runs);

  d = format_int (eng_settings_get_int (problem, "d"));
  n = format_int (eng_settings_get_int (problem, "n"));
  if (m_value < 0)
    return g_strdup_printf (ngettext ("%u run: d = %s, n = %s",
                                      "%u runs on the same data: d = %s, n = %s", n_runs),
                            n_runs, d, n);
  m = format_int (m_value);
  return g_strdup_printf (ngettext ("%u run: d = %s, n = %s, m = %s",
                                    "%u runs on the same data: d = %s, n = %s, m = %s",
                                    n_runs),
                          n_runs, d, n, m);
}

char *
esc_words_duration (double seconds)
{
  guint64 whole;

  if (!isfinite (seconds) || seconds < 0)
    return g_strdup ("");
  whole = (guint64) ceil (MIN (seconds, 1e9));
  if (whole < 60)
    /* Translators: seconds. */
    return g_strdup_printf (_ ("%u s"), (guint) whole);
  if (whole < 3600)
    /* Translators: minutes and seconds. */
    return g_strdup_printf (_ ("%u min %u s"), (guint) (whole / 60),
                            (guint) (whole % 60));
  /* Translators: hours and minutes. */
  return g_strdup_printf (_ ("%u h %u min"), (guint) (whole / 3600),
                          (guint) (whole / 60 % 60));
}

static char *
describe_divergence (const EngRunView *run)
{
  g_autofree char *step = plot_format_integer (run->step);
  g_autofree char *used = NULL, *stable = NULL;

  if (!isfinite (run->stable_below))
    return g_strdup_printf (_ ("Diverged at step %s"), step);
  used = plot_format_value (run->step_size, 3, PLOT_NUMBER_PLAIN);
  stable = plot_format_value (run->stable_below, 3, PLOT_NUMBER_PLAIN);
  return g_strdup_printf (_ ("Diverged at step %s with step size %s; stable below %s"),
                          step, used, stable);
}

char *
esc_words_run_status (const EngRunView *run, EngPhase phase)
{
  g_autofree char *step = plot_format_integer (run->step);

  switch (run->status)
    {
    case ENG_STATUS_DIVERGED:
      return describe_divergence (run);
    case ENG_STATUS_CONVERGED:
      return g_strdup_printf (_ ("Converged at step %s"), step);
    case ENG_STATUS_FINISHED:
      return g_strdup_printf (_ ("Finished at step %s"), step);
    case ENG_STATUS_STOPPED:
      return g_strdup_printf (_ ("Stopped at step %s"), step);
    case ENG_STATUS_CONTINUE:
    default:
      break;
    }
  if (phase == ENG_PHASE_RUNNING)
    return g_strdup (_ ("Training"));
  if (phase == ENG_PHASE_PREPARING)
    return g_strdup (_ ("Preparing"));
  return run->step == 0 ? g_strdup (_ ("Ready"))
                        : g_strdup_printf (_ ("Paused at step %s"), step);
}

char *
esc_words_progress (const EngSnapshot *snapshot)
{
  g_autofree char *step = NULL, *planned = NULL;

  if (snapshot->phase == ENG_PHASE_PREPARING)
    return g_strdup (_ ("Preparing"));
  if (g_error_matches (snapshot->error, ENG_ERROR, ENG_ERROR_CANCELLED))
    return g_strdup (_ ("Not prepared"));
  if (snapshot->phase == ENG_PHASE_FAILED)
    return g_strdup (_ ("Not started"));
  step = plot_format_integer (snapshot->step);
  planned = plot_format_integer (snapshot->planned);
  return g_strdup_printf (_ ("Step %s of %s"), step, planned);
}

/* In the first steps records are dense, so they say little about the others. */
static gboolean
is_speed_typical (const EngSnapshot *snapshot)
{
  return snapshot->step >= snapshot->planned / 20 || snapshot->seconds > 10;
}

char *
esc_words_time (const EngSnapshot *snapshot)
{
  double           speed = snapshot->steps_per_second;
  g_autofree char *duration = NULL;

  if (snapshot->phase == ENG_PHASE_DONE)
    {
      duration = esc_words_duration (snapshot->seconds);
      return g_strdup_printf (_ ("Done in %s"), duration);
    }
  if (snapshot->phase != ENG_PHASE_RUNNING || !(speed > 0)
      || !is_speed_typical (snapshot))
    return g_strdup ("");
  duration = esc_words_duration ((double) (snapshot->planned - snapshot->step) / speed);
  /* Translators: how long the training will still take: 2 min 5 s left. */
  return g_strdup_printf (_ ("%s left"), duration);
}

char *
esc_words_plain_number (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (value))
    return g_strdup ("");
  if (value == floor (value) && fabs (value) < 1e15)
    return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.0f", value));
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.6g", value));
}

/* Bytes of the number at `text`: "1.5" of "1.5 samples", "2" of "2." */
static gsize
get_number_length (const char *text)
{
  gsize length = *text == '-' ? 1 : 0;

  length += strspn (text + length, "0123456789");
  if (text[length] == '.' && g_ascii_isdigit (text[length + 1]))
    length += 1 + strspn (text + length + 1, "0123456789");
  return length;
}

/* Bytes up to and with the bracket that closes the one at `text`; 0 without. */
static gsize
get_bracket_length (const char *text, char open, char close)
{
  const char *end = *text == open ? strchr (text, close) : NULL;

  return end == NULL ? 0 : (gsize) (end - text) + 1;
}

/* Bytes of what is raised after a "^": a number, a fraction, one letter, or what stands
 * in brackets. */
static gsize
get_power_length (const char *text)
{
  gsize length = get_bracket_length (text, '{', '}');
  gsize sign = g_str_has_prefix (text, PLOT_MINUS) ? strlen (PLOT_MINUS) : 0;

  if (length == 0)
    length = get_bracket_length (text, '(', ')');
  if (length == 0)
    length = get_number_length (text);
  if (length == 0 && sign > 0 && get_number_length (text + sign) > 0)
    length = sign + get_number_length (text + sign);
  if (length == 0
      && (g_str_has_prefix (text + sign, "½") || g_str_has_prefix (text + sign, "¼")))
    length = sign + strlen ("½");
  if (length == 0 && g_ascii_isalpha (*text) && !g_ascii_isalnum (text[1]))
    length = 1;
  return length;
}

/* Whether what stands before `at` in the text `start` can have an index: a bar of a norm, a
 * single letter, or two as in He, so that names of keys stay as they are. */
static gboolean
ends_in_base (const char *start, const char *at)
{
  const char *last = g_utf8_find_prev_char (start, at);
  const char *first;

  if (last != NULL && g_str_has_prefix (last, "‖"))
    return TRUE;
  if (last == NULL || !g_unichar_isalpha (g_utf8_get_char (last)))
    return FALSE;
  first = g_utf8_find_prev_char (start, last);
  if (first != NULL && g_unichar_isupper (g_utf8_get_char (first))
      && g_unichar_islower (g_utf8_get_char (last)))
    first = g_utf8_find_prev_char (start, first);
  return first == NULL || !g_unichar_isalpha (g_utf8_get_char (first));
}

/* Bytes of the index after a "_" at `at`, which belongs to the text `start`. */
static gsize
get_index_length (const char *start, const char *at)
{
  gsize length = 0;

  if (!ends_in_base (start, at))
    return 0;
  length = get_bracket_length (at + 1, '{', '}');
  while (at[1] != '{' && g_ascii_isalnum (at[1 + length]))
    length++;
  return length;
}

char *
esc_words_formula_markup (const char *text)
{
  GString *markup = g_string_new (NULL);

  for (const char *at = text; *at != '\0';)
    {
      gsize       power = *at == '^' ? get_power_length (at + 1) : 0;
      gsize       index = *at == '_' ? get_index_length (text, at) : 0;
      gsize       bare = strchr ("{(", at[1]) != NULL && power + index > 2 ? 1 : 0;
      const char *next = g_utf8_next_char (at);

      if (power + index > 0)
        {
          const char      *tag = power > 0 ? "sup" : "sub";
          g_autofree char *raised = g_markup_escape_text (
              at + 1 + bare, (gssize) (power + index - 2 * bare));

          g_string_append_printf (markup, "<%s>%s</%s>", tag, raised, tag);
          at += 1 + power + index;
        }
      else
        {
          g_autofree char *escaped = g_markup_escape_text (at, next - at);

          g_string_append (markup, escaped);
          at = next;
        }
    }
  return g_string_free (markup, FALSE);
}

char *
esc_words_formula_plain (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *at = text; *at != '\0';)
    {
      gsize power = *at == '^' ? get_number_length (at + 1) : 0;

      if (power > 0 && memchr (at + 1, '.', power) == NULL)
        {
          g_autofree char *raised = plot_format_superscript (atoi (at + 1));

          g_string_append (plain, raised);
          at += 1 + power;
        }
      else
        g_string_append_c (plain, *at++);
    }
  return g_string_free (plain, FALSE);
}

char *
esc_words_refusal (const char *message, const char *group, const char *key)
{
  const char      *rest = message;
  g_autofree char *suffix = g_strconcat (".", key, ": ", NULL), *first = NULL;
  const char      *found = strstr (message, suffix);
  const char      *dot = strchr (group, '.');
  gsize            stem = dot == NULL ? strlen (group) : (gsize) (dot - group);
  gunichar         letter;

  /* The group of all runs, "run.*", is answered with the first run that refuses. */
  if (found != NULL && strncmp (message, group, stem) == 0
      && strcspn (message, " ") >= (gsize) (found - message))
    rest = found + strlen (suffix);
  letter = g_utf8_get_char (rest);
  /* A symbol that begins a sentence stays as it is: "n = 9000 needs ...". */
  if (!g_unichar_islower (letter) || g_str_has_prefix (g_utf8_next_char (rest), " ="))
    return g_strdup (rest);
  first = g_utf8_strup (rest, 1);
  return g_strconcat (first, g_utf8_next_char (rest), NULL);
}
