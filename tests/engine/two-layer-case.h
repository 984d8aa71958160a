/* SPDX-License-Identifier: GPL-3.0-or-later
 * TwoLayerCase: a two_layer_* file as a problem and students, and the names of its blocks:
 * MODE.WHAT for every mode of training. */
#pragma once

#include "fixture.h"
#include "oracle.h"

G_BEGIN_DECLS

typedef struct
{
  const char *file, *activation;
  gboolean    has_bias;
} TwoLayerCase;

#define TWO_LAYER_N_CASES 10
extern const TwoLayerCase two_layer_cases[TWO_LAYER_N_CASES];

/* Whether the file has block MODE.WHAT. */
gboolean two_layer_case_has (const Oracle *oracle, const char *mode, const char *what);

/* The problem with dense degree k. */
void two_layer_case_open (Fixture *fixture, const Oracle *oracle, guint k);
/* A student with the file's weights, not yet prepared. */
void two_layer_case_student (Student            *student,
                             Fixture            *fixture,
                             const Oracle       *oracle,
                             const TwoLayerCase *data,
                             const char         *learner,
                             double              step_size,
                             const char         *settings);

/* Against block MODE.WHAT, with the float tolerance. */
void two_layer_case_check (const Oracle *oracle,
                           const char   *mode,
                           const char   *what,
                           gsize         n,
                           const float  *got);
void two_layer_case_check_double (const Oracle *oracle,
                                  const char   *mode,
                                  const char   *what,
                                  gsize         n,
                                  const double *got);

G_END_DECLS
