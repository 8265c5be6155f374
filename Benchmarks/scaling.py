"""Draws `exitlens bench --scaling --json` as Benchmarks/scaling.svg: time of a training step by batch and image size.

    exitlens bench --scaling --json > scaling.json
    python3 Benchmarks/scaling.py scaling.json Benchmarks/scaling.svg
"""

import json
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "exitlens"
import matplotlib.pyplot as plt


def main(source, target):
    report = json.load(open(source))
    points = []
    for measure in report["measures"]:
        _, side, images = measure["id"].split("-")
        points.append((int(side), int(images), measure["milliseconds"]))
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    panels = [
        (axes[0], "images in a batch of 64×64×3", [(i, t, i) for s, i, t in points if s == 64]),
        (axes[1], "height and width, batch of 32", [(s, t, s * s / 64**2) for s, i, t in points if i == 32]),
    ]
    for axis, label, values in panels:
        values.sort(key=lambda value: value[0])
        x = [value[0] for value in values]
        middle = [value[1]["median"] for value in values]
        spread = [[m - v[1]["lowest"] for m, v in zip(middle, values)], [v[1]["highest"] - m for m, v in zip(middle, values)]]
        # The line through the point that both panels share: time in proportion to pixels.
        at = next(index for index, value in enumerate(values) if value[0] == (32 if axis is axes[0] else 64))
        axis.plot(x, [middle[at] * v[2] / values[at][2] for v in values], "--", color="0.6", label="in proportion to pixels")
        axis.errorbar(x, middle, yerr=spread, fmt="o-", color="#0072b2", capsize=3, label="ExitLens")
        axis.set(xscale="log", yscale="log", xlabel=label, ylabel="ms a training step")
        axis.set_xticks(x, [str(value) for value in x])
        axis.minorticks_off()
        axis.legend(frameon=False)
    machine = report["machine"]
    figure.suptitle(
        f"{machine['cpu']}, {machine['threads']} threads: median of {report['rounds']} rounds; bars from lowest to highest",
        fontsize=9)
    figure.savefig(target, metadata={"Date": None})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
