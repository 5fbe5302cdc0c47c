"""Few cubic Bézier curves that follow a line of many points.

After P. J. Schneider, "An Algorithm for Automatically Fitting Digitized Curves" (Graphics Gems,
1990): a least-squares fit, improved by moving each point's place along the curve. Where Schneider
halves a line until curves fit, here each curve goes as far as one can, which takes fewer.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]

_CORNER = math.radians(35)  # a turn of the line that is meant, and splits it
_LONGEST = 1e7  # page px; beyond, numbers are too coarse for curves
_MOST_POINTS = 20_000  # added, however long a line is
_GAP = 3.0  # page px between points; a curve could stray between those farther apart
_ROUNDS = 5  # of moving points along the curve
_MOST_ADDED = 200  # to one step, however far it goes
_HOPELESS = 16.0  # times the tolerance: no moving of points will do
_TURN = math.radians(140)  # that one curve may follow; beyond it, loops come out


def fitted(line: npt.ArrayLike, tolerance: float) -> list[Vector]:
    """Curves that stay within a distance of every point of a line.

    Args:
        line: (N, 2), N > 1, page px.
        tolerance: Over 0, page px.

    Returns:
        (4, 2) float64 each, beginning where the one before ends; a straight piece has its handles
        on a third and two thirds of the way.
    """
    points = np.asarray(line, dtype=np.float64)
    moved = np.ones(len(points), dtype=bool)
    moved[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
    points = points[moved]
    if len(points) < 2:
        points = np.repeat(points, 2, axis=0)
    way = float(np.hypot(*np.diff(points, axis=0).T).sum())
    if not way < _LONGEST:
        return [straight(start, end) for start, end in itertools.pairwise(points)]
    points = _dense(points, max(_GAP, 4 * tolerance, way / _MOST_POINTS))
    steps = np.diff(points, axis=0)
    headings = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
    corners = np.flatnonzero(np.abs(np.diff(headings)) > _CORNER) + 1
    curves: list[Vector] = []
    for start, stop in zip([0, *corners], [*corners, len(points) - 1], strict=True):
        part = points[start : stop + 1]
        curves += _Run(part, headings[start:stop], tolerance).curves()
    return curves


def _dense(points: Vector, gap: float) -> Vector:
    """The line with points added where they are farther apart than ``gap``."""
    steps = np.diff(points, axis=0)
    count = np.ceil(np.hypot(steps[:, 0], steps[:, 1]) / gap).astype(np.intp)
    count = np.clip(count, 1, _MOST_ADDED)
    piece = np.repeat(np.arange(len(steps)), count)
    share = (np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count)) / count[piece]
    return np.concatenate([points[piece] + share[:, None] * steps[piece], points[-1:]])


class _Run:
    """A part of a line without corners.

    Args:
        points: (N, 2).
        headings: (N - 1,) of its steps, radians, never jumping.
        tolerance: Page px.
    """

    def __init__(self, points: Vector, headings: Vector, tolerance: float) -> None:
        self._points = points
        self._tolerance = tolerance
        self._headings = headings
        steps = np.diff(points, axis=0)
        self._length = np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
        # The direction at a point is that of the line over as far as it may be off: jitter is not.
        last = len(points) - 1
        ahead = np.minimum(np.searchsorted(self._length, self._length + tolerance), last)
        behind = np.searchsorted(self._length, self._length - tolerance, side="right") - 1
        index = np.arange(len(points))
        ahead, behind = np.maximum(ahead, np.minimum(index + 1, last)), np.maximum(behind, 0)
        behind = np.minimum(behind, np.maximum(index - 1, 0))
        along = points[ahead] - points[behind]
        size = np.hypot(along[:, 0], along[:, 1])
        size[size == 0] = 1.0
        self._tangents = along / size[:, None]

    def curves(self) -> list[Vector]:
        """Each as long as it can be, from the first point on."""
        found: list[Vector] = []
        start, last, guess = 0, len(self._points) - 1, 8
        while start < last:
            stop, curve = self._longest(start, last, guess)
            found.append(curve)
            start, guess = stop, stop - start
        return found

    def _longest(self, start: int, last: int, guess: int) -> tuple[int, Vector]:
        """The longest curve from a point on: twice as far while it fits, then halving the rest."""
        near, best = start + 1, straight(self._points[start], self._points[start + 1])
        far = last + 1
        reach = min(start + guess, last)
        while near < far - 1:
            curve = self._fit(start, reach)
            if curve is None:
                far = reach
            else:
                near, best = reach, curve
            reach = (near + far) // 2 if far <= last else min(2 * near - start, last)
        return near, best

    def _fit(self, start: int, stop: int) -> Vector | None:
        """One curve for points from ``start`` to ``stop``, or None where none is near enough."""
        points = self._points[start : stop + 1]
        a, d = points[0], points[-1]
        chord = d - a
        span = math.hypot(*chord)
        if span > 0:
            away = np.abs((points - a) @ np.array([-chord[1], chord[0]])) / span
            along = (points - a) @ chord / span
            if away.max() <= self._tolerance / 4 and (np.diff(along) >= 0).all():
                return straight(a, d)
        if np.ptp(self._headings[start:stop]) > _TURN:
            return None
        length = self._length[start : stop + 1] - self._length[start]
        t = length / length[-1]
        first, last = self._tangents[start], -self._tangents[stop]
        for _ in range(_ROUNDS):
            curve = _least_squares(points, t, first, last)
            strayed = _at(curve, t) - points
            worst = (strayed * strayed).sum(axis=1).max() / self._tolerance**2
            if worst <= 1:
                return curve
            if worst > _HOPELESS:
                return None
            t = _nearer(curve, strayed, t)
        return None


def straight(a: Vector, d: Vector) -> Vector:
    """A straight line as a curve (4, 2)."""
    return np.stack([a, (2 * a + d) / 3, (a + 2 * d) / 3, d])


def is_straight(curve: Vector) -> bool:
    """Whether a curve was made by `straight`."""
    return np.array_equal(curve, straight(curve[0], curve[3]))


def _least_squares(points: Vector, t: Vector, first: Vector, last: Vector) -> Vector:
    """The curve with these directions (2,) at its ends that is nearest to the points at ``t``."""
    a, d = points[0], points[-1]
    u = 1 - t
    b1, b2 = 3 * u * u * t, 3 * u * t * t
    start = (u**3 + b1)[:, None] * a + (t**3 + b2)[:, None] * d
    rest = points - start
    c00, c11 = (b1 * b1).sum(), (b2 * b2).sum()
    c01 = (b1 * b2).sum() * (first @ last)
    x0, x1 = b1 @ (rest @ first), b2 @ (rest @ last)
    divisor = c00 * c11 - c01 * c01
    span = math.hypot(*(d - a))
    reach = span / 3
    pull = push = reach
    if abs(divisor) > 1e-12:
        pull, push = (x0 * c11 - x1 * c01) / divisor, (c00 * x1 - c01 * x0) / divisor
    if min(pull, push) < 1e-6 * span or max(pull, push) > 10 * max(span, 1e-9):
        pull = push = reach
    return np.stack([a, a + pull * first, d + push * last, d])


def _at(curve: Vector, t: Vector) -> Vector:
    u = 1 - t
    weights = np.stack([u**3, 3 * u * u * t, 3 * u * t * t, t**3], axis=1)
    points: Vector = weights @ curve
    return points


def _nearer(curve: Vector, strayed: Vector, t: Vector) -> Vector:
    """Places along the curve nearer to the points, by one step of Newton's method."""
    u = (1 - t)[:, None]
    v = t[:, None]
    hull = 3 * np.diff(curve, axis=0)
    bend = 2 * np.diff(hull, axis=0)
    speed = u * u * hull[0] + 2 * u * v * hull[1] + v * v * hull[2]
    change = u * bend[0] + v * bend[1]
    slope = (speed * speed).sum(axis=1) + (strayed * change).sum(axis=1)
    step = (strayed * speed).sum(axis=1) / np.where(np.abs(slope) < 1e-12, np.inf, slope)
    moved = np.clip(t - step, 0.0, 1.0)
    return moved if (np.diff(moved) >= 0).all() else np.maximum.accumulate(moved)
