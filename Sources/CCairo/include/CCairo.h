#ifndef EXITLENS_CCAIRO_H
#define EXITLENS_CCAIRO_H
// Debian keeps both headers in folders of their own, which pkg-config would name; the full
// paths below the standard include folder need no pkg-config and no unsafe flags.
#include <cairo/cairo.h>
#endif
