/* SPDX-License-Identifier: GPL-3.0-or-later
 * The error domain of the engine, and the names of statuses. */
#include "config.h"

#include "eng-error.h"
#include "eng-types.h"

G_DEFINE_QUARK (eng - error - quark, eng_error)

void
eng_error_mend (GError **error)
{
  char *valid;

  if (error == NULL || *error == NULL)
    return;
  valid = g_utf8_make_valid ((*error)->message, -1);
  g_free ((*error)->message);
  (*error)->message = valid;
}

gboolean
eng_error_refuse (GError    **error,
                  const char *group,
                  const char *key,
                  const char *format,
                  ...)
{
  g_autofree char *sentence = NULL;
  va_list          arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC, "%s.%.80s: %s", group, key,
               sentence);
  eng_error_mend (error);
  return FALSE;
}

const char *
eng_status_get_id (EngStatus status)
{
  switch (status)
    {
    case ENG_STATUS_CONTINUE:
      return "running";
    case ENG_STATUS_FINISHED:
      return "finished";
    case ENG_STATUS_CONVERGED:
      return "converged";
    case ENG_STATUS_DIVERGED:
      return "diverged";
    case ENG_STATUS_STOPPED:
      return "stopped";
    }
  g_return_val_if_reached (NULL);
}

gboolean
eng_status_from_id (const char *id, EngStatus *status)
{
  for (guint i = 0; i <= ENG_STATUS_STOPPED; i++)
    if (g_strcmp0 (id, eng_status_get_id ((EngStatus) i)) == 0)
      {
        *status = (EngStatus) i;
        return TRUE;
      }
  return FALSE;
}
