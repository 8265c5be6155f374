#ifndef EXITLENS_CPNG_H
#define EXITLENS_CPNG_H
#include <png.h>
#endif
