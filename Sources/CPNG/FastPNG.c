#include "CPNG.h"

#include <stdlib.h>
#include <string.h>

#include "Deflate.h"

enum { filters = 5 };

// One row through the five filters of the PNG specification (9.2), free of branches so that it vectorises.
static void filter_row(const uint8_t *restrict row, const uint8_t *restrict above, size_t count,
                       size_t channels, uint8_t *restrict none, uint8_t *restrict sub,
                       uint8_t *restrict up, uint8_t *restrict average, uint8_t *restrict paeth) {
  memcpy(none, row, count);
  for (size_t index = 0; index < count; index++) up[index] = (uint8_t)(row[index] - above[index]);
  for (size_t index = 0; index < channels; index++) {
    sub[index] = row[index];
    average[index] = (uint8_t)(row[index] - above[index] / 2);
    paeth[index] = up[index];
  }
  for (size_t index = channels; index < count; index++) {
    int16_t left = row[index - channels], upper = above[index], corner = above[index - channels];
    int16_t to_left = upper - corner, to_up = left - corner, to_corner = to_left + to_up;
    to_left = to_left < 0 ? -to_left : to_left;
    to_up = to_up < 0 ? -to_up : to_up;
    to_corner = to_corner < 0 ? -to_corner : to_corner;
    int16_t nearest = to_up <= to_corner ? upper : corner;
    int16_t nearer = to_up < to_corner ? to_up : to_corner;
    sub[index] = (uint8_t)(row[index] - left);
    average[index] = (uint8_t)(row[index] - ((left + upper) >> 1));
    paeth[index] = (uint8_t)(row[index] - (to_left <= nearer ? left : nearest));
  }
}

// Sum of the bytes' distances from 0: small where the filter has foretold the row.
static uint64_t magnitude(const uint8_t *bytes, size_t count) {
  uint64_t total = 0;
  while (count) {
    // As many as cannot overflow; 32 bits vectorise better than 64.
    size_t piece = count < 1 << 20 ? count : 1 << 20;
    uint32_t sum = 0;
    for (size_t index = 0; index < piece; index++) {
      uint8_t below = (uint8_t)-bytes[index];
      sum += bytes[index] < below ? bytes[index] : below;
    }
    total += sum;
    bytes += piece;
    count -= piece;
  }
  return total;
}

// Every row by the filter that leaves the least, the rule of thumb of the PNG specification (12.8).
static void filter(const uint8_t *pixels, size_t stride, uint32_t height, size_t channels,
                   uint8_t *scratch, uint8_t *filtered) {
  const uint8_t *above = scratch + filters * stride;
  for (uint32_t row = 0; row < height; row++) {
    filter_row(pixels, above, stride, channels, scratch, scratch + stride, scratch + 2 * stride,
               scratch + 3 * stride, scratch + 4 * stride);
    int best = 0;
    uint64_t least = UINT64_MAX;
    for (int kind = 0; kind < filters; kind++) {
      uint64_t left = magnitude(scratch + (size_t)kind * stride, stride);
      if (left < least) {
        least = left;
        best = kind;
      }
    }
    *filtered++ = (uint8_t)best;
    memcpy(filtered, scratch + (size_t)best * stride, stride);
    filtered += stride;
    above = pixels;
    pixels += stride;
  }
}

int exl_png_write_fast(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                       uint8_t **file, size_t *count) {
  size_t stride = (size_t)width * (size_t)channels;
  size_t filtered_count = (stride + 1) * height;
  uint8_t *filtered = malloc(filtered_count);
  // A row by each filter, and the zeros above the first one.
  uint8_t *scratch = calloc(filters + 1, stride);
  uint8_t *stream = malloc(exl_deflate_bound(filtered_count));
  int succeeded = 0;
  if (filtered && scratch && stream) {
    filter(pixels, stride, height, (size_t)channels, scratch, filtered);
    size_t length = exl_deflate(filtered, filtered_count, stream);
    succeeded = length && exl_png_frame(stream, length, width, height, channels, file, count);
  }
  free(filtered);
  free(scratch);
  free(stream);
  return succeeded;
}
