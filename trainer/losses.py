"""What a network is trained and judged by: how likely it finds people's sketches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from sketchstudio.model.config import ModelConfig
from sketchstudio.model.mdn import offset_nll, pen_nll
from sketchstudio.model.network import Beginnings, Read, SketchPix2Seq
from trainer.batches import NONE, Batch, make_batch
from trainer.distributed import Group
from trainer.sketches import Sketches

VALIDATION_SKETCHES = 2048

ALONE = Group()


BEGUN_TRUST = 0.25
"""How much a sketch's name counts where the encoder sees only a beginning: a circle is more often
a circle than a face that has just been begun."""


@dataclass(frozen=True, slots=True)
class Losses:
    """Losses of a batch.

    Attributes:
        offset: Negative log-likelihood of an offset, nats per real point.
        pen: Cross-entropy of the pen state, nats per step.
        category: Cross-entropy of the category head, nats per sketch; None without a head.
        named: Share of sketches the category head names right.
        kl: Divergence of the codes from N(0, 1), nats per number of the code; None of codes that
            are no distributions.
    """

    offset: float
    pen: float
    category: float | None = None
    named: float | None = None
    kl: float | None = None

    @property
    def nll(self) -> float:
        return self.offset + self.pen


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts beside the likelihood, and how much.

    Attributes:
        category: Of the category head's cross-entropy.
        kl: Of the divergence, beside a likelihood summed over a sketch.
        kl_tolerance: Below, the divergence has no pull.
    """

    category: float = 0.0
    kl: float = 0.0
    kl_tolerance: float = 0.0


def batch_losses(
    network: nn.Module,
    batch: Batch,
    weights: Weights | None = None,
    noise: Tensor | None = None,
    shuffle: bool = False,
    group: Group = ALONE,
) -> tuple[Tensor, Losses]:
    """The loss to minimise and its parts.

    Args:
        network: `SketchPix2Seq` on any device, or one shared by ``group``.
        batch: For this network; of a group, this process's part.
        weights: What counts beside the likelihood.
        noise: (B, code), see `SketchPix2Seq.forward`.
        shuffle: Give every sketch its neighbour's code.
        group: The parts returned are those of all its processes' batches together. The mean of
            the processes' losses to minimise is that of one process with the whole batch.
    """
    weights = weights or Weights()
    device = next(network.parameters()).device

    def put(array: Any) -> Tensor:
        return torch.from_numpy(array).to(device, non_blocking=True)

    seen = put(batch.seen)
    labels, pen = put(batch.labels), put(batch.pen)
    read: Read = network(
        seen.float() / 255 if seen.dtype == torch.uint8 else seen,
        put(batch.inputs),
        put(batch.real),
        None if noise is None else noise.to(device),
        Beginnings(put(batch.begun), put(batch.told), labels),
        shuffle,
    )
    drawn = pen != 2
    trust = np.where(batch.begun, BEGUN_TRUST, 1).astype(np.float32)
    sketches, steps, points, trusted = group.total(
        [len(batch.labels), len(batch.pen), int((batch.pen != 2).sum()), float(trust.sum())]
    )
    offset = offset_nll(read.parameters[drawn], put(batch.offsets)[drawn]).sum() / points
    pens = pen_nll(read.parameters, pen).sum() / steps
    parts = {"offset": offset, "pen": pens}
    if read.names is not None:
        surprise = cross_entropy(read.names.float(), labels, reduction="none")
        parts["category"] = (surprise * put(trust)).sum() / trusted
        parts["named"] = (read.names.argmax(dim=1) == labels).sum() / sketches
    if read.log_variance is not None:
        parts["kl"] = divergence(read.codes, read.log_variance).sum() / sketches
    sums = group.total(torch.stack([part.detach().float() for part in parts.values()]).tolist())
    losses = Losses(**dict(zip(parts, sums, strict=True)))

    loss = offset + pens
    if "category" in parts:  # also at weight 0: processes share every parameter's gradient
        loss = loss + weights.category * parts["category"]
    if weights.kl and losses.kl is not None and losses.kl > weights.kl_tolerance:
        loss = loss + weights.kl * sketches / steps * parts["kl"]  # per step, as the likelihood
    return loss * group.size, losses


def divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Kullback-Leibler divergence (B,) from N(0, 1), nats per number of the code."""
    mean, log_variance = mean.float(), log_variance.float()
    return -0.5 * (1 + log_variance - mean * mean - log_variance.exp()).mean(dim=1)


@torch.no_grad()
def held_out_losses(network: SketchPix2Seq, batches: Sequence[Batch]) -> dict[str, float]:
    """Mean losses of a network in evaluation mode; those of parts it has not are left out.

    Means are over all points, steps or sketches, however these are parted into batches.
    ``code_use`` is how much worse the likelihood gets, nats per point, when the codes are
    shuffled between sketches: zero means that the decoder ignores them.
    """
    rows = [batch_losses(network, batch)[1] for batch in batches]
    shuffled = [batch_losses(network, batch, shuffle=True)[1] for batch in batches]
    points = [int(np.sum(batch.pen != 2)) for batch in batches]
    steps = [len(batch.pen) for batch in batches]
    sketches = [len(batch.labels) for batch in batches]

    def nll(of: Sequence[Losses]) -> float:
        offset = np.average([row.offset for row in of], weights=points)
        return float(offset + np.average([row.pen for row in of], weights=steps))

    counts = {"offset": points, "pen": steps} | dict.fromkeys(("category", "named", "kl"), sketches)
    means = {
        key: float(np.average(values, weights=count))
        for key, count in counts.items()
        if None not in (values := [getattr(row, key) for row in rows])
    }
    return {"nll": nll(rows), **means, "code_use": nll(shuffled) - nll(rows)}


def whole_batches(
    sketches: Sketches, config: ModelConfig, most: int = VALIDATION_SKETCHES
) -> list[Batch]:
    """Some sketches, always the same, as they were drawn; long ones apart from short ones."""
    rng = np.random.default_rng(0)
    chosen = rng.permutation(len(sketches))[:most]
    chosen = chosen[np.argsort(sketches.lengths[chosen], kind="stable")]
    parts = np.array_split(chosen, max(1, len(chosen) // 128))
    return [
        make_batch(sketches, rng.permutation(part), config, NONE, rng)
        for part in parts
        if len(part)
    ]
