"""From the samples a device sent to those that are drawn.

One number, ``StrokeStyle.smoothing``, chooses how: at 0 the samples are drawn as they came, up to
``EVENED`` only their tremor is evened out (see `outline`), up to ``STEADIED`` a One-Euro filter
follows the pen, and beyond it a stabiliser: the nib is pulled along by a string. Each filter takes
one sample at a time, so ink looks the same while it is drawn as when it is derived again later.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from typing import Protocol, Self
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from sketchstudio.core.stroke import EVENED, Points, Stroke, StrokeStyle

STEADIED = 0.6
"""Smoothing at which the One-Euro filter is at its strongest; the stabiliser begins beyond it."""

Row = tuple[float, float, float, float]
"""A sample: x and y in page px, pressure, time in ms."""

Place = tuple[float, float]
"""x and y in page px."""


class Smoother(Protocol):
    """Follows a pen, one raw sample at a time."""

    def follow(self, row: Row) -> list[Row]:
        """The samples to draw once the pen has come to ``row``."""
        ...

    def finish(self) -> list[Row]:
        """What is still to be drawn if the pen lifts now; the smoother itself does not change."""
        ...

    def copied(self) -> Self:
        """One that goes on from here by itself."""
        ...


class _Copied:
    def copied(self) -> Self:
        return copy.copy(self)


class Passing(_Copied):
    """Draws each sample where it is."""

    def follow(self, row: Row) -> list[Row]:
        return [row]

    def finish(self) -> list[Row]:
        return []


class OneEuro(_Copied):
    """Takes out jitter while the pen is slow, and lags little while it is quick.

    A low-pass filter whose cut-off grows with speed (Casiez, Roussel, Vogel 2012). Speed is
    measured along the way, not for each axis, so that the filter knows no preferred direction.

    Args:
        strength: 0..1.
        grain: Page px of one screen px.
    """

    _SPEED_CUTOFF = 1.0  # Hz

    def __init__(self, strength: float, grain: float) -> None:
        self._least_cutoff = 12.0 * 0.1**strength  # Hz
        self._beta = 0.06 * 0.2**strength  # Hz for each screen px per second
        self._grain = grain
        self._speed = (0.0, 0.0)  # screen px per second
        self._at: Row | None = None
        self._raw: Row | None = None

    def follow(self, row: Row) -> list[Row]:
        if self._at is None or self._raw is None:
            self._at = self._raw = row
            return [row]
        elapsed = max((row[3] - self._raw[3]) / 1000, 0.001)  # s; some drivers repeat a time
        x, y = self._at[:2]
        share = _share(self._SPEED_CUTOFF, elapsed)
        scale = elapsed * self._grain
        speed_x, speed_y = self._speed
        speed_x += share * ((row[0] - x) / scale - speed_x)
        speed_y += share * ((row[1] - y) / scale - speed_y)
        self._speed = speed_x, speed_y
        share = _share(self._least_cutoff + self._beta * math.hypot(speed_x, speed_y), elapsed)
        self._at = (x + share * (row[0] - x), y + share * (row[1] - y), row[2], row[3])
        self._raw = row
        return [self._at]

    def finish(self) -> list[Row]:
        return _to_the_end(self._at, self._raw)


class Stabiliser(_Copied):
    """Pulls the nib on a string: small movements leave it where it is, its way is evened out.

    It reckons in distance, not in samples or time, so a quick device draws like a slow one. When
    the pen lifts, the nib comes to it in a curve, the way the pen went.

    Args:
        strength: 0..1.
        grain: Page px of one screen px.
    """

    _STEP = 2.0  # screen px, of the pen's way from sample to sample
    _SPACING = 1.5  # screen px between samples drawn
    _TRAIL = 64  # places of the pen, a step or so apart: more than the nib is ever behind
    _BURST, _STEPS_EACH = 1024, 64  # steps that there may be, and more with each sample: a file
    # from a stranger can tell of a pen that crossed the universe

    def __init__(self, strength: float, grain: float) -> None:
        self.dead_zone = (2.0 + 30.0 * strength) * grain
        """Page px the pen can move without moving the nib."""
        self._reach = (3.0 + 13.0 * strength) * grain
        self._step = self._STEP * grain
        self._spacing = self._SPACING * grain
        self._raw: Row | None = None
        self._nib = (0.0, 0.0)
        self._even = (0.0, 0.0, 0.0)  # x, y, pressure
        self._tip = (0.0, 0.0, 0.0)
        self._drawn: Row | None = None
        self._left = self._BURST
        self._trail: tuple[Place, ...] = ()  # of the pen; never changed, since copies share it

    def follow(self, row: Row) -> list[Row]:
        if self._raw is None or self._drawn is None:
            self._raw = self._drawn = row
            self._trail = (row[:2],)
            self._nib = row[:2]
            self._even = self._tip = row[:3]
            return [row]
        x, y, pressure, t = self._raw
        dx, dy = row[0] - x, row[1] - y
        self._left += self._STEPS_EACH
        steps = max(math.ceil(min(math.hypot(dx, dy) / self._step, self._left)), 1)
        self._left -= steps
        rows = []
        for step in range(1, steps + 1):
            share = step / steps
            at = x + share * dx, y + share * dy
            if math.dist(at, self._trail[-1]) >= self._step / 2:
                self._trail = (*self._trail, at)[-self._TRAIL :]
            if self._pull(*at, pressure + share * (row[2] - pressure)):
                self._drawn = (*self._tip, t + share * (row[3] - t))
                rows.append(self._drawn)
        self._raw = row
        return rows

    def finish(self) -> list[Row]:
        start, end = self._drawn, self._raw
        if start is None or end is None or start[:2] == end[:2]:
            return []
        gaps = [math.dist(place, start[:2]) for place in self._trail]
        ahead = self._trail[gaps.index(min(gaps)) :]  # where the pen was beyond the nib
        way = np.array([start[:2], *ahead, end[:2]])
        third = len(ahead) // 3
        x, y = np.mean(ahead[third : len(ahead) - third], axis=0).tolist()  # the hand trembles
        # A curve that goes on as the nib did and comes as the pen did, and stays in their box.
        reach = math.dist(way[0], way[-1]) / 3
        corners = way.min(axis=0), way.max(axis=0)
        leave = np.clip(way[0] + reach * _heading(self._tip, self._even), *corners)
        arrive = np.clip(way[-1] - reach * _heading((x, y), end), *corners)
        count = math.ceil(min(4 * reach / self._spacing, self._BURST))
        s = np.linspace(0.0, 1.0, count + 1)[1:-1, None]
        u = 1.0 - s
        rows = u * np.array(start) + s * np.array(end)
        rows[:, :2] = (
            u**3 * way[0] + 3 * u * u * s * leave + 3 * u * s * s * arrive + s**3 * way[-1]
        )
        return [*((x, y, pressure, t) for x, y, pressure, t in rows.tolist()), end]

    def _pull(self, x: float, y: float, pressure: float) -> bool:
        """Move the pen to (x, y); whether the nib is far enough on to be drawn."""
        nib_x, nib_y = self._nib
        taut = math.hypot(x - nib_x, y - nib_y)
        if taut <= self.dead_zone:
            return False
        share = 1.0 - self.dead_zone / taut
        self._nib = nib_x + share * (x - nib_x), nib_y + share * (y - nib_y)
        share = 1.0 - math.exp(-share * taut / self._reach)
        self._even = _mixed(self._even, (*self._nib, pressure), share)
        self._tip = _mixed(self._tip, self._even, share)
        assert self._drawn is not None
        gone = math.hypot(self._tip[0] - self._drawn[0], self._tip[1] - self._drawn[1])
        return gone >= self._spacing


def smoother(style: StrokeStyle) -> Smoother:
    """What derives the drawn samples of a new stroke in that style."""
    amount = style.smoothing
    if amount <= EVENED:
        return Passing()
    if amount <= STEADIED:
        return OneEuro((amount - EVENED) / (STEADIED - EVENED), style.grain)
    return Stabiliser((amount - STEADIED) / (1.0 - STEADIED), style.grain)


def drawn_samples(stroke: Stroke, keep: bool = True) -> npt.NDArray[np.float32]:
    """The samples a stroke is drawn through, (M, 4) float32; its own where nothing filters them.

    Args:
        stroke: Any stroke.
        keep: Whether to remember them; not worth it for a stroke that will soon be another.
    """
    if stroke.style.smoothing <= EVENED:
        return stroke.samples
    if not keep:
        return _filtered(stroke)
    if stroke not in _remembered:
        _remembered[stroke] = _filtered(stroke)
    return _remembered[stroke]


_remembered: WeakKeyDictionary[Stroke, npt.NDArray[np.float32]] = WeakKeyDictionary()
"""As long as there is the stroke."""


def _filtered(stroke: Stroke) -> npt.NDArray[np.float32]:
    follower = smoother(stroke.style)
    rows = [
        drawn for x, y, p, t in stroke.samples.tolist() for drawn in follower.follow((x, y, p, t))
    ]
    samples = np.array(rows + follower.finish(), dtype=np.float32)
    samples.setflags(write=False)
    return samples


def drawn_points(stroke: Stroke) -> Points:
    """Where a stroke is drawn, (M, 2) float32, page px; not yet rounded to a curve."""
    return drawn_samples(stroke)[:, :2]


def _share(cutoff: float, elapsed: float) -> float:
    """Of a step that a low-pass filter takes (Hz, s)."""
    return 1.0 / (1.0 + 1.0 / (2 * math.pi * cutoff * elapsed))


def _mixed(
    a: tuple[float, float, float], b: tuple[float, float, float], share: float
) -> tuple[float, float, float]:
    return (
        a[0] + share * (b[0] - a[0]),
        a[1] + share * (b[1] - a[1]),
        a[2] + share * (b[2] - a[2]),
    )


def _heading(start: Sequence[float], stop: Sequence[float]) -> npt.NDArray[np.float64]:
    """The direction (2,) of length 1 from one place to another; of length 0 where they are one."""
    way = np.array(stop[:2]) - np.array(start[:2])
    heading: npt.NDArray[np.float64] = way / max(math.hypot(*way), 1e-9)
    return heading


def _to_the_end(drawn: Row | None, raw: Row | None) -> list[Row]:
    """A stroke ends where the pen was lifted, however far the nib was behind."""
    return [raw] if raw is not None and drawn is not None and drawn[:2] != raw[:2] else []
