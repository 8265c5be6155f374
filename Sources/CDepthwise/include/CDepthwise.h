#ifndef CDEPTHWISE_H
#define CDEPTHWISE_H

// One row of an image's depthwise 3×3 convolution (stride 1, padding 1) and of its gradients. Rows are
// [width][channels], weights [3][3][channels].

// What a row of the result sees: the row above, the row itself and the row below; NULL where there is none.
typedef struct {
  const float *above, *own, *below;
} exl_depthwise_rows;

// The kernels for one instruction set.
typedef struct {
  const char *name;

  // y[j][c] = Σ_{u, v} weight[u][v][c] · rows[u][j + v − 1][c], zeros beside the row; overwritten.
  // flip: whether taps are taken in reverse, weight[2 − u][2 − v], which makes dx of dy.
  // scale, shift: NULL, or [channels] each: then y becomes max(0, scale[c] · y + shift[c]).
  void (*row)(exl_depthwise_rows x, const float *weight, int width, int channels, int flip,
              const float *scale, const float *shift, float *y);
  // dweight[u][v][c] += Σ_j dy[j][c] · rows[u][j + v − 1][c].
  void (*weights)(exl_depthwise_rows x, const float *dy, int width, int channels, float *dweight);
} exl_depthwise_kernels;

// Those of the widest vectors that this CPU has (index 0), then the narrower ones; NULL past the end.
const exl_depthwise_kernels *exl_depthwise_choice(int index);

#endif
