#include "CCairo.h"

#include <dlfcn.h>
#include <stdio.h>

// Cairo brings libfontconfig, but Debian's headers for it are a package of their own. These are all that is needed; they
// are part of its stable binary interface.
typedef struct FcPattern FcPattern;
typedef struct FcCharSet FcCharSet;
typedef struct {
  int nfont, sfont;
  FcPattern **fonts;
} FcFontSet;

static struct {
  FcPattern *(*pattern)(void);
  void (*pattern_destroy)(FcPattern *);
  FcCharSet *(*charset)(void);
  void (*charset_destroy)(FcCharSet *);
  int (*charset_add)(FcCharSet *, uint32_t);
  int (*charset_has)(const FcCharSet *, uint32_t);
  int (*add_charset)(FcPattern *, const char *, const FcCharSet *);
  int (*add_bool)(FcPattern *, const char *, int);
  int (*substitute)(void *, FcPattern *, int);
  void (*defaults)(FcPattern *);
  FcFontSet *(*sort)(void *, FcPattern *, int, FcCharSet **, int *);
  void (*set_destroy)(FcFontSet *);
  int (*get_string)(const FcPattern *, const char *, int, unsigned char **);
  int (*get_int)(const FcPattern *, const char *, int, int *);
  int (*get_bool)(const FcPattern *, const char *, int, int *);
  int (*get_charset)(const FcPattern *, const char *, int, FcCharSet **);
} fc;

static bool load(void) {
  static void *library;
  if (library) return true;
  void *opened = dlopen("libfontconfig.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (!opened) return false;
  struct {
    void **place;
    const char *name;
  } symbols[] = {
      {(void **)&fc.pattern, "FcPatternCreate"},
      {(void **)&fc.pattern_destroy, "FcPatternDestroy"},
      {(void **)&fc.charset, "FcCharSetCreate"},
      {(void **)&fc.charset_destroy, "FcCharSetDestroy"},
      {(void **)&fc.charset_add, "FcCharSetAddChar"},
      {(void **)&fc.charset_has, "FcCharSetHasChar"},
      {(void **)&fc.add_charset, "FcPatternAddCharSet"},
      {(void **)&fc.add_bool, "FcPatternAddBool"},
      {(void **)&fc.substitute, "FcConfigSubstitute"},
      {(void **)&fc.defaults, "FcDefaultSubstitute"},
      {(void **)&fc.sort, "FcFontSort"},
      {(void **)&fc.set_destroy, "FcFontSetDestroy"},
      {(void **)&fc.get_string, "FcPatternGetString"},
      {(void **)&fc.get_int, "FcPatternGetInteger"},
      {(void **)&fc.get_bool, "FcPatternGetBool"},
      {(void **)&fc.get_charset, "FcPatternGetCharSet"},
  };
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    *symbols[i].place = dlsym(opened, symbols[i].name);
    if (!*symbols[i].place) return false;
  }
  library = opened;
  return true;
}

// Whether a font has the character as an outline in one colour, which every format of a figure can hold.
static bool serves(const FcPattern *font, uint32_t code) {
  FcCharSet *characters = NULL;
  int outline = 0, color = 0;
  if (fc.get_charset(font, "charset", 0, &characters) || !fc.charset_has(characters, code)) return false;
  if (fc.get_bool(font, "outline", 0, &outline) || !outline) return false;
  return fc.get_bool(font, "color", 0, &color) || !color;
}

int exl_font_find(uint32_t code, char *path, size_t path_size, long *index, char *name, size_t name_size) {
  if (!load()) return 1;
  FcPattern *wanted = fc.pattern();
  FcCharSet *characters = fc.charset();
  fc.charset_add(characters, code);
  fc.add_charset(wanted, "charset", characters);
  fc.add_bool(wanted, "outline", 1);
  fc.substitute(NULL, wanted, 0);
  fc.defaults(wanted);
  int result = 0, found = 1;
  FcFontSet *fonts = fc.sort(NULL, wanted, 0, NULL, &result);
  for (int i = 0; fonts && found && i < fonts->nfont; i++) {
    unsigned char *file = NULL, *family = NULL;
    int number = 0;
    if (!serves(fonts->fonts[i], code) || fc.get_string(fonts->fonts[i], "file", 0, &file)) continue;
    if (fc.get_string(fonts->fonts[i], "family", 0, &family)) family = file;
    fc.get_int(fonts->fonts[i], "index", 0, &number);
    // The upper half is an instance of a variable font, which FreeType takes in the same number.
    *index = number;
    if (snprintf(path, path_size, "%s", (char *)file) >= (int)path_size) continue;
    snprintf(name, name_size, "%s", (char *)family);
    found = 0;
  }
  if (fonts) fc.set_destroy(fonts);
  fc.charset_destroy(characters);
  fc.pattern_destroy(wanted);
  return found;
}
