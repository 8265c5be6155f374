/* What the parts of the engine share. */
#ifndef EXITLENS_IMAGE_H
#define EXITLENS_IMAGE_H

#include "exitlens_engine.h"

/* Floats of one of the processor's vectors: GCC is slow with wider ones. */
#if defined(__AVX512F__)
#define WIDTH 16
#elif defined(__AVX__)
#define WIDTH 8
#else
#define WIDTH 4
#endif

typedef float vector __attribute__((vector_size(4 * WIDTH), may_alias));
typedef uint32_t words __attribute__((vector_size(4 * WIDTH)));

#define INLINE static inline __attribute__((always_inline))

/* An image of activations: `at` is its first pixel; a pixel beyond the edge is there, and zero, where it is padded. */
typedef struct {
  float *at;
  /* Floats between rows and between pixels. */
  int row, channels;
} image;

INLINE vector load(const float *from) { return *(const vector *)(const void *)from; }
INLINE void store(float *to, vector x) { *(vector *)(void *)to = x; }

INLINE vector rectified(vector x) {
  const vector zero = {0};
  return (vector)((words)x & (words)(x > zero));
}

INLINE vector largest(vector x, vector y) {
  const words mask = (words)(x > y);
  return (vector)((mask & (words)x) | (~mask & (words)y));
}

/* y ← the convolution of x, and ReLU where `rectify`. */
void exitlens_convolve(
  const exitlens_network *network, const exitlens_convolution *shape, int height, int width, image x, image y,
  int rectify);

#endif
