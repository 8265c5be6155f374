#ifndef EXITLENS_CJPEG_H
#define EXITLENS_CJPEG_H
#include <turbojpeg.h>
#endif
