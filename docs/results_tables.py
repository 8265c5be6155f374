"""The tables of docs/RESULTS.md, from reports of sweeps: python3 docs/results_tables.py REPORT…"""
import csv
import json
import sys
from pathlib import Path


def number(value, digits=3, signed=False):
    if value is None:
        return "—"
    text = f"{value:{'+' if signed else ''}.{digits}f}"
    # Zero has no sign.
    return (text if text.strip("+-0.") else text.lstrip("+-")).replace("-", "−")


def table(headings, rows):
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def alerts(codes):
    """Each code once, with how often where that is more."""
    counts = {code: codes.count(code) for code in codes}
    return ", ".join(code if count == 1 else f"{code} ({count})" for code, count in counts.items()) or "none"


class Numbers:
    """`data/numbers.csv`: a model's own numbers, and its differences from its reference."""

    def __init__(self, report):
        with open(Path(report) / "data/numbers.csv", newline="") as file:
            self.lines = {
                (line["model"], line["reference"] != "", line["measure"], line["place"], line["exit"]): line
                for line in csv.DictReader(file)}

    def line(self, model, measure, place, exit="", is_difference=False):
        return self.lines.get((model, is_difference, measure, place, str(exit)))

    def value(self, model, measure, place, exit="", is_difference=False):
        line = self.line(model, measure, place, exit, is_difference)
        return None if line is None or not line["value"] else float(line["value"])

    def own(self, model, measure, place, exit="", factor=1, digits=3):
        """Mean ± standard deviation over runs, where there are several."""
        value = self.value(model, measure, place, exit)
        if value is None:
            return "—"
        deviation = self.line(model, measure, place, exit)["sd_over_runs"]
        text = number(factor * value, digits)
        return f"{text} ± {number(factor * float(deviation), digits)}" if deviation else text

    def difference(self, model, measure, place, exit="", factor=1, digits=3):
        """With its interval over images and runs where there is one, else over images."""
        line = self.line(model, measure, place, exit, is_difference=True)
        if line is None or not line["value"]:
            return "—"
        name = "over_runs" if line["over_runs_low"] else "value"
        value, low, high = (float(line[key]) * factor if line[key] else None
                            for key in (name, f"{name}_low", f"{name}_high"))
        text = number(value, digits, signed=True)
        return text if low is None else f"{text} [{number(low, digits, True)}, {number(high, digits, True)}]"


def main(report):
    data = json.loads((Path(report) / "data/report.json").read_text())
    numbers = Numbers(report)
    models = data["models"]
    exits = max(len(model["exits"]) for model in models)

    def final(model):
        return len(model["exits"])

    print(f"### {data['name']}\n")
    print(table(
        ["model", "λ", "runs"] + [f"exit {exit}" for exit in range(1, exits)] + ["mean", "accuracy, %"],
        [[model["name"], number(model["lambda"], 1), str(len(model["seeds"]))]
         + [numbers.own(model["name"], "cosine", "exit", exit) for exit in range(1, exits)]
         + [numbers.own(model["name"], "cosine", "mean"),
            numbers.own(model["name"], "accuracy", "exit", final(model), 100, 2)] for model in models]))
    print()

    def relative(comparison, measure):
        start = numbers.value(comparison["reference"], measure, "mean")
        difference = numbers.value(comparison["model"], measure, "mean", is_difference=True)
        return "—" if not start or start <= 0 or difference is None else number(100 * difference / start, 0, True) + " %"

    lines = []
    for comparison in data["comparisons"]:
        name = comparison["model"]
        model = next(model for model in models if model["name"] == name)
        raised = [flag["code"] for flag in data["flags"] if flag["model"] == name]
        lines.append([
            name, numbers.difference(name, "cosine", "mean"), relative(comparison, "cosine"),
            numbers.difference(name, "excess", "mean"),
            numbers.difference(name, "centred", "mean"), relative(comparison, "centred"),
            numbers.difference(name, "accuracy", "exit", final(model), 100, 2),
            numbers.difference(name, "spread", "exit", final(model), digits=2), alerts(raised)])
    print(table(
        ["model", "Δ cosine", "relative", "Δ excess", "Δ centred r", "relative", "Δ accuracy, points",
         "Δ final spread", "alerts"], lines))
    print()
    times = {row["model"]: row for row in data["tables"]["times"]}

    def time(model, key):
        row = times.get(model["name"])
        if row is None:
            return "—"
        deviation = row[f"{key}Sd"]
        text = number(row[key], 2)
        return text if deviation is None else f"{text} ± {number(deviation, 2)}"

    print(table(
        ["model", "accuracy, final exit", "accuracy, early exit", "ms, final exit", "ms, early exit", "speed-up"],
        [[model["name"], numbers.own(model["name"], "accuracy", "exit", final(model), 100, 2),
          numbers.own(model["name"], "accuracy", "early-exit", "", 100, 2),
          time(model, "finalMs"), time(model, "earlyMs"), time(model, "speedup")] for model in models]))
    print()


for report in sys.argv[1:]:
    main(report)
