#include "CCairo.h"

#include <stddef.h>

// cairo-ft.h and freetype.h include each other's parts by names that resolve only with FreeType's
// folder on the include path. These five declarations are all that is needed of both; they are part
// of their libraries' stable binary interfaces (opaque pointers and ints).
typedef struct FT_LibraryRec_ *FT_Library;
typedef struct FT_FaceRec_ *FT_Face;
extern int FT_Init_FreeType(FT_Library *library);
extern int FT_Done_FreeType(FT_Library library);
extern int FT_New_Face(FT_Library library, const char *path, long index, FT_Face *face);
extern cairo_font_face_t *cairo_ft_font_face_create_for_ft_face(FT_Face face, int load_flags);

enum { FT_LOAD_NO_HINTING = 2 };

static const cairo_user_data_key_t library_key;

// Frees the face too. One library a font, because a library must not open or close faces from two
// threads at once.
static void close_library(void *library) { FT_Done_FreeType((FT_Library)library); }

int exl_font_open(const char *path, cairo_font_face_t **face) {
  FT_Library library = NULL;
  int error = FT_Init_FreeType(&library);
  if (error) return error;
  FT_Face outlines = NULL;
  error = FT_New_Face(library, path, 0, &outlines);
  if (error) {
    FT_Done_FreeType(library);
    return error;
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
