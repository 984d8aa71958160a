/* SPDX-License-Identifier: GPL-3.0-or-later
 * ENG_CLONES: compile a kernel once per instruction set and choose at load time.
 * Empty where clones do not exist (other processors, sanitizer builds). */
#pragma once

#include "config.h"

#ifdef ENG_HAVE_CLONES
#define ENG_CLONES                                                                       \
  __attribute__ ((target_clones ("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define ENG_CLONES
#endif
