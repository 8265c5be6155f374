#include "CRows.h"

// A fused multiply-add would round once where other machines round twice.
#pragma STDC FP_CONTRACT OFF

// Half a row, wherever it lies. Narrower machines split it.
typedef double half __attribute__((vector_size(64), aligned(8), may_alias));
#define HALF(address) (*(half *)(address))

// The sums of GROUP resamples stay in registers while they pass over the rows.
#define DEFINE(NAME, GROUP)                                                                        \
  static void NAME##_group(const double *rows, size_t count, const float *weights,                 \
                           size_t weights_stride, double *sums, size_t sums_stride) {              \
    half low[GROUP], high[GROUP];                                                                  \
    for (int k = 0; k < GROUP; k++) {                                                              \
      low[k] = HALF(sums + k * sums_stride);                                                       \
      high[k] = HALF(sums + k * sums_stride + 8);                                                  \
    }                                                                                              \
    for (size_t row = 0; row < count; row++) {                                                     \
      half left = HALF(rows + row * EXL_ROW_WIDTH), right = HALF(rows + row * EXL_ROW_WIDTH + 8);  \
      for (int k = 0; k < GROUP; k++) {                                                            \
        double weight = weights[k * weights_stride + row];                                         \
        low[k] += weight * left;                                                                   \
        high[k] += weight * right;                                                                 \
      }                                                                                            \
    }                                                                                              \
    for (int k = 0; k < GROUP; k++) {                                                              \
      HALF(sums + k * sums_stride) = low[k];                                                       \
      HALF(sums + k * sums_stride + 8) = high[k];                                                  \
    }                                                                                              \
  }                                                                                                \
  static void NAME##_one(const double *rows, size_t count, const float *weights, double *sums) {   \
    half low = HALF(sums), high = HALF(sums + 8);                                                  \
    for (size_t row = 0; row < count; row++) {                                                     \
      double weight = weights[row];                                                                \
      low += weight * HALF(rows + row * EXL_ROW_WIDTH);                                            \
      high += weight * HALF(rows + row * EXL_ROW_WIDTH + 8);                                       \
    }                                                                                              \
    HALF(sums) = low;                                                                              \
    HALF(sums + 8) = high;                                                                         \
  }                                                                                                \
  static void NAME(const double *rows, size_t count, const float *weights,                         \
                   size_t weights_stride, size_t resamples, double *sums, size_t sums_stride) {    \
    size_t k = 0;                                                                                  \
    for (; k + GROUP <= resamples; k += GROUP)                                                     \
      NAME##_group(rows, count, weights + k * weights_stride, weights_stride,                      \
                   sums + k * sums_stride, sums_stride);                                           \
    for (; k < resamples; k++)                                                                     \
      NAME##_one(rows, count, weights + k * weights_stride, sums + k * sums_stride);               \
  }

DEFINE(add_baseline, 1)

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
DEFINE(add_avx2, 2)
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f"))), apply_to = function)
DEFINE(add_avx512, 6)
#pragma clang attribute pop
#endif

void exl_add_weighted_rows(const double *rows, size_t count, const float *weights,
                           size_t weights_stride, size_t resamples, double *sums,
                           size_t sums_stride) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) {
    add_avx512(rows, count, weights, weights_stride, resamples, sums, sums_stride);
    return;
  }
  if (__builtin_cpu_supports("avx2")) {
    add_avx2(rows, count, weights, weights_stride, resamples, sums, sums_stride);
    return;
  }
#endif
  add_baseline(rows, count, weights, weights_stride, resamples, sums, sums_stride);
}
