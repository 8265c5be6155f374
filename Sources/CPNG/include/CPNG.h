#ifndef EXITLENS_CPNG_H
#define EXITLENS_CPNG_H
#include <png.h>
#include <stddef.h>
#include <stdint.h>

// Writing with a chosen filter and compression needs libpng's low-level interface, which reports
// errors by longjmp; that must not cross Swift frames, so it stays inside this function.
//
// Writes pixels ([height, width, channels], 8 bits, channels 1 or 3) as a PNG file in memory.
// `filters` is a set of PNG_FILTER_… bits, `level` and `strategy` are zlib's.
// Returns 1 and the file, to be freed with free(), or 0 where memory ran out.
int exl_png_write(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                  int filters, int level, int strategy, uint8_t **file, size_t *count);

// The same by the filters that libpng would choose and by a compressor of this package: as small as zlib's level 6
// and several times as fast.
int exl_png_write_fast(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                       uint8_t **file, size_t *count);

// Puts a finished zlib stream of filtered rows into a PNG file, as above.
int exl_png_frame(const uint8_t *stream, size_t length, uint32_t width, uint32_t height,
                  int channels, uint8_t **file, size_t *count);
#endif
