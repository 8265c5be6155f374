#include <math.h>
#include <string.h>

#include "exitlens_image.h"
#include "exitlens_model.h"

static int filled(int channels) { return (channels + EXITLENS_LANES - 1) / EXITLENS_LANES * EXITLENS_LANES; }

/* An image of zeros in a buffer, with a border of one pixel. */
static image padded(float *buffer, int height, int width, int channels) {
  const int row = (width + 2) * channels;
  memset(buffer, 0, (size_t)(height + 2) * (size_t)row * sizeof *buffer);
  return (image){buffer + row + channels, row, channels};
}

/* Max-pool of 2×2, or a copy. */
static void pool(image y, image z, int height, int width, int pools) {
  const int step = pools ? 2 : 1;
  for (int row = 0; row < height / step; ++row)
    for (int column = 0; column < width / step; ++column)
      for (int c = 0; c < y.channels; c += WIDTH) {
        const float *from = y.at + (ptrdiff_t)row * step * y.row + (ptrdiff_t)column * step * y.channels + c;
        vector best = load(from);
        for (int other = 1; pools && other < 4; ++other) {
          best = largest(load(from + (ptrdiff_t)(other / 2) * y.row + other % 2 * y.channels), best);
        }
        store(z.at + (ptrdiff_t)row * z.row + (ptrdiff_t)column * z.channels + c, best);
      }
}

/* y ← max(y + past, 0). */
static void add(image y, image past, int height, int width) {
  for (int row = 0; row < height; ++row)
    for (int place = 0; place < width * y.channels; place += WIDTH) {
      float *sum = y.at + (ptrdiff_t)row * y.row + place;
      store(sum, rectified(load(sum) + load(past.at + (ptrdiff_t)row * past.row + place)));
    }
}

static image run_block(const exitlens_network *network, const exitlens_stage *stage, image x, float *const buffers[4]) {
  const exitlens_convolution *first = &stage->convolutions[0], *second = &stage->convolutions[1];
  const int height = stage->height, width = stage->width;
  const int step = stage->pools ? 2 : 1;
  image y;
  switch (stage->block) {
    case EXITLENS_PLAIN:
      y = padded(buffers[2], height, width, first->outputs);
      exitlens_convolve(network, first, height, width, x, y, 1);
      break;
    case EXITLENS_SEPARABLE: {
      const image hidden = padded(buffers[1], height, width, first->outputs);
      exitlens_convolve(network, first, height, width, x, hidden, 1);
      y = padded(buffers[2], height, width, second->outputs);
      exitlens_convolve(network, second, height, width, hidden, y, 1);
      break;
    }
    default: {
      const exitlens_convolution *shortcut = &stage->convolutions[2];
      const image hidden = padded(buffers[1], height, width, first->outputs);
      exitlens_convolve(network, first, height, width, x, hidden, 1);
      y = padded(buffers[2], height, width, second->outputs);
      exitlens_convolve(network, second, height, width, hidden, y, 0);
      image past = x;
      if (shortcut->outputs > 0) {
        past = padded(buffers[1], height, width, shortcut->outputs);
        exitlens_convolve(network, shortcut, height, width, x, past, 0);
      }
      add(y, past, height, width);
    }
  }
  const image z = padded(buffers[3], height / step, width / step, y.channels);
  pool(y, z, height, width, stage->pools);
  return z;
}

static float dot(const float *a, const float *b, int count) {
  vector sums = {0};
  for (int c = 0; c < count; c += WIDTH) sums += load(a + c) * load(b + c);
  float sum = 0;
  for (int lane = 0; lane < WIDTH; ++lane) sum += sums[lane];
  return sum;
}

/* In place; the same as the input where there is one. */
static void softmax(const float *x, float *y, int count) {
  float most = x[0], sum = 0;
  for (int index = 1; index < count; ++index) most = x[index] > most ? x[index] : most;
  for (int index = 0; index < count; ++index) sum += y[index] = expf(x[index] - most);
  for (int index = 0; index < count; ++index) y[index] /= sum;
}

static void run_exit(
  const exitlens_network *network, const exitlens_stage *stage, image z, float *scratch, exitlens_answer *answer) {
  const int step = stage->pools ? 2 : 1;
  const int height = stage->height / step, width = stage->width / step, cells = height * width;
  const float *attention = (const float *)(const void *)(network->weights + stage->attention);
  const float bias = *(const float *)(const void *)(network->weights + stage->attention_bias);
  const float *head = (const float *)(const void *)(network->weights + stage->head);
  const float *head_bias = (const float *)(const void *)(network->weights + stage->head_bias);
  float *pooled = scratch, *map = pooled + z.channels, *logits = map + filled(cells);
  float *probabilities = logits + filled(network->classes);

  for (int cell = 0; cell < cells; ++cell) {
    const float *x = z.at + (ptrdiff_t)(cell / width) * z.row + (ptrdiff_t)(cell % width) * z.channels;
    map[cell] = dot(x, attention, z.channels) + bias;
  }
  if (network->softmax) softmax(map, map, cells);
  else
    for (int cell = 0; cell < cells; ++cell) map[cell] = 1 / (1 + expf(-map[cell]));
  memset(pooled, 0, (size_t)z.channels * sizeof *pooled);
  const float share = network->softmax ? 1 : 1 / (float)cells;
  for (int cell = 0; cell < cells; ++cell) {
    const float *x = z.at + (ptrdiff_t)(cell / width) * z.row + (ptrdiff_t)(cell % width) * z.channels;
    for (int c = 0; c < z.channels; c += WIDTH)
      store(pooled + c, load(pooled + c) + load(x + c) * (map[cell] * share));
  }
  for (int k = 0; k < network->classes; ++k)
    logits[k] = dot(head + (size_t)k * (size_t)z.channels, pooled, z.channels) + head_bias[k];
  softmax(logits, probabilities, network->classes);

  int best = 0;
  for (int k = 1; k < network->classes; ++k) best = probabilities[k] > probabilities[best] ? k : best;
  answer->label = best;
  answer->confidence = probabilities[best];
  answer->logits = logits;
  answer->probabilities = probabilities;
  answer->map = map;
  answer->map_height = height;
  answer->map_width = width;
}

/* Runs until `visit` is content, at the latest until exit `last`. */
static void run(
  const exitlens_network *network, const uint8_t *pixels, float threshold, int last, float *workspace,
  exitlens_visitor *visit, void *context, exitlens_answer *answer) {
  float *const areas[4] = {
    workspace, workspace + EXITLENS_BUFFER_FLOATS, workspace + 2 * EXITLENS_BUFFER_FLOATS,
    workspace + 3 * EXITLENS_BUFFER_FLOATS};
  float *scratch = workspace + 4 * EXITLENS_BUFFER_FLOATS;
  image x = padded(areas[0], network->height, network->width, network->channels);
  for (int row = 0; row < network->height; ++row)
    for (int place = 0; place < network->width * network->channels; ++place)
      x.at[(ptrdiff_t)row * x.row + place] =
        network->normalization[place % network->channels * 256 + *pixels++];
  for (int exit = 0; exit < last; ++exit) {
    /* A block's output is the next one's input: the two buffers take turns. */
    float *const buffers[4] = {areas[exit % 2 * 3], areas[1], areas[2], areas[3 - exit % 2 * 3]};
    x = run_block(network, &network->stages[exit], x, buffers);
    run_exit(network, &network->stages[exit], x, scratch, answer);
    answer->exit = exit + 1;
    if (visit) visit(answer, context);
    else if (answer->confidence >= threshold) return;
  }
}

void exitlens_run(
  const exitlens_network *network, const uint8_t *pixels, float threshold, int last, void *workspace,
  exitlens_answer *answer) {
  run(network, pixels, threshold, last < network->exits ? last : network->exits, workspace, 0, 0, answer);
}

void exitlens_run_all(
  const exitlens_network *network, const uint8_t *pixels, void *workspace, exitlens_visitor *visit, void *context) {
  exitlens_answer answer;
  run(network, pixels, 0, network->exits, workspace, visit, context, &answer);
}
