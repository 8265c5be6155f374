#include "CWinograd.h"

#include <CProcessor.h>

// Outputs and inputs along a side of a tile.
#define TILE 2
#define SEEN (TILE + 2)
#define FREQUENCIES EXL_WINOGRAD_FREQUENCIES

// The kernels are written once, over vectors of W floats with MR rows of accumulators, and compiled
// for each instruction set. LOW_HALVES and HIGH_HALVES interleave the halves of two vectors. Kernels.inc
// undefines what is defined for it.
#define JOIN_NOW(a, b) a##_##b
#define JOIN(a, b) JOIN_NOW(a, b)
#define NAME(name) JOIN(name, SET)
#define LOAD(p) (*(const vec *)(p))
#define STORE(p, value) (*(vec *)(p) = (value))
#define NR (2 * W)
// The largest MR of all.
#define MOST_ROWS 14

static inline int smaller(int a, int b) { return a < b ? a : b; }

// Where a tile's outputs begin.
typedef struct {
  int image, top, left;
} place;

static inline place place_of(exl_winograd_grid grid, int tile) {
  const int across = (grid.width + TILE - 1) / TILE, down = (grid.height + TILE - 1) / TILE;
  const int in_image = tile % (across * down);
  return (place){tile / (across * down), in_image / across * TILE, in_image % across * TILE};
}

// SSE2 on x86-64, NEON on arm64: sixteen or more registers of four floats.
#define SET baseline
#define TITLE "baseline"
#define W 4
#define LOW_HALVES 0, 4, 1, 5
#define HIGH_HALVES 2, 6, 3, 7
#define MR 4
#include "Kernels.inc"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define SET avx2
#define TITLE "AVX2"
#define W 8
#define LOW_HALVES 0, 8, 1, 9, 2, 10, 3, 11
#define HIGH_HALVES 4, 12, 5, 13, 6, 14, 7, 15
#define MR 6
#include "Kernels.inc"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#define SET avx512
#define TITLE "AVX-512"
#define W 16
#define LOW_HALVES 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define HIGH_HALVES 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#define MR MOST_ROWS
#include "Kernels.inc"
#pragma clang attribute pop
#endif

const exl_winograd_kernels *exl_winograd_choice(int index) {
  const exl_winograd_kernels *usable[3] = {NULL};
  int count = 0;
#if defined(__x86_64__)
  exl_vectors widest = exl_widest_vectors();
  if (widest >= EXL_VECTORS_AVX512) usable[count++] = &kernels_avx512;
  if (widest >= EXL_VECTORS_AVX2) usable[count++] = &kernels_avx2;
#endif
  usable[count++] = &kernels_baseline;
  return index >= 0 && index < count ? usable[index] : NULL;
}

size_t exl_winograd_scratch(int tiles, int outputs, int inputs) {
  // See weight_product: the outputs are packed in whole groups of rows.
  return (size_t)tiles * (outputs + MOST_ROWS + inputs);
}
