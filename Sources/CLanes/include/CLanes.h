#ifndef CLANES_H
#define CLANES_H

// Runs body(context, lane) for every lane of 0..<count at the same time, lane 0 on the calling thread, and
// waits for all. Threads are kept between calls and watch for the next one for some microseconds
// before they sleep: waking a thread takes longer than many a layer at batch 1.
//
// Returns 0, having run nothing, where the threads are at work for another caller (or for this one, who
// is inside a body), or could not be made.
int exl_lanes_run(int count, void (*body)(void *context, int lane), void *context);

#endif
