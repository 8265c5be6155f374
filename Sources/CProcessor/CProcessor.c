#include "CProcessor.h"

exl_vectors exl_widest_vectors(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    return EXL_VECTORS_AVX512;
  if (has_avx2) return EXL_VECTORS_AVX2;
#endif
  return EXL_VECTORS_BASELINE;
}
