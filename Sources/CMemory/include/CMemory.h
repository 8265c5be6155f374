#ifndef EXITLENS_CMEMORY_H
#define EXITLENS_CMEMORY_H

// Out of memory in one line. Swift's runtime, Foundation and the C libraries cannot be asked for memory in a way that
// may fail: they end in a trap and a backtrace, or in a loop. So a program that has this target asks the C library
// itself, by functions of malloc's names that take its place (the GNU C Library's manual, "Replacing malloc"), hand
// every call on, and where there is no memory write one line on standard error and end the process with code 1.
//
// What it does not see: memory that is promised and then not there. Linux ends a process that touches such
// memory with SIGKILL.

// Keeps address space where there is a limit on it: call it first of all. (The C library reserves 64 MiB for every thread.)
void exl_memory_begin(void);
#endif
