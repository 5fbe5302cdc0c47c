"""Twenty cartoons that nobody drew: how does a model take what people do not send it?

The paper (Chen et al. 2017) shows its model pictures of well-known characters; these are ours,
of the same kind: round heads with ears, whiskers, glasses and hats, and things with faces.
"""

from __future__ import annotations

import math

import numpy as np

from sketchstudio.core.sketch_codec import Polylines
from sketchstudio.core.stroke import Points


def cartoons() -> dict[str, Polylines]:
    """Twenty drawings by name, about 200 units wide, y down."""
    eyes, ears = _eyes(), _pointed_ears()
    return {
        "cat": [*_head(80), *ears, *eyes, *_muzzle(), *_whiskers()],
        "cat, glasses": [*_head(80), *ears, *_glasses(), *_muzzle(), *_whiskers()],
        "cat, hat": [*_head(80), *ears, *eyes, *_whiskers(), *_hat(-72)],
        "rabbit": [*_head(62), *_long_ears(), *eyes, *_muzzle(), *_teeth()],
        "bear": [*_head(80), *_round_ears(26), *eyes, _oval(0, 28, 30, 22), *_muzzle(20)],
        "mouse": [*_head(60), *_round_ears(48), *eyes, *_whiskers(), _dot(0, 22)],
        "pig": [*_head(80), *ears, *eyes, *_snout()],
        "pig, hat": [*_head(80), *eyes, *_snout(), _smile(40, 44, 14), *_hat(-70)],
        "owl": [_oval(0, 20, 70, 100), *_owl_eyes(), _beak(), *_wings()],
        "fish": [_oval(-10, 0, 90, 55), *_tail(), _oval(-55, -12, 9), _arc(-80, 14, 26, 12, 0, 90)],
        "smiling sun": [_oval(0, 0, 55), *_rays(62, 95), *_eyes(0.7), _smile(5, 28, 24)],
        "sun, glasses": [_oval(0, 0, 60), *_rays(68, 98), *_glasses(0.8), _smile(8, 30, 26)],
        "snowman": [*_snowman(), *_hat(-110, 0.7)],
        "flower face": [_oval(0, 0, 36), *_petals(), *_eyes(0.5), _smile(2, 16, 14)],
        "robot": _robot(),
        "car, eyes": [*_car(), *_mirrored(_oval(-21, -30, 12), _dot(-21, -30))],
        "bus, smile": [*_bus(), *_mirrored(_oval(-50, -8, 10)), _smile(0, 40, 26)],
        "clock, legs": [_oval(0, -10, 70), *_hands(), *_legs(58), *_bells()],
        "cup, face": [*_cup(), *_eyes(0.6), _smile(10, 22, 18), *_steam()],
        "ghost": [_ghost(), *eyes, _oval(0, 22, 12, 18)],
    }


def _oval(x: float, y: float, width: float, height: float | None = None) -> Points:
    return _arc(x, y, width, width if height is None else height, 0, 360)


def _arc(x: float, y: float, width: float, height: float, start: float, end: float) -> Points:
    """Part of an ellipse by its half axes, from one angle to another, degrees; 90 is down."""
    steps = max(4, math.ceil(abs(end - start) / 20))
    angles = np.radians(np.linspace(start, end, steps + 1))
    points = np.stack([x + width * np.cos(angles), y + height * np.sin(angles)], axis=1)
    return np.asarray(points, dtype=np.float32)


def _smile(y: float, width: float, height: float) -> Points:
    return _arc(0, y, width, height, 160, 20)


def _line(*points: tuple[float, float]) -> Points:
    return np.array(points, dtype=np.float32)


def _dot(x: float, y: float) -> Points:
    return _oval(x, y, 3)


def _box(x: float, y: float, width: float, height: float) -> Points:
    """A rectangle round its centre."""
    w, h = width / 2, height / 2
    return _line((x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h), (x - w, y - h))


def _mirrored(*strokes: Points) -> Polylines:
    """The strokes, and the same on the other side of x = 0."""
    flip = np.array([-1, 1], dtype=np.float32)
    return [side for stroke in strokes for side in (stroke, stroke * flip)]


def _head(size: float) -> Polylines:
    return [_oval(0, 0, size, 0.9 * size)]


def _eyes(scale: float = 1) -> Polylines:
    return _mirrored(_oval(-28 * scale, -14 * scale, 8 * scale))


def _owl_eyes() -> Polylines:
    return _mirrored(_oval(-28, -40, 24), _oval(-28, -40, 6))


def _glasses(scale: float = 1) -> Polylines:
    s = scale
    rims = _mirrored(_oval(-30 * s, -12 * s, 22 * s), _line((-52 * s, -14 * s), (-72 * s, -22 * s)))
    return [*rims, _arc(0, -12 * s, 8 * s, 6 * s, 180, 360)]


def _muzzle(top: float = 12) -> Polylines:
    nose = _line((-8, top), (8, top), (0, top + 10), (-8, top))
    return [nose, *_mirrored(_arc(-12, top + 12, 12, 12, 0, 150))]


def _teeth() -> Polylines:
    return [_line((-8, 34), (-8, 50), (8, 50), (8, 34)), _line((0, 34), (0, 50))]


def _snout() -> Polylines:
    return [_oval(0, 22, 28, 18), *_mirrored(_oval(-10, 22, 4, 6))]


def _whiskers() -> Polylines:
    return _mirrored(*(_line((-30, 22 + 4 * k), (-100, 14 + 14 * k)) for k in range(3)))


def _pointed_ears() -> Polylines:
    return _mirrored(_line((-72, -34), (-76, -100), (-22, -70)))


def _long_ears() -> Polylines:
    return _mirrored(_arc(-26, -100, 18, 58, 120, 420), _arc(-26, -100, 9, 38, 120, 420))


def _round_ears(size: float) -> Polylines:
    return _mirrored(_arc(-52 - size / 3, -58, size, size, 60, 360))


def _hat(brim: float, scale: float = 1) -> Polylines:
    s = scale
    top = _line((-34 * s, brim), (-34 * s, brim - 58 * s), (34 * s, brim - 58 * s), (34 * s, brim))
    return [_line((-60 * s, brim), (60 * s, brim)), top]


def _rays(inner: float, outer: float, count: int = 12) -> Polylines:
    turns = [2 * math.pi * k / count for k in range(count)]
    return [
        _line(
            (inner * math.cos(turn), inner * math.sin(turn)),
            (outer * math.cos(turn), outer * math.sin(turn)),
        )
        for turn in turns
    ]


def _petals(count: int = 8) -> Polylines:
    turns = [360 * k / count for k in range(count)]
    return [
        _arc(
            58 * math.cos(math.radians(turn)),
            58 * math.sin(math.radians(turn)),
            22,
            22,
            turn - 130,
            turn + 130,
        )
        for turn in turns
    ]


def _wings() -> Polylines:
    return _mirrored(_arc(-66, 30, 22, 62, 80, 280), _line((-20, 118), (-24, 134), (-12, 134)))


def _beak() -> Points:
    return _line((-10, -18), (0, 0), (10, -18))


def _tail() -> Polylines:
    return [_line((78, -10), (118, -44), (112, 0), (118, 44), (78, 12))]


def _snowman() -> Polylines:
    buttons = [_dot(0, -10), _dot(0, 14)]
    arms = _mirrored(_line((-44, -12), (-92, -44)))
    nose = _line((0, -82), (26, -76), (0, -72))
    eyes = _mirrored(_dot(-14, -90))
    return [_oval(0, -80, 34), _oval(0, 0, 48), _oval(0, 104, 62), *buttons, *arms, nose, *eyes]


def _robot() -> Polylines:
    body = [_box(0, -40, 110, 80), _box(0, 60, 90, 100)]
    aerial = [_line((0, -80), (0, -108)), _oval(0, -114, 7)]
    face = [*_mirrored(_box(-26, -50, 24, 18)), _box(0, -16, 60, 14)]
    arms = _mirrored(_line((-45, 30), (-84, 50), (-84, 84)))
    return [*body, *aerial, *face, *arms, *_legs(110)]


def _wheels(x: float, y: float, size: float) -> Polylines:
    return _mirrored(_oval(-x, y, size), _oval(-x, y, size / 3))


def _car() -> Polylines:
    roof = _line((-64, -18), (-44, -58), (44, -58), (64, -18))
    bonnet = _line((64, -18), (108, -10), (112, 20), (-110, 20), (-104, -14), (-64, -18))
    return [roof, bonnet, *_wheels(62, 24, 22)]


def _bus() -> Polylines:
    return [_box(0, 0, 180, 110), _line((-90, -28), (90, -28)), *_wheels(52, 58, 18)]


def _legs(top: float) -> Polylines:
    return _mirrored(_line((-26, top), (-32, top + 40), (-52, top + 40)))


def _hands() -> Polylines:
    return [_line((0, -52), (0, -10), (30, 6))]


def _bells() -> Polylines:
    return _mirrored(_arc(-44, -82, 24, 20, 140, 330))


def _cup() -> Polylines:
    cup = _line((-62, -50), (-48, 70), (48, 70), (62, -50), (-62, -50))
    return [cup, _arc(66, 4, 26, 28, -80, 100)]


def _steam() -> Polylines:
    return [_line((x, -62), (x + 8, -74), (x, -86), (x + 8, -98)) for x in (-26.0, 0.0, 26.0)]


def _ghost() -> Points:
    hem = [(70 - 14 * k, 100 - 16 * (k % 2)) for k in range(11)]
    return np.concatenate([_arc(0, -20, 70, 80, 180, 360), _line(*hem), _line((-70, -20))])
