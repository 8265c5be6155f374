#include "CLanes.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

enum {
  MOST_WORKERS = 255,
  // Of `relax`, some 20 µs.
  SPINS = 1500
};

// Held by the caller whose job runs.
static pthread_mutex_t owner = PTHREAD_MUTEX_INITIALIZER;
// The job; written by the owner before it raises `generation`, read by workers after.
static exl_lane_code job;
static void *job_context;
static int job_lanes;
// Threads that work on it, the owner's among them: thread T takes the lanes T, T + job_threads, …
static int job_threads;
// Raised by one for every job.
static atomic_uint generation;
// Workers that have not finished with the present job, those without a lane in it included.
static atomic_int pending;
static int workers;
// Whether the system would start no more of them; it is not asked again.
static int refused;

static pthread_mutex_t sleep_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static atomic_int sleepers;

// Leaves the core to its other hardware thread for a moment.
static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static unsigned next_generation(unsigned seen) {
  for (int spin = 0; spin < SPINS; spin++) {
    const unsigned now = atomic_load(&generation);
    if (now != seen) return now;
    relax();
  }
  // The owner raises `generation` before it looks for sleepers, and a sleeper is counted before it looks at
  // `generation`: one of the two sees the other.
  pthread_mutex_lock(&sleep_lock);
  atomic_fetch_add(&sleepers, 1);
  unsigned now;
  while ((now = atomic_load(&generation)) == seen) pthread_cond_wait(&wake, &sleep_lock);
  atomic_fetch_sub(&sleepers, 1);
  pthread_mutex_unlock(&sleep_lock);
  return now;
}

static void run_lanes(int thread) {
  if (thread >= job_threads) return;
  for (int lane = thread; lane < job_lanes; lane += job_threads) job(lane, job_context);
}

typedef struct {
  int thread;
  unsigned seen;
} beginning;
static beginning beginnings[MOST_WORKERS];

static void *work(void *argument) {
  const int thread = ((beginning *)argument)->thread;
  unsigned seen = ((beginning *)argument)->seen;
  for (;;) {
    seen = next_generation(seen);
    run_lanes(thread);
    atomic_fetch_sub(&pending, 1);
  }
}

// Makes threads for all lanes but the owner's, as far as there are any to be had; they are never ended.
static void provide_workers(int count) {
  while (workers < count - 1 && workers < MOST_WORKERS && !refused) {
    beginnings[workers] = (beginning){workers + 1, atomic_load(&generation)};
    // Signals are for the program's own threads.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    const int failed = pthread_create(&thread, NULL, work, &beginnings[workers]);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failed) {
      refused = 1;
    } else {
      pthread_detach(thread);
      workers++;
    }
  }
}

__attribute__((swiftcall)) int32_t exl_lanes_run(
    intptr_t count, exl_lane_code code, void *context) {
  if (pthread_mutex_trylock(&owner) != 0) return 0;
  provide_workers((int)count);
  job = code;
  job_context = context;
  job_lanes = (int)count;
  job_threads = workers < job_lanes ? workers + 1 : job_lanes;
  atomic_store(&pending, workers);
  atomic_fetch_add(&generation, 1);
  if (atomic_load(&sleepers) > 0) {
    pthread_mutex_lock(&sleep_lock);
    pthread_cond_broadcast(&wake);
    pthread_mutex_unlock(&sleep_lock);
  }
  run_lanes(0);
  for (int spin = 0; atomic_load(&pending) > 0; spin++) {
    if (spin < SPINS)
      relax();
    else
      sched_yield();
  }
  pthread_mutex_unlock(&owner);
  return 1;
}
