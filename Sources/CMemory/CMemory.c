#define _GNU_SOURCE
#include "CMemory.h"

#if defined(__GLIBC__) || defined(__gnu_linux__)
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

// The C library's own, under the names that it keeps for those who take the usual ones.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

// The bytes of address space that a limit leaves, 0 for no limit.
static unsigned long long limit_of(__rlimit_resource_t resource) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return 0;
  return limit.rlim_cur;
}

void exl_memory_begin(void) {
  if (limit_of(RLIMIT_AS) || limit_of(RLIMIT_DATA)) mallopt(M_ARENA_MAX, 1);
}

// Nothing here may allocate.
static _Noreturn void end(size_t bytes) {
  static atomic_flag told = ATOMIC_FLAG_INIT;
  if (atomic_flag_test_and_set(&told))
    for (;;) pause();
  char hint[160];
  const unsigned long long space = limit_of(RLIMIT_AS), data = limit_of(RLIMIT_DATA);
  if (space)
    snprintf(hint, sizeof hint, "raise `ulimit -v`, which is %llu", space >> 10);
  else if (data)
    snprintf(hint, sizeof hint, "raise `ulimit -d`, which is %llu", data >> 10);
  else
    snprintf(hint, sizeof hint, "end other programs");
  char line[400];
  const int length = snprintf(
      line, sizeof line,
      "exitlens: out of memory: expected %.*f %s more, got none; %s, or take less at a time (smaller "
      "--batch-size, --size or data, fewer --threads or --jobs)\n",
      bytes < 1000000 ? 0 : 1, bytes < 1000000 ? (double)bytes : bytes / 1e6,
      bytes < 1000000 ? "bytes" : "MB", hint);
  if (write(STDERR_FILENO, line, length) < 0) _exit(1);
  _exit(1);
}

void *malloc(size_t size) {
  void *memory = __libc_malloc(size);
  if (!memory) end(size);
  return memory;
}

void *calloc(size_t count, size_t size) {
  void *memory = __libc_calloc(count, size);
  size_t bytes;
  if (!memory) end(__builtin_mul_overflow(count, size, &bytes) ? (size_t)-1 : bytes);
  return memory;
}

void *realloc(void *old, size_t size) {
  void *memory = __libc_realloc(old, size);
  // Of size 0 it frees.
  if (!memory && size) end(size);
  return memory;
}

void *memalign(size_t alignment, size_t size) {
  void *memory = __libc_memalign(alignment, size);
  if (!memory) end(size);
  return memory;
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0)
    return EINVAL;
  *result = memalign(alignment, size);
  return 0;
}
#else
void exl_memory_begin(void) {}
#endif
