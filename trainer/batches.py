"""Training batches: augmented, boxed, rastered; batch i depends on the seed and i alone."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sketchstudio.core.sketch_codec import rasterise, split
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


NONE = Augmentation(0, 0, 1, 1, 0, 0, 0, 0, 0, 0)
"""Sketches as they were drawn, for validation."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step learns from.

    Attributes:
        rasters: (B, size, size) uint8, what the encoder sees.
        inputs: (B, T, 7) previous stroke-5 row and pen position (box units).
        offsets: (N, 2) targets of the real steps, in row order.
        pen: (N,) int64 targets: 0 down, 1 up, 2 end.
        real: (B, T) bool.
        labels: (B,) int64 categories.
        begun: (B,) bool, the encoder sees only a beginning of the sketch.
        told: (B,) bool, and the decoder may know of which category.
    """

    rasters: npt.NDArray[np.uint8]
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
    raster: int,
    offset_std: float,
    augmentation: Augmentation,
    rng: np.random.Generator,
) -> Batch:
    """Turn the ``chosen`` sketches into a batch.

    Box units are those of what the encoder sees: for an unfinished sketch the box of its
    beginning, since in the app nobody knows how large the finished drawing will be.
    """
    a = augmentation
    count = len(chosen)
    counts = sketches.lengths[chosen]
    owner = np.repeat(np.arange(count), counts)  # sketch of each point
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    nth = np.arange(len(owner)) - first[owner]  # index of the point within its sketch
    source = sketches.starts[chosen][owner] + nth
    points = sketches.points[source]
    lifts = sketches.lifts[source]

    angle = rng.uniform(-a.rotation, a.rotation, count)
    stretch = rng.uniform(1 - a.stretch, 1 + a.stretch, (count, 2))
    cos, sin = np.cos(angle)[owner], np.sin(angle)[owner]
    x, y = (points * stretch[owner]).T
    points = np.stack([x * cos - y * sin, x * sin + y * cos], axis=1).astype(np.float32)

    shown = np.where(
        rng.random(count) < a.unfinished,
        np.ceil(counts * rng.uniform(a.shortest, 1, count)).astype(int),
        counts,
    )
    whole = _sizes(points, first)[1]
    visible = nth < shown[owner]
    centre, size = _sizes(np.where(visible[:, None], points, points[first][owner]), first)
    too_small = size < a.smallest * whole
    if too_small.any():
        shown = np.where(too_small, counts, shown)
        visible = nth < shown[owner]
        centre, size = _sizes(np.where(visible[:, None], points, points[first][owner]), first)
    points = ((points - centre[owner]) / size[owner, None]).astype(np.float32)

    rasters = np.empty((count, raster, raster), dtype=np.uint8)
    shifts = rng.uniform(-a.shift, a.shift, (count, 2)).astype(np.float32)
    bold = rng.random(count) < a.bold
    for i in range(count):
        part = slice(first[i], first[i] + shown[i])
        strokes = split(points[part] + shifts[i], lifts[part])
        rasters[i] = rasterise(strokes, raster, 2 if bold[i] else 1)

    begun = shown < counts
    told = begun & (rng.random(count) < a.told)

    # Inner points may go: not a stroke's ends, and not two neighbours.
    if a.drop:
        starts_stroke = np.roll(lifts, 1)
        starts_stroke[first] = True
        gone = (rng.random(len(points)) < a.drop) & ~lifts & ~starts_stroke
        gone &= ~np.roll(gone, 1)
        points, lifts, owner = points[~gone], lifts[~gone], owner[~gone]
        counts = np.bincount(owner, minlength=count)
        first = np.concatenate([[0], np.cumsum(counts)[:-1]])
        nth = np.arange(len(owner)) - first[owner]

    steps = int(counts.max()) + 1
    real = np.arange(steps) <= counts[:, None]
    rows = np.zeros((count, steps, 5), dtype=np.float32)
    previous = np.roll(points, 1, axis=0)
    previous[first] = 0
    rows[owner, nth, :2] = (points - previous) / offset_std
    rows[owner, nth, 2] = ~lifts
    rows[owner, nth, 3] = lifts
    rows[np.arange(count), counts, 4] = 1
    inputs = np.zeros((count, steps, 7), dtype=np.float32)
    inputs[:, 0, 2] = 1  # start token (0, 0, 1, 0, 0)
    inputs[:, 1:, :5] = rows[:, :-1]
    inputs[owner, nth, 5:] = previous
    inputs[np.arange(count), counts, 5:] = points[first + counts - 1]
    if a.input_noise:
        inputs[..., :2] += rng.normal(0, a.input_noise, inputs[..., :2].shape) * real[..., None]
    targets = rows[real]
    return Batch(
        rasters,
        inputs,
        targets[:, :2],
        targets[:, 2:].argmax(axis=1),
        real,
        sketches.labels[chosen],
        begun,
        told,
    )


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
    """

    def __init__(
        self,
        sketches: Sketches,
        size: int,
        raster: int,
        offset_std: float,
        augmentation: Augmentation,
        seed: int,
    ) -> None:
        if len(sketches) < size:
            raise ValueError(f"a batch of {size} needs as many sketches; there are {len(sketches)}")
        self._make = (raster, offset_std, augmentation)
        self._sketches, self._size, self._seed = sketches, size, seed
        per_category = np.bincount(sketches.labels)
        weight = 1 / np.sqrt(per_category[sketches.labels])
        buckets = max(1, min(12, len(sketches) // (4 * size)))
        by_length = np.argsort(sketches.lengths, kind="stable")
        self._buckets = np.array_split(by_length, buckets)
        self._bucket_cdf = _cdf(np.array([weight[bucket].sum() for bucket in self._buckets]))
        self._cdfs = [_cdf(weight[bucket]) for bucket in self._buckets]

    def batch(self, step: int) -> Batch:
        """The batch of one step."""
        rng = np.random.default_rng([self._seed, step])
        which = int(np.searchsorted(self._bucket_cdf, rng.random()))
        picks = np.searchsorted(self._cdfs[which], rng.random(self._size))
        return make_batch(self._sketches, self._buckets[which][picks], *self._make, rng)

    def from_step(self, start: int, ahead: int = 4) -> Iterator[Batch]:
        """Batches ``start``, ``start + 1``, …, made in a thread ``ahead`` of use."""
        ready: queue.Queue[Batch | BaseException] = queue.Queue(maxsize=ahead)
        stop = threading.Event()

        def work() -> None:
            step = start
            while not stop.is_set():
                try:
                    item: Batch | BaseException = self.batch(step)
                except BaseException as error:  # handed to the consumer, who raises it
                    item = error
                while not stop.is_set():
                    try:
                        ready.put(item, timeout=0.2)
                        break
                    except queue.Full:
                        continue
                step += 1

        thread = threading.Thread(target=work, name="batches", daemon=True)
        thread.start()
        try:
            while True:
                item = ready.get()
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            stop.set()
            thread.join()


def _cdf(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Cumulative shares, the last one a hair over 1 so that a search never runs out."""
    cumulative = np.cumsum(weights)
    cumulative /= cumulative[-1]
    cumulative[-1] = 1.0 + 1e-9
    return cumulative
