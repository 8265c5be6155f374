#include "CCairo.h"

#include <stddef.h>
#include <stdlib.h>

// cairo-ft.h and freetype.h include each other's parts by names that resolve only with FreeType's
// folder on the include path. These declarations are all that is needed of both; they are part
// of their libraries' stable binary interfaces (opaque pointers and numbers).
typedef struct FT_LibraryRec_ *FT_Library;
typedef struct FT_FaceRec_ *FT_Face;
extern int FT_Init_FreeType(FT_Library *library);
extern int FT_Done_FreeType(FT_Library library);
extern int FT_New_Face(FT_Library library, const char *path, long index, FT_Face *face);
extern unsigned FT_Get_Char_Index(FT_Face face, unsigned long character);
extern int FT_Load_Glyph(FT_Face face, unsigned glyph, int load_flags);
extern int FT_Load_Sfnt_Table(FT_Face face, unsigned long tag, long offset, unsigned char *buffer, unsigned long *length);
extern cairo_font_face_t *cairo_ft_font_face_create_for_ft_face(FT_Face face, int load_flags);

enum { FT_LOAD_NO_SCALE = 1, FT_LOAD_NO_HINTING = 2, FT_LOAD_NO_BITMAP = 8 };

static unsigned big_endian(const unsigned char *at) { return (unsigned)at[0] << 8 | at[1]; }

// Whether the records of the name table lie inside it, those that Cairo 1.16 copies for a PDF without looking: family (1),
// full (4) and PostScript name (6). A font without the table has none to copy.
static int has_whole_names(FT_Face face) {
  const unsigned long tag = (unsigned long)'n' << 24 | 'a' << 16 | 'm' << 8 | 'e';
  unsigned long size = 0;
  if (FT_Load_Sfnt_Table(face, tag, 0, NULL, &size)) return 1;
  unsigned char *table = size < 6 ? NULL : malloc(size);
  if (!table) return 0;
  int whole = !FT_Load_Sfnt_Table(face, tag, 0, table, &size);
  const unsigned long count = big_endian(table + 2), strings = big_endian(table + 4);
  whole = whole && 6 + 12 * count <= size;
  for (unsigned long index = 0; whole && index < count; index++) {
    const unsigned char *record = table + 6 + 12 * index;
    const unsigned name = big_endian(record + 6);
    if (name == 1 || name == 4 || name == 6)
      whole = strings + big_endian(record + 10) + big_endian(record + 8) <= size;
  }
  free(table);
  return whole;
}

// Whether FreeType finds and reads an outline for every letter, digit and mark of ASCII.
static int has_glyphs(FT_Face face) {
  for (unsigned long character = '!'; character <= '~'; character++) {
    const unsigned glyph = FT_Get_Char_Index(face, character);
    if (!glyph || FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP)) return 0;
  }
  return 1;
}

static const cairo_user_data_key_t library_key;

// Frees the face too. One library a font, because a library must not open or close faces from two
// threads at once.
static void close_library(void *library) { FT_Done_FreeType((FT_Library)library); }

int exl_font_open(const char *path, long index, bool latin, cairo_font_face_t **face) {
  FT_Library library = NULL;
  int error = FT_Init_FreeType(&library);
  if (error) return error;
  FT_Face outlines = NULL;
  error = FT_New_Face(library, path, index, &outlines);
  if (error) {
    FT_Done_FreeType(library);
    return error;
  }
  // What FreeType reads of a damaged font, Cairo may read beyond.
  if ((latin && !has_glyphs(outlines)) || !has_whole_names(outlines)) {
    FT_Done_FreeType(library);
    return EXL_FONT_DAMAGED;
  }
  cairo_font_face_t *made = cairo_ft_font_face_create_for_ft_face(outlines, FT_LOAD_NO_HINTING);
  cairo_status_t status = cairo_font_face_status(made);
  if (!status) status = cairo_font_face_set_user_data(made, &library_key, library, close_library);
  if (status) {
    cairo_font_face_destroy(made);
    FT_Done_FreeType(library);
    return -1 - (int)status;
  }
  *face = made;
  return 0;
}

// A face of its own: one that Cairo draws with may be in use by another thread.
int exl_font_missing(const char *path, long index, const uint32_t *codes, size_t count, bool *missing) {
  FT_Library library = NULL;
  int error = FT_Init_FreeType(&library);
  if (error) return error;
  FT_Face face = NULL;
  error = FT_New_Face(library, path, index, &face);
  for (size_t i = 0; !error && i < count; i++) missing[i] = FT_Get_Char_Index(face, codes[i]) == 0;
  FT_Done_FreeType(library);
  return error;
}
