"""Write an ExitLens recording from PyTorch; load an ExitLens run into PyTorch. See PYTORCH.md.

    python3 pytorch_recording.py demo OUT            # a tiny model of your own kind -> a recording in OUT
    python3 pytorch_recording.py rerun RUN REC OUT   # an ExitLens run's weights on a recording's images

Needs torch, numpy and safetensors (tried with torch 2.15, numpy 2.4, safetensors 0.8, Python 3.11). Copy
what you need: `write_recording` wants arrays only and works for JAX or TensorFlow too.
"""

import json
import pathlib
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.numpy import save_file as save_arrays
from safetensors.torch import load_file

# ------------------------------------------------------------------ 1. any framework: arrays to a recording


def write_recording(
    folder, *, class_names, labels, logits, attention, images, macs, attention_kind=None, map_kind=None, name=None,
    split="test", identifiers=None, provenance=None, validation=None, faithfulness=None,
):
    """Writes folder/recording.json and folder/recording.safetensors.

    labels: [N] class indices from 0. images: [N, H, W, c] uint8, c = 1 or 3, as a person would look at
    them: before normalisation, rows from the top.
    logits: one [N, classes] array an exit, earliest first. attention: one [N, h, w] array an exit; a grid
    may be of any size and shape. macs: for each exit, multiply-accumulates from the input to its answer
    (cumulative), 0 where unknown. attention_kind: how an attention module normalised its maps, "softmax" (each
    map sums to 1) or "sigmoid" (values in 0..1), which the reader checks; leave it out for other maps.
    map_kind: the word for your maps, "attention", "Grad-CAM", "rollout"; name: your model's. Both are shown as
    given, in at most 60 characters. validation: (labels [M], one
    [M, classes] array of logits an exit) of the same network on images that are neither trained on nor among
    the recorded ones; exit thresholds and temperatures are chosen on them. faithfulness: arrays by name, such
    as {"samples": [0, 5, 7], "gradcam.1": …}; see PYTORCH.md.
    """
    images = np.ascontiguousarray(images)
    assert images.dtype == np.uint8 and images.ndim == 4, "images [N, H, W, c] uint8"
    n, height, width, channels = images.shape
    assert len(logits) == len(attention) == len(macs) >= 2, "one entry an exit, two exits at least"
    # ascontiguousarray: safetensors writes the memory as it lies, and after a transpose or a slice that is
    # not the array you see.
    tensors = {"labels": np.ascontiguousarray(labels, dtype=np.int64), "images": images}
    for k, (z, a) in enumerate(zip(logits, attention), start=1):
        tensors[f"logits.{k}"] = np.ascontiguousarray(z, dtype=np.float32)
        tensors[f"attention.{k}"] = np.ascontiguousarray(a, dtype=np.float32)
        assert tensors[f"logits.{k}"].shape == (n, len(class_names)), f"logits.{k}: [N, classes]"
        assert tensors[f"attention.{k}"].ndim == 3, f"attention.{k}: [N, h, w]"
    if validation is not None:
        validation_labels, validation_logits = validation
        assert len(validation_logits) == len(logits), "validation: one array of logits an exit"
        tensors["validation.labels"] = np.ascontiguousarray(validation_labels, dtype=np.int64)
        for k, z in enumerate(validation_logits, start=1):
            tensors[f"validation.logits.{k}"] = np.ascontiguousarray(z, dtype=np.float32)
    for key, values in (faithfulness or {}).items():
        values = np.asarray(values)
        kind = np.int64 if values.dtype.kind in "iu" else np.float32
        tensors[f"faithfulness.{key}"] = np.ascontiguousarray(values, dtype=kind)
    manifest = {
        "formatVersion": 1,
        "classNames": list(class_names),
        "input": [height, width],
        "channels": channels,
        "exits": [
            {"grid": list(tensors[f"attention.{k}"].shape[1:]), "macs": float(m)}
            for k, m in enumerate(macs, start=1)
        ],
        "split": split,
    }
    optional = {
        "attentionKind": attention_kind, "mapKind": map_kind, "name": name, "identifiers": identifiers,
        "provenance": provenance,
    }
    manifest.update({key: value for key, value in optional.items() if value is not None})
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    save_arrays(tensors, str(folder / "recording.safetensors"))
    text = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False)
    (folder / "recording.json").write_text(text + "\n", encoding="utf-8")


# ------------------------------------------------------------------ 2. PyTorch: a model to arrays


def collect(model, images, normalise, batch=64):
    """Runs an early-exit model over uint8 images [N, H, W, c]; returns logits and maps, one array an exit.

    model(x) must return (list of logits [n, classes], list of maps [n, h, w]), earliest exit first.
    normalise turns a uint8 [n, c, H, W] tensor into the model's input.
    """
    model.eval()  # batch norm's running statistics, no dropout: what the model does in use
    parts = []
    with torch.no_grad():
        for start in range(0, len(images), batch):
            x = torch.from_numpy(images[start : start + batch]).permute(0, 3, 1, 2)
            logits, maps = model(normalise(x))
            parts.append([t.float().cpu().numpy() for t in (*logits, *maps)])
    joined = [np.concatenate(column) for column in zip(*parts)]
    half = len(joined) // 2
    return joined[:half], joined[half:]


def cumulative_macs(model, heads, example):
    """Multiply-accumulates of every Conv2d and Linear that has run when each head has answered.

    heads: the exits' last modules, in order; the model must run exit by exit, as an early stop would.
    What is no module (an attention-weighted sum, batch norm, pooling) is not counted: add h*w*C an exit for
    the weighted sum, as ExitLens does.
    """
    total, marks, hooks = 0, [], []

    def count(module, _, output):
        nonlocal total
        per_output = module.weight[0].numel()  # inputs that feed one output
        total += per_output * output[0].numel()
        if any(module is head for head in heads):
            marks.append(total)

    for module in model.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            hooks.append(module.register_forward_hook(count))
    with torch.no_grad():
        model.eval()(example[:1])
    for hook in hooks:
        hook.remove()
    return marks


# ------------------------------------------------------------------ 3. an ExitLens run in PyTorch


class ConvNorm(nn.ModuleDict):
    """A convolution without bias that keeps its grid, and its batch norm."""

    def __init__(self, inputs, outputs, size=3, groups=1):
        conv = nn.Conv2d(inputs, outputs, size, padding=size // 2, groups=groups, bias=False)
        super().__init__({"conv": conv, "norm": nn.BatchNorm2d(outputs)})

    def forward(self, x):
        return self["norm"](self["conv"](x))


class Block(nn.ModuleDict):
    """One block before its max-pool: `exitlens train --architecture`."""

    def __init__(self, architecture, inputs, outputs):
        if architecture == "residual":
            super().__init__({"first": ConvNorm(inputs, outputs), "second": ConvNorm(outputs, outputs)})
            if inputs != outputs:
                self["shortcut"] = ConvNorm(inputs, outputs, 1)
        else:
            depthwise = ConvNorm(inputs, inputs, groups=inputs)
            super().__init__({"depthwise": depthwise, "pointwise": ConvNorm(inputs, outputs, 1)})

    def forward(self, x):
        if "depthwise" in self:
            return self["pointwise"](F.relu(self["depthwise"](x)))
        past = self["shortcut"](x) if "shortcut" in self else x
        return self["second"](F.relu(self["first"](x))) + past


class ExitLensNetwork(nn.Module):
    """The network of `exitlens train`; its state_dict has the names and shapes of weights.safetensors."""

    def __init__(
        self, channels, classes, widths=(64, 128, 256, 512, 512), attention="softmax", architecture="plain"
    ):
        super().__init__()
        self.kind = attention
        inputs = (channels, *widths[:-1])
        # The first block of a separable network is a plain one.
        self.blocks = nn.ModuleList(
            ConvNorm(i, o)
            if architecture == "plain" or (architecture == "separable" and k == 0)
            else Block(architecture, i, o)
            for k, (i, o) in enumerate(zip(inputs, widths))
        )
        self.exits = nn.ModuleList(
            nn.ModuleDict({"attention": nn.Conv2d(w, 1, 1), "head": nn.Linear(w, classes)})
            for w in widths
        )

    def forward(self, x):
        logits, maps = [], []
        for k, (block, leave) in enumerate(zip(self.blocks, self.exits)):
            x = F.relu(block(x))
            if k + 1 < len(self.blocks):
                x = F.max_pool2d(x, 2)
            scores = leave["attention"](x)
            if self.kind == "softmax":
                a = scores.flatten(1).softmax(1).view_as(scores)
                pooled = (a * x).sum(dim=(2, 3))
            else:
                a = scores.sigmoid()
                pooled = (a * x).mean(dim=(2, 3))
            logits.append(leave["head"](pooled))
            maps.append(a.squeeze(1))
        return logits, maps


def load_run(folder):
    """An ExitLens run: the network in evaluation mode, its normalise function, its class names."""
    folder = pathlib.Path(folder)
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    shape = run["network"]
    model = ExitLensNetwork(
        shape["channels"], shape["classes"], shape["widths"], shape["attention"],
        shape.get("architecture", "plain"),
    )
    # strict: every name and shape must agree. PyTorch's num_batches_tracked is not in the file; BatchNorm2d
    # fills it in, because a plain dictionary carries no version (see PYTORCH.md).
    model.load_state_dict(load_file(str(folder / "weights.safetensors")), strict=True)
    mean = torch.tensor(run["normalization"]["mean"]).view(1, -1, 1, 1)
    std = torch.tensor(run["normalization"]["std"]).view(1, -1, 1, 1)
    return model.eval(), lambda x: (x / 255 - mean) / std, run["classNames"]


def exitlens_macs(model, height, width, channels):
    """The numbers that `exitlens record` writes: with each exit's attention-weighted sum."""
    example = torch.zeros(1, channels, height, width)
    marks = cumulative_macs(model, [e["head"] for e in model.exits], example)
    _, maps = model(example)
    sums = np.cumsum([a[0].numel() * e["head"].in_features for a, e in zip(maps, model.exits)])
    return [int(m + s) for m, s in zip(marks, sums)]


# ------------------------------------------------------------------ 4. examples


class YourModel(nn.Module):
    """Stands for your network: two exits, a non-square input, maps of different grids."""

    def __init__(self, classes):
        super().__init__()
        self.stem, self.trunk = nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(8, 12, 3, stride=2, padding=1)
        self.look = nn.ModuleList([nn.Conv2d(8, 1, 1), nn.Conv2d(12, 1, 1)])
        self.head = nn.ModuleList([nn.Linear(8, classes), nn.Linear(12, classes)])

    def forward(self, x):
        logits, maps = [], []
        for layer, look, head in zip((self.stem, self.trunk), self.look, self.head):
            x = F.max_pool2d(F.relu(layer(x)), 2)
            scores = look(x)
            a = scores.flatten(1).softmax(1).view_as(scores)
            logits.append(head((a * x).sum(dim=(2, 3))))
            maps.append(a.squeeze(1))
        return logits, maps


def demo(out):
    torch.manual_seed(0)
    classes = ["left", "right", "none"]
    generator = np.random.default_rng(0)
    images = generator.integers(0, 256, size=(6, 20, 16, 3), dtype=np.uint8)
    labels = np.array([0, 1, 2, 0, 1, 2])
    model = YourModel(len(classes))
    logits, maps = collect(model, images, lambda x: x / 255)
    write_recording(
        out, class_names=classes, labels=labels, logits=logits, attention=maps, images=images,
        macs=cumulative_macs(model, list(model.head), torch.zeros(1, 3, 20, 16)),
        attention_kind="softmax", map_kind="attention", name="YourModel", identifiers=[f"demo/{k}" for k in range(len(labels))],
        provenance={
            "producer": f"PyTorch {torch.__version__}",
            "seed": 0,
            "lambda": 0,  # 0: this is a baseline
            # key: a setting that ExitLens knows (PYTORCH.md lists them); name: any other.
            "settings": [{"key": "epochs", "value": "0"}, {"name": "weights", "value": "random"}],
        },
    )


def rerun(run, recording, out):
    """Answers a recording's images again with PyTorch, and says how far ExitLens's answers are from that."""
    model, normalise, classes = load_run(run)
    recorded = load_file(str(pathlib.Path(recording) / "recording.safetensors"))
    images = recorded["images"].numpy()
    logits, maps = collect(model, images, normalise)
    for k, (z, a) in enumerate(zip(logits, maps), start=1):
        for name, ours in ((f"logits.{k}", z), (f"attention.{k}", a)):
            theirs = recorded[name].numpy()
            print(f"{name}: relative difference {np.abs(ours - theirs).max() / np.abs(ours).max():.1e}")
    write_recording(
        out, class_names=classes, labels=recorded["labels"].numpy(), logits=logits, attention=maps,
        images=images, macs=exitlens_macs(model, *images.shape[1:]), attention_kind=model.kind,
        map_kind="attention",         provenance={"producer": f"PyTorch {torch.__version__}"},
    )


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "demo":
        demo(sys.argv[2])
    elif len(sys.argv) == 5 and sys.argv[1] == "rerun":
        rerun(*sys.argv[2:])
    else:
        sys.exit(__doc__)
