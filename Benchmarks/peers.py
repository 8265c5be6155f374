"""ExitLens beside PyTorch, ONNX Runtime, OpenVINO, matplotlib and Pillow: the same work, in turn.

    make bench-peers                          # or: python3 Benchmarks/peers.py --exitlens .build/release/exitlens

First every contender's outputs are compared with ExitLens's (1e-3 relative at most, or it stops; a sheet's pixels two
steps of 255). Then, in every
round, each contender is measured right after ExitLens, which runs as a process of its own; a ratio is that of
such a pair, so that a machine that slows down for a while slows both. What other processes took of the machine
meanwhile stands below the table; disturbed pairs are measured once more.
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import torch

import contenders as peers

CASES = ["training-64", "training-32", "inference-64-1", "inference-64-32", "inference-32-1", "inference-32-32",
         peers.SHEETS]
TOLERANCE = 1e-3
# Where a blend of two 8-bit colours is rounded differs from program to program.
SHEET_TOLERANCE = 2 / 255
# A pair is measured again where other processes took more of the machine than this; the quieter attempt counts,
# whatever its figures.
DISTURBED, ATTEMPTS = 0.05, 2
BEGIN, END = "<!-- last run: begin -->", "<!-- last run: end -->"


def ours(options, *arguments):
    """The report of `exitlens bench`."""
    command = [
        options.exitlens, "bench", "--json", "--threads", str(options.threads), "--architecture", options.architecture,
        *arguments]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


class Worker:
    """A contender in a process of its own, so that none inherits another's threads or heap."""

    def __init__(self, options, folder, case, name):
        self.process = subprocess.Popen(
            [sys.executable, peers.__file__, "work", folder, case, name, str(options.threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=peers.environment(name))
        self.name = name
        self.deviation = self.answer(case)
        allowed = SHEET_TOLERANCE if case == peers.SHEETS else TOLERANCE
        if not self.deviation <= allowed:
            sys.exit(f"peers: {name}, {case}: outputs differ by {self.deviation:.1e} relative, allowed {allowed:.0e}")

    def answer(self, case):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"peers: {self.name}, {case}: its process ended; its message stands above")
        return float(line)

    def seconds(self, case):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.answer(case)

    def processor_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def processor_seconds(worker=None):
    """Spent so far: by the whole machine, and by this process, those it has waited for, and a worker."""
    user, nice, system, _, _, interrupt, soft, *_ = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:])
    own = sum(os.times()[:4]) + (worker.processor_seconds() if worker else 0)
    return (user + nice + system + interrupt + soft) / os.sysconf("SC_CLK_TCK"), own


class Patience:
    """Waits before a pair until other processes leave the machine alone, for so many seconds in a whole run."""

    def __init__(self, budget):
        self.left = budget

    def wait(self):
        while self.left > 0:
            before, _ = processor_seconds()
            time.sleep(0.5)
            after, _ = processor_seconds()
            if after - before <= DISTURBED * 0.5 * os.cpu_count():
                return
            self.left -= 0.5


def pair(options, case, worker):
    """ExitLens's images/s, then a contender's, and the share of the machine that other processes took meanwhile."""
    options.patience.wait()
    start, (machine, own) = time.perf_counter(), processor_seconds(worker)
    report = ours(options, "--only", case, "--rounds", "3")
    theirs = peers.batch(case) / worker.seconds(case)
    (machine_after, own_after), wall = processor_seconds(worker), time.perf_counter() - start
    others = (machine_after - machine - own_after + own) / (wall * os.cpu_count())
    return report["measures"][0]["rate"]["median"], theirs, max(0.0, others)


def measure(options, folder, case):
    """Rows (contender, its images/s, ours, deviation, others' shares), one value a round each."""
    workers = [Worker(options, folder, case, name) for name in peers.names(case)]
    rows = [(worker.name, [], [], worker.deviation, []) for worker in workers]
    for number in range(options.rounds):
        for worker, (name, theirs, mine, _, disturbance) in zip(workers, rows):
            print(f"{case}, round {number + 1}/{options.rounds}: {name}", file=sys.stderr)
            attempts = []
            while len(attempts) < ATTEMPTS and all(others > DISTURBED for _, _, others in attempts):
                attempts.append(pair(options, case, worker))
            best = min(attempts, key=lambda attempt: attempt[2])
            for values, value in zip((mine, theirs, disturbance), best):
                values.append(value)
    for worker in workers:
        worker.end()
    return rows


def spread(values, digits):
    return f"{np.median(values):.{digits}f} ({min(values):.{digits}f} … {max(values):.{digits}f})"


def table(results):
    lines = [
        "| case | against | its images/s or sheets/s | ExitLens's | ExitLens ÷ it | outputs differ |",
        "|---|---|---|---|---|---|",
    ]
    for case, rows in results:
        ratios = {name: [m / t for m, t in zip(mine, theirs)] for name, theirs, mine, *_ in rows}
        # The contender that ExitLens has to beat: the one it is ahead of least.
        hardest = min(ratios, key=lambda name: np.median(ratios[name]))
        for name, theirs, mine, worst, _ in rows:
            ratio = spread(ratios[name], 2)
            if name == hardest:
                ratio = f"**{ratio}**"
            lines.append(
                f"| {case} | {name} | {spread(theirs, 0)} | {spread(mine, 0)} | {ratio} | {worst:.0e} |")
    shares = [100 * share for _, rows in results for row in rows for share in row[4]]
    lines += ["", "Other processes took "
              f"{np.median(shares):.0f} % of the machine (median; {min(shares):.0f} … {max(shares):.0f} %) "
              "while a pair was measured."]
    return lines


def memory(options, folder):
    """Peak resident memory of processes that only train at 64×64×3."""
    mine = ours(options, "--only", "training-64", "--rounds", "3")["trainingPeakBytes"]
    lines = ["", "| training at 64×64×3, batch 32 | peak resident MiB | ExitLens ÷ it |", "|---|---|---|",
             f"| ExitLens | {mine >> 20} | |"]
    for name in ("PyTorch", "PyTorch, channels last"):
        command = [sys.executable, peers.__file__, "memory", folder, "64", name, str(options.threads)]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        before, peak = map(int, output.split())
        lines.append(
            f"| {name} ({before >> 20} MiB before the first tensor) | {peak >> 20} | {mine / peak:.2f} |")
    return lines


def files(options, folder):
    """Mean sizes of a sheet's PNG file."""
    mine = float(np.mean(peers.drawing.Sheets(folder).sizes))
    lines = ["", "| a sheet's PNG file | bytes | ExitLens ÷ it |", "|---|---|---|", f"| ExitLens | {mine:.0f} | |"]
    for name in peers.names(peers.SHEETS):
        command = [sys.executable, peers.__file__, "bytes", folder, peers.SHEETS, name, str(options.threads)]
        size = float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        lines.append(f"| {name} | {size:.0f} | {mine / size:.2f} |")
    return lines


def heading(options, report):
    machine = report["machine"]
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("torch", "onnxruntime", "openvino", "matplotlib", "pillow"))
    command = options.command or "python3 Benchmarks/peers.py " + " ".join(sys.argv[1:])
    return [
        f"{datetime.date.today().isoformat()}, `{command}`: {machine['cpu']}, {os.cpu_count()} cores, "
        f"{options.threads} threads each side, {machine['operatingSystem']}.",
        f"ExitLens {report['version']} ({machine['compiler']}, {machine['blasLibrary']}, core {machine['blasCore']} "
        f"chosen by {machine['blasChosenBy']}); Python {platform.python_version()}, {versions}, PyTorch's CPU "
        f"capability {torch.backends.cpu.get_cpu_capability()}.",
        f"Rounds: {options.rounds}; median (lowest … highest).",
        "",
    ]


def write(path, lines):
    """Replaces what stands between the marks."""
    text = Path(path).read_text()
    if BEGIN not in text or END not in text:
        sys.exit(f"peers: {path} lacks the lines {BEGIN} and {END}")
    head, tail = text.split(BEGIN)[0], text.split(END)[1]
    Path(path).write_text(head + BEGIN + "\n\n" + "\n".join(lines) + "\n\n" + END + tail)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exitlens", default=".build/release/exitlens", help="the program")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--architecture", default="plain", choices=["plain", "residual", "separable"])
    parser.add_argument("--case", action="append", choices=CASES, help="only this; may be given several times")
    parser.add_argument("--write", metavar="FILE", help="put the table between the marks of this Markdown file")
    parser.add_argument("--command", help="how this was called, for the table's heading")
    parser.add_argument(
        "--patience", type=float, default=60, help="seconds to wait, in all, for other processes to be quiet")
    options = parser.parse_args()
    options.patience = Patience(options.patience)

    with tempfile.TemporaryDirectory(prefix="exitlens-peers-") as folder:
        subprocess.run(
            [options.exitlens, "bench", "--threads", str(options.threads), "--architecture", options.architecture,
             "--dump", folder], check=True, stdout=subprocess.DEVNULL)
        lines = heading(options, ours(options, "--quick", "--only", "overlay"))
        cases = options.case or CASES
        lines += table([(case, measure(options, folder, case)) for case in cases])
        if "training-64" in cases:
            lines += memory(options, folder)
        if peers.SHEETS in cases:
            lines += files(options, folder)
    print("\n".join(lines))
    if options.write:
        write(options.write, lines)


if __name__ == "__main__":
    main()
