"""Writes three recordings as another framework would, and what an audit of them must say.

Everything in golden.json comes from PyTorch, SciPy, scikit-learn and NumPy or from loops that follow the
definitions word by word (the null goes through all pairs). Only the random numbers of the bootstrap are
reimplemented (xoshiro.py), so that its intervals can be compared digit by digit.

Made with Python 3.11.7, torch 2.15.0, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, statsmodels 0.15.0,
safetensors 0.8.0.
"""
import json
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from scipy import special, stats
from sklearn.metrics import accuracy_score
from sklearn.metrics.pairwise import cosine_similarity
from statsmodels.stats.proportion import proportion_confint

here = pathlib.Path(__file__).parent
sys.path.append(str(here.parent))
from xoshiro import Generator  # noqa: E402

N, C, INPUT, THRESHOLD, RESAMPLES, SEED = 12, 4, (12, 16), 0.6, 400, 7
GRIDS = {"baseline": [(8, 6), (4, 3), (2, 3)], "egt": [(5, 7), (4, 4), (3, 2)]}
MACS = [1.5e6, 4e6, 9e6]
random = np.random.default_rng(20240117)
labels = random.integers(0, C, N)
images = random.integers(0, 256, (N, *INPUT, 1)).astype(np.uint8)


# ---------------------------------------------------------------- recordings
def record(arm, name, skill, shared):
    base = random.random((N, 1, 3, 3))
    logits, attention = [], []
    for exit, grid in enumerate(GRIDS[arm]):
        scores = random.normal(size=(N, C))
        scores[np.arange(N), labels] += skill * (exit + 1)
        logits.append(scores.astype(np.float32))
        common = F.interpolate(torch.tensor(base), grid, mode="bilinear").numpy()[:, 0]
        cells = shared * common + (1 - shared) * random.random((N, *grid))
        flat = special.softmax(4 * cells.reshape(N, -1), axis=1)
        attention.append(flat.reshape(N, *grid).astype(np.float32))
    attention[0][3] = 0  # zero
    attention[1][7] = 1 / 12 if arm == "baseline" else 1 / 16  # constant
    if name != "egt-2":
        attention[2][5, 0, 0] = np.nan
    attention[1][9, 0, 0] = np.inf
    tensors = {"labels": torch.tensor(labels), "images": torch.tensor(images)}
    for exit in range(3):
        tensors[f"logits.{exit + 1}"] = torch.tensor(logits[exit])
        tensors[f"attention.{exit + 1}"] = torch.tensor(attention[exit])
    folder = here / name
    folder.mkdir(exist_ok=True)
    save_file(tensors, folder / "recording.safetensors")
    description = {
        "formatVersion": 1,
        "classNames": [f"class {index}" for index in range(C)],
        "input": INPUT,
        "channels": 1,
        "exits": [{"grid": grid, "macs": macs} for grid, macs in zip(GRIDS[arm], MACS)],
        "attentionKind": "softmax",
        "split": "test",
    }
    (folder / "recording.json").write_text(json.dumps(description))
    return logits, attention


# ---------------------------------------------------------------- definitions
def defined(cells):
    cells = cells.astype(np.float64)
    if not np.isfinite(cells).all():
        return False
    return cells.max() - cells.min() > 1e-6 * np.abs(cells).max()


def resample(cells, grid):
    tensor = torch.tensor(cells)[None, None]
    return F.interpolate(tensor, grid, mode="bilinear", align_corners=False)[0, 0].double().numpy()


def cosine(a, b):
    return float(cosine_similarity(a.reshape(1, -1), b.reshape(1, -1))[0, 0])


def pearson(a, b):
    return float(stats.pearsonr(a.ravel(), b.ravel())[0])


def average(lists):
    """Per sample, the mean over recordings of what is defined."""
    return [
        float(np.mean(values)) if (values := [x for x in row if x is not None]) else None
        for row in zip(*lists)
    ]


def mean(values):
    values = [x for x in values if x is not None]
    return float(np.mean(values)) if values else None


def analyse(logits, attention):
    """One recording: per exit, one value a sample; None where undefined."""
    result = {}
    usable = [[defined(m) for m in maps] for maps in attention]
    for exit in range(2):
        ok = [n for n in range(N) if usable[exit][n] and usable[2][n]]
        a = {n: resample(attention[exit][n], INPUT) for n in ok}
        b = {n: resample(attention[2][n], INPUT) for n in ok}
        own = attention[exit].shape[1:]
        column = {}
        column["cosine"] = [cosine(a[n], b[n]) if n in ok else None for n in range(N)]
        column["centred"] = [pearson(a[n], b[n]) if n in ok else None for n in range(N)]
        column["onExitGrid"] = [
            cosine(attention[exit][n].astype(float), resample(attention[2][n], own))
            if n in ok else None
            for n in range(N)
        ]
        for name, measure in (("null", cosine), ("centredNull", pearson)):
            pairs = {(n, m): measure(a[n], b[m]) for n in ok for m in ok if n != m}
            others = lambda pick: [
                float(np.mean([v for k, v in pairs.items() if pick(k) == n])) if n in ok else None
                for n in range(N)
            ]
            column[name] = others(lambda k: k[0])
            column[name + "AsTarget"] = others(lambda k: k[1])
        null = mean(column["null"])
        column["excess"] = [
            column["cosine"][n] - column["null"][n] - column["nullAsTarget"][n] + null
            if n in ok else None
            for n in range(N)
        ]
        result[exit] = column
    for exit in range(3):
        column = result.setdefault(exit, {})
        cells = [m.ravel().astype(np.float64) for m in attention[exit]]
        column["usable"] = usable[exit]
        column["spread"] = [
            float(np.std(c, ddof=1) / np.mean(c)) if np.isfinite(c).all() and c.sum() > 0 else None
            for c in cells
        ]
        column["entropy"] = [
            float(stats.entropy(c) / np.log(c.size)) if np.isfinite(c).all() and c.sum() > 0 else None
            for c in cells
        ]
        shares = special.softmax(logits[exit].astype(np.float64), axis=1)
        column["confidence"] = shares.max(axis=1).tolist()
        column["prediction"] = shares.argmax(axis=1).tolist()
        column["right"] = [float(p == y) for p, y in zip(column["prediction"], labels)]
    leaves = [
        next((e for e in range(2) if result[e]["confidence"][n] >= THRESHOLD), 2) for n in range(N)
    ]
    result["leaves"] = leaves
    result["leftRight"] = [result[e]["right"][n] for n, e in enumerate(leaves)]
    return result


# ---------------------------------------------------------------- intervals
DRAWS = [Generator(SEED, r).draws(N, N) for r in range(RESAMPLES)]


def below(stars, value):
    """Share of resamples below a value, ties half, never none or all."""
    tolerance = 1e-9 * np.ptp(stars)
    count = (np.sum(stars < value - tolerance) + np.sum(stars <= value + tolerance)) / 2
    return np.clip(count, 0.5, stars.size - 0.5) / stars.size


def bca(value, stars, influences, n):
    """Efron's BCa interval at Hesterberg's widened level, and the p-value that it implies."""
    stars = np.array([x for x in stars if x is not None])
    influences = np.asarray(influences)
    a = np.sum(influences**3) / (6 * np.sum(influences**2) ** 1.5)
    z0 = stats.norm.ppf(below(stars, value))
    widening = np.sqrt(n / (n - 1))
    bounds = []
    for level in (0.025, 0.975):
        z = z0 + widening * stats.t.ppf(level, n - 1)
        bounds.append(np.quantile(stars, stats.norm.cdf(z0 + z / (1 - a * z))))
    rank = np.interp(0, np.sort(stars), np.arange(stars.size)) / (stars.size - 1)
    z = stats.norm.ppf(np.clip(rank, 0.5 / stars.size, 1 - 0.5 / stars.size)) - z0
    t = (z / (1 + a * z) - z0) / widening
    p = min(1, 2 * stats.t.cdf(-abs(t), n - 1))
    return {"value": value, "low": float(bounds[0]), "high": float(bounds[1]), "p": float(p)}


def deviations(values):
    middle, count = mean(values), sum(x is not None for x in values)
    return np.array([0 if x is None else (x - middle) * N / count for x in values])


def bootstrap(*series):
    """Interval and p of the average of some series' means."""
    stars = [mean([mean([values[n] for n in draw]) for values in series]) for draw in DRAWS]
    return bca(
        mean([mean(values) for values in series]), stars,
        sum(deviations(values) for values in series),
        min(sum(x is not None for x in values) for values in series))


def standardised(values):
    """Mean over standard deviation; the influences by the jackknife's limit, numerically."""
    def d(weights):
        kept = [(w, x) for w, x in zip(weights, values) if x is not None]
        w, x = np.array([w for w, _ in kept], float), np.array([x for _, x in kept])
        if not w.sum() > 1:
            return None
        middle = np.sum(w * x) / w.sum()
        variance = np.sum(w * (x - middle) ** 2) / (w.sum() - 1)
        return None if variance < 1e-14 * middle**2 else float(middle / np.sqrt(variance))

    stars = [d(np.bincount(draw, minlength=N)) for draw in DRAWS]
    defined = [x for x in values if x is not None]
    s, m = np.std(defined, ddof=1), np.mean(defined)
    z = np.array([0 if x is None else (x - m) / s for x in values])
    influences = np.array([0 if x is None else z_ - m / s * (z_**2 - 1) / 2 for x, z_ in zip(values, z)])
    return bca(d(np.ones(N)), stars, influences, len(defined))


def wilson(shares):
    """Of a mean of shares, with the effective number of images."""
    p, n = float(np.mean(shares)), len(shares)
    v = np.var(shares, ddof=1) / n
    count = max(n, p * (1 - p) / v) if v > 0 else n
    low, high = proportion_confint(p * count, count, method="wilson")
    return {"value": p, "low": float(low), "high": float(high)}


def bonett_price(d):
    """Wald interval and test with an image of +1 and one of −1 added."""
    more = np.append(d, [1, -1])
    error = np.sqrt(np.var(more) / more.size)
    low, high = np.clip(np.mean(more) + stats.norm.ppf([0.025, 0.975]) * error, -1, 1)
    p = 2 * stats.norm.sf(abs(np.mean(more)) / error)
    return {"value": float(np.mean(d)), "low": float(low), "high": float(high), "p": float(p)}


def difference(left, right):
    return [None if a is None or b is None else a - b for a, b in zip(left, right)]


# ---------------------------------------------------------------- the audit
recordings = {
    "baseline": [record("baseline", "baseline", 0.3, 0.5)],
    "egt": [record("egt", "egt-1", 0.5, 0.8), record("egt", "egt-2", 0.4, 0.85)],
}
golden = {"threshold": THRESHOLD, "resamples": RESAMPLES, "seed": SEED}
series = {}
for arm, runs in recordings.items():
    parts = [analyse(*run) for run in runs]
    pick = lambda exit, key: average([part[exit][key] for part in parts])
    series[arm] = [
        {key: pick(exit, key) for key in ("cosine", "centred", "excess", "spread", "right") if key in parts[0][exit]}
        for exit in range(3)
    ]
    out = {"exits": [], "samples": []}
    for exit in range(3):
        row = {"spread": mean(pick(exit, "spread")), "entropy": mean(pick(exit, "entropy"))}
        row["accuracy"] = wilson(series[arm][exit]["right"])
        if len(runs) == 1:
            right = int(sum(parts[0][exit]["right"]))
            interval = stats.binomtest(right, N).proportion_ci(method="wilson")
            assert np.allclose(
                [row["accuracy"][key] for key in ("value", "low", "high")],
                [accuracy_score(labels, parts[0][exit]["prediction"]), interval.low, interval.high],
                rtol=1e-12)
        key = "cosine" if exit < 2 else "usable"
        row["n"] = sum(1 for part in parts for x in part[exit][key] if x not in (None, False))
        if exit < 2:
            for key in ("cosine", "centred", "excess"):
                row[key] = bootstrap(series[arm][exit][key])
            for key in ("null", "centredNull", "onExitGrid"):
                row[key] = mean(pick(exit, key))
            row["excess"]["value"] = row["cosine"]["value"] - row["null"]
        out["exits"].append(row)
    out["mean"] = {
        key: bootstrap(*[series[arm][exit][key] for exit in range(2)])
        for key in ("cosine", "centred", "excess")
    }
    out["mean"]["n"] = sum(
        1 for part in parts for n in range(N)
        if all(part[exit]["cosine"][n] is not None for exit in range(2)))
    shares = [float(np.mean([[e == exit for e in p["leaves"]] for p in parts])) for exit in range(3)]
    out["shares"] = shares
    out["meanMacs"] = float(np.dot(shares, MACS))
    first = parts[0]
    out["samples"] = [
        {
            "predictions": [first[e]["prediction"][n] for e in range(3)],
            "confidences": [first[e]["confidence"][n] for e in range(3)],
            "cosines": [first[e]["cosine"][n] for e in range(2)],
            "centred": [first[e]["centred"][n] for e in range(2)],
            "leavesAt": first["leaves"][n] + 1,
        }
        for n in range(N)
    ]
    out["leavingAccuracy"] = wilson(average([p["leftRight"] for p in parts]))
    golden[arm] = out
delta = {
    key: [
        difference(series["egt"][exit][key], series["baseline"][exit][key])
        for exit in range(3) if key in series["egt"][exit]
    ]
    for key in ("cosine", "excess", "centred", "spread", "right")
}
golden["paired"] = {
    key: [bonett_price(d) if key == "right" else bootstrap(d) for d in lists]
    for key, lists in delta.items()
}
# The average of the exits' means; for shares, whose series are whole, the images' means over exits.
golden["pairedMean"] = {
    key: bonett_price(average(lists[:2])) if key == "right" else bootstrap(*lists[:2])
    for key, lists in delta.items()
}
golden["effect"] = {key: [standardised(d) for d in delta[key]] for key in ("cosine", "spread")}
golden["effectMean"] = standardised(average(delta["cosine"]))
golden["bilinear"] = []
for source, target in (
    ((4, 4), (64, 64)), ((1, 1), (3, 2)), ((2, 3), (7, 5)), ((32, 32), (64, 64)), ((8, 6), (3, 4)),
    ((5, 1), (1, 5)),
):
    cells = random.normal(size=source).astype(np.float32)
    result = F.interpolate(torch.tensor(cells)[None, None], target, mode="bilinear")[0, 0]
    total = result.numel()
    # Large results are thinned: every seventh cell.
    kept = list(range(0, total, 7 if total > 100 else 1))
    golden["bilinear"].append({
        "source": source, "target": target, "cells": cells.ravel().tolist(), "kept": kept,
        "values": result.ravel()[kept].tolist()})
(here / "golden.json").write_text(json.dumps(golden))
