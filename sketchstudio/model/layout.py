"""Codes to places on a map: t-SNE (van der Maaten and Hinton 2008), a step at a time."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sketchstudio.core.code_map import CodeMap

Codes = npt.NDArray[np.float32]

MOST_LAID_OUT = 1200
"""Steps take time by the square of the codes; those beyond are put among their neighbours."""

STEPS = 350
PERPLEXITY = 15.0
"""Neighbours that each point tries to keep, about."""

_EARLY = 100  # steps in which neighbours are drawn together more than they should
_EXAGGERATION = 12.0
_LEAST_GAIN = 0.01
_BISECTIONS = 30


class Layout:
    """Lays codes out so that near ones come to lie together; the same codes, the same map.

    It starts from the two main directions of the codes, not from chance (Kobak and Berens 2019),
    so that the large arrangement tells something, too.

    Args:
        codes: (N, code), N > 0.
    """

    def __init__(self, codes: Codes) -> None:
        count = len(codes)
        self._steps = 0
        self._wanted = _affinities(codes)
        self._places = _main_directions(codes)
        self._speed = np.zeros_like(self._places)
        self._gains = np.ones_like(self._places)
        self._rate = max(count / _EXAGGERATION / 4, 50.0)
        self._near = np.empty((count, count), dtype=np.float32)
        self._pull = np.empty_like(self._near)

    @property
    def done(self) -> bool:
        return self._steps >= STEPS

    @property
    def points(self) -> Codes:
        """(N, 2) float32 within -1 and 1, their middle at (0, 0)."""
        centred = self._places - (self._places.max(axis=0) + self._places.min(axis=0)) / 2
        return np.asarray(centred / max(float(np.abs(centred).max()), 1e-12), dtype=np.float32)

    def step(self) -> None:
        """Move all points once, by gradient descent with momentum and gains (Jacobs 1988)."""
        early = self._steps < _EARLY
        y, near, pull = self._places, self._near, self._pull
        squares = (y * y).sum(axis=1)
        np.matmul(y, y.T, out=near)
        near *= -2
        near += squares[:, None] + 1
        near += squares
        np.reciprocal(near, out=near)  # (N, N) Student's t with one degree of freedom
        np.fill_diagonal(near, 0)
        np.multiply(near, -1 / max(float(near.sum(dtype=np.float64)), 1e-12), out=pull)
        pull += self._wanted * np.float32(_EXAGGERATION) if early else self._wanted
        pull *= near
        gradient = 4 * (pull.sum(axis=1)[:, None] * y - pull @ y)
        turned = (gradient > 0) == (self._speed > 0)
        self._gains = np.where(turned, self._gains * 0.8, self._gains + 0.2)
        np.maximum(self._gains, _LEAST_GAIN, out=self._gains)
        momentum = 0.5 if early else 0.8
        self._speed = momentum * self._speed - self._rate * self._gains * gradient
        self._places = (y + self._speed).astype(np.float32)
        self._places -= self._places.mean(axis=0)
        self._steps += 1


class MapLayout:
    """Lays out the typical drawings of a model's categories.

    Args:
        exemplars: (C, E, code), as in a checkpoint; equal ones share their place.
    """

    def __init__(self, exemplars: Codes) -> None:
        self._shape = (*exemplars.shape[:2], 2)
        codes = exemplars.reshape(-1, exemplars.shape[2])
        _, first, self._which = np.unique(codes, axis=0, return_index=True, return_inverse=True)
        self._codes = codes[first]
        self._laid = np.argsort(first)[:: math.ceil(len(first) / MOST_LAID_OUT)]
        self._layout = Layout(self._codes[self._laid])

    def run(self, between: Callable[[], None] | None = None) -> Codes:
        """The places (C, E, 2), within -1 and 1.

        Args:
            between: Called after every step; where it raises, another run goes on from there.
        """
        while not self._layout.done:
            if between is not None:
                between()
            self._layout.step()
        points = self._layout.points
        if len(self._laid) < len(self._codes):
            nobody = np.zeros(len(points), dtype=np.int64)
            laid = CodeMap("", ("",), self._codes[self._laid], nobody, points, on_sphere=False)
            points = np.array(laid.places(self._codes), dtype=np.float32)
        else:
            points = points[np.argsort(self._laid)]
        return np.asarray(points[self._which.reshape(-1)].reshape(self._shape))


def _main_directions(codes: Codes) -> Codes:
    """Places (N, 2) along the two main directions, in a small cloud."""
    centred = codes.astype(np.float64) - codes.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    flat = np.zeros((len(codes), 2))
    kept = min(2, len(sizes))
    flat[:, :kept] = left[:, :kept] * sizes[:kept]
    return np.asarray(flat / max(float(flat[:, 0].std()), 1e-12) * 1e-4, dtype=np.float32)


def _affinities(codes: Codes) -> Codes:
    """How much each pair belongs together, (N, N) float32, symmetric, of sum 1.

    Every code's bell is as wide as takes in `PERPLEXITY` neighbours, found by bisection; those
    farther than three times as many are passed over.
    """
    count = len(codes)
    belong = np.zeros((count, count), dtype=np.float32)
    if count < 2:
        return belong
    squares = (codes * codes).sum(axis=1)
    distance = np.maximum(squares[:, None] + squares - 2 * codes @ codes.T, 0)
    np.fill_diagonal(distance, np.inf)
    neighbours = min(count - 1, round(3 * PERPLEXITY))
    near = np.argpartition(distance, neighbours - 1, axis=1)[:, :neighbours]
    ways = np.take_along_axis(distance, near, axis=1).astype(np.float64)
    ways -= ways.min(axis=1, keepdims=True)
    wanted = np.log(max(min(PERPLEXITY, neighbours / 3), 1.0))
    narrow, low, high = np.ones(count), np.zeros(count), np.full(count, np.inf)
    shares = np.empty_like(ways)
    for _ in range(_BISECTIONS):
        shares = np.exp(-ways * narrow[:, None])
        shares /= shares.sum(axis=1, keepdims=True)
        entropy = -(shares * np.log(np.maximum(shares, 1e-12))).sum(axis=1)
        too_wide = entropy > wanted
        low, high = np.where(too_wide, narrow, low), np.where(too_wide, high, narrow)
        narrow = np.where(np.isinf(high), narrow * 2, (low + high) / 2)
    np.put_along_axis(belong, near, (shares / (2 * count)).astype(np.float32), axis=1)
    return np.asarray(belong + belong.T)
