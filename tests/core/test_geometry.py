from __future__ import annotations

import numpy as np
import pytest

from sketchstudio.core.geometry import (
    distance_between,
    distance_to_polyline,
    inside,
    moved,
    touches,
    without,
)
from sketchstudio.core.outline import centre_line
from sketchstudio.core.stroke import Stroke, StrokeStyle

LINE = np.array([(0, 0), (10, 0), (10, 10)], np.float32)


def test_distance_to_polyline():
    """The nearest piece counts, ends included."""
    assert distance_to_polyline((5, 3), LINE) == pytest.approx(3)
    assert distance_to_polyline((-3, -4), LINE) == pytest.approx(5)
    assert distance_to_polyline((4, 5), LINE[:1]) == pytest.approx(np.hypot(4, 5))


def test_distance_between_crossing_segment_is_zero():
    """A quick stroke of the eraser that jumps over a line still meets it."""
    assert distance_between((5, -50), (5, 50), LINE) == 0
    assert distance_between((20, 5), (30, 5), LINE) == pytest.approx(10)


def test_touches_counts_the_line_width():
    """The edge of thick ink is ink."""
    thick = Stroke.from_points(LINE, StrokeStyle(width=8, pressure=False))
    assert touches(thick, (5, -5), (5, -5), 1.5)
    assert not touches(thick, (5, -6), (5, -6), 1.5)


def test_inside_concave_polygon():
    """The notch of a polygon is outside."""
    polygon = np.array([(0, 0), (10, 0), (10, 10), (5, 2), (0, 10)], np.float32)
    points = np.array([(5, 1), (5, 5), (1, 5), (11, 5)], np.float32)
    assert inside(points, polygon).tolist() == [True, False, True, False]
    assert not inside(points, polygon[:2]).any()


def test_moved_keeps_everything_but_the_place():
    """Moving changes x and y only."""
    stroke = Stroke.from_points(LINE)
    there = moved(stroke, 3, -2)
    np.testing.assert_array_equal(there.points, LINE + np.float32((3, -2)))
    np.testing.assert_array_equal(there.samples[:, 2:], stroke.samples[:, 2:])
    assert (there.id, there.style, there.origin) == (stroke.id, stroke.style, stroke.origin)


def test_a_tip_cuts_a_stroke_in_two():
    """What is left of a line ends at the tip's edge, keeps its pressure and its look."""
    rows = [(x, 0, x / 100, x) for x in range(0, 101, 10)]
    style = StrokeStyle(width=2, color="#ff0000", smoothing=0.2)
    line = Stroke(np.array(rows, np.float32), style)
    left, right = without(line, (50, -20), (50, 20), 9)
    assert left.points[-1].tolist() == pytest.approx([40, 0], abs=1.3)
    assert right.points[0].tolist() == pytest.approx([60, 0], abs=1.3)
    assert left.points[0].tolist() == [0, 0]
    assert right.points[-1].tolist() == [100, 0]
    np.testing.assert_allclose(right.pressure, right.points[:, 0] / 100, atol=1e-5)
    assert right.samples[0, 3] == 0
    assert left.style == right.style == style
    assert len({left.id, right.id, line.id}) == 3


def test_a_tip_beside_a_stroke_leaves_it_be():
    """Nothing changes, so no undo step either."""
    assert without(Stroke.from_points([(0, 0), (100, 0)]), (50, 40), (60, 40), 9) is None


def test_a_tip_over_all_of_a_stroke_leaves_nothing():
    """A dot, or a line swept along, goes whole."""
    assert without(Stroke.from_points([(5, 5)]), (0, 0), (9, 9), 9) == []
    assert without(Stroke.from_points([(0, 0), (100, 0)]), (-10, 0), (110, 0), 9) == []


def test_cutting_goes_by_the_line_that_is_seen():
    """A smoothed stroke keeps its drawn line where it is not erased."""
    t = np.linspace(0, 1, 80)
    rows = np.stack([300 * t, 30 * np.sin(12 * t), np.ones(80), 700 * t], axis=1)
    stroke = Stroke(rows.astype(np.float32), StrokeStyle(width=2, smoothing=0.9))
    parts = without(stroke, (150, -50), (150, 50), 10)
    line = centre_line(stroke)
    for part in parts:
        gaps = [distance_to_polyline(tuple(point), line) for point in centre_line(part)]
        assert max(gaps) < 0.5
