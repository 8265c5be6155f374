"""The PyTorch twin of ExitLens's network and loss (docs/ARCHITECTURE.md).

Everything here says in PyTorch what Sources/Network says in Swift; make_fixtures.py dumps its numbers and
TwinTests compares. Parameter names, shapes and axis orders are those of an ExitLens weights.safetensors.

Made with Python 3.11.7 and the versions in requirements.txt.
"""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import blocks

DEFAULT_WIDTHS = (64, 128, 256, 512, 512)


class Exit(nn.Module):
    """1x1 conv -> softmax or sigmoid map; attention-weighted pooling; linear head.

    softmax: A sums to 1 over the h*w cells, pooled = sum of A*X.
    sigmoid: A in 0..1, pooled = mean of A*X over the cells.
    """

    def __init__(self, width, classes, kind):
        super().__init__()
        self.attention = nn.Conv2d(width, 1, 1)
        self.head = nn.Linear(width, classes)
        self.kind = kind

    def pool(self, x):
        scores = self.attention(x)
        if self.kind == "softmax":
            a = torch.softmax(scores.flatten(1), dim=1).view_as(scores)
            return a.squeeze(1), (a * x).sum(dim=(2, 3))
        a = torch.sigmoid(scores)
        return a.squeeze(1), (a * x).mean(dim=(2, 3))

    def forward(self, x):
        a, pooled = self.pool(x)
        return self.head(pooled), a


class EarlyExitNetwork(nn.Module):
    """forward: [N, c, H, W] -> logits, E tensors [N, classes], and maps, E tensors [N, h, w]."""

    def __init__(self, channels, classes, widths=DEFAULT_WIDTHS, kind="softmax", architecture="plain"):
        super().__init__()
        inputs = (channels,) + tuple(widths[:-1])
        last = len(widths) - 1
        self.blocks = nn.ModuleList(
            blocks.make(architecture, k, i, o, pooled=k < last) for k, (i, o) in enumerate(zip(inputs, widths))
        )
        self.exits = nn.ModuleList(Exit(w, classes, kind) for w in widths)

    def forward(self, x):
        logits, maps = [], []
        for block, leave in zip(self.blocks, self.exits):
            x = block(x)
            answer, a = leave(x)
            logits.append(answer)
            maps.append(a)
        return logits, maps


def resize(a, size):
    """Bilinear, half-pixel centres, edges clamped: ExitLens's BilinearResampler. a: [N, h, w]."""
    if tuple(a.shape[1:]) == tuple(size):
        return a
    return F.interpolate(a.unsqueeze(1), size=tuple(size), mode="bilinear", align_corners=False).squeeze(1)


def cosine_losses(maps, input_size, grid="early", stop_gradient=False, target="final"):
    """1 - cos(early map, the map it follows) for each early exit, mean over the batch: E - 1 scalars.

    target: exit i follows the "final" exit, or the "next", i + 1.
    grid: "early" compares on exit i's grid, "final" on that of the map it follows, "input" on the input's.
    """
    result = []
    for i, a in enumerate(maps[:-1]):
        followed = maps[{"final": -1, "next": i + 1}[target]]
        if stop_gradient:
            followed = followed.detach()
        size = {"early": a.shape[1:], "final": followed.shape[1:], "input": input_size}[grid]
        x, y = resize(a, size).flatten(1), resize(followed, size).flatten(1)
        result.append((1 - F.cosine_similarity(x, y, dim=1, eps=1e-8)).mean())
    return result


def egt_loss(
    logits, maps, labels, input_size, strength=0.0, grid="early", stop_gradient=False,
    exit_weights=None, consistency_weights=None, target="final", adaptive=False,
):
    """L = sum(w_i CE_i) / sum(w_i) + strength * sum(v_i (1 - cos_i)) / sum(v_i).

    Weights default to 1, which makes both means; adaptive ones are v_i (1 - cos_i), as constants.
    Returns L, the CE_i, the (1 - cos_i).
    """
    entropies = [F.cross_entropy(z, labels) for z in logits]
    distances = cosine_losses(maps, input_size, grid, stop_gradient, target)
    w = exit_weights or [1.0] * len(entropies)
    v = consistency_weights or [1.0] * len(distances)
    if adaptive:
        v = [a * b.detach() for a, b in zip(v, distances)]
    loss = sum(a * b for a, b in zip(w, entropies)) / sum(w)
    if strength != 0:
        loss = loss + strength * sum(a * b for a, b in zip(v, distances)) / sum(v)
    return loss, entropies, distances


class LinearCongruential:
    """Numbers that Swift and Python make alike: state = state * A + C mod 2^64, the top 24 bits out.

    Tests/NetworkTests/LinearCongruential.swift is the same in Swift.
    """

    A, C, MASK = 6364136223846793005, 1442695040888963407, (1 << 64) - 1

    def __init__(self, seed):
        self.state = seed & self.MASK

    def next(self):
        self.state = (self.state * self.A + self.C) & self.MASK
        return self.state >> 40

    def byte(self):
        return self.next() >> 16

    def index(self, below):
        return self.next() % below

    def signed(self, count):
        """count float32 values k * 2^-23 - 1 in [-1, 1), exact."""
        raw = np.fromiter((self.next() for _ in range(count)), dtype=np.float32, count=count)
        return raw * np.float32(2.0**-23) - np.float32(1)

    def tensor(self, shape, scale=1.0):
        """signed() times a float32 scale, filled row by row; one rounding a value."""
        values = self.signed(int(np.prod(shape))) * np.float32(scale)
        return torch.from_numpy(values.reshape(shape))


def inverse_root(fan_in):
    """sqrt(1 / fan_in) in float32: two correctly rounded operations, so the same everywhere."""
    return np.sqrt(np.float32(1) / np.float32(fan_in))


def fill(network, seed, varied_norms=False, attention_gain=4.0):
    """Sets every parameter from one generator: all blocks in order, then all exits in order.

    Conv and head weights and biases: signed * sqrt(1/fan_in); attention weight and bias:
    signed * (attention_gain * sqrt(1/fan_in)), so that maps have peaks. Batch norms keep PyTorch's
    start (weight 1, bias 0, mean 0, variance 1), or with varied_norms get, in this order,
    weight 1 + signed/2, bias signed/2, mean signed/2, variance 1 + signed/2.
    """
    generator = LinearCongruential(seed)
    gain = np.float32(attention_gain)
    with torch.no_grad():
        for unit in (u for block in network.blocks for u in blocks.units(block)):
            w = unit.conv.weight
            w.copy_(generator.tensor(w.shape, inverse_root(w[0].numel())))
            if varied_norms:
                n = unit.norm
                for tensor, start in ((n.weight, 1), (n.bias, 0), (n.running_mean, 0), (n.running_var, 1)):
                    tensor.copy_(generator.tensor(tensor.shape, 0.5) + start)
        for leave in network.exits:
            scale = inverse_root(leave.head.weight.shape[1])
            leave.attention.weight.copy_(generator.tensor(leave.attention.weight.shape, gain * scale))
            leave.attention.bias.copy_(generator.tensor(leave.attention.bias.shape, gain * scale))
            leave.head.weight.copy_(generator.tensor(leave.head.weight.shape, scale))
            leave.head.bias.copy_(generator.tensor(leave.head.bias.shape, scale))


def make_batches(seed, count, batch, height, width, channels, classes, cell=8):
    """8-bit images with something to learn: a coarse pattern for each class, half hidden by noise.

    pattern of class k: LinearCongruential(seed + 1000 + k).byte() for each (cell row, cell column, channel);
    label: LinearCongruential(seed + 1).index(classes), one an image; noise: LinearCongruential(seed + 2)
    .byte() for each (image, row, column, channel); pixel = (pattern + noise) >> 1.
    Returns images uint8 [count, batch, H, W, c] and labels int64 [count, batch].
    """
    rows, columns = -(-height // cell), -(-width // cell)
    patterns = []
    for k in range(classes):
        g = LinearCongruential(seed + 1000 + k)
        size = (rows, columns, channels)
        flat = np.fromiter((g.byte() for _ in range(int(np.prod(size)))), dtype=np.int64)
        coarse = flat.reshape(size).repeat(cell, axis=0).repeat(cell, axis=1)
        patterns.append(coarse[:height, :width])
    labelling, noise = LinearCongruential(seed + 1), LinearCongruential(seed + 2)
    total = count * batch
    labels = np.array([labelling.index(classes) for _ in range(total)], dtype=np.int64)
    shape = (total, height, width, channels)
    flat = np.fromiter((noise.byte() for _ in range(int(np.prod(shape)))), dtype=np.int64)
    pixels = (np.stack([patterns[k] for k in labels]) + flat.reshape(shape)) >> 1
    return (
        pixels.astype(np.uint8).reshape(count, batch, height, width, channels),
        labels.reshape(count, batch),
    )


def network_input(images, dtype=torch.float32):
    """[N, H, W, c] uint8 -> [N, c, H, W] real: pixel / 64 - 2, exact in float32."""
    x = torch.from_numpy(images).permute(0, 3, 1, 2).to(dtype)
    return (x / 64 - 2).contiguous()
