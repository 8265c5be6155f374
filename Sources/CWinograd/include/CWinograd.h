#ifndef CWINOGRAD_H
#define CWINOGRAD_H

#include <stddef.h>

// Winograd's F(2×2, 3×3) convolution and both its gradients (Lavin and Gray, 2016), in the pieces that a
// caller strings together: transform, a matrix product a frequency, transform back.
//
// A tile is 2×2 outputs and the 4×4 inputs that they see; it becomes as many "frequencies", 16. Larger
// tiles save more multiplications and round worse: F(4×4) with the customary points 0, ±1, ±2, ∞ errs 1.6e-6
// (relative RMS, 256 channels), with 0, ±5/8, ±3/2, ∞ 0.7e-6, F(2×2) and the direct sum 0.2e-6, and
// ten training steps with the second left PyTorch's losses by 1.1e-4 where F(2×2) leaves them by 9.5e-6.
//
// Channel counts are multiples of EXL_WINOGRAD_CHANNELS.

enum { EXL_WINOGRAD_CHANNELS = 32, EXL_WINOGRAD_FREQUENCIES = 16 };

// A batch [images, height, width, channels], cut into tiles row by row, image after image.
typedef struct {
  int height, width, channels;
} exl_winograd_grid;

// A plane of [tile][channel] for each frequency: rows lie `stride` floats apart, planes `plane` floats.
typedef struct {
  float *data;
  size_t stride, plane;
} exl_winograd_planes;

// The kernels for one instruction set.
typedef struct {
  const char *name;
  // Columns of a panel of a packed factor: [columns / panel][depth][panel].
  int panel;

  // weight [outputs][3][3][inputs] → a packed factor of `multiply`: [16][inputs × outputs] for the
  // forward pass, [16][outputs × inputs] for the backward one. For outputs first..<last, multiples of
  // EXL_WINOGRAD_CHANNELS.
  void (*forward_weights)(const float *weight, int outputs, int inputs, int first, int last,
                          float *factor);
  void (*backward_weights)(const float *weight, int outputs, int inputs, int first, int last,
                           float *factor);
  // x → planes: tiles first..<first + count.
  void (*input)(const float *x, exl_winograd_grid grid, int first, int count,
                exl_winograd_planes v);
  // The adjoint of `input`: adds to dx.
  void (*input_gradient)(exl_winograd_planes dv, exl_winograd_grid grid, int first, int count,
                         float *dx);
  // planes → y, overwritten; what a tile has outside the image is dropped.
  void (*output)(exl_winograd_planes m, exl_winograd_grid grid, int first, int count, float *y);
  // The adjoint of `output`.
  void (*output_gradient)(const float *dy, exl_winograd_grid grid, int first, int count,
                          exl_winograd_planes dm);
  // In each of `planes` planes: c [rows][columns] = a [rows][depth] · packed [depth × columns], for
  // the columns first..<last, multiples of EXL_WINOGRAD_CHANNELS.
  void (*multiply)(exl_winograd_planes a, const float *packed, int planes, int rows, int depth,
                   int columns, int first, int last, exl_winograd_planes c);
  // At every frequency: du [outputs][inputs] = dmᵀ · v, added to what is there if `accumulate`; for
  // outputs first..<last. scratch: exl_winograd_scratch(…) floats.
  void (*weight_product)(exl_winograd_planes dm, exl_winograd_planes v, int tiles, int outputs,
                         int inputs, int first, int last, int accumulate, float *scratch,
                         float *du);
  // The adjoint of the transform of weights: sums `parts` of du [16][outputs][inputs] in order, and adds the
  // gradient of outputs first..<last to dweight [outputs][3][3][inputs].
  void (*weight_gradient)(const float *const *du, int parts, int outputs, int inputs, int first,
                          int last, float *dweight);
} exl_winograd_kernels;

// Those of the widest vectors that this CPU has (index 0), then the narrower ones; NULL past the end.
const exl_winograd_kernels *exl_winograd_choice(int index);

size_t exl_winograd_scratch(int tiles, int outputs, int inputs);

#endif
