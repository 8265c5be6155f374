"""Writes Tests/TensorCoreTests/BilinearGoldens.swift: PyTorch's bilinear interpolation and its gradient.

    python3 bilinear_goldens.py

torch.nn.functional.interpolate(mode="bilinear", align_corners=False) in float64, so that the goldens carry
no rounding of their own; the printed table says how far PyTorch's float32 is from them. The maps and the
gradients that go in are quotients of small integers, made from their index (see `pattern`). Of a large
result only every n-th cell is kept.
"""

import pathlib

import torch
import torch.nn.functional as F

OUT = pathlib.Path(__file__).parents[2] / "TensorCoreTests" / "BilinearGoldens.swift"
# (height, width) -> (height, width): the network's own, up, down, mixed, one cell, prime, identity.
SIZES = [
    ((4, 4), (32, 32)), ((4, 4), (64, 64)), ((32, 32), (64, 64)), ((2, 2), (16, 16)), ((8, 8), (4, 4)),
    ((32, 32), (4, 4)), ((1, 1), (5, 3)), ((3, 2), (26, 18)), ((3, 2), (52, 36)), ((26, 18), (3, 2)),
    ((7, 5), (3, 11)), ((1, 6), (4, 6)), ((5, 1), (2, 7)), ((5, 4), (5, 4)), ((14, 14), (224, 224)),
    ((9, 7), (1, 1)), ((13, 17), (31, 29)), ((31, 29), (13, 17)), ((64, 64), (7, 7)),
]
KEPT = 60


def pattern(count, factor):
    """((i + 1) * factor mod 251) / 256, exact in float32, in 0 ..< 1."""
    return torch.tensor([((i + 1) * factor % 251) / 256 for i in range(count)], dtype=torch.float64)


def kept(values):
    step = max(1, -(-values.numel() // KEPT))
    step += step % 2 == 0  # odd, so that the cells kept change column from row to row
    return step, values.flatten()[::step].tolist()


def literal(values):
    lines, line = [], "       "
    for v in values:
        item = f" {v:.9g},"
        if len(line) + len(item) > 98:
            lines.append(line)
            line = "       "
        line += item
    return "\n".join([*lines, line])


def main():
    parts = []
    for source, target in SIZES:
        x = pattern(source[0] * source[1], 37).view(1, 1, *source).requires_grad_()
        y = F.interpolate(x, size=target, mode="bilinear", align_corners=False)
        dy = pattern(y.numel(), 91).view_as(y)
        y.backward(dy)
        x32 = x.detach().float().requires_grad_()
        y32 = F.interpolate(x32, size=target, mode="bilinear", align_corners=False)
        y32.backward(dy.float())
        off = (y32.double() - y).abs().max().item()
        off_gradient = ((x32.grad.double() - x.grad).abs().max() / x.grad.abs().max()).item()
        print(f"{source} -> {target}: float32 off by {off:.1e}, gradient by {off_gradient:.1e} of its largest")
        step, values = kept(y.detach())
        gradient_step, gradient = kept(x.grad)
        parts.append(
            f"""    BilinearGolden(
      source: GridSize(height: {source[0]}, width: {source[1]}),
      target: GridSize(height: {target[0]}, width: {target[1]}),
      resultStep: {step}, gradientStep: {gradient_step},
      result: [
{literal(values)}
      ],
      gradient: [
{literal(gradient)}
      ]),"""
        )
    OUT.write_text(
        f"""// Written by Tests/NetworkTests/Fixtures/bilinear_goldens.py, PyTorch {torch.__version__}.
import TensorCore

/// What PyTorch makes of one map and one gradient; of large results, every n-th cell in row order.
struct BilinearGolden: Sendable, CustomStringConvertible {{
  var source: GridSize
  var target: GridSize
  var resultStep: Int
  var gradientStep: Int
  var result: [Float]
  var gradient: [Float]

  var description: String {{ "\\(source) to \\(target)" }}

  static let all: [BilinearGolden] = [
""" + "\n".join(parts) + "\n  ]\n}\n"
    )


if __name__ == "__main__":
    main()
