#include "Deflate.h"

#include <stdlib.h>
#include <string.h>

#include "Huffman.h"
#include "Matches.h"

enum {
  block_tokens = 1 << 13,    // How many bytes and matches share a set of codes.
  end_of_block = 256,        // Symbols: 0…255 bytes, 257…285 match lengths.
  distance_symbols = 30,
  all_lengths = exl_most_symbols + distance_symbols,
  shortest_length = 3,
  length_symbols = 19,       // Symbols of the code in which code lengths are written.
  longest_length_code = 7,
};

typedef struct {
  uint8_t *next;
  uint64_t bits;
  unsigned count;
} bit_writer;

// At most 56 bits may be pending after this.
static inline void put(bit_writer *writer, uint64_t bits, unsigned count) {
  writer->bits |= bits << writer->count;
  writer->count += count;
}

// Writes the whole bytes among the pending bits. Always stores eight bytes: the buffer has room.
static inline void flush_bytes(bit_writer *writer) {
  uint64_t bits = writer->bits;
  for (int byte = 0; byte < 8; byte++) writer->next[byte] = (uint8_t)(bits >> (8 * byte));
  writer->next += writer->count >> 3;
  writer->bits >>= writer->count & ~7u;
  writer->count &= 7;
}

typedef struct {
  uint16_t symbol;
  uint16_t extra;
  uint8_t extra_bits;
} split_number;

// A match's length as symbol and extra bits (RFC 1951, 3.2.5).
static split_number split_length(uint32_t length) {
  if (length == exl_longest_match) return (split_number){285, 0, 0};
  uint32_t rest = length - shortest_length;
  uint8_t bits = rest < 8 ? 0 : (uint8_t)(29 - __builtin_clz(rest));
  return (split_number){(uint16_t)(257 + 4 * bits + (rest >> bits)),
                        (uint16_t)(rest & ((1u << bits) - 1)), bits};
}

// A match's distance, the same way.
static split_number split_distance(uint32_t distance) {
  uint32_t rest = distance - 1;
  if (rest < 4) return (split_number){(uint16_t)rest, 0, 0};
  uint8_t bits = (uint8_t)(30 - __builtin_clz(rest));
  return (split_number){(uint16_t)(2 * bits + 2 + (rest >> bits & 1)),
                        (uint16_t)(rest & ((1u << bits) - 1)), bits};
}

typedef struct {
  uint8_t lengths[all_lengths];
  uint16_t codes[all_lengths];
} block_codes;

// The codes of a block: of bytes and lengths, then of distances.
static void find_codes(const uint32_t *weights, block_codes *codes) {
  exl_huffman_lengths(weights, exl_most_symbols, exl_longest_code, codes->lengths);
  exl_huffman_codes(codes->lengths, exl_most_symbols, codes->codes);
  const uint32_t *of_distance = weights + exl_most_symbols;
  uint8_t *lengths = codes->lengths + exl_most_symbols;
  int used = 0, last = 0;
  for (int symbol = 0; symbol < distance_symbols; symbol++)
    if (of_distance[symbol]) {
      used++;
      last = symbol;
    }
  if (used > 1) {
    exl_huffman_lengths(of_distance, distance_symbols, exl_longest_code, lengths);
  } else {
    // One code of one bit stands for a single distance, or for none.
    memset(lengths, 0, distance_symbols);
    lengths[last] = 1;
  }
  exl_huffman_codes(lengths, distance_symbols, codes->codes + exl_most_symbols);
}

// The block's header: which codes it uses.
static void write_code_lengths(bit_writer *writer, const uint8_t *all) {
  static const uint8_t order[length_symbols] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                11, 4,  12, 3, 13, 2, 14, 1, 15};
  // Zeros are run-length coded (17: 3…10, 18: 11…138), other lengths written one by one.
  uint8_t symbols[all_lengths], extras[all_lengths];
  uint32_t weights[length_symbols] = {0};
  int written = 0;
  for (int index = 0; index < all_lengths;) {
    int zeros = 0;
    while (index + zeros < all_lengths && !all[index + zeros] && zeros < 138) zeros++;
    uint8_t symbol = zeros >= 11 ? 18 : zeros >= 3 ? 17 : all[index];
    symbols[written] = symbol;
    extras[written++] = (uint8_t)(zeros >= 11 ? zeros - 11 : zeros >= 3 ? zeros - 3 : 0);
    weights[symbol]++;
    index += zeros >= 3 ? zeros : 1;
  }
  uint8_t lengths[length_symbols];
  uint16_t codes[length_symbols];
  // The code must have two symbols: some code has a length, which always occurs, and another.
  if (!weights[0]) weights[0] = 1;
  exl_huffman_lengths(weights, length_symbols, longest_length_code, lengths);
  exl_huffman_codes(lengths, length_symbols, codes);

  put(writer, exl_most_symbols - 257, 5);
  put(writer, distance_symbols - 1, 5);
  put(writer, length_symbols - 4, 4);
  for (int index = 0; index < length_symbols; index++) {
    put(writer, lengths[order[index]], 3);
    flush_bytes(writer);
  }
  for (int index = 0; index < written; index++) {
    put(writer, codes[symbols[index]], lengths[symbols[index]]);
    put(writer, extras[index], symbols[index] == 18 ? 7 : symbols[index] == 17 ? 3 : 0);
    flush_bytes(writer);
  }
}

static void write_block(bit_writer *writer, const exl_token *tokens, size_t count, int is_last) {
  uint32_t weights[all_lengths] = {0};
  weights[end_of_block] = 1;
  for (size_t index = 0; index < count; index++) {
    exl_token token = tokens[index];
    if (token < 256) {
      weights[token]++;
    } else {
      weights[split_length(token >> 16).symbol]++;
      weights[exl_most_symbols + split_distance(token & 0xffff).symbol]++;
    }
  }
  block_codes codes;
  find_codes(weights, &codes);
  put(writer, is_last ? 1 : 0, 1);
  put(writer, 2, 2);
  write_code_lengths(writer, codes.lengths);

  // A match has at most 15 + 5 + 15 + 13 bits, and at most 7 are pending.
  for (size_t index = 0; index < count; index++) {
    exl_token token = tokens[index];
    if (token < 256) {
      put(writer, codes.codes[token], codes.lengths[token]);
    } else {
      split_number length = split_length(token >> 16), distance = split_distance(token & 0xffff);
      int place = exl_most_symbols + distance.symbol;
      put(writer, codes.codes[length.symbol], codes.lengths[length.symbol]);
      put(writer, length.extra, length.extra_bits);
      put(writer, codes.codes[place], codes.lengths[place]);
      put(writer, distance.extra, distance.extra_bits);
    }
    flush_bytes(writer);
  }
  put(writer, codes.codes[end_of_block], codes.lengths[end_of_block]);
  flush_bytes(writer);
}

static uint32_t adler32_of(const uint8_t *bytes, size_t count) {
  uint32_t low = 1, high = 0;
  while (count) {
    // As many as cannot overflow (RFC 1950's sample code).
    size_t piece = count < 5552 ? count : 5552;
    for (size_t index = 0; index < piece; index++) {
      low += bytes[index];
      high += low;
    }
    low %= 65521;
    high %= 65521;
    bytes += piece;
    count -= piece;
  }
  return high << 16 | low;
}

// With codes of 9 bits for all lengths and bytes and of 5 for distances no token would need more than a byte and an
// eighth for each byte that it stands for, and the codes are the best ones; a block's header is below 700 bytes.
size_t exl_deflate_bound(size_t count) {
  return count + count / 4 + (count / block_tokens + 1) * 700 + 64;
}

size_t exl_deflate(const uint8_t *bytes, size_t count, uint8_t *stream) {
  exl_matcher *matcher = calloc(1, sizeof(exl_matcher));
  if (!matcher) return 0;
  matcher->bytes = bytes;
  matcher->count = count;
  exl_token tokens[block_tokens];
  stream[0] = 0x78;
  stream[1] = 0x01;
  bit_writer writer = {stream + 2, 0, 0};
  do {
    size_t made = exl_find_tokens(matcher, tokens, block_tokens);
    write_block(&writer, tokens, made, matcher->offset == count);
  } while (matcher->offset < count);
  free(matcher);
  put(&writer, 0, (8 - writer.count) & 7);
  flush_bytes(&writer);
  uint32_t adler = adler32_of(bytes, count);
  for (int shift = 24; shift >= 0; shift -= 8) *writer.next++ = (uint8_t)(adler >> shift);
  return (size_t)(writer.next - stream);
}
