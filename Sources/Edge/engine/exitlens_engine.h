/* The inference engine of an ExitLens bundle: C11 with the vector extension of GCC and Clang, no library but libm, no
   allocation, no global state. The network is data: exitlens_model.c. */
#ifndef EXITLENS_ENGINE_H
#define EXITLENS_ENGINE_H

#include <stddef.h>
#include <stdint.h>

/* Channels lie last, filled up with zeros to a multiple of this. */
#define EXITLENS_LANES 16

typedef enum { EXITLENS_FULL, EXITLENS_POINTWISE, EXITLENS_DEPTHWISE } exitlens_kernel;

/* A convolution with its batch norm folded in. Full and pointwise weights lie as [outputs/16][taps][inputs][16],
   depthwise ones as [9][outputs]; biases as [outputs]. Places are bytes from the start of the weights. */
typedef struct {
  exitlens_kernel kernel;
  int inputs, outputs;
  size_t weights, bias;
} exitlens_convolution;

typedef enum { EXITLENS_PLAIN, EXITLENS_RESIDUAL, EXITLENS_SEPARABLE } exitlens_block;

/* A block and the exit after it. */
typedef struct {
  exitlens_block block;
  /* Of the convolutions; a max-pool halves it where `pools`. */
  int height, width, pools;
  /* In order; of a residual block, the shortcut last, with no outputs where the input itself is added. */
  exitlens_convolution convolutions[3];
  /* Floats: attention's weights [channels] and bias [16]; the head's [classes][channels] and [classes]. */
  size_t attention, attention_bias, head, head_bias;
} exitlens_stage;

typedef struct {
  int height, width, channels, classes, exits;
  /* Whether a map is a softmax over its cells; else a sigmoid of each. */
  int softmax;
  /* Whether convolutions' weights are 16-bit floats. */
  int half;
  /* [channels][256]: what a byte becomes. */
  const float *normalization;
  const exitlens_stage *stages;
  const unsigned char *weights;
} exitlens_network;

/* What an exit found. The arrays lie in the workspace. */
typedef struct {
  /* From 1. */
  int exit;
  int label;
  float confidence;
  /* [classes]. */
  const float *logits, *probabilities;
  /* [map_height][map_width]. */
  const float *map;
  int map_height, map_width;
} exitlens_answer;

/* Answers one image, [height][width][channels] bytes, at the first exit whose confidence reaches `threshold`, at the
   latest at `last` (from 1). `workspace`: as many bytes as exitlens_model.h says, aligned to 64. */
void exitlens_run(
  const exitlens_network *network, const uint8_t *pixels, float threshold, int last, void *workspace,
  exitlens_answer *answer);

/* Called after each exit's answer, where the answers of all of them are wanted. */
typedef void exitlens_visitor(const exitlens_answer *answer, void *context);

void exitlens_run_all(
  const exitlens_network *network, const uint8_t *pixels, void *workspace, exitlens_visitor *visit, void *context);

#endif
