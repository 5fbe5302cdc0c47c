"""Path data and basic shapes of SVG as Bézier curves, and curves as points to draw through."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sketchstudio.core.transform import Affine
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.svg_style import NUMBER

Point = tuple[float, float]
Curves = npt.NDArray[np.float64]
"""(S, 4, 2) float64: cubic Béziers, each beginning where the one before ends."""

Points = npt.NDArray[np.float64]
"""(N, 2) float64."""

_FLAG = re.compile(r"[,\s]*+([01])")
_NUMBER = re.compile(rf"[,\s]*+({NUMBER})")
_COMMAND = re.compile(r"[,\s]*+([A-Za-z])")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_FLATNESS = 0.05  # page px
_MOST_STEPS = 200
_TURN = math.radians(25)  # a sharper one is a corner, to be kept
_CORNER_REACH = 0.3  # page px: how near a corner the ink stays straight
_NEAREST = 1e-3  # page px between points
_HUGE = 1e9
_LONGEST = 200  # characters of a number with the space before it


def parse_path(data: str, most: int) -> tuple[list[Curves], int]:
    """The parts of a path's ``d``; what follows a mistake is left out, as SVG asks for.

    Args:
        data: As written.
        most: Numbers there may be.

    Returns:
        The parts, and how many numbers they were made of.

    Raises:
        FormatError: There are more numbers.
    """
    pen, count = _Pen(), 0
    for command, numbers in _commands(data):
        count += max(len(numbers), 1)
        if count > most:
            raise FormatError("its paths are made of too many numbers")
        pen.take(command, numbers)
    return pen.parts(), count


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers, repeated ones apart; ends at the first mistake."""
    at, command, begun = 0, "", False
    while at < len(data):
        if letter := _COMMAND.match(data, at):
            command, at = letter[1], letter.end()
            if command.upper() not in _COUNTS or not (begun or command in "Mm"):
                return
        elif command in ("", "Z", "z"):
            return
        numbers: list[float] = []
        for index in range(_COUNTS[command.upper()]):
            flag = command in "Aa" and index in (3, 4)
            found = (_FLAG if flag else _NUMBER).match(data, at)
            if found is None or found.end() - at > _LONGEST:
                return
            numbers.append(float(found[1]))
            at = found.end()
        if not all(abs(number) < _HUGE for number in numbers):
            return
        begun = True
        yield command, numbers
        command = {"M": "L", "m": "l"}.get(command, command)


class _Pen:
    """Draws a path command by command."""

    def __init__(self) -> None:
        self._parts: list[list[tuple[Point, Point, Point, Point]]] = []
        self._at: Point = (0.0, 0.0)
        self._start: Point = (0.0, 0.0)
        self._handle: Point | None = None
        self._last = ""

    def parts(self) -> list[Curves]:
        return [np.array(part, dtype=np.float64) for part in self._parts if part]

    def take(self, command: str, numbers: list[float]) -> None:
        kind = command.upper()
        dx, dy = self._at if command.islower() else (0.0, 0.0)
        if kind == "A":
            end = numbers[5] + dx, numbers[6] + dy
            rx, ry, angle, large, sweep = numbers[:5]
            for curve in arc(self._at, rx, ry, angle, bool(large), bool(sweep), end):
                self._curve(*curve)
        elif kind == "H":
            self._line((numbers[0] + dx, self._at[1]))
        elif kind == "V":
            self._line((self._at[0], numbers[0] + dy))
        elif kind == "Z":
            if self._at != self._start or self._last == "M":
                self._line(self._start)
            self._parts.append([])
        else:
            points = [(x + dx, y + dy) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            self._take_points(kind, points)
        if kind not in "CSQT":
            self._handle = None
        self._last = kind

    def _take_points(self, kind: str, points: list[Point]) -> None:
        match kind:
            case "M":
                self._at = self._start = points[0]
                self._parts.append([])
            case "L":
                self._line(points[0])
            case "C" | "S":
                if kind == "S":
                    points = [self._mirrored("CS"), *points]
                self._curve(*points)
                self._handle = points[1]
            case _:
                control = points[0] if kind == "Q" else self._mirrored("QT")
                self._quadratic(control, points[-1])
                self._handle = control

    def _mirrored(self, kinds: str) -> Point:
        if self._handle is None or self._last not in kinds:
            return self._at
        return 2 * self._at[0] - self._handle[0], 2 * self._at[1] - self._handle[1]

    def _line(self, end: Point) -> None:
        (x, y), (u, v) = self._at, end
        self._curve(((2 * x + u) / 3, (2 * y + v) / 3), ((x + 2 * u) / 3, (y + 2 * v) / 3), end)

    def _quadratic(self, control: Point, end: Point) -> None:
        (x, y), (p, q), (u, v) = self._at, control, end
        first = (x + 2 * p) / 3, (y + 2 * q) / 3
        self._curve(first, ((2 * p + u) / 3, (2 * q + v) / 3), end)

    def _curve(self, first: Point, second: Point, end: Point) -> None:
        if not self._parts:
            self._parts.append([])
        self._parts[-1].append((self._at, first, second, end))
        self._at = end


def arc(
    start: Point, rx: float, ry: float, angle: float, large: bool, sweep: bool, end: Point
) -> Iterator[tuple[Point, Point, Point]]:
    """An elliptical arc as cubics of at most a quarter turn: two handles and an end each.

    As SVG 1.1 says in its implementation notes F.6; ``angle`` is in degrees.
    """
    rx, ry = abs(rx), abs(ry)
    if start == end:
        return
    if rx == 0 or ry == 0:
        yield start, end, end
        return
    phi = math.radians(angle % 360)
    cos, sin = math.cos(phi), math.sin(phi)
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * dx + sin * dy, cos * dy - sin * dx
    size = math.hypot(x / rx, y / ry)
    if size > 1:  # too small to reach: grown as little as will do
        rx, ry = rx * size, ry * size
    reach = (x / rx) ** 2 + (y / ry) ** 2
    factor = math.sqrt(max(0.0, 1 / reach - 1)) if reach else 0.0
    factor = -factor if large == sweep else factor
    cx, cy = factor * rx * y / ry, -factor * ry * x / rx
    mx, my = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    middle = cos * cx - sin * cy + mx, sin * cx + cos * cy + my
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    turn = math.atan2((-y - cy) / ry, (-x - cx) / rx) - first
    if sweep and turn < 0:
        turn += math.tau
    elif not sweep and turn > 0:
        turn -= math.tau
    count = max(1, math.ceil(abs(turn) / (math.pi / 2) - 1e-9))
    step = turn / count
    pull = 4 / 3 * math.tan(step / 4)

    def at(u: float, v: float) -> Point:
        u, v = rx * u, ry * v
        return middle[0] + cos * u - sin * v, middle[1] + sin * u + cos * v

    for index in range(count):
        a, b = first + index * step, first + (index + 1) * step
        ca, sa, cb, sb = math.cos(a), math.sin(a), math.cos(b), math.sin(b)
        last = end if index == count - 1 else at(cb, sb)
        yield at(ca - pull * sa, sa + pull * ca), at(cb + pull * sb, sb - pull * cb), last


def shape_path(tag: str, numbers: Mapping[str, float], points: str) -> str:
    """A basic shape as path data; empty for one that has no size.

    Args:
        tag: ``rect``, ``circle``, ``ellipse``, ``line``, ``polyline`` or ``polygon``.
        numbers: Its lengths, user units; ``rx`` and ``ry`` only where they are given.
        points: Of a polyline or polygon.
    """
    n = {"x": 0.0, "y": 0.0, "width": 0.0, "height": 0.0, **numbers}
    match tag:
        case "line":
            ends = (n.get(key, 0.0) for key in ("x1", "y1", "x2", "y2"))
            return "M{} {}L{} {}".format(*ends)
        case "polyline" | "polygon":
            return f"M{points}" + ("Z" if tag == "polygon" else "")
        case "circle" | "ellipse":
            rx, ry = n.get("rx", n.get("r", 0.0)), n.get("ry", n.get("r", 0.0))
            if rx <= 0 or ry <= 0:
                return ""
            cx, cy = n.get("cx", 0.0), n.get("cy", 0.0)
            half = f"A{rx} {ry} 0 0 1"
            return f"M{cx + rx} {cy}{half} {cx - rx} {cy}{half} {cx + rx} {cy}Z"
    width, height = n["width"], n["height"]
    if width <= 0 or height <= 0:
        return ""
    rx, ry = n.get("rx", n.get("ry", 0.0)), n.get("ry", n.get("rx", 0.0))
    rx, ry = min(max(rx, 0), width / 2), min(max(ry, 0), height / 2)
    x, y = n["x"], n["y"]
    if not rx or not ry:
        return f"M{x} {y}h{width}v{height}h{-width}Z"
    across, down, turn = width - 2 * rx, height - 2 * ry, f"a{rx} {ry} 0 0 1"
    return (
        f"M{x + rx} {y}h{across}{turn} {rx} {ry}v{down}{turn} {-rx} {ry}"
        f"h{-across}{turn} {-rx} {-ry}v{-down}{turn} {rx} {-ry}Z"
    )


def closed(curves: Curves) -> Curves:
    """The curves, with a line back to where they begin, as a fill has it."""
    start, end = curves[0, 0], curves[-1, 3]
    if (start == end).all():
        return curves
    back = np.stack([end, (2 * end + start) / 3, (end + 2 * start) / 3, start])
    return np.concatenate([curves, back[None]])


def placed(curves: Curves, affine: Affine) -> Curves:
    """The curves where a transform puts them."""
    matrix = np.array([[affine.xx, affine.yx], [affine.xy, affine.yy]])
    moved: Curves = curves @ matrix + (affine.dx, affine.dy)
    return moved


def points_along(parts: Sequence[Curves], most: int) -> list[Points]:
    """Points that strokes without smoothing draw the curves through, corners kept.

    All parts at once, many times faster than one by one.

    Args:
        parts: Page px, at least one.
        most: Points there may be in all.

    Returns:
        (N, 2) float64 for each part, page px, no two neighbours equal.

    Raises:
        FormatError: There are more points.
    """
    a, b, c, d = np.moveaxis(np.concatenate(parts), 1, 0)  # (S, 2) each
    part = np.repeat(np.arange(len(parts)), [len(curves) for curves in parts])  # (S,)
    first = np.diff(part, prepend=-1)  # 1 for the first curve of each part: it has its start, too
    bend = 6 * np.maximum(_norm(a - 2 * b + c), _norm(b - 2 * c + d))
    count = np.clip(np.ceil(np.sqrt(bend / (8 * _FLATNESS))), 1, _MOST_STEPS).astype(np.intp)
    if (count + first).sum() > most:
        raise FormatError(f"its lines bend at more than {most:,} points")
    piece = np.repeat(np.arange(len(count)), count + first)
    rank = np.arange(len(piece)) - np.repeat(np.cumsum(count + first) - count - 1, count + first)
    t = (rank / count[piece])[:, None]
    u = 1 - t
    points = u**3 * a[piece] + 3 * u * u * t * b[piece] + 3 * u * t * t * c[piece] + t**3 * d[piece]
    of = part[piece]
    moved = np.ones(len(points), dtype=bool)
    moved[1:] = (_norm(np.diff(points, axis=0)) > _NEAREST) | (of[1:] != of[:-1])
    points, of = _with_corners(points[moved], of[moved])
    return np.split(points, np.flatnonzero(np.diff(of)) + 1)


def _with_corners(points: Points, of: npt.NDArray[np.intp]) -> tuple[Points, npt.NDArray[np.intp]]:
    """The points, with more close to where they turn, so that the drawn curve cannot bulge.

    Args:
        points: (N, 2), page px.
        of: (N,) the part that each is of.

    Returns:
        The same of all points.
    """
    steps = np.diff(points, axis=0)
    lengths = np.maximum(_norm(steps), _NEAREST)
    together = of[1:] == of[:-1]
    along = steps / lengths[:, None]
    turns = np.abs(np.arctan2(_cross(along[:-1], along[1:]), (along[:-1] * along[1:]).sum(axis=1)))
    sharp = np.zeros(len(points), dtype=bool)
    sharp[1:-1] = (turns > _TURN) & together[:-1] & together[1:]
    long = (lengths > 3 * _CORNER_REACH) & together
    after, before = np.flatnonzero(sharp[:-1] & long), np.flatnonzero(sharp[1:] & long)
    everything = np.concatenate(
        [
            points,
            points[after] + _CORNER_REACH * along[after],
            points[before + 1] - _CORNER_REACH * along[before],
        ]
    )
    # Point i stands at i, what is added on the step behind it at i + 1/3 and i + 2/3.
    places = np.concatenate([np.arange(len(points)), after + 1 / 3, before + 2 / 3])
    order = np.argsort(places, kind="stable")
    return everything[order], np.concatenate([of, of[after], of[before]])[order]


def _cross(a: Points, b: Points) -> npt.NDArray[np.float64]:
    product: npt.NDArray[np.float64] = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    return product


def _norm(vectors: Points) -> npt.NDArray[np.float64]:
    length: npt.NDArray[np.float64] = np.hypot(vectors[:, 0], vectors[:, 1])
    return length
