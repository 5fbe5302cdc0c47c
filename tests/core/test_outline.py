from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sketchstudio.core.outline import (
    CONTEXT,
    centre_line,
    drawn_bounds,
    ink_line,
    ink_lines,
    outline,
    outlines,
    stroke_outline,
)
from sketchstudio.core.stroke import Stroke, StrokeStyle

coordinate = st.floats(-300, 300, width=32)
strokes = st.lists(
    st.tuples(coordinate, coordinate, st.floats(0, 1, width=32)), min_size=1, max_size=40
).map(
    lambda rows: Stroke(
        np.array([(x, y, p, i) for i, (x, y, p) in enumerate(rows)], np.float32),
        StrokeStyle(width=8),
    )
)


def winding(polygon: np.ndarray, point: np.ndarray) -> int:
    ray = polygon - point
    ahead = np.roll(ray, -1, axis=0)
    side = ray[:, 0] * ahead[:, 1] - ray[:, 1] * ahead[:, 0]
    up = (ray[:, 1] <= 0) & (ahead[:, 1] > 0) & (side > 0)
    down = (ray[:, 1] > 0) & (ahead[:, 1] <= 0) & (side < 0)
    return int(up.sum() - down.sum())


@settings(max_examples=60, deadline=None)
@given(strokes)
def test_outline_holds_its_centre_line(stroke):
    """Filled by the nonzero rule, no turn of the pen leaves a hole along the line."""
    polygon = stroke_outline(stroke).astype(np.float64)
    line = centre_line(stroke).astype(np.float64)
    for point in line[:: max(len(line) // 12, 1)]:
        assert winding(polygon, point + np.array((0.0113, 0.0071))) != 0


@settings(max_examples=60, deadline=None)
@given(strokes)
def test_drawn_bounds_hold_the_outline(stroke):
    """The box known without drawing never cuts the drawing off."""
    polygon = stroke_outline(stroke)
    box = drawn_bounds(stroke).expanded(0.01)
    assert polygon[:, 0].min() >= box.left
    assert polygon[:, 0].max() <= box.right
    assert polygon[:, 1].min() >= box.top
    assert polygon[:, 1].max() <= box.bottom


@settings(max_examples=60, deadline=None)
@given(st.lists(strokes, min_size=1, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_strokes_shaped_at_once_do_not_bear_on_one_another(some, pressed):
    """Dots, doubled samples and long strokes come out as they would alone, in any company."""
    inks = [
        (stroke.samples, StrokeStyle(width=3.0 + i, pressure=presses, smoothing=0.1 * i))
        for i, (stroke, presses) in enumerate(zip(some, pressed, strict=False))
    ]
    lines = ink_lines(inks)
    polygons = outlines([(line, radii) for line, radii, _ in lines])
    for ink, found, polygon in zip(inks, lines, polygons, strict=True):
        alone = ink_line(*ink)
        for part, expected in zip(found, alone, strict=True):
            np.testing.assert_allclose(part, expected, rtol=1e-12)
        np.testing.assert_allclose(polygon, outline(*alone[:2]), rtol=1e-6)


def test_single_sample_is_a_dot():
    """A tap makes a round dot of the pen's width."""
    polygon = stroke_outline(Stroke.from_points([(10, 20)], StrokeStyle(width=6, pressure=False)))
    distance = np.hypot(*(polygon - (10, 20)).T)
    np.testing.assert_allclose(distance, 3, atol=1e-4)
    assert len(polygon) > 8


def test_pressure_sets_the_width():
    """Full pressure gives the style's width, little pressure a thinner line, none still a line."""
    rows = [(x, 0, x / 100, x) for x in range(0, 101, 4)]
    polygon = stroke_outline(Stroke(np.array(rows, np.float32), StrokeStyle(width=10)))

    def height(x: float) -> float:
        near = polygon[np.abs(polygon[:, 0] - x) < 3]
        return float(np.ptp(near[:, 1]))

    assert height(98) == pytest.approx(10, abs=0.3)
    assert 1 < height(4) < height(50) < height(98)


def test_constant_width_ignores_pressure():
    """Without pressure the outline is as wide at the light end as at the heavy one."""
    rows = np.array([(x, 0, x / 100, x) for x in range(0, 101, 4)], np.float32)
    polygon = stroke_outline(Stroke(rows, StrokeStyle(width=10, pressure=False)))
    assert set(np.round(np.abs(polygon[5:-5, 1]), 2)) >= {5.0}
    inner = polygon[(polygon[:, 0] > 1) & (polygon[:, 0] < 99)]
    np.testing.assert_allclose(np.abs(inner[:, 1]), 5, atol=1e-3)


def test_curve_is_rounder_than_its_samples():
    """A circle of few samples comes out round, within half a percent of its radius."""
    angle = np.linspace(0, 2 * np.pi, 25)
    circle = np.stack([100 * np.cos(angle), 100 * np.sin(angle)], axis=1)
    radius = np.hypot(*centre_line(Stroke.from_points(circle)).T)
    assert np.abs(radius - 100).max() < 0.5


def test_corners_stay():
    """A right angle drawn with samples far apart keeps its tip and its straight sides."""
    line = centre_line(Stroke.from_points([(0, 0), (50, 0), (100, 0), (100, 50), (100, 100)]))
    assert np.hypot(*(line - (100, 0)).T).min() < 1e-3
    assert (np.minimum(np.abs(line[:, 1]), np.abs(line[:, 0] - 100)) < 1e-3).all()


def test_tremor_is_evened_out_but_curves_keep_their_size():
    """The pixel grid of a mouse vanishes; a small circle does not shrink."""
    angle = np.linspace(0, 2 * np.pi, 60)
    exact = np.stack([30 * np.cos(angle), 30 * np.sin(angle)], axis=1)
    line = centre_line(Stroke.from_points(np.round(exact)))[20:-20]
    radius = np.hypot(*line.T)
    assert abs(radius.mean() - 30) < 0.15
    assert radius.std() < 0.22


def test_ink_is_local():
    """A piece computed from its neighbourhood equals that piece of the whole line."""
    rng = np.random.default_rng(1)
    rows = np.ones((200, 4), np.float32)
    rows[:, :2] = np.cumsum(rng.normal(0, 5, (200, 2)), axis=0)
    style = StrokeStyle()
    whole, whole_radii, at = ink_line(rows, style)
    first, last = 80, 120
    part, radii, part_at = ink_line(rows[first - CONTEXT : last + CONTEXT + 1], style)
    piece = slice(part_at[CONTEXT], part_at[CONTEXT + last - first] + 1)
    np.testing.assert_allclose(part[piece], whole[at[first] : at[last] + 1])
    np.testing.assert_allclose(radii[piece], whole_radii[at[first] : at[last] + 1])


def test_outline_covers_what_a_round_pen_covers():
    """The polygon equals a thick line with round joins, even where it doubles back."""
    points = [(40, 40), (160, 60), (50, 80), (150, 150), (60, 150), (60, 60)]
    stroke = Stroke.from_points(points, StrokeStyle(width=14, pressure=False))
    line = centre_line(stroke)
    expected = np.zeros((200, 200), np.uint8)
    nodes = np.round(line * 16).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(expected, [nodes], False, 255, 14, cv2.LINE_AA, 4)
    ys, xs = np.mgrid[20:180:5, 20:180:5]
    polygon = stroke_outline(stroke).astype(np.float64)
    for x, y in zip(xs.ravel(), ys.ravel(), strict=True):
        around = expected[y - 2 : y + 3, x - 2 : x + 3]
        if around.min() == around.max():  # away from edges
            assert (winding(polygon, np.array([x, y]) + 0.01) != 0) == bool(around.max())
