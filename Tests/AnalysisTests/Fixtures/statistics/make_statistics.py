"""What the statistics must say, from SciPy and statsmodels, and from loops that follow the definitions word by word.

Made with the versions in requirements.txt. Run: python make_statistics.py (about a minute, most of it SciPy's
bootstrap).
"""
import json
import pathlib
import sys

import numpy as np
import pandas
import statsmodels.formula.api as formula
from scipy import special, stats
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

here = pathlib.Path(__file__).parent
sys.path.append(str(here.parent))
from xoshiro import Generator  # noqa: E402

random = np.random.default_rng(20260105)
out = {}

# ---------------------------------------------------------------- distributions
shares = [1e-12, 1e-5, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999]
points = [-8.0, -3.2, -1.0, -0.01, 0.0, 0.5, 1.96, 4.0]
out["normal"] = {
    "cumulative": [[x, float(stats.norm.cdf(x))] for x in points],
    "quantile": [[q, float(stats.norm.ppf(q))] for q in shares],
}
freedoms = [0.5, 1, 2, 2.7, 9, 1363, 2e5]
out["student"] = {
    "cumulative": [[x, f, float(stats.t.cdf(x, f))] for f in freedoms for x in points],
    "quantile": [[q, f, float(stats.t.ppf(q, f))] for f in freedoms for q in shares if q != 1e-12 or f > 1],
}
parameters = [(0.5, 0.5), (1, 1), (0.5, 40), (3, 700), (12000, 11800)]
out["beta"] = {
    "value": [
        [x, a, b, float(special.betainc(a, b, x))]
        for a, b in parameters for x in (0.001, 0.02, 0.3, 0.5, 0.51, 0.97)
    ],
    "inverse": [
        [q, a, b, float(special.betaincinv(a, b, q))] for a, b in parameters for q in (0.025, 0.5, 0.975)
    ],
}

# ---------------------------------------------------------------- shares
out["wilson"] = []
for right, count in ((0, 1), (1, 1), (0, 10), (10, 10), (3, 7), (1363, 1364), (682, 1364)):
    low, high = proportion_confint(right, count, method="wilson")
    ours = stats.binomtest(right, count).proportion_ci(method="wilson")
    assert np.allclose([low, high], [ours.low, ours.high], atol=1e-12)
    out["wilson"].append([right, count, float(low), float(high)])

out["mcnemar"] = []
for both, baseline, egt, neither in (
    (10, 0, 0, 3), (5, 1, 0, 1), (4, 7, 1, 12), (100, 5, 5, 9), (1200, 30, 55, 79), (0, 0, 12, 0),
    (40000, 4200, 3900, 1900), (10, 9, 0, 1),
):
    test = mcnemar([[both, baseline], [egt, neither]], exact=True)
    n, k = baseline + egt, min(baseline, egt)
    if n:
        assert np.isclose(test.pvalue, stats.binomtest(baseline, n).pvalue, rtol=1e-9)
        low, high = proportion_confint(egt, n, method="beta")
    mid = 1.0 if baseline == egt else float(2 * stats.binom.cdf(k, n, 0.5) - stats.binom.pmf(k, n, 0.5))
    out["mcnemar"].append({
        "table": [both, baseline, egt, neither], "p": min(1, float(test.pvalue)), "midP": mid,
        "oddsRatio": egt / baseline if baseline else None,
        "low": float(low / (1 - low)) if n else None,
        "high": float(high / (1 - high)) if baseline else None})

out["pairedShares"] = []
for both, baseline, egt, neither in ((1, 1, 7, 12), (10, 0, 0, 3), (1200, 30, 55, 79), (0, 0, 9, 0)):
    # Bonett and Price (2012), equation 3, in the cells of the 2 × 2 table.
    n = both + baseline + egt + neither + 2
    a, b = (egt + 1) / n, (baseline + 1) / n
    error = np.sqrt((a + b - (a - b) ** 2) / n)
    low, high = np.clip(a - b + stats.norm.ppf([0.025, 0.975]) * error, -1, 1)
    out["pairedShares"].append({
        "table": [both, baseline, egt, neither], "value": (egt - baseline) / (n - 2), "low": float(low),
        "high": float(high), "p": float(2 * stats.norm.sf(abs(a - b) / error))})

# ---------------------------------------------------------------- Holm
out["holm"] = []
for values in ([0.01, 0.04, 0.03, 0.005], [0.2, 0.2, 0.9], [0.001], [0.5, 0.04, 0.04, 0.04, 0.012]):
    adjusted = multipletests(values, method="holm")[1]
    out["holm"].append({"p": values, "adjusted": [float(p) for p in adjusted]})


# ---------------------------------------------------------------- bootstrap against SciPy's
def ratio_of_sums(x, mask, axis=-1):
    return np.sum(x * mask, axis=axis) / np.sum(mask, axis=axis)


def average_of_two(x, y, mask, axis=-1):
    return (np.mean(x, axis=axis) + ratio_of_sums(y, mask, axis)) / 2


def standardised(x, axis=-1):
    return np.mean(x, axis=axis) / np.std(x, ddof=1, axis=axis)


def scipys(data, statistic, n):
    """BCa of SciPy at the level that Hesterberg's widening asks for, and plain percentiles."""
    level = 1 - 2 * stats.norm.cdf(np.sqrt(n / (n - 1)) * stats.t.ppf(0.025, n - 1))
    answer = {"value": float(statistic(*data)), "n": n}
    for method, key, confidence in (("BCa", "bca", level), ("percentile", "percentile", 0.95)):
        result = stats.bootstrap(
            data, statistic, paired=True, vectorized=True, n_resamples=200_000, batch=2000, method=method,
            confidence_level=confidence, rng=np.random.default_rng(1))
        answer[key] = [float(x) for x in result.confidence_interval]
        answer["error"] = float(result.standard_error)
    return answer


small = random.exponential(size=25) - 0.4
large = random.normal(0.05, 1, 200) ** 3
other = random.beta(8, 1, 25)
mask = (np.arange(25) % 6 != 2).astype(float)
out["bootstrap"] = {
    "small": small.tolist(), "large": large.tolist(), "other": other.tolist(), "mask": mask.tolist(),
    "meanOfSmall": scipys((small,), np.mean, 25),
    "meanOfLarge": scipys((large,), np.mean, 200),
    "averageOfTwo": scipys((small, other, mask), average_of_two, int(mask.sum())),
    "standardised": scipys((small,), standardised, 25),
}

# ---------------------------------------------------------------- runs
# Without image variance the interval over runs is a t interval: SciPy's.
left, right = random.normal(0.4, 0.1, 3), random.normal(0.7, 0.03, 5)
welch = stats.ttest_ind(right, left, equal_var=False)
pairs = random.normal(0.1, 0.08, 4)
one = stats.ttest_1samp(pairs, 0)
interval = lambda test: [float(x) for x in test.confidence_interval(0.95)]
out["studentTests"] = {
    "left": left.tolist(), "right": right.tolist(), "welch": interval(welch), "welchP": float(welch.pvalue),
    "welchFreedom": float(welch.df), "pairs": pairs.tolist(), "paired": interval(one), "pairedP": float(one.pvalue)}

# The components of variance of a balanced table are those of a two-way analysis of variance.
S, N = 4, 30
table = random.normal(0, 0.3, (S, 1)) + random.normal(0, 0.5, (1, N)) + random.normal(0, 0.8, (S, N))
frame = pandas.DataFrame([
    {"run": s, "image": i, "x": table[s, i]} for s in range(S) for i in range(N)])
squares = anova_lm(formula.ols("x ~ C(run) + C(image)", frame).fit())["mean_sq"]
out["components"] = {
    "table": table.tolist(), "apparent": float(squares["C(run)"] / (S * N)),
    "variance": float((squares["C(run)"] - squares["Residual"]) / (S * N))}

# ---------------------------------------------------------------- the nested bootstrap, draw by draw
RESAMPLES, SEED, IMAGES = 300, 11, 20
runs = {arm: random.normal(m, 0.2, (3, 2, IMAGES)) for arm, m in (("baseline", 0.3), ("egt", 0.5))}
undefined = [("baseline", 0, 1, 4), ("baseline", 2, 0, 9), ("egt", 1, 1, 4), ("egt", 1, 1, 5)]
for arm, run, series, image in undefined:
    runs[arm][run, series, image] = np.nan
partners = [2, 0, 1]  # EGT's run of each pair, in the baseline's order


def drawn(arm, chosen, images):
    return np.mean([np.mean([np.nanmean(runs[arm][r, s][images]) for s in range(2)]) for r in chosen])


stars = {"matched": [], "independent": [], "baseline": []}
for r in range(RESAMPLES):
    generator = Generator(SEED, r)
    images = generator.draws(IMAGES, IMAGES)
    pair = generator.draws(3, 3)
    stars["matched"].append(
        drawn("egt", [partners[p] for p in pair], images) - drawn("baseline", pair, images))
    stars["baseline"].append(drawn("baseline", pair, images))
    generator = Generator(SEED, r)
    generator.draws(IMAGES, IMAGES)
    baseline = generator.draws(3, 3)
    egt = generator.draws(3, 3)
    stars["independent"].append(drawn("egt", egt, images) - drawn("baseline", baseline, images))
out["nested"] = {
    "resamples": RESAMPLES, "seed": SEED,
    "runs": {arm: [[[None if np.isnan(x) else x for x in s] for s in r] for r in values.tolist()]
             for arm, values in runs.items()},
    "egtSeeds": [2, 3, 1], "baselineSeeds": [1, 2, 3],
    "percentiles": {key: [float(x) for x in np.quantile(values, [0.025, 0.975])] for key, values in stars.items()},
}

# ---------------------------------------------------------------- widened by the runs
# The same table, matched and independent, from its definition.
def influences(arm, run):
    total = np.zeros(IMAGES)
    for s in range(2):
        x = runs[arm][run, s]
        total += np.where(np.isnan(x), 0, x - np.nanmean(x)) * IMAGES / np.sum(~np.isnan(x)) / 2
    return total


def component(values, shares):
    S, n = len(values), IMAGES
    image = lambda u: np.sum(u**2) / (n * (n - 1))
    v = np.clip((np.mean([image(u) for u in shares]) - image(np.mean(shares, axis=0))) / (S - 1), 0,
                image(np.mean(shares, axis=0)))
    apparent = np.var(values, ddof=1) / S
    return apparent, max(0, apparent - v), S - 1


number = {arm: [np.mean(np.nanmean(runs[arm][r], axis=1)) for r in range(3)] for arm in runs}
share = {arm: [influences(arm, r) for r in range(3)] for arm in runs}
low, value, high = 0.11, 0.2, 0.31
out["widened"] = {"images": [value, low, high]}
for key, parts in (
    ("independent", [component(number[arm], share[arm]) for arm in ("baseline", "egt")]),
    ("matched", [component(
        [number["egt"][partners[p]] - number["baseline"][p] for p in range(3)],
        [share["egt"][partners[p]] - share["baseline"][p] for p in range(3)])]),
):
    freedom = sum(a for a, _, _ in parts) ** 2 / sum(a**2 / d for a, _, d in parts)
    square = stats.t.ppf(0.975, freedom) ** 2 * sum(v for _, v, _ in parts)
    out["widened"][key] = {
        "degreesOfFreedom": float(freedom), "low": float(value - np.sqrt((value - low) ** 2 + square)),
        "high": float(value + np.sqrt((high - value) ** 2 + square))}

(here / "statistics.json").write_text(json.dumps(out))
