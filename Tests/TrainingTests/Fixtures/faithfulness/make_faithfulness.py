"""Deletion, insertion, ROAD, Grad-CAM and blur by others' code, for Tests/TrainingTests/FaithfulnessPeerTests.

Networks, weights and images are those of Tests/NetworkTests/Fixtures/network-*.safetensors, run by the PyTorch twin
there in float64. What others compute:

  Quantus, PixelFlipping      deletion and insertion curves (32x32x1)
  Quantus, ROAD               share of right answers after imputation without noise (32x32x1)
  pytorch-grad-cam, ROAD      NoisyLinearImputer without noise: imputed images (20x16x3, 32x32x1)
  pytorch-grad-cam, GradCAM   maps at every exit, before their rescaling to 0...1 (20x16x3, 32x32x1; both attentions)
  SciPy, gaussian_filter      blurred images (20x16x3)

    python make_faithfulness.py        # writes faithfulness.safetensors; same bytes on a second run
"""

import sys
import warnings
from pathlib import Path

import numpy as np
import pytorch_grad_cam
import quantus
import torch
from pytorch_grad_cam.metrics.road import NoisyLinearImputer
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from safetensors.numpy import save_file
from safetensors.torch import load_file
from scipy.ndimage import gaussian_filter

HERE = Path(__file__).parent
NETWORKS = HERE.parents[2] / "NetworkTests" / "Fixtures"
sys.path.insert(0, str(NETWORKS))
import twin  # noqa: E402

WIDTHS = (8, 12, 16, 16, 20)
CLASSES = 5
STEPS = 16
# Heads of untrained networks hardly tell images apart; a power of two, so that float32 stays exact.
HEAD_GAIN = 16
PERCENTAGES = [10, 30, 50, 70, 90]

warnings.filterwarnings("ignore")
torch.set_num_threads(1)


class OneExit(torch.nn.Module):
    """The twin up to an exit (from 1): images to that exit's logits, as Quantus and pytorch-grad-cam want a model."""

    def __init__(self, network, exit):
        super().__init__()
        self.blocks = network.blocks[:exit]
        self.leave = network.exits[exit - 1]
        self.eval()

    def forward(self, x):
        x = x.double()  # Quantus hands over float32.
        for block in self.blocks:
            x = block(x)
        return self.leave(x)[0]


def open_network(name, kind):
    file = load_file(NETWORKS / f"network-{name}.safetensors")
    channels = int(name.split("x")[2])
    network = twin.EarlyExitNetwork(channels, CLASSES, WIDTHS, kind)
    weights = {k.removeprefix("weights."): v for k, v in file.items() if k.startswith("weights.")}
    network.load_state_dict(weights)
    with torch.no_grad():
        for leave in network.exits:
            leave.head.weight *= HEAD_GAIN
    images = twin.network_input(file["images"].numpy(), torch.float64)
    return network.double().eval(), images


def attribution(network, images, exit):
    """The exit's attention on the input grid, float32, with a slope added so that no two pixels tie: Quantus sorts
    with an unstable sort."""
    with torch.no_grad():
        maps = network(images)[1][exit - 1]
    up = twin.resize(maps, images.shape[2:]).numpy()
    count = up[0].size
    slope = np.arange(count).reshape(up[0].shape) * (np.ptp(up) / count / 7)
    result = (up + slope).astype(np.float32)
    for one in result:
        assert len(np.unique(one)) == count
    return result


def quantus_curves(model, images, maps, labels, start, target):
    """PixelFlipping from `start`, each pixel becoming that of `target`: [N, STEPS], after each of the steps."""

    state = {}

    def towards(arr, indices, **_):
        arr = arr.copy()
        rows = np.arange(len(arr))[:, None]
        arr[rows, indices] = state["target"][rows, indices]
        return arr

    state["target"] = target.reshape(len(target), -1)
    metric = quantus.PixelFlipping(
        features_in_step=images[0].size // STEPS, perturb_func=towards, abs=False, normalise=False,
        return_aggregate=False, disable_warnings=True,
    )
    return np.array(
        metric(model=model, x_batch=start, y_batch=labels, a_batch=maps[:, None], softmax=True, device="cpu")
    )


def quantus_road(model, images, maps, labels):
    """ROAD without noise: share of images that still get `labels`, for each percentage."""
    metric = quantus.ROAD(
        percentages=PERCENTAGES, noise=0.0, abs=False, normalise=False, disable_warnings=True,
    )
    scores = metric(model=model, x_batch=images, y_batch=labels, a_batch=maps[:, None], device="cpu")
    return np.array([scores[p] for p in PERCENTAGES])


def imputed(images, maps, percentage, most):
    """Images after removing so much of the pixels, imputed by pytorch-grad-cam without noise."""
    imputer = NoisyLinearImputer(noise=0.0)
    count = maps[0].size * percentage // 100
    results = []
    for image, one in zip(images, maps):
        order = np.argsort(-one.ravel(), kind="stable")
        mask = np.ones(one.size, dtype=np.float32)
        mask[order[:count] if most else order[len(order) - count:]] = 0
        results.append(imputer(image, torch.from_numpy(mask.reshape(one.shape))).numpy())
    return np.stack(results)


def grad_cam(network, images, exit, labels):
    """pytorch-grad-cam's map at the block's output, after the ReLU and before it is scaled to 0...1."""
    model = OneExit(network, exit)
    layer = model.blocks[-1]
    with pytorch_grad_cam.GradCAM(model=model, target_layers=[layer]) as cam:
        targets = [ClassifierOutputTarget(int(k)) for k in labels]
        cam(input_tensor=images, targets=targets)
        store = cam.activations_and_grads
        maps = cam.get_cam_image(
            images, layer, targets, store.activations[0].numpy(), store.gradients[0].numpy())
    return np.maximum(maps, 0)


def channels_last(images):
    return np.ascontiguousarray(np.moveaxis(images, 1, -1))


def main():
    out = {}
    for name in ("20x16x3", "32x32x1"):
        for kind in ("softmax", "sigmoid"):
            network, images = open_network(name, kind)
            with torch.no_grad():
                answers = [z.argmax(1) for z in network(images)[0]]
            for exit in range(1, 6):
                prefix = f"{name}.{kind}.{exit}"
                out[f"{prefix}.labels"] = answers[exit - 1].numpy()
                out[f"{prefix}.gradcam"] = grad_cam(network, images, exit, answers[exit - 1]).astype(np.float32)

    network, images = open_network("20x16x3", "softmax")
    maps = attribution(network, images, 1)
    out["20x16x3.map"] = maps
    for percentage in PERCENTAGES:
        for most in (True, False):
            result = imputed(images.float(), maps, percentage, most)
            out[f"20x16x3.imputed.{percentage}.{'most' if most else 'least'}"] = channels_last(result)
    sigma = 2.5
    out["20x16x3.blurred"] = np.stack([
        np.stack([gaussian_filter(c, sigma, mode="nearest") for c in image]) for image in images.numpy()
    ]).astype(np.float32)
    out["20x16x3.blurred"] = channels_last(out["20x16x3.blurred"])

    network, images = open_network("32x32x1", "softmax")
    x = images.numpy()
    blurred = np.stack([gaussian_filter(i[0], 4.0, mode="nearest")[None] for i in x])
    for exit in (1, 3, 5):
        model = OneExit(network, exit)
        maps = attribution(network, images, exit)
        with torch.no_grad():
            labels = model(images).argmax(1).numpy()
        prefix = f"32x32x1.{exit}"
        out[f"{prefix}.map"] = maps
        out[f"{prefix}.deletion"] = quantus_curves(model, x, maps, labels, x, np.zeros_like(x))
        out[f"{prefix}.insertion"] = quantus_curves(model, x, maps, labels, blurred, x)
        out[f"{prefix}.road-most"] = quantus_road(model, x, maps, labels)
        out[f"{prefix}.road-least"] = quantus_road(model, x, 1 + maps.max() - maps.astype(np.float64), labels)
        for percentage in PERCENTAGES:
            for most in (True, False):
                side = "most" if most else "least"
                removed = torch.from_numpy(imputed(images.float(), maps, percentage, most)).double()
                with torch.no_grad():
                    p = torch.softmax(model(removed), 1).numpy()[np.arange(len(labels)), labels]
                out[f"{prefix}.imputed-probability.{percentage}.{side}"] = p
    for key, value in out.items():
        if value.dtype == np.float64:
            out[key] = value.astype(np.float32)
    file = HERE / "faithfulness.safetensors"
    save_file({k: np.ascontiguousarray(v) for k, v in sorted(out.items())}, file)
    file.chmod(0o644)


main()
