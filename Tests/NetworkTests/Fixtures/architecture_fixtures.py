"""What make_fixtures.py writes for the plain network, for the other architectures, and their layers.

    python3 architecture_fixtures.py    # about a minute on one core

architectures.json and network-ARCHITECTURE.safetensors: whole networks. architectures-training.json: ten training
losses. architecture-layers.safetensors: depthwise and pointwise convolutions alone, as in layer_fixtures.py.
"""

import torch.nn.functional as F

import make_fixtures
import twin
from layer_fixtures import Numbers, nhwc, put

# The rate of the ten training steps. With 1e-4, PyTorch's float32 leaves its float64 by 6e-4 in the residual
# network, which no tolerance of 1e-4 can follow; with 1e-5 by 4e-6.
RATES = {"residual": 1e-5, "separable": 1e-4}
ARCHITECTURES = tuple(RATES)
# Channels change in the first three blocks and not in the last two, of which one has a max-pool.
WIDTHS = (8, 12, 16, 16, 16)


def networks():
    make_fixtures.network_fixtures(
        [
            dict(
                name=architecture, architecture=architecture, widths=WIDTHS, height=52, width=36, channels=3,
                cases=["softmax-0.3", "sigmoid-0.3"],
            )
            for architecture in ARCHITECTURES
        ],
        "architectures.json",
    )


def trainings():
    make_fixtures.training_fixtures(
        [
            dict(
                name=architecture, architecture=architecture, widths=twin.DEFAULT_WIDTHS, height=32, width=32,
                channels=1, seed=13, learning_rate=RATES[architecture], tolerance=1e-4,
            )
            for architecture in ARCHITECTURES
        ],
        "architectures-training.json",
    )


def layers():
    out = {}
    # (batch, height, width, channels): odd sizes, one cell, one row, and channels that fill and overfill vectors.
    for k, (n, h, w, c) in enumerate([(2, 7, 5, 3), (3, 1, 1, 20), (2, 1, 6, 16), (2, 9, 8, 37), (1, 6, 4, 64)]):
        numbers = Numbers(900 + k)
        x, weight = numbers(n, c, h, w), numbers(c, 1, 3, 3)
        y = F.conv2d(x, weight, padding=1, groups=c)
        dy = numbers(*y.shape, gradient=False)
        y.backward(dy)
        put(
            out, f"depthwise.{k}", x=nhwc(x), weight=weight, y=nhwc(y), dy=nhwc(dy), dx=nhwc(x.grad),
            dweight=weight.grad,
        )
    # The last has outputs that fill the panels of a packed product.
    for k, (n, h, w, i, o) in enumerate([(2, 7, 5, 3, 4), (1, 1, 1, 5, 6), (3, 9, 7, 19, 64)]):
        numbers = Numbers(950 + k)
        x, weight = numbers(n, i, h, w), numbers(o, i, 1, 1)
        y = F.conv2d(x, weight)
        dy = numbers(*y.shape, gradient=False)
        y.backward(dy)
        put(
            out, f"pointwise.{k}", x=nhwc(x), weight=weight, y=nhwc(y), dy=nhwc(dy), dx=nhwc(x.grad),
            dweight=weight.grad,
        )
    make_fixtures.save("architecture-layers.safetensors", out)


if __name__ == "__main__":
    networks()
    trainings()
    layers()
