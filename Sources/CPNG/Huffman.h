#ifndef EXITLENS_HUFFMAN_H
#define EXITLENS_HUFFMAN_H
#include <stdint.h>

enum {
  exl_most_symbols = 286,
  exl_longest_code = 15,
};

// Code lengths of at most `longest` bits; 0 for symbols that do not occur. Two or more must.
void exl_huffman_lengths(const uint32_t *weights, int symbols, int longest, uint8_t *lengths);

// Canonical codes (RFC 1951, 3.2.2), bits reversed as they are written.
void exl_huffman_codes(const uint8_t *lengths, int symbols, uint16_t *codes);
#endif
