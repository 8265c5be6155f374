/* Answers images on a device, checks the engine's answers against ExitLens's, and measures time and memory. */
#define _DEFAULT_SOURCE

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "exitlens_model.h"

#define PIXELS (EXITLENS_HEIGHT * EXITLENS_WIDTH * EXITLENS_CHANNELS)
#define LOGITS (EXITLENS_EXITS * EXITLENS_CLASSES)
#define ROUNDS 5

static _Alignas(64) unsigned char workspace[EXITLENS_WORKSPACE_BYTES];

static int fail(const char *what, const char *path) {
  fprintf(stderr, "exitlens-edge: %s: %s\n", what, path);
  return 1;
}

/* A header's next number, past blanks and comments; -1 where there is none. */
static int number(FILE *file) {
  int character = fgetc(file), value = -1;
  while (character == ' ' || character == '\n' || character == '\r' || character == '\t' || character == '#') {
    if (character == '#')
      while (character != '\n' && character != EOF) character = fgetc(file);
    character = fgetc(file);
  }
  for (; character >= '0' && character <= '9' && value < 100000; character = fgetc(file))
    value = (value < 0 ? 0 : value) * 10 + (character - '0');
  return value;
}

/* A binary PGM or PPM of the network's size. */
static int read_image(const char *path, uint8_t *pixels) {
  FILE *file = fopen(path, "rb");
  if (!file) return fail("cannot open", path);
  const int magic = fgetc(file) == 'P' ? fgetc(file) : 0;
  const int width = number(file), height = number(file), most = number(file);
  const int good = magic == (EXITLENS_CHANNELS == 1 ? '5' : '6') && width == EXITLENS_WIDTH
                   && height == EXITLENS_HEIGHT && most == 255 && fread(pixels, 1, PIXELS, file) == PIXELS;
  fclose(file);
  if (good) return 0;
  fprintf(
    stderr, "exitlens-edge: not an image that fits: %s: expected a binary %s of %d×%d with 8 bits\n", path,
    EXITLENS_CHANNELS == 1 ? "PGM (P5)" : "PPM (P6)", EXITLENS_WIDTH, EXITLENS_HEIGHT);
  return 1;
}

/* The images of a check file and, after them, its logits; NULL where it is none. */
static uint8_t *read_check(const char *path, uint32_t *count) {
  FILE *file = fopen(path, "rb");
  char magic[4];
  uint8_t *content = NULL;
  if (file && fread(magic, 1, 4, file) == 4 && memcmp(magic, "XLCK", 4) == 0 && fread(count, 4, 1, file) == 1
      && *count > 0 && *count < 1000000) {
    const size_t size = *count * (PIXELS + sizeof(float) * (size_t)LOGITS);
    content = malloc(size);
    if (content && fread(content, 1, size, file) != size) {
      free(content);
      content = NULL;
    }
  }
  if (file) fclose(file);
  if (!content) fail("not a check file of this network", path);
  return content;
}

struct comparison {
  const unsigned char *expected;
  double difference, largest;
  int answers, same;
};

static void compare(const exitlens_answer *answer, void *context) {
  struct comparison *comparison = context;
  float expected[EXITLENS_CLASSES];
  memcpy(expected, comparison->expected, sizeof expected);
  comparison->expected += sizeof expected;
  int best = 0;
  for (int k = 0; k < EXITLENS_CLASSES; ++k) {
    const double difference = fabs((double)answer->logits[k] - expected[k]);
    /* A difference that is no number counts as the largest. */
    if (!(difference <= comparison->difference)) comparison->difference = difference;
    comparison->largest = fmax(comparison->largest, fabs((double)expected[k]));
    best = expected[k] > expected[best] ? k : best;
  }
  comparison->answers += 1;
  comparison->same += answer->label == best;
}

static int check(const char *path) {
  uint32_t count;
  uint8_t *content = read_check(path, &count);
  if (!content) return 1;
  struct comparison comparison = {content + (size_t)count * PIXELS, 0, 0, 0, 0};
  for (uint32_t image = 0; image < count; ++image)
    exitlens_run_all(&exitlens_model, content + (size_t)image * PIXELS, workspace, compare, &comparison);
  free(content);
  const int good = comparison.difference <= EXITLENS_TOLERANCE * comparison.largest;
  printf(
    "check: %u images, %d exits: largest difference of a logit %.3g, largest logit %.3g, same class %d of %d: %s\n",
    count, EXITLENS_EXITS, comparison.difference, comparison.largest, comparison.same, comparison.answers,
    good ? "good" : "FAILED");
  return !good;
}

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

/* The mean over images, each with the fastest of its rounds. */
static double measure(const uint8_t *images, uint32_t count, float threshold, int last, double *exits) {
  double total = 0;
  *exits = 0;
  for (uint32_t image = 0; image < count; ++image) {
    double best = INFINITY;
    exitlens_answer answer;
    for (int round = 0; round < ROUNDS; ++round) {
      const double begun = milliseconds();
      exitlens_run(&exitlens_model, images + (size_t)image * PIXELS, threshold, last, workspace, &answer);
      best = fmin(best, milliseconds() - begun);
    }
    total += best;
    *exits += answer.exit;
  }
  *exits /= count;
  return total / count;
}

static int bench(const char *path, float threshold) {
  uint32_t count;
  double exits;
  uint8_t *content = read_check(path, &count);
  if (!content) return 1;
  (void)measure(content, count, 2, EXITLENS_EXITS, &exits);
  for (int exit = 1; exit <= EXITLENS_EXITS; ++exit)
    printf("exit %d: %.3f ms\n", exit, measure(content, count, 2, exit, &exits));
  const double early = measure(content, count, threshold, EXITLENS_EXITS, &exits);
  printf("early stop at %.2f: %.3f ms, exit %.2f on average\n", (double)threshold, early, exits);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf(
    "weights %d bytes, workspace %d bytes, peak memory %ld KiB, %u images, best of %d\n", EXITLENS_WEIGHT_BYTES,
    EXITLENS_WORKSPACE_BYTES, usage.ru_maxrss, count, ROUNDS);
  free(content);
  return 0;
}

static int usage(void) {
  fprintf(
    stderr, "usage: exitlens-edge [--threshold T] IMAGE…\n       exitlens-edge --check FILE\n"
            "       exitlens-edge [--threshold T] --bench FILE\n");
  return 64;
}

int main(int argc, char **argv) {
  float threshold = 0.9f;
  int next = 1;
  if (next + 1 < argc && strcmp(argv[next], "--threshold") == 0) {
    char *end;
    threshold = strtof(argv[next + 1], &end);
    if (*end || end == argv[next + 1] || !(threshold >= 0 && threshold <= 1)) return usage();
    next += 2;
  }
  if (next >= argc) return usage();
  if (strcmp(argv[next], "--check") == 0) return next + 2 == argc ? check(argv[next + 1]) : usage();
  if (strcmp(argv[next], "--bench") == 0) return next + 2 == argc ? bench(argv[next + 1], threshold) : usage();
  if (strncmp(argv[next], "--", 2) == 0) return usage();
  int result = 0;
  for (; next < argc; ++next) {
    static uint8_t pixels[PIXELS];
    exitlens_answer answer;
    if (read_image(argv[next], pixels)) {
      result = 65;
      continue;
    }
    exitlens_run(&exitlens_model, pixels, threshold, EXITLENS_EXITS, workspace, &answer);
    printf(
      "%s: %s, confidence %.3f, exit %d of %d\n", argv[next], exitlens_class_names[answer.label],
      (double)answer.confidence, answer.exit, EXITLENS_EXITS);
  }
  return result;
}
