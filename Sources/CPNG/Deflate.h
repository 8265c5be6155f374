#ifndef EXITLENS_DEFLATE_H
#define EXITLENS_DEFLATE_H
#include <stddef.h>
#include <stdint.h>

// Deflate (RFC 1951) for filtered pictures: what zlib's level 6 makes of them, in a third of its time.

// The most bytes that exl_deflate writes for so many.
size_t exl_deflate_bound(size_t count);

// Writes a complete zlib stream (RFC 1950) of `count` bytes, below 4 GB, and returns its length; 0 where memory
// ran out.
size_t exl_deflate(const uint8_t *bytes, size_t count, uint8_t *stream);
#endif
