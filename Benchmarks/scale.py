"""How the analysis and the whole report grow with the number of samples: time and peak memory.

    scale.py --exitlens .build/release/exitlens [--samples 1000 10000 50000] [--write README.md]

Writes two made-up recordings (baseline and EGT) of each size into a temporary folder, runs `exitlens bench --baseline
… --egt …` (read, check, analyse) and `exitlens report` on them, each in a process of its own, and prints a Markdown
table. Peak memory is the kernel's maximum resident set size of the process, as /usr/bin/time -v shows it.
Needs NumPy alone. `scale.py --only-write FOLDER --samples 1000` leaves the recordings for other uses.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

CLASSES = 10
# What `exitlens` trains by default at 64×64: grids of the five exits, and MACs to each.
GRIDS = [32, 16, 8, 4, 4]
MACS = [7.1e6, 83e6, 159e6, 234e6, 272e6]
SIDE = 64
CHUNK = 1000
BEGIN, END = "<!-- scale: begin -->", "<!-- scale: end -->"


def softmax(scores):
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return scores / scores.sum(axis=1, keepdims=True)


def maps(random, centres, grid, noise):
    """[n, grid, grid]: a softmax that looks at each image's centre, and at noise."""
    cells = (np.arange(grid, dtype=np.float32) + 0.5) / grid
    distance = (cells[None, :, None] - centres[:, 0, None, None]) ** 2 + (
        cells[None, None, :] - centres[:, 1, None, None]) ** 2
    scores = -20 * distance + noise * random.standard_normal(distance.shape, dtype=np.float32)
    return softmax(scores.reshape(len(centres), -1)).astype("<f4")


def images(random, centres):
    """[n, 64, 64, 3] of bytes: a coloured blob on a slope, with a little noise."""
    cells = (np.arange(SIDE, dtype=np.float32) + 0.5) / SIDE
    distance = (cells[None, :, None] - centres[:, 0, None, None]) ** 2 + (
        cells[None, None, :] - centres[:, 1, None, None]) ** 2
    base = (120 * np.exp(-30 * distance) + 60 * cells[None, None, :])[..., None]
    tint = random.uniform(0.5, 1, (len(centres), 1, 1, 3)).astype(np.float32)
    return (base * tint + random.uniform(0, 6, (*distance.shape, 1)).astype(np.float32)).astype(np.uint8)


def write_recording(folder, count, seed, strength):
    """A recording of `count` samples, one part after another, so that any size fits into memory.

    The images and labels depend on `count` alone: both models show the same samples.
    """
    folder.mkdir(parents=True)
    exits = range(1, len(GRIDS) + 1)
    tensors = {"labels": ("I64", [count])}
    tensors |= {f"attention.{k}": ("F32", [count, GRIDS[k - 1], GRIDS[k - 1]]) for k in exits}
    tensors |= {f"logits.{k}": ("F32", [count, CLASSES]) for k in exits}
    tensors["images"] = ("U8", [count, SIDE, SIDE, 3])
    size = {"I64": 8, "F32": 4, "U8": 1}
    header, offset, starts = {}, 0, {}
    for name, (kind, shape) in tensors.items():
        end = offset + size[kind] * int(np.prod(shape))
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [offset, end]}
        starts[name], offset = offset, end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(folder / "recording.safetensors", "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        data = file.tell()
        file.truncate(data + offset)

        def put(name, first, values):
            row = values.nbytes // len(values)
            file.seek(data + starts[name] + first * row)
            file.write(values.tobytes())

        for first in range(0, count, CHUNK):
            part = min(CHUNK, count - first)
            shown = np.random.default_rng([first, 1])
            centres = shown.uniform(0.2, 0.8, (part, 2)).astype(np.float32)
            labels = shown.integers(0, CLASSES, part)
            put("labels", first, labels.astype("<i8"))
            put("images", first, images(shown, centres))
            random = np.random.default_rng([first, seed, 2])
            for k in exits:
                logits = random.standard_normal((part, CLASSES), dtype=np.float32)
                logits[np.arange(part), labels] += k * 0.8
                put(f"logits.{k}", first, logits.astype("<f4"))
                put(f"attention.{k}", first, maps(random, centres, GRIDS[k - 1], 2 - strength))
    manifest = {
        "formatVersion": 1, "classNames": [f"class {k}" for k in range(CLASSES)], "input": [SIDE, SIDE],
        "channels": 3, "attentionKind": "softmax", "split": "test",
        "exits": [{"grid": [grid, grid], "macs": macs} for grid, macs in zip(GRIDS, MACS)],
        "provenance": {"producer": "Benchmarks/scale.py", "seed": seed, "lambda": strength},
    }
    (folder / "recording.json").write_text(json.dumps(manifest))


def run(command):
    """Seconds, peak resident bytes and standard output of a process."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"scale.py: {' '.join(command)} ended with {process.returncode}")
        output.seek(0)
        return seconds, usage.ru_maxrss * 1024, output.read().decode()


def measure(exitlens, folder, rounds):
    """One row: reading, analysing and reporting."""
    models = ["--baseline", str(folder / "baseline"), "--egt", str(folder / "egt")]
    analyses, reports = [], []
    for _ in range(rounds):
        _, peak, text = run([exitlens, "bench", *models, "--rounds", "1", "--json"])
        by_id = {measure["id"]: measure["milliseconds"]["median"] / 1e3 for measure in json.loads(text)["measures"]}
        analyses.append((by_id["read"], by_id["analyse"], peak))
        seconds, peak, _ = run([exitlens, "report", *models, "--out", str(folder / "report")])
        reports.append((seconds, peak))
    # The quietest round: others may use the machine.
    return (min(a[0] for a in analyses), min(a[1] for a in analyses), statistics.median(a[2] for a in analyses),
            min(r[0] for r in reports), statistics.median(r[1] for r in reports))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exitlens")
    parser.add_argument("--samples", type=int, nargs="+", default=[1000, 10_000, 50_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=Path, metavar="MARKDOWN", help="put the table into this file")
    parser.add_argument("--only-write", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    if options.only_write is None and options.exitlens is None:
        parser.error("--exitlens or --only-write is needed")

    lines = ["| samples | read and check, s | analyse, s | peak memory, MiB | whole report, s | its peak memory, MiB |",
             "|---|---|---|---|---|---|"]
    for count in options.samples:
        with tempfile.TemporaryDirectory(prefix="exitlens-scale-") as temporary:
            folder = Path(temporary) if options.only_write is None else options.only_write / str(count)
            write_recording(folder / "baseline", count, 1, 0)
            write_recording(folder / "egt", count, 2, 0.5)
            if options.only_write is not None:
                continue
            read, analyse, peak, report, report_peak = measure(options.exitlens, folder, options.rounds)
            lines.append(f"| {count:,} | {read:.2f} | {analyse:.2f} | {peak / 2**20:.0f} | {report:.2f} "
                         f"| {report_peak / 2**20:.0f} |")
            print(lines[-1], file=sys.stderr)
    if options.only_write is not None:
        return
    table = "\n".join(lines)
    print(table)
    if options.write is not None:
        text = options.write.read_text()
        before, rest = text.split(BEGIN)
        options.write.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{rest.split(END)[1]}")


if __name__ == "__main__":
    main()
