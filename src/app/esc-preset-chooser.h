/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscPresetChooser: the card at the head of the side pane: what experiment this is, and
 * below it, on demand, the shipped ones with a paragraph each.  Choosing one activates
 * the action `win.preset` with its id. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ESC_TYPE_PRESET_CHOOSER (esc_preset_chooser_get_type ())
G_DECLARE_FINAL_TYPE (EscPresetChooser, esc_preset_chooser, ESC, PRESET_CHOOSER, AdwBin)

/* `preset`: the id of the shown experiment, or NULL. */
void esc_preset_chooser_set_current (EscPresetChooser *self,
                                     const char       *preset,
                                     const char       *title,
                                     const char       *subtitle);
/* The paragraph that says what to look at; "": none is shown. */
void esc_preset_chooser_set_description (EscPresetChooser *self, const char *description);
void esc_preset_chooser_popup (EscPresetChooser *self);

G_END_DECLS
