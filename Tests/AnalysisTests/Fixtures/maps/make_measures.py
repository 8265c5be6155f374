"""Numbers that SciPy, scikit-image, scikit-learn, PyTorch and NumPy give for single maps and pairs of maps.

Cells are float32 and written with nine digits, so that both sides read the same bits.

Made with Python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-image 0.26.0, scikit-learn 1.9.1, torch 2.15.0.
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from scipy import special, stats
from skimage.metrics import structural_similarity
from sklearn.metrics import jaccard_score, roc_auc_score

here = pathlib.Path(__file__).parent
random = np.random.default_rng(51)


def softmax_map(grid, sharpness):
    flat = special.softmax(sharpness * random.normal(size=grid[0] * grid[1]))
    return flat.reshape(grid).astype(np.float32)


def coarse_map(grid, source):
    """A coarse map interpolated: its edges repeat, so many cells tie."""
    cells = torch.tensor(softmax_map(source, 2.0))[None, None]
    return F.interpolate(cells, grid, mode="nearest")[0, 0].numpy()


def numbers(cells):
    return [float(f"{x:.9g}") for x in np.asarray(cells, np.float64).ravel()]


def top(cells, percent):
    k = max(1, -(-percent * cells.size // 100))
    return (cells >= np.sort(cells.ravel())[-k]).ravel()


def chance(a, b, n):
    j = np.arange(0, min(a, b) + 1)
    return float(np.sum(stats.hypergeom(n, a, b).pmf(j) * j / (a + b - j)))


def similarity(a, b, grid, data_range=None):
    if data_range is None:
        data_range = np.sqrt((a.var() + b.var()) / 2)
    window = min(7, *grid)
    window -= 1 - window % 2
    if window < 3:
        return None
    return float(structural_similarity(a, b, win_size=window, data_range=data_range))


pairs = []
for name, grid, a, b in (
    ("softmax 4×4", (4, 4), softmax_map((4, 4), 1.0), softmax_map((4, 4), 2.0)),
    ("softmax 8×8", (8, 8), softmax_map((8, 8), 0.2), softmax_map((8, 8), 3.0)),
    ("quantised 6×9", (6, 9), np.float32(random.integers(0, 4, (6, 9))), softmax_map((6, 9), 1)),
    ("signed 5×7", (5, 7), np.float32(random.normal(size=(5, 7)) + 0.5), np.float32(random.normal(size=(5, 7)) + 1)),
    ("repeated cells 16×16", (16, 16), softmax_map((16, 16), 1.5), coarse_map((16, 16), (4, 4))),
    ("nearly flat 9×11", (9, 11), np.float32(0.5 + 1e-3 * random.random((9, 11))), np.float32(0.5 + 1e-3 * random.random((9, 11)))),
    ("zeros 3×3", (3, 3), np.float32([[0, 0, 1], [-0.0, 0, 2], [0, 3, 3]]), np.float32([[1, 1, 0], [0, 0, 0], [2, 3, 0]])),
    ("row 1×12", (1, 12), softmax_map((1, 12), 1), softmax_map((1, 12), 1)),
    ("fine 24×20", (24, 20), softmax_map((24, 20), 2.0), coarse_map((24, 20), (6, 4))),
):
    x, y = a.astype(np.float64), b.astype(np.float64)
    row = {
        "name": name, "grid": grid, "first": numbers(a), "second": numbers(b),
        "spearman": float(stats.spearmanr(x.ravel(), y.ravel()).statistic),
        "ssim": similarity(x / x.mean(), y / y.mean(), grid),
        "ssimOfRawCells": similarity(x, y, grid, 0.25),
        "top": [],
    }
    for percent in (10, 20):
        s, t = top(a, percent), top(b, percent)
        row["top"].append({
            "percent": percent, "sizes": [int(s.sum()), int(t.sum())],
            "agreement": float(jaccard_score(s, t)),
            "chance": chance(int(s.sum()), int(t.sum()), a.size)})
    pairs.append(row)


def gini(cells):
    x = cells.astype(np.float64).ravel()
    return float(np.abs(x[:, None] - x[None, :]).mean() / (2 * x.mean()))


concentration = []
for cells in (
    softmax_map((4, 4), 1.0), softmax_map((8, 8), 3.0), np.float32(random.integers(0, 3, (5, 6))),
    np.float32([0, 0, 0, 1]), np.float32([2, 2, 2, 2]),
):
    x = cells.astype(np.float64).ravel()
    concentration.append({
        "cells": numbers(cells), "spread": float(np.std(x, ddof=1) / x.mean()),
        "entropy": float(stats.entropy(x) / np.log(x.size)), "gini": gini(cells)})


def area(cells, target):
    """Every cell cut into target-many parts, whole parts averaged: exact for any sizes."""
    fine = np.kron(cells, np.ones(target))
    h, w = cells.shape
    return fine.reshape(target[0], h, target[1], w).mean(axis=(1, 3))


averages = []
for source, target in (((8, 8), (4, 4)), ((6, 9), (4, 4)), ((5, 7), (3, 2)), ((3, 4), (3, 4)), ((7, 1), (2, 1))):
    cells = random.normal(size=source)
    result = area(cells, target)
    if all(s % t == 0 for s, t in zip(source, target)):
        torches = F.interpolate(torch.tensor(cells)[None, None], target, mode="area")[0, 0].numpy()
        assert np.allclose(result, torches, rtol=0, atol=1e-14)
    averages.append({
        "source": source, "target": target, "cells": cells.ravel().tolist(),
        "result": result.ravel().tolist()})

chances = [
    {"sizes": [a, b], "cells": n, "chance": chance(a, b, n)}
    for a, b, n in ((1, 1, 1), (2, 2, 16), (4, 4, 16), (103, 103, 1024), (205, 230, 1024), (16, 16, 16), (15, 2, 16), (820, 820, 4096))
]

contrasts = []
for n, right in ((12, 0.6), (200, 0.9), (30, 0.5)):
    values = np.round(random.random(n), 1 if n == 30 else 6)
    answers = random.random(n) < right
    values[answers] += 0.1
    undefined = random.random(n) < 0.1
    x, y = values[~undefined], answers[~undefined]
    # DeLong's variance from its definition: placements of each right sample among wrong ones and the reverse.
    psi = (x[y][:, None] > x[~y][None, :]) + 0.5 * (x[y][:, None] == x[~y][None, :])
    contrasts.append({
        "values": [None if u else float(v) for v, u in zip(values, undefined)],
        "right": answers.tolist(), "rightMean": float(x[y].mean()), "wrongMean": float(x[~y].mean()),
        "auroc": float(roc_auc_score(y, x)),
        "aurocVariance": float(psi.mean(axis=1).var() / y.sum() + psi.mean(axis=0).var() / (~y).sum()),
        "differenceVariance": float(x[y].var() / y.sum() + x[~y].var() / (~y).sum())})

(here / "measures.json").write_text(json.dumps({
    "pairs": pairs, "concentration": concentration, "averages": averages, "chances": chances,
    "contrasts": contrasts}))
