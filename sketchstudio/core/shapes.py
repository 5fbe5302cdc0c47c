"""The shape a hand meant: a line, polygon, circle or ellipse in place of a wobbly stroke."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sketchstudio.core.stroke import Points, Stroke

Kind = Literal["line", "polyline", "triangle", "rectangle", "polygon", "circle", "ellipse"]
Vector = npt.NDArray[np.float64]

_LEAST = 12.0  # screen px; smaller strokes are dots and ticks
_LINE_STRAY = 0.06  # of its length that a line may stray from straight
_CLOSED = 0.22  # of the size that may be missing between start and end
_CORNER_STRAY = 0.07  # of the size that a side may stray from straight
_ROUND_STRAY = 0.09  # of the radius that an ellipse may stray, on average
_MOST_CORNERS = 8
_CIRCLE = 1.18  # the axes of a circle differ by less
_UPRIGHT = math.radians(9)  # what is nearly level or upright was meant so
_RIGHT_ANGLE = math.radians(22)  # how far a rectangle's angles may be off
_FINE = 0.5  # screen px from a corner to its neighbours: it stays a corner when it is drawn


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What a stroke was meant to be.

    Attributes:
        kind: Which shape.
        points: (N, 2) float32, page px: corners, or closely spaced points of a round one. Closed
            shapes end where they begin.
    """

    kind: Kind
    points: Points


def recognise(points: Points, grain: float = 1.0) -> Shape | None:
    """The shape a stroke comes near to, or None where it is near to none.

    Args:
        points: (N, 2), page px.
        grain: Page px of one screen px where it was drawn.
    """
    path = _without_repeats(points.astype(np.float64))
    if len(path) < 2:
        return None
    size = float(np.hypot(*np.ptp(path, axis=0)))
    if size < _LEAST * grain:
        return None
    line = _line(path)
    if line is not None:
        return line
    gap = float(np.hypot(*(path[-1] - path[0])))
    if gap > _CLOSED * size:
        return _polyline(path, size)
    polygon, strayed = _polygon(path, size)
    ellipse, round_strayed = _ellipse(path)
    if ellipse is not None and round_strayed < min(_ROUND_STRAY, strayed):
        return ellipse
    return polygon


def drawn_as(shape: Shape, stroke: Stroke) -> Stroke:
    """A new stroke of that shape, in the style and mean pressure of the one it replaces."""
    points = shape.points
    if shape.kind not in ("circle", "ellipse"):
        points = _with_corners(points, _FINE * stroke.style.grain)
    samples = np.empty((len(points), 4), dtype=np.float32)
    samples[:, :2] = points
    samples[:, 2] = stroke.pressure.mean()
    samples[:, 3] = np.linspace(0.0, stroke.samples[-1, 3], len(points))
    # A shape is as smooth as it shall be.
    style = stroke.style.smoothed(0.0)
    return Stroke(samples, style, stroke.origin, stroke.provenance)


def shape_of(stroke: Stroke) -> Stroke | None:
    """The stroke that was meant, or None; raw samples tell, since smoothing cuts corners."""
    shape = recognise(stroke.points, stroke.style.grain)
    return None if shape is None else drawn_as(shape, stroke)


def _line(path: Vector) -> Shape | None:
    chord = path[-1] - path[0]
    length = float(np.hypot(*chord))
    if length == 0:
        return None
    across = np.abs((path - path[0]) @ np.array([-chord[1], chord[0]])) / length
    way = np.hypot(*np.diff(path, axis=0).T).sum()
    if across.max() > _LINE_STRAY * length or way > 1.25 * length:
        return None
    angle = math.atan2(chord[1], chord[0])
    upright = round(angle / (math.pi / 2)) * math.pi / 2
    if abs(angle - upright) < _UPRIGHT / 2:
        middle = (path[0] + path[-1]) / 2
        half = np.array([math.cos(upright), math.sin(upright)]) * length / 2
        return _shape("line", np.stack([middle - half, middle + half]))
    return _shape("line", path[[0, -1]])


def _polyline(path: Vector, size: float) -> Shape | None:
    corners = _simplified(path, _CORNER_STRAY * size, closed=False)
    return _shape("polyline", corners) if 3 <= len(corners) <= _MOST_CORNERS else None


def _polygon(path: Vector, size: float) -> tuple[Shape | None, float]:
    """The closed polygon the path comes near to, and how far the path strays from it, of its size.

    The pen seldom starts on a corner, so the path is cut where it is farthest from its middle.
    """
    ring = path[:-1] if len(path) > 3 else path
    start = int(np.hypot(*(ring - ring.mean(axis=0)).T).argmax())
    ring = np.concatenate([ring[start:], ring[: start + 1]])
    corners = _simplified(ring, _CORNER_STRAY * size, closed=False)[:-1]
    corners = _without_flat(corners)
    if not 3 <= len(corners) <= _MOST_CORNERS:
        return None, math.inf
    outline = np.concatenate([corners, corners[:1]])
    strayed = float(_distances(ring, outline).mean()) / (size / 4)
    if len(corners) == 3:
        return _shape("triangle", outline), strayed
    if len(corners) == 4 and _right_angled(corners):
        return _shape("rectangle", _rectangle(corners)), strayed
    return _shape("polygon", outline), strayed


def _ellipse(path: Vector) -> tuple[Shape | None, float]:
    """The ellipse fitted to a closed path, and how far the path strays from it, of its radius."""
    import cv2

    ring = _evenly(path, 64)
    if len(ring) < 5:
        return None, math.inf
    middle, size = ring.mean(axis=0), np.ptp(ring, axis=0).max()
    fitted = ((ring - middle) / size * 1000).astype(np.float32)
    (x, y), (width, height), degrees = cv2.fitEllipseDirect(fitted)
    if not np.isfinite([x, y, width, height]).all() or min(width, height) < 1:
        return None, math.inf
    turn = math.radians(degrees)
    axes = np.array([width, height]) / 2 * size / 1000
    centre = middle + np.array([x, y]) * size / 1000
    cos, sin = math.cos(turn), math.sin(turn)
    inward = (ring - centre) @ np.array([[cos, -sin], [sin, cos]]) / axes
    strayed = float(np.abs(np.hypot(*inward.T) - 1.0).mean())
    kind: Kind = "ellipse"
    if max(axes) < _CIRCLE * min(axes):
        kind, axes, turn = "circle", np.full(2, math.sqrt(axes[0] * axes[1])), 0.0
    else:
        upright = round(turn / (math.pi / 2)) * math.pi / 2
        turn = upright if abs(turn - upright) < _UPRIGHT else turn
    cos, sin = math.cos(turn), math.sin(turn)
    angles = np.linspace(0.0, math.tau, 73)
    unit = np.stack([np.cos(angles), np.sin(angles)], axis=1) * axes
    return _shape(kind, centre + unit @ np.array([[cos, sin], [-sin, cos]])), strayed


def _right_angled(corners: Vector) -> bool:
    sides = np.roll(corners, -1, axis=0) - corners
    headings = np.arctan2(sides[:, 1], sides[:, 0])
    turns = np.abs((np.roll(headings, -1) - headings + math.pi) % math.tau - math.pi)
    return bool((np.abs(turns - math.pi / 2) < _RIGHT_ANGLE).all())


def _rectangle(corners: Vector) -> Vector:
    """The rectangle (5, 2) that four corners come nearest to."""
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.hypot(*sides.T)
    # All four sides tell the angle, the long ones more: fourfold, they point the same way.
    fourfold = 4 * np.arctan2(sides[:, 1], sides[:, 0])
    turn = math.atan2((lengths * np.sin(fourfold)).sum(), (lengths * np.cos(fourfold)).sum()) / 4
    if abs(turn) < _UPRIGHT:
        turn = 0.0
    cos, sin = math.cos(turn), math.sin(turn)
    to_page = np.array([[cos, sin], [-sin, cos]])
    level = np.sort(corners @ to_page.T, axis=0)
    low, high = level[:2].mean(axis=0), level[2:].mean(axis=0)
    box = np.array([low, (high[0], low[1]), high, (low[0], high[1]), low])
    made: Vector = box @ to_page
    return made


def _without_flat(corners: Vector) -> Vector:
    """Without the corners of a ring (N, 2) that hardly turn."""
    while len(corners) > 3:
        to = corners - np.roll(corners, 1, axis=0)
        on = np.roll(corners, -1, axis=0) - corners
        cross = to[:, 0] * on[:, 1] - to[:, 1] * on[:, 0]
        turns = np.abs(np.arctan2(cross, (to * on).sum(axis=1)))
        flattest = int(turns.argmin())
        if turns[flattest] > math.radians(25):
            break
        corners = np.delete(corners, flattest, axis=0)
    return corners


def _simplified(path: Vector, tolerance: float, closed: bool) -> Vector:
    """Ramer-Douglas-Peucker; (M, 2)."""
    import cv2  # here: the first shape is early enough, the start of the app is not

    origin = path[0]
    kept = cv2.approxPolyDP((path - origin).astype(np.float32), tolerance, closed)
    corners: Vector = kept.reshape(-1, 2).astype(np.float64) + origin
    if not closed and np.hypot(*(corners[-1] - path[-1])) > 1e-3:
        corners = np.concatenate([corners, path[-1:]])
    return corners


def _evenly(path: Vector, count: int) -> Vector:
    """``count`` points (count, 2) evenly along a path."""
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    at = np.linspace(0.0, way[-1], count, endpoint=False)
    return np.stack([np.interp(at, way, path[:, 0]), np.interp(at, way, path[:, 1])], axis=1)


def _distances(points: Vector, line: Vector) -> Vector:
    """From points (N, 2) to a line (M, 2), (N,)."""
    start, along = line[:-1], np.diff(line, axis=0)
    to = points[:, None] - start
    t = np.clip((to * along).sum(axis=2) / np.maximum((along**2).sum(axis=1), 1e-12), 0, 1)
    gap = to - t[..., None] * along
    nearest: Vector = np.hypot(gap[..., 0], gap[..., 1]).min(axis=1)
    return nearest


def _with_corners(corners: Points, near: float) -> Points:
    """Corners (N, 2) with neighbours on either side, ``near`` page px away."""
    parts = []
    for a, b in itertools.pairwise(corners):
        length = float(np.hypot(*(b - a)))
        share = min(near / max(length, 1e-9), 0.25)
        parts.append(np.stack([a, a + share * (b - a), b - share * (b - a)]))
    return np.concatenate([*parts, corners[-1:]]).astype(np.float32)


def _without_repeats(path: Vector) -> Vector:
    moved = np.ones(len(path), dtype=bool)
    moved[1:] = (path[1:] != path[:-1]).any(axis=1)
    kept: Vector = path[moved]
    return kept


def _shape(kind: Kind, points: Vector) -> Shape:
    return Shape(kind, points.astype(np.float32))
