#ifndef EXITLENS_COPENBLAS_H
#define EXITLENS_COPENBLAS_H

#include <stddef.h>

// OpenBLAS reads OPENBLAS_CORETYPE in its constructor, which runs before main when it is linked.
// Debian's 0.3.21 does not know newer CPUs and falls back to SSE3 kernels on them, five times
// slower. So it is opened at run time, after the kernel has been chosen by CPU feature. A core type
// that the user has set is kept.

typedef enum {
  EXL_BLAS_READY = 0,
  EXL_BLAS_NO_LIBRARY = 1,
  EXL_BLAS_NO_SYMBOL = 2,
  // For the library and one buffer.
  EXL_BLAS_NO_MEMORY = 3,
} exl_blas_status;

// What OpenBLAS takes for every product that runs at a time (its BUFFER_SIZE, the same on x86-64 and arm64).
enum { EXL_BLAS_BUFFER_BYTES = 128 << 20 };

// Whether the system would give this process so many bytes more now. It is asked, since limits, other programs and what
// this one has taken all count; pages that nobody writes to cost nothing.
int exl_has_room(size_t bytes);

// Opens the library; later calls return the first call's status. Thread-safe.
exl_blas_status exl_blas_open(void);
// What dlerror() said when opening failed, or "".
const char *exl_blas_error(void);
// The kernel that OpenBLAS runs, such as "SkylakeX"; "" before a successful open.
const char *exl_blas_core(void);
// OpenBLAS's own description of its build, or "".
const char *exl_blas_config(void);
// Who chose the kernel: "user" (OPENBLAS_CORETYPE was set), "exitlens" (by CPU feature) or
// "openblas" (its own choice).
const char *exl_blas_chooser(void);

// C (m×n) = alpha · op(A) · op(B) + beta · C, row-major, single-threaded inside OpenBLAS.
void exl_sgemm(int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a,
               int lda, const float *b, int ldb, float beta, float *c, int ldc);
#endif
