#ifndef EXITLENS_CCAIRO_H
#define EXITLENS_CCAIRO_H
// Debian keeps these headers in a folder of their own, which pkg-config would name; the full
// paths below the standard include folder need no pkg-config and no unsafe flags.
#include <cairo/cairo.h>
#include <cairo/cairo-pdf.h>
#include <cairo/cairo-svg.h>

// Opens a font file as a Cairo font face, because Cairo finds fonts by name through fontconfig only, and a name that is
// not installed silently becomes another font. On success returns 0 and sets *face, which owns the FreeType face and
// library behind it; else returns FreeType's error number (1: cannot open, 2: unknown format), EXL_FONT_DAMAGED for a font
// that lacks printable ASCII characters or whose parts contradict each other, or, where Cairo failed, -1 - its status.
enum { EXL_FONT_DAMAGED = 1000 };
int exl_font_open(const char *path, cairo_font_face_t **face);
#endif
