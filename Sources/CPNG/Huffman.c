#include "Huffman.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  uint32_t weight;
  uint16_t symbol;
} leaf;

static int compare_leaves(const void *first, const void *second) {
  const leaf *a = first, *b = second;
  if (a->weight != b->weight) return a->weight < b->weight ? -1 : 1;
  return (int)a->symbol - (int)b->symbol;
}

void exl_huffman_lengths(const uint32_t *weights, int symbols, int longest, uint8_t *lengths) {
  leaf leaves[exl_most_symbols];
  int used = 0;
  memset(lengths, 0, (size_t)symbols);
  for (int symbol = 0; symbol < symbols; symbol++)
    if (weights[symbol]) leaves[used++] = (leaf){weights[symbol], (uint16_t)symbol};
  qsort(leaves, (size_t)used, sizeof(leaf), compare_leaves);

  // Nodes 0 ..< used are the leaves, lightest first; inner nodes follow in order of weight, so the two
  // lightest nodes without a parent are at the heads of two queues.
  uint32_t inner[exl_most_symbols];
  uint16_t parent[2 * exl_most_symbols];
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
  uint8_t depth[2 * exl_most_symbols];
  int of_length[exl_longest_code + 1] = {0};
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

void exl_huffman_codes(const uint8_t *lengths, int symbols, uint16_t *codes) {
  int of_length[exl_longest_code + 1] = {0};
  for (int symbol = 0; symbol < symbols; symbol++) of_length[lengths[symbol]]++;
  of_length[0] = 0;
  uint32_t next[exl_longest_code + 2] = {0};
  for (int length = 1; length <= exl_longest_code; length++)
    next[length + 1] = (next[length] + (uint32_t)of_length[length]) << 1;
  for (int symbol = 0; symbol < symbols; symbol++) {
    uint32_t code = next[lengths[symbol]]++, reversed = 0;
    for (int bit = 0; bit < lengths[symbol]; bit++)
      reversed |= (code >> bit & 1) << (lengths[symbol] - 1 - bit);
    codes[symbol] = (uint16_t)reversed;
  }
}
