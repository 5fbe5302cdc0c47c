"""Can a network tell people's drawings from a model's? One that cannot is right half the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from sketchstudio.core.sketch_codec import Box, Coordinates, boxed, rasterise
from sketchstudio.model.classifier import Classifier, ClassifierConfig, Rasters

SIZE = 64
SHIFT = 2
"""Training rasters are moved by up to this, px."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How the network learns to tell them apart.

    Attributes:
        steps: Of the learning.
        batch: Pictures a step, half of them people's.
        learning_rate: At the first step; it falls to zero as a cosine.
        channels: Of the convolutions.
        seed: Of weights, halves and batches.
    """

    steps: int = 1_000
    batch: int = 64
    learning_rate: float = 2e-3
    channels: tuple[int, ...] = (16, 32, 64, 64)
    seed: int = 1


def told_apart(
    originals: Sequence[Sequence[Coordinates]],
    redraws: Sequence[Sequence[Coordinates]],
    telling: Telling | None = None,
) -> float | None:
    """Share named right, model or person, of pictures of the half that was not learnt from.

    Both are simplified and drawn alike, so that neither the density of points nor the renderer
    gives a picture away. A drawing and its redraw are in the same half, so that knowing the one
    does not help with the other.

    Args:
        originals: People's drawings, any units.
        redraws: What a model made of each; where it drew nothing, the pair is left out.
        telling: How to learn; None for the usual.

    Returns:
        The share, or None where there are too few pairs for a batch.
    """
    telling = telling or Telling()
    pairs = [i for i, redraw in enumerate(redraws) if redraw]
    half = len(pairs) // 2
    if 2 * half < telling.batch:
        return None
    rng = np.random.default_rng(telling.seed)
    pairs = [pairs[i] for i in rng.permutation(len(pairs))]
    people = _pictures([originals[i] for i in pairs])
    drawn = _pictures([redraws[i] for i in pairs])
    network = _learnt(people[:half], drawn[:half], telling, rng)
    tested = np.concatenate([people[half:], drawn[half:]])
    truth = np.repeat([0, 1], len(tested) // 2)
    named = network.probabilities(tested).argmax(axis=1)
    return round(float((named == truth).mean()), 4)


def _learnt(
    people: Rasters, drawn: Rasters, telling: Telling, rng: np.random.Generator
) -> Classifier:
    """A network that has learnt from these pictures."""
    torch.manual_seed(telling.seed)
    config = ClassifierConfig(("person", "model"), SIZE, telling.channels, hidden=64)
    network = Classifier(config, dropout=0.3)
    optimiser = torch.optim.AdamW(network.parameters(), telling.learning_rate, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, telling.steps)
    each = telling.batch // 2
    truth = torch.from_numpy(np.repeat([0, 1], each))
    network.train()
    for _ in range(telling.steps):
        one, other = (rng.integers(0, len(pictures), each) for pictures in (people, drawn))
        seen = _moved(np.concatenate([people[one], drawn[other]]), rng)
        optimiser.zero_grad(set_to_none=True)
        logits = network(torch.from_numpy(seen))
        nn.functional.cross_entropy(logits, truth).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
    return network.eval()


def _pictures(sketches: Sequence[Sequence[Coordinates]]) -> Rasters:
    """Each sketch in its own box, simplified and drawn, (N, 1, size, size)."""
    return np.stack([rasterise(boxed(s, Box.around(s)), SIZE)[None] for s in sketches])


def _moved(rasters: Rasters, rng: np.random.Generator) -> Rasters:
    """The rasters mirrored half of the time and shifted a little."""
    by: npt.NDArray[np.int64] = rng.integers(-SHIFT, SHIFT + 1, (len(rasters), 2))
    moved = np.stack([np.roll(r, tuple(b), (1, 2)) for r, b in zip(rasters, by, strict=True)])
    flip = rng.random(len(rasters)) < 0.5
    moved[flip] = moved[flip, ..., ::-1]
    return moved
