"""The blocks of the PyTorch twin, one class an architecture. Names are those of ExitLens's weights.

ReLU and max-pool are modules, which have no tensors, so that make_fixtures.py can watch what goes into them.
"""

import torch.nn as nn


class ConvNorm(nn.Module):
    """A convolution without bias that keeps its grid, and its batch norm."""

    def __init__(self, inputs, outputs, size=3, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, size, padding=size // 2, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs, eps=1e-5, momentum=0.1)

    def forward(self, x):
        return self.norm(self.conv(x))


class Block(ConvNorm):
    """conv 3x3 -> batch norm -> ReLU -> max-pool 2 (not in the last block)."""

    def __init__(self, inputs, outputs, pooled):
        super().__init__(inputs, outputs)
        self.relu = nn.ReLU()
        self.pool = nn.MaxPool2d(2) if pooled else nn.Identity()

    def forward(self, x):
        return self.pool(self.relu(super().forward(x)))


class ResidualBlock(nn.Module):
    """conv - norm - ReLU - conv - norm, plus the input (through a 1x1 conv - norm where channels change)."""

    def __init__(self, inputs, outputs, pooled):
        super().__init__()
        self.first = ConvNorm(inputs, outputs)
        self.second = ConvNorm(outputs, outputs)
        self.shortcut = ConvNorm(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        self.inner, self.relu = nn.ReLU(), nn.ReLU()
        self.pool = nn.MaxPool2d(2) if pooled else nn.Identity()

    def forward(self, x):
        return self.pool(self.relu(self.second(self.inner(self.first(x))) + self.shortcut(x)))


class SeparableBlock(nn.Module):
    """depthwise 3x3 - norm - ReLU - pointwise 1x1 - norm - ReLU - max-pool 2."""

    def __init__(self, inputs, outputs, pooled):
        super().__init__()
        self.depthwise = ConvNorm(inputs, inputs, groups=inputs)
        self.pointwise = ConvNorm(inputs, outputs, 1)
        self.inner, self.relu = nn.ReLU(), nn.ReLU()
        self.pool = nn.MaxPool2d(2) if pooled else nn.Identity()

    def forward(self, x):
        return self.pool(self.relu(self.pointwise(self.inner(self.depthwise(x)))))


def make(architecture, index, inputs, outputs, pooled):
    """The block with this index, from 0. The first block of "separable" is a plain one."""
    if architecture == "separable" and index == 0:
        architecture = "plain"
    kind = {"plain": Block, "residual": ResidualBlock, "separable": SeparableBlock}[architecture]
    return kind(inputs, outputs, pooled)


def units(block):
    """Its convolutions with their batch norms, in the order of their tensors."""
    return [m for m in block.modules() if isinstance(m, ConvNorm)]
