"""Two recordings with faithfulness, and what an audit must say about it.

Maps, Grad-CAM and maps under random weights are those of the PyTorch twin (Tests/NetworkTests/Fixtures/twin.py), up to
its second and third exit: Quantus's MPRT re-initialises the weights from the top down and gives the Spearman
correlations, pytorch-grad-cam the Grad-CAM maps. Curves and ROAD answers are random numbers. golden.json holds areas by
Quantus's calculate_auc, correlations by SciPy, SSIM by scikit-image, and nulls by a loop over all pairs.

    python make_faithfulness_golden.py      # same bytes on a second run; versions: requirements.txt in
                                            # Tests/TrainingTests/Fixtures/faithfulness, and scikit-image 0.26.0
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import pytorch_grad_cam
import quantus
import torch
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from quantus.helpers.utils import calculate_auc
from safetensors.numpy import save_file
from safetensors.torch import load_file
from scipy import special, stats
from scipy.spatial import distance
from skimage.metrics import structural_similarity

HERE = Path(__file__).parent
NETWORKS = HERE.parents[2] / "NetworkTests" / "Fixtures"
sys.path.insert(0, str(NETWORKS))
import twin  # noqa: E402

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
if not hasattr(np, "trapz"):
    np.trapz = np.trapezoid  # NumPy 2.4 has dropped the name that Quantus 0.6 calls.

N, CLASSES, STEPS, DRAWS = 16, 5, 5, 2
SAMPLES = {"baseline": [0, 1, 3, 4, 6, 7, 8, 10, 11, 13, 15], "egt": [0, 1, 2, 3, 4, 6, 8, 10, 11, 13, 15]}
EXITS = [2, 3]  # of the twin; 1 and 2 of the recording
WIDTHS = (8, 12, 16, 16, 20)
ROAD = [0.25, 0.5, 0.75]
random = np.random.default_rng(20220122)


class OneExit(torch.nn.Module):
    """The twin up to an exit: images to logits; `maps` are the attention maps of the last call."""

    def __init__(self, network, exit):
        super().__init__()
        self.blocks = network.blocks[:exit]
        self.leave = network.exits[exit - 1]
        self.eval()

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        logits, self.maps = self.leave(x)
        return logits


def attention(model, inputs, targets=None, **_):
    with torch.no_grad():
        model(torch.as_tensor(inputs, dtype=torch.float32))
    return model.maps.numpy()


def on_input_grid(maps):
    """Quantus wants attributions of the input's size: each cell repeated, which leaves rank correlations as they are."""
    factor = 32 // maps.shape[1]
    return maps.repeat(factor, axis=1).repeat(factor, axis=2)[:, None]


def randomized(network, exit, x, maps, seed):
    """Maps and Quantus's Spearman correlations after the attention module, then each block, became random."""
    stages = []

    def explain(model, inputs, targets, **_):
        stages.append(attention(model, inputs))
        return on_input_grid(stages[-1])

    metric = quantus.MPRT(
        layer_order="top_down", seed=seed, abs=False, normalise=False, return_aggregate=False,
        similarity_func=quantus.similarity_func.correlation_spearman, disable_warnings=True)
    scores = metric(
        model=OneExit(network, exit), x_batch=x, y_batch=np.zeros(len(x), int), a_batch=on_input_grid(maps),
        explain_func=explain, device="cpu", batch_size=len(x))
    # explain was called for the original model first, then for every layer from the top.
    layers = [name for name in scores if name != "original"]
    wanted = ["leave.attention"] + [f"blocks.{block}.conv" for block in reversed(range(exit))]
    picked = [layers.index(name) for name in wanted]
    return (
        np.stack([stages[1 + index] for index in picked]),
        np.array([scores[layers[index]] for index in picked]),
    )


def grad_cam(network, exit, x, labels):
    model = OneExit(network, exit)
    layer = model.blocks[-1]
    x = torch.from_numpy(x)
    with pytorch_grad_cam.GradCAM(model=model, target_layers=[layer]) as cam:
        targets = [ClassifierOutputTarget(int(k)) for k in labels]
        cam(input_tensor=x, targets=targets)
        store = cam.activations_and_grads
        maps = cam.get_cam_image(x, layer, targets, store.activations[0].numpy(), store.gradients[0].numpy())
    return np.maximum(maps, 0).astype(np.float32)


def defined(cells):
    return cells.max() - cells.min() > 1e-6 * np.abs(cells).max()


def mean(values):
    values = [v for v in values if v is not None]
    return float(np.mean(values)) if values else None


def agreement(first, second):
    """Per sample, and the mean over all ordered pairs of different samples, of three agreements."""
    measures = {
        "cosine": lambda a, b: 1 - distance.cosine(a, b),
        "centred": lambda a, b: stats.pearsonr(a, b)[0],
        "spearman": lambda a, b: stats.spearmanr(a, b)[0],
    }
    first = first.reshape(len(first), -1).astype(np.float64)
    second = second.reshape(len(second), -1).astype(np.float64)
    kept = [n for n in range(len(first)) if defined(first[n]) and defined(second[n])]
    result = {"n": len(kept), "undefined": len(first) - len(kept)}
    series = {}
    for name, measure in measures.items():
        series[name] = [measure(first[n], second[n]) if n in kept else None for n in range(len(first))]
        pairs = [measure(first[n], second[m]) for n in kept for m in kept if m != n]
        result[name] = {"value": mean(series[name]), "null": float(np.mean(pairs))}
    return result, series


def ssim(a, b):
    side = min(7, *a.shape)
    window = side if side % 2 else side - 1
    a, b = a.astype(np.float64) / a.mean(dtype=np.float64), b.astype(np.float64) / b.mean(dtype=np.float64)
    return structural_similarity(a, b, win_size=window, data_range=np.sqrt((a.var() + b.var()) / 2))


def curve(whole, points, end):
    """Random numbers, the whole image's probability at an end."""
    values = random.random((len(whole), points)).astype(np.float32)
    values[:, end] = whole
    return values


def arm(name, gain):
    file = load_file(NETWORKS / "network-32x32x1.safetensors")
    network = twin.EarlyExitNetwork(1, CLASSES, WIDTHS)
    network.load_state_dict({k.removeprefix("weights."): v for k, v in file.items() if k.startswith("weights.")})
    network.eval()
    with torch.no_grad():
        for leave in network.exits:
            leave.attention.weight *= gain
            leave.head.weight *= 16
    images, labels = twin.make_batches(31, 1, N, 32, 32, 1, CLASSES)
    images, labels = images[0], labels[0]
    x = twin.network_input(images).numpy()
    samples = SAMPLES[name]
    fractions = np.linspace(0, 1, STEPS + 1).astype(np.float32)
    tensors = {
        "labels": labels, "images": images, "faithfulness.samples": np.array(samples),
        "faithfulness.fractions": fractions, "faithfulness.road-fractions": np.float32(ROAD),
    }
    exits, golden, series = [], [], []
    for number, exit in enumerate(EXITS, start=1):
        model = OneExit(network, exit)
        with torch.no_grad():
            logits = model(torch.from_numpy(x)).numpy()
        maps = model.maps.numpy()
        answers = logits.argmax(1)
        exits.append({"grid": list(maps.shape[1:]), "macs": 1e6 * number})
        tensors[f"logits.{number}"], tensors[f"attention.{number}"] = logits, maps
        whole = special.softmax(logits.astype(np.float64), axis=1).max(1)[samples]

        curves = {
            "deletion": curve(whole, STEPS + 1, 0), "insertion": curve(whole, STEPS + 1, STEPS),
            "random-deletion": curve(whole, STEPS + 1, 0), "random-insertion": curve(whole, STEPS + 1, STEPS),
        }
        areas = {k: calculate_auc(v.astype(np.float64), dx=1 / STEPS, batched=True) for k, v in curves.items()}
        deletion_gain = areas["random-deletion"] - areas["deletion"]
        insertion_gain = areas["insertion"] - areas["random-insertion"]
        road = {side: random.random((len(samples), len(ROAD))).astype(np.float32) for side in ("most", "least")}
        now = {side: random.integers(0, CLASSES, (len(samples), len(ROAD))) for side in ("most", "least")}
        gap = (road["least"].astype(np.float64) - road["most"]).mean(1)
        for key, value in curves.items():
            tensors[f"faithfulness.{key}.{number}"] = value
        for side in ("most", "least"):
            tensors[f"faithfulness.road-{side}.{number}"] = road[side]
            tensors[f"faithfulness.road-{side}-predictions.{number}"] = now[side]

        cams = grad_cam(network, exit, x[samples], answers[samples])
        if number == 1:
            cams[2] = 0  # as after a ReLU that leaves nothing
        tensors[f"faithfulness.gradcam.{number}"] = cams
        agreements, agreement_series = agreement(maps[samples], cams)

        draws = [randomized(network, exit, x[samples], maps[samples], seed) for seed in range(DRAWS)]
        after = np.stack([draw[0] for draw in draws])
        tensors[f"faithfulness.randomized.{number}"] = after
        stages = []
        for stage in range(after.shape[1]):
            spearman = np.array([draws[d][1][stage] for d in range(DRAWS)])
            centred = [stats.pearsonr(maps[s].ravel().astype(np.float64), after[d, stage, i].ravel().astype(np.float64))[0]
                       for d in range(DRAWS) for i, s in enumerate(samples)]
            structure = [ssim(maps[s], after[d, stage, i]) for d in range(DRAWS) for i, s in enumerate(samples)]
            stages.append({
                "spearman": float(spearman.mean()), "centred": float(np.mean(centred)),
                "ssim": float(np.mean(structure)), "lowest": float(spearman.mean(1).min()),
                "highest": float(spearman.mean(1).max()),
            })
        golden.append({
            "deletionArea": float(areas["deletion"].mean()), "insertionArea": float(areas["insertion"].mean()),
            "randomDeletionArea": float(areas["random-deletion"].mean()),
            "randomInsertionArea": float(areas["random-insertion"].mean()),
            "deletionGain": float(deletion_gain.mean()), "insertionGain": float(insertion_gain.mean()),
            "advantage": float((deletion_gain + insertion_gain).mean() / 2),
            "advantageError": float(stats.sem((deletion_gain + insertion_gain) / 2)),
            "wholeImage": float(whole.mean()), "allDeleted": float(curves["deletion"][:, -1].mean(dtype=np.float64)),
            "noneInserted": float(curves["insertion"][:, 0].mean(dtype=np.float64)),
            "deletionCurve": curves["deletion"].mean(0, dtype=np.float64).tolist(),
            "roadGap": float(gap.mean()),
            "roadLeast": road["least"].mean(0, dtype=np.float64).tolist(),
            "roadMostAccuracy": (now["most"] == labels[samples][:, None]).mean(0).tolist(),
            "gradCAM": agreements, "stages": stages,
        })
        series.append({
            "deletionGain": deletion_gain, "insertionGain": insertion_gain,
            "advantage": (deletion_gain + insertion_gain) / 2, "roadGap": gap,
            "gradCAMCentred": agreement_series["centred"],
        })
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    file = folder / "recording.safetensors"
    save_file({k: np.ascontiguousarray(v) for k, v in sorted(tensors.items())}, file)
    file.chmod(0o644)
    description = {
        "formatVersion": 1, "classNames": [f"class {k}" for k in range(CLASSES)], "input": [32, 32],
        "channels": 1, "exits": exits, "attentionKind": "softmax", "split": "test",
    }
    (folder / "recording.json").write_text(json.dumps(description) + "\n")
    return golden, series


baseline, left = arm("baseline", 1)
egt, right = arm("egt", 0.25)
both = [s for s in SAMPLES["baseline"] if s in SAMPLES["egt"]]
paired = []
for l, r in zip(left, right):
    row = {}
    for key in l:
        pairs = [(r[key][SAMPLES["egt"].index(s)], l[key][SAMPLES["baseline"].index(s)]) for s in both]
        row[key] = mean([a - b for a, b in pairs if a is not None and b is not None])
    paired.append(row)
golden = {"baseline": baseline, "egt": egt, "paired": paired}
(HERE / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
