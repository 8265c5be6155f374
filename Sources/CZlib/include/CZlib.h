#ifndef EXITLENS_CZLIB_H
#define EXITLENS_CZLIB_H
#include <zlib.h>
#endif
