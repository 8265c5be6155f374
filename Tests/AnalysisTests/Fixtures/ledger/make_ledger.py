"""Writes ledger.json: answers of an early-exit network, two seeds, and what an exit ledger of them must say.

Every setting is tried one after the other, every sample followed exit by exit, as the definitions read; no sorting,
no sweeping. Probabilities come from scipy.special.softmax, entropies from scipy.stats.entropy, Wilson's intervals
from scipy.stats.binomtest, those of differences from their formula, the bootstrap's from scipy.stats.bootstrap (other random numbers than ours: compared
loosely). Costs are integers, so ties are exact.

Made with Python 3.11.7, numpy 2.4.6, scipy 1.17.1.
"""
import json
import math
import pathlib

import numpy as np
from scipy import special, stats

N, M, C, E = 60, 40, 4, 4
MACS = [1_000_000, 2_500_000, 3_600_000, 6_000_000]
THRESHOLD = 0.7
SETTINGS = [0.0, 0.3, 0.55, 0.7, 0.95, 1.0]
DROP, WANTED, BUDGET = 0.05, 0.6, 0.5
random = np.random.default_rng(20251125)


def answers(labels):
    logits = []
    for exit in range(E):
        scores = random.normal(scale=1.5, size=(len(labels), C))
        scores[np.arange(len(labels)), labels] += 1.3 + 0.7 * exit
        logits.append(np.round(scores, 2))
        logits[exit][3] = logits[exit][2]  # two samples with the same scores: they leave together
        logits[exit][5] = 0  # no opinion: a tie of all classes, entropy ln C
    logits[0][7] = [200, 0, 0, 0]  # confidence 1 in double precision
    logits[1][8] = [1.25, 1.25, -1, 0]  # margin 0, first of two classes
    return logits


def policy_scores(logits):
    result = {name: [] for name in ("confidence", "entropy", "margin", "patience")}
    previous, run = None, None
    for exit in range(E):
        # The recording holds float32.
        p = special.softmax(logits[exit].astype(np.float32).astype(np.float64), axis=1)
        ordered = np.sort(p, axis=1)
        result["confidence"].append(ordered[:, -1])
        result["entropy"].append(np.maximum(0, 1 - stats.entropy(p, axis=1) / math.log(C)))
        result["margin"].append(ordered[:, -1] - ordered[:, -2])
        prediction = np.argmax(logits[exit], axis=1)
        run = np.zeros(len(prediction)) if previous is None else np.where(prediction == previous, run + 1, 0)
        previous = prediction
        result["patience"].append(run)
    return result


def right(labels, logits):
    return [np.argmax(logits[exit], axis=1) == labels for exit in range(E)]


def leave(scores, setting):
    exits = []
    for sample in range(len(scores[0])):
        for exit in range(E):
            if exit == E - 1 or scores[exit][sample] >= setting:
                exits.append(exit)
                break
    return exits


def score(exits, hits):
    correct = sum(bool(hits[exit][sample]) for sample, exit in enumerate(exits))
    cost = sum(MACS[exit] for exit in exits)
    return correct, cost


def candidates(scores):
    values = {float(v) for exit in range(E - 1) for v in scores[exit]}
    return sorted(values, reverse=True)


def choose(scores, hits, reaches, key):
    """The admissible setting with the least key; infinity stands for "none leaves early"."""
    best = None
    for setting in [math.inf] + candidates(scores):
        correct, cost = score(leave(scores, setting), hits)
        if reaches(correct, cost):
            entry = (key(correct, cost) + (-setting,), setting, correct, cost)
            if best is None or entry[0] < best[0]:
                best = entry
    return best


def difference_interval(values):
    """Bonett and Price (2012): two imagined pairs, one for each side, join the differences of -1, 0 and 1."""
    n = len(values) + 2
    centre = sum(values) / n
    error = math.sqrt(((sum(v * v for v in values) + 2) / n - centre**2) / n)
    z = stats.norm.ppf(0.975)
    return [max(-1, centre - z * error), min(1, centre + z * error)]


def intervals(values):
    """BCa at Hesterberg's widened level (see BootstrapDistribution)."""
    n = len(values)
    if np.ptp(values) == 0:
        return [float(values[0])] * 2
    level = 1 - 2 * stats.norm.cdf(np.sqrt(n / (n - 1)) * stats.t.ppf(0.025, n - 1))
    result = stats.bootstrap(
        (np.array(values, dtype=float),), np.mean, n_resamples=50_000, method="BCa", confidence_level=level,
        rng=np.random.default_rng(1))
    low, high = result.confidence_interval
    return [float(low), float(high)]


def wilson(count, total):
    interval = stats.binomtest(int(count), int(total)).proportion_ci(method="wilson")
    return [count / total, float(interval.low), float(interval.high)]


def frozen(policy, test, validation, choice):
    if choice is None:
        return None
    _, setting, correct, cost = choice
    exits = leave(policy_scores(test[1])[policy], setting)
    hits = right(*test)
    got, spent = score(exits, hits)
    final = hits[E - 1]
    difference = [float(hits[e][n]) - float(final[n]) for n, e in enumerate(exits)]
    return {
        "setting": None if math.isinf(setting) else setting,
        "validationAccuracy": correct / M,
        "validationFinalAccuracy": float(right(*validation)[E - 1].mean()),
        "validationMeanMacs": cost / M,
        "accuracy": wilson(got, N),
        "belowFinal": [float(np.mean(difference))] + difference_interval(difference),
        "meanMacs": [spent / N] + intervals([MACS[e] for e in exits]),
        "shares": [exits.count(e) / N for e in range(E)],
    }


def run(test, validation):
    hits, validation_hits = right(*test), right(*validation)
    final_right = int(validation_hits[E - 1].sum())
    result = {"policies": {}}
    for policy in ("confidence", "entropy", "margin", "patience"):
        scores, chosen_on = policy_scores(test[1])[policy], policy_scores(validation[1])[policy]
        settings = list(range(E)) if policy == "patience" else SETTINGS
        curve = []
        for setting in settings:
            exits = leave(scores, setting)
            correct, cost = score(exits, hits)
            curve.append([setting, correct / N, cost / N] + [exits.count(e) / N for e in range(E)])
        cheap = lambda correct, cost: (cost, -correct)
        accurate = lambda correct, cost: (-correct, cost)
        targets = [
            (lambda correct, cost: correct >= final_right - DROP * M - 1e-9, cheap),
            (lambda correct, cost: correct >= WANTED * M - 1e-9, cheap),
            (lambda correct, cost: cost <= BUDGET * MACS[-1] * M, accurate),
            (lambda correct, cost: correct >= M, cheap),  # all right: out of reach
        ]
        budgeted = []
        for step in range(1, 21):
            choice = choose(
                chosen_on, validation_hits, lambda correct, cost: 20 * cost <= step * MACS[-1] * M, accurate)
            if choice is None:
                continue
            exits = leave(scores, choice[1])
            correct, cost = score(exits, hits)
            budgeted.append([step / 20, choice[2] / M, choice[3] / M, correct / N, cost / N])
        result["policies"][policy] = {
            "curve": curve,
            "choices": [
                frozen(policy, test, validation, choose(chosen_on, validation_hits, *target))
                for target in targets
            ],
            "budgeted": budgeted,
        }
    exits = leave(policy_scores(test[1])["confidence"], THRESHOLD)
    result["leaving"] = []
    for exit in range(E):
        members = [n for n, e in enumerate(exits) if e == exit]
        correct = sum(bool(hits[exit][n]) for n in members)
        result["leaving"].append([len(members)] + (wilson(correct, len(members)) if members else []))
    first = [next((e for e in range(E) if hits[e][n]), None) for n in range(N)]
    final = hits[E - 1]
    parts = {
        "wasteful": [n for n in range(N) if first[n] is not None and first[n] < E - 1 and final[n]],
        "destructive": [n for n in range(N) if first[n] is not None and not final[n]],
        "onlyFinal": [n for n in range(N) if first[n] == E - 1],
        "never": [n for n in range(N) if first[n] is None],
    }
    result["overthinking"] = {name: [len(members)] + wilson(len(members), N) for name, members in parts.items()}
    wasted = [MACS[-1] - MACS[first[n]] for n in parts["wasteful"]]
    oracle = [E - 1 if e is None else e for e in first]
    result["wastedMacs"] = sum(wasted) / len(wasted)
    result["oracle"] = wilson(sum(e is not None for e in first), N)
    result["oracleMeanMacs"] = sum(MACS[e] for e in oracle) / N
    return result


def paired(first, second):
    """Second minus first, at the threshold, with value and bounds."""
    rows = []
    for test in (first, second):
        hits = right(*test)
        exits = leave(policy_scores(test[1])["confidence"], THRESHOLD)
        rows.append({
            "accuracy": [float(hits[e][n]) for n, e in enumerate(exits)],
            "meanMacs": [MACS[e] for e in exits],
            "destructive": [
                float(any(hits[e][n] for e in range(E - 1)) and not hits[E - 1][n]) for n in range(N)
            ],
        })
    result = {}
    for name in rows[0]:
        difference = [b - a for a, b in zip(rows[0][name], rows[1][name])]
        interval = intervals if name == "meanMacs" else difference_interval
        result[name] = [float(np.mean(difference))] + interval(difference)
    return result


labels, validation_labels = random.integers(0, C, N), random.integers(0, C, M)
seeds, tests = [], []
for _ in range(2):
    logits, validation_logits = answers(labels), answers(validation_labels)
    test, validation = (labels, logits), (validation_labels, validation_logits)
    tests.append(test)
    seeds.append({
        "logits": [z.ravel().tolist() for z in logits],
        "validationLogits": [z.ravel().tolist() for z in validation_logits],
        "expected": run(test, validation),
    })
document = {
    "classes": C, "macs": MACS, "threshold": THRESHOLD, "settings": SETTINGS, "drop": DROP, "wanted": WANTED,
    "budget": BUDGET, "labels": labels.tolist(), "validationLabels": validation_labels.tolist(), "seeds": seeds,
    "paired": paired(*tests),
}
path = pathlib.Path(__file__).with_name("ledger.json")
path.write_text(json.dumps(document, separators=(",", ":")) + "\n")
