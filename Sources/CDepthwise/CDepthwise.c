#include "CDepthwise.h"

#include <CProcessor.h>

#include <stddef.h>

// The kernels are written once, over vectors of W floats, and compiled for each instruction set.
#define JOIN_NOW(a, b) a##_##b
#define JOIN(a, b) JOIN_NOW(a, b)
#define NAME(name) JOIN(name, SET)

// For channels that do not fill a vector.
#define SET one
#define W 1
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunused-function"
#include "Rows.inc"
#pragma clang diagnostic pop

// SSE2 on x86-64, NEON on arm64.
#define SET baseline
#define W 4
#include "Rows.inc"
static const exl_depthwise_kernels kernels_baseline = {"baseline", row_baseline, weights_baseline};

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define SET avx2
#define W 8
#include "Rows.inc"
#pragma clang attribute pop
static const exl_depthwise_kernels kernels_avx2 = {"AVX2", row_avx2, weights_avx2};

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#define SET avx512
#define W 16
#include "Rows.inc"
#pragma clang attribute pop
static const exl_depthwise_kernels kernels_avx512 = {"AVX-512", row_avx512, weights_avx512};
#endif

const exl_depthwise_kernels *exl_depthwise_choice(int index) {
  const exl_depthwise_kernels *usable[3] = {NULL};
  int count = 0;
#if defined(__x86_64__)
  exl_vectors widest = exl_widest_vectors();
  if (widest >= EXL_VECTORS_AVX512) usable[count++] = &kernels_avx512;
  if (widest >= EXL_VECTORS_AVX2) usable[count++] = &kernels_avx2;
#endif
  usable[count++] = &kernels_baseline;
  return index >= 0 && index < count ? usable[index] : NULL;
}
