"""A small picture of a document, quick enough to be made at every saving.

It goes without smoothing and the swelling of lines, which nobody sees at this size, and without Qt,
so that a thread that saves can make it and leave the window its time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sketchstudio.core.document import Document
from sketchstudio.core.stroke import Stroke, StrokeStyle

WIDTH, HEIGHT = 256, 192
"""Of the picture, px; file managers show up to 256."""

_FINE = 2  # px on each side for every one of the picture, so that thin lines stay thin
_MARGIN = 8  # px
_LARGEST = 2.0  # px for each page px: a dot is not blown up
_PRESSED = 0.8  # of the width that a line of usual pressure has
_POINTS = 24_000  # of all lines together, unless they are very many
_FEWEST = 5  # of each of those
_SMOOTH = 16_000  # numbers up to which there is time for smooth lines
_SHIFT = 4  # bits behind the point that OpenCV reckons with

_Picture = npt.NDArray[np.uint8]
_Line = npt.NDArray[np.int32]


def thumbnail_of(document: Document) -> bytes:
    """A PNG file of all visible ink on its paper, `WIDTH` by `HEIGHT` px."""
    import cv2  # here: the window comes first

    fine = np.empty((HEIGHT * _FINE, WIDTH * _FINE, 3), np.uint8)
    cv2.rectangle(fine, (0, 0), fine.shape[1::-1], _color(document.page.paper), cv2.FILLED)
    runs = list(_runs(document))
    few = sum(len(run.lines) * run.lines[0].size for run in runs) <= _SMOOTH
    for run in runs:
        over = fine.copy() if run.opacity < 1 else fine
        thickness = max(1, round(run.width))
        kind = cv2.LINE_AA if few else cv2.LINE_8
        cv2.polylines(over, run.lines, False, _color(run.color), thickness, kind, _SHIFT)
        if over is not fine:
            fine = _mixed(fine, over, run.opacity)
    small = cv2.resize(fine, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".png", small, [cv2.IMWRITE_PNG_COMPRESSION, 2])
    return bytes(data.tobytes())


@dataclass(frozen=True, slots=True)
class _Run:
    """Strokes that are painted alike, one after the other; px of the fine picture."""

    lines: list[_Line]
    color: str
    width: float
    opacity: float


def _runs(document: Document) -> Iterator[_Run]:
    layers = [layer for layer in document.layers if layer.visible]
    painted = [(stroke, layer) for layer in layers for stroke in layer.painted]
    if not painted:
        return
    lines, scale = _placed([stroke for stroke, _ in painted])
    # By what they are, not by which objects they are: a file read again gives the same picture.
    others = [
        here is not there or (one.style is not two.style and one.style != two.style)
        for (one, here), (two, there) in pairwise(painted)
    ]
    ends = [0, *(np.flatnonzero(others) + 1).tolist(), len(painted)]
    for start, end in pairwise(ends):
        stroke, layer = painted[start]
        style = stroke.style
        width, alpha = _width(style) * scale, layer.opacity * style.opacity
        yield _Run(lines[start:end], style.color, width, alpha)


def _width(style: StrokeStyle) -> float:
    return style.width * (_PRESSED if style.pressure else 1.0)


def _placed(strokes: list[Stroke]) -> tuple[list[_Line], float]:
    """Where strokes lie in the fine picture, as OpenCV takes them, and its px for a page px."""
    samples = np.concatenate([stroke.samples for stroke in strokes])
    counts = np.array([len(stroke.samples) for stroke in strokes])
    # As many of each, so that all are chosen at once.
    most = min(max(_FEWEST, _POINTS // len(strokes)), max(int(counts.max()), 2))
    along = np.rint(np.linspace(0.0, 1.0, most) * (counts - 1)[:, None]).astype(np.intp)
    chosen = along + (np.cumsum(counts) - counts)[:, None]
    points = samples.take(chosen.ravel(), axis=0)[:, :2].T.astype(np.float64, order="C")
    reach = max(stroke.style.width for stroke in strokes) / 2
    low, high = points.min(axis=1) - reach, points.max(axis=1) + reach
    size = np.array([WIDTH, HEIGHT], dtype=np.float64)
    scale = _FINE * min(*((size - 2 * _MARGIN) / np.maximum(high - low, 1.0)), _LARGEST)
    placed = (points.T - (low + high) / 2) * scale + size * _FINE / 2
    fixed = np.rint(placed * (1 << _SHIFT)).astype(np.int32, order="C")
    return list(fixed.reshape(len(strokes), -1, 2)), float(scale)


def _color(value: str) -> tuple[int, int, int]:
    """Blue, green, red of ``#rrggbb``."""
    red, green, blue = (int(value[at : at + 2], 16) for at in (1, 3, 5))
    return blue, green, red


def _mixed(under: _Picture, over: _Picture, opacity: float) -> _Picture:
    import cv2

    return np.asarray(cv2.addWeighted(over, opacity, under, 1 - opacity, 0.0), dtype=np.uint8)
