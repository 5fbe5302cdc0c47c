"""Which of many strokes a closed line holds, fast enough for a lasso round ten thousand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sketchstudio.core.geometry import inside
from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import Bounds, Points, Stroke

_CELLS = 1024
"""Along each side of the map that settles most strokes without looking at the polygon."""

_OUT, _IN, _EDGE = 0, 1, 2


def shares_inside(
    strokes: Sequence[Stroke], boxes: Sequence[Bounds], polygon: Points
) -> npt.NDArray[np.float64]:
    """How much of each stroke lies in a polygon, by the even-odd rule.

    Args:
        strokes: Any.
        boxes: One for each stroke, that holds it as it is drawn; most are settled by it alone.
        polygon: (M, 2), page px; closed by itself.

    Returns:
        Share of each stroke's drawn points, (N,), 0..1.
    """
    if len(strokes) == 0 or len(polygon) < 3:
        return np.zeros(len(strokes))
    ground = _Map(polygon)
    states = ground.of_boxes(boxes)
    shares: npt.NDArray[np.float64] = (states == _IN).astype(np.float64)
    open_ = np.flatnonzero(states == _EDGE)
    if len(open_) > 0:
        lines = [drawn_points(strokes[i]) for i in open_.tolist()]
        points = np.concatenate(lines)
        within = ground.of_points(points)
        near = np.flatnonzero(within == _EDGE)
        within[near] = inside(points[near], polygon)
        counts = np.array([len(line) for line in lines])
        starts = np.cumsum(counts) - counts
        shares[open_] = np.add.reduceat(within.astype(np.float64), starts) / counts
    return shares


class _Map:
    """A coarse picture of a polygon (M, 2) that tells where most places are."""

    def __init__(self, polygon: Points) -> None:
        import cv2  # here: the first lasso is early enough, the start of the app is not

        self._low = polygon.min(axis=0)
        self._cells = np.float32(_CELLS) / np.maximum(np.ptp(polygon, axis=0), np.float32(1e-6))
        side = _CELLS + 3  # with a border, where what lies outside is put
        self._picture = np.zeros((side, side), dtype=np.uint8)
        corners = (np.rint((polygon - self._low) * self._cells) + 1).astype(np.int32)
        cv2.fillPoly(self._picture, [corners], _IN)
        # Wide enough to hold all that rounding to cells may have put on the wrong side.
        cv2.polylines(self._picture, [corners], True, _EDGE, thickness=5)
        self._inner = cv2.integral((self._picture == _IN).view(np.uint8))
        self._any = cv2.integral((self._picture != _OUT).view(np.uint8))

    def of_points(self, points: Points) -> npt.NDArray[np.uint8]:
        """What is known of each point (N, 2): out, in, or too near to the edge to tell."""
        columns, rows, outside = self._places(points)
        states: npt.NDArray[np.uint8] = self._picture[rows, columns]
        states[outside] = _OUT
        return states

    def of_boxes(self, boxes: Sequence[Bounds]) -> npt.NDArray[np.uint8]:
        """The same of all that a box may hold, (N,)."""
        edges = [(box.left, box.top, box.right, box.bottom) for box in boxes]
        corners = np.array(edges, dtype=np.float32).reshape(-1, 2)
        columns, rows, outside = self._places(corners)
        left, right = columns[0::2], columns[1::2] + 1
        top, bottom = rows[0::2], rows[1::2] + 1

        def count(sums: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
            return sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]

        states = np.full(len(boxes), _EDGE, dtype=np.uint8)
        sticks_out = outside[0::2] | outside[1::2]
        states[(count(self._inner) == (right - left) * (bottom - top)) & ~sticks_out] = _IN
        states[count(self._any) == 0] = _OUT
        return states

    def _places(
        self, points: Points
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
        """Columns and rows of points (N, 2) in the picture, and which lie beyond its border."""
        places = points - self._low
        places *= self._cells
        np.rint(places, out=places)
        outside = ((places < 0) | (places > _CELLS)).any(axis=1)
        places += 1
        np.clip(places, 0, _CELLS + 2, out=places)
        columns, rows = places.astype(np.int32).T
        return columns, rows, outside
