"""What the codes of drawings look like: apart by category or not, smooth in between or not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from sketchstudio.core.sampling import Sampling
from sketchstudio.model.studio import Codes, Studio
from trainer.recogniser import Recogniser, boxed_each

NEIGHBOURS = 10
MAPPED = 2_000
"""Codes of a map; t-SNE takes a minute for so many, and more would hide each other."""

BLENDS = 24
"""Pairs of drawings blended for the smoothness."""

STEPS = 9
_AT_ONCE = 512

Labels = npt.NDArray[np.int64]


def separation(codes: Codes, labels: Labels) -> dict[str, float]:
    """How far categories lie apart in codes (N, code) with labels (N,).

    Returns:
        ``silhouette``: mean silhouette (Rousseeuw 1987), 1 far apart to -1 mixed up; a category
        of one drawing counts 0. ``purity``: share of a drawing's ten nearest neighbours that are
        of its category. Nothing where there is but one drawing.
    """
    if len(codes) < 2:
        return {}
    present, own = np.unique(labels, return_inverse=True)
    members = np.eye(len(present))[own]  # (N, C)
    sizes = members.sum(axis=0)
    wide = codes.astype(np.float64)
    squares = (wide * wide).sum(axis=1)
    neighbours = min(NEIGHBOURS, len(codes) - 1)
    silhouettes = np.zeros(len(codes))
    pure = np.zeros(len(codes))
    for start in range(0, len(codes), _AT_ONCE):
        part = np.arange(start, min(start + _AT_ONCE, len(codes)))
        row = np.arange(len(part))
        gaps = squares[part, None] + squares - 2 * wide[part] @ wide.T
        gaps[row, part] = 0
        distance = np.sqrt(np.maximum(gaps, 0))
        to_each = distance @ members  # sums over each category
        within = to_each[row, own[part]] / np.maximum(sizes[own[part]] - 1, 1)
        others = to_each / sizes
        others[row, own[part]] = np.inf
        nearest = others.min(axis=1)
        larger = np.maximum(within, nearest)
        fit = (sizes[own[part]] > 1) & np.isfinite(larger) & (larger > 0)
        silhouettes[part[fit]] = (nearest - within)[fit] / larger[fit]
        distance[row, part] = np.inf
        near = np.argpartition(distance, neighbours - 1, axis=1)[:, :neighbours]
        pure[part] = (labels[near] == labels[part, None]).mean(axis=1)
    return {
        "silhouette": round(float(silhouettes.mean()), 4),
        "purity": round(float(pure.mean()), 4),
    }


def smoothness(
    studio: Studio, recogniser: Recogniser, codes: Codes, labels: Labels, sampling: Sampling
) -> dict[str, float]:
    """How evenly a drawing turns into one of another category as its code is blended.

    After the perceptual path length (Karras, Laine and Aila 2019): what is drawn at nine even
    positions is looked at by the recogniser, in whose last hidden layer distances are taken.

    Returns:
        ``path``: length of the way over the distance between its ends, 1 where it is straight;
        ``jump``: the longest step's share of the way, an eighth where all are as long.
    """
    rng = np.random.default_rng(0)
    ends = [rng.permutation(len(codes))[:2] for _ in range(4 * BLENDS)]
    pairs = [(a, b) for a, b in ends if len(set(labels[[a, b]])) == 2][:BLENDS]
    positions = np.linspace(0, 1, STEPS).tolist()
    way, direct, jumps = 0.0, 0.0, []
    for a, b in pairs:
        drawn = studio.blend(codes[a], codes[b], positions, sampling)
        seen = _features(recogniser, [sketch.strokes for sketch in drawn])
        steps = [float(np.linalg.norm(other - one)) for one, other in pairwise(seen)]
        way += sum(steps)
        direct += float(np.linalg.norm(seen[-1] - seen[0]))
        jumps.append(max(steps) / max(sum(steps), 1e-9))
    if not direct:  # all drawings are the same
        return {}
    return {"path": round(way / direct, 4), "jump": round(float(np.mean(jumps)), 4)}


@torch.no_grad()
def _features(recogniser: Recogniser, sketches: list[Any]) -> npt.NDArray[np.float32]:
    """The recogniser's last hidden layer, (N, hidden)."""
    seen = torch.from_numpy(recogniser.read(boxed_each(sketches)))
    return recogniser.eval().features(seen).numpy()


@dataclass(frozen=True, slots=True, eq=False)
class Map:
    """Codes laid out in a plane, near ones near each other.

    Attributes:
        places: (N, 2) float, 0 to 1.
        labels: (N,) categories.
    """

    places: npt.NDArray[np.float64]
    labels: Labels


def tsne(codes: Codes, labels: Labels) -> Map:
    """t-SNE (van der Maaten and Hinton 2008) of up to `MAPPED` codes, always the same ones.

    Raises:
        ImportError: scikit-learn is not installed.
    """
    from sklearn.manifold import TSNE

    chosen = np.sort(np.random.default_rng(0).permutation(len(codes))[:MAPPED])
    perplexity = min(30.0, max(1.0, (len(chosen) - 1) / 3))
    layout = TSNE(perplexity=perplexity, init="pca", random_state=0)
    places = layout.fit_transform(codes[chosen].astype(np.float32))
    low, size = places.min(axis=0), np.ptp(places, axis=0).max() or 1.0
    centre = np.ptp(places, axis=0) / size / 2
    return Map((places - low) / size + 0.5 - centre, labels[chosen])
