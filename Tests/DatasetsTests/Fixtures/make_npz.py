"""Writes the MedMNIST-like archives beside this file. Made with Python 3.11 and NumPy 2.4.6."""
from pathlib import Path

import numpy as np

here = Path(__file__).parent


def images(start, count, *shape):
    """Image i of a part: a number that tells image, place and channel."""
    index = np.arange(start, start + count).reshape((-1,) + (1,) * len(shape)) * 37
    places = sum(axis * weight for axis, weight in zip(np.indices(shape), (5, 3, 11)))
    return ((index + places) % 256).astype(np.uint8)


def labels(count, kind=np.uint8):
    return (np.arange(count) % 3).astype(kind).reshape(-1, 1)


def parts(*shape):
    return dict(
        train_images=images(0, 12, *shape), train_labels=labels(12),
        val_images=images(12, 3, *shape), val_labels=labels(3),
        test_images=images(15, 6, *shape), test_labels=labels(6))


grey = parts(16, 20)
np.savez(here / "grey-stored.npz", **grey)
np.savez_compressed(here / "colour-deflated.npz", **parts(16, 16, 3))
np.savez_compressed(
    here / "wide-labels.npz", train_images=grey["train_images"],
    train_labels=labels(12, np.int64).ravel() * 1000)

for name, change in {
    "float-images": dict(train_images=grey["train_images"] / 255),
    "column-order": dict(train_images=np.asfortranarray(grey["train_images"])),
    "volumes": dict(train_images=images(0, 12, 16, 16).reshape(12, 4, 4, 16)),
    "multi-label": dict(train_labels=np.zeros((12, 14), np.uint8)),
    "float-labels": dict(train_labels=labels(12, np.float32)),
    "negative-label": dict(train_labels=labels(12, np.int8) - 1),
    "fewer-labels": dict(train_labels=labels(11)),
    "other-size": dict(test_images=images(15, 6, 16, 16)),
    "unknown-label": dict(test_labels=labels(6) + 1),
    "no-labels": dict(train_labels=None),
    "no-training": dict(train_images=None),
}.items():
    arrays = {key: value for key, value in {**grey, **change}.items() if value is not None}
    np.savez_compressed(here / f"bad-{name}.npz", **arrays)
