/* SPDX-License-Identifier: GPL-3.0-or-later
 * f_L and f_Q by features and by second moments, their gradients and the projector of R1,
 * against plain loops in double; and the same bits for any number of threads. */
#include "eng-experiment.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* Of the largest number: sums of up to 2600 terms, each rounded to float, 6e-8 of it, and at
 * random: √2600 × 6e-8. */
#define TOLERANCE 3e-6

typedef struct
{
  gsize    n, d, m;
  gboolean few; /* inputs or neurons: no moments */
} Sizes;

/* One panel and tile; features though σ″ is constant; several panels, and tiles; more
 * panels than lanes, also of one of each pair of twins; so many coordinates that tiles are
 * smaller. */
static const Sizes sizes[] = { { 40, 3, 20, FALSE },
                               { 6, 20, 10, TRUE },
                               { 600, 7, 600, FALSE },
                               { 300, 3, 2600, FALSE },
                               { 250, 42, 380, FALSE } };

typedef struct
{
  const char *activation;
  gboolean    is_constant; /* σ″ */
  double      p[3];        /* σ′ = p0 + p1 z + p2 z²; all 0: the logistic function */
} Sigma;

static const Sigma sigmas[] = {
  { "quad", TRUE, { 1, 1, 0 } },      { "halfsquare", TRUE, { 0, 1, 0 } },
  { "square", TRUE, { 0, 2, 0 } },    { "hermite1", TRUE, { 1, 0, 0 } },
  { "softplus", FALSE, { 0, 0, 0 } }, { "cubic-hermite", FALSE, { 0.5, 1, 0.5 } },
};

static double
take_slope (const Sigma *sigma, double z, double *second)
{
  const double *p = sigma->p;
  double        s = 1 / (1 + exp (-z));
  gboolean      is_logistic = p[0] == 0 && p[1] == 0 && p[2] == 0;

  *second = is_logistic ? s * (1 - s) : p[1] + 2 * p[2] * z;
  return is_logistic ? s : p[0] + p[1] * z + p[2] * z * z;
}

/* --- one student ------------------------------------------------------------------- */

typedef struct
{
  const Sigma *sigma;
  Fixture      fixture;
  Student      student;
  float       *g; /* (n) */
} Case;

static EngMatF
draw (const char *stream, gsize rows, gsize d, EngArena *arena)
{
  EngInputs          inputs = { ENG_LAW_GAUSSIAN, d, 0.0 };
  g_autoptr (EngRng) rng = eng_rng_new (5, stream, 0);
  EngMatF            x = eng_arena_matf (arena, rows, d);

  eng_inputs_sample (&inputs, rng, &x);
  return x;
}

static void
case_open (Case        *self,
           const Sigma *sigma,
           const Sizes *at,
           const char  *learner,
           const char  *more)
{
  g_autofree double *y = g_new0 (double, at->n);
  g_autofree char   *settings = g_strdup_printf (
        "m=%zu\nactivation=%s\nbias=0.7\ninit=1\n%s", at->m, sigma->activation, more);
  EngMatF x;

  self->sigma = sigma;
  fixture_init (&self->fixture, 1);
  x = draw ("train", at->n, at->d, self->fixture.arena);
  self->g = draw ("g", 1, at->n, self->fixture.arena).data;
  fixture_set_train (&self->fixture, &x, y);
  student_init (&self->student, &self->fixture, learner, settings);
}

static void
case_close (Case *self)
{
  student_clear (&self->student);
  fixture_clear (&self->fixture);
}

/* --- the plain version ---------------------------------------------------------------- */

static double
dot (gsize n, const float *x, const float *y)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (double) x[i] * y[i];
  return sum;
}

/* c_L f_L + c_Q f_Q into f (n), and the gradient of Σ g_i of it into w (m, d). */
static void
evaluate (const Case *self, double linear, double quadratic, double *f, double *gradient)
{
  const EngTwoLayer *net = self->student.net;
  const EngMatF     *x = &self->fixture.problem.x_train;

  memset (f, 0, x->rows * sizeof (double));
  memset (gradient, 0, net->m * net->d * sizeof (double));
  for (gsize i = 0; i < x->rows; i++)
    for (gsize r = 0; r < net->m; r++)
      {
        const float *row = x->data + i * net->d;
        double       z = dot (net->d, net->w0.data + r * net->d, row) + net->b[r];
        double       u = dot (net->d, net->w.data + r * net->d, row);
        double       a = net->a0[r] / sqrt ((double) net->m);
        double       second, first = take_slope (self->sigma, z, &second);
        double       slope = linear * first, curve = quadratic * second;

        f[i] += a * (slope * u + 0.5 * curve * u * u);
        for (gsize j = 0; j < net->d; j++)
          gradient[r * net->d + j] += self->g[i] * a * (slope + curve * u) * row[j];
      }
}

static void
assert_close (const char *what, gsize count, const float *got, const double *want)
{
  g_autofree double *wide = g_new (double, count);
  double             error;

  for (gsize i = 0; i < count; i++)
    wide[i] = got[i];
  error = oracle_error (count, wide, want);
  g_test_message ("%s: error %.3g", what, error);
  g_assert_cmpfloat (error, <=, TOLERANCE);
}

/* --- tests ------------------------------------------------------------------------------ */

/* Either way is the plain one, at 1, 2 and 3 threads with the same bits. */
static void
check_both (const Case *self, double linear, gboolean few)
{
  EngTwoLayer         *net = self->student.net;
  const EngMatF       *x = &self->fixture.problem.x_train;
  gsize                n = x->rows, count = net->m * net->d;
  g_autofree double   *f = g_new (double, n), *gradient = g_new (double, count);
  g_autofree float    *got = g_new (float, n), *kept = g_new (float, n);
  g_autofree float    *kept_gradient = g_new (float, count);
  g_autoptr (EngArena) arena = eng_arena_new ();
  EngMatF              out = eng_arena_matf (arena, net->m, net->d);
  EngTaylorTerms       terms = { NULL };

  evaluate (self, linear, 1, f, gradient);
  eng_taylor_terms_init (&terms, net, (float) linear, 1, n, arena);
  g_assert_true (terms.by_moments == (self->sigma->is_constant && !few));
  for (guint threads = 1; threads <= 3; threads++)
    {
      g_autoptr (EngLanes) lanes = eng_lanes_new (threads);

      eng_taylor_terms_set_inputs (&terms, x, lanes);
      eng_taylor_terms_forward (&terms, &net->w, got, lanes);
      eng_taylor_terms_backward (&terms, &net->w, self->g, &out, lanes);
      if (threads == 1)
        {
          assert_close ("f", n, got, f);
          assert_close ("gradient", count, out.data, gradient);
          memcpy (kept, got, n * sizeof (float));
          memcpy (kept_gradient, out.data, count * sizeof (float));
        }
      g_assert_cmpmem (got, n * sizeof (float), kept, n * sizeof (float));
      g_assert_cmpmem (out.data, count * sizeof (float), kept_gradient,
                       count * sizeof (float));
    }
}

/* The differences that push sees, and what pull adds to: twice 1 in all, also in `want`. */
static void
fill_linear (const EngTwoLayer *net, EngMatF *difference, EngMatF *out, double *want)
{
  gsize count = out->rows * out->cols;

  for (gsize i = 0; i < count; i++)
    {
      difference->data[i] = net->w.data[i]
                            - (out->rows < net->m ? net->w.data[i + count] : 0.0f);
      out->data[i] = 1.0f;
      want[i] += 2.0;
    }
}

/* push and pull see differences of twins. */
static void
check_linear (const Case *self, gboolean few)
{
  EngTwoLayer         *net = self->student.net;
  const EngMatF       *x = &self->fixture.problem.x_train;
  gsize                n = x->rows, h = eng_two_layer_count_single (net);
  gsize                count = h * net->d;
  g_autofree double   *f = g_new (double, n);
  g_autofree double   *gradient = g_new (double, net->m * net->d);
  g_autofree float    *got = g_new (float, n), *kept = g_new (float, n);
  g_autoptr (EngArena) arena = eng_arena_new ();
  EngMatF              difference = eng_arena_matf (arena, h, net->d);
  EngMatF              start = eng_arena_matf (arena, h, net->d);
  EngMatF              first = eng_arena_matf (arena, h, net->d);
  EngMatF              out = eng_arena_matf (arena, h, net->d);
  EngTaylorTerms       terms = { NULL };

  evaluate (self, 1, 0, f, gradient);
  fill_linear (net, &difference, &start, gradient);
  eng_taylor_terms_init (&terms, net, 1, 0, n, arena);
  g_assert_cmpuint (terms.h, ==, h);
  g_assert_true (terms.by_moments == (self->sigma->is_constant && !few));
  for (guint threads = 1; threads <= 3; threads++)
    {
      g_autoptr (EngLanes) lanes = eng_lanes_new (threads);

      memcpy (out.data, start.data, count * sizeof (float));
      eng_taylor_terms_set_inputs (&terms, x, lanes);
      eng_taylor_terms_push (&terms, &difference, got, lanes);
      eng_taylor_terms_pull (&terms, self->g, 2.0f, &out, lanes);
      if (threads == 1)
        {
          assert_close ("f_L", n, got, f);
          assert_close ("gradient of f_L", count, out.data, gradient);
          memcpy (kept, got, n * sizeof (float));
          memcpy (first.data, out.data, count * sizeof (float));
        }
      g_assert_cmpmem (got, n * sizeof (float), kept, n * sizeof (float));
      g_assert_cmpmem (out.data, count * sizeof (float), first.data,
                       count * sizeof (float));
    }
}

static void
test_terms (gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint paired = 0; paired < 2; paired++)
      {
        Case self;

        case_open (&self, data, &sizes[i], "lazy", paired ? "" : "paired=false\n");
        check_linear (&self, sizes[i].few);
        for (guint linear = 0; linear < 2; linear++)
          check_both (&self, linear, sizes[i].few);
        case_close (&self);
      }
}

typedef struct
{
  const char  *name;
  const Sigma *sigma;
  const char  *settings;
} ProjectorCase;

static const ProjectorCase projectors[] = {
  { "moments", &sigmas[0], "" },
  { "moments-unpaired", &sigmas[0], "paired=false\n" },
  { "features", &sigmas[4], "" },
  { "features-unpaired", &sigmas[4], "paired=false\n" },
};

/* The differences less their part along the directions of Q1, whose components of twins
 * are minus those of neurons. */
static double *
project_plainly (const EngTaylor *taylor, const EngMatF *top)
{
  gsize   count = taylor->h * taylor->net.d;
  double *out = g_new (double, count);

  for (gsize i = 0; i < count; i++)
    out[i] = taylor->difference.data[i];
  for (gsize k = 0; k < top->rows; k++)
    {
      const float *v = top->data + k * top->cols;
      double       along = dot (count, v, taylor->difference.data);

      for (gsize i = 0; i < count; i++)
        out[i] -= along * v[i] * (double) (taylor->net.m / taylor->h);
    }
  return out;
}

/* P_{>k} W, by moments or not, is W less its part along the directions in full; with the
 * same bits for any number of threads. */
static void
test_projector (gconstpointer data)
{
  const ProjectorCase *at = data;
  g_autofree char     *settings = g_strconcat ("lambda1=1\nunlabelled=fixed 30\n",
                                               at->settings, NULL);
  Case                 self;
  EngTaylor           *taylor;
  const EngMatF       *top;
  gsize                count;
  g_autofree double   *want = NULL;
  g_autofree float    *kept = NULL;

  case_open (&self, at->sigma, &sizes[0], "joint", settings);
  self.fixture.unlabelled = draw ("unlabelled", 30, sizes[0].d, self.fixture.arena);
  self.fixture.probes = draw ("probe", 60, sizes[0].d, self.fixture.arena);
  student_prepare (&self.student, &self.fixture, NULL);
  taylor = self.student.learner->state;
  g_assert_true (taylor->train.by_moments == at->sigma->is_constant);
  top = eng_basis_get_top (self.student.basis);
  g_assert_cmpuint (top->rows, ==, taylor->top->rows);
  g_assert_cmpuint (top->rows, ==, 1 + sizes[0].d);
  eng_taylor_take_difference (taylor, &self.student.net->w, NULL);
  count = taylor->h * sizes[0].d;
  want = project_plainly (taylor, top);
  for (guint threads = 1; threads <= 3; threads++)
    {
      g_autoptr (EngLanes) lanes = eng_lanes_new (threads);

      eng_taylor_project (taylor, &taylor->difference, &taylor->perpendicular, lanes);
      assert_close ("P W", count, taylor->perpendicular.data, want);
      if (threads == 1)
        kept = g_memdup2 (taylor->perpendicular.data, count * sizeof (float));
      g_assert_cmpmem (kept, count * sizeof (float), taylor->perpendicular.data,
                       count * sizeof (float));
    }
  case_close (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (sigmas); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/taylor-terms/%s",
                                               sigmas[i].activation);

      g_test_add_data_func (path, &sigmas[i], test_terms);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (projectors); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/taylor-terms/projector/%s",
                                               projectors[i].name);

      g_test_add_data_func (path, &projectors[i], test_projector);
    }
  return g_test_run ();
}
