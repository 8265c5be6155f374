"""Your PyTorch early-exit model, with maps that are no attention: trained here, recorded, reported.

    python3 Examples/pytorch-model/record.py OUT
    exitlens report --model OUT/recording --out OUT/report

Needs torch, numpy and safetensors. The network is an ordinary one with two exits and no attention module. What is
recorded as the map of an exit is its Grad-CAM for the answered class, so pages speak of Grad-CAM and not of attention.
"""

import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs"))
from pytorch_recording import cumulative_macs, write_recording  # noqa: E402

SIDE, CLASSES = 24, ["cross", "square"]


def images(count, generator):
    """uint8 [count, SIDE, SIDE, 1] and labels: crosses and squares somewhere on a noisy ground."""
    labels = generator.integers(0, 2, count)
    pictures = generator.integers(0, 60, (count, SIDE, SIDE, 1), dtype=np.uint8)
    for picture, label in zip(pictures, labels):
        top, left = generator.integers(0, SIDE - 9, 2)
        shape = np.zeros((9, 9), bool)
        if label:
            shape[[0, -1], :] = shape[:, [0, -1]] = True
        else:
            shape[4, :] = shape[:, 4] = True
        picture[top : top + 9, left : left + 9, 0][shape] = 230
    return pictures, labels


class Model(nn.Module):
    """Two exits; forward gives the logits and the features in front of each head."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        self.trunk = nn.Sequential(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        self.heads = nn.ModuleList([nn.Linear(16, 2), nn.Linear(32, 2)])

    def forward(self, x):
        early = self.stem(x)
        features = [early, self.trunk(early)]
        return [head(f.mean(dim=(2, 3))) for head, f in zip(self.heads, features)], features


def grad_cam(model, x):
    """Per exit: the answered class's Grad-CAM [n, h, w], ReLU applied."""
    logits, features = model(x)
    maps = []
    for z, f in zip(logits, features):
        best = z.max(dim=1).values.sum()
        weights = torch.autograd.grad(best, f, retain_graph=True)[0].mean(dim=(2, 3), keepdim=True)
        maps.append(F.relu((weights * f).sum(dim=1)))
    return [z.detach().numpy() for z in logits], [m.detach().numpy() for m in maps]


def main(out):
    torch.manual_seed(0)
    generator = np.random.default_rng(0)
    training, labels = images(400, generator)
    model = Model()
    optimiser = torch.optim.Adam(model.parameters(), lr=3e-3)
    x = torch.from_numpy(training).permute(0, 3, 1, 2).float() / 255
    y = torch.from_numpy(labels)
    for _ in range(60):
        loss = sum(F.cross_entropy(z, y) for z in model(x)[0])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    test, labels = images(80, generator)
    logits, maps = grad_cam(model, torch.from_numpy(test).permute(0, 3, 1, 2).float() / 255)
    write_recording(
        Path(out) / "recording", class_names=CLASSES, labels=labels, logits=logits, attention=maps,
        images=test, macs=cumulative_macs(model, list(model.heads), torch.zeros(1, 1, SIDE, SIDE)),
        map_kind="Grad-CAM", name="Two-exit CNN",
        provenance={"producer": f"PyTorch {torch.__version__}", "seed": 0})
    print(f"recording: {out}/recording")


if __name__ == "__main__":
    main(sys.argv[1])
