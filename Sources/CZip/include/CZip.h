#ifndef EXITLENS_CZIP_H
#define EXITLENS_CZIP_H
#include <zip.h>
#endif
