"""What is drawn of a stroke: a smooth centre line, and the outline that pressure gives it.

The canvas and the SVG writer both draw from here, so that they look the same. Everything is local:
a piece of the line depends on the few samples around it only, which lets ink that is still being
drawn come out exactly as it will once it is finished.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sketchstudio.core.smoothing import drawn_points, drawn_samples
from sketchstudio.core.stroke import EVENED, Bounds, Points, Stroke, StrokeStyle

Vector = npt.NDArray[np.float64]

CONTEXT = 16
"""How many samples on either side may bear on a piece of the line."""

_THINNEST = 0.15  # share of the width that is left at no pressure
_TREMOR = 6.0  # screen px between samples below which the hand's and device's jitter is evened out
_PASSES = 4  # of smoothing
_GRAIN = 3.0  # screen px from sample to sample; below it a turn may be the device's grid
_CORNER = math.radians(75)  # a turn sharper than this is meant as a corner and kept
_FLATNESS = 0.03  # page px that a chord may stray from the curve
_MAX_STEPS = 24
_SMOOTH_TURN = math.radians(20)  # below it two pieces of the outline share one point
_ARC_STEP = math.radians(15)
_OVERSHOOT = 0.45  # of the longest step: how far the curve can leave the box of its samples


def stroke_outline(stroke: Stroke) -> Points:
    """The polygon that a stroke covers, to be filled with the nonzero rule.

    Args:
        stroke: Any stroke; a single sample makes a dot.

    Returns:
        (M, 2) float32, page px; not closed by a repeated point.
    """
    line, radii, _ = ink_line(drawn_samples(stroke), stroke.style)
    return outline(line, radii)


def centre_line(stroke: Stroke) -> Points:
    """The smooth line through a stroke's middle, to be drawn with round caps and joins.

    Returns:
        (N, 2) float32, page px; one point for a dot.
    """
    line, _, _ = ink_line(drawn_samples(stroke), stroke.style)
    return line.astype(np.float32)


def line_width(style: StrokeStyle, pressure: npt.NDArray[np.float32]) -> Vector:
    """Width at each pressure (N,), 0..1; (N,) float64, page px."""
    if not style.pressure:
        return np.full(len(pressure), style.width, dtype=np.float64)
    eased = np.sin(np.clip(pressure, 0.0, 1.0).astype(np.float64) * (math.pi / 2))
    return style.width * (_THINNEST + (1.0 - _THINNEST) * eased)


def drawn_bounds(stroke: Stroke) -> Bounds:
    """A box that surely holds the drawn line, found without drawing it."""
    points = drawn_points(stroke)
    if len(points) < 3:
        return stroke.bounds
    steps = np.diff(points, axis=0)
    return stroke.bounds.expanded(_OVERSHOOT * float(np.hypot(steps[:, 0], steps[:, 1]).max()))


def ink_line(
    samples: npt.NDArray[np.float32], style: StrokeStyle
) -> tuple[Vector, Vector, npt.NDArray[np.intp]]:
    """Even out jitter and run a curve through the samples.

    Args:
        samples: (N, 4) float32, N > 0, as from ``drawn_samples``.
        style: Gives the width, and how much jitter stays.

    Returns:
        line: (M, 2) float64, page px.
        radii: (M,) float64, page px, half the width at each point.
        at: (N,) where in ``line`` each sample is.
    """
    kept = np.ones(len(samples), dtype=bool)
    kept[1:] = (np.diff(samples[:, :2], axis=0) != 0).any(axis=1)
    nodes = samples[kept, :2].astype(np.float64)
    radii = line_width(style, samples[kept, 2]) / 2
    which = np.cumsum(kept) - 1  # (N,) the node of each sample
    if len(nodes) < 3:
        return nodes, radii, which
    if style.smoothing > 0:
        nodes = _without_tremor(nodes, min(style.smoothing / EVENED, 1.0), style.grain)
    if style.pressure:
        radii = _averaged(_averaged(radii))
    line, radii, at = _spline(nodes, radii)
    return line, radii, at[which]


def outline(line: Vector, radii: Vector) -> Points:
    """The polygon a round nib covers along a line, to be filled with the nonzero rule.

    Args:
        line: (N, 2), page px, N > 0, no two neighbours equal.
        radii: (N,), page px.

    Returns:
        (M, 2) float32, page px.
    """
    if len(line) == 1:
        dot: Points = (line[0] + radii[0] * _arc(0.0, math.tau, radii[0])[:-1]).astype(np.float32)
        return dot
    steps = np.diff(line, axis=0)  # (N-1, 2)
    lengths = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-9)
    headings = np.arctan2(steps[:, 1], steps[:, 0])
    turns = np.diff(headings)
    turns -= math.tau * np.round(turns / math.tau)  # (N-2,) in -π..π, > 0 to the right (y is down)
    inner_reach = radii[1:-1] * np.tan(np.minimum(np.abs(turns), 3.0) / 2)
    smooth = (np.abs(turns) < _SMOOTH_TURN) & (
        inner_reach < 0.5 * np.minimum(lengths[:-1], lengths[1:])
    )
    # Each joint takes `count` points on either side. On the outer side they are an arc; on the
    # inner side the first ends one piece, the last begins the next and those between are the
    # joint itself. So every piece is filled whole, and however the pen turned no hole is left.
    count = np.where(smooth, 1, 3 + np.abs(turns / _ARC_STEP).astype(np.intp))
    joint = np.repeat(np.arange(len(turns)), count)
    rank = np.arange(len(joint)) - np.repeat(np.cumsum(count) - count, count)
    share = np.where(smooth[joint], 0.5, rank / np.maximum(count[joint] - 1, 1))
    heading = headings[joint] + turns[joint] * share
    offset = radii[joint + 1, None] * np.stack([-np.sin(heading), np.cos(heading)], axis=1)
    between = ~smooth[joint] & (rank > 0) & (rank < count[joint] - 1)
    centre = line[joint + 1]
    right = centre + np.where((between & (turns[joint] > 0))[:, None], 0.0, offset)
    left = centre - np.where((between & (turns[joint] < 0))[:, None], 0.0, offset)

    first, last = float(headings[0]), float(headings[-1])
    head = line[0] + radii[0] * _arc(first + math.pi / 2, first + 1.5 * math.pi, radii[0])
    tail = line[-1] + radii[-1] * _arc(last - math.pi / 2, last + math.pi / 2, radii[-1])
    polygon = np.concatenate([head, left, tail, right[::-1]])
    moved = np.ones(len(polygon), dtype=bool)
    moved[1:] = (polygon[1:] != polygon[:-1]).any(axis=1)
    covered: Points = polygon[moved].astype(np.float32)
    return covered


def _arc(start: float, stop: float, radius: float) -> Vector:
    """Points (K, 2) on the unit circle, close enough for a circle of that radius, page px."""
    step = 2 * math.acos(max(1.0 - _FLATNESS / max(radius, 1e-6), 0.7))
    angles = np.linspace(start, stop, max(math.ceil((stop - start) / step), 4) + 1)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def _without_tremor(nodes: Vector, amount: float, grain: float) -> Vector:
    """Even out closely spaced nodes (N, 2); sparse ones, and corners between them, stay put.

    Args:
        nodes: Page px.
        amount: 0..1.
        grain: Page px of one screen px.
    """
    steps = np.diff(nodes, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1]) / grain  # (N-1,)
    spacing = np.maximum(lengths[:-1], lengths[1:])
    meant = (spacing > _GRAIN) & (_turns(steps) > _CORNER / 2)
    share = np.where(meant, 0.0, np.clip(2.0 - spacing / _TREMOR, 0.0, 1.0))
    weight = 0.25 * amount * share[:, None]
    smooth = _relaxed(nodes, weight)
    # Smoothing alone cuts curves short: give back what it took from the curve, not the tremor.
    return smooth + _relaxed(nodes - smooth, weight)


def _relaxed(values: Vector, weight: Vector) -> Vector:
    """Draw the inner ones of ``values`` (N, 2) towards their neighbours by ``weight`` (N-2, 1)."""
    values = values.copy()
    for _ in range(_PASSES):
        values[1:-1] += weight * (values[:-2] - 2 * values[1:-1] + values[2:])
    return values


def _turns(steps: Vector) -> Vector:
    """How far (N-1,) the heading turns between steps (N, 2), 0..π."""
    cross = steps[:-1, 0] * steps[1:, 1] - steps[:-1, 1] * steps[1:, 0]
    angle: Vector = np.arctan2(np.abs(cross), (steps[:-1] * steps[1:]).sum(axis=1))
    return angle


def _averaged(values: Vector) -> Vector:
    inner = 0.25 * values[:-2] + 0.5 * values[1:-1] + 0.25 * values[2:]
    return np.concatenate([values[:1], inner, values[-1:]])


def _spline(nodes: Vector, radii: Vector) -> tuple[Vector, Vector, npt.NDArray[np.intp]]:
    """A centripetal Catmull-Rom curve through ``nodes`` (N, 2), N > 2, as fine as it bends.

    Returns:
        line (M, 2), radii (M,), and where in them each node is (N,).
    """
    steps = np.diff(nodes, axis=0)  # (N-1, 2)
    lengths = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-9)
    knots = np.sqrt(lengths)
    speed = steps / knots[:, None]
    across = (steps[:-1] + steps[1:]) / (knots[:-1] + knots[1:])[:, None]
    tangents = speed[:-1] - across + speed[1:]  # (N-2, 2) at the inner nodes

    corner = _turns(steps) > _CORNER
    leaving = np.concatenate([speed[:1], np.where(corner[:, None], speed[1:], tangents)])
    arriving = np.concatenate([np.where(corner[:, None], speed[:-1], tangents), speed[-1:]])
    leaving[0] = 1.5 * speed[0] - 0.5 * arriving[0]  # the ends bend as evenly as they can
    arriving[-1] = 1.5 * speed[-1] - 0.5 * leaving[-1]
    leaving, arriving = leaving * knots[:, None], arriving * knots[:, None]
    for tangent in (leaving, arriving):
        tangent *= np.minimum(1.0, 1.5 * lengths / _norm(tangent))[:, None]

    # A cubic strays from its chord by an eighth of its second derivative over the steps squared.
    start_bend = _norm(6 * steps - 4 * leaving - 2 * arriving)
    end_bend = _norm(6 * steps - 2 * leaving - 4 * arriving)
    bend = np.maximum(start_bend, end_bend)
    count = np.clip(np.ceil(np.sqrt(bend / (8 * _FLATNESS))), 1, _MAX_STEPS).astype(np.intp)

    at = np.concatenate([[0], np.cumsum(count)])
    piece = np.repeat(np.arange(len(steps)), count)
    t = ((np.arange(at[-1]) - at[piece]) / count[piece])[:, None]
    u = 1.0 - t
    line = (
        nodes[piece]
        + (t * t * (3 - 2 * t)) * steps[piece]
        + (t * u * u) * leaving[piece]
        - (t * t * u) * arriving[piece]
    )
    thickness = radii[piece] + t[:, 0] * (radii[piece + 1] - radii[piece])
    return np.concatenate([line, nodes[-1:]]), np.append(thickness, radii[-1]), at


def _norm(vectors: Vector) -> Vector:
    length: Vector = np.maximum(np.hypot(vectors[:, 0], vectors[:, 1]), 1e-9)
    return length
