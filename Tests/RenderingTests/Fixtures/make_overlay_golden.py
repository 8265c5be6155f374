"""Writes Tests/RenderingTests/OverlayGolden.swift: one sheet computed without our code.

Made with Python 3.11, torch 2.x (interpolate), numpy 2.4.6, matplotlib 3.10.7 (viridis, by way of a saved table).

    python make_overlay_golden.py > ../OverlayGolden.swift
"""
import re
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

SIZE, GUTTER, ALPHA = 8, 2, 0.5
tables = (Path(__file__).parent / "../../../Sources/Rendering/Overlays/ColorTables.swift").read_text()
viridis = tables.split("static let viridis")[1].split("]\n")[0]
viridis = np.array([[int(w[i:i + 2], 16) for i in (0, 2, 4)] for w in re.findall(r"0x(\w{6})", viridis)])


def ramp(count, step, modulus):
    return np.array([(i * step) % modulus for i in range(count)])


photo = ramp(SIZE * SIZE * 3, 37, 251).reshape(SIZE, SIZE, 3)
grey = photo @ np.array([0.299, 0.587, 0.114])


def softmax_map(height, width, step):
    values = (1.0 + ramp(height * width, step, 13)).astype(np.float32)
    return (values / values.sum()).reshape(height, width)


arms = [[softmax_map(4, 4, 5), softmax_map(2, 3, 4)], [softmax_map(8, 8, 7), softmax_map(1, 1, 1)]]
limit = max((m * m.size).max() for arm in arms for m in arm)
width, height = 3 * SIZE + 2 * GUTTER, 2 * SIZE + GUTTER
sheet = np.full((height, width, 3), 128)
for row, arm in enumerate(arms):
    y = row * (SIZE + GUTTER)
    sheet[y:y + SIZE, :SIZE] = photo
    for exit_, m in enumerate(arm):
        x = (exit_ + 1) * (SIZE + GUTTER)
        big = F.interpolate(torch.from_numpy(m * m.size)[None, None], (SIZE, SIZE), mode="bilinear",
                            align_corners=False)[0, 0].numpy()
        color = viridis[np.minimum(255, (big / limit * 256).astype(int))]
        sheet[y:y + SIZE, x:x + SIZE] = np.rint((1 - ALPHA) * grey[..., None] + ALPHA * color)

print("// Written by Fixtures/make_overlay_golden.py; change it there.\n")
print("/// A sheet of 8×8 tiles, [18, 28, 3], and its colour limit, computed with PyTorch and NumPy.")
print("enum OverlayGolden {")
print(f"  static let limit: Float = {limit:.7f}")
print("  static let pixels: [UInt8] = [")
flat = sheet.reshape(-1).tolist()
for start in range(0, len(flat), 20):
    print("    " + ", ".join(map(str, flat[start:start + 20])) + ",")
print("  ]\n}")
