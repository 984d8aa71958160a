/* SPDX-License-Identifier: GPL-3.0-or-later
 * The three-layer network against the reference, and its gradients against differences of
 * the objective in double. */
#include "eng-kernels.h"
#include "eng-three-layer.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* Central differences of order h⁴ of functions whose fifth derivatives are below 100. */
#define STEP       0.01
#define DIFFERENCE 1e-5
/* Of the cosine. */
#define ROUNDING 1e-12

/* What all settings of the reference share: all samples, a constant step, no bound. */
#define PLAIN "m=6\nbatch=0\nschedule=constant\nclip=0\n"

typedef struct
{
  Fixture        fixture;
  Student        student;
  EngThreeLayer *net;
} Net;

/* The samples of `oracle`, `copies` times over, and a network on them.  `settings` end with
 * a new line. */
static void
open_net (Net *self, const Oracle *oracle, gsize copies, const char *settings)
{
  const EngMat    *y = oracle_get (oracle, "y");
  EngMatF          once, x;
  double          *targets;
  g_autofree char *lines = g_strconcat (PLAIN, settings, NULL);

  fixture_init (&self->fixture, 1);
  once = oracle_float (oracle, "X", self->fixture.arena);
  x = eng_arena_matf (self->fixture.arena, copies * once.rows, once.cols);
  targets = eng_arena_doubles (self->fixture.arena, x.rows);
  for (gsize i = 0; i < x.rows; i++)
    {
      memcpy (x.data + i * x.cols, once.data + i % once.rows * x.cols,
              x.cols * sizeof (float));
      targets[i] = y->data[i % once.rows];
    }
  fixture_set_train (&self->fixture, &x, targets);
  student_init (&self->student, &self->fixture, "three-layer", lines);
  self->net = self->student.learner->state;
}

static void
close_net (Net *self)
{
  student_clear (&self->student);
  fixture_clear (&self->fixture);
}

static void
set_signs (Net *self, const Oracle *oracle, gsize row)
{
  const EngMat *z = oracle_get (oracle, "z");

  eng_three_layer_begin_step (self->net);
  for (gsize r = 0; r < self->net->m && self->net->signs != ENG_SIGNS_NONE; r++)
    self->net->z[r] = (float) z->data[row * z->cols + r];
}

/* λ Σ_r q_r² */
static double
penalty (const EngThreeLayer *net)
{
  double sum = 0.0;

  for (gsize r = 0; r < net->m; r++)
    {
      double q = 0.0;

      for (gsize i = 0; i < net->k; i++)
        q += net->first.moments[i] * pow (net->w.data[r * net->k + i], 2.0);
      sum += q * q;
    }
  return net->lambda * sum;
}

/* Loss and gradient with the signs of row 0, five steps, and the loss after them. */
static void
check_steps (Net *self, const Oracle *oracle, const char *tag)
{
  g_autofree char *losses = g_strdup_printf ("%s.losses", tag);
  double           got[6];

  for (gsize t = 0; t < 6; t++)
    {
      set_signs (self, oracle, t);
      got[t] = eng_three_layer_differentiate (self->net, NULL) + penalty (self->net);
      if (t < 5)
        eng_three_layer_move (self->net);
    }
  oracle_check (oracle, losses, 6, got, ORACLE_FLOAT);
}

/* --- the explicit basis ------------------------------------------------------------ */

static void
check_explicit (const char *file,
                const char *activation,
                const char *tag,
                const char *dropout)
{
  g_autoptr (Oracle) oracle = oracle_load (file);
  g_autofree char   *settings = NULL, *block = NULL, *after = NULL;
  Net                net;
  gsize              size;

  settings = g_strdup_printf (
      "activation=%s\ndropout=%s\nlambda=%.17g\nlearning-rate=%.17g\n", activation,
      dropout, oracle_scalar (oracle, "lam"), oracle_scalar (oracle, "lr"));
  open_net (&net, oracle, 1, settings);
  student_prepare (&net.student, &net.fixture, NULL);
  size = net.net->m * net.net->k;
  oracle_load_floats (oracle, "W0", net.net->w0.data);
  oracle_load_floats (oracle, "W", net.net->w.data);
  oracle_check_float (oracle, "a", net.net->m, net.net->a, 0.0);
  oracle_check_float (oracle, "H", 10 * net.net->k, net.net->h_train.data, ORACLE_FLOAT);
  set_signs (&net, oracle, 0);
  (void) eng_three_layer_differentiate (net.net, NULL);
  block = g_strdup_printf ("%s.grad", tag);
  oracle_check_float (oracle, block, size, net.net->gradient.data, ORACLE_FLOAT);
  if (strcmp (tag, "literal") != 0)
    {
      check_steps (&net, oracle, tag);
      after = g_strdup_printf ("%s.W5", tag);
      oracle_check_float (oracle, after, size, net.net->w.data, ORACLE_FLOAT);
    }
  close_net (&net);
}

static void
check_prediction (const char *file, const char *activation)
{
  g_autoptr (Oracle) oracle = oracle_load (file);
  g_autofree char   *settings = g_strdup_printf ("activation=%s\n", activation);
  float              kept[10], made[10];
  EngMatF            x;
  Net                net;

  open_net (&net, oracle, 1, settings);
  student_prepare (&net.student, &net.fixture, NULL);
  oracle_load_floats (oracle, "W0", net.net->w0.data);
  oracle_load_floats (oracle, "W", net.net->w.data);
  eng_three_layer_predict (net.net, &net.fixture.problem.x_train, NULL, kept);
  oracle_check_float (oracle, "mean_prediction", 10, kept, ORACLE_FLOAT);
  /* Inputs whose features are not kept. */
  x = oracle_float (oracle, "X", net.fixture.arena);
  eng_three_layer_predict (net.net, &x, NULL, made);
  g_assert_cmpmem (made, sizeof made, kept, sizeof kept);
  net.net->signs = ENG_SIGNS_NONE;
  eng_three_layer_predict (net.net, &x, NULL, made);
  oracle_check_float (oracle, "plain.f", 10, made, ORACLE_FLOAT);
  close_net (&net);
}

static void
test_explicit (void)
{
  static const struct
  {
    const char *file, *activation;
  } cases[] = { { "three_layer_quad", "halfsquare" },
                { "three_layer_softplus", "softplus" },
                { "three_layer_relu3", "relu3" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      check_explicit (cases[i].file, cases[i].activation, "dropout", "signed");
      check_explicit (cases[i].file, cases[i].activation, "plain", "none");
      check_explicit (cases[i].file, cases[i].activation, "literal", "literal");
      check_prediction (cases[i].file, cases[i].activation);
    }
}

/* --- random features --------------------------------------------------------------- */

static void
open_random (Net          *self,
             const Oracle *oracle,
             const char   *activation,
             const char   *settings)
{
  g_autofree char *lines = g_strdup_printf ("first-layer=random\nfeatures=8\n"
                                            "feature-activation=%s\n%s",
                                            activation, settings);
  EngRandomLayer  *layer;

  open_net (self, oracle, 1, lines);
  layer = &self->net->first.random;
  oracle_load_floats (oracle, "V", layer->v0.data);
  oracle_load_floats (oracle, "V", layer->v.data);
  oracle_load_floats (oracle, "b", layer->b);
  student_prepare (&self->student, &self->fixture, NULL);
}

static void
check_whitening (const char *file, const char *activation)
{
  g_autoptr (Oracle) oracle = oracle_load (file);
  Net                net;
  EngMatF            gram;

  open_random (&net, oracle, activation, "components=5\n");
  oracle_check (oracle, "Sigma_eigenvalues", 8, net.net->first.random.values,
                ORACLE_FLOAT);
  gram = eng_arena_matf (net.fixture.arena, 10, 10);
  eng_laf_gemm_nt (1.0f, &net.net->h_train, &net.net->h_train, 0.0f, &gram);
  oracle_check_float (oracle, "Hw_gram", 100, gram.data, ORACLE_FLOAT);
  close_net (&net);
}

/* w <- the rows of a block in the coordinates h = T g, T Tᵀ = scale² I: w Tᵀ / scale². */
static void
load_rotated (const Oracle  *oracle,
              const char    *block,
              const EngMatF *t,
              double         scale,
              EngMatF       *w)
{
  g_autoptr (EngArena) arena = eng_arena_new ();
  EngMatF              from = oracle_float (oracle, block, arena);

  eng_laf_gemm_nt ((float) (1.0 / (scale * scale)), &from, t, 0.0f, w);
}

/* Not whitened, all components: the features themselves, turned and on another scale. */
static void
check_unwhitened (const char *file, const char *activation, const char *features)
{
  g_autoptr (Oracle) oracle = oracle_load (file);
  g_autofree char   *settings = NULL;
  double             trace = 0.0, scale;
  const EngMat      *values = oracle_get (oracle, "Sigma_eigenvalues");
  EngMatF            back;
  Net                net;

  for (gsize i = 0; i < values->rows; i++)
    trace += values->data[i];
  scale = sqrt (8.0 / trace);
  settings = g_strdup_printf ("activation=%s\nwhitened=false\nlambda=2\n"
                              "learning-rate=%.17g\n",
                              activation, oracle_scalar (oracle, "lr") / (scale * scale));
  open_random (&net, oracle, features, settings);
  load_rotated (oracle, "W0_g", &net.net->first.random.t, scale, &net.net->w0);
  load_rotated (oracle, "W_g", &net.net->first.random.t, scale, &net.net->w);
  back = eng_arena_matf (net.fixture.arena, 6, 8);
  set_signs (&net, oracle, 0);
  (void) eng_three_layer_differentiate (net.net, NULL);
  eng_laf_gemm_nn ((float) (1.0 / (scale * scale)), &net.net->gradient,
                   &net.net->first.random.t, 0.0f, &back);
  oracle_check_float (oracle, "features.grad", 48, back.data, ORACLE_FLOAT);
  check_steps (&net, oracle, "features");
  eng_laf_gemm_nn (1.0f, &net.net->w, &net.net->first.random.t, 0.0f, &back);
  oracle_check_float (oracle, "features.W5", 48, back.data, ORACLE_FLOAT);
  close_net (&net);
}

static void
test_random (void)
{
  check_whitening ("three_layer_quad", "softplus");
  check_whitening ("three_layer_relu3", "relu");
  check_unwhitened ("three_layer_quad", "halfsquare", "softplus");
  check_unwhitened ("three_layer_relu3", "relu3", "relu");
}

/* Columns of `w` where our eigenvector points the other way than the reference's. */
static void
match_signs (const Oracle *oracle, const EngMatF *t, EngMatF *w)
{
  const EngMat *want = oracle_get (oracle, "Th");

  for (gsize i = 0; i < t->rows; i++)
    {
      double product = 0.0;

      for (gsize l = 0; l < t->cols; l++)
        product += t->data[i * t->cols + l] * want->data[l * want->cols + i];
      for (gsize r = 0; r < w->rows && product < 0; r++)
        w->data[r * w->cols + i] *= -1.0f;
    }
}

static void
test_first_layer (void)
{
  g_autoptr (Oracle) oracle = oracle_load ("three_layer_quad");
  double             loss;
  Net                net;

  open_random (&net, oracle, "softplus",
               "components=5\nlambda=0\nfirst-layer-rate=1\nfirst-layer-from=0\n");
  oracle_load_floats (oracle, "W0_k", net.net->w0.data);
  oracle_load_floats (oracle, "W_k", net.net->w.data);
  match_signs (oracle, &net.net->first.random.t, &net.net->w0);
  match_signs (oracle, &net.net->first.random.t, &net.net->w);
  set_signs (&net, oracle, 0);
  loss = eng_three_layer_differentiate (net.net, NULL);
  oracle_check_value (oracle, "train_first.loss", loss, ORACLE_FLOAT);
  oracle_check_float (oracle, "train_first.grad_V", 32, net.net->v_gradient.data,
                      ORACLE_FLOAT);
  oracle_check_float (oracle, "train_first.grad_b", 8, net.net->b_gradient, ORACLE_FLOAT);
  close_net (&net);
}

/* --- gradients against differences ------------------------------------------------- */

/* The objective at the present signs in double, with the first layer at (v, b) or, where
 * it is not random, the features as they were made. */
typedef struct
{
  EngThreeLayer *net;
  double        *w, *v, *b;
} Objective;

static void
fill_features (const Objective *self, gsize i, double *h)
{
  EngThreeLayer        *net = self->net;
  const EngRandomLayer *layer = &net->first.random;
  gsize                 d = net->problem->d, n = layer->n_features;
  g_autofree double    *z = NULL, *g = NULL;

  for (gsize c = 0; c < net->k && net->h_train.rows > 0; c++)
    h[c] = net->h_train.data[i * net->k + c];
  if (net->h_train.rows > 0)
    return;
  z = g_new (double, n);
  g = g_new (double, n);
  for (gsize l = 0; l < n; l++)
    {
      z[l] = self->b[l];
      for (gsize j = 0; j < d; j++)
        z[l] += self->v[l * d + j] * net->problem->x_train.data[i * d + j];
    }
  layer->activation->value (n, z, g);
  for (gsize c = 0; c < net->k; c++)
    {
      h[c] = 0.0;
      for (gsize l = 0; l < n; l++)
        h[c] += layer->t.data[c * n + l] * g[l] / sqrt ((double) n);
    }
}

static double
evaluate_objective (const Objective *self)
{
  EngThreeLayer     *net = self->net;
  gsize              m = net->m, k = net->k;
  g_autofree double *h = g_new (double, k), *p = g_new (double, m);
  g_autofree double *s = g_new (double, m);
  double             loss = 0.0;

  for (gsize i = 0; i < net->problem->n; i++)
    {
      double f = 0.0;

      fill_features (self, i, h);
      for (gsize r = 0; r < m; r++)
        {
          p[r] = 0.0;
          for (gsize c = 0; c < k; c++)
            p[r] += h[c] * (net->w0.data[r * k + c] + net->z[r] * self->w[r * k + c]);
        }
      net->activation->value (m, p, s);
      for (gsize r = 0; r < m; r++)
        f += net->a[r] * s[r] / sqrt ((double) m);
      loss += pow (f - net->problem->y_train[i], 2.0) / (double) net->problem->n;
    }
  for (gsize r = 0; r < m; r++)
    {
      double q = 0.0;

      for (gsize c = 0; c < k; c++)
        q += net->first.moments[c] * self->w[r * k + c] * self->w[r * k + c];
      loss += net->lambda * q * q;
    }
  return loss;
}

/* All derivatives in the `n` numbers at `at`, which belong to the objective. */
static void
check_differences (const Objective *self, gsize n, double *at, const float *gradient)
{
  static const double weights[] = { 1, -8, 0, 8, -1 };
  g_autofree double  *want = g_new0 (double, n), *got = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    {
      double keep = at[i];

      for (gint step = -2; step <= 2; step++)
        {
          at[i] = keep + step * STEP;
          want[i] += weights[step + 2] * evaluate_objective (self) / (12.0 * STEP);
        }
      at[i] = keep;
      got[i] = gradient[i];
    }
  g_assert_cmpfloat (oracle_error (n, got, want), <, DIFFERENCE);
}

static double *
widen (EngArena *arena, gsize n, const float *x)
{
  double *wide = eng_arena_doubles (arena, n);

  eng_kernel_widen (n, x, wide);
  return wide;
}

static void
check_gradients (const char *settings, gsize copies, guint n_threads)
{
  g_autoptr (Oracle)   oracle = oracle_load ("three_layer_quad");
  g_autoptr (EngLanes) lanes = eng_lanes_new (n_threads);
  EngRandomLayer      *layer;
  Objective            objective;
  Net                  net;

  open_net (&net, oracle, copies, settings);
  student_prepare (&net.student, &net.fixture, lanes);
  layer = &net.net->first.random;
  objective = (Objective){ net.net, NULL, NULL, NULL };
  objective.w = widen (net.fixture.arena, net.net->m * net.net->k, net.net->w.data);
  eng_three_layer_begin_step (net.net);
  if (eng_three_layer_moves_first (net.net))
    {
      objective.v = widen (net.fixture.arena, layer->v.rows * layer->d, layer->v.data);
      objective.b = widen (net.fixture.arena, layer->v.rows, layer->b);
    }
  (void) eng_three_layer_differentiate (net.net, lanes);
  check_differences (&objective, net.net->m * net.net->k, objective.w,
                     net.net->gradient.data);
  if (eng_three_layer_moves_first (net.net))
    {
      check_differences (&objective, layer->v.rows * layer->d, objective.v,
                         net.net->v_gradient.data);
      check_differences (&objective, layer->v.rows, objective.b, net.net->b_gradient);
    }
  close_net (&net);
}

/* One block of rows and one lane; several of both. */
static void
test_gradients (void)
{
#define RANDOM "first-layer=random\nfeatures=12\nfeature-activation=softplus\n"
  static const char *const settings[] = {
    "init=1\nlambda=0.5\n",
    "init=1\nlambda=0.5\nactivation=softplus\ndegrees=0;1;2;3\n",
    "init=1\nlambda=0.5\ndropout=none\nfirst-layer=inputs\nactivation=gelu\n",
    "init=1\nlambda=0.5\n" RANDOM "components=6\nwhitened=false\n",
    "init=1\nlambda=0.5\n" RANDOM
    "components=6\nfirst-layer-rate=2\nfirst-layer-from=0\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      check_gradients (settings[i], 1, 1);
      check_gradients (settings[i], 33, 2);
    }
#undef RANDOM
}

/* --- the parts ---------------------------------------------------------------------- */

/* As many components by default as the groups 1, d, d (d + 1)/2 of Σ̂ have (deep.md 1.5),
 * and none for directions of which the inputs say nothing. */
static void
test_components (void)
{
  g_autoptr (Oracle) oracle = oracle_load ("three_layer_quad");
  const double      *values;
  Net                net;

  open_net (&net, oracle, 1,
            "first-layer=random\nfeatures=30\nfeature-activation=square\n");
  g_assert_cmpuint (net.net->k, ==, 1 + 4 + 10);
  /* Ten inputs: the rank is theirs. */
  student_prepare (&net.student, &net.fixture, NULL);
  values = net.net->first.random.values;
  g_assert_cmpfloat (fabs (values[10]), <, 1e-6 * values[0]);
  /* What is rounding gets no component. */
  g_assert_cmpfloat (net.net->first.moments[9], >, 0.99);
  g_assert_cmpfloat (net.net->first.moments[14], ==, 0.0);
  close_net (&net);
}

/* Asked to stop, it leaves the features unfilled; the first of the basis is 1. */
static void
test_stopped_features (void)
{
  g_autoptr (Oracle) oracle = oracle_load ("three_layer_quad");
  int                cancel = 1;
  Net                net;

  open_net (&net, oracle, 1, "");
  net.fixture.problem.cancel = &cancel;
  student_prepare (&net.student, &net.fixture, NULL);
  g_assert_cmpfloat (net.net->h_train.data[0], ==, 0.0);
  cancel = 0;
  student_prepare (&net.student, &net.fixture, NULL);
  g_assert_cmpfloat (net.net->h_train.data[0], ==, 1.0);
  close_net (&net);
}

/* η falls along a cosine from lr √m to 0. */
static void
test_schedule (void)
{
  g_autoptr (Oracle) oracle = oracle_load ("three_layer_quad");
  Net                net;

  open_net (&net, oracle, 1, "learning-rate=0.5\nsteps=10\n");
  g_assert_cmpfloat (eng_three_layer_get_step_size (net.net), ==, 0.5 * sqrt (6.0));
  net.net->cosine = TRUE;
  g_assert_cmpfloat (eng_three_layer_get_step_size (net.net), ==, 0.5 * sqrt (6.0));
  net.net->steps = 5;
  g_assert_cmpfloat (fabs (eng_three_layer_get_step_size (net.net) - 0.25 * sqrt (6.0)),
                     <, ROUNDING);
  net.net->steps = 10;
  g_assert_cmpfloat (eng_three_layer_get_step_size (net.net), ==, 0.0);
  close_net (&net);
}

/* A gradient beyond the bound moves W by the bound times the learning rate. */
static void
test_clip (void)
{
  g_autoptr (Oracle) oracle = oracle_load ("three_layer_quad");
  g_autofree float  *before = NULL;
  gsize              size;
  double             square = 0.0;
  Net                net;

  open_net (&net, oracle, 1, "learning-rate=0.5\nclip=0.01\ninit=1\nlambda=0\n");
  student_prepare (&net.student, &net.fixture, NULL);
  size = net.net->m * net.net->k;
  before = g_memdup2 (net.net->w.data, size * sizeof (float));
  eng_three_layer_begin_step (net.net);
  (void) eng_three_layer_differentiate (net.net, NULL);
  eng_three_layer_move (net.net);
  for (gsize i = 0; i < size; i++)
    square += pow (net.net->w.data[i] - before[i], 2.0);
  g_assert_cmpfloat (fabs (sqrt (square) / (0.01 * 0.5) - 1.0), <, 1e-4);
  close_net (&net);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/three-layer/explicit", test_explicit);
  g_test_add_func ("/engine/three-layer/random", test_random);
  g_test_add_func ("/engine/three-layer/first-layer", test_first_layer);
  g_test_add_func ("/engine/three-layer/gradients", test_gradients);
  g_test_add_func ("/engine/three-layer/components", test_components);
  g_test_add_func ("/engine/three-layer/stopped-features", test_stopped_features);
  g_test_add_func ("/engine/three-layer/schedule", test_schedule);
  g_test_add_func ("/engine/three-layer/clip", test_clip);
  status = g_test_run ();
  oracle_report ();
  return status;
}
