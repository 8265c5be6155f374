#ifndef EXL_CROWS_H
#define EXL_CROWS_H

#include <stddef.h>

// Columns of a row that is added at a time.
#define EXL_ROW_WIDTH 16

// For every resample k: sums[k·sums_stride + c] += Σ_i weights[k·weights_stride + i] · rows[i·EXL_ROW_WIDTH + c],
// one row after another, each product rounded by itself: the same bits with whatever instructions run.
void exl_add_weighted_rows(const double *rows, size_t count, const float *weights,
                           size_t weights_stride, size_t resamples, double *sums,
                           size_t sums_stride);

#endif
