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
    cells = np.float32(_CELLS) / np.maximum(np.ptp(polygon, axis=0), np.float32(1e-6))
    side = _CELLS + 3  # with a border, where what lies outside is put
    picture = np.zeros((side, side), dtype=np.uint8)
    corners = (np.rint((polygon - low) * cells) + 1).astype(np.int32)
    cv2.fillPoly(picture, [corners], _IN)
    # Wide enough to hold all that rounding the corners to cells may have put on the wrong side.
    cv2.polylines(picture, [corners], True, _EDGE, thickness=5)
    places = points - low
    places *= cells
    np.rint(places, out=places)
    outside = ((places < 0) | (places > _CELLS)).any(axis=1)
    places += 1
    np.clip(places, 0, side - 1, out=places)
    columns, rows = places.astype(np.int32).T
    states: npt.NDArray[np.uint8] = picture.ravel()[rows * side + columns]
    states[outside] = _OUT
    return states
