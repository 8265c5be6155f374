"""The same work as `exitlens bench`, in PyTorch, ONNX Runtime and OpenVINO.

Every contender is a function without arguments that does one step or one batch. The network and the loss are
those of the tests' PyTorch twin.
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
import twin  # noqa: E402

STRENGTH = 0.3
LEARNING_RATE = 1e-3


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
        network = twin.EarlyExitNetwork(self.images.shape[1], classes)
        network.load_state_dict(load_tensors(self.folder / f"weights-{self.side}.safetensors"), strict=True)
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


def contenders(subject, case, threads):
    """(name, work) of every contender in a case such as "training-64" or "inference-32-1"."""
    last = torch.channels_last
    if case.startswith("training"):
        return [
            ("PyTorch", torch_training(subject)),
            ("PyTorch, channels last", torch_training(subject, last)),
            ("PyTorch, fused Adam", torch_training(subject, fused=True)),
            ("PyTorch, channels last, fused Adam", torch_training(subject, last, fused=True)),
        ]
    batch = int(case.split("-")[2])
    return [
        ("PyTorch", torch_inference(subject, batch)),
        ("PyTorch, channels last", torch_inference(subject, batch, last)),
        ("ONNX Runtime", onnxruntime_inference(subject, batch, threads)),
        ("OpenVINO f32", openvino_inference(subject, batch, threads)),
    ]


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


def say_memory(folder, side, layout, threads):
    """Peak memory of a process that only trains, before and after three steps; run in a process of its own."""
    torch.set_num_threads(threads)
    before = peak_bytes()
    step = torch_training(
        Subject(folder, side), torch.channels_last if layout == "channels-last" else torch.contiguous_format)
    for _ in range(3):
        step()
    print(before, peak_bytes())


if __name__ == "__main__":
    say_memory(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    sys.stdout.flush()
    # PyTorch's exit handlers take a second that nobody needs.
    os._exit(0)
