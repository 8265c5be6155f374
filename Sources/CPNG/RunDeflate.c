#include "RunDeflate.h"

#include <stdlib.h>
#include <string.h>

enum {
  block_tokens = 1 << 15,    // How many literals and runs share a set of codes.
  literal_symbols = 286,     // 0…255 bytes, 256 end of block, 257…285 run lengths.
  end_of_block = 256,
  minimum_run = 3,
  maximum_run = 258,
  run_token = 256,           // A token is a byte, or this plus a run's length.
  longest_code = 15,
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
  uint32_t weight;
  uint16_t symbol;
} leaf;

static int compare_leaves(const void *first, const void *second) {
  const leaf *a = first, *b = second;
  if (a->weight != b->weight) return a->weight < b->weight ? -1 : 1;
  return (int)a->symbol - (int)b->symbol;
}

// Huffman code lengths of at most `longest` bits; 0 for symbols that do not occur. Two or more must.
static void find_lengths(const uint32_t *weights, int symbols, int longest, uint8_t *lengths) {
  leaf leaves[literal_symbols];
  int used = 0;
  memset(lengths, 0, (size_t)symbols);
  for (int symbol = 0; symbol < symbols; symbol++)
    if (weights[symbol]) leaves[used++] = (leaf){weights[symbol], (uint16_t)symbol};
  qsort(leaves, (size_t)used, sizeof(leaf), compare_leaves);

  // Nodes 0 ..< used are the leaves, lightest first; inner nodes follow in order of weight, so the two
  // lightest nodes without a parent are at the heads of two queues.
  uint32_t inner[literal_symbols];
  uint16_t parent[2 * literal_symbols];
  int next_leaf = 0, next_inner = 0;
  for (int made = 0; made < used - 1; made++) {
    uint32_t sum = 0;
    for (int child = 0; child < 2; child++) {
      int takes_leaf = next_leaf < used &&
                       (next_inner >= made || leaves[next_leaf].weight <= inner[next_inner]);
      sum += takes_leaf ? leaves[next_leaf].weight : inner[next_inner];
      parent[takes_leaf ? next_leaf++ : used + next_inner++] = (uint16_t)(used + made);
    }
    inner[made] = sum;
  }
  uint8_t depth[2 * literal_symbols];
  int of_length[longest_code + 1] = {0};
  depth[2 * used - 2] = 0;
  for (int node = 2 * used - 3; node >= 0; node--) {
    depth[node] = depth[parent[node]] + 1;
    if (node < used) of_length[depth[node] < longest ? depth[node] : longest]++;
  }
  // Codes that were too long now overfill the code space; lengthen shorter ones until it fits.
  uint32_t space = 0;
  for (int length = 1; length <= longest; length++)
    space += (uint32_t)of_length[length] << (longest - length);
  for (; space > 1u << longest; space--) {
    int length = longest - 1;
    while (!of_length[length]) length--;
    of_length[length]--;
    of_length[length + 1] += 2;
    of_length[longest]--;
  }
  int position = used;
  for (int length = 1; length <= longest; length++)
    for (int index = 0; index < of_length[length]; index++)
      lengths[leaves[--position].symbol] = (uint8_t)length;
}

// Canonical codes (RFC 1951, 3.2.2), bits reversed as they are written.
static void find_codes(const uint8_t *lengths, int symbols, uint16_t *codes) {
  int of_length[longest_code + 1] = {0};
  for (int symbol = 0; symbol < symbols; symbol++) of_length[lengths[symbol]]++;
  of_length[0] = 0;
  uint32_t next[longest_code + 2] = {0};
  for (int length = 1; length <= longest_code; length++)
    next[length + 1] = (next[length] + (uint32_t)of_length[length]) << 1;
  for (int symbol = 0; symbol < symbols; symbol++) {
    uint32_t code = next[lengths[symbol]]++, reversed = 0;
    for (int bit = 0; bit < lengths[symbol]; bit++)
      reversed |= (code >> bit & 1) << (lengths[symbol] - 1 - bit);
    codes[symbol] = (uint16_t)reversed;
  }
}

// A run's length as symbol, extra bits and their number (RFC 1951, 3.2.5).
static void split_run(int length, int *symbol, int *extra, int *extra_bits) {
  if (length == maximum_run) {
    *symbol = 285;
    *extra = *extra_bits = 0;
    return;
  }
  int rest = length - minimum_run, bits = 0;
  while (rest >> bits >= 8) bits++;
  *symbol = 257 + 4 * bits + (rest >> bits);
  *extra = rest & ((1 << bits) - 1);
  *extra_bits = bits;
}

// The block's header: which codes it uses.
static void write_code_lengths(bit_writer *writer, const uint8_t *literal_lengths) {
  static const uint8_t order[length_symbols] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                11, 4,  12, 3, 13, 2, 14, 1, 15};
  // The last is the length of the only distance code (distance 1).
  uint8_t all[literal_symbols + 1];
  memcpy(all, literal_lengths, literal_symbols);
  all[literal_symbols] = 1;

  // Zeros are run-length coded (17: 3…10, 18: 11…138), other lengths written one by one.
  uint8_t symbols[literal_symbols + 1], extras[literal_symbols + 1];
  uint32_t weights[length_symbols] = {0};
  int written = 0;
  for (int index = 0; index <= literal_symbols;) {
    int zeros = 0;
    while (index + zeros <= literal_symbols && !all[index + zeros] && zeros < 138) zeros++;
    uint8_t symbol = zeros >= 11 ? 18 : zeros >= 3 ? 17 : all[index];
    symbols[written] = symbol;
    extras[written++] = (uint8_t)(zeros >= 11 ? zeros - 11 : zeros >= 3 ? zeros - 3 : 0);
    weights[symbol]++;
    index += zeros >= 3 ? zeros : 1;
  }
  uint8_t lengths[length_symbols];
  uint16_t codes[length_symbols];
  // The code must have two symbols: the distance's 1 always occurs, and one other.
  if (!weights[0]) weights[0] = 1;
  find_lengths(weights, length_symbols, longest_length_code, lengths);
  find_codes(lengths, length_symbols, codes);

  put(writer, literal_symbols - 257, 5);
  put(writer, 0, 5);
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

typedef struct {
  uint32_t bits;
  uint32_t count;
} token_code;

static void write_block(bit_writer *writer, const uint16_t *tokens, size_t count,
                        const uint32_t *token_weights, int is_last) {
  uint32_t weights[literal_symbols] = {0};
  memcpy(weights, token_weights, 256 * sizeof(uint32_t));
  weights[end_of_block] = 1;
  int symbol, extra, extra_bits;
  for (int length = minimum_run; length <= maximum_run; length++) {
    split_run(length, &symbol, &extra, &extra_bits);
    weights[symbol] += token_weights[run_token + length];
  }
  uint8_t lengths[literal_symbols];
  uint16_t codes[literal_symbols];
  find_lengths(weights, literal_symbols, longest_code, lengths);
  find_codes(lengths, literal_symbols, codes);

  put(writer, is_last ? 1 : 0, 1);
  put(writer, 2, 2);
  write_code_lengths(writer, lengths);

  // All bits of a token at once: for a run also its extra bits and the distance's one bit, 0.
  token_code table[run_token + maximum_run + 1];
  for (int byte = 0; byte < 256; byte++) table[byte] = (token_code){codes[byte], lengths[byte]};
  for (int length = minimum_run; length <= maximum_run; length++) {
    split_run(length, &symbol, &extra, &extra_bits);
    table[run_token + length] =
        (token_code){codes[symbol] | (uint32_t)extra << lengths[symbol],
                     (uint32_t)(lengths[symbol] + extra_bits + 1)};
  }
  // A token has at most 15 + 5 + 1 bits, and at most 7 are pending.
  size_t index = 0;
  for (; index + 2 <= count; index += 2) {
    put(writer, table[tokens[index]].bits, table[tokens[index]].count);
    put(writer, table[tokens[index + 1]].bits, table[tokens[index + 1]].count);
    flush_bytes(writer);
  }
  if (index < count) put(writer, table[tokens[index]].bits, table[tokens[index]].count);
  put(writer, codes[end_of_block], lengths[end_of_block]);
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

// 286 symbols need 9 bits each at the very most, and a block's header is below 600 bytes.
size_t exl_deflate_bound(size_t count) {
  return count + count / 4 + (count / block_tokens + 1) * 600 + 64;
}

size_t exl_deflate_runs(const uint8_t *bytes, size_t count, uint8_t *stream) {
  uint16_t tokens[block_tokens];
  stream[0] = 0x78;
  stream[1] = 0x01;
  bit_writer writer = {stream + 2, 0, 0};
  size_t offset = 0;
  do {
    uint32_t weights[run_token + maximum_run + 1] = {0};
    size_t made = 0;
    while (offset < count && made < block_tokens) {
      size_t run = 0;
      if (offset > 0) {
        uint8_t byte = bytes[offset - 1];
        size_t limit = count - offset < maximum_run ? count - offset : maximum_run;
        while (run < limit && bytes[offset + run] == byte) run++;
      }
      uint16_t token = run >= minimum_run ? (uint16_t)(run_token + run) : bytes[offset];
      weights[token]++;
      tokens[made++] = token;
      offset += run >= minimum_run ? run : 1;
    }
    write_block(&writer, tokens, made, weights, offset == count);
  } while (offset < count);
  put(&writer, 0, (8 - writer.count) & 7);
  flush_bytes(&writer);
  uint32_t adler = adler32_of(bytes, count);
  for (int shift = 24; shift >= 0; shift -= 8) *writer.next++ = (uint8_t)(adler >> shift);
  return (size_t)(writer.next - stream);
}
