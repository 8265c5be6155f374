// Counts a program's calls of malloc; printed when it ends. Used by allocations.sh.
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>

extern void *__libc_malloc(size_t size);
static atomic_long calls;

void *malloc(size_t size) {
  atomic_fetch_add(&calls, 1);
  return __libc_malloc(size);
}

__attribute__((destructor)) static void report(void) {
  fprintf(stderr, "%ld\n", atomic_load(&calls));
}
