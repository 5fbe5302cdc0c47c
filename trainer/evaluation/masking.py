"""Damage to heal: ink with patches erased.

SketchHealer's way (Su et al. 2020; as in its code): a patch is centred on the first point of each
stroke and on every fourth after it, its side is a quarter of the drawing's longest, and each is
erased with the same probability. As in SP-gra2seq (2022) all are erased before anything looks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sketchstudio.core.sketch_codec import Polylines
from sketchstudio.core.stroke import Points

SIDE = 0.25
"""Of a patch, box units: 128 of 512 px."""

EVERY = 4
MOST = 20
"""Patches of a drawing."""

_INSIDE = 1e-6


def masked(drawing: Polylines, probability: float, rng: np.random.Generator) -> Polylines:
    """A drawing in box units without the ink in some of its patches; ``probability`` under 1.

    The ink is cut where a patch begins, so that models which read strokes and models which read
    pictures miss the same. Something always stays: where nothing would, patches are drawn anew.
    """
    centres = patch_centres(drawing)
    while True:
        erased = centres[rng.random(len(centres)) < probability]
        left = [part for stroke in drawing for part in _outside(stroke, erased)]
        if left:
            return left


def patch_centres(drawing: Polylines) -> Points:
    """Centres of all patches, (N, 2) box units, N at most `MOST`."""
    return np.asarray(np.concatenate([stroke[::EVERY] for stroke in drawing])[:MOST])


def _outside(stroke: Points, centres: Points) -> Polylines:
    """The parts of a stroke that lie in no patch."""
    if not len(centres):
        return [stroke]
    if len(stroke) == 1:
        return [] if (np.abs(stroke - centres).max(axis=1) <= SIDE / 2).any() else [stroke]
    parts: list[list[npt.NDArray[np.float64]]] = []
    reached = 0.0  # how far the last part goes along its line
    for a, b in zip(stroke[:-1].astype(np.float64), stroke[1:].astype(np.float64), strict=True):
        goes_on, reached = reached == 1, 0.0
        for start, end in _free(a, b, centres):
            if goes_on and start == 0:
                parts[-1].append(a + end * (b - a))
            else:
                parts.append([a + start * (b - a), a + end * (b - a)])
            reached = end
    return [np.asarray(part, dtype=np.float32) for part in parts]


def _free(
    a: npt.NDArray[np.float64], b: npt.NDArray[np.float64], centres: Points
) -> Sequence[tuple[float, float]]:
    """Stretches of the line from ``a`` (0) to ``b`` (1) that lie in no patch, in order."""
    along = b - a
    with np.errstate(divide="ignore", invalid="ignore"):
        one = (centres - SIDE / 2 - a) / along
        other = (centres + SIDE / 2 - a) / along
    within = np.abs(centres - a) <= SIDE / 2  # decides where the line is parallel to a side
    enter = np.where(along == 0, np.where(within, -np.inf, np.inf), np.minimum(one, other))
    leave = np.where(along == 0, np.where(within, np.inf, -np.inf), np.maximum(one, other))
    first = np.maximum(enter.max(axis=1), 0)
    last = np.minimum(leave.min(axis=1), 1)
    free, at = [], 0.0
    for start, end in sorted(zip(first, last, strict=True)):
        if start > end:  # the line misses the patch
            continue
        if start - at > _INSIDE:
            free.append((at, float(start)))
        at = max(at, float(end))
    if 1 - at > _INSIDE:
        free.append((at, 1.0))
    return free
