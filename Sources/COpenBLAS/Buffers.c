#define _GNU_SOURCE
#include "Buffers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include "COpenBLAS.h"

enum { LIBRARY_BYTES = 48 << 20 };

// Buffers that OpenBLAS has or can get, and products that run: never more than those.
static atomic_int buffers;
static atomic_int running;
static atomic_int waiting;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t left = PTHREAD_COND_INITIALIZER;

int exl_has_room(size_t bytes) {
  void *place = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED) return 0;
  munmap(place, bytes);
  return 1;
}

int exl_buffers_begin(void) {
  if (!exl_has_room(LIBRARY_BYTES + EXL_BLAS_BUFFER_BYTES)) return 0;
  atomic_store(&buffers, 1);
  return 1;
}

static int enter_if_free(void) {
  int now = atomic_load(&running);
  while (now < atomic_load(&buffers))
    if (atomic_compare_exchange_weak(&running, &now, now + 1)) return 1;
  return 0;
}

void exl_buffers_enter(void) {
  if (enter_if_free()) return;
  pthread_mutex_lock(&gate);
  // Counted before it looks; a leaver looks for it after it has left: one of the two sees the other.
  atomic_fetch_add(&waiting, 1);
  while (!enter_if_free()) {
    // A little more than the buffer, for what other threads take between this question and OpenBLAS's own.
    if (exl_has_room(EXL_BLAS_BUFFER_BYTES + (EXL_BLAS_BUFFER_BYTES >> 3)))
      atomic_fetch_add(&buffers, 1);
    else
      pthread_cond_wait(&left, &gate);
  }
  atomic_fetch_sub(&waiting, 1);
  pthread_mutex_unlock(&gate);
}

void exl_buffers_leave(void) {
  atomic_fetch_sub(&running, 1);
  if (atomic_load(&waiting) > 0) {
    pthread_mutex_lock(&gate);
    pthread_cond_signal(&left);
    pthread_mutex_unlock(&gate);
  }
}
