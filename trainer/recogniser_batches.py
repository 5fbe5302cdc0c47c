"""What a recogniser learns from: people's drawings, bent a little, of some only a beginning."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sketchstudio.core.stroke import Points
from sketchstudio.model.classifier import ClassifierConfig, Rasters, Seen, pictures
from sketchstudio.model.point_reader import padded, point_rows
from trainer.batches import dropped, warped
from trainer.sketches import Sketches

Lifts = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.int64]

POOL = 8
"""Batches of points are parted by length from so many at once, which leaves little padding."""


@dataclass(frozen=True, slots=True)
class Bending:
    """How far a drawing may differ from the one that was drawn.

    Attributes:
        stretch: x and y are scaled by 1 ± this, apart.
        rotation: Radians, ±.
        shear: x moves by up to ± this share of y.
        shift: Box units, ±.
        jitter: Standard deviation of every point, box units.
        drop: Share of the inner points left out.
        bold: Share of rasters drawn with a thicker line.
        unfinished: Share of the sketches of which only a beginning is seen.
        shortest: That beginning has at least this share of the points.
        mirrored: Share of the sketches turned left to right.
        warp: Height of the waves that all points are moved by, see `trainer.batches.warped`.
    """

    stretch: float = 0.2
    rotation: float = 0.15
    shear: float = 0.1
    shift: float = 0.02
    jitter: float = 0.0
    drop: float = 0.0
    bold: float = 0.2
    unfinished: float = 0.0
    shortest: float = 0.2
    mirrored: float = 0.0
    warp: float = 0.0

    def shown(self, count: int, rng: np.random.Generator) -> int:
        """How many of a drawing's points are seen."""
        if self.unfinished and rng.random() < self.unfinished:
            return min(count, max(2, int(np.ceil(count * rng.uniform(self.shortest, 1)))))
        return count

    def bent(self, points: Points, lifts: Lifts, rng: np.random.Generator) -> tuple[Points, Lifts]:
        """A drawing as `join` returns it: stretched, turned, thinned; in its own box."""
        width, height, shear, angle, *shift = rng.uniform(-1, 1, 6)
        width, height, shear = (
            1 + self.stretch * width,
            1 + self.stretch * height,
            self.shear * shear,
        )
        sin, cos = np.sin(self.rotation * angle), np.cos(self.rotation * angle)
        matrix = [
            [width * cos, width * sin],
            [height * (shear * cos - sin), height * (shear * sin + cos)],
        ]
        moved = points @ np.array(matrix, dtype=np.float32)
        if self.mirrored and rng.random() < self.mirrored:
            moved[:, 0] *= -1
        if self.warp:
            moved = warped(moved, self.warp, rng.uniform(-1, 1, (2, 4)))
        if self.drop:
            ends = lifts.copy()
            ends[-1] = True  # a beginning may end in the middle of a stroke
            kept = ~dropped(rng.random(len(lifts)) < self.drop, ends, np.roll(ends, 1))
            moved, lifts = moved[kept], lifts[kept]
        low, high = moved.min(axis=0), moved.max(axis=0)
        longest = max(float((high - low).max()), 1e-6)
        moved = (moved - (low + high) / 2) / longest + self.shift * np.array(shift, np.float32)
        if self.jitter:
            moved = moved + rng.normal(0, self.jitter, moved.shape)
        return moved.astype(np.float32), lifts


class RecogniserBatches:
    """Endless batches; batch i is a function of the seed and i.

    Categories are drawn by the square root of their counts, which differ by more than ten times.

    Args:
        sketches: What is learnt from.
        size: Sketches of a batch.
        config: Of the network.
        bending: How far they may differ from what was drawn.
        seed: Of everything.
    """

    def __init__(
        self, sketches: Sketches, size: int, config: ClassifierConfig, bending: Bending, seed: int
    ) -> None:
        self._sketches, self._size, self._config = sketches, size, config
        self._bending, self._seed = bending, seed
        weights = 1 / np.sqrt(np.bincount(sketches.labels)[sketches.labels])
        self._cdf = np.cumsum(weights) / weights.sum()

    def batch(self, step: int) -> tuple[Seen, Labels]:
        """What the network sees of the sketches of a step, and their labels (B,)."""
        return self._points(step) if self._config.units else self._pictures(step)

    def _pictures(self, step: int) -> tuple[Rasters, Labels]:
        rng, config, bending = (
            np.random.default_rng([self._seed, step]),
            self._config,
            self._bending,
        )
        chosen = self._chosen(self._size, rng)
        shape = (config.pictures, config.raster, config.raster)
        rasters = np.empty((len(chosen), *shape), dtype=np.uint8)
        for raster, index in zip(rasters, chosen, strict=True):
            shown = bending.shown(int(self._sketches.lengths[index]), rng)
            points, lifts = bending.bent(*self._beginning(index, shown), rng)
            thickness = 2 if rng.random() < bending.bold else 1
            raster[:] = pictures(points, lifts, config.raster, config.pictures, thickness)
        return rasters, self._sketches.labels[chosen]

    def _points(self, step: int) -> tuple[Seen, Labels]:
        pool, nth = divmod(step, POOL)
        rng = np.random.default_rng([self._seed, pool, POOL])
        chosen = self._chosen(POOL * self._size, rng)
        lengths = self._sketches.lengths[chosen].tolist()
        shown = np.array([self._bending.shown(length, rng) for length in lengths])
        parts = np.array_split(np.argsort(shown, kind="stable"), POOL)
        mine = parts[rng.permutation(POOL)[nth]]
        rng = np.random.default_rng([self._seed, step])
        rows = [
            point_rows(*self._bending.bent(*self._beginning(index, count), rng))
            for index, count in zip(chosen[mine], shown[mine].tolist(), strict=True)
        ]
        return padded(rows), self._sketches.labels[chosen[mine]]

    def _chosen(self, count: int, rng: np.random.Generator) -> Labels:
        chosen = np.searchsorted(self._cdf, rng.random(count))
        return np.minimum(chosen, len(self._sketches) - 1)

    def _beginning(self, index: int, shown: int) -> tuple[Points, Lifts]:
        start = self._sketches.starts[index]
        part = slice(start, start + shown)
        return self._sketches.points[part], self._sketches.lifts[part]
