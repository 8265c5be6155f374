"""How often 1.96 standard errors of the excess over the same-class null hold the truth (docs/STATISTICS.md).

Three classes of unequal size, each with a map of its own; an image's two maps share a pattern beside it. The truth is
the excess of 60,000 images. Made with Python 3.11.7, numpy 2.4.6; prints 0.9375, 0.9475, 0.946.
"""
import numpy as np

random = np.random.default_rng(1)
CLASSES, CELLS = 3, 16
base = random.random((CLASSES, CELLS))


def draw(count):
    labels = random.choice(CLASSES, count, p=[0.5, 0.3, 0.2])
    shared = base[labels] + 0.7 * random.random((count, CELLS))
    pair = [np.exp(2 * (shared + 0.5 * random.random((count, CELLS)))) for _ in range(2)]
    return labels, *[m / np.linalg.norm(m, axis=1, keepdims=True) for m in pair]


def series(labels, a, b):
    """cos_n − ā_n − b̄_n + null of the class; images alone in their class left out."""
    own = (a * b).sum(1)
    parts = []
    for label in range(CLASSES):
        of = labels == label
        others = of.sum() - 1
        if others < 1:
            continue
        as_map = (a[of] @ b[of].sum(0) - own[of]) / others
        as_target = (b[of] @ a[of].sum(0) - own[of]) / others
        parts.append(own[of] - as_map - as_target + as_map.mean())
    return np.concatenate(parts)


truth = series(*draw(60_000)).mean()
for count in (40, 150, 600):
    hits = 0
    for _ in range(2000):
        values = series(*draw(count))
        hits += abs(values.mean() - truth) <= 1.96 * values.std(ddof=1) / len(values) ** 0.5
    print(count, hits / 2000)
