"""The same work as `exitlens bench`, in PyTorch, ONNX Runtime and OpenVINO; sheets.py has its overlay sheets.

Every contender is a function without arguments that does one step or one batch. The network and the loss are
those of the tests' PyTorch twin. As a program, this file is one contender, in a process of its own:

    contenders.py work FOLDER CASE NAME THREADS     writes the deviation of its outputs, then, for every line that it
                                                    reads, the seconds of a call
    contenders.py bytes FOLDER CASE NAME THREADS    writes the mean size of a sheet's file
    contenders.py memory FOLDER SIDE NAME THREADS   trains three steps; writes the peak memory before and after, bytes
"""

import logging
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file as load_arrays
from safetensors.torch import load_file as load_tensors

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Tests/NetworkTests/Fixtures"))
import sheets as drawing  # noqa: E402
import twin  # noqa: E402

SHEETS = "sheet-64"

STRENGTH = 0.3
LEARNING_RATE = 1e-3
KEPT_HEAP = ", kept heap"


class Subject:
    """A size's weights, images and ExitLens's answers, from `exitlens bench --dump`."""

    def __init__(self, folder, side):
        self.folder, self.side = Path(folder), side
        self.check = load_arrays(self.folder / f"check-{side}.safetensors")
        images = self.check["images"]
        self.images = np.ascontiguousarray(images.transpose(0, 3, 1, 2))
        self.labels = torch.from_numpy(self.check["labels"])
        self.exits = sum(name.startswith("logits.") for name in self.check)

    def network(self, memory_format=torch.contiguous_format):
        classes = self.check["logits.1"].shape[1]
        weights = load_tensors(self.folder / f"weights-{self.side}.safetensors")
        parts = {"blocks.1.first.conv.weight": "residual", "blocks.1.depthwise.conv.weight": "separable"}
        architecture = next((name for part, name in parts.items() if part in weights), "plain")
        network = twin.EarlyExitNetwork(self.images.shape[1], classes, architecture=architecture)
        network.load_state_dict(weights, strict=True)
        return network.to(memory_format=memory_format)

    def expected(self):
        """All logits, then all maps, as ExitLens gave them."""
        return [self.check[f"{kind}.{k + 1}"] for kind in ("logits", "attention") for k in range(self.exits)]


class Flat(torch.nn.Module):
    """The twin with its outputs in one tuple, which an exporter needs."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, images):
        logits, maps = self.network(images)
        return tuple(logits) + tuple(maps)


def torch_training(subject, memory_format=torch.contiguous_format, fused=None):
    """A step: forward, EGT loss, backward, Adam. It returns the loss as a tensor."""
    network = subject.network(memory_format).train()
    optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, fused=fused)
    images = torch.from_numpy(subject.images).contiguous(memory_format=memory_format)
    size = images.shape[2:]

    def step():
        optimizer.zero_grad(set_to_none=True)
        logits, maps = network(images)
        loss, _, _ = twin.egt_loss(logits, maps, subject.labels, size, strength=STRENGTH)
        loss.backward()
        optimizer.step()
        return loss.detach()

    return step


def torch_inference(subject, batch, memory_format=torch.contiguous_format):
    network = Flat(subject.network(memory_format)).eval()
    images = torch.from_numpy(subject.images[:batch]).contiguous(memory_format=memory_format)

    def run():
        with torch.inference_mode():
            return network(images)

    return run


def export(subject, batch):
    """The twin as an ONNX file for one batch size, which lets the runtimes plan for it."""
    path = subject.folder / f"network-{subject.side}-{batch}.onnx"
    if not path.exists():
        # It warns of every optional package that is not there.
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        torch.onnx.export(
            Flat(subject.network()).eval(), (torch.from_numpy(subject.images[:batch]),), str(path),
            input_names=["images"], dynamo=True, external_data=False, verbose=False)
    return str(path)


def onnxruntime_inference(subject, batch, threads):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(
        export(subject, batch), options, providers=["CPUExecutionProvider"])
    images = {"images": np.ascontiguousarray(subject.images[:batch])}
    return lambda: session.run(None, images)


def openvino_inference(subject, batch, threads):
    import openvino

    # f32, because on CPUs with AMX OpenVINO would take bfloat16, which is other work.
    settings = {
        "INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "f32"}
    compiled = openvino.Core().compile_model(export(subject, batch), "CPU", settings)
    request = compiled.create_infer_request()
    images = np.ascontiguousarray(subject.images[:batch])

    def run():
        result = request.infer([images], share_inputs=True, share_outputs=True)
        return [result[k] for k in range(len(result))]

    return run


def names(case):
    """The contenders in a case such as "training-64" or "inference-32-1"."""
    if case == SHEETS:
        return drawing.NAMES
    if case.startswith("training"):
        fused = "PyTorch, channels last, fused Adam"
        return ["PyTorch", "PyTorch, channels last", fused, fused + KEPT_HEAP]
    last = "PyTorch, channels last"
    return ["PyTorch", last, last + KEPT_HEAP, "ONNX Runtime", "OpenVINO f32"]


def environment(name):
    """A contender's process's. glibc gives large blocks back to the system at every free, and PyTorch then pays for
    fresh pages at every step; told to keep them, it is much faster."""
    if not name.endswith(KEPT_HEAP):
        return dict(os.environ)
    return os.environ | {"GLIBC_TUNABLES": f"glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold={1 << 40}"}


def batch(case):
    """What a call makes: images, or one sheet."""
    if case == SHEETS:
        return 1
    return 32 if case.startswith("training") else int(case.split("-")[2])


def contender(subject, case, name, threads):
    """One step or one batch of a contender."""
    memory_format = torch.channels_last if "channels last" in name else torch.contiguous_format
    if case.startswith("training"):
        return torch_training(subject, memory_format, fused=True if "fused" in name else None)
    if name == "ONNX Runtime":
        return onnxruntime_inference(subject, batch(case), threads)
    if name == "OpenVINO f32":
        return openvino_inference(subject, batch(case), threads)
    return torch_inference(subject, batch(case), memory_format)


def difference(got, wanted):
    """Largest deviation over the largest wanted value; infinite where shapes differ or a value is no number."""
    got, wanted = np.asarray(got, dtype=np.float64), np.asarray(wanted, dtype=np.float64)
    if got.shape != wanted.shape or not np.isfinite(got).all():
        return float("inf")
    return float(np.abs(got - wanted).max() / np.abs(wanted).max())


def deviation(subject, case, work):
    """Of a contender's outputs, or of the losses of its first three steps, from ExitLens's."""
    if case.startswith("training"):
        wanted = subject.check["losses"]
        return difference([float(work()) for _ in wanted], wanted)
    got, wanted = work(), subject.expected()
    if len(got) != len(wanted):
        return float("inf")
    return max(difference(g, w[: batch(case)]) for g, w in zip(got, wanted))


def seconds(work):
    """Of a call, measured as `exitlens bench --rounds 3` measures: warmed up, the median of three rounds of at
    least 0.1 s."""
    work()
    start = time.perf_counter()
    work()
    calls = max(1, int(np.ceil(0.1 / (time.perf_counter() - start))))
    rounds = []
    for _ in range(3):
        start = time.perf_counter()
        for _ in range(calls):
            work()
        rounds.append((time.perf_counter() - start) / calls)
    return float(np.median(rounds))


def peak_bytes():
    """VmHWM of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise OSError("/proc/self/status has no VmHWM")


def main(task, folder, what, name, threads):
    torch.set_num_threads(int(threads))
    if task == "memory":
        before = peak_bytes()
        step = contender(Subject(folder, int(what)), f"training-{what}", name, int(threads))
        for _ in range(3):
            step()
        print(before, peak_bytes(), flush=True)
    elif what == SHEETS:
        sheets = drawing.Sheets(folder)
        work = drawing.contender(sheets, name)
        if task == "bytes":
            print(sum(len(work()) for _ in sheets.images) / len(sheets.images), flush=True)
            return
        print(drawing.deviation(sheets, work), flush=True)
        for _ in sys.stdin:
            print(seconds(work), flush=True)
    else:
        subject = Subject(folder, int(what.split("-")[1]))
        work = contender(subject, what, name, int(threads))
        print(deviation(subject, what, work), flush=True)
        for _ in sys.stdin:
            print(seconds(work), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
    # PyTorch's exit handlers take a second that nobody needs.
    os._exit(0)
