"""Dashed lines, cut: ink has no dashes, but each dash can be a stroke."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass

import numpy as np

from sketchstudio.formats.svg_path import Points
from sketchstudio.formats.svg_style import length

MOST_DASHES = 1_000
"""Of a line; one of more is dotted so finely that it is left whole."""

_MOST_LENGTHS = 20
_FINEST = 0.5  # page px of a dash and its gap together


@dataclass(frozen=True, slots=True)
class Dashes:
    """How a line is dashed.

    Attributes:
        lengths: Of a dash, the gap after it, the next dash and so on, in pairs, page px.
        offset: Into them where the line begins, page px.
        trim: Taken from both ends of a dash, whose ink has round ends beyond them, page px.
        dots: Whether a dash without length shows.
        told: How long the line says that it is in all, page px; 0 where it does not say.
    """

    lengths: tuple[float, ...]
    offset: float = 0.0
    trim: float = 0.0
    dots: bool = False
    told: float = 0.0


def read_dashes(pattern: str, offset: str, whole: float, scale: float) -> Dashes | None:
    """The dashes that ``stroke-dasharray`` and ``stroke-dashoffset`` say; None for a whole line.

    Args:
        pattern: As written.
        offset: As written.
        whole: What 100 % are, px.
        scale: Page px for one px.
    """
    words = re.split(r"[\s,]+", pattern.strip()[:500])[:_MOST_LENGTHS]
    lengths = [length(word, whole) for word in words]
    found = [one * scale for one in lengths if one is not None and one >= 0]
    if len(found) < len(words) or not any(found):
        return None
    return Dashes(tuple(found * (1 + len(found) % 2)), (length(offset, whole) or 0.0) * scale)


def cut(points: Points, dashes: Dashes) -> list[Points]:
    """The dashes of a line, (M, 2) each; the line itself where they would be too many.

    Args:
        points: (N, 2) float64, page px.
        dashes: How it is dashed.
    """
    steps = np.diff(points, axis=0)
    way = np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
    total = float(way[-1])
    stretch = total / dashes.told if dashes.told > 0 else 1.0
    lengths = [stretch * one for one in dashes.lengths]
    period = sum(lengths)
    if total <= 0 or period < _FINEST or total / period * len(lengths) / 2 > MOST_DASHES:
        return [points]
    ends = [0.0, *itertools.accumulate(lengths)]
    first = -(stretch * dashes.offset % period)
    pieces = []
    for turn in range(math.ceil((total - first) / period)):
        for begin, end in zip(ends[:-1:2], ends[1::2], strict=True):
            low, high = (first + turn * period + at for at in (begin, end))
            if high < 0 or low > total or (high <= low and not dashes.dots):
                continue
            low = low + dashes.trim if low > 0 else 0.0
            high = high - dashes.trim if high < total else total
            if low > high:
                low = high = (low + high) / 2
            pieces.append(_between(points, way, low, high))
    return pieces


def _between(points: Points, way: Points, low: float, high: float) -> Points:
    """The line from one place along it to another."""
    within = points[(way > low) & (way < high)]
    places = [low] if high <= low else [low, high]
    ends = np.stack([np.interp(places, way, points[:, axis]) for axis in (0, 1)], axis=1)
    return np.concatenate([ends[:1], within, ends[1:]])
