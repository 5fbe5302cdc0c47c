from __future__ import annotations

import numpy as np
import pytest

from sketchstudio.core.geometry import (
    distance_between,
    distance_to_polyline,
    inside,
    moved,
    touches,
)
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
