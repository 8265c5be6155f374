#include "CPNG.h"

#include <stdlib.h>

#include "RunDeflate.h"

// One row's Paeth filter (PNG specification, 9.4), free of branches so that it vectorises.
static void filter_row(const uint8_t *restrict row, const uint8_t *restrict above, size_t count,
                       int channels, uint8_t *restrict filtered) {
  for (int index = 0; index < channels; index++) filtered[index] = row[index] - above[index];
  for (size_t index = (size_t)channels; index < count; index++) {
    int16_t left = row[index - channels], up = above[index], corner = above[index - channels];
    int16_t to_left = up - corner, to_up = left - corner, to_corner = to_left + to_up;
    to_left = to_left < 0 ? -to_left : to_left;
    to_up = to_up < 0 ? -to_up : to_up;
    to_corner = to_corner < 0 ? -to_corner : to_corner;
    int16_t nearest = to_up <= to_corner ? up : corner;
    int16_t nearer = to_up < to_corner ? to_up : to_corner;
    filtered[index] = (uint8_t)(row[index] - (to_left <= nearer ? left : nearest));
  }
}

int exl_png_write_fast(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                       uint8_t **file, size_t *count) {
  size_t stride = (size_t)width * (size_t)channels;
  size_t filtered_count = (stride + 1) * height;
  uint8_t *filtered = malloc(filtered_count);
  uint8_t *nothing = calloc(stride, 1);
  uint8_t *stream = malloc(exl_deflate_bound(filtered_count));
  int succeeded = 0;
  if (filtered && nothing && stream) {
    for (uint32_t row = 0; row < height; row++) {
      uint8_t *target = filtered + row * (stride + 1);
      const uint8_t *source = pixels + row * stride;
      target[0] = PNG_FILTER_VALUE_PAETH;
      filter_row(source, row ? source - stride : nothing, stride, channels, target + 1);
    }
    size_t length = exl_deflate_runs(filtered, filtered_count, stream);
    succeeded = exl_png_frame(stream, length, width, height, channels, file, count);
  }
  free(filtered);
  free(nothing);
  free(stream);
  return succeeded;
}
