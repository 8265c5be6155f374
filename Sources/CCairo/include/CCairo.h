#ifndef EXITLENS_CCAIRO_H
#define EXITLENS_CCAIRO_H
// Debian keeps these headers in a folder of their own, which pkg-config would name; the full
// paths below the standard include folder need no pkg-config and no unsafe flags.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cairo/cairo.h>
#include <cairo/cairo-pdf.h>
#include <cairo/cairo-svg.h>

// Opens a font file as a Cairo font face, because Cairo finds fonts by name through fontconfig only, and a name that is
// not installed silently becomes another font. On success returns 0 and sets *face, which owns the FreeType face and
// library behind it; else returns FreeType's error number (1: cannot open, 2: unknown format), EXL_FONT_DAMAGED for a font
// that lacks printable ASCII characters or whose parts contradict each other, or, where Cairo failed, -1 - its status.
enum { EXL_FONT_DAMAGED = 1000 };
// index: the face in a file of several; 0 for a file of one. latin: whether it has to have printable ASCII.
int exl_font_open(const char *path, long index, bool latin, cairo_font_face_t **face);

// Whether a font file has no glyph for each of some characters. Returns 0, or FreeType's error number.
int exl_font_missing(const char *path, long index, const uint32_t *codes, size_t count, bool *missing);

// The font that fontconfig prefers among those that have a character: its file, the face in it, and its family's name.
// Returns 0, or 1 where there is none, or no fontconfig. Not from two threads at once.
int exl_font_find(uint32_t code, char *path, size_t path_size, long *index, char *name, size_t name_size);
#endif
