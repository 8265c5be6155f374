#ifndef EXITLENS_CPROCESSOR_H
#define EXITLENS_CPROCESSOR_H

// The widest vectors that this processor and system run, of those that kernels are compiled for: one answer for our own
// kernels and for the choice of OpenBLAS's, so that a machine has one name for the instructions of all.
typedef enum {
  // SSE2 on x86-64, NEON on arm64.
  EXL_VECTORS_BASELINE = 0,
  // With FMA.
  EXL_VECTORS_AVX2 = 1,
  // F, DQ, BW and VL, and all of the above.
  EXL_VECTORS_AVX512 = 2,
} exl_vectors;

exl_vectors exl_widest_vectors(void);
#endif
