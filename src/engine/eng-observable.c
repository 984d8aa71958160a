/* SPDX-License-Identifier: GPL-3.0-or-later
 * The keys of [observe]. */
#include "config.h"

#include "eng-observable.h"

#include <glib/gi18n-lib.h>

static const EngChoice spectra[] = {
  { "start", N_ ("At the start") },
  { "log", N_ ("At log-spaced steps") },
  { NULL, NULL },
};

const EngParam eng_observable_params[] = {
  { .key = "k",
    .kind = ENG_PARAM_INT,
    .min = 0,
    .max = 6,
    .flags = ENG_PARAM_OPTIONAL,
    .title = N_ ("Q1 Up to Degree"),
    .help = N_ ("as the teacher has it by default") },
  { .key = "probes",
    .kind = ENG_PARAM_INT,
    .min = 10,
    .max = 6000,
    .flags = ENG_PARAM_OPTIONAL,
    .title = N_ ("Probe Inputs N"),
    .help = N_ ("on which Σ is measured; twice the directions of Q1 and Q2 by default") },
  { .key = "spectrum",
    .kind = ENG_PARAM_CHOICE,
    .choices = spectra,
    .fallback = "start",
    .title = N_ ("Spectrum"),
    .help = N_ ("when Σ is decomposed") },
  { .key = "drift-points",
    .kind = ENG_PARAM_INT,
    .min = 10,
    .max = 2000,
    .fallback = "300",
    .title = N_ ("Drift Points"),
    .help = N_ ("test inputs on which kernels are compared") },
  { .key = "monitor",
    .kind = ENG_PARAM_BOOLEAN,
    .fallback = "false",
    .title = N_ ("Rate Monitor"),
    .help = N_ ("eigenvalues of JJᵀ, and the train loss that they promise") },
  ENG_PARAM_END,
};
