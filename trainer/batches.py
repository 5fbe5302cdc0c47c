"""Training batches: augmented, boxed, rastered; batch i depends on the seed and i alone."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sketchstudio.core.sketch_codec import rasterise_joined
from sketchstudio.model.config import ModelConfig
from trainer.sketches import Sketches

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far a training sketch may differ from the one that was drawn.

    Attributes:
        unfinished: Share of sketches of which the encoder sees only a beginning.
        told: Share of these of which the decoder is told the category.
        shortest: That beginning has at least this share of the points.
        smallest: And its box at least this share of the whole sketch's longest side.
        stretch: x and y are scaled by 1 ± this, apart.
        rotation: Radians, ±.
        drop: Share of inner points left out of the target (Ha and Eck 2017, section 3.4).
        shift: The raster is moved by ± this, box units.
        bold: Share of rasters drawn with a thicker line.
        input_noise: Standard deviation added to the previous offsets the decoder is fed.
        mirrored: Share of sketches turned left to right.
        warp: All points are moved along x and y by waves of up to this height, box units: the
            same things in other proportions, whose lines still meet where they met.
        wiped: Share of rasters from which a square is wiped, of up to half their side.
    """

    unfinished: float = 0.5
    told: float = 0.5
    shortest: float = 0.25
    smallest: float = 0.25
    stretch: float = 0.15
    rotation: float = 0.1
    drop: float = 0.1
    shift: float = 0.02
    bold: float = 0.25
    input_noise: float = 0.03
    mirrored: float = 0.0
    warp: float = 0.0
    wiped: float = 0.0


NONE = Augmentation(0, 0, 1, 1, 0, 0, 0, 0, 0, 0)
"""Sketches as they were drawn, for validation."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step learns from.

    Attributes:
        seen: What the encoder reads: rasters (B, size, size) uint8, or stroke-5 rows (B, T, 5)
            float32 with padding rows of zero.
        inputs: (B, T, 7) previous stroke-5 row and pen position (box units).
        offsets: (N, 2) targets of the real steps, in row order.
        pen: (N,) int64 targets: 0 down, 1 up, 2 end.
        real: (B, T) bool.
        labels: (B,) int64 categories.
        begun: (B,) bool, the encoder sees only a beginning of the sketch.
        told: (B,) bool, and the decoder may know of which category.
    """

    seen: npt.NDArray[np.uint8] | Floats
    inputs: Floats
    offsets: Floats
    pen: npt.NDArray[np.int64]
    real: npt.NDArray[np.bool_]
    labels: npt.NDArray[np.int64]
    begun: npt.NDArray[np.bool_]
    told: npt.NDArray[np.bool_]


def make_batch(
    sketches: Sketches,
    chosen: npt.NDArray[np.int64],
    config: ModelConfig,
    augmentation: Augmentation,
    rng: np.random.Generator,
    part: slice = slice(None),
) -> Batch:
    """Turn the ``chosen`` sketches into a batch for a network of ``config``.

    Box units are those of what the encoder sees: for an unfinished sketch the box of its
    beginning, since in the app nobody knows how large the finished drawing will be.

    Args:
        sketches: Where they are taken from.
        chosen: Indices of the whole batch.
        config: Of the network.
        augmentation: How far they may differ from what was drawn.
        rng: Draws for the whole batch, so that a part of it is the same wherever it is made.
        part: Sketches of the batch that are made.
    """
    a = augmentation
    longest = int(sketches.lengths[chosen].max())

    def uniform(low: float, high: float, *shape: int) -> npt.NDArray[np.float64]:
        return rng.uniform(low, high, (len(chosen), *shape))[part]

    angle = uniform(-a.rotation, a.rotation)
    stretch = uniform(1 - a.stretch, 1 + a.stretch, 2)
    is_begun, share = uniform(0, 1) < a.unfinished, uniform(a.shortest, 1)
    shifts = uniform(-a.shift, a.shift, 2).astype(np.float32)
    bold, is_told = uniform(0, 1) < a.bold, uniform(0, 1) < a.told
    is_dropped = uniform(0, 1, longest) < a.drop if a.drop else None
    noise = None
    if a.input_noise:
        noise = rng.normal(0, a.input_noise, (len(chosen), longest + 1, 2))[part]
    is_mirrored = uniform(0, 1) < a.mirrored if a.mirrored else None
    waves = uniform(-1, 1, 2, 4) if a.warp else None  # of x and y: height, direction, phase
    wipes = uniform(0, 1, 4) if a.wiped else None  # which, and of these where and how large

    chosen = chosen[part]
    count = len(chosen)
    counts = sketches.lengths[chosen]
    owner = np.repeat(np.arange(count), counts)  # sketch of each point
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    nth = np.arange(len(owner)) - first[owner]  # index of the point within its sketch
    source = sketches.starts[chosen][owner] + nth
    points = sketches.points[source]
    lifts = sketches.lifts[source]

    cos, sin = np.cos(angle)[owner], np.sin(angle)[owner]
    x, y = (points * stretch[owner]).T
    points = np.stack([x * cos - y * sin, x * sin + y * cos], axis=1).astype(np.float32)
    if is_mirrored is not None:
        points[is_mirrored[owner], 0] *= -1
    if waves is not None:
        points = warped(points, a.warp, waves[owner])

    shown = np.where(is_begun, np.ceil(counts * share).astype(int), counts)
    whole = _sizes(points, first)[1]
    visible = nth < shown[owner]
    centre, size = _sizes(np.where(visible[:, None], points, points[first][owner]), first)
    too_small = size < a.smallest * whole
    if too_small.any():
        shown = np.where(too_small, counts, shown)
        visible = nth < shown[owner]
        centre, size = _sizes(np.where(visible[:, None], points, points[first][owner]), first)
    points = ((points - centre[owner]) / size[owner, None]).astype(np.float32)
    begun = shown < counts

    rasters = np.empty((0 if config.reads_strokes else count, config.raster, config.raster), "u1")
    for i in range(len(rasters)):
        inked = slice(first[i], first[i] + shown[i])
        rasters[i] = rasterise_joined(
            points[inked] + shifts[i], lifts[inked], config.raster, 2 if bold[i] else 1
        )
        if wipes is not None and wipes[i, 0] < a.wiped:
            rasters[i][_square(wipes[i, 1:], config.raster)] = 0

    if is_dropped is not None:
        starts_stroke = np.roll(lifts, 1)
        starts_stroke[first] = True
        gone = dropped(is_dropped[owner, nth], lifts, starts_stroke)
        points, lifts, owner, visible = points[~gone], lifts[~gone], owner[~gone], visible[~gone]
        counts = np.bincount(owner, minlength=count)
        first = np.concatenate([[0], np.cumsum(counts)[:-1]])
        nth = np.arange(len(owner)) - first[owner]

    steps = int(counts.max()) + 1
    real = np.arange(steps) <= counts[:, None]
    rows = np.zeros((count, steps, 5), dtype=np.float32)
    previous = np.roll(points, 1, axis=0)
    previous[first] = 0
    rows[owner, nth, :2] = (points - previous) / config.offset_std
    rows[owner, nth, 2] = ~lifts
    rows[owner, nth, 3] = lifts
    rows[np.arange(count), counts, 4] = 1
    inputs = np.zeros((count, steps, 7), dtype=np.float32)
    inputs[:, 0, 2] = 1  # start token (0, 0, 1, 0, 0)
    inputs[:, 1:, :5] = rows[:, :-1]
    inputs[owner, nth, 5:] = previous
    inputs[np.arange(count), counts, 5:] = points[first + counts - 1]
    if noise is not None:
        inputs[..., :2] += noise[:, :steps] * real[..., None]
    targets = rows[real]
    return Batch(
        _read(rows, np.bincount(owner[visible])) if config.reads_strokes else rasters,
        inputs,
        targets[:, :2],
        targets[:, 2:].argmax(axis=1),
        real,
        sketches.labels[chosen],
        begun,
        begun & is_told,
    )


def _square(where: npt.NDArray[np.float64], raster: int) -> tuple[slice, slice]:
    """A square of up to half a raster's side; where and how large, (3,), from 0 to 1."""
    side = 1 + int(where[2] * raster / 2)
    top, left = (int(place * (raster - side + 1)) for place in where[:2])
    return slice(top, top + side), slice(left, left + side)


def warped(points: Floats, height: float, waves: npt.NDArray[np.float64]) -> Floats:
    """Points (P, 2) moved by a wave along x and one along y.

    Args:
        points: Box units.
        height: Of the highest waves.
        waves: (P, 2, 4) or (2, 4), for x and y: height, wave number along x and y, phase; -1 to 1.
    """
    share, across, down, phase = np.moveaxis(waves, -1, 0)
    along = points[:, :1] * across + points[:, 1:] * down + phase
    moved = points + height * share * np.sin(2 * np.pi * along)
    return np.asarray(moved, dtype=np.float32)


def dropped(
    wanted: npt.NDArray[np.bool_], lifts: npt.NDArray[np.bool_], begins: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Which of the points that may go do: no stroke's ends, and no two neighbours.

    (Ha and Eck 2017, section 3.4.)
    """
    gone = wanted & ~lifts & ~begins
    return np.asarray(gone & ~np.roll(gone, 1))


def _read(rows: Floats, counts: npt.NDArray[np.int64]) -> Floats:
    """The first ``counts`` rows of each sketch, zero after them; the pen lifts after the last."""
    strokes = rows[:, : counts.max()] * (np.arange(counts.max()) < counts[:, None])[..., None]
    strokes[np.arange(len(rows)), counts - 1, 2:4] = 0, 1
    return strokes


def _sizes(points: Floats, first: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Box centre (B, 2) and longest side (B,) of the point runs that start at ``first``."""
    low, high = np.minimum.reduceat(points, first), np.maximum.reduceat(points, first)
    size = (high - low).max(axis=1)
    centre = np.asarray((low + high) / 2, dtype=np.float32)
    return centre, np.where(size > 0, size, np.float32(1))


class BatchStream:
    """Endless training batches, made ahead of the network by threads.

    Batch i is a function of the seed and i, so a resumed run sees what the killed one would
    have. Sketches of about the same length go together, which leaves little padding; categories
    are drawn by the square root of their counts, which differ by more than ten times.

    Args:
        sketches: What is learnt from.
        size: Sketches of a batch.
        config: Of the network.
        augmentation: See `make_batch`.
        seed: Of everything.
        part: Of every batch, what is made here; all of it if nothing else does.
    """

    def __init__(
        self,
        sketches: Sketches,
        size: int,
        config: ModelConfig,
        augmentation: Augmentation,
        seed: int,
        part: slice = slice(None),
    ) -> None:
        if len(sketches) < size:
            raise ValueError(f"a batch of {size} needs as many sketches; there are {len(sketches)}")
        self._config, self._augmentation, self._part = config, augmentation, part
        self._sketches, self._size, self._seed = sketches, size, seed
        per_category = np.bincount(sketches.labels)
        weight = 1 / np.sqrt(per_category[sketches.labels])
        buckets = max(1, min(36, len(sketches) // (4 * size)))
        by_length = np.argsort(sketches.lengths, kind="stable")
        self._buckets = np.array_split(by_length, buckets)
        self._bucket_cdf = _cdf(np.array([weight[bucket].sum() for bucket in self._buckets]))
        self._cdfs = [_cdf(weight[bucket]) for bucket in self._buckets]

    def batch(self, step: int) -> Batch:
        """The batch of one step, or this stream's part of it."""
        rng = np.random.default_rng([self._seed, step])
        which = int(np.searchsorted(self._bucket_cdf, rng.random()))
        picks = np.searchsorted(self._cdfs[which], rng.random(self._size))
        chosen = self._buckets[which][picks]
        return make_batch(self._sketches, chosen, self._config, self._augmentation, rng, self._part)

    def from_step(self, start: int, threads: int = 1) -> Generator[Batch, None, None]:
        """Batches ``start``, ``start + 1``, …, made by threads ahead of use."""
        pool = ThreadPoolExecutor(threads, thread_name_prefix="batches")
        try:
            made = deque(pool.submit(self.batch, start + i) for i in range(threads + 3))
            for step in itertools.count(start + len(made)):
                yield made.popleft().result()
                made.append(pool.submit(self.batch, step))
        finally:
            pool.shutdown(cancel_futures=True)


def _cdf(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Cumulative shares, the last one a hair over 1 so that a search never runs out."""
    cumulative = np.cumsum(weights)
    cumulative /= cumulative[-1]
    cumulative[-1] = 1.0 + 1e-9
    return cumulative
