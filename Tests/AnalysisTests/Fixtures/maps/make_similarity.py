"""What an audit of the golden recordings (../golden) must say about maps, from definitions in words.

Every null goes through all pairs of samples; ranks, structure and overlaps come from SciPy, scikit-image and
scikit-learn; interpolation from PyTorch, but for the repeated edge, which is set to the edge cell exactly.

Made with Python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-image 0.26.0, scikit-learn 1.9.1, torch 2.15.0,
safetensors 0.8.0.
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import load_file
from scipy import stats
from skimage.metrics import structural_similarity
from sklearn.metrics import jaccard_score, roc_auc_score

here = pathlib.Path(__file__).parent
golden = here.parent / "golden"
ARMS = {"baseline": ["baseline"], "egt": ["egt-1", "egt-2"]}
INPUT = (12, 16)


def defined(cells):
    cells = cells.astype(np.float64)
    return bool(np.isfinite(cells).all() and cells.max() - cells.min() > 1e-6 * np.abs(cells).max())


def resample(cells, grid):
    tensor = torch.tensor(cells)[None, None]
    result = F.interpolate(tensor, grid, mode="bilinear", align_corners=False)[0, 0].numpy()
    return result.astype(np.float64)


def axis(n, out):
    position = np.maximum(0, (np.arange(out) + 0.5) * n / out - 0.5)
    low = np.minimum(position.astype(int), n - 1)
    fraction = np.where(low == n - 1, 0, position - low).astype(np.float32)
    return low, np.minimum(low + 1, n - 1), fraction


def resample_exactly(cells, grid):
    """The same in float32 steps, with weight 1 on the edge cell beyond the last centre."""
    if cells.shape == grid:
        return cells
    (r0, r1, rf), (c0, c1, cf) = axis(cells.shape[0], grid[0]), axis(cells.shape[1], grid[1])
    one = np.float32(1)
    rows = lambda r: (one - cf) * cells[r][:, c0] + cf * cells[r][:, c1]
    return (one - rf)[:, None] * rows(r0) + rf[:, None] * rows(r1)


def cosine(a, b):
    return float(a.ravel() @ b.ravel() / np.linalg.norm(a) / np.linalg.norm(b))


def pearson(a, b):
    return float(stats.pearsonr(a.ravel(), b.ravel())[0])


def top(cells, percent):
    k = max(1, -(-percent * cells.size // 100))
    return (cells >= np.sort(cells.ravel())[-k]).ravel()


def chance(a, b, n):
    j = np.arange(0, min(a, b) + 1)
    return float(np.sum(stats.hypergeom(n, a, b).pmf(j) * j / (a + b - j)))


def area(cells, target):
    h, w = cells.shape
    return np.kron(cells.astype(np.float64), np.ones(target)).reshape(target[0], h, target[1], w).mean(axis=(1, 3))


def mean(values):
    values = [v for v in values if v is not None]
    return float(np.mean(values)) if values else None


def average(lists):
    return [mean(row) for row in zip(*lists)]


manifests = {a: json.loads((golden / r[0] / "recording.json").read_text()) for a, r in ARMS.items()}
grids = [tuple(e["grid"]) for m in manifests.values() for e in m["exits"]]
SHARED = (min(h for h, w in grids if h * w > 1), min(w for h, w in grids if h * w > 1))
labels = load_file(golden / "baseline" / "recording.safetensors")["labels"].tolist()
N = len(labels)


def analyse(name):
    tensors = load_file(golden / name / "recording.safetensors")
    maps = [tensors[f"attention.{k}"] for k in (1, 2, 3)]
    right = [(tensors[f"logits.{k}"].argmax(1) == labels).tolist() for k in (1, 2, 3)]
    usable = [[defined(m) for m in x] for x in maps]
    onto = [[resample(m, INPUT) if u else None for m, u in zip(x, us)] for x, us in zip(maps, usable)]
    exits = []
    for exit in range(2):
        ok = [n for n in range(N) if usable[exit][n] and usable[2][n]]
        grid = tuple(max(s) for s in zip(maps[exit].shape[1:], maps[2].shape[1:]))
        a = {n: resample_exactly(maps[exit][n], grid) for n in ok}
        b = {n: resample_exactly(maps[2][n], grid) for n in ok}
        window = min(7, *grid) - (1 - min(7, *grid) % 2)
        column = {}

        def every(measure):
            return [measure(a[n], b[n]) if n in ok else None for n in range(N)]

        def spearman(x, y):
            return float(stats.spearmanr(x.ravel(), y.ravel()).statistic)

        def ssim(x, y):
            x, y = x.astype(np.float64), y.astype(np.float64)
            x, y = x / x.mean(), y / y.mean()
            own = np.sqrt((x.var() + y.var()) / 2)
            return float(structural_similarity(x, y, win_size=window, data_range=own))

        column["spearman"] = every(spearman)
        pairs = [spearman(a[n], b[m]) for n in ok for m in ok if n != m]
        column["spearmanNull"] = float(np.mean(pairs))
        column["structuralSimilarity"] = every(ssim) if window >= 3 else [None] * N
        for percent in (10, 20):
            column[f"top{percent}"] = every(lambda x, y: float(jaccard_score(top(x, percent), top(y, percent))))
            column[f"top{percent}Chance"] = every(
                lambda x, y: chance(int(top(x, percent).sum()), int(top(y, percent).sum()), x.size))
        for key, measure in (("cosine", cosine), ("centred", pearson)):
            own = {n: measure(onto[exit][n], onto[2][n]) for n in ok}
            column[key] = [own.get(n) for n in range(N)]
            column[key + "Null"] = [
                mean([measure(onto[exit][n], onto[2][m]) for m in ok if m != n]) if n in ok else None
                for n in range(N)]
            column[key + "ClassNull"] = [
                mean([measure(onto[exit][n], onto[2][m]) for m in ok if m != n and labels[m] == labels[n]])
                if n in ok else None for n in range(N)]
        x = np.array([column["cosine"][n] for n in ok])
        y = np.array([right[exit][n] for n in ok])
        column["contrast"] = {
            "rightN": int(y.sum()), "wrongN": int((~y).sum()), "right": mean(x[y]), "wrong": mean(x[~y]),
            "auroc": float(roc_auc_score(y, x)) if 0 < y.sum() < len(y) else None}
        exits.append(column)
    concentration = []
    for exit in range(3):
        rows = [area(m, SHARED).ravel() for m in maps[exit]]
        fine = [bool(np.isfinite(r).all() and r.sum() > 0) for r in rows]
        concentration.append({
            "spread": [float(np.std(r, ddof=1) / r.mean()) if f else None for r, f in zip(rows, fine)],
            "entropy": [float(stats.entropy(r) / np.log(r.size)) if f else None for r, f in zip(rows, fine)],
            "gini": [float(np.abs(r[:, None] - r[None]).mean() / (2 * r.mean())) if f else None for r, f in zip(rows, fine)]})
    matrix = {}
    for i in range(3):
        for j in range(3):
            ok = [n for n in range(N) if usable[i][n] and usable[j][n]]
            for key, measure in (("cosine", cosine), ("centred", pearson)):
                matrix[i, j, key] = [measure(onto[i][n], onto[j][n]) if n in ok else None for n in range(N)]
                matrix[i, j, key + "Null"] = mean(
                    [measure(onto[i][n], onto[j][m]) for n in ok for m in ok if n != m])
            matrix[i, j, "n"] = len(ok)
    return {"exits": exits, "concentration": concentration, "matrix": matrix, "right": right}


def subtract(a, b):
    return [None if x is None or y is None else x - y for x, y in zip(a, b)]


result = {"shared": SHARED, "arms": {}}
series = {}
for arm, names in ARMS.items():
    runs = [analyse(name) for name in names]
    out = {"exits": [], "concentration": [], "matrix": [], "classes": []}
    series[arm] = []
    for exit in range(2):
        pick = lambda key: average([r["exits"][exit][key] for r in runs])
        columns = {k: pick(k) for k in (
            "spearman", "structuralSimilarity", "top10", "top20", "top10Chance", "top20Chance", "cosine",
            "centred", "cosineNull", "centredNull", "cosineClassNull", "centredClassNull")}
        series[arm].append(columns)
        row = {k: mean(v) for k, v in columns.items()}
        row["n"] = sum(v is not None for r in runs for v in r["exits"][exit]["cosine"])
        row["spearmanNull"] = mean([r["exits"][exit]["spearmanNull"] for r in runs])
        for key in ("cosine", "centred"):
            # A recording's own difference first: in which samples it is defined may differ between them.
            row[key + "ClassExcess"] = mean(average([
                subtract(r["exits"][exit][key], r["exits"][exit][key + "ClassNull"]) for r in runs]))
        row["classN"] = sum(v is not None for r in runs for v in r["exits"][exit]["cosineClassNull"])
        contrasts = [r["exits"][exit]["contrast"] for r in runs]
        row["contrast"] = {
            "rightN": sum(c["rightN"] for c in contrasts), "wrongN": sum(c["wrongN"] for c in contrasts),
            "right": mean([c["right"] for c in contrasts]), "wrong": mean([c["wrong"] for c in contrasts]),
            "difference": mean([c["right"] - c["wrong"] for c in contrasts if c["auroc"] is not None]),
            "auroc": mean([c["auroc"] for c in contrasts])}
        values = [v for r in runs for v in r["exits"][exit]["cosine"] if v is not None]
        row["histogram"] = np.histogram(values, bins=80, range=(-1, 1))[0].tolist()
        row["samples"] = {k: runs[0]["exits"][exit][k] for k in ("spearman", "structuralSimilarity", "top10", "top20")}
        out["exits"].append(row)
    for exit in range(3):
        out["concentration"].append({
            key: mean(average([r["concentration"][exit][key] for r in runs])) for key in ("spread", "entropy", "gini")})
    for i in range(3):
        out["matrix"].append([{
            "n": sum(r["matrix"][i, j, "n"] for r in runs),
            **{k: mean(average([r["matrix"][i, j, k] for r in runs])) for k in ("cosine", "centred")},
            **{k: mean([r["matrix"][i, j, k] for r in runs]) for k in ("cosineNull", "centredNull")},
        } for j in range(3)])
    for exit in range(2):
        # With the final exit the numbers of Table 1: per sample the mean over recordings first.
        for key in ("cosineNull", "centredNull"):
            value = mean(series[arm][exit][key])
            out["matrix"][exit][2][key] = out["matrix"][2][exit][key] = value
    for label in range(4):
        chosen = [n for n in range(N) if labels[n] == label]
        exits = []
        for columns in series[arm]:
            take = lambda values: mean([values[n] for n in chosen])
            exits.append({
                "cosine": take(columns["cosine"]), "centred": take(columns["centred"]),
                "excess": take(subtract(columns["cosine"], columns["cosineNull"])),
                "classExcess": take(subtract(columns["cosine"], columns["cosineClassNull"]))})
        out["classes"].append({
            "count": len(chosen), "exits": exits,
            "mean": mean([mean([c["cosine"][n] for c in series[arm]]) for n in chosen]),
            "accuracy": mean([mean([float(r["right"][2][n]) for r in runs]) for n in chosen])})
    result["arms"][arm] = out
result["differences"] = [
    {key: mean(subtract(series["egt"][exit][key], series["baseline"][exit][key]))
     for key in ("cosine", "centred", "spearman", "structuralSimilarity", "top10", "top20")}
    for exit in range(2)]
(here / "similarity.json").write_text(json.dumps(result))
