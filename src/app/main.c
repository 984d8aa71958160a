/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window's program: locale, application, exit code; nothing else. */
#include "config.h"

#include "eng-experiment.h"
#include "eng-place.h"
#include "esc-application.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char *argv[])
{
  g_autoptr (EscApplication) application = NULL;
  g_autofree char           *locale = NULL;

  eng_start (argv);
  eng_place_announce ();
  locale = eng_place_find_translations ();
  /* Words follow the language, numbers do not: what is read in the window, typed into it and
   * written to files has one notation.  GTK would set the locale again. */
  gtk_disable_setlocale ();
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, locale);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = esc_application_new (ESC_APP_ID, G_APPLICATION_DEFAULT_FLAGS);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
