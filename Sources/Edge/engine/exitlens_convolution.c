#include <string.h>

#include "exitlens_image.h"

#if defined(__AVX512F__) || defined(__F16C__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#else
typedef uint16_t halves __attribute__((vector_size(2 * WIDTH)));
#endif

#define LANES EXITLENS_LANES
#define PARTS (LANES / WIDTH)

/* Pixels that share each load of a weight: as many sums as fit the vector registers. */
#if defined(__AVX512F__)
#define PIXELS 12
#elif defined(__AVX__) || defined(__aarch64__)
#define PIXELS 6
#else
#define PIXELS 3
#endif
#define FEW (PIXELS < 4 ? PIXELS : 4)

/* IEEE 754 half to single precision, subnormals too; weights are finite. */
INLINE vector from_halves(const uint16_t *values) {
#if defined(__AVX512F__)
  return (vector)_mm512_cvtph_ps(_mm256_loadu_si256((const __m256i_u *)(const void *)values));
#elif defined(__F16C__)
  return (vector)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i_u *)(const void *)values));
#elif defined(__aarch64__)
  return (vector)vcvt_f32_f16(vld1_f16((const float16_t *)(const void *)values));
#else
  halves stored;
  memcpy(&stored, values, sizeof stored);
  const words bits = __builtin_convertvector(stored, words);
  const words magnitude = (bits & 0x7fff) << 13;
  return (vector)((words)((vector)magnitude * 0x1p112f) | (bits & 0x8000) << 16);
#endif
}

INLINE vector weights_at(const unsigned char *weights, size_t index, const int half) {
  if (half) return from_halves((const uint16_t *)(const void *)weights + index);
  return load((const float *)(const void *)weights + index);
}

/* `count` pixels, from pixel `first` on, of 16 outputs. */
INLINE void convolve_some(
  const int count, const int taps, const int half, const exitlens_convolution *shape, int width, int first, int last,
  int tile, const unsigned char *weights, const float *bias, image x, image y, int rectify) {
  const float *from[PIXELS];
  float *to[PIXELS];
  vector sums[PIXELS][PARTS];
  for (int p = 0; p < count; ++p) {
    /* Past the end the last pixel is computed again, and stored again. */
    const int pixel = first + p < last ? first + p : last - 1;
    const int row = pixel / width, column = pixel % width;
    from[p] = x.at + (ptrdiff_t)row * x.row + (ptrdiff_t)column * x.channels;
    to[p] = y.at + (ptrdiff_t)row * y.row + (ptrdiff_t)column * y.channels + tile * LANES;
    for (int part = 0; part < PARTS; ++part) sums[p][part] = load(bias + tile * LANES + part * WIDTH);
  }
  size_t index = (size_t)tile * (size_t)taps * (size_t)shape->inputs * LANES;
  for (int tap = 0; tap < taps; ++tap) {
    const ptrdiff_t shift = taps == 1 ? 0 : (ptrdiff_t)(tap / 3 - 1) * x.row + (tap % 3 - 1) * x.channels;
    for (int c = 0; c < shape->inputs; ++c, index += LANES) {
      vector weight[PARTS];
      for (int part = 0; part < PARTS; ++part) weight[part] = weights_at(weights, index + (size_t)(part * WIDTH), half);
      for (int p = 0; p < count; ++p)
        for (int part = 0; part < PARTS; ++part) sums[p][part] += weight[part] * from[p][shift + c];
    }
  }
  for (int p = 0; p < count; ++p)
    for (int part = 0; part < PARTS; ++part)
      store(to[p] + part * WIDTH, rectify ? rectified(sums[p][part]) : sums[p][part]);
}

INLINE void convolve_all(
  const int taps, const int half, const exitlens_convolution *shape, int height, int width,
  const unsigned char *weights, const float *bias, image x, image y, int rectify) {
  const int pixels = height * width;
  for (int tile = 0; tile < shape->outputs / LANES; ++tile) {
    int pixel = 0;
    for (; pixels - pixel > FEW; pixel += PIXELS)
      convolve_some(PIXELS, taps, half, shape, width, pixel, pixels, tile, weights, bias, x, y, rectify);
    if (pixel < pixels)
      convolve_some(FEW, taps, half, shape, width, pixel, pixels, tile, weights, bias, x, y, rectify);
  }
}

static void convolve_depthwise(
  const exitlens_convolution *shape, int half, int height, int width, const unsigned char *weights, const float *bias,
  image x, image y, int rectify) {
  for (int c = 0; c < shape->outputs; c += WIDTH) {
    vector taps[9];
    for (int tap = 0; tap < 9; ++tap) taps[tap] = weights_at(weights, (size_t)(tap * shape->outputs + c), half);
    for (int row = 0; row < height; ++row)
      for (int column = 0; column < width; ++column) {
        const float *from = x.at + (ptrdiff_t)row * x.row + (ptrdiff_t)column * x.channels + c;
        vector sum = load(bias + c);
        for (int tap = 0; tap < 9; ++tap)
          sum += taps[tap] * load(from + (ptrdiff_t)(tap / 3 - 1) * x.row + (tap % 3 - 1) * x.channels);
        store(
          y.at + (ptrdiff_t)row * y.row + (ptrdiff_t)column * y.channels + c, rectify ? rectified(sum) : sum);
      }
  }
}

void exitlens_convolve(
  const exitlens_network *network, const exitlens_convolution *shape, int height, int width, image x, image y,
  int rectify) {
  const unsigned char *weights = network->weights + shape->weights;
  const float *bias = (const float *)(const void *)(network->weights + shape->bias);
  const int half = network->half;
  switch (shape->kernel) {
    case EXITLENS_FULL:
      if (half) convolve_all(9, 1, shape, height, width, weights, bias, x, y, rectify);
      else convolve_all(9, 0, shape, height, width, weights, bias, x, y, rectify);
      break;
    case EXITLENS_POINTWISE:
      if (half) convolve_all(1, 1, shape, height, width, weights, bias, x, y, rectify);
      else convolve_all(1, 0, shape, height, width, weights, bias, x, y, rectify);
      break;
    case EXITLENS_DEPTHWISE:
      if (half) convolve_depthwise(shape, 1, height, width, weights, bias, x, y, rectify);
      else convolve_depthwise(shape, 0, height, width, weights, bias, x, y, rectify);
  }
}
