#ifndef EXITLENS_MATCHES_H
#define EXITLENS_MATCHES_H
#include <stddef.h>
#include <stdint.h>

// Repetitions in data (LZ77), as deflate writes them.

enum {
  exl_longest_match = 258,
  exl_window = 1 << 15,
};

// Where the search is, and the last positions of every five bytes.
typedef struct {
  const uint8_t *bytes;
  size_t count;
  size_t offset;
  uint32_t heads[1 << 15];
  uint32_t links[exl_window];
} exl_matcher;

// A byte below 256, or a match: its length << 16 | its distance.
typedef uint32_t exl_token;

// `matcher` is zeroed at first, but for `bytes` and their `count`, below 4 GB. Writes at most `room` tokens and returns
// how many; 0 at the end of the data.
size_t exl_find_tokens(exl_matcher *matcher, exl_token *tokens, size_t room);
#endif
