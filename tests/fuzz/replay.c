/* SPDX-License-Identifier: GPL-3.0-or-later
 * Replays a corpus through a fuzz entry as an ordinary test: every file as it is, cut at
 * every length, and with thousands of deterministic mutations.
 * Usage: replay CORPUS-FOLDER */
#include "config.h"

#include "fuzz.h"

#include <gio/gio.h>
#include <string.h>

#define MUTATIONS 3000

static const char *folder;

typedef void (*Body) (const char *text, gsize length);

static void
for_each_file (Body body)
{
  g_autoptr (GDir)   dir = NULL;
  g_autoptr (GError) error = NULL;
  const char        *name;
  guint              n = 0;

  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize            length;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      body (text, length);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

static void
run (const char *text, gsize length)
{
  g_assert_cmpint (LLVMFuzzerTestOneInput ((const uint8_t *) text, length), ==, 0);
}

static void
run_cut (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      /* An exact copy, so that a read beyond its end is seen by AddressSanitizer. */
      g_autofree char *cut = g_memdup2 (text, i);

      run (cut, i);
    }
}

/* A line moved, a byte changed, a piece doubled or dropped, a number made monstrous. */
static void
mutate (GRand *rand, GByteArray *bytes)
{
  static const char *const monsters[]
      = { "nan",     "inf",      "-1", "1e999",     "99999999999999999999",
          "d^9",     "\xff\xfe", "=",  "[run.1]\n", ";;",
          "fixed 3", "%s%n" };
  guint at = bytes->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) bytes->len) : 0;
  guint wanted = (guint) g_rand_int_range (rand, 1, 20);
  guint count = MIN (bytes->len - at, wanted);
  const char *monster = monsters[g_rand_int_range (rand, 0, G_N_ELEMENTS (monsters))];

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      if (bytes->len > 0)
        bytes->data[at] = (guint8) g_rand_int_range (rand, 0, 256);
      break;
    case 1:
      if (count > 0)
        g_byte_array_remove_range (bytes, at, count);
      break;
    case 2:
      {
        g_autofree guint8 *piece = g_memdup2 (bytes->data + at, count);

        g_byte_array_append (bytes, piece, count);
        break;
      }
    default:
      {
        gsize              tail = bytes->len - at;
        g_autofree guint8 *rest = g_memdup2 (bytes->data + at, tail);

        g_byte_array_set_size (bytes, at);
        g_byte_array_append (bytes, (const guint8 *) monster, (guint) strlen (monster));
        g_byte_array_append (bytes, rest, (guint) tail);
      }
    }
}

static void
run_mutated (const char *text, gsize length)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) length);

  for (guint i = 0; i < MUTATIONS; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
      for (gint32 n = g_rand_int_range (rand, 1, 5); n > 0; n--)
        mutate (rand, bytes);
      run ((const char *) bytes->data, bytes->len);
    }
}

static void
test_body (gconstpointer body)
{
  for_each_file ((Body) body);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = argv[1];
  g_test_add_data_func ("/fuzz/whole", (gconstpointer) run, test_body);
  g_test_add_data_func ("/fuzz/cut", (gconstpointer) run_cut, test_body);
  g_test_add_data_func ("/fuzz/mutated", (gconstpointer) run_mutated, test_body);
  return g_test_run ();
}
