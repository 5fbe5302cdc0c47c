"""Which of many strokes a closed line holds, fast enough for a lasso round ten thousand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sketchstudio.core.geometry import inside
from sketchstudio.core.stroke import Points

_CELLS = 1024
"""Along each side of the map that settles most points without looking at the polygon."""

_OUT, _IN, _EDGE = 0, 1, 2


def shares_inside(lines: Sequence[Points], polygon: Points) -> npt.NDArray[np.float64]:
    """How much of each line lies in a polygon, by the even-odd rule.

    Args:
        lines: (N, 2) each, N > 0, page px.
        polygon: (M, 2), page px; closed by itself.

    Returns:
        Share of each line's points, 0..1.
    """
    if len(lines) == 0 or len(polygon) < 3:
        return np.zeros(len(lines))
    points = np.concatenate(lines)
    counts = np.array([len(line) for line in lines])
    within = _map_of(points, polygon)
    open_ = np.flatnonzero(within == _EDGE)
    within[open_] = inside(points[open_], polygon)
    starts = np.cumsum(counts) - counts
    shares: npt.NDArray[np.float64] = np.add.reduceat(within.astype(np.float64), starts) / counts
    return shares


def _map_of(points: Points, polygon: Points) -> npt.NDArray[np.uint8]:
    """Where each point (N, 2) is, as far as a coarse picture of the polygon tells."""
    import cv2  # here: the first lasso is early enough, the start of the app is not

    low = polygon.min(axis=0)
    size = np.maximum(np.ptp(polygon, axis=0), 1e-6)
    cells = (_CELLS / size).astype(np.float64)
    picture = np.zeros((_CELLS + 1, _CELLS + 1), dtype=np.uint8)
    corners = np.round((polygon - low) * cells).astype(np.int32)
    cv2.fillPoly(picture, [corners], _IN)
    # Wide enough to hold all that rounding the corners to cells may have put on the wrong side.
    cv2.polylines(picture, [corners], True, _EDGE, thickness=5)
    places = np.round((points - low) * cells)
    there = ((places >= 0) & (places <= _CELLS)).all(axis=1)
    column, row = places[there].astype(np.intp).T
    states = np.full(len(points), _OUT, dtype=np.uint8)
    states[there] = picture[row, column]
    return states
