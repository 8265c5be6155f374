#include "Matches.h"

#include <string.h>

enum {
  // The fewest bytes that the search finds alike; it would miss few others that pay.
  shortest_match = 5,
  // Earlier places that are tried. With these, files are as small as those that zlib's level 6 makes of the
  // same rows.
  tries = 10,
  // A longer match is taken as it is; of a shorter one it is asked whether the next byte begins a better one.
  good_match = 32,
  // A short match from afar costs more bits than the bytes themselves.
  farthest_of_5 = 2048,
};

typedef struct {
  size_t length;
  size_t distance;
} match;

static inline uint32_t four_at(const uint8_t *bytes) {
  uint32_t four;
  memcpy(&four, bytes, sizeof four);
  return four;
}

static inline uint32_t hash_of(const uint8_t *bytes) {
  uint64_t five = four_at(bytes) | (uint64_t)bytes[4] << 32;
  return (uint32_t)((five << 24) * 0x9E3779B97F4A7C15u >> 49);
}

static inline size_t common_length(const uint8_t *first, const uint8_t *second, size_t limit) {
  size_t length = 0;
  for (; length + 8 <= limit; length += 8) {
    uint64_t a, b;
    memcpy(&a, first + length, sizeof a);
    memcpy(&b, second + length, sizeof b);
    if (a != b) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
      return length + ((size_t)__builtin_ctzll(a ^ b) >> 3);
#else
      return length + ((size_t)__builtin_clzll(a ^ b) >> 3);
#endif
    }
  }
  while (length < limit && first[length] == second[length]) length++;
  return length;
}

// Positions are stored from 1, so that zeroed tables hold none.
static inline void insert(exl_matcher *matcher, size_t offset) {
  if (offset + shortest_match > matcher->count) return;
  uint32_t *head = &matcher->heads[hash_of(matcher->bytes + offset)];
  matcher->links[offset % exl_window] = *head;
  *head = (uint32_t)offset + 1;
}

// The longest match at a place, if it is longer than `least`, which is 4 at least; else of length 0.
static match longest_at(const exl_matcher *matcher, size_t offset, size_t least) {
  const uint8_t *here = matcher->bytes + offset;
  size_t rest = matcher->count - offset;
  size_t limit = rest < exl_longest_match ? rest : exl_longest_match;
  match best = {0, 0};
  if (limit <= least || limit < shortest_match) return best;
  uint32_t stored = matcher->heads[hash_of(here)];
  for (int left = tries; stored && left; left--) {
    const uint8_t *there = matcher->bytes + stored - 1;
    size_t distance = (size_t)(here - there);
    if (distance > exl_window) break;
    // A longer match has these four in common, and most places do not.
    if (four_at(there + least - 3) == four_at(here + least - 3)) {
      size_t length = common_length(there, here, limit);
      if (length > least) {
        best = (match){length, distance};
        least = length;
        if (length == limit) break;
      }
    }
    stored = matcher->links[(stored - 1) % exl_window];
  }
  return best;
}

static int is_worth_it(match found) {
  return found.length >= shortest_match &&
         !(found.length == 5 && found.distance > farthest_of_5);
}

size_t exl_find_tokens(exl_matcher *matcher, exl_token *tokens, size_t room) {
  size_t made = 0, offset = matcher->offset;
  match found = {0, 0};
  int is_known = 0;
  while (offset < matcher->count && made < room) {
    if (!is_known) found = longest_at(matcher, offset, shortest_match - 1);
    is_known = 0;
    insert(matcher, offset);
    if (!is_worth_it(found)) {
      tokens[made++] = matcher->bytes[offset++];
      continue;
    }
    if (found.length < good_match) {
      match next = longest_at(matcher, offset + 1, found.length);
      if (is_worth_it(next)) {
        tokens[made++] = matcher->bytes[offset++];
        found = next;
        is_known = 1;
        continue;
      }
    }
    tokens[made++] = (exl_token)(found.length << 16 | found.distance);
    for (size_t next = 1; next < found.length; next++) insert(matcher, offset + next);
    offset += found.length;
  }
  matcher->offset = offset;
  return made;
}
