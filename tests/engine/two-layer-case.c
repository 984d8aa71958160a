/* SPDX-License-Identifier: GPL-3.0-or-later
 * The cases of two-layer students. */
#include "two-layer-case.h"

const TwoLayerCase two_layer_cases[TWO_LAYER_N_CASES] = {
  { "two_layer_quad", "quad", FALSE },
  { "two_layer_softplus", "softplus", FALSE },
  { "two_layer_logistic", "logistic", FALSE },
  { "two_layer_gelu", "gelu", FALSE },
  { "two_layer_cubic", "cubic-hermite", FALSE },
  { "two_layer_softplus_bias", "softplus", TRUE },
  { "two_layer_tanh", "tanh", TRUE },
  { "two_layer_erf", "erf", TRUE },
  { "two_layer_relu", "relu", FALSE },
  { "two_layer_relu_bias", "relu", TRUE },
};

static char *
block_name (const char *mode, const char *what)
{
  return g_strconcat (mode, ".", what, NULL);
}

gboolean
two_layer_case_has (const Oracle *oracle, const char *mode, const char *what)
{
  g_autofree char *name = block_name (mode, what);

  return oracle_has (oracle, name);
}

void
two_layer_case_open (Fixture *fixture, const Oracle *oracle, guint k)
{
  EngMatF x;

  fixture_init (fixture, k);
  x = oracle_float (oracle, "X", fixture->arena);
  fixture_set_train (fixture, &x, oracle_get (oracle, "y")->data);
  if (oracle_has (oracle, "Xu"))
    fixture->unlabelled = oracle_float (oracle, "Xu", fixture->arena);
  if (oracle_has (oracle, "Xs"))
    fixture->probes = oracle_float (oracle, "Xs", fixture->arena);
}

void
two_layer_case_student (Student            *student,
                        Fixture            *fixture,
                        const Oracle       *oracle,
                        const TwoLayerCase *data,
                        const char         *learner,
                        double              step_size,
                        const char         *settings)
{
  char             number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = g_strdup_printf (
      "m=8\nactivation=%s\nbias=%d\nstep-size=%s\n%s", data->activation, data->has_bias,
      g_ascii_dtostr (number, sizeof number, step_size), settings);

  student_init (student, fixture, learner, text);
  oracle_load_floats (oracle, "W0", student->net->w0.data);
  oracle_load_floats (oracle, "a", student->net->a);
  oracle_load_floats (oracle, "a", student->net->a0);
  oracle_load_floats (oracle, "b", student->net->b);
  oracle_load_floats (oracle, "W", student->net->w.data);
}

void
two_layer_case_check (const Oracle *oracle,
                      const char   *mode,
                      const char   *what,
                      gsize         n,
                      const float  *got)
{
  g_autofree char *name = block_name (mode, what);

  oracle_check_float (oracle, name, n, got, ORACLE_FLOAT);
}

void
two_layer_case_check_double (const Oracle *oracle,
                             const char   *mode,
                             const char   *what,
                             gsize         n,
                             const double *got)
{
  g_autofree char *name = block_name (mode, what);

  oracle_check (oracle, name, n, got, ORACLE_FLOAT);
}
