"""The tables of docs/RESULTS.md, from reports of sweeps: python3 docs/results_tables.py REPORT…"""
import csv
import json
import sys
from pathlib import Path


def number(value, digits=3, signed=False):
    if value is None:
        return "—"
    return f"{value:{'+' if signed else ''}.{digits}f}".replace("-", "−")


def interval(difference, digits=3, factor=1):
    if difference is None:
        return "—"
    value, low, high = (None if difference[key] is None else factor * difference[key]
                        for key in ("value", "low", "high"))
    text = number(value, digits, signed=True)
    return text if low is None else f"{text} [{number(low, digits, True)}, {number(high, digits, True)}]"


def table(headings, rows):
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def alerts(codes):
    """Each code once, with how often where that is more."""
    counts = {code: codes.count(code) for code in codes}
    return ", ".join(code if count == 1 else f"{code} ({count})" for code, count in counts.items()) or "none"


def name(row):
    form = row["form"] if row["architecture"] == "plain" else f"{row['architecture']}, {row['form']}"
    return [form, number(row["lambda"], 1)]


def main(report):
    data = json.loads((Path(report) / "data/report.json").read_text())
    rows = data["experiment"]["rows"]
    spread_over_runs = {}
    with open(Path(report) / "data/experiment.csv", newline="") as file:
        for line in csv.DictReader(file):
            key = (line["architecture"], line["form"], float(line["lambda"]), line["measure"], line["place"], line["exit"])
            spread_over_runs[key] = line

    def cell(row, measure, place, exit="", factor=1, digits=3):
        line = spread_over_runs.get((row["architecture"], row["form"], row["lambda"], measure, place, exit))
        if line is None or not line["value"]:
            return "—"
        text = number(factor * float(line["value"]), digits)
        deviation = line["sd_over_runs"]
        return f"{text} ± {number(factor * float(deviation), digits)}" if deviation else text

    exits = len(data["arms"]["egt"]["exits"])
    print(f"### {data['name']}\n")
    print(table(
        ["form", "λ", "runs"] + [f"exit {exit}" for exit in range(1, exits)] + ["mean", "accuracy, %"],
        [name(row) + [str(len(row["seeds"]))]
         + [cell(row, "cosine", "exit", str(exit)) for exit in range(1, exits)]
         + [cell(row, "cosine", "mean"), cell(row, "accuracy", "exit", str(exits), 100, 2)] for row in rows]))
    print()
    base = {}
    lines = []
    for row in rows:
        if row["deltaCosine"] is None:
            base[row["architecture"]] = row
            continue
        own = base[row["architecture"]]

        def relative(measure, difference, own=own, row=row):
            start = own[measure]
            if not start or start <= 0:
                return "—"
            return number(100 * row[difference]["value"] / start, 0, True) + " %"

        lines.append(name(row) + [
            interval(row["deltaCosine"]), relative("cosine", "deltaCosine"), interval(row["deltaExcess"]),
            interval(row["deltaCentred"]), relative("centred", "deltaCentred"),
            interval(row["deltaAccuracy"], 2, 100), interval(row["deltaSpread"], 2), alerts(row["flags"])])
    print(table(
        ["form", "λ", "Δ cosine", "relative", "Δ excess", "Δ centred r", "relative", "Δ accuracy, points",
         "Δ final spread", "alerts"], lines))
    print()

    def times(row, key):
        if row["times"] is None:
            return "—"
        deviation = row["times"][key]["sd"]
        text = number(row["times"][key]["value"], 2)
        return text if deviation is None else f"{text} ± {number(deviation, 2)}"

    print(table(
        ["form", "λ", "accuracy, final exit", "accuracy, early exit", "ms, final exit", "ms, early exit", "speed-up"],
        [name(row) + [cell(row, "accuracy", "exit", str(exits), 100, 2), cell(row, "accuracy", "early-exit", "", 100, 2),
                      times(row, "final"), times(row, "early"), times(row, "speedup")] for row in rows]))
    print()


for report in sys.argv[1:]:
    main(report)
