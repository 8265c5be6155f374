"""layers.safetensors and layers.json: each layer alone, forward and backward. Called by make_fixtures.py.

Activations and maps are NHWC and [N, h, w], as in Swift; weights are in PyTorch's order. `dX` is the
gradient of sum(y * dy) (or of the loss) with respect to X, for the given dy. Inputs are rounded to float32
first, everything is computed in float64.
"""

import itertools

import numpy as np
import torch
import torch.nn.functional as F

import twin


class Numbers:
    """Float32-exact float64 tensors from one generator, in [-scale, scale)."""

    def __init__(self, seed):
        self.generator = twin.LinearCongruential(seed)

    def __call__(self, *shape, scale=1.0, gradient=True):
        return self.generator.tensor(shape, scale).double().requires_grad_(gradient)


def nhwc(x):
    return x.detach().permute(0, 2, 3, 1).contiguous()


def put(out, prefix, **tensors):
    for key, value in tensors.items():
        out[f"{prefix}.{key}"] = value.detach().clone()  # batch_norm moves its statistics in place


def convolution(out):
    # (batch, height, width, in, out): odd sizes, one cell, and channels that fill and overfill vectors.
    shapes = [(2, 7, 5, 3, 4), (3, 1, 1, 5, 6), (1, 2, 9, 1, 3), (2, 12, 10, 8, 16), (1, 6, 8, 17, 19)]
    for k, (n, h, w, i, o) in enumerate(shapes):
        numbers = Numbers(100 + k)
        x, weight = numbers(n, i, h, w), numbers(o, i, 3, 3, scale=0.5)
        y = F.conv2d(x, weight, padding=1)
        dy = numbers(*y.shape, gradient=False)
        y.backward(dy)
        put(
            out, f"conv.{k}", x=nhwc(x), weight=weight, y=nhwc(y), dy=nhwc(dy), dx=nhwc(x.grad),
            dweight=weight.grad,
        )
    return len(shapes)


def norm_relu_pool(out):
    # (batch, height, width, channels, pooled). Odd sizes drop the last row or column. The third has few
    # values, so that windows tie (the first wins); the fourth a channel of one value, whose variance is 0.
    # Slopes (weight) are of both signs.
    shapes = [
        (2, 7, 5, 3, True), (3, 6, 8, 11, True), (2, 6, 8, 9, True), (2, 4, 4, 2, True), (3, 3, 5, 10, False),
        (4, 1, 1, 4, False),
    ]
    described = []
    for k, (n, h, w, c, pooled) in enumerate(shapes):
        numbers = Numbers(200 + k)
        y, weight, bias = numbers(n, c, h, w, scale=3), numbers(c), numbers(c)
        if k == 2:
            with torch.no_grad():
                y.copy_((y * 2).round() / 2)
        if k == 3:
            with torch.no_grad():
                y[:, 1] = 0.25
        mean, variance = numbers(c, gradient=False), numbers(c, gradient=False).abs() + 0.5
        name = f"norm.{k}"
        put(out, name, y=nhwc(y), weight=weight, bias=bias, mean=mean, variance=variance)

        def finish(x):
            x = F.relu(x)
            return F.max_pool2d(x, 2) if pooled else x

        evaluated = finish(F.batch_norm(y, mean, variance, weight, bias, training=False, eps=1e-5))
        z = finish(F.batch_norm(y, mean, variance, weight, bias, training=True, momentum=0.1, eps=1e-5))
        dz = numbers(*z.shape, gradient=False)
        z.backward(dz)
        put(
            out, name, evaluated=nhwc(evaluated), z=nhwc(z), dz=nhwc(dz), dy=nhwc(y.grad),
            dweight=weight.grad, dbias=bias.grad, meanAfter=mean, varianceAfter=variance,
        )
        described.append(pooled)
    return dict(pooled=described)


def attention_exit(out):
    # Gradients come from both outputs at once: the logits, and the map (as from the consistency term).
    # The last case has scores of about +-100, where a softmax or sigmoid without care overflows.
    shapes = [(3, 4, 5, 6, 4), (2, 1, 1, 3, 2), (2, 8, 8, 37, 9), (2, 3, 4, 5, 3)]
    for kind in ("softmax", "sigmoid"):
        for k, (n, h, w, c, classes) in enumerate(shapes):
            numbers = Numbers(400 + k)
            module = twin.Exit(c, classes, kind).double()
            x = numbers(n, c, h, w, scale=2)
            with torch.no_grad():
                for parameter, scale in (
                    (module.attention.weight, 40 if k == 3 else 1), (module.attention.bias, 1),
                    (module.head.weight, 1), (module.head.bias, 1),
                ):
                    parameter.copy_(numbers(*parameter.shape, scale=scale))
            logits, a = module(x)
            _, pooled = module.pool(x)
            da, dlogits = numbers(*a.shape, gradient=False), numbers(*logits.shape, gradient=False)
            torch.autograd.backward([a, logits], [da, dlogits])
            name = f"exit.{kind}.{k}"
            put(
                out, name, x=nhwc(x), map=a, pooled=pooled, logits=logits, dmap=da, dlogits=dlogits,
                dx=nhwc(x.grad),
            )
            for key, parameter in module.named_parameters():
                put(out, name, **{key: parameter, f"d.{key}": parameter.grad})
    return len(shapes)


def cross_entropy(out):
    # The second has logits of +-200, the third one class.
    scales, shapes = (3, 200, 3), [(6, 9), (5, 4), (3, 1)]
    losses = []
    for k, ((n, c), scale) in enumerate(zip(shapes, scales)):
        numbers = Numbers(600 + k)
        logits = numbers(n, c, scale=scale)
        labels = torch.tensor([numbers.generator.index(c) for _ in range(n)])
        loss = F.cross_entropy(logits, labels)
        loss.backward()
        losses.append(loss.item())
        put(out, f"entropy.{k}", logits=logits, labels=labels, dlogits=logits.grad)
    return losses


def consistency(out):
    # Early maps of three grids against the final or the next one, on every grid, with and without the
    # stop-gradient.
    # Values 0.05 ... 1.05, not normalised, so that the cosine's own gradient is tested, not a softmax's.
    grids, final, size = [(9, 6), (4, 3), (3, 5)], (4, 3), (18, 12)
    numbers = Numbers(700)
    base = [numbers(2, h, w, scale=0.5, gradient=False) + 0.55 for h, w in [*grids, final]]
    base = [b.float().double() for b in base]
    cases = []
    for k, b in enumerate(base):
        out[f"consistency.map.{k}"] = b
    for target, grid, stop in itertools.product(("final", "next"), ("early", "final", "input"), (False, True)):
        maps = [b.clone().requires_grad_() for b in base]
        distances = twin.cosine_losses(maps, size, grid, stop, target)
        weights = [1.0, 2.0, 0.5]
        loss = sum(w * d for w, d in zip(weights, distances)) / sum(weights)
        loss.backward()
        name = f"{grid}{'-stop' if stop else ''}{'-next' if target == 'next' else ''}"
        for k, m in enumerate(maps):
            if m.grad is not None:
                out[f"consistency.{name}.d.{k}"] = m.grad
        cases.append(
            dict(
                name=name, target=target, grid=grid, stopGradient=stop, weights=weights, loss=loss.item(),
                distances=[d.item() for d in distances],
            )
        )
    return dict(early=[list(g) for g in grids], final=list(final), input=list(size), cases=cases)


def adam(out):
    # Five steps on one tensor: ordinary, tiny (near eps), huge and zero gradients; the rate halves after
    # steps 2 and 4.
    numbers = Numbers(800)
    p = numbers(24).detach().requires_grad_()
    factor = torch.tensor([1.0] * 12 + [1e-8] * 6 + [1e6] * 3 + [0.0] * 3, dtype=torch.float64)
    optimizer = torch.optim.Adam([p], lr=1e-2, betas=(0.9, 0.999), eps=1e-8)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)
    out["adam.start"] = p.detach().clone()
    rates = []
    for step in range(5):
        gradient = (numbers(24, gradient=False) * factor).float()
        p.grad = gradient.double()
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
        out[f"adam.gradient.{step}"], out[f"adam.after.{step}"] = gradient, p.detach().clone()
    return dict(steps=5, learningRates=rates)


def write(save, write_json):
    out = {}
    described = dict(
        convolutions=convolution(out), norms=norm_relu_pool(out), exits=attention_exit(out),
        crossEntropies=cross_entropy(out), consistency=consistency(out), adam=adam(out),
    )
    save("layers.safetensors", out)
    versions = {"torch": torch.__version__, "numpy": np.__version__}
    write_json("layers.json", dict(versions=versions, **described))
