from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from sketchstudio.core.outline import centre_line
from sketchstudio.core.shapes import recognise, shape_of
from sketchstudio.core.stroke import Stroke, StrokeStyle

SEEDS = range(6)


def by_hand(corners: list[tuple[float, float]], seed: int, wobble: float = 2.0) -> np.ndarray:
    """A hand's way along the corners: uneven, and bending as hands do."""
    rng = np.random.default_rng(seed)
    path = np.concatenate(
        [np.linspace(a, b, 30, endpoint=False) for a, b in itertools.pairwise(corners)]
        + [np.array(corners[-1:], float)]
    )
    drift = np.cumsum(rng.normal(0, 1, path.shape), axis=0)
    drift -= np.linspace(0, 1, len(path))[:, None] * drift[-1]
    drift *= wobble / max(np.abs(drift).max(), 1e-9)
    return (path + drift).astype(np.float32)


def turned(points: list[tuple[float, float]], angle: float) -> list[tuple[float, float]]:
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in points]


def ring(width: float, height: float, angle: float = 0.0) -> list[tuple[float, float]]:
    t = np.linspace(0.3, 0.3 + math.tau * 0.98, 40)
    return turned([(width * math.cos(a), height * math.sin(a)) for a in t], angle)


BOX = [(0.0, 0.0), (120.0, 0.0), (120.0, 70.0), (0.0, 70.0), (1.0, 4.0)]
FROM_A_SIDE = [(60.0, 0.0), (120.0, 0.0), (120.0, 70.0), (0.0, 70.0), (0.0, 0.0), (55.0, 2.0)]
WEDGE = [(0.0, 80.0), (60.0, 0.0), (110.0, 80.0), (4.0, 78.0)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("kind", "corners"),
    [
        ("line", [(0, 0), (150, 40)]),
        ("rectangle", BOX),
        ("rectangle", FROM_A_SIDE),
        ("rectangle", turned(BOX, 0.5)),
        ("triangle", WEDGE),
        ("circle", ring(60, 58)),
        ("ellipse", ring(90, 45)),
        ("ellipse", ring(90, 45, 0.6)),
        ("polyline", [(0, 0), (60, 70), (120, 0)]),
        ("polyline", [(0, 0), (100, 0), (100, 60), (180, 60)]),
    ],
)
def test_shapes_are_known_however_they_wobble(kind, corners, seed):
    """What people draw by hand is taken for what they meant."""
    shape = recognise(by_hand(corners, seed))
    assert shape is not None
    assert shape.kind == kind


def test_what_is_no_shape_stays_as_it_is():
    """Handwriting, scribbles and dots are left alone."""
    t = np.linspace(0, 1, 200)
    scribble = np.stack([100 * t + 30 * np.sin(37 * t), 50 * np.sin(23 * t)], axis=1)
    assert recognise(scribble.astype(np.float32)) is None
    assert recognise(np.array([(0, 0), (3, 2)], np.float32)) is None
    assert recognise(np.array([(5, 5)], np.float32)) is None


def test_nearly_level_is_level():
    """A line or box that is a few degrees off was meant upright; a clearly slanted one not."""
    assert np.ptp(recognise(by_hand([(0, 0), (200, 5)], 1)).points[:, 1]) == 0
    assert np.ptp(recognise(by_hand([(0, 0), (200, 60)], 1)).points[:, 1]) > 50
    box = recognise(by_hand(turned(BOX, 0.08), 1)).points
    assert len(np.unique(box[:, 0].round(3))) == 2


def test_the_shape_takes_its_place():
    """A recognised stroke lies where the hand drew it, in its style, closed and sharp-cornered."""
    style = StrokeStyle("#123456", 5, True, smoothing=0.7)
    points = by_hand(BOX, 3)
    rows = np.column_stack([points, np.full(len(points), 0.4), np.arange(len(points)) * 8])
    made = shape_of(Stroke(rows.astype(np.float32), style))
    assert made is not None
    assert (made.style.color, made.style.width) == ("#123456", 5)
    np.testing.assert_allclose(made.pressure, 0.4, rtol=1e-5)
    np.testing.assert_array_equal(made.points[0], made.points[-1])
    line = centre_line(made)
    for corner in BOX[:4]:
        assert np.hypot(*(line - corner).T).min() < 6
    low, high = line.min(axis=0), line.max(axis=0)
    edge = np.minimum(np.abs(line - low), np.abs(line - high)).min(axis=1)
    assert edge.max() < 0.05


def test_zoom_decides_what_is_too_small():
    """Seen from near, a small box is a box."""
    tiny = by_hand([(x / 12, y / 12) for x, y in BOX], 1, wobble=0.1)
    assert recognise(tiny) is None
    assert recognise(tiny, grain=0.1).kind == "rectangle"
