"""Hitting ink: distances to lines, and what lies inside a closed line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sketchstudio.core.smoothing import drawn_points, drawn_samples
from sketchstudio.core.stroke import EVENED, Bounds, Points, Stroke

Point = tuple[float, float]
"""x, y in page px."""


def box_between(a: Point, b: Point) -> Bounds:
    """The box with two opposite corners."""
    return Bounds(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def distance_to_polyline(point: Point, line: Points) -> float:
    """Shortest distance from a point to a line (N, 2), N > 0, page px."""
    return float(_to_segments(np.array([point], dtype=np.float64), line.astype(np.float64)).min())


def distance_between(a: Point, b: Point, line: Points) -> float:
    """Shortest distance from the segment ``a``–``b`` to a line (N, 2), N > 0; 0 if they cross."""
    segment = np.array([a, b], dtype=np.float64)
    nodes = line.astype(np.float64)
    if _cross(segment, nodes):
        return 0.0
    return float(min(_to_segments(segment, nodes).min(), _to_segments(nodes, segment).min()))


def touches(stroke: Stroke, a: Point, b: Point, radius: float) -> bool:
    """Whether a round tip of that radius, moved from ``a`` to ``b``, meets the stroke's ink."""
    reach = radius + stroke.style.width / 2
    if not box_between(a, b).expanded(radius).intersects(stroke.bounds):
        return False
    return distance_between(a, b, drawn_points(stroke)) <= reach


def inside(points: Points, polygon: Points) -> npt.NDArray[np.bool_]:
    """Which points lie in a polygon, by the even-odd rule.

    Args:
        points: (N, 2), page px.
        polygon: (M, 2), page px; closed by itself.

    Returns:
        (N,) bool.
    """
    if len(polygon) < 3:
        return np.zeros(len(points), dtype=bool)
    corners = polygon.astype(np.float64)
    ahead = np.roll(corners, -1, axis=0)
    x, y = points[:, 0:1].astype(np.float64), points[:, 1:2].astype(np.float64)
    spans = (corners[:, 1] > y) != (ahead[:, 1] > y)  # (N, M)
    rise = ahead[:, 1] - corners[:, 1]
    slope = (ahead[:, 0] - corners[:, 0]) / np.where(rise == 0, 1.0, rise)
    crossings = spans & (x < corners[:, 0] + (y - corners[:, 1]) * slope)
    result: npt.NDArray[np.bool_] = crossings.sum(axis=1) % 2 == 1
    return result


def without(stroke: Stroke, a: Point, b: Point, radius: float) -> list[Stroke] | None:
    """What a round tip of that radius, moved from ``a`` to ``b``, leaves of a stroke.

    Returns:
        The parts left, new strokes with the line as it was drawn; None where nothing is touched.
    """
    reach = radius + stroke.style.width / 2
    samples = drawn_samples(stroke)
    if not box_between(a, b).expanded(reach).intersects(stroke.bounds):
        return None
    dense, whole = _dense(samples, max(reach / 8, 0.25))
    tip = np.array([a, b], dtype=np.float64)
    left = _to_segments(dense[:, :2], tip).min(axis=1) > reach
    if left.all():
        return None
    # What was drawn stays as it was drawn: a part filtered anew would take another way.
    style = replace(stroke.style, smoothing=min(stroke.style.smoothing, EVENED))
    edges = np.flatnonzero(np.diff(left.astype(np.int8), prepend=0, append=0))
    parts = []
    for start, stop in edges.reshape(-1, 2):
        kept = whole[start:stop].copy()
        kept[[0, -1]] = True
        part = dense[start:stop][kept].astype(np.float32)
        part[:, 3] -= part[0, 3]
        if len(part) > 1 or len(samples) == 1:
            parts.append(Stroke(part, style, stroke.origin, stroke.provenance))
    return parts


def moved(stroke: Stroke, dx: float, dy: float) -> Stroke:
    """The same stroke, same id, somewhere else, page px."""
    samples = stroke.samples.copy()
    samples[:, 0] += dx
    samples[:, 1] += dy
    return Stroke(samples, stroke.style, stroke.origin, stroke.provenance, stroke.id)


def _dense(
    samples: npt.NDArray[np.float32], step: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """More samples (M, 4) on the way, at most ``step`` page px apart, and which are the given."""
    nodes = samples.astype(np.float64)
    steps = np.diff(nodes, axis=0)
    count = np.maximum(np.ceil(np.hypot(steps[:, 0], steps[:, 1]) / step), 1).astype(np.intp)
    at = np.concatenate([[0], np.cumsum(count)])
    piece = np.repeat(np.arange(len(steps)), count)
    share = (np.arange(at[-1]) - at[piece]) / count[piece]
    dense = np.concatenate([nodes[piece] + share[:, None] * steps[piece], nodes[-1:]])
    given = np.zeros(len(dense), dtype=bool)
    given[at] = True
    return dense, given


def _to_segments(
    points: npt.NDArray[np.float64], line: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Distances (N, M-1) of points (N, 2) to the pieces of a line (M, 2)."""
    if len(line) == 1:
        line = np.repeat(line, 2, axis=0)
    start = line[:-1]
    along = line[1:] - start
    to_point = points[:, None] - start  # (N, M-1, 2)
    squared = np.maximum((along * along).sum(axis=1), 1e-12)
    t = np.clip((to_point * along).sum(axis=2) / squared, 0.0, 1.0)
    gap = to_point - t[..., None] * along
    distance: npt.NDArray[np.float64] = np.hypot(gap[..., 0], gap[..., 1])
    return distance


def _cross(segment: npt.NDArray[np.float64], line: npt.NDArray[np.float64]) -> bool:
    """Whether a segment (2, 2) properly crosses a line (M, 2)."""
    if len(line) < 2:
        return False
    a, b = segment

    def side(
        origin: npt.NDArray[np.float64],
        to: npt.NDArray[np.float64],
        point: npt.NDArray[np.float64],
    ) -> npt.NDArray[np.float64]:
        d, e = to - origin, point - origin
        sign: npt.NDArray[np.float64] = d[..., 0] * e[..., 1] - d[..., 1] * e[..., 0]
        return sign

    ends = side(a, b, line)
    start, stop = line[:-1], line[1:]
    split = ends[:-1] * ends[1:] < 0
    return bool((split & (side(start, stop, a) * side(start, stop, b) < 0)).any())
