"""What is left of lines within a clip path, which is painted and looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from sketchstudio.formats.svg_path import Points

_SIDE = 512  # pixels of a painted clip's longer side
_MOST_STEPS = 2_000  # looked up along a line, beside its own points


class Clip:
    """A shape, and nothing outside it is seen.

    Args:
        shapes: Together they are what is seen; each is (N, 2) outlines, page px, whose overlaps
            are holes.
        around: A clip round this one, which cuts as well.
    """

    def __init__(self, shapes: Sequence[Sequence[Points]], around: Clip | None = None) -> None:
        import cv2  # here: the window comes first

        corners = np.concatenate([outline for shape in shapes for outline in shape])
        self._low, high = corners.min(axis=0), corners.max(axis=0)
        self._scale = _SIDE / max(float((high - self._low).max()), 1e-3)
        width, height = np.ceil((high - self._low) * self._scale).astype(int) + 1
        seen = np.zeros((height, width), np.uint8)
        for shape in shapes:
            pixels = [np.rint((each - self._low) * self._scale).astype(np.int32) for each in shape]
            cv2.fillPoly(seen, pixels, 1)
        self._seen = seen > 0
        if around is not None:
            rows, columns = np.nonzero(self._seen)
            places = np.stack([columns, rows], axis=1) / self._scale + self._low
            self._seen[rows, columns] = around.shows(places)

    def shows(self, points: Points) -> npt.NDArray[np.bool_]:
        """Which of the points (N, 2), page px, are seen: (N,)."""
        height, width = self._seen.shape
        column, row = np.rint((points - self._low) * self._scale).astype(np.int64).T
        inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
        seen = np.zeros(len(points), dtype=bool)
        seen[inside] = self._seen[row[inside], column[inside]]
        return seen

    def pieces(self, points: Points) -> Iterator[Points]:
        """What is seen of a line (N, 2), page px; the line itself where that is all of it."""
        steps = np.diff(points, axis=0)
        pixels = np.hypot(steps[:, 0], steps[:, 1]) * self._scale
        count = np.ceil(pixels * min(1.0, _MOST_STEPS / max(float(pixels.sum()), 1.0))).clip(1)
        of = np.repeat(np.arange(len(steps)), count.astype(int))
        rank = np.arange(len(of)) - np.searchsorted(of, of)
        along = points[of] + steps[of] * (rank / count[of])[:, None]
        along = np.concatenate([along, points[-1:]])
        is_corner = np.concatenate([rank == 0, [True]])
        seen = self.shows(along)
        if seen.all():
            yield points
            return
        changes = np.flatnonzero(np.diff(seen.astype(np.int8), prepend=0, append=0))
        for begin, end in changes.reshape(-1, 2):
            kept = is_corner[begin:end].copy()
            kept[[0, -1]] = True
            yield along[begin:end][kept]
