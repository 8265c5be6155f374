#define _GNU_SOURCE
#include "COpenBLAS.h"

#include <CProcessor.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "Buffers.h"
#if defined(__x86_64__)
#include <cpuid.h>
#endif

enum { ROW_MAJOR = 101, NO_TRANSPOSE = 111, TRANSPOSE = 112 };

typedef void (*sgemm_function)(int order, int transpose_a, int transpose_b, int m, int n, int k,
                               float alpha, const float *a, int lda, const float *b, int ldb,
                               float beta, float *c, int ldc);

static pthread_once_t once = PTHREAD_ONCE_INIT;
static exl_blas_status status = EXL_BLAS_NO_LIBRARY;
static char error_text[512] = "";
static char core_text[64] = "";
static char config_text[256] = "";
static const char *chooser_text = "";
static sgemm_function sgemm = NULL;

static void copy_text(char *target, size_t capacity, const char *source) {
  strncpy(target, source ? source : "", capacity - 1);
  target[capacity - 1] = 0;
}

// The names are OpenBLAS's own core types. NULL leaves the choice to OpenBLAS.
static const char *kernel_for_this_cpu(void) {
  switch (exl_widest_vectors()) {
  case EXL_VECTORS_AVX512: return "SkylakeX";
  case EXL_VECTORS_AVX2: return "Haswell";
  case EXL_VECTORS_BASELINE: break;
  }
  return NULL;
}

// OpenBLAS sizes its panels by the L2 cache that CPUID leaf 0x80000006 reports; some virtual
// machines report none, and 0.3.21 then crashes. Returns whether it set the variable.
static int provide_cache_size(void) {
#if defined(__x86_64__)
  unsigned int a = 0, b = 0, c = 0, d = 0;
  int known = __get_cpuid(0x80000006, &a, &b, &c, &d) && (c >> 16) != 0;
  if (!known && !getenv("OPENBLAS_L2_SIZE"))
    return setenv("OPENBLAS_L2_SIZE", "512", 0) == 0;
#endif
  return 0;
}

static void open_library(void) {
  if (!exl_buffers_begin()) {
    status = EXL_BLAS_NO_MEMORY;
    return;
  }
  const char *wish = getenv("OPENBLAS_CORETYPE");
  int chosen = 0;
  chooser_text = "openblas";
  if (wish && *wish) {
    chooser_text = "user";
  } else {
    const char *kernel = kernel_for_this_cpu();
    if (kernel) {
      chosen = setenv("OPENBLAS_CORETYPE", kernel, 1) == 0;
      chooser_text = "exitlens";
    }
  }
  int sized = provide_cache_size();
  // A thread a core would wait for products that never come, and where one cannot be started OpenBLAS raises SIGINT.
  const char *threads = getenv("OPENBLAS_NUM_THREADS");
  char *old_threads = threads ? strdup(threads) : NULL;
  setenv("OPENBLAS_NUM_THREADS", "1", 1);

  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  // Its constructor has read them. A child process would take them for the user's own wish.
  if (chosen) unsetenv("OPENBLAS_CORETYPE");
  if (sized) unsetenv("OPENBLAS_L2_SIZE");
  if (old_threads)
    setenv("OPENBLAS_NUM_THREADS", old_threads, 1);
  else
    unsetenv("OPENBLAS_NUM_THREADS");
  free(old_threads);
  if (!library) {
    copy_text(error_text, sizeof error_text, dlerror());
    return;
  }
  sgemm = (sgemm_function)dlsym(library, "cblas_sgemm");
  void (*set_threads)(int) = (void (*)(int))dlsym(library, "openblas_set_num_threads");
  char *(*core)(void) = (char *(*)(void))dlsym(library, "openblas_get_corename");
  char *(*config)(void) = (char *(*)(void))dlsym(library, "openblas_get_config");
  if (!sgemm || !set_threads || !core || !config) {
    copy_text(error_text, sizeof error_text, dlerror());
    status = EXL_BLAS_NO_SYMBOL;
    return;
  }
  // ExitLens splits the work over images itself; threads inside GEMM as well would fight for cores.
  set_threads(1);
  copy_text(core_text, sizeof core_text, core());
  copy_text(config_text, sizeof config_text, config());
  // Takes the first buffer before others take its memory: large enough a product for the kernels that need one.
  enum { SIDE = 128 };
  float *square = calloc(2 * SIDE * SIDE, sizeof(float));
  if (square)
    exl_sgemm(0, 0, SIDE, SIDE, SIDE, 1, square, SIDE, square, SIDE, 0, square + SIDE * SIDE, SIDE);
  free(square);
  status = EXL_BLAS_READY;
}

exl_blas_status exl_blas_open(void) {
  pthread_once(&once, open_library);
  return status;
}

const char *exl_blas_error(void) { return error_text; }
const char *exl_blas_core(void) { return core_text; }
const char *exl_blas_config(void) { return config_text; }
const char *exl_blas_chooser(void) { return chooser_text; }

void exl_sgemm(int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a,
               int lda, const float *b, int ldb, float beta, float *c, int ldc) {
  exl_buffers_enter();
  sgemm(ROW_MAJOR, transpose_a ? TRANSPOSE : NO_TRANSPOSE, transpose_b ? TRANSPOSE : NO_TRANSPOSE,
        m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
  exl_buffers_leave();
}
