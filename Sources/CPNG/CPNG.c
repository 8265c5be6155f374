#include "CPNG.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
} output;

static void append(png_structp writer, png_bytep bytes, size_t count) {
  output *target = png_get_io_ptr(writer);
  if (count > target->capacity - target->count) {
    size_t capacity = target->capacity * 2 + count;
    uint8_t *grown = realloc(target->bytes, capacity);
    if (!grown) png_error(writer, "out of memory");
    target->bytes = grown;
    target->capacity = capacity;
  }
  memcpy(target->bytes + target->count, bytes, count);
  target->count += count;
}

static void flush(png_structp writer) { (void)writer; }

// libpng's own would print to standard error.
static void fail(png_structp writer, png_const_charp message) {
  (void)message;
  png_longjmp(writer, 1);
}

static void ignore(png_structp writer, png_const_charp message) {
  (void)writer;
  (void)message;
}

// Starts a writer into memory; NULL where memory ran out.
static png_structp make_writer(output *target) {
  png_structp writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail, ignore);
  if (writer) png_set_write_fn(writer, target, append, flush);
  return writer;
}

static int hand_over(int succeeded, output *target, uint8_t **file, size_t *count) {
  if (succeeded) {
    *file = target->bytes;
    *count = target->count;
  } else if (target) {
    free(target->bytes);
  }
  free(target);
  return succeeded;
}

int exl_png_frame(const uint8_t *stream, size_t length, uint32_t width, uint32_t height,
                  int channels, uint8_t **file, size_t *count) {
  output *volatile target = calloc(1, sizeof(output));
  png_structp volatile writer = make_writer(target);
  volatile int succeeded = 0;
  if (target && writer && setjmp(png_jmpbuf(writer)) == 0) {
    uint8_t header[13];
    png_save_uint_32(header, width);
    png_save_uint_32(header + 4, height);
    header[8] = 8;
    header[9] = channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB;
    header[10] = header[11] = header[12] = 0;
    png_write_sig(writer);
    png_write_chunk(writer, (png_const_bytep) "IHDR", header, sizeof header);
    // A chunk's length has 31 bits.
    for (size_t offset = 0; offset < length; offset += 1u << 30) {
      size_t rest = length - offset;
      png_write_chunk(writer, (png_const_bytep) "IDAT", stream + offset,
                      rest < 1u << 30 ? rest : 1u << 30);
    }
    png_write_chunk(writer, (png_const_bytep) "IEND", NULL, 0);
    succeeded = 1;
  }
  png_structp finished = writer;
  if (finished) png_destroy_write_struct(&finished, NULL);
  return hand_over(succeeded, target, file, count);
}

int exl_png_write(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                  int filters, int level, int strategy, uint8_t **file, size_t *count) {
  // Volatile, because they change between setjmp and longjmp.
  output *volatile target = calloc(1, sizeof(output));
  png_structp volatile writer = make_writer(target);
  png_infop volatile info = writer ? png_create_info_struct(writer) : NULL;
  volatile int succeeded = 0;

  if (target && info && setjmp(png_jmpbuf(writer)) == 0) {
    png_set_user_limits(writer, 0x7fffffff, 0x7fffffff);
    png_set_IHDR(writer, info, width, height, 8,
                 channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_filter(writer, PNG_FILTER_TYPE_BASE, filters);
    png_set_compression_level(writer, level);
    png_set_compression_strategy(writer, strategy);
    png_set_compression_mem_level(writer, 9);
    png_set_compression_buffer_size(writer, 1 << 17);
    png_write_info(writer, info);
    for (uint32_t row = 0; row < height; row++)
      png_write_row(writer, pixels + (size_t)row * width * channels);
    png_write_end(writer, info);
    succeeded = 1;
  }

  png_structp finished_writer = writer;
  png_infop finished_info = info;
  if (finished_writer) png_destroy_write_struct(&finished_writer, &finished_info);
  return hand_over(succeeded, target, file, count);
}
