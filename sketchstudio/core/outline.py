"""What is drawn of a stroke: a smooth centre line, and the outline that pressure gives it.

The canvas and the SVG writer both draw from here, so that they look the same. Everything is local:
a piece of the line depends on the few samples around it only, which lets ink that is still being
drawn come out exactly as it will once it is finished.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sketchstudio.core.smoothing import drawn_points, drawn_samples
from sketchstudio.core.stroke import EVENED, Bounds, Points, Stroke, StrokeStyle

Vector = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
InkLine = tuple[Vector, Vector, Places]
"""Points, radii, and where each sample is, as from `ink_lines`."""

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
    return _width_at(np.float64(style.width), np.bool_(style.pressure), pressure)


def drawn_bounds(stroke: Stroke) -> Bounds:
    """A box that surely holds the drawn line, found without drawing it."""
    points = drawn_points(stroke)
    if len(points) < 3:
        return stroke.bounds
    steps = np.diff(points, axis=0)
    return stroke.bounds.expanded(_OVERSHOOT * float(np.hypot(steps[:, 0], steps[:, 1]).max()))


def ink_line(samples: npt.NDArray[np.float32], style: StrokeStyle) -> InkLine:
    """The line of one stroke, as from `ink_lines`."""
    return ink_lines([(samples, style)])[0]


def ink_lines(inks: Sequence[tuple[npt.NDArray[np.float32], StrokeStyle]]) -> list[InkLine]:
    """Even out jitter and run curves through the samples, each stroke by itself.

    They are reckoned as one long row of nodes, because numpy takes as long to begin as for
    hundreds of nodes. A step from the end of a stroke to the start of the next counts for nothing.

    Args:
        inks: Samples, (N, 4) float32, N > 0, as from ``drawn_samples``; and the style, which gives
            the width, and how much jitter stays.

    Returns:
        Of each stroke:
        line: (M, 2) float64, page px.
        radii: (M,) float64, page px, half the width at each point.
        at: (N,) where in ``line`` each sample is.
    """
    samples = np.concatenate([one for one, _ in inks])
    begin = _starts([len(one) for one, _ in inks])
    kept = np.ones(len(samples), dtype=bool)
    kept[1:] = (samples[1:, :2] != samples[:-1, :2]).any(axis=1)
    kept[begin] = True
    which = np.cumsum(kept) - 1  # the node of each sample
    rows = _Rows(which[begin], int(which[-1]) + 1)
    nodes = samples[kept, :2].astype(np.float64)
    looks = [
        (style.width, style.pressure, min(style.smoothing / EVENED, 1.0), style.grain)
        for _, style in inks
    ]
    width, pressured, amount, grain = rows.spread(np.array(looks)).T
    radii = _width_at(width, pressured > 0, samples[kept, 2]) / 2
    radii = np.where(pressured > 0, _averaged(_averaged(radii, rows), rows), radii)
    nodes = _without_tremor(nodes, amount, grain, rows)
    line, thickness, at = _spline(nodes, radii, rows)
    found: list[InkLine] = []
    for start, end in pairwise([*begin.tolist(), len(samples)]):
        places = at[which[start:end]]
        part = slice(places[0], places[-1] + 1)
        found.append((line[part], thickness[part], places - places[0]))
    return found


def outline(line: Vector, radii: Vector) -> Points:
    """The polygon of one line, as from `outlines`."""
    return outlines([(line, radii)])[0]


def outlines(lines: Sequence[tuple[Vector, Vector]]) -> list[Points]:
    """The polygons a round nib covers along lines, to be filled with the nonzero rule.

    Args:
        lines: The points (N, 2) of each, N > 0, no two neighbours equal, and the radii (N,) there;
            page px.

    Returns:
        (M, 2) float32 for each, page px.
    """
    long = iter(_outlines_of_lines([one for one in lines if len(one[0]) > 1]))
    return [_dot(one[0][0], one[1][0]) if len(one[0]) == 1 else next(long) for one in lines]


def _dot(centre: Vector, radius: float) -> Points:
    around, _ = _arcs(np.zeros(1), math.tau, np.array([radius]))
    dot: Points = (centre + radius * around[:-1]).astype(np.float32)
    return dot


def _outlines_of_lines(lines: Sequence[tuple[Vector, Vector]]) -> list[Points]:
    """As `outlines`, of two points or more each."""
    if not lines:
        return []
    line = np.concatenate([points for points, _ in lines])
    radii = np.concatenate([thickness for _, thickness in lines])
    rows = _Rows(_starts([len(points) for points, _ in lines]), len(line))
    first, last = rows.first, rows.last
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
    count = np.where(smooth, 1, 3 + np.abs(turns / _ARC_STEP).astype(np.intp)) * rows.inner
    joint = np.arange(len(turns)).repeat(count)
    until = np.concatenate([[0], count.cumsum()])
    rank = np.arange(len(joint)) - until[joint]
    share = np.where(smooth[joint], 0.5, rank / np.maximum(count[joint] - 1, 1))
    heading = headings[joint] + turns[joint] * share
    offset = radii[joint + 1, None] * np.stack([-np.sin(heading), np.cos(heading)], axis=1)
    between = ~smooth[joint] & (rank > 0) & (rank < count[joint] - 1)
    centre = line[joint + 1]
    right = centre + np.where((between & (turns[joint] > 0))[:, None], 0.0, offset)
    left = centre - np.where((between & (turns[joint] < 0))[:, None], 0.0, offset)

    ends = np.concatenate([first, last])
    facing = np.concatenate([headings[first] + math.pi / 2, headings[last - 1] - math.pi / 2])
    arcs, along = _arcs(facing, math.pi, radii[ends])
    caps = line[ends].repeat(along, axis=0)
    caps += radii[ends].repeat(along)[:, None] * arcs
    cuts = [0, *along.cumsum().tolist()]

    # Each polygon goes round its head, along the left, round its tail, and back along the right.
    parts: list[Vector] = []
    sides = zip(until[first].tolist(), until[last - 1].tolist(), strict=True)
    for head, (start, stop) in enumerate(sides):
        tail = head + len(lines)
        parts += [
            *(caps[cuts[head] : cuts[head + 1]], left[start:stop]),
            *(caps[cuts[tail] : cuts[tail + 1]], right[start:stop][::-1]),
        ]
    polygons = np.concatenate(parts)
    begin = _starts([sum(map(len, parts[i : i + 4])) for i in range(0, len(parts), 4)])
    moved = np.ones(len(polygons), dtype=bool)
    moved[1:] = (polygons[1:] != polygons[:-1]).any(axis=1)
    moved[begin] = True
    covered: Points = polygons[moved].astype(np.float32)
    cuts = [*(moved.cumsum()[begin] - 1).tolist(), len(covered)]
    return [covered[a:b] for a, b in pairwise(cuts)]


class _Rows:
    """Where in a long row of nodes each stroke begins and ends.

    Args:
        first: (K,) the first node of each stroke, ascending from 0.
        total: Number of nodes, N.

    Attributes:
        first, last: (K,) of each stroke.
        inner: (N-2,) of the nodes but the first and the last, which lie within a stroke.
    """

    def __init__(self, first: Places, total: int) -> None:
        self.first = first
        self.last = np.append(first[1:], total) - 1
        within = np.ones(total, dtype=bool)
        within[first] = within[self.last] = False
        self.inner = within[1:-1]

    def spread(self, values: Vector) -> Vector:
        """What is said of each stroke (K, ...) for each of its nodes (N, ...)."""
        return values.repeat(self.last - self.first + 1, axis=0)


def _starts(sizes: Sequence[int] | Places) -> Places:
    """Where each begins of those that follow one another."""
    each: Places = np.asarray(sizes, dtype=np.intp)
    return each.cumsum() - each


def _width_at(
    width: Vector | np.float64,
    pressured: npt.NDArray[np.bool_] | np.bool_,
    pressure: npt.NDArray[np.float32],
) -> Vector:
    eased = np.sin(np.clip(pressure, 0.0, 1.0).astype(np.float64) * (math.pi / 2))
    return np.where(pressured, width * (_THINNEST + (1.0 - _THINNEST) * eased), width)


def _arcs(start: Vector, sweep: float, radii: Vector) -> tuple[Vector, Places]:
    """Points on the unit circle from each angle (K,) on, close enough for circles of those radii.

    Returns:
        The points (M, 2), and how many belong to each (K,).
    """
    step = 2 * np.arccos(np.maximum(1.0 - _FLATNESS / np.maximum(radii, 1e-6), 0.7))
    pieces = np.maximum(np.ceil(sweep / step), 4).astype(np.intp)
    count = pieces + 1
    rank = np.arange(int(count.sum())) - _starts(count).repeat(count)
    angles = start.repeat(count) + rank * (sweep / pieces).repeat(count)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1), count


def _without_tremor(nodes: Vector, amount: Vector, grain: Vector, rows: _Rows) -> Vector:
    """Even out closely spaced nodes (N, 2); sparse ones, and corners between them, stay put.

    Args:
        nodes: Page px.
        amount: (N,) 0..1.
        grain: (N,) page px of one screen px.
        rows: Their ends stay put.
    """
    steps = np.diff(nodes, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1]) / grain[:-1]  # (N-1,)
    spacing = np.maximum(lengths[:-1], lengths[1:])
    stay = ~rows.inner | ((spacing > _GRAIN) & (_turns(steps) > _CORNER / 2))
    share = np.where(stay, 0.0, np.clip(2.0 - spacing / _TREMOR, 0.0, 1.0))
    weight = (0.25 * amount[1:-1] * share)[:, None]
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


def _averaged(values: Vector, rows: _Rows) -> Vector:
    inner = 0.25 * values[:-2] + 0.5 * values[1:-1] + 0.25 * values[2:]
    values = values.copy()
    np.copyto(values[1:-1], inner, where=rows.inner)
    return values


def _spline(nodes: Vector, radii: Vector, rows: _Rows) -> tuple[Vector, Vector, Places]:
    """Centripetal Catmull-Rom curves through ``nodes`` (N, 2), as fine as they bend.

    Returns:
        line (M, 2), radii (M,), and where in them each node is (N,).
    """
    steps = np.diff(nodes, axis=0)  # (N-1, 2)
    lengths = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-9)
    knots = np.sqrt(lengths)
    speed = steps / knots[:, None]
    across = (steps[:-1] + steps[1:]) / (knots[:-1] + knots[1:])[:, None]
    tangents = speed[:-1] - across + speed[1:]  # (N-2, 2) at the inner nodes

    corner = (_turns(steps) > _CORNER)[:, None]
    leaving, arriving = speed.copy(), speed.copy()
    np.copyto(leaving[1:], tangents, where=~corner)
    np.copyto(arriving[:-1], tangents, where=~corner)
    curved = rows.last - rows.first > 1
    first, last = rows.first[curved], rows.last[curved] - 1
    arriving[last] = speed[last]
    leaving[first] = 1.5 * speed[first] - 0.5 * arriving[first]  # ends bend as evenly as they can
    arriving[last] = 1.5 * speed[last] - 0.5 * leaving[last]
    leaving, arriving = leaving * knots[:, None], arriving * knots[:, None]
    for tangent in (leaving, arriving):
        tangent *= np.minimum(1.0, 1.5 * lengths / _norm(tangent))[:, None]

    # A cubic strays from its chord by an eighth of its second derivative over the steps squared.
    start_bend = _norm(6 * steps - 4 * leaving - 2 * arriving)
    end_bend = _norm(6 * steps - 2 * leaving - 4 * arriving)
    bend = np.maximum(start_bend, end_bend)
    count = np.clip(np.ceil(np.sqrt(bend / (8 * _FLATNESS))), 1, _MAX_STEPS).astype(np.intp)
    count[rows.last[:-1]] = 1  # the step to the next stroke: of it only the end of this one is left
    count[rows.first[~curved & (rows.last > rows.first)]] = 1

    at = np.concatenate([[0], count.cumsum()])
    piece = np.arange(len(steps)).repeat(count)
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
