"""Line art to strokes: the skeleton's pixels as a graph, its paths as lines a pen would draw."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sketchstudio.core.line_art import Cleaning, Mask, ink_of, line_width, thinned, to_grey
from sketchstudio.core.sketch_codec import SketchError, simplify
from sketchstudio.core.stroke import Points

MAX_PIXELS = 80_000
"""A skeleton of more is no line art: a photo of leaves, or the grain of the paper."""

MAX_STROKES = 2_000

_LOOK = 12  # pixels from a crossing, so far a line tells its direction
_BENT = 3  # pixels from a crossing, so far thinning bends it
_STRAIGHT = math.cos(math.radians(55))  # a pen turns less than this where lines cross
_EVEN = np.array([1, 4, 6, 4, 1]) / 16  # takes the stairs out of pixel paths

Pixel = int
"""Index into the skeleton's pixels."""


@dataclass(slots=True, eq=False)
class _Path:
    """Pixels from one node to another; of a ring, from a pixel to itself."""

    pixels: list[Pixel]
    start: int
    stop: int


def lines_of(pixels: npt.NDArray[np.uint8], cleaning: Cleaning) -> list[Points]:
    """The lines of a picture as strokes.

    Args:
        pixels: (H, W, 3) uint8: blue, green, red.
        cleaning: How it is cleaned.

    Returns:
        As `trace`, in pixels of the picture.

    Raises:
        SketchError: There are no lines in it, or far too many.
    """
    grey = to_grey(pixels)
    ink = ink_of(grey, cleaning)
    strokes = trace(thinned(ink), line_width(ink))
    if not strokes:
        raise SketchError("there are no lines in the picture; raise the threshold, or invert it")
    scale = np.float32(max(pixels.shape[:2]) / max(grey.shape))
    return [stroke * scale for stroke in strokes]


def trace(skeleton: Mask, spur: float, tolerance: float = 0.8) -> list[Points]:
    """Strokes that follow a skeleton, crossing straight over where lines cross.

    Args:
        skeleton: Lines one pixel wide, as from `line_art.thinned`.
        spur: Loose ends up to so long at a crossing are of the thinning, not the drawing; px.
        tolerance: Of simplification, px.

    Returns:
        (N, 2) float32 pixel coordinates each, N > 1; the longest first, then the nearest next.

    Raises:
        SketchError: There is far too much in it.
    """
    rows, columns = np.nonzero(skeleton)
    if len(rows) > MAX_PIXELS:
        raise SketchError("there is too much in the picture; lower the threshold")
    places = np.stack([columns, rows], axis=1).astype(np.float32)
    links = _links(skeleton, rows, columns)
    node_of, count = _nodes(links)
    paths = _without_spurs(list(_paths(links, node_of)), spur)
    paths = _crossing(paths, spur)
    strokes = [
        _line(chain, places, links, closed) for chain, closed in _chains(paths, places, count)
    ]
    strokes = [stroke for stroke in simplify(strokes, tolerance) if len(stroke) > 1]
    if len(strokes) > MAX_STROKES:
        raise SketchError("there are too many lines in the picture; lower the threshold")
    return _in_order(strokes)


def _links(
    skeleton: Mask, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]
) -> list[list[Pixel]]:
    """The neighbours of each pixel; a diagonal one counts where no straight one leads there."""
    index = np.full((skeleton.shape[0] + 2, skeleton.shape[1] + 2), -1, dtype=np.int64)
    index[rows + 1, columns + 1] = np.arange(len(rows))

    def beside(dy: int, dx: int) -> npt.NDArray[np.int64]:
        return np.asarray(index[rows + 1 + dy, columns + 1 + dx])

    found = [beside(dy, dx) for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0))]
    for dy, dx in ((1, 1), (1, -1), (-1, -1), (-1, 1)):
        around = (beside(dy, 0) >= 0) | (beside(0, dx) >= 0)
        found.append(np.where(around, -1, beside(dy, dx)))
    return [[p for p in row if p >= 0] for row in np.stack(found, axis=1).tolist()]


def _nodes(links: Sequence[Sequence[Pixel]]) -> tuple[dict[Pixel, int], int]:
    """Ends and crossings: the node of each such pixel, those side by side being one; how many."""
    special = {p for p, near in enumerate(links) if len(near) != 2}
    node_of: dict[Pixel, int] = {}
    count = 0
    for pixel in special:
        if pixel in node_of:
            continue
        node_of[pixel] = count
        crowd = [pixel] if len(links[pixel]) > 2 else []
        while crowd:
            for near in links[crowd.pop()]:
                if near in special and near not in node_of and len(links[near]) > 2:
                    node_of[near] = count
                    crowd.append(near)
        count += 1
    return node_of, count


def _paths(links: Sequence[Sequence[Pixel]], node_of: dict[Pixel, int]) -> Iterator[_Path]:
    """All paths between nodes, then rings that have none."""
    used: set[Pixel] = set()
    joined: set[tuple[Pixel, Pixel]] = set()
    for first, node in node_of.items():
        if not links[first]:
            yield _Path([first], node, node)
        for step in links[first]:
            if step in node_of:  # two nodes side by side
                if node_of[step] != node and (step, first) not in joined:
                    joined.add((first, step))
                    yield _Path([first, step], node, node_of[step])
                continue
            if step in used:
                continue
            pixels = _walk(links, first, step, node_of, used)
            yield _Path(pixels, node, node_of[pixels[-1]])
    for first, near in enumerate(links):
        if first not in node_of and first not in used:
            used.add(first)
            pixels = _walk(links, first, near[0], {first: -1}, used)
            yield _Path(pixels, -1 - first, -1 - first)  # a node of its own


def _walk(
    links: Sequence[Sequence[Pixel]],
    first: Pixel,
    step: Pixel,
    stops: dict[Pixel, int],
    used: set[Pixel],
) -> list[Pixel]:
    """Pixels from ``first`` by way of ``step`` up to the next that is among ``stops``."""
    pixels = [first]
    before, here = first, step
    while here not in stops:
        used.add(here)
        pixels.append(here)
        one, other = links[here]
        before, here = here, other if one == before else one
    pixels.append(here)
    return pixels


def _without_spurs(paths: list[_Path], spur: float) -> list[_Path]:
    """Paths without short loose ends at crossings."""
    ends: dict[int, int] = defaultdict(int)
    for path in paths:
        ends[path.start] += 1
        ends[path.stop] += 1

    def is_spur(path: _Path) -> bool:
        loose = (ends[path.start] == 1) != (ends[path.stop] == 1)
        return loose and len(path.pixels) <= spur + 1

    return [path for path in paths if not is_spur(path)]


def _crossing(paths: list[_Path], short: float) -> list[_Path]:
    """Paths without those that thinning puts between two halves of one crossing."""
    ends: dict[int, int] = defaultdict(int)
    for path in paths:
        ends[path.start] += 1
        ends[path.stop] += 1
    same: dict[int, int] = {}

    def one(node: int) -> int:
        while node in same:
            node = same[node]
        return node

    kept = []
    for path in paths:
        crossings = ends[path.start] > 2 and ends[path.stop] > 2
        if crossings and len(path.pixels) <= short + 1 and one(path.start) != one(path.stop):
            same[one(path.start)] = one(path.stop)
        else:
            kept.append(path)
    for path in kept:
        path.start, path.stop = one(path.start), one(path.stop)
    return kept


def _chains(paths: list[_Path], places: Points, count: int) -> Iterator[tuple[list[Pixel], bool]]:
    """Paths put together where one goes straight on in another; whether they close."""
    ends: dict[int, list[tuple[int, int]]] = defaultdict(list)  # path and its end, by node
    for number, path in enumerate(paths):
        if 0 <= path.start < count and len(path.pixels) > 1:
            ends[path.start].append((number, 0))
            ends[path.stop].append((number, 1))
    after: dict[tuple[int, int], tuple[int, int]] = {}
    for meeting in ends.values():
        after.update(_straight_on(meeting, paths, places))
    done: set[int] = set()
    starts = [(n, e) for n in range(len(paths)) for e in (0, 1) if (n, e) not in after]
    for number, end in [*starts, *((n, 0) for n in range(len(paths)))]:
        if number in done:
            continue
        chain: list[Pixel] = []
        closed = False
        at: tuple[int, int] | None = (number, end)
        while at is not None:
            which, entered = at
            if which in done:
                closed = True
                break
            done.add(which)
            pixels = paths[which].pixels if entered == 0 else paths[which].pixels[::-1]
            chain += pixels if not chain or chain[-1] != pixels[0] else pixels[1:]
            at = after.get((which, 1 - entered))
        path = paths[number]
        yield chain, closed or (path.start == path.stop and len(path.pixels) > 3)


def _straight_on(
    meeting: Sequence[tuple[int, int]], paths: Sequence[_Path], places: Points
) -> dict[tuple[int, int], tuple[int, int]]:
    """Which ends at a node go on in which others, the straightest pairs first."""
    directions = []
    for number, end in meeting:
        pixels = paths[number].pixels
        seen = (pixels if end == 0 else pixels[::-1])[:_LOOK]
        away = places[seen[-1]] - places[seen[min(_BENT, len(seen) - 1) if len(seen) > 4 else 0]]
        directions.append(away / max(float(np.hypot(*away)), 1e-6))
    pairs = [
        (float(directions[i] @ directions[j]), i, j) for i in range(len(meeting)) for j in range(i)
    ]
    after: dict[tuple[int, int], tuple[int, int]] = {}
    for turn, i, j in sorted(pairs):
        # Where but two ends are left of a crossing, they are one line, however it bends.
        if (turn < -_STRAIGHT or len(meeting) == 2) and not {meeting[i], meeting[j]} & after.keys():
            after[meeting[i]], after[meeting[j]] = meeting[j], meeting[i]
    return after


def _line(
    chain: list[Pixel], places: Points, links: Sequence[Sequence[Pixel]], closed: bool
) -> Points:
    """The places of a chain of pixels, evened out; its ends stay."""
    points = places[chain]
    if closed and chain[0] != chain[-1] and chain[0] in links[chain[-1]]:
        points = np.concatenate([points, points[:1]])
    if len(points) < 4:
        return points
    around = len(_EVEN) // 2
    ring = closed and np.array_equal(points[0], points[-1])
    if ring:
        wide = np.concatenate([points[-1 - around : -1], points, points[1 : 1 + around]])
    else:  # mirrored about its ends, which so stay
        before = 2 * points[0] - points[around:0:-1]
        behind = 2 * points[-1] - points[-2 : -2 - around : -1]
        wide = np.concatenate([before, points, behind])
    even = [np.convolve(wide[:, axis], _EVEN, "valid") for axis in (0, 1)]
    return np.stack(even, axis=1).astype(np.float32)


def _in_order(strokes: Sequence[Points]) -> list[Points]:
    """The longest stroke, then always the one that begins nearest, turned round if that is."""
    if not strokes:
        return []
    heads = np.array([stroke[0] for stroke in strokes])
    tails = np.array([stroke[-1] for stroke in strokes])
    sizes = [float(np.hypot(*np.diff(stroke, axis=0).T).sum()) for stroke in strokes]
    left = np.ones(len(strokes), dtype=bool)
    turn, reverse = int(np.argmax(sizes)), False
    ordered = []
    while True:
        stroke = strokes[turn][::-1] if reverse else strokes[turn]
        ordered.append(np.ascontiguousarray(stroke))
        left[turn] = False
        if not left.any():
            return ordered
        far = [np.hypot(*(ends - stroke[-1]).T) for ends in (heads, tails)]
        nearest = [int(np.argmin(np.where(left, way, np.inf))) for way in far]
        reverse = bool(far[1][nearest[1]] < far[0][nearest[0]])
        turn = nearest[reverse]
