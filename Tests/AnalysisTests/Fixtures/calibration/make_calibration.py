"""Writes calibration.json: logits, and what others' code says about their calibration.

NLL, AUROC and reliability curves are scikit-learn's; Wilson intervals, folded normal means and the temperature are
SciPy's; the plain ECE is torchmetrics'. The debiased ECE is checked here against the simulation of Kumar's own package
(uncertainty-calibration) on the same bins, and the closed form is written. Brier score (sum over classes), equal-mass
bins and DeLong's variance are loops that follow the definitions word by word.

Made with Python 3.11.7 and the versions in requirements.txt.
"""
import json
import pathlib

import calibration as kumar
import numpy as np
import torch
from scipy import optimize, special, stats
from sklearn.calibration import calibration_curve
from sklearn.metrics import log_loss, roc_auc_score
from torchmetrics.functional.classification import multiclass_calibration_error

here = pathlib.Path(__file__).parent
BINS = 15
random = np.random.default_rng(20250601)


def single(logits):
    """Three decimals, so that the file stays small; as the Float that a recording holds."""
    return np.round(logits, 3).astype(np.float32)


def decimals(logits):
    return [round(float(x), 3) for x in logits.ravel()]


def answers(count, classes, skill, sharpness, step=None):
    """Logits of a network that is sharper than it should be where sharpness > 1; rounded to steps, confidences tie."""
    labels = random.integers(0, classes, count)
    logits = random.normal(size=(count, classes)) * 1.3
    logits[np.arange(count), labels] += skill
    if step:
        logits = np.round(logits / step) * step
    return labels, single(logits * sharpness)


def probabilities(logits, temperature=1.0):
    return special.softmax(logits.astype(np.float64) / temperature, axis=1)


def nll(logits, labels, temperature):
    return float(np.mean(special.logsumexp(logits / temperature, axis=1)
                         - (logits / temperature)[np.arange(len(labels)), labels]))


def brier(p, labels):
    total = 0.0
    for row, label in zip(p, labels):
        for c, value in enumerate(row):
            total += (value - (c == label)) ** 2
    return total / len(labels)


def equal_mass(confidence):
    """Bin numbers: floor(15 r / n), equal confidences at the rank of their first."""
    ranks = stats.rankdata(confidence, method="min") - 1
    return (BINS * ranks // len(confidence)).astype(int)


def plain_ece(confidence, right, bins):
    total = 0.0
    for b in range(BINS):
        inside = bins == b
        if inside.any():
            total += inside.sum() / len(right) * abs(right[inside].mean() - confidence[inside].mean())
    return float(total)


def width_bins(confidence):
    return np.searchsorted(np.arange(1, BINS) / BINS, confidence, side="left")


def debiased(confidence, right):
    bins = width_bins(confidence)
    resampled = 0.0
    for b in range(BINS):
        inside = bins == b
        if not inside.any():
            continue
        n, share = inside.sum(), right[inside].mean()
        gap, deviation = abs(share - confidence[inside].mean()), np.sqrt(share * (1 - share) / n)
        mean = stats.foldnorm.mean(gap / deviation, scale=deviation) if deviation > 0 else gap
        resampled += n / len(right) * mean
    value = 2 * plain_ece(confidence, right, bins) - resampled
    binned = [list(zip(confidence[bins == b], right[bins == b])) for b in range(BINS)]
    if all(len(b) != 1 for b in binned):
        np.random.seed(0)
        theirs = kumar.normal_debiased_ce([b for b in binned if b], power=1, resamples=100_000)
        assert abs(theirs - value) < 6e-4, (theirs, value)  # the simulation's own error
    return value


def by_chance(confidence):
    """Mean and standard deviation of the plain ECE of perfect calibration, each bin's deviation half-normal."""
    bins, n = width_bins(confidence), len(confidence)
    scales = [np.sqrt((confidence[bins == b] * (1 - confidence[bins == b])).sum()) / n for b in range(BINS)]
    halves = [stats.halfnorm(scale=s) for s in scales if s > 0]
    return float(sum(h.mean() for h in halves)), float(np.sqrt(sum(h.var() for h in halves)))


def delong(confidence, right):
    """The standard error by structural components, all pairs in turn."""
    positive, negative = confidence[right == 1], confidence[right == 0]
    kernel = (positive[:, None] > negative[None]) + 0.5 * (positive[:, None] == negative[None])
    if min(kernel.shape) < 2:
        return None
    variance = kernel.mean(1).var(ddof=1) / len(positive) + kernel.mean(0).var(ddof=1) / len(negative)
    return float(np.sqrt(variance))


def influences(confidence, right):
    """Per sample, so that the sum of squares over n squared is DeLong's variance."""
    positive, negative = confidence[right == 1], confidence[right == 0]
    m, k, n = len(positive), len(negative), len(right)
    value = roc_auc_score(right, confidence)
    result = []
    for c, r in zip(confidence, right):
        if r:
            result.append(((c > negative).mean() + 0.5 * (c == negative).mean() - value) * n / np.sqrt(m * (m - 1)))
        else:
            result.append(((positive > c).mean() + 0.5 * (c == positive).mean() - value) * n / np.sqrt(k * (k - 1)))
    return np.array(result)


def auroc(confidence, right):
    if right.min() == right.max():
        return None
    value, error = float(roc_auc_score(right, confidence)), delong(confidence, right)
    result = {"value": value, "low": None, "high": None}
    if error is not None and 0 < value < 1:
        z = stats.norm.ppf(0.975)
        middle, reach = special.logit(value), z * error / (value * (1 - value))
        result |= {"low": float(special.expit(middle - reach)), "high": float(special.expit(middle + reach))}
    return result


def curve(confidence, right, bins):
    rows = []
    for b in range(BINS):
        inside = bins == b
        n, hits = int(inside.sum()), int(right[inside].sum())
        row = {"bin": b, "count": n, "confidence": None, "accuracy": None, "low": None, "high": None}
        if n:
            interval = stats.binomtest(hits, n).proportion_ci(0.95, "wilson")
            row |= {"confidence": float(confidence[inside].mean()), "accuracy": hits / n,
                    "low": float(interval.low), "high": float(interval.high),
                    "lowest": float(confidence[inside].min()), "highest": float(confidence[inside].max())}
        rows.append(row)
    return rows


def scores(labels, logits, temperature=1.0):
    p = probabilities(logits, temperature)
    confidence, right = p.max(1), (logits.argmax(1) == labels).astype(float)
    bins = width_bins(confidence)
    ece = plain_ece(confidence, right, bins)
    theirs = float(multiclass_calibration_error(torch.tensor(p), torch.tensor(labels), p.shape[1], n_bins=BINS))
    assert abs(theirs - ece) < 1e-6, (theirs, ece)
    null, deviation = by_chance(confidence)
    loss = nll(logits.astype(np.float64), labels, temperature)
    if p[np.arange(len(labels)), labels].min() > 1e-14:  # scikit-learn clips below
        theirs = log_loss(labels, p, labels=np.arange(p.shape[1]))
        assert abs(theirs - loss) < 1e-12, (theirs, loss)
    return {"accuracy": float(right.mean()), "confidence": float(confidence.mean()), "nll": loss,
            "brier": float(brier(p, labels)), "ece": ece, "debiased": float(debiased(confidence, right)),
            "null": null, "nullDeviation": deviation,
            "equalMass": plain_ece(confidence, right, equal_mass(confidence)),
            "auroc": auroc(confidence, right)}


def temperature(labels, logits):
    z = logits.astype(np.float64)
    if (z == z[:, :1]).all():
        return None
    if (logits.argmax(1) == labels).all():  # the sharper the better, until the NLL rounds to 0
        return {"temperature": 0.05, "isAtBound": True, "before": nll(z, labels, 1), "after": nll(z, labels, 0.05)}
    fit = optimize.minimize_scalar(lambda t: nll(z, labels, np.exp(t)), method="bounded",
                                   bounds=(np.log(0.05), np.log(20)), options={"xatol": 1e-12})
    value = float(np.exp(fit.x))
    bound = min(abs(value / 0.05 - 1), abs(value / 20 - 1)) < 1e-4
    if bound:
        value = 0.05 if value < 1 else 20.0
    return {"temperature": value, "isAtBound": bool(bound), "before": nll(z, labels, 1), "after": nll(z, labels, value)}


def case(name, test, validation):
    labels, logits = test
    p = probabilities(logits)
    confidence, right = p.max(1), (logits.argmax(1) == labels).astype(float)
    widths, masses = curve(confidence, right, width_bins(confidence)), curve(confidence, right, equal_mass(confidence))
    filled = [row for row in widths if row["count"]]
    share, mean = calibration_curve(right, confidence, n_bins=BINS, strategy="uniform")
    assert np.allclose([row["accuracy"] for row in filled], share, atol=1e-12)
    assert np.allclose([row["confidence"] for row in filled], mean, atol=1e-12)
    if len(np.unique(confidence)) == len(right) and len(right) % BINS == 0:
        share, mean = calibration_curve(right, confidence, n_bins=BINS, strategy="quantile")
        assert np.allclose([row["accuracy"] for row in masses], share, atol=1e-12)
        assert np.allclose([row["confidence"] for row in masses], mean, atol=1e-12)
        print(name, "equal-mass bins are scikit-learn's")
    fit = temperature(*validation)
    return {"name": name, "classCount": logits.shape[1], "labels": labels.tolist(),
            "logits": decimals(logits),
            "validation": {"labels": validation[0].tolist(), "logits": decimals(validation[1])},
            "scores": scores(labels, logits), "widths": widths,
            "masses": [row for row in masses if row["count"]], "fit": fit,
            "scaled": scores(labels, logits, fit["temperature"]) if fit else None}


def right_only(count, classes, sharpness):
    labels = random.integers(0, classes, count)
    logits = random.normal(size=(count, classes)) * 0.2
    logits[np.arange(count), labels] += sharpness
    return labels, single(logits)


def equal_logits(count, classes):
    return random.integers(0, classes, count), np.ones((count, classes), np.float32)


cases = [
    case("overconfident", answers(300, 5, 2.0, 2.0), answers(90, 5, 2.0, 2.0)),
    case("underconfident", answers(200, 3, 1.5, 0.5), answers(80, 3, 1.5, 0.5)),
    case("ties", answers(150, 2, 1.0, 1.0, step=0.5), answers(40, 2, 1.0, 1.0, step=0.5)),
    case("saturated", answers(60, 3, 3.0, 40.0), answers(40, 3, 1.0, 8.0)),
    case("all right", right_only(40, 3, 6.0), right_only(30, 3, 6.0)),
    case("two classes", answers(120, 2, 1.2, 1.5), answers(60, 2, -0.5, 1.5)),
    case("one wrong", right_only(30, 2, 1.5), equal_logits(20, 2)),
]
assert cases[6]["scores"]["accuracy"] == 1
# One label turned around, so that a single answer is wrong.
logits = np.array(cases[6]["logits"]).reshape(30, 2)
labels = np.array(cases[6]["labels"])
labels[0] = 1 - labels[0]
cases[6] = case("one wrong", (labels, logits.astype(np.float32)), equal_logits(20, 2))

# Two networks on the same samples, and means over two recordings of an arm.
labels = random.integers(0, 4, 180)


def network(skill, sharpness):
    z = random.normal(size=(180, 4))
    z[np.arange(180), labels] += skill
    return single(z * sharpness)


baseline, egt = [network(1.6, 1.2)], [network(1.7, 2.0), network(1.5, 2.4)]


def arm(recordings):
    rows = [scores(labels, z) for z in recordings]
    confidence = [probabilities(z).max(1) for z in recordings]
    right = [(z.argmax(1) == labels).astype(float) for z in recordings]
    influence = np.mean([influences(c, r) for c, r in zip(confidence, right)], axis=0)
    value = float(np.mean([row["auroc"]["value"] for row in rows]))
    error = float(np.sqrt((influence ** 2).sum()) / len(labels))
    middle, reach = special.logit(value), stats.norm.ppf(0.975) * error / (value * (1 - value))
    pooled, hits = np.concatenate(confidence), np.concatenate(right)
    images = np.tile(np.arange(len(labels)), len(recordings))
    bins, counts = width_bins(pooled), []
    for b in range(BINS):
        inside = bins == b
        counts.append({"count": int(inside.sum()), "images": len(set(images[inside])),
                       "accuracy": float(hits[inside].mean()) if inside.any() else None})
    return {"nll": float(np.mean([row["nll"] for row in rows])),
            "brier": float(np.mean([row["brier"] for row in rows])),
            "ece": float(np.mean([row["ece"] for row in rows])),
            "debiased": float(np.mean([row["debiased"] for row in rows])),
            "null": float(np.mean([row["null"] for row in rows])),
            "auroc": {"value": value, "low": float(special.expit(middle - reach)),
                      "high": float(special.expit(middle + reach))},
            "bins": counts}, influence


left, left_influence = arm(baseline)
right, right_influence = arm(egt)
delta = right["auroc"]["value"] - left["auroc"]["value"]
reach = stats.norm.ppf(0.975) * np.sqrt(((right_influence - left_influence) ** 2).sum()) / len(labels)
pair = {"classCount": 4, "labels": labels.tolist(),
        "baseline": [decimals(z) for z in baseline],
        "egt": [decimals(z) for z in egt], "left": left, "right": right,
        "auroc": {"value": delta, "low": float(delta - reach), "high": float(delta + reach)}}


def shorter(value):
    if isinstance(value, dict):
        return {key: shorter(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shorter(item) for item in value]
    return float(f"{value:.12g}") if isinstance(value, float) else value



text = json.dumps({"cases": cases, "pair": pair}, default=float)
document = shorter(json.loads(text))
(here / "calibration.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")
print((here / "calibration.json").stat().st_size, "bytes")
