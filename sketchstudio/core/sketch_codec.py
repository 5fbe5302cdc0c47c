"""Ink to what the network reads and back: box, simplify, stroke-5, raster.

One codec for the app and the trainer, so that the network meets the same numbers in both.
Box units: the centre of the sketch's bounding box is (0, 0) and its longest side is 1; y is down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sketchstudio.core.stroke import Points

Polylines = list[Points]
"""A sketch in box units: one (N, 2) float32 array for each stroke, N > 0."""

Coordinates = npt.NDArray[np.float32] | npt.NDArray[np.float64]
"""(N, 2) in page px or a file's units; far from the origin float32 has too few digits for ink."""

RDP_TOLERANCE = 2 / 255
"""Box units. Quick, Draw! simplifies by 2 of 255, so ink of the app is simplified alike."""

MAX_INK_POINTS = 50_000
"""More points than this are refused: no drawing by hand has them."""

DOT_SIZE = 100.0
"""Page px. A dot has no size, yet what the model makes of it should have one."""

RASTER_MARGIN = 2
"""Paper left free on each side of the raster, px."""

_COARSEST = 0.1  # box units
_LEAST_SIZE = 1e-30  # page px; anything smaller is a dot
_FRACTION_BITS = 4  # cv2 takes coordinates in sixteenths of a pixel
_DOT = 1 << (_FRACTION_BITS - 1)  # half a pixel


class SketchError(ValueError):
    """Ink that cannot be a sketch; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Box:
    """The square round a sketch: where it lies and how large it is.

    Attributes:
        x: Centre, page px.
        y: Centre, page px.
        size: Longest side, page px, over 0.
    """

    x: float
    y: float
    size: float

    @classmethod
    def around(cls, sketch: Sequence[Coordinates]) -> Box:
        """The box round polylines in page px."""
        points = np.concatenate(sketch)
        low, high = points.min(axis=0), points.max(axis=0)
        centre = (low.astype(np.float64) + high) / 2
        size = float((high.astype(np.float64) - low).max())
        size = size if size > _LEAST_SIZE else DOT_SIZE
        return cls(float(centre[0]), float(centre[1]), size)

    def to_box(self, points: Coordinates) -> Points:
        """Page px to box units, (N, 2)."""
        centre = np.array([self.x, self.y])
        return np.asarray((points - centre) / self.size, dtype=np.float32)

    def to_page(self, points: Coordinates) -> npt.NDArray[np.float64]:
        """Box units to page px, (N, 2)."""
        return np.asarray(points * self.size + np.array([self.x, self.y]), dtype=np.float64)


def checked(sketch: Iterable[npt.ArrayLike]) -> list[npt.NDArray[np.float64]]:
    """Polylines (N, 2) fit to be encoded, N > 0; empty strokes are left out.

    Raises:
        SketchError: No points, too many, numbers that are not finite, or not (N, 2).
    """
    polylines: list[npt.NDArray[np.float64]] = []
    total = 0
    for stroke in sketch:
        points = np.asarray(stroke, dtype=np.float64)
        if points.size == 0:
            continue
        if points.ndim != 2 or points.shape[1] != 2:
            raise SketchError(f"a stroke must be a list of x, y pairs, got shape {points.shape}")
        if not np.isfinite(points).all():
            raise SketchError("the drawing has coordinates that are not finite numbers")
        if np.abs(points).max() > 1e9:
            raise SketchError("the drawing has coordinates beyond 1e9")
        total += len(points)
        if total > MAX_INK_POINTS:
            raise SketchError(f"the drawing has more than {MAX_INK_POINTS:,} points")
        polylines.append(points)
    if not polylines:
        raise SketchError("the drawing is empty")
    return polylines


def simplify(sketch: Sequence[Points], tolerance: float = RDP_TOLERANCE) -> Polylines:
    """Ramer-Douglas-Peucker on each stroke; ends stay, tolerance in the sketch's units."""
    import cv2  # here: the window comes first

    simple: Polylines = []
    for points in sketch:
        if len(points) > 2:
            kept = cv2.approxPolyDP(np.ascontiguousarray(points), tolerance, closed=False)
            last = points[-1:]
            points = np.asarray(kept, dtype=np.float32).reshape(-1, 2)
            if not np.array_equal(points[-1:], last):  # OpenCV may drop the end of a closed stroke
                points = np.concatenate([points, last])
        simple.append(points)
    return simple


def coarser(sketch: Sequence[Points], most: int) -> Polylines:
    """A sketch in box units, simplified until it has ``most`` points, or is but a few lines."""
    tolerance, simple = RDP_TOLERANCE, list(sketch)
    while sum(map(len, simple)) > most and tolerance < _COARSEST:
        tolerance *= 1.5
        simple = simplify(simple, tolerance)
    return simple


def boxed(sketch: Sequence[Coordinates], box: Box) -> Polylines:
    """Ink in page px as the network knows it: box units, simplified."""
    return simplify([box.to_box(points) for points in sketch])


def join(sketch: Sequence[Points]) -> tuple[Points, npt.NDArray[np.bool_]]:
    """All points in drawing order, and whether the pen lifts after each.

    Returns:
        points (N, 2) float32 and lifts (N,) bool.
    """
    points = np.concatenate(sketch)
    lifts = np.zeros(len(points), dtype=bool)
    lifts[np.cumsum([len(stroke) for stroke in sketch]) - 1] = True
    return points, lifts


def split(points: Points, lifts: npt.NDArray[np.bool_]) -> Polylines:
    """The inverse of `join`; the last stroke ends with the points, lifted or not."""
    return [part for part in np.split(points, np.flatnonzero(lifts) + 1) if len(part)]


def to_stroke5(sketch: Sequence[Points], offset_std: float) -> npt.NDArray[np.float32]:
    """A sketch in box units as (N + 1, 5) float32 rows (dx, dy, p1, p2, p3).

    Row i moves to point i and says what the pen does after it: goes on (p1), lifts (p2). The
    first offset starts from the centre of the box; a last row with p3 ends the sketch. Offsets
    are divided by ``offset_std``, the training set's. (Ha and Eck 2017, section 3.1.)
    """
    points, lifts = join(sketch)
    rows = np.zeros((len(points) + 1, 5), dtype=np.float32)
    rows[:-1, :2] = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.float32)) / offset_std
    rows[:-1, 2] = ~lifts
    rows[:-1, 3] = lifts
    rows[-1, 4] = 1
    return rows


def rasterise(sketch: Sequence[Points], size: int, thickness: int = 1) -> npt.NDArray[np.uint8]:
    """Draw a sketch in box units as the encoder sees it.

    Returns:
        (size, size) uint8, anti-aliased: 0 is paper, 255 is ink.
    """
    return rasterise_joined(*join(sketch), size, thickness)


def rasterise_joined(
    points: Points, lifts: npt.NDArray[np.bool_], size: int, thickness: int = 1
) -> npt.NDArray[np.uint8]:
    """As `rasterise`, of what `join` returns; a last stroke may be without its lift."""
    import cv2  # here: the window comes first

    image = np.zeros((size, size), dtype=np.uint8)
    scale = size - 1 - 2 * RASTER_MARGIN
    pixels = (points * scale + (size - 1) / 2) * (1 << _FRACTION_BITS)
    fixed = np.clip(np.rint(pixels), -(1 << 20), 1 << 20).astype(np.int32)
    starts = np.concatenate([[0], np.flatnonzero(lifts[:-1]) + 1])
    strokes = np.split(fixed, starts[1:])
    sizes = np.maximum.reduceat(fixed, starts) - np.minimum.reduceat(fixed, starts)
    for i in np.flatnonzero(sizes.max(axis=1) < _DOT):  # OpenCV draws next to nothing of a dot
        strokes[i] = strokes[i][:1] + np.array([[-_DOT, 0], [_DOT, 0]], dtype=np.int32)
    cv2.polylines(image, strokes, False, 255, thickness, cv2.LINE_AA, _FRACTION_BITS)
    return image
