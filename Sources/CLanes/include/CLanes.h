#ifndef CLANES_H
#define CLANES_H

#include <stdint.h>

// A Swift closure of type (Int) -> Void: its code, and where its captured values lie.
typedef __attribute__((swiftcall)) void (*exl_lane_code)(
    intptr_t lane, __attribute__((swift_context)) void *context);

// Runs the closure for every lane of 0..<count at the same time, lane 0 on the calling thread, and waits
// for all. Where the system starts fewer threads, each takes several lanes, down to the caller alone.
// Threads are kept between calls and watch for the next one for some microseconds before they sleep:
// waking a thread takes longer than many a layer at batch 1.
//
// Swift calls this with a non-escaping closure, which goes over as these two words and stays on the caller's
// stack: as a block, or through withoutActuallyEscaping, every call would allocate.
//
// Returns 0, having run nothing, where the threads are at work for another caller (or for this one, who
// is inside a body).
__attribute__((swiftcall)) int32_t exl_lanes_run(
    intptr_t count, exl_lane_code code, void *context);

#endif
