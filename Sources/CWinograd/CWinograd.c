#include "CWinograd.h"

#include <string.h>

// Outputs and inputs along a side of a tile.
#define TILE 2
#define SEEN (TILE + 2)
#define FREQUENCIES EXL_WINOGRAD_FREQUENCIES

// The kernels are written once, over vectors of W floats with MR rows of accumulators, and compiled
// for each instruction set.
#define JOIN_NOW(a, b) a##_##b
#define JOIN(a, b) JOIN_NOW(a, b)
#define NAME(name) JOIN(name, SET)
#define LOAD(p) (*(const vec *)(p))
#define STORE(p, value) (*(vec *)(p) = (value))
#define NR (2 * W)

// SSE2 on x86-64, NEON on arm64: sixteen or more registers of four floats.
#define SET baseline
#define TITLE "baseline"
#define W 4
#define MR 4
#include "Kernels.inc"
#undef SET
#undef TITLE
#undef W
#undef MR

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define SET avx2
#define TITLE "AVX2"
#define W 8
#define MR 6
#include "Kernels.inc"
#undef SET
#undef TITLE
#undef W
#undef MR
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#define SET avx512
#define TITLE "AVX-512"
#define W 16
#define MR 14
#include "Kernels.inc"
#undef SET
#undef TITLE
#undef W
#undef MR
#pragma clang attribute pop
#endif

const exl_winograd_kernels *exl_winograd_choice(int index) {
  const exl_winograd_kernels *usable[3] = {NULL};
  int count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    usable[count++] = &kernels_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    usable[count++] = &kernels_avx2;
#endif
  usable[count++] = &kernels_baseline;
  return index >= 0 && index < count ? usable[index] : NULL;
}

size_t exl_winograd_scratch(int tiles, int outputs, int inputs) {
  // The widest MR; see weight_product.
  return (size_t)tiles * (outputs + 14 + inputs);
}
