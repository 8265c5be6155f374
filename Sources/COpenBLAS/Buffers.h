#ifndef EXITLENS_BUFFERS_H
#define EXITLENS_BUFFERS_H

// OpenBLAS takes a buffer for every product that runs at a time, keeps it for later ones, and where the system gives no
// memory for one asks again for ever. So products wait here until there is a buffer for each.

// Whether there is memory for the library and a first buffer.
int exl_buffers_begin(void);
// Around a product.
void exl_buffers_enter(void);
void exl_buffers_leave(void);
#endif
